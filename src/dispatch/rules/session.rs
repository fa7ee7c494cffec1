//! The session that an authenticated caller gets, in its wire form.

use std::collections::BTreeMap;

use bytes::Bytes;
use prost::Message as _;

use crate::domain::object::coprocess::{AccessDefinition, SessionState};

/// What a session is made of; the rest of `SessionState` stays at its defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Session {
    /// Calls in `per` seconds; both 0 for no limit.
    pub(super) rate: f64,
    /// Seconds.
    pub(super) per: f64,
    /// `session.metadata`, besides the token.
    pub(super) metadata: BTreeMap<String, String>,
    /// Shown in the Gateway's logs and analytics instead of the key.
    pub(super) alias: String,
    /// Seconds after which the Gateway forgets the key that the session becomes.
    pub(super) lifetime: i64,
}

impl Session {
    /// The wire form, with access to this one API: the session becomes an ordinary key of the Gateway under its token,
    /// and empty rights would open every API to it.
    pub(super) fn encode(&self, token: &str, api: &str) -> Bytes {
        let rights = AccessDefinition {
            api_id: api.to_owned(),
            versions: vec!["Default".to_owned()],
            ..AccessDefinition::default()
        };
        let token = ("token".to_owned(), token.to_owned());
        let state = SessionState {
            rate: self.rate,
            per: self.per,
            access_rights: BTreeMap::from([(api.to_owned(), rights)]),
            metadata: self.metadata.clone().into_iter().chain([token]).collect(),
            alias: self.alias.clone(),
            session_lifetime: self.lifetime,
            ..SessionState::default()
        };
        state.encode_to_vec().into()
    }
}
