//! In which order the functions of a module stand. A compressor says what it has seen before the shorter the nearer it is,
//! and learns what kind of bytes come next: functions that are alike stand beside each other, which is three bytes in a
//! hundred less on the wire.
//!
//! The order is written as names (`f000000` …), by which wasm-opt puts the functions in order, and which it takes out again.

use std::collections::HashMap;

use super::trim::{IMPORTS, description, name, number, section, write_number};

const CODE: u8 = 10;
/// Bytes that are looked for together: an instruction or two.
const WINDOW: usize = 6;
/// What more functions have says nothing of their likeness; what one has, neither.
const MOST_FUNCTIONS: usize = 1000;
/// What counts of the functions before the last one.
const BEFORE: f64 = 0.7;
const TOO_LITTLE: f64 = 0.3;
/// A short function is like everything.
const SHORT: f64 = 60.0;

/// The module with the names of its functions. `None` where it is no module.
pub fn named(wasm: &[u8]) -> Option<Vec<u8>> {
    let imported = match section(wasm, IMPORTS) {
        Some(imports) => imported_functions(imports)?,
        None => 0,
    };
    let bodies = bodies(section(wasm, CODE)?)?;
    let mut places = vec![0; bodies.len()];
    for (place, function) in order(&bodies).into_iter().enumerate() {
        *places.get_mut(function)? = place;
    }
    let mut names = Vec::new();
    write_number(places.len(), &mut names);
    for (function, place) in places.iter().enumerate() {
        write_number(imported + function, &mut names);
        let name = format!("f{place:06}");
        write_number(name.len(), &mut names);
        names.extend(name.as_bytes());
    }
    // <https://webassembly.github.io/spec/core/appendix/custom.html#name-section>: 1 is the names of functions.
    let mut content = vec![4];
    content.extend(b"name\x01");
    write_number(names.len(), &mut content);
    content.extend(names);
    let mut out = wasm.to_vec();
    out.push(0);
    write_number(content.len(), &mut out);
    out.extend(content);
    Some(out)
}

fn imported_functions(imports: &[u8]) -> Option<usize> {
    let (count, mut at) = number(imports, 0)?;
    let mut functions = 0;
    for _ in 0..count {
        let (_, after) = name(imports, at)?;
        let (_, after) = name(imports, after)?;
        functions += usize::from(*imports.get(after)? == 0);
        at = after + description(imports, after)?;
    }
    Some(functions)
}

fn bodies(code: &[u8]) -> Option<Vec<&[u8]>> {
    let (count, mut at) = number(code, 0)?;
    let mut bodies = Vec::with_capacity(count);
    for _ in 0..count {
        let (size, from) = number(code, at)?;
        at = from + size;
        bodies.push(code.get(from..at)?);
    }
    Some(bodies)
}

/// Each function once: after each the one that is most like it, and like those before it.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let windows: Vec<Vec<&[u8]>> = bodies.iter().map(|it| windows(it)).collect();
    let mut having: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, all) in windows.iter().enumerate() {
        for window in all {
            having.entry(window).or_default().push(function);
        }
    }
    having.retain(|_, it| (2..=MOST_FUNCTIONS).contains(&it.len()));
    let mut left: Vec<bool> = vec![true; bodies.len()];
    let mut likeness: Vec<f64> = vec![0.0; bodies.len()];
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = (!bodies.is_empty()).then_some(0);
    while let Some(function) = next {
        order.push(function);
        if let Some(it) = left.get_mut(function) {
            *it = false;
        }
        for it in &mut likeness {
            *it *= BEFORE;
            if *it < TOO_LITTLE {
                *it = 0.0;
            }
        }
        for window in windows.get(function).into_iter().flatten() {
            let Some(all) = having.get(window) else {
                continue;
            };
            let weight = 1.0 / (1.0 + count(all.len())).ln();
            for other in all {
                if let Some(it) = likeness.get_mut(*other) {
                    *it += weight;
                }
            }
        }
        let score = |it: usize| {
            let size = windows.get(it).map_or(0, Vec::len);
            likeness.get(it).copied().unwrap_or_default() / (count(size) + SHORT)
        };
        let remaining = (0..bodies.len()).filter(|it| left.get(*it) == Some(&true));
        // Of equals the first, as the compiler had them.
        next = remaining
            .rev()
            .max_by(|a, b| score(*a).total_cmp(&score(*b)));
    }
    order
}

/// Each once, in their order.
fn windows(body: &[u8]) -> Vec<&[u8]> {
    let mut all: Vec<&[u8]> = body.windows(WINDOW).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn count(it: usize) -> f64 {
    u32::try_from(it).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_together() {
        let one: Vec<u8> = (0..60).collect();
        let other: Vec<u8> = (100..160).collect();
        let like = |it: &[u8]| [&it[..50], &[7, 7, 7]].concat();
        let (one_again, other_again) = (like(&one), like(&other));
        let bodies = [one.as_slice(), &other, &one_again, &other_again];
        assert_eq!(order(&bodies), [0, 2, 1, 3]);
    }

    #[test]
    fn every_function_gets_a_name_and_nothing_else_changes() {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        // One type, one imported function, two own ones.
        wasm.extend([1, 4, 1, 0x60, 0, 0, IMPORTS, 7, 1, 1, b'a', 1, b'b', 0, 0]);
        wasm.extend([3, 3, 2, 0, 0, CODE, 7, 2, 2, 0, 0x0b, 2, 0, 0x0b]);
        let named = named(&wasm).unwrap();
        let (same, section) = named.split_at(wasm.len());
        assert_eq!(same, wasm);
        let expected = b"\0\x1a\x04name\x01\x13\x02\x01\x07f000000\x02\x07f000001";
        assert_eq!(section, expected);
        assert!(super::named(b"\0asm").is_none());
    }
}
