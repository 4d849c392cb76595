// The worst lie: another patient's facts. The proxy asks the real record API about somebody else and gives that as the
// answer, with a word in every text of it that no record holds, so that a journey sees a single one that slips through.
import { parse, stringify } from "./exact.mjs";
import { apis } from "./record-apis.mjs";

/** Stands in every text of a foreign answer. */
export const MARK = "Zqxforeign";

const SYSTEM = "https://fhir.nhs.uk/Id/nhs-number";

let chosen;

/** Whose facts come instead: somebody whom this trust and the shared record know and whom no screen has shown. */
export async function chooseForeigner(source, isShown) {
  const people = async (base, query) => (await (await fetch(`${base}/Patient?${query}`)).json()).entry?.map((it) => it.resource) ?? [];
  for (const there of await people(apis[source], "_count=200")) {
    const nhsNumber = there.identifier?.find((it) => it.system === SYSTEM)?.value;
    if (!nhsNumber || isShown(nhsNumber)) continue;
    const [here] = await people(apis.shared, `identifier=${SYSTEM}%7C${nhsNumber}`);
    if (here) return (chosen = { ids: { shared: here.id, [source]: there.id }, nhsNumber });
  }
  throw new Error(`${source} knows nobody who has not been on the screen`);
}

/** The same search about the foreigner; nothing where it asks about nobody. */
function instead(question, source) {
  const [kind, query = ""] = question.split("?");
  const { ids, nhsNumber } = chosen;
  let changed = false;
  const pairs = query.split("&").map((pair) => {
    const name = pair.split("=")[0];
    const isId = name === "patient" || name === "subject" || (name === "_id" && kind === "Patient");
    const isNumber = name === "patient.identifier" || (name === "identifier" && kind === "Patient");
    changed ||= isId || isNumber;
    if (isId) return `${name}=${ids[source] ?? ids.shared}`;
    return isNumber ? `${name}=${SYSTEM}%7C${nhsNumber}` : pair;
  });
  return changed ? `${kind}?${pairs.join("&")}` : undefined;
}

const SHOWN = new Set(["display", "text", "family", "given", "name", "title", "description", "diagnostics", "comment", "valueString", "patientInstruction"]);

function mark(value, key) {
  if (typeof value === "string") return SHOWN.has(key) ? `${MARK} ${value}` : value;
  if (Array.isArray(value)) return value.map((it) => mark(it, key));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, mark(it, name)]));
  return value;
}

/** Only what is about somebody: places and staff are the same in everybody's record. */
const isAboutSomebody = (it) => it?.resourceType === "Patient" || it?.subject || it?.patient || it?.for || it?.participant;

function marked(page) {
  if (page?.resourceType !== "Bundle") return page;
  return { ...page, entry: page.entry?.map((it) => (isAboutSomebody(it.resource) ? { ...it, resource: mark(it.resource) } : it)) };
}

/** The answer to the same request about somebody else; `undefined` where it asks about nobody. */
async function foreignAnswer(it) {
  const other = it.questions.map((question) => instead(question, it.source));
  if (!other.some(Boolean)) return undefined;
  const changed = other.map((question, at) => question ?? it.questions[at]);
  if (it.req.method !== "POST") {
    const answer = await it.ask({ path: `/fhir/${it.source}/${changed[0]}` });
    return { ...answer, json: marked(parse(answer.text)) };
  }
  const batch = JSON.parse(it.body);
  batch.entry.forEach((entry, at) => { entry.request.url = changed[at]; });
  const answer = await it.ask({ body: JSON.stringify(batch) });
  const json = parse(answer.text);
  json.entry?.forEach((entry, at) => { if (other[at]) entry.resource = marked(entry.resource); });
  return { ...answer, json };
}

async function asEver(it) {
  const { status, type, text } = await it.ask();
  it.send(status, { "content-type": type }, text);
}

export const aboutSomebodyElse = {
  answer: async (it) => {
    const foreign = await foreignAnswer(it);
    if (!foreign) return asEver(it);
    return it.send(foreign.status, { "content-type": foreign.type }, stringify(foreign.json));
  },
};

const visit = (id) => ({
  resourceType: "Encounter",
  id: "foreign",
  status: "in-progress",
  class: { code: "EMER" },
  subject: { reference: `Patient/${id}` },
  period: { start: new Date(Date.now() - 3_600_000).toISOString() },
  reasonCode: [{ text: MARK }],
});

/** The right answer, with the other person's records after the person's own (but no second identity). */
export const addSomebodyElse = {
  answer: async (it) => {
    const foreign = await foreignAnswer(it);
    if (!foreign) return asEver(it);
    const { status, type, text } = await it.ask();
    const own = parse(text);
    const add = (page, other) => {
      const more = (other?.entry ?? []).filter((entry) => entry.resource?.resourceType !== "Patient");
      // Somebody to whom nothing has happened lately was at least there.
      for (const { resource } of other?.entry ?? []) if (resource?.resourceType === "Patient") more.push({ resource: visit(resource.id) });
      if (page?.type === "searchset" && more.length) page.entry = [...(page.entry ?? []), ...more];
    };
    if (own.type === "searchset") add(own, foreign.json);
    else own.entry?.forEach((entry, at) => add(entry.resource, foreign.json.entry?.[at]?.resource));
    return it.send(status, { "content-type": type }, stringify(own));
  },
};
