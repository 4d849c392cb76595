// An hour of use in minutes: people are opened one after another, in their sections, between lists, without loading the
// page anew. After a warm-up, what the page holds must not grow: memory (JavaScript's and WebAssembly's), nodes of the
// document, listeners, open connections.
//
//   ALONGSIDE_URL=… ALONGSIDE_CASES=… node soak.mjs [openings, 2000 otherwise]
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

import { cases, close, enter, sections, settled, visitor } from "./page.mjs";
import { url } from "./record-apis.mjs";
import { go } from "./watch.mjs";

/** Runs in the page before anything else: keeps hold of the memory that WebAssembly gets. */
function reach() {
  const keep = (made) => {
    const memory = Object.values((made.instance ?? made).exports).find((it) => it instanceof WebAssembly.Memory);
    if (memory) globalThis.wasmMemory = memory;
    return made;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = (...all) => real(...all).then(keep);
  }
}

/** What the page holds, after the collector of garbage has been through it. */
async function measure(page, devtools, flying) {
  // The browser's own notes about what was loaded grow to a limit of their own.
  await page.evaluate(() => performance.clearResourceTimings());
  for (let turn = 0; turn < 2; turn += 1) await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const all = Object.fromEntries(metrics.map((it) => [it.name, it.value]));
  return {
    heap: all.JSHeapUsedSize,
    nodes: all.Nodes,
    listeners: all.JSEventListeners,
    documents: all.Documents,
    wasm: await page.evaluate(() => globalThis.wasmMemory?.buffer.byteLength ?? 0),
    waiting: flying.size,
  };
}

const say = (at, it) =>
  console.log(`${String(at).padStart(5)} openings: heap ${(it.heap / 1e6).toFixed(2)} MB, wasm ${(it.wasm / 1e6).toFixed(2)} MB, ${it.nodes} nodes, ${it.listeners} listeners, ${it.waiting} requests under way`);

/** One opening: a person, one of the sections, and every few times a list or hospital activity. */
async function openOne(page, at, people) {
  const person = people[at % people.length];
  await go(page, `/patient/${person.patient}`);
  await page.locator(".app-banner__name", { hasText: person.listed.split(",")[0] }).waitFor();
  await page.locator(".app-rail__link").nth(at % sections.length).click();
  if (at % 3 !== 2) await settled(page);
  if (at % 4 === 3) {
    await go(page, ["/", "/?list=in-hospital", "/hospital"][Math.floor(at / 4) % 3]);
    await page.locator("#page-heading").waitFor();
  }
}

/**
 * Opens people that many times after `warmUp`, measures `looks` times on the way and always at the same screen, and
 * fails when anything has grown.
 */
export async function soak(openings, { warmUp = 40, looks = 4 } = {}) {
  const { page, context, quiet } = await visitor();
  await context.addInitScript(reach);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  await devtools.send("HeapProfiler.enable");
  const flying = new Set();
  page.on("request", (it) => flying.add(it));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (it) => flying.delete(it));
  await enter(page);
  const people = Object.values(cases).filter((it) => it.listed).slice(0, 12);

  const measured = [];
  const look = async (at) => {
    await go(page, `/patient/${people[0].patient}`);
    await page.locator(".app-banner__name", { hasText: people[0].listed.split(",")[0] }).waitFor();
    await settled(page);
    // What was asked before and is not needed any more is dropped, not waited for.
    await page.waitForLoadState("networkidle");
    const it = await measure(page, devtools, flying);
    say(at, it);
    measured.push(it);
  };
  for (let at = 0; at < warmUp; at += 1) await openOne(page, at, people);
  await look(0);
  for (let part = 1; part <= looks; part += 1) {
    for (let at = Math.round(((part - 1) * openings) / looks); at < Math.round((part * openings) / looks); at += 1) await openOne(page, at, people);
    await look(Math.round((part * openings) / looks));
  }
  quiet();
  assert.equal(await page.locator("#stopped").count(), 0);
  const [first] = measured;
  const last = measured.at(-1);
  assert.ok(first.wasm > 0, "WebAssembly's memory is out of reach");
  for (const what of ["heap", "wasm", "nodes", "listeners"]) {
    assert.ok(last[what] <= first[what] * 1.1, `${what} grew from ${first[what]} to ${last[what]} in ${openings} openings`);
  }
  assert.equal(last.documents, first.documents, "documents");
  // Hospitals are asked again and again: what is under way now ends, all the same.
  for (const it of [...flying]) {
    const end = Date.now() + 30_000;
    while (flying.has(it) && Date.now() < end) await page.waitForTimeout(100);
    assert.ok(!flying.has(it), `a request that nobody waits for: ${it.url()}`);
  }
  await context.close();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(`Against ${url}`);
  try {
    await soak(Number(process.argv[2] ?? 2000), { warmUp: 100, looks: 10 });
  } finally {
    await close();
  }
}
