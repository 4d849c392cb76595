// A crisis plan is written: what is typed is on the device at once and in the record when it is saved; nothing is lost
// to a closed tab, a lost answer or a colleague.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { another, crisisPlans, edit, field, get, patientOf, put, save, saved, standing, trigger } from "../crisis.mjs";
import { cases, close, enter, fits, settled, sizes, visitor } from "../page.mjs";
import { plain, takeOut } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

/** A crisis plan of somebody whom no other journey looks at, as it was. */
let plan;

before(async () => {
  plan = (await crisisPlans()).find((it) => it.partOf?.length);
  assert.ok(plan, "somebody has a crisis plan that is part of theirs");
});

afterEach(() => put(plan));
after(close);

/** Somebody at this person's plan, with the editor open. */
async function writer(options = {}, id = patientOf(plan)) {
  const it = await visitor(options);
  await enter(it.page, `/patient/${id}/plan`, options.reader);
  await settled(it.page);
  await edit(it.page);
  return it;
}

const onDevice = (page) => standing(page).getByText(/^Saved on this device \d\d:\d\d:\d\d · not on the record yet$/).waitFor();

/** What the record has, without what a server writes by itself. */
async function recorded() {
  return plain(await get(`CarePlan/${plan.id}`));
}

test("what is changed is in the record, nothing else is, and it says who wrote it", async () => {
  const { page, context, quiet } = await writer();
  await clean(page, "the editor of a crisis plan");
  await standing(page).getByText("As it is in the record").waitFor();
  const words = `More breathless than usual ${Date.now()}`;
  await field(page, "Trigger factors").fill(words);
  await onDevice(page);
  await another(page, "Add another step", "What should happen 2");
  await page.keyboard.type("Ring the nurse");
  await page.keyboard.press("Control+s");
  await saved(page);
  const now = await recorded();
  const expected = plain(structuredClone(plan));
  trigger(expected).detail.description = words;
  const added = now.activity.pop();
  assert.deepEqual(now, expected, "nothing else has changed");
  assert.equal(added.detail.code.text, "What should happen");
  assert.equal(added.detail.description, "Ring the nurse");
  const reader = await page.evaluate(() => JSON.parse(localStorage["alongside.reader"]));
  const { entry } = await get(`Provenance?target=CarePlan/${plan.id}&_sort=-recorded`);
  const { agent } = entry.map((it) => it.resource).sort((a, b) => (a.recorded < b.recorded ? 1 : -1))[0];
  assert.equal(agent[0].who.reference, `PractitionerRole/${reader.role_id}`);
  const crisis = page.locator("#crisis");
  await crisis.getByText(words).waitFor();
  await crisis.getByText(new RegExp(`Last updated .* by ${reader.name}`)).waitFor();
  // The focus is at the section.
  await page.waitForFunction(() => document.activeElement.textContent === "Crisis and contingency");
  quiet();
  await context.close();
});

test("the editor that takes long, or cannot be opened, leaves the plan to be read, says so, and opens when it is tried again", async () => {
  const { page, context } = await visitor();
  await enter(page, `/patient/${patientOf(plan)}/plan`);
  await settled(page);
  const words = page.locator("#crisis").getByText(trigger(plan).detail.description).first();
  await words.waitFor();
  let cut;
  const held = new Promise((done) => { cut = done; });
  await page.route(new RegExp(`/CarePlan/${plan.id}$`), (route) => held.then(() => route.abort()));
  await page.locator("#crisis").getByRole("button", { name: /^Edit/ }).click();
  await page.locator("#crisis").getByText("Opening what the record has").waitFor();
  assert.ok(await words.isVisible(), "the plan is there meanwhile");
  cut();
  const told = page.locator("#crisis").getByRole("alert").filter({ hasText: "It could not be opened to be written" });
  await told.waitFor();
  assert.ok(await words.isVisible(), "and when it failed");
  const again = told.getByRole("button", { name: "Try again" });
  await page.waitForFunction((it) => it === document.activeElement, await again.elementHandle());
  await clean(page, "an editor that could not be opened");
  await page.unroute(new RegExp(`/CarePlan/${plan.id}$`));
  await again.click();
  await field(page, "Trigger factors").waitFor();
  assert.equal(await told.count(), 0);
  assert.equal(await page.locator("#crisis").getByRole("button", { name: /^Edit/ }).count(), 0, "now the editor stands there");
  await context.close();
});

