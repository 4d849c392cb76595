//! Which rows of a long list exist, and how high the empty space above and below them is. Heights are measured as
//! rows are seen; those not seen yet count as the mean of those that were.

/// Rows kept ready on each side of what can be seen, in px.
pub(super) const MARGIN: f64 = 600.0;

/// Rows `start..end` exist; `before` and `after` are px of space.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Window {
    pub start: usize,
    pub end: usize,
    pub before: f64,
    pub after: f64,
}

/// What of the list the viewport shows: px from the list's top, and the viewport's height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    pub top: f64,
    pub height: f64,
    /// How far beyond that rows are kept ready.
    pub margin: f64,
}

impl Seen {
    /// The whole list, however long it is.
    pub const ALL: Self = Self {
        top: 0.0,
        height: f64::INFINITY,
        margin: 0.0,
    };
}

#[derive(Clone, Debug)]
pub(super) struct Heights {
    known: Vec<Option<f64>>,
    mean: f64,
}

impl Heights {
    pub fn new(guess: f64) -> Self {
        Self {
            known: Vec::new(),
            mean: guess,
        }
    }

    /// Takes the heights of rows that were just measured.
    pub fn measured(&mut self, rows: impl Iterator<Item = (usize, f64)>) {
        for (at, height) in rows {
            if self.known.len() <= at {
                self.known.resize(at + 1, None);
            }
            if let Some(it) = self.known.get_mut(at) {
                *it = Some(height);
            }
        }
        let (sum, count) = self
            .known
            .iter()
            .flatten()
            .fold((0.0, 0.0), |(sum, count), it| (sum + it, count + 1.0));
        if count > 0.0 {
            self.mean = sum / count;
        }
    }

    fn of(&self, at: usize) -> f64 {
        self.known.get(at).copied().flatten().unwrap_or(self.mean)
    }

    /// Px from the list's top to a row.
    pub fn offset(&self, at: usize) -> f64 {
        (0..at).map(|it| self.of(it)).sum()
    }

    pub fn window(&self, count: usize, seen: Seen) -> Window {
        let from = seen.top - seen.margin;
        let to = seen.top + seen.height + seen.margin;
        let mut window = Window::default();
        let mut offset = 0.0;
        for at in 0..count {
            let height = self.of(at);
            if offset + height < from {
                window.start = at + 1;
                window.before = offset + height;
            }
            if offset <= to {
                window.end = at + 1;
            } else {
                window.after += height;
            }
            offset += height;
        }
        window.start = window.start.min(window.end);
        window
    }
}
