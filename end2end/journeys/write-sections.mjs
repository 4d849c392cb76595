// Every section of a plan is written in its own panel: the plan itself, the person's own words, goals and actions, carers
// and next of kin. What is chosen is linked to the record; only what was changed is changed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, enter, saved, settled, visitor } from "../page.mjs";
import { apis, plain, takeOut } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

const base = apis.shared;
const stamp = String(Date.now());
/** Somebody with a whole plan, whom no other journey looks at. */
let patient;
let plan;

const get = async (path) => (await fetch(`${base}/${path}`, { headers: { Accept: "application/fhir+json" } })).json();
const found = async (path) => ((await get(path)).entry ?? []).map((it) => it.resource);

before(async () => {
  const known = new Set(Object.values(cases).map((it) => `Patient/${it.patient}`));
  const goals = await found("Goal?_count=200");
  for (const goal of goals.reverse()) {
    const person = goal.subject.reference;
    if (known.has(person)) continue;
    const id = person.split("/").pop();
    const [carers, plans, tasks] = [await found(`RelatedPerson?patient=${id}`), await found(`CarePlan?patient=${id}`), await found(`Task?patient=${id}`)];
    const main = plans.find((it) => it.status === "active" && !it.partOf && it.addresses?.length);
    if (main && carers.length > 0 && tasks.length > 0 && plans.some((it) => it.partOf)) {
      [patient, plan] = [id, main];
      return;
    }
  }
  assert.fail("nobody has a plan");
});
after(close);

/** The plan of this person, and one panel of it. */
async function panel(id, of = patient) {
  const it = await visitor();
  await enter(it.page, `/patient/${of}/plan`);
  await settled(it.page);
  const part = it.page.locator(`#${id}`);
  return { ...it, part, field: (name) => part.getByLabel(name, { exact: true }), press: (name) => part.getByRole("button", { name }).first().click() };
}


test("a carer is added once, found again and changed; what is wrong with a number is said before it is sent", async () => {
  const { page, context, part, field, press, quiet } = await panel("carers");
  await press("Add a carer or next of kin");
  await field("First name").fill("Ann Marie");
  await clean(page, "a carer, being written");
  await field("Last name").fill(`Ho${stamp}`);
  await field("Relationship").selectOption("Niece");
  await field("Carer").check();
  await field("Next of kin").check();
  await field("Phone number").fill("496");
  await press("Save to the record");
  await part.getByRole("link", { name: /^Enter a phone number/ }).waitFor();
  await field("Phone number").fill("0161 496 0145");
  await press("Save to the record");
  await saved(part);
  await part.getByText(`Ann Marie HO${stamp}`).or(part.getByText(`Ann Marie Ho${stamp}`)).first().waitFor();
  const own = (await found(`RelatedPerson?patient=${patient}`)).filter((it) => it.name?.[0]?.family === `Ho${stamp}`);
  assert.equal(own.length, 1, "once");
  const [carer] = own;
  assert.deepEqual(carer.name[0].given, ["Ann", "Marie"]);
  assert.deepEqual(carer.relationship.map((it) => it.coding[0].code), ["NIECE", "N", "Carer"]);
  assert.deepEqual(carer.telecom, [{ system: "phone", value: "0161 496 0145" }]);
  assert.equal((await found(`Provenance?target=RelatedPerson/${carer.id}`)).length, 1, "who wrote it");

  await press(new RegExp(`^Change .*ho${stamp}`, "i"));
  await field("Phone number").fill("07700 900 145");
  await field("Carer").uncheck();
  await press("Save to the record");
  await saved(part);
  const now = await get(`RelatedPerson/${carer.id}`);
  const expected = { ...plain(carer), telecom: [{ system: "phone", value: "07700 900 145" }], relationship: carer.relationship.slice(0, 2) };
  assert.deepEqual(plain(now), expected, "nothing else");
  quiet();
  await context.close();
});

