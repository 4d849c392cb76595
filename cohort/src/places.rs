//! Areas, streets, hospitals and wards.

use crate::source::Source;

/// One of the three areas of the programme.
pub(crate) struct Area {
    pub name: &'static str,
    pub ccg: &'static str,
    pub ods: &'static str,
    /// The trust most people of the area go to.
    pub trust: Source,
}

pub(crate) const AREAS: &[Area] = &[
    Area {
        name: "North",
        ccg: "NHS North Manchester CCG",
        ods: "01M",
        trust: Source::Rw6,
    },
    Area {
        name: "Central",
        ccg: "NHS Central Manchester CCG",
        ods: "00W",
        trust: Source::Rw3,
    },
    Area {
        name: "South",
        ccg: "NHS South Manchester CCG",
        ods: "01N",
        trust: Source::Rm2,
    },
];

/// Districts of each area with a made-up postcode district (M90s: not in use for homes).
pub(crate) const DISTRICTS: &[&[(&str, &str)]] = &[
    &[
        ("Blackley", "M91"),
        ("Crumpsall", "M91"),
        ("Moston", "M92"),
        ("Harpurhey", "M91"),
        ("Newton Heath", "M92"),
        ("Cheetham Hill", "M91"),
    ],
    &[
        ("Ardwick", "M93"),
        ("Hulme", "M94"),
        ("Moss Side", "M94"),
        ("Longsight", "M93"),
        ("Rusholme", "M94"),
        ("Gorton", "M93"),
    ],
    &[
        ("Wythenshawe", "M96"),
        ("Didsbury", "M95"),
        ("Withington", "M95"),
        ("Burnage", "M97"),
        ("Chorlton", "M97"),
        ("Baguley", "M96"),
    ],
];

pub(crate) const STREETS: &[&str] = &[
    "Alder Walk",
    "Ashbourne Grove",
    "Beech Mount",
    "Bobbin Street",
    "Brickfield Road",
    "Carder Close",
    "Chapel Bank",
    "Clough Top Avenue",
    "Cotton Lane",
    "Dalesman Road",
    "Fernbrook Avenue",
    "Foundry Row",
    "Hazel Bank",
    "Heald Brow",
    "Holly Croft",
    "Ingot Street",
    "Kiln Lane",
    "Lapwing Close",
    "Loom Street",
    "Mercer Road",
    "Millrace Lane",
    "Nightingale Gardens",
    "Orchard Fold",
    "Packhorse Lane",
    "Quarry Bank Road",
    "Ribbon Street",
    "Sandhill Court",
    "Shuttle Street",
    "Spindle Avenue",
    "Tenter Street",
    "Thornfield Road",
    "Weaver’s Green",
    "Willow Rise",
];

/// A hospital.
pub(crate) struct Site {
    pub trust: Source,
    pub key: &'static str,
    pub name: &'static str,
    pub ods: &'static str,
    pub emergency: bool,
}

/// The first site of a trust is the one with its main emergency department.
pub(crate) const SITES: &[Site] = &[
    Site {
        trust: Source::Rw3,
        key: "mri",
        name: "Manchester Royal Infirmary",
        ods: "RW3MR",
        emergency: true,
    },
    Site {
        trust: Source::Rw3,
        key: "tgh",
        name: "Trafford General Hospital",
        ods: "RW3TR",
        emergency: true,
    },
    Site {
        trust: Source::Rw6,
        key: "nmg",
        name: "North Manchester General Hospital",
        ods: "RW602",
        emergency: true,
    },
    Site {
        trust: Source::Rw6,
        key: "roh",
        name: "Royal Oldham Hospital",
        ods: "RW603",
        emergency: true,
    },
    Site {
        trust: Source::Rw6,
        key: "fgh",
        name: "Fairfield General Hospital",
        ods: "RW601",
        emergency: true,
    },
    Site {
        trust: Source::Rm2,
        key: "wyt",
        name: "Wythenshawe Hospital",
        ods: "RM202",
        emergency: true,
    },
    Site {
        trust: Source::Rm2,
        key: "wit",
        name: "Withington Hospital",
        ods: "RM203",
        emergency: false,
    },
];

