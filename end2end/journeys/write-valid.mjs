// What looks for what is not valid R4 finds it: of each sort of mistake one.
import assert from "node:assert/strict";
import { test } from "node:test";

import { wrong } from "../valid.mjs";

const response = () => ({
  resourceType: "QuestionnaireResponse",
  status: "completed",
  subject: { reference: "Patient/1" },
  item: [{ linkId: "a", answer: [{ valueString: "x" }] }],
});

test("a valid resource has nothing wrong with it", () => assert.deepEqual(wrong(response()), []));

const mistakes = {
  "a missing element": [(it) => delete it.status, /Missing required property/],
  "an element that there is not": [(it) => (it.mood = "good"), /Invalid additional property "mood"/],
  "a code that there is not": [(it) => (it.status = "done"), /"done" not found/],
  "a day that there is not": [(it) => (it.authored = "2026-13-40"), /Invalid dateTime format/],
  "a wrong type": [(it) => (it.item[0].answer[0] = { valueInteger: 1.5 }), /integer/],
  "one for a list": [(it) => (it.item = it.item[0]), /array/],
  "two values for one answer": [(it) => (it.item[0].answer[0].valueInteger = 1), /Conflicting choice/],
  "an invariant": [(it) => (it.item[0].item = [{ linkId: "b" }]), /qrs-1/],
  "an empty list": [(it) => (it.item[0].answer = []), /empty/],
  "an empty text": [(it) => (it.item[0].text = " "), /an empty text/],
};

for (const [name, [change, words]] of Object.entries(mistakes)) {
  test(`${name} is found`, () => {
    const broken = response();
    change(broken);
    assert.match(wrong(broken).join("\n"), words);
  });
}
