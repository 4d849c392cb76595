// The page comes in parts, and starts asking before it is there; parts fail like everything else.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, panel, settled, visitor } from "../page.mjs";
import { server, url } from "../record-apis.mjs";

after(close);

/* Runs in the page: notes when the program is there. */
function noteProgram() {
  const before = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...all) => {
    const made = await before(...all);
    performance.mark("program");
    return made;
  };
}

/** The program does not come before what is returned is called. */
async function holdBack(page) {
  let release;
  const held = new Promise((done) => { release = done; });
  await page.route(/app_bg-.*\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** The questions to record APIs that were sent before the program was there. */
const askedAhead = (page) =>
  page.evaluate(() => {
    const program = performance.getEntriesByName("program")[0].startTime;
    return performance.getEntriesByType("resource").filter((it) => it.name.includes("/fhir/") && it.startTime < program).map((it) => it.name);
  });

test("what stands in index.html is painted before the other styles are there; without them the page still works", async () => {
  const { page, context } = await visitor();
  await enter(page);
  await settled(page);
  let fail;
  const held = new Promise((done) => { fail = done; });
  await page.route(/\/assets\/main-.*\.css$/, (route) => held.then(() => route.abort()));
  await page.goto(url, { waitUntil: "commit" });
  await page.getByText("Loading the page…").waitFor();
  const bar = await page.locator("#shell .app-top").evaluate((it) => getComputedStyle(it).backgroundColor);
  assert.equal(bar, "rgb(0, 94, 184)", "the bar is NHS blue");
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  assert.equal(await page.locator(".app-work__link").count(), 0, "and the program waits: nobody is shown without styles that may still come");
  fail();
  await page.locator(".app-work__link").first().waitFor();
  await context.close();
});

test("a part that cannot be loaded says so, and comes when it is tried again", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}`);
  await settled(page);
  await page.goto(`${url}/patient/${cases.jane.patient}`);
  // Before a hand has touched anything, the sections' code has not been asked for.
  await page.route(/split_sections/, (route) => route.abort());
  await settled(page);
  await page.locator(".app-rail__link").nth(3).click();
  const told = page.getByRole("alert").filter({ hasText: "could not be loaded" });
  await told.waitFor();
  assert.match(await page.locator(".app-banner").innerText(), /SMITH, Jane/, "the banner stays");
  await page.unroute(/split_sections/);
  await told.getByRole("button", { name: "Try again" }).click();
  await settled(page);
  assert.equal(await told.count(), 0);
  assert.ok((await page.locator("main").innerText()).length > 200);
  quiet({ failing: true });
  await context.close();
});

test("what reads the rows of a list cannot be loaded: people stay, it is said, and comes when it is tried again", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await settled(page);
  await page.route(/split_told/, (route) => route.abort());
  await page.goto(url);
  const told = page.getByRole("alert").filter({ hasText: "could not be loaded" }).first();
  await told.waitFor();
  const first = page.locator(".app-work__row").first();
  assert.match(await first.innerText(), /[A-Z]+, .*Born .* 999 /s, "who it is stays");
  assert.doesNotMatch(await page.locator("main").innerText(), /Nothing new|No plan yet|Home|In hospital \d|No key worker/, "what is not known is not said to be none");
  assert.ok((await first.locator(".app-skeleton").count()) > 0, "and waits");
  await page.unroute(/split_told/);
  while ((await told.count()) > 0) await told.getByRole("button", { name: "Try again" }).click();
  await settled(page);
  assert.match(await page.locator("main").innerText(), /In hospital \d/);
  quiet({ failing: true });
  await context.close();
});

test("once a hand has moved, a lost network does not keep a section from opening", async () => {
  const { page, context } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}`);
  await settled(page);
  await page.mouse.move(300, 300);
  await page.mouse.move(310, 310);
  await page.waitForFunction(() => performance.getEntriesByType("resource").some((it) => /split_sections/.test(it.name) && it.responseEnd > 0));
  await context.setOffline(true);
  await page.locator(".app-rail__link").nth(3).click();
  await page.getByRole("heading", { level: 2, name: "Medicines and allergies" }).waitFor();
  await page.locator("main").getByText(/Furosemide/i).first().waitFor();
  await context.close();
});

