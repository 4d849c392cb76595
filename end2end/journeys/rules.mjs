// The rules for clinical screens that only a screen can prove; `tests/rules.txt` has them all, with native tests for
// what is words.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, panel, person, sections, settled, sizes, visitor } from "../page.mjs";
import { url } from "../record-apis.mjs";

after(close);

/** Pixels of the banner, and whether it is what is seen at its corners and in its middle. */
const banner = (page) => page.evaluate(() => {
  const it = document.querySelector(".app-banner");
  const { x, y, width, height } = it.getBoundingClientRect();
  const points = [[4, 4], [width / 2, height / 2], [width - 4, height - 4]];
  const covered = points.filter(([dx, dy]) => !it.contains(document.elementFromPoint(x + dx, y + dy)));
  return { x, y, width, height, screen: document.documentElement.clientWidth, covered: covered.length };
});

test("pab_0009_to_0014 the banner is as wide as the screen, at the top, fixed, distinct and never covered", async () => {
  for (const size of [sizes.desktop, sizes.upright, sizes.phone]) {
    const { page, context, quiet } = await visitor({ size });
    await enter(page, `/patient/${cases.jane.patient}`);
    for (const section of ["overview", "medicines", "results", "timeline"]) {
      await page.locator(".app-rail__link").nth(sections.indexOf(section)).click();
      await page.locator("#section-heading").waitFor();
      await settled(page);
      for (const down of [0, 700, 100_000]) {
        await page.evaluate((to) => scrollTo(0, to), down);
        const it = await banner(page);
        assert.ok(it.x <= 0 && it.width >= it.screen, `${section}: as wide as the screen`);
        assert.ok(it.y >= 0 && it.y + it.height < 200, `${section}, ${down} px down: at ${it.y} px`);
        assert.equal(it.covered, 0, `${section}, ${down} px down: covered`);
      }
    }
    const colour = (selector) => page.locator(selector).first().evaluate((it) => getComputedStyle(it).backgroundColor);
    assert.notEqual(await colour(".app-banner"), await colour("body"), "distinct from the page");
    assert.notEqual(await colour(".app-banner"), await colour(".app-top"), "distinct from the bar");
    quiet();
    await context.close();
  }
});

test("pab_0015 a screen that shows many people has no banner", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await page.locator(".app-work__link").first().waitFor();
  await page.locator(".app-work__link").first().click();
  await page.locator(".app-banner").waitFor();
  await page.goBack();
  await page.locator(".app-work__link").first().waitFor();
  assert.equal(await page.locator(".app-banner").count(), 0);
  quiet();
  await context.close();
});

test("pab_0042_and_pab_0046 labels are quieter than values and have no colon", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}`);
  await page.locator(".app-banner__fact").first().waitFor();
  const facts = await page.locator(".app-banner__fact").evaluateAll((all) => all.map((it) => {
    const loud = (part) => { const style = getComputedStyle(part); return Number(style.fontWeight) * parseFloat(style.fontSize); };
    const [label, value] = it.children;
    return { label: label.textContent, quieter: loud(label) < loud(value) };
  }));
  assert.deepEqual(facts.map((it) => it.label), ["Born", "Gender", "NHS No."]);
  assert.ok(facts.every((it) => it.quieter), "values stand out");
  quiet();
  await context.close();
});

test("pab_0055_to_0060 who has died has another colour and a pattern, Died, and the age at death", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}`);
  const look = () => page.locator(".app-banner").evaluate((it) => {
    const { backgroundColor, backgroundImage } = getComputedStyle(it);
    return { backgroundColor, backgroundImage };
  });
  await page.locator(".app-banner__fact").first().waitFor();
  const alive = await look();
  assert.equal(alive.backgroundImage, "none");
  await person(page, cases.deceased.patient);
  const dead = await look();
  assert.notEqual(dead.backgroundColor, alive.backgroundColor);
  assert.match(dead.backgroundImage, /gradient|url/, "a pattern, for whom colours say nothing");
  assert.match((await page.locator(".app-banner").innerText()).replace(/\s+/g, " "), /Died \d\d-\w{3}-\d{4}.*Age at death \d+y/);
  quiet();
  await context.close();
});

