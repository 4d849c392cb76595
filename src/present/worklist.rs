//! A row of the list in words, cell by cell.

use super::date;
use super::name::{NOT_RECORDED, shown};
use crate::domain::worklist::{KeyWorker, PlanStanding, RiskNow};
use crate::domain::{Concept, Decimal};

/// "No plan yet" is said only when the plan's source has answered.
pub fn plan(it: &PlanStanding) -> String {
    match it {
        PlanStanding::Unknown => "Not known now".to_owned(),
        PlanStanding::None => "No plan yet".to_owned(),
        PlanStanding::Draft => "Draft, not in force".to_owned(),
        PlanStanding::Overdue { due } => format!("due {}", date::when_day(due)),
        PlanStanding::Reviewed { on, due } => {
            let on = date::when_day(on);
            due.as_ref().map_or_else(
                || format!("Reviewed {on}"),
                |due| format!("Reviewed {on}, next {}", date::when_day(due)),
            )
        }
        PlanStanding::NotReviewed { due } => due.as_ref().map_or_else(
            || "Not reviewed yet".to_owned(),
            |due| format!("Review due {}", date::when_day(due)),
        ),
    }
}

/// That nothing is new; `is_silent`: a source has not told all.
pub fn nothing_new(is_silent: bool) -> &'static str {
    if is_silent {
        "Nothing new from the other sources"
    } else {
        "Nothing new"
    }
}

/// Under what is new: which source has not told all, and why (`unheard`), unless another cell of the row says it.
pub fn news_of_others(is_silent: bool, unheard: Option<&str>) -> Option<String> {
    let others = is_silent.then_some("From the other sources only");
    unheard.or(others).map(str::to_owned)
}

/// Who, and in which role: "Tom Achebe", "District nurse".
pub fn key_worker(member: &KeyWorker) -> (String, String) {
    let name = member.name.as_deref().and_then(shown);
    let roles: Vec<String> = member.roles.iter().filter_map(|it| shown(it)).collect();
    let organisation = || member.organisation.as_deref().and_then(shown);
    let role = if roles.is_empty() {
        organisation().unwrap_or_default()
    } else {
        roles.join(", ")
    };
    (name.unwrap_or_else(|| NOT_RECORDED.to_owned()), role)
}

/// How likely, and who says so when: "41% in 12 months", "GP model, 01-Nov-2026".
pub fn risk(it: &RiskNow) -> (String, String) {
    let percent = it.probability.as_ref().map(percent);
    let label = |it: &Option<Concept>| it.as_ref().and_then(|it| shown(it.label()?));
    let chance = percent.or_else(|| label(&it.qualitative));
    let chance = chance.unwrap_or_else(|| "Not given".to_owned());
    let chance = match it.horizon.as_deref().and_then(shown) {
        None => chance,
        Some(horizon) => format!("{chance} in {horizon}"),
    };
    let day = it.at.as_ref().map(date::when_day);
    let day = day.unwrap_or_else(|| "date not recorded".to_owned());
    let method = label(&it.method).unwrap_or_else(|| "Method not recorded".to_owned());
    (chance, format!("{method}, {day}"))
}

/// How many are on the list: "1 person", "50 of 6000 people"; and that an order other than by name is among these alone.
pub fn people(here: usize, total: Option<u64>, has_more: bool, by_name: bool) -> String {
    let total = total.and_then(|it| usize::try_from(it).ok());
    let words = match total.filter(|it| *it > here) {
        Some(total) => format!("{here} of {total} people"),
        None if has_more => format!("{here} people so far"),
        None if here == 1 => "1 person".to_owned(),
        None => format!("{here} people"),
    };
    if has_more && !by_name {
        format!("{words}, only these are in order")
    } else {
        words
    }
}

/// "1 alert", "3 alerts".
pub fn alerts(count: usize) -> String {
    format!("{count} {}", if count == 1 { "alert" } else { "alerts" })
}

/// As a percentage where it is one; anything else is shown as it was received.
fn percent(it: &Decimal) -> String {
    super::risk::percent(it).unwrap_or_else(|| it.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{source, when};
    use crate::domain::{Concept, Decimal};

    fn of(probability: &str) -> RiskNow {
        RiskNow {
            probability: Decimal::parse(probability),
            qualitative: None,
            horizon: Some("12 months".to_owned()),
            outcome: None,
            method: Some(Concept::from_text("GP model")),
            at: when("2026-11-01"),
            source: source("shared"),
        }
    }

    #[test]
    fn a_risk_is_a_percentage_with_its_date_and_origin() {
        let (chance, origin) = risk(&of("0.41"));
        assert_eq!(
            (chance.as_str(), origin.as_str()),
            ("41% in 12 months", "GP model, 01-Nov-2026")
        );
        for (raw, said) in [
            ("0.415", "41.5%"),
            ("0.05", "5%"),
            ("0.5", "50%"),
            ("1", "100%"),
            ("0.004", "0.4%"),
            ("0", "0%"),
            ("0.410", "41%"),
            ("41", "41%"),
            ("141", "141"),
            ("4.1E-1", "4.1E-1"),
        ] {
            assert_eq!(percent(&Decimal::parse(raw).unwrap()), said, "{raw}");
        }
    }

    #[test]
    fn an_order_of_those_who_are_here_is_not_said_to_be_one_of_everybody() {
        assert_eq!(people(1, None, false, false), "1 person");
        assert_eq!(people(47, Some(47), false, false), "47 people");
        assert_eq!(people(50, Some(6000), true, true), "50 of 6000 people");
        let ordered = people(50, Some(6000), true, false);
        assert_eq!(ordered, "50 of 6000 people, only these are in order");
        let ordered = people(50, None, true, false);
        assert_eq!(ordered, "50 people so far, only these are in order");
    }

    #[test]
    fn no_plan_a_draft_and_an_unreached_source_are_different_words() {
        let due = || when("2026-09-01").unwrap();
        for (standing, said) in [
            (PlanStanding::Unknown, "Not known now"),
            (PlanStanding::None, "No plan yet"),
            (PlanStanding::Draft, "Draft, not in force"),
            (PlanStanding::Overdue { due: due() }, "due 01-Sep-2026"),
            (PlanStanding::NotReviewed { due: None }, "Not reviewed yet"),
        ] {
            assert_eq!(plan(&standing), said);
        }
        let reviewed = PlanStanding::Reviewed {
            on: when("2026-10-12").unwrap(),
            due: None,
        };
        assert_eq!(plan(&reviewed), "Reviewed 12-Oct-2026");
    }

    #[test]
    fn news_of_which_a_source_is_silent_never_look_like_all_and_its_failure_is_said_once() {
        assert_eq!(nothing_new(false), "Nothing new");
        assert_ne!(nothing_new(true), nothing_new(false));
        assert_eq!(news_of_others(false, None), None);
        let said_elsewhere = news_of_others(true, None);
        assert_eq!(
            said_elsewhere.as_deref(),
            Some("From the other sources only")
        );
        let why = "South Manchester not reached";
        assert_eq!(news_of_others(true, Some(why)).as_deref(), Some(why));
    }

    #[test]
    fn a_key_worker_without_a_name_is_said_not_hidden() {
        let nobody = KeyWorker::default();
        assert_eq!(key_worker(&nobody).0, "Name not recorded");
        assert_eq!(
            (alerts(1).as_str(), alerts(2).as_str()),
            ("1 alert", "2 alerts")
        );
    }
}
