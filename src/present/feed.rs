//! Hospital activity in words: how live each source is, what waits, the day and time of an event.

use chrono::{DateTime, Days, Utc};

use super::panel::{SourceNote, Standing};
use super::{date, name, problem};
use crate::domain::When;
use crate::domain::change::Change;
use crate::domain::time::london;
use crate::state::Feed;
use crate::state::feed::{Channel, Knows, Live, Unpushed};

/// "South Manchester, live", "Pennine Acute, every 20 s", "Central Manchester, not reached since 13:48".
pub fn mark(channel: &Channel, name: String, now: DateTime<Utc>) -> SourceNote {
    let (standing, words) = match &channel.live {
        Live::Starting => return loading(name),
        Live::Pushed => (Standing::UpToDate, "live".to_owned()),
        Live::Polled => {
            let every = format!("every {} s", channel.every);
            let words = match channel.unpushed {
                Some((why, since)) => format!("{every}, {}", unpushed(why, since, now)),
                None => every,
            };
            (Standing::UpToDate, words)
        }
        Live::Stopped(problem, since) => {
            (Standing::Failed, problem::short_since(problem, *since, now))
        }
    };
    SourceNote {
        source: name,
        standing,
        words,
    }
}

/// "South Manchester, loading".
pub fn loading(name: String) -> SourceNote {
    SourceNote {
        source: name,
        standing: Standing::Loading,
        words: "loading".to_owned(),
    }
}

/// "live updates refused since 13:48".
fn unpushed(why: Unpushed, since: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let what = match why {
        Unpushed::Refused => "live updates refused",
        Unpushed::NoLine => "no line for live updates",
        Unpushed::Cut => "live updates cut off",
    };
    format!("{what} since {}", date::clock(since, now))
}

/// What is not in the stream, said above it: a source that does not answer, and one that has more than can be read.
pub fn missing(channel: &Channel, name: &str, now: DateTime<Utc>) -> Option<String> {
    match &channel.live {
        Live::Stopped(problem, since) => {
            let short = problem::short_since(problem, *since, now);
            Some(match channel.answered {
                Some(at) => format!(
                    "{name} {short}: what has happened there after {} is not shown.",
                    date::clock(at, now)
                ),
                None => format!("{name} {short}: nothing that happened there is shown."),
            })
        }
        _ if channel.is_partial() => Some(format!(
            "More happened at {name} than can be read: some of it is not shown."
        )),
        _ if channel.hides => Some(format!(
            "Some of what {name} has was not given or could not be read: it is not shown."
        )),
        _ => None,
    }
}

/// Who is not watched, as nobody has named them.
pub fn unnamed(feed: &Feed, shared_name: &str) -> Option<String> {
    feed.is_short_of_people().then(|| {
        format!("{shared_name} did not name all of your patients: what happens to the others is not shown.")
    })
}

/// Who is not watched at this source, as it has somebody else under their number.
pub fn mistaken_at(feed: &Feed, channel: &Channel, name: &str) -> Option<String> {
    let all = channel.mistaken.iter().filter_map(|it| feed.person(it));
    let mut names: Vec<String> = all.map(|it| name::of_patient(it)).collect();
    names.sort();
    names.dedup();
    (!names.is_empty()).then(|| {
        format!(
            "What happens to {} at {name} is not shown: it holds another birth date or name under their NHS number.",
            names.join(" and ")
        )
    })
}

/// Who cannot be watched: hospitals are asked by NHS number.
pub fn unwatched(feed: &Feed) -> Option<String> {
    let nobody = feed.people().filter(|it| it.asked_by().next().is_none());
    let mut names: Vec<String> = nobody.map(|it| name::of_patient(it)).collect();
    names.sort();
    (!names.is_empty()).then(|| {
        format!(
            "What happens to {} is not shown: without a valid NHS number hospitals cannot be asked.",
            names.join(" and ")
        )
    })
}

/// "Results 12", "Results 12+" where there may be more. Without any answer there is no number: 0 would say that nothing
/// happened.
pub fn counted(what: &str, number: usize, knows: Knows, awaited: bool) -> String {
    match (knows, awaited) {
        (Knows::All, _) => format!("{what} {number}"),
        (Knows::Part, _) => format!("{what} {number}+"),
        (Knows::Nothing | Knows::NoSuch, true) => format!("{what} \u{2026}"),
        (Knows::Nothing | Knows::NoSuch, false) => what.to_owned(),
    }
}

/// What stands in the place of the stream, of one chosen trust or of all, and whether to show everything is offered.
pub fn nothing(knows: Knows, one: bool, filtered: bool) -> (&'static str, bool) {
    let words = match (knows, filtered) {
        (Knows::NoSuch, _) => "There is no such trust here. ",
        (Knows::Nothing, _) if one => {
            "It has not told anything, so it is not known what happened there. "
        }
        (Knows::Nothing, _) => "No trust has answered, so it is not known what happened. ",
        (Knows::All, true) => "Nothing of this kind in the last 30 days. ",
        (Knows::Part, true) => {
            "Nothing of this kind in the last 30 days, as far as the trusts have answered. "
        }
        (Knows::All, false) => "Nothing in the last 30 days.",
        (Knows::Part, false) => "Nothing in the last 30 days, as far as the trusts have answered.",
    };
    (words, filtered)
}

