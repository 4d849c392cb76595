use super::*;
use crate::domain::SourceId;
use crate::domain::medicine::{Amount, Dose, lines};
use crate::domain::sample::{amount, medicine, now, period, when};

fn names(id: &SourceId) -> String {
    id.as_str().to_uppercase()
}

fn measured() -> Medicine {
    let mut it = medicine("gp", "furosemide 40 mg tablets", "");
    it.doses = vec![Dose {
        amount: Some(amount("40.0", "mg")),
        frequency: Some("once a day".to_owned()),
        route: Some(Concept::from_text("oral")),
        ..Dose::default()
    }];
    it
}

#[test]
fn medi_051_drug_then_dose_then_route_then_frequency() {
    assert_eq!(
        text(&parts(&measured())),
        "furosemide 40 mg tablets — DOSE 40 mg — oral — once a day"
    );
}

#[test]
fn medi_018_attributes_are_set_apart_by_long_dashes_and_medi_038_the_dose_is_labelled() {
    let line = text(&parts(&measured()));
    assert_eq!(line.matches(" — ").count(), 3);
    assert!(line.contains("DOSE 40 mg"));
}

#[test]
fn the_prescribers_own_words_are_always_shown() {
    let mut it = measured();
    it.doses[0].text = Some("Take ONE each morning, weigh daily".to_owned());
    assert_eq!(
        text(&parts(&it)),
        "furosemide 40 mg tablets — DOSE Take ONE each morning, weigh daily"
    );
    let none = medicine("gp", "senna", "");
    assert_eq!(text(&parts(&none)), "senna — dose not recorded");
}

#[test]
fn medi_025_and_medi_026_no_signs_that_are_misread() {
    let mut it = medicine("gp", "drug @ clinic | ward", "if <5 give 2, if >= 10 stop");
    it.doses[0].additional = vec![Concept::from_text("BP<100: omit")];
    let line = text(&parts(&it));
    assert!(!line.contains(['@', '|', '<', '>']), "{line}");
    assert!(
        line.contains("if less than 5 give 2, if at least 10 stop")
            && line.contains("BP less than 100"),
        "{line}"
    );
    let bound = Amount {
        comparator: Some("<".to_owned()),
        ..amount("5", "mL")
    };
    it.doses = vec![Dose {
        amount: Some(bound),
        ..Dose::default()
    }];
    assert!(text(&parts(&it)).ends_with("DOSE less than 5 mL"));
}

#[test]
fn medi_012_and_medi_022_a_medicine_of_300_letters_is_never_cut() {
    let name = "x".repeat(300);
    assert!(text(&parts(&medicine("gp", &name, "1 daily"))).starts_with(&name));
}

#[test]
fn sources_with_the_same_dose_are_said_together_so_that_the_other_dose_stands_out() {
    let of = |id: &str, often: &str| {
        let mut it = measured();
        it.origin.source = crate::domain::sample::source(id);
        it.doses[0].frequency = Some(often.to_owned());
        it
    };
    let all = [
        of("rm2", "once a day"),
        of("rw3", "once a day"),
        of("gp", "twice a day"),
    ];
    let words = words(&lines(&all, now())[0], &names);
    assert_eq!(
        words.warnings,
        ["Doses differ. RM2 and RW3: 40 mg oral once a day; GP: 40 mg oral twice a day"]
    );
}

#[test]
fn two_sources_with_other_doses_are_one_line_with_a_warning_that_has_both() {
    let mut trust = measured();
    trust.origin.source = crate::domain::sample::source("rm2");
    trust.doses[0].frequency = Some("twice a day".to_owned());
    let words = words(&lines(&[measured(), trust], now())[0], &names);
    assert_eq!(
        words.warnings,
        ["Doses differ. GP: 40 mg oral once a day; RM2: 40 mg oral twice a day"]
    );
    assert_eq!(words.sources, ["GP", "RM2"]);
    assert_eq!(words.others.len(), 1);
}

#[test]
fn medv_024_held_and_changed_medicines_are_marked() {
    let mut held = measured();
    held.status = Some(Coded::Known(MedicineStatus::OnHold));
    held.status_reason = Some("potassium 6.1".to_owned());
    assert_eq!(
        words(&lines(&[held], now())[0], &names).marks,
        ["On hold: potassium 6.1"]
    );
    let mut told = measured();
    told.effective = period("2023-01-01", "");
    told.recorded = when("2026-11-21");
    told.notes = vec!["Dose changed on 21-Nov-2026".to_owned()];
    assert_eq!(
        words(&lines(&[told], now())[0], &names).marks,
        ["Dose changed 21-Nov-2026"]
    );
}

#[test]
fn a_dose_range_has_its_unit_once_and_a_stop_its_reason() {
    let mut it = measured();
    it.doses = vec![Dose {
        amount: Some(amount("1", "tablet")),
        up_to: Some(amount("2", "tablet")),
        as_needed: true,
        as_needed_for: Some(Concept::from_text("pain")),
        maximum: Some("8 tablet per 24 hours".to_owned()),
        ..Dose::default()
    }];
    it.status = Some(Coded::Known(MedicineStatus::Stopped));
    it.effective = period("2020", "2026-11-12");
    it.status_reason = Some("dizzy".to_owned());
    assert_eq!(
        text(&parts(&it)),
        "furosemide 40 mg tablets — DOSE 1 to 2 tablet — as needed for pain — at most 8 tablet per 24 hours — stopped 12-Nov-2026: dizzy"
    );
}
