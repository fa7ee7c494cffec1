//! Texts with `${…}` in them, which are filled in for each Dispatch.
//!
//! `${claims.sub}`, `${header.X-Name}`, `${session.metadata.user}`, `${config.issuer}`, …; `$${` stands for `${` itself. What
//! is not there is empty.

use serde_json::Value;

use super::turn::Turn;
use crate::domain::nearest::nearest;
use crate::domain::object::coprocess::SessionState;

/// Sources that need no name behind them.
const PLAIN: [&str; 10] =
    ["api", "org", "hook", "name", "method", "path", "key", "key_id", "user", "now"];

/// Sources that are followed by one: `claims.sub`.
const NAMED: [&str; 6] = ["claims", "header", "param", "config", "session", "metadata"];

/// Members of a session that can be named.
const SESSION: [&str; 11] = [
    "alias",
    "org_id",
    "key_id",
    "oauth_client_id",
    "apply_policy_id",
    "apply_policies",
    "tags",
    "rate",
    "per",
    "expires",
    "quota_max",
];

/// A text, ready to be filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::dispatch) struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Source(Source),
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// One of [`PLAIN`].
    Plain(&'static str),
    Header(String),
    Param(String),
    Metadata(String),
    /// Members of the caller's claims, or of the API's `config_data`, from the outside in.
    Claims(Vec<String>),
    Config(Vec<String>),
    Session(&'static str),
    SessionMetadata(String),
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::dispatch) enum TemplateError {
    #[error("a `${{` without its `}}`")]
    Open,
    #[error("`${{{0}}}` names nothing that is known")]
    Unknown(String),
    #[error("`${{{0}}}` needs a name behind it, as `${{{0}.name}}`")]
    Bare(String),
}

impl TemplateError {
    pub(in crate::dispatch) fn help(&self) -> Option<String> {
        match self {
            Self::Open => Some("write `$${` for the characters themselves".to_owned()),
            Self::Unknown(name) => {
                let known = || PLAIN.iter().chain(&NAMED).copied();
                let (first, rest) = name.split_once('.').unwrap_or((name, ""));
                if first == "session" {
                    let known = SESSION.join(", ");
                    return Some(format!("of a session there are {known}, and metadata.NAME"));
                }
                Some(match nearest(first, known()) {
                    Some(near) if rest.is_empty() => format!("did you mean `${{{near}}}`?"),
                    Some(near) => format!("did you mean `${{{near}.{rest}}}`?"),
                    None => format!("known are {}", known().collect::<Vec<_>>().join(", ")),
                })
            }
            Self::Bare(_) => None,
        }
    }
}

impl Template {
    pub(in crate::dispatch) fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            if rest[..at].ends_with('$') {
                literal.push_str(&rest[..at - 1]);
                literal.push_str("${");
                rest = &rest[at + 2..];
                continue;
            }
            literal.push_str(&rest[..at]);
            let (name, behind) = rest[at + 2..].split_once('}').ok_or(TemplateError::Open)?;
            if !literal.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut literal)));
            }
            parts.push(Part::Source(Source::parse(name.trim())?));
            rest = behind;
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            parts.push(Part::Text(literal));
        }
        Ok(Self(parts))
    }

    /// The text; what is not there is empty in it.
    pub(in crate::dispatch) fn text(&self, turn: &Turn<'_>) -> String {
        let mut out = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Source(source) => match source.value(turn) {
                    None | Some(Value::Null) => {}
                    Some(Value::String(text)) => out.push_str(&text),
                    Some(other) => out.push_str(&other.to_string()),
                },
            }
        }
        out
    }

    /// As [`Template::text`], in one line: a line break would end a header.
    pub(in crate::dispatch) fn line(&self, turn: &Turn<'_>) -> String {
        self.text(turn).replace(|c: char| c.is_control() && c != '\t', " ")
    }

    /// The text as a body: where it is JSON around what is filled in, it stays JSON, whatever a caller wrote. Within quotes
    /// the text is escaped, elsewhere a value stands as JSON has it.
    pub(in crate::dispatch) fn body(&self, turn: &Turn<'_>) -> String {
        if !self.is_json() {
            return self.text(turn);
        }
        let (mut out, mut quoted) = (String::new(), false);
        for part in &self.0 {
            match part {
                Part::Text(text) => {
                    quoted = ends_quoted(text, quoted);
                    out.push_str(text);
                }
                Part::Source(source) if quoted => {
                    let text = Value::from(Self(vec![Part::Source(source.clone())]).text(turn));
                    let text = text.to_string();
                    out.push_str(text.get(1..text.len() - 1).unwrap_or_default());
                }
                Part::Source(source) => {
                    out.push_str(&source.value(turn).unwrap_or_default().to_string());
                }
            }
        }
        out
    }

    /// Whether it is an object or a list of JSON, with a number for each value that is filled in.
    fn is_json(&self) -> bool {
        let text = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Source(_) => "0".to_owned(),
        };
        let sample: String = self.0.iter().map(text).collect();
        sample.trim_start().starts_with(['{', '['])
            && serde_json::from_str::<serde::de::IgnoredAny>(&sample).is_ok()
    }

    /// The value: of a text that is one `${…}` alone with its type, and `None` where it is not there.
    pub(in crate::dispatch) fn value(&self, turn: &Turn<'_>) -> Option<Value> {
        match &self.0[..] {
            [Part::Source(source)] => source.value(turn).filter(|value| !value.is_null()),
            _ => Some(Value::String(self.text(turn))),
        }
    }
}

