//! What we say that a Gateway will do with an answer, against what it did.

use tyk_tui::domain::effect::{Outcome, Verdict, judge};

use crate::recordings::{Case, cases, file};

const LIMIT: usize = 4 << 20;

/// The verdict on one call, where its bytes are kept.
fn verdict(case: &Case, dispatch: &serde_json::Value) -> Option<Verdict> {
    let request = case.bytes(dispatch, "request")?;
    let reply = case.bytes(dispatch, "reply");
    let error = dispatch["error"].as_str();
    let answer = match (&reply, error) {
        (_, Some(error)) => Err(error),
        (Some(reply), None) => Ok(&reply[..]),
        (None, None) => return None,
    };
    let limit = if case.name.contains("recv-") { usize::MAX } else { LIMIT };
    judge(&request, answer, false, limit).ok()
}

#[test]
fn the_status_that_the_last_answer_fixes_is_what_the_client_got() {
    let mut fixed = 0;
    for case in cases() {
        let Some(last) = case.dispatches().pop() else { continue };
        let Some(verdict) = verdict(&case, last) else { continue };
        let seen = case.status();
        if let Some(status) = verdict.status {
            fixed += 1;
            assert_eq!(Some(u64::from(status)), seen, "{} {verdict:?}", case.name);
        }
        if seen.is_none() {
            assert_eq!((verdict.outcome, verdict.status), (Outcome::Failed, None), "{}", case.name);
        }
        if verdict.outcome == Outcome::Failed {
            assert!(
                verdict.error.is_some() && case.recorded["upstream_saw"].is_null()
                    || last["file"].as_str().unwrap().contains("Response"),
                "{}",
                case.name
            );
        }
    }
    assert!(fixed > 100, "{fixed}");
}

#[test]
fn each_recorded_answer_has_the_outcome_that_its_name_promises() {
    let mut seen = 0;
    for case in cases() {
        for dispatch in case.dispatches() {
            let Some(verdict) = verdict(&case, dispatch) else { continue };
            let name = file(dispatch);
            let auth = name.contains("CustomKeyCheck");
            let expected = match name.split_once('-').unwrap().1.split_once('-').unwrap().1 {
                name if name.starts_with("echo") && auth => Outcome::Refused,
                name if name.starts_with("echo") => Outcome::Passed,
                "set_headers" if auth => Outcome::Refused,
                "url_query" if case.name.ends_with("rewrite-and-plugin-url") => Outcome::Failed,
                "set_headers" | "auth_ok" | "resp_status" | "url_query" | "params" => {
                    Outcome::Changed
                }
                "grpc_error" | "empty" | "no_overrides" | "no_request" | "url_bad" => {
                    if name.contains("Response-no_request") {
                        Outcome::Changed
                    } else {
                        Outcome::Failed
                    }
                }
                "override_401" if name.contains("Response") => Outcome::Changed,
                "unnamed" | "auth_deny" | "override_401" | "oe_401" | "oe_401_err" => {
                    Outcome::Refused
                }
                "override_200" | "override_302" | "oe_200" | "oe_200_err" => Outcome::Overridden,
                _ => continue,
            };
            seen += 1;
            assert_eq!(verdict.outcome, expected, "{}/{name} {verdict:?}", case.name);
        }
    }
    assert!(seen > 300, "{seen}");
}
