//! `manifest.json`: read as Gateways and the reference tool read it, changed, written canonically. What is wrong with one
//! is told by `domain::lint`.
//!
//! Source of the facts: the Gateway's bundler, bundle loader and API definition types, and recorded builds of the
//! reference tool (5.14.0, and the pre-release 5.15.0-alpha8 for `traffic_logs` and `code`).

mod canonical;
pub mod change;
mod choose;
mod decode;
mod names;

use std::collections::BTreeMap;

pub use crate::domain::bundle::FILE_NAME;
use crate::domain::json::{Document, Place, SyntaxError};
use crate::domain::object::Hook;

pub use crate::domain::json::Trailing;
pub use canonical::canonical;
pub use choose::choose_files;
pub use names::{DRIVERS, Driver};

/// A manifest as a Gateway understands it: unknown keys are gone, absent values are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// The files that checksum and signature cover, in order; `None` where the key is absent or null.
    pub file_list: Option<Vec<String>>,
    /// The hooks, their driver, and how callers are told apart.
    pub custom_middleware: Middleware,
    /// Lower-case hex MD5 of the files' bytes.
    pub checksum: String,
    /// Base64 of the signature over the files' bytes; empty where unsigned.
    pub signature: String,
}

/// `custom_middleware`. A list is `None` where its key is absent or null.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Middleware {
    /// Before anything else.
    pub pre: Option<Vec<Definition>>,
    /// Just before the upstream.
    pub post: Option<Vec<Definition>>,
    /// After authentication.
    pub post_key_auth: Option<Vec<Definition>>,
    /// The authentication itself; without a name it is not registered.
    pub auth_check: Definition,
    /// For each analytics record; pre-releases of 5.15 only. `None` where the source has none: it is written only
    /// where the source has it.
    pub traffic_logs: Option<Definition>,
    /// On the upstream's answer.
    pub response: Option<Vec<Definition>>,
    /// `grpc`, `python`, …; see [`DRIVERS`].
    pub driver: String,
    /// How an id is found in a request without asking the plugin.
    pub id_extractor: Extractor,
}

/// One hook's definition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definition {
    /// Skipped by the Gateway (from 5.0 on).
    pub disabled: bool,
    /// The function, or what a gRPC server dispatches on.
    pub name: String,
    /// The file, for the drivers that need one.
    pub path: String,
    /// Base64 of JavaScript code; pre-releases of 5.15 only, written only where it is not empty.
    pub code: String,
    /// Whether the hook gets the session.
    pub require_session: bool,
    /// Whether the hook gets the body as bytes alone.
    pub raw_body_only: bool,
}

/// `id_extractor`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extractor {
    /// Off.
    pub disabled: bool,
    /// `header`, `form` or `body`.
    pub extract_from: String,
    /// `value`, `regex` or `xpath`.
    pub extract_with: String,
    /// `header_name`, `param_name`, `regex_expression`, `regex_match_index`, `xpath_expression`, and whatever else the
    /// source has; `None` where the key is absent or null.
    pub extractor_config: Option<BTreeMap<String, Config>>,
}

/// A value of `extractor_config`.
#[derive(Clone, Debug, PartialEq)]
pub enum Config {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number: a Gateway reads it as a double.
    Number(f64),
    /// A string.
    Text(String),
    /// A list or an object, as its canonical text: no Gateway looks into one.
    Other(String),
}

impl Manifest {
    /// Reads a manifest as Go's `encoding/json` does: keys in any case, the last of equal keys, list elements onto the
    /// earlier ones of an equal key, numbers through a double, broken UTF-8 as U+FFFD. `Trailing::Refused` is the
    /// reference tool (it ends on `null` too, and knows `code` and `traffic_logs`), `Trailing::Ignored` a Gateway up to
    /// 5.14.
    pub fn decode(source: impl AsRef<[u8]>, trailing: Trailing) -> Result<Self, DecodeError> {
        let document = Document::parse(source, trailing)?;
        Self::from_document(&document, trailing)
    }

    /// The same, for text that is parsed already.
    pub fn from_document(document: &Document, trailing: Trailing) -> Result<Self, DecodeError> {
        let (manifest, mismatches) = decode::decode(document, trailing);
        match mismatches.into_iter().next() {
            None => Ok(manifest),
            Some(mismatch) => Err(DecodeError::Mismatch(mismatch)),
        }
    }

    /// The files in their order, none where the list is absent.
    pub fn files(&self) -> &[String] {
        self.file_list.as_deref().unwrap_or_default()
    }

    /// Every definition with its hook, in the order of a request; an `auth_check` without a name is none, unnamed
    /// elements of a list are. `traffic_logs` is no hook of a request, and not here.
    pub fn hooks(&self) -> impl Iterator<Item = (Hook, &Definition)> {
        let middleware = &self.custom_middleware;
        let auth = Some((Hook::AuthCheck, &middleware.auth_check));
        list(Hook::Pre, middleware.pre.as_ref())
            .chain(auth.filter(|(_, definition)| !definition.name.is_empty()))
            .chain(list(Hook::PostKeyAuth, middleware.post_key_auth.as_ref()))
            .chain(list(Hook::Post, middleware.post.as_ref()))
            .chain(list(Hook::Response, middleware.response.as_ref()))
    }

    /// Whether a bundle of it can be built: the reference tool counts unnamed and null elements of the lists too, and
    /// an `auth_check` with a name; we count `traffic_logs` with one as well.
    pub fn has_hook(&self) -> bool {
        let logs = self.custom_middleware.traffic_logs.as_ref();
        self.hooks().next().is_some() || logs.is_some_and(|logs| !logs.name.is_empty())
    }
}

/// What the reference tool understands of a manifest, and every value whose type does not fit, in the text's order:
/// readers stop at the first.
pub fn read(document: &Document) -> (Manifest, Vec<Mismatch>) {
    decode::decode(document, Trailing::Refused)
}

/// A manifest that a reader refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// No JSON.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// JSON of another shape.
    #[error(transparent)]
    Mismatch(#[from] Mismatch),
}

impl DecodeError {
    /// Where.
    pub fn place(&self) -> Place {
        match self {
            Self::Syntax(error) => error.place,
            Self::Mismatch(mismatch) => mismatch.place,
        }
    }
}

/// A value of another type than its key's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Mismatch {
    /// What is there and what was expected.
    pub message: String,
    /// Where.
    pub place: Place,
}

fn list(hook: Hook, list: Option<&Vec<Definition>>) -> impl Iterator<Item = (Hook, &Definition)> {
    list.into_iter().flatten().map(move |definition| (hook, definition))
}

#[cfg(test)]
mod tests;
