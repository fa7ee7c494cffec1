//! Edits of `session` and `metadata`: `auth_check` makes the session, every other hook sees it.

use serde_json::Value;

use super::super::change::Change;
use super::{Edited, Fate, Said, Sides, text};
use crate::domain::object::Hook;

/// An edit of `session`.
pub(super) fn of(sides: &Sides<'_>, change: &Change) -> Said {
    if sides.hook != Hook::AuthCheck {
        return Said::ignored("later hooks and the Gateway see the session as it was")
            .fix("make the session in auth_check");
    }
    if sides.code > 0 {
        return Said::ignored("the answer ends the request here: no session is made");
    }
    if change.after.is_none() || token(sides).is_empty() {
        return Said::ignored("the caller is refused: no session is made");
    }
    // `ProcessRequest` (`gateway/coprocess.go`) writes these itself, and takes those of a key that is there already.
    match change.path.get(1).map(String::as_str) {
        Some("orgId") if !is(change, text(sides.sent, "/spec/OrgID")) => {
            return Said::ignored("the Gateway sets that of the API");
        }
        Some("keyId") if !is(change, token(sides)) => {
            return Said::ignored("the Gateway sets the token");
        }
        // The Go code that is made of its messages knows no such fields: `coprocess_session_state.pb.go`.
        Some("postExpiryAction" | "postExpiryGracePeriod") => {
            return Said::ignored("a Gateway 5.14.0 reads it of policies alone")
                .fix("have a policy say it, and name that in applyPolicies");
        }
        Some("quotaRenews" | "quotaRemaining") => {
            return Said::depends("depends on whether the key is there already: its quota goes on");
        }
        _ => {}
    }
    Said::applied("becomes a key of the Gateway under its token; policies apply to it")
}

fn is(change: &Change, value: &str) -> bool {
    change.after.as_ref().and_then(Value::as_str) == Some(value)
}

/// A session that `auth_check` makes is one change; what the Gateway does not keep of it is one more each.
pub(super) fn with_what_is_not_kept(sides: &Sides<'_>, change: Change) -> Vec<Change> {
    let made = change.after.as_ref().and_then(Value::as_object);
    let Some(made) = made.filter(|_| change.path == ["session"]) else { return vec![change] };
    if of(sides, &change).fate != Fate::Applied {
        return vec![change];
    }
    let part = |(name, value): (&String, &Value)| Change {
        path: vec!["session".to_owned(), name.clone()],
        before: None,
        after: Some(value.clone()),
    };
    let mut parts: Vec<Change> = made.iter().map(part).collect();
    parts.retain(|part| of(sides, part).fate != Fate::Applied);
    parts.insert(0, change);
    parts
}

/// An entry of the Object's `metadata`. Source: `ProcessRequest` (`gateway/coprocess.go`) merges it into the answer's session,
/// of which only `auth_check` keeps anything; a response hook's code (`HandleResponse`) does not look at it.
pub(super) fn metadata(sides: &Sides<'_>, key: &str) -> Said {
    if sides.hook != Hook::AuthCheck {
        return Said::ignored("metadata is read of an auth_check answer alone");
    }
    if sides.code > 0 {
        return Said::ignored("the answer ends the request here: no session is made");
    }
    if sides.answer.get("session").is_none() {
        return Said::ignored("there is no session that it could be merged into");
    }
    match key {
        "token" => Said::applied("the session is kept under it"),
        _ => Said::applied("is merged into the session's metadata"),
    }
}

/// What an `auth_check` answer lacks, which is no edit: the Gateway refuses the caller.
pub(super) fn missing(sides: &Sides<'_>) -> Option<Edited> {
    let overrides = sides.answer.pointer("/request/returnOverrides");
    if sides.hook != Hook::AuthCheck || sides.code > 0 || overrides.is_none() {
        return None;
    }
    let (at, fix) = if sides.answer.get("session").is_none() {
        (vec!["session"], "set session, and metadata.token")
    } else if token(sides).is_empty() {
        (vec!["metadata", "token"], "set metadata.token, to a value that nobody can guess")
    } else {
        return None;
    };
    let path = at.into_iter().map(str::to_owned).collect();
    Some(Edited {
        change: Change { path, before: None, after: None },
        fate: Fate::Breaks,
        why: "403 Forbidden: the answer needs a session and a token".into(),
        fix: Some(fix.into()),
    })
}

/// The token under which the session is kept: the Object's own metadata go over the session's.
fn token<'a>(sides: &Sides<'a>) -> &'a str {
    let own = sides.answer.pointer("/metadata/token").and_then(Value::as_str);
    own.unwrap_or_else(|| text(sides.answer, "/session/metadata/token"))
}
