//! A section of a plan while it is written: entries under headings, what is wrong with them, and how two people's changes
//! come together.
//! Clinical text never merges by itself: what both have changed is put side by side.

mod answers;
mod asked;
mod check;
mod chosen;
pub mod clock;
mod codes;
pub mod day;
mod headings;
pub mod known;
mod part;
pub mod team;

pub use asked::Asked;
pub use check::{EntryError, EntryProblem, MOST_LETTERS, errors};
pub use chosen::{Chosen, offers};
pub use codes::{ADVANCE_DECISION, CARE_PLAN, SHARING, offered};
pub use part::{Field, Form, Part, Section, YES, words_of};

use super::{Decimal, questionnaire};

/// Which entry, for as long as it is written: the same for one that somebody else has moved or changed meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub String);

impl EntryId {
    /// Of what stands under this heading for one of several that are written together: a member of a team, one time that
    /// a group of a form is answered.
    pub fn of(group: &str, part: Part) -> Self {
        match part {
            Part::Asked(_) => Self::within(Some(group), part.key()),
            _ => Self(format!("{group}|{}", part.key())),
        }
    }

    /// Of an answer: a group that repeats may have several to one question.
    pub fn within(group: Option<&str>, name: &str) -> Self {
        Self(group.map_or_else(
            || name.to_owned(),
            |group| format!("{group}{BETWEEN}{name}"),
        ))
    }
}

/// Is in no name of an instance: FHIR's ids of elements have no white space.
const BETWEEN: char = '\t';

/// The instance at this level, the outermost being at 0, that an instance is or is in.
pub fn instance_at(group: &str, level: usize) -> Option<&str> {
    let end = group.match_indices(BETWEEN).nth(level);
    let has_level = group.matches(BETWEEN).count() >= level;
    let end = end.map_or(group.len(), |it| it.0);
    group.get(..end).filter(|_| has_level)
}

/// The instance that one is in.
pub fn outer(group: &str) -> Option<&str> {
    group.rsplit_once(BETWEEN).map(|it| it.0)
}

/// Whether an instance is this one, or in it.
pub fn is_inside(group: &str, outer: &str) -> bool {
    let rest = group.strip_prefix(outer);
    rest.is_some_and(|it| it.is_empty() || it.starts_with(BETWEEN))
}

/// Each instance that one is in, the outermost first, itself the last.
pub fn lineage(group: &str) -> impl Iterator<Item = &str> {
    let levels = 0..=group.matches(BETWEEN).count();
    levels.filter_map(|it| instance_at(group, it))
}

/// One entry in its writer's words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    pub id: EntryId,
    pub part: Part,
    /// As it was typed; an entry without text is none.
    pub text: String,
}

impl Entry {
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Which of several it says something of ([`EntryId::of`]); `None` where there is only one. Of several in one of
    /// several it names both.
    pub fn group(&self) -> Option<&str> {
        if let Part::Asked(it) = self.part {
            let level = it.repeated().count().checked_sub(1)?;
            return instance_at(&self.id.0, level).filter(|it| it.len() < self.id.0.len());
        }
        let id = self.id.0.strip_suffix(self.part.key())?;
        id.strip_suffix('|')
    }

    /// Whether it says something of this one of several, or of what is in it.
    pub fn is_of(&self, group: &str) -> bool {
        self.group().is_some_and(|it| is_inside(it, group))
    }

    /// Says it as the record will: a day by its name, a line with single spaces. What comes back is then the same.
    pub fn settle(&mut self) {
        let settled = match self.part.form() {
            Form::Time => clock::read(&self.text).map(clock::write),
            Form::Moment => clock::read_moment(&self.text).map(|it| clock::write_moment(&it)),
            Form::Day => day::read(&self.text).map(day::write),
            Form::Line | Form::Chosen => {
                Some(self.text.split_whitespace().collect::<Vec<_>>().join(" "))
            }
            Form::Number => Some(self.text.trim().to_owned()),
            Form::Words | Form::Phone | Form::OneOf(_) | Form::Open(_) | Form::Tick => None,
        };
        if let Some(settled) = settled {
            self.text = settled;
        }
    }

    /// What it says in the record: nothing before the first letter or after the last
    /// (<https://hl7.org/fhir/R4/datatypes.html#string>).
    pub fn says(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|it| !it.is_empty())
    }
}

/// An entry that both have changed. `None` is: it is not there (any more).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clash {
    pub id: EntryId,
    pub part: Part,
    pub before: Option<String>,
    pub theirs: Option<String>,
    pub mine: Option<String>,
}

/// What two people's changes come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Merged {
    /// With mine where both have changed something.
    pub entries: Vec<Entry>,
    pub clashes: Vec<Clash>,
}

/// Brings my changes of `base` to what the record has now. Entries keep their ids over all three; what only one of us
/// has changed is taken, whatever it is.
pub fn merge(base: &[Entry], mine: &[Entry], theirs: &[Entry]) -> Merged {
    let mut merged = Merged::default();
    for their in theirs {
        let (before, own) = (find(base, &their.id), find(mine, &their.id));
        if before.is_none() && own.is_none() {
            merged.entries.push(their.clone());
            continue;
        }
        let (b, m, t) = (says(before), says(own), their.says());
        if m != b && t != b && m != t {
            merged.clash(their, [b, t, m]);
        }
        let taken = if m == b { t } else { m };
        merged.take(their, taken);
    }
    // What they do not have: added by me, or taken away by them.
    for own in mine.iter().filter(|it| find(theirs, &it.id).is_none()) {
        let before = find(base, &own.id);
        let (b, m) = (says(before), own.says());
        let lost = lost(base, theirs, own);
        if before.is_none() && lost.is_none() {
            // What I sent may have arrived although nobody told me. Two members of a team may say the same.
            let landed = theirs.iter().any(|it| {
                let is_its = it.part == own.part && it.group() == own.group();
                is_its && find(base, &it.id).is_none() && it.says() == m
            });
            if !landed || m.is_none() {
                merged.entries.push(own.clone());
            }
        } else if let Some(group) = lost {
            if is_touched(base, mine, group) && !is_emptied(mine, group) {
                // They took away the whole; a person decides about the whole, by who it is.
                let is_it = match own.part {
                    Part::Asked(_) => m != b,
                    part => part == Part::Field(Field::Member),
                };
                if is_it {
                    merged.clash(own, [b, None, m]);
                }
                merged.entries.push(own.clone());
            }
        } else if m != b && m.is_some() {
            if b.is_some() {
                merged.clash(own, [b, None, m]);
            }
            merged.entries.push(own.clone());
        }
    }
    merged
}

