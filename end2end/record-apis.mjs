// The record APIs behind the page, for journeys that need one to fail. The task runner looks into the folder
// ALONGSIDE_CONTROL: `rw3.down` ends the server of rw3, and removing the file brings it back. There is no such folder
// for servers that the task runner did not start.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Source id → its base URL without the proxy. */
export const apis = JSON.parse(process.env.ALONGSIDE_APIS ?? "{}");

/** The page's address. */
export const url = process.env.ALONGSIDE_URL ?? "http://localhost:8000";

/** `helios`, `sekmet` or `given`. */
export const server = process.env.ALONGSIDE_SERVER ?? "given";

/** Whether sources can be made to fail. */
export const canFail = existsSync(process.env.ALONGSIDE_CONTROL ?? "");

const statements = new Map();

/** Whether a source's CapabilityStatement offers to search a type of record by one of these parameters. */
export async function offers(source, type, ...parameters) {
  if (!statements.has(source)) statements.set(source, fetch(`${apis[source]}/metadata`).then((it) => it.json()));
  const { rest } = await statements.get(source);
  const found = rest[0].resource?.find((it) => it.type === type)?.searchParam ?? [];
  return found.some((it) => parameters.includes(it.name));
}

/** A resource without what a server writes into it by itself. */
export function plain(it) {
  const { versionId, lastUpdated, source, ...meta } = it.meta;
  return { ...it, meta };
}

const taken = async (place) => {
  const { ok, status } = await fetch(`${apis.shared}/${place}`, { method: "DELETE" });
  return ok || status === 404 || status === 410;
};

/**
 * Takes these (`Type/id`) out of the shared record again. Many servers keep what something refers to: so who says that they
 * wrote it goes first, what names before what is named, and what names each other at once.
 */
export async function takeOut(places) {
  const signatures = async (it) => (await (await fetch(`${apis.shared}/Provenance?target=${it}`)).json()).entry ?? [];
  const signed = (await Promise.all(places.map(signatures))).flat();
  let left = [...signed.map((it) => `Provenance/${it.resource.id}`), ...places];
  for (let before; left.length && left.length !== before; ) {
    before = left.length;
    const kept = [];
    for (const it of left) if (!(await taken(it))) kept.push(it);
    left = kept;
  }
  if (!left.length) return;
  const entry = left.map((url) => ({ request: { method: "DELETE", url } }));
  const body = JSON.stringify({ resourceType: "Bundle", type: "transaction", entry });
  await fetch(apis.shared, { method: "POST", headers: { "content-type": "application/fhir+json" }, body });
}

/** Writes a resource under its own id, or, where the server lets nobody choose one, under one of its own. Its `Type/id`. */
export async function lay(source, resource) {
  const { resourceType: kind, id, ...rest } = resource;
  const headers = { "content-type": "application/fhir+json", Prefer: "return=representation" };
  const send = (method, path, body) => fetch(`${apis[source]}/${path}`, { method, headers, body: JSON.stringify(body) });
  const own = await send("PUT", `${kind}/${id}`, resource);
  if (own.ok) return `${kind}/${id}`;
  const answer = await send("POST", kind, { resourceType: kind, ...rest });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${kind}: ${own.status}, then ${answer.status} ${text}`);
  return `${kind}/${JSON.parse(text).id}`;
}

const file = (source) => join(process.env.ALONGSIDE_CONTROL, `${source}.down`);

/** What comes of a question: `answer`, `nobody` when connections are refused, or `nothing` in five seconds. */
async function asked(source) {
  try {
    const response = await fetch(`${apis[source]}/metadata`, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok ? "answer" : "nothing";
  } catch (error) {
    return error.cause?.code === "ECONNREFUSED" ? "nobody" : "nothing";
  }
}

async function until(source, wanted) {
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await asked(source)) === wanted) return;
    await pause(100);
  }
  throw new Error(`From the record API of ${source}: no ${wanted}`);
}

/** Ends a source's server; connections are refused. */
export async function down(source) {
  writeFileSync(file(source), "");
  // A server that is only slow is not down yet.
  await until(source, "nobody");
}

/** Brings a source back, whatever it was. */
export async function restore(source) {
  rmSync(file(source), { force: true });
  await until(source, "answer");
}
