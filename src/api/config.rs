//! `config.json`: which sources there are and what each provides. Read and checked before anything else; a wrong
//! file is answered by a page that says what is wrong and where (`public/config.schema.json` has the same rules).

use serde_json::{Map, Value};

use super::checked::{Checked, number_at, only, optional_text, text_at, wrong};
use super::push::Push;
use crate::domain::{SourceId, Topic};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub title: String,
    /// Only those that are switched on, the shared record first.
    pub sources: Vec<Source>,
    pub sign_in: SignIn,
    pub limits: Limits,
    /// As the file has them: [`super::templates`] reads them where plans are written, not before the first page.
    pub templates: Value,
    /// The same of `planQuestionnaires`: [`super::forms`] reads them with the plan.
    pub questionnaires: Value,
    /// And of `presence`: [`super::presence`] reads it with the plan.
    pub presence: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub id: SourceId,
    pub name: String,
    /// A name for badges and tags, e.g. "Wythenshawe". The name when absent.
    pub short_name: String,
    pub kind: SourceKind,
    pub ods_code: Option<String>,
    /// Without a slash at the end; may be relative to the page's origin.
    pub base_url: String,
    pub provides: Vec<Topic>,
    /// Seconds after which its facts are asked for again.
    pub fresh_for_seconds: u32,
    /// Seconds between two questions for what has just happened, while hospital activity is on the screen.
    pub poll_seconds: u32,
    /// How it says by itself that something has happened, where it does.
    pub push: Option<Push>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// Plans, teams, and the record that the page starts from; exactly one.
    Shared,
    AcuteTrust,
    MentalHealthTrust,
    Ambulance,
    Other,
}

/// How a person says who they are. Sign-in (SMART App Launch) takes this place later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignIn {
    /// `PractitionerRole` ids that are offered first in the list of people to be.
    pub suggested: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Seconds to wait for one answer.
    pub timeout_seconds: u32,
    /// Resources read for one search about one person.
    pub per_search: usize,
    /// People in one page of a list.
    pub list_page: usize,
    /// Seconds after its first use that the page begins to watch for what happens in hospitals.
    pub watch_after_seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout_seconds: 25,
            per_search: 2000,
            list_page: 50,
            watch_after_seconds: 30,
        }
    }
}

/// What is wrong, and where in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct ConfigError {
    /// A JSON path, e.g. `sources[2].fhirBaseUrl`.
    pub place: String,
    pub what: String,
}

impl Config {
    pub fn read(text: &str) -> Checked<Self> {
        let mut value: Value = serde_json::from_str(text).map_err(|error| ConfigError {
            place: format!("line {}, column {}", error.line(), error.column()),
            what: "here it stops being JSON".to_owned(),
        })?;
        // Taken out, not copied: what copies JSON is no part of the first page.
        let mut taken = |name| value.get_mut(name).map(Value::take).unwrap_or_default();
        let (templates, questionnaires) = (taken("templates"), taken("planQuestionnaires"));
        let presence = taken("presence");
        let Value::Object(file) = &value else {
            return wrong("config.json", "must be an object { … }");
        };
        only(
            file,
            "",
            &[
                "$schema",
                "title",
                "sources",
                "signIn",
                "limits",
                "templates",
                "planQuestionnaires",
                "presence",
            ],
        )?;
        let title = text_at(file, "", "title")?;
        let sources = sources(file)?;
        Ok(Self {
            title,
            sources,
            sign_in: sign_in(file)?,
            limits: limits(file)?,
            templates,
            questionnaires,
            presence,
        })
    }

    /// The source that the page starts from.
    pub fn shared(&self) -> Option<&Source> {
        self.sources.iter().find(|it| it.kind == SourceKind::Shared)
    }

    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.iter().find(|it| it.id == *id)
    }
}

