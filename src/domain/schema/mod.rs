//! The JSON Schema that a Gateway gives out for Tyk OAS, and what a definition does not keep of it.
//!
//! The schema is the Gateway's (`GET /tyk/schema`); none is kept here. It says `"items": [{…}]` where every element is
//! meant, which holds the first alone to it: here all of them are.

mod mistake;

use std::fmt;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::Value as Json;

pub use mistake::Mistake;

use super::api::{Definition, Kind};
use super::json::Value;

/// The most mistakes of one definition that are told: one that is of another kind altogether has hundreds.
const MOST: usize = 50;

/// A schema that is no schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the Gateway's schema cannot be read: {0}")]
pub struct SchemaError(String);

/// The schemas of one Gateway, by the version of OpenAPI that they are for: `3.0`, `3.1`.
#[derive(Clone, Default)]
pub struct Schemas(Vec<(String, Arc<Validator>)>);

impl fmt::Debug for Schemas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(version, _)| version)).finish()
    }
}

impl Schemas {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the schema for a version of OpenAPI. What it refers to must be in it: nothing is fetched.
    pub fn add(&mut self, version: &str, mut schema: Json) -> Result<(), SchemaError> {
        mend(&mut schema);
        let failed = |error: jsonschema::ValidationError<'_>| {
            SchemaError(error.masked_with("it").to_string())
        };
        let validator = jsonschema::options().offline().build(&schema).map_err(failed)?;
        self.0.push((version.to_owned(), Arc::new(validator)));
        Ok(())
    }

    /// What a definition does not keep of the schema for its version; nothing where there is none, or where it is not
    /// Tyk OAS, for which alone Gateways give one out.
    pub fn check(&self, definition: &Definition) -> Vec<Mistake> {
        if definition.kind() != Kind::Oas {
            return Vec::new();
        }
        let version = definition.value(&["openapi"]).and_then(Value::string).unwrap_or_default();
        let is_for =
            |known: &str| version.strip_prefix(known).is_some_and(|rest| rest.starts_with('.'));
        let Some((_, validator)) = self.0.iter().find(|(known, _)| is_for(known)) else {
            return Vec::new();
        };
        let Ok(text) = serde_json::from_slice::<Json>(definition.root().raw()) else {
            return Vec::new();
        };
        let start = definition.root().path();
        validator
            .iter_errors(&text)
            .flat_map(|error| mistake::mistakes(&error, &start))
            .take(MOST)
            .collect()
    }
}

/// Makes of a Gateway's schema what it means: a list of one schema in `items` is for every element; and where the
/// definitions moved to `$defs`, as in that for 3.1, references to them are followed there.
fn mend(schema: &mut Json) {
    let moved = schema.get("definitions").is_none() && schema.get("$defs").is_some();
    let mut left = vec![schema];
    while let Some(value) = left.pop() {
        match value {
            Json::Object(members) => {
                if let Some(items) = members.get_mut("items")
                    && let Json::Array(list) = items
                    && list.len() == 1
                {
                    *items = list.remove(0);
                }
                if let Some(Json::String(target)) = members.get_mut("$ref")
                    && moved
                    && let Some(name) = target.strip_prefix("#/definitions/")
                {
                    *target = format!("#/$defs/{name}");
                }
                left.extend(members.values_mut());
            }
            Json::Array(elements) => left.extend(elements),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
