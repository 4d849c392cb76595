// A form of a locality with everything that is more than plain questions: groups that are answered as often as there is
// something to say, also in each other, questions under an answer and under each of several, answers from value sets, own
// words beside a choice, times and amounts.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, configure, enter, fits, saved, settled, sizes, visitor } from "../page.mjs";
import { apis, lay, takeOut } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

const headers = { "content-type": "application/fhir+json" };
const base = apis.shared;
const ADDRESS = "https://alongside.example/Questionnaire/rooms-journey";
const SETS = "https://alongside.example/ValueSet";
const SYSTEM = "https://alongside.example/CodeSystem/rooms";
const who = cases["no-plan"]?.patient ?? cases.jane.patient;

const send = async (method, path, resource) => {
  const answer = await fetch(`${base}/${path}`, { method, headers, body: resource && JSON.stringify(resource) });
  assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
};

const codes = (...all) => ({ include: [{ system: SYSTEM, concept: all.map(([code, display]) => ({ code, display })) }] });

const questionnaire = {
  resourceType: "Questionnaire", id: "rooms-journey", url: ADDRESS, version: "1", title: "Rooms", status: "active",
  contained: [{ resourceType: "ValueSet", id: "which", status: "active", compose: codes(["kitchen", "Kitchen"], ["bath", "Bathroom"], ["hall", "Hall"]) }],
  item: [
    { linkId: "rooms", type: "group", text: "Room", repeats: true, required: true, item: [
      { linkId: "room", type: "choice", text: "Which room", required: true, answerValueSet: "#which" },
      { linkId: "damp", type: "boolean", text: "Damp", item: [
        { linkId: "damp.where", type: "string", text: "Where it is damp", required: true,
          enableWhen: [{ question: "damp", operator: "=", answerBoolean: true }] },
      ] },
      { linkId: "risks", type: "open-choice", text: "Risks", repeats: true, answerValueSet: `${SETS}/rooms-risks` },
      { linkId: "warmth", type: "quantity", text: "Warmth", extension: [
        { url: "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", valueCoding: { system: "http://unitsofmeasure.org", code: "Cel", display: "°C" } },
      ] },
      { linkId: "beds", type: "group", text: "Bed", repeats: true, item: [
        { linkId: "bed", type: "string", text: "Which bed", required: true },
      ] },
    ] },
    { linkId: "helpers", type: "string", text: "Who helps at home", repeats: true, item: [
      { linkId: "helpers.when", type: "string", text: "When they come", required: true },
    ] },
    { linkId: "colour", type: "choice", text: "Colour", answerValueSet: `${SETS}/rooms-nowhere` },
    { linkId: "visit", type: "time", text: "Best time to visit" },
  ],
};

const risks = { resourceType: "ValueSet", id: "rooms-risks", url: `${SETS}/rooms-risks`, status: "active", compose: codes(["rug", "Loose rug"], ["step", "Step"]) };

const answers = async () => {
  const { entry } = await (await fetch(`${base}/QuestionnaireResponse?patient=${who}`, { headers: { Accept: "application/fhir+json" } })).json();
  return (entry ?? []).map((it) => it.resource).filter((it) => it.questionnaire?.startsWith(ADDRESS));
};

/** Two rooms, as another program has written them: elements without ids, and more than is asked here. */
const theirs = () => ({
  resourceType: "QuestionnaireResponse", id: "rooms-journey", questionnaire: `${ADDRESS}|1`, status: "completed",
  subject: { reference: `Patient/${who}` }, authored: "2026-01-05T09:00:00Z",
  item: [
    { linkId: "rooms", text: "Room", item: [
      { linkId: "room", text: "Which room", answer: [{ valueCoding: { system: SYSTEM, code: "kitchen", display: "Kitchen" } }] },
      { linkId: "damp", text: "Damp", answer: [{ valueBoolean: true, item: [
        { linkId: "damp.where", text: "Where it is damp", answer: [{ valueString: "Under the sink" }] },
        { linkId: "damp.since", text: "Damp since", answer: [{ valueDate: "2025-11" }] },
      ] }] },
    ] },
    { linkId: "rooms", text: "Room", item: [
      { linkId: "room", text: "Which room", answer: [{ valueCoding: { system: SYSTEM, code: "bath", display: "Bathroom" } }] },
      { linkId: "photo", text: "Photograph", answer: [{ valueUri: "https://alongside.example/bath" }] },
    ] },
    { linkId: "colour", text: "Colour", answer: [{ valueCoding: { system: SYSTEM, code: "blue", display: "Blue" } }] },
  ],
});

