//! Short names for what the WebAssembly imports. wasm-bindgen names each import after what it does, with a hash, once in the
//! WebAssembly and once in the script; nobody reads them, and they do not compress.

use std::fmt::Write as _;

use crate::problem::{Outcome, Problem};

/// The section of imports: <https://webassembly.github.io/spec/core/binary/modules.html#import-section>.
const IMPORTS: u8 = 2;
/// wasm-bindgen's own prefix: everything else is known to others by its name.
const PREFIX: &str = "__wbg_";

/// The module and its script with short names for the imports that both know. Names are found in the WebAssembly, so a
/// name that the script does not have is left alone.
pub fn shorten(wasm: &[u8], script: &str) -> Outcome<(Vec<u8>, String)> {
    let broken = || Problem::new("The WebAssembly that wasm-bindgen wrote has no readable imports");
    let mut script = script.to_owned();
    let mut at = 8;
    let mut out = wasm.get(..at).ok_or_else(broken)?.to_vec();
    while at < wasm.len() {
        let kind = *wasm.get(at).ok_or_else(broken)?;
        let (size, from) = number(wasm, at + 1).ok_or_else(broken)?;
        let content = wasm.get(from..from + size).ok_or_else(broken)?;
        if kind == IMPORTS {
            let content = renamed(content, &mut script).ok_or_else(broken)?;
            out.push(kind);
            write_number(content.len(), &mut out);
            out.extend(content);
        } else {
            out.extend(wasm.get(at..from + size).ok_or_else(broken)?);
        }
        at = from + size;
    }
    Ok((out, script))
}

fn renamed(section: &[u8], script: &mut String) -> Option<Vec<u8>> {
    let (count, mut at) = number(section, 0)?;
    let mut out = Vec::new();
    write_number(count, &mut out);
    for nth in 0..count {
        let (module, after) = name(section, at)?;
        let (field, after) = name(section, after)?;
        let end = after + description(section, after)?;
        let place = format!("{field}:");
        let short = short(nth);
        let mut new = field;
        if field.starts_with(PREFIX) && script.matches(&place).count() == 1 {
            *script = script.replace(&place, &format!("{short}:"));
            new = &short;
        }
        for text in [module, new] {
            write_number(text.len(), &mut out);
            out.extend(text.as_bytes());
        }
        out.extend(section.get(after..end)?);
        at = end;
    }
    Some(out)
}

/// How long the description of what is imported is: a function's type, a table, a memory, a global.
fn description(section: &[u8], at: usize) -> Option<usize> {
    let limits = |at: usize| {
        let flags = *section.get(at)?;
        let (_, mut end) = number(section, at + 1)?;
        if flags & 1 == 1 {
            (_, end) = number(section, end)?;
        }
        Some(end)
    };
    let end = match section.get(at)? {
        0 => number(section, at + 1)?.1,
        1 => limits(at + 2)?,
        2 => limits(at + 1)?,
        3 => at + 3,
        _ => return None,
    };
    Some(end - at)
}

/// `$0`, `$1` … in the digits of hexadecimal.
fn short(nth: usize) -> String {
    let mut name = String::new();
    let _ = write!(name, "${nth:x}");
    name
}

fn name(bytes: &[u8], at: usize) -> Option<(&str, usize)> {
    let (size, from) = number(bytes, at)?;
    let text = std::str::from_utf8(bytes.get(from..from + size)?).ok()?;
    Some((text, from + size))
}

/// An unsigned LEB128 number, and where it ends.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = *bytes.get(at)?;
        at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((value, at));
        }
        shift += 7;
    }
}

fn write_number(mut value: usize, out: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(import MODULE NAME (func (type 0)))` for each name, and a section after it.
    fn module(names: &[&str]) -> Vec<u8> {
        let mut section = Vec::new();
        write_number(names.len(), &mut section);
        for text in names {
            for text in ["./app_bg.js", text] {
                write_number(text.len(), &mut section);
                section.extend(text.as_bytes());
            }
            section.extend([0, 0]);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([1, 4, 1, 0x60, 0, 0, IMPORTS]);
        write_number(section.len(), &mut wasm);
        wasm.extend(section);
        wasm.extend([10, 1, 0]);
        wasm
    }

    #[test]
    fn what_both_know_gets_a_short_name_in_both() {
        let wasm = module(&["__wbg_now_0123456789abcdef", "__wbindgen_object", "__wbg_gone_1"]);
        let script = "const x = { __wbg_now_0123456789abcdef: function() {}, __wbindgen_object: 1 };";
        let (wasm, script) = shorten(&wasm, script).unwrap();
        assert_eq!(script, "const x = { $0: function() {}, __wbindgen_object: 1 };");
        assert_eq!(wasm, module(&["$0", "__wbindgen_object", "__wbg_gone_1"]));
    }

    #[test]
    fn what_is_no_webassembly_is_refused() {
        assert!(shorten(b"\0asm", "").is_err());
        let cut = module(&["__wbg_now_1"]);
        assert!(shorten(&cut[..cut.len() - 6], "").is_err());
    }
}
