//! What wasm-bindgen writes and nobody needs. Names of imports: each says what it does, with a hash, once in the WebAssembly
//! and once in the script, which does not compress. And what a library gives to scripts that the page does not have.

use std::fmt::Write as _;

use crate::problem::{Outcome, Problem};

/// Sections: <https://webassembly.github.io/spec/core/binary/modules.html#sections>.
pub(super) const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
/// What begins with this is for scripts that read streams (`wasm-streams`, which Leptos brings along).
const STREAMS: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];
/// Their classes in the script.
const CLASS: &str = "IntoUnderlying";
/// wasm-bindgen's own prefix: everything else is known to others by its name.
const PREFIX: &str = "__wbg_";

/// Changes the module and its script.
pub type Change = fn(&[u8], &str) -> Outcome<(Vec<u8>, String)>;

/// The module and its script with short names for the imports that both know. Names are found in the WebAssembly, so a
/// name that the script does not have is left alone.
pub fn shorten(wasm: &[u8], script: &str) -> Outcome<(Vec<u8>, String)> {
    let mut script = script.to_owned();
    let wasm = changed(wasm, IMPORTS, |it| renamed(it, &mut script));
    Ok((wasm.ok_or_else(broken)?, script))
}

/// The module and its script without what is for scripts that read streams. The functions behind it go when the module is
/// optimised.
pub fn without_streams(wasm: &[u8], script: &str) -> Outcome<(Vec<u8>, String)> {
    let wasm = changed(wasm, EXPORTS, without_stream_exports).ok_or_else(broken)?;
    Ok((wasm, without_classes(script)))
}

fn broken() -> Problem {
    Problem::new("The WebAssembly that wasm-bindgen wrote cannot be read")
}

/// What is in the first section of this kind.
pub(super) fn section(wasm: &[u8], wanted: u8) -> Option<&[u8]> {
    let mut at = 8;
    loop {
        let kind = *wasm.get(at)?;
        let (size, from) = number(wasm, at + 1)?;
        at = from + size;
        if kind == wanted {
            return wasm.get(from..at);
        }
    }
}

/// The module with one section changed.
fn changed(
    wasm: &[u8],
    wanted: u8,
    change: impl FnOnce(&[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let mut change = Some(change);
    let mut at = 8;
    let mut out = wasm.get(..at)?.to_vec();
    while at < wasm.len() {
        let kind = *wasm.get(at)?;
        let (size, from) = number(wasm, at + 1)?;
        let content = wasm.get(from..from + size)?;
        match change.take_if(|_| kind == wanted) {
            Some(change) => {
                let content = change(content)?;
                out.push(kind);
                write_number(content.len(), &mut out);
                out.extend(content);
            }
            None => out.extend(wasm.get(at..from + size)?),
        }
        at = from + size;
    }
    Some(out)
}

fn without_stream_exports(section: &[u8]) -> Option<Vec<u8>> {
    let (count, mut at) = number(section, 0)?;
    let mut kept = Vec::new();
    for _ in 0..count {
        let (name, after) = name(section, at)?;
        let (_, end) = number(section, after + 1)?;
        if !STREAMS.iter().any(|it| name.starts_with(it)) {
            kept.push(section.get(at..end)?);
        }
        at = end;
    }
    let mut out = Vec::new();
    write_number(kept.len(), &mut out);
    out.extend(kept.concat());
    Some(out)
}

/// Classes and constants at the outermost level end with the first line that begins with their bracket.
fn without_classes(script: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in script.split_inclusive('\n') {
        let begins = ["export class ", "const ", "if (Symbol.dispose) "];
        let own = begins.iter().any(|it| {
            line.strip_prefix(it)
                .is_some_and(|rest| rest.starts_with(CLASS))
        });
        let goes_on = line.starts_with(' ') || line.starts_with('}') || line.trim().is_empty();
        inside = own || (inside && goes_on);
        if !inside {
            out.push_str(line);
        }
    }
    out
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
pub(super) fn description(section: &[u8], at: usize) -> Option<usize> {
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

pub(super) fn name(bytes: &[u8], at: usize) -> Option<(&str, usize)> {
    let (size, from) = number(bytes, at)?;
    let text = std::str::from_utf8(bytes.get(from..from + size)?).ok()?;
    Some((text, from + size))
}

/// An unsigned LEB128 number, and where it ends.
pub(super) fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
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

pub(super) fn write_number(mut value: usize, out: &mut Vec<u8>) {
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
        let wasm = module(&[
            "__wbg_now_0123456789abcdef",
            "__wbindgen_object",
            "__wbg_gone_1",
        ]);
        let script =
            "const x = { __wbg_now_0123456789abcdef: function() {}, __wbindgen_object: 1 };";
        let (wasm, script) = shorten(&wasm, script).unwrap();
        assert_eq!(
            script,
            "const x = { $0: function() {}, __wbindgen_object: 1 };"
        );
        assert_eq!(wasm, module(&["$0", "__wbindgen_object", "__wbg_gone_1"]));
    }

    #[test]
    fn what_is_for_streams_goes_from_both() {
        let mut exports = vec![2];
        for name in ["main", "intounderlyingsink_abort"] {
            write_number(name.len(), &mut exports);
            exports.extend(name.as_bytes());
            exports.extend([0, 0]);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.push(EXPORTS);
        write_number(exports.len(), &mut wasm);
        wasm.extend(exports);
        let script = "import a;\n\nexport class IntoUnderlyingSink {\n    free() {\n    }\n}\nif (Symbol.dispose) IntoUnderlyingSink.free;\n\nfunction own() {\n}\nconst IntoUnderlyingSinkFinalization = (x)\n    ? 1\n    : 2;\nconst other = 1;\n";
        let (wasm, script) = without_streams(&wasm, script).unwrap();
        assert_eq!(wasm[8..], [7, 8, 1, 4, b'm', b'a', b'i', b'n', 0, 0]);
        assert_eq!(
            script,
            "import a;\n\nfunction own() {\n}\nconst other = 1;\n"
        );
    }

    #[test]
    fn what_is_no_webassembly_is_refused() {
        assert!(shorten(b"\0asm", "").is_err());
        let cut = module(&["__wbg_now_1"]);
        assert!(shorten(&cut[..cut.len() - 6], "").is_err());
    }
}
