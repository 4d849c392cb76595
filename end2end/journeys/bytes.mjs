// What the first useful page costs on the wire, record data aside: bytes and requests. (How long it takes is a matter of
// `cargo xtask bench`.)
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, settled, visitor } from "../page.mjs";
import { url } from "../record-apis.mjs";

after(close);

// PEOPLE is the budget. The others go down, and up only for what people get for it (last: what is no FHIR is told, not taken
// for nothing; ten thousand entries): they are what was measured last, and a kilobyte. What else there is to say of them is in
// README, "How big, how fast".
const PEOPLE = { kilobytes: 200, requests: 10 };
const LIST = { kilobytes: 369, requests: 12 };
const PERSON = { kilobytes: 424, requests: 13 };

/** The files of what sources tell of the people of a list. */
const TOLD = /\/assets\/(split_told|chunk_)/;

/**
 * Loads an address with an empty cache, as somebody whom the device knows; what came over the wire, records aside. With
 * `first`, what had come when that was on the screen, while what comes after it is held back.
 */
async function cold(path, ready, first) {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await settled(page);
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.clearBrowserCache");
  const files = new Map();
  wire.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (!request.url.includes("/fhir/") && request.url.startsWith("http")) files.set(requestId, { url: request.url, bytes: 0 });
  });
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) files.get(requestId).bytes = encodedDataLength;
  });
  let release;
  const held = new Promise((done) => { release = done; });
  if (first) await page.route(TOLD, (route) => held.then(() => route.continue()));
  const weighed = () => {
    const all = [...files.values()].filter((it) => it.bytes);
    return { bytes: all.reduce((sum, it) => sum + it.bytes, 0), requests: all.length, said: all.map((it) => `${it.bytes} ${it.url}`).join("\n") };
  };
  await page.goto(url + path, { waitUntil: "commit" });
  await page.locator(ready).first().waitFor();
  const early = weighed();
  release();
  await settled(page);
  const late = weighed();
  quiet();
  await context.close();
  return first ? [early, late] : [late];
}

function within(measured, budget) {
  const kilobytes = Math.round(measured.bytes / 1000);
  console.log(`  ${kilobytes} kB in ${measured.requests} requests`);
  assert.ok(kilobytes > 50, "something was measured");
  assert.ok(kilobytes <= budget.kilobytes, `${kilobytes} kB\n${measured.said}`);
  assert.ok(measured.requests <= budget.requests, `${measured.requests} requests\n${measured.said}`);
}

test("a cold start to my patients keeps to its bytes and requests until the people are there, and until everything is", async () => {
  const [people, list] = await cold("/", ".app-work__link", true);
  within(people, PEOPLE);
  within(list, LIST);
});

test("a cold start to a person's overview keeps to its bytes and requests", async () => {
  within((await cold(`/patient/${cases.jane.patient}`, ".app-banner__name"))[0], PERSON);
});
