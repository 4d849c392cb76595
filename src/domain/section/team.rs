//! What keeps a team from being saved: somebody in it twice, nobody under a new line, a key worker from outside.

use super::{Chosen, Entry, EntryError, EntryId, EntryProblem, Field, Part};
use crate::domain::Target;

/// The members that are written, in order, by what [`Entry::group`] calls them.
pub fn groups(entries: &[Entry]) -> Vec<&str> {
    let member = Part::Field(Field::Member);
    let all = entries.iter().filter(|it| it.part == member);
    all.filter_map(Entry::group).collect()
}

/// What is written of a member.
pub fn of_member<'a>(entries: &'a [Entry], group: &str, field: Field) -> Option<&'a Entry> {
    let id = EntryId::of(group, Part::Field(field));
    entries.iter().find(|it| it.id == id)
}

/// Who a member is.
pub fn member(entries: &[Entry], group: &str) -> Option<Chosen> {
    Chosen::read(of_member(entries, group, Field::Member)?.says()?)
}

/// What is said of the last day of somebody in the team; `None` where they stay, or are not in it.
pub fn leaves<'a>(entries: &'a [Entry], who: &Target) -> Option<&'a str> {
    let is_it = |group: &&str| member(entries, group).is_some_and(|it| it.to == *who);
    let own = groups(entries).into_iter().filter(is_it);
    let mut ends = own.map(|group| of_member(entries, group, Field::Until).and_then(Entry::says));
    ends.clone().all(|it| it.is_some()).then(|| ends.next())??
}

/// Whether nothing says that they leave.
fn stays(entries: &[Entry], group: &str) -> bool {
    of_member(entries, group, Field::Until).is_none_or(Entry::is_blank)
}

pub(super) fn errors(base: &[Entry], entries: &[Entry]) -> Vec<EntryError> {
    let mut errors = Vec::new();
    let mut wrong = |group: &str, field: Field, what: EntryProblem| {
        let part = Part::Field(field);
        errors.push(EntryError {
            part,
            id: Some(EntryId::of(group, part)),
            what,
        });
    };
    let known = groups(base);
    let here: Vec<(&str, Target)> = groups(entries)
        .into_iter()
        .filter_map(|it| Some((it, member(entries, it)?.to)))
        .collect();
    for group in groups(entries) {
        if known.contains(&group) {
            continue;
        }
        let blank = |field: Field| of_member(entries, group, field).is_none_or(Entry::is_blank);
        let who = here.iter().find(|it| it.0 == group).map(|it| &it.1);
        let twice = |who: &Target| {
            let mut others = here.iter().filter(|it| it.0 != group);
            others.any(|it| it.1 == *who && stays(entries, it.0)) && stays(entries, group)
        };
        match who {
            None => wrong(group, Field::Member, EntryProblem::Missing),
            Some(who) if twice(who) => wrong(group, Field::Member, EntryProblem::InTeam),
            Some(_) if blank(Field::MemberRole) => {
                wrong(group, Field::MemberRole, EntryProblem::Missing);
            }
            Some(_) => {}
        }
    }
    if let Some(it) = outsider(base, entries, &here) {
        errors.push(it);
    }
    errors
}

