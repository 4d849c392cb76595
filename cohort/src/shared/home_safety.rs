//! A form that this locality adds to the plan, and the answers of some: with the version of the form that is in force,
//! or with the one before it.

use serde_json::{Value, json};

use super::care_plan::{main_id, touched};
use crate::{
    chance::opaque_id,
    organisations::member_reference,
    person::Person,
    plan::Plan,
    programme::Options,
    source::Source,
    wire::{day, instant, link, plain, profiled, reference, with},
};

const ADDRESS: &str = "https://alongside.example/Questionnaire/home-safety";
const VERSION: &str = "2";
const HEATED: &str = "https://alongside.example/CodeSystem/heated-by";
/// Of so many people with a plan in full detail one has answered.
const EVERY: usize = 3;

pub(crate) fn questionnaire(options: &Options) -> Value {
    let limit = |name: &str, number: Value| {
        let url = format!("http://hl7.org/fhir/StructureDefinition/{name}");
        json!({ "url": url, "valueInteger": number })
    };
    let heated = |code: &str, display: &str| json!({ "valueCoding": { "system": HEATED, "code": code, "display": display } });
    let only_if = |question: &str, name: &str, answer: Value| json!([{ "question": question, "operator": "=", name: answer }]);
    with(
        plain("Questionnaire", &opaque_id(options.seed, ADDRESS)),
        json!({
            "url": ADDRESS,
            "version": VERSION,
            "name": "HomeSafety",
            "title": "Home safety",
            "status": "active",
            "subjectType": ["Patient"],
            "date": day(options.today.date()),
            "item": [
                { "linkId": "warm", "text": "Warmth", "type": "group", "item": [
                    { "linkId": "warm.by", "text": "The home is heated by", "type": "choice", "required": true,
                      "answerOption": [heated("gas", "Gas"), heated("electric", "Electricity"), heated("none", "Nothing that works")] },
                    { "linkId": "warm.reported", "text": "Reported on", "type": "date",
                      "enableWhen": only_if("warm.by", "answerCoding", json!({ "system": HEATED, "code": "none" })) },
                    { "linkId": "warm.degrees", "text": "Living room, degrees Celsius", "type": "decimal",
                      "extension": [limit("minValue", json!(-10)), limit("maxValue", json!(45))] }
                ] },
                { "linkId": "about", "text": "Getting about", "type": "group", "item": [
                    { "linkId": "about.alone", "text": "Lives alone", "type": "boolean" },
                    { "linkId": "about.checks", "text": "Who looks in, and how often", "type": "text",
                      "enableWhen": only_if("about.alone", "answerBoolean", json!(true)) },
                    { "linkId": "about.steps", "text": "Steps to the front door", "type": "integer",
                      "extension": [limit("minValue", json!(0)), limit("maxValue", json!(200))] },
                    { "linkId": "about.aids", "text": "Equipment in the home", "type": "choice", "repeats": true,
                      "answerOption": [
                          { "valueString": "Grab rails" }, { "valueString": "Stair lift" },
                          { "valueString": "Key safe" }, { "valueString": "Pendant alarm" }
                      ] }
                ] },
                { "linkId": "pets", "text": "Animals in the home", "type": "string", "repeats": true, "maxLength": 60 },
                { "linkId": "photo", "text": "Photograph of the entrance", "type": "attachment" }
            ]
        }),
    )
}

pub(crate) fn response(options: &Options, person: &Person, plan: &Plan) -> Option<Value> {
    if !person.full || !person.n.is_multiple_of(EVERY) {
        return None;
    }
    let is_old = person.n.is_multiple_of(2);
    let version = if is_old { "1" } else { VERSION };
    let answer = |link: &str, text: &str, answers: Value| json!({ "linkId": link, "text": text, "answer": answers });
    let heated = json!([{ "valueCoding": { "system": HEATED, "code": "gas", "display": "Gas" } }]);
    let mut items = vec![
        json!({ "linkId": "warm", "text": "Warmth", "item": [
            answer("warm.by", "The home is heated by", heated),
        ] }),
        json!({ "linkId": "about", "text": "Getting about", "item": [
            answer("about.alone", "Lives alone", json!([{ "valueBoolean": true }])),
            answer("about.checks", "Who looks in, and how often", json!([{ "valueString": "A neighbour, most mornings." }])),
            answer("about.steps", "Steps to the front door", json!([{ "valueInteger": 3 }])),
            answer("about.aids", "Equipment in the home", json!([{ "valueString": "Grab rails" }, { "valueString": "Key safe" }])),
        ] }),
    ];
    if is_old {
        // Asked by the version before only.
        items.push(answer(
            "smoke",
            "Smoke alarm tested",
            json!([{ "valueDate": day(touched(plan).date()) }]),
        ));
    }
    let patient = person.patient_id(options, Source::Shared);
    Some(with(
        profiled(
            "QuestionnaireResponse",
            &person.id(
                options,
                Source::Shared,
                "QuestionnaireResponse",
                "home-safety",
            ),
        ),
        json!({
            "basedOn": [reference("CarePlan", &main_id(options, person), "Personalised care and support plan")],
            "questionnaire": format!("{ADDRESS}|{version}"),
            "status": "completed",
            "subject": link("Patient", &patient),
            "authored": instant(touched(plan)),
            "author": member_reference(options, plan.author),
            "item": items,
        }),
    ))
}
