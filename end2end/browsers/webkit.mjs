// WebKit: WebKitGTK's own MiniBrowser, as Debian has it, told what to do over WebDriver, on a display without a
// screen. Its driver keeps one session at a time, so that visitors come one after the other, each with a new browser
// and a new driver.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { Builder, Capabilities, error, Key } from "selenium-webdriver";

import { url } from "../record-apis.mjs";
import { Silent } from "./silent.mjs";

const PATIENCE = 40_000;
const LARGEST = "1400x1400x24";
const FOLDER = "/usr/lib";

/** It is in the folder of the library, whose name has the machine's in it. */
function miniBrowser() {
  const places = readdirSync(FOLDER).map((it) => `${FOLDER}/${it}/webkit2gtk-4.1/MiniBrowser`);
  const found = places.find((it) => existsSync(it));
  if (!found) throw new Error("There is no WebKitGTK: apt-get install webkit2gtk-driver xvfb");
  return found;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** A display that chooses its own number. */
async function display() {
  const xvfb = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", LARGEST, "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await Promise.race([
    once(xvfb.stdio[3], "data"),
    once(xvfb, "error").then(([problem]) => { throw problem; }),
    once(xvfb, "exit").then(() => { throw new Error("Xvfb ended at once"); }),
  ]);
  return { name: `:${String(number).trim()}`, end: () => xvfb.kill() };
}

async function driver(on) {
  const port = await freePort();
  const process_ = spawn("WebKitWebDriver", [`--port=${port}`], {
    stdio: "ignore",
    env: { ...process.env, DISPLAY: on, TZ: "America/New_York" },
    // With its browser a group of its own, which ends as one.
    detached: true,
  });
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    const up = await fetch(`${address}/status`).then((it) => it.ok, () => false);
    if (up) return { address, group: process_.pid, end: () => ended(process_.pid) };
    if (tries === 100) throw new Error("WebKitWebDriver did not come up");
    await pause(100);
  }
}

function ended(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch (problem) {
    if (problem.code !== "ESRCH") throw problem;
  }
}

/** How much processor the pages of a group of processes have had, in hundredths of a second. */
function worked(group) {
  let ticks = 0;
  for (const id of readdirSync("/proc").filter((it) => /^\d+$/.test(it))) {
    try {
      const [, name, rest] = readFileSync(`/proc/${id}/stat`, "utf8").match(/\((.*)\) (.*)/s);
      const fields = rest.split(" ");
      if (name.startsWith("WebKitWebProc") && Number(fields[2]) === group) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended since it was listed.
    }
  }
  return ticks;
}

/**
 * What a driver answers, within a time. It has been seen to never answer at all, with a browser that rests: that is
 * `Silent`. A page that works without end makes it silent too, and is a defect of the page.
 */
async function answered(answer, what, group) {
  const late = Symbol("late");
  const timer = new AbortController();
  const first = await Promise.race([answer, pause(PATIENCE, late, { signal: timer.signal, ref: false })]);
  timer.abort();
  if (first !== late) return first;
  answer.catch(() => {});
  const before = worked(group);
  await pause(2000);
  const busy = worked(group) - before;
  if (busy > 100) throw new Error(`The page works without end: ${what} was not answered, and it had ${busy / 2} % of a processor`);
  throw new Silent(`WebKitWebDriver did not answer ${what}`);
}

/** The driver passes no console on: the page itself notes what goes wrong, from when a document has loaded. */
const listen = () => {
  if (globalThis.heard) return;
  globalThis.heard = [];
  const note = (it) => globalThis.heard.push(String(it));
  addEventListener("error", (event) => note(event.message));
  addEventListener("unhandledrejection", (event) => note(event.reason));
  const { error: said } = console;
  console.error = (...words) => {
    note(words.join(" "));
    said.apply(console, words);
  };
};

/** The first element that can be seen, with these words in it; scrolled to, which the driver does not always do. */
const seen = ([css, words]) => {
  const says = (it) => words === null || it.textContent.replace(/\s+/g, " ").toLowerCase().includes(words.toLowerCase());
  const shows = (it) => it.checkVisibility({ visibilityProperty: true }) && it.getClientRects().length > 0;
  const found = [...document.querySelectorAll(css)].find((it) => says(it) && shows(it));
  if (!found) return null;
  const { top, bottom } = found.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) found.scrollIntoView({ block: "center" });
  return found;
};

