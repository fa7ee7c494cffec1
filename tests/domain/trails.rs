//! The calls of a request put together, and those that did not come explained, on what a real Gateway sent.

use std::collections::BTreeMap;

use tyk_tui::domain::api::Definition;
use tyk_tui::domain::effect::{Outcome, judge};
use tyk_tui::domain::json::{Document, Trailing};
use tyk_tui::domain::object::Head;
use tyk_tui::domain::trail::{
    Basis, Call, Came, Circumstances, Plan, Step, TraceId, ends, group, phase, steps,
};

use crate::recordings::{Case, cases};

/// Microseconds from one call of a request to the next.
const STEP: i64 = 1_000;

/// How a call of a case ended.
fn outcome(case: &Case, dispatch: &serde_json::Value) -> Option<Outcome> {
    let request = case.bytes(dispatch, "request")?;
    let reply = case.bytes(dispatch, "reply");
    let answer = match (&reply, dispatch["error"].as_str()) {
        (_, Some(error)) => Err(error),
        (Some(reply), None) => Ok(&reply[..]),
        (None, None) => return None,
    };
    judge(&request, answer, false, usize::MAX).ok().map(|verdict| verdict.outcome)
}

/// The calls of a case, the first of which came then; none where not all bytes are kept.
fn calls(case: &Case, begin: i64) -> Vec<Call> {
    let mut at = begin;
    let read = |dispatch: &serde_json::Value| {
        let request = case.bytes(dispatch, "request")?;
        let metadata = dispatch["grpc_metadata"].as_array()?;
        let parent = metadata.iter().find(|pair| pair[0] == "traceparent");
        let trace = parent.and_then(|pair| TraceId::of_parent(pair[1].as_str()?));
        let span = (at, at + STEP / 2);
        at += STEP;
        let ends = ends(outcome(case, dispatch));
        Some(
            Call::read(&request, case.bytes(dispatch, "reply").as_deref(), trace, span, ends)
                .unwrap(),
        )
    };
    case.dispatches().into_iter().map(read).collect::<Option<_>>().unwrap_or_default()
}

#[test]
fn each_request_of_the_recordings_is_one_group() {
    let (mut several, mut traced) = (0, 0);
    for case in cases() {
        let calls = calls(&case, 0);
        if calls.is_empty() {
            continue;
        }
        let trails = group(&calls);
        assert_eq!(trails.len(), 1, "{}: {trails:?}", case.name);
        assert_eq!(trails[0].calls, (0..calls.len()).collect::<Vec<_>>(), "{}", case.name);
        several += usize::from(calls.len() > 1);
        match trails[0].basis {
            Basis::Trace => {
                traced += 1;
                assert!(case.name.contains("otel-"), "{}", case.name);
            }
            basis => assert_eq!(basis, Basis::Guess { rivals: false }, "{}", case.name),
        }
    }
    assert!(several > 80 && traced == 3, "{several} {traced}");
}

/// All recordings as if they had come at once: of each API those that look the same cannot be told apart, and that is
/// said; all others are.
#[rstest::rstest]
#[case(1)]
#[case(37)]
fn requests_at_the_same_time_are_told_apart_or_called_a_guess(#[case] apart: i64) {
    let mut all = Vec::new();
    let mut of = Vec::new();
    for (number, case) in cases().iter().enumerate() {
        let calls = calls(case, i64::try_from(number).unwrap() * apart);
        of.extend(calls.iter().map(|_| case.name.clone()));
        all.extend(calls);
    }
    let (mut whole, mut mixed) = (0, Vec::new());
    for trail in group(&all) {
        let cases: Vec<_> = trail.calls.iter().map(|&at| &of[at]).collect();
        let size = of.iter().filter(|case| *case == cases[0]).count();
        if cases.iter().all(|case| case == &cases[0]) && cases.len() == size {
            whole += 1;
        } else {
            assert_eq!(trail.basis, Basis::Guess { rivals: true }, "{cases:?}");
            mixed.push(cases[0].clone());
        }
    }
    // Requests that were sent twice, and nothing else.
    assert!(whole > 200 && mixed.len() < 6, "{whole} {mixed:?}");
}

