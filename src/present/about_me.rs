//! The person's own words.

use super::date;
use super::name::{lines, shown};
use super::words::{self, named};
use crate::domain::plan::AboutMe;

/// One heading with what the person says under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub heading: String,
    pub lines: Vec<String>,
    /// Depth in the form, from 0.
    pub depth: u8,
}

/// One form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AboutMeWords {
    pub title: String,
    /// Headings without an answer are left out, except those with answered ones below them.
    pub answers: Vec<Answer>,
    /// `Jane, with Carol, 12-Oct-2026`.
    pub by: Option<String>,
    /// `draft`, `entered in error` …; `None` when it is complete.
    pub status: Option<String>,
    pub is_error: bool,
}

/// Everything in one form.
pub fn words(it: &AboutMe) -> AboutMeWords {
    let form = it.form.as_deref().and_then(shown);
    let is_address = |it: &String| it.contains("://") || it.starts_with("urn:");
    AboutMeWords {
        title: form
            .filter(|it| !is_address(it))
            .unwrap_or_else(|| "About me".to_owned()),
        answers: answers(it),
        by: by(it),
        status: status(it.status.as_deref()),
        is_error: it.status.as_deref() == Some("entered-in-error"),
    }
}

/// The answer under a heading like "What is most important to me"; no other answer is taken for it.
pub fn most_important(it: &AboutMe) -> Option<Answer> {
    let all = answers(it);
    let says = |it: &&Answer| {
        it.heading.to_lowercase().contains("important to me") && !it.lines.is_empty()
    };
    all.iter().find(says).cloned()
}

fn answers(it: &AboutMe) -> Vec<Answer> {
    let mut kept: Vec<Answer> = Vec::new();
    // From the end, so that a heading knows whether something below it was kept.
    for item in it.items.iter().rev() {
        let said: Vec<String> = item.answers.iter().flat_map(|it| lines(it)).collect();
        let leads = kept.last().is_some_and(|it| it.depth > item.depth);
        let heading = item.heading.as_deref().and_then(shown);
        if said.is_empty() && !(leads && heading.is_some()) {
            continue;
        }
        kept.push(Answer {
            heading: heading.unwrap_or_default(),
            lines: said,
            depth: item.depth,
        });
    }
    kept.reverse();
    kept
}

fn by(it: &AboutMe) -> Option<String> {
    let source = it.source.as_ref().and_then(named);
    let author = it.author.as_ref().and_then(named);
    let with = match (&source, author) {
        (Some(source), Some(author)) if *source != author => Some(format!("with {author}")),
        (Some(_), _) => None,
        (None, author) => author.map(|it| format!("written by {it}")),
    };
    words::joined([source, with, it.authored.as_ref().map(date::when_day)])
}

fn status(code: Option<&str>) -> Option<String> {
    Some(match code? {
        "completed" | "amended" => return None,
        "in-progress" => "draft".to_owned(),
        "entered-in-error" => "entered in error".to_owned(),
        "stopped" => "not finished".to_owned(),
        other => shown(other)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::AboutItem;
    use crate::domain::{Origin, Party, ResourceRef, SourceId, When};

    #[test]
    fn the_persons_own_words_are_kept_and_empty_headings_go() {
        let item = |heading: &str, answer: &str, depth| AboutItem {
            link_id: heading.to_owned(),
            heading: Some(heading.to_owned()),
            answers: (!answer.is_empty())
                .then(|| answer.to_owned())
                .into_iter()
                .collect(),
            depth,
        };
        let party = |name: &str| Party {
            name: Some(name.to_owned()),
            reference: None,
        };
        let form = AboutMe {
            origin: Origin {
                source: SourceId::new("shared"),
                resource: ResourceRef::new("QuestionnaireResponse", "1"),
                updated: None,
            },
            form: Some("https://example.org/Questionnaire/about-me".to_owned()),
            canonical: None,
            status: Some("completed".to_owned()),
            authored: Some(When::parse("2026-10-12")),
            author: Some(party("Carol")),
            source: Some(party("Jane")),
            based_on: Vec::new(),
            items: vec![
                item("My day", "", 0),
                item("Mornings", "Tea first.\nThen the news.", 1),
                item("Please don\u{2019}t", "", 0),
                item(
                    "What is most important to me",
                    "Being home with Bess, my dog.",
                    0,
                ),
            ],
        };
        let words = words(&form);
        let headings: Vec<&str> = words.answers.iter().map(|it| it.heading.as_str()).collect();
        assert_eq!(
            headings,
            ["My day", "Mornings", "What is most important to me"]
        );
        assert_eq!(words.answers[1].lines, ["Tea first.", "Then the news."]);
        assert_eq!(
            (words.title.as_str(), words.by.as_deref()),
            ("About me", Some("Jane, with Carol, 12-Oct-2026"))
        );
        assert_eq!(
            most_important(&form).unwrap().lines,
            ["Being home with Bess, my dog."]
        );
    }
}