/// The same of appointments to come.
pub fn nothing_to_come(knows: Knows, one: bool) -> &'static str {
    match knows {
        Knows::NoSuch => "There is no such trust here. ",
        Knows::Nothing if one => "It has not told anything, so it is not known what is booked. ",
        Knows::Nothing => "No trust has answered, so it is not known what is booked. ",
        Knows::Part => "No appointments to come, as far as the trusts have answered. ",
        Knows::All => "No appointments to come. ",
    }
}

/// The same of one day. What is over is not among what is to come, so of such a day nothing is said.
pub fn nothing_that_day(knows: Knows, is_over: bool) -> &'static str {
    match knows {
        _ if is_over => "This day has passed",
        Knows::NoSuch | Knows::Nothing => "Not known",
        Knows::Part => "None known",
        Knows::All => "None to come",
    }
}

/// Older events than the stream holds, said below it.
pub fn dropped(events: usize) -> Option<String> {
    (events > 0).then(|| format!("{events} older events are not in this list."))
}

/// "4 new, show", in singular and plural the same; events that the filter hides are told apart.
pub fn waiting(here: usize, hidden: usize) -> Option<String> {
    match (here, hidden) {
        (0, 0) => None,
        (0, hidden) => Some(format!(
            "{hidden} new that this filter hides, show everything"
        )),
        (here, 0) => Some(format!("{here} new, show")),
        (here, hidden) => Some(format!(
            "{here} new, show; {hidden} more that this filter hides"
        )),
    }
}

/// "Today, 22-Nov-2026", "Yesterday, 21-Nov-2026", "14-Nov-2026": with its date, for it may be printed.
pub fn day(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (that, today) = (london(at).date(), london(now).date());
    if that == today {
        format!("Today, {}", date::day(that))
    } else if today.checked_sub_days(Days::new(1)) == Some(that) {
        format!("Yesterday, {}", date::day(that))
    } else {
        date::day(that)
    }
}

/// "23:40" under its day; as precise as it was given, and said where only the record's last update is known.
pub fn time(change: &Change) -> String {
    match &change.when {
        When::At(at) if change.by_update => format!("recorded {}", date::time(*at)),
        When::At(at) => date::time(*at),
        When::Day(_) => "no time".to_owned(),
        other => date::when(other),
    }
}

