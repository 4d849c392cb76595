//! The allergy strip: exactly four titles (PAB-0064 … 0072), a line for each agent, and what is missing.

use super::panel::LEFT_OUT;
use super::phrase::{DASH, Names, alike, filled, join, label, list, lower_first, sources};
use super::{date, name, problem};
use crate::domain::allergy::{Allergy, AllergyLine, Standing, Strip, Verification};
use crate::domain::code::{ABSENT, SNOMED};
use crate::domain::{Coded, Concept, SourceId};
use crate::state::Problem;

/// One allergy: the agent is emphasised, the rest (" — anaphylaxis (1998)") is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineWords {
    pub substance: String,
    pub rest: String,
}

/// The title; "not loaded yet" is none of the four.
pub const fn title(standing: Standing) -> &'static str {
    match standing {
        Standing::Loading => "Allergies: loading",
        Standing::Known => "Known allergies",
        Standing::NoneKnown => "No known allergies",
        Standing::NotRecorded => "Allergies not recorded",
        Standing::Unavailable => "Allergies unavailable",
    }
}

/// The first title is emphasised, with an icon (PAB-0064).
pub const fn is_emphasised(standing: Standing) -> bool {
    matches!(standing, Standing::Known)
}

/// "Penicillin", " — anaphylaxis, severe (1998)". What any source says of the reaction is said.
pub fn line(line: &AllergyLine) -> LineWords {
    let agent = line.agent().and_then(label);
    let entries = || {
        line.entries
            .iter()
            .filter(|it| it.is_current() || !line.current)
    };
    let mut reactions: Vec<String> = Vec::new();
    for reaction in entries().flat_map(reactions_of) {
        if !reactions
            .iter()
            .any(|it| it.eq_ignore_ascii_case(&reaction))
        {
            reactions.push(reaction);
        }
    }
    let high = entries().any(|it| it.criticality.as_deref() == Some("high"));
    let kind = entries().all(|it| it.kind.as_deref() == Some("intolerance"));
    let unconfirmed = entries().all(|it| {
        matches!(
            it.verification,
            Some(Coded::Known(Verification::Unconfirmed))
        )
    });
    let remarks = [
        kind.then(|| "intolerance".to_owned()),
        high.then(|| "high risk".to_owned()),
        unconfirmed.then(|| "not confirmed".to_owned()),
    ];
    let since = entries()
        .filter_map(|it| it.onset.as_ref())
        .min_by_key(|it| it.earliest());
    let said = join(
        [Some(reactions.join(", ")), Some(join(remarks, ", "))],
        ", ",
    );
    let rest = match (said.is_empty(), since.map(date::when_day)) {
        (true, None) => String::new(),
        (true, Some(since)) => format!(" ({since})"),
        (false, None) => format!("{DASH}{said}"),
        (false, Some(since)) => format!("{DASH}{said} ({since})"),
    };
    LineWords {
        substance: agent.unwrap_or_else(|| "Substance not recorded".to_owned()),
        rest,
    }
}

/// "anaphylaxis, severe"; the description where no manifestation is coded.
fn reactions_of(allergy: &Allergy) -> Vec<String> {
    allergy
        .reactions
        .iter()
        .filter_map(|it| {
            let shown: Vec<String> = it
                .manifestations
                .iter()
                .filter_map(label)
                .map(|it| lower_first(&it))
                .collect();
            let what = if shown.is_empty() {
                filled(it.description.as_ref())?
            } else {
                shown.join(", ")
            };
            Some(join([Some(what), filled(it.severity.as_ref())], ", "))
        })
        .collect()
}

