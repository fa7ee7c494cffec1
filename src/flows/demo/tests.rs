//! What the demo plays is what was recorded: the sample project's rules against a real server.

use std::path::{Path, PathBuf};

use super::*;
use crate::capture::{self, Capture};
use crate::config::Redact;
use crate::dispatch::{Rules, Running, Server};
use crate::domain::effect::{Outcome, judge};
use crate::domain::object::Hook;

/// A server with the sample project's rules, or with none.
fn server(stage: &Stage, with_rules: bool) -> (Running, Capture) {
    let mut settings = stage.settings().clone();
    settings.server.listen = "127.0.0.1:0".into();
    let rules = if with_rules { Rules::configured(&settings).unwrap() } else { Rules::default() };
    let view = capture::view(&Redact::default(), false).unwrap();
    let (recorder, capture) = Capture::start(&settings.capture, view, 4 << 20);
    (Server::start(&settings.server, rules, Some(recorder)).unwrap(), capture)
}

/// What the Gateway and the recording plugin did: hooks with their outcomes, and the caller's status.
fn recorded(name: &str) -> Played {
    let folder = Path::new("tests/fixtures/dispatch/demo").join(name);
    let case = std::fs::read(folder.join("case.json")).unwrap();
    let case: serde_json::Value = serde_json::from_slice(&case).unwrap();
    let bytes = |file: PathBuf| std::fs::read(file).unwrap();
    let hooks = case["dispatches"].as_array().unwrap().iter().map(|dispatch| {
        let file = dispatch["file"].as_str().unwrap();
        let request = bytes(folder.join(format!("{file}.request.pb")));
        let reply = bytes(folder.join(format!("{file}.reply.pb")));
        let outcome = judge(&request, Ok(&reply), false, 4 << 20).unwrap().outcome;
        let hook = crate::domain::object::Head::read(&request).unwrap().hook;
        (hook, outcome)
    });
    let status = case["http_response"]["status"].as_u64().unwrap();
    Played { hooks: hooks.collect(), status: u16::try_from(status).unwrap() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_bring_about_what_was_recorded() {
    let stage = Stage::set().unwrap();
    let (server, capture) = server(&stage, true);
    let gateway = Player::new(&server.address().to_string()).unwrap();
    for recording in ALL {
        let played = gateway.play(recording, |_| std::future::ready(())).await.unwrap();
        assert_eq!(played, recorded(recording.name), "{}", recording.name);
        assert_eq!(played.status, recording.status, "{}", recording.name);
        let hooks: Vec<Hook> = played.hooks.iter().map(|(hook, _)| *hook).collect();
        let embedded: Vec<Hook> = recording.dispatches.iter().map(|one| one.hook).collect();
        assert_eq!(hooks, embedded, "{}", recording.name);
    }
    let used: Vec<_> = server.rules().into_iter().filter(|rule| rule.hits > 0).collect();
    let used: Vec<&str> = used.iter().map(|rule| rule.name.as_str()).collect();
    let all = [
        "static-key",
        "tell-the-upstream",
        "closed",
        "payments-headers",
        "payments-key",
        "payments-query",
        "payments-teapot",
        "(none)",
    ];
    assert_eq!(used, all);
    server.stop();
    drop(capture);
}

#[tokio::test(flavor = "multi_thread")]
async fn later_hooks_bear_our_session_and_our_header() {
    let stage = Stage::set().unwrap();
    let (server, capture) = server(&stage, true);
    let gateway = Player::new(&server.address().to_string()).unwrap();
    let users = ALL.iter().find(|recording| recording.name == "users.0").unwrap();
    gateway.play(users, |_| std::future::ready(())).await.unwrap();
    server.stop();
    let mut changes = capture.changes();
    // Ends when all that was offered is stored.
    while changes.changed().await.is_ok() {}
    let post = capture.record(4).unwrap();
    assert_eq!(post.row.hook, Hook::Post);
    let object: crate::domain::object::coprocess::Object =
        prost::Message::decode(post.exchange.request.clone().unwrap()).unwrap();
    let session = object.session.unwrap();
    assert!(session.access_rights.contains_key("users"), "ours limits the key to its API");
    assert_eq!(session.session_lifetime, 3_600);
    assert_eq!(session.key_id, object.metadata["token"]);
    assert_eq!(object.request.unwrap().headers["X-Authenticated-By"], "static-key");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_stops_where_the_answer_stops_it() {
    let stage = Stage::set().unwrap();
    let (server, _capture) = server(&stage, false);
    let gateway = Player::new(&server.address().to_string()).unwrap();
    let orders = ALL.iter().find(|recording| recording.name == "orders.0").unwrap();
    let played = gateway.play(orders, |_| std::future::ready(())).await.unwrap();
    // Without a rule there is no session, and the Gateway answers 403.
    assert_eq!(
        played,
        Played {
            hooks: vec![(Hook::Pre, Outcome::Passed), (Hook::AuthCheck, Outcome::Refused)],
            status: 403
        }
    );
    server.stop();
    assert!(gateway.play(orders, |_| std::future::ready(())).await.is_err());
}

#[tokio::test]
async fn the_project_ships() {
    let stage = Stage::set().unwrap();
    let host = crate::services::host::Host::start(&stage.bundles(), "127.0.0.1:0").await.unwrap();
    let shipped = ship_once(&stage, Some(host.address())).await.unwrap();
    assert!(shipped.signed && shipped.url.is_some());
    assert!(shipped.name.starts_with("orders-auth-"), "{}", shipped.name);
}
