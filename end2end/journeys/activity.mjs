// Hospital activity: what the trusts write is there within seconds, waits behind a bar, and is never missed or doubled.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";

import { bar, events, steady, watcher } from "../hospital.mjs";
import { close, configure, fits, polled, sizes } from "../page.mjs";
import { apis, server, url } from "../record-apis.mjs";
import { arrival, booking, patientAt, trust, unwrite, who } from "../writing.mjs";

afterEach(unwrite);
after(close);

test("an arrival waits behind a bar within seconds, nothing moves, and then it is shown", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await watcher();
  const before = await events(page);
  assert.ok(before.length > 5, "things have happened");
  const third = page.locator(".app-stream__event").nth(2);
  await page.evaluate(() => scrollTo({ top: 200, behavior: "instant" }));
  const place = await third.boundingBox();
  const { id } = await arrival(source);
  await bar(page).getByText("1 new, show").waitFor({ timeout: 15_000 });
  assert.match(await page.title(), /^\(1\) Hospital activity/);
  assert.deepEqual(await events(page), before, "the bar alone has come");
  assert.equal((await third.boundingBox()).y, place.y);
  await bar(page).click();
  const wanted = new RegExp(`${who.listed.split(",")[0]}.*Arrived in ED.*all ${id}`, "i");
  assert.equal((await events(page)).filter((it) => wanted.test(it)).length, 1);
  assert.equal(await bar(page).count(), 0);
  assert.doesNotMatch(await page.title(), /\(1\)/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "page-heading");
  // Who came unplanned is one press away from what to do.
  await page.locator(".app-stream__event", { hasText: `all ${id}` }).getByRole("link").click();
  await page.locator(".app-banner__name").waitFor();
  await page.getByRole("heading", { name: "If it goes wrong" }).waitFor();
  quiet();
  await context.close();
});

test("what is corrected is replaced, what was entered in error or deleted leaves; in the end it is what a fresh load shows", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await watcher();
  const first = await arrival(source);
  const second = await arrival(source);
  await bar(page).getByText("2 new, show").waitFor({ timeout: 15_000 });
  await bar(page).click();
  const start = new Date(Date.now() - 7_200_000).toISOString();
  await arrival(source, { period: { start } }, first.id);
  const line = page.locator(".app-stream__event", { hasText: `all ${first.id}` });
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit" }).format(new Date(start));
  await line.getByText(time).waitFor({ timeout: 15_000 });
  assert.equal(await line.count(), 1, "corrected, not doubled");
  await arrival(source, { status: "entered-in-error" }, second.id);
  await page.locator(".app-stream__event", { hasText: `all ${second.id}` }).waitFor({ state: "detached", timeout: 15_000 });
  // A device that knows nothing: what a server can do, once known, may leave nobody to be asked about.
  const fresh = await watcher();
  assert.deepEqual(await events(page), await events(fresh.page));
  await fresh.context.close();
  quiet();
  await context.close();
});

test("a trust that cannot be reached is said to be, and what happened meanwhile is there when it can", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await watcher();
  const path = new RegExp(`/fhir/${source}(/|$|\\?)`);
  await page.route(path, (route) => route.abort());
  const notice = page.locator(".app-notice", { hasText: /not reached since/ });
  await notice.waitFor({ timeout: 20_000 });
  assert.match(await page.locator(".app-live").innerText(), /not reached since \d\d:\d\d/);
  // A number is of those who have answered.
  const everything = page.locator(".app-chip", { hasText: "Everything" });
  assert.match(await everything.innerText(), /^Everything \d+\+$/);
  const before = await events(page);
  await arrival(source);
  await page.waitForTimeout(3000);
  assert.deepEqual(await events(page), before);
  await page.unroute(path);
  await bar(page).getByText("1 new, show").waitFor({ timeout: 60_000 });
  await notice.waitFor({ state: "detached" });
  await page.waitForFunction(() => /Everything \d+(?!\+|\d)/.test(document.querySelector(".app-chips[aria-label=Show]").innerText));
  quiet({ failing: true });
  await context.close();
});

test("nothing is asked while nobody looks, and nothing is missed", { skip: !who }, async () => {
  const source = await trust();
  const prepare = (page) => page.addInitScript(() => Object.defineProperty(document, "hidden", { get: () => globalThis.asleep === true }));
  const { page, context, quiet } = await watcher({ prepare });
  await page.evaluate(() => (globalThis.asleep = true));
  await page.waitForTimeout(3000);
  let asked = 0;
  page.on("request", (it) => (asked += it.method() === "POST" ? 1 : 0));
  await arrival(source);
  await page.waitForTimeout(4000);
  assert.equal(asked, 0);
  await page.evaluate(() => (globalThis.asleep = false));
  await bar(page).getByText("1 new, show").waitFor({ timeout: 10_000 });
  quiet();
  await context.close();
});