/// Whether a string of JSON is open behind a text.
fn ends_quoted(text: &str, mut quoted: bool) -> bool {
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted => {
                letters.next();
            }
            '"' => quoted = !quoted,
            _ => {}
        }
    }
    quoted
}

impl Source {
    fn parse(name: &str) -> Result<Self, TemplateError> {
        if let Some(plain) = PLAIN.iter().find(|plain| **plain == name) {
            return Ok(Self::Plain(plain));
        }
        let unknown = || TemplateError::Unknown(name.to_owned());
        let Some((first, rest)) = name.split_once('.').filter(|(_, rest)| !rest.is_empty()) else {
            let bare = NAMED.contains(&name);
            return Err(if bare { TemplateError::Bare(name.to_owned()) } else { unknown() });
        };
        let path = || rest.split('.').map(str::to_owned).collect();
        Ok(match first {
            "claims" => Self::Claims(path()),
            "config" => Self::Config(path()),
            "header" => Self::Header(rest.to_owned()),
            "param" => Self::Param(rest.to_owned()),
            "metadata" => Self::Metadata(rest.to_owned()),
            "session" => {
                if let Some(name) = rest.strip_prefix("metadata.") {
                    return Ok(Self::SessionMetadata(name.to_owned()));
                }
                let member = SESSION.iter().find(|member| **member == rest);
                Self::Session(member.ok_or_else(unknown)?)
            }
            _ => return Err(unknown()),
        })
    }

    fn value(&self, turn: &Turn<'_>) -> Option<Value> {
        let head = turn.head;
        let text = |text: &str| Value::from(text);
        match self {
            Self::Plain(name) => match *name {
                "api" => Some(text(head.api_id)),
                "org" => Some(text(head.org_id)),
                "hook" => Some(text(head.hook.word())),
                "name" => Some(text(head.hook_name)),
                "method" => Some(text(head.method)),
                "path" => Some(text(head.path())),
                "now" => Some(jiff::Timestamp::now().as_second().into()),
                name => turn.identity.get(name).cloned(),
            },
            Self::Header(name) => head.header(name).map(text),
            Self::Param(name) => head.param(name).map(text),
            Self::Metadata(name) => turn.metadata(name).map(text),
            Self::Claims(path) => member(turn.identity.get("claims")?, path),
            Self::Config(path) => {
                let config: Value = serde_json::from_str(head.spec("config_data")?).ok()?;
                member(&config, path)
            }
            Self::Session(name) => turn.session().and_then(|session| of_session(&session, name)),
            Self::SessionMetadata(name) => {
                turn.session().and_then(|session| session.metadata.get(name).map(|it| text(it)))
            }
        }
    }
}

