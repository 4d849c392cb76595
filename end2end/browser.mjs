// The browser of the journeys: Debian's Chromium, as `apt-get install chromium` has it.
import { chromium } from "playwright-core";

import { server } from "./record-apis.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = () => chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });

/** That another window of the same reader was faster is an answer, not an error: what both looked at is merged. */
const lateLook = (message) => /status of 412/.test(message.text()) && /\/List(\/|$)/.test(message.location().url);

/** A server that was not made for this configuration may not push what it says: the page asks once, and goes on without. */
const refusedPush = (message) => server === "given" && /status of 4\d\d/.test(message.text()) && /\/Subscription(\/|$)/.test(message.location().url);

/** Everything that a page says in the console as an error, and every exception: journeys expect none. */
export function complaints(page) {
  const heard = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !lateLook(message) && !refusedPush(message)) heard.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => heard.push(String(error)));
  return heard;
}
