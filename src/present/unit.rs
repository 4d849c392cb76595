//! Units as people write them. Only UCUM's spelling is changed, never the unit.

/// `10*9/L` → `×10⁹/L`, `umol/L` → `µmol/L`, `mm[Hg]` → `mmHg`. Anything else stays as it is.
pub fn words(raw: &str) -> String {
    let raw = super::name::clean(raw).trim().to_owned();
    let known = match raw.as_str() {
        "mm[Hg]" => "mmHg",
        "Cel" | "degC" => "°C",
        "[degF]" => "°F",
        "{ratio}" | "1" => "",
        "[iU]" | "[IU]" => "international units",
        "[iU]/L" => "international units/L",
        "/min" | "{beats}/min" | "{breaths}/min" => "per minute",
        "ug" | "mcg" => "micrograms",
        "mL/min/{1.73_m2}" => "mL/min/1.73 m²",
        "kg/m2" => "kg/m²",
        _ => return spelled(&raw),
    };
    known.to_owned()
}

fn spelled(raw: &str) -> String {
    let micro = match raw.strip_prefix("um") {
        Some(rest) if rest.starts_with("ol") => format!("µm{rest}"),
        _ => raw.to_owned(),
    };
    let curly: String = without_annotations(&micro);
    powers(&curly)
}

/// `{cells}/uL` → `/uL`: UCUM's braces hold remarks.
fn without_annotations(raw: &str) -> String {
    let mut depth = 0_u32;
    let kept: String = raw
        .chars()
        .filter(|it| {
            match it {
                '{' => depth += 1,
                '}' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    if kept.trim().is_empty() {
        raw.trim_matches(['{', '}']).to_owned()
    } else {
        kept
    }
}

/// `10*9`, `x10^9` → `×10⁹`.
fn powers(raw: &str) -> String {
    let Some((before, after)) = raw.split_once("10*").or_else(|| raw.split_once("10^")) else {
        return raw.to_owned();
    };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let (power, rest) = after.split_at(digits);
    if power.is_empty() {
        return raw.to_owned();
    }
    let raised: String = power.chars().filter_map(superscript).collect();
    // "15.6 10⁹/L" reads as two numbers.
    let times = match before {
        "" | "x" => "×",
        other => other,
    };
    format!("{times}10{raised}{rest}")
}

fn superscript(digit: char) -> Option<char> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10)? as usize)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn ucum_is_spelled_as_people_write_it_and_other_units_stay() {
        for (raw, shown) in [
            ("10*9/L", "×10⁹/L"),
            ("x10^12/L", "×10¹²/L"),
            ("mm[Hg]", "mmHg"),
            ("umol/L", "µmol/L"),
            ("mmol/L", "mmol/L"),
            ("mL/min/{1.73_m2}", "mL/min/1.73 m²"),
            ("tablet", "tablet"),
            ("{tablet}", "tablet"),
            ("%", "%"),
        ] {
            assert_eq!(words(raw), shown);
        }
    }
}
