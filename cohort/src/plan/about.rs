//! What people say about themselves.

use crate::{chance::Chance, person::Person};

const MATTERS: &[&str] = &[
    "Staying in my own house, and my garden.",
    "Seeing my grandchildren on Sundays.",
    "Being asked, not told.",
    "Going to Mass on Sunday morning.",
    "My cat Tibbles and a clean kitchen.",
    "Praying on time, and halal food.",
    "Watching City with my son.",
    "Not being a burden to my daughter.",
    "Sleeping in my own bed.",
    "A proper cup of tea and a chat.",
    "My music: I played the trombone for forty years.",
    "Keeping my independence with the shopping.",
];

pub(super) fn about(chance: &mut Chance, person: &Person) -> Vec<(&'static str, String)> {
    let kin = person.contacts.first().map_or_else(
        || "My neighbours".to_owned(),
        |contact| format!("{} ({})", contact.full_name(), contact.relation.1),
    );
    let speak = person.identity.language.map_or_else(
        || "I hear better on the right. Please speak slowly and let me finish.".to_owned(),
        |(_, name, interpreter)| {
            if interpreter {
                format!("I speak {name}. Please book an interpreter, not my family.")
            } else {
                format!("I speak {name} and English.")
            }
        },
    );
    let work = chance.word(&[
        "at the cotton mill",
        "on the buses",
        "as a school cook",
        "at Metrovicks",
        "as a nurse",
        "on the markets",
        "at the post office",
        "on the railway",
    ]);
    vec![
        ("What is most important to me", chance.word(MATTERS).to_owned()),
        ("People who are important to me", kin),
        ("How I communicate and how to communicate with me", speak),
        ("My wellness", (chance.word(&["A good day is a dressed day: up by nine and out to the bench.", "I am well when I can manage the stairs.", "Some days are bad. Then I stay in bed until noon."])).to_owned()),
        ("Please do and please don't", "Please do knock and wait, I am slow. Please don’t call me “love” or talk over my head.".to_owned()),
        ("How and when to support me", "Mornings are best. I wash myself but need help with my back and my stockings.".to_owned()),
        ("Also worth knowing about me", format!("I worked {work} for thirty years.")),
        ("Strengths", (chance.word(&["Good company, stubborn, never misses a tablet.", "Cooks every day.", "Knows all the neighbours.", "Writes everything down."])).to_owned()),
    ]
}