/// What stands after the lines: contradictions, sources that are missing, what is kept back. `why` gives the words for what
/// went wrong with a source that failed: those of the panels.
pub fn notes(strip: &Strip, names: Names<'_>, why: Names<'_>) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    if strip.standing != Standing::Known {
        notes.extend(strip.none_known.iter().map(|it| {
            let words = none_known(&it.agent);
            let on = it
                .recorded
                .as_ref()
                .map(|it| format!(", {}", date::when_day(it)));
            format!(
                "{words} ({}{})",
                name::clean(&names(&it.origin.source)),
                on.unwrap_or_default()
            )
        }));
    }
    let mut say = |all: &[SourceId], one: &str, many: &str| {
        if !all.is_empty() {
            notes.push(format!(
                "{} {}",
                sources(all, names),
                if all.len() == 1 { one } else { many }
            ));
        }
    };
    say(&strip.contradicted, "says none known", "say none known");
    for (words, failed) in alike(&strip.failed, why) {
        say(&failed, &words, &words);
    }
    let unasked = problem::short(&Problem::Unnumbered);
    say(&strip.unasked, &unasked, &unasked);
    say(&strip.left_out, LEFT_OUT, LEFT_OUT);
    say(&strip.withheld, "withholds some", "withhold some");
    say(&strip.in_part, "answered in part", "answered in part");
    notes
}

/// "No known allergies", in the source's words; a code without words is put into ours.
fn none_known(said: &Concept) -> String {
    let is_bare = |system| said.code_in(system).is_some() && said.label() == said.code_in(system);
    let words = label(said).filter(|_| !is_bare(SNOMED) && !is_bare(ABSENT));
    let of = NONE_KNOWN
        .iter()
        .find(|(code, _)| said.has(SNOMED, code) || said.has(ABSENT, code))
        .map(|(_, words)| (*words).to_owned());
    words
        .or(of)
        .unwrap_or_else(|| "No known allergies".to_owned())
}

/// Statements of SNOMED CT and of the patient summary that are narrower than "no known allergies".
const NONE_KNOWN: [(&str, &str); 10] = [
    ("409137002", "No known drug allergies"),
    ("428607008", "No known environmental allergies"),
    ("429625007", "No known food allergies"),
    ("428197003", "No known insect allergies"),
    ("716220001", "No known animal allergies"),
    ("1003774007", "No known latex allergy"),
    ("no-known-medication-allergies", "No known drug allergies"),
    (
        "no-known-environmental-allergies",
        "No known environmental allergies",
    ),
    ("no-known-food-allergies", "No known food allergies"),
    ("no-allergy-info", "No information about allergies"),
];

/// How many of the sources have answered, under the title: "2 of 4 sources so far", "all 4 sources". How many, not
/// which, and always in the same place: nothing moves when the last one answers. `None` while there is nothing to show,
/// where one source is all, and where "all" would hide that something is withheld.
pub fn coverage(strip: &Strip) -> Option<String> {
    let asked = strip.asked;
    if asked < 2 || strip.standing == Standing::Loading {
        return None;
    }
    let lacking = [
        &strip.failed,
        &strip.unasked,
        &strip.left_out,
        &strip.in_part,
    ];
    let silent = strip.loading.len() + lacking.iter().map(|it| it.len()).sum::<usize>();
    let answered = asked.saturating_sub(silent);
    if !strip.loading.is_empty() {
        return Some(format!("{answered} of {asked} sources so far"));
    }
    let all_whole = lacking.iter().all(|it| it.is_empty());
    match (all_whole, strip.withheld.is_empty()) {
        (false, _) => Some(format!("{answered} of {asked} sources")),
        (true, false) => None,
        (true, true) if asked == 2 => Some("both sources".to_owned()),
        (true, true) => Some(format!("all {asked} sources")),
    }
}

/// The strip in one sentence, for a screen reader and for print.
pub fn spoken(strip: &Strip, names: Names<'_>, why: Names<'_>) -> String {
    let lines: Vec<String> = strip
        .lines
        .iter()
        .map(line)
        .map(|it| format!("{}{}", it.substance, it.rest))
        .collect();
    let title = title(strip.standing).to_owned();
    let all = if lines.is_empty() {
        title
    } else {
        format!("{title}: {}", list(&lines))
    };
    let mut notes = notes(strip, names, why);
    notes.extend(coverage(strip));
    if notes.is_empty() {
        all
    } else {
        format!("{all}. {}", notes.join(". "))
    }
}

#[cfg(test)]
#[path = "allergy_tests.rs"]
mod tests;
