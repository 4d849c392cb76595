//! Who else edits a section, in words.

use chrono::{DateTime, Utc};

use super::date;
use crate::domain::ResourceRef;
use crate::domain::presence::AtWork;
use crate::domain::section::Section;

/// So many are named; of more, how many.
const NAMED: usize = 3;

/// One line for each colleague. `mine` is what the reader has open, where they edit too.
pub fn lines(all: &[AtWork], mine: Option<&ResourceRef>, now: DateTime<Utc>) -> Vec<String> {
    let mut lines: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|it| line(it, mine, now))
        .collect();
    match all.len().saturating_sub(NAMED) {
        0 => {}
        1 => lines.push("One more colleague is editing here.".to_owned()),
        many => lines.push(format!("{many} more colleagues are editing here.")),
    }
    lines
}

fn line(it: &AtWork, mine: Option<&ResourceRef>, now: DateTime<Utc>) -> String {
    let name = match it.name.trim() {
        "" => "A colleague",
        name => name,
    };
    let said = [it.role.as_deref(), it.organisation.as_deref()];
    let who: Vec<&str> = std::iter::once(name)
        .chain(said.into_iter().flatten())
        .collect();
    // "Tom Achebe, District nurse, is …", but "A colleague is …".
    let end = if who.len() > 1 { "," } else { "" };
    let (who, since) = (who.join(", ") + end, date::clock(it.since, now));
    if mine == Some(&it.of) {
        return format!(
            "{who} is editing this too, since {since}. What you both write comes together when it is saved."
        );
    }
    let what = Section::of(&it.place).map_or("this form", noun);
    format!("{who} is editing {what}, since {since}.")
}

const fn noun(section: Section) -> &'static str {
    match section {
        Section::Crisis => "the crisis plan",
        Section::Plan => "the plan",
        Section::AboutMe => "this section",
        Section::Goal => "a goal",
        Section::Action => "an action",
        Section::Carer => "a carer",
        Section::Alert => "an alert",
        Section::Adjustment => "an individual need",
        Section::Cpr => "the CPR decision",
        Section::Wish => "a wish or an assessment",
        Section::Consent => "a consent or a decision",
        Section::Team => "the team",
        Section::Form(_) => "this form",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_020 + 60 * minutes, 0).unwrap()
    }

    fn tom() -> AtWork {
        AtWork {
            is_over: false,
            word: ResourceRef::new("List", "l"),
            who: ResourceRef::new("PractitionerRole", "t"),
            name: "Tom Achebe".to_owned(),
            role: Some("District nurse".to_owned()),
            organisation: Some("North 3 team".to_owned()),
            place: "goal".to_owned(),
            of: ResourceRef::new("Goal", "g"),
            since: at(0),
            said: at(1),
        }
    }

    #[test]
    fn a_colleague_is_named_with_role_organisation_and_since_when() {
        let since = date::clock(at(0), at(5));
        assert_eq!(
            lines(&[tom()], None, at(5)),
            [format!(
                "Tom Achebe, District nurse, North 3 team, is editing a goal, since {since}."
            )]
        );
    }

    #[test]
    fn who_edits_the_same_is_told_that_nothing_is_lost() {
        let of = ResourceRef::new("Goal", "g");
        let [line] = &lines(&[tom()], Some(&of), at(5))[..] else {
            panic!("one line");
        };
        assert!(line.contains("is editing this too") && line.contains("comes together"));
        let other = ResourceRef::new("Goal", "h");
        assert!(lines(&[tom()], Some(&other), at(5))[0].contains("editing a goal"));
    }

    #[test]
    fn of_many_the_first_are_named_and_the_rest_counted() {
        let all = vec![tom(); 5];
        let said = lines(&all, None, at(5));
        assert_eq!(said.len(), 4);
        assert_eq!(said[3], "2 more colleagues are editing here.");
    }

    #[test]
    fn whoever_is_not_found_in_the_directory_is_a_colleague() {
        let nobody = AtWork {
            name: String::new(),
            role: None,
            organisation: None,
            ..tom()
        };
        assert!(lines(&[nobody], None, at(5))[0].starts_with("A colleague is editing a goal"));
    }
}
