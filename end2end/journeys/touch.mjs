// With a finger: rows, tabs and calls by a tap, the sections by a swipe where they are a row, zoom by a pinch, and
// nothing that only a pointer hovering could reach.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, fits, sections, settled, sizes, visitor } from "../page.mjs";

after(close);

const shapes = { tablet: sizes.tablet, upright: sizes.upright, phone: sizes.phone };

const middle = (box) => ({ x: Math.round(box.x + box.width / 2), y: Math.round(box.y + Math.min(box.height, 300) / 2) });

/** Fingers that go down at the first of `places`, move through the others and leave; a place is one point for each. */
async function drag(page, places) {
  const session = await page.context().newCDPSession(page);
  const touch = (type, points = []) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  await touch("touchStart", places[0]);
  for (const points of places.slice(1)) {
    await touch("touchMove", points);
    await page.waitForTimeout(16);
  }
  await touch("touchEnd");
  await session.detach();
}

const steps = (count) => Array.from({ length: count }, (_, at) => at);

for (const [name, size] of Object.entries(shapes)) {
  test(`${name}: a tap opens a person, each section, and the list again`, async () => {
    const { page, context, quiet } = await visitor({ size, touch: true });
    await enter(page);
    await page.locator(".app-work__link").first().waitFor();
    await settled(page);
    await page.locator(".app-work__link", { hasText: "SMITH, Jane" }).first().tap();
    await page.locator(".app-banner__name", { hasText: "SMITH, Jane" }).waitFor();
    await settled(page);
    for (const [at, section] of sections.entries()) {
      const link = page.locator(".app-rail__link").nth(at);
      const box = await link.boundingBox();
      assert.ok(box.height >= 44 && box.width >= 44, `${section} is ${Math.round(box.width)}x${Math.round(box.height)}`);
      await link.tap();
      await page.waitForURL(section === "overview" ? /patient\/[^/]+$/ : new RegExp(`${section}$`));
      await settled(page);
      await fits(page, `${section}, ${name}`);
    }
    await page.locator(".app-top__name").tap();
    await page.locator(".app-work__link").first().waitFor();
    quiet();
    await context.close();
  });

  test(`${name}: whom to ring is one tap, on a target of 44 px`, async () => {
    const { page, context, quiet } = await visitor({ size, touch: true });
    await enter(page, `/patient/${cases.jane.patient}`);
    await settled(page);
    const calls = page.locator('main a[href^="tel:"]');
    const count = await calls.count();
    assert.ok(count > 0, "there is somebody to ring");
    for (let at = 0; at < count; at += 1) {
      const call = calls.nth(at);
      await call.scrollIntoViewIfNeeded();
      const box = await call.boundingBox();
      assert.ok(box.height >= 44 && box.width >= 44, `${await call.innerText()} is ${Math.round(box.width)}x${Math.round(box.height)}`);
      assert.match(await call.getAttribute("href"), /^tel:\+?[\d-]+$/);
    }
    // What the tap would do is the device's; that it comes to the link is the page's.
    await page.evaluate(() => addEventListener("click", (event) => {
      globalThis.rung = event.target.closest("a")?.href;
      event.preventDefault();
    }, { capture: true }));
    await calls.first().tap();
    assert.match(await page.evaluate(() => globalThis.rung ?? ""), /^tel:/);
    quiet();
    await context.close();
  });

  test(`${name}: two fingers zoom`, async () => {
    const { page, context, quiet } = await visitor({ size, touch: true, isMobile: true });
    await enter(page, `/patient/${cases.jane.patient}`);
    await settled(page);
    const { x, y } = middle(await page.locator("main").boundingBox());
    await drag(page, steps(20).map((at) => [[x - 6 * at, y], [x + 10 + 6 * at, y]]));
    await page.waitForFunction(() => visualViewport.scale > 1.4);
    quiet();
    await context.close();
  });
}

for (const name of ["upright", "phone"]) {
  test(`${name}: a swipe along the sections brings the last one, and the page stays`, async () => {
    const { page, context, quiet } = await visitor({ size: shapes[name], touch: true });
    await enter(page, `/patient/${cases.jane.patient}`);
    await settled(page);
    const list = page.locator(".app-rail__list");
    const { room, before } = await list.evaluate((it) => ({ room: it.scrollWidth - it.clientWidth, before: scrollY }));
    assert.ok(room > 0, "the sections are a row that is longer than the screen");
    const { x, y, width } = await list.boundingBox();
    for (let swipes = 0; swipes < 4; swipes += 1) {
      await drag(page, steps(16).map((at) => [[x + width - 40 - at * 18, y + 20]]));
    }
    await page.waitForFunction((most) => document.querySelector(".app-rail__list").scrollLeft >= most - 2, room);
    assert.equal(await page.evaluate(() => scrollY), before);
    const last = await page.locator(".app-rail__link").last().boundingBox();
    assert.ok(last.x + last.width <= shapes[name].width + 1, "the last section is on the screen");
    await page.locator(".app-rail__link").last().tap();
    await page.waitForURL(/timeline$/);
    quiet();
    await context.close();
  });
}

test("nothing waits for a pointer that hovers: it changes looks, and shows or hides nothing", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${cases.jane.patient}`);
  const { hovers, hidden } = await page.evaluate(() => {
    const all = (rules) => [...rules].flatMap((it) => [it, ...(it.cssRules ? all(it.cssRules) : [])]);
    const rules = [...document.styleSheets].flatMap((it) => all(it.cssRules)).filter((it) => /:hover/.test(it.selectorText ?? ""));
    const shows = ["display", "visibility", "opacity", "height", "max-height", "width", "clip", "clip-path", "transform", "content"];
    return { hovers: rules.length, hidden: rules.filter((it) => shows.some((name) => it.style.getPropertyValue(name) !== "")).map((it) => it.cssText) };
  });
  assert.ok(hovers > 3, `${hovers} rules for a hovering pointer`);
  assert.deepEqual(hidden, []);
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("main [title]")].map((it) => it.outerHTML.slice(0, 80))), [], "a title is read by nobody's finger");
  quiet();
  await context.close();
});
