//! What time it is, and chance.

use chrono::{DateTime, Utc};

/// Now, by this device's clock.
pub fn now() -> DateTime<Utc> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit an i64"
    )]
    let milliseconds = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

/// A number from 0 to 1 by chance, to spread what many devices would do at once. Good for nothing secret.
pub fn chance() -> f64 {
    js_sys::Math::random()
}
