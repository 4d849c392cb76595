// Starts the page: what the first view needs is asked for at once, before the program is there to ask for it; and a
// fault of the program is told.

/* The files that an address needs beside the first one; the build writes their names here. */
const FILES = {};

const RELOAD = "Please reload it. If that does not help, your browser may be too old or may not allow WebAssembly: tell your IT service desk.";
const STOPPED = "This page has stopped because of a fault in it. What you see may be out of date. Nothing in the record was changed.";

/** An element with these attributes and words or elements inside. */
function make(name, attributes, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

// A fault of the program (a panic, no memory, no stack) is a trap; after one, nothing of the app can be trusted.
function stopped(error) {
  if (!(error instanceof WebAssembly.RuntimeError) || document.getElementById("stopped")) return;
  const link = make("a", { class: "nhsuk-button", href: location.pathname, rel: "external" }, "Load the page again");
  document.body.prepend(make("div", { id: "stopped", class: "app-stopped", role: "alert" }, make("p", {}, STOPPED), link));
}
addEventListener("error", (event) => stopped(event.error));
addEventListener("unhandledrejection", (event) => stopped(event.reason));

/** What this device keeps under a name; a device that keeps nothing has `null`. */
function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // A device that keeps nothing asks in vain once more.
  }
}

// The files of this address.
const [, kind, id] = location.pathname.split("/");
const READER = "alongside.reader";
const reader = kept(READER);
const first = reader === null ? "start" : { patient: "record", hospital: "hospital" }[kind] ?? "list";
// Of a list the people come first: what reads what is told of them is asked for by the program.
const preload = (href, how) =>
  new Promise((come) => {
    const link = make("link", { rel: "preload", href, ...how });
    link.onload = link.onerror = come;
    document.head.append(link);
  });
const preloadPart = (name) => preload(new URL(name, import.meta.url).href, { as: "fetch", type: "application/wasm", crossorigin: "" });
// The program is on its way too. The largest part begins when the others are there, so that the program comes before it, and
// does its own first work while the part is still coming. A program that is faster asks for the part by itself.
const parts = FILES[first] ?? [];
let isRunning = false;
Promise.all(parts.slice(0, -1).map(preloadPart)).then(() => isRunning || parts.slice(-1).forEach(preloadPart));
// Such a view waits for its styles too.
if (FILES[first]) preload(document.querySelector("meta[name=later-styles]").content, { as: "style" });

// The first questions to the record APIs: to whom, and about whom, is in the configuration, in the address, in who reads,
// and in the answers. The words are the program's own, with holes (the build writes them here), so that it finds its
// question asked already. Nothing about anybody is kept on the device.
const FIRST = {};

const FHIR = "application/fhir+json";
const NHS = "https://fhir.nhs.uk/Id/nhs-number";
/** What the program has not asked for by then it asks anew. In milliseconds. */
const STARTING = 15_000;

const ahead = new Map();
/** What the program has asked already: asked here once more, its next question would get an answer from before it. */
const asked = new Set();
const key = (method, url, body) => [method, url, body ?? ""].join("\n");

/**
 * Sources that are asked in other words than these: the program knows what they can do. What was asked here was for nothing,
 * so they are not asked again today.
 */
const SHY = "alongside.shy";
function shy() {
  try {
    const it = JSON.parse(kept(SHY));
    return it.day === day(0) ? it.bases : [];
  } catch {
    return [];
  }
}

function ask(url, body, options, base) {
  const abort = new AbortController();
  const method = body ? "POST" : "GET";
  const question = key(method, url, body);
  // The program is faster, and asks on by itself.
  if (asked.has(question)) return new Promise(() => {});
  const answer = fetch(url, { method, body, signal: abort.signal, ...options });
  answer.catch(() => {});
  ahead.set(question, { answer, abort, base });
  return answer;
}

/** What an answer says, for who asks on; the program reads it itself, and says whether it failed. */
const read = (answer) => answer.then((it) => it.clone().json()).catch(() => undefined);

