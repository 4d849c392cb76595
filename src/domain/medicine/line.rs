//! One line per product, whoever says so, with what differs between the sources.

use chrono::{DateTime, Utc};

use super::change::{MedicineChange, last_change};
use super::dosing::doses_differ;
use super::{Medicine, MedicineStatus};
use crate::domain::code::{DMD, SNOMED};
use crate::domain::folding::fold;
use crate::domain::sameness::grouped;
use crate::domain::{Coded, Concept, SourceId};

/// The same product from one or more sources or resources.
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own about the line
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct MedicineLine {
    /// Every record of it: current ones first, then the newest first.
    pub entries: Vec<Medicine>,
    /// On the current list: at least one source has it so.
    pub current: bool,
    /// Current sources do not agree on the dose: a warning with both.
    pub doses_differ: bool,
    /// Held by at least one source (MEDv-024: draws attention).
    pub held: bool,
    /// At least one source asks not to give it.
    pub do_not_give: bool,
    /// Some sources have it as current, others as stopped.
    pub disputed: bool,
    /// What changed within the last 28 days.
    pub change: Option<MedicineChange>,
}

impl MedicineLine {
    pub fn product(&self) -> Option<&Concept> {
        self.entries.first().map(|it| &it.product)
    }

    /// The name by which lines are sorted and found.
    pub fn key(&self) -> String {
        fold(self.product().and_then(Concept::label).unwrap_or(""))
    }

    /// Each source once, the current ones first.
    pub fn sources(&self) -> Vec<SourceId> {
        let mut seen = std::collections::HashSet::new();
        let all = self.entries.iter().map(|it| it.origin.source.clone());
        all.filter(|it| seen.insert(it.clone())).collect()
    }
}

/// Lines by product (dm+d or SNOMED code, else the same name): the current ones by name, then the past ones.
/// Entered-in-error records are left out.
pub fn lines(medicines: &[Medicine], now: DateTime<Utc>) -> Vec<MedicineLine> {
    let real = medicines.iter().filter(|it| !it.is_error()).cloned();
    let groups = grouped(real, |it| &it.product, &[DMD, SNOMED]);
    let mut all: Vec<MedicineLine> = groups.into_iter().map(|it| line(it, now)).collect();
    all.sort_by_cached_key(|it| (!it.current, it.key()));
    all
}

fn line(mut entries: Vec<Medicine>, now: DateTime<Utc>) -> MedicineLine {
    let begun = |it: &Medicine| {
        let date = it.effective.start.as_ref().or(it.recorded.as_ref());
        date.and_then(crate::domain::When::earliest)
    };
    entries.sort_by_key(|it| (!it.is_current(), std::cmp::Reverse(begun(it))));
    let current: Vec<&Medicine> = entries.iter().filter(|it| it.is_current()).collect();
    MedicineLine {
        current: !current.is_empty(),
        doses_differ: doses_differ(&current),
        held: current.iter().any(|it| it.is_held()),
        do_not_give: current.iter().any(|it| it.do_not_give),
        disputed: entries.iter().any(|it| is_disputed(it, &current)),
        change: last_change(&entries, now),
        entries,
    }
}

/// Stopped or not taken at a source that does not have it as current, while another does.
fn is_disputed(entry: &Medicine, current: &[&Medicine]) -> bool {
    let over = matches!(
        entry.status,
        Some(Coded::Known(
            MedicineStatus::Stopped | MedicineStatus::NotTaken
        ))
    );
    over && !current.is_empty()
        && current
            .iter()
            .all(|it| it.origin.source != entry.origin.source)
}

#[cfg(test)]
mod tests {
    use super::super::{Dose, MedicineStatus};
    use super::*;
    use crate::domain::sample::{amount, coded, medicine, now, source};

