// Looks at the page all the time, not only when it has settled: every change of the screen is checked for somebody
// else's facts, for the notice of a panic, and for anything that was executed or that the browser's policy stopped.
import assert from "node:assert/strict";

import { cases, settled, visitor } from "./page.mjs";
import { MARK, chooseForeigner } from "./foreign.mjs";

const spaced = (number) => number.replace(/^(...)(...)(....)$/, "$1 $2 $3");

/** Everybody whom the journeys know: the name as lists show it, the NHS number as screens show it. */
export const known = () =>
  Object.values(cases)
    .filter((it) => it.nhsNumber)
    .map((it) => ({ id: it.patient, surname: it.listed?.split(",")[0] ?? "", number: spaced(it.nhsNumber), bare: it.nhsNumber }));

/** Runs in the page, before anything else does. */
function look({ people, mark }) {
  const seen = new Set();
  globalThis.watched = () => [...seen];
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) globalThis[name] = () => void seen.add(`${name}() was called`);
  addEventListener("securitypolicyviolation", (it) => seen.add(`the policy stopped ${it.violatedDirective}: ${it.blockedURI} ${it.sample}`));
  const screen = () => {
    if (!document.body) return;
    const text = document.body.textContent;
    if (text.includes(mark)) {
      const at = text.indexOf(mark);
      seen.add(`somebody else's facts: …${text.slice(Math.max(0, at - 80), at + 80)}…`);
    }
    if (document.getElementById("stopped")) seen.add("the page stopped");
    if (globalThis.hacked !== undefined) seen.add("something was executed");
    const head = document.querySelector(".app-patient");
    if (head) {
      const main = head.textContent + (document.querySelector("main")?.textContent ?? "");
      const own = people.find((it) => head.textContent.includes(it.number));
      for (const it of people) {
        if (it === own || !own) continue;
        if (main.includes(it.number) || main.includes(it.bare)) seen.add(`on the page of ${own.surname}: the NHS number of ${it.surname}`);
        if (it.surname !== own.surname && main.includes(`${it.surname},`)) seen.add(`on the page of ${own.surname}: the name of ${it.surname}`);
      }
    }
    for (const row of document.querySelectorAll(".app-work__row")) {
      const here = people.filter((it) => row.textContent.includes(it.number));
      if (here.length > 1) seen.add(`one row, several people: ${here.map((it) => it.surname)}`);
      if (here.length && !row.textContent.includes(`${here[0].surname},`)) seen.add(`the number of ${here[0].surname} beside another name: ${row.textContent.slice(0, 300)}`);
    }
  };
  new MutationObserver(screen).observe(document, { childList: true, subtree: true, characterData: true });
}

/** A visitor whose screen is looked at all the time; `fine` fails when anything was seen that must not be. */
export async function watchedVisitor({ people = known(), ...options } = {}) {
  const it = await visitor(options);
  await it.context.addInitScript(look, { people, mark: MARK });
  const dialogs = [];
  it.page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss().catch(() => {});
  });
  const fine = async (what) => {
    assert.deepEqual(await it.page.evaluate(() => globalThis.watched()), [], what);
    assert.deepEqual(dialogs, [], what);
    it.quiet({ failing: true });
  };
  return { ...it, fine };
}

/** Becomes the first person offered at the proxy's address, and chooses whose facts a lie gives: nobody of the list. */
export async function enterAt(page, origin) {
  const bodies = [];
  const keep = async (it) => it.url().includes("/fhir/") && bodies.push(await it.text().catch(() => ""));
  page.on("response", keep);
  await page.goto(origin);
  await page.locator(".app-people__person").first().click();
  await page.locator(".app-work__link").first().waitFor();
  await settled(page);
  page.off("response", keep);
  const shownOnce = bodies.join("") + JSON.stringify(cases);
  return chooseForeigner("rm2", (number) => shownOnce.includes(number));
}

/** Goes somewhere inside the page, as its own links do: nothing is loaded anew. */
export async function go(page, path) {
  await page.evaluate((href) => {
    const link = Object.assign(document.createElement("a"), { href });
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
}

/**
 * What the screen says, without the times that differ from one look to the next, and without the feet of panels. Of a
 * list, its first rows: how many stand in the document depends on their height.
 */
export const shown = (page) =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll(".app-work__row")].slice(0, 5);
    const parts = rows.length ? rows : [".app-patient", "main"].map((it) => document.querySelector(it)).filter(Boolean);
    const text = parts.map((part) => {
      const copy = part.cloneNode(true);
      for (const foot of copy.querySelectorAll(".app-panel__foot, .app-head, .app-notice, .app-rail")) foot.remove();
      return copy.textContent;
    });
    return text.join("\n").replace(/\d+ (min|h) ago/g, "…").replace(/just now/g, "…").replace(/[^\S\n]+/g, " ");
  });

/** Waits until the screen says this; whether it does in the end. */
export async function says(page, wanted, patience) {
  const end = Date.now() + patience;
  do {
    if ((await shown(page)) === wanted) return true;
    await page.waitForTimeout(50);
  } while (Date.now() < end);
  return false;
}

/** Opens the list of sources, whose part of the program may have to be loaded first. */
async function openSources(page) {
  await page.getByRole("button", { name: /up to date/ }).click();
  await page.locator(".app-sources").waitFor();
}

/** The whole screen in words, with the list of sources. */
export async function everything(page) {
  await openSources(page);
  const text = await page.locator("body").innerText();
  await page.keyboard.press("Escape");
  return text;
}

/** Presses "Try again": on the page, and of every source in the list of sources. */
export async function tryAgain(page) {
  await settled(page);
  await openSources(page);
  await page.evaluate(() => {
    for (const button of document.querySelectorAll("button")) if (/^Try again/.test(button.textContent.trim())) button.click();
  });
  await page.keyboard.press("Escape");
  await settled(page);
}
