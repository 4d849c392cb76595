// What readers set in their browser or have in their hands: zoom, a narrow screen, forced colours, less motion, touch.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, fits, person, sections, settled, sizes, visitor } from "../page.mjs";
import { url } from "../record-apis.mjs";

after(close);

async function list(page) {
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
}

/** The start, the worklist and every section of a full record, one after another. */
async function* screens(page) {
  await page.goto(url);
  await page.locator(".app-people__person").first().waitFor();
  yield "who are you";
  await enter(page);
  await list(page);
  yield "worklist";
  await person(page, cases.jane.patient);
  for (const [at, section] of sections.entries()) {
    await page.locator(".app-rail__link").nth(at).click();
    await page.locator("#section-heading").waitFor();
    await settled(page);
    yield section;
  }
  await page.locator(".app-rail__link").nth(sections.indexOf("results")).click();
  await page.locator(".app-result__test").first().click();
  await page.locator(".app-trend").waitFor();
  yield "a trend";
}

/** Every word that can be seen; clock times move on, and of a long list only the rows near the screen exist. */
const words = (page) => page.evaluate(() => {
  const rows = [...document.querySelectorAll(".app-work__row")].slice(0, 1);
  const parts = document.querySelectorAll(rows.length > 0 ? ".app-head" : ".app-banner, .app-allergies, main");
  const seen = [...parts, ...rows].map((it) => it.innerText).join(" ").replace(/\d\d:\d\d/g, " ");
  return [...new Set(seen.split(/[\s\u00ad\u200b]+/))].filter((it) => /[\p{L}\p{N}]/u.test(it)).map((it) => it.toLowerCase());
});

/** Text that is cut off: nothing may hide what does not fit. */
const cut = (page) => page.evaluate(() => [...document.querySelectorAll("body *")].filter((it) => {
  const style = getComputedStyle(it);
  if (it.closest(".nhsuk-u-visually-hidden, .nhsuk-skip-link, [hidden], svg") || it.clientWidth <= 1 || !it.innerText?.trim()) return false;
  return /hidden|clip/.test(style.overflowX) && it.scrollWidth > it.clientWidth + 1;
}).map((it) => `${it.className}: ${it.innerText.slice(0, 60)}`));

test("200 % zoom: nothing sideways, nothing cut off, and the fixed head leaves room to read", async () => {
  const { page, context, quiet } = await visitor({ size: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  for await (const screen of screens(page)) {
    await fits(page, `${screen} at 200 %`);
    assert.deepEqual(await cut(page), [], `${screen} at 200 % cuts text off`);
    const covered = await page.evaluate(() => {
      scrollTo(0, 400);
      const main = document.querySelector("main");
      let free = 0;
      for (let y = 1; y < innerHeight; y += 2) if (main.contains(document.elementFromPoint(innerWidth / 2, y))) free += 2;
      scrollTo(0, 0);
      return innerHeight - free;
    });
    assert.ok(covered <= 200, `${screen} at 200 %: ${covered} of 400 px are covered by what is fixed`);
  }
  quiet();
  await context.close();
});

test("a short window keeps who it is in sight, in a third of it at most, and nothing is fixed over the focus", async () => {
  for (const size of [{ width: 844, height: 390 }, { width: 640, height: 400 }, { width: 320, height: 256 }, { width: 390, height: 450 }]) {
    const { page, context, quiet } = await visitor({ size });
    await enter(page);
    for (const it of [cases.jane, cases["long-name"], cases["number-conflict"]]) {
      await person(page, it.patient);
      await page.evaluate(() => scrollTo(0, 600));
      await page.waitForFunction(() => scrollY > 500);
      const { top, height } = await page.locator(".app-banner").evaluate((it) => it.getBoundingClientRect());
      assert.ok(top === 0 && height <= size.height / 3, `${size.width}x${size.height}, ${it.name}: ${height} px at ${top}`);
    }
    assert.notEqual(await page.locator(".app-nav").evaluate((it) => getComputedStyle(it).position), "fixed");
    quiet();
    await context.close();
  }
});

test("a phone, with its keyboard up or not, leaves room to write, and what takes the focus is never under what is fixed", async () => {
  for (const [size, least] of [[sizes.phone, 500], [{ width: 390, height: 450 }, 300]]) {
    const { page, context, quiet } = await visitor({ size, touch: true });
    await enter(page);
    await person(page, cases.jane.patient, "plan");
    await page.locator("#goals").getByRole("button", { name: "Add a goal" }).tap();
    await page.locator(".app-write textarea").first().waitFor();
    await page.getByRole("button", { name: "Save to the record" }).tap();
    await page.locator(".app-write .nhsuk-error-summary").waitFor();
    const heading = page.locator(".app-write .nhsuk-error-summary__heading");
    const covered = (it) => it.evaluate((it) => {
      const { left, top, width } = it.getBoundingClientRect();
      const over = document.elementFromPoint(left + Math.min(width / 2, 20), top + 4);
      return it.contains(over) || over?.contains(it) ? "" : `${it.outerHTML.slice(0, 80)} at ${Math.round(top)} px is under ${over?.className}`;
    });
    assert.equal(await covered(heading), "");
    const free = await page.evaluate(() => {
      const main = document.querySelector("main");
      let free = 0;
      for (let y = 1; y < innerHeight; y += 2) if (main.contains(document.elementFromPoint(innerWidth / 2, y))) free += 2;
      return free;
    });
    assert.ok(free >= least, `${size.width}x${size.height}: ${free} px are left to write`);
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let at = 0; at < 25; at += 1) {
        await page.keyboard.press(key);
        const focused = page.locator("main :focus");
        if (await focused.count()) assert.equal(await covered(focused), "", `${key} ${at}, ${size.height} px`);
      }
    }
    quiet();
    await context.close();
  }
});

