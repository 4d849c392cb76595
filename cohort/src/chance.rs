//! Seeded chance, and the opaque ids made from the same seed.
//!
//! Every question has a stream of its own (`Chance::of(seed, "medicines", n)`), so that a change to
//! one part of a person leaves all the others as they were.

use chrono::{NaiveDateTime, TimeDelta};

/// A stream of choices.
pub(crate) struct Chance(fastrand::Rng);

impl Chance {
    pub fn of(seed: u64, stream: &str, n: usize) -> Self {
        Self(fastrand::Rng::with_seed(mix(mix(
            seed ^ fnv(stream.as_bytes())
        ) ^ as_u64(n))))
    }

    /// A number from 0 up to, not including, `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0.usize(0..limit.max(1))
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.i64(low..=high.max(low))
    }

    /// True in `share` of 1,000 cases.
    pub fn permille(&mut self, share: u32) -> bool {
        self.0.u32(0..1000) < share
    }

    /// True in `share` of 100 cases.
    pub fn percent(&mut self, share: u32) -> bool {
        self.0.u32(0..100) < share
    }

    /// One of a table's rows. Tables are constants and never empty.
    pub fn pick<'a, T>(&mut self, table: &'a [T]) -> &'a T {
        let at = self.below(table.len());
        match table.get(at) {
            Some(row) => row,
            None => panic!("a table of the cohort is empty"),
        }
    }

    /// One of a table's words.
    pub fn word(&mut self, table: &[&'static str]) -> &'static str {
        self.pick::<&'static str>(table)
    }

    /// Up to `count` different rows of a table, in the table's order.
    pub fn some<'a, T>(&mut self, table: &'a [T], count: usize) -> Vec<&'a T> {
        let mut places: Vec<usize> = (0..table.len()).collect();
        self.0.shuffle(&mut places);
        places.truncate(count);
        places.sort_unstable();
        places.into_iter().filter_map(|at| table.get(at)).collect()
    }

    /// A moment between `low` and `high` days before `now`, in working hours.
    pub fn days_before(&mut self, now: NaiveDateTime, low: i64, high: i64) -> NaiveDateTime {
        let day = (now - TimeDelta::days(self.between(low, high))).date();
        day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(self.between(8 * 12, 17 * 12) * 5)
    }
}

/// An id that says nothing, in the shape of a UUID (version 4), so that servers that take only
/// UUIDs take it and it can stand in `urn:uuid:`.
pub(crate) fn opaque_id(seed: u64, name: &str) -> String {
    let high = mix(seed ^ fnv(name.as_bytes()));
    let low = mix(high ^ fnv(name.as_bytes()).rotate_left(29) ^ 0x5bd1_e995);
    let group = |value: u64, shift: u32, mask: u64| (value >> shift) & mask;
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        group(high, 32, 0xffff_ffff),
        group(high, 16, 0xffff),
        group(high, 0, 0xfff),
        group(low, 48, 0x3fff) | 0x8000,
        group(low, 0, 0xffff_ffff_ffff),
    )
}

fn as_u64(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// FNV-1a: short, and the same on every machine and in every release of Rust, unlike `Hash`.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The finaliser of splitmix64.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_shaped_like_a_uuid_and_depends_on_the_seed() {
        let id = opaque_id(1, "rm2/Patient/0/self");
        assert_eq!(id.len(), 36);
        assert_eq!(id.as_bytes()[14], b'4');
        assert_ne!(id, opaque_id(2, "rm2/Patient/0/self"));
        assert_ne!(id, opaque_id(1, "rw3/Patient/0/self"));
    }
}