test("a goal and an action are in the record and named by the plan; the action is done by whoever owns it", async () => {
  const { page, context, part, field, press, quiet } = await panel("goals");
  await press("Add a goal");
  const what = `Bake again ${stamp}`;
  await field("Goal").fill(what);
  await field("Need that it serves").selectOption({ index: 1 });
  await field("Importance to the person").selectOption("8 of 10");
  await field("Target date").fill("12 3 2031");
  await part.getByText("Wednesday 12-Mar-2031").waitFor();
  await clean(page, "a goal, being written");
  await press("Save to the record");
  await saved(part);
  await part.getByText(`Goal: ${what}`).waitFor();
  const goal = (await found(`Goal?patient=${patient}`)).find((it) => it.description.text === what);
  assert.equal(goal.priority.text, "8 of 10");
  assert.equal(goal.target[0].dueDate, "2031-03-12");
  assert.ok(goal.addresses[0].reference.startsWith("Condition/"));
  let now = await get(`CarePlan/${plan.id}`);
  assert.equal(now.goal.filter((it) => it.reference === `Goal/${goal.id}`).length, 1, "the plan names it");
  assert.deepEqual(now.activity, plan.activity, "and nothing else of the plan has changed");

  await part.getByRole("button", { name: `Add an action for the goal ${what}` }).click();
  await press("Save to the record");
  for (const wrong of ["Enter what is to be done", "Choose who does it", "Enter the day by which it is to be done"]) {
    await part.getByRole("link", { name: wrong }).waitFor();
  }
  const deed = `Find the scales ${stamp}`;
  await field("What is to be done").fill(deed);
  await field("Owner").selectOption({ index: 1 });
  await field("Due date").fill("1/2/2031");
  await press("Save to the record");
  await saved(part);
  await part.getByText(deed).first().waitFor();
  const task = (await found(`Task?patient=${patient}`)).find((it) => it.description === deed);
  assert.equal(task.focus.reference, `Goal/${goal.id}`);
  assert.equal(task.restriction.period.end, "2031-02-01");
  assert.ok(task.owner.reference && task.owner.display);
  now = await get(`CarePlan/${plan.id}`);
  assert.equal(now.activity.at(-1).reference.reference, `Task/${task.id}`);

  await part.getByRole("button", { name: `Change the action ${deed}` }).click();
  await field("Status of the action").selectOption("Done");
  const statuses = await field("Status of the action").locator("option").allTextContents();
  assert.deepEqual(statuses, ["Not recorded", "Asked for", "In progress", "On hold", "Done", "Cancelled"], "few");
  await press("Save to the record");
  await saved(part);
  const done = await get(`Task/${task.id}`);
  assert.equal(done.status, "completed");
  assert.deepEqual({ ...plain(done), status: task.status, lastModified: null }, { ...plain(task), lastModified: null }, "nothing else");
  quiet();
  await context.close();
});

test("the plan itself: review, agreement and status, by the rules of its life", async () => {
  const { page, context, part, field, press, quiet } = await panel("patient-plan");
  const before = await get(`CarePlan/${plan.id}`);
  await press(/^Edit/);
  await clean(page, "the plan, being written");
  await field("Status of the plan").selectOption("Draft");
  await field("Next review").fill("1 1 2020");
  await press("Save to the record");
  await part.getByRole("link", { name: "The next review must be today or later" }).waitFor();
  await part.getByRole("link", { name: /^A plan that is completed/ }).waitFor();
  await field("Status of the plan").selectOption("On hold");
  await field("Next review").fill("3 Feb 2031");
  await field("Agreed with").fill(`her daughter ${stamp}`);
  await press("Save to the record");
  await saved(part);
  await part.getByText("03-Feb-2031").first().waitFor();
  const now = await get(`CarePlan/${plan.id}`);
  assert.equal(now.status, "on-hold");
  assert.ok(now.note.some((it) => it.text === `Agreed with her daughter ${stamp}`));
  const own = ["status", "note", "activity"];
  for (const member of Object.keys(plain(before)).filter((it) => !own.includes(it))) assert.deepEqual(plain(now)[member], plain(before)[member], member);
  const scheduled = (it) => it.detail?.status === "scheduled";
  assert.deepEqual(now.activity.filter((it) => !scheduled(it)), before.activity.filter((it) => !scheduled(it)));
  await press(/^Edit/);
  await field("Status of the plan").selectOption("Active");
  await press("Save to the record");
  await saved(part);
  quiet();
  await context.close();
});