test("filters are in the address, and what they hide is not missed", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await watcher();
  const chip = (name) => page.locator(".app-chip", { hasText: name });
  const all = await events(page);
  await chip("Results").click();
  await page.waitForURL(/\/hospital\?show=results$/);
  const results = await events(page);
  const other = /Arrived|Admitted|Discharged|Moved|Appointment|Did not attend/;
  assert.ok(all.some((it) => other.test(it)));
  assert.ok(results.length > 0 && !results.some((it) => other.test(it)));
  const { id } = await arrival(source);
  await bar(page).getByText("1 new that this filter hides, show everything").waitFor({ timeout: 15_000 });
  await bar(page).click();
  await page.waitForURL(/\/hospital$/);
  await page.locator(".app-stream__event", { hasText: `all ${id}` }).waitFor();
  await page.goBack();
  await page.waitForURL(/show=results$/);
  assert.equal(await chip("Results").getAttribute("aria-pressed"), "true");
  const trusts = page.getByRole("group", { name: "Trust" }).locator(".app-chip");
  await trusts.first().click();
  await page.waitForURL(/show=results&source=/);
  const again = await watcher({ path: page.url().slice(url.length) });
  assert.equal(await again.page.getByRole("group", { name: "Trust" }).locator(".app-chip").first().getAttribute("aria-pressed"), "true");
  assert.equal(await again.page.locator(".app-chip", { hasText: "Results" }).getAttribute("aria-pressed"), "true");
  await again.context.close();
  quiet();
  await context.close();
});

test("of a trust that is not here, or has never answered, no number is told", { skip: !who }, async () => {
  const none = await watcher({ path: "/hospital?source=nobody" });
  await none.page.getByText("There is no such trust here.").waitFor();
  const chips = none.page.getByRole("group", { name: "Show" });
  assert.doesNotMatch(await chips.innerText(), /\d/);
  await none.page.getByRole("button", { name: "Show everything" }).click();
  await none.page.waitForURL(/\/hospital$/);
  none.quiet();
  await none.context.close();

  const source = await trust();
  const fails = (page) => page.route(new RegExp(`/fhir/${source}(/|$|\\?)`), (route) => route.abort());
  const { page, context, quiet } = await watcher({ path: `/hospital?source=${source}`, prepare: fails });
  await page.getByText("it is not known what happened there").waitFor({ timeout: 20_000 });
  assert.doesNotMatch(await page.getByRole("group", { name: "Show" }).innerText(), /\d/);
  quiet({ failing: true });
  await context.close();
});

/** Hardly anybody is asked: what comes at once was pushed. */
function seldom(source) {
  source.pollSeconds = 3600;
}

const mark = (page, words) => page.locator(".app-live .app-note", { hasText: words });

/** A trust that pushes and knows the person, and where the page says so. */
async function pusher() {
  const { sources } = await (await fetch(`${url}/config.json`)).json();
  const pushing = await Promise.all(sources.filter((it) => it.push).map(async (it) => ((await patientAt(it.id)) ? it : undefined)));
  const { id: source, shortName } = pushing.find(Boolean);
  return { source, live: (page) => mark(page, `${shortName}, live`).or(mark(page, "2 sources, live")) };
}

test("a trust that pushes is live: what it writes, corrects and deletes is there at once, and after its line was cut", { skip: server !== "helios" || !who }, async () => {
  const { source, live } = await pusher();
  const lines = [];
  const prepare = (page) =>
    page.routeWebSocket(new RegExp(`/fhir/${source}/`), (line) => {
      line.connectToServer();
      lines.push(line);
    });
  const { page, context, quiet } = await watcher({ change: seldom, prepare });
  await live(page).waitFor({ timeout: 15_000 });
  const { id } = await arrival(source);
  await bar(page).getByText("1 new, show").waitFor({ timeout: 10_000 });
  await bar(page).click();
  const line = page.locator(".app-stream__event", { hasText: `all ${id}` });
  await line.waitFor();
  await fetch(`${apis[source]}/Encounter/${id}`, { method: "DELETE" });
  await line.waitFor({ state: "detached", timeout: 10_000 });
  // Cut: it says that it is asked now and then only, and what happens meanwhile is there when the line is.
  const before = lines.length;
  await lines.at(-1).close({ code: 1001 });
  await live(page).waitFor({ state: "detached", timeout: 10_000 });
  await page.waitForTimeout(1500);
  const second = await arrival(source);
  await live(page).waitFor({ timeout: 30_000 });
  assert.ok(lines.length > before);
  await bar(page).getByText("1 new, show").waitFor({ timeout: 10_000 });
  await bar(page).click();
  await page.locator(".app-stream__event", { hasText: `all ${second.id}` }).waitFor();
  quiet();
  await context.close();
});

