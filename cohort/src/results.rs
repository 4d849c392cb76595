//! Tests and panels, and plausible values for them.
//!
//! Values are whole numbers of the test's smallest step, and written as text: no floats, so a
//! potassium of 5.0 stays `5.0`.

use chrono::NaiveDateTime;

use crate::chance::Chance;

/// One laboratory test or vital sign.
pub(crate) struct Test {
    pub key: &'static str,
    pub loinc: &'static str,
    pub name: &'static str,
    pub unit: &'static str,
    pub ucum: &'static str,
    /// Digits after the point.
    pub places: usize,
    /// Reference range in steps; the same number twice where there is none on that side.
    pub range: (Option<i64>, Option<i64>),
    /// Beyond these the result is critical.
    pub critical: (Option<i64>, Option<i64>),
    /// Usual value and spread in steps.
    pub usual: (i64, i64),
    /// Usual value in somebody acutely ill.
    pub ill: (i64, i64),
}

/// Tests that are reported together.
pub(crate) struct Panel {
    pub key: &'static str,
    pub name: &'static str,
    pub tests: &'static [&'static str],
    /// Points in two years for somebody in full detail.
    pub points: i64,
}

#[rustfmt::skip]
pub(crate) const TESTS: &[Test] = &[
    Test { key: "k", loinc: "2823-3", name: "Potassium", unit: "mmol/L", ucum: "mmol/L", places: 1, range: (Some(35), Some(53)), critical: (Some(25), Some(60)), usual: (46, 5), ill: (50, 9) },
    Test { key: "na", loinc: "2951-2", name: "Sodium", unit: "mmol/L", ucum: "mmol/L", places: 0, range: (Some(133), Some(146)), critical: (Some(120), Some(160)), usual: (138, 4), ill: (132, 5) },
    Test { key: "crea", loinc: "2160-0", name: "Creatinine", unit: "umol/L", ucum: "umol/L", places: 0, range: (Some(45), Some(104)), critical: (None, Some(350)), usual: (104, 30), ill: (150, 50) },
    Test { key: "egfr", loinc: "33914-3", name: "Estimated glomerular filtration rate", unit: "mL/min/1.73m2", ucum: "mL/min/{1.73_m2}", places: 0, range: (Some(60), None), critical: (Some(15), None), usual: (54, 14), ill: (38, 12) },
    Test { key: "hb", loinc: "718-7", name: "Haemoglobin", unit: "g/L", ucum: "g/L", places: 0, range: (Some(115), Some(165)), critical: (Some(70), None), usual: (124, 14), ill: (110, 16) },
    Test { key: "wbc", loinc: "6690-2", name: "White blood cell count", unit: "10*9/L", ucum: "10*9/L", places: 1, range: (Some(40), Some(110)), critical: (Some(10), Some(300)), usual: (74, 20), ill: (146, 45) },
    Test { key: "plt", loinc: "777-3", name: "Platelet count", unit: "10*9/L", ucum: "10*9/L", places: 0, range: (Some(150), Some(400)), critical: (Some(30), None), usual: (248, 60), ill: (310, 90) },
    Test { key: "crp", loinc: "1988-5", name: "C-reactive protein", unit: "mg/L", ucum: "mg/L", places: 0, range: (None, Some(5)), critical: (None, Some(250)), usual: (4, 3), ill: (104, 60) },
    Test { key: "hba1c", loinc: "59261-8", name: "Haemoglobin A1c (IFCC)", unit: "mmol/mol", ucum: "mmol/mol", places: 0, range: (None, Some(48)), critical: (None, None), usual: (61, 13), ill: (68, 15) },
    Test { key: "bnp", loinc: "33762-6", name: "NT-proBNP", unit: "ng/L", ucum: "ng/L", places: 0, range: (None, Some(400)), critical: (None, None), usual: (1240, 700), ill: (4100, 1800) },
    Test { key: "tsh", loinc: "3016-3", name: "Thyroid stimulating hormone", unit: "mU/L", ucum: "m[iU]/L", places: 2, range: (Some(27), Some(420)), critical: (None, None), usual: (240, 160), ill: (310, 200) },
    Test { key: "chol", loinc: "2093-3", name: "Cholesterol", unit: "mmol/L", ucum: "mmol/L", places: 1, range: (None, Some(50)), critical: (None, None), usual: (44, 10), ill: (44, 10) },
    Test { key: "weight", loinc: "29463-7", name: "Body weight", unit: "kg", ucum: "kg", places: 1, range: (None, None), critical: (None, None), usual: (742, 150), ill: (760, 150) },
    Test { key: "spo2", loinc: "59408-5", name: "Oxygen saturation", unit: "%", ucum: "%", places: 0, range: (Some(94), None), critical: (Some(85), None), usual: (95, 3), ill: (90, 4) },
    Test { key: "sys", loinc: "8480-6", name: "Systolic blood pressure", unit: "mmHg", ucum: "mm[Hg]", places: 0, range: (None, None), critical: (None, None), usual: (138, 16), ill: (118, 20) },
    Test { key: "dia", loinc: "8462-4", name: "Diastolic blood pressure", unit: "mmHg", ucum: "mm[Hg]", places: 0, range: (None, None), critical: (None, None), usual: (76, 9), ill: (66, 10) },
];

