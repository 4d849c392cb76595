//! What went wrong with a load, in plain words, and what to do about it.

use chrono::{DateTime, Utc};

use super::date;
use super::name::{clean, shown};
use crate::state::Problem;

/// A few words for a source's line: `not reached`, `no answer in 25 s`.
pub fn short(problem: &Problem) -> String {
    match problem {
        Problem::Offline => "not reached: this device is offline".to_owned(),
        Problem::Unreachable => "not reached".to_owned(),
        Problem::TimedOut(seconds) => format!("no answer in {seconds} s"),
        Problem::SignedOut => "signed out".to_owned(),
        Problem::Withheld => "withheld".to_owned(),
        Problem::Gone => "has nothing under this address".to_owned(),
        Problem::Busy => "too busy to answer".to_owned(),
        Problem::SourceFailed(status) => format!("failed with an error ({status})"),
        Problem::Unreadable(_) => "answer not readable".to_owned(),
        Problem::Refused(_) => "refused the question".to_owned(),
        Problem::Unmatched => "not asked yet: waiting for the shared record".to_owned(),
        Problem::Unnumbered => "not asked: no valid NHS number".to_owned(),
        Problem::WrongPerson => "answer was about another person and was thrown away".to_owned(),
        Problem::Changed(why) => shown(why).map_or_else(
            || "has been changed by somebody else".to_owned(),
            |why| format!("does not take it: {}", why.trim_end_matches('.')),
        ),
        Problem::InPart => "answered in part".to_owned(),
        Problem::NotOffered => "not offered".to_owned(),
    }
}

/// `not reached since 13:48`. What does not pass with time says no time.
pub fn short_since(problem: &Problem, since: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (what, since) = (short(problem), date::clock(since, now));
    match problem {
        Problem::Withheld | Problem::NotOffered | Problem::Unnumbered | Problem::Gone => what,
        Problem::Unreachable | Problem::Busy | Problem::Unmatched => {
            format!("{what} since {since}")
        }
        _ => format!("{what}, since {since}"),
    }
}