fn sources(file: &Map<String, Value>) -> Checked<Vec<Source>> {
    let Some(Value::Array(list)) = file.get("sources") else {
        return wrong(
            "sources",
            "must be a list [ … ] with at least the shared record",
        );
    };
    let mut found: Vec<Source> = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let place = format!("sources[{index}]");
        let Value::Object(item) = item else {
            return wrong(&place, "must be an object { … }");
        };
        let source = source(item, &place)?;
        if found.iter().any(|it| it.id == source.id) {
            return wrong(
                &format!("{place}.id"),
                format!("\u{201c}{}\u{201d} is used twice", source.id.as_str()),
            );
        }
        if item
            .get("enabled")
            .is_none_or(|it| it == &Value::Bool(true))
        {
            found.push(source);
        }
    }
    match found
        .iter()
        .filter(|it| it.kind == SourceKind::Shared)
        .count()
    {
        1 => {
            found.sort_by_key(|it| it.kind != SourceKind::Shared);
            Ok(found)
        }
        0 => wrong(
            "sources",
            "one source must have the kind \u{201c}shared\u{201d} and be enabled",
        ),
        _ => wrong(
            "sources",
            "only one source can have the kind \u{201c}shared\u{201d}",
        ),
    }
}

const SOURCE_KEYS: [&str; 11] = [
    "id",
    "name",
    "shortName",
    "kind",
    "odsCode",
    "fhirBaseUrl",
    "provides",
    "freshForSeconds",
    "pollSeconds",
    "push",
    "enabled",
];

fn source(item: &Map<String, Value>, place: &str) -> Checked<Source> {
    only(item, place, &SOURCE_KEYS)?;
    let id = text_at(item, place, "id")?;
    if !id
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        return wrong(
            &format!("{place}.id"),
            "may hold only small letters, digits and -",
        );
    }
    if !item.get("enabled").is_none_or(Value::is_boolean) {
        return wrong(&format!("{place}.enabled"), "must be true or false");
    }
    let name = text_at(item, place, "name")?;
    let base_url = text_at(item, place, "fhirBaseUrl")?
        .trim_end_matches('/')
        .to_owned();
    if !(base_url.starts_with('/')
        || base_url.starts_with("https://")
        || base_url.starts_with("http://"))
    {
        return wrong(
            &format!("{place}.fhirBaseUrl"),
            "must begin with https://, http:// or / (the page\u{2019}s own origin)",
        );
    }
    Ok(Source {
        id: SourceId::new(&id),
        short_name: optional_text(item, place, "shortName")?.unwrap_or_else(|| name.clone()),
        name,
        kind: kind(&text_at(item, place, "kind")?, place)?,
        ods_code: optional_text(item, place, "odsCode")?,
        base_url,
        provides: provides(item, place)?,
        fresh_for_seconds: number_at(item, place, "freshForSeconds", (5, 86_400))?.unwrap_or(120),
        poll_seconds: number_at(item, place, "pollSeconds", (1, 3600))?.unwrap_or(20),
        push: Push::read(item, place)?,
    })
}

fn kind(code: &str, place: &str) -> Checked<SourceKind> {
    Ok(match code {
        "shared" => SourceKind::Shared,
        "acute-trust" => SourceKind::AcuteTrust,
        "mental-health-trust" => SourceKind::MentalHealthTrust,
        "ambulance" => SourceKind::Ambulance,
        "other" => SourceKind::Other,
        _ => {
            return wrong(
                &format!("{place}.kind"),
                format!(
                    "\u{201c}{code}\u{201d} is not one of shared, acute-trust, mental-health-trust, ambulance, other"
                ),
            );
        }
    })
}

