// JSON whose decimals keep their digits (4.0 is not 4): what a fault does not change stays as the record API wrote it.

const MARK = "\u0001";
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARKED = new RegExp(`"\\\\u0001(-?[\\d.eE+-]+)"`, "g");

/** A number that is not whole comes as a marked text. */
export const parse = (text) => JSON.parse(text.replace(TOKENS, (it) => (/^-?\d/.test(it) && /[.eE]/.test(it) ? JSON.stringify(MARK + it) : it)));

export const stringify = (value) => JSON.stringify(value).replace(MARKED, "$1");
