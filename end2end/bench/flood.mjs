// Very much at once: a trust that writes a thousand events a second, and one that has ten thousand to tell from the
// beginning. No server here writes as fast, so the answers of this one trust are made in the router; everything else is
// asked of the record APIs as ever.
import { url } from "../record-apis.mjs";
import { complete, visitor } from "./stopwatch.mjs";

const TRUST = "rw3";
const SECONDS = 60;
const RATE = 1000;
const DAYS = 86_400_000;
const NUMBER = "https://fhir.nhs.uk/Id/nhs-number";

/** A trust that has nothing but arrivals in its emergency department; `tell` has the next one ready at a time. */
class Trust {
  people = [];
  /** By NHS number, as the shared record has them: nobody is known by the number alone. */
  births = new Map();
  events = [];

  /** `begin` is called once it is known whom the page asks about. */
  constructor(begin = () => {}) {
    this.begin = begin;
  }

  /** Writes so many at this moment, the time of arrival being the moment too unless said. */
  write(number, at = () => Date.now()) {
    for (let nth = 0; nth < number; nth += 1) {
      const when = at(nth);
      this.events.push({
        resourceType: "Encounter",
        id: `flood-${this.events.length}`,
        meta: { versionId: "1", lastUpdated: new Date(Math.max(when, Date.now() - 600_000)).toISOString() },
        status: "in-progress",
        class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "EMER", display: "emergency" },
        serviceType: { text: "Emergency medicine" },
        subject: { reference: `Patient/${this.people[this.events.length % this.people.length].id}` },
        period: { start: new Date(when).toISOString() },
        reasonCode: [{ coding: [{ system: "http://snomed.info/sct", code: "161898004", display: "Fall" }], text: "Fall" }],
        serviceProvider: { reference: "Organization/rw3", display: "Central Manchester University Hospitals" },
      });
    }
  }

  search(path) {
    const { pathname, searchParams: asked } = new URL(path, "http://trust/");
    const kind = pathname.slice(1);
    if (kind === "Patient") {
      const numbers = (asked.get("identifier") ?? "").split(",").map((it) => it.split("|").pop());
      for (const value of numbers) {
        if (this.people.some((it) => it.id === `p${value}`)) continue;
        this.people.push({ resourceType: "Patient", id: `p${value}`, identifier: [{ system: NUMBER, value }], birthDate: this.births.get(value) });
      }
      this.begin(this);
      this.begin = () => {};
      return bundle(this.people);
    }
    // Everything is found by its day; nothing has none.
    if (kind !== "Encounter" || asked.get("status") || asked.get("date:missing")) return bundle([]);
    const since = Date.parse((asked.get("_lastUpdated") ?? "ge1970-01-01").slice(2));
    const found = this.events.filter((it) => Date.parse(it.meta.lastUpdated) >= since).reverse();
    const [from, count] = [Number(asked.get("_at") ?? 0), Number(asked.get("_count") ?? 100)];
    asked.set("_at", from + count);
    return bundle(found.slice(from, from + count), from + count < found.length && `${kind}?${asked}`);
  }

  /** Reads the birth dates of those who are asked for. */
  async meet(questions) {
    const asked = questions.filter((it) => /^Patient\?/.test(it)).flatMap((it) => (new URL(it, "http://trust/").searchParams.get("identifier") ?? "").split(","));
    const unmet = asked.filter((it) => it && !this.births.has(it.split("|").pop()));
    if (!unmet.length) return;
    const query = new URLSearchParams({ identifier: unmet.join(","), _count: "1000" });
    const found = await (await fetch(`${url}/fhir/shared/Patient?${query}`)).json();
    for (const { resource } of found.entry ?? []) {
      for (const it of resource.identifier ?? []) if (it.system === NUMBER) this.births.set(it.value, resource.birthDate);
    }
  }

  async answer(request) {
    const posted = request.method() === "POST";
    const questions = posted ? request.postDataJSON().entry.map((it) => it.request.url) : [request.url().split(`/${TRUST}/`)[1]];
    await this.meet(questions);
    if (posted) {
      return { resourceType: "Bundle", type: "batch-response", entry: questions.map((it) => ({ resource: this.search(it), response: { status: "200 OK" } })) };
    }
    return this.search(questions[0]);
  }
}

function bundle(resources, next) {
  const link = next ? [{ relation: "next", url: `${url}/fhir/${TRUST}/${next}` }] : [];
  return { resourceType: "Bundle", type: "searchset", link, entry: resources.map((resource) => ({ resource })) };
}

