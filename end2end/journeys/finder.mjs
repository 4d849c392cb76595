// Find a patient, from anywhere.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, visitor } from "../page.mjs";

after(close);

async function finder() {
  const it = await visitor();
  await enter(it.page);
  await it.page.keyboard.press("/");
  const box = it.page.getByRole("combobox", { name: /Find a patient/ });
  return { ...it, box, status: () => it.page.locator(".app-finder").innerText() };
}

test("by NHS number in any spacing, and a wrong check digit is said while typing", async () => {
  const { page, context, box, status, quiet } = await finder();
  assert.ok(await box.evaluate((it) => it === document.activeElement), "/ goes to the finder");
  const digits = cases.jane.nhsNumber;
  for (const typed of [digits, `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`, `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`]) {
    await box.fill(typed);
    await page.getByRole("option", { name: /SMITH, Jane/ }).waitFor();
    assert.match(await box.inputValue(), /^\d{3} \d{3} \d{4}$/);
  }
  const wrong = digits.slice(0, 9) + ((Number(digits[9]) + 1) % 10);
  await box.fill(wrong);
  await page.waitForFunction(() => /check digit/i.test(document.querySelector(".app-finder").innerText));
  assert.match(await status(), /check digit/i);
  quiet();
  await context.close();
});

test("by birth date in common forms, by name, and by both", async () => {
  const { page, context, box, quiet } = await finder();
  for (const typed of ["14/07/1945", "14.7.45", "14-Jul-1945", "14 July 1945", "1945-07-14", "smith 1945", "jane smith"]) {
    await box.fill(typed);
    await page.getByRole("option", { name: /SMITH, Jane/ }).first().waitFor({ timeout: 10_000 }).catch(() => assert.fail(typed));
  }
  for (const typed of ["o'brien", "o’brien", "obrien"]) {
    await box.fill(typed);
    await page.getByRole("option", { name: /O.BRIEN/ }).first().waitFor({ timeout: 10_000 }).catch(() => assert.fail(typed));
  }
  quiet();
  await context.close();
});

test("nobody found says what was searched, and Escape gives the page back", async () => {
  const { page, context, box, status, quiet } = await finder();
  await box.fill("zzyzx");
  await page.waitForFunction(() => /nobody/i.test(document.querySelector(".app-finder").innerText));
  assert.match(await status(), /Shared record/);
  await page.keyboard.press("Escape");
  quiet();
  await context.close();
});

test("arrows choose and Enter opens", async () => {
  const { page, context, box, quiet } = await finder();
  await box.fill(cases.jane.nhsNumber);
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".app-banner__name", { hasText: "SMITH, Jane" }).waitFor();
  quiet();
  await context.close();
});
