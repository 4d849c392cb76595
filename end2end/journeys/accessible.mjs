// axe on every screen and in every state that a reader can meet.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, enter, person, sections, settled, sizes, visitor } from "../page.mjs";
import { server, url } from "../record-apis.mjs";

after(close);

const fault = { status: 500, contentType: "application/fhir+json", body: '{"resourceType":"OperationOutcome"}' };

/** Every record API of one source answers 500. */
const fail = (page, source) => page.route(new RegExp(`/fhir/${source}(/|$|\\?)`), (route) => route.fulfill(fault));

async function list(page) {
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
}

test("axe: who are you, and the first screen, on a desktop and a phone", async () => {
  for (const [name, size] of [["desktop", sizes.desktop], ["phone", sizes.phone]]) {
    const { page, context, quiet } = await visitor({ size, touch: name === "phone" });
    await page.goto(url);
    await page.locator(".app-people__person").first().waitFor();
    await clean(page, `who are you, ${name}`);
    await page.getByLabel("Find by surname").fill("zzyzx");
    await page.getByRole("status").filter({ hasText: "Nobody" }).waitFor();
    await clean(page, `who are you, nobody found, ${name}`);
    await enter(page);
    await list(page);
    await clean(page, `worklist, ${name}`);
    quiet();
    await context.close();
  }
});

test("axe: every list, a filter that shows nobody, the keys", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  for (const code of ["in-hospital", "discharged", "everyone"]) {
    await page.goto(`${url}/?list=${code}`);
    await list(page);
    await clean(page, `list ${code}`);
  }
  const teams = await page.locator("#list optgroup").evaluateAll((all) => all.map((it) => it.querySelector("option").value));
  for (const code of teams.filter((it) => /[:-]/.test(it) && it !== "in-hospital").slice(0, 2)) {
    await page.locator("#list").selectOption(code);
    await settled(page);
    await clean(page, `list ${code}`);
  }
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await clean(page, "keys");
  quiet();
  await context.close();
});

test("axe: hospital activity, with a trust that fails, on a desktop and a phone", async () => {
  for (const [name, size] of [["desktop", sizes.desktop], ["phone", sizes.phone]]) {
    const { page, context, quiet } = await visitor({ size, touch: name === "phone" });
    await enter(page, "/hospital");
    await page.locator(".app-stream__event").first().waitFor();
    await settled(page);
    await clean(page, `hospital activity, ${name}`);
    for (const view of ["Appointments to come", "Week"]) {
      await page.getByRole("button", { name: view, exact: true }).click();
      await page.locator(view === "Week" ? ".app-week" : ".app-to-calendar").first().waitFor();
      await clean(page, `hospital activity, ${view}, ${name}`);
    }
    await fail(page, "rw3");
    await page.goto(`${url}/hospital?show=unplanned`);
    await page.locator(".app-notice").first().waitFor();
    await settled(page);
    await clean(page, `hospital activity, a trust fails, ${name}`);
    quiet({ failing: true });
    await context.close();
  }
});

test("axe: the finder, empty, with people, with nobody, with a wrong check digit", async () => {
  for (const [name, size] of [["desktop", sizes.desktop], ["phone", sizes.phone]]) {
    const { page, context, quiet } = await visitor({ size });
    await enter(page);
    await list(page);
    const box = page.getByRole("combobox", { name: /Find a patient/ });
    await box.focus();
    await clean(page, `finder, empty, ${name}`);
    await box.fill("smith 1945");
    await page.getByRole("option", { name: /SMITH, Jane/ }).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await clean(page, `finder, people, ${name}`);
    await box.fill("zzyzx");
    await page.waitForFunction(() => /nobody/i.test(document.querySelector(".app-finder").innerText));
    await clean(page, `finder, nobody, ${name}`);
    const digits = cases.jane.nhsNumber;
    await box.fill(digits.slice(0, 9) + ((Number(digits[9]) + 1) % 10));
    await page.waitForFunction(() => /check digit/i.test(document.querySelector(".app-finder").innerText));
    await clean(page, `finder, wrong check digit, ${name}`);
    quiet();
    await context.close();
  }
});

