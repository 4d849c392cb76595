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

// The first questions to the record APIs. Which they are was remembered when this reader last began here: the
// questions, never an answer, with the person's id left out.
const KEPT = "alongside.first";
const BLANK = "{id}";
const KINDS = 6;
const STARTING = 15_000;
const here = kind === "patient" ? "/patient/" : location.pathname + location.search;
const blank = (text) => (kind === "patient" && id && text ? text.replaceAll(id, BLANK) : text);
const filled = (text) => (kind === "patient" && id && text ? text.replaceAll(BLANK, id) : text);
const name = (method, url, body) => [method, url, body ?? ""].join("\n");

function remembered(asker) {
  try {
    const all = JSON.parse(kept(KEPT));
    return all?.reader === asker && Array.isArray(all.places) ? all.places : [];
  } catch {
    return [];
  }
}

const ahead = new Map();
const FHIR = "application/fhir+json";
for (const { method, url, body } of (reader && remembered(reader).find((it) => it.here === here)?.questions) || []) {
  const abort = new AbortController();
  const headers = { Accept: FHIR, ...(body ? { "Content-Type": FHIR } : {}) };
  const answer = fetch(filled(url), { method, headers, body: filled(body), cache: "no-store", signal: abort.signal });
  answer.catch(() => {});
  ahead.set(name(method, filled(url), filled(body)), { answer, abort });
}

let questions = [];
let answered = false;
let started = performance.now();
let asker = reader;

function remember(method, url, body) {
  questions.push({ method, url: blank(url), ...(body ? { body: blank(body) } : {}) });
  const places = [{ here, questions }, ...remembered(asker).filter((it) => it.here !== here)].slice(0, KINDS);
  try {
    localStorage.setItem(KEPT, JSON.stringify({ reader: asker, places }));
  } catch {
    // A device that keeps nothing asks a little later.
  }
}

/** `fetch`, for the program: a question that was asked ahead is not asked again. */
globalThis.alongsideFetch = (url, options) => {
  const { method, body, signal } = options;
  const asked = ahead.get(name(method, url, body));
  // Somebody who has only just said who they are begins here too.
  if (asker !== kept(READER)) {
    [asker, questions, answered, started] = [kept(READER), [], false, performance.now()];
  }
  const starting = performance.now() - started < STARTING;
  if (asker && starting && !answered) remember(method, url, body);
  const answer = asked && starting ? asked.answer : fetch(url, options);
  if (asked) {
    ahead.delete(name(method, url, body));
    signal?.addEventListener("abort", () => asked.abort.abort());
  }
  answer.then(() => (answered = true), () => {});
  return answer;
};

init({ module_or_path: new URL("app_bg.wasm", import.meta.url) }).catch((error) => {
  console.error(error);
  document.getElementById("shell")?.remove();
  document.body.append(make("main", { role: "alert" }, make("h1", {}, "The page could not start"), make("p", {}, RELOAD)));
});
