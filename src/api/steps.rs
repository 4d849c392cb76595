//! A long answer is read in steps, so that the screen is drawn and a hand is heard between two of them.
//!
//! The text is cut where its containers end: what is small is read by `serde_json` as it is, and what is large is made of
//! that. To find where to cut costs a tenth of the reading. Nothing is judged here: what cannot be cut, or has a piece
//! that cannot be read, is read as a whole, which says what is wrong with it.

use std::ops::Range;

use futures::future::LocalBoxFuture;
use serde_json::{Map, Value};

use super::{ApiError, Client, Transport};

/// Bytes. Smaller ones are read as a whole.
const PIECE: usize = 16_000;
/// Bytes that are read, or looked at, between two pauses: some milliseconds of an old tablet.
const STEP: usize = 64_000;
/// To look for an end costs a tenth of what reading costs.
const LOOKED_AT: usize = 10;
/// What is nested deeper is left to `serde_json`, which refuses it.
const DEEPEST: usize = 100;

/// Reads a text, or a piece of one, as a whole: all of it, or what is asked for.
pub type Whole = fn(&str) -> Result<Value, ApiError>;

/// Reads an answer.
pub type Read<T> = fn(Client<T>, String, Whole) -> LocalBoxFuture<'static, Result<Value, ApiError>>;

/// Reads JSON: with pauses where it is long.
pub fn read<T: Transport + 'static>(
    client: Client<T>,
    text: String,
    whole: Whole,
) -> LocalBoxFuture<'static, Result<Value, ApiError>> {
    Box::pin(async move {
        if text.len() <= STEP {
            return whole(&text);
        }
        let mut reading = Reading::of(text, whole);
        loop {
            match reading.step() {
                None => client.breathe().await,
                Some(Ok(value)) => return Ok(value),
                Some(Err(text)) => return whole(&text),
            }
        }
    })
}

/// A member of a container that is not read yet, or is.
struct Member {
    name: Option<Range<usize>>,
    value: Part,
}

enum Part {
    Text(Range<usize>),
    Read(Value),
}

/// A container whose end is not found yet.
struct Open {
    at: usize,
    is_list: bool,
    name: Option<Range<usize>>,
    /// How many members there were before its own.
    before: usize,
}

/// A large container while it is made.
struct Made {
    name: Option<Range<usize>>,
    value: Value,
    members: std::vec::IntoIter<Member>,
}

struct Reading {
    text: String,
    whole: Whole,
    at: usize,
    open: Vec<Open>,
    /// Of everything that is open, one after the other.
    members: Vec<Member>,
    name: Option<Range<usize>>,
    /// Where a text, a number or a word begins.
    from: Option<usize>,
    /// A value stands here since the last comma, or since the container began.
    is_there: bool,
    after_comma: bool,
    made: Option<Made>,
}

/// It cannot be cut here.
struct Odd;

impl Reading {
    fn of(text: String, whole: Whole) -> Self {
        Self {
            text,
            whole,
            at: 0,
            open: Vec::new(),
            members: Vec::new(),
            name: None,
            from: None,
            is_there: false,
            after_comma: false,
            made: None,
        }
    }

    /// Goes on for a moment. `None`: there is more to do. The value in the end, or the text where it cannot be read so.
    fn step(&mut self) -> Option<Result<Value, String>> {
        let mut left = STEP;
        loop {
            let done = match self.made.take() {
                Some(made) => self.make(made, &mut left).map(|()| None),
                None => self.look(&mut left),
            };
            match done {
                Ok(Some(value)) => return Some(Ok(value)),
                Ok(None) if left == 0 => return None,
                Ok(None) => {}
                Err(Odd) => return Some(Err(std::mem::take(&mut self.text))),
            }
        }
    }

    /// Looks for the end of the next container that is large, or of everything.
    fn look(&mut self, left: &mut usize) -> Result<Option<Value>, Odd> {
        let end = (self.at + *left * LOOKED_AT).min(self.text.len());
        let begun = self.at;
        while self.at < end && self.made.is_none() {
            self.letter()?;
        }
        let cost = (self.at - begun) / LOOKED_AT;
        *left = left.saturating_sub(cost.max(1));
        if self.at < self.text.len() || self.made.is_some() {
            return Ok(None);
        }
        if !self.open.is_empty() || self.from.is_some() || self.members.len() != 1 {
            return Err(Odd);
        }
        let all = self.members.pop().ok_or(Odd)?;
        self.value(all.value).map(Some)
    }

