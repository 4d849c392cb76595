// A form that a locality adds is a section of the plan: read, answered, changed and kept like any other; what the form
// does not ask (any more) survives.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { clean } from "../axe.mjs";
import { cases, close, configure, enter, fits, saved, settled, sizes, visitor } from "../page.mjs";
import { apis, lay, takeOut } from "../record-apis.mjs";
import { sendsValid } from "../valid.mjs";

const headers = { "content-type": "application/fhir+json" };
const base = apis.shared;
const ADDRESS = "https://alongside.example/Questionnaire/home-safety";

/** Answers to the version before the one in force, of somebody whom no other journey writes. */
let old;

const get = async (path) => (await fetch(`${base}/${path}`, { headers: { Accept: "application/fhir+json" } })).json();
const patientOf = (it) => it.subject.reference.split("/").pop();

async function put(resource) {
  const answer = await fetch(`${base}/QuestionnaireResponse/${resource.id}`, { method: "PUT", headers, body: JSON.stringify(resource) });
  assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
}

const answersOf = async (id) => {
  const { entry } = await get(`QuestionnaireResponse?patient=${id}`);
  return (entry ?? []).map((it) => it.resource).filter((it) => it.questionnaire?.startsWith(ADDRESS));
};

before(async () => {
  const known = new Set(Object.values(cases).map((it) => it.patient));
  const { entry } = await get("QuestionnaireResponse?_count=200");
  const all = entry.map((it) => it.resource).filter((it) => it.questionnaire === `${ADDRESS}|1`);
  old = all.find((it) => !known.has(patientOf(it)));
  assert.ok(old, "somebody has answered the older version");
});

afterEach(() => put(old));
after(close);

const form = (page) => page.locator("#form-home-safety");
const field = (page, name) => form(page).locator(".app-write").getByLabel(name, { exact: true });
const save = (page) => form(page).getByRole("button", { name: "Save to the record" }).click();

async function opened(id, options = {}, config) {
  const it = await visitor(options);
  if (config) await configure(it.page, config);
  await enter(it.page, `/patient/${id}/plan`);
  await settled(it.page);
  return it;
}

async function editor(page) {
  await form(page).getByRole("button", { name: /^Edit/ }).click();
  await field(page, "The home is heated by").waitFor();
}

test("answers to an older version are read and changed with the newest, and what it does not ask survives", async () => {
  const { page, context, quiet } = await opened(patientOf(old));
  await page.locator(".app-plan .app-rail, nav").getByRole("link", { name: /^Home safety/ }).click();
  await page.waitForFunction(() => document.activeElement?.textContent === "Home safety");
  for (const words of ["Warmth", "Gas", "A neighbour, most mornings.", "Grab rails", "Smoke alarm tested"]) await form(page).getByText(words, { exact: true }).waitFor();
  await form(page).getByText(/^\d\d-\w{3}-\d{4}$/).first().waitFor();
  // Nobody takes it for the person's own words.
  assert.equal(await page.locator("#about-me").getByText("Steps to the front door").count(), 0);
  await editor(page);
  await clean(page, "a form of the locality");
  await form(page).getByText("Photograph of the entrance: cannot be answered here. What the record has stays as it is.").waitFor();
  assert.equal(await field(page, "Reported on (optional)").count(), 0, "not asked while there is heating");
  await field(page, "The home is heated by").selectOption({ label: "Nothing that works" });
  await field(page, "Reported on (optional)").fill("12 3 2026");
  await field(page, "Living room, degrees Celsius (optional)").fill("12.50");
  await field(page, "Equipment in the home, answer 2").selectOption({ label: "Pendant alarm" });
  await form(page).getByRole("button", { name: /^Add an answer to: Animals/ }).click();
  await page.keyboard.type("Bess, a dog");
  await save(page);
  await saved(form(page));
  const [now] = await answersOf(patientOf(old));
  const [warm, about, pets, smoke] = now.item;
  assert.equal(now.questionnaire, `${ADDRESS}|2`);
  assert.deepEqual(warm.item.map((it) => it.linkId), ["warm.by", "warm.reported", "warm.degrees"]);
  assert.equal(warm.item[0].answer[0].valueCoding.code, "none");
  assert.equal(warm.item[1].answer[0].valueDate, "2026-03-12");
  assert.equal(warm.item[2].answer[0].valueDecimal, 12.5);
  assert.deepEqual(about.item.at(-1).answer, [{ valueString: "Grab rails" }, { valueString: "Pendant alarm" }]);
  assert.deepEqual([pets, smoke].map((it) => it.linkId).sort(), ["pets", "smoke"]);
  assert.deepEqual([pets, smoke].find((it) => it.linkId === "smoke"), old.item.at(-1), "as it was");
  const { entry } = await get(`Provenance?target=QuestionnaireResponse/${old.id}`);
  assert.ok(entry.length > 0, "with who wrote it");
  await form(page).getByText("Bess, a dog").waitFor();
  quiet();
  await context.close();
});

