//! The long-term conditions of the programme, and what each brings: medicines, tests, needs, goals,
//! actions, a crisis, and the admissions it leads to.

/// A problem of the problem list.
pub(crate) struct Condition {
    pub key: &'static str,
    /// SNOMED CT; empty where no code is certain.
    pub code: &'static str,
    pub name: &'static str,
    /// Of a thousand people, how many have it.
    pub share: u32,
    /// Years since it began: least and most.
    pub since: (i64, i64),
    /// Keys of [`crate::medicines::MEDICINES`].
    pub medicines: &'static [&'static str],
    /// Keys of [`crate::results::PANELS`].
    pub panels: &'static [&'static str],
    /// Place in [`crate::staff::POSTS`] of the specialist who joins the person's team.
    pub specialist: Option<usize>,
    /// Keys of [`crate::emergency::REASONS`].
    pub admissions: &'static [&'static str],
    /// Goal, then actions that serve it.
    pub goal: &'static str,
    pub actions: &'static [&'static str],
    pub crisis: Option<Crisis>,
}

/// What to do when a condition goes wrong.
pub(crate) struct Crisis {
    pub triggers: &'static str,
    pub response: &'static str,
    pub contact: &'static str,
    /// Place in [`crate::staff::POSTS`] of whom to ring first.
    pub post: usize,
    pub coping: &'static str,
    pub relapse: &'static str,
    pub ready: &'static str,
}