test("two windows of one browser have one line to a trust; when one is closed the other takes over", { skip: server !== "helios" || !who }, async () => {
  const { source, live } = await pusher();
  const lines = [];
  const watching = (page, name) => page.on("websocket", (line) => line.url().includes(`/fhir/${source}/`) && lines.push(name));
  const { page, context, quiet } = await watcher({ change: seldom, prepare: (first) => watching(first, "first") });
  await live(page).waitFor({ timeout: 15_000 });
  const second = await context.newPage();
  watching(second, "second");
  await configure(second, (config) => config.sources.forEach(seldom));
  await second.goto(page.url());
  await live(second).waitFor({ timeout: 15_000 });
  await steady(second);
  assert.deepEqual(lines, ["first"]);
  await arrival(source);
  for (const it of [page, second]) {
    await it.bringToFront();
    await bar(it).getByText("1 new, show").waitFor({ timeout: 10_000 });
  }
  quiet();
  await page.close();
  await second.waitForTimeout(500);
  await live(second).waitFor({ timeout: 30_000 });
  for (let tries = 0; !lines.includes("second"); tries += 1) {
    assert.ok(tries < 150, "the other window has no line");
    await second.waitForTimeout(100);
  }
  await live(second).waitFor({ timeout: 15_000 });
  await arrival(source);
  await bar(second).getByText("2 new, show").waitFor({ timeout: 10_000 });
  await context.close();
});

test("the older form, criteria with bind and ping, pushes too, and nonsense on the line does no harm", { skip: server !== "helios" || !who }, async () => {
  const source = await trust();
  const said = [];
  let line;
  const change = (it) => {
    seldom(it);
    delete it.push;
    if (it.id === source) it.push = { criteria: ["Encounter?"], webSocketUrl: `/fhir/${source}/websocket` };
  };
  // A relay in front of the real record API: subscriptions and the line are its own, facts are the record API's.
  const prepare = async (page) => {
    await page.route(new RegExp(`/fhir/${source}/Subscription`), (route) => {
      const request = route.request();
      if (request.method() === "DELETE") return route.fulfill({ status: 204 });
      return route.fulfill({ json: { ...(request.postDataJSON() ?? { resourceType: "Subscription" }), id: "s1", status: "active" } });
    });
    await page.routeWebSocket(new RegExp(`/fhir/${source}/websocket$`), (opened) => {
      line = opened;
      opened.onMessage((text) => {
        said.push(text);
        if (text === "bind s1") opened.send("bound s1");
      });
    });
  };
  const { page, context, quiet } = await watcher({ change, prepare });
  await mark(page, /, live/).waitFor({ timeout: 15_000 });
  assert.deepEqual(said, ["bind s1"]);
  for (const nonsense of ["", "{", "[]", "ping", "bound x", '{"resourceType":"Bundle","entry":[{}]}', "x".repeat(100_000)]) line.send(nonsense);
  await arrival(source);
  line.send("ping s1");
  await bar(page).getByText("1 new, show").waitFor({ timeout: 10_000 });
  quiet();
  await context.close();
});

test("a trust that is said to push and does not is polled", { skip: !who }, async () => {
  const source = await trust();
  const change = (it) => {
    polled(it);
    if (it.id === source) it.push = { topic: "https://nobody.example/topic" };
  };
  const { page, context } = await watcher({ change });
  await arrival(source);
  await bar(page).getByText("1 new, show").waitFor({ timeout: 15_000 });
  await mark(page, /every \d+ s, (live updates refused|no line for live updates) since \d\d:\d\d/).waitFor();
  assert.equal(await mark(page, /, live$/).count(), 0);
  await context.close();
});

