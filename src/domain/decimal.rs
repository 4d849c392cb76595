//! Numbers are text: `5.30` is not `5.3`, and no digit is lost on the way to the screen.

use std::cmp::Ordering;

/// A decimal exactly as received, e.g. `5.30` or `1E-22`: <https://hl7.org/fhir/R4/datatypes.html#decimal>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// Takes a JSON number's own text. `None` when it is not a number.
    pub fn parse(raw: &str) -> Option<Self> {
        let number = raw.trim();
        let finite = approximate(number).is_some_and(f64::is_finite);
        finite.then(|| Self(number.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Only to place a point on a graph or to order two values; never to show or to send back.
    pub fn approximate(&self) -> f64 {
        approximate(&self.0).unwrap_or(0.0)
    }
}

/// The nearest binary number where there are at most fifteen digits and an exponent within ±22, else one beside it. The
/// standard library is always exact, with tables that are a thirtieth of the page's first bytes.
fn approximate(number: &str) -> Option<f64> {
    let (sign, rest) = match number.as_bytes() {
        [b'-', rest @ ..] => (-1.0, rest),
        [b'+', rest @ ..] | rest => (1.0, rest),
    };
    let end = rest.iter().position(|it| matches!(it, b'e' | b'E'));
    let (digits, mut exponent) = match end.and_then(|at| rest.split_at_checked(at)) {
        None => (rest, 0),
        Some((digits, power)) => (digits, whole(power.get(1..)?)?),
    };
    let (mut value, mut known, mut any, mut after_point) = (0_u64, 0, false, false);
    for byte in digits {
        match byte {
            b'.' if !after_point => after_point = true,
            b'0'..=b'9' => {
                any = true;
                // More digits than these change nothing that can be seen.
                if known < 18 {
                    value = value * 10 + u64::from(byte - b'0');
                    known += i32::from(value > 0);
                    exponent -= i32::from(after_point);
                } else {
                    exponent += i32::from(!after_point);
                }
            }
            _ => return None,
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "it is an approximation")]
    let value = value as f64;
    any.then(|| sign * scaled(value, exponent))
}

/// `+12`, `-3`; an exponent that is beyond all numbers is as good as the greatest.
fn whole(power: &[u8]) -> Option<i32> {
    let (sign, digits) = match power {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] | digits => (1, digits),
    };
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let add = |sum: i32, it: &u8| sum.saturating_mul(10).saturating_add(i32::from(it - b'0'));
    is_number.then(|| sign * digits.iter().fold(0, add).min(100_000))
}

fn scaled(value: f64, exponent: i32) -> f64 {
    // In two steps, for what is small only together with its digits.
    let power = |by: i32| 10_f64.powi(by.min(300));
    match exponent {
        _ if value == 0.0 => 0.0,
        0.. => value * power(exponent) * power((exponent - 300).max(0)),
        _ => value / power(-exponent) / power((-exponent - 300).max(0)),
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.approximate().partial_cmp(&other.approximate())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_approximated_is_what_the_standard_library_reads() {
        for raw in [
            "0",
            "-0",
            "5",
            "5.3",
            "5.30",
            "+7",
            ".5",
            "5.",
            "1E-22",
            "1e22",
            "123456789012345",
            "0.000123",
            "-41.5",
            "1.5E+3",
        ] {
            let read = Decimal::parse(raw).map(|it| it.approximate());
            assert_eq!(read, raw.parse().ok(), "{raw}");
        }
        for raw in [
            "123456789012345678901234567890",
            "0.1234567890123456789",
            "9007199254740993",
            "1e-300",
            "4.9e-320",
            "1.5e308",
        ] {
            let (read, exact): (f64, f64) = (approximate(raw).unwrap(), raw.parse().unwrap());
            assert!((read - exact).abs() <= exact * 1e-15, "{raw}: {read}");
        }
    }

    #[test]
    fn what_is_no_finite_number_is_refused() {
        for raw in [
            "",
            ".",
            "-",
            "e5",
            "1e",
            "1e+",
            "1.2.3",
            "1e400",
            "-1e999999999999",
            "NaN",
            "inf",
            "0x1",
            "1,5",
            "1 2",
            "--1",
        ] {
            assert_eq!(Decimal::parse(raw), None, "{raw}");
        }
        assert_eq!(Decimal::parse(" 5.30 ").unwrap().as_str(), "5.30");
        assert!(Decimal::parse("1e-999999999999").is_some());
    }

    #[test]
    fn digits_written_otherwise_are_the_same_amount() {
        let of = |raw| Decimal::parse(raw).unwrap();
        assert_eq!(of("5.3").partial_cmp(&of("5.30")), Some(Ordering::Equal));
        assert!(of("0.0999") < of("0.1") && of("-2") < of("1e-9"));
    }
}
