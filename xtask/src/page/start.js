// Starts the page: what the first view needs is asked for at once, before the program is there to ask for it; and a
// fault of the program is told.
import init from "./app.js";

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

// The files of this address.
const [, kind, id] = location.pathname.split("/");
const READER = "alongside.reader";
const reader = kept(READER);
const first = reader === null ? "start" : kind === "patient" ? "record" : "list";
for (const name of FILES[first] ?? []) {
  document.head.append(make("link", { rel: "preload", as: "fetch", type: "application/wasm", crossorigin: "", href: new URL(name, import.meta.url).href }));
}

// The first questions to the record APIs, and those that follow from their answers: whom the answers are about is what
// the next questions ask for. Which they are was remembered when this reader last began here: the questions, never an
// answer, with who they are about left out.
const KEPT = "alongside.first";
const KINDS = 6;
const STARTING = 15_000;
const NHS = "https://fhir.nhs.uk/Id/nhs-number";
const here = kind === "patient" ? "/patient/" : location.pathname + location.search;
const name = (method, url, body) => [method, url, body ?? ""].join("\n");
const today = new Date().toDateString();

/** Whom the answers so far are about. */
const about = { ids: new Set(), numbers: new Set() };
function learn(it) {
  if (it?.resourceType === "Bundle") for (const { resource } of it.entry ?? []) learn(resource);
  if (it?.resourceType !== "Patient") return;
  about.ids.add(it.id);
  for (const { system, value } of it.identifier ?? []) if (system === NHS) about.numbers.add(value);
}

/** What is left out of a question that is kept, as the program writes it. */
const holes = () => [
  ["{id}", kind === "patient" ? id : ""],
  ["{numbers}", [...about.numbers].sort().map((it) => `${NHS}%7C${it}`).join(",")],
  ["{ids}", [...about.ids].sort().join(",")],
].filter(([, text]) => text);
const blank = (text) => holes().reduce((left, [hole, it]) => left.replaceAll(it, hole), text);
const filled = (text) => holes().reduce((left, [hole, it]) => left.replaceAll(hole, it), text);
/** Nobody is named, and a hole is all that stands in its place. */
const isFor = (text) => ![...about.ids, ...about.numbers].some((it) => text.includes(it)) && !/[^=]\{(numbers|ids)\}|\{(numbers|ids)\}[^&"]/.test(text);

function remembered(asker) {
  try {
    const all = JSON.parse(kept(KEPT));
    return all?.reader === asker && Array.isArray(all.places) ? all.places : [];
  } catch {
    return [];
  }
}

// A question about the days before yesterday's is not asked.
const all = (reader && remembered(reader).find((it) => it.here === here)?.questions) || [];
const waiting = all.filter((it) => it.day === today || !/=ge\d{4}-/.test(it.url + it.body));

const ahead = new Map();
const asked = new Set();
const FHIR = "application/fhir+json";
function ask(kept) {
  const [method, url, body] = [kept.method, filled(kept.url), filled(kept.body)];
  const question = name(method, url, body);
  // What could not be filled in, or was asked meanwhile, is the program's.
  if (!asks(method, url, body) || /\{(id|numbers|ids)\}/.test(url + body) || asked.has(question) || ahead.has(question)) return;
  const abort = new AbortController();
  const headers = { Accept: FHIR, ...(body ? { "Content-Type": FHIR } : {}) };
  const answer = fetch(url, { method, headers, body: body || undefined, cache: "no-store", signal: abort.signal });
  const early = answered ? answer : heard(method, url, body, answer);
  early.catch(() => {});
  ahead.set(question, { answer: early, abort, kept });
}

const known = new Set();
let questions = [];
let answered = false;
let last = "";
let started = performance.now();
let asker = reader;

/** The answer to a first question: those that follow from it are asked before the program has it. */
async function heard(method, url, body, answer) {
  const question = name(method, blank(url), blank(body));
  const response = await answer;
  answered = true;
  try {
    learn(await response.clone().json());
    last = question;
    // Answers come in another order than last time: what they name may be known only now.
    known.add(question);
    for (const it of waiting.filter((it) => known.has(it.after))) ask(it);
  } catch {
    // What it is worth is for the program to say.
  }
  return response;
}

/** Whether it only asks, and the same each time: not what writes, nor what is new since a moment, nor a subscription. */
function asks(method, url, body) {
  if (/_lastUpdated=|\/Subscription\b/.test(url + body)) return false;
  return method === "GET" || (method === "POST" && body.includes('"type":"batch"') && !/"method":"(?!GET")/.test(body));
}

/** A question of the program as it can be kept: once anything is known of anybody, only one for everybody. */
function forAnybody(method, url, body) {
  const question = { method, url: blank(url), body: blank(body), after: last, day: today };
  const isOpen = /\{(numbers|ids)\}/.test(question.url + question.body);
  return !answered || (isOpen && isFor(question.url) && isFor(question.body)) ? question : undefined;
}

function remember(question) {
  if (!question) return;
  questions.push(question);
  const places = [{ here, questions }, ...remembered(asker).filter((it) => it.here !== here)].slice(0, KINDS);
  try {
    localStorage.setItem(KEPT, JSON.stringify({ reader: asker, places }));
  } catch {
    // A device that keeps nothing asks a little later.
  }
}

for (const it of waiting.filter((it) => !it.after)) ask(it);

/** `fetch`, for the program: a question that was asked ahead is not asked again. */
globalThis.alongsideFetch = (url, options) => {
  const { method, body = "", signal } = options;
  if (!asks(method, url, body)) return fetch(url, options);
  const question = name(method, url, body);
  const early = ahead.get(question);
  // Somebody who has only just said who they are begins here too.
  if (asker !== kept(READER)) {
    [asker, questions, answered, last, started] = [kept(READER), [], false, "", performance.now()];
    for (const it of [about.ids, about.numbers]) it.clear();
  }
  const starting = performance.now() - started < STARTING;
  const there = kind === "patient" ? location.pathname.startsWith(`/patient/${id}`) : location.pathname + location.search === here;
  if (!starting || !there) return fetch(url, options);
  asked.add(question);
  if (asker) remember(early ? early.kept : forAnybody(method, url, body));
  if (!early) return answered ? fetch(url, options) : heard(method, url, body, fetch(url, options));
  ahead.delete(question);
  signal?.addEventListener("abort", () => early.abort.abort());
  return early.answer;
};

init({ module_or_path: new URL("app_bg.wasm", import.meta.url) }).catch((error) => {
  console.error(error);
  document.getElementById("shell")?.remove();
  document.body.append(make("main", { role: "alert" }, make("h1", {}, "The page could not start"), make("p", {}, RELOAD)));
});
