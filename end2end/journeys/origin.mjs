// The one origin: what is delivered, how, and that record APIs answer beside it.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";

import { complaints, launch } from "../browser.mjs";
import { apis, canFail, down, restore, url } from "../record-apis.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Undoes nothing: `fetch` would hide the encoding. */
function get(path, headers = {}) {
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, url), { headers }, (response) => {
      let size = 0;
      response.on("data", (part) => (size += part.length));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, size }));
    });
    call.on("error", reject);
    call.end();
  });
}

const [first] = Object.keys(apis);

test("the page starts without a complaint, under a policy without inline code", async () => {
  const page = await browser.newPage();
  const heard = complaints(page);
  const response = await page.goto(url, { waitUntil: "networkidle" });
  const policy = response.headers()["content-security-policy"];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  assert.notEqual((await page.locator("body").innerText()).trim(), "");
  assert.deepEqual(heard, []);
  await page.close();
});

test("every file of the page comes compressed and is kept for ever", async () => {
  const page = await browser.newPage();
  const loaded = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto(url, { waitUntil: "networkidle" });
  const assets = [...new Set(loaded.filter((path) => path.startsWith("/assets/")))];
  assert.ok(assets.some((path) => path.endsWith(".wasm")), `no WebAssembly among ${assets}`);
  for (const path of assets) {
    const { headers } = await get(path, { "accept-encoding": "br, gzip" });
    assert.equal(headers["content-encoding"], "br", path);
    assert.match(headers["cache-control"], /immutable/, path);
    assert.match(path, /-[0-9a-f]{12}\./, path);
    assert.equal((await get(path, { "accept-encoding": "gzip" })).headers["content-encoding"], "gzip", path);
  }
  await page.close();
});

test("the address of a view is the page, asked for again each time; a missing file is missing", async () => {
  const view = await get("/patients/123");
  assert.equal(view.status, 200);
  assert.match(view.headers["content-type"], /text\/html/);
  assert.equal(view.headers["cache-control"], "no-cache");
  assert.equal((await get("/config.json")).headers["cache-control"], "no-cache");
  const missing = await get("/assets/none.js");
  assert.equal(missing.status, 404);
  assert.equal(missing.headers["cache-control"], undefined);
  assert.equal((await get("/fhir/nobody/Patient")).status, 404);
});

test("a record API answers on the origin, compressed, and its links lead back there", async () => {
  const capability = await get(`/fhir/${first}/metadata`, { "accept-encoding": "gzip" });
  assert.equal(capability.status, 200);
  assert.equal(capability.headers["content-encoding"], "gzip");
  const found = await (await fetch(`${url}/fhir/${first}/Organization?_count=1`)).json();
  const next = found.link.find((link) => link.relation === "next");
  if (next && canFail) assert.ok(next.url.startsWith(`${url}/fhir/${first}/`), next.url);
});

test("a batch goes to the base without a redirect", async () => {
  const entry = [{ request: { method: "GET", url: "Organization?_count=1" } }];
  const response = await fetch(`${url}/fhir/${first}`, {
    method: "POST",
    redirect: "error",
    headers: { "content-type": "application/fhir+json" },
    body: JSON.stringify({ resourceType: "Bundle", type: "batch", entry }),
  });
  assert.equal(response.status, 200);
});

test("a source that is down is said to be down at once, and comes back", { skip: !canFail }, async () => {
  const source = "rw3" in apis ? "rw3" : first;
  await down(source);
  try {
    assert.equal((await get(`/fhir/${source}/metadata`)).status, 502);
  } finally {
    await restore(source);
  }
  assert.equal((await get(`/fhir/${source}/metadata`)).status, 200);
});
