// The team around a person is written where it is read: who joins is found in the record's directory and linked, roles and
// days are changed, there is one key worker, and who leaves stays in the history. Two people change two members at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, enter, saved, settled, sizes, visitor } from "../page.mjs";
import { apis, plain, takeOut } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

const base = apis.shared;
const stamp = String(Date.now());
/** Somebody with a team of three at least, whom no other journey looks at. */
let patient;
let team;

const get = async (path) => (await fetch(`${base}/${path}`, { headers: { Accept: "application/fhir+json" } })).json();
const found = async (path) => ((await get(path)).entry ?? []).map((it) => it.resource);
const key = (it) => it.participant.filter((one) => !one.period?.end && one.role?.some((role) => role.text === "Key worker"));
const familyName = (it) => it.name[0].family;

before(async () => {
  const known = new Set(Object.values(cases).map((it) => `Patient/${it.patient}`));
  const teams = await found("CareTeam?_count=200");
  const fits = (it) => it.subject && !known.has(it.subject.reference) && it.status === "active" && it.participant.length > 3 && key(it).length === 1;
  team = teams.reverse().find(fits);
  assert.ok(team, "nobody has a team");
  patient = team.subject.reference.split("/").pop();
});
after(close);

/** The team in the plan of this person. */
async function panel({ of = patient, size } = {}) {
  const it = await visitor({ size });
  await enter(it.page, `/patient/${of}/plan`);
  await settled(it.page);
  const part = it.page.locator("#team");
  return { ...it, part, field: (name) => part.getByLabel(name, { exact: true }), press: (name) => part.getByRole("button", { name }).first().click() };
}


/** Somebody of the directory who is not in the team. */
async function stranger(not) {
  const roles = await found("PractitionerRole?_count=200&_include=PractitionerRole:practitioner");
  const people = new Map(roles.filter((it) => it.resourceType === "Practitioner").map((it) => [`Practitioner/${it.id}`, it]));
  const isFree = (it) => !not.some((one) => one.member.reference === `PractitionerRole/${it.id}`);
  const role = roles.find((it) => it.resourceType === "PractitionerRole" && people.has(it.practitioner.reference) && isFree(it));
  return { role, person: people.get(role.practitioner.reference) };
}

