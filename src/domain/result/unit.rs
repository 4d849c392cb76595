//! When two ways to write a unit mean the same unit. Only spellings: nothing is ever converted.

/// Comparable form: `10*9/L`, `10^9/L`, `x10⁹/l` are one; `umol/L` and `µmol/L` are one; `g/L` and `mg/L` are two.
pub fn unit_key(unit: Option<&str>) -> String {
    let mut key: String = unit
        .unwrap_or("")
        .chars()
        .filter(|it| !it.is_whitespace())
        .flat_map(|it| match it {
            'µ' | 'μ' => ['u', '\0'],
            '⁹' => ['^', '9'],
            '¹' => ['^', '1'],
            '²' => ['2', '\0'],
            '*' => ['^', '\0'],
            '×' => ['x', '\0'],
            other => [other, '\0'],
        })
        .filter(|it| *it != '\0')
        .collect();
    if let Some(rest) = key.strip_prefix('x').filter(|it| it.starts_with("10")) {
        key = rest.to_owned();
    }
    if let Some(rest) = key.strip_suffix("/l") {
        key = format!("{rest}/L");
    }
    key.replace(['[', ']'], "").replace("^^", "^")
}

#[cfg(test)]
mod tests {
    use super::unit_key;

    #[test]
    fn spellings_of_one_unit_are_one_and_other_units_are_not() {
        for (a, b) in [
            ("10*9/L", "x10^9/l"),
            ("10⁹/L", "10^9/L"),
            ("umol/L", "µmol/L"),
            ("mm[Hg]", "mmHg"),
            ("mmol/L", "mmol / l"),
        ] {
            assert_eq!(unit_key(Some(a)), unit_key(Some(b)), "{a} {b}");
        }
        for (a, b) in [
            ("g/L", "mg/L"),
            ("mmol/L", "mg/dL"),
            ("10*9/L", "10*12/L"),
            ("mg", "Mg"),
            ("%", ""),
        ] {
            assert_ne!(unit_key(Some(a)), unit_key(Some(b)), "{a} {b}");
        }
        assert_eq!(unit_key(None), "");
    }
}