const laid = [];

before(async () => {
  for (const it of [questionnaire, risks]) laid.push(await lay("shared", it));
});

afterEach(async () => {
  await takeOut((await answers()).map((it) => `QuestionnaireResponse/${it.id}`));
});

after(async () => {
  for (const it of laid) await send("DELETE", it);
  await close();
});

const form = (page) => page.locator("#form-rooms-journey");
const room = (page, nth) => form(page).getByRole("group", { name: `Room ${nth}`, exact: true });
const field = (within, name) => within.getByLabel(name, { exact: true });
const save = async (page) => {
  await form(page).getByRole("button", { name: "Save to the record" }).click();
  await saved(form(page));
};

async function opened(options = {}) {
  const it = await visitor(options);
  await configure(it.page, (config) => (config.planQuestionnaires = [ADDRESS]));
  await enter(it.page, `/patient/${who}/plan`);
  await settled(it.page);
  return it;
}

test("a form with groups that repeat, questions under answers and value sets is answered, saved and read back", async () => {
  const { page, context, quiet } = await opened();
  await form(page).getByRole("button", { name: /^Answer this form/ }).click();
  // At least one room.
  await field(form(page), "Best time to visit (optional)").fill("9.30");
  await form(page).getByRole("button", { name: "Save to the record" }).click();
  await form(page).locator(".nhsuk-error-summary").getByRole("link", { name: "Add at least one: Room" }).click();
  await page.waitForFunction(() => /^Add the first:\s+Room$/.test(document.activeElement?.textContent ?? ""));
  const add = () => form(page).getByRole("button", { name: /^Add (the first|another): Room$/ }).click();
  await add();
  // The first question of what is added has the focus.
  await page.waitForFunction(() => document.activeElement?.tagName === "SELECT");
  await field(room(page, 1), "Which room").selectOption({ label: "Kitchen" });
  assert.equal(await field(room(page, 1), "Where it is damp").count(), 0, "nobody has said that it is damp");
  await field(room(page, 1), "Damp (optional)").selectOption({ label: "Yes" });
  await field(room(page, 1), "Where it is damp").fill("Under the sink");
  await add();
  await field(room(page, 2), "Damp (optional)").selectOption({ label: "No" });
  assert.equal(await field(room(page, 2), "Where it is damp").count(), 0, "the kitchen is another room");
  await room(page, 2).getByRole("button", { name: /^Add an answer to: Risks/ }).click();
  await field(room(page, 2), "Risks, answer 1").selectOption({ label: "Loose rug" });
  await room(page, 2).getByRole("button", { name: /^Add another answer to: Risks/ }).click();
  await field(room(page, 2), "Risks, answer 2").selectOption({ label: "Something else" });
  await page.waitForFunction(() => document.activeElement?.id.endsWith("-words"));
  await page.keyboard.type("Low beam");
  await field(room(page, 2), "Warmth, °C (optional)").fill("17.50");
  await add();
  await form(page).getByText("Colour: cannot be answered here, because the record does not say what there is to choose from. What the record has stays as it is.").waitFor();
  await clean(page, "a form with groups that repeat");
  await fits(page, "a form with groups that repeat");
  // The second room has no name; the third says nothing, and is none.
  await form(page).getByRole("button", { name: "Save to the record" }).click();
  const summary = form(page).locator(".nhsuk-error-summary");
  assert.equal(await summary.getByRole("link").count(), 1);
  await summary.getByRole("link", { name: "Answer: Which room" }).click();
  await page.keyboard.press("b");
  assert.equal(await field(room(page, 2), "Which room").evaluate((it) => it === document.activeElement), true);
  await field(room(page, 2), "Which room").selectOption({ label: "Bathroom" });
  await save(page);
  const [made] = await answers();
  const [kitchen, bath, visit] = made.item;
  const said = (it) => Object.fromEntries(it.item.map(({ linkId, answer }) => [linkId, answer]));
  assert.deepEqual(made.item.map((it) => it.linkId), ["rooms", "rooms", "visit"]);
  assert.deepEqual(said(kitchen), {
    room: [{ valueCoding: { system: SYSTEM, code: "kitchen", display: "Kitchen" } }],
    damp: [{ valueBoolean: true, item: [{ linkId: "damp.where", text: "Where it is damp", answer: [{ valueString: "Under the sink" }] }] }],
  });
  assert.deepEqual(said(bath), {
    room: [{ valueCoding: { system: SYSTEM, code: "bath", display: "Bathroom" } }],
    damp: [{ valueBoolean: false }],
    risks: [{ valueCoding: { system: SYSTEM, code: "rug", display: "Loose rug" } }, { valueString: "Low beam" }],
    warmth: [{ valueQuantity: { value: 17.5, unit: "°C", system: "http://unitsofmeasure.org", code: "Cel" } }],
  });
  assert.deepEqual(visit.answer, [{ valueTime: "09:30:00" }]);
  // Read back.
  await page.reload();
  await settled(page);
  for (const words of ["Kitchen", "Under the sink", "Loose rug", "Low beam"]) await form(page).getByText(words, { exact: true }).first().waitFor();
  await form(page).getByRole("button", { name: /^Edit/ }).click();
  assert.equal(await field(room(page, 1), "Where it is damp").inputValue(), "Under the sink");
  assert.equal(await field(room(page, 2), "Risks, answer 2: in your own words").inputValue(), "Low beam");
  assert.equal(await room(page, 3).count(), 0);
  // A record that cannot list answers that it does not know.
  quiet({ failing: true });
  await context.close();
});

