//! Medicines as the GP prescribes them, with the doses that are usual.
//!
//! Matched by text: a dm+d code is given only where it is certain (few are).

/// A product and the ways it is taken.
pub(crate) struct Medicine {
    pub key: &'static str,
    /// As dm+d names the product.
    pub name: &'static str,
    /// dm+d; empty where no code is certain.
    pub dmd: &'static str,
    pub route: &'static str,
    /// Dose directions, the amount at a time and its UCUM unit, times a day. The first is the usual
    /// one; a trust that changed the dose has another.
    pub doses: &'static [Dose],
    /// When to take it, as an extra line; empty for most.
    pub note: &'static str,
}

pub(crate) struct Dose {
    pub words: &'static str,
    pub amount: &'static str,
    pub unit: &'static str,
    pub times: u32,
    pub as_needed: bool,
}

const fn dose(words: &'static str, amount: &'static str, unit: &'static str, times: u32) -> Dose {
    Dose {
        words,
        amount,
        unit,
        times,
        as_needed: false,
    }
}

const fn when_needed(
    words: &'static str,
    amount: &'static str,
    unit: &'static str,
    times: u32,
) -> Dose {
    Dose {
        words,
        amount,
        unit,
        times,
        as_needed: true,
    }
}

const fn oral(key: &'static str, name: &'static str, doses: &'static [Dose]) -> Medicine {
    Medicine {
        key,
        name,
        dmd: "",
        route: "Oral",
        doses,
        note: "",
    }
}

