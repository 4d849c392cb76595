// Sources that are switched off, fail, lie and come back.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, enter, panel, settled, visitor } from "../page.mjs";
import { canFail, down, offers, restore, url } from "../record-apis.mjs";

after(close);

const jane = () => cases.jane.patient;

/** Whom to ring is there: the carer, and the key worker where the shared record can be asked for teams. */
async function rings(page) {
  const words = await panel(page, "Who to ring").innerText();
  assert.match(words, /Carol Smith/);
  if (await offers("shared", "CareTeam", "patient", "subject")) assert.match(words, /Tom Achebe/);
  else assert.doesNotMatch(words, /No key worker/);
}

test("a source that ends while its record is open: facts stay, with their time; it recovers", { skip: !canFail }, async () => {
  const { page, context, quiet } = await visitor();
  await enter(page, `/patient/${jane()}`);
  await settled(page);
  await down("rm2");
  try {
    await page.waitForFunction(() => /not reached since/.test(document.querySelector("main").innerText), undefined, { timeout: 120_000 });
    const now = await panel(page, "Now").innerText();
    assert.match(now, /In hospital/, "what is known stays on the screen");
    assert.match(now, /South Manchester/);
    assert.match(now, /not reached since/);
  } finally {
    await restore("rm2");
  }
  await page.waitForFunction(() => !/not reached since/.test(document.querySelector("main").innerText), undefined, { timeout: 120_000 });
  quiet({ failing: true });
  await context.close();
});

test("a source that is down from the start is named, never empty; the rest works; try again", { skip: !canFail }, async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await down("rm2");
  try {
    await page.goto(`${url}/patient/${jane()}`);
    await settled(page);
    const now = await panel(page, "Now").innerText();
    assert.doesNotMatch(now, /\bHome\b/, "nobody is said to be at home while a trust is silent");
    assert.match(now, /South Manchester/);
    await rings(page);
  } finally {
    await restore("rm2");
  }
  await panel(page, "Now").getByRole("button", { name: /Try again/ }).click();
  await page.waitForFunction(() => /In hospital/.test(document.querySelector("main").innerText), undefined, { timeout: 60_000 });
  quiet({ failing: true });
  await context.close();
});

const lies = {
  "HTTP 500": (route) => route.fulfill({ status: 500, body: "oops" }),
  "HTTP 429 for ever": (route) => route.fulfill({ status: 429, headers: { "retry-after": "1" }, body: "" }),
  "HTTP 403": (route) => route.fulfill({ status: 403, body: "" }),
  "a page of HTML": (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>Log in</title>" }),
  "truncated JSON": async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).slice(0, 700) });
  },
  "an empty body": (route) => route.fulfill({ status: 200, body: "" }),
  "a cut connection": (route) => route.abort(),
};

for (const [name, answer] of Object.entries(lies)) {
  test(`a trust that answers with ${name}: said on the screen, the rest works, and it recovers`, async () => {
    const { page, context, quiet } = await visitor();
    await enter(page);
    await page.route(/\/fhir\/rm2/, answer);
    await page.goto(`${url}/patient/${jane()}`);
    await page.locator(".app-banner__name").waitFor();
    await settled(page);
    const words = await panel(page, "Now").innerText();
    assert.match(words, /South Manchester/, words);
    assert.doesNotMatch(words, /\bHome\b|In hospital/, words);
    assert.match(await page.locator(".app-allergies").innerText(), /Known allergies/);
    await rings(page);
    await page.unroute(/\/fhir\/rm2/);
    await page.reload();
    await settled(page);
    assert.match(await panel(page, "Now").innerText(), /In hospital/);
    quiet({ failing: true });
    await context.close();
  });
}

test("somebody else's answer is never shown", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  let others;
  await page.route(/\/fhir\/rm2/, async (route) => {
    // The answer about Jane, with every patient's identity and id changed to somebody else's.
    const answer = await route.fetch();
    others = (await answer.text()).replaceAll(cases.jane.nhsNumber, "9990000018");
    await route.fulfill({ response: answer, body: others });
  });
  await page.goto(`${url}/patient/${jane()}`);
  await page.locator(".app-banner__name").waitFor();
  await settled(page);
  assert.doesNotMatch(await panel(page, "Now").innerText(), /In hospital/);
  quiet({ failing: true });
  await context.close();
});

test("a slow source keeps nobody waiting for the others", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await page.route(/\/fhir\/rm2/, async (route) => {
    await new Promise((done) => setTimeout(done, 10_000));
    await route.continue();
  });
  await page.goto(`${url}/patient/${jane()}`);
  await page.waitForFunction(() => /Carol Smith/.test(document.querySelector("main")?.innerText ?? ""), undefined, { timeout: 9_000 });
  await settled(page);
  assert.match(await panel(page, "Now").innerText(), /In hospital/);
  quiet();
  await context.close();
});

test("the shared record failing leaves a named failure and a way to try again, no blank page", async () => {
  const { page, context, quiet } = await visitor();
  await enter(page);
  await page.route(/\/fhir\/shared/, (route) => route.fulfill({ status: 500, body: "" }));
  await page.goto(`${url}/patient/${jane()}`);
  await page.getByRole("alert").first().waitFor();
  assert.match(await page.getByRole("alert").first().innerText(), /could not be loaded/);
  await page.goto(url);
  await page.getByRole("alert").filter({ hasText: "could not be loaded" }).waitFor();
  await page.unroute(/\/fhir\/shared/);
  await page.getByRole("button", { name: "Try again" }).last().click();
  await page.locator(".app-work__link").first().waitFor();
  quiet({ failing: true });
  await context.close();
});
