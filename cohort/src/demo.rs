//! The people one can be in the demo, and who is on their lists.

use crate::{
    chance::opaque_id,
    programme::Options,
    staff::{Member, TEAM_SIZE, team_name},
};

/// Somebody to be in the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoUser {
    pub name: String,
    pub role: String,
    pub organisation: String,
    /// Logical ids in the shared record when the server takes ours; [`crate::roles_of`] finds those that it gave where it
    /// did not.
    pub practitioner: String,
    pub practitioner_role: String,
    /// `https://fhir.nhs.uk/Id/sds-user-id`: finds the practitioner on any server.
    pub sds_user_id: String,
    pub teams: Vec<String>,
}

/// Six teams have all the fully detailed people: two of each area.
/// Each is (area, number in the area); the first is North 3.
const DEMO_TEAMS: [(usize, usize); 6] = [(0, 2), (0, 0), (1, 0), (1, 1), (2, 0), (2, 2)];

struct Cast {
    team: usize,
    post: usize,
    name: (&'static str, &'static str),
    role: Option<&'static str>,
    /// Whether one can be this person in the demo.
    playable: bool,
}

const fn cast(
    team: usize,
    post: usize,
    name: (&'static str, &'static str),
    playable: bool,
) -> Cast {
    Cast {
        team,
        post,
        name,
        role: None,
        playable,
    }
}

/// Named by hand: the demo users and those whom Jane Smith's record mentions.
const CAST: &[Cast] = &[
    cast(0, 0, ("Asha", "Rahman"), true),
    cast(0, 1, ("Tom", "Achebe"), true),
    cast(0, 2, ("Sana", "Ahmed"), true),
    cast(0, 3, ("Priya", "Nair"), true),
    cast(0, 4, ("Ruby", "Singh"), false),
    cast(0, 8, ("Jaya", "Patel"), false),
    cast(2, 4, ("Marcia", "Reid"), true),
    cast(3, 10, ("Grace", "Okoro"), true),
    cast(4, 11, ("Imran", "Khan"), true),
    Cast {
        team: 5,
        post: 14,
        name: ("Robin", "Ellis"),
        role: Some("Clinical safety officer"),
        playable: true,
    },
];

/// The number of a demo team among all teams.
pub(crate) fn team(options: &Options, demo: usize) -> usize {
    let [first, ..] = DEMO_TEAMS;
    let (area, within) = DEMO_TEAMS.get(demo).copied().unwrap_or(first);
    area * options.teams_per_area() + within
}

fn number(options: &Options, who: &Cast) -> usize {
    team(options, who.team) * TEAM_SIZE + who.post
}

pub(crate) fn users(options: &Options) -> Vec<DemoUser> {
    CAST.iter()
        .filter(|who| who.playable)
        .map(|who| {
            let member = Member::of(options, number(options, who));
            DemoUser {
                name: member.name(),
                role: member.role.to_owned(),
                organisation: crate::organisations::employer(options, member.number).1,
                practitioner: opaque_id(
                    options.seed,
                    &format!("shared/Practitioner/{}", member.number),
                ),
                practitioner_role: opaque_id(
                    options.seed,
                    &format!("shared/PractitionerRole/{}", member.number),
                ),
                sds_user_id: member.sds_user_id.clone(),
                teams: vec![team_name(options, member.team())],
            }
        })
        .collect()
}

fn cast_as(options: &Options, number_asked: usize) -> Option<&'static Cast> {
    CAST.iter().find(|who| number(options, who) == number_asked)
}

/// The given and family name of somebody named by hand.
pub(crate) fn renamed(options: &Options, number: usize) -> Option<(&'static str, &'static str)> {
    cast_as(options, number).map(|who| who.name)
}

/// The role of somebody whose role is not the post's.
pub(crate) fn other_role(options: &Options, number: usize) -> Option<&'static str> {
    cast_as(options, number).and_then(|who| who.role)
}

/// The safety officer, whose list holds every person who breaks software.
pub(crate) fn safety_officer(options: &Options) -> usize {
    CAST.iter()
        .find(|who| who.role.is_some())
        .map_or(0, |who| number(options, who))
}

/// Whether a playable member of a demo team looks after the `nth` person of that team: 47 of 50,
/// each member missing others. None says that the member is not one of them.
pub(crate) fn looks_after(options: &Options, member: usize, nth: usize) -> Option<bool> {
    let who = cast_as(options, member).filter(|who| who.playable)?;
    if who.role.is_some() {
        return Some(false);
    }
    Some(nth < CRAFTED_PER_TEAM || (nth - CRAFTED_PER_TEAM + 5 * who.post) % 44 < 41)
}

/// The first people of each demo team are made by hand.
pub(crate) const CRAFTED_PER_TEAM: usize = 6;
/// How many teams the demo users are in.
pub(crate) const TEAMS: usize = DEMO_TEAMS.len();
/// How many people are on the demo users' lists.
pub(crate) const LISTED: usize = 300;
