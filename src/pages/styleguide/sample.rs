//! Synthetic words for the style guide.

use crate::{
    present::panel::{PanelWords, Phase, SourceNote, Standing},
    ui::{AllergyLine, AllergyTitle, AllergyWords, BannerWords},
};

/// Name, born and number, where, hospital and ward, since, what changed, when, review, key worker, role, risk.
pub type Person = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

pub const PEOPLE: [Person; 5] = [
    (
        "SMITH, Jane (Mrs)",
        "Born 14-Jul-1945 (81y) · 999 012 3456",
        "In hospital",
        "Wythenshawe, ward F7",
        "since 21-Nov 23:40",
        "Admitted as an emergency, chest infection",
        "yesterday 23:40",
        "Reviewed 12-Oct-2026",
        "Tom Achebe",
        "District nurse",
        "41% in 12 months",
    ),
    (
        "OKAFOR, Emeka (Mr)",
        "Born 03-Feb-1938 (88y) · 999 044 1207",
        "In ED",
        "Manchester Royal Infirmary",
        "since 12:52",
        "Arrived in ED by ambulance",
        "1 h ago",
        "",
        "Asha Rahman",
        "Care coordinator",
        "55% in 12 months",
    ),
    (
        "O’BRIEN, Maureen (Miss)",
        "Born 22-Dec-1951 (74y) · 999 031 8820",
        "Home",
        "",
        "",
        "Discharged from North Manchester to usual residence",
        "yesterday 16:10",
        "Reviewed 02-Nov-2026",
        "Priya Nair",
        "Social worker",
        "38% in 12 months",
    ),
    (
        "HUSSAIN, Nasreen (Mrs)",
        "Born 09-May-1949 (77y) · 999 027 5544",
        "Home",
        "",
        "",
        "Potassium 6.1 mmol/L, above range",
        "11:31",
        "Reviewed 19-Nov-2026",
        "Asha Rahman",
        "Care coordinator",
        "33% in 12 months",
    ),
    (
        "JONES, Alun (Mr)",
        "Born 30-Jan-1940 (86y) · 999 018 9072",
        "Home",
        "",
        "",
        "",
        "",
        "",
        "Tom Achebe",
        "District nurse",
        "29% in 12 months",
    ),
];

pub fn note(source: &str, standing: Standing, words: &str) -> SourceNote {
    SourceNote {
        source: source.to_owned(),
        standing,
        words: words.to_owned(),
    }
}

pub fn panel(phase: Phase, notes: Vec<SourceNote>) -> PanelWords {
    let can_retry = notes.iter().any(|it| it.standing == Standing::Failed);
    PanelWords {
        phase,
        notes,
        warnings: Vec::new(),
        can_retry,
    }
}

pub fn good(source: &str) -> PanelWords {
    panel(
        Phase::Content,
        vec![note(source, Standing::UpToDate, "as at 14:05")],
    )
}

pub fn jane() -> BannerWords {
    BannerWords {
        name: "SMITH, Jane (Mrs)".to_owned(),
        born: "14-Jul-1945 (81y)".to_owned(),
        died: None,
        gender: "Female".to_owned(),
        nhs_number: "999 012 3456".to_owned(),
        warnings: Vec::new(),
    }
}

pub fn allergies(title: AllergyTitle) -> AllergyWords {
    let line = |substance: &str, rest: &str, sources: &[&str]| AllergyLine {
        substance: substance.to_owned(),
        rest: rest.to_owned(),
        sources: sources.iter().map(|it| (*it).to_owned()).collect(),
    };
    let known = title == AllergyTitle::Known;
    AllergyWords {
        title,
        lines: if known {
            vec![
                line(
                    "Penicillin",
                    " — anaphylaxis (1998)",
                    &["GP", "Wythenshawe"],
                ),
                line("Latex", " — rash", &["Wythenshawe"]),
            ]
        } else {
            Vec::new()
        },
        awaited: title == AllergyTitle::Loading,
        coverage: match title {
            AllergyTitle::Known | AllergyTitle::NoneKnown => Some("both sources".to_owned()),
            _ => None,
        },
        notes: match title {
            AllergyTitle::Unavailable => vec!["GP not reached since 13:48".to_owned()],
            AllergyTitle::NoneKnown => vec!["GP, as at 14:05".to_owned()],
            _ => Vec::new(),
        },
    }
}
