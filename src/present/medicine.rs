//! A medicine's line: attributes in the order of `MEDi-051`, ` — ` between them, the dose labelled and never shortened.
//!
//! Sources send products as one name (dm+d); brand, strength and form are part of it and stay in it. `dosage.text` is
//! always shown when there is one; it is the prescriber's own wording and is not rewritten.

mod dose;

pub use dose::doses;

use dose::{dose, plain_signs};

use super::date;
use super::phrase::{DASH, Names, filled, join, label, list};
use crate::domain::medicine::{
    Medicine, MedicineChange, MedicineLine, MedicineStatus, MedicineStep, Stated,
};
use crate::domain::{Coded, Concept};

/// `MEDi-038`.
pub const DOSE: &str = "DOSE";

/// One part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Bold (`MEDi-001`).
    Drug(String),
    /// The label `DOSE` and the words, which are bold (`MEDi-038`).
    Dose(String),
    Plain(String),
}

/// One record's line: parts to be joined by [`DASH`]. It wraps, it is never cut.
pub type LineParts = Vec<Part>;

/// What stands on a list for one product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MedicineWords {
    /// The line of the record that leads.
    pub parts: LineParts,
    /// One for each other record that says something else: source and line without the name.
    pub others: Vec<(String, LineParts)>,
    /// "Doses differ: GP 40 mg once a day; Wythenshawe 40 mg twice a day".
    pub warnings: Vec<String>,
    /// "On hold", "Do not give", "Started 10-Nov-2026".
    pub marks: Vec<String>,
    pub sources: Vec<String>,
}

/// A line with everything that must be said about it.
pub fn words(line: &MedicineLine, names: Names<'_>) -> MedicineWords {
    let Some(first) = line.entries.first() else {
        return MedicineWords::default();
    };
    let mut others: Vec<(String, LineParts)> = Vec::new();
    let lead = attributes(first);
    for entry in line.entries.iter().skip(1) {
        let said = (names(&entry.origin.source), attributes(entry));
        if said.1 != lead && !others.contains(&said) {
            others.push(said);
        }
    }
    MedicineWords {
        parts: parts(first),
        others,
        warnings: warnings(line, names),
        marks: marks(line),
        sources: line.sources().iter().map(names).collect(),
    }
}

/// One record's line.
pub fn parts(medicine: &Medicine) -> LineParts {
    let mut parts = vec![Part::Drug(product(&medicine.product))];
    parts.extend(attributes(medicine));
    parts
}

/// The line as text: "furosemide 40 mg tablets — DOSE 40 mg — oral — once a day".
pub fn text(parts: &[Part]) -> String {
    let each: Vec<String> = parts
        .iter()
        .map(|it| match it {
            Part::Drug(words) | Part::Plain(words) => words.clone(),
            Part::Dose(words) => format!("{DOSE} {words}"),
        })
        .collect();
    each.join(DASH)
}

/// The product's name, never shortened, without signs that a medicine's line must not have (`MEDi-026`).
pub fn product(product: &Concept) -> String {
    label(product).map_or_else(|| "Medicine not named".to_owned(), |it| plain_signs(&it))
}

/// In the order of `MEDi-051`: dose, rate, duration, route, frequency.
fn attributes(medicine: &Medicine) -> LineParts {
    let mut parts: LineParts = medicine.doses.iter().flat_map(dose).collect();
    if parts.is_empty() {
        parts.push(Part::Plain("dose not recorded".to_owned()));
    }
    let reasons = join(medicine.reasons.iter().map(label), ", ");
    if !reasons.is_empty() {
        parts.push(Part::Plain(format!("for {}", plain_signs(&reasons))));
    }
    parts.extend(state(medicine).map(Part::Plain));
    parts
}

