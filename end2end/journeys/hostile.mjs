// Hostile text in every place that a record has: nothing of it runs, nothing of it becomes a part of the page, and the
// screen still fits and settles.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enormous, everywhere, once, vectors } from "../hostile.mjs";
import { cases, close, sections, settled, sizes } from "../page.mjs";
import { faultProxy } from "../proxy.mjs";
import { server } from "../record-apis.mjs";
import { enterAt, go, watchedVisitor } from "../watch.mjs";

const skip = server !== "helios" && "with Helios only";
let proxy;

before(async () => {
  if (!skip) proxy = await faultProxy();
});

after(async () => {
  proxy?.close();
  await close();
});

/** What stands in the document that this page never makes, or that could run or load something. */
const strange = (page) =>
  page.evaluate(() => {
    const found = [];
    // The list keeps the place of rows that are not in the document.
    const isOurs = (style) => /^height: [\d.]+px;$/.test(style);
    const never = "iframe, object, embed, base, template, form, video, audio, math, marquee, frameset, body script, body style, body link, body meta, svg script, foreignObject, img";
    for (const it of document.querySelectorAll(never)) found.push(it.outerHTML.slice(0, 200));
    for (const it of document.querySelectorAll("*")) {
      for (const { name, value } of it.attributes) {
        if (/^on/i.test(name) || name === "srcdoc" || (name === "style" && !isOurs(value))) found.push(`${it.tagName} ${name}=${value.slice(0, 100)}`);
      }
      const { href } = it;
      if (typeof href !== "string" || it.closest("head")) continue;
      const { protocol, origin } = new URL(href, location.href);
      if (!["tel:", "mailto:"].includes(protocol) && origin !== location.origin) found.push(`a link to ${href.slice(0, 100)}`);
    }
    return found;
  });

/** What sticks out to the side, but for what stands on one line by rule (numbers, dates, badges) and what holds it. */
const sticksOut = (page) =>
  page.evaluate(() => {
    const out = [...document.querySelectorAll("body *")].filter((it) => it.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
    const oneLine = (it) => getComputedStyle(it).whiteSpace === "nowrap";
    const lines = out.filter(oneLine);
    const others = out.filter((it) => !oneLine(it) && !it.closest("nav, .app-graph, svg") && !lines.some((line) => it.contains(line)));
    return others.map((it) => `${it.tagName}.${it.className}: ${it.textContent.slice(0, 60)}`);
  });

async function looksRight(it, what) {
  await settled(it.page);
  assert.deepEqual(await strange(it.page), [], what);
  assert.deepEqual(await sticksOut(it.page), [], what);
  await it.fine(what);
}

/** Jane's page in every section, then the list, with these texts in all answers. */
async function through(it, name) {
  const words = [];
  for (const [at, section] of sections.entries()) {
    // Not by the mouse: a banner full of warnings may cover the links of a small screen.
    await it.page.locator(".app-rail__link").nth(at).evaluate((link) => link.click());
    await it.page.locator("#section-heading").waitFor({ state: "attached" });
    await looksRight(it, `${name}, ${section}`);
    words.push(await it.page.evaluate(() => document.body.textContent));
  }
  await go(it.page, "/?list=everyone");
  await it.page.locator(".app-work__link").first().waitFor();
  await looksRight(it, `${name}, the list`);
  words.push(await it.page.evaluate(() => document.body.textContent));
  return words.join("\n");
}

for (const [name, codes, size] of [
  ["shown texts", false, "desktop"],
  ["shown texts on a narrow screen", false, "narrow"],
  ["shown texts and codes", true, "tablet"],
]) {
  test(`hostile text: ${name}; shown as text, run by nothing`, { skip }, async (t) => {
    // Names are among what is changed: who is who is looked at elsewhere.
    const it = await watchedVisitor({ size: sizes[size], people: [] });
    proxy.heal();
    await enterAt(it.page, proxy.url);
    const shown = new Set();
    for (const first of [0, Math.floor(vectors.length / 2)]) {
      const { fault, used } = everywhere(vectors, first, codes);
      proxy.fail(() => fault);
      await it.page.goto(`${proxy.url}/patient/${cases.jane.patient}`);
      await it.page.locator(".app-banner__name").waitFor();
      const words = await through(it, name);
      for (const text of used) if (words.includes(text)) shown.add(text);
      proxy.heal();
    }
    t.diagnostic(`${shown.size} of ${vectors.length} stood on a screen letter by letter`);
    // Some stand where they are not shown; names are in capitals, and characters that cannot be seen are taken out.
    assert.ok(shown.size > 100, `only ${shown.size} were seen at all: the texts do not reach the screen`);
    assert.ok([...shown].some((text) => /<script/i.test(text)), "none with a script among them");
    await it.context.close();
  });
}

for (const [at, text] of enormous.entries()) {
  test(`a megabyte in one text, ${at ? "without a break" : "of markup"}`, { skip }, async () => {
    const it = await watchedVisitor({ people: [] });
    proxy.heal();
    await enterAt(it.page, proxy.url);
    for (const kind of ["Patient", "AllergyIntolerance", "CarePlan", "Encounter"]) {
      const fault = once(text, kind);
      proxy.fail(() => fault);
      await it.page.goto(`${proxy.url}/patient/${cases.jane.patient}`);
      await it.page.locator(".app-banner__name").waitFor();
      await looksRight(it, `a megabyte in ${kind}`);
      proxy.heal();
    }
    await it.context.close();
  });
}
