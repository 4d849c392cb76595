// One person: banner, allergies, every section; and the people who break software.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, fits, panel, person, sections, settled, sizes, visitor } from "../page.mjs";
import { offers, server } from "../record-apis.mjs";

after(close);

test("pab_0016 the banner says name, birth date and age, gender, NHS number, in this order", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}`);
  await settled(page);
  const words = (await page.locator(".app-banner").innerText()).replace(/\s+/g, " ");
  assert.match(words, /SMITH, Jane.* \(Mrs\).*Born.*14-Jul-1945 \(\d+y\).*Gender.*Female.*NHS No\..*\d{3} \d{3} \d{4}/);
  const strip = await page.locator(".app-allergies").innerText();
  assert.match(strip, /Known allergies/);
  assert.match(strip, /Penicillin/i);
  assert.match(strip, /Latex/i);
  quiet();
  await context.close();
});

test("the overview answers five questions on one tablet screen without scrolling", async () => {
  const { page, context, quiet } = await visitor({ size: sizes.tablet, touch: true });
  await enter(page, `/patient/${cases.jane.patient}`);
  await settled(page);
  const knowsTeams = await offers("shared", "CareTeam", "patient", "subject");
  const knowsForms = await offers("shared", "QuestionnaireResponse", "patient", "subject");
  const matters = panel(page, "What matters to me");
  const changed = page.locator(".app-panel").filter({ hasText: /Changed/ }).first();
  const answers = [
    panel(page, "Now"),
    panel(page, "If it goes wrong"),
    panel(page, "Who to ring"),
    matters.locator(knowsForms ? ".app-quote" : ".app-quiet").first(),
    changed.locator("li").nth(1),
  ];
  for (const [at, answer] of answers.entries()) {
    const box = await answer.boundingBox();
    assert.ok(box.y + box.height <= 768, `answer ${at + 1} ends at ${Math.round(box.y + box.height)} px`);
  }
  assert.match(await panel(page, "Now").innerText(), /In hospital/);
  assert.match(await panel(page, "If it goes wrong").innerText(), /Triggers/);
  const ring = await panel(page, "Who to ring").innerText();
  assert.match(ring, /Carol Smith/);
  // What a source cannot be asked for is not known; it is never said to be missing.
  if (knowsTeams) assert.match(ring, /Tom Achebe/);
  else assert.doesNotMatch(ring, /No key worker/);
  assert.match(await matters.innerText(), knowsForms ? /Bess/ : /not known from/);
  quiet();
  await context.close();
});

test("one round trip for each source, and one record from all of them", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  const asked = [];
  page.on("request", (request) => request.url().includes("/fhir/") && asked.push(new URL(request.url()).pathname));
  await page.locator(".app-work__link", { hasText: "SMITH, Jane" }).first().click();
  await page.locator(".app-banner__name").waitFor();
  await settled(page);
  const each = asked.filter((it) => !it.endsWith("/metadata")).reduce((all, it) => ({ ...all, [it.split("/")[2]]: (all[it.split("/")[2]] ?? 0) + 1 }), {});
  // A server that ignores `_include:iterate` is asked for the names behind references, in at most three more.
  const most = server === "helios" ? 1 : 4;
  for (const [source, count] of Object.entries(each)) assert.ok(count <= most, `${source}: ${asked.join(", ")}`);
  assert.ok(Object.keys(each).length >= 4, asked.join(", "));
  quiet();
  await context.close();
});

test("every section of a full record opens, on every screen, without a sideways scroll", async () => {
  for (const [name, size] of Object.entries(sizes)) {
    const { page, context, quiet } = await visitor({ size, touch: name !== "desktop" });
    await enter(page, `/patient/${cases.jane.patient}`);
    await settled(page);
    for (const section of sections) {
      await page.locator(".app-rail__link").nth(sections.indexOf(section)).click();
      await page.waitForURL(section === "overview" ? /patient\/[^/]+$/ : new RegExp(`${section}$`));
      await settled(page);
      await fits(page, `${section} at ${name}`);
      assert.ok((await page.locator("main").innerText()).length > 60, `${section} at ${name} says something`);
    }
    quiet();
    await context.close();
  }
});

test("people who break software break nothing, on no section", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  for (const it of Object.values(cases)) {
    await person(page, it.patient);
    for (const [at, section] of sections.entries()) {
      await page.locator(".app-rail__link").nth(at).click();
      await page.locator("#section-heading").waitFor();
      await settled(page);
      assert.equal(await page.locator("#stopped").count(), 0, `${it.name}, ${section}: the page stopped`);
      assert.equal(await page.evaluate(() => globalThis.hacked ?? null), null, `${it.name}: something ran`);
    }
  }
  quiet();
  await context.close();
});
