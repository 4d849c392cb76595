// The worst moments to be written to: the record API ends at the moment of saving, the tab dies between two letters, and a
// draft of three hours ago meets a plan three versions on.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { crisisPlans, edit, field, get, patientOf, put, save, saved, standing, trigger } from "../crisis.mjs";
import { close, enter, settled, visitor } from "../page.mjs";
import { canFail, down, restore } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

/** A crisis plan of somebody whom no other journey writes, as it was. */
let plan;

const recorded = async () => trigger(await get(`CarePlan/${plan.id}`)).detail.description;

before(async () => {
  plan = (await crisisPlans()).at(-2);
  assert.ok(plan, "somebody has a crisis plan");
});

afterEach(() => put(plan));
after(close);

const offer = (page) => page.locator(".app-write__draft");

/** Somebody who writes this person's crisis plan. */
async function writer(prepare) {
  const it = await visitor();
  await prepare?.(it.page);
  await enter(it.page, `/patient/${patientOf(plan)}/plan`);
  await settled(it.page);
  await edit(it.page);
  return it;
}

test("the record API ends at the moment of saving: it is said, typing goes on, and once it is back it is written, once", { skip: !canFail }, async () => {
  const { page, context } = await writer();
  const words = `Stopped ${Date.now()}`;
  const writes = [];
  page.on("response", (it) => {
    const asked = it.request();
    const isWrite = asked.method() === "PUT" || (asked.postData() ?? "").includes('"transaction"');
    if (isWrite && it.ok() && !/\/List/.test(it.url())) writes.push(asked.url());
  });
  await field(page, "Trigger factors").fill(words);
  await down("shared");
  try {
    await save(page);
    await standing(page).getByText(/^Saved on this device .* not on the record yet: .*tried again by itself/).waitFor({ timeout: 40_000 });
    await field(page, "Trigger factors").press("End");
    assert.ok(await field(page, "Trigger factors").evaluate((it) => it === document.activeElement), "typing goes on");
  } finally {
    await restore("shared");
  }
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await saved(page, 90_000);
  assert.equal(await recorded(), words);
  assert.equal(writes.length, 1, "once");
  await context.close();
});

test("a tab that dies between two letters: what stood there a second before is offered, and nothing was sent", async () => {
  const { page, context } = await writer();
  await field(page, "Trigger factors").fill("");
  await field(page, "Trigger factors").pressSequentially("Two pillows become three", { delay: 20 });
  await page.waitForTimeout(1000);
  // Between two letters, with more on their way.
  const last = field(page, "Trigger factors").pressSequentially(", ankles", { delay: 20 }).catch(() => {});
  const wire = await context.newCDPSession(page);
  wire.send("Page.crash").catch(() => {});
  await page.waitForEvent("crash");
  await page.close();
  await last;
  const second = await context.newPage();
  await second.goto(page.url());
  await offer(second).getByText(/This device has kept changes to this plan that you wrote/).waitFor();
  assert.equal(await recorded(), trigger(plan).detail.description, "nothing was sent");
  await offer(second).getByRole("button", { name: "Go on writing" }).click();
  await field(second, "Trigger factors").waitFor();
  assert.match(await field(second, "Trigger factors").inputValue(), /^Two pillows become three/);
  await save(second);
  await saved(second, 90_000);
  assert.match(await recorded(), /^Two pillows become three/);
  await context.close();
});

test("a draft of three hours ago against a plan three versions on: what both changed is decided, the rest comes together", async () => {
  const hours = 3 * 3_600_000;
  const { page, context } = await writer((first) => first.clock.install({ time: Date.now() - hours }));
  await field(page, "Trigger factors").fill("Mine, of three hours ago");
  await page.getByRole("button", { name: "Add another step" }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA" && document.activeElement.value === "");
  await page.keyboard.type("Ring the nurse");
  // What is typed is kept within a second; that something is kept is said of what was typed before, too.
  await page.waitForTimeout(1000);
  await standing(page).getByText(/^Saved on this device/).waitFor();
  await page.close();
  for (const nth of [1, 2, 3]) {
    const newer = await get(`CarePlan/${plan.id}`);
    trigger(newer).detail.description = `Theirs, version ${nth}`;
    await put(newer);
  }
  const second = await context.newPage();
  await second.goto(page.url());
  const clock = (at) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit" }).format(at);
  const said = await offer(second).innerText();
  const about = [0, 1, 2].map((minutes) => clock(Date.now() - hours - minutes * 60_000));
  assert.ok(about.some((it) => said.includes(it)), `${said}, at about ${about[0]}`);
  await offer(second).getByRole("button", { name: "Go on writing" }).click();
  const clash = second.locator(".app-clash");
  await clash.waitFor({ timeout: 15_000 });
  for (const words of ["Theirs, version 3", "Mine, of three hours ago"]) await clash.getByText(words, { exact: true }).waitFor();
  await clash.getByRole("button", { name: "Keep what is on the record" }).click();
  await save(second);
  await saved(second, 90_000);
  const now = await get(`CarePlan/${plan.id}`);
  assert.equal(trigger(now).detail.description, "Theirs, version 3");
  assert.ok(now.activity.some((it) => it.detail?.description === "Ring the nurse"), "mine has come along");
  await context.close();
});

sendsValid("CarePlan", "Provenance");
