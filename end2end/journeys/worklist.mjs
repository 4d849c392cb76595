// The first screen: lists, filters, orders, keys.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { close, enter, settled, sizes, visitor } from "../page.mjs";
import { offers } from "../record-apis.mjs";

after(close);

test("my patients: everybody whose care team I am in, with where they are, what changed, plan, key worker and risk", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, "/", "Asha");
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  assert.match(await page.locator(".app-head").innerText(), /\d+ (of \d+ )?people/);
  const heads = await page.locator("thead").innerText();
  for (const column of ["Person", "Where now", "Since you last looked", "Plan", "Key worker", "Risk of admission"]) {
    assert.match(heads, new RegExp(column));
  }
  const jane = page.locator(".app-work__row").filter({ hasText: "SMITH, Jane" });
  const words = await jane.innerText();
  assert.match(words, /14-Jul-1945/);
  assert.match(words, /\d{3} \d{3} \d{4}/);
  assert.match(words, /In hospital/);
  // What a source cannot be asked for is not known; it is never said to be missing.
  const cells = await jane.locator("td, th").allInnerTexts();
  const [keyWorker, risk] = cells.slice(-2);
  assert.match(keyWorker, (await offers("shared", "CareTeam", "patient", "subject")) ? /Tom Achebe/ : /Not known now/);
  assert.match(risk, (await offers("shared", "RiskAssessment", "patient", "subject")) ? /%/ : /Not known now/);
  quiet();
  await context.close();
});

test("filters and orders ask nobody again, and the address carries them", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  const asked = [];
  page.on("request", (request) => request.url().includes("/fhir/") && request.method() === "POST" && asked.push(request.url()));
  await page.getByRole("button", { name: /^In hospital \d/ }).click();
  await page.waitForURL(/show=in-hospital/);
  const rows = await page.locator(".app-work__row").allInnerTexts();
  assert.ok(rows.length > 0 && rows.every((it) => /In hospital|In ED/.test(it)), rows.join("\n"));
  await page.getByRole("button", { name: /^All \d/ }).click();
  await page.getByRole("button", { name: "Risk of admission" }).click();
  await page.waitForURL(/sort=risk/);
  const risks = (await page.locator(".app-work__row").allInnerTexts()).map((it) => Number(it.match(/(\d+(\.\d+)?) ?%/)?.[1] ?? -1));
  assert.deepEqual(risks, [...risks].sort((a, b) => b - a));
  assert.deepEqual(asked, [], "sorting and filtering need no round trip");
  await page.goBack();
  await page.waitForURL((it) => !it.search.includes("sort="));
  quiet();
  await context.close();
});

test("teams, areas and the whole programme can be picked", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  const picker = page.getByLabel("List");
  await page.waitForFunction(() => document.querySelectorAll("#list option").length > 5);
  const options = await picker.locator("option").allInnerTexts();
  assert.ok(options.some((it) => /team/i.test(it)), options.join(", "));
  assert.ok(options.some((it) => /Manchester/.test(it)), options.join(", "));
  await page.locator(".app-work__link").first().waitFor();
  const mine = await page.locator(".app-work__row").count();
  await picker.selectOption("everyone");
  await page.waitForURL(/list=everyone/);
  // The people of the other list, not only its name.
  await page.waitForFunction((mine) => document.querySelectorAll(".app-work__row").length > mine, mine);
  await picker.selectOption("in-hospital");
  await page.getByRole("heading", { level: 1, name: "In hospital now" }).waitFor();
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  for (const row of await page.locator(".app-work__row").allInnerTexts()) {
    assert.match(row, /In hospital|In ED|Deceased/);
  }
  quiet();
  await context.close();
});

test("keyboard: j to the next person, Enter opens, back comes back to the list", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const name = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await page.locator(".app-banner__name").waitFor();
  assert.match(await page.locator(".app-banner__name").innerText(), new RegExp(name.slice(0, 8).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i"));
  await page.goBack();
  await page.locator(".app-work__link").first().waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  quiet();
  await context.close();
});

test("a phone shows each person as a card with every fact", async () => {
  const { page, context, quiet } = await visitor({ size: sizes.phone, touch: true });
  await enter(page);
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  const card = await page.locator(".app-work__row").first().innerText();
  for (const fact of [/Born/, /Plan/, /Key worker/, /Risk/]) assert.match(card, fact);
  quiet();
  await context.close();
});

test("the focus stays on a person while sources answer and the row is drawn again", async () => {
  // High enough for everybody, wherever the order of the day puts them.
  const { page, context, quiet } = await visitor({ size: { width: 1280, height: 8000 } });
  await enter(page);
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  let answer;
  const held = new Promise((done) => (answer = done));
  await page.route(/\/fhir\/rm2/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.locator(".app-work__link").first().waitFor();
  const link = page.locator(".app-work__link", { hasText: "HUSSAIN, Nasreen" });
  await link.focus();
  assert.ok(await page.locator(".app-work .app-skeleton").count(), "a source is still awaited");
  await link.evaluate((it) => (globalThis.drawnBefore = it));
  answer();
  await settled(page);
  await page.waitForTimeout(100);
  assert.equal(await link.evaluate((it) => it === globalThis.drawnBefore), false, "the row was drawn again");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), await link.textContent());
  quiet();
  await context.close();
});