/** A reader's page, with this trust asked every second; `slow` is the processor alone. */
async function watch(storage, slow, trust, path = "/hospital") {
  const at = await visitor({ storage: storage.warm });
  if (slow) await at.wire.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const config = await (await fetch(`${url}/config.json`)).json();
  // Nothing is asked before the page is opened.
  config.limits = { ...config.limits, watchAfterSeconds: 3600 };
  for (const source of config.sources) {
    delete source.push;
    source.pollSeconds = source.id === TRUST ? 1 : 600;
  }
  await at.page.route(/\/config\.json$/, (route) => route.fulfill({ json: config }));
  await at.page.route(new RegExp(`/fhir/${TRUST}(/|$)`), async (route) => route.fulfill({ json: await trust.answer(route.request()) }));
  await at.page.goto(`${url}${path}`);
  return at;
}

/** In the page: frames, and when the newest that an answer had was told. */
function frames() {
  const seen = { deltas: [], from: 0 };
  globalThis.flood = seen;
  let before = performance.now();
  const look = (now) => {
    seen.deltas.push(now - before);
    before = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  // How many wait, as the bar says it: each change is when an answer has become visible.
  seen.told = [];
  const read = () => {
    const number = Number(/^[\d,]+/.exec(document.querySelector(".app-stream__wait")?.innerText ?? "")?.[0].replaceAll(",", "") ?? 0);
    if (number !== (seen.told.at(-1)?.number ?? 0)) seen.told.push({ number, at: performance.now() });
  };
  new MutationObserver(read).observe(document.querySelector("main"), { childList: true, subtree: true, characterData: true });
}

const memory = async (at) => {
  await at.wire.send("HeapProfiler.enable");
  await at.wire.send("HeapProfiler.collectGarbage");
  await at.wire.send("Performance.enable");
  const { metrics } = await at.wire.send("Performance.getMetrics");
  const wasm = await at.page.evaluate(() => globalThis.stopwatch.memory?.buffer.byteLength ?? 0);
  return (metrics.find((it) => it.name === "JSHeapUsedSize").value + wasm) / 1e6;
};

/** A thousand events a second, for a minute. */
export async function flood(storage, slow) {
  const trust = new Trust();
  const at = await watch(storage, slow, trust);
  await at.page.getByText(/every 1 s/).first().waitFor({ timeout: 60_000 });
  await at.page.waitForTimeout(4000);
  const before = await memory(at);
  await at.page.evaluate(frames);
  const writing = setInterval(() => trust.write(RATE / 10), 100);
  await at.page.waitForTimeout(SECONDS * 1000);
  clearInterval(writing);
  const { deltas, told } = await at.page.evaluate(() => globalThis.flood);
  // From the last byte of an answer to the change of the bar.
  const ends = await at.page.evaluate((of) => performance.getEntriesByType("resource").filter((it) => it.name.includes(`/fhir/${of}`)).map((it) => it.responseEnd), TRUST);
  const waits = told.map((it) => it.at - Math.max(...ends.filter((end) => end <= it.at))).sort((a, b) => a - b);
  const after = await memory(at);
  await at.context.close();
  if (told.length < 5) throw new Error(`The bar said ${JSON.stringify(told)}`);
  return {
    flood_frames: deltas.length,
    flood_frames_over_50_ms: deltas.filter((it) => it > 50).length,
    flood_longest_frame_ms: Math.max(...deltas),
    flood_newest_visible_ms: waits[Math.floor(waits.length / 2)],
    flood_events_told: told.at(-1).number,
    flood_memory_growth_MB: after - before,
  };
}

/** Ten thousand events of the last two weeks, when the page is opened from the menu, and by its address in a browser that has nothing. */
export async function manyEvents(storage, slow) {
  const trust = () => new Trust((it) => it.write(10_000, (nth) => Date.now() - 13 * DAYS + (nth * 13 * DAYS) / 10_000));
  const first = async (at) => {
    await at.page.locator(".app-stream__event", { hasText: "Fall" }).first().waitFor({ timeout: 120_000 });
    return at.page.evaluate(() => new Promise((tell) => requestAnimationFrame(() => tell(performance.now()))));
  };
  const cold = await watch(storage, slow, trust());
  const byAddress = await first(cold);
  await cold.context.close();
  const at = await watch(storage, slow, trust(), "/");
  await complete(at.page, ".app-work__link");
  await at.page.mouse.move(200, 300);
  await at.page.mouse.move(210, 310);
  await at.page.waitForTimeout(4000);
  const from = await at.page.evaluate(() => {
    const link = [...document.querySelectorAll("a")].find((it) => /^Hospital activity/.test(it.textContent.trim()));
    const now = performance.now();
    link.click();
    return now;
  });
  const opened = (await first(at)) - from;
  await at.context.close();
  return { many_events_first_screen_ms: opened, many_events_by_address_first_screen_ms: byAddress };
}