test("a plan without a trigger is not saved: it says so, leads there, and saves when there is one", async () => {
  const { page, context, quiet } = await writer({ size: sizes.phone, touch: true });
  await fits(page, "the editor");
  await field(page, "Trigger factors").fill("");
  await save(page);
  const summary = page.locator(".nhsuk-error-summary");
  await summary.waitFor();
  assert.ok(await summary.evaluate((it) => it === document.activeElement), "the summary has the focus");
  await clean(page, "a crisis plan with an error");
  await summary.getByRole("link", { name: "Enter at least one trigger factor" }).click();
  assert.ok(await field(page, "Trigger factors").evaluate((it) => it === document.activeElement));
  assert.deepEqual((await recorded()).activity, plan.activity, "nothing was sent");
  await page.keyboard.type("Three pillows");
  await summary.waitFor({ state: "detached" });
  await save(page);
  await saved(page);
  assert.equal(trigger(await recorded()).detail.description, "Three pillows");
  quiet();
  await context.close();
});

test("a closed tab, and a page that was left at once, lose nothing: the draft is offered in place, for this person only", async () => {
  const { page, context, quiet } = await writer();
  await field(page, "Coping strategies").fill("The window open");
  await onDevice(page);
  await page.close();
  const second = await context.newPage();
  await second.goto(`${page.url().split("#")[0]}`);
  const offer = second.locator(".app-write__draft");
  await offer.getByText(/This device has kept changes to this plan that you wrote at \d\d:\d\d/).waitFor();
  await clean(second, "a draft that is offered");
  await offer.getByRole("button", { name: "Go on writing" }).click();
  await field(second, "Coping strategies").waitFor();
  assert.equal(await field(second, "Coping strategies").inputValue(), "The window open");
  // Elsewhere in the moment after a letter was typed.
  await field(second, "Coping strategies").fill("The window open, and the fan");
  await second.locator(".app-nav").getByRole("link", { name: "My patients" }).click();
  await second.locator(".app-work__link").first().waitFor();
  await second.goBack();
  await offer.getByRole("button", { name: "Go on writing" }).click();
  await field(second, "Coping strategies").waitFor();
  assert.equal(await field(second, "Coping strategies").inputValue(), "The window open, and the fan");
  await second.goto(second.url().replace(patientOf(plan), cases.jane.patient));
  await settled(second);
  await second.locator("#crisis").getByRole("button", { name: /^Edit/ }).waitFor();
  await second.waitForTimeout(1000);
  assert.equal(await offer.count(), 0, "not for somebody else");
  assert.deepEqual((await recorded()).activity, plan.activity, "nothing was sent");
  quiet();
  await context.close();
});

test("a draft belongs to who wrote it: somebody else at the device finds none, and it is gone", async () => {
  const { page, context, quiet } = await writer();
  await field(page, "Coping strategies").fill("Mine alone");
  await onDevice(page);
  const address = page.url();
  const become = async (nth) => {
    await page.locator(".app-top__button--who").click();
    await page.getByRole("button", { name: "Work as somebody else" }).click();
    // Who has something here is told first.
    if (nth === 1) {
      await page.getByRole("alert").getByText("One draft is on this device only. It is lost when somebody else works on this device.").waitFor();
      await page.getByRole("button", { name: "Leave, and lose it" }).click();
    }
    await page.locator(".app-people__person").nth(nth).click();
    await page.locator("#page-heading, #section-heading").first().waitFor();
    await page.goto(address);
    await settled(page);
    await page.locator("#crisis").getByRole("button", { name: /^Edit/ }).waitFor();
    await page.waitForTimeout(1000);
  };
  await become(1);
  assert.equal(await page.locator(".app-write__draft").count(), 0);
  await become(0);
  assert.equal(await page.locator(".app-write__draft").count(), 0, "gone from the device");
  quiet();
  await context.close();
});

