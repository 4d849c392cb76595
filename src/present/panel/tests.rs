//! Loading, empty, failed and withheld never look alike.

use chrono::{DateTime, Utc};

use super::*;
use crate::domain::facts::Withheld;
use crate::domain::{
    Concept, Facts, Issue, IssueOf, Origin, PatientId, Period, ResourceRef, SourceId, Topic,
};
use crate::state::{Chart, Part, Problem};

const TOPIC: Topic = Topic::Alerts;

fn at(time: &str) -> DateTime<Utc> {
    format!("2026-11-21T{time}:00Z").parse().unwrap()
}

fn origin(source: &str) -> Origin {
    Origin {
        source: SourceId::new(source),
        resource: ResourceRef::new("Flag", "1"),
        updated: None,
    }
}

fn one_alert() -> Facts {
    let alert = crate::domain::alert::Alert {
        origin: origin("shared"),
        what: Concept::from_text("key safe"),
        categories: Vec::new(),
        status: None,
        period: Period::default(),
        author: None,
    };
    Facts {
        alerts: vec![alert],
        ..Facts::default()
    }
}

/// What each source answered, one after the other; None has not answered.
type Answers = Vec<(&'static str, Vec<(&'static str, Answer)>)>;
type Answer = Result<Facts, Problem>;

fn panel(answers: Answers) -> PanelWords {
    let sources: Vec<_> = answers
        .iter()
        .map(|(name, _)| (SourceId::new(name), vec![TOPIC]))
        .collect();
    let mut chart = Chart::default();
    chart.open(&PatientId::parse("1").unwrap(), &sources);
    for (name, told) in answers {
        let source = SourceId::new(name);
        for (time, answer) in told {
            let asked = chart.ask(&source, &[TOPIC]);
            chart.settle(asked, &source, vec![(TOPIC, answer)], at(time));
        }
    }
    of(&chart)
}

fn of(chart: &Chart) -> PanelWords {
    let parts: Vec<(String, &Part)> = chart
        .parts()
        .iter()
        .map(|it| (it.source.as_str().to_owned(), it))
        .collect();
    words(&parts, &[TOPIC], at("14:05"))
}

fn notes(words: &PanelWords) -> Vec<String> {
    let line = |it: &SourceNote| format!("{} {}", it.source, it.words);
    words.notes.iter().map(line).collect()
}

#[allow(clippy::unnecessary_wraps)] // stands where answers stand
fn empty() -> Answer {
    Ok(Facts::default())
}

#[test]
fn every_source_answered_and_there_is_nothing() {
    let words = panel(vec![
        ("Shared", vec![("14:05", empty())]),
        ("South", vec![("14:00", empty())]),
    ]);
    assert_eq!(words.phase, Phase::Empty);
    assert_eq!(notes(&words), ["Shared as at 14:05", "South as at 14:00"]);
    assert!(words.warnings.is_empty() && !words.can_retry);
}

#[test]
fn a_failed_part_never_looks_empty() {
    let words = panel(vec![
        ("Shared", vec![("14:05", empty())]),
        ("Central", vec![("13:48", Err(Problem::Unreachable))]),
    ]);
    assert_eq!(
        words.phase,
        Phase::Failed(
            "Nothing at Shared; Central not reached since 13:48, so there may be more".to_owned()
        )
    );
    assert!(words.can_retry);
}

#[test]
fn a_source_that_means_somebody_else_is_said_to_be_left_out_and_never_looks_empty() {
    let names = ["Central".to_owned()];
    let others = || panel(vec![("Shared", vec![("14:05", empty())])]);
    assert_eq!(leaving_out(others(), &[]), others());
    let words = leaving_out(others(), &names);
    assert_eq!(
        words.phase,
        Phase::Failed(
            "Nothing at other sources; Central left out: it answered about somebody else"
                .to_owned()
        )
    );
    assert_eq!(notes(&words), ["Shared as at 14:05"], "said once");
    let shown = panel(vec![("Shared", vec![("14:05", Ok(one_alert()))])]);
    assert_eq!(
        notes(&leaving_out(shown, &names)),
        [
            "Shared as at 14:05",
            "Central left out: it answered about somebody else"
        ]
    );
    let failed = panel(vec![("Shared", vec![("13:48", Err(Problem::Unreachable))])]);
    let both = "Shared not reached since 13:48; Central left out: it answered about somebody else";
    let both = Phase::Failed(both.to_owned());
    assert_eq!(leaving_out(failed, &names).phase, both);
    let alone = leaving_out(panel(Vec::new()), &names);
    let said = "Central left out: it answered about somebody else".to_owned();
    assert_eq!(alone.phase, Phase::Failed(said));
}

