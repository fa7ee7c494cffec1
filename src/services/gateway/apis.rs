//! The API definitions of a Gateway.

use serde::Deserialize;

use super::{Gateway, GatewayError, Why};
use crate::domain::api::{Definition, Kind};
use crate::domain::json::{Document, EditError, Trailing, Value};
use crate::net::http::Ask;

const JSON: &str = "application/json";

/// What a Gateway did with a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Stored; where the id was in use, over what was there.
    Added,
    /// Replaced.
    Modified,
    /// Taken away.
    Deleted,
}

/// The answer to a write. It takes effect at the next reload.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Written {
    /// The API's id.
    pub key: String,
    /// What was done.
    pub action: Action,
}

impl Gateway {
    /// The definitions that it has loaded, classic and OAS, sorted by id: its own order changes from call to call. Those
    /// that it skipped for their listen path are among them, those whose bundle failed are not.
    pub async fn apis(&self) -> Result<Vec<Definition>, GatewayError> {
        let mut apis = self.list(&["tyk", "apis"]).await?;
        // An OAS API is listed here as its classic projection.
        let all = apis.len();
        apis.retain(|api| !is_projection(api));
        if apis.len() < all {
            apis.extend(self.list(&["tyk", "apis", "oas"]).await?);
        }
        apis.sort_by_cached_key(id);
        Ok(apis)
    }

    /// The definition of one API, as its kind is.
    pub async fn api(&self, id: &str) -> Result<Definition, GatewayError> {
        let classic = self.loaded(id).await?;
        if is_projection(&classic) {
            self.definition(&["tyk", "apis", "oas", id]).await
        } else {
            Ok(classic)
        }
    }

    /// One API as it is in force, an OAS one as its classic projection: with the hooks of its bundle's manifest in
    /// `custom_middleware`, once that was loaded. Absent where its bundle failed.
    pub async fn loaded(&self, id: &str) -> Result<Definition, GatewayError> {
        self.definition(&["tyk", "apis", id]).await
    }

    /// Stores a new definition, raw, where its kind belongs. An id that is in use is overwritten without a word, so it is
    /// looked for first; what was posted and not loaded yet is not seen.
    pub async fn create(&self, definition: &Definition) -> Result<Written, GatewayError> {
        let id = self.fit(definition)?;
        match self.api(&id).await {
            Err(GatewayError { why: Why::Absent, .. }) => {}
            Err(error) => return Err(error),
            Ok(_) => {
                let why = Why::Unfit(format!("the Gateway has an API with the id {id:?} already"));
                return Err(GatewayError::new(self.address(), why));
            }
        }
        let body = self.body(definition)?;
        let ask = match definition.kind() {
            Kind::Classic => Ask::post(&["tyk", "apis"], JSON, body),
            Kind::Oas | Kind::OpenApi => Ask::post(&["tyk", "apis", "oas"], JSON, body),
        };
        self.written(ask, id).await
    }

    /// Replaces a definition that it has loaded, with the raw one.
    pub async fn replace(&self, definition: &Definition) -> Result<Written, GatewayError> {
        let id = self.fit(definition)?;
        let body = self.body(definition)?;
        let (classic, oas) = (["tyk", "apis", &id], ["tyk", "apis", "oas", &id]);
        let ask = match definition.kind() {
            Kind::Classic => Ask::put(&classic, JSON, body),
            Kind::Oas | Kind::OpenApi => Ask::put(&oas, JSON, body),
        };
        self.written(ask, id.clone()).await
    }

    /// Takes an API away, of either kind; at the next reload it is served no more.
    pub async fn delete(&self, id: &str) -> Result<Written, GatewayError> {
        // This path takes both kinds, and with an OAS one both of its files.
        let path = ["tyk", "apis", "oas", id];
        self.written(Ask::delete(&path), id.to_owned()).await
    }

    /// The definition as it is sent: raw, and without what a Gateway wrote into it and would refuse.
    fn body(&self, definition: &Definition) -> Result<Vec<u8>, GatewayError> {
        let unfit =
            |error: EditError| GatewayError::new(self.address(), Why::Unfit(error.to_string()));
        let without = definition.without_empty_extractor().map_err(unfit)?;
        Ok(without.as_ref().unwrap_or(definition).root().raw().to_vec())
    }

    /// The id of a definition that a Gateway can take. It takes `{}` and documents of other kinds without complaint, as
    /// empty APIs.
    fn fit(&self, definition: &Definition) -> Result<String, GatewayError> {
        let unfit = |why: &str| GatewayError::new(self.address(), Why::Unfit(why.to_owned()));
        if definition.kind() == Kind::OpenApi {
            return Err(unfit(
                "an OpenAPI document without `x-tyk-api-gateway` is no API of a Gateway",
            ));
        }
        let id = id(definition);
        if id.is_empty() {
            return Err(unfit(
                "the definition has no id: a Gateway would make one up at every write",
            ));
        }
        Ok(id)
    }

    async fn written(&self, ask: Ask<'_>, sent: String) -> Result<Written, GatewayError> {
        let answer = self.json(ask).await?;
        let why = match serde_json::from_value::<Written>(answer) {
            Ok(written) if written.key == sent => return Ok(written),
            Ok(Written { key, .. }) => Why::OtherKey { key, sent },
            Err(_) => Why::NotAGateway("a write without a key".to_owned()),
        };
        Err(GatewayError::new(self.address(), why))
    }

    async fn definition(&self, path: &[&str]) -> Result<Definition, GatewayError> {
        let answer = self.ask(Ask::get(path)).await?;
        Definition::open(&answer.body).map_err(|_| self.no_definitions(answer.excerpt()))
    }

    async fn list(&self, path: &[&str]) -> Result<Vec<Definition>, GatewayError> {
        let answer = self.ask(Ask::get(path)).await?;
        let none = || self.no_definitions(answer.excerpt());
        let document = Document::parse(&answer.body, Trailing::Refused).map_err(|_| none())?;
        let open = |value: Value<'_>| Definition::open(value.raw());
        document.root().children().map(open).collect::<Result<_, _>>().map_err(|_| none())
    }

    fn no_definitions(&self, excerpt: String) -> GatewayError {
        GatewayError::new(self.address(), Why::NotAGateway(excerpt))
    }
}

/// Whether this is the classic projection of an OAS API.
fn is_projection(definition: &Definition) -> bool {
    let is_oas = definition.value(&["is_oas"]);
    definition.kind() == Kind::Classic && is_oas.and_then(Value::bool) == Some(true)
}

fn id(definition: &Definition) -> String {
    let words: &[&str] = match definition.kind() {
        Kind::Classic => &["api_id"],
        Kind::Oas | Kind::OpenApi => &["x-tyk-api-gateway", "info", "id"],
    };
    definition.value(words).and_then(Value::string).unwrap_or_default()
}
