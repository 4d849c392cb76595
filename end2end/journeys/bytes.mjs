// What the first useful page costs on the wire, record data aside: bytes and requests. (How long it takes is a matter of
// `cargo xtask bench`.)
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, settled, visitor } from "../page.mjs";
import { url } from "../record-apis.mjs";

after(close);

// The budget is 200 kB. What stands in its way is told in README, "How big, how fast"; these may only go down.
const LIST = { kilobytes: 347, requests: 10 };
const PERSON = { kilobytes: 472, requests: 14 };

/** Loads an address with an empty cache, as somebody whom the device knows; what came over the wire, records aside. */
async function cold(path, ready) {
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
  await page.goto(url + path);
  await page.locator(ready).first().waitFor();
  await settled(page);
  const all = [...files.values()];
  quiet();
  await context.close();
  return { bytes: all.reduce((sum, it) => sum + it.bytes, 0), requests: all.length, said: all.map((it) => `${it.bytes} ${it.url}`).join("\n") };
}

function within(measured, budget) {
  const kilobytes = Math.round(measured.bytes / 1000);
  console.log(`  ${kilobytes} kB in ${measured.requests} requests`);
  assert.ok(kilobytes > 50, "something was measured");
  assert.ok(kilobytes <= budget.kilobytes, `${kilobytes} kB\n${measured.said}`);
  assert.ok(measured.requests <= budget.requests, `${measured.requests} requests\n${measured.said}`);
}

test("a cold start to the list of my patients keeps to its bytes and requests", async () => {
  within(await cold("/", ".app-work__link"), LIST);
});

test("a cold start to a person's overview keeps to its bytes and requests", async () => {
  within(await cold(`/patient/${cases.jane.patient}`, ".app-banner__name"), PERSON);
});
