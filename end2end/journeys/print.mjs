// What is printed, as a real browser prints it: whose it is stands on every page, with the moment; the crisis sheet is one
// page; nothing of the record is left out that is on the screen.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

import { cases, close, enter, settled, visitor } from "../page.mjs";
import { url } from "../record-apis.mjs";

after(close);

/** The words of each page of a PDF. */
async function pages(page) {
  const data = new Uint8Array(await page.pdf({ format: "A4", preferCSSPageSize: true }));
  const pdf = await getDocument({ data, useSystemFonts: true }).promise;
  const all = [];
  for (let at = 1; at <= pdf.numPages; at += 1) {
    const { items } = await (await pdf.getPage(at)).getTextContent();
    all.push(items.map((it) => it.str).join(""));
  }
  return all;
}

/** Whether a page says this: a PDF has pieces of words, and its own spaces between them. */
const bare = (it) => it.replaceAll(/\s+/g, "");
const says = (page, words) => bare(page).includes(bare(words));

const person = Object.values(cases).find((it) => it.listed);

async function plan() {
  const it = await visitor();
  // Printing goes to a file here: what the button asks for is noted.
  await it.context.addInitScript(() => {
    globalThis.print = () => (globalThis.printed = document.body.getAttribute("data-print") ?? "all");
  });
  await enter(it.page, `/patient/${person.patient}/plan`);
  await settled(it.page);
  await it.page.getByRole("button", { name: /^Print the plan/ }).waitFor();
  return it;
}

test("the plan on paper: identity and moment on every page, allergies first, every section there, nothing to press", async () => {
  const { page, context, quiet } = await plan();
  await page.getByRole("button", { name: /^Print the plan/ }).click();
  assert.equal(await page.evaluate(() => globalThis.printed), "all");
  const name = (await page.locator(".app-banner__name").textContent()).trim();
  const number = (await page.locator(".app-banner__value").last().textContent()).trim();
  const printed = await pages(page);
  assert.ok(printed.length > 1);
  for (const [at, words] of printed.entries()) {
    for (const it of [name, number, "Check the live record."]) assert.ok(says(words, it), `page ${at + 1}: ${it}: ${words}`);
  }
  assert.ok(says(printed[0], await page.locator(".app-allergies__title").textContent()));
  // The strip has room for one source and how many more: paper has them all, by name.
  const lines = await page.locator(".app-allergies__lines li").evaluateAll((all) => all.map((it) => [it.textContent, it.querySelector("[data-on]").dataset.on]));
  const more = lines.map(([words]) => Number(/\+(\d+)$/.exec(words)?.[1] ?? 0));
  assert.ok(more.some((it) => it > 0), "an allergy of several sources");
  for (const [at, [words, sources]] of lines.entries()) {
    assert.equal(sources.split(", ").length, more[at] + 1, words);
    assert.ok(says(printed[0], sources), sources);
  }
  assert.ok(!/\+\d/.test(printed[0].slice(0, printed[0].indexOf("Alerts"))), "no number of others");
  const all = printed.join(" ");
  for (const heading of await page.locator(".app-plan h3").allTextContents()) assert.ok(says(all, heading), heading);
  for (const button of ["Reviewed, no change", "Add a goal", "Print the plan", "My patients", "Hospital activity"]) assert.ok(!says(all, button), button);
  assert.ok(!says(all, "tel:"), "numbers, not addresses");
  quiet();
  await context.close();
});

test("very many allergies are all on paper: what scrolls on the screen is not cut there", async () => {
  const { page, context, quiet } = await plan();
  const names = Array.from({ length: 60 }, (_, at) => `Allergen ${at}.`);
  await page.locator(".app-allergies__lines").evaluate((list, all) => {
    const line = list.querySelector("li");
    for (const name of all) {
      const another = line.cloneNode(true);
      another.querySelector("b").textContent = name;
      list.append(another);
    }
  }, names);
  const all = (await pages(page)).join(" ");
  for (const name of names) assert.ok(says(all, name), name);
  quiet();
  await context.close();
});

