// Nothing moves under the reader's eyes or finger: sources answer at different times, and what was there stays where
// it was. Chromium tells every shift of the layout, with the elements that moved.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, settled, sizes, visitor } from "../page.mjs";
import { apis, url } from "../record-apis.mjs";

after(close);

/** Hardly to be noticed: "good" ends at 0.1. */
const MOST = 0.02;

/**
 * Of a person on a phone: everything is in one column, so that an allergy that only a trust knows, and what it adds to
 * where she is now, push down what is under them. It was 0.41 before anything was held in its place.
 */
const MOST_IN_ONE_COLUMN = 0.15;

/** The same when nothing is late: 0.01, and on a busy machine, where an answer is later than it need be, 0.023. */
const MOST_AT_ONCE = 0.05;

/** The same of a long list: what is above it is all that grows. It was 0.41 before the lists held their places. */
const MOST_OF_A_LIST_IN_ONE_COLUMN = 0.05;

/** Of what stands below a form that comes late, in pixels: less than a line. */
const MOST_MOVED = 16;

const shapes = { desktop: sizes.desktop, tablet: sizes.tablet, phone: sizes.phone };
const mostOfPerson = (name) => (name === "phone" ? MOST_IN_ONE_COLUMN : MOST);

/** The shared record first, each trust later than the one before. */
async function apart(page, by = 350) {
  for (const [at, source] of Object.keys(apis).entries()) {
    await page.route(new RegExp(`/fhir/${source}(/|$|\\?)`), async (route) => {
      await new Promise((done) => setTimeout(done, 150 + at * by));
      await route.continue().catch(() => {});
    });
  }
}

/** Listens from before the first document; layout shifts are no input of a journey's script, so that all count. */
const listen = (page) => page.addInitScript(() => {
  globalThis.shifts = [];
  const words = (it) => {
    const element = it.node?.nodeType === Node.ELEMENT_NODE ? it.node : it.node?.parentElement;
    const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
    return `${element?.tagName.toLowerCase()}.${element?.className}: ${box(it.previousRect)} → ${box(it.currentRect)}`;
  };
  new PerformanceObserver((list) => {
    for (const it of list.getEntries()) {
      shifts.push({ value: it.value, at: it.startTime, tapped: it.hadRecentInput, moved: it.sources.map(words) });
    }
  }).observe({ type: "layout-shift", buffered: true });
});

/** The largest session window: shifts less than 1 s apart, 5 s at most (web.dev/cls), without what a tap caused. */
function cumulative(shifts) {
  let [largest, sum, first, last] = [0, 0, 0, 0];
  for (const { value, at, tapped } of shifts) {
    if (tapped) continue;
    if (at - last > 1000 || at - first > 5000) [sum, first] = [0, at];
    sum += value;
    last = at;
    largest = Math.max(largest, sum);
  }
  return largest;
}

const said = (shifts) => shifts.map((it) => `${it.value.toFixed(4)} at ${Math.round(it.at)} ms${it.tapped ? " (tap)" : ""}\n    ${it.moved.join("\n    ")}`).join("\n  ");

async function still(page, what, { since = 0, most = MOST } = {}) {
  // The observer is told after the frame.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
  const shifts = (await page.evaluate(() => shifts)).filter((it) => it.at >= since);
  const all = shifts.reduce((sum, it) => sum + it.value, 0);
  const value = since > 0 ? all : cumulative(shifts);
  assert.ok(value < most, `${what}: ${value.toFixed(4)}\n  ${said(shifts)}`);
}

test("the test can see a shift", async () => {
  const { page, context } = await visitor();
  await listen(page);
  await enter(page);
  await settled(page);
  await page.evaluate(() => document.querySelector("main").before(Object.assign(document.createElement("p"), { innerHTML: "Hello<br>you" })));
  await page.waitForFunction(() => shifts.length > 0);
  await assert.rejects(still(page, "pushed down", { most: 0.001 }), /pushed down/);
  await context.close();
});

for (const [name, size] of Object.entries(shapes)) {
  test(`${name}: the worklist stands still while sources answer`, async () => {
    const { page, context, quiet } = await visitor({ size, touch: name !== "desktop" });
    await enter(page);
    await settled(page);
    await apart(page);
    await listen(page);
    await page.goto(url);
    await page.locator(".app-work__link").first().waitFor();
    await settled(page);
    await still(page, `worklist, ${name}`);
    quiet();
    await context.close();
  });

  test(`${name}: a person stands still whose sources all answer as fast as they can`, async () => {
    const { page, context, quiet } = await visitor({ size, touch: name !== "desktop" });
    await enter(page);
    await settled(page);
    await listen(page);
    await page.goto(`${url}/patient/${cases.jane.patient}`);
    await page.locator(".app-banner__name").waitFor();
    await settled(page);
    await still(page, `as fast as can be, ${name}`, { most: name === "phone" ? MOST_AT_ONCE : MOST });
    quiet();
    await context.close();
  });

  test(`${name}: a person opened by an address stands still`, async () => {
    const { page, context, quiet } = await visitor({ size, touch: name !== "desktop" });
    await enter(page);
    await settled(page);
    await apart(page);
    await listen(page);
    await page.goto(`${url}/patient/${cases.jane.patient}`);
    await page.locator(".app-banner__name").waitFor();
    await settled(page);
    await still(page, `by address, ${name}`, { most: mostOfPerson(name) });
    quiet();
    await context.close();
  });

  test(`${name}: a person opened from the list stands still once the page has turned`, async () => {
    const { page, context, quiet } = await visitor({ size, touch: name !== "desktop" });
    await listen(page);
    await enter(page);
    await page.locator(".app-work__link").first().waitFor();
    await settled(page);
    await apart(page);
    const link = page.locator(".app-work__link", { hasText: "SMITH, Jane" }).first();
    await link.scrollIntoViewIfNeeded();
    await (name === "desktop" ? link.click() : link.tap());
    await page.locator(".app-banner").waitFor();
    // The page that turns is not a shift of one page: it counts from its first frame.
    const since = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0))));
    await settled(page);
    await still(page, `by row, ${name}`, { since, most: mostOfPerson(name) });
    quiet();
    await context.close();
  });
}

