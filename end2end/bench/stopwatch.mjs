// A browser with a stopwatch inside: when something was first painted, when the page was complete, how long the main
// thread was blocked, what came over the wire. Times are taken in the page, never from outside.
import { setTimeout as pause } from "node:timers/promises";

import { launch } from "../browser.mjs";
import { url } from "../record-apis.mjs";

/** An old tablet on a ward: a quarter of this processor, 1.6 Mbit/s, 150 ms. */
const SLOW = { cpu: 4, latency: 150, bytesPerSecond: 1_600_000 / 8 };

/** How long nothing may wait any more before the page counts as complete. */
const QUIET = 1200;

let browser;
export const open = async () => (browser ??= await launch());
export const close = async () => browser?.close();

/* Runs in the page before anything of it does. */
function stopwatch() {
  const watch = { people: 0, complete: 0, long: [], memory: undefined };
  globalThis.stopwatch = watch;
  const waits = () => document.querySelector('[aria-busy="true"], .app-skeleton, #shell') !== null;
  let waiting = true;
  let frame = 0;
  const look = () => {
    if (!watch.people && document.querySelector(".app-work__link")) requestAnimationFrame((at) => (watch.people ||= at));
    if (waits()) {
      waiting = true;
    } else if (waiting && document.querySelector("main")) {
      waiting = false;
      cancelAnimationFrame(frame);
      // The frame after this one has it on the screen.
      frame = requestAnimationFrame(() => requestAnimationFrame((at) => (watch.complete = at)));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-busy", "class", "hidden"] });
  new PerformanceObserver((list) => watch.long.push(...list.getEntries().map((it) => [it.startTime, it.duration]))).observe({ type: "longtask", buffered: true });
  watch.settled = () => !waiting;
  watch.blocked = (from, to) => watch.long.filter(([at]) => at >= from && at <= to).reduce((sum, [, time]) => sum + Math.max(0, time - 50), 0);
  const before = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...all) => {
    const made = await before(...all);
    watch.memory ??= made.instance.exports.memory;
    return made;
  };
}

/** A visitor with this storage, at the given speed. */
export async function visitor({ slow = false, storage } = {}) {
  const context = await (await open()).newContext({ viewport: { width: 1024, height: 768 }, storageState: storage });
  await context.addInitScript(stopwatch);
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  const files = new Map();
  wire.on("Network.requestWillBeSent", ({ requestId, request, timestamp }) => {
    if (request.url.startsWith("http")) files.set(requestId, { url: request.url, method: request.method, body: request.postData, bytes: 0, began: timestamp, pieces: [] });
  });
  wire.on("Network.dataReceived", ({ requestId, encodedDataLength, timestamp }) => files.get(requestId)?.pieces.push([timestamp, encodedDataLength]));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength, timestamp }) => {
    if (files.has(requestId)) Object.assign(files.get(requestId), { bytes: encodedDataLength, ended: timestamp });
  });
  if (slow) {
    await wire.send("Emulation.setCPUThrottlingRate", { rate: SLOW.cpu });
    await wire.send("Network.emulateNetworkConditions", { offline: false, latency: SLOW.latency, downloadThroughput: SLOW.bytesPerSecond, uploadThroughput: SLOW.bytesPerSecond });
  }
  return { context, page, wire, files };
}

/** Waits until nothing waits, and still does not after a while. */
export async function complete(page, ready) {
  await page.locator(ready).first().waitFor({ timeout: 120_000 });
  for (;;) {
    await page.waitForFunction(() => globalThis.stopwatch.settled(), undefined, { timeout: 120_000 });
    const before = await page.evaluate(() => globalThis.stopwatch.complete);
    await pause(QUIET);
    const after = await page.evaluate(() => (globalThis.stopwatch.settled() ? globalThis.stopwatch.complete : -1));
    if (before === after && after > 0) return after;
  }
}

/** A whole start: first paint, people of a list on the screen, complete, blocked, and what came over the wire apart from records. */
export async function start(at, path, ready) {
  at.files.clear();
  await at.page.goto(url + path, { waitUntil: "commit" });
  const done = await complete(at.page, ready);
  const painted = await at.page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  const blocked = await at.page.evaluate(([from, to]) => globalThis.stopwatch.blocked(from, to), [painted, done]);
  const people = await at.page.evaluate(() => globalThis.stopwatch.people);
  const all = [...at.files.values()];
  const own = all.filter((it) => !it.url.includes("/fhir/"));
  const sum = (them) => them.reduce((total, it) => total + it.bytes, 0) / 1000;
  const useful = people ? by(own, all[0].began + people / 1000) : { kilobytes: sum(own), requests: own.length };
  return { painted, people, done, blocked, useful, kilobytes: sum(own), requests: own.length, allKilobytes: sum(all), allRequests: all.length };
}

/** What had come over the wire by a moment, and how many requests had been answered: others are for what comes after. */
function by(files, moment) {
  const part = (it) => (it.ended <= moment ? it.bytes : it.pieces.filter(([at]) => at <= moment).reduce((sum, [, bytes]) => sum + bytes, 0));
  return { kilobytes: files.reduce((sum, it) => sum + part(it), 0) / 1000, requests: files.filter((it) => it.ended <= moment).length };
}