/// The same where no day stands above it: "23:40" of today, else "21-Nov-2026 23:40".
pub fn moment(change: &Change, now: DateTime<Utc>) -> String {
    match &change.when {
        _ if london(change.at).date() == london(now).date() => time(change),
        When::At(at) if change.by_update => format!("recorded {}", date::instant(*at)),
        other => date::when(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use chrono::TimeDelta;

    use crate::domain::activity::{Encounter, Setting};
    use crate::domain::facts::{Issue, IssueOf};
    use crate::domain::sample::{encounter, patient};
    use crate::domain::{Facts, PatientId, SourceId};
    use crate::state::Problem;
    use crate::state::feed::Told;

    fn at(raw: &str) -> DateTime<Utc> {
        raw.parse().unwrap()
    }

    #[test]
    fn each_source_says_how_live_it_is() {
        let (rw3, start) = (SourceId::new("rw3"), at("2026-11-22T13:48:00Z"));
        let mut feed = Feed::default();
        feed.open(Vec::new(), &[(rw3.clone(), 20)], start);
        let words = |feed: &Feed, now| {
            let channel = &feed.channels()[0];
            let said = mark(channel, "Central".to_owned(), now);
            (said.words, missing(channel, "Central", now))
        };
        assert_eq!(words(&feed, start), ("loading".to_owned(), None));
        let poll = feed.due(start).remove(0);
        feed.settle(&poll, Err(Problem::Unreachable), start, 0.5);
        let later = at("2026-11-22T14:05:00Z");
        assert_eq!(words(&feed, later).0, "not reached since 13:48");
        assert_eq!(
            words(&feed, later).1.as_deref(),
            Some("Central not reached since 13:48: nothing that happened there is shown.")
        );
        let poll = feed.due(later).remove(0);
        feed.settle(&poll, Ok(crate::state::feed::Told::default()), later, 0.5);
        assert_eq!(words(&feed, later), ("every 20 s".to_owned(), None));

        feed.polls(&rw3, Unpushed::Refused, later);
        feed.polls(&rw3, Unpushed::Cut, at("2026-11-22T14:10:00Z"));
        assert_eq!(
            words(&feed, later).0,
            "every 20 s, live updates cut off since 14:05"
        );
        feed.pushes(&rw3, later);
        assert_eq!(words(&feed, later).0, "live");
    }

    #[test]
    fn what_could_not_be_given_or_read_is_said_until_everything_can_and_deletes_nothing() {
        let (rw3, start) = (SourceId::new("rw3"), at("2026-11-22T12:00:00Z"));
        let mut jane = patient("shared", "9990000018", "Smith", "Jane", "1945");
        jane.id = PatientId::parse("jane").unwrap();
        let id = jane.id.clone();
        let mut feed = Feed::default();
        feed.open(vec![Arc::new(jane)], &[(rw3.clone(), 20)], start);
        let told = |encounters: Vec<Encounter>, of: Option<IssueOf>, failed: Vec<&'static str>| {
            let issue = of.map(|of| Issue {
                resource: "Encounter".to_owned(),
                path: "id".to_owned(),
                what: "is missing".to_owned(),
                of,
            });
            let facts = Facts {
                encounters: encounters.into_iter().map(Arc::new).collect(),
                issues: issue.into_iter().collect(),
                ..Facts::default()
            };
            Told {
                facts: vec![(id.clone(), facts)],
                failed,
                ..Told::default()
            }
        };
        let ed = || encounter("rw3", Setting::Emergency, "2026-11-22T11:00:00Z", "");
        let said = "Some of what Central has was not given or could not be read: it is not shown.";
        for (minutes, answer, words, shown) in [
            (
                0,
                told(vec![ed()], Some(IssueOf::Element), Vec::new()),
                None,
                1,
            ),
            (11, told(Vec::new(), None, vec!["Encounter"]), Some(said), 1),
            (
                22,
                told(vec![ed()], Some(IssueOf::Record), Vec::new()),
                Some(said),
                1,
            ),
            (33, told(Vec::new(), None, Vec::new()), None, 0),
        ] {
            let now = start + TimeDelta::minutes(minutes);
            let poll = feed.due(now).remove(0);
            feed.settle(&poll, Ok(answer), now, 0.5);
            let channel = &feed.channels()[0];
            assert_eq!(missing(channel, "Central", now).as_deref(), words);
            assert_eq!(feed.shown().len(), shown, "after {minutes} minutes");
        }
    }

    #[test]
    fn who_has_another_birth_date_at_a_trust_is_said_not_to_be_shown_and_counts_are_not_exact() {
        let (rw3, start) = (SourceId::new("rw3"), at("2026-11-22T12:00:00Z"));
        let jane = Arc::new(patient("shared", "9990000018", "Smith", "Jane", "1945"));
        let mut feed = Feed::default();
        feed.open(vec![Arc::clone(&jane)], &[(rw3.clone(), 20)], start);
        let mut said = |mistaken: Vec<PatientId>, now| {
            let poll = feed.due(now).remove(0);
            let told = Told {
                mistaken,
                ..Told::default()
            };
            feed.settle(&poll, Ok(told), now, 0.5);
            let words = mistaken_at(&feed, &feed.channels()[0], "Central");
            (words, feed.knows(None))
        };
        let line = "What happens to SMITH, Jane at Central is not shown: it holds another birth date or name under their NHS number.";
        assert_eq!(
            said(vec![jane.id.clone()], start),
            (Some(line.to_owned()), Knows::Part)
        );
        // It has been put right there.
        let later = start + TimeDelta::minutes(1);
        assert_eq!(said(Vec::new(), later), (None, Knows::All));
    }

    #[test]
    fn what_waits_is_counted_with_what_the_filter_hides() {
        assert_eq!(waiting(0, 0), None);
        assert_eq!(waiting(4, 0).as_deref(), Some("4 new, show"));
        let hidden = waiting(0, 1);
        assert_eq!(
            hidden.as_deref(),
            Some("1 new that this filter hides, show everything")
        );
    }

    #[test]
    fn of_a_day_that_is_over_nobody_says_that_nothing_is_to_come() {
        assert_eq!(nothing_that_day(Knows::All, true), "This day has passed");
        assert_eq!(nothing_that_day(Knows::All, false), "None to come");
        assert_eq!(nothing_that_day(Knows::Nothing, false), "Not known");
    }

    #[test]
    fn days_are_greater_manchesters() {
        let now = at("2026-06-22T10:00:00Z");
        assert_eq!(day(at("2026-06-21T23:30:00Z"), now), "Today, 22-Jun-2026");
        assert_eq!(
            day(at("2026-06-21T22:30:00Z"), now),
            "Yesterday, 21-Jun-2026"
        );
        assert_eq!(day(at("2026-06-14T12:00:00Z"), now), "14-Jun-2026");
    }

    #[test]
    fn what_was_not_today_is_told_with_its_day() {
        let now = at("2026-11-22T10:00:00Z");
        let said = |raw: &str, by_update| {
            let when = When::parse(raw);
            let change = Change {
                at: when.earliest().unwrap(),
                when,
                by_update,
                origin: crate::domain::sample::origin("rw3", "Encounter", "1"),
                what: crate::domain::change::Happening::NormalResults(1),
            };
            moment(&change, now)
        };
        assert_eq!(said("2026-11-22T09:40:00Z", false), "09:40");
        assert_eq!(said("2026-11-10T23:21:00Z", false), "10-Nov-2026 23:21");
        assert_eq!(
            said("2026-11-21T23:21:00Z", true),
            "recorded 21-Nov-2026 23:21"
        );
        assert_eq!(said("2026-11-22", false), "no time");
        assert_eq!(said("2026-11-21", false), "21-Nov-2026");
    }
}
