// Random schedules: somebody opens people, sections and lists in a hurry while every source fails and lies at random,
// request by request. At every moment: no panic, nobody else's facts, nothing in the console but failed loads. Then
// the faults go, and the page must say what it said before.
//
// ALONGSIDE_SCHEDULES=3000 runs thousands; ALONGSIDE_SEED repeats a run. A failure prints its seed and path (which
// ALONGSIDE_SEED and ALONGSIDE_PATH take to go straight there) and the fewest steps that still fail.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import fc from "fast-check";

import { faults } from "../faults.mjs";
import { cases, close, sections, settled } from "../page.mjs";
import { faultProxy } from "../proxy.mjs";
import { server } from "../record-apis.mjs";
import { enterAt, everything, go, says, shown, tryAgain, watchedVisitor } from "../watch.mjs";

const skip = server !== "helios" && "with Helios only";
const runs = Number(process.env.ALONGSIDE_SCHEDULES ?? 25);
const seed = Number(process.env.ALONGSIDE_SEED ?? 20_261_123);
const path = process.env.ALONGSIDE_PATH;

const people = ["jane", "in-ed-now", "discharged-yesterday"].map((name) => cases[name]);
const lists = ["/", "/?list=in-hospital", "/?list=everyone", "/?show=in-hospital", "/?sort=risk"];
// What takes the page seconds by its nature is for faults.mjs.
const quick = Object.keys(faults).filter((name) => !faults[name].grows && !/no word how long/.test(name));

const step = fc.record({
  act: fc.oneof(
    { weight: 6, arbitrary: fc.record({ open: fc.nat(people.length - 1) }) },
    { weight: 4, arbitrary: fc.record({ section: fc.nat(sections.length - 1) }) },
    { weight: 3, arbitrary: fc.record({ list: fc.nat(lists.length - 1) }) },
    { weight: 3, arbitrary: fc.constant({ back: true }) },
    { weight: 2, arbitrary: fc.constant({ again: true }) },
    { weight: 1, arbitrary: fc.constant({ reload: true }) },
  ),
  // What each source answers to the questions that this step and those before it still ask.
  lies: fc.dictionary(fc.constantFrom("shared", "rw3", "rw6", "rm2"), fc.constantFrom(...quick), { maxKeys: 3 }),
  pause: fc.nat(120),
});

let proxy;
let it;
const asEver = new Map();

/** Opens a person inside the page and waits until the screen is as ever, with whatever trying again that needs. */
async function isAsEver(person) {
  const wanted = asEver.get(person.patient);
  for (const patience of [1500, 1500, 3000]) {
    await go(it.page, "/");
    await go(it.page, `/patient/${person.patient}`);
    await it.page.locator(".app-banner__name").waitFor();
    await tryAgain(it.page);
    if (await says(it.page, wanted, patience)) return;
  }
  // The record itself may have changed meanwhile: then it must look as it does when it is loaded anew.
  const now = await shown(it.page);
  await it.page.goto(`${proxy.url}/patient/${person.patient}`);
  await settled(it.page);
  asEver.set(person.patient, await shown(it.page));
  assert.equal(now, asEver.get(person.patient), `not as ever:\n${await everything(it.page)}`);
}

before(async () => {
  if (skip) return;
  proxy = await faultProxy();
  it = await watchedVisitor();
  await enterAt(it.page, proxy.url);
  for (const turn of [0, 1]) {
    for (const person of people) {
      await go(it.page, "/");
      await go(it.page, `/patient/${person.patient}`);
      await it.page.locator(".app-banner__name", { hasText: person.listed.split(",")[0] }).waitFor();
      await settled(it.page);
      if (turn) asEver.set(person.patient, await shown(it.page));
    }
  }
});

after(async () => {
  await it?.context.close();
  proxy?.close();
  await close();
});

/** Before the program runs, a link loads its page: the script that pressed it ends with its document. */
function loads(error) {
  if (!/Execution context was destroyed/.test(error.message)) throw error;
}

async function act({ open, section, list, back, again, reload }) {
  const { page } = it;
  if (open !== undefined) await go(page, `/patient/${people[open].patient}`);
  else if (list !== undefined) await go(page, lists[list]);
  else if (back) {
    // Back inside the page: what lies before it is another document.
    await page.evaluate(() => {
      const before = navigation.entries()[navigation.currentEntry.index - 1];
      if (before?.sameDocument) history.back();
    });
  }
  else if (reload) await page.reload({ waitUntil: "commit" });
  else {
    // By their place among the links of the rail, or whatever offers to try again: both may not be there now.
    await page.evaluate((at) => {
      const all = [...document.querySelectorAll(at === null ? "main button" : ".app-rail__link")];
      const it = at === null ? all.find((button) => /^Try again/.test(button.textContent)) : all[at];
      it?.click();
    }, again ? null : section);
  }
}

async function schedule(todo) {
  let lies = {};
  proxy.fail(({ source }) => faults[lies[source]]);
  for (const { act: what, lies: next, pause } of todo) {
    lies = next;
    await act(what).catch(loads);
    await it.page.waitForTimeout(pause);
  }
  proxy.heal();
  // A step may have been to load the page again.
  await it.page.waitForLoadState();
  await it.page.locator("#maincontent").waitFor();
  await it.fine("while sources failed");
  await isAsEver(people[todo.length % people.length]);
  await it.fine("when they had recovered");
  assert.equal(proxy.broken, undefined);
}

test(`${runs} random schedules of faults and haste (seed ${seed})`, { skip }, async () => {
  let done = 0;
  const property = fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
    await schedule(steps);
    done += 1;
    if (done % 100 === 0) console.log(`${done} schedules`);
  });
  property.afterEach(async () => {
    // After a failure the smaller schedules that are tried next begin on a page that works.
    proxy.heal();
    const begin = () => it.page.goto(proxy.url);
    // A page that was on its way elsewhere may get there first: what failed is what is to be told, not that.
    if (await it.page.evaluate(() => globalThis.watched().length > 0).catch(() => true)) await begin().catch(begin);
  });
  await fc.assert(property, { numRuns: runs, seed, path, endOnFailure: runs < 100, verbose: 1 });
});