test("who joins is found by name and linked; what is missing is said; everybody else stays as they are", async () => {
  const { page, context, part, field, press, quiet } = await panel();
  const { role, person } = await stranger(team.participant);
  const before = await get(`CareTeam/${team.id}`);
  const signed = () => found(`Provenance?target=CareTeam/${team.id}&_count=200`);
  const signedBefore = await signed();
  await press("Add somebody to the team");
  await press("Save to the record");
  await part.getByRole("link", { name: "Find and choose who joins the team" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "INPUT", "the way leads to the field");
  await page.keyboard.type("Zzyzx");
  await part.getByText("Nobody of this name is in the shared record").waitFor();
  await field("Find who joins the team").fill(familyName(person));
  const choice = part.locator(".app-people__person").filter({ hasText: familyName(person) }).first();
  await choice.waitFor();
  await clean(page, "who joins the team, being found");
  await choice.click();
  const chosen = await part.locator("legend").first().textContent();
  assert.match(chosen, new RegExp(familyName(person), "i"));
  await field("Role in the team").fill(`Falls lead ${stamp}`);
  await clean(page, "a member of the team, being written");
  await press("Save to the record");
  await saved(part);
  await part.getByText(`Falls lead ${stamp}`).first().waitFor();
  const now = await get(`CareTeam/${team.id}`);
  assert.equal(now.participant.length, before.participant.length + 1);
  assert.deepEqual(now.participant.slice(0, -1), before.participant, "everybody else as they were");
  const own = now.participant.at(-1);
  assert.match(own.member.reference, /^PractitionerRole\//);
  assert.ok(own.member.display.includes(familyName(person)));
  assert.deepEqual(own.role, [{ text: `Falls lead ${stamp}` }]);
  assert.match(own.period.start, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(plain({ ...now, participant: [] }), plain({ ...before, participant: [] }), "and the rest of the team");
  assert.equal((await signed()).length, signedBefore.length + 1, "who wrote it");
  assert.ok(role);
  quiet();
  await context.close();
});

test("there is one key worker: who it was is said, and the history shows both; the way back is a new version", async () => {
  const { page, context, part, field, press, quiet } = await panel();
  const before = await get(`CareTeam/${team.id}`);
  const [was] = key(before);
  const next = before.participant.find((it) => it.member.reference.startsWith("PractitionerRole/") && it !== was);
  await press(new RegExp(`^Change ${next.member.display}`));
  await field("The key worker").check();
  await part.getByText(`in place of ${was.member.display}, who stays in the team`).waitFor();
  await press("Save to the record");
  await saved(part);
  const now = await get(`CareTeam/${team.id}`);
  assert.deepEqual(key(now).map((it) => it.member.reference), [next.member.reference]);
  const at = before.participant.indexOf(was);
  assert.deepEqual(now.participant[at].role, was.role.filter((it) => it.text !== "Key worker"), "who it was keeps their role");

  await press(/^History/);
  const change = part.locator(".app-change", { hasText: "Key worker" });
  await change.getByText(was.member.display).waitFor();
  await change.getByText(next.member.display).waitFor();
  await clean(page, "history of the team");
  await press(/^Bring back the version of /);
  await press("Save to the record");
  await saved(part);
  assert.deepEqual(key(await get(`CareTeam/${team.id}`)).map((it) => it.member.reference), [was.member.reference]);
  quiet();
  await context.close();
});

test("who leaves gets a day and stays in the record; nobody leaves before they came; on a phone", async () => {
  const { page, context, part, field, press, quiet } = await panel({ size: sizes.phone });
  const before = await get(`CareTeam/${team.id}`);
  const at = before.participant.findIndex((it) => it.role?.some((role) => role.text === `Falls lead ${stamp}`));
  const name = before.participant[at].member.display;
  await press(new RegExp(`^Change ${name}`));
  await field("Until").fill("1 1 2020");
  await press("Save to the record");
  await part.getByRole("link", { name: "The end must not be before the start" }).waitFor();
  const [year, month, day] = before.participant[at].period.start.split("-").map(Number);
  await field("Until").fill(`${day}/${month}/${year}`);
  await clean(page, "a member who leaves, on a phone");
  await press("Save to the record");
  await saved(part);
  const now = await get(`CareTeam/${team.id}`);
  const expected = structuredClone(before.participant);
  expected[at].period.end = expected[at].period.start;
  assert.deepEqual(now.participant, expected);
  quiet();
  await context.close();
});

test("who is key worker and leaves: it is said that somebody else has to take it on, who then is the only one", async () => {
  const { context, part, field, press, quiet } = await panel();
  const before = await get(`CareTeam/${team.id}`);
  const [it] = key(before);
  await press(new RegExp(`^Change ${it.member.display}`));
  await field("Until").fill("1 2 2031");
  await part.getByText(`Key worker: ${it.member.display}, until 01-Feb-2031: somebody else has to become it then`).waitFor();
  await press("Save to the record");
  await saved(part);
  // Until that day they are the key worker, who can give it to another.
  await press(new RegExp(`^Change ${it.member.display}`));
  assert.ok(await field("The key worker").isChecked(), "in office");
  await press("Close");
  const next = before.participant.find((one) => one.member.reference.startsWith("PractitionerRole/") && one !== it);
  await press(new RegExp(`^Change ${next.member.display}`));
  await field("The key worker").check();
  await part.getByText(`in place of ${it.member.display}, who stays in the team until 01-Feb-2031`).waitFor();
  await press("Save to the record");
  await saved(part);
  const after = await get(`CareTeam/${team.id}`);
  const has = after.participant.filter((one) => one.role?.some((role) => role.text === "Key worker"));
  assert.deepEqual(has.map((one) => one.member.reference), [next.member.reference], "nobody else has the role");
  quiet();
  await context.close();
});

test("an earlier version comes back: who has joined since is said to be taken out, before anything is written", async () => {
  const { context, part, press, quiet } = await panel();
  const before = await get(`CareTeam/${team.id}`);
  const joined = before.participant.at(-1).member.display;
  await press(/^History/);
  const versions = part.getByLabel("Compare the version of", { exact: true });
  await versions.locator("option").nth(1).waitFor({ state: "attached" });
  await versions.selectOption({ index: (await versions.locator("option").count()) - 1 });
  await press(/^Bring back the version of /);
  await part.getByText(`${joined}: taken out of the team`).waitFor();
  await press("Discard this draft");
  await press("Yes, throw it away");
  assert.deepEqual(await get(`CareTeam/${team.id}`), before, "nothing is written");
  quiet();
  await context.close();
});

test("two people who change two members at once both find their change", async () => {
  const [mine, theirs] = [await panel(), await panel()];
  const before = await get(`CareTeam/${team.id}`);
  const linked = before.participant.filter((it) => it.member.reference.startsWith("PractitionerRole/") && !it.period?.end);
  await mine.press(new RegExp(`^Change ${linked[0].member.display}`));
  await theirs.press(new RegExp(`^Change ${linked[1].member.display}`));
  await mine.field("Role in the team").fill(`One ${stamp}`);
  await theirs.field("Role in the team").fill(`Two ${stamp}`);
  await mine.press("Save to the record");
  await saved(mine.part);
  await theirs.press("Save to the record");
  await saved(theirs.part);
  const now = await get(`CareTeam/${team.id}`);
  const says = (it) => now.participant.find((one) => one.member.reference === it.member.reference).role[0].text;
  assert.deepEqual([says(linked[0]), says(linked[1])], [`One ${stamp}`, `Two ${stamp}`]);
  for (const it of [mine, theirs]) {
    // That somebody was faster is an answer.
    it.quiet({ failing: true });
    await it.context.close();
  }
});

test("a draft of a new member is offered after the tab is gone", async () => {
  const { page, context, part, field, press, quiet } = await panel();
  const { person } = await stranger((await get(`CareTeam/${team.id}`)).participant);
  await press("Add somebody to the team");
  await field("Find who joins the team").fill(familyName(person));
  await part.locator(".app-people__person").first().click();
  await field("Role in the team").fill(`Draft ${stamp}`);
  await part.getByText(/^Saved on this device/).first().waitFor();
  await page.reload();
  await settled(page);
  await part.getByText(/This device has kept changes to the team/).waitFor();
  await press("Go on writing");
  assert.equal(await field("Role in the team").inputValue(), `Draft ${stamp}`);
  await press("Discard this draft");
  await press("Yes, throw it away");
  await part.getByRole("button", { name: "Add somebody to the team" }).waitFor();
  quiet();
  await context.close();
});

test("who has no team gets one that the plan names, with a key worker", async () => {
  const send = async (method, path, body) => {
    const headers = { "Content-Type": "application/fhir+json", Accept: "application/fhir+json", Prefer: "return=representation" };
    const answer = await fetch(`${base}/${path}`, { method, headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const made = [];
  const nobody = await send("POST", "Patient", { resourceType: "Patient", name: [{ family: `Teamless${stamp}`, given: ["Ada"] }], birthDate: "1941-03-02", gender: "female" });
  made.push(`Patient/${nobody.id}`);
  const subject = { reference: `Patient/${nobody.id}` };
  const plan = await send("POST", "CarePlan", { resourceType: "CarePlan", status: "active", intent: "plan", title: "Plan", subject });
  made.push(`CarePlan/${plan.id}`);
  const { page, context, part, field, press, quiet } = await panel({ of: nobody.id });
  try {
    const { person } = await stranger([]);
    await press("Begin the team");
    await field("Find who joins the team").fill(familyName(person));
    await part.locator(".app-people__person").first().click();
    await field("The key worker").check();
    await clean(page, "a team, being begun");
    await press("Save to the record");
    await saved(part);
    const teams = await found(`CareTeam?patient=${nobody.id}`);
    assert.equal(teams.length, 1);
    made.push(`CareTeam/${teams[0].id}`);
    assert.equal(key(teams[0]).length, 1);
    assert.deepEqual(teams[0].subject, subject);
    const named = await get(`CarePlan/${plan.id}`);
    assert.deepEqual(named.careTeam.map((it) => it.reference), [`CareTeam/${teams[0].id}`]);
    await part.getByRole("button", { name: "Add somebody to the team" }).waitFor();
  } finally {
    await takeOut(made.reverse());
  }
  quiet();
  await context.close();
});

sendsValid("CareTeam", "CarePlan", "Provenance");
