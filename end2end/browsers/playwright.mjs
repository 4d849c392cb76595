// Chromium and Firefox, through Playwright: both as Debian has them, nothing downloaded.
import { firefox } from "playwright-core";

import { complaints, launch } from "../browser.mjs";
import { url } from "../record-apis.mjs";

const PATIENCE = 40_000;

const programs = {
  chromium: launch,
  firefox: () => firefox.launch({ channel: "moz-firefox", executablePath: "/usr/bin/firefox-esr" }),
};

export async function start(name) {
  const browser = await programs[name]();

  /** Somebody with an empty device. */
  async function visitor(size) {
    const context = await browser.newContext({ viewport: size, locale: "en-US", timezoneId: "America/New_York" });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const heard = complaints(page);
    const first = (css, words) => page.locator(css, words === undefined ? {} : { hasText: words }).filter({ visible: true }).first();
    return {
      goto: (path) => page.goto(url + path),
      reload: () => page.reload(),
      back: () => page.goBack(),
      click: (css, words) => first(css, words).click(),
      press: (key) => page.keyboard.press(key),
      async type(css, text) {
        await first(css).click();
        await page.keyboard.press("Control+a");
        await page.keyboard.type(text);
      },
      text: (css, words) => first(css, words).innerText(),
      run: (script, value) => page.evaluate(script, value),
      until: (script, value) => page.waitForFunction(script, value).then(() => {}),
      screenshot: () => page.screenshot(),
      complaints: async () => heard,
      close: () => context.close(),
    };
  }

  return { name, version: browser.version(), visitor, close: () => browser.close() };
}