    #[test]
    fn the_same_product_from_two_sources_is_one_line_and_differing_doses_are_flagged() {
        let mut gp = medicine("gp", "Furosemide 40mg tablets", "1 tablet once a day");
        gp.product = coded(DMD, "317972009", "Furosemide 40mg tablets");
        let mut trust = medicine("rm2", "furosemide 40 mg", "40 mg twice a day");
        trust.product = coded(DMD, "317972009", "furosemide 40 mg");
        let lines = lines(&[gp, trust], now());
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].sources(), [source("gp"), source("rm2")]);
        assert!(lines[0].doses_differ && lines[0].current);
    }

    #[test]
    fn the_same_medicine_under_different_identifiers_is_one_line() {
        let one = medicine("gp", "Bisoprolol 2.5mg tablets", "one daily");
        let other = medicine("rm2", "BISOPROLOL 2.5mg  Tablets", "1 a day");
        let lines = lines(&[one, other], now());
        assert!(lines.len() == 1 && !lines[0].doses_differ);
    }

    #[test]
    fn the_same_dose_in_other_words_is_not_a_warning() {
        let mut gp = medicine("gp", "Ramipril", "Take ONE capsule daily");
        let trust = medicine("rm2", "Ramipril", "1 capsule once a day");
        assert!(!lines(&[gp.clone(), trust.clone()], now())[0].doses_differ);
        gp.doses = vec![Dose {
            amount: Some(amount("5", "mg")),
            frequency: Some("once a day".into()),
            ..Dose::default()
        }];
        let mut other = trust;
        other.doses = vec![Dose {
            amount: Some(amount("5.0", "mg")),
            frequency: Some("Once a day".into()),
            ..Dose::default()
        }];
        assert!(!lines(&[gp.clone(), other.clone()], now())[0].doses_differ);
        other.doses[0].amount = Some(amount("10", "mg"));
        assert!(lines(&[gp, other], now())[0].doses_differ);
    }

    #[test]
    fn other_numbers_are_a_warning_whatever_the_words_say() {
        let told = |from: &str, words: &str, number: &str| {
            let mut it = medicine(from, "Ramipril", words);
            it.doses[0].amount = Some(amount(number, "mg"));
            it.doses[0].frequency = Some("once a day".into());
            it
        };
        let differ = |one: (&str, &str), other: (&str, &str)| {
            let entries = [told("gp", one.0, one.1), told("rm2", other.0, other.1)];
            lines(&entries, now())[0].doses_differ
        };
        assert!(differ(("As directed", "5"), ("As directed", "10")));
        assert!(!differ(("As directed", "5"), ("As before", "5")));
        assert!(differ(("5 mg daily", "5"), ("10 mg daily", "5")));
        assert!(!differ(
            ("10 mg daily", "10"),
            ("10 mg daily (2 of 5 mg)", "10")
        ));
        let (mut gp, mut trust) = (told("gp", "", "5"), told("rm2", "", "5"));
        assert!(!lines(&[gp.clone(), trust.clone()], now())[0].doses_differ);
        trust.doses[0].amount.as_mut().unwrap().comparator = Some("<=".into());
        assert!(lines(&[gp.clone(), trust.clone()], now())[0].doses_differ);
        gp.doses[0].text = Some("One a day.".into());
        trust.doses[0] = Dose {
            text: Some("one a day".into()),
            ..Dose::default()
        };
        assert!(!lines(&[gp, trust], now())[0].doses_differ);
    }

    #[test]
    fn current_and_past_are_separate_and_current_if_any_source_says_so() {
        let mut stopped = medicine("gp", "Amlodipine", "5 mg");
        stopped.status = Some(Coded::Known(MedicineStatus::Stopped));
        let mut wrong = medicine("gp", "Amoxicillin", "500 mg");
        wrong.status = Some(Coded::Known(MedicineStatus::EnteredInError));
        let all = lines(
            &[
                stopped.clone(),
                wrong.clone(),
                medicine("gp", "Zopiclone", ""),
            ],
            now(),
        );
        let names: Vec<_> = all.iter().map(|it| (it.key(), it.current)).collect();
        assert_eq!(
            names,
            [
                ("zopiclone".to_owned(), true),
                ("amlodipine".to_owned(), false)
            ]
        );
        let both = lines(&[stopped, medicine("rm2", "Amlodipine", "5 mg")], now());
        assert!(both.len() == 1 && both[0].current && both[0].disputed);
    }

    #[test]
    fn medv_024_a_held_medicine_is_marked() {
        let mut held = medicine("gp", "Spironolactone", "25 mg");
        held.status = Some(Coded::Known(MedicineStatus::OnHold));
        assert!(lines(&[held], now())[0].held);
    }
}