for (const [what, path] of [["my patients", "/"], ["everyone", "/?list=everyone"], ["a person", `/patient/${cases.jane.patient}`]]) {
  test(`${what}, what is asked first, and what follows from it, is asked before the program is there, and once`, async () => {
    const { page, context, quiet } = await visitor();
    await enter(page, path);
    await settled(page);
    // How many rows stand in the document depends on their height, and on how long it has been there.
    const shown = () =>
      page.locator("main").evaluate((main) => {
        const copy = main.cloneNode(true);
        for (const row of [...copy.querySelectorAll(".app-work__row")].slice(5)) row.remove();
        return copy.textContent;
      });
    const before = await shown();
    const release = await holdBack(page);
    const asked = [];
    page.on("request", (it) => it.url().includes("/fhir/") && asked.push(`${it.method()} ${it.url()} ${it.postData() ?? ""}`));
    const config = await (await page.request.get(`${url}/config.json`)).json();
    // The program is held back, and the document with it.
    const there = page.reload();
    for (const { id } of config.sources.filter((it) => it.enabled !== false)) {
      for (let tries = 0; !asked.some((it) => it.includes(`/fhir/${id}`)); tries += 1) {
        assert.ok(tries < 100, `${id} was not asked before the program: ${asked.join("\n")}`);
        await new Promise((done) => setTimeout(done, 100));
      }
    }
    release();
    await there;
    await settled(page);
    const bare = (text) => text.replace(/\d\d:\d\d|\d+ (min|h|s) ago/g, "");
    assert.equal(bare(await shown()), bare(before), "the same is shown");
    assert.deepEqual(asked.filter((it, at) => asked.indexOf(it) !== at), [], "nothing is asked twice");
    quiet();
    await context.close();
  });
}

test("hospital activity, what the hospitals tell first is asked before the program is there, and once", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, "/hospital");
  await page.locator(".app-stream__event").first().waitFor();
  const release = await holdBack(page);
  const asked = [];
  page.on("request", (it) => /Appointment\?_sort=-date/.test(it.postData() ?? "") && asked.push(`${it.url()} ${it.postData()}`));
  const there = page.reload();
  for (let tries = 0; new Set(asked).size < 3; tries += 1) {
    assert.ok(tries < 100, `asked ahead: ${asked.map((it) => it.slice(0, 60))}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  release();
  await there;
  await page.locator(".app-stream__event").first().waitFor();
  await page.waitForTimeout(1000);
  assert.equal(asked.length, new Set(asked).size, "nothing is asked twice");
  quiet();
  await context.close();
});

test("what was asked ahead for one reader is not taken for another", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await settled(page);
  await page.locator(".app-top__button--who").click();
  await page.getByRole("button", { name: "Work as somebody else" }).click();
  await page.locator(".app-people__person").nth(1).click();
  await settled(page);
  const asked = [];
  page.on("request", (it) => it.url().includes("participant=") && asked.push(it.url()));
  const reader = await page.evaluate(() => JSON.parse(localStorage["alongside.reader"]).role_id);
  await page.reload();
  await settled(page);
  assert.ok(asked.length > 0);
  for (const it of asked) assert.ok(it.includes(reader), it);
  quiet();
  await context.close();
});

test("who nobody has said to be is asked for before the program is there", async () => {
  const { page, context, quiet } = await visitor();
  await page.addInitScript(noteProgram);
  await page.goto(url);
  await page.locator(".app-people__person").first().waitFor();
  assert.match((await askedAhead(page)).join("\n"), /fhir\/shared/);
  quiet();
  await context.close();
});

test("a fault of the program is told in plain words, once, with a way to begin again", async () => {
  const { page, context } = await visitor();
  await enter(page);
  await settled(page);
  // A module whose only function traps, run as the program's own callbacks are.
  await page.evaluate(() => {
    const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    setTimeout(f, 0);
    queueMicrotask(f);
  });
  await page.locator("#stopped").waitFor();
  assert.equal(await page.locator("#stopped").count(), 1);
  assert.match(await page.locator("#stopped").innerText(), /stopped because of a fault.*Nothing in the record was changed/s);
  await page.getByRole("link", { name: "Load the page again" }).click();
  await page.locator(".app-work__link").first().waitFor();
  assert.equal(await page.locator("#stopped").count(), 0);
  await context.close();
});
