// What nobody had planned is told at once, whatever page is open: quietly, without moving anything, until it is looked at.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, enter, settled, sizes, visitor } from "../page.mjs";
import { url } from "../record-apis.mjs";
import { arrival, booking, trust, unwrite, who } from "../writing.mjs";

afterEach(unwrite);
after(close);

const toast = (page) => page.locator(".app-toast");

/** Somebody at `path`, with the trusts asked every second, from a second after the first use on. */
async function reader(path, options) {
  const it = await visitor(options);
  const config = await (await fetch(`${url}/config.json`)).json();
  config.limits.watchAfterSeconds = 1;
  for (const source of config.sources) {
    source.pollSeconds = 1;
    delete source.push;
  }
  await it.page.route(/\/config\.json$/, (route) => route.fulfill({ json: config }));
  // Again and again since then: the first answers have come, and what comes now is new.
  const asked = new Map();
  it.page.on("request", (request) => {
    const source = new URL(request.url()).pathname.split("/")[2];
    asked.set(source, (asked.get(source) ?? 0) + 1);
  });
  await enter(it.page, path);
  await settled(it.page);
  await it.page.mouse.move(300, 300);
  const trusts = config.sources.filter((one) => one.enabled !== false && one.provides.includes("activity") && one.kind !== "shared").map((one) => one.id);
  for (let tries = 0; !trusts.every((one) => asked.get(one) >= 4); tries += 1) {
    assert.ok(tries < 300, `not watching: ${JSON.stringify([...asked])}`);
    await it.page.waitForTimeout(100);
  }
  await it.page.waitForTimeout(1500);
  return it;
}

test("an arrival in the emergency department is told on the list, moves nothing, and one press opens the person", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await reader("/");
  assert.equal(await toast(page).count(), 0, "what had happened before is not new");
  const first = page.locator(".app-work__link").first();
  const place = await first.boundingBox();
  await booking(source, 26);
  const { id } = await arrival(source);
  await toast(page).waitFor({ timeout: 15_000 });
  const said = await toast(page).innerText();
  assert.match(said, new RegExp(`${who.listed.split(",")[0]}[^]*Arrived in ED[^]*${id}`, "i"));
  assert.equal(await toast(page).count(), 1, "what was planned is not told");
  assert.deepEqual(await first.boundingBox(), place, "nothing has moved");
  assert.match(await page.title(), /^\(1\) My patients/);
  assert.match(await page.locator(".app-nav").innerText(), /Hospital activity\s*1\s*unplanned, new/);
  await clean(page, "a toast on the list");
  await toast(page).getByRole("link").click();
  await page.locator(".app-banner__name").waitFor();
  await page.getByRole("heading", { name: "If it goes wrong" }).waitFor();
  await toast(page).waitFor({ state: "detached" });
  assert.doesNotMatch(await page.title(), /^\(/);

  // Another, while the person is open.
  await arrival(source);
  await toast(page).waitFor({ timeout: 15_000 });
  await toast(page).getByRole("button", { name: /^Close: / }).click();
  await toast(page).waitFor({ state: "detached" });
  quiet();
  await context.close();
});

test("on a phone one covers a corner, can be closed by a finger, and says how many more; where everything is shown they are gone", { skip: !who }, async () => {
  const source = await trust();
  const { page, context, quiet } = await reader(`/patient/${cases.jane.patient}`, { size: sizes.phone, touch: true });
  for (let each = 0; each < 4; each += 1) await arrival(source);
  await page.getByText("3 more in Hospital activity").waitFor({ timeout: 20_000 });
  assert.equal(await toast(page).count(), 1);
  const all = await page.locator(".app-toasts").boundingBox();
  const nav = await page.locator(".app-nav").boundingBox();
  assert.ok(all.x >= 0 && all.x + all.width <= sizes.phone.width && all.y + all.height <= nav.y, JSON.stringify([all, nav]));
  const button = toast(page).first().getByRole("button");
  const { width, height } = await button.boundingBox();
  assert.ok(width >= 44 && height >= 44, `${width} × ${height}`);
  await clean(page, "toasts on a phone");
  await button.tap();
  await page.getByText("2 more in Hospital activity").waitFor();
  assert.equal(await toast(page).count(), 1);
  await page.locator(".app-nav").getByRole("link", { name: /Hospital activity/ }).click();
  await page.locator(".app-stream__event").first().waitFor();
  assert.equal(await toast(page).count(), 0);
  assert.equal(await page.locator(".app-stream__wait").count(), 0, "all of it is shown");
  await page.waitForFunction(() => !document.title.startsWith("("));
  quiet();
  await context.close();
});