test("a room that is changed, taken away or added leaves its neighbours and what is not asked as they are", async () => {
  await lay("shared", theirs());
  const { page, context, quiet } = await opened({ size: sizes.phone, touch: true });
  await form(page).getByText("Blue", { exact: true }).waitFor();
  await form(page).getByRole("button", { name: /^Edit/ }).click();
  await field(room(page, 1), "Where it is damp").fill("Behind the fridge");
  await room(page, 2).getByRole("button", { name: "Take away Room 2" }).click();
  await form(page).getByText("Room 2: taken away when you save.").waitFor();
  await form(page).getByRole("button", { name: "Keep Room 2" }).click();
  assert.equal(await field(room(page, 2), "Which room").inputValue(), `${SYSTEM}|bath`);
  await field(room(page, 1), "Damp (optional)").selectOption({ label: "No" });
  await form(page).getByText("Where it is damp: not asked with these answers, and taken away when you save: Behind the fridge").waitFor();
  await room(page, 2).getByRole("button", { name: "Take away Room 2" }).click();
  await fits(page, "a form on a phone");
  await clean(page, "a room that is taken away");
  await form(page).getByRole("button", { name: "Add another: Room" }).click();
  await field(room(page, 3), "Which room").selectOption({ label: "Hall" });
  await save(page);
  const [now] = await answers();
  const was = theirs().item;
  assert.deepEqual(now.item.map((it) => it.linkId), ["rooms", "rooms", "rooms", "colour"]);
  assert.deepEqual(now.item[0].item[0], was[0].item[0]);
  assert.deepEqual(now.item[0].item[1].answer, [{ valueBoolean: false, item: [was[0].item[1].answer[0].item[1]] }], "what stands under the answer and is not asked");
  assert.deepEqual(now.item[1], { ...was[1], item: [was[1].item[1]] }, "of what is taken away, what is not ours stays");
  assert.equal(now.item[2].item[0].answer[0].valueCoding.code, "hall");
  assert.deepEqual(now.item[3], was[2], "what cannot be answered here");
  quiet({ failing: true });
  await context.close();
});

test("two people who change two rooms both find their change", async () => {
  const place = await lay("shared", theirs());
  const { page, context, quiet } = await opened();
  await form(page).getByRole("button", { name: /^Edit/ }).click();
  await field(room(page, 2), "Warmth, °C (optional)").fill("18");
  const changed = theirs();
  changed.item[0].item[1].answer[0].item[0].answer[0].valueString = "Everywhere";
  changed.item.unshift({ linkId: "rooms", text: "Room", item: [{ linkId: "room", answer: [{ valueCoding: { system: SYSTEM, code: "hall", display: "Hall" } }] }] });
  await send("PUT", place, { ...changed, id: place.split("/")[1] });
  await save(page);
  const [now] = await answers();
  const named = (code) => now.item.find((it) => it.item?.[0].answer[0].valueCoding.code === code);
  assert.equal(now.item.filter((it) => it.linkId === "rooms").length, 3);
  assert.equal(named("kitchen").item[1].answer[0].item[0].answer[0].valueString, "Everywhere", "theirs");
  assert.deepEqual(named("bath").item.find((it) => it.linkId === "warmth").answer[0].valueQuantity.value, 18, "mine");
  assert.equal(named("hall").item.length, 1, "theirs as well");
  // The first that is sent meets the other version.
  quiet({ failing: true });
  await context.close();
});

