// What happens at the trusts while somebody looks: journeys write it to the record APIs themselves.
import assert from "node:assert/strict";

import { cases } from "./page.mjs";
import { apis } from "./record-apis.mjs";

const headers = { "content-type": "application/fhir+json" };
const written = [];

/** What the journeys have written goes again: to be called after each test. */
export async function unwrite() {
  for (const { source, kind, id } of written.splice(0)) await fetch(`${apis[source]}/${kind}/${id}`, { method: "DELETE" });
}

/** Somebody of the first reader's, known at a trust. */
export const who = cases["did-not-attend"];

/** This person as a trust knows them, if it does. */
export async function patientAt(source) {
  const found = await (await fetch(`${apis[source]}/Patient?identifier=${encodeURIComponent(`https://fhir.nhs.uk/Id/nhs-number|${who.nhsNumber}`)}`)).json();
  return found.entry?.[0]?.resource;
}

/** A trust at which this person is known. */
export async function trust() {
  for (const source of ["rw3", "rm2", "rw6"]) if (await patientAt(source)) return source;
  throw new Error(`${who.listed} is at no trust`);
}

/** Writes this at a trust; it goes again after the test. */
async function write(source, resource) {
  const { resourceType: kind, id } = resource;
  const answer = await fetch(`${apis[source]}/${kind}/${id}`, { method: "PUT", headers, body: JSON.stringify(resource) });
  assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
  if (!written.some((it) => it.id === id)) written.push({ source, kind, id });
  return resource;
}

let number = 0;
const fresh = () => `journey-${Date.now()}-${(number += 1)}`;

/** Writes an arrival in the emergency department a moment ago, under an id of its own; returns it as it was written. */
export async function arrival(source, change = {}, id = fresh()) {
  const patient = await patientAt(source);
  return write(source, {
    resourceType: "Encounter",
    id,
    status: "in-progress",
    class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "EMER" },
    subject: { reference: `Patient/${patient.id}` },
    period: { start: new Date(Date.now() - 60_000).toISOString() },
    reasonCode: [{ text: `Fall ${id}` }],
    ...change,
  });
}

/** Writes this about the person at a trust, under an id of its own; returns it as it was written. */
export async function record(source, resource, id = fresh()) {
  const patient = await patientAt(source);
  return write(source, { ...resource, id, subject: { reference: `Patient/${patient.id}` } });
}

/** Books an appointment of twenty minutes, in this many hours. */
export async function booking(source, hours, change = {}, id = fresh()) {
  const patient = await patientAt(source);
  const start = Date.now() + hours * 3_600_000;
  return write(source, {
    resourceType: "Appointment",
    id,
    status: "booked",
    created: new Date(Date.now() - 60_000).toISOString(),
    start: new Date(start).toISOString(),
    end: new Date(start + 1_200_000).toISOString(),
    description: `Clinic ${id}`,
    participant: [{ actor: { reference: `Patient/${patient.id}` }, status: "accepted" }],
    ...change,
  });
}
