//! Decides what a panel says from the parts of the chart behind it.

use chrono::{DateTime, Utc};

use super::kept_back::{facts, warnings};
use super::{PanelWords, Phase, SourceNote, Standing};
use crate::domain::{Facts, Issue, IssueOf, SourceId, Topic};
use crate::present::name::clean;
use crate::present::{date, problem};
use crate::state::{Part, Problem, Remote};

/// What a panel about these topics says. `parts` are the parts of the chart with the name of their source.
pub fn words(parts: &[(String, &Part)], topics: &[Topic], now: DateTime<Utc>) -> PanelWords {
    let has = |facts: &Facts| topics.iter().any(|it| facts.count(*it) > 0);
    words_if(parts, topics, has, now)
}

/// The same for a panel that shows only some of the facts: `has` tells whether there is one to show.
pub fn words_if(
    parts: &[(String, &Part)],
    topics: &[Topic],
    has: impl Fn(&Facts) -> bool,
    now: DateTime<Utc>,
) -> PanelWords {
    let behind: Vec<Behind<'_>> = behind(parts, topics);
    let phase = phase(&behind, has, now);
    let may_pass = |it: &&Part| it.data.problem().is_some_and(|(it, _)| it.is_passing());
    let more = behind.iter().filter(|it| !is_in_body(it, &behind, &phase));
    PanelWords {
        notes: together(more.filter_map(|it| note(it, now)).collect()),
        phase,
        warnings: behind.iter().flat_map(warnings).collect(),
        can_retry: behind.iter().flat_map(|it| &it.parts).any(may_pass),
    }
}

/// Whether a body without content says all that there is to say of a source: why it failed, and when it was seen to have
/// nothing.
fn is_in_body(it: &Behind<'_>, all: &[Behind<'_>], phase: &Phase) -> bool {
    if !matches!(phase, Phase::Failed(_) | Phase::Withheld(_)) {
        return false;
    }
    if it.parts.is_empty() {
        return all.iter().all(|it| it.parts.is_empty());
    }
    let mut seen = it.parts.iter().map(|part| part.data.seen().is_some());
    let first = seen.next();
    worst_problem(it).is_some() && !it.lacks && seen.all(|it| Some(it) == first)
}

/// Where there is no source at all.
const NOBODY: &str = "No source of this record provides this";

/// What is said of a source that knows somebody else under the person's NHS number.
pub const LEFT_OUT: &str = "left out: it answered about somebody else";

/// The words of the other sources, where these are left out because they mean somebody else: they are never "nothing".
pub fn leaving_out(mut words: PanelWords, names: &[String]) -> PanelWords {
    let Some(who) = listed(names.iter().map(String::as_str)) else {
        return words;
    };
    let said = format!("{who} {LEFT_OUT}");
    words.phase = match words.phase {
        Phase::Empty => Phase::Failed(format!("Nothing at other sources; {said}")),
        Phase::Failed(why) if why == NOBODY => Phase::Failed(said),
        Phase::Failed(why) => Phase::Failed(format!("{why}; {said}")),
        other => other,
    };
    if matches!(words.phase, Phase::Failed(_)) {
        return words;
    }
    words.notes.extend(names.iter().map(|it| SourceNote {
        source: clean(it),
        standing: Standing::Withheld,
        words: LEFT_OUT.to_owned(),
    }));
    words
}

/// Of three and more sources, those that say the same are said once, at the place of the first: what differs stands out, and
/// the foot is as high while they load as when they are there. Who is not well is named.
pub fn together(notes: Vec<SourceNote>) -> Vec<SourceNote> {
    if notes.len() < 3 {
        return notes;
    }
    let mut groups: Vec<(Vec<String>, SourceNote)> = Vec::new();
    for note in notes {
        let alike = |it: &SourceNote| it.standing == note.standing && it.words == note.words;
        match groups.iter_mut().find(|(_, first)| alike(first)) {
            Some((names, _)) => names.push(note.source),
            None => groups.push((vec![note.source.clone()], note)),
        }
    }
    let said = |(names, note): (Vec<String>, SourceNote)| SourceNote {
        source: match names.len() {
            2.. if is_well(note.standing) => format!("{} sources", names.len()),
            _ => listed(names.iter().map(String::as_str)).unwrap_or_default(),
        },
        ..note
    };
    groups.into_iter().map(said).collect()
}