test("pab_0064_to_0072 known allergies are emphasised with an icon, the other titles are not", async () => {
  const { page, context, quiet } = await visitor();
  const seen = {};
  await enter(page);
  for (const name of ["jane", "no-known-allergies", "allergies-not-recorded"]) {
    await person(page, cases[name].patient);
    const strip = page.locator(".app-allergies");
    const title = (await strip.innerText()).match(/Known allergies|No known allergies|Allergies not recorded|Allergies unavailable/)?.[0];
    const icon = await strip.locator(".app-allergies__title .app-icon").count();
    seen[name] = { title, icon: icon > 0, look: await strip.locator(".app-allergies__title").evaluate((it) => { const { color, backgroundColor, fontWeight } = getComputedStyle(it); return `${color} ${backgroundColor} ${fontWeight}`; }) };
  }
  assert.deepEqual([seen.jane.title, seen.jane.icon], ["Known allergies", true]);
  assert.deepEqual([seen["no-known-allergies"].title, seen["no-known-allergies"].icon], ["No known allergies", false]);
  assert.deepEqual([seen["allergies-not-recorded"].title, seen["allergies-not-recorded"].icon], ["Allergies not recorded", false]);
  assert.notEqual(seen.jane.look, seen["no-known-allergies"].look, "the first stands out by more than its icon");
  quiet();
  await context.close();
});

