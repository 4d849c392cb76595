// What stands about a person is written where it is read: alerts, individual needs, the CPR decision, wishes, consents and
// powers. Each is a resource of its own, changed at the version that was seen, and only where somebody changed it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, enter, saved, settled, sizes, visitor } from "../page.mjs";
import { apis, plain } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

const base = apis.shared;
const stamp = String(Date.now());
/** Somebody without a CPR decision and with a carer, whom no other journey looks at. */
let patient;

const get = async (path) => (await fetch(`${base}/${path}`, { headers: { Accept: "application/fhir+json" } })).json();
const found = async (path) => ((await get(path)).entry ?? []).map((it) => it.resource);
const CPR = "http://snomed.info/sct|450475007,http://snomed.info/sct|450476008";
const decisions = (id) => found(`Observation?patient=${id}&code=${encodeURIComponent(CPR)}`);

before(async () => {
  const known = new Set(Object.values(cases).map((it) => it.patient));
  for (const carer of await found("RelatedPerson?_count=100")) {
    const id = carer.patient.reference.split("/").pop();
    if (known.has(id) || carer.active === false || (await decisions(id)).length > 0) continue;
    patient = id;
    return;
  }
  assert.fail("everybody has a CPR decision");
});
after(close);

/** The plan of this person, and one panel of it. */
async function panel(id, size) {
  const it = await visitor({ size });
  await enter(it.page, `/patient/${patient}/plan`);
  await settled(it.page);
  const part = it.page.locator(`#${id}`);
  return { ...it, part, field: (name) => part.getByLabel(name, { exact: true }), press: (name) => part.getByRole("button", { name }).first().click() };
}


test("an alert is added, is in the banner for everybody, and ends; no end is before its start", async () => {
  const { page, context, part, field, press, quiet } = await panel("risks");
  await press("Add an alert");
  await press("Save to the record");
  await part.getByRole("link", { name: "Enter what everybody must know" }).waitFor();
  const what = `Two people visit ${stamp}`;
  await field("What everybody must know").fill(what);
  await field("Type of risk").selectOption("Risk to others");
  await field("Until").fill("1 2 2020");
  // At its field, while it is typed.
  await part.getByText("The end must not be before the start").waitFor();
  await field("Until").fill("");
  await clean(page, "an alert, being written");
  await press("Save to the record");
  await saved(part);
  await part.getByText(what).waitFor();
  await page.locator(".app-patient").getByText(what).first().waitFor({ state: "attached" });
  const flag = (await found(`Flag?patient=${patient}`)).find((it) => it.code.text === what);
  assert.deepEqual(flag.category, [{ text: "Risk to others" }]);
  assert.equal(flag.status, "active");
  assert.equal((await found(`Provenance?target=Flag/${flag.id}`)).length, 1, "who wrote it");

  await press(`Change ${what}`);
  await field("Status of the alert").selectOption("Over");
  await press("Save to the record");
  await saved(part);
  await page.locator(".app-patient").getByText(what).first().waitFor({ state: "detached" });
  assert.deepEqual(plain(await get(`Flag/${flag.id}`)), { ...plain(flag), status: "inactive" }, "nothing else");
  quiet();
  await context.close();
});

test("an individual need is added on a phone", async () => {
  const { context, part, field, press, quiet } = await panel("needs", sizes.phone);
  await press("Add an individual need");
  const what = `Letters in large print ${stamp}`;
  await field("What is needed").fill(what);
  await press("Save to the record");
  await saved(part);
  await part.getByText(what).waitFor();
  const flag = (await found(`Flag?patient=${patient}`)).find((it) => it.code.text === what);
  assert.equal(flag.category[0].coding[0].code, "1108111000000107");
  quiet();
  await context.close();
});

test("a CPR decision is recorded once, with its paper and review, and withdrawn", async () => {
  const { page, context, part, field, press, quiet } = await panel("legal");
  await press("Record a CPR decision");
  await press("Save to the record");
  await part.getByRole("link", { name: "Choose the CPR decision" }).waitFor();
  await field("CPR decision").selectOption("Not for attempted cardiopulmonary resuscitation");
  await field("Where the paper is, and remarks").fill("In the red folder");
  await field("Review date").fill("12/3/2031");
  await clean(page, "a CPR decision, being written");
  await press("Save to the record");
  await saved(part);
  await part.getByText(/CPR: .*not for/i).waitFor();
  await part.getByText("In the red folder").waitFor();
  const [decision, ...more] = await decisions(patient);
  assert.deepEqual(more, [], "once");
  assert.equal(decision.code.coding[0].code, "450476008");
  assert.deepEqual(decision.note.map((it) => it.text), ["In the red folder", "Review by 12-Mar-2031"]);
  assert.equal(await part.getByRole("button", { name: "Record a CPR decision" }).count(), 0, "there is one");

  await press("Change the CPR decision");
  await field("Date").fill("1/1/2099");
  await press("Save to the record");
  await part.getByRole("link", { name: /must be today or earlier/ }).waitFor();
  await field("Date").fill("1 2 2026");
  await field("Status in the record").selectOption("Withdrawn");
  await press("Save to the record");
  await saved(part);
  await part.getByRole("button", { name: "Record a CPR decision" }).waitFor();
  const now = await get(`Observation/${decision.id}`);
  assert.deepEqual(plain(now), { ...plain(decision), status: "cancelled", effectiveDateTime: "2026-02-01" }, "nothing else");
  quiet();
  await context.close();
});

test("a wish and a power of attorney are written, the attorney linked to the record", async () => {
  const { page, context, part, field, press, quiet } = await panel("legal");
  await press("Add a wish or an assessment");
  await field("What it is about").selectOption("Preferred place of care");
  const where = `At home with the cat ${stamp}`;
  await field("What was said or found").fill(where);
  await press("Save to the record");
  await saved(part);
  await part.getByText(where).waitFor();

  await press("Add a consent, decision or power");
  await field("Consent, decision or power").selectOption("Lasting power of attorney (health and welfare)");
  await field("Attorney").selectOption({ index: 1 });
  await field("Where the paper is, and remarks").fill(`Solicitor ${stamp}`);
  await clean(page, "a power of attorney, being written");
  await press("Save to the record");
  await saved(part);
  await part.getByText(`Solicitor ${stamp}`).waitFor();
  await part.getByText(/^Attorney: /).first().waitFor();
  const consent = (await found(`Consent?patient=${patient}`)).find((it) => it.sourceAttachment?.title === `Solicitor ${stamp}`);
  assert.equal(consent.scope.coding[0].code, "adr");
  assert.ok(consent.policyRule.text, "ppc-1");
  assert.ok(consent.provision.actor[0].reference.reference.startsWith("RelatedPerson/"));
  const before = plain(consent);

  await press("Change Lasting power of attorney (health and welfare)");
  await field("Status of the consent").selectOption("No longer in force");
  await press("Save to the record");
  await saved(part);
  const ended = (await found(`Consent?patient=${patient}`)).filter((it) => it.status === "inactive");
  assert.equal(ended.length, 1, "one was ended");
  if (ended[0].id === consent.id) assert.deepEqual(plain(ended[0]), { ...before, status: "inactive" }, "nothing else");
  quiet();
  await context.close();
});

sendsValid("Flag", "Observation", "Consent", "Provenance");
