// News that was seen on one device is no news on another: the reader's own list in the shared record.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { close, settled, visitor } from "../page.mjs";
import { apis, offers, url } from "../record-apis.mjs";

const skip = !(await offers("shared", "List", "identifier")) && "the shared record keeps no lists that can be found again";

after(close);

const headers = { Accept: "application/fhir+json", "content-type": "application/fhir+json" };

/** The reader's list as the record has it, if it has one. */
async function kept(owner) {
  const answer = await fetch(`${apis.shared}/List?identifier=${encodeURIComponent(`urn:alongside:last-looked|${owner}`)}`, { headers });
  const { entry = [] } = await answer.json();
  assert.ok(entry.length <= 1, "one list");
  return entry[0]?.resource;
}

async function until(what, words) {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await what();
    if (found) return found;
    await new Promise((go) => setTimeout(go, 100));
  }
  return assert.fail(words);
}

/** The last one offered: not the reader of the other journeys, whose list others write at the same time. */
async function arrive(page) {
  await page.goto(url);
  const people = page.locator(".app-people__person");
  await people.first().waitFor();
  await settled(page);
  for (let nth = (await people.count()) - 1; nth >= 0; nth -= 1) {
    await people.nth(nth).click();
    await page.locator("#page-heading").waitFor();
    await settled(page);
    // Somebody with a few patients, of whom there is news.
    const [all, silent] = [await page.locator(".app-work__link").count(), await page.getByText("Nothing new").count()];
    if (all - silent >= 2) return;
    await page.locator(".app-top__button--who").click();
    await page.getByRole("button", { name: "Work as somebody else" }).click();
    await people.first().waitFor();
    await settled(page);
  }
  assert.fail("nobody has news");
}

/** A device of the reader's, with their list on the screen and a hand on the mouse. */
async function device() {
  const it = await visitor();
  await arrive(it.page);
  await hand(it.page);
  const owner = await it.page.evaluate(() => JSON.parse(localStorage["alongside.reader"]).practitioner_id);
  return { ...it, owner };
}

async function hand(page) {
  await page.mouse.move(300, 300);
  await page.mouse.move(310, 310);
}

const rowOf = (page, id) => page.locator(".app-work__row", { has: page.locator(`a[href="/patient/${id}"]`) });
const news = (page, id) => rowOf(page, id).getByText("Nothing new");

/** Somebody of whom there is news. */
async function newest(page) {
  const rows = page.locator(".app-work__row").filter({ hasNotText: "Nothing new" });
  return (await rows.locator(".app-work__link").first().getAttribute("href")).split("/").pop();
}

async function look(page, id) {
  await rowOf(page, id).locator(".app-work__link").click();
  await page.locator(".app-banner__name").waitFor();
  await settled(page);
}

/** What is said of where it is kept. */
async function said(page) {
  await page.locator(".app-top__button--who").click();
  const words = page.getByText(/Which news you have seen/);
  await words.waitFor();
  const text = await words.innerText();
  await page.keyboard.press("Escape");
  return text;
}

test("what was seen on one device is no news on the other, and both are kept", { skip }, async () => {
  const [here, there] = [await device(), await device()];
  const { owner } = here;
  const before = await kept(owner);
  try {
    const one = await newest(here.page);
    await look(here.page, one);
    const holds = (id) => async () => (await kept(owner))?.entry?.some((it) => it.item.reference === `Patient/${id}`);
    await until(holds(one), "the record has not been told");
    assert.equal(await said(here.page), "Which news you have seen is known on your other devices.");

    // The other device looks at somebody else, then hears of the first when it writes.
    assert.equal(await news(there.page, one).count(), 0);
    const another = there.page.locator(`.app-work__link:not([href$="${one}"])`).first();
    const id = (await another.getAttribute("href")).split("/").pop();
    await look(there.page, id);
    await until(async () => (await holds(one)()) && (await holds(id)()), "one has overwritten the other");
    await there.page.goBack();
    await settled(there.page);
    await news(there.page, one).waitFor();
    assert.equal((await kept(owner)).status, "current");
    for (const it of [here, there]) it.quiet();
  } finally {
    await Promise.all([here.context.close(), there.context.close()]);
    const list = await kept(owner);
    if (list && !before) await fetch(`${apis.shared}/List/${list.id}`, { method: "DELETE" });
  }
});

test("an address that leads to nobody is nobody who was looked at", { skip }, async () => {
  const { page, context, owner, quiet } = await device();
  const before = await kept(owner);
  const list = page.url();
  try {
    await page.goto(`${url}/patient/nobody-has-this-address`);
    await page.locator("#section-heading").waitFor();
    await settled(page);
    await page.goto(list);
    await page.locator(".app-work__link").first().waitFor();
    await settled(page);
    await hand(page);
    const one = (await page.locator(".app-work__link").last().getAttribute("href")).split("/").pop();
    await look(page, one);
    const named = async () => (await kept(owner))?.entry?.map((it) => it.item.reference);
    await until(async () => (await named())?.includes(`Patient/${one}`), "the record has not been told");
    assert.ok(!(await named()).includes("Patient/nobody-has-this-address"));
    quiet({ failing: true });
  } finally {
    await context.close();
    const now = await kept(owner);
    if (now && !before) await fetch(`${apis.shared}/List/${now.id}`, { method: "DELETE" });
  }
});

test("two windows of one device know the same at once, and a record that does not take it is said not to", async () => {
  const { page, context, quiet } = await visitor();
  const nothing = (route) => (route.request().method() === "GET" ? route.continue() : route.fulfill({ status: 403, json: { resourceType: "OperationOutcome", issue: [] } }));
  await context.route(/\/fhir\/shared\/List/, nothing);
  await arrive(page);
  const second = await context.newPage();
  await second.goto(page.url());
  await second.locator(".app-work__link").first().waitFor();
  await settled(second);
  for (const it of [second, page]) await hand(it);
  const id = await newest(second);
  await page.waitForTimeout(1500);
  // It is written some seconds after somebody was looked at.
  const refused = context.waitForEvent("response", (it) => it.status() === 403 && /\/fhir\/shared\/List/.test(it.url()));
  await look(page, id);
  await news(second, id).waitFor();
  await refused;
  assert.match(await said(page), /kept on this device only/);
  quiet({ failing: true });
  await context.close();
});
