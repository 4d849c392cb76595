// What nobody had planned is told at once, whatever page is open: quietly, without moving anything, until it is looked at.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, configure, enter, polled, settled, sizes, visitor } from "../page.mjs";
import { arrival, booking, trust, unwrite, who } from "../writing.mjs";

afterEach(unwrite);
after(close);

const toast = (page) => page.locator(".app-toast");

/** Somebody at `path`, with the trusts asked every second, from a second after the first use on. */
async function reader(path, { init, ...options } = {}) {
  const it = await visitor(options);
  if (init) await it.page.addInitScript(init);
  const config = await configure(it.page, ({ limits, sources }) => {
    limits.watchAfterSeconds = 1;
    sources.forEach(polled);
  });
  // Again and again since then: the first answers have come, and what comes now is new.
  const asked = new Map();
  it.page.on("request", (request) => {
    const source = new URL(request.url()).pathname.split("/")[2];
    asked.set(source, (asked.get(source) ?? 0) + 1);
  });
  await enter(it.page, path);
  await settled(it.page);
  await it.page.mouse.move(300, 300);
  const trusts = config.sources.filter((one) => one.enabled !== false && one.provides.includes("activity") && one.kind !== "shared").map((one) => one.id);
  for (let tries = 0; !trusts.every((one) => asked.get(one) >= 4); tries += 1) {
    assert.ok(tries < 300, `not watching: ${JSON.stringify([...asked])}`);
    await it.page.waitForTimeout(100);
  }
  await it.page.waitForTimeout(1500);
  return it;
}

test("an arrival in the emergency department is told on the list, moves nothing, and one press opens the person", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await reader("/");
  assert.equal(await toast(page).count(), 0, "what had happened before is not new");
  const first = page.locator(".app-work__link").first();
  const place = await first.boundingBox();
  await booking(source, 26);
  const { id } = await arrival(source);
  await toast(page).waitFor({ timeout: 15_000 });
  const said = await toast(page).innerText();
  assert.match(said, new RegExp(`${who.listed.split(",")[0]}[^]*Arrived in ED[^]*${id}`, "i"));
  assert.equal(await toast(page).count(), 1, "what was planned is not told");
  assert.deepEqual(await first.boundingBox(), place, "nothing has moved");
  assert.match(await page.title(), /^\(1\) My patients/);
  assert.match(await page.locator(".app-nav").innerText(), /Hospital activity\s*1\s*unplanned, new/);
  await clean(page, "a toast on the list");
  await toast(page).getByRole("link").click();
  await page.locator(".app-banner__name").waitFor();
  await page.getByRole("heading", { name: "If it goes wrong" }).waitFor();
  await toast(page).waitFor({ state: "detached" });
  assert.doesNotMatch(await page.title(), /^\(/);

  // Another, while the person is open.
  await arrival(source);
  await toast(page).waitFor({ timeout: 15_000 });
  await toast(page).getByRole("button", { name: /^Close: / }).click();
  await toast(page).waitFor({ state: "detached" });
  quiet();
  await context.close();
});

test("on a phone one covers a corner, can be closed by a finger, and says how many more; where everything is shown they are gone", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await reader(`/patient/${cases.jane.patient}`, { size: sizes.phone, touch: true });
  for (let each = 0; each < 4; each += 1) await arrival(source);
  await page.getByText("3 more in Hospital activity").waitFor({ timeout: 20_000 });
  assert.equal(await toast(page).count(), 1);
  const all = await page.locator(".app-toasts").boundingBox();
  const nav = await page.locator(".app-nav").boundingBox();
  assert.ok(all.x >= 0 && all.x + all.width <= sizes.phone.width && all.y + all.height <= nav.y, JSON.stringify([all, nav]));
  const button = toast(page).first().getByRole("button");
  const { width, height } = await button.boundingBox();
  assert.ok(width >= 44 && height >= 44, `${width} × ${height}`);
  await clean(page, "toasts on a phone");
  await button.tap();
  await page.getByText("2 more in Hospital activity").waitFor();
  assert.equal(await toast(page).count(), 1);
  await page.locator(".app-nav").getByRole("link", { name: /Hospital activity/ }).click();
  await page.locator(".app-stream__event").first().waitFor();
  assert.equal(await toast(page).count(), 0);
  assert.equal(await page.locator(".app-stream__wait").count(), 0, "all of it is shown");
  await page.waitForFunction(() => !document.title.startsWith("("));
  quiet();
  await context.close();
});