/** Asks a source as the program does: several things are one batch. */
function search(source, paths, holes) {
  const filled = paths.map((path) => Object.entries(holes).reduce((text, [hole, it]) => text.replaceAll(`{${hole}}`, () => it), path));
  const headers = { Accept: FHIR, ...(filled.length > 1 ? { "Content-Type": FHIR } : {}) };
  const entry = filled.map((it) => ({ request: { method: "GET", url: it } }));
  const [url, body] = entry.length > 1 ? [source.base, JSON.stringify({ resourceType: "Bundle", type: "batch", entry })] : [`${source.base}/${filled[0]}`];
  return ask(url, body, { headers, cache: "no-store" }, source.base);
}

/** The resources of a type in an answer, or in the answers of a batch, each once. */
function found(type, it) {
  const all = it?.resourceType === "Bundle" ? (it.entry ?? []).flatMap((one) => found(type, one.resource)) : it?.resourceType === type ? [it] : [];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
/** Ten digits of which the last fits the others: nobody is asked for by another number. */
const isValid = (it) => typeof it === "string" && /^\d{10}$/.test(it) && (11 - ([...it].slice(0, 9).reduce((sum, digit, at) => sum + digit * (10 - at), 0) % 11)) % 11 === +it[9];
const numbersOf = (patients) => patients.flatMap((it) => it.identifier ?? []).filter((it) => it.system === NHS && isValid(it.value)).map((it) => `${NHS}%7C${it.value}`);
const ID = /^[A-Za-z0-9.-]{1,64}$/;

/**
 * The day so many days ago, in London: an hour ahead from the last Sunday of March to that of October, at 01:00 UTC. What
 * browsers have for it takes a tenth of a second on an old tablet.
 */
function day(ago) {
  const at = Date.now() - ago * 86_400_000;
  const year = new Date(at).getUTCFullYear();
  const turn = (month) => {
    const last = new Date(Date.UTC(year, month, 31, 1));
    return last.getTime() - last.getUTCDay() * 86_400_000;
  };
  const summer = at >= turn(2) && at < turn(9);
  return new Date(at + (summer ? 3_600_000 : 0)).toISOString().slice(0, 10);
}

function sourcesOf(config) {
  const on = config.sources.filter((it) => it.enabled !== false);
  // A configuration that is wrong is told, and nobody is asked by it.
  if (!on.every((it) => /^(\/|https?:\/\/)/.test(it.fhirBaseUrl))) return [];
  return on.sort((a, b) => (a.kind !== "shared") - (b.kind !== "shared")).map((it) => ({ kind: it.kind, base: it.fhirBaseUrl.replace(/\/+$/, ""), topics: [...new Set(["identity", ...it.provides])] }));
}

/** Who is on the list, and what every source knows of the first of them. */
async function askList([shared, ...others], me, page) {
  const code = new URLSearchParams(location.search).get("list") ?? "mine";
  if (FIRST.trusts[code]) {
    for (const it of others) search(it, FIRST.trusts[code], { since: day(FIRST.dischargedDays) });
    return;
  }
  const [name, ...id] = code.split("-");
  const asked = FIRST.lists[name];
  if (!asked || (name === "mine" && !me) || (id.length && !ID.test(id.join("-")))) return;
  const { known, rest, more } = await askWho(shared, asked, { me, page, id: id.join("-") });
  const ids = [...known.map((it) => it.id), ...rest].slice(0, FIRST.rowPeople).sort();
  if (!ids.length) return;
  search(shared, FIRST.rows.shared, { ids: ids.join(","), since: day(FIRST.newsDays) });
  const numbers = numbersOf([...known, ...(await more())].slice(0, FIRST.rowPeople)).sort().join(",");
  if (numbers) for (const it of others) search(it, FIRST.rows.other, { numbers, since: day(FIRST.newsDays) });
}

/** The first people of a list: those who are told along, and the ids of others, with how these are asked for. */
async function askWho(shared, asked, holes) {
  const answer = await read(search(shared, asked, holes));
  const known = found("Patient", answer);
  const subjects = [...found("Group", answer).flatMap((it) => it.member ?? []).map((it) => it.entity), ...found("CareTeam", answer).map((it) => it.subject)];
  const members = new Set(subjects.map((it) => it?.reference?.match(/^Patient\/([A-Za-z0-9.-]{1,64})$/)?.[1]).filter(Boolean));
  for (const it of known) members.delete(it.id);
  const rest = [...members].slice(0, holes.page);
  const more = async () => (rest.length ? found("Patient", await read(search(shared, FIRST.byIds, { ids: rest.join(","), count: Math.max(rest.length, FIRST.rowPeople) }))) : []);
  return { known, rest, more };
}

/** What happened in the hospitals to the reader's people, where these fit one question. */
async function askHospital([shared, ...others], me, page) {
  const { known, rest, more } = await askWho(shared, FIRST.lists.mine, { me, page });
  if (rest.length === page) return;
  const numbers = numbersOf([...known, ...(await more())]).sort();
  if (!numbers.length || numbers.length > FIRST.rowPeople) return;
  const { days, lateDays, other } = FIRST.hospital;
  const holes = { numbers: numbers.join(","), since: day(days), taken: day(days + lateDays) };
  const tells = (it) => it.topics.some((topic) => ["activity", "appointments", "results"].includes(topic));
  for (const it of others.filter(tells)) search(it, other, holes);
}

/** What every source knows of somebody. */
async function askPerson([shared, ...others], id) {
  const paths = (topics, of) => topics.flatMap((it) => of[it] ?? []);
  const answer = await read(search(shared, paths(shared.topics, FIRST.person.shared), { id }));
  const numbers = numbersOf(found("Patient", answer).filter((it) => it.id === id)).join(",");
  if (numbers) for (const it of others) search(it, paths(it.topics, FIRST.person.other), { numbers });
}

/** Those whom one can be. */
function askReaders([shared], suggested) {
  search(shared, suggested.length ? FIRST.readers : FIRST.readersUnsuggested, { roles: suggested.join(",") });
}

async function begin() {
  const config = await read(ask("/config.json", undefined, { cache: "no-cache" }));
  const sources = sourcesOf(config).filter((it) => !shy().includes(it.base));
  // Everything begins with the shared record.
  if (sources[0]?.kind !== "shared") return;
  if (first === "start") return askReaders(sources, config.signIn?.suggested ?? []);
  const { role_id: role, practitioner_id: person } = JSON.parse(reader);
  const me = [role && `PractitionerRole/${role}`, person && `Practitioner/${person}`].filter(Boolean).join(",");
  if (kind === "patient") return ID.test(id) && askPerson(sources, id);
  if (kind === "hospital") return me && askHospital(sources, me, config.limits?.peoplePerPage ?? 50);
  if (location.pathname !== "/") return;
  askList(sources, me, config.limits?.peoplePerPage ?? 50);
  if (me) search(sources[0], FIRST.choices, { me });
}
// What is wrong with the configuration, or with who reads, is for the program to say.
begin().catch(() => {});
const begun = location.href;
setTimeout(() => {
  const bases = [...ahead.values()].map((it) => it.base).filter(Boolean);
  if (location.href === begun) keep(SHY, JSON.stringify({ day: day(0), bases: [...new Set([...bases, ...shy()])] }));
  ahead.clear();
  globalThis.alongsideFetch = (url, options) => fetch(url, options);
}, STARTING);

/** `fetch`, for the program: a question that was asked ahead is not asked again. */
globalThis.alongsideFetch = (url, options) => {
  const question = key(options.method ?? "GET", url, options.body);
  const early = ahead.get(question);
  ahead.delete(question);
  asked.add(question);
  if (!early) return fetch(url, options);
  options.signal?.addEventListener("abort", () => early.abort.abort());
  return early.answer;
};

/** The styles of the first screens; a page without them is better than none. */
const styled = new Promise((go) => {
  const link = make("link", { rel: "stylesheet", href: document.getElementById("styles").href });
  link.onload = link.onerror = go;
  document.head.append(link);
});

Promise.all([import("./app.js"), styled])
  .then(([{ default: init }]) => init({ module_or_path: new URL("app_bg.wasm", import.meta.url) }))
  .then(() => (isRunning = true))
  .catch((error) => {
    console.error(error);
    document.getElementById("shell")?.remove();
    document.body.append(make("main", { role: "alert" }, make("h1", {}, "The page could not start"), make("p", {}, RELOAD)));
  });