fn provides(item: &Map<String, Value>, place: &str) -> Checked<Vec<Topic>> {
    let place = format!("{place}.provides");
    let Some(Value::Array(list)) = item.get("provides") else {
        return wrong(&place, "must be a list of topics [ … ]");
    };
    let mut topics = vec![Topic::Identity];
    for (index, entry) in list.iter().enumerate() {
        let Some(topic) = entry.as_str().and_then(Topic::from_code) else {
            let known: Vec<&str> = Topic::ALL.iter().map(|it| it.code()).collect();
            return wrong(
                &format!("{place}[{index}]"),
                format!("{entry} is not one of {}", known.join(", ")),
            );
        };
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    Ok(topics)
}

fn sign_in(file: &Map<String, Value>) -> Checked<SignIn> {
    let Some(value) = file.get("signIn") else {
        return Ok(SignIn::default());
    };
    let Value::Object(value) = value else {
        return wrong("signIn", "must be an object { … }");
    };
    only(value, "signIn", &["suggested"])?;
    let Some(list) = value.get("suggested") else {
        return Ok(SignIn::default());
    };
    let ids = list
        .as_array()
        .and_then(|it| it.iter().map(|id| id.as_str().map(str::to_owned)).collect());
    ids.map_or_else(
        || wrong("signIn.suggested", "must be a list of PractitionerRole ids"),
        |suggested| Ok(SignIn { suggested }),
    )
}

fn limits(file: &Map<String, Value>) -> Checked<Limits> {
    let Some(value) = file.get("limits") else {
        return Ok(Limits::default());
    };
    let Value::Object(value) = value else {
        return wrong("limits", "must be an object { … }");
    };
    only(
        value,
        "limits",
        &[
            "timeoutSeconds",
            "resourcesPerSearch",
            "peoplePerPage",
            "watchAfterSeconds",
        ],
    )?;
    let standard = Limits::default();
    let size = |name, range, otherwise: usize| -> Checked<usize> {
        Ok(number_at(value, "limits", name, range)?
            .and_then(|it| usize::try_from(it).ok())
            .unwrap_or(otherwise))
    };
    Ok(Limits {
        timeout_seconds: number_at(value, "limits", "timeoutSeconds", (2, 300))?
            .unwrap_or(standard.timeout_seconds),
        per_search: size("resourcesPerSearch", (50, 100_000), standard.per_search)?,
        list_page: size("peoplePerPage", (10, 500), standard.list_page)?,
        watch_after_seconds: number_at(value, "limits", "watchAfterSeconds", (1, 3600))?
            .unwrap_or(standard.watch_after_seconds),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = include_str!("../../public/config.json");

    #[test]
    fn the_configuration_that_is_delivered_is_right() {
        let config = Config::read(GOOD).unwrap();
        assert_eq!(config.sources[0].kind, SourceKind::Shared);
        assert_eq!(
            config.sources.len(),
            4,
            "two more are there and switched off"
        );
    }

    #[test]
    fn switching_a_source_on_is_one_edit() {
        let on = GOOD.replacen("\"enabled\": false", "\"enabled\": true", 1);
        assert_eq!(Config::read(&on).unwrap().sources.len(), 5);
    }

    #[test]
    fn a_wrong_file_says_what_is_wrong_and_where() {
        for (from, to, place) in [
            (
                "\"kind\": \"acute-trust\"",
                "\"kind\": \"acute\"",
                "sources[1].kind",
            ),
            (
                "\"fhirBaseUrl\": \"/fhir/shared\"",
                "\"fhirBaseUrl\": 7",
                "sources[0].fhirBaseUrl",
            ),
            (
                "\"fhirBaseUrl\": \"/fhir/shared\"",
                "\"fhirBaseUrl\": \"javascript:1\"",
                "sources[0].fhirBaseUrl",
            ),
            ("\"kind\": \"shared\"", "\"kind\": \"other\"", "sources"),
            ("\"id\": \"rw6\"", "\"id\": \"rw3\"", "sources[2].id"),
            ("\"title\"", "\"titel\"", "titel"),
            (
                "\"timeoutSeconds\": 25",
                "\"timeoutSeconds\": 0",
                "limits.timeoutSeconds",
            ),
        ] {
            assert!(GOOD.contains(from), "{from}");
            let error = Config::read(&GOOD.replacen(from, to, 1)).unwrap_err();
            assert_eq!(error.place, place, "{error}");
        }
        assert!(Config::read("{").unwrap_err().place.starts_with("line 1"));
        assert!(Config::read("").is_err() && Config::read("[]").is_err());
    }
}
