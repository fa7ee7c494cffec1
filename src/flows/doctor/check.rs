//! One thing that doctor looked at.

use serde::Serialize;
use serde_json::Value as Json;

use crate::domain::conf::{Conf, Key};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, but not as well as it could, or not everywhere.
    Warn,
    /// Plugins do not work so.
    Fail,
    /// It could not be found out.
    Unknown,
    /// It was not looked at, as nothing needs it.
    Skipped,
}

/// What was looked at, what is there, what should be, and what to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What: `gateway`, `plugin-server`, a rule's id.
    pub id: String,
    /// How it is.
    pub state: State,
    /// What is there.
    pub found: String,
    /// What should be; `None` where that is what is there.
    pub expected: Option<String>,
    /// What to change.
    pub change: Option<String>,
    /// Where: a place in a file, a variable, an address.
    #[serde(rename = "where")]
    pub place: Option<String>,
}

impl Check {
    /// Something found.
    pub(super) fn new(id: impl Into<String>, state: State, found: impl Into<String>) -> Self {
        let (id, found) = (id.into(), found.into());
        Self { id, state, found, expected: None, change: None, place: None }
    }

    /// The same, with what should be.
    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// The same, with what to change.
    pub(super) fn change(mut self, change: impl Into<String>) -> Self {
        self.change = Some(change.into());
        self
    }

    /// The same, at this place.
    pub(super) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}

/// What to write for a setting: in tyk.conf, and in the environment.
pub(super) fn written(key: &Key, value: &Json) -> String {
    let (last, sections) =
        key.words.split_last().map_or(("", &[][..]), |(last, rest)| (*last, rest));
    let within = match sections {
        [] => String::new(),
        _ => format!("{:?} of ", sections.join(".")),
    };
    let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!(
        "\"{last}\": {value} in {within}tyk.conf, or {}={plain}; then restart the Gateway",
        key.variable()
    )
}

/// Where a setting stands.
pub(super) fn place(conf: &Conf, key: &'static Key) -> String {
    conf.get(key).place(conf)
}
