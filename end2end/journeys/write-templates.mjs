// Templates of config.json suggest goals and actions, one by one: nothing is written before somebody saves it, what is not for
// this person is set aside, a locality adds its own by editing config.json, and a wrong template is said with its place.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, configure, enter, saved, settled, sizes, visitor } from "../page.mjs";
import { apis, takeOut } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

const base = apis.shared;
const stamp = String(Date.now());
/** Somebody with a plan, whom no other journey looks at. */
let patient;
let plan;
const made = [];

const get = async (path) => (await fetch(`${base}/${path}`, { headers: { Accept: "application/fhir+json" } })).json();
const found = async (path) => ((await get(path)).entry ?? []).map((it) => it.resource);

const own = { id: "own", name: `Own ${stamp}`, goals: [{ goal: `Walk to the shop ${stamp}`, targetInDays: 30, actions: [{ action: `Find the stick ${stamp}`, dueInDays: 7, priority: "urgent" }, { action: `Paint the door ${stamp}` }] }] };

before(async () => {
  const known = new Set(Object.values(cases).map((it) => `Patient/${it.patient}`));
  const plans = await found("CarePlan?_count=300");
  plan = plans.find((it) => it.status === "active" && !it.partOf && it.addresses?.length && it.goal?.length && !known.has(it.subject.reference));
  assert.ok(plan, "nobody has a plan");
  patient = plan.subject.reference.split("/").pop();
});
after(async () => {
  await close();
  // The plan names them no more.
  const { meta, ...now } = await get(`CarePlan/${plan.id}`);
  await fetch(`${base}/CarePlan/${plan.id}`, { method: "PUT", headers: { "Content-Type": "application/fhir+json" }, body: JSON.stringify({ ...now, goal: plan.goal, activity: plan.activity }) });
  await takeOut(made);
});

async function goals({ templates, size } = {}) {
  const it = await visitor({ size });
  if (templates) await configure(it.page, (config) => (config.templates = templates(config.templates)));
  await enter(it.page, `/patient/${patient}/plan`);
  await settled(it.page);
  const part = it.page.locator("#goals");
  return { ...it, part, field: (name) => part.getByLabel(name, { exact: true }), press: (name) => part.getByRole("button", { name }).first().click() };
}

const template = (part, name) => part.locator("details", { hasText: `Suggested by the template ${name}` });

test("what is delivered suggests for frailty, COPD and end of life", async () => {
  const { page, context, part, quiet } = await goals();
  for (const name of ["Frailty", "COPD", "End of life"]) await template(part, name).waitFor();
  const closed = part.locator("details:not([open]) > summary");
  while ((await closed.count()) > 0) await closed.first().click();
  await clean(page, "what templates suggest");
  await page.emulateMedia({ media: "print" });
  assert.equal(await template(part, "Frailty").isVisible(), false, "what is only suggested is not on paper");
  quiet();
  await context.close();
});

test("a goal is added with its words in the editor, then an action that serves it; nothing before it is saved", async () => {
  const { page, context, part, field, press, quiet } = await goals({ templates: (all) => [...all, own] });
  const mine = template(part, own.name);
  await mine.locator("summary").click();
  await mine.getByRole("button", { name: `Add ${own.goals[0].goal}` }).click();
  assert.equal(await field("Goal").inputValue(), own.goals[0].goal);
  const wanted = async () => (await found(`Goal?patient=${patient}`)).filter((it) => it.description.text === own.goals[0].goal);
  assert.deepEqual(await wanted(), [], "nothing is written yet");
  await clean(page, "a goal that was suggested, being written");
  await press("Save to the record");
  await saved(part);
  const [goal] = await wanted();
  made.push(`Goal/${goal.id}`);
  assert.match(goal.target[0].dueDate, /^\d{4}-\d\d-\d\d$/);
  assert.ok((await get(`CarePlan/${plan.id}`)).goal.some((it) => it.reference === `Goal/${goal.id}`), "the plan names it");
  await mine.getByText("In the plan").waitFor();

  await mine.getByRole("button", { name: `Add ${own.goals[0].actions[0].action}` }).click();
  assert.equal(await field("Priority").inputValue(), "urgent");
  await field("Owner").selectOption({ index: 1 });
  await press("Save to the record");
  await saved(part);
  const [task] = (await found(`Task?patient=${patient}`)).filter((it) => it.description === own.goals[0].actions[0].action);
  made.unshift(`Task/${task.id}`);
  assert.equal(task.focus.reference, `Goal/${goal.id}`);
  assert.equal(task.priority, "urgent");
  quiet();
  await context.close();
});

test("what is not for this person is set aside on this device, and suggested again when that is wanted; on a phone", async () => {
  const { page, context, part, quiet } = await goals({ templates: () => [own], size: sizes.phone });
  const door = `Paint the door ${stamp}`;
  await template(part, own.name).locator("summary").click();
  await part.getByRole("button", { name: `Not for this person ${door}` }).click();
  await part.getByText("1 set aside on this device").waitFor();
  assert.equal(await part.getByText(door).count(), 0);
  const kept = await page.evaluate(() => localStorage["alongside.set-aside"]);
  assert.match(kept, /^[\w.-]+\/[\w.-]+\/[0-9a-f]{16}$/, "under a name that says nothing");
  await page.reload();
  await settled(page);
  await template(part, own.name).locator("summary").click();
  assert.equal(await part.getByText(door).count(), 0, "set aside still");
  await clean(page, "suggestions on a phone");
  await part.getByRole("button", { name: "Suggest them again" }).click();
  await part.getByText(door).first().waitFor();
  quiet();
  await context.close();
});

test("a wrong template is said where it would be, with its place, and everything else works", async () => {
  const { context, part, press, quiet } = await goals({ templates: () => [own, { ...own, goals: [{ goal: "" }] }] });
  await part.getByText("templates[1].goals[0].goal: must be a text that is not empty").waitFor();
  await press("Add a goal");
  await part.getByLabel("Goal", { exact: true }).waitFor();
  quiet();
  await context.close();
  const missing = await goals({ templates: () => ["/no-such-file.json"] });
  await missing.part.getByText(/no-such-file\.json: is not JSON/).waitFor();
  await missing.part.getByRole("button", { name: "Try again" }).waitFor();
  missing.quiet();
  await missing.context.close();
});

test("who has no plan is suggested nothing, for nothing would name it", async () => {
  const it = await visitor();
  await enter(it.page, `/patient/${cases["no-plan"].patient}/plan`);
  await settled(it.page);
  assert.equal(await it.page.locator("#goals details").count(), 0);
  it.quiet();
  await it.context.close();
});

sendsValid("Goal", "Task", "CarePlan", "Provenance");
