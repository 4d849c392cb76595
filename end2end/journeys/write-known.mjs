// A plan is begun from what is known already: problems, carers, the practice, the team and admissions are offered with their
// source and date, ticked ones are linked, never copied, and what is not ticked stays offered. What a trust has is linked by
// what it is called there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { close, enter, saved, settled, sizes, visitor } from "../page.mjs";
import { apis, takeOut } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

const base = apis.shared;
const stamp = String(Date.now());
const made = [];
/** The same at the trust. */
const there = [];
const trust = "rw3";
/** What the trust calls an admission, with what an address and an entry have to encode. */
const episode = { system: `urn:alongside:${trust}:episode`, value: `${stamp} | A/1 100%` };
let patient;
let refer;
let elsewhere;

const get = async (path) => (await fetch(`${base}/${path}`, { headers: { Accept: "application/fhir+json" } })).json();
const found = async (path) => ((await get(path)).entry ?? []).map((it) => it.resource);

/** A resource for this journey alone; its reference. */
async function make(body, source = "shared") {
  const headers = { "Content-Type": "application/fhir+json", Accept: "application/fhir+json", Prefer: "return=representation" };
  const answer = await fetch(`${apis[source]}/${body.resourceType}`, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${body.resourceType}: ${answer.status}`);
  const { id } = await answer.json();
  (source === "shared" ? made : there).push(`${body.resourceType}/${id}`);
  return `${body.resourceType}/${id}`;
}

/** An NHS number that nobody has. */
function number() {
  for (let first = 999_900_000 + Math.floor(Math.random() * 99_000); ; first += 1) {
    const digits = [...String(first)].map(Number);
    const check = 11 - (digits.reduce((sum, it, at) => sum + it * (10 - at), 0) % 11);
    if (check !== 10) return `${first}${check % 11}`;
  }
}

/** The admissions of the trust: one that it calls by a number, one that it calls nothing. */
async function admitted(who, stay) {
  const reference = await make({ resourceType: "Patient", ...who }, trust);
  const method = { system: "https://fhir.hl7.org.uk/CodeSystem/UKCore-AdmissionMethodEngland", code: "21" };
  const extension = [{ url: "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AdmissionMethod", valueCodeableConcept: { coding: [method] } }];
  const old = { use: "old", system: episode.system, value: "was" };
  await make({ ...stay(40), subject: { reference } }, trust);
  const emergency = { ...stay(20), subject: { reference }, hospitalization: { extension }, identifier: [old, { use: "usual", ...episode }] };
  return { place: await make(emergency, trust), emergency };
}

/** The trust knows more of it by now. */
async function moved({ place, emergency }) {
  const body = JSON.stringify({ ...emergency, id: place.split("/")[1], location: [{ location: { display: `Ward ${stamp}` } }] });
  const answer = await fetch(`${apis[trust]}/${place}`, { method: "PUT", headers: { "Content-Type": "application/fhir+json" }, body });
  assert.ok(answer.ok, `${place}: ${answer.status}`);
}

before(async () => {
  const [practice] = await found("Organization?_count=1");
  const generalPractitioner = [{ reference: `Organization/${practice.id}`, display: practice.name }];
  const identifier = [{ system: "https://fhir.nhs.uk/Id/nhs-number", value: number() }];
  const who = { identifier, name: [{ family: `Planless${stamp}`, given: ["Ada"] }], birthDate: "1941-03-02", gender: "female" };
  const reference = await make({ resourceType: "Patient", ...who, generalPractitioner });
  patient = reference.split("/")[1];
  const subject = { reference };
  const active = { coding: [{ system: "http://terminology.hl7.org/CodeSystem/condition-clinical", code: "active" }] };
  const resolved = { coding: [{ system: "http://terminology.hl7.org/CodeSystem/condition-clinical", code: "resolved" }] };
  const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const stay = (back) => ({ resourceType: "Encounter", status: "finished", class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "IMP" }, subject, period: { start: `${day(back)}T09:00:00Z`, end: `${day(back - 2)}T09:00:00Z` } });
  elsewhere = await admitted(who, stay);
  refer = {
    copd: await make({ resourceType: "Condition", clinicalStatus: active, subject, code: { text: `COPD ${stamp}` }, onsetDateTime: "2019" }),
    gout: await make({ resourceType: "Condition", clinicalStatus: active, subject, code: { text: `Gout ${stamp}` }, onsetDateTime: "2011-05" }),
    over: await make({ resourceType: "Condition", clinicalStatus: resolved, subject, code: { text: `Over ${stamp}` } }),
    carer: await make({ resourceType: "RelatedPerson", patient: subject, active: true, name: [{ family: `Carer${stamp}`, given: ["Bea"] }], relationship: [{ text: "Neighbour" }] }),
    team: await make({ resourceType: "CareTeam", status: "active", name: `Team ${stamp}`, subject, participant: [{ role: [{ text: "Key worker" }], member: { reference: `Organization/${practice.id}`, display: practice.name } }] }),
    stay: await make(stay(30)),
    old: await make(stay(700)),
    practice: `Organization/${practice.id}`,
  };
});
after(async () => {
  for (const it of await found(`CarePlan?patient=${patient}`)) made.push(`CarePlan/${it.id}`);
  await takeOut(made.reverse());
  for (const it of there.reverse()) await fetch(`${apis[trust]}/${it}`, { method: "DELETE" });
  await close();
});

async function panel(size) {
  const it = await visitor({ size });
  await enter(it.page, `/patient/${patient}/plan`);
  await settled(it.page);
  const part = it.page.locator("#patient-plan");
  return { ...it, part, press: (name) => part.getByRole("button", { name }).first().click() };
}

const references = (list) => (list ?? []).map((it) => it.reference).sort();

test("a plan is begun from what is known: ticked is linked, with its name, and nothing is copied", async () => {
  const { page, context, part, press, quiet } = await panel();
  await press("Begin a plan");
  const known = part.locator(".app-known");
  await known.waitFor();
  const words = await known.innerText();
  for (const it of [`COPD ${stamp}`, "since 2019", `Bea Carer${stamp}`, "Neighbour", "Shared record", `Team ${stamp}`, "Admission to hospital"]) assert.ok(words.includes(it), `${it} in\n${words}`);
  assert.ok(!words.includes(`Over ${stamp}`), "what is over is not offered");
  assert.equal(await known.getByLabel(/^Admission to hospital/).count(), 1, "nor is an admission of two years ago");
  assert.match(words, /cannot be linked:\s+Admission to hospital/, "what a trust calls nothing is shown");
  assert.equal(await known.locator("input:checked").count(), 0, "nothing is taken in by itself");
  await clean(page, "what is known, being offered");
  await known.getByLabel(`COPD ${stamp}`).check();
  await known.getByLabel(`Bea Carer${stamp}`).check();
  await known.getByLabel(`Team ${stamp}`).check();
  await known.getByLabel(/^Admission to hospital/).check();
  const gout = known.getByLabel(`Gout ${stamp}`);
  await gout.check();
  await gout.uncheck();
  await part.getByLabel("Next review", { exact: true }).fill("3 3 2031");
  await press("Save to the record");
  await saved(part);
  const [plan] = await found(`CarePlan?patient=${patient}`);
  assert.deepEqual(references(plan.addresses), [refer.copd]);
  assert.deepEqual(references(plan.careTeam), [refer.team]);
  assert.deepEqual(references(plan.supportingInfo), [refer.carer, refer.stay].sort());
  assert.equal(plan.addresses[0].display, `COPD ${stamp}`);
  await part.getByText("Builds on").waitFor();
  await part.getByText(new RegExp(`Bea Carer${stamp}`)).waitFor();
  quiet();
  await context.close();
});

test("what was not ticked is offered again, what was ticked can be taken back, on a phone", async () => {
  const [before] = await found(`CarePlan?patient=${patient}`);
  const { page, context, part, press, quiet } = await panel(sizes.phone);
  await press(/^Edit/);
  const known = part.locator(".app-known");
  await known.waitFor();
  assert.ok(await known.getByLabel(`COPD ${stamp}`).isChecked());
  assert.ok(!(await known.getByLabel(`Gout ${stamp}`).isChecked()), "offered again");
  await known.getByLabel(`Gout ${stamp}`).check();
  await known.getByLabel(`Bea Carer${stamp}`).uncheck();
  await clean(page, "what is known, on a phone");
  await press("Save to the record");
  await saved(part);
  const [now] = await found(`CarePlan?patient=${patient}`);
  assert.deepEqual(references(now.addresses), [refer.copd, refer.gout].sort());
  assert.deepEqual(references(now.supportingInfo), [refer.stay]);
  const own = ["addresses", "supportingInfo", "meta"];
  for (const name of Object.keys(before).filter((it) => !own.includes(it))) assert.deepEqual(now[name], before[name], name);
  quiet();
  await context.close();
});

test("two people tick different things at once, and both find theirs", async () => {
  const [mine, theirs] = [await panel(), await panel()];
  for (const it of [mine, theirs]) {
    await it.press(/^Edit/);
    await it.part.locator(".app-known").waitFor();
  }
  await mine.part.getByLabel(`Bea Carer${stamp}`).check();
  await theirs.part.locator(".app-known").getByLabel(`Gout ${stamp}`).uncheck();
  await mine.press("Save to the record");
  await saved(mine.part);
  await theirs.press("Save to the record");
  await saved(theirs.part);
  const [now] = await found(`CarePlan?patient=${patient}`);
  assert.deepEqual(references(now.addresses), [refer.copd]);
  assert.deepEqual(references(now.supportingInfo), [refer.carer, refer.stay].sort());
  for (const it of [mine, theirs]) {
    // That somebody was faster is an answer.
    it.quiet({ failing: true });
    await it.context.close();
  }
});

test("an admission at a trust is linked by what it is called there, and shown as the trust tells it", async () => {
  const [before] = await found(`CarePlan?patient=${patient}`);
  const mine = await panel();
  await mine.press(/^Edit/);
  const box = (it) => it.part.locator(".app-known").getByLabel(/^Admitted as an emergency/);
  await box(mine).waitFor();
  const hint = await mine.page.locator(`[id="${await box(mine).getAttribute("aria-describedby")}"]`).innerText();
  assert.match(hint, /Central Manchester/, "with its source");
  await box(mine).check();
  await mine.press("Save to the record");
  await saved(mine.part);
  const [linked] = await found(`CarePlan?patient=${patient}`);
  const { display, ...link } = linked.supportingInfo.at(-1);
  assert.deepEqual(link, { type: "Encounter", identifier: episode });
  assert.match(display, /^Admitted as an emergency/);
  assert.deepEqual(linked.supportingInfo.slice(0, -1), before.supportingInfo, "what was linked before is as it was");
  const line = mine.part.locator("dd li").filter({ hasText: "Admitted as an emergency" });
  await line.filter({ hasText: "Central Manchester" }).waitFor();
  await clean(mine.page, "an admission at a trust, linked");

  await moved(elsewhere);
  const theirs = await panel(sizes.phone);
  await theirs.part.locator("dd li").filter({ hasText: `Ward ${stamp}` }).waitFor();
  await theirs.press(/^Edit/);
  await box(theirs).waitFor();
  assert.ok(await box(theirs).isChecked(), "it is known again");
  await box(theirs).uncheck();
  await box(theirs).check();
  await box(theirs).uncheck();
  await theirs.press("Save to the record");
  await saved(theirs.part);
  const [now] = await found(`CarePlan?patient=${patient}`);
  assert.deepEqual(now.supportingInfo, before.supportingInfo, "exactly it is taken away");
  for (const it of [mine, theirs]) {
    it.quiet();
    await it.context.close();
  }
});

sendsValid("CarePlan", "Provenance");