test("what is wrong is said at its question; what is no longer asked is said before it is taken away", async () => {
  const { page, context, quiet } = await opened(patientOf(old), { size: sizes.phone, touch: true });
  await editor(page);
  await fits(page, "a form of the locality");
  await field(page, "The home is heated by").selectOption({ label: "Not recorded" });
  await field(page, "Steps to the front door (optional)").fill("201");
  await field(page, "Living room, degrees Celsius (optional)").fill("1,5");
  await field(page, "Lives alone (optional)").selectOption({ label: "No" });
  await form(page).getByText("Who looks in, and how often: not asked with these answers, and taken away when you save: A neighbour, most mornings.").waitFor();
  await save(page);
  const summary = form(page).locator(".nhsuk-error-summary");
  for (const words of ["Answer: The home is heated by", "Living room, degrees Celsius: enter a number, for example 2.5", "Steps to the front door: 200 or less"]) await summary.getByRole("link", { name: words }).waitFor();
  await clean(page, "a form with errors");
  assert.deepEqual((await answersOf(patientOf(old)))[0].item, old.item, "nothing was sent");
  await field(page, "The home is heated by").selectOption({ label: "Electricity" });
  await field(page, "Steps to the front door (optional)").fill("2");
  await field(page, "Living room, degrees Celsius (optional)").fill("");
  await save(page);
  await saved(form(page));
  const [now] = await answersOf(patientOf(old));
  const about = now.item.find((it) => it.linkId === "about").item;
  assert.deepEqual(about.map((it) => it.linkId), ["about.alone", "about.steps", "about.aids"]);
  quiet();
  await context.close();
});

test("a draft of answers is offered after a closed tab, a colleague's changes come together, and the history knows both", async () => {
  const { page, context, quiet } = await opened(patientOf(old));
  await editor(page);
  await field(page, "Steps to the front door (optional)").fill("7");
  await form(page).locator(".app-write__standing").getByText(/^Saved on this device/).waitFor();
  await page.close();
  const theirs = structuredClone(old);
  theirs.item.find((it) => it.linkId === "about").item[0].answer = [{ valueBoolean: false }];
  await put(theirs);
  const second = await context.newPage();
  await second.goto(page.url().split("#")[0]);
  await settled(second);
  await form(second).getByText(/^This device has kept changes to the answers to a form/).waitFor();
  await form(second).getByRole("button", { name: "Go on writing" }).click();
  await second.waitForFunction(() => [...document.querySelectorAll("#form-home-safety .app-write select")].some((it) => it.selectedOptions[0]?.textContent === "No"));
  await save(second);
  await saved(form(second));
  const [now] = await answersOf(patientOf(old));
  const about = now.item.find((it) => it.linkId === "about").item;
  assert.equal(about.find((it) => it.linkId === "about.alone").answer[0].valueBoolean, false, "theirs");
  assert.equal(about.find((it) => it.linkId === "about.steps").answer[0].valueInteger, 7, "mine");
  await form(second).getByRole("button", { name: /^History/ }).click();
  await form(second).getByRole("heading", { name: "Steps to the front door" }).waitFor();
  await clean(second, "the history of a form");
  quiet({ failing: true });
  await context.close();
});