/// What lies under these names; a name may hold dots itself.
fn member(value: &Value, path: &[String]) -> Option<Value> {
    let whole = path.join(".");
    if let Some(found) = value.get(&whole) {
        return Some(found.clone());
    }
    path.iter().try_fold(value, |value, name| value.get(name)).cloned()
}

fn of_session(session: &SessionState, name: &str) -> Option<Value> {
    let text = |text: &String| (!text.is_empty()).then(|| Value::from(text.as_str()));
    let list = |list: &Vec<String>| (!list.is_empty()).then(|| Value::from(list.clone()));
    match name {
        "alias" => text(&session.alias),
        "org_id" => text(&session.org_id),
        "key_id" => text(&session.key_id),
        "oauth_client_id" => text(&session.oauth_client_id),
        "apply_policy_id" => text(&session.apply_policy_id),
        "apply_policies" => list(&session.apply_policies),
        "tags" => list(&session.tags),
        "rate" => Some(session.rate.into()),
        "per" => Some(session.per.into()),
        "expires" => Some(session.expires.into()),
        _ => Some(session.quota_max.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said() {
        let error = |text: &str| Template::parse(text).unwrap_err();
        assert_eq!(error("a ${claims.sub"), TemplateError::Open);
        assert_eq!(error("${claims}"), TemplateError::Bare("claims".into()));
        assert_eq!(error("${claim.sub}").help().unwrap(), "did you mean `${claims.sub}`?");
        assert_eq!(error("${usr}").help().unwrap(), "did you mean `${user}`?");
        assert!(error("${session.nope}").help().unwrap().contains("alias, org_id"));
        assert_eq!(error("${claims.}").to_string(), "`${claims.}` names nothing that is known");
    }

    #[test]
    fn members_may_lie_deep_and_have_dots_in_their_names() {
        let value = serde_json::json!({"a": {"b": [1]}, "http://x.y/z": 2});
        let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(member(&value, &path("a.b")), Some(serde_json::json!([1])));
        assert_eq!(member(&value, &path("http://x.y/z")), Some(2.into()));
        assert_eq!(member(&value, &path("a.c")), None);
    }

    #[test]
    fn a_body_of_json_stays_json_whatever_is_filled_in() {
        let mut object = Vec::new();
        crate::domain::object::wire::put_entry(&mut object, 1, "X-A", "a\"b\\\n");
        let mut bytes = vec![0x08, 1];
        crate::domain::object::wire::put_bytes(&mut bytes, 3, &object);
        let bytes = bytes::Bytes::from(bytes);
        let head = crate::domain::object::Head::read(&bytes).unwrap();
        let metadata = http::HeaderMap::new();
        let turn = Turn::new(&head, &bytes, &metadata);
        for (text, body) in [
            (r#"{"a": "<${header.X-A}>"}"#, r#"{"a": "<a\"b\\\n>"}"#),
            (r#"{"a\"${header.X-A}": 1}"#, r#"{"a\"a\"b\\\n": 1}"#),
            (r#"{"a": ${header.X-A}, "b": ${header.X-B}}"#, r#"{"a": "a\"b\\\n", "b": null}"#),
            ("[${param.a}]", "[null]"),
            ("${header.X-A}", "a\"b\\\n"),
            (r#"{"a" ${header.X-A}"#, "{\"a\" a\"b\\\n"),
        ] {
            assert_eq!(Template::parse(text).unwrap().body(&turn), body, "{text}");
        }
    }
}
