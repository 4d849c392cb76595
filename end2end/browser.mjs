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

/** A server that was not made for this configuration may not push, or take things together: the page asks, and goes on without. */
function notOffered(message) {
  const { url } = message.location();
  const [isPush, isTogether] = [/\/Subscription(\/|$)/.test(url), /\/fhir\/[^/?]+$/.test(url)];
  return server === "given" && ((isPush && /status of 4\d\d/.test(message.text())) || (isTogether && /status of (403|404|405|501)/.test(message.text())));
}

/** Everything that a page says in the console as an error, and every exception: journeys expect none. */
export function complaints(page) {
  const heard = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !lateLook(message) && !notOffered(message)) heard.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => heard.push(String(error)));
  return heard;
}
