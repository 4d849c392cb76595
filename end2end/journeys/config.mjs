// config.json: one edit switches a source on; a wrong file is answered by a page that says what is wrong and where.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases, close, configure, enter, settled, visitor } from "../page.mjs";
import { server, url } from "../record-apis.mjs";

after(close);

const delivered = async () => (await fetch(`${url}/config.json`)).json();

for (const [name, change, expected] of [
  ["that is not JSON", () => "{ \"title\": ", /line 1/],
  ["with a misspelt kind", (it) => { it.sources[1].kind = "acute"; return it; }, /sources\[1\]\.kind/],
  ["without a shared record", (it) => { it.sources[0].enabled = false; return it; }, /shared/],
  ["with a base URL that is none", (it) => { it.sources[0].fhirBaseUrl = "record"; return it; }, /sources\[0\]\.fhirBaseUrl/],
]) {
  test(`a file ${name} is answered by a page that says so`, async () => {
    const { page, context, quiet } = await visitor();
    const changed = change(await delivered());
    const body = typeof changed === "string" ? changed : JSON.stringify(changed);
    await page.route(/\/config\.json$/, (route) => route.fulfill({ status: 200, contentType: "application/json", body }));
    await page.goto(url);
    await page.getByRole("alert").waitFor();
    assert.match(await page.locator("main").innerText(), expected);
    quiet();
    await context.close();
  });
}

test("switching the mental-health trust and the ambulance service on is one edit", { skip: server === "given" }, async () => {
  const { page, context, quiet } = await visitor();
  await configure(page, (config) => config.sources.forEach((it) => delete it.enabled));
  await enter(page, `/patient/${cases.jane.patient}`);
  await settled(page);
  await page.locator(".app-top__button").first().click();
  const sources = await page.locator(".app-sources").innerText();
  assert.match(sources, /Mental Health/);
  assert.match(sources, /Ambulance/);
  quiet();
  await context.close();
});