#[test]
fn who_was_not_asked_for_want_of_an_nhs_number_refused_nothing() {
    let words = panel(vec![
        ("Shared", vec![("14:05", empty())]),
        ("Central", vec![("13:48", Err(Problem::Unnumbered))]),
    ]);
    let said = "Nothing at Shared; Central not asked: no valid NHS number, so there may be more";
    assert_eq!(words.phase, Phase::Failed(said.to_owned()));
    assert_eq!(notes(&words), ["Shared as at 14:05"]);
    assert!(!words.can_retry, "it would not be asked then either");
}

#[test]
fn of_many_sources_those_that_say_the_same_are_said_once_and_what_failed_by_name() {
    let ready = || vec![("14:05", empty())];
    let words = panel(vec![
        ("Shared", ready()),
        ("Central", vec![]),
        ("Pennine", ready()),
        ("South", ready()),
    ]);
    assert_eq!(notes(&words), ["3 sources as at 14:05", "Central loading"]);
    let failed = || vec![("13:48", Err(Problem::Unreachable))];
    let words = panel(vec![
        ("Shared", vec![("14:05", Ok(one_alert()))]),
        ("Central", failed()),
        ("Pennine", failed()),
        ("South", vec![("14:00", empty())]),
    ]);
    let said = [
        "Shared as at 14:05",
        "Central and Pennine not reached since 13:48",
        "South as at 14:00",
    ];
    assert_eq!(notes(&words), said);
}

#[test]
fn one_cause_is_said_once_with_everybody_whom_it_concerns() {
    let waits = || vec![("13:48", Err(Problem::Unmatched))];
    let words = panel(vec![
        ("Shared", vec![("13:48", Err(Problem::Unreachable))]),
        ("Central", waits()),
        ("Pennine", waits()),
    ]);
    let said = "Shared not reached since 13:48; Central and Pennine not asked yet: waiting for the shared record since 13:48";
    assert_eq!(words.phase, Phase::Failed(said.to_owned()));
    let nobody = panel(vec![("Shared", vec![("13:48", Err(Problem::Gone))])]);
    let said = "Shared has nothing under this address";
    assert_eq!(nobody.phase, Phase::Failed(said.to_owned()));
}

#[test]
fn a_part_that_still_loads_never_looks_empty() {
    let words = panel(vec![
        ("Shared", vec![("14:05", empty())]),
        ("Central", vec![]),
    ]);
    assert_eq!(words.phase, Phase::Loading);
    assert_eq!(notes(&words), ["Shared as at 14:05", "Central loading"]);
    let failed = Err(Problem::Unreachable);
    let words = panel(vec![
        ("Shared", vec![("14:05", failed)]),
        ("Central", vec![]),
    ]);
    assert_eq!(words.phase, Phase::Loading, "the other one may have it");
}

#[test]
fn an_empty_answer_that_is_stale_never_looks_empty() {
    let told = vec![("13:40", empty()), ("13:48", Err(Problem::Unreachable))];
    let words = panel(vec![("Central", told)]);
    assert_eq!(
        words.phase,
        Phase::Failed("Central not reached since 13:48 (nothing there at 13:40)".to_owned())
    );
    assert_eq!(notes(&words), Vec::<String>::new(), "said once");
}

#[test]
fn content_stays_beside_a_source_that_failed() {
    let told = vec![
        ("13:40", Ok(one_alert())),
        ("13:48", Err(Problem::TimedOut(25))),
    ];
    let words = panel(vec![
        ("Shared", told),
        ("Central", vec![("13:50", Err(Problem::Unreachable))]),
    ]);
    assert_eq!(words.phase, Phase::Content);
    assert_eq!(
        notes(&words),
        [
            "Shared no answer in 25 s, since 13:48; shown as at 13:40",
            "Central not reached since 13:50"
        ]
    );
}

#[test]
fn all_failed_names_every_source_and_since_when() {
    let words = panel(vec![
        ("Shared", vec![("13:40", Err(Problem::SourceFailed(500)))]),
        ("Central", vec![("13:48", Err(Problem::Withheld))]),
    ]);
    let said = "Shared failed with an error (500), since 13:40; Central withheld";
    assert_eq!(words.phase, Phase::Failed(said.to_owned()));
    assert_eq!(notes(&words), Vec::<String>::new(), "the body says it all");
}

#[test]
fn withheld_is_neither_empty_nor_failed() {
    let words = panel(vec![("Shared", vec![("13:40", Err(Problem::Withheld))])]);
    assert_eq!(words.phase, Phase::Withheld("Shared withheld".to_owned()));
    assert!(!words.can_retry);
    let words = panel(vec![
        ("Shared", vec![("13:40", Err(Problem::Withheld))]),
        ("South", vec![("13:40", empty())]),
    ]);
    let said = "Nothing at South; Shared withheld, so there may be more";
    assert_eq!(words.phase, Phase::Withheld(said.to_owned()));
    assert_eq!(notes(&words), ["South as at 13:40"], "its time");
}

