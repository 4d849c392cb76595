// Two people at one plan: each is told who else edits a section, by name and role, while they do and no longer; nothing
// moves under a hand for it, nobody is kept from writing, and where the record does not push nobody misses anything.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, configure, enter, fits, sent, settled, sizes, visitor } from "../page.mjs";
import { apis, server } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

after(close);

const skip = server !== "helios";
const id = cases.jane.patient;
const crisis = (page) => page.locator("#crisis");
const note = (page) => crisis(page).locator(".app-colleague");
const edit = (page) => crisis(page).getByRole("button", { name: /^Edit/ });
const editor = (page) => crisis(page).locator(".app-write textarea");
const TOM = /^Tom Achebe, District nurse, .+, is editing/;

/** The words about this person's plan that stand in the record. */
async function words(status = "current") {
  const found = await (await fetch(`${apis.shared}/List?patient=${id}&status=${status}`)).json();
  return (found.entry ?? []).map((it) => it.resource).filter((it) => it.code?.coding?.[0]?.system === "urn:alongside:editing");
}

/** A journey leaves no word to the next. */
async function silence() {
  for (const it of await words("current,retired")) await fetch(`${apis.shared}/List/${it.id}`, { method: "DELETE" });
}

before(silence);
afterEach(silence);

/** Waits until so many stand there. */
async function stand(many) {
  for (let tries = 0; (await words()).length !== many; tries += 1) {
    assert.ok(tries < 100, `${(await words()).length} words instead of ${many}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Somebody at the plan, once the record tells them who comes and goes: `heard` is when they have asked. */
async function reader(name, { prepare, change, waits = !skip, ...options } = {}) {
  const it = await visitor(options);
  await prepare?.(it.page);
  if (change) await configure(it.page, change);
  const asked = it.page.waitForResponse((answer) => /\/List\?patient=.*status=current/.test(answer.url()));
  asked.catch(() => {});
  await enter(it.page, `/patient/${id}/plan`, name);
  await settled(it.page);
  if (waits) await asked;
  return it;
}

async function open(page) {
  await edit(page).click();
  await editor(page).first().waitFor();
}

const place = async (it) => (await it.boundingBox()).y;

for (const [name, size, touch] of [["desktop", sizes.desktop, false], ["tablet", sizes.tablet, true], ["phone", sizes.phone, true]]) {
  test(`${name}: a colleague who edits is named where they edit, nothing under the hand moves, and they are gone when they close`, { skip }, async () => {
    const asha = await reader("Asha Rahman", { size, touch });
    const tom = await reader("Tom Achebe");
    await edit(asha.page).focus();
    const before = await place(edit(asha.page));
    await open(tom.page);
    await note(asha.page).waitFor();
    await asha.page.waitForTimeout(100);
    assert.ok(Math.abs((await place(edit(asha.page))) - before) < 2, "what has the focus stays");
    const said = await note(asha.page).innerText();
    assert.match(said, TOM);
    assert.match(said, /is editing the crisis plan, since \d\d:\d\d\.$/);
    assert.equal(await note(asha.page).locator("xpath=..").getAttribute("role"), "status", "and said to who hears");
    assert.equal(await asha.page.locator(".app-colleague").count(), 1, "in this section only");
    assert.equal(await note(tom.page).count(), 0, "nobody else edits");
    await fits(asha.page, "a plan that a colleague edits");
    await clean(asha.page, "a plan that a colleague edits");

    // Nobody is kept from writing; both are told.
    await open(asha.page);
    await note(asha.page).getByText(/is editing this too, since \d\d:\d\d\. What you both write comes together when it is saved\./).waitFor();
    await note(tom.page).getByText(/^Asha Rahman, Care coordinator, .+, is editing this too/).waitFor();
    await clean(asha.page, "an editor beside a colleague's");
    await editor(asha.page).nth(1).click();
    await asha.page.keyboard.press("End");
    const typing = await place(editor(asha.page).nth(1));
    await tom.page.getByRole("button", { name: "Close" }).click();
    await note(asha.page).waitFor({ state: "detached" });
    await asha.page.waitForTimeout(100);
    assert.ok(Math.abs((await place(editor(asha.page).nth(1))) - typing) < 2, "what is typed into stays");
    assert.ok(await editor(asha.page).nth(1).evaluate((it) => it === document.activeElement), "and keeps the focus");
    await asha.page.getByRole("button", { name: "Close" }).click();
    await stand(0);
    for (const it of [asha, tom]) {
      it.quiet();
      await it.context.close();
    }
  });
}

test("what is saved is over too; and the reader's own other window is no colleague", { skip }, async () => {
  const tom = await reader("Tom Achebe");
  const own = await tom.context.newPage();
  const asked = own.waitForResponse((answer) => /\/List\?patient=.*status=current/.test(answer.url()));
  await own.goto(tom.page.url());
  await asked;
  const asha = await reader("Asha Rahman");
  await tom.page.bringToFront();
  await open(tom.page);
  await note(asha.page).waitFor();
  await own.bringToFront();
  await own.waitForTimeout(2000);
  assert.equal(await note(own).count(), 0, "Tom knows what Tom does");

  await tom.page.bringToFront();
  const plan = (await words())[0].entry[0].item.reference;
  const old = await (await fetch(`${apis.shared}/${plan}`)).json();
  await editor(tom.page).first().fill(`Breathless ${Date.now()}`);
  await tom.page.getByRole("button", { name: "Save to the record" }).click();
  await crisis(tom.page).getByText(/^Saved to the record/).waitFor();
  await note(asha.page).waitFor({ state: "detached" });
  await stand(0);
  await fetch(`${apis.shared}/${plan}`, { method: "PUT", headers: { "content-type": "application/fhir+json" }, body: JSON.stringify(old) });
  for (const it of [asha, tom]) await it.context.close();
});

test("who leaves the page edits no more, at once", { skip }, async () => {
  const asha = await reader("Asha Rahman");
  const tom = await reader("Tom Achebe");
  await open(tom.page);
  await note(asha.page).waitFor();
  await tom.page.goto("about:blank");
  await note(asha.page).waitFor({ state: "detached", timeout: 10_000 });
  assert.deepEqual(await words(), []);
  for (const it of [asha, tom]) await it.context.close();
});

test("what a window that died has left behind is over by itself, by the time of the record", { skip }, async () => {
  // A device whose clock is a day slow.
  const asha = await reader("Asha Rahman", { prepare: (page) => page.clock.install({ time: Date.now() - 86_400_000 }) });
  const tom = await reader("Tom Achebe");
  await open(tom.page);
  await note(asha.page).waitFor();
  const wire = await tom.context.newCDPSession(tom.page);
  wire.send("Page.crash").catch(() => {});
  await tom.page.waitForEvent("crash");
  await tom.context.close();
  await asha.page.waitForTimeout(1500);
  assert.equal(await note(asha.page).count(), 1, "it cannot be known yet");
  await stand(1);
  await asha.page.clock.fastForward("04:05");
  await note(asha.page).waitFor({ state: "detached" });
  await asha.context.close();
  // Who has left it takes it away when they come again.
  const again = await reader("Tom Achebe", { prepare: (page) => page.clock.install({ time: Date.now() }) });
  await stand(1);
  await again.page.clock.fastForward("06:05");
  await stand(0);
  await again.context.close();
});

test("the older form, criteria with bind and ping, tells too, of this person only", { skip }, async () => {
  let line;
  const said = [];
  const asked = [];
  const change = (config) => {
    config.presence = { criteria: ["List?"], webSocketUrl: "/fhir/shared/websocket" };
  };
  // A relay in front of the real record API: subscriptions and the line are its own, what is said is the record API's.
  const prepare = async (page) => {
    await page.route(/\/fhir\/shared\/Subscription/, (route) => {
      const request = route.request();
      if (request.method() === "DELETE") return route.fulfill({ status: 204 });
      if (request.method() === "POST") asked.push(request.postDataJSON().criteria);
      return route.fulfill({ json: { ...(request.postDataJSON() ?? { resourceType: "Subscription" }), id: "s1", status: "active" } });
    });
    await page.routeWebSocket(/\/fhir\/shared\/websocket$/, (opened) => {
      line = opened;
      opened.onMessage((text) => {
        said.push(text);
        if (text === "bind s1") opened.send("bound s1");
      });
    });
  };
  const asha = await reader("Asha Rahman", { prepare, change });
  assert.deepEqual([said, asked], [["bind s1"], [`List?patient=Patient/${id}`]]);
  const tom = await reader("Tom Achebe");
  await open(tom.page);
  await stand(1);
  assert.equal(await note(asha.page).count(), 0, "not told yet");
  for (const nonsense of ["", "{", "[]", "x".repeat(100_000)]) line.send(nonsense);
  line.send("ping s1");
  await note(asha.page).getByText(TOM).waitFor();
  await tom.page.getByRole("button", { name: "Close" }).click();
  await stand(0);
  line.send("ping s1");
  await note(asha.page).waitFor({ state: "detached" });
  asha.quiet();
  for (const it of [asha, tom]) await it.context.close();
});

test("where the record refuses to push, and where nobody has switched it on, nothing is said and everything works", async () => {
  for (const presence of [{ topic: "https://nobody.example/topic" }, undefined]) {
    const change = (config) => {
      config.presence = presence;
    };
    const before = sent.length;
    const subscriptions = [];
    const prepare = (page) => page.on("request", (it) => it.url().includes("/shared/Subscription") && subscriptions.push(it.method()));
    const { page, context } = await reader("Asha Rahman", { change, prepare, waits: false });
    await open(page);
    await page.waitForTimeout(4000);
    await page.getByRole("button", { name: "Close" }).click();
    await edit(page).waitFor();
    const said = sent.slice(before).filter(({ body }) => JSON.stringify(body).includes("urn:alongside:editing"));
    assert.deepEqual(said, []);
    assert.equal(subscriptions.filter((it) => it === "POST").length, presence ? 1 : 0, "asked once, or never");
    await context.close();
  }
});

test("a mistake in the configuration is said on the plan, with its place, and everything else works", async () => {
  const change = (config) => {
    config.presence = { topics: "https://nobody.example/topic" };
  };
  const { page, context, quiet } = await reader("Asha Rahman", { change, waits: false });
  await page.getByText(/^config\.json, presence\.topics: is not known here/).waitFor();
  await open(page);
  quiet();
  await context.close();
});

if (!skip) sendsValid("List", "Subscription");
