//! What is said of alerts.

/// "3 events for your patients": a notice outside the page names nobody.
pub fn notice(events: usize) -> String {
    match events {
        1 => "1 event for your patients".to_owned(),
        more => format!("{more} events for your patients"),
    }
}

/// Below it.
pub const NOTICE: &str = "Open the page to see what happened and to whom.";

/// "07:00".
pub fn hour(it: u8) -> String {
    format!("{it:02}:00")
}

/// Why this device shows no notices though the reader wants them. `allowed` as the device says it: `None` when the
/// person has not answered, an error when it has none.
pub fn not_allowed(allowed: Result<Option<bool>, ()>) -> Option<&'static str> {
    match allowed {
        Ok(Some(true)) => None,
        Ok(Some(false)) => {
            Some("This browser does not allow notices of this page: change that in its settings.")
        }
        Ok(None) => Some("Allow notices in the question that the browser asks."),
        Err(()) => Some("This browser has no notices. Keep the page open beside your work."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_counts_and_names_nobody() {
        assert_eq!(notice(1), "1 event for your patients");
        assert_eq!(notice(12), "12 events for your patients");
        assert_eq!(hour(7), "07:00");
        assert_eq!(not_allowed(Ok(Some(true))), None);
        assert!(not_allowed(Err(())).is_some());
    }
}
