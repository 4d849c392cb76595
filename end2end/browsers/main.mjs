// The main ways through the page, in every browser that Debian has: who am I, the worklist, the finder, a person and
// their sections, back, a source that fails, a phone. What is in a section is for the journeys in Chromium; here it is
// whether each browser does what the page needs of it.
import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { cases, sections, sizes } from "../page.mjs";
import { canFail, down, restore } from "../record-apis.mjs";
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
