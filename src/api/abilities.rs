//! What a source says that it can do: a digest of its `CapabilityStatement`
//! (<https://hl7.org/fhir/R4/capabilitystatement.html>), small enough to keep on the device.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};

use super::client::unreadable;
use super::{ApiError, Search};
use crate::domain::KINDS;

/// Only the resource types that this page asks for are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    pub fhir_version: String,
    pub batch: bool,
    pub transaction: bool,
    types: Vec<(String, TypeAbilities)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct TypeAbilities {
    search: bool,
    parameters: Vec<String>,
    includes: Vec<String>,
    reverse_includes: Vec<String>,
}

/// The elements of the statement that are read; everything else is skipped without being built, because statements of
/// several megabytes are common.
const READ: [&str; 12] = [
    "resourceType",
    "fhirVersion",
    "rest",
    "mode",
    "interaction",
    "code",
    "resource",
    "type",
    "searchParam",
    "name",
    "searchInclude",
    "searchRevInclude",
];

/// JSON of which only [`READ`] is kept, wherever it stands, and of values only texts.
struct Trimmed(Value);

impl<'de> Deserialize<'de> for Trimmed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Trim)
    }
}

struct Trim;

impl<'de> Visitor<'de> for Trim {
    type Value = Trimmed;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("JSON")
    }

    fn visit_str<E>(self, it: &str) -> Result<Trimmed, E> {
        Ok(Trimmed(Value::String(it.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Trimmed, E> {
        Ok(Trimmed(Value::Null))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Trimmed, E> {
        Ok(Trimmed(Value::Null))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Trimmed, E> {
        Ok(Trimmed(Value::Null))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Trimmed, E> {
        Ok(Trimmed(Value::Null))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Trimmed, E> {
        Ok(Trimmed(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Trimmed, A::Error> {
        let mut kept = Vec::new();
        while let Some(Trimmed(it)) = all.next_element()? {
            kept.push(it);
        }
        Ok(Trimmed(Value::Array(kept)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Trimmed, A::Error> {
        let mut kept = Map::new();
        while let Some(name) = all.next_key::<Cow<'_, str>>()? {
            if READ.contains(&name.as_ref()) {
                kept.insert(name.into_owned(), all.next_value::<Trimmed>()?.0);
            } else {
                all.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Trimmed(Value::Object(kept)))
    }
}

/// The text at `name`, or none.
fn text<'a>(it: &'a Value, name: &str) -> &'a str {
    it.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(it: &'a Value, name: &str) -> &'a [Value] {
    it.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn texts(all: &[Value]) -> Vec<String> {
    let texts = all.iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// Of what is kept on the device: another one with every change of [`KINDS`] or of what is kept of a type.
const FORMAT: u64 = 2;

/// JSON with what is read of a `CapabilityStatement` alone, or a piece of it.
pub(super) fn trimmed(body: &str) -> Result<Value, ApiError> {
    let read = serde_json::from_str(body).map_err(|it| unreadable(&it));
    read.map(|Trimmed(it)| it)
}

impl Abilities {
    /// Of a `CapabilityStatement`. `None` when it is not one: then nothing is assumed.
    pub(super) fn of(statement: &Value) -> Option<Self> {
        if text(statement, "resourceType") != "CapabilityStatement" {
            return None;
        }
        let mut rest = list(statement, "rest").iter();
        let server = rest.find(|it| text(it, "mode") != "client")?;
        let kept = list(server, "resource").iter();
        Some(Self {
            fhir_version: text(statement, "fhirVersion").to_owned(),
            batch: interacts(server, "batch"),
            transaction: interacts(server, "transaction"),
            types: kept
                .filter(|it| KINDS.contains(&text(it, "type")))
                .map(|it| (text(it, "type").to_owned(), TypeAbilities::read(it)))
                .collect(),
        })
    }

    /// From what was kept on the device. `None` for what another version of the page has kept: it may not know of a
    /// type that is asked for now, which is no word of the source.
    pub fn restore(kept: &str) -> Option<Self> {
        let kept: Value = serde_json::from_str(kept).ok()?;
        if kept.get("format")?.as_u64()? != FORMAT {
            return None;
        }
        let types = kept.get("types")?.as_object()?.iter();
        Some(Self {
            fhir_version: kept.get("fhir_version")?.as_str()?.to_owned(),
            batch: kept.get("batch")?.as_bool()?,
            transaction: kept.get("transaction")?.as_bool()?,
            types: types
                .map(|(name, it)| {
                    let it = TypeAbilities {
                        search: it.get("search") == Some(&Value::Bool(true)),
                        parameters: texts(list(it, "parameters")),
                        includes: texts(list(it, "includes")),
                        reverse_includes: texts(list(it, "reverse_includes")),
                    };
                    (name.clone(), it)
                })
                .collect(),
        })
    }

    /// To keep on the device.
    pub fn keep(&self) -> String {
        let types = self.types.iter().map(|(name, it)| {
            let it = json!({
                "search": it.search,
                "parameters": it.parameters,
                "includes": it.includes,
                "reverse_includes": it.reverse_includes,
            });
            (name.clone(), it)
        });
        let types: Map<String, Value> = types.collect();
        json!({
            "format": FORMAT,
            "fhir_version": self.fhir_version,
            "batch": self.batch,
            "transaction": self.transaction,
            "types": types,
        })
        .to_string()
    }

    /// The search as this source can answer it: without the includes it does not offer, with `subject` for a
    /// `patient` it does not know. `None` when the question itself is not offered.
    pub fn fit(&self, search: &Search) -> Option<Search> {
        let (_, kind) = self.types.iter().find(|it| it.0 == search.kind())?;
        if !kind.search {
            return None;
        }
        let search = &kind.in_its_words(search.clone());
        let fitted = search
            .clone()
            .keeping(|name, value| kind.keeps(name, value));
        let asked = |it: &Search| {
            it.parameters()
                .iter()
                .filter(|(name, _)| !name.starts_with('_'))
                .count()
        };
        (asked(&fitted) == asked(search)).then_some(fitted)
    }
}

fn interacts(it: &Value, code: &str) -> bool {
    let mut all = list(it, "interaction").iter();
    all.any(|it| text(it, "code") == code)
}

impl TypeAbilities {
    fn read(it: &Value) -> Self {
        let named = list(it, "searchParam").iter();
        let mut reverse_includes = texts(list(it, "searchRevInclude"));
        // Only the one that is asked for: the full list is long.
        reverse_includes.retain(|it| it == "Provenance:target");
        Self {
            search: list(it, "interaction").is_empty() || interacts(it, "search-type"),
            parameters: named.map(|it| text(it, "name").to_owned()).collect(),
            includes: texts(list(it, "searchInclude")),
            reverse_includes,
        }
    }

    /// Many types know the person as `subject`, and not every server knows `patient` for them.
    fn in_its_words(&self, search: Search) -> Search {
        let knows = |name: &str| self.parameters.iter().any(|it| it == name);
        if !knows("patient") && knows("subject") {
            search.renamed("patient", "subject", "subject.identifier")
        } else {
            search
        }
    }

    fn keeps(&self, name: &str, value: &str) -> bool {
        let offers =
            |list: &[String]| list.is_empty() || list.iter().any(|it| it == value || it == "*");
        match name {
            "_include" => offers(&self.includes),
            // What follows from an include is not listed per type: where includes work at all, it is tried.
            "_include:iterate" => !self.includes.is_empty(),
            "_revinclude" => offers(&self.reverse_includes),
            _ if name.starts_with('_') || self.parameters.is_empty() => true,
            _ => {
                let plain = name.split(['.', ':']).next().unwrap_or(name);
                self.parameters.iter().any(|it| it == plain)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: &str = r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"server",
        "interaction":[{"code":"batch"}],"resource":[
        {"type":"CareTeam","interaction":[{"code":"search-type"}],"searchParam":[{"name":"patient"}],
         "searchInclude":["CareTeam:subject"]},
        {"type":"Task","interaction":[{"code":"read"}]},{"type":"Basic"}]}]}"#;

    fn read(body: &str) -> Option<Abilities> {
        Abilities::of(&trimmed(body).ok()?)
    }

    #[test]
    fn only_what_is_offered_is_asked() {
        let abilities = read(STATEMENT).unwrap();
        let team = Search::new("CareTeam")
            .with("patient", "1")
            .with("_include", "CareTeam:participant");
        assert_eq!(
            abilities.fit(&team).map(|it| it.path()).as_deref(),
            Some("CareTeam?patient=1")
        );
        assert_eq!(
            abilities.fit(&Search::new("CareTeam").with("status", "active")),
            None
        );
        assert_eq!(
            abilities.fit(&Search::new("Task").with("patient", "1")),
            None
        );
        assert_eq!(
            abilities.fit(&Search::new("Flag").with("patient", "1")),
            None
        );
        assert!(abilities.batch && !abilities.transaction);
        assert_eq!(Abilities::restore(&abilities.keep()), Some(abilities));
    }

    #[test]
    fn what_an_older_page_has_kept_is_ignored() {
        let kept = read(STATEMENT).unwrap().keep();
        assert!(Abilities::restore(&kept).is_some());
        for other in ["\"format\":1,", "\"format\":\"2\",", "\"format\":3,", ""] {
            let older = kept.replace(&format!("\"format\":{FORMAT},"), other);
            assert_ne!(older, kept);
            assert_eq!(Abilities::restore(&older), None, "{other}");
        }
    }

    /// Who changes this list changes [`FORMAT`] too, and then this number.
    #[test]
    fn the_format_is_of_these_types() {
        let letters = KINDS.iter().map(|it| it.len()).sum::<usize>();
        assert_eq!((FORMAT, KINDS.len(), letters), (2, 29, 327));
    }

    #[test]
    fn a_server_that_says_subject_is_asked_for_the_subject() {
        let statement = STATEMENT.replace("\"patient\"", "\"subject\"");
        let abilities = read(&statement).unwrap();
        let path = |search: Search| abilities.fit(&search).map(|it| it.path());
        let team = Search::new("CareTeam");
        assert_eq!(
            path(team.clone().with("patient", "1")).as_deref(),
            Some("CareTeam?subject=1")
        );
        let chained = path(team.with("patient.identifier", "9"));
        assert_eq!(chained.as_deref(), Some("CareTeam?subject.identifier=9"));
    }

    #[test]
    fn what_is_odd_in_a_statement_teaches_nothing_and_spoils_nothing() {
        let odd = STATEMENT.replace(
            "[{\"code\":\"batch\"}]",
            "[null,7,-1.5e3,true,{\"code\":4},{\"extension\":[{\"valueDecimal\":4.0}]}]",
        );
        let abilities = read(&odd).unwrap();
        assert!(!abilities.batch);
        let team = Search::new("CareTeam").with("patient", "1");
        assert!(abilities.fit(&team).is_some());
    }

    #[test]
    fn what_is_not_a_capability_statement_teaches_nothing() {
        for body in [
            "",
            "<html>",
            "{}",
            r#"{"resourceType":"OperationOutcome"}"#,
            r#"{"resourceType":"CapabilityStatement"}"#,
            r#"{"resourceType":"CapabilityStatement","rest":7}"#,
            r#"["CapabilityStatement",1,-2,3.5,true,null]"#,
        ] {
            assert_eq!(read(body), None, "{body}");
        }
    }
}
