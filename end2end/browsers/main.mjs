// The main ways through the page, in every browser that Debian has: who am I, the worklist, the finder, a person and
// their sections, back, a source that fails, a plan and a form that are written, a phone. What is in a section is for the journeys in Chromium; here it is
// whether each browser does what the page needs of it.
import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { cases, sections, sizes } from "../page.mjs";
import { apis, canFail, down, restore } from "../record-apis.mjs";
import { Silent, start, wanted } from "./driver.mjs";

const { jane } = cases;
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const there = (screen, css) => screen.until((it) => document.querySelector(it) !== null, css);

/** Nothing waits any more. */
const settled = (screen) => screen.until(() => !document.querySelector('[aria-busy="true"], .app-skeleton'));

/** Goes to a path, as nobody yet, and becomes the person of that name. */
async function enter(screen, path = "/", name = "Asha") {
  await screen.goto(path);
  await screen.click(".app-people__person", name);
  await screen.until(() => document.querySelector("#page-heading, #section-heading") !== null);
}

async function list(screen) {
  await there(screen, ".app-work__link");
  await settled(screen);
}

/** The panel of that title, as it is on the screen. */
const panel = (screen, title) => screen.run((wantedTitle) => {
  const all = [...document.querySelectorAll(".app-panel")];
  return all.find((it) => it.querySelector("h2, h3")?.textContent.trim() === wantedTitle)?.innerText ?? "";
}, title);

/** Waits until this is said there. */
const says = (screen, css, words) =>
  screen.until(([place, wanted_]) => document.querySelector(place)?.innerText.includes(wanted_) ?? false, [css, words]);

/** Jane's, as the record has them. */
async function found(path, own) {
  const { entry } = await (await fetch(`${apis.shared}/${path}?patient=${jane.patient}`, { headers: { Accept: "application/fhir+json" } })).json();
  return (entry ?? []).map((it) => it.resource).find(own);
}
const crisisPlan = () => found("CarePlan", (it) => it.category?.[0]?.coding?.[0]?.code === "325691000000100");
const homeSafety = () => found("QuestionnaireResponse", (it) => it.questionnaire?.includes("/home-safety"));
const trigger = (it) => it.activity.find((one) => /trigger/i.test(one.detail?.code?.text ?? "")).detail.description;

async function put(resource) {
  const headers = { "content-type": "application/fhir+json" };
  const answer = await fetch(`${apis.shared}/${resource.resourceType}/${resource.id}`, { method: "PUT", headers, body: JSON.stringify(resource) });
  assert.ok(answer.ok, await answer.text());
}

/** What a failed journey leaves. A browser that does not answer leaves nothing. */
async function picture(screen, name) {
  const file = join(await mkdtemp(join(tmpdir(), `alongside-${name}-`)), "screen.png");
  const png = await Promise.race([screen.screenshot(), pause(10_000).then(() => Promise.reject(new Error("no picture")))]);
  await writeFile(file, png);
  return file;
}

const banner = async (screen) => (await screen.text(".app-banner")).replace(/\s+/g, " ");
const ofJane = /SMITH, Jane.* \(Mrs\).*Born.*14-Jul-1945 \(\d+y\).*Gender.*Female.*NHS No\..*\d{3} \d{3} \d{4}/;