test("a list of cards tells a screen reader its columns, and shows their orders to whoever comes to them with a key", async () => {
  const { page, context, quiet } = await visitor({ size: sizes.phone });
  await enter(page);
  await list(page);
  const columns = await page.getByRole("columnheader").allTextContents();
  assert.ok(columns.length > 4 && columns.every((it) => it.trim()), columns.join());
  const cells = await page.locator(".app-work__row").first().getByRole("cell").count();
  assert.equal(cells, columns.length, "a cell that is empty counts too");
  const order = page.locator(".app-work__sort").first();
  await order.focus();
  assert.ok((await order.boundingBox()).height >= 44, "it can be seen");
  // Whatever has the focus stands above the navigation.
  for (let at = 0; at < 40; at += 1) {
    await page.keyboard.press("Tab");
    const under = await page.evaluate(() => {
      const [it, nav] = [document.activeElement, document.querySelector(".app-nav")];
      // After the last one nothing has it.
      return it !== document.body && !nav.contains(it) && it.getBoundingClientRect().bottom > nav.getBoundingClientRect().top + 1 ? it.outerHTML.slice(0, 120) : "";
    });
    assert.equal(under, "", "under the navigation");
  }
  quiet();
  await context.close();
});

test("320 px: nothing sideways, nothing cut off, and every word of the wide screen is there", async () => {
  const { page, context, quiet } = await visitor({ size: sizes.desktop });
  for await (const screen of screens(page)) {
    const wide = await words(page);
    assert.ok(wide.length > 10, `${screen} says something`);
    await page.setViewportSize(sizes.narrow);
    const narrow = (await words(page)).join(" ");
    assert.deepEqual(wide.filter((it) => !narrow.includes(it)), [], `${screen} loses words at 320 px`);
    await fits(page, `${screen} at 320 px`);
    assert.deepEqual(await cut(page), [], `${screen} at 320 px cuts text off`);
    await page.setViewportSize(sizes.desktop);
  }
  quiet();
  await context.close();
});

test("reduced motion: nothing moves, not even what waits", async () => {
  for (const reducedMotion of ["no-preference", "reduce"]) {
    const { page, context } = await visitor({ reducedMotion });
    await enter(page);
    // Answers never come, so that skeletons stay.
    await page.route(/\/fhir\//, () => {});
    await page.goto(`${url}/patient/${cases.jane.patient}`);
    await page.locator(".app-skeleton").first().waitFor();
    const moving = await page.evaluate(() => document.getAnimations().filter((it) => it.playState === "running").length);
    if (reducedMotion === "reduce") assert.equal(moving, 0, "something moves");
    else assert.ok(moving > 0, "skeletons breathe, where motion is wanted: this test can see it");
    const lasting = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((it) => {
      const { transitionDuration, transitionProperty } = getComputedStyle(it);
      return transitionProperty !== "none" && transitionDuration.split(",").some((time) => parseFloat(time) > 0);
    }).map((it) => String(it.className)));
    if (reducedMotion === "reduce") assert.deepEqual(lasting, [], "something would move");
    await context.close();
  }
});