/// The whole that they took away with this entry in it.
fn lost<'a>(base: &[Entry], theirs: &[Entry], own: &'a Entry) -> Option<&'a str> {
    let mut wholes = own.group().into_iter().flat_map(lineage);
    wholes.find(|it| is_there(base, it) && !is_there(theirs, it))
}

fn is_there(all: &[Entry], group: &str) -> bool {
    all.iter().any(|it| it.is_of(group))
}

/// Whether I have changed anything of it.
fn is_touched(base: &[Entry], mine: &[Entry], group: &str) -> bool {
    let mut own = mine.iter().filter(|it| it.is_of(group));
    own.any(|it| it.says() != says(find(base, &it.id)))
}

fn is_emptied(mine: &[Entry], group: &str) -> bool {
    let mut own = mine.iter().filter(|it| it.is_of(group));
    own.all(Entry::is_blank)
}

impl Merged {
    fn clash(&mut self, it: &Entry, [before, theirs, mine]: [Option<&str>; 3]) {
        self.clashes.push(Clash {
            id: it.id.clone(),
            part: it.part,
            before: before.map(str::to_owned),
            theirs: theirs.map(str::to_owned),
            mine: mine.map(str::to_owned),
        });
    }

    /// One that is taken away stays as a blank place until it is written: its id says what is taken away.
    fn take(&mut self, it: &Entry, text: Option<&str>) {
        self.entries.push(Entry {
            text: text.unwrap_or_default().to_owned(),
            ..it.clone()
        });
    }
}

/// What an entry says in two versions. `None` is: it is not there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Difference {
    pub part: Part,
    /// Of several, which: the name of a member of the team.
    pub whose: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What is different between two versions, heading by heading.
pub fn differences(before: &[Entry], after: &[Entry]) -> Vec<Difference> {
    let gone = before.iter().filter(|it| find(after, &it.id).is_none());
    let own = |all: &[Entry], it: &Entry| says(find(all, &it.id)).map(str::to_owned);
    let mut all: Vec<Difference> = after
        .iter()
        .chain(gone)
        .map(|it| Difference {
            part: it.part,
            whose: whose(after, it).or_else(|| whose(before, it)),
            before: own(before, it),
            after: own(after, it),
        })
        .filter(|it| it.before != it.after)
        .collect();
    all.sort_by(|a, b| (&a.whose, a.part).cmp(&(&b.whose, b.part)));
    all
}

/// The member of a team that an entry is about; which of the times that a group is answered.
fn whose(all: &[Entry], it: &Entry) -> Option<String> {
    if let Part::Asked(question) = it.part {
        let own = it.group()?;
        let each = question.repeated().zip(lineage(own)).map(|(many, place)| {
            let groups = questionnaire::instances(all, many.link_id, outer(place));
            let at = groups.iter().position(|it| *it == place)?;
            Some(format!("{} {}", many.title, at + 1))
        });
        return each.collect::<Option<Vec<_>>>().map(|it| it.join(", "));
    }
    let member = EntryId::of(it.group()?, Part::Field(Field::Member));
    Chosen::read(find(all, &member)?.says()?).map(|it| it.name)
}

fn find<'a>(entries: &'a [Entry], id: &EntryId) -> Option<&'a Entry> {
    entries.iter().find(|it| it.id == *id)
}

fn says(entry: Option<&Entry>) -> Option<&str> {
    entry.and_then(Entry::says)
}

/// Whether they come to the same, whatever blank places there are and in whatever order.
pub fn is_same(a: &[Entry], b: &[Entry]) -> bool {
    agree(a, b, |a, b| a == b)
}

/// Whether this is what was sent.
pub fn has_arrived(sent: &[Entry], there: &[Entry]) -> bool {
    agree(sent, there, came_as)
}

/// Whether what was sent can have come as this: many a server that takes `17.50` has `17.5` then, and some keep no two
/// blanks beside each other.
pub fn came_as(sent: Option<&str>, there: Option<&str>) -> bool {
    let number = |it: Option<&str>| Decimal::parse(it?).map(|it| it.approximate());
    let words = || {
        let (sent, there) = (sent?.split_whitespace(), there?.split_whitespace());
        Some(sent.eq(there))
    };
    sent == there
        || number(sent).is_some_and(|it| number(there) == Some(it))
        || words() == Some(true)
}

fn agree(a: &[Entry], b: &[Entry], same: fn(Option<&str>, Option<&str>) -> bool) -> bool {
    let within = |a: &[Entry], b: &[Entry]| {
        a.iter()
            .filter(|it| !it.is_blank())
            .all(|it| same(says(find(b, &it.id)), it.says()))
    };
    within(a, b) && within(b, a)
}

#[cfg(test)]
#[path = "section_tests.rs"]
mod tests;