test("pab_0076 the order of the page is the order of reading", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}`);
  await settled(page);
  const places = await page.locator(".app-banner__name, .app-banner__fact").evaluateAll((all) => all.map((it) => {
    const { x, y } = it.getBoundingClientRect();
    return [Math.round(y / 30), x];
  }));
  assert.ok(places.length >= 4);
  const read = [...places].sort(([y1, x1], [y2, x2]) => y1 - y2 || x1 - x2);
  assert.deepEqual(places, read);
  assert.equal(await page.locator("[tabindex]:not([tabindex='-1']):not([tabindex='0'])").count(), 0, "no number changes the order of tab");
  quiet();
  await context.close();
});

test("mpb_0005_and_mpb_0017 a small screen keeps name, date of birth, NHS number and allergies in sight", async () => {
  for (const size of [sizes.phone, sizes.narrow]) {
    const { page, context, quiet } = await visitor({ size, touch: true });
    await enter(page, `/patient/${cases.jane.patient}/results`);
    await settled(page);
    await page.evaluate(() => scrollTo(0, 900));
    for (const words of [/SMITH, Jane/, /14-Jul-1945/, cases.jane.nhsNumber.replace(/^(...)(...)/, "$1 $2 ")]) {
      const it = page.locator(".app-banner").getByText(words).first();
      const box = await it.boundingBox();
      assert.ok(box && box.y >= 0 && box.y + box.height <= 200, `${words} is at ${JSON.stringify(box)}`);
    }
    const strip = await page.locator(".app-allergies").boundingBox();
    assert.ok(strip.y >= 0 && strip.y < 260, `the allergies are at ${strip.y} px`);
    quiet();
    await context.close();
  }
});

test("a date, a time and a number with its unit are on one line, on every screen of a person and in the list", async () => {
  const broken = () => {
    const found = [];
    const kept = /\d\d-[A-Z][a-z]{2}-\d{4}(?: \d\d:\d\d)?|\b\d[\d.,]* (?:mg|g|mmol|mL|kg|mmHg|µmol)\b/g;
    for (const root of document.querySelectorAll("main, .app-patient")) {
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let it = walk.nextNode(); it; it = walk.nextNode()) {
        for (const match of it.data.matchAll(kept)) {
          const range = document.createRange();
          range.setStart(it, match.index);
          range.setEnd(it, match.index + match[0].length);
          const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top)));
          if (lines.size > 1) found.push(`${match[0]} in ${it.parentElement.outerHTML.slice(0, 120)}`);
        }
      }
    }
    return found;
  };
  for (const size of [sizes.phone, sizes.narrow]) {
    const { page, context, quiet } = await visitor({ size });
    await enter(page);
    await page.locator(".app-work__link").first().waitFor();
    await settled(page);
    assert.deepEqual(await page.evaluate(broken), [], `the list, ${size.width} px`);
    for (const name of ["jane", "two-units", "in-ed-now"]) {
      for (const section of sections) {
        await page.goto(`${url}/patient/${cases[name].patient}${section === "overview" ? "" : `/${section}`}`);
        await page.locator(".app-banner__name").waitFor();
        await settled(page);
        await page.evaluate(() => document.querySelectorAll("details").forEach((it) => { it.open = true; }));
        assert.deepEqual(await page.evaluate(broken), [], `${name}, ${section}, ${size.width} px`);
      }
    }
    quiet();
    await context.close();
  }
});

test("num_0001_to_0009 an NHS number is on one line, never cut, on every screen", async () => {
  for (const size of [sizes.desktop, sizes.narrow]) {
    const { page, context, quiet } = await visitor({ size });
    await enter(page);
    await page.locator(".app-work__link").first().waitFor();
    const lines = () => page.evaluate(() => {
      const found = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const text = walk.currentNode;
        for (const match of text.data.matchAll(/\d{3}[ \u00a0]\d{3}[ \u00a0]\d{4}/g)) {
          const range = document.createRange();
          range.setStart(text, match.index);
          range.setEnd(text, match.index + match[0].length);
          const boxes = [...range.getClientRects()];
          if (boxes.length > 0) found.push({ lines: new Set(boxes.map((it) => Math.round(it.y))).size, right: Math.max(...boxes.map((it) => it.right)) });
        }
      }
      return { found, width: document.documentElement.clientWidth };
    });
    for (const path of [undefined, `/patient/${cases.jane.patient}`]) {
      if (path) { await page.goto(url + path); await settled(page); }
      const { found, width } = await lines();
      assert.ok(found.length > 0, "there are NHS numbers");
      for (const it of found) {
        assert.equal(it.lines, 1, "on one line");
        assert.ok(it.right <= width, "within the screen");
      }
    }
    quiet();
    await context.close();
  }
});

test("medi_001_to_003_and_medi_007_and_medi_038 a medicine's name and dose are bold, and the dose has its label", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}/medicines`);
  await settled(page);
  const lines = await panel(page, "Current medicines").locator("li").evaluateAll((all) => all.map((it) => {
    const bold = [...it.querySelectorAll("b")].filter((one) => Number(getComputedStyle(one).fontWeight) >= 600).map((one) => one.textContent);
    return { words: it.textContent, bold };
  }));
  const doses = lines.filter((it) => it.words.includes("DOSE"));
  assert.ok(doses.length > 2, "there are doses");
  for (const { words, bold } of doses) {
    assert.ok(bold.length >= 2 && words.startsWith(bold[0]), `${words}: the name is bold`);
    assert.ok(words.slice(words.indexOf("DOSE") + 4).trimStart().startsWith(bold[1]), `${words}: the dose is bold`);
  }
  quiet();
  await context.close();
});

test("medi_012_and_medi_022 the longest name wraps and is there to its last letter", async () => {
  for (const size of [sizes.desktop, sizes.narrow]) {
    const { page, context, quiet } = await visitor({ size });
    await enter(page, `/patient/${cases["long-medicine"].patient}/medicines`);
    await settled(page);
    const cut = await panel(page, "Current medicines").locator("li, li *").evaluateAll((all) => all.filter((it) => {
      const style = getComputedStyle(it);
      return style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none" || (it.scrollWidth > it.clientWidth + 1 && /hidden|clip|auto|scroll/.test(style.overflowX) && !it.matches(".nhsuk-u-visually-hidden"));
    }).length);
    assert.equal(cut, 0, "something is cut");
    const longest = Math.max(...(await panel(page, "Current medicines").locator("b").allInnerTexts()).map((it) => it.length));
    assert.ok(longest >= 250, `the longest name shown has ${longest} letters`);
    quiet();
    await context.close();
  }
});

