// Hospital activity of which no date tells, and reports that are no more than words: told as it comes, and to who comes later.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";

import { bar, events, watcher } from "../hospital.mjs";
import { close, person } from "../page.mjs";
import { url } from "../record-apis.mjs";
import { record, trust, unwrite, who } from "../writing.mjs";

afterEach(unwrite);
after(close);

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const line = (page, words) => page.locator(".app-stream__event", { hasText: words });

test("an image that was reported is told in its words, once, corrected, and in the row, and goes when it was wrong", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await watcher();
  const mark = `bleed ${Date.now()}`;
  const image = { resourceType: "DiagnosticReport", status: "preliminary", code: { text: "CT head" }, effectiveDateTime: ago(90), issued: ago(1), conclusion: `No ${mark}` };
  const { id } = await record(source, image);
  await bar(page).getByText("1 new, show").waitFor({ timeout: 15_000 });
  await bar(page).click();
  assert.match(await line(page, mark).innerText(), new RegExp(`CT head reported \\(preliminary\\): No ${mark}`));
  await record(source, { ...image, status: "amended", conclusion: `Small ${mark}` }, id);
  await line(page, `CT head reported (amended): Small ${mark}`).waitFor({ timeout: 15_000 });
  assert.equal(await line(page, mark).count(), 1, "corrected, not doubled");
  await page.locator(".app-chip", { hasText: "Results" }).click();
  assert.equal(await line(page, mark).count(), 1, "it is a result");
  const fresh = await watcher();
  assert.equal(await line(fresh.page, mark).count(), 1, "a fresh load tells it too");
  await fresh.context.close();

  // Their row, among all, on a screen that has room for everybody.
  await page.setViewportSize({ width: 1280, height: 9000 });
  await page.goto(url);
  const row = page.locator(".app-work__row", { has: page.locator(`a[href="/patient/${who.patient}"]`) });
  await row.getByText(`CT head reported (amended): Small ${mark}`).waitFor();
  await person(page, who.patient);
  await page.getByText(`CT head reported (amended): Small ${mark}`).first().waitFor();
  await page.goto(`${url}/hospital?show=results`);
  await line(page, mark).waitFor();
  await record(source, { ...image, status: "entered-in-error" }, id);
  await line(page, mark).waitFor({ state: "detached", timeout: 15_000 });
  quiet();
  await context.close();
});

test("a result that says only when it was issued, one that says nothing, and a stay that is over without a time are not missed", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await watcher();
  const mark = `undated ${Date.now()}`;
  const high = [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", code: "HH" }] }];
  const result = { resourceType: "Observation", status: "final", interpretation: high, valueString: "much" };
  await record(source, { ...result, code: { text: `CRP ${mark}` }, issued: ago(2) });
  await record(source, { ...result, code: { text: `TSH ${mark}` } });
  await record(source, { resourceType: "Encounter", status: "finished", class: { code: "EMER" }, reasonCode: [{ text: `Fall ${mark}` }] });
  await bar(page).getByText("3 new, show").waitFor({ timeout: 30_000 });
  await bar(page).click();
  for (const words of [`CRP ${mark} much`, `TSH ${mark} much`, `Fall ${mark}`]) assert.equal(await line(page, words).count(), 1, words);
  const fresh = await watcher();
  assert.deepEqual(await events(page), await events(fresh.page));
  await fresh.context.close();
  quiet();
  await context.close();
});
