//! Letters as records have them.

use std::borrow::Cow;

use js_sys::JsString;

/// A letter and its accent are one (NFC, <https://www.unicode.org/reports/tr15/>): many a record keeps them so, and what
/// comes back would be a change of somebody else's.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    String::from(JsString::from(text).normalize("NFC")).into()
}