/// One or two sentences: what happened since when, what is still shown, what to do.
pub fn words(
    source: &str,
    problem: &Problem,
    since: DateTime<Utc>,
    shown: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> String {
    let mut text = happened(&clean(source), problem, &date::clock(since, now));
    text.push('.');
    if let Some(at) = shown {
        text.push_str(" What is shown is ");
        text.push_str(&date::as_at(at, now));
        text.push('.');
    }
    text.push(' ');
    text.push_str(advice(problem));
    text
}

fn happened(source: &str, problem: &Problem, since: &str) -> String {
    let with = |said: &str, text: String| match self::shown(said) {
        Some(said) => format!("{text}: {}", said.trim_end_matches('.')),
        None => text,
    };
    match problem {
        Problem::Offline => format!("This device has had no network since {since}"),
        Problem::Unreachable => format!("{source} has not been reached since {since}"),
        Problem::TimedOut(seconds) => {
            format!("{source} did not answer within {seconds} seconds; no answer since {since}")
        }
        Problem::SignedOut => format!("You are signed out of {source} since {since}"),
        Problem::Withheld => format!("{source} keeps this back from you"),
        Problem::Unmatched => format!(
            "{source} could not be asked since {since}, because the shared record has not said who this is"
        ),
        Problem::Unnumbered => format!(
            "{source} was not asked: the shared record gives no valid NHS number for this person, so nobody can be matched there"
        ),
        Problem::Gone => format!("{source} no longer has this"),
        Problem::Busy => format!("{source} has been too busy to answer since {since}"),
        Problem::SourceFailed(status) => {
            format!("{source} has failed with an error since {since} (status {status})")
        }
        Problem::Unreadable(why) => with(
            why,
            format!("The answer of {source} could not be read, since {since}"),
        ),
        Problem::Refused(why) => with(why, format!("{source} refused the question")),
        Problem::WrongPerson => {
            format!("{source} answered about another person; the answer was thrown away")
        }
        Problem::Changed(why) => with(why, format!("{source} has another version of this")),
        Problem::InPart => format!("{source} answered in part, since {since}"),
        Problem::NotOffered => format!("{source} does not offer this"),
    }
}

fn advice(problem: &Problem) -> &'static str {
    match problem {
        Problem::Offline => "Check the Wi-Fi or cable of this device.",
        Problem::Unreachable | Problem::TimedOut(_) | Problem::Busy | Problem::SourceFailed(_) => {
            "Try again; if it is urgent, look in the source\u{2019}s own system or ring them."
        }
        Problem::SignedOut => "Sign in again.",
        Problem::Withheld => {
            "There may be something there. If you need it for care, ask the people at the source."
        }
        Problem::Gone => {
            "The record may have been moved or joined with another: find the person again."
        }
        Problem::Unreadable(_) | Problem::InPart => {
            "Try again; if it stays so, tell your IT service desk."
        }
        Problem::Refused(_) => "Tell your IT service desk.",
        Problem::WrongPerson => {
            "Nothing of it is shown. Try again; if it stays so, tell your IT service desk: two records may be mixed up."
        }
        Problem::Unmatched => "It is asked as soon as that is known.",
        Problem::Unnumbered => {
            "If it is needed for care, look in the source\u{2019}s own system or ring them."
        }
        Problem::Changed(_) => "Somebody else has changed it: read it again.",
        Problem::NotOffered => "If you need it, look in the source\u{2019}s own system.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Problem> {
        vec![
            Problem::Offline,
            Problem::Unreachable,
            Problem::TimedOut(25),
            Problem::SignedOut,
            Problem::Withheld,
            Problem::Unmatched,
            Problem::Unnumbered,
            Problem::Gone,
            Problem::Busy,
            Problem::SourceFailed(500),
            Problem::Unreadable("HTML instead of JSON".to_owned()),
            Problem::Refused("unknown parameter".to_owned()),
            Problem::WrongPerson,
            Problem::Changed("locked".to_owned()),
            Problem::InPart,
            Problem::NotOffered,
        ]
    }

    fn at(raw: &str) -> DateTime<Utc> {
        raw.parse().unwrap()
    }

    #[test]
    fn every_problem_says_what_happened_and_what_to_do() {
        let (since, now) = (at("2026-11-21T13:48:00Z"), at("2026-11-21T14:05:00Z"));
        let mut known = std::collections::HashSet::new();
        for problem in all() {
            let text = words("Wythenshawe", &problem, since, None, now);
            assert!(text.ends_with('.') && !text.contains(".."), "{text}");
            assert!(
                text.matches(". ").count() >= 1,
                "what and what to do: {text}"
            );
            assert!(
                known.insert(text) && known.insert(short(&problem)),
                "told apart"
            );
        }
    }

    /// A record may mean by HTTP 409 that something is locked, or wrong in another way.
    #[test]
    fn who_says_that_another_version_is_there_has_the_word() {
        let short = |said: &str| short(&Problem::Changed(said.to_owned()));
        assert_eq!(short(""), "has been changed by somebody else");
        assert_eq!(
            short("Locked for an audit."),
            "does not take it: Locked for an audit"
        );
    }

    #[test]
    fn what_is_still_shown_says_as_at_when() {
        let (since, now) = (at("2026-11-21T13:48:00Z"), at("2026-11-21T14:05:00Z"));
        let shown = Some(at("2026-11-21T13:40:00Z"));
        assert_eq!(
            words(
                "Central Manchester",
                &Problem::Unreachable,
                since,
                shown,
                now
            ),
            "Central Manchester has not been reached since 13:48. What is shown is as at 13:40. Try again; if it is \
             urgent, look in the source\u{2019}s own system or ring them."
        );
        assert_eq!(
            short_since(&Problem::Unreachable, since, at("2026-11-22T09:00:00Z")),
            "not reached since 21-Nov-2026 13:48"
        );
    }
}