#[test]
fn twins_of_which_one_overtakes_the_other_are_in_doubt() {
    let case = cases().into_iter().find(|case| case.name == "traffic/all-hooks.0").unwrap();
    let mut all = calls(&case, 0);
    let mut other = calls(&case, 100);
    for call in &mut other[2..] {
        call.span = (call.span.0 - 200, call.span.1 - 200);
    }
    all.extend(other);
    let trails = group(&all);
    assert_eq!(trails.len(), 2);
    for trail in trails {
        assert_eq!((trail.calls.len(), trail.basis), (5, Basis::Guess { rivals: true }));
    }
    // A minute apart they are no twins.
    let mut apart = calls(&case, 0);
    apart.extend(calls(&case, 60_000_000));
    let trails = group(&apart);
    assert!(trails.iter().all(|trail| trail.basis == Basis::Guess { rivals: false }), "{trails:?}");
}

#[test]
fn a_client_that_sends_several_requests_in_one_trace_gets_them_apart() {
    let by_name: BTreeMap<_, _> =
        cases().into_iter().map(|case| (case.name.clone(), case)).collect();
    let mut all = calls(&by_name["more/otel-incoming"], 0);
    // The same trace, of another span of the client, at the same time.
    all.extend(calls(&by_name["more/otel-incoming-unsampled"], 100));
    let trails = group(&all);
    let numbers: Vec<_> = trails.iter().map(|trail| trail.calls.clone()).collect();
    assert_eq!(numbers, [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]);
    assert!(trails.iter().all(|trail| trail.basis == Basis::Trace), "{trails:?}");
}

/// `hook name: why` of what is missing, where there is a definition.
fn missing(case: &Case, since: i64, event: Option<&str>) -> Option<Vec<String>> {
    let definition = case.recorded.get("definition")?;
    let definition = Definition::open(definition.to_string()).unwrap();
    let plan = Plan::of("it", &definition, None, false);
    Some(steps_of(case, &plan, since, event))
}

fn steps_of(case: &Case, plan: &Plan, since: i64, event: Option<&str>) -> Vec<String> {
    let requests: Vec<_> = case
        .dispatches()
        .into_iter()
        .filter_map(|dispatch| Some((case.bytes(dispatch, "request")?, outcome(case, dispatch))))
        .collect();
    let heads: Vec<_> = requests.iter().map(|(request, _)| Head::read(request).unwrap()).collect();
    let made: Vec<_> = heads
        .iter()
        .zip(&requests)
        .map(|(head, (_, outcome))| Came {
            phase: phase(head.hook).unwrap(),
            name: head.hook_name,
            outcome: *outcome,
            status: None,
        })
        .collect();
    let headers = heads.first().into_iter().flat_map(Head::headers);
    let circumstances = Circumstances {
        since,
        event: event.map(str::to_owned),
        headers: headers.map(|(name, _)| name.to_owned()).collect(),
        ..Circumstances::default()
    };
    let steps = steps(&made, Some(plan), &circumstances);
    let shown = steps.iter().filter_map(|step| match step {
        Step::Came { expected: true, .. } => None,
        Step::Came { call, .. } => {
            Some(format!("{} {}!", made[*call].phase.word(), made[*call].name))
        }
        Step::Missing { phase, name, why } => Some(format!("{} {name}: {why}", phase.word())),
    });
    shown.collect()
}

#[test]
fn what_did_not_come_is_explained_by_definition_and_answers() {
    let expected: &[(&str, &[&str])] = &[
        (
            "oas/oas-disabled",
            &[
                "pre echo_never: disabled in the definition",
                "post echo_never_post: disabled in the definition",
            ],
        ),
        (
            "oas/oas-five.no-key",
            &[
                "post_key_auth echo_post_key_auth: auth_check answered",
                "post echo_post: auth_check answered",
                "response echo_response: auth_check answered",
            ],
        ),
        ("oas/oas-five.get", &[]),
        ("oas/oas-order", &[]),
        ("oas/oas-id-extractor.1", &[]),
        ("oas/oas-id-extractor.2", &["auth_check auth_deadline: cached by the id extractor"]),
        // Of a caller without the header that the id extractor looks at: 400, `Authorization field missing`.
        (
            "extra/id-extractor-no-id",
            &[
                "auth_check auth_check: refused unasked: no Authorization, which the id extractor needs",
                "post_key_auth post_key_auth: refused unasked: no Authorization, which the id extractor needs",
                "post post: refused unasked: no Authorization, which the id extractor needs",
                "post post2: disabled in the definition",
                "response response: refused unasked: no Authorization, which the id extractor needs",
            ],
        ),
        ("oas/oas-auth-unnamed", &[]),
        ("oas/oas-auth-no-config", &[]),
        ("oas/oas-auth-config-disabled", &[]),
        ("more/otel-incoming", &[]),
    ];
    let expected: BTreeMap<_, _> = expected.iter().copied().collect();
    let mut seen = Vec::new();
    for case in cases() {
        let whole = calls(&case, 0).len() == case.dispatches().len();
        if case.dispatches().is_empty() || !whole {
            continue;
        }
        let Some(missing) = missing(&case, 60_000_000, None) else { continue };
        if let Some(known) = expected.get(case.name.as_str()) {
            assert_eq!(missing, *known, "{}", case.name);
            seen.push(case.name.clone());
        }
        // Of all others nothing is missing but what an answer stopped.
        let stopped = case.recorded["upstream_saw"].is_null();
        let is_known = |line: &String| {
            let why = line.split(": ").last().unwrap_or_default();
            stopped && (why.ends_with(" answered") || why.ends_with(" failed"))
        };
        let is_listed = expected.contains_key(case.name.as_str());
        assert!(is_listed || missing.iter().all(is_known), "{}: {missing:?}", case.name);
    }
    assert_eq!(seen.len(), expected.len(), "{seen:?}");
}