/// Nothing is wrong with it: a source that failed, is stale or withholds is always named.
fn is_well(standing: Standing) -> bool {
    matches!(
        standing,
        Standing::UpToDate | Standing::Loading | Standing::Refreshing
    )
}

/// One source with its parts that stand behind the panel.
pub(super) struct Behind<'a> {
    pub(super) name: String,
    /// Without those that the source does not offer.
    pub(super) parts: Vec<&'a Part>,
    /// There are some that it does not offer, although it is said to provide them.
    lacks: bool,
}

fn behind<'a>(parts: &[(String, &'a Part)], topics: &[Topic]) -> Vec<Behind<'a>> {
    let mut all: Vec<(&SourceId, Behind<'a>)> = Vec::new();
    for (name, part) in parts.iter().filter(|(_, it)| topics.contains(&it.topic)) {
        let part: &'a Part = part;
        let offered = (!is_not_offered(part)).then_some(part);
        match all.iter_mut().find(|(source, _)| **source == part.source) {
            Some((_, it)) => {
                it.lacks |= offered.is_none();
                it.parts.extend(offered);
            }
            None => all.push((
                &part.source,
                Behind {
                    name: clean(name),
                    lacks: offered.is_none(),
                    parts: offered.into_iter().collect(),
                },
            )),
        }
    }
    all.into_iter().map(|(_, it)| it).collect()
}

fn is_not_offered(part: &Part) -> bool {
    matches!(part.data.failed(), Some((Problem::NotOffered, _)))
}

/// A part that failed or still loads never looks like one that is empty.
fn phase(behind: &[Behind<'_>], has: impl Fn(&Facts) -> bool, now: DateTime<Utc>) -> Phase {
    let parts: Vec<&Part> = behind
        .iter()
        .flat_map(|it| it.parts.iter().copied())
        .collect();
    if parts.is_empty() {
        return Phase::Failed(match listed(behind.iter().map(|it| it.name.as_str())) {
            None => NOBODY.to_owned(),
            Some(names) => format!("Not offered by {names}"),
        });
    }
    if parts
        .iter()
        .filter_map(|it| it.data.seen())
        .any(|it| has(&it.value))
    {
        return Phase::Content;
    }
    if parts
        .iter()
        .any(|it| matches!(it.data, Remote::Idle | Remote::Loading))
    {
        return Phase::Loading;
    }
    let failures: Vec<&Problem> = parts
        .iter()
        .filter_map(|it| it.data.problem())
        .map(|it| it.0)
        .collect();
    let sentence = failed_words(behind, now);
    if !failures.is_empty() && failures.iter().all(|it| **it == Problem::Withheld) {
        return Phase::Withheld(sentence);
    }
    if !failures.is_empty() {
        return Phase::Failed(sentence);
    }
    hidden(behind).unwrap_or(Phase::Empty)
}

/// Every source answered and nothing can be shown, but not because there is nothing. A source's remark alone is a
/// warning beside "nothing".
fn hidden(behind: &[Behind<'_>]) -> Option<Phase> {
    let all = || behind.iter().flat_map(facts);
    let kept_back = all().any(|it| !it.withheld.is_empty());
    let is_unread = |it: &Issue| matches!(it.of, IssueOf::Record | IssueOf::Unread | IssueOf::Rest);
    let unread = all().any(|it| it.issues.iter().any(is_unread));
    if !kept_back && !unread {
        return None;
    }
    let said: Vec<String> = behind.iter().flat_map(warnings).collect();
    let sentence = format!(
        "Nothing can be shown, but there may be something: {}",
        said.join("; ")
    );
    Some(if kept_back {
        Phase::Withheld(sentence)
    } else {
        Phase::Failed(sentence)
    })
}

/// `Nothing at Shared record; Central Manchester not reached since 13:48, so there may be more`.
fn failed_words(behind: &[Behind<'_>], now: DateTime<Utc>) -> String {
    let is_whole = |it: &&Behind<'_>| it.parts.iter().all(|part| part.data.problem().is_none());
    let whole = behind
        .iter()
        .filter(|it| !it.parts.is_empty())
        .filter(is_whole);
    let nothing = listed(whole.map(|it| it.name.as_str()));
    let failed = together_failing(behind.iter().filter_map(|it| Some((it, failing(it, now)?))));
    match nothing {
        Some(names) => format!("Nothing at {names}; {failed}, so there may be more"),
        None => failed,
    }
}

/// `A and B not reached since 13:48; C signed out`: what is the same of several is said once.
fn together_failing<'a>(all: impl Iterator<Item = (&'a Behind<'a>, String)>) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (it, words) in all {
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, names)) => names.push(&it.name),
            None => groups.push((words, vec![&it.name])),
        }
    }
    let said = |(words, names): (String, Vec<&str>)| {
        listed(names.into_iter()).map(|names| format!("{names} {words}"))
    };
    groups
        .into_iter()
        .filter_map(said)
        .collect::<Vec<_>>()
        .join("; ")
}

