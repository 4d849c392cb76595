// The figures, each from a visit of its own.
import { cases } from "../page.mjs";
import { apis, url } from "../record-apis.mjs";
import { complete, start, visitor } from "./stopwatch.mjs";

const LIST = ".app-work__link";
const PERSON = ".app-banner__name";

/** Somebody whom the device knows and whose browser has nothing else: what `/` keeps after "who are you". */
export async function knownReader() {
  const { page, context } = await visitor();
  await page.goto(url);
  await page.locator(".app-people__person").first().click();
  await complete(page, LIST);
  // Once a day it is read what each source can do: megabytes, which the inspector that measures decodes for itself at one go.
  const config = await (await fetch(`${url}/config.json`)).json();
  const many = config.sources.filter((it) => it.enabled !== false).length;
  await page.waitForFunction((many) => Object.keys(localStorage).filter((it) => it.startsWith("alongside.abilities.")).length >= many, many, { timeout: 120_000 });
  const warm = await context.storageState();
  await context.close();
  const cold = structuredClone(warm);
  for (const origin of cold.origins) origin.localStorage = origin.localStorage.filter((it) => it.name === "alongside.reader");
  return { cold, warm };
}

/** Groups of the first so many people, for lists of just that length. */
export async function groups(sizes) {
  const ids = [];
  let next = `${apis.shared}/Patient?_elements=id&_count=500&_sort=family`;
  while (next && ids.length < Math.max(...sizes)) {
    const bundle = await (await fetch(next, { headers: { Accept: "application/fhir+json" } })).json();
    ids.push(...(bundle.entry ?? []).map((it) => it.resource.id));
    const link = bundle.link?.find((it) => it.relation === "next")?.url;
    next = link && new URL(link, url).href;
  }
  for (const size of sizes) {
    const members = ids.slice(0, size).map((id) => ({ entity: { reference: `Patient/${id}` } }));
    const group = { resourceType: "Group", id: `bench-${size}`, type: "person", actual: true, name: `Bench ${size}`, quantity: members.length, member: members };
    const answer = await fetch(`${apis.shared}/Group/bench-${size}`, { method: "PUT", headers: { "Content-Type": "application/fhir+json" }, body: JSON.stringify(group) });
    if (!answer.ok) throw new Error(`The shared record refused the list of ${size}: ${answer.status} ${await answer.text()}`);
  }
}

/** Cold starts: my patients, lists of 50 and of 1,000, an overview by its address; and the warm start after it. */
export async function starts(storage, slow) {
  const figures = {};
  const once = async (path, ready, kept) => {
    const at = await visitor({ slow, storage: kept });
    return [at, await start(at, path, ready)];
  };
  const [at, cold] = await once("/", LIST, storage.cold);
  Object.assign(figures, {
    first_paint_ms: cold.painted,
    my_patients_ready_ms: cold.done,
    total_blocking_ms: cold.blocked,
    my_patients_people_on_screen_ms: cold.people,
    cold_start_kB: cold.useful.kilobytes,
    cold_start_requests: cold.useful.requests,
    cold_start_complete_kB: cold.kilobytes,
    cold_start_complete_requests: cold.requests,
    cold_start_with_records_kB: cold.allKilobytes,
    cold_start_with_records_requests: cold.allRequests,
  });
  const warm = await start(at, "/", LIST);
  Object.assign(figures, { warm_start_ms: warm.done, warm_start_people_on_screen_ms: warm.people });
  await at.context.close();
  for (const size of [50, 1000]) {
    const [list, it] = await once(`/?list=area-bench-${size}`, LIST, storage.cold);
    figures[`list_of_${size}_ready_ms`] = it.done;
    figures[`list_of_${size}_people_on_screen_ms`] = it.people;
    figures[`list_of_${size}_records_alone_ms`] = await bare(list);
    await list.context.close();
  }
  const [person, it] = await once(`/patient/${cases.jane.patient}`, PERSON, storage.cold);
  figures.overview_by_address_ready_ms = it.done;
  figures.overview_by_address_kB = it.kilobytes;
  await person.context.close();
  return figures;
}

/** The same requests to record APIs, all at once, by bare `fetch` and `JSON.parse` from a page of nothing. */
async function bare(at) {
  const asked = [...at.files.values()].filter((it) => it.url.includes("/fhir/")).map(({ url: to, method, body }) => ({ to, method, body }));
  await at.page.goto(`${url}/icon.svg`);
  return at.page.evaluate(async (all) => {
    const type = "application/fhir+json";
    const began = performance.now();
    const one = async ({ to, method, body }) => JSON.parse(await (await fetch(to, { method, body, cache: "no-store", headers: { Accept: type, ...(body ? { "Content-Type": type } : {}) } })).text());
    await Promise.all(all.map(one));
    return performance.now() - began;
  }, asked);
}