/// A key worker who is not in the team, or has a last day there (of whom the record would not take it), unless it has it
/// so.
fn outsider(base: &[Entry], entries: &[Entry], here: &[(&str, Target)]) -> Option<EntryError> {
    let of = |all: &[Entry]| {
        let key = all
            .iter()
            .find(|it| it.part == Part::Field(Field::KeyWorker))?;
        Some((key.id.clone(), Chosen::read(key.says()?)?.to))
    };
    let (id, to) = of(entries)?;
    let own: Vec<&str> = here.iter().filter(|it| it.1 == to).map(|it| it.0).collect();
    let what = if own.is_empty() {
        EntryProblem::NotInTeam
    } else if own.iter().all(|it| !stays(entries, it)) {
        EntryProblem::Leaves
    } else {
        return None;
    };
    let was = of(base).is_some_and(|it| it.1 == to);
    (!was).then_some(EntryError {
        part: Part::Field(Field::KeyWorker),
        id: Some(id),
        what,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::domain::section::{Section, errors, merge};
    use chrono::NaiveDate;

    fn said(group: &str, field: Field, text: &str) -> Entry {
        let part = Part::Field(field);
        Entry {
            id: EntryId::of(group, part),
            part,
            text: text.to_owned(),
        }
    }

    fn of(group: &str, who: &str, role: &str) -> Vec<Entry> {
        vec![
            said(group, Field::Member, who),
            said(group, Field::MemberRole, role),
            said(group, Field::Since, "1/2/2026"),
            said(group, Field::Until, ""),
        ]
    }

    fn key(who: &str) -> Entry {
        Entry {
            id: EntryId("key-worker".to_owned()),
            part: Part::Field(Field::KeyWorker),
            text: who.to_owned(),
        }
    }

    fn team() -> Vec<Entry> {
        let mut all = vec![key("PractitionerRole/tom Tom")];
        all.extend(of("#0", "PractitionerRole/tom Tom", "District nurse"));
        all.extend(of("#1", "PractitionerRole/ann Ann", "GP"));
        all
    }

    fn wrong(mine: &[Entry]) -> Vec<(Part, EntryProblem)> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
        let all = errors(Section::Team, &team(), mine, today);
        all.into_iter().map(|it| (it.part, it.what)).collect()
    }

    fn with(more: Vec<Entry>) -> Vec<Entry> {
        let mut all = team();
        all.extend(more);
        all
    }

    fn typed(all: &mut [Entry], group: &str, field: Field, text: &str) {
        let id = EntryId::of(group, Part::Field(field));
        let own = all.iter_mut().find(|it| it.id == id).unwrap();
        own.text = text.to_owned();
    }

    #[test]
    fn a_new_member_is_somebody_with_a_role_and_not_there_twice() {
        let is = |field: Field, what| vec![(Part::Field(field), what)];
        assert_eq!(wrong(&team()), []);
        let new = |who, role| wrong(&with(of("w-1", who, role)));
        assert_eq!(new("PractitionerRole/joe Joe", "Physiotherapist"), []);
        assert_eq!(new("", ""), is(Field::Member, EntryProblem::Missing));
        let role = is(Field::MemberRole, EntryProblem::Missing);
        assert_eq!(new("PractitionerRole/joe Joe", " "), role);
        let twice = is(Field::Member, EntryProblem::InTeam);
        assert_eq!(new("PractitionerRole/ann Ann Lee", "GP"), twice);
        let mut again = with(of("w-1", "PractitionerRole/ann Ann", "GP"));
        typed(&mut again, "#1", Field::Until, "1/11/2026");
        assert_eq!(wrong(&again), [], "who has left can come back");
    }

    #[test]
    fn the_key_worker_is_one_of_the_team_and_nobody_leaves_before_they_came() {
        let mut mine = team();
        mine[0] = key("PractitionerRole/joe Joe");
        let outside = (Part::Field(Field::KeyWorker), EntryProblem::NotInTeam);
        assert_eq!(wrong(&mine), [outside]);
        mine[0] = key("PractitionerRole/ann Ann");
        assert_eq!(wrong(&mine), []);
        mine[0] = key("PractitionerRole/tom Tom");
        typed(&mut mine, "#1", Field::Until, "31/1/2026");
        let early = (Part::Field(Field::Until), EntryProblem::BeforeStart);
        assert_eq!(
            wrong(&mine),
            [early],
            "by their own start, not by another's"
        );
    }

    #[test]
    fn who_has_a_last_day_in_the_team_does_not_become_its_key_worker_without_a_word() {
        let mut mine = team();
        typed(&mut mine, "#1", Field::Until, "31/1/2027");
        assert_eq!(wrong(&mine), [], "who leaves is nobody's concern");
        mine[0] = key("PractitionerRole/ann Ann");
        let leaves = (Part::Field(Field::KeyWorker), EntryProblem::Leaves);
        assert_eq!(wrong(&mine), [leaves]);
        mine.extend(of("w-1", "PractitionerRole/ann Ann", "GP"));
        assert_eq!(wrong(&mine), [], "who comes back stays");
        let mut mine = team();
        typed(&mut mine, "#0", Field::Until, "31/1/2027");
        assert_eq!(wrong(&mine), [], "who is it may leave");
    }

    #[test]
    fn who_is_in_the_team_a_second_time_without_a_last_day_stays() {
        let mut all = team();
        let to = member(&all, "#1").unwrap().to;
        assert_eq!(leaves(&all, &to), None);
        typed(&mut all, "#1", Field::Until, "31/1/2027");
        assert_eq!(leaves(&all, &to), Some("31/1/2027"));
        all.extend(of("w-1", "PractitionerRole/ann Ann", "GP"));
        assert_eq!(leaves(&all, &to), None);
        let nobody = Chosen::read("PractitionerRole/joe Joe").unwrap().to;
        assert_eq!(leaves(&all, &nobody), None);
    }

    #[test]
    fn two_people_who_change_two_members_do_not_meet() {
        let (mut mine, mut theirs) = (team(), team());
        typed(&mut mine, "#0", Field::MemberRole, "Community matron");
        typed(&mut theirs, "#1", Field::Until, "1/11/2026");
        theirs.extend(of("t-1", "PractitionerRole/joe Joe", "GP"));
        mine.extend(of("w-1", "PractitionerRole/eve Eve", "GP"));
        let merged = merge(&team(), &mine, &theirs);
        assert_eq!(merged.clashes, []);
        let says = |group, field| {
            of_member(&merged.entries, group, field)
                .and_then(Entry::says)
                .map(str::to_owned)
        };
        assert_eq!(
            says("#0", Field::MemberRole).as_deref(),
            Some("Community matron")
        );
        assert_eq!(says("#1", Field::Until).as_deref(), Some("1/11/2026"));
        assert_eq!(says("t-1", Field::MemberRole).as_deref(), Some("GP"));
        assert_eq!(
            says("w-1", Field::MemberRole).as_deref(),
            Some("GP"),
            "two may say the same"
        );
    }

    #[test]
    fn a_member_who_was_taken_away_while_they_were_changed_is_for_a_person_to_decide() {
        let mut mine = team();
        typed(&mut mine, "#1", Field::Until, "1/11/2026");
        let theirs: Vec<Entry> = team()
            .into_iter()
            .filter(|it| it.group() != Some("#1"))
            .collect();
        let merged = merge(&team(), &mine, &theirs);
        assert_eq!(merged.clashes.len(), 1);
        assert_eq!(merged.clashes[0].part, Part::Field(Field::Member));
        assert_eq!(
            groups(&merged.entries),
            ["#0", "#1"],
            "and nothing of it is lost"
        );
        let untouched = merge(&team(), &team(), &theirs);
        assert!(untouched.clashes.is_empty() && groups(&untouched.entries) == ["#0"]);
    }

    #[test]
    fn two_who_make_two_people_key_worker_meet() {
        let (mut mine, mut theirs) = (team(), team());
        mine[0] = key("PractitionerRole/ann Ann");
        theirs[0] = key("");
        let merged = merge(&team(), &mine, &theirs);
        assert_eq!(merged.clashes.len(), 1);
    }
}
