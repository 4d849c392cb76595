//! Text made comparable: case, accents, apostrophes, hyphens and spacing do not count. For matching only, never
//! to show. A small table of our own: the Unicode tables would cost the download a tenth of a megabyte, and names
//! in other scripts are compared as they are.

use super::letters::small;

/// Words in lower case without accents, apostrophes dropped (`O’Brien` → `obrien`), everything else that is neither
/// letter nor digit between words as one space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars() {
        if is_dropped(letter) {
            continue;
        }
        if !letter.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        push(letter, &mut folded);
    }
    folded
}

/// The folded words of a text.
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(' ')
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Apostrophes in all their forms, accents that stand alone, and marks without width.
fn is_dropped(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`' | '\u{b4}' | '\u{2bb}'..='\u{2bf}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{ff07}'
            | '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

fn push(letter: char, folded: &mut String) {
    if letter.is_ascii() {
        folded.push(letter.to_ascii_lowercase());
    } else if let Some(pair) = ligature(letter) {
        folded.push_str(pair);
    } else if let Some(base) = base(letter) {
        folded.push(base);
    } else {
        folded.push(small(letter));
    }
}

fn ligature(letter: char) -> Option<&'static str> {
    Some(match letter {
        'Æ' | 'æ' => "ae",
        'Œ' | 'œ' => "oe",
        'ß' | 'ẞ' => "ss",
        'Þ' | 'þ' => "th",
        'Ĳ' | 'ĳ' => "ij",
        _ => return None,
    })
}

/// Base letters from U+00C0, U+01CD and U+1E00 on; `*` where there is none (Unicode 15 decompositions, and
/// ø, ł, đ, ð, ħ, ŋ, ŧ, ı, which do not decompose).
const BASES: [(u32, &str); 3] = [
    (
        0xc0,
        "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*yaaaaaaccccccccddddeeeeeeeeeegggggggghhhh\
         iiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs",
    ),
    (0x1cd, "aaiioouuuuuuuuuu"),
    (
        0x1e00,
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssss\
         ttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy*s****aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiii\
         oooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy******",
    ),
];

fn base(letter: char) -> Option<char> {
    let code = u32::from(letter);
    let found = BASES.iter().find_map(|(from, bases)| {
        let at = usize::try_from(code.checked_sub(*from)?).ok()?;
        bases.as_bytes().get(at).copied()
    });
    found.map(char::from).filter(|it| *it != '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_apostrophes_hyphens_and_case_do_not_count() {
        for (text, folded) in [
            ("O’Brien", "obrien"),
            ("O'BRIEN", "obrien"),
            ("Zoë  Smith-Jones", "zoe smith jones"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Nguyễn Văn", "nguyen van"),
            ("Straße, Ægir", "strasse aegir"),
            ("Zoe\u{308}", "zoe"),
            ("محمد", "محمد"),
            ("Ж", "ж"),
        ] {
            assert_eq!(fold(text), folded);
        }
        assert_eq!(words(" a , b "), ["a", "b"]);
        assert_eq!(fold("?"), "");
    }
}
