// Hospital activity, as journeys look at it.
import { configure, enter, polled, settled, visitor } from "./page.mjs";

/** Somebody who looks at hospital activity, with `change` made to each source of the configuration. */
export async function watcher({ change = polled, prepare = () => {}, path = "/hospital", ...options } = {}) {
  const it = await visitor(options);
  await configure(it.page, (config) => config.sources.forEach(change));
  await prepare(it.page);
  await enter(it.page, path);
  await steady(it.page);
  return it;
}

/** The first answers are there, and what comes from now on waits. */
export async function steady(page) {
  const live = page.locator(".app-live").getByText(/every \d+ s|live/).first();
  await live.waitFor().catch(async (error) => {
    throw new Error(`${error.message}\n${await page.locator("body").innerText()}`);
  });
  await settled(page);
  await page.waitForTimeout(2500);
}

/** What stands in the stream. */
export const events = (page) => page.locator(".app-stream__event").evaluateAll((all) => all.map((it) => it.innerText.replace(/\s+/g, " ")));
/** What waits to be shown. */
export const bar = (page) => page.locator(".app-stream__wait");
