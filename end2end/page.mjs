// The page as a person meets it: who reads, what is on the screen, when it has settled.
import assert from "node:assert/strict";

import { complaints, launch } from "./browser.mjs";
import { url } from "./record-apis.mjs";

export const sizes = {
  desktop: { width: 1280, height: 800 },
  tablet: { width: 1024, height: 768 },
  upright: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 640 },
};

export const sections = ["overview", "plan", "team", "medicines", "results", "activity", "documents", "timeline"];

/** People who break software, and the people of the mock pictures, by name: `cases.jane.patient` is an id. */
export const cases = Object.fromEntries(JSON.parse(process.env.ALONGSIDE_CASES ?? "[]").map((it) => [it.name, it]));

let browser;

/** One browser for all journeys of a file; `close` ends it. */
export async function open() {
  browser ??= await launch();
  return browser;
}

export async function close() {
  await browser?.close();
  browser = undefined;
}

/** What the pages of this journey have sent to record APIs: where, and the resource. */
export const sent = [];

function note(request) {
  const { pathname } = new URL(request.url());
  if (!["POST", "PUT"].includes(request.method()) || !pathname.startsWith("/fhir/")) return;
  if (!/json/.test(request.headers()["content-type"] ?? "")) return;
  sent.push({ where: `${request.method()} ${pathname}`, body: JSON.parse(request.postData()) });
}

/** Somebody with an empty device, in another country's time and language: the page must not care. */
export async function visitor({ size = sizes.desktop, touch = false, ...more } = {}) {
  const context = await (await open()).newContext({ viewport: size, hasTouch: touch, locale: "en-US", timezoneId: "America/New_York", ...more });
  context.on("request", note);
  const page = await context.newPage();
  const heard = complaints(page);
  // The browser itself notes every failed request; a journey that fails sources on purpose says so.
  const quiet = ({ failing = false } = {}) => {
    const real = heard.filter((it) => !(failing && /Failed to (load resource|fetch)/.test(it)));
    assert.deepEqual(real, [], "the console has errors");
  };
  return { context, page, quiet };
}

/** The page gets its configuration with this change made to it; returns it. */
export async function configure(page, change) {
  const config = await (await fetch(`${url}/config.json`)).json();
  change(config);
  await page.route(/\/config\.json$/, (route) => route.fulfill({ json: config }));
  return config;
}

/** A source that is asked every second, so that nobody waits, and does not push. */
export function polled(source) {
  source.pollSeconds = 1;
  delete source.push;
}

/** Goes to a path and becomes the first person offered, where nobody is anybody yet. */
export async function enter(page, path = "/", name = undefined) {
  await page.goto(url + path);
  const people = page.locator(".app-people__person");
  await people.first().waitFor();
  await (name ? people.filter({ hasText: name }) : people).first().click();
  await page.locator("#page-heading, #section-heading").first().waitFor();
}

/** Nothing on the screen waits any more. */
export async function settled(page, timeout = 40_000) {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .app-skeleton'), undefined, { timeout });
}

/** A person's page, complete. */
export async function person(page, id, section = "overview") {
  await page.goto(`${url}/patient/${id}${section === "overview" ? "" : `/${section}`}`);
  await page.locator(".app-banner__name").waitFor();
  await settled(page);
}

/** Nothing sticks out to the side. */
export async function fits(page, what) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 1, `${what}: ${over} px wider than the screen`);
}

/** A panel by its title. */
export const panel = (page, title) => page.locator(".app-panel").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

/** What came of saving is said in this part of the plan, and is in sight. */
export async function saved(part, timeout = 15_000) {
  const said = part.getByText(/^Saved to the record \d\d:\d\d\.$/);
  await said.waitFor({ timeout });
  const seen = await said.evaluate(async (it) => {
    const until = performance.now() + 3000;
    for (;;) {
      const { left, top, height } = it.getBoundingClientRect();
      if (it.contains(document.elementFromPoint(left + 20, top + height / 2))) return true;
      if (performance.now() > until) return false;
      await new Promise(requestAnimationFrame);
    }
  });
  assert.ok(seen, "that it is saved is out of sight");
}