/// What the record's own state adds: since when, stopped, proposed.
fn state(medicine: &Medicine) -> Option<String> {
    use MedicineStatus as S;
    let ended = medicine.effective.end.as_ref().map(date::when_day);
    let words = match &medicine.status {
        Some(Coded::Known(S::Stopped)) => dated("stopped", ended.as_ref()),
        Some(Coded::Known(S::Completed)) => dated("completed", ended.as_ref()),
        Some(Coded::Known(S::NotTaken)) => "not taken".to_owned(),
        Some(Coded::Known(S::Cancelled)) => "cancelled".to_owned(),
        Some(Coded::Known(S::Intended)) => "to be started".to_owned(),
        Some(Coded::Known(S::Draft)) => "draft, not ordered".to_owned(),
        Some(Coded::Known(S::Unknown)) => "status unknown".to_owned(),
        Some(Coded::Unknown(code)) => format!("status {}", super::name::clean(code)),
        _ => match (&ended, medicine.intent.as_deref(), medicine.stated) {
            (_, Some("proposal" | "plan"), Stated::Request) => "proposed, not ordered".to_owned(),
            (_, Some("option"), Stated::Request) => {
                "one of several options, not ordered".to_owned()
            }
            (Some(end), ..) => format!("until {end}"),
            _ => return started(medicine),
        },
    };
    let why = filled(medicine.status_reason.as_ref()).map(|it| plain_signs(&it));
    Some(join([Some(words), why], ": "))
}

fn dated(word: &str, on: Option<&String>) -> String {
    on.map_or_else(|| word.to_owned(), |on| format!("{word} {on}"))
}

fn started(medicine: &Medicine) -> Option<String> {
    medicine
        .effective
        .start
        .as_ref()
        .map(|it| format!("since {}", date::when_day(it)))
}

fn marks(line: &MedicineLine) -> Vec<String> {
    let reason = || {
        line.entries
            .iter()
            .filter(|it| it.is_held())
            .find_map(|it| filled(it.status_reason.as_ref()))
    };
    let held = line.held.then(|| {
        join(
            [
                Some("On hold".to_owned()),
                reason().map(|it| plain_signs(&it)),
            ],
            ": ",
        )
    });
    let never = line.do_not_give.then(|| "Do not give".to_owned());
    [never, held, line.change.as_ref().map(change)]
        .into_iter()
        .flatten()
        .collect()
}

/// "Started 10-Nov-2026", "Dose changed 21-Nov-2026, before: 40 mg once a day".
pub fn change(change: &MedicineChange) -> String {
    let on = date::when_day(&change.on);
    match &change.what {
        MedicineStep::Started => format!("Started {on}"),
        MedicineStep::Stopped => format!("Stopped {on}"),
        MedicineStep::DoseChanged { from, .. } => match doses(from) {
            Some(before) => format!("Dose changed {on}, before: {before}"),
            None => format!("Dose changed {on}"),
        },
    }
}

fn warnings(line: &MedicineLine, names: Names<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    if line.doses_differ {
        // Each dose once, with all who say it: which one stands alone is seen at a glance.
        let mut each: Vec<(String, Vec<String>)> = Vec::new();
        for it in line.entries.iter().filter(|it| it.is_current()) {
            let dose = doses(&it.doses).unwrap_or_else(|| "not recorded".to_owned());
            let source = names(&it.origin.source);
            match each.iter_mut().find(|(known, _)| *known == dose) {
                Some((_, sources)) if sources.contains(&source) => {}
                Some((_, sources)) => sources.push(source),
                None => each.push((dose, vec![source])),
            }
        }
        let said = |(dose, sources): &(String, Vec<String>)| format!("{}: {dose}", list(sources));
        let said: Vec<String> = each.iter().map(said).collect();
        warnings.push(format!("Doses differ. {}", said.join("; ")));
    }
    if line.disputed {
        let stopped = line.entries.iter().filter(|it| !it.is_current());
        let mut sources: Vec<String> = stopped.map(|it| names(&it.origin.source)).collect();
        sources.dedup();
        warnings.push(format!("Not current at {}", super::phrase::list(&sources)));
    }
    warnings
}

#[cfg(test)]
#[path = "medicine_tests.rs"]
mod tests;