test("the crisis sheet: one page, with what to do, whom to ring, allergies and alerts", async () => {
  const { page, context, quiet } = await plan();
  await page.getByRole("button", { name: /^Print the crisis sheet/ }).first().click();
  assert.equal(await page.evaluate(() => globalThis.printed), "crisis");
  const printed = await pages(page);
  assert.equal(printed.length, 1, "one page");
  const [words] = printed;
  assert.ok(!says(words, "Needs, goals, actions") && says(words, "Crisis and contingency"));
  for (const line of await page.locator("#crisis .app-crisis li, #crisis .app-call").allTextContents()) {
    const plain = line.replace(/^Call .*?, /, "");
    assert.ok(says(words, plain), plain);
  }
  for (const line of await page.locator(".app-patient .app-allergies__lines li b, .app-patient .app-popover__body li").allTextContents()) {
    assert.ok(says(words, line), `${line}: ${words}`);
  }
  // What is printed next is the whole page again.
  assert.equal(await page.evaluate(() => document.body.getAttribute("data-print")), null);
  quiet();
  await context.close();
});

test("a list on paper: which list, when and by whom, every row that is there, and that there are more", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, "/?list=everyone");
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  await page.mouse.move(200, 300);
  // What goes on beside every page begins some moments after the first sign of a hand.
  await page.waitForFunction(() => {
    dispatchEvent(new Event("beforeprint"));
    return document.body.hasAttribute("data-printed");
  });
  const loaded = Number(await page.locator(".app-work__table").getAttribute("aria-rowcount")) - 1;
  await page.locator(`.app-work__row[data-at="${loaded - 1}"]`).waitFor({ state: "attached" });
  const names = await page.locator(".app-work__link").allTextContents();
  assert.equal(names.length, loaded, "every row");
  const there = await page.locator(".app-more").count();
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  const printed = await pages(page);
  const all = printed.join(" ");
  for (const it of ["Everyone", "Printed", " by ", "Risk of admission", ...names]) assert.ok(says(all, it), it);
  assert.ok(says(printed[0], names[0]), "the list begins on the first page");
  assert.equal(says(printed[0], "This is not everybody"), there > 0);
  for (const it of ["(Link:", "Load more people", "Hospital activity"]) assert.ok(!says(all, it), it);
  quiet();
  await context.close();
});

test("a person's other pages on paper: whose they are and when they were printed, and no addresses of links", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  for (const section of ["overview", "medicines", "activity", "timeline"]) {
    await page.goto(`${url}/patient/${person.patient}${section === "overview" ? "" : `/${section}`}`);
    await page.locator(".app-banner__name").waitFor();
    await settled(page);
    await page.mouse.move(200, 300);
    await page.waitForFunction(() => {
      dispatchEvent(new Event("beforeprint"));
      return document.querySelector(".app-banner").hasAttribute("data-printed");
    });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    const name = (await page.locator(".app-banner__name").textContent()).trim();
    const folded = await page.locator("main details:not([open]) b").allTextContents();
    const moments = await page.locator(".app-moment").evaluateAll((all) => all.map((it) => it.dataset.on));
    const printed = await pages(page);
    for (const [at, words] of printed.entries()) {
      for (const it of [name, "Printed"]) assert.ok(says(words, it), `${section}, page ${at + 1}: ${it}`);
      assert.ok(!says(words, "(Link:"), `${section}, page ${at + 1}`);
    }
    const all = printed.join(" ");
    // Nobody unfolds anything on paper, and "yesterday" is another day when it is read.
    for (const it of folded) assert.ok(says(all, it), `${section}: ${it} is folded`);
    for (const it of moments) assert.ok(says(all, it), `${section}: ${it}`);
    assert.doesNotMatch(all, /\d (h|min) ago|yesterday \d\d:\d\d/, section);
    if (section === "medicines") assert.ok(folded.length > 0, "something is folded on the screen");
    if (section === "overview") assert.ok(moments.length > 0, "something has changed");
    assert.equal(await page.locator("details[data-unfolded]").count(), 0, "on the screen it is folded again");
  }
  quiet();
  await context.close();
});
