//! Numbers are text: `5.30` is not `5.3`, and no digit is lost on the way to the screen.

use std::cmp::Ordering;

/// A decimal exactly as received, e.g. `5.30` or `1E-22`: <https://hl7.org/fhir/R4/datatypes.html#decimal>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(String);

impl Decimal {
    /// Takes a JSON number's own text. `None` when it is not a number.
    pub fn parse(raw: &str) -> Option<Self> {
        let number = raw.trim();
        let finite = number.parse::<f64>().is_ok_and(f64::is_finite);
        let plain = number
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
        (finite && plain).then(|| Self(number.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Only to place a point on a graph or to order two values; never to show or to send back.
    pub fn approximate(&self) -> f64 {
        self.0.parse().unwrap_or(0.0)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.approximate().partial_cmp(&other.approximate())
    }
}
