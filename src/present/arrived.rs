//! What a screen reader is told when a person's record has come: the page fills in without a change of focus, so the
//! words are said once, and again when what is missing changes.

use super::name::clean;
use crate::domain::SourceId;
use crate::state::{Part, Problem, Remote};

/// Whose record is open, where that is known, and which section of it.
pub fn place(who: Option<&str>, section: &str) -> String {
    who.map_or_else(|| section.to_owned(), |who| format!("{who}, {section}"))
}

/// Nothing while any source is awaited; then whose record is there, whether everything of it, and who is silent.
pub fn words(
    parts: &[Part],
    who: Option<&str>,
    name: impl Fn(&SourceId) -> String,
) -> Option<String> {
    let awaited = |it: &Part| it.data.is_waiting() || it.data == Remote::Idle;
    if parts.is_empty() || parts.iter().any(awaited) {
        return None;
    }
    let mut silent: Vec<String> = Vec::new();
    for part in parts {
        let problem = part.data.problem().map(|(problem, _)| problem);
        let name = clean(&name(&part.source));
        if problem.is_some_and(|it| *it != Problem::NotOffered) && !silent.contains(&name) {
            silent.push(name);
        }
    }
    let record = who.map_or_else(|| "Record".to_owned(), |who| format!("Record of {who}"));
    Some(if silent.is_empty() {
        format!("{record} loaded")
    } else {
        format!("{record} loaded in part. Missing: {}", silent.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Facts, PatientId, Topic};
    use crate::state::Chart;

    #[test]
    fn arrival_is_said_when_every_source_has_answered_and_who_did_not_is_named() {
        let (gp, trust) = (SourceId::new("gp"), SourceId::new("rw3"));
        let now = "2026-11-21T14:05:00Z".parse().unwrap();
        let name = |it: &SourceId| it.as_str().to_uppercase();
        let mut chart = Chart::default();
        let providers = [
            (gp.clone(), vec![Topic::Identity, Topic::Allergies]),
            (trust.clone(), vec![Topic::Results]),
        ];
        chart.open(&PatientId::parse("1").unwrap(), &providers);
        assert_eq!(words(chart.parts(), None, name), None, "nothing has come");

        let asked = chart.ask(&gp, &[Topic::Identity, Topic::Allergies]);
        let good = |topic| (topic, Ok(Facts::default()));
        let answers = vec![good(Topic::Identity), good(Topic::Allergies)];
        chart.settle(asked, &gp, answers, now);
        assert_eq!(
            words(chart.parts(), None, name),
            None,
            "the trust is awaited"
        );

        let asked = chart.ask(&trust, &[Topic::Results]);
        let down = vec![(Topic::Results, Err(Problem::Unreachable))];
        chart.settle(asked, &trust, down, now);
        let said = words(chart.parts(), None, name);
        assert_eq!(said.as_deref(), Some("Record loaded in part. Missing: RW3"));

        let asked = chart.ask(&trust, &[Topic::Results]);
        assert_eq!(words(chart.parts(), None, name), None, "it is asked again");
        chart.settle(asked, &trust, vec![good(Topic::Results)], now);
        let said = words(chart.parts(), Some("SMITH, Jane (Mrs)"), name);
        assert_eq!(
            said.as_deref(),
            Some("Record of SMITH, Jane (Mrs) loaded"),
            "the person may have come from another tab, and the title names nobody"
        );
        assert_eq!(
            place(Some("SMITH, Jane (Mrs)"), "Overview"),
            "SMITH, Jane (Mrs), Overview"
        );
        assert_eq!(place(None, "Overview"), "Overview");
        assert_eq!(words(&[], None, name), None, "nobody is open");
    }
}
