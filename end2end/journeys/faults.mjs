// Every fault of faults.mjs, at a trust and at the shared record, for one person and for the list: the page does not
// stop, shows nobody else's facts, waits for nothing for ever, says what is wrong, and is as ever when it is over.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { faults } from "../faults.mjs";
import { cases, close, settled } from "../page.mjs";
import { faultProxy } from "../proxy.mjs";
import { server } from "../record-apis.mjs";
import { enterAt, everything, go, says, shown, tryAgain, watchedVisitor } from "../watch.mjs";

const jane = `/patient/${cases.jane?.patient}`;
let proxy;
let it;
const asEver = {};

/** Opens a view anew: nothing is known of the sources from before. */
async function fresh(path) {
  await it.page.goto(proxy.url + path);
  await it.page.locator(/^\/(\?|$)/.test(path) ? "#page-heading" : "#section-heading").waitFor({ state: "attached" });
  await settled(it.page, 60_000);
}

// What the page makes of a fault does not depend on the server behind the proxy: once is enough.
const skip = server !== "helios" && "with Helios only";

before(async () => {
  if (skip) return;
  proxy = await faultProxy();
  it = await watchedVisitor();
  await enterAt(it.page, proxy.url);
  await fresh(jane);
  asEver[jane] = await shown(it.page);
  assert.match(asEver[jane], /In hospital/);
  await fresh("/");
  asEver["/"] = await shown(it.page);
  assert.match(asEver["/"], /SMITH, Jane/);
});

after(async () => {
  await it?.context.close();
  proxy?.close();
  await close();
});

/** The fault is over: "Try again" brings everything back; what a source refuses for good, or has told wrongly without a
 * sign of it, when it is opened again. */
async function recovers(path, fault, what) {
  proxy.heal();
  await tryAgain(it.page);
  if ((fault.final || fault.grows) && !(await says(it.page, asEver[path], 0))) {
    await go(it.page, path === "/" ? jane : "/");
    await settled(it.page);
    await go(it.page, path);
  }
  if (await says(it.page, asEver[path], 3000)) return;
  // The record itself may have changed meanwhile: then it must look as it does when it is loaded anew.
  const now = await shown(it.page);
  await fresh(path);
  asEver[path] = await shown(it.page);
  assert.equal(now, asEver[path], `${what}: not as ever`);
}

const names = { rm2: "South Manchester", shared: "Shared record" };

// A fault at every place takes minutes: usually each is tried at one of them, in turn; ALONGSIDE_FAULTS=all tries every one.
const everywhere = process.env.ALONGSIDE_FAULTS === "all";
const places = Object.entries(names).flatMap(([source, says]) => [jane, "/"].map((path) => ({ source, says, path })));

for (const [nth, [name, fault]] of Object.entries(faults).entries()) {
  // 50 MB once is enough.
  const tried = fault.grows ? places.slice(0, 1) : everywhere ? places : [places[nth % places.length]];
  for (const { source, says, path } of tried) {
    test(`${name}, ${says}, ${path === "/" ? "the list" : "a person"}`, { skip }, async () => {
      proxy.fail({ [source]: fault });
      await fresh(path);
      assert.ok(proxy.failed > 0, "the fault was met");
      await it.fine(name);
      const words = await everything(it.page);
      const said = path === "/" && fault.listed !== undefined ? fault.listed : fault.said;
      if (said) {
        assert.match(words, said, `the failure is named:\n${words}`);
        assert.ok(words.includes(says), `the source is named:\n${words}`);
      } else if (!fault.grows && !fault.final) {
        assert.equal(await shown(it.page), asEver[path]);
      }
      await recovers(path, fault, name);
      await it.fine(name);
      assert.equal(proxy.broken, undefined);
    });
  }
}

test("an answer from before the fault was mended is never taken for a new one", { skip }, async () => {
  const page = await it.context.newPage();
  // What asks ahead reads answers by `json`, the program does not: so the program is always the first to ask.
  await page.addInitScript(() => {
    const { json } = Response.prototype;
    Response.prototype.json = async function late() {
      await new Promise((done) => setTimeout(done, 2000));
      return json.call(this);
    };
  });
  proxy.fail({ shared: faults["HTTP 500"] });
  await page.goto(`${proxy.url}/`);
  const again = page.getByRole("button", { name: "Try again", exact: true });
  await again.waitFor();
  await page.waitForTimeout(2500);
  proxy.heal();
  await again.click();
  await page.locator(".app-work__link").first().waitFor({ timeout: 5000 });
  await page.close();
});

test("a row says once which source has not answered, and does not look as if all had", { skip }, async () => {
  proxy.fail({ rm2: faults["HTTP 503"] });
  await fresh("/?list=everyone");
  const all = await it.page.locator(".app-work__row").allInnerTexts();
  const [unasked, rows] = [true, false].map((is) => all.filter((row) => row.includes("no valid NHS number") === is));
  assert.ok(rows.length > 2 && unasked.length > 0);
  for (const row of unasked) {
    assert.equal(row.split(`${names.rm2} not asked: no valid NHS number`).length, 2, row);
    assert.match(row, /[Ff]rom the other sources/, row);
  }
  for (const row of rows) {
    assert.equal(row.split(`${names.rm2} too busy`).length, 2, row);
    assert.match(row, /[Ff]rom the other sources/, row);
  }
  assert.ok(rows.some((row) => /From the other sources only/.test(row)), "somebody has news");
  proxy.heal();
});

test("the allergy strip says of a failure what the panels say, and never that there is none", { skip }, async () => {
  const strip = it.page.locator(".app-allergies");
  for (const [name, words] of [["HTTP 503", "too busy to answer"], ["HTTP 401", "signed out"], ["HTTP 502", "not reached"]]) {
    proxy.fail({ shared: faults[name] });
    await fresh(jane);
    const said = await strip.innerText();
    assert.match(said, /^\s*Allergies unavailable/);
    assert.ok(said.includes(`Shared record ${words}`), `${name}: ${said}`);
    const panels = await it.page.locator("main").innerText();
    assert.ok(panels.includes(words), `${name}: ${panels}`);
    for (const note of await strip.locator(".app-allergies__note").allInnerTexts()) {
      const short = note.replace(/^.*?(too busy|signed out|not reached|not asked)/, "$1").trim();
      assert.ok(!short || /of \d sources/.test(short) || panels.includes(short), `${name}: ${short}, but the panels: ${panels}`);
    }
    proxy.heal();
    await fresh(jane);
  }
});