/** What the page may do to an element between finding and using it: drawn anew, or something moved over it. */
const passing = [error.StaleElementReferenceError, error.ElementClickInterceptedError, error.ElementNotInteractableError];

export async function start() {
  const screen = await display();
  const binary = miniBrowser();
  let version = "";

  async function visitor(size) {
    const server = await driver(screen.name);
    try {
      return await session(server, size);
    } catch (problem) {
      server.end();
      throw problem;
    }
  }

  async function session(server, size) {
    const wanted = new Capabilities({
      browserName: "MiniBrowser",
      // Without its own tools: they would keep the window wider than a phone.
      "webkitgtk:browserOptions": { binary, args: ["--automation", "--full-screen"] },
    });
    const builder = new Builder().usingServer(server.address).disableEnvironmentOverrides().withCapabilities(wanted);
    const web = await answered(Promise.resolve(builder.build()), "a new session", server.group);
    const execute = web.execute.bind(web);
    web.execute = (command) => answered(execute(command), command.getName(), server.group);
    version = (await web.getCapabilities()).get("browserVersion");
    await web.manage().window().setRect({ x: 0, y: 0, ...size });
    const run = (script, value) => web.executeScript(`return (${script})(arguments[0])`, value);
    const heard = [];
    const gather = async () => heard.push(...(await run(() => globalThis.heard?.splice(0) ?? [])));
    const keys = async (...all) => {
      await web.actions().sendKeys(...all).perform();
    };

    /** Does something to the first element that can be seen, until the page lets it. */
    async function act(css, words, doing) {
      let last;
      let why;
      const done = async () => {
        try {
          // What is found may be drawn anew before its handle is there.
          const element = await run(seen, [css, words ?? null]);
          if (!element) return false;
          last = { value: await doing(element) };
          return true;
        } catch (problem) {
          if (!passing.some((it) => problem instanceof it)) throw problem;
          why = problem;
          return false;
        }
      };
      await web.wait(done, PATIENCE, "", 50).catch(async (problem) => {
        const instead = await run(() => document.body.innerText.slice(0, 1500));
        const what = `${css}${words ? `, "${words}"` : ""}`;
        throw new Error(`${why ? `Could not use ${what}` : `Nothing to be seen that is ${what}`}:\n${instead}`, { cause: why ?? problem });
      });
      return last.value;
    }

    /** Until it stands where it stood a moment ago: a press on what moves is a press on something else. */
    async function resting(element) {
      const place = () => run((it) => JSON.stringify(it.getBoundingClientRect()), element);
      for (let before = "", tries = 0; tries < 40; tries += 1) {
        const now = await place();
        if (now === before) return;
        before = now;
        await new Promise((done) => setTimeout(done, 80));
      }
    }

    return {
      async goto(path) {
        await gather();
        await web.get(url + path);
        await run(listen);
      },
      async reload() {
        await gather();
        await web.navigate().refresh();
        await run(listen);
      },
      back: () => web.navigate().back(),
      click: (css, words) => act(css, words, (it) => resting(it).then(() => it.click())),
      press: (key) => keys(Key[key.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase()] ?? key),
      async type(css, text) {
        await act(css, undefined, (it) => it.click());
        await web.actions().keyDown(Key.CONTROL).sendKeys("a").keyUp(Key.CONTROL).perform();
        await keys(text);
      },
      // Not `getText`, whose own idea of what can be seen leaves out a part of the bar at the top.
      text: (css, words) => act(css, words, (it) => run((element) => element.innerText, it)),
      run,
      until: (script, value) => web.wait(() => run(script, value), PATIENCE, `never came true: ${script}`, 50).then(() => {}),
      screenshot: async () => Buffer.from(await web.takeScreenshot(), "base64"),
      async complaints() {
        await gather();
        return heard;
      },
      // What is wrong by then has been said; the group ends in any case.
      close: () => web.quit().catch(() => {}).finally(server.end),
    };
  }

  return {
    name: "webkit",
    get version() {
      return version;
    },
    visitor,
    close: () => screen.end(),
  };
}
