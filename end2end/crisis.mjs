// Crisis plans in the record, and the editor of one: for the journeys that write them.
import assert from "node:assert/strict";

import { cases, saved as savedIn } from "./page.mjs";
import { apis } from "./record-apis.mjs";

const CONTINGENCY = "http://snomed.info/sct|325691000000100";
const FHIR = "application/fhir+json";

export const get = async (path) => (await fetch(`${apis.shared}/${path}`, { headers: { Accept: FHIR } })).json();

/** Writes a plan as it is given, whatever the record has. */
export async function put(resource) {
  const answer = await fetch(`${apis.shared}/CarePlan/${resource.id}`, { method: "PUT", headers: { "content-type": FHIR }, body: JSON.stringify(resource) });
  assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
}

export const patientOf = (it) => it.subject.reference.split("/").pop();

/** The entries of a plan under this heading. */
export const under = (it, heading) => it.activity.filter((one) => one.detail?.code?.text === heading);

export const trigger = (it) => it.activity.find((one) => /trigger/i.test(one.detail?.code?.text ?? ""));

/** The crisis plans in force, with a trigger, of people whom no journey looks at for another reason. */
export async function crisisPlans() {
  const known = new Set(Object.values(cases).map((it) => it.patient));
  const found = await get(`CarePlan?category=${encodeURIComponent(CONTINGENCY)}&_count=60`);
  const plans = found.entry.map((it) => it.resource).filter((it) => it.status === "active" && !known.has(patientOf(it)) && trigger(it));
  assert.ok(plans.length, "somebody has a crisis plan");
  return plans;
}

/** Opens the editor of the crisis plan on the page. */
export async function edit(page) {
  await page.locator("#crisis").getByRole("button", { name: /^Edit/ }).click();
  await page.locator(".app-write textarea").first().waitFor();
}

export const field = (page, name) => page.locator(".app-write").getByLabel(name, { exact: true });
export const save = (page) => page.getByRole("button", { name: "Save to the record" }).click();
export const standing = (page) => page.locator(".app-write__standing");
export const saved = (page, timeout) => savedIn(page.locator("#crisis"), timeout);

/** Another entry, which has the focus: letters go there. */
export async function another(page, button, label) {
  await page.getByRole("button", { name: button }).click();
  const added = await field(page, label).elementHandle();
  await page.waitForFunction((it) => it === document.activeElement, added);
}
