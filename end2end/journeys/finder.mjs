// Find a patient, from anywhere.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, visitor } from "../page.mjs";
import { server, url } from "../record-apis.mjs";

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

test("Enter opens nobody who was not marked, unless nobody else can be meant; and nobody when the list is closed", async () => {
  const { page, context, box, quiet } = await finder();
  const banner = page.locator(".app-banner__name");
  await box.fill("j");
  await page.getByRole("option").nth(1).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(500);
  assert.equal(await banner.count(), 0, "several are on the screen");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(500);
  assert.equal(await banner.count(), 0, "nobody is on the screen");
  await box.fill(cases.jane.nhsNumber);
  await page.getByRole("option", { name: /SMITH, Jane/ }).waitFor();
  await page.keyboard.press("Enter");
  await banner.filter({ hasText: "SMITH, Jane" }).waitFor();
  quiet();
  await context.close();
});

/** The finder of somebody who has no list: whoever is found is found in the record. */
async function searcher() {
  const it = await visitor();
  await it.page.goto(url);
  await it.page.getByRole("button", { name: /Go on without a name/ }).click();
  await it.page.locator("#page-heading").waitFor();
  await it.page.keyboard.press("/");
  return { ...it, box: it.page.getByRole("combobox", { name: /Find a patient/ }) };
}

test("the record is asked for names as they may be written, and by what was pasted along with a number or a date", async () => {
  const { page, context, box, quiet } = await searcher();
  const number = cases.jane.nhsNumber;
  const forms = ["Mrs. J. Smith 1945", "DOB 14/07/1945", `NHS No. ${number}`, `\u202a${number}\u202c`, `SMITH, Jane (Mrs) 14-Jul-1945 ${number}`];
  const wanted = [...forms.map((typed) => [typed, /SMITH, Jane/]), ...["o'brien maureen", "O`Brien maureen", "obrien maureen", "o brien maureen"].map((typed) => [typed, /O.BRIEN, Maureen/])];
  // Others do not ask for what is in a name.
  if (server === "helios") wanted.push(["wong kwok wing", /WONG, Kwok Wing/], ["al sayed", /AL-SAYED/], ["Szymanska-Featherstonehaugh", /SZYMA/]);
  for (const [typed, name] of wanted) {
    await box.fill("");
    await box.fill(typed);
    await page.getByRole("option", { name }).first().waitFor({ timeout: 10_000 }).catch(() => assert.fail(typed));
  }
  quiet();
  await context.close();
});

test("who does not fit what was typed is not offered, whatever the record answers", async () => {
  const { page, context, box, quiet } = await searcher();
  // A server that does not look at what it is asked for.
  await page.route(/\/fhir\/shared\/Patient\?/, (route) => {
    const address = new URL(route.request().url());
    for (const it of ["name", "name:contains", "identifier"]) address.searchParams.delete(it);
    return route.continue({ url: address.href });
  });
  for (const typed of ["zzyzx", cases["500-encounters"].nhsNumber]) {
    await box.fill(typed);
    await page.locator(".app-finder__status", { hasText: "answered in part" }).waitFor();
    const others = page.locator(".app-finder__hit").filter({ hasNotText: "MIRZA" });
    assert.equal(await others.count(), 0, typed);
  }
  quiet();
  await context.close();
});

test("while the record cannot be searched that is said, and it is tried again without a hand", async () => {
  const { page, context, box, quiet } = await searcher();
  const search = /\/fhir\/shared\/Patient\?/;
  await page.route(search, (route) => route.abort());
  await box.fill(cases["500-encounters"].nhsNumber);
  await page.locator(".app-finder__status", { hasText: "cannot be searched now" }).waitFor({ timeout: 15_000 });
  await page.unroute(search);
  await page.locator(".app-finder__hit", { hasText: "MIRZA" }).waitFor({ timeout: 30_000 });
  quiet({ failing: true });
  await context.close();
});