const fn crisis(
    triggers: &'static str,
    response: &'static str,
    contact: (&'static str, usize),
    coping: &'static str,
    relapse: &'static str,
    ready: &'static str,
) -> Crisis {
    Crisis {
        triggers,
        response,
        contact: contact.0,
        post: contact.1,
        coping,
        relapse,
        ready,
    }
}

#[rustfmt::skip]
pub(crate) const CONDITIONS: &[Condition] = &[
    Condition { key: "hf", code: "84114007", name: "Heart failure", share: 330, since: (1, 9),
        medicines: &["furosemide", "bisoprolol", "ramipril", "spironolactone", "dapagliflozin"], panels: &["ue", "bnp"], specialist: Some(8),
        admissions: &["hf-acute"], goal: "Walk to the shop at the corner without stopping for breath",
        actions: &["Weigh every morning and write it on the chart", "Blood test two weeks after the diuretic change", "Heart failure nurse visit at home"],
        crisis: Some(crisis("More breathless than usual, sleeping in the chair, ankles up a shoe size, 2 kg heavier in three days",
            "One extra furosemide 40 mg in the morning for three days, weigh daily, ring the heart failure nurse the same day. 999 if breathless at rest.",
            ("Heart failure nurse first, then the GP practice", 8), "Sit upright by the window, fan on the face, slow breathing as shown by the physiotherapist",
            "Two pillows become three, waking at night to breathe, shoes tight by evening", "Spare strip of furosemide 40 mg in the kitchen drawer; scales in the bathroom")) },
    Condition { key: "copd", code: "13645005", name: "Chronic obstructive pulmonary disease", share: 380, since: (2, 18),
        medicines: &["salbutamol", "tiotropium", "trimbow", "carbocisteine"], panels: &["fbc"], specialist: Some(9),
        admissions: &["copd-exac", "chest"], goal: "Get to the community centre on Thursdays without the inhaler running out",
        actions: &["Check inhaler technique and spacer", "Pulmonary rehabilitation referral", "Flu, pneumococcal and COVID vaccinations"],
        crisis: Some(crisis("Green or brown phlegm, more of it, tighter chest, blue inhaler more than every four hours",
            "Start the rescue pack (prednisolone 30 mg for 5 days; doxycycline if phlegm is coloured), ring the respiratory nurse the same day. 999 if unable to finish a sentence.",
            ("Respiratory nurse first, NHS 111 at night", 9), "Pursed-lip breathing, lean forward on the table, door open",
            "Not eating, sleeping upright, confusion or a headache in the morning", "Rescue pack in the bedside drawer, to be replaced within a week of use; target saturation 88–92 %")) },
    Condition { key: "t2dm", code: "44054006", name: "Type 2 diabetes mellitus", share: 390, since: (3, 25),
        medicines: &["metformin", "gliclazide", "insulin", "atorvastatin"], panels: &["hba1c", "ue"], specialist: None,
        admissions: &["hypo", "cellulitis"], goal: "No more than one low sugar a month, and feet that heal",
        actions: &["Foot check by the podiatrist", "Sick-day rules gone through again", "Retinal screening booked"],
        crisis: Some(crisis("Sugar below 4, sweating, shaking, muddled; or sugar above 20 with thirst and drowsiness",
            "Below 4: five jelly babies or a small glass of juice, test again in 15 minutes, then toast. Drowsy: glucose gel in the cheek and 999.",
            ("District nurse first, then the GP practice", 1), "Sit down, eat first, test after", "Skipping meals, more lows at night, an ulcer that smells",
            "Jelly babies on the hall table, glucose gel in the fridge door")) },
    Condition { key: "htn", code: "38341003", name: "Hypertension", share: 560, since: (4, 30),
        medicines: &["amlodipine", "ramipril", "indapamide"], panels: &["ue"], specialist: None, admissions: &[],
        goal: "Blood pressure below 150/90 without dizzy spells", actions: &["Home blood pressure for a week", "Lying and standing blood pressure"], crisis: None },
    Condition { key: "ckd3", code: "433144002", name: "Chronic kidney disease stage 3", share: 330, since: (2, 12),
        medicines: &["ramipril"], panels: &["ue", "fbc"], specialist: None, admissions: &["aki"],
        goal: "Keep the kidneys as they are", actions: &["Kidney function every three months", "Medicines review for kidney function"], crisis: None },
    Condition { key: "af", code: "49436004", name: "Atrial fibrillation", share: 270, since: (1, 12),
        medicines: &["apixaban", "bisoprolol", "digoxin"], panels: &["fbc"], specialist: None, admissions: &["af-fast", "stroke"],
        goal: "Feel steady and miss no anticoagulant doses", actions: &["Pulse and bleeding risk review", "Blister pack from the pharmacy"], crisis: None },
    Condition { key: "dementia", code: "52448006", name: "Dementia", share: 190, since: (1, 7),
        medicines: &["donepezil", "memantine"], panels: &[], specialist: Some(10), admissions: &["delirium", "fall"],
        goal: "Stay in my own home with the people I know", actions: &["Memory clinic review", "Carer’s assessment", "Herbert protocol form with the police"],
        crisis: Some(crisis("Suddenly more confused, not eating, seeing things, awake all night, walking out of the house",
            "Look for infection, pain and constipation first: urine dip, chest, bowels, catheter. Ring the community matron. Familiar faces and a quiet room before any tablet.",
            ("Community matron first, crisis team at night", 4), "Music from the sixties, looking at the photograph album, a walk round the block",
            "Refusing drinks, hiding food, more calls at night", "“This is me” leaflet by the front door; spare key with the neighbour")) },
    Condition { key: "frailty", code: "248279007", name: "Frailty", share: 520, since: (1, 6),
        medicines: &["paracetamol", "colecalciferol"], panels: &["fbc"], specialist: None, admissions: &["fall", "uti", "chest"],
        goal: "Get up and down the stairs safely", actions: &["Chair-based exercise referral", "Home hazards visit", "Walking frame delivered", "Pendant alarm fitted"],
        crisis: Some(crisis("Off legs, a fall, not drinking, new confusion",
            "Check for infection and new medicines first. Urgent community response (two hours) before the ambulance unless injured.",
            ("Care coordinator in hours, urgent community response at night", 0), "Rest, small sips often, company", "Furniture walking, sleeping in clothes, unopened post",
            "Commode and frame at home; key safe by the back door")) },
    Condition { key: "depression", code: "35489007", name: "Depression", share: 210, since: (1, 25),
        medicines: &["sertraline", "mirtazapine"], panels: &[], specialist: Some(10), admissions: &[],
        goal: "See somebody every day", actions: &["Befriending referral", "Talking therapy referral", "Mood review with the GP"], crisis: None },
    Condition { key: "oa", code: "396275006", name: "Osteoarthritis", share: 420, since: (3, 25),
        medicines: &["paracetamol", "codeine", "omeprazole"], panels: &[], specialist: None, admissions: &["fall"],
        goal: "Sleep through without the hip waking me", actions: &["Physiotherapy assessment", "Pain medicines review"], crisis: None },
    Condition { key: "stroke", code: "230690007", name: "Stroke", share: 150, since: (1, 10),
        medicines: &["clopidogrel", "atorvastatin"], panels: &[], specialist: None, admissions: &["stroke", "seizure"],
        goal: "Make my own breakfast with the left hand", actions: &["Speech and language therapy review", "Kitchen assessment by the occupational therapist"], crisis: None },
    Condition { key: "ihd", code: "414545008", name: "Ischaemic heart disease", share: 260, since: (2, 20),
        medicines: &["aspirin", "atorvastatin", "bisoprolol", "gtn"], panels: &["lipids"], specialist: None, admissions: &["chest-pain"],
        goal: "Play with the grandchildren without chest pain", actions: &["Cardiac rehabilitation", "GTN spray in date and at hand"],
        crisis: Some(crisis("Chest tightness at rest or for longer than ten minutes", "GTN two puffs under the tongue, sit down; again after five minutes; 999 if not gone after the second.",
            ("999 if it does not go; GP practice the same day if it does", 2), "Stop, sit, breathe out slowly", "Using the spray every day", "GTN spray in the coat pocket and by the bed")) },
    Condition { key: "asthma", code: "195967001", name: "Asthma", share: 120, since: (5, 40),
        medicines: &["salbutamol", "clenil"], panels: &["fbc"], specialist: Some(9), admissions: &["chest"],
        goal: "No more than two attacks a year", actions: &["Asthma review with a peak-flow diary"], crisis: None },
    Condition { key: "parkinsons", code: "49049000", name: "Parkinson’s disease", share: 70, since: (1, 12),
        medicines: &["cobeneldopa"], panels: &[], specialist: None, admissions: &["fall", "chest"],
        goal: "Turn over in bed and get up without help", actions: &["Time-critical medicines card for hospital", "Physiotherapy for freezing"],
        crisis: Some(crisis("Doses missed or late, freezing, choking on food", "Medicines on time, to the minute: never stop them. If not swallowing ring the Parkinson’s nurse for a patch.",
            ("GP practice in hours, NHS 111 at night", 2), "Count aloud, step over the line", "More falls in the morning, drooling, hallucinations", "Spare week of co-beneldopa in the wardrobe")) },
    Condition { key: "osteoporosis", code: "64859006", name: "Osteoporosis", share: 190, since: (2, 14),
        medicines: &["alendronic", "colecalciferol"], panels: &[], specialist: None, admissions: &["hip"],
        goal: "No broken bones", actions: &["Falls clinic referral", "Bone density scan"], crisis: None },
    Condition { key: "hypothyroid", code: "40930008", name: "Hypothyroidism", share: 130, since: (4, 30),
        medicines: &["levothyroxine"], panels: &["tsh"], specialist: None, admissions: &[], goal: "Feel less tired", actions: &["Thyroid blood test"], crisis: None },
    Condition { key: "epilepsy", code: "84757009", name: "Epilepsy", share: 50, since: (5, 45),
        medicines: &["levetiracetam"], panels: &[], specialist: None, admissions: &["seizure"], goal: "Go out alone again", actions: &["Seizure alarm for the bed"],
        crisis: Some(crisis("A fit longer than five minutes, or two without waking between", "Time it. On the side, nothing in the mouth. Buccal midazolam 10 mg after five minutes, then 999.",
            ("999, then the GP practice", 2), "Quiet, dark room afterwards", "Missed tablets, little sleep, a cluster of jerks in the morning", "Buccal midazolam in the kitchen cupboard, expiry on the box")) },
    Condition { key: "schizophrenia", code: "58214004", name: "Schizophrenia", share: 35, since: (8, 40),
        medicines: &["olanzapine"], panels: &["hba1c"], specialist: Some(10), admissions: &[], goal: "Keep my flat and my allotment", actions: &["Annual physical health check"], crisis: None },
    Condition { key: "hearing", code: "15188001", name: "Hearing loss", share: 240, since: (2, 20),
        medicines: &[], panels: &[], specialist: None, admissions: &[], goal: "Hear the doorbell and the telephone", actions: &["Hearing aid repair"], crisis: None },
    Condition { key: "amd", code: "267718000", name: "Age-related macular degeneration", share: 110, since: (1, 12),
        medicines: &[], panels: &[], specialist: None, admissions: &[], goal: "Read my letters myself", actions: &["Low-vision aids clinic"], crisis: None },
    Condition { key: "incontinence", code: "165232002", name: "Urinary incontinence", share: 170, since: (1, 10),
        medicines: &["mirabegron"], panels: &[], specialist: None, admissions: &["uti"], goal: "Sleep through the night dry", actions: &["Continence assessment"], crisis: None },
    Condition { key: "falls", code: "", name: "Recurrent falls", share: 250, since: (1, 4),
        medicines: &[], panels: &[], specialist: None, admissions: &["fall", "hip"], goal: "No fall before Christmas", actions: &["Falls clinic referral", "Strength and balance class"], crisis: None },
];

pub(crate) fn condition(key: &str) -> Option<&'static Condition> {
    CONDITIONS.iter().find(|condition| condition.key == key)
}