/// A ward of each main site: key, name, specialty.
pub(crate) const WARDS: &[(&str, &str, &str)] = &[
    ("mri", "AMU", "Acute medicine"),
    ("mri", "ward 31", "Respiratory medicine"),
    ("mri", "ward 4", "Cardiology"),
    ("mri", "ward 46", "Geriatric medicine"),
    ("mri", "ward 12", "Trauma and orthopaedics"),
    ("mri", "ward 37", "Renal medicine"),
    ("tgh", "ward 2", "Geriatric medicine"),
    ("tgh", "ward 11", "Rehabilitation"),
    ("nmg", "AMU", "Acute medicine"),
    ("nmg", "ward C4", "Respiratory medicine"),
    ("nmg", "ward F6", "Cardiology"),
    ("nmg", "ward J3", "Geriatric medicine"),
    ("nmg", "ward I5", "Trauma and orthopaedics"),
    ("nmg", "ward E2", "Renal medicine"),
    ("roh", "ward F9", "Geriatric medicine"),
    ("fgh", "ward 7", "Stroke medicine"),
    ("wyt", "AMU", "Acute medicine"),
    ("wyt", "ward F7", "Respiratory medicine"),
    ("wyt", "ward F3", "Cardiology"),
    ("wyt", "ward A9", "Geriatric medicine"),
    ("wyt", "ward F14", "Trauma and orthopaedics"),
    ("wyt", "ward F5", "Renal medicine"),
    ("wit", "clinic suite", "Outpatients"),
];

pub(crate) fn sites(trust: Source) -> impl Iterator<Item = &'static Site> {
    SITES.iter().filter(move |site| site.trust == trust)
}

/// The trust's main site. Every trust has one; another trust's would be a wrong table.
pub(crate) fn main_site(trust: Source) -> &'static Site {
    match sites(trust).next() {
        Some(site) => site,
        None => panic!("a trust has no site"),
    }
}

/// The ward of a site that takes a specialty, else its acute medical unit.
pub(crate) fn ward(site: &Site, specialty: &str) -> &'static str {
    let mut wards = WARDS.iter().filter(|(key, _, _)| *key == site.key);
    let first = wards.clone().next();
    wards
        .find(|(_, _, takes)| *takes == specialty)
        .or(first)
        .map_or("AMU", |(_, name, _)| name)
}

/// The consultants of each trust: name and specialty.
pub(crate) const CONSULTANTS: &[(Source, &str, &str)] = &[
    (Source::Rw3, "Dr A Mahmood", "Acute medicine"),
    (Source::Rw3, "Dr H Osei", "Respiratory medicine"),
    (Source::Rw3, "Dr P Castellano", "Cardiology"),
    (Source::Rw3, "Dr R Whitworth", "Geriatric medicine"),
    (Source::Rw3, "Mr J Lindqvist", "Trauma and orthopaedics"),
    (Source::Rw3, "Dr S Venkataraman", "Renal medicine"),
    (Source::Rw6, "Dr K Brogan", "Acute medicine"),
    (Source::Rw6, "Dr N Qureshi", "Respiratory medicine"),
    (Source::Rw6, "Dr T Abiola", "Cardiology"),
    (Source::Rw6, "Dr M Hollis", "Geriatric medicine"),
    (Source::Rw6, "Miss C Ferreira", "Trauma and orthopaedics"),
    (Source::Rw6, "Dr G Papadakis", "Renal medicine"),
    (Source::Rm2, "Dr E Sutton", "Acute medicine"),
    (Source::Rm2, "Dr L Fenn", "Respiratory medicine"),
    (Source::Rm2, "Dr V Raman", "Cardiology"),
    (Source::Rm2, "Dr I Khan", "Geriatric medicine"),
    (Source::Rm2, "Mr D Achterberg", "Trauma and orthopaedics"),
    (Source::Rm2, "Dr F Nakamura", "Renal medicine"),
];

/// The consultant of a trust for a specialty, else the acute physician.
pub(crate) fn consultant(trust: Source, specialty: &str) -> &'static str {
    let mut there = CONSULTANTS.iter().filter(|(of, _, _)| *of == trust);
    let first = there.clone().next();
    there
        .find(|(_, _, has)| *has == specialty)
        .or(first)
        .map_or("Duty consultant", |(_, name, _)| name)
}
