//! Words for NHS data dictionary codes that sources send without a display.

pub(super) const METHODS: [(&str, &str); 17] = [
    ("11", "elective, from the waiting list"),
    ("12", "elective, booked"),
    ("13", "elective, planned"),
    ("21", "emergency, through A&E"),
    ("22", "emergency, GP"),
    ("23", "emergency, bed bureau"),
    ("24", "emergency, consultant clinic"),
    ("25", "emergency, mental health crisis team"),
    ("28", "emergency, other means"),
    ("2A", "emergency, A&E of another provider"),
    ("2B", "emergency, transfer of an admitted patient"),
    ("2C", "emergency, baby born at home"),
    ("2D", "emergency, other"),
    ("31", "maternity, before delivery"),
    ("32", "maternity, after delivery"),
    ("81", "transfer from another provider"),
    ("82", "birth in this hospital"),
];

pub(super) const PLACES: [(&str, &str); 7] = [
    ("19", "usual place of residence"),
    ("29", "temporary place of residence"),
    ("49", "NHS psychiatric hospital, high security"),
    ("51", "NHS hospital, general ward"),
    ("53", "NHS hospital, mental health ward"),
    ("54", "NHS care home"),
    ("65", "local authority residential accommodation"),
];

pub(super) const DISCHARGES: [(&str, &str); 6] = [
    ("2", "self-discharged"),
    ("3", "discharged by a tribunal or court"),
    ("4", "died"),
    ("5", "stillbirth"),
    ("6", "self-discharged"),
    ("7", "discharged by a relative or advocate"),
];

pub(super) const OUTCOMES: [(&str, &str); 3] = [
    ("1", "discharged from consultant\u{2019}s care"),
    ("2", "another appointment given"),
    ("3", "appointment to be made later"),
];

pub(super) const ROLES: [(&str, &str); 6] = [
    ("ADM", "admitted"),
    ("ATND", "attends"),
    ("CON", "consultant"),
    ("DIS", "discharged"),
    ("PPRF", "main professional"),
    ("REF", "referred"),
];
