//! Why people come to hospital.

/// A reason for an attendance or admission.
pub(crate) struct Reason {
    pub key: &'static str,
    /// SNOMED CT; empty where no code is certain.
    pub code: &'static str,
    pub name: &'static str,
    pub specialty: &'static str,
    /// Nights in hospital: least and most.
    pub nights: (i64, i64),
    /// Panels of [`crate::results::PANELS`] taken on arrival.
    pub panels: &'static [&'static str],
}

#[rustfmt::skip]
pub(crate) const REASONS: &[Reason] = &[
    Reason { key: "chest", code: "50417007", name: "Chest infection", specialty: "Respiratory medicine", nights: (3, 9), panels: &["crp", "fbc", "ue"] },
    Reason { key: "copd-exac", code: "195951007", name: "Acute exacerbation of chronic obstructive airways disease", specialty: "Respiratory medicine", nights: (2, 8), panels: &["crp", "fbc", "ue"] },
    Reason { key: "hf-acute", code: "", name: "Worsening heart failure", specialty: "Cardiology", nights: (4, 12), panels: &["bnp", "ue", "fbc"] },
    Reason { key: "uti", code: "68566005", name: "Urinary tract infection", specialty: "Geriatric medicine", nights: (2, 7), panels: &["crp", "fbc", "ue"] },
    Reason { key: "fall", code: "1912002", name: "Fall", specialty: "Geriatric medicine", nights: (1, 8), panels: &["fbc", "ue"] },
    Reason { key: "hip", code: "5913000", name: "Fracture of neck of femur", specialty: "Trauma and orthopaedics", nights: (8, 24), panels: &["fbc", "ue"] },
    Reason { key: "delirium", code: "2776000", name: "Delirium", specialty: "Geriatric medicine", nights: (4, 16), panels: &["crp", "fbc", "ue"] },
    Reason { key: "stroke", code: "230690007", name: "Stroke", specialty: "Geriatric medicine", nights: (5, 25), panels: &["fbc", "ue", "lipids"] },
    Reason { key: "chest-pain", code: "29857009", name: "Chest pain", specialty: "Cardiology", nights: (1, 3), panels: &["fbc", "ue"] },
    Reason { key: "af-fast", code: "49436004", name: "Atrial fibrillation with a fast rate", specialty: "Cardiology", nights: (1, 5), panels: &["ue", "tsh"] },
    Reason { key: "aki", code: "14669001", name: "Acute kidney injury", specialty: "Renal medicine", nights: (3, 9), panels: &["ue", "fbc"] },
    Reason { key: "hypo", code: "302866003", name: "Hypoglycaemia", specialty: "Acute medicine", nights: (1, 3), panels: &["ue", "hba1c"] },
    Reason { key: "cellulitis", code: "128045006", name: "Cellulitis", specialty: "Acute medicine", nights: (2, 7), panels: &["crp", "fbc"] },
    Reason { key: "seizure", code: "91175000", name: "Seizure", specialty: "Acute medicine", nights: (1, 4), panels: &["fbc", "ue"] },
    Reason { key: "constipation", code: "14760008", name: "Constipation", specialty: "Acute medicine", nights: (1, 3), panels: &["ue"] },
    Reason { key: "syncope", code: "271594007", name: "Syncope", specialty: "Acute medicine", nights: (1, 4), panels: &["fbc", "ue"] },
];

/// What anybody may come with, whatever else they have.
pub(crate) const COMMON: &[&str] = &["fall", "uti", "chest", "constipation", "syncope"];

pub(crate) fn reason(key: &str) -> &'static Reason {
    let [first, ..] = REASONS else {
        panic!("no reasons")
    };
    REASONS
        .iter()
        .find(|reason| reason.key == key)
        .unwrap_or(first)
}
