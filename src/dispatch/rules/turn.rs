//! One Dispatch on its way through the rules: what it is, and what they have done to it so far.

use std::borrow::Cow;

use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Map, Value};
use tonic::Status;

use crate::domain::object::coprocess::SessionState;
use crate::domain::object::{Edit, Head, WireError};

/// A Dispatch under the rules.
pub(in crate::dispatch) struct Turn<'a> {
    /// As the Gateway sent it.
    pub(in crate::dispatch) head: &'a Head<'a>,
    /// What the edits are made on: the Gateway's Object, or the answer of a server that it was forwarded to.
    pub(in crate::dispatch) object: Bytes,
    /// That server's answer goes back as it is where nothing edits it.
    pub(in crate::dispatch) forwarded: bool,
    /// What is to be changed.
    pub(in crate::dispatch) edit: Edit,
    /// What an authentication knows of the caller: `key`, `key_id`, `user`, `claims`.
    pub(in crate::dispatch) identity: Map<String, Value>,
    /// The session that an authentication gave.
    pub(in crate::dispatch) session: Option<SessionState>,
    /// The metadata of the call itself, `traceparent` for one.
    pub(in crate::dispatch) call: &'a HeaderMap,
    /// Why the caller was refused, or what went wrong, for whoever looks for the reason.
    pub(in crate::dispatch) note: Option<String>,
}

/// How an action left the Dispatch.
#[derive(Clone, Debug)]
pub(in crate::dispatch) enum Done {
    /// The next action goes on.
    GoOn,
    /// The caller is refused: nothing later counts.
    Refused,
    /// It went wrong, and is answered all the same; the note says why.
    Failed,
    /// The call ends with this status.
    NoAnswer(Status),
    /// The call is broken off in the middle of its answer.
    BrokenOff,
}

impl<'a> Turn<'a> {
    pub(in crate::dispatch) fn new(
        head: &'a Head<'a>,
        object: &Bytes,
        call: &'a HeaderMap,
    ) -> Self {
        Self {
            head,
            object: object.clone(),
            forwarded: false,
            edit: Edit::default(),
            identity: Map::new(),
            session: None,
            call,
            note: None,
        }
    }

    /// What goes back. The answer of another server is not mended: whoever sits in front of it wants to see what it does.
    pub(in crate::dispatch) fn answer(&self) -> Result<Bytes, WireError> {
        if self.forwarded && self.edit.is_empty() {
            return Ok(self.object.clone());
        }
        self.edit.apply(&self.object)
    }

    /// The session: that which an authentication gave, else the one that came.
    pub(super) fn session(&self) -> Option<Cow<'_, SessionState>> {
        match &self.session {
            Some(session) => Some(Cow::Borrowed(session)),
            None => self.head.session().map(Cow::Owned),
        }
    }

    /// A value of the Object's own metadata, as it stands.
    pub(super) fn metadata(&self, name: &str) -> Option<&str> {
        let set = self.edit.metadata.iter().rfind(|(set, _)| set == name);
        set.map(|(_, value)| value.as_str()).or_else(|| self.head.metadata(name))
    }
}