pub(crate) const PANELS: &[Panel] = &[
    Panel {
        key: "ue",
        name: "Urea and electrolytes",
        tests: &["na", "k", "crea", "egfr"],
        points: 8,
    },
    Panel {
        key: "fbc",
        name: "Full blood count",
        tests: &["hb", "wbc", "plt"],
        points: 6,
    },
    Panel {
        key: "crp",
        name: "C-reactive protein",
        tests: &["crp"],
        points: 2,
    },
    Panel {
        key: "hba1c",
        name: "Haemoglobin A1c",
        tests: &["hba1c"],
        points: 6,
    },
    Panel {
        key: "bnp",
        name: "NT-proBNP",
        tests: &["bnp"],
        points: 4,
    },
    Panel {
        key: "tsh",
        name: "Thyroid function",
        tests: &["tsh"],
        points: 3,
    },
    Panel {
        key: "lipids",
        name: "Lipids",
        tests: &["chol"],
        points: 2,
    },
];

/// How one person's value of one test moves: from where, and by how much over two years.
pub(crate) struct Course {
    test: &'static Test,
    from: i64,
    drift: i64,
}

impl Course {
    pub fn of(seed: u64, n: usize, test: &'static Test) -> Self {
        let mut chance = Chance::of(seed, test.key, n);
        let (middle, spread) = test.usual;
        Self {
            test,
            from: (middle + chance.between(-spread, spread)).max(1),
            drift: chance.between(-spread, spread) * 2 / 3,
        }
    }

    /// The value `days` before today, in steps.
    pub fn value(&self, days: i64, chance: &mut Chance) -> i64 {
        let moved = self.drift * (730 - days) / 730;
        let noise = (self.test.usual.1 / 5).max(1);
        (self.from + moved + chance.between(-noise, noise))
            .max(1)
            .min(self.most())
    }

    /// The value while acutely ill.
    pub fn ill(&self, chance: &mut Chance) -> i64 {
        let (middle, spread) = self.test.ill;
        (middle + chance.between(-spread, spread))
            .max(1)
            .min(self.most())
    }

    fn most(&self) -> i64 {
        if self.test.unit == "%" { 99 } else { i64::MAX }
    }
}

/// One measured value.
#[derive(Clone)]
pub(crate) struct Measured {
    pub key: String,
    pub test: &'static Test,
    pub steps: i64,
    pub at: NaiveDateTime,
}

/// A report with its values.
#[derive(Clone)]
pub(crate) struct Report {
    pub key: String,
    pub panel: &'static Panel,
    pub at: NaiveDateTime,
    pub values: Vec<Measured>,
}

pub(crate) fn test(key: &str) -> Option<&'static Test> {
    TESTS.iter().find(|test| test.key == key)
}

pub(crate) fn panel(key: &str) -> Option<&'static Panel> {
    PANELS.iter().find(|panel| panel.key == key)
}

/// Steps as written: 46 steps of one place are `4.6`.
pub(crate) fn written(test: &Test, steps: i64) -> String {
    if test.places == 0 {
        return steps.to_string();
    }
    let scale = 10_i64.pow(u32::try_from(test.places).unwrap_or(0));
    format!(
        "{}.{:0width$}",
        steps / scale,
        steps % scale,
        width = test.places
    )
}

/// `HH`, `H`, `N`, `L`, `LL`, or none where the test has no range.
pub(crate) fn interpretation(test: &Test, steps: i64) -> Option<(&'static str, &'static str)> {
    if test.range == (None, None) {
        return None;
    }
    Some(match () {
        () if test.critical.1.is_some_and(|limit| steps > limit) => ("HH", "Critical high"),
        () if test.critical.0.is_some_and(|limit| steps < limit) => ("LL", "Critical low"),
        () if test.range.1.is_some_and(|limit| steps > limit) => ("H", "High"),
        () if test.range.0.is_some_and(|limit| steps < limit) => ("L", "Low"),
        () => ("N", "Normal"),
    })
}

/// The reports of one panel over the last two years, oldest first.
pub(crate) fn trend(
    seed: u64,
    n: usize,
    panel: &'static Panel,
    points: i64,
    today: NaiveDateTime,
) -> Vec<Report> {
    let mut chance = Chance::of(seed, panel.name, n);
    let gap = 700 / points.max(1);
    (0..points)
        .map(|point| {
            let days = 715 - gap * point - chance.between(0, gap / 2) - gap / 3;
            let at = chance.days_before(today, days.max(2), days.max(2));
            report(
                seed,
                n,
                panel,
                at,
                days,
                false,
                &format!("{}-{point}", panel.key),
                &mut chance,
            )
        })
        .collect()
}

/// One report; values of somebody acutely ill differ.
#[expect(clippy::too_many_arguments, reason = "all are the report's own facts")]
pub(crate) fn report(
    seed: u64,
    n: usize,
    panel: &'static Panel,
    at: NaiveDateTime,
    days: i64,
    ill: bool,
    key: &str,
    chance: &mut Chance,
) -> Report {
    let mut creatinine: Option<i64> = None;
    let values = panel
        .tests
        .iter()
        .filter_map(|name| test(name))
        .map(|test| {
            let course = Course::of(seed, n, test);
            let steps = if ill {
                course.ill(chance)
            } else {
                course.value(days, chance)
            };
            // The filtration rate follows from the creatinine of the same blood.
            let steps = match (test.key, creatinine) {
                ("egfr", Some(creatinine)) => (5_600 / creatinine).clamp(8, 90),
                _ => steps,
            };
            if test.key == "crea" {
                creatinine = Some(steps.max(1));
            }
            Measured {
                key: format!("{key}-{}", test.key),
                test,
                steps,
                at,
            }
        })
        .collect();
    Report {
        key: key.to_owned(),
        panel,
        at,
        values,
    }
}