/// Hooks behind the authentication, of callers that the Gateway stopped there.
#[rstest::rstest]
#[case("more/event-quota-exceeded.2", "QuotaExceeded")]
#[case("more/event-key-expired", "KeyExpired")]
fn what_the_gateway_stopped_is_said_by_its_event(#[case] name: &str, #[case] event: &str) {
    let mut case = cases().into_iter().find(|case| case.name == name).unwrap();
    let hooks = &mut case.recorded["definition"]["custom_middleware"];
    hooks["post"] = serde_json::json!([{"name": "later"}]);
    let of = |since: i64, event: Option<&str>| missing(&case, since, event).unwrap();
    assert_eq!(of(0, None), ["post later: not yet"]);
    assert_eq!(of(0, Some(event)), [format!("post later: the Gateway stopped: {event}")]);
}

#[test]
fn hooks_of_a_bundle_are_its_manifests() {
    let case = cases().into_iter().find(|case| case.name == "oas/oas-bundle").unwrap();
    let definition = Definition::open(case.recorded["definition"].to_string()).unwrap();
    let manifest = r#"{"custom_middleware": {"pre": [{"name": "echo_bundle_pre"}], "post": [{"name": "later"}], "driver": "grpc"}}"#;
    let manifest = Document::parse(manifest, Trailing::Refused).unwrap();
    let manifest = Definition::of_manifest(manifest);
    let plan = Plan::of("it", &definition, Some(&manifest), false);
    assert_eq!(
        steps_of(&case, &plan, 60_000_000, None),
        ["post later: the Gateway stopped: key, rights, rate, quota, or its cache answered"]
    );
    assert_eq!(steps_of(&case, &plan, 1_000, None), ["post later: not yet"]);
    let request = case.bytes(case.dispatches()[0], "request").unwrap();
    assert!(plan.is_of(Head::read(&request).unwrap().bundle_hash));
    // Without the manifest nothing is expected, and what came is not called a surprise of the definition's.
    let unknown = Plan::of("it", &definition, None, false);
    assert_eq!(steps_of(&case, &unknown, 60_000_000, None), Vec::<String>::new());
}

#[test]
fn a_keyless_api_calls_neither_auth_check_nor_post_key_auth() {
    let case = cases().into_iter().find(|case| case.name == "effects/auth-keyless").unwrap();
    let hooks = r#""custom_middleware": {"pre": [{"name": "echo_pre"}], "auth_check": {"name": "auth_ok"}, "post_key_auth": [{"name": "echo_pka"}], "driver": "grpc"}"#;
    let of = |auth: &str, since: i64| {
        let definition = Definition::open(format!("{{{auth}, {hooks}}}")).unwrap();
        steps_of(&case, &Plan::of("it", &definition, None, false), since, None)
    };
    assert_eq!(
        of(r#""use_keyless": true, "custom_plugin_auth_enabled": true"#, 60_000_000),
        ["auth_check auth_ok: the API is keyless", "post_key_auth echo_pka: the API is keyless"]
    );
    assert_eq!(
        of(r#""use_standard_auth": true"#, 0),
        ["auth_check auth_ok: custom authentication is off", "post_key_auth echo_pka: not yet"]
    );
    let otto = of(r#""use_keyless": false"#, 0);
    assert_eq!(otto.len(), 2);
}