/** From a tap on a row to the complete overview, against the same requests by bare `fetch` and `JSON.parse`. */
export async function rowTap(storage, slow) {
  const at = await visitor({ slow, storage: storage.warm });
  await start(at, "/", LIST);
  // The other parts of the page come when a hand moves; the tap is a hand that has been there for a moment.
  await at.page.mouse.move(200, 300);
  await at.page.mouse.move(210, 310);
  await at.page.waitForTimeout(slow ? 6000 : 1500);
  at.files.clear();
  const from = await at.page.evaluate((name) => {
    const link = [...document.querySelectorAll(".app-work__link")].find((it) => it.textContent.includes(name));
    const now = performance.now();
    link.click();
    return now;
  }, "SMITH, Jane");
  const done = (await complete(at.page, PERSON)) - from;
  const floor = await bare(at);
  await at.context.close();
  return { row_tap_to_overview_ms: done, row_tap_floor_ms: floor, row_tap_over_floor_ratio: done / floor };
}

/** The whole programme in the list: a key press in the finder, scrolling, memory. */
export async function everybody(storage) {
  const at = await visitor({ storage: storage.warm });
  await start(at, "/?list=everyone", LIST);
  for (;;) {
    const more = await at.page.evaluate(() => {
      const button = [...document.querySelectorAll(".app-more button")].at(-1);
      button?.click();
      return button ? document.querySelector(".app-more").innerText : null;
    });
    if (more === null && !(await at.page.locator(".app-more").count())) break;
    await at.page.waitForTimeout(150);
  }
  await complete(at.page, LIST);
  await at.wire.send("HeapProfiler.enable");
  await at.wire.send("HeapProfiler.collectGarbage");
  await at.wire.send("Performance.enable");
  const { metrics } = await at.wire.send("Performance.getMetrics");
  const heap = metrics.find((it) => it.name === "JSHeapUsedSize").value / 1e6;
  const wasm = await at.page.evaluate(() => (globalThis.stopwatch.memory?.buffer.byteLength ?? 0) / 1e6);
  const figures = { fast: {}, slow: {} };
  for (const profile of ["fast", "slow"]) {
    if (profile === "slow") await at.wire.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const keys = await keystrokes(at.page);
    figures[profile] = { heap_MB: heap, wasm_memory_MB: wasm, heap_and_wasm_MB: heap + wasm, keystroke_to_list_ms: keys, ...(await scroll(at.page)) };
    await at.page.evaluate(() => scrollTo(0, 0));
  }
  await at.context.close();
  return figures;
}

/** Types a name; for each key, from the event to the frame after the list of hits has changed. The slowest of them. */
async function keystrokes(page) {
  const field = page.locator("input[role=combobox], .app-finder input").first();
  await field.fill("");
  await field.focus();
  await page.evaluate(() => {
    const taken = (globalThis.taken = []);
    let at = 0;
    addEventListener("keydown", (event) => (at = event.timeStamp), true);
    new MutationObserver(() => {
      if (!at) return;
      const from = at;
      at = 0;
      requestAnimationFrame(() => setTimeout(() => taken.push(performance.now() - from)));
    }).observe(document.querySelector(".app-finder") ?? document.body, { childList: true, subtree: true, characterData: true });
  });
  for (const key of "smith") {
    await page.keyboard.press(key);
    await page.waitForTimeout(700);
  }
  const taken = await page.evaluate(() => globalThis.taken);
  await page.keyboard.press("Escape");
  if (taken.length < 3) throw new Error("The finder did not answer to keys");
  return taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)];
}

async function scroll(page) {
  return page.evaluate(async () => {
    const deltas = [];
    let before = await new Promise(requestAnimationFrame);
    const step = Math.max(40, (document.documentElement.scrollHeight - innerHeight) / 180);
    for (let at = 0; at < 180; at += 1) {
      scrollBy(0, step);
      const now = await new Promise(requestAnimationFrame);
      deltas.push(now - before);
      before = now;
    }
    return { scroll_frames: deltas.length, scroll_frames_over_16_ms: deltas.filter((it) => it > 17.5).length, scroll_frames_over_50_ms: deltas.filter((it) => it > 50).length };
  });
}

/** A person with more than 500 encounters: from a tap on Activity to its end. */
export async function manyEncounters(storage, slow) {
  const at = await visitor({ slow, storage: storage.warm });
  await start(at, `/patient/${cases["500-encounters"].patient}`, PERSON);
  await at.page.mouse.move(200, 300);
  await at.page.mouse.move(210, 310);
  await at.page.waitForTimeout(slow ? 6000 : 1500);
  const from = await at.page.evaluate(() => {
    const link = [...document.querySelectorAll(".app-rail__link")].find((it) => /Activity/.test(it.textContent));
    const now = performance.now();
    link.click();
    return now;
  });
  await at.page.waitForURL(/activity$/);
  await at.page.locator(".app-stream, .app-panel").first().waitFor();
  const done = await at.page.evaluate(() => new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(tell))));
  await at.context.close();
  return { many_encounters_open_ms: done - from };
}