/// `not reached since 13:48 (nothing there at 13:40)`, or `None` when nothing of it failed.
fn failing(it: &Behind<'_>, now: DateTime<Utc>) -> Option<String> {
    let (problem, since) = worst_problem(it)?;
    let words = problem::short_since(problem, since, now);
    let seen = it.parts.iter().all(|part| part.data.seen().is_some());
    Some(match oldest(it) {
        Some(at) if seen => format!("{words} (nothing there at {})", date::clock(at, now)),
        _ => words,
    })
}

/// The problem of a source that matters most: one that left nothing to show, and the longest.
fn worst_problem<'a>(it: &Behind<'a>) -> Option<(&'a Problem, DateTime<Utc>)> {
    let failing = it.parts.iter().filter_map(|part| {
        let (problem, since) = part.data.problem()?;
        let rank = (
            part.data.seen().is_some(),
            *problem == Problem::Withheld,
            since,
        );
        Some((rank, (problem, since)))
    });
    failing.min_by_key(|(rank, _)| *rank).map(|(_, it)| it)
}

fn oldest(it: &Behind<'_>) -> Option<DateTime<Utc>> {
    it.parts
        .iter()
        .filter_map(|part| part.data.seen())
        .map(|it| it.at)
        .min()
}

/// How one source stands, by the worst of its parts.
fn note(it: &Behind<'_>, now: DateTime<Utc>) -> Option<SourceNote> {
    let Some(mut note) = offered(it, now) else {
        return it.lacks.then(|| SourceNote {
            source: it.name.clone(),
            standing: Standing::Failed,
            words: "not offered".to_owned(),
        });
    };
    if it.lacks {
        note.words = format!("{}; some of it not offered", note.words);
        note.standing = match note.standing {
            well if is_well(well) && well != Standing::Loading => Standing::Failed,
            other => other,
        };
    }
    Some(note)
}

/// The same of what it offers; `None` when that is nothing.
fn offered(it: &Behind<'_>, now: DateTime<Utc>) -> Option<SourceNote> {
    let standing = it
        .parts
        .iter()
        .map(|part| standing(part))
        .max_by_key(|it| badness(*it))?;
    let shown = oldest(it).map(|at| date::as_at(at, now));
    let failing =
        worst_problem(it).map(|(problem, since)| problem::short_since(problem, since, now));
    let words = match (standing, failing, shown) {
        (Standing::Loading, _, Some(shown)) => format!("loading; some {shown}"),
        (Standing::Loading, ..) => "loading".to_owned(),
        (Standing::Refreshing, _, Some(shown)) => format!("refreshing; shown {shown}"),
        (Standing::Failed | Standing::Withheld, Some(failing), Some(shown)) => {
            format!("{failing}; some shown {shown}")
        }
        (_, Some(failing), Some(shown)) => format!("{failing}; shown {shown}"),
        (_, Some(failing), None) => failing,
        (_, None, shown) => shown.unwrap_or_else(|| "loading".to_owned()),
    };
    Some(SourceNote {
        source: it.name.clone(),
        standing,
        words,
    })
}

fn standing(part: &Part) -> Standing {
    match &part.data {
        Remote::Idle | Remote::Loading => Standing::Loading,
        Remote::Ready(_) => Standing::UpToDate,
        Remote::Refreshing(_) => Standing::Refreshing,
        Remote::Stale(..) => Standing::Stale,
        Remote::Failed(it) if it.why == Problem::Withheld => Standing::Withheld,
        Remote::Failed(_) => Standing::Failed,
    }
}

fn badness(standing: Standing) -> u8 {
    match standing {
        Standing::UpToDate => 0,
        Standing::Refreshing => 1,
        Standing::Loading => 2,
        Standing::Withheld => 3,
        Standing::Stale => 4,
        Standing::Failed => 5,
    }
}

/// `A`, `A and B`, `A, B and C`.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.collect();
    let (last, others) = names.split_last()?;
    Some(match others {
        [] => (*last).to_owned(),
        _ => format!("{} and {last}", others.join(", ")),
    })
}
