//! The session that an authenticated caller gets, in its wire form.

use std::collections::BTreeMap;

use bytes::Bytes;
use prost::Message as _;

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

/// `coprocess.SessionState`, as far as it is set here.
#[derive(Clone, PartialEq, prost::Message)]
struct SessionState {
    #[prost(double, tag = "3")]
    rate: f64,
    #[prost(double, tag = "4")]
    per: f64,
    #[prost(btree_map = "string, message", tag = "10")]
    access_rights: BTreeMap<String, AccessDefinition>,
    #[prost(btree_map = "string, string", tag = "23")]
    metadata: BTreeMap<String, String>,
    #[prost(string, tag = "25")]
    alias: String,
    #[prost(int64, tag = "28")]
    session_lifetime: i64,
}

/// `coprocess.AccessDefinition`.
#[derive(Clone, PartialEq, prost::Message)]
struct AccessDefinition {
    #[prost(string, tag = "2")]
    api_id: String,
    #[prost(string, repeated, tag = "3")]
    versions: Vec<String>,
}

impl Session {
    /// The wire form, with access to this one API: the session becomes an ordinary key of the Gateway under its token,
    /// and empty rights would open every API to it.
    pub(super) fn encode(&self, token: &str, api: &str) -> Bytes {
        let rights =
            AccessDefinition { api_id: api.to_owned(), versions: vec!["Default".to_owned()] };
        let mut metadata = self.metadata.clone();
        metadata.insert("token".to_owned(), token.to_owned());
        let state = SessionState {
            rate: self.rate,
            per: self.per,
            access_rights: BTreeMap::from([(api.to_owned(), rights)]),
            metadata,
            alias: self.alias.clone(),
            session_lifetime: self.lifetime,
        };
        state.encode_to_vec().into()
    }
}