for (const [name, size] of Object.entries(shapes)) {
  test(`${name}: long lists stand still while hospitals answer one after the other`, async () => {
    const { page, context, quiet } = await visitor({ size, touch: name !== "desktop" });
    await enter(page);
    await settled(page);
    await apart(page, 250);
    await listen(page);
    const most = name === "phone" ? MOST_OF_A_LIST_IN_ONE_COLUMN : MOST;
    for (const section of ["activity", "results", "medicines", "documents", "timeline", "team"]) {
      await page.goto(`${url}/patient/${cases.jane.patient}/${section}`);
      await page.locator(".app-panel--full").first().waitFor({ state: "attached" });
      await settled(page);
      await still(page, `${section}, ${name}`, { most });
    }
    await page.goto(`${url}/hospital`);
    await page.locator(".app-stream__event").first().waitFor();
    await page.waitForFunction(() => !document.querySelector(".app-live")?.innerText.includes("loading"));
    await still(page, `hospital activity, ${name}`);
    quiet();
    await context.close();
  });
}

/** Somebody who has answered the form of the locality, and what of a plan stands below it. */
async function answered() {
  const { entry } = await (await fetch(`${apis.shared}/QuestionnaireResponse?_count=200`)).json();
  const all = entry.map((it) => it.resource).filter((it) => it.questionnaire?.startsWith("https://alongside.example/Questionnaire/home-safety"));
  return all[0].subject.reference.split("/").pop();
}

/** The forms of the locality come last of all, or not at all: alone, or in a batch, as the server is asked. */
async function late(page, fails = false) {
  await page.route(/\/fhir\/shared(\/|$|\?)/, async (route) => {
    const asks = (route.request().url() + (route.request().postData() ?? "")).includes("Questionnaire?");
    if (asks) await new Promise((done) => setTimeout(done, 2500));
    await (asks && fails ? route.fulfill({ status: 500, body: "{}" }) : route.continue()).catch(() => {});
  });
}

for (const [name, size] of Object.entries(shapes)) {
  test(`${name}: a plan stands still when the form of a locality comes late`, async () => {
    const { page, context, quiet } = await visitor({ size, touch: name !== "desktop" });
    await enter(page);
    await settled(page);
    await late(page);
    await listen(page);
    await page.goto(`${url}/patient/${await answered()}/plan#record`);
    await page.locator("#form-home-safety").getByText("Gas", { exact: true }).waitFor();
    const waits = page.locator("#form-home-safety .app-write__choices--awaited");
    await waits.first().waitFor();
    // Both the form and what stands below it are on the screen.
    await page.locator("#form-home-safety .app-panel__foot").evaluate((it) => it.scrollIntoView({ block: "center" }));
    await page.waitForTimeout(300);
    const since = await page.evaluate(() => performance.now());
    const before = await page.locator("#record").boundingBox();
    await page.locator("#form-home-safety").getByRole("heading", { name: "Home safety" }).waitFor();
    await settled(page);
    await still(page, `a late form, ${name}`, { since });
    const moved = Math.abs((await page.locator("#record").boundingBox()).y - before.y);
    assert.ok(moved <= MOST_MOVED, `what stands below has moved by ${moved} px`);
    quiet();
    await context.close();
  });
}

test("a form that cannot be had says so in its place, with what was answered, and comes when it is asked for again", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await settled(page);
  await late(page, true);
  await page.goto(`${url}/patient/${await answered()}/plan`);
  const place = page.locator("#form-home-safety");
  await place.getByText(/^The questions of this form are not here\./).waitFor();
  await place.getByText("Gas", { exact: true }).waitFor();
  await page.locator(".app-rail, nav").getByRole("link", { name: /^Local form/ }).first().waitFor();
  await page.unroute(/\/fhir\/shared(\/|$|\?)/);
  await place.locator(".app-notice").getByRole("button", { name: "Try again" }).click();
  await place.getByRole("heading", { name: "Home safety" }).waitFor();
  await place.getByRole("button", { name: /^Edit/ }).waitFor();
  quiet({ failing: true });
  await context.close();
});