test("beds in each room, and when each of several helpers comes", async () => {
  await send("PUT", "QuestionnaireResponse/rooms-journey", theirs());
  const { page, context, quiet } = await opened({ size: sizes.phone, touch: true });
  await form(page).getByRole("button", { name: /^Edit/ }).click();
  const inside = (within, name) => within.getByRole("group", { name, exact: true });
  const addBed = (nth) => room(page, nth).getByRole("button", { name: /^Add (the first|another): Bed$/ }).click();
  await addBed(1);
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  await page.keyboard.type("Folding bed");
  await addBed(1);
  await addBed(2);
  await field(inside(room(page, 2), "Bed 1"), "Which bed").fill("Bath tub");
  const helper = (nth) => inside(form(page), `Who helps at home ${nth}`);
  const help = form(page).getByRole("button", { name: /^Add (the first|another): Who helps at home$/ });
  await help.click();
  assert.equal(await field(helper(1), "When they come").count(), 0, "nobody has said who");
  await field(helper(1), "Who helps at home (optional)").fill("Ann");
  await field(helper(1), "When they come").fill("Mondays");
  await help.click();
  await field(helper(2), "Who helps at home (optional)").fill("Bob");
  await clean(page, "groups that repeat in groups that repeat");
  await fits(page, "groups that repeat in groups that repeat");
  await form(page).getByRole("button", { name: "Save to the record" }).click();
  const summary = form(page).locator(".nhsuk-error-summary");
  assert.equal(await summary.getByRole("link").count(), 1, "a bed that says nothing is none");
  await summary.getByRole("link", { name: "Answer: When they come" }).click();
  const top = () => page.evaluate(() => Math.round(document.activeElement.getBoundingClientRect().top));
  const before = await top();
  await page.keyboard.type("Fridays");
  // Nothing is wrong any more; what is, once somebody types again, does not take the focus away.
  await summary.waitFor({ state: "detached" });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  // What was said at the field itself has gone from above it, and no more.
  assert.ok(Math.abs((await top()) - before) < 60, `typed at ${before}, now at ${await top()}`);
  await help.click();
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  await page.keyboard.type("Cyd");
  assert.equal(await field(helper(3), "Who helps at home (optional)").inputValue(), "Cyd");
  await helper(3).getByText("Answer: When they come").waitFor();
  assert.equal(await summary.count(), 0);
  await helper(3).getByRole("button", { name: "Take away Who helps at home 3" }).click();
  await helper(1).getByRole("button", { name: "Take away Who helps at home 1" }).click();
  await save(page);
  const was = theirs().item;
  const [now] = await answers();
  const plain = (it) => JSON.parse(JSON.stringify(it, (key, value) => (key === "id" ? undefined : value)));
  const bed = (words) => ({ linkId: "beds", text: "Bed", item: [{ linkId: "bed", text: "Which bed", answer: [{ valueString: words }] }] });
  assert.deepEqual(plain(now.item), [
    { ...was[0], item: [...was[0].item, bed("Folding bed")] },
    { ...was[1], item: [...was[1].item, bed("Bath tub")] },
    { linkId: "helpers", text: "Who helps at home", answer: [
      { valueString: "Bob", item: [{ linkId: "helpers.when", text: "When they come", answer: [{ valueString: "Fridays" }] }] },
    ] },
    was[2],
  ]);
  await page.reload();
  await settled(page);
  for (const words of ["Folding bed", "Bath tub", "Bob", "Fridays"]) await form(page).getByText(words, { exact: true }).first().waitFor();
  await form(page).getByRole("button", { name: /^Edit/ }).click();
  // What is in one that goes, goes with it.
  await room(page, 1).getByRole("button", { name: "Take away Room 1", exact: true }).click();
  await save(page);
  const [after] = await answers();
  assert.deepEqual(after.item[0].item.map((it) => it.linkId), ["damp"], "what is not asked under an answer");
  quiet({ failing: true });
  await context.close();
});

sendsValid("QuestionnaireResponse", "Provenance");
