//! What people react to, with SNOMED CT codes where they are certain.

/// An allergy or intolerance.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Allergen {
    pub code: &'static str,
    pub name: &'static str,
    /// `medication`, `food`, `environment`.
    pub category: &'static str,
    /// Reaction: SNOMED CT code, words, severity.
    pub reaction: (&'static str, &'static str, &'static str),
    pub high: bool,
}

pub(crate) const PENICILLIN: Allergen = Allergen {
    code: "91936005",
    name: "Allergy to penicillin",
    category: "medication",
    reaction: ("39579001", "Anaphylaxis", "severe"),
    high: true,
};
pub(crate) const LATEX: Allergen = Allergen {
    code: "300916003",
    name: "Latex allergy",
    category: "environment",
    reaction: ("271807003", "Eruption of skin", "mild"),
    high: false,
};

#[rustfmt::skip]
pub(crate) const ALLERGENS: &[Allergen] = &[
    Allergen { code: "91936005", name: "Allergy to penicillin", category: "medication", reaction: ("271807003", "Eruption of skin", "moderate"), high: false },
    Allergen { code: "91936005", name: "Allergy to penicillin", category: "medication", reaction: ("126485001", "Urticaria", "mild"), high: false },
    Allergen { code: "293586001", name: "Allergy to aspirin", category: "medication", reaction: ("56018004", "Wheezing", "moderate"), high: true },
    Allergen { code: "91939003", name: "Allergy to sulfonamide", category: "medication", reaction: ("271807003", "Eruption of skin", "moderate"), high: false },
    Allergen { code: "", name: "Codeine intolerance", category: "medication", reaction: ("422587007", "Nausea", "mild"), high: false },
    Allergen { code: "", name: "Trimethoprim allergy", category: "medication", reaction: ("271807003", "Eruption of skin", "mild"), high: false },
    Allergen { code: "91935009", name: "Allergy to peanut", category: "food", reaction: ("41291007", "Angioedema", "severe"), high: true },
    Allergen { code: "300913006", name: "Shellfish allergy", category: "food", reaction: ("126485001", "Urticaria", "moderate"), high: false },
    LATEX,
];

/// The aspirin row, for a person made by hand.
pub(crate) fn aspirin() -> &'static Allergen {
    ALLERGENS
        .iter()
        .find(|allergen| allergen.name.contains("aspirin"))
        .unwrap_or(&LATEX)
}

/// What a record says about a person's allergies.
#[derive(Debug, Clone)]
pub(crate) enum Allergies {
    /// Nobody has asked, or nobody wrote it down: no resource at all.
    NotRecorded,
    /// Asked, and there is none: 716186003.
    NoneKnown,
    Known(Vec<Known>),
}

/// One known allergy.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub allergen: &'static Allergen,
    pub year: i32,
    pub in_gp: bool,
    pub in_trust: bool,
}
