// What is saved while the record cannot be reached waits, is seen on every page, and goes by itself: with its editor
// closed, after a restart, from one window; what needs a person says so and leads to where it is decided.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { crisisPlans, edit, field, get, patientOf, put, save, under } from "../crisis.mjs";
import { close, enter, fits, settled, sizes, visitor } from "../page.mjs";
import { url } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";
import { go } from "../watch.mjs";

/** A crisis plan of somebody whom no other journey writes, as it was. */
let plan;

const part = (it, heading) => under(it, heading).map((one) => one.detail.description);

before(async () => {
  plan = (await crisisPlans()).filter((it) => it.partOf?.length && part(it, "Trigger factors").length === 1).pop();
  assert.ok(plan, "somebody has a crisis plan with one trigger");
});

afterEach(() => put(plan));
after(close);

const isWrite = (request) => request.method() === "PUT" || (request.postData() ?? "").includes('"transaction"');

/** The shared record takes nothing from this window until `back` is called; counts what it took. */
async function unreachable(context) {
  const state = { down: true, taken: 0 };
  await context.route(/\/fhir\/shared/, async (route) => {
    if (!isWrite(route.request())) return route.fallback();
    if (state.down) return route.abort();
    // Whom the reader has looked at, and that they edit, is written beside it.
    if (!route.request().url().includes("/List")) state.taken += 1;
    return route.fallback();
  });
  return state;
}

const plans = () => `/patient/${patientOf(plan)}/plan`;
const bar = (page) => page.locator(".app-top__waits");
const online = (page) => page.evaluate(() => dispatchEvent(new Event("online")));

/** Somebody who has saved this and closed the editor while the record cannot be reached. */
async function waiting(words, options = {}) {
  const it = await visitor(options);
  const record = await unreachable(it.context);
  await enter(it.page, plans(), options.reader);
  await settled(it.page);
  await edit(it.page);
  await field(it.page, "Trigger factors").fill(words);
  await save(it.page);
  await it.page.getByRole("button", { name: "Close: it is saved by itself" }).click({ timeout: 20_000 });
  await it.page.getByText("Kept on this device, and saved to the record as soon as it can be reached.").waitFor();
  return { ...it, record };
}

const recorded = async () => part(await get(`CarePlan/${plan.id}`), "Trigger factors");

async function until(what, wanted, timeout = 30_000) {
  const end = Date.now() + timeout;
  while (!(await wanted())) {
    assert.ok(Date.now() < end, what);
    await new Promise((go) => setTimeout(go, 250));
  }
}

test("what is saved while the record cannot be reached waits in sight on every page, and goes by itself, once", async () => {
  const words = `Waits ${Date.now()}`;
  const { page, context, quiet, record } = await waiting(words);
  await bar(page).getByText("1 waiting to be saved").waitFor({ timeout: 20_000 });
  await page.locator("#crisis .app-write__draft").getByText(/^You saved changes to this plan at \d\d:\d\d. They are on this device, and wait/).waitFor();
  await bar(page).getByRole("button").click();
  const line = bar(page).locator(".app-waits__line");
  await line.getByText(/^Saved by you at \d\d:\d\d, not on the record yet: .* not reached since \d\d:\d\d. It is tried again by itself$/).waitFor();
  const name = await page.locator(".app-banner__name").innerText();
  assert.match(await line.innerText(), new RegExp(`^Changes to this plan, ${name.split("\n")[0].replace(/[()]/g, "\\$&")}`));
  await clean(page, "the list of what waits");
  await page.keyboard.press("Escape");
  // Elsewhere nobody is named whom the page does not show.
  await page.locator(".app-nav").getByRole("link", { name: "Hospital activity" }).click();
  await page.locator("#page-heading").waitFor();
  await bar(page).getByRole("button").click();
  await line.locator("bdi").getByText("somebody whose record is not open").waitFor();
  assert.ok(!(await bar(page).innerText()).includes(name.split(",")[0]));
  assert.deepEqual(await recorded(), part(plan, "Trigger factors"));
  record.down = false;
  await line.getByRole("button", { name: /^Try now/ }).click();
  await bar(page).getByRole("button", { name: /^Saved to the record \d\d:\d\d/ }).waitFor({ timeout: 20_000 });
  assert.deepEqual(await recorded(), [words]);
  assert.equal(record.taken, 1, "once");
  const { entry } = await get(`Provenance?target=CarePlan/${plan.id}`);
  assert.ok(entry.length > 0, "with who wrote it");
  quiet({ failing: true });
  await context.close();
});

test("after a restart it goes on by itself, without a hand, wherever the page is", async () => {
  const words = `Restarted ${Date.now()}`;
  const { page, context, quiet, record } = await waiting(words);
  await bar(page).getByText("1 waiting to be saved").waitFor({ timeout: 20_000 });
  await page.close();
  record.down = false;
  const second = await context.newPage();
  await second.goto(`${url}/`);
  await until("it is on the record", async () => (await recorded())[0] === words);
  await bar(second).getByRole("button", { name: /^Saved to the record/ }).waitFor();
  assert.equal(record.taken, 1, "once");
  await second.goto(url + plans());
  await settled(second);
  await second.locator("#crisis").getByText(words).waitFor();
  await second.waitForTimeout(1000);
  assert.equal(await second.locator(".app-write__draft").count(), 0, "no draft is left");
  quiet({ failing: true });
  await context.close();
});

