// What can go wrong between the page and a record API, one by one: lines that are cut, statuses, answers that are no
// FHIR, and answers that are FHIR and lie. `said` is how the screen must name it; where it is null there is nothing to
// complain about and the screen must look as ever. What is `final` does not pass with time: no "Try again" is
// offered. `listed` is `said` for the list of people, where that differs.
import { setTimeout as pause } from "node:timers/promises";

import { parse, stringify } from "./exact.mjs";
import { aboutSomebodyElse, addSomebodyElse } from "./foreign.mjs";

const JSON_TYPE = { "content-type": "application/fhir+json" };

const status = (code, said, headers = {}, body = "") => ({ said, answer: ({ send }) => send(code, headers, body) });

const outcome = (words) => ({
  resourceType: "OperationOutcome",
  issue: [{ severity: "error", code: "processing", diagnostics: words }],
});

/** Every searchset in an answer: alone, or in the entries of a batch, with the search that it answers. */
export function* searchsets(answer, questions) {
  if (answer.type === "searchset") yield [answer, questions[0]];
  else for (const [at, entry] of (answer.entry ?? []).entries()) if (entry.resource?.type === "searchset") yield [entry.resource, questions[at]];
}

/** Lets the source answer and changes what it says. What is not JSON (or not FHIR) stays as it is. */
export const altered = (said, change) => ({
  said,
  answer: async (it) => {
    const { status, type, text } = await it.ask();
    const answer = parse(text);
    const changed = (await change(answer, it)) ?? answer;
    it.send(status, { "content-type": type }, stringify(changed));
  },
});

const eachPage = (change) => (answer, it) => {
  for (const [page, question] of searchsets(answer, it.questions)) change(page, question, it);
};

/** Some questions of a batch go wrong and the rest does not. */
const inBatch = (code, said, pattern) =>
  altered(said, (answer, { questions }) => {
    if (answer.type === "searchset") return pattern.test(questions[0]) ? outcome("no") : answer;
    for (const [at, entry] of (answer.entry ?? []).entries()) {
      if (pattern.test(questions[at] ?? "")) answer.entry[at] = { ...entry, resource: outcome("no"), response: { status: String(code) } };
    }
    return answer;
  });

/** A next link that never ends, on pages that repeat themselves or are empty. */
const endless = (repeat) => ({
  said: /more at the source/,
  listed: /answered in part/,
  final: true,
  answer: async (it) => {
    const turn = Number(/[?&]endless=(\d+)/.exec(it.req.url)?.[1] ?? 0);
    const path = it.req.url.replace(/[?&]endless=\d+/, "");
    const { status, type, text } = await it.ask({ path });
    const answer = parse(text);
    for (const [page, question] of searchsets(answer, [...it.questions].map((q) => q.replace(/[?&]endless=\d+/, "")))) {
      const next = `${it.origin}/fhir/${it.source}/${question}${question.includes("?") ? "&" : "?"}endless=${turn + 1}`;
      page.link = [...(page.link ?? []).filter((link) => link.relation !== "next"), { relation: "next", url: next }];
      if (turn > 0 && !repeat) page.entry = [];
    }
    it.send(status, { "content-type": type }, stringify(answer));
  },
});

const reference = (resource) => ({ reference: `${resource.resourceType}/${resource.id}` });

/** Whatever can point at its own kind points at itself, and at the next one, which points back. */
const circles = eachPage((page) => {
  const all = (page.entry ?? []).map((it) => it.resource).filter((it) => it?.id);
  for (const [at, it] of all.entries()) {
    const mates = all.filter((other) => other.resourceType === it.resourceType);
    const next = reference(mates[(mates.indexOf(it) + 1) % mates.length]);
    const self = reference(it);
    if (["Organization", "Location", "Encounter", "Procedure"].includes(it.resourceType)) it.partOf = at % 2 ? self : next;
    if (["CarePlan", "Observation", "MedicationRequest", "Task", "QuestionnaireResponse"].includes(it.resourceType)) it.basedOn = [self, next];
    if (it.resourceType === "Task") it.partOf = [self, next];
    if (it.resourceType === "CarePlan") it.replaces = [self, next];
    if (it.resourceType === "Observation") Object.assign(it, { hasMember: [self, next], derivedFrom: [next, self] });
    if (it.resourceType === "Provenance") it.entity = [{ role: "source", what: self }];
    if (it.resourceType === "Patient") it.link = [{ type: "seealso", other: self }, { type: "refer", other: next }];
  }
});

/** Valid, true and enormous: every result of the person again and again, each with its own id. */
const enormous = (bytes) => (answer, { questions }) => {
  const pages = [...searchsets(answer, questions)].filter(([page, question]) => /^Observation/.test(question) && page.entry?.length);
  if (!pages.length) return answer;
  const [[page]] = pages;
  const once = page.entry.filter((it) => it.resource.resourceType === "Observation");
  const size = JSON.stringify(once).length;
  for (let turn = 1; turn * size < bytes; turn += 1) {
    for (const entry of once) {
      const id = `${entry.resource.id.slice(0, 40)}-${turn}`;
      page.entry.push({ ...entry, fullUrl: undefined, resource: { ...entry.resource, id } });
    }
  }
  return answer;
};

/** Changes every member of an object, however deep. */
function changeAll(it, change) {
  for (const [name, value] of Object.entries(it)) {
    it[name] = change(name, value);
    if (it[name] === value && value && typeof value === "object") changeAll(value, change);
  }
}

/** Resources that are no FHIR any more: what of them cannot be read is never taken for nothing. */
const noFhir = (change) => ({
  ...altered(/answered in part|could not be read|not readable|another person/, eachPage((page) => {
    for (const { resource } of page.entry ?? []) if (resource) change(resource);
  })),
  listed: /answered in part|could not be shown|people may be missing|not readable|another person/,
  final: true,
});

