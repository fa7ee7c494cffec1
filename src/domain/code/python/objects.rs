//! The objects that a hook is given, and what they have.
//!
//! Source: the Gateway's Python files and protobuf messages, 5.14.0, as plugins saw them (recorded). Its Python side is
//! older than its Go side: `key_id`, `post_expiry_action` and `post_expiry_grace_period` of the session do not exist.

use super::{Step, StepKind};

/// Which object a parameter of a hook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The wrapper `TykCoProcessRequest`.
    Request,
    /// The `ResponseObject`.
    Response,
    /// The `SessionState`.
    Session,
    /// `session.metadata`.
    Metadata,
    /// The API's ids and its `config_data`.
    Spec,
}

impl Role {
    /// What a parameter is, in a hook that is called with so many: its place alone decides, not its name.
    pub fn of(parameters: usize, place: usize) -> Option<Self> {
        use Role::{Metadata, Request, Response, Session, Spec};
        let roles: &[Self] = match parameters {
            3 => &[Request, Session, Spec],
            4 => &[Request, Session, Metadata, Spec],
            5 => &[Request, Response, Session, Metadata, Spec],
            _ => &[],
        };
        roles.get(place).copied()
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Str,
    /// Bytes.
    Bytes,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// Yes or no.
    Bool,
    /// A list.
    Repeated,
    /// Texts by text.
    Texts,
    /// Messages by text.
    Messages,
    /// A message that rules look into.
    Message(&'static Fields),
    /// A message that they do not.
    Opaque,
}

/// A message or wrapper and its fields.
#[derive(Debug, PartialEq, Eq)]
pub struct Fields {
    /// Its name.
    pub name: &'static str,
    /// What it has.
    pub all: &'static [(&'static str, Kind)],
    /// It has methods of protobuf's besides.
    message: bool,
}

const fn message(name: &'static str, fields: &'static [(&'static str, Kind)]) -> Fields {
    Fields { name, all: fields, message: true }
}

static OVERRIDES: Fields = message(
    "ReturnOverrides",
    &[
        ("response_code", Kind::Int),
        ("response_error", Kind::Str),
        ("response_body", Kind::Str),
        ("override_error", Kind::Bool),
        ("headers", Kind::Texts),
    ],
);

static OBJECT: Fields = message(
    "MiniRequestObject",
    &[
        ("headers", Kind::Texts),
        ("set_headers", Kind::Texts),
        ("delete_headers", Kind::Repeated),
        ("body", Kind::Str),
        ("url", Kind::Str),
        ("params", Kind::Texts),
        ("add_params", Kind::Texts),
        ("extended_params", Kind::Texts),
        ("delete_params", Kind::Repeated),
        ("return_overrides", Kind::Message(&OVERRIDES)),
        ("method", Kind::Str),
        ("request_uri", Kind::Str),
        ("scheme", Kind::Str),
        ("raw_body", Kind::Bytes),
    ],
);

static REQUEST: Fields = Fields {
    name: "request",
    message: false,
    all: &[
        ("object", Kind::Message(&OBJECT)),
        ("get_header", Kind::Opaque),
        ("add_header", Kind::Opaque),
        ("delete_header", Kind::Opaque),
        ("add_param", Kind::Opaque),
        ("delete_param", Kind::Opaque),
    ],
};

static RESPONSE: Fields = message(
    "ResponseObject",
    &[
        ("status_code", Kind::Int),
        ("raw_body", Kind::Bytes),
        ("body", Kind::Str),
        ("headers", Kind::Texts),
        ("multivalue_headers", Kind::Repeated),
    ],
);

static SESSION: Fields = message(
    "SessionState",
    &[
        ("last_check", Kind::Int),
        ("allowance", Kind::Float),
        ("rate", Kind::Float),
        ("per", Kind::Float),
        ("expires", Kind::Int),
        ("quota_max", Kind::Int),
        ("quota_renews", Kind::Int),
        ("quota_remaining", Kind::Int),
        ("quota_renewal_rate", Kind::Int),
        ("access_rights", Kind::Messages),
        ("org_id", Kind::Str),
        ("oauth_client_id", Kind::Str),
        ("oauth_keys", Kind::Texts),
        ("basic_auth_data", Kind::Opaque),
        ("jwt_data", Kind::Opaque),
        ("hmac_enabled", Kind::Bool),
        ("hmac_secret", Kind::Str),
        ("is_inactive", Kind::Bool),
        ("apply_policy_id", Kind::Str),
        ("data_expires", Kind::Int),
        ("monitor", Kind::Opaque),
        ("enable_detailed_recording", Kind::Bool),
        ("metadata", Kind::Texts),
        ("tags", Kind::Repeated),
        ("alias", Kind::Str),
        ("last_updated", Kind::Str),
        ("id_extractor_deadline", Kind::Int),
        ("session_lifetime", Kind::Int),
        ("apply_policies", Kind::Repeated),
        ("certificate", Kind::Str),
        ("max_query_depth", Kind::Int),
    ],
);

/// What a path into an object leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked<'a> {
    /// A field of this kind, and the steps that follow it.
    At(Kind, &'a [Step]),
    /// A name that the object does not have.
    Unknown(&'static Fields, &'a Step),
    /// A method, or something that is not looked into.
    Else,
}

/// Follows a path into the object of a role.
pub fn look(role: Role, steps: &[Step]) -> Looked<'_> {
    let mut fields = match role {
        Role::Request => &REQUEST,
        Role::Response => &RESPONSE,
        Role::Session => &SESSION,
        Role::Metadata | Role::Spec => return Looked::At(Kind::Texts, steps),
    };
    let mut rest = steps;
    while let [step, after @ ..] = rest {
        let StepKind::Attribute(name) = &step.kind else { return Looked::Else };
        let Some((_, kind)) = fields.all.iter().find(|(field, _)| field == name) else {
            // Protobuf's own methods begin with a capital.
            let method = fields.message && name.starts_with(|first: char| first.is_uppercase());
            let odd = method || name.starts_with('_');
            return if odd { Looked::Else } else { Looked::Unknown(fields, step) };
        };
        match kind {
            Kind::Message(inner) if !after.is_empty() => fields = inner,
            kind => return Looked::At(*kind, after),
        }
        rest = after;
    }
    Looked::Else
}
