//! What a server offers, read from its `CapabilityStatement`.

use serde_json::Value;

use super::{
    LoadError,
    client::{Client, Method},
    references::{address, targets},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bundling {
    Transaction,
    Batch,
    Single,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Server {
    pub bundling: Bundling,
    /// Whether a client may choose ids.
    pub keeps_ids: bool,
}

impl Server {
    /// Asks what it offers. Whether a client may choose ids many do not say: then one of `own` that refers to nothing is
    /// sent under its id.
    pub fn ask(client: &Client, own: &[Value]) -> Result<Self, LoadError> {
        let answer = client.call(Method::Get, "metadata", &[], None)?;
        let not_fhir = |reason: String| LoadError::NotFhir {
            source_id: client.target.source.id(),
            base_url: client.target.base_url.clone(),
            reason,
        };
        if answer.body.get("resourceType").and_then(Value::as_str) != Some("CapabilityStatement") {
            return Err(not_fhir(format!(
                "metadata answered {} and no CapabilityStatement",
                answer.status
            )));
        }
        let version = answer
            .body
            .get("fhirVersion")
            .and_then(Value::as_str)
            .unwrap_or("4.0.1");
        if !version.starts_with("4.") {
            return Err(not_fhir(format!("it speaks FHIR {version}")));
        }
        let (bundling, said) = Self::read(&answer.body);
        let keeps_ids = match said {
            Some(said) => said,
            None => Self::takes(client, own.iter().find(|it| targets(it).is_empty()))?,
        };
        Ok(Self {
            bundling,
            keeps_ids,
        })
    }

    /// Only what is refused as it stands tells that ids are not ours.
    fn takes(client: &Client, resource: Option<&Value>) -> Result<bool, LoadError> {
        let Some(resource) = resource else {
            return Ok(true);
        };
        let answer = client.call(Method::Put, &address(resource), &[], Some(resource))?;
        Ok(!matches!(answer.status, 400 | 404 | 405 | 409 | 412 | 422))
    }

    /// How things are sent together, and what it says of ids that a client chooses.
    fn read(statement: &Value) -> (Bundling, Option<bool>) {
        let rest = statement.pointer("/rest/0");
        let list = |name: &str| {
            rest.and_then(|rest| rest.get(name))
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default()
        };
        let offers = |code: &str| {
            list("interaction")
                .iter()
                .any(|interaction| interaction.get("code").and_then(Value::as_str) == Some(code))
        };
        let update_create: Vec<bool> = list("resource")
            .iter()
            .filter_map(|resource| resource.get("updateCreate").and_then(Value::as_bool))
            .collect();
        let bundling = match () {
            () if offers("transaction") => Bundling::Transaction,
            () if offers("batch") => Bundling::Batch,
            () => Bundling::Single,
        };
        let said = (!update_create.is_empty()).then(|| update_create.contains(&true));
        (bundling, said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_server_that_says_nothing_is_called_one_by_one() {
        let read = Server::read(&json!({ "resourceType": "CapabilityStatement" }));
        assert_eq!(read, (Bundling::Single, None));
    }

    #[test]
    fn a_server_that_chooses_ids_itself_gets_posts() {
        let statement = json!({ "rest": [{ "interaction": [{ "code": "batch" }, { "code": "transaction" }], "resource": [{ "type": "Patient", "updateCreate": false }] }] });
        let read = Server::read(&statement);
        assert_eq!(read, (Bundling::Transaction, Some(false)));
    }
}