test("axe: every section of a full record, and what opens in it", async () => {
  for (const [name, size] of [["desktop", sizes.desktop], ["phone", sizes.phone]]) {
    const { page, context, quiet } = await visitor({ size, touch: name === "phone" });
    await enter(page, `/patient/${cases.jane.patient}`);
    await settled(page);
    for (const [at, section] of sections.entries()) {
      await page.locator(".app-rail__link").nth(at).click();
      await page.locator("#section-heading").waitFor();
      await settled(page);
      await clean(page, `${section}, ${name}`);
      const details = page.locator("main details:not([open]) > summary");
      if ((await details.count()) > 0) {
        await details.first().click();
        await clean(page, `${section} with details open, ${name}`);
      }
      if (section === "results") {
        await page.locator(".app-result__test").first().click();
        await page.locator(".app-trend").waitFor();
        await settled(page);
        await clean(page, `a trend, ${name}`);
      }
    }
    for (const [at, button] of (await page.locator(".app-top__button").all()).entries()) {
      await button.click();
      await clean(page, `popover ${at + 1} of the bar, ${name}`);
      await page.keyboard.press("Escape");
    }
    quiet();
    await context.close();
  }
});

test("axe: people with rare records", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  const rare = ["deceased", "no-plan", "withheld", "allergies-not-recorded", "no-known-allergies", "allergies-unknown", "number-conflict", "no-nhs-number", "long-name", "hostile-html"];
  for (const name of rare.filter((it) => cases[it])) {
    await person(page, cases[name].patient);
    await clean(page, name);
  }
  quiet();
  await context.close();
});

test("axe: a source that fails, the shared record that fails, nothing at an address, a wrong configuration", { skip: server === "given" }, async () => {
  const { page, context } = await visitor();
  await enter(page);
  await fail(page, "rw3");
  await person(page, cases.jane.patient);
  await page.locator(".app-note--failed").first().waitFor();
  await clean(page, "a source that fails, overview");
  for (const section of ["results", "activity"]) {
    await page.locator(".app-rail__link").nth(sections.indexOf(section)).click();
    await settled(page);
    await clean(page, `a source that fails, ${section}`);
  }
  await page.locator(".app-top__button").first().click();
  await clean(page, "a source that fails, list of sources");
  await page.unrouteAll();

  await fail(page, "shared");
  await page.goto(url);
  await page.getByRole("heading", { name: "This list could not be loaded" }).waitFor();
  await clean(page, "the shared record fails, worklist");
  await page.goto(`${url}/patient/${cases.jane.patient}`);
  await page.getByRole("alert").first().waitFor();
  await clean(page, "the shared record fails, a person");
  await page.unrouteAll();

  await page.goto(`${url}/nothing/here`);
  await page.getByRole("heading", { name: "Page not found" }).waitFor();
  await clean(page, "page not found");
  await page.goto(`${url}/patient/there-is-no-such-person`);
  await page.getByRole("alert").first().waitFor();
  await clean(page, "no such person");

  await page.route(/\/config\.json$/, (route) => route.fulfill({ status: 200, contentType: "application/json", body: "{" }));
  await page.goto(url);
  await page.getByRole("alert").waitFor();
  assert.match(await page.title(), /Configuration/);
  await clean(page, "wrong configuration");
  await context.close();
});

test("axe: the style guide, where there is one; a page that is deployed has none", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await page.goto(`${url}/styleguide`);
  await page.locator("h1").first().waitFor();
  if (await page.getByRole("heading", { name: "Page not found" }).count()) {
    assert.equal(await page.locator(".app-banner, .app-graph, .nhsuk-notification-banner").count(), 0);
  } else {
    for (const part of ["overview", "worklist", "states", "controls", "trend"]) {
      await page.locator(`.app-nav__link[href="#${part}"]`).click();
      await page.locator(`.app-nav__link[aria-current][href="#${part}"]`).waitFor();
      await clean(page, `style guide, ${part}`);
    }
  }
  quiet();
  await context.close();
});

test("axe is awake: it names a picture without words", async () => {
  const { page, context } = await visitor();
  await enter(page);
  await page.evaluate(() => document.querySelector("main").append(document.createElement("img")));
  await assert.rejects(clean(page, "a picture"), /image-alt/);
  await context.close();
});