export const faults = {
  "a delay": { said: null, answer: async (it) => { await pause(400, undefined, { signal: it.signal }); await altered(null, () => undefined).answer(it); } },
  "a cut before the answer": { said: /not (been )?reached/, answer: ({ req }) => req.socket.destroy() },
  "a cut in the middle of the body": {
    said: /not (been )?reached/,
    answer: async ({ ask, res }) => {
      const { text } = await ask();
      res.writeHead(200, { ...JSON_TYPE, "content-length": Buffer.byteLength(text) + 1000 });
      res.write(text.slice(0, text.length / 2), () => res.destroy());
    },
  },
  "truncated JSON": {
    said: /not readable|could not be read/,
    answer: async ({ ask, send }) => send(200, JSON_TYPE, (await ask()).text.slice(0, -700)),
  },
  "HTTP 401": { ...status(401, /signed out/), final: true },
  "HTTP 403": { ...status(403, /withheld|keeps this back/), final: true },
  "HTTP 404": { ...status(404, /nothing under this address|no longer has/), final: true },
  "HTTP 410": { ...status(410, /nothing under this address|no longer has/), final: true },
  "HTTP 429, no word how long": status(429, /too busy/),
  "HTTP 429, at once again": status(429, /too busy/, { "retry-after": "0" }),
  "HTTP 429, tomorrow again": status(429, /too busy/, { "retry-after": "86400" }),
  "HTTP 500": status(500, /failed with an error/, JSON_TYPE, JSON.stringify(outcome("oops"))),
  "HTTP 502": status(502, /not (been )?reached/, { "content-type": "text/html" }, "<h1>Bad gateway</h1>"),
  "HTTP 503": status(503, /too busy/, { "retry-after": "0" }),
  "a page of HTML with 200": status(200, /not readable|could not be read/, { "content-type": "text/html" }, "<!doctype html><title>Log in</title><script>alert(1)</script>"),
  "a wrong content type": { said: null, answer: async ({ ask, send }) => send(200, { "content-type": "image/png" }, (await ask()).text) },
  "an empty body": status(200, /not readable|could not be read/),
  "JSON that is no FHIR": status(200, /not readable|could not be read/, JSON_TYPE, "[null, 0, {}]"),
  "another patient's answer": { ...aboutSomebodyElse, said: /another person/ },
  "another patient's facts among the right ones": { ...addSomebodyElse, said: /another person|other people/, final: true },
  "a next link for ever, the same page": endless(true),
  "a next link for ever, empty pages": endless(false),
  "references in circles": altered(null, circles),
  "every entry three times": altered(null, eachPage((page) => { page.entry = page.entry?.flatMap((it) => [it, it, structuredClone(it)]); })),
  "a remark among the entries": { ...altered(/dogs were not searched/, eachPage((page) => {
    page.entry = [...(page.entry ?? []), { search: { mode: "outcome" }, resource: outcome("dogs were not searched") }];
  })), final: true, listed: /answered in part/ },
  "everything taken out on the way": { ...altered(/more at the source/, eachPage((page, question) => {
    if (/^Patient/.test(question)) return;
    page.total = page.entry?.length ?? 0;
    delete page.entry;
  })), final: true, listed: /answered in part/ },
  "the resources taken out of the entries": { ...altered(/more at the source/, eachPage((page, question) => {
    if (/^Patient/.test(question)) return;
    page.entry = page.entry?.map(({ resource, ...entry }) => ({ fullUrl: `urn:uuid:${resource.id}`, ...entry }));
  })), final: true, listed: /answered in part/ },
  // Of a list the other kinds are told all the same.
  "one question of a batch fails": { ...inBatch(500, /failed with an error|refused the question/, /^Encounter/), listed: /answered in part/ },
  "one question of a batch is withheld": { ...inBatch(403, /withheld|keeps this back|refused the question/, /^Encounter/), final: true, listed: /answered in part/ },
  "fewer answers than questions": altered(/not readable|could not be read/, (answer) => {
    if (answer.type === "batch-response") answer.entry.pop();
    else if (answer.type === "searchset") return [];
    return answer;
  }),
  "half a character": { said: /not readable|could not be read/, answer: async ({ ask, send }) => send(200, JSON_TYPE, (await ask()).text.replace(/"display":"/g, '"display":"\\ud83d')) },
  "a mark before the JSON": { said: null, answer: async ({ ask, send }) => { const { status, type, text } = await ask(); send(status, { "content-type": type }, `\ufeff${text}`); } },
  "a redirect to a page where one signs in": status(302, /not readable|could not be read/, { location: "/sign-in" }),
  "gzip that is none": { said: /not (been )?reached/, answer: async ({ ask, send }) => send(200, { ...JSON_TYPE, "content-encoding": "gzip" }, (await ask()).text) },
  "a next link to another origin": { ...altered(/more at the source/, eachPage((page) => {
    page.link = [{ relation: "next", url: "https://elsewhere.example/fhir?page=2" }];
  })), listed: /answered in part/, final: true },
  "no ids": noFhir((it) => { delete it.id; }),
  "types in small letters": noFhir((it) => { it.resourceType = it.resourceType.toLowerCase(); }),
  "objects for texts": noFhir((it) => changeAll(it, (name, value) => (["text", "display", "status", "code"].includes(name) && typeof value === "string" ? {} : value))),
  "lists for objects": noFhir((it) => changeAll(it, (_, value) => (value && value.constructor === Object ? [value] : value))),
  "50 MB of JSON": { ...altered(null, enormous(50_000_000)), grows: true },
};