/** The dialog in which the reader says what to be told of. */
async function rules(page, chosen) {
  await page.locator(".app-top__button--who").click();
  await page.getByRole("button", { name: "Alerts" }).click();
  const dialog = page.getByRole("dialog", { name: "Alerts" });
  await dialog.waitFor();
  for (const [label, value] of Object.entries(chosen)) await dialog.getByLabel(label, { exact: true }).selectOption(value);
  await clean(page, "what to be told of");
  await dialog.getByRole("button", { name: "Close" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
}

const unplanned = /Hospital activity\s*(\d+)\s*unplanned, new/;

test("the reader's own rules: everything, only as key worker, quiet hours; kept for the next visit", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await reader("/");
  const nav = page.locator(".app-nav");
  await rules(page, { "Tell me about": "everything" });
  await booking(source, 26);
  await toast(page).waitFor({ timeout: 15_000 });
  assert.match(await toast(page).innerText(), /Appointment booked/);
  await toast(page).getByRole("button").click();

  // Whose key worker I am is in the care team of the shared record.
  const isKeyWorker = await page.locator(".app-work__row", { hasText: who.listed.split(",")[0] }).filter({ hasText: (await page.evaluate(() => JSON.parse(localStorage["alongside.reader"]))).name }).count();
  await rules(page, { "Tell me about": "unplanned", For: "key-worker" });
  await arrival(source);
  if (isKeyWorker) await toast(page).waitFor({ timeout: 15_000 });
  else await page.waitForTimeout(5000);
  assert.equal(await toast(page).count(), isKeyWorker ? 1 : 0);

  // In quiet hours it is counted, and nothing is said. The hour now, in England, until the next.
  const hour = Number(new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", hourCycle: "h23" }).format());
  await rules(page, { For: "mine", "Quiet from": `${hour}` });
  await rules(page, { until: `${(hour + 2) % 24}` });
  await toast(page).waitFor({ state: "detached" });
  await nav.getByText("unplanned, new").waitFor({ state: "attached", timeout: 15_000 });
  assert.match(await nav.innerText(), unplanned);
  assert.equal(await toast(page).count(), 0);

  await page.reload();
  await page.locator(".app-work__link").first().waitFor();
  const text = await page.evaluate(() => Object.entries(localStorage).find(([key]) => key.startsWith("alongside.alerts."))[1]);
  assert.equal(text, `quiet-${hour}-${(hour + 2) % 24}`);
  quiet();
  await context.close();
});

/* Runs in the page: what the device is asked to show, and a reader who has gone elsewhere. */
function elsewhere() {
  globalThis.noticed = [];
  globalThis.Notification = class {
    static permission = "default";
    static requestPermission() {
      this.permission = "granted";
      return Promise.resolve("granted");
    }
    constructor(title, { body, tag }) {
      globalThis.noticed.push({ title, body, tag });
    }
  };
  globalThis.away = false;
  Document.prototype.hasFocus = () => !globalThis.away;
  Object.defineProperty(Document.prototype, "hidden", { get: () => globalThis.away });
}

test("away from the page, a notice of the device says how many, and never whom", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await reader("/", { init: elsewhere });
  await rules(page, { "When I am not at this page": "notified" });
  await page.evaluate(() => (globalThis.away = true));
  await page.waitForTimeout(1500);
  await arrival(source);
  await page.waitForFunction(() => globalThis.noticed.length > 0, undefined, { timeout: 15_000 });
  assert.deepEqual(await page.evaluate(() => globalThis.noticed), [
    { title: "1 event for your patients", body: "Open the page to see what happened and to whom.", tag: "alongside" },
  ]);
  await page.evaluate(() => (globalThis.away = false));
  await arrival(source);
  await page.locator(".app-toasts").getByText(/more in Hospital|Arrived/).nth(1).waitFor({ timeout: 15_000 });
  assert.equal(await page.evaluate(() => globalThis.noticed.length), 1, "who is there needs no notice");
  quiet();
  await context.close();
});