test("an answer that is lost, and a record that cannot be reached: it says so, tries again, and writes once", async () => {
  const { page, context, quiet } = await writer();
  let lost = 0;
  // A transaction where the record takes one, else the plan by itself.
  await page.route(/\/fhir\/shared/, async (route) => {
    const asked = route.request();
    const writes = (asked.method() === "PUT" && asked.url().includes("/CarePlan/")) || (asked.postData() ?? "").includes('"transaction"');
    if (!writes || lost > 0) return route.fallback();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await another(page, "Add another trigger factor", "Trigger factors 2");
  await page.keyboard.type("Ankles up a shoe size");
  await save(page);
  await standing(page).getByText(/not on the record yet: .* not reached since \d\d:\d\d. It is tried again by itself/).waitFor({ timeout: 15_000 });
  await saved(page);
  // What is said to be saved is what is shown, not what was there before.
  await page.locator("#crisis").getByText("Ankles up a shoe size").waitFor({ timeout: 10_000 });
  assert.equal(lost, 1);
  const now = await recorded();
  assert.equal(now.activity.filter((it) => it.detail?.description === "Ankles up a shoe size").length, 1, "once");

  await edit(page);
  await page.route(/\/fhir\/shared/, (route) => (route.request().method() === "GET" && route.request().url().includes("/CarePlan/") ? route.fallback() : route.abort()));
  await field(page, "Relapse indicators").fill("Slippers tight by evening");
  await save(page);
  await standing(page).getByText(/^Saved on this device .* not on the record yet: .* not reached/).waitFor({ timeout: 15_000 });
  await page.unroute(/\/fhir\/shared/);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await saved(page);
  assert.ok((await recorded()).activity.some((it) => it.detail?.description === "Slippers tight by evening"));
  quiet({ failing: true });
  await context.close();
});

test("two people: what only one has changed comes together, what both have is put side by side and a person decides", async () => {
  const { page, context, quiet } = await writer();
  await field(page, "Trigger factors").fill("Mine: sleeping in the chair");
  const theirs = await get(`CarePlan/${plan.id}`);
  trigger(theirs).detail.description = "Theirs: two pillows";
  theirs.activity.push({ detail: { code: { text: "Coping strategies" }, status: "scheduled", description: "Theirs: the fan" } });
  await put(theirs);
  await save(page);
  const clash = page.locator(".app-clash");
  await clash.waitFor({ timeout: 15_000 });
  const words = await clash.innerText();
  for (const it of ["Before", trigger(plan).detail.description, "On the record now", "Theirs: two pillows", "Yours", "Mine: sleeping in the chair"]) assert.ok(words.includes(it), words);
  await standing(page).getByText(/not on the record yet: first decide what two people have changed$/).waitFor();
  await page.getByText(/Changed on the record while you were writing, seen at \d\d:\d\d. One entry needs you./).waitFor();
  await clean(page, "two people's changes side by side");
  assert.ok(await page.getByRole("button", { name: "Save to the record" }).isDisabled(), "nothing is sent before it is decided");
  assert.equal(trigger(await recorded()).detail.description, "Theirs: two pillows");
  await clash.getByRole("button", { name: "Write one from both" }).click();
  await clash.waitFor({ state: "detached" });
  assert.equal(await field(page, "Trigger factors").inputValue(), "Theirs: two pillows\nMine: sleeping in the chair");
  await field(page, "Trigger factors").fill("Two pillows, or sleeping in the chair");
  await save(page);
  await saved(page);
  const now = await recorded();
  assert.equal(trigger(now).detail.description, "Two pillows, or sleeping in the chair");
  assert.ok(now.activity.some((it) => it.detail?.description === "Theirs: the fan"), "theirs has come along");
  // The browser notes that the record refused the older version.
  quiet({ failing: true });
  await context.close();
});

test("a plan that somebody ends while it is written says so, and what was typed stays", async () => {
  const { page, context, quiet } = await writer();
  await field(page, "Advance statement").fill("At home, with the dog");
  await onDevice(page);
  await put({ ...(await get(`CarePlan/${plan.id}`)), status: "revoked" });
  const told = page.locator(".app-write").getByText("The record says that this has been ended (status: revoked).");
  await told.waitFor({ timeout: 30_000 });
  assert.equal(await field(page, "Advance statement").inputValue(), "At home, with the dog");
  await fits(page, "a plan that was ended");
  await clean(page, "a plan that was ended while it is written");
  await put({ ...(await get(`CarePlan/${plan.id}`)), status: "active" });
  // Saving finds that it goes on, and what was typed goes there.
  await save(page);
  await saved(page);
  assert.ok((await recorded()).activity.some((it) => it.detail?.description === "At home, with the dog"));
  quiet({ failing: true });
  await context.close();
});

test("a draft of hours ago meets a plan three versions on, and what is thrown away is gone", async () => {
  const { page, context, quiet } = await writer();
  await field(page, "Advance statement").fill("At home, with the dog");
  await onDevice(page);
  await page.close();
  for (const nth of [1, 2, 3]) {
    const newer = await get(`CarePlan/${plan.id}`);
    trigger(newer).detail.description = `Version ${nth}`;
    await put(newer);
  }
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByRole("button", { name: "Go on writing" }).click();
  await second.waitForFunction(() => document.querySelector(".app-write textarea")?.value === "Version 3");
  await save(second);
  await saved(second);
  const now = await recorded();
  assert.equal(trigger(now).detail.description, "Version 3");
  assert.ok(now.activity.some((it) => it.detail?.description === "At home, with the dog"));

  await edit(second);
  await field(second, "Relapse indicators").fill("Thrown away");
  await onDevice(second);
  await second.getByRole("button", { name: "Discard this draft" }).click();
  await second.getByRole("button", { name: "Yes, throw it away" }).click();
  await second.reload();
  await settled(second);
  await second.locator("#crisis").getByRole("button", { name: /^Edit/ }).waitFor();
  await second.waitForTimeout(1000);
  assert.equal(await second.locator(".app-write__draft").count(), 0);
  quiet();
  await context.close();
});

test("reviewed, no change: two taps, the next review is planned, and everything else of the plan stays", async () => {
  const whole = await get(plan.partOf[0].reference);
  const { page, context, quiet } = await visitor({ size: sizes.phone, touch: true });
  try {
    await enter(page, `/patient/${patientOf(plan)}/plan`);
    await settled(page);
    await page.getByRole("button", { name: "Reviewed, no change" }).tap();
    await page.getByLabel("Next review").selectOption("6");
    await clean(page, "the review of a plan");
    await fits(page, "the review of a plan");
    await page.getByRole("button", { name: "Save to the record" }).tap();
    await page.getByText(/^The review is on the record. The next one is due \d\d-\w{3}-\d{4}.$/).waitFor({ timeout: 15_000 });
    const now = await get(plan.partOf[0].reference);
    const reviews = (it) => it.activity.filter((one) => one.detail?.code?.coding?.some((code) => code.code === "425268008"));
    const due = reviews(now).filter((it) => it.detail.status === "scheduled").map((it) => it.detail.scheduledPeriod.start);
    const day = (months) => {
      const [year, month, date] = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format().split("-").map(Number);
      const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
      return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
    };
    assert.ok(due.includes(day(6)), `${due}`);
    assert.ok(reviews(now).some((it) => it.detail.status === "completed" && it.detail.scheduledPeriod.end === day(0)));
    const rest = (it) => ({ ...it, meta: undefined, activity: it.activity.filter((one) => !reviews(it).includes(one)) });
    assert.deepEqual(rest(now), rest(whole), "nothing else has changed");
    await page.locator(".app-plan .app-panel").first().getByText("Last reviewed").waitFor();
    quiet();
  } finally {
    await put(whole);
    await context.close();
  }
});

test("who has no crisis plan gets one, by keyboard alone, written once and part of nothing else", async () => {
  const id = cases["no-plan"].patient;
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${id}/plan`);
  await settled(page);
  const begin = page.getByRole("button", { name: "Write a crisis plan" });
  await begin.focus();
  await page.keyboard.press("Enter");
  await field(page, "Trigger factors").waitFor();
  await page.waitForFunction(() => document.activeElement?.closest(".app-write"));
  await page.keyboard.press("Tab");
  await page.keyboard.type("Sugar under 4");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Juice, then bread");
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement.textContent)) === "Save to the record") break;
  }
  await page.keyboard.press("Enter");
  await saved(page);
  await page.locator("#crisis").getByText("Sugar under 4").waitFor();
  const found = await get(`CarePlan?patient=${id}`);
  const plans = (found.entry ?? []).map((it) => it.resource).filter((it) => it.category?.[0]?.coding?.[0]?.code === "325691000000100");
  await takeOut(plans.map((it) => `CarePlan/${it.id}`));
  assert.equal(plans.length, 1);
  assert.deepEqual(plans[0].activity.map((it) => [it.detail.code.text, it.detail.description]), [
    ["Trigger factors", "Sugar under 4"],
    ["What should happen", "Juice, then bread"],
  ]);
  assert.equal(plans[0].subject.reference, `Patient/${id}`);
  quiet();
  await context.close();
});

sendsValid("CarePlan", "Provenance");
