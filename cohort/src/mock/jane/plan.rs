//! Jane Smith's plan.

use chrono::{NaiveTime, TimeDelta};

use crate::{
    plan::{Action, Goal, Plan},
    programme::Options,
    staff::TEAM_SIZE,
};

pub(super) fn of(options: &Options, team: usize) -> Plan {
    let at = |back: i64| {
        options.today.date().and_time(NaiveTime::MIN) - TimeDelta::days(back)
            + TimeDelta::minutes(905)
    };
    let day = |back: i64| at(back).date();
    let member = |post: usize| team * TEAM_SIZE + post;
    let action = |words: &str, owner, status, due: i64, asked: i64, touched: i64| Action {
        words: words.to_owned(),
        owner: member(owner),
        status,
        due: day(due),
        asked: at(asked),
        touched: at(touched),
    };
    let goal = |words: &str, importance, achievement, problem, actions| Goal {
        words: words.to_owned(),
        importance,
        achievement,
        lifecycle: "active",
        start: day(130),
        due: day(-90),
        problem,
        actions,
    };
    Plan {
        created: at(133),
        author: member(3),
        reviews: vec![day(133), day(41)],
        next_review: Some(day(-51)),
        reviewer: member(2),
        goals: vec![
            goal("Walk Bess to the park and back", 9, ("in-progress", "In Progress"), 0, vec![
                action("Chair-based exercise referral", 3, "in-progress", -6, 20, 20),
                action("Walking frame delivered", 3, "completed", 18, 33, 18),
            ]),
            goal("Get through the winter at home, without oxygen worries", 8, ("no-change", "No Change"), 1, vec![
                action("Home oxygen check", 1, "requested", 7, 30, 30),
                action("Check inhaler technique and spacer", 9, "completed", 12, 40, 12),
            ]),
            goal("Hear the doorbell and the telephone", 5, ("in-progress", "In Progress"), 4, vec![action("Hearing aid repair", 0, "accepted", -20, 10, 8)]),
        ],
        crisis: vec![
            ("Trigger factors", "More breathless than usual, sleeping in the chair, ankles up a shoe size".to_owned()),
            ("What should happen", "One extra furosemide 40 mg, ring the heart failure nurse the same day".to_owned()),
            ("Who should be contacted", "J Patel, heart failure nurse, then the GP practice".to_owned()),
            ("Coping strategies", "Sit by the open window with the fan on, Bess on the lap, slow breathing".to_owned()),
            ("Relapse indicators", "Two pillows become three, slippers tight by evening".to_owned()),
            ("Anticipatory medicines and equipment", "Rescue pack (prednisolone, doxycycline) in the bedside drawer. Oxygen concentrator in the hall; spare cylinder behind the sofa.".to_owned()),
            ("Advance statement", "I do not want to be moved at night. The signed copy is in the yellow folder.".to_owned()),
            ("If the carer cannot care", "If Carol cannot come: Bill next door walks Bess; ring the council’s emergency duty team for extra calls.".to_owned()),
        ],
        ring: member(8),
        about: about(),
        received: vec!["Grab rail fitted by the bath".to_owned()],
    }
}

fn about() -> Vec<(&'static str, String)> {
    let words = [
        (
            "What is most important to me",
            "Being home with Bess, my dog. I don’t want to be moved at night.",
        ),
        (
            "People who are important to me",
            "Carol, my daughter, who has the key. Bill next door. My sister Joan in Bury, on the telephone on Sundays.",
        ),
        (
            "How I communicate and how to communicate with me",
            "I hear better on the right. Write numbers down for me.",
        ),
        (
            "My wellness",
            "A good day is a walk with Bess and my own cooking. On a bad day I sleep in the chair.",
        ),
        (
            "Please do and please don't",
            "Please do ask before you move my things. Please don’t talk to Carol as if I were not there.",
        ),
        (
            "How and when to support me",
            "Mornings are slow: after ten, please. I need help with stockings and the bath.",
        ),
        (
            "Also worth knowing about me",
            "I was a weaver at the mill, then a school cook for twenty years.",
        ),
        ("Strengths", "Never misses a tablet. Knows her own signs."),
    ];
    words
        .into_iter()
        .map(|(heading, words)| (heading, words.to_owned()))
        .collect()
}