test("what is typed after it was saved does not go with it; closing the tab at that moment loses neither", async () => {
  const words = `Asked ${Date.now()}`;
  const { page, context, record, quiet } = await waiting(words);
  // Going on with what waits.
  await edit(page);
  await until("the editor has what waits", async () => (await field(page, "Trigger factors").inputValue()) === words);
  await field(page, "Trigger factors").fill(`${words} and half a sen`);
  await page.locator(".app-write__standing").getByText(/without what you have typed since$/).waitFor({ timeout: 40_000 });
  await page.waitForTimeout(700);
  await page.close();
  record.down = false;
  const second = await context.newPage();
  await second.goto(url + plans());
  await until("it is on the record", async () => (await recorded())[0] === words);
  const offer = second.locator("#crisis .app-write__draft");
  await offer.getByText(/^This device has kept changes to this plan that you wrote/).waitFor();
  await offer.getByRole("button", { name: "Go on writing" }).click();
  await until("the rest is a draft", async () => (await field(second, "Trigger factors").inputValue()) === `${words} and half a sen`);
  assert.deepEqual(await recorded(), [words]);
  await second.getByRole("button", { name: "Discard this draft" }).click();
  await second.getByRole("button", { name: "Yes, throw it away" }).click();
  quiet({ failing: true });
  await context.close();
});

test("two windows: one sends, both know; the other goes on when the first is closed", async () => {
  const words = `Two windows ${Date.now()}`;
  const { page, context, record, quiet } = await waiting(words);
  const second = await context.newPage();
  await second.goto(`${url}/`);
  await second.mouse.move(10, 10);
  await bar(second).getByText("1 waiting to be saved").waitFor({ timeout: 20_000 });
  await page.close();
  record.down = false;
  await online(second);
  await until("it is on the record", async () => (await recorded())[0] === words);
  await second.waitForTimeout(3000);
  assert.equal(record.taken, 1, "once");
  quiet({ failing: true });
  await context.close();
});

test("what a colleague has changed too stops, says so, and leads to the editor where it is decided", async () => {
  const words = `Mine ${Date.now()}`;
  const { page, context, record, quiet } = await waiting(words, { size: sizes.phone, touch: true });
  const theirs = await get(`CarePlan/${plan.id}`);
  theirs.activity.find((it) => it.detail?.code?.text === "Trigger factors").detail.description = "Theirs";
  await put(theirs);
  await page.goto(`${url}/`);
  record.down = false;
  await page.mouse.move(10, 10);
  const button = bar(page).getByRole("button", { name: "1 waiting to be saved, 1 needs you" });
  await button.waitFor({ timeout: 30_000 });
  assert.deepEqual(await recorded(), ["Theirs"], "nobody but a person decides");
  await fits(page, "what waits, on a phone");
  await button.tap();
  await bar(page).getByText(/somebody else has changed the same: open it, and decide$/).waitFor();
  await fits(page, "the list of what waits, on a phone");
  await clean(page, "the list of what needs somebody, on a phone");
  await bar(page).getByRole("button", { name: /^Open/ }).tap();
  const clash = page.locator("#crisis .app-clash");
  await clash.waitFor({ timeout: 20_000 });
  await clash.getByRole("button", { name: "Keep mine" }).tap();
  await page.getByRole("button", { name: "Save to the record" }).tap();
  await page.locator("#crisis").getByText(/^Saved to the record \d\d:\d\d\.$/).waitFor({ timeout: 20_000 });
  assert.deepEqual(await recorded(), [words]);
  await bar(page).getByRole("button", { name: /waiting/ }).waitFor({ state: "detached" });
  quiet({ failing: true });
  await context.close();
});

test("who leaves while something waits is told first; staying loses nothing", async () => {
  const { page, context, quiet, record } = await waiting(`Leaving ${Date.now()}`);
  await page.locator(".app-top__button--who").click();
  await page.getByRole("button", { name: "Work as somebody else" }).click();
  await page.getByRole("alert").getByText("One change that you saved has not reached the record yet. It is lost when somebody else works on this device.").waitFor();
  await clean(page, "leaving while something waits");
  await page.getByRole("button", { name: "Stay", exact: true }).click();
  record.down = false;
  await online(page);
  await until("it is on the record", async () => /^Leaving/.test((await recorded())[0]));
  await page.waitForTimeout(2000);
  await page.getByRole("button", { name: "Work as somebody else" }).click();
  await page.locator(".app-people__person").first().waitFor();
  quiet({ failing: true });
  await context.close();
});

test("a window that is still open for somebody else takes nothing of it away", async () => {
  const { page: theirs, context, quiet } = await visitor();
  await enter(theirs);
  await settled(theirs);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator(".app-top__button--who").click();
  await page.getByRole("button", { name: "Work as somebody else" }).click();
  await page.locator(".app-people__person").nth(1).click();
  await page.locator("#page-heading").waitFor();
  const record = await unreachable(context);
  await go(page, plans());
  await settled(page);
  await edit(page);
  const words = `Beside ${Date.now()}`;
  await field(page, "Trigger factors").fill(words);
  await save(page);
  await page.getByRole("button", { name: "Close: it is saved by itself" }).click({ timeout: 20_000 });
  await bar(page).getByRole("button", { name: /1 waiting/ }).waitFor();
  // Whoever works in the other window looks for drafts of theirs, and begins one.
  await go(theirs, plans());
  await settled(theirs);
  await edit(theirs);
  await field(theirs, "Trigger factors").fill("Not kept here");
  await theirs.getByText("This device cannot keep it").first().waitFor({ timeout: 20_000 });
  await page.waitForTimeout(2000);
  assert.equal(await bar(page).getByRole("button", { name: /1 waiting/ }).count(), 1);
  record.down = false;
  await online(page);
  await until("it is on the record", async () => (await recorded())[0] === words);
  quiet({ failing: true });
  await context.close();
});

sendsValid("CarePlan", "Provenance");