for (const name of wanted) {
  suite(name, () => {
    let browser;
    before(async () => {
      browser = await start(name);
    });
    after(() => browser?.close());

    /** Somebody does something on a screen of a size; what the console says at its end is nothing. */
    async function visit(doing, { size, failing }) {
      const screen = await browser.visitor(size);
      try {
        await doing(screen);
        // The browser itself notes every request that fails.
        const real = (await screen.complaints()).filter((it) => !(failing && /Failed to load resource|NetworkError|HTTP|fetch/i.test(it)));
        assert.deepEqual(real, [], "the console has errors");
        assert.equal(await screen.run(() => document.getElementById("stopped") === null), true, "the page stopped");
      } catch (problem) {
        if (!(problem instanceof Silent)) {
          await picture(screen, name).then((file) => (problem.message += `\nThe screen: ${file}`), () => {});
        }
        throw problem;
      } finally {
        await screen.close();
      }
    }

    /** A journey; once more, and said, if its driver fell silent. */
    const journey = (title, doing, { size = sizes.desktop, failing = false, ...options } = {}) =>
      test(title, { timeout: 180_000, ...options }, async (journeys) => {
        try {
          await visit(doing, { size, failing });
        } catch (problem) {
          if (!(problem instanceof Silent)) throw problem;
          journeys.diagnostic(`${problem.message}. Begun again with a new one.`);
          await visit(doing, { size, failing });
        }
      });

    journey("says who can be somebody, and is remembered", async (screen) => {
      await enter(screen);
      await list(screen);
      assert.match(await screen.text(".app-top"), /Asha Rahman/);
      await screen.reload();
      await list(screen);
      assert.match(await screen.text(".app-top"), /Asha Rahman/);
    });

    journey("the worklist shows people, orders them and keeps that in the address", async (screen) => {
      await enter(screen);
      await list(screen);
      const row = await screen.text(".app-work__row", "SMITH, Jane");
      for (const fact of [/14-Jul-1945/, /\d{3} \d{3} \d{4}/, /In hospital/]) assert.match(row, fact);
      await screen.click("button", "Risk of admission");
      await screen.until(() => location.search.includes("sort=risk"));
      const risks = await screen.run(() => [...document.querySelectorAll(".app-work__row")].map((it) => Number(it.innerText.match(/(\d+(?:\.\d+)?) ?%/)?.[1] ?? -1)));
      assert.ok(risks.length > 3, `${risks.length} rows`);
      assert.deepEqual(risks, [...risks].sort((a, b) => b - a));
      await screen.back();
      await screen.until(() => !location.search.includes("sort="));
    });

    journey("finds by NHS number, from the keyboard, and says a wrong check digit", async (screen) => {
      await enter(screen);
      await there(screen, ".app-finder input");
      await screen.press("/");
      await screen.until(() => document.activeElement?.matches(".app-finder input") === true);
      const wrong = jane.nhsNumber.slice(0, 9) + ((Number(jane.nhsNumber[9]) + 1) % 10);
      await screen.type(".app-finder input", wrong);
      await screen.until(() => /check digit/i.test(document.querySelector(".app-finder").innerText));
      await screen.type(".app-finder input", jane.nhsNumber);
      await screen.until(() => /SMITH, Jane/.test(document.querySelector(".app-finder [role=option]")?.innerText ?? ""));
      assert.match(await screen.run(() => document.querySelector(".app-finder input").value), /^\d{3} \d{3} \d{4}$/);
      await screen.press("ArrowDown");
      await screen.press("Enter");
      await there(screen, ".app-banner__name");
      await settled(screen);
      assert.match(await banner(screen), ofJane);
    });

    journey("finds by name and year of birth, with the pointer", async (screen) => {
      await enter(screen);
      await screen.type(".app-finder input", "jane smith 1945");
      await screen.click(".app-finder [role=option]", "SMITH, Jane");
      await there(screen, ".app-banner__name");
      await settled(screen);
      assert.match(await banner(screen), ofJane);
    });

    journey("opens a person from the list, and back is where one was", async (screen) => {
      await enter(screen);
      await list(screen);
      await screen.click(".app-work__link", "SMITH, Jane");
      await there(screen, ".app-banner__name");
      await settled(screen);
      assert.match(await banner(screen), ofJane);
      assert.match(await screen.text(".app-allergies"), /Known allergies[^]*Penicillin/i);
      assert.match(await panel(screen, "Now"), /In hospital/);
      assert.match(await panel(screen, "Who to ring"), /Carol Smith/);
      assert.equal(await screen.run(() => location.pathname), `/patient/${jane.patient}`);
      const [scrolled, top] = await screen.run(() => {
        scrollTo(0, 200);
        return [scrollY, document.querySelector(".app-patient").getBoundingClientRect().top];
      });
      assert.ok(scrolled > 0, "there is something to scroll");
      assert.equal(Math.round(top), 0, "the banner stays at the top");
      await screen.back();
      await list(screen);
      assert.match(await screen.text(".app-work__row", "SMITH, Jane"), /14-Jul-1945/);
    });

    journey("every section opens by its link, says something, and has an address of its own", async (screen) => {
      await enter(screen, `/patient/${jane.patient}`);
      await settled(screen);
      const said = new Set();
      for (const [at, section] of sections.entries()) {
        const link = await screen.run((it) => document.querySelectorAll(".app-rail__link")[it].textContent.trim(), at);
        await screen.click(".app-rail__link", link);
        await screen.until((end) => location.pathname.endsWith(end), section === "overview" ? jane.patient : section);
        await there(screen, "#section-heading");
        await settled(screen);
        const words = await screen.text("main");
        assert.ok(words.length > 60, `${section} says: ${words}`);
        assert.match(await banner(screen), ofJane, section);
        said.add(words);
      }
      assert.equal(said.size, sections.length, "each says something else");
      await screen.back();
      await screen.until((end) => location.pathname.endsWith(end), sections.at(-2));
      await screen.reload();
      await there(screen, "#section-heading");
      await settled(screen);
      assert.match(await banner(screen), ofJane);
    });

    journey("a source that is down is named, nobody is said to be at home, and it recovers", async (screen) => {
      await enter(screen);
      await list(screen);
      await down("rm2");
      try {
        await screen.goto(`/patient/${jane.patient}`);
        await there(screen, ".app-banner__name");
        await settled(screen);
        const now = await panel(screen, "Now");
        assert.match(now, /South Manchester/);
        assert.doesNotMatch(now, /\bHome\b|In hospital/);
        assert.match(await panel(screen, "Who to ring"), /Carol Smith/, "the rest works");
      } finally {
        await restore("rm2");
      }
      await screen.click(".app-panel button", "Try again");
      await screen.until(() => /In hospital/.test(document.querySelector("main").innerText));
    }, { failing: true, skip: !canFail });

    journey("a plan is written: kept over a reload, it waits for a record that is down, and goes by itself", async (screen) => {
      const old = await crisisPlan();
      const words = `Breathless in ${name}, ${Date.now()}`;
      await enter(screen, `/patient/${jane.patient}/plan`);
      await settled(screen);
      await screen.click("#crisis button", "Edit");
      await screen.type("#crisis .app-write textarea", words);
      await says(screen, "#crisis .app-write__standing", "Saved on this device");
      await screen.reload();
      await settled(screen);
      await screen.click("#crisis .app-write__draft button", "Go on writing");
      await screen.until((wanted) => document.querySelector("#crisis .app-write textarea")?.value === wanted, words);
      try {
        await down("shared");
        try {
          await screen.click("#crisis button", "Save to the record");
          await says(screen, "#crisis .app-write__standing", "It is tried again by itself");
          await screen.click("#crisis button", "Close: it is saved by itself");
          await says(screen, ".app-top__waits", "1 waiting to be saved");
        } finally {
          await restore("shared");
        }
        await says(screen, ".app-top__waits", "Saved to the record");
        assert.equal(trigger(await crisisPlan()), words);
      } finally {
        await put(old);
      }
    }, { failing: true, skip: !canFail });

    journey("a question of a form is answered, and is on the record", async (screen) => {
      const before = await homeSafety();
      await enter(screen, `/patient/${jane.patient}/plan`);
      await settled(screen);
      await screen.click("#form-home-safety button", before ? "Edit" : "Answer");
      await there(screen, "#form-home-safety .app-write select");
      const chosen = await screen.run(() => {
        const select = document.querySelector("#form-home-safety .app-write select");
        const other = [...select.options].find((it) => it.value !== "" && it.value !== select.value);
        select.value = other.value;
        for (const kind of ["input", "change"]) select.dispatchEvent(new Event(kind, { bubbles: true }));
        return other.textContent.trim();
      });
      await screen.click("#form-home-safety button", "Save to the record");
      await says(screen, "#form-home-safety", "Saved to the record");
      const now = await homeSafety();
      try {
        assert.ok(JSON.stringify(now.item).includes(chosen), `${chosen} in ${JSON.stringify(now.item)}`);
      } finally {
        await (before ? put(before) : fetch(`${apis.shared}/QuestionnaireResponse/${now.id}`, { method: "DELETE" }));
      }
    });

    journey("fits a phone: the list, the person and every section", async (screen) => {
      const fits = async (what) => {
        const [wide, inner] = await screen.run(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.equal(inner, sizes.phone.width, "the window is a phone's");
        assert.ok(wide <= inner + 1, `${what} is ${wide} px wide`);
      };
      await enter(screen);
      await list(screen);
      await fits("the list");
      for (const fact of [/Born/, /Plan/, /Key worker/, /Risk/]) assert.match(await screen.text(".app-work__row"), fact);
      for (const section of sections) {
        await screen.goto(`/patient/${jane.patient}${section === "overview" ? "" : `/${section}`}`);
        await there(screen, "#section-heading");
        await settled(screen);
        await fits(section);
        assert.match(await banner(screen), new RegExp(escaped(jane.listed.split(" (")[0])));
      }
    }, { size: sizes.phone });
  });
}
