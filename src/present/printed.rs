//! What stands on paper and nowhere else.

use chrono::{DateTime, Utc};

use super::amount::whole;
use super::date;
use super::name::shown;

/// `Printed 21-Nov-2026 14:05 by Asha Rahman. Check the live record.`
pub fn words(at: DateTime<Utc>, reader: Option<&str>) -> String {
    let by = reader.and_then(shown);
    let by = by.map_or_else(String::new, |it| format!(" by {it}"));
    format!("Printed {}{by}. Check the live record.", date::instant(at))
}

/// Said after it where a list has more people than are there.
pub fn people(here: usize, total: Option<u64>) -> String {
    let total = total.and_then(|it| usize::try_from(it).ok());
    match total.filter(|it| *it > here) {
        Some(total) => format!(
            " This is not everybody: {} of {} people are printed.",
            whole(here),
            whole(total)
        ),
        None => format!(
            " This is not everybody: the first {} people are printed.",
            whole(here)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_says_when_and_by_whom_and_that_a_list_goes_on() {
        let at = "2026-11-21T14:05:00Z".parse().unwrap();
        assert_eq!(
            words(at, Some("Asha Rahman")),
            "Printed 21-Nov-2026 14:05 by Asha Rahman. Check the live record."
        );
        assert_eq!(
            words(at, None),
            "Printed 21-Nov-2026 14:05. Check the live record."
        );
        assert_eq!(
            people(50, Some(6000)),
            " This is not everybody: 50 of 6,000 people are printed."
        );
        assert_eq!(
            people(50, None),
            " This is not everybody: the first 50 people are printed."
        );
    }
}