test("forced colours: what colour says is said by a border, an outline or a word too", async () => {
  const { page, context, quiet } = await visitor({ forcedColors: "active" });
  await enter(page);
  await list(page);
  assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches));
  // Pressed and not, current and not: they differ in something that forced colours leave.
  const look = (locator) => locator.evaluate((it) => {
    const { borderStyle, borderWidth, outlineStyle, outlineWidth, textDecorationLine, fontWeight, forcedColorAdjust, backgroundColor, color, borderColor } = getComputedStyle(it);
    const colours = forcedColorAdjust === "none" ? "" : `${backgroundColor} ${color} ${borderColor}`;
    return [borderStyle, borderWidth, outlineStyle, outlineWidth, textDecorationLine, fontWeight, forcedColorAdjust, colours].join(" | ");
  });
  const differ = async (one, other, what) => {
    const [a, b] = [await look(one), await look(other)];
    assert.notEqual(a, b, `${what} look the same in forced colours: ${a}`);
  };
  await differ(page.locator('.app-chip[aria-pressed="true"]').first(), page.locator('.app-chip[aria-pressed="false"]').first(), "pressed and other filters");
  await differ(page.locator(".app-nav__link[aria-current]").first(), page.locator(".app-nav__link:not([aria-current])").first(), "the current and other lists");
  await person(page, cases.jane.patient);
  await differ(page.locator(".app-rail__link[aria-current]").first(), page.locator(".app-rail__link:not([aria-current])").first(), "the current and other sections");
  const bare = await page.evaluate(() => [...document.querySelectorAll(".app-badge, .app-dot, .nhsuk-button, .app-call, .app-top__button")].filter((it) => {
    const { borderTopStyle, borderTopWidth, forcedColorAdjust } = getComputedStyle(it);
    return it.offsetWidth > 0 && forcedColorAdjust !== "none" && (borderTopStyle === "none" || parseFloat(borderTopWidth) === 0);
  }).map((it) => it.className));
  assert.deepEqual([...new Set(bare)], [], "badges, marks and buttons without an edge");
  await page.keyboard.press("Tab");
  const ring = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  assert.ok(ring, "the focus has an outline in forced colours");
  quiet();
  await context.close();
});

/** Controls that are smaller than a finger. */
const tooSmall = (page) => page.evaluate(async () => {
  const found = [];
  const controls = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button], [role=option]")];
  for (const it of controls) {
    if (!it.checkVisibility({ visibilityProperty: true }) || it.closest(".nhsuk-skip-link, svg")) continue;
    // In a line of text a link is as high as the line (WCAG 2.5.8, "inline").
    const words = it.parentElement.textContent.trim().length > it.textContent.trim().length + 1;
    if (getComputedStyle(it).display === "inline" && words) continue;
    it.scrollIntoView({ block: "center", inline: "center" });
    const box = it.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    // Not its box: what a finger hits, as padding of a parent or a pseudo-element may add to it.
    const hit = (dx, dy) => {
      const at = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, x + dx)), y + dy);
      return at !== null && (it.contains(at) || at.contains(it) && at.tagName === "LABEL");
    };
    const wide = box.width >= 43.5 || (hit(-21, 0) && hit(21, 0));
    const high = box.height >= 43.5 || (hit(0, -21) && hit(0, 21));
    if (!wide || !high) found.push(`${it.tagName.toLowerCase()}.${it.className} "${it.textContent.trim().slice(0, 30)}" ${Math.round(box.width)}x${Math.round(box.height)}`);
  }
  scrollTo(0, 0);
  return [...new Set(found)];
});

test("touch: every control takes a finger of 44 px", async () => {
  for (const [name, size] of [["phone", sizes.phone], ["tablet", sizes.tablet]]) {
    const { page, context, quiet } = await visitor({ size, touch: true, isMobile: true });
    for await (const screen of screens(page)) {
      assert.deepEqual(await tooSmall(page), [], `${screen}, ${name}: smaller than a finger`);
    }
    for (const [part, button] of [["team", "Add somebody to the team"], ["crisis", /^Edit/], ["crisis", /^History/]]) {
      await person(page, cases.jane.patient, "plan");
      await page.locator(`#${part}`).getByRole("button", { name: button }).tap();
      await page.locator(".app-write__bar button").first().waitFor();
      assert.deepEqual(await tooSmall(page), [], `${button}, ${name}: smaller than a finger`);
    }
    quiet();
    await context.close();
  }
});