#[test]
fn what_is_not_offered_is_said_of_each_that_should() {
    let no = || vec![("13:40", Err(Problem::NotOffered))];
    let words = panel(vec![("Shared", no()), ("South", vec![("14:05", empty())])]);
    assert_eq!(words.phase, Phase::Empty);
    assert_eq!(notes(&words), ["Shared not offered", "South as at 14:05"]);
    let words = panel(vec![("Shared", no()), ("South", no())]);
    assert_eq!(
        words.phase,
        Phase::Failed("Not offered by Shared and South".to_owned())
    );
    assert_eq!(notes(&words), Vec::<String>::new(), "said once");
    let failed = vec![("13:48", Err(Problem::Unreachable))];
    let words = panel(vec![("Shared", no()), ("South", failed)]);
    assert_eq!(
        notes(&words),
        ["Shared not offered"],
        "the body has the other"
    );
    let nobody = "No source of this record provides this".to_owned();
    assert_eq!(panel(vec![]).phase, Phase::Failed(nobody));
}

#[test]
fn what_is_kept_back_or_could_not_be_shown_is_a_warning_and_never_empty() {
    let kept = Facts {
        withheld: vec![Withheld {
            origin: origin("Shared"),
            code: "confidential-items".to_owned(),
            about: Some("Medications".to_owned()),
        }],
        ..one_alert()
    };
    let said = "Some items are withheld at the source, Shared: Medications (confidential)";
    let words = panel(vec![("Shared", vec![("14:05", Ok(kept.clone()))])]);
    assert_eq!(
        (words.phase, words.warnings),
        (Phase::Content, vec![said.to_owned()])
    );
    let nothing = Facts {
        alerts: Vec::new(),
        ..kept
    };
    let words = panel(vec![("Shared", vec![("14:05", Ok(nothing))])]);
    assert!(matches!(words.phase, Phase::Withheld(it) if it.contains(said)));
}

#[test]
fn records_that_could_not_be_read_and_partial_reads_are_counted() {
    let issue = |resource: &str, path: &str, what: &str, of| Issue {
        resource: resource.to_owned(),
        path: path.to_owned(),
        what: what.to_owned(),
        of,
    };
    let facts = Facts {
        issues: vec![
            issue("Flag/1", "Flag.status", "is not a code", IssueOf::Element),
            issue("Flag/2", "Flag", "has no id", IssueOf::Record),
            issue("Flag/3", "Flag", "has no id", IssueOf::Record),
            issue(
                "Shared",
                "alerts",
                "only 2000 were read; there are more at the source",
                IssueOf::Rest,
            ),
        ],
        ..Facts::default()
    };
    let words = panel(vec![("Shared", vec![("14:05", Ok(facts))])]);
    assert_eq!(
        words.warnings,
        [
            "2 records from Shared could not be shown",
            "Alerts from Shared: only 2000 were read; there are more at the source"
        ]
    );
    assert!(matches!(words.phase, Phase::Failed(_)), "{:?}", words.phase);
}

#[test]
fn the_topics_of_a_source_are_one_note_with_the_worst_of_them() {
    let (source, mut chart) = (SourceId::new("Shared"), Chart::default());
    let both = [Topic::Alerts, Topic::Risk];
    chart.open(
        &PatientId::parse("1").unwrap(),
        &[(source.clone(), both.to_vec())],
    );
    let asked = chart.ask(&source, &both);
    let answers = vec![
        (both[0], Ok(one_alert())),
        (both[1], Err(Problem::Unreachable)),
    ];
    chart.settle(asked, &source, answers, at("13:48"));
    let parts: Vec<(String, &Part)> = chart
        .parts()
        .iter()
        .map(|it| ("Shared".to_owned(), it))
        .collect();
    let words = words(&parts, &both, at("14:05"));
    assert_eq!(words.phase, Phase::Content);
    assert_eq!(
        notes(&words),
        ["Shared not reached since 13:48; some shown as at 13:48"]
    );
    assert_eq!(words.notes[0].standing, Standing::Failed);
}

#[test]
fn pli_103_refreshing_is_said_and_content_stays() {
    let (source, mut chart) = (SourceId::new("Shared"), Chart::default());
    chart.open(
        &PatientId::parse("1").unwrap(),
        &[(source.clone(), vec![TOPIC])],
    );
    let asked = chart.ask(&source, &[TOPIC]);
    chart.settle(asked, &source, vec![(TOPIC, Ok(one_alert()))], at("14:00"));
    chart.ask(&source, &[TOPIC]);
    let words = of(&chart);
    assert_eq!(words.phase, Phase::Content);
    assert_eq!(notes(&words), ["Shared refreshing; shown as at 14:00"]);
}