test("medv_063_and_medv_146 past medicines are apart from current ones, and an empty list says so", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}/medicines`);
  await settled(page);
  const current = panel(page, "Current medicines");
  const past = current.locator("details").filter({ hasText: /^Past|Stopped|stopped/ }).first();
  assert.equal(await past.getAttribute("open"), null, "closed until it is asked for");
  const now = await current.locator("li:not(details li)").allInnerTexts();
  assert.ok(now.length > 0 && now.every((it) => !/— stopped \d/.test(it)), now.join("\n"));
  // The same person, whom nobody has given any medicine.
  await page.route(/\/fhir\//, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    const body = text.startsWith("{") ? JSON.stringify(without(JSON.parse(text))) : text;
    await route.fulfill({ response, body });
  });
  await person(page, cases.jane.patient, "medicines");
  assert.match(await panel(page, "Current medicines").innerText(), /No (current )?medicines are recorded/);
  quiet();
  await context.close();
});

/** A bundle without medicines, and bundles in it. */
function without(it) {
  if (it?.resourceType !== "Bundle") return it;
  const kept = (it.entry ?? []).filter((entry) => !/^Medication/.test(entry.resource?.resourceType ?? ""));
  return { ...it, entry: kept.map((entry) => ({ ...entry, resource: without(entry.resource) })) };
}

/** A test's graph, opened. */
async function trend(page, name) {
  await page.locator(".app-result__test", { hasText: name }).first().click();
  await page.locator(".app-graph__svg").first().waitFor();
}

test("gtab_001_and_gtab_002 points are joined by straight lines, and gtab_028 the unit stays in sight", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}/results`);
  await settled(page);
  await trend(page, "Potassium");
  const lines = await page.locator(".app-graph__line").evaluateAll((all) => all.map((it) => it.getAttribute("d") ?? it.getAttribute("points")));
  assert.ok(lines.length > 0);
  for (const line of lines) assert.match(line, /^[MLHV\d\s.,-]+$/, "no curve");
  assert.match(await page.locator(".app-graph__unit").first().textContent(), /mmol\/L/);
  quiet();
  await context.close();
});

test("gtab_045_to_047 the latest value is the largest text of its graph, and gtab_112 the usual range is a pale area", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}/results`);
  await settled(page);
  await trend(page, "Potassium");
  const sizesOf = (selector) => page.locator(selector).evaluateAll((all) => all.map((it) => parseFloat(getComputedStyle(it).fontSize)));
  const [latest] = await sizesOf(".app-graph__value");
  const others = await sizesOf(".app-graph .app-quiet, .app-graph__tick, .app-graph__table td");
  assert.ok(others.length > 3 && others.every((it) => it < latest), `${latest} px beside ${others}`);
  const range = await page.locator(".app-graph__range").first().boundingBox();
  assert.ok(range.height > 4 && range.width > 100, "an area, not a line");
  quiet();
  await context.close();
});

test("gtab_174_to_184 each series has a symbol of its own", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}/results`);
  await settled(page);
  await trend(page, "Blood pressure");
  const marks = await page.locator(".app-graph__svg").first().evaluate((svg) => {
    const points = [...svg.querySelectorAll(".app-graph__mark")];
    return [...new Set(points.map((it) => it.tagName + (it.getAttribute("d") ?? "").replace(/[\d.\s,-]/g, "")))];
  });
  assert.ok(marks.length >= 2, `one symbol for all: ${marks}`);
  quiet();
  await context.close();
});