test("appointments to come: a new one waits, two at once are said, one goes into a calendar without the person, a cancelled one leaves", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await watcher({ path: "/hospital?view=appointments" });
  const row = (id) => page.locator(".app-stream__event", { hasText: `Clinic ${id}` });
  const { id } = await booking(source, 26);
  const other = await booking(source, 26.2);
  await bar(page).getByText("2 new, show").waitFor({ timeout: 15_000 });
  assert.equal(await row(id).count(), 0, "it waits");
  await bar(page).click();
  for (const it of [id, other.id]) {
    const text = await row(it).innerText();
    assert.match(text, new RegExp(`${who.listed.split(",")[0]}[^]*Booked[^]*Another appointment at this time`));
  }
  const all = await events(page);
  const places = [id, other.id].map((it) => all.findIndex((text) => text.includes(it)));
  assert.equal(places[1], places[0] + 1, "by time");

  const [file] = await Promise.all([page.waitForEvent("download"), row(id).getByRole("button", { name: "Add to calendar" }).click()]);
  assert.equal(file.suggestedFilename(), "appointment.ics");
  const chunks = [];
  for await (const it of await file.createReadStream()) chunks.push(it);
  const text = Buffer.concat(chunks).toString();
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.ok(text.replaceAll("\r\n ", "").includes(`SUMMARY:Clinic ${id}`));
  assert.ok(!text.includes(who.nhsNumber) && !text.toUpperCase().includes(who.listed.split(",")[0]), text);

  await booking(source, 26.2, { status: "cancelled" }, other.id);
  await row(other.id).waitFor({ state: "detached", timeout: 15_000 });
  await row(id).getByText("Another appointment").waitFor({ state: "detached" });
  quiet();
  await context.close();
});

test("an appointment that is moved is told with both times, and a fresh load tells the same", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await watcher();
  const { id, start } = await booking(source, 50);
  await bar(page).getByText("1 new, show").waitFor({ timeout: 15_000 });
  await bar(page).click();
  const later = await booking(source, 74, {}, id);
  await bar(page).getByText("1 new, show").waitFor({ timeout: 15_000 });
  await bar(page).click();
  const line = (where) => where.locator(".app-stream__event", { hasText: `Clinic ${id}` }).filter({ hasText: "Appointment moved from" });
  await line(page).waitFor();
  const said = (iso) => {
    const part = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", year: "numeric", month: "short", day: "2-digit", hour: "2-digit", minute: "2-digit" }).formatToParts(new Date(iso)).map((it) => [it.type, it.value]));
    return `${part.day}-${part.month.slice(0, 3)}-${part.year} ${part.hour}:${part.minute}`;
  };
  assert.ok((await line(page).innerText()).includes(`moved from ${said(start)} to ${said(later.start)}`), await line(page).innerText());
  // What earlier versions tell is told to who comes later too.
  const fresh = await watcher();
  assert.equal(await line(fresh.page).count(), 1);
  assert.deepEqual(await events(page), await events(fresh.page));
  await fresh.context.close();
  quiet();
  await context.close();
});

test("a week of appointments: its days, the weeks around it, in the address", { skip: !who }, async () => {
  const source = await trust();
  const { id, start } = await booking(source, 8 * 24);
  const { page, context, quiet } = await watcher({ path: "/hospital?view=week" });
  const title = page.locator(".app-week__title");
  const first = await title.innerText();
  assert.match(first, /^Mon \d\d-\w{3}-\d{4} to Sun /);
  assert.equal(await page.locator(".app-week__day").count(), 7);
  assert.equal(await page.locator(".app-week__day--today").count(), 1);
  const entry = page.locator(".app-week__entry", { hasText: `Clinic ${id}` });
  for (let weeks = 0; weeks < 3 && (await entry.count()) === 0; weeks += 1) await page.getByRole("button", { name: "Week after" }).click();
  const day = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", year: "numeric", timeZone: "Europe/London" }).format(new Date(start)).replaceAll(" ", "-").replace("Sept", "Sep");
  const section = page.locator(".app-week__day").filter({ has: entry });
  assert.ok((await section.innerText()).includes(day), `${await section.innerText()} is not on ${day}`);
  assert.match(page.url(), /view=week&from=\d{4}-\d\d-\d\d$/);
  await page.reload();
  await entry.waitFor();
  await page.getByRole("button", { name: "This week" }).click();
  await page.waitForFunction((wanted) => document.querySelector(".app-week__title").innerText === wanted, first);
  await page.goBack();
  await entry.waitFor();
  quiet();
  await context.close();
});

for (const [name, size] of Object.entries(sizes)) {
  test(`${name}: the stream fits the screen, and its links are targets for a finger`, { skip: server === "sekmet" }, async () => {
    const { page, context, quiet } = await watcher({ size, touch: name !== "desktop" });
    await fits(page, name);
    for (const view of ["Appointments to come", "Week"]) {
      await page.getByRole("button", { name: view, exact: true }).click();
      await page.locator(view === "Week" ? ".app-week" : ".app-stream__event").first().waitFor();
      await fits(page, `${name}, ${view}`);
    }
    await page.getByRole("button", { name: "What happened", exact: true }).click();
    await page.locator(".app-stream__event").first().waitFor();
    for (const link of (await page.locator(".app-stream__event a").all()).slice(0, 5)) {
      const { height } = await link.boundingBox();
      assert.ok(height >= 44, `${height} px`);
    }
    quiet();
    await context.close();
  });
}