test("who has not answered begins it, once, as an answer to the plan", async () => {
  const id = cases["no-plan"]?.patient ?? cases.jane.patient;
  const before = await answersOf(id);
  assert.equal(before.length, 0);
  const { page, context, quiet } = await opened(id);
  await form(page).getByText("Nobody has answered this yet").waitFor();
  await form(page).getByRole("button", { name: /^Answer this form/ }).click();
  await field(page, "The home is heated by").selectOption({ label: "Gas" });
  await save(page);
  await saved(form(page));
  const all = await answersOf(id);
  await takeOut(all.map((it) => `QuestionnaireResponse/${it.id}`));
  assert.equal(all.length, 1);
  assert.equal(all[0].subject.reference, `Patient/${id}`);
  assert.equal(all[0].questionnaire, `${ADDRESS}|2`);
  assert.deepEqual(all[0].item.map((it) => it.linkId), ["warm"]);
  quiet();
  await context.close();
});

test("a form that is not on the record, and a wrong entry of the configuration, are said on the plan", async () => {
  const gone = await opened(patientOf(old), {}, (config) => config.planQuestionnaires.push("https://alongside.example/Questionnaire/gone"));
  await gone.page.getByText("A form of this locality is not shown: Shared record has none in force at https://alongside.example/Questionnaire/gone.").waitFor();
  await form(gone.page).getByText("Grab rails").waitFor();
  await clean(gone.page, "a form that is not there");
  await gone.context.close();
  const wrong = await opened(patientOf(old), {}, (config) => (config.planQuestionnaires = ["home-safety"]));
  await wrong.page.getByText("config.json, planQuestionnaires: must be a list of canonical addresses of Questionnaires.").waitFor();
  await wrong.page.locator("#about-me").waitFor();
  await wrong.context.close();
});

test("what a form suggests is there to begin with, and is what is saved", async () => {
  const id = cases["no-plan"]?.patient ?? cases.jane.patient;
  const address = "https://alongside.example/Questionnaire/journey";
  const questionnaire = {
    resourceType: "Questionnaire", id: "journey-form", url: address, title: "Of a journey", status: "active",
    item: [
      { linkId: "note", type: "display", text: "Ask at the front door." },
      { linkId: "lights", type: "boolean", text: "Lights on the stairs", initial: [{ valueBoolean: false }] },
      { linkId: "seen", type: "string", text: "Seen at the door", repeats: true, initial: [{ valueString: "Steps" }, { valueString: "Mat" }] },
    ],
  };
  const place = await lay("shared", questionnaire);
  try {
    const { page, context, quiet } = await opened(id, {}, (config) => (config.planQuestionnaires = [address]));
    const own = page.locator("#form-journey");
    await own.getByRole("button", { name: /^Answer this form/ }).click();
    await own.getByText("Ask at the front door.").waitFor();
    assert.equal(await own.getByLabel("Lights on the stairs (optional)", { exact: true }).inputValue(), "no");
    assert.equal(await own.getByLabel("Seen at the door, answer 2", { exact: true }).inputValue(), "Mat");
    await clean(page, "a form that suggests answers");
    await own.getByRole("button", { name: "Save to the record" }).click();
    await saved(own);
    const { entry } = await get(`QuestionnaireResponse?patient=${id}`);
    const made = entry.map((it) => it.resource).filter((it) => it.questionnaire?.startsWith(address));
    await takeOut(made.map((it) => `QuestionnaireResponse/${it.id}`));
    assert.equal(made.length, 1);
    assert.deepEqual(made[0].item.map((it) => [it.linkId, it.answer]), [
      ["lights", [{ valueBoolean: false }]],
      ["seen", [{ valueString: "Steps" }, { valueString: "Mat" }]],
    ]);
    quiet();
    await context.close();
  } finally {
    await fetch(`${base}/${place}`, { method: "DELETE" });
  }
});

sendsValid("QuestionnaireResponse", "Provenance");