test("the person's own words, and who is to be contacted: linked, never copied", async () => {
  const { page, context, part, field, press, quiet } = await panel("about-me");
  await press(/^Edit|^Write/);
  await field("What is most important to me").fill(`The garden ${stamp}`);
  await clean(page, "own words, being written");
  await press("Save to the record");
  await saved(part);
  await part.getByText(`The garden ${stamp}`).waitFor();
  const forms = await found(`QuestionnaireResponse?subject=Patient/${patient}`);
  const answers = forms.flatMap((it) => it.item).filter((it) => it.answer?.[0]?.valueString === `The garden ${stamp}`);
  assert.equal(answers.length, 1);
  await context.close();

  const crisis = await panel("crisis");
  const old = (await found(`CarePlan?patient=${patient}`)).find((it) => it.partOf);
  await crisis.press(/^Edit/);
  await crisis.field("Add somebody of the team or a carer").selectOption({ index: 1 });
  await crisis.press(/^Add to/);
  await clean(crisis.page, "the crisis plan, being written");
  await crisis.press("Save to the record");
  await saved(crisis.part);
  const now = await get(`CarePlan/${old.id}`);
  const people = (it) => it.activity.flatMap((one) => one.detail?.performer ?? []);
  assert.equal(people(now).length, people(old).length + 1);
  assert.match(people(now).at(-1).reference, /^(PractitionerRole|Practitioner|RelatedPerson|Organization|CareTeam)\//);
  crisis.quiet();
  quiet();
  await crisis.context.close();
});

test("history: what is different between two versions, who wrote them, and the way back as a new version", async () => {
  const { page, context, part, field, press, quiet } = await panel("about-me");
  const words = [`First ${stamp}`, `Second ${stamp}`];
  for (const it of words) {
    await press(/^Edit/);
    await field("My wellness").fill(it);
    await press("Save to the record");
    await saved(part);
    await part.locator("dd", { hasText: it }).waitFor();
  }
  await press(/^History/);
  const change = part.locator(".app-change", { hasText: "My wellness" });
  await change.getByText(words[0]).waitFor();
  await change.getByText(words[1]).waitFor();
  const reader = await page.evaluate(() => JSON.parse(localStorage["alongside.reader"]));
  const newest = await field("with the version of").locator("option").first().textContent();
  assert.match(newest, new RegExp(`\\d\\d:\\d\\d, ${reader.name}, ${reader.role}`), "who, in which role");
  await clean(page, "history");
  await press(/^Bring back the version of /);
  assert.equal(await field("My wellness").inputValue(), words[0]);
  await press("Save to the record");
  await saved(part);
  await part.locator("dd", { hasText: words[0] }).waitFor();
  quiet();
  await context.close();
});

test("what the record does not take is said at the field that it names, and what was typed stays", async () => {
  const { page, context, part, field, press, quiet } = await panel("carers");
  const why = "Not a number that is in use";
  const refuse = (route) => {
    if (route.request().method() !== "POST" || !/RelatedPerson/.test(route.request().postData() ?? "")) return route.fallback();
    const issue = [{ severity: "error", code: "invalid", details: { text: why }, expression: ["RelatedPerson.telecom[0].value"] }];
    return route.fulfill({ status: 422, contentType: "application/fhir+json", body: JSON.stringify({ resourceType: "OperationOutcome", issue }) });
  };
  await page.route(/\/fhir\/shared/, refuse);
  await press("Add a carer or next of kin");
  await field("Last name").fill(`Kaur${stamp}`);
  await field("Phone number").fill("0161 496 0199");
  await press("Save to the record");
  await part.getByRole("link", { name: `The record does not take the phone number: ${why}` }).click();
  assert.equal(await page.evaluate(() => document.activeElement.type), "tel", "the way leads to the field");
  assert.equal(await field("Last name").inputValue(), `Kaur${stamp}`);
  await clean(page, "what the record does not take");
  await page.unroute(/\/fhir\/shared/, refuse);
  await field("Phone number").fill("0161 496 0198");
  await part.getByRole("link", { name: /^The record does not take/ }).waitFor({ state: "detached" });
  await press("Save to the record");
  await saved(part);
  assert.equal((await found(`RelatedPerson?patient=${patient}`)).filter((it) => it.name?.[0]?.family === `Kaur${stamp}`).length, 1);
  quiet({ failing: true });
  await context.close();
});

test("who has no plan gets one: needs linked from the record, a review planned, and a goal that it names", async () => {
  const nobody = cases["no-plan"].patient;
  const { page, context, part, field, press, quiet } = await panel("patient-plan", nobody);
  const made = [];
  try {
    await press("Begin a plan");
    await press("Save to the record");
    await part.getByRole("link", { name: "Enter the day of the next review" }).waitFor();
    await field("Next review").fill("3 3 2031");
    const known = part.locator(".app-known input");
    for (const it of await known.all()) await it.check();
    await press("Save to the record");
    await saved(part);
    await part.getByText("03-Mar-2031").waitFor();
    const plans = await found(`CarePlan?patient=${nobody}`);
    assert.equal(plans.length, 1);
    made.push(`CarePlan/${plans[0].id}`);
    assert.equal(plans[0].status, "active");
    assert.ok((plans[0].addresses ?? []).every((it) => it.reference.startsWith("Condition/")));
    const goals = page.locator("#goals");
    await goals.getByRole("button", { name: "Add a goal" }).click();
    await goals.getByLabel("Goal", { exact: true }).fill(`Sleep through ${stamp}`);
    await goals.getByRole("button", { name: "Save to the record" }).click();
    await saved(goals);
    const [goal] = await found(`Goal?patient=${nobody}`);
    made.push(`Goal/${goal.id}`);
    const [plan] = await found(`CarePlan?patient=${nobody}`);
    assert.equal(plan.goal[0].reference, `Goal/${goal.id}`);
  } finally {
    await takeOut(made);
  }
  quiet();
  await context.close();
});

sendsValid("CarePlan", "Goal", "Task", "RelatedPerson", "QuestionnaireResponse", "Provenance");
