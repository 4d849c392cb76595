// A browser on the page under test: who reads, what the console says, and how things are found on the screen.
// ALONGSIDE_URL says where the page is; Chromium comes from the system.

import { chromium } from "playwright-core";
import assert from "node:assert/strict";

export const url = process.env.ALONGSIDE_URL ?? "http://localhost:8000";
export const sizes = {
  desktop: { width: 1280, height: 800 },
  tablet: { width: 1024, height: 768 },
  upright: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 640 },
};

let browser;

/** One browser for all journeys of a file. */
export async function launch() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return browser;
}

export async function close() {
  await browser?.close();
  browser = undefined;
}

/**
 * A fresh visitor. Everything that the console calls an error is collected; `expectQuiet` fails on any.
 * A failed network request is logged by the browser itself and is not the page's error when it was expected.
 */
export async function visitor({ size = sizes.desktop, touch = false, ...more } = {}) {
  const context = await (await launch()).newContext({ viewport: size, hasTouch: touch, locale: "en-US", timezoneId: "America/New_York", ...more });
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  const expectQuiet = ({ allowingNetwork = false } = {}) => {
    const real = errors.filter((it) => !(allowingNetwork && /Failed to load resource|net::ERR/.test(it)));
    assert.deepEqual(real, [], "the console has errors");
  };
  return { context, page, errors, expectQuiet };
}

/** Opens the page and becomes the first person offered. */
export async function enter(page, path = "/") {
  await page.goto(url + path);
  const person = page.locator(".app-people__person").first();
  await person.waitFor();
  await person.click();
  await page.locator("h1").first().waitFor();
}

/** The worklist with its people, where each row has heard from every source. */
export async function worklist(page) {
  await page.locator(".app-work__link").first().waitFor();
  return page.locator(".app-work__row");
}

/** Waits until nothing on the screen says that it is loading. */
export async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .app-skeleton'), undefined, { timeout: 30_000 });
}

/** Opens the first person of the list whose name contains these words. */
export async function openPerson(page, name) {
  const box = page.getByRole("combobox");
  await box.fill(name);
  await page.getByRole("option").first().click();
  await page.locator(".app-banner__name").waitFor();
  await settled(page);
}

/** Nothing sticks out to the side, nothing lies over the banner. */
export async function expectFits(page, what) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 1, `${what}: ${over} px wider than the screen`);
}
