use super::*;
use crate::domain::sample::{directory, member, now, party, period, phone, team};

fn facts() -> Facts {
    let mut tom = directory("shared", "Practitioner", "tom", "Tom Achebe");
    tom.telecoms = vec![phone("0161 496 0199", 2), phone("0161 496 0101", 1)];
    let mut role = directory("shared", "PractitionerRole", "tom-role", "");
    role.name = None;
    role.practitioner = Some(party("", "Practitioner", "tom"));
    role.organisation = Some(party("", "Organization", "north"));
    let north = directory("shared", "Organization", "north", "District nursing, North");
    Facts {
        directory: vec![tom, role, north],
        ..Facts::default()
    }
}

#[test]
fn a_role_leads_to_the_person_the_organisation_and_the_numbers_by_rank() {
    let mut facts = facts();
    facts.teams = vec![team(
        "shared",
        "North 3",
        vec![member(
            party("", "PractitionerRole", "tom-role"),
            &["Key worker", "District nurse"],
        )],
    )];
    let all = members(&facts, now());
    let tom = &all[0];
    assert_eq!(tom.name.as_deref(), Some("Tom Achebe"));
    assert_eq!(tom.organisation.as_deref(), Some("District nursing, North"));
    assert!(tom.key_worker && tom.roles == ["District nurse"]);
    assert_eq!(
        tom.phones
            .iter()
            .map(|it| it.value.as_str())
            .collect::<Vec<_>>(),
        ["0161 496 0101", "0161 496 0199"]
    );
}

#[test]
fn the_same_person_twice_is_one_line_with_every_role_and_team() {
    let mut facts = facts();
    facts.teams = vec![
        team(
            "shared",
            "North 3",
            vec![member(
                party("", "PractitionerRole", "tom-role"),
                &["District nurse"],
            )],
        ),
        team(
            "shared",
            "Heart failure",
            vec![member(
                party("Tom Achebe", "Practitioner", "tom"),
                &["Key worker", "Link nurse"],
            )],
        ),
    ];
    let all = members(&facts, now());
    assert_eq!(all.len(), 1);
    assert!(
        all[0].key_worker
            && all[0].roles == ["District nurse", "Link nurse"]
            && all[0].teams.len() == 2
    );
}

#[test]
fn former_members_come_last_and_a_reference_that_leads_nowhere_is_kept() {
    let mut facts = facts();
    let mut gone = member(party("Ann Lee", "", ""), &["Key worker"]);
    gone.period = period("2020", "2024-05");
    facts.teams = vec![team(
        "shared",
        "North 3",
        vec![gone, member(party("", "Practitioner", "nobody"), &["GP"])],
    )];
    let all = members(&facts, now());
    assert_eq!(
        all.iter().map(|it| it.former).collect::<Vec<_>>(),
        [false, true]
    );
    assert_eq!(
        (all[0].name.as_deref(), all[0].roles.as_slice()),
        (None, ["GP".to_owned()].as_slice())
    );
}

#[test]
fn two_people_of_one_name_in_two_organisations_are_two() {
    let facts = Facts {
        teams: vec![team(
            "shared",
            "A",
            vec![
                Member {
                    on_behalf_of: Some(party("MRI", "", "")),
                    ..member(party("John Smith", "", ""), &[])
                },
                Member {
                    on_behalf_of: Some(party("Wythenshawe", "", "")),
                    ..member(party("John Smith", "", ""), &[])
                },
            ],
        )],
        ..Facts::default()
    };
    assert_eq!(members(&facts, now()).len(), 2);
}