#[rustfmt::skip]
pub(crate) const MEDICINES: &[Medicine] = &[
    oral("furosemide", "Furosemide 40mg tablets", &[dose("40 mg once a day, in the morning", "40", "mg", 1), dose("40 mg twice a day, morning and midday", "40", "mg", 2), dose("80 mg once a day, in the morning", "80", "mg", 1)]),
    oral("bisoprolol", "Bisoprolol 2.5mg tablets", &[dose("2.5 mg once a day", "2.5", "mg", 1), dose("5 mg once a day", "5", "mg", 1)]),
    oral("ramipril", "Ramipril 5mg capsules", &[dose("5 mg once a day", "5", "mg", 1), dose("10 mg once a day", "10", "mg", 1)]),
    oral("spironolactone", "Spironolactone 25mg tablets", &[dose("25 mg once a day", "25", "mg", 1), dose("12.5 mg once a day", "12.5", "mg", 1)]),
    oral("dapagliflozin", "Dapagliflozin 10mg tablets", &[dose("10 mg once a day", "10", "mg", 1)]),
    Medicine { key: "salbutamol", name: "Salbutamol 100micrograms/dose inhaler CFC free", dmd: "39113611000001102", route: "Inhalation",
        doses: &[when_needed("2 puffs when needed, up to four times a day", "2", "{puff}", 4)], note: "Use with the spacer" },
    Medicine { key: "tiotropium", name: "Tiotropium 18microgram inhalation powder capsules with device", dmd: "", route: "Inhalation",
        doses: &[dose("18 micrograms once a day", "18", "ug", 1)], note: "" },
    Medicine { key: "trimbow", name: "Trimbow 87micrograms/dose / 5micrograms/dose / 9micrograms/dose inhaler", dmd: "", route: "Inhalation",
        doses: &[dose("2 puffs twice a day", "2", "{puff}", 2)], note: "Rinse the mouth afterwards" },
    oral("carbocisteine", "Carbocisteine 375mg capsules", &[dose("750 mg three times a day", "750", "mg", 3), dose("750 mg twice a day", "750", "mg", 2)]),
    oral("metformin", "Metformin 500mg tablets", &[dose("500 mg twice a day, with meals", "500", "mg", 2), dose("1,000 mg twice a day, with meals", "1000", "mg", 2)]),
    oral("gliclazide", "Gliclazide 80mg tablets", &[dose("80 mg once a day, with breakfast", "80", "mg", 1), dose("40 mg once a day, with breakfast", "40", "mg", 1)]),
    Medicine { key: "insulin", name: "Insulin glargine 100units/ml solution for injection 3ml pre-filled pen", dmd: "", route: "Subcutaneous",
        doses: &[dose("18 units once a day, at 20:00", "18", "[iU]", 1), dose("14 units once a day, at 20:00", "14", "[iU]", 1)], note: "Given by the district nurse" },
    oral("atorvastatin", "Atorvastatin 20mg tablets", &[dose("20 mg once a day, at night", "20", "mg", 1), dose("80 mg once a day, at night", "80", "mg", 1)]),
    oral("amlodipine", "Amlodipine 5mg tablets", &[dose("5 mg once a day", "5", "mg", 1), dose("10 mg once a day", "10", "mg", 1)]),
    oral("indapamide", "Indapamide 2.5mg tablets", &[dose("2.5 mg once a day, in the morning", "2.5", "mg", 1)]),
    Medicine { key: "apixaban", name: "Apixaban 5mg tablets", dmd: "", route: "Oral",
        doses: &[dose("5 mg twice a day", "5", "mg", 2), dose("2.5 mg twice a day", "2.5", "mg", 2)], note: "Anticoagulant: never stop without advice" },
    oral("digoxin", "Digoxin 125microgram tablets", &[dose("125 micrograms once a day", "125", "ug", 1), dose("62.5 micrograms once a day", "62.5", "ug", 1)]),
    oral("donepezil", "Donepezil 10mg tablets", &[dose("10 mg once a day, at night", "10", "mg", 1), dose("5 mg once a day, at night", "5", "mg", 1)]),
    oral("memantine", "Memantine 10mg tablets", &[dose("20 mg once a day", "20", "mg", 1), dose("10 mg once a day", "10", "mg", 1)]),
    oral("paracetamol", "Paracetamol 500mg tablets", &[when_needed("1 g when needed, up to four times a day", "1", "g", 4), dose("1 g four times a day", "1", "g", 4)]),
    oral("colecalciferol", "Colecalciferol 800unit capsules", &[dose("800 units once a day", "800", "[iU]", 1)]),
    oral("sertraline", "Sertraline 50mg tablets", &[dose("50 mg once a day", "50", "mg", 1), dose("100 mg once a day", "100", "mg", 1)]),
    oral("mirtazapine", "Mirtazapine 15mg tablets", &[dose("15 mg once a day, at night", "15", "mg", 1), dose("30 mg once a day, at night", "30", "mg", 1)]),
    oral("codeine", "Codeine 30mg tablets", &[when_needed("30 mg when needed, up to three times a day", "30", "mg", 3)]),
    oral("omeprazole", "Omeprazole 20mg gastro-resistant capsules", &[dose("20 mg once a day, before breakfast", "20", "mg", 1), dose("40 mg once a day, before breakfast", "40", "mg", 1)]),
    oral("clopidogrel", "Clopidogrel 75mg tablets", &[dose("75 mg once a day", "75", "mg", 1)]),
    oral("aspirin", "Aspirin 75mg dispersible tablets", &[dose("75 mg once a day, with food", "75", "mg", 1)]),
    Medicine { key: "gtn", name: "Glyceryl trinitrate 400micrograms/dose pump sublingual spray", dmd: "", route: "Sublingual",
        doses: &[when_needed("1 or 2 sprays under the tongue when needed", "1", "{spray}", 3)], note: "" },
    Medicine { key: "clenil", name: "Clenil Modulite 200micrograms/dose inhaler", dmd: "", route: "Inhalation", doses: &[dose("2 puffs twice a day", "2", "{puff}", 2)], note: "" },
    oral("cobeneldopa", "Co-beneldopa 25mg/100mg capsules", &[dose("1 capsule at 07:00, 11:00, 15:00 and 19:00", "1", "{capsule}", 4), dose("1 capsule three times a day", "1", "{capsule}", 3)]),
    oral("alendronic", "Alendronic acid 70mg tablets", &[Dose { words: "70 mg once a week, on Sunday, sitting upright", amount: "70", unit: "mg", times: 0, as_needed: false }]),
    oral("levothyroxine", "Levothyroxine sodium 50microgram tablets", &[dose("50 micrograms once a day, before breakfast", "50", "ug", 1), dose("75 micrograms once a day, before breakfast", "75", "ug", 1)]),
    oral("levetiracetam", "Levetiracetam 500mg tablets", &[dose("500 mg twice a day", "500", "mg", 2), dose("750 mg twice a day", "750", "mg", 2)]),
    oral("olanzapine", "Olanzapine 10mg tablets", &[dose("10 mg once a day, at night", "10", "mg", 1)]),
    oral("mirabegron", "Mirabegron 50mg modified-release tablets", &[dose("50 mg once a day", "50", "mg", 1)]),
    oral("amoxicillin", "Amoxicillin 500mg capsules", &[dose("500 mg three times a day for 5 days", "500", "mg", 3)]),
    oral("doxycycline", "Doxycycline 100mg capsules", &[dose("200 mg on the first day, then 100 mg once a day for 4 days", "100", "mg", 1)]),
    oral("prednisolone", "Prednisolone 5mg tablets", &[dose("30 mg once a day for 5 days", "30", "mg", 1)]),
];

pub(crate) fn medicine(key: &str) -> Option<&'static Medicine> {
    MEDICINES.iter().find(|medicine| medicine.key == key)
}
