//! A definition of a file, as a server takes it: raw for a Gateway, in its wrapper for a Dashboard, JSON for both.

use serde_json::Value as Json;

use super::server::laid_out;
use super::{Server, is_same};
use crate::domain::api::{Definition, Kind, differences};
use crate::domain::diff::Line;
use crate::domain::task::Problem;
use crate::flows::edit::Base;

/// What is to be sent, and what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The API's id.
    pub id: String,
    /// What is to be sent.
    pub text: Vec<u8>,
    /// What is there; `None` where the id is free.
    pub before: Option<Vec<u8>>,
}

impl Prepared {
    /// What sending it changes there, as far as it counts.
    pub fn changes(&self) -> Vec<Line> {
        self.before.as_ref().map(|before| differences(before, &self.text)).unwrap_or_default()
    }

    /// Whether just that is there: nothing has to be sent.
    pub fn is_there(&self) -> bool {
        self.before.as_ref().is_some_and(|before| is_same(before, &self.text))
    }

    /// What it was compared with, so that nothing else is written over.
    pub fn base(&self) -> Base {
        self.before.clone().map_or(Base::Missing, Base::Read)
    }
}

impl Server {
    /// Looks what is there, and makes of a definition what goes there. Where another kind of API has the id, that is an
    /// error: the one cannot take the other's place.
    pub async fn prepare(&self, definition: &Definition) -> Result<Prepared, Problem> {
        let title = self.keeper().title();
        if definition.kind() == Kind::OpenApi {
            return Err(Problem::failed(format!(
                "{title} takes no OpenAPI document without `x-tyk-api-gateway`"
            ))
            .help("`tyk-tui api extend` gives it one"));
        }
        let id = definition.summary().id.text();
        if id.is_empty() {
            let what =
                format!("the definition has no id: {title} would make one up at every write");
            return Err(
                Problem::failed(what).help("write one: `api_id`, or `info.id` of the extension")
            );
        }
        let before = self.look(&id).await?;
        let there = before.as_ref().map(Definition::open).transpose().map_err(unreadable)?;
        if let Some(there) = there.as_ref().filter(|there| there.kind() != definition.kind()) {
            let (theirs, ours) = (there.kind().word(), definition.kind().word());
            let what = format!(
                "the id is taken by an API of another kind: {theirs} there, {ours} here; nothing was sent"
            );
            return Err(Problem::failed(what)
                .at(self.remote(&id))
                .help("give it another id, or delete the one that is there first"));
        }
        let raw = Definition::open(definition.root().raw()).map_err(unreadable)?;
        let sent = match self {
            Self::Gateway(_) => raw,
            Self::Dashboard(_) if definition.kind() == Kind::Oas => raw,
            Self::Dashboard(_) => wrapped(definition, &raw, there.as_ref())?,
        };
        Ok(Prepared { id, text: laid_out(&sent), before })
    }
}

/// In the Dashboard's wrapper: its own, else that of the API that is there, else a new one. The `id` inside is the
/// database's, and is kept.
fn wrapped(
    definition: &Definition,
    raw: &Definition,
    there: Option<&Definition>,
) -> Result<Definition, Problem> {
    let sent = match there {
        _ if definition.is_wrapped() => Definition::open(definition.document().source()),
        Some(there) => {
            let ours: Json = serde_json::from_slice(raw.source()).map_err(unreadable)?;
            let edit = there.set(&there.path(&[]), &ours).map_err(unreadable)?;
            Definition::open(edit.apply(there.source()))
        }
        None => {
            let raw = String::from_utf8_lossy(raw.source());
            Definition::open(format!(
                r#"{{"api_model": {{}}, "api_definition": {raw}, "hook_references": [], "is_site": false, "sort_by": 0, "user_group_owners": [], "user_owners": []}}"#
            ))
        }
    };
    let sent = sent.map_err(unreadable)?;
    let db_id = there.map(|there| there.summary().db_id.text()).unwrap_or_default();
    if db_id.is_empty() || !sent.summary().db_id.text().is_empty() {
        return Ok(sent);
    }
    let edit = sent.set(&sent.path(&["id"]), &Json::from(db_id)).map_err(unreadable)?;
    Definition::open(edit.apply(sent.source())).map_err(unreadable)
}

fn unreadable(error: impl std::fmt::Display) -> Problem {
    Problem::failed(format!("this is no API definition: {error}"))
}
