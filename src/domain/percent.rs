//! Percent-encoding (RFC 3986), for what stands in an address or in one word of an entry.

use std::fmt::Write as _;

/// Every byte but letters, digits and a few that mean nothing by themselves; `,` `:` `/` stay, as FHIR uses them in plain.
pub fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,:/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// What was encoded; `None` for what cannot have been.
pub fn decode(encoded: &str) -> Option<String> {
    let mut parts = encoded.split('%');
    let mut out = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (byte, rest) = part.split_at_checked(2)?;
        let is_hex = byte.bytes().all(|it| it.is_ascii_hexdigit());
        out.push(u8::from_str_radix(byte, 16).ok().filter(|_| is_hex)?);
        out.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_one_word_and_comes_back() {
        for it in [
            "",
            "a b\u{a0}\t\n",
            "%41",
            "a|b?c&d=e#",
            "Ärztin 患者 🫀",
            "urn:x/y,z",
        ] {
            let word = encode(it);
            assert!(word.bytes().all(|it| it.is_ascii_graphic() && it != b'|'));
            assert_eq!(decode(&word).as_deref(), Some(it));
        }
        for odd in ["%", "%4", "%4g", "%+1", "%é", "%FF"] {
            assert_eq!(decode(odd), None, "{odd}");
        }
    }
}