    fn letter(&mut self) -> Result<(), Odd> {
        let at = self.at;
        self.at += 1;
        match *self.text.as_bytes().get(at).ok_or(Odd)? {
            b'"' => {
                self.begins(at)?;
                self.end_of_text()
            }
            b':' => {
                let from = self.from.take().ok_or(Odd)?;
                // A name in a list, or a second one, is nothing that can be cut.
                let is_list = self.open.last().is_none_or(|it| it.is_list);
                let before = self.name.replace(from..at);
                (!is_list && before.is_none()).then_some(()).ok_or(Odd)
            }
            b',' => {
                self.scalar(at);
                self.after_comma = true;
                let was_there = std::mem::take(&mut self.is_there);
                (was_there && !self.open.is_empty())
                    .then_some(())
                    .ok_or(Odd)
            }
            first @ (b'{' | b'[') => {
                if self.from.is_some() || self.is_there || self.open.len() >= DEEPEST {
                    return Err(Odd);
                }
                self.after_comma = false;
                self.open.push(Open {
                    at,
                    is_list: first == b'[',
                    name: self.name.take(),
                    before: self.members.len(),
                });
                Ok(())
            }
            last @ (b'}' | b']') => {
                self.scalar(at);
                let it = self.open.pop().ok_or(Odd)?;
                let is_whole = self.name.is_none() && (self.is_there || !self.after_comma);
                if it.is_list != (last == b']') || !is_whole {
                    return Err(Odd);
                }
                self.is_there = true;
                self.close(it);
                Ok(())
            }
            b' ' | b'\n' | b'\r' | b'\t' => Ok(()),
            _ => self.begins(at),
        }
    }

    /// A text, a number or a word is here, or goes on.
    fn begins(&mut self, at: usize) -> Result<(), Odd> {
        self.from.get_or_insert(at);
        (!self.is_there).then_some(()).ok_or(Odd)
    }

    fn end_of_text(&mut self) -> Result<(), Odd> {
        let rest = self.text.as_bytes().get(self.at..).ok_or(Odd)?;
        let mut is_escaped = false;
        let length = rest.iter().position(|it| {
            let ends = *it == b'"' && !is_escaped;
            is_escaped = *it == b'\\' && !is_escaped;
            ends
        });
        self.at += length.ok_or(Odd)? + 1;
        Ok(())
    }

    /// A text, a number or a word ends before this place, if there was one.
    fn scalar(&mut self, end: usize) {
        if let Some(from) = self.from.take() {
            self.is_there = true;
            self.members.push(Member {
                name: self.name.take(),
                value: Part::Text(from..end),
            });
        }
    }

    /// A container has ended: a small one is one piece, of a large one its members are.
    fn close(&mut self, it: Open) {
        if self.at - it.at <= PIECE {
            self.members.truncate(it.before);
            self.members.push(Member {
                name: it.name,
                value: Part::Text(it.at..self.at),
            });
            return;
        }
        let value = if it.is_list {
            Value::Array(Vec::new())
        } else {
            Value::Object(Map::new())
        };
        let members: Vec<Member> = self.members.drain(it.before..).collect();
        self.made = Some(Made {
            name: it.name,
            value,
            members: members.into_iter(),
        });
    }

    fn make(&mut self, mut made: Made, left: &mut usize) -> Result<(), Odd> {
        while let Some(Member { name, value }) = made.members.next() {
            if let Part::Text(it) = &value {
                *left = left.saturating_sub(it.len());
            }
            let value = self.value(value)?;
            match (&mut made.value, name) {
                (Value::Array(all), None) => all.push(value),
                (Value::Object(all), Some(name)) => {
                    let name = self.text.get(name).ok_or(Odd)?;
                    let name: String = serde_json::from_str(name).map_err(|_| Odd)?;
                    all.insert(name, value);
                }
                _ => return Err(Odd),
            }
            if *left == 0 {
                self.made = Some(made);
                return Ok(());
            }
        }
        self.members.push(Member {
            name: made.name,
            value: Part::Read(made.value),
        });
        Ok(())
    }

    fn value(&self, it: Part) -> Result<Value, Odd> {
        match it {
            Part::Read(value) => Ok(value),
            Part::Text(place) => {
                let text = self.text.get(place).ok_or(Odd)?;
                (self.whole)(text).map_err(|_| Odd)
            }
        }
    }
}

#[cfg(test)]
#[path = "steps_tests.rs"]
#[allow(clippy::unwrap_used)]
mod tests;
