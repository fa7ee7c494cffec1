//! The client for a Gateway's control API, against what a real one answered.

use std::net::TcpListener;

use secrecy::SecretString;
use tyk_tui::domain::api::{Definition, Kind};
use tyk_tui::net::http::CallError;
use tyk_tui::services::gateway::{Action, Gateway, Request, Status, Why};

use super::stand_in::{Exchange, SECRET, StandIn, recorded};

fn client(stand_in: &StandIn) -> Gateway {
    Gateway::new(&stand_in.url(), Some(&SecretString::from(SECRET))).unwrap()
}

fn id(definition: &Definition) -> Option<String> {
    let words: &[&str] = match definition.kind() {
        Kind::Classic => &["api_id"],
        _ => &["x-tyk-api-gateway", "info", "id"],
    };
    definition.value(words)?.string()
}

/// An answer of something that is not in the recordings.
fn other(path: &str, status: u16, kind: &str, body: &str) -> Exchange {
    let (path, kind, body) = (path.to_owned(), kind.to_owned(), body.to_owned());
    Exchange { name: String::new(), method: "GET".to_owned(), path, status, kind, body }
}

#[tokio::test]
async fn health_needs_no_secret_and_tolerates_headers_of_any_bytes() {
    let stand_in = StandIn::with(&["025", "003"]);
    let gateway = Gateway::new(&stand_in.url(), None).unwrap();
    let hello = gateway.hello().await.unwrap();
    assert_eq!((hello.status, hello.version.as_str()), (Status::Pass, "v5.5.0-dev"));
    assert_eq!(hello.details["redis"].status, Status::Pass);
    assert_eq!(gateway.ready().await, Ok(Some(true)));
    assert!(stand_in.seen().iter().all(|seen| seen.secret.is_none()));
    // In the first ten seconds nothing is known of what it needs.
    let stand_in = StandIn::with(&["001", "752"]);
    assert!(client(&stand_in).hello().await.unwrap().details.is_empty());
    assert_eq!(client(&stand_in).ready().await, Ok(Some(false)));
}

#[tokio::test]
async fn the_secret_is_told_from_its_absence_and_from_a_right_one() {
    let stand_in = StandIn::with(&["017"]);
    let none = Gateway::new(&stand_in.url(), None).unwrap();
    assert_eq!(none.apis().await.unwrap_err().why, Why::Secret { given: false });
    let wrong = Gateway::new(&stand_in.url(), Some(&SecretString::from("wrong"))).unwrap();
    assert_eq!(wrong.accepts_secret().await.unwrap_err().why, Why::Secret { given: true });
    assert_eq!(client(&stand_in).accepts_secret().await, Ok(()));
    assert!(client(&stand_in).apis().await.unwrap().is_empty());
    let line_break = SecretString::from("two\nlines");
    let error = Gateway::new(&stand_in.url(), Some(&line_break)).map(|_| ()).unwrap_err();
    assert_eq!(error.why, Why::Call(CallError::Secret));
    assert!(!error.problem().to_string().contains("lines"));
}

#[tokio::test]
async fn apis_come_as_their_kind_is_sorted_by_id() {
    let stand_in = StandIn::with(&["415", "372", "374", "373", "039"]);
    let apis = client(&stand_in).apis().await.unwrap();
    let ids: Vec<_> = apis.iter().filter_map(id).collect();
    assert!(ids.is_sorted() && ids.len() == 2, "{ids:?}");
    let kinds: Vec<_> = apis.iter().map(Definition::kind).collect();
    assert!(kinds.contains(&Kind::Classic) && kinds.contains(&Kind::Oas));
    assert_eq!(client(&stand_in).api("oas-plugins").await.unwrap().kind(), Kind::Oas);
    let minimal = client(&stand_in).api("minimal").await.unwrap();
    // The bytes are the Gateway's.
    assert_eq!(minimal.source(), recorded("039").body.as_bytes());
}

#[tokio::test]
async fn a_definition_is_stored_raw_and_under_its_own_id() {
    let wrapped = r#"{"api_model": {}, "api_definition": {"api_id": "minimal",  "name": "m"}}"#;
    let wrapped = Definition::open(wrapped).unwrap();
    let stand_in = StandIn::with(&["033", "047"]);
    let written = client(&stand_in).create(&wrapped).await.unwrap();
    assert_eq!((written.key.as_str(), written.action), ("minimal", Action::Added));
    let sent = stand_in.seen().pop().unwrap();
    assert_eq!((sent.method.as_str(), sent.path.as_str()), ("POST", "/tyk/apis"));
    assert_eq!(sent.body, br#"{"api_id": "minimal",  "name": "m"}"#);
    // An id in use is not overwritten.
    let stand_in = StandIn::with(&["039", "047"]);
    let error = client(&stand_in).create(&wrapped).await.unwrap_err();
    assert!(error.to_string().contains("already"), "{error}");
    assert_eq!(stand_in.seen().len(), 1);
    // An id that the Gateway made up is told.
    let stand_in = StandIn::with(&["033", "049"]);
    let error = client(&stand_in).create(&wrapped).await.unwrap_err();
    assert!(matches!(error.why, Why::OtherKey { .. }), "{error}");
}

#[tokio::test]
async fn what_a_gateway_would_take_for_an_empty_api_is_not_sent() {
    let stand_in = StandIn::with(&["049", "301"]);
    for text in ["{}", r#"{"openapi": "3.0.3", "info": {}, "paths": {}}"#] {
        let definition = Definition::open(text).unwrap();
        assert!(matches!(
            client(&stand_in).create(&definition).await.unwrap_err().why,
            Why::Unfit(_)
        ));
        assert!(matches!(
            client(&stand_in).replace(&definition).await.unwrap_err().why,
            Why::Unfit(_)
        ));
    }
    assert!(stand_in.seen().is_empty());
}

#[tokio::test]
async fn refusals_are_in_the_gateways_words_and_say_what_to_do() {
    let oas = r#"{"openapi":"3.0.3","x-tyk-api-gateway":{"info":{"id":"oas-plugins"}}}"#;
    let oas = Definition::open(oas).unwrap();
    let classic = Definition::open(r#"{"api_id": "oas-plugins"}"#).unwrap();
    let stand_in = StandIn::with(&["380", "389"]);
    let error = client(&stand_in).replace(&oas).await.unwrap_err();
    assert!(error.to_string().contains("400: Request APIID does not match"), "{error}");
    let error = client(&stand_in).replace(&classic).await.unwrap_err();
    assert!(error.to_string().contains("only supports Tyk Classic APIs"), "{error}");
    // With a Dashboard behind it.
    let minimal = Definition::open(r#"{"api_id": "minimal"}"#).unwrap();
    let error = client(&StandIn::with(&["033", "758"])).create(&minimal).await.unwrap_err();
    assert_eq!(error.why, Why::DashboardOnly);
    let error = client(&StandIn::with(&["420"])).schema("9.9").await.unwrap_err();
    assert!(error.to_string().contains("Schema not found"), "{error}");
    assert_eq!(client(&StandIn::with(&["037"])).reload(true).await, Ok(()));
}

#[tokio::test]
async fn what_is_no_gateway_is_told() {
    let page = "<html><body>Dashboard login</body></html>";
    let stand_in = StandIn::answering(vec![
        other("/hello", 200, "text/html", page),
        other("/ready", 301, "text/html", ""),
    ]);
    let gateway = client(&stand_in);
    let error = gateway.hello().await.unwrap_err();
    assert!(matches!(&error.why, Why::NotAGateway(text) if text.contains("Dashboard login")));
    assert!(error.problem().help.unwrap().contains("control_api_port"));
    // A redirect would take the secret along.
    let error = gateway.ready().await.unwrap_err();
    assert!(matches!(error.why, Why::Call(CallError::Redirect(_))), "{error:?}");
    // Go's words to HTTP on a port with TLS.
    let tls = other("/hello", 400, "", "Client sent an HTTP request to an HTTPS server.\n");
    let error = client(&StandIn::answering(vec![tls])).hello().await.unwrap_err();
    assert_eq!(error.why, Why::SpeaksTls);
}

#[tokio::test]
async fn what_does_not_answer_is_told_with_what_to_do() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = Gateway::new(&url, None).unwrap().hello().await.unwrap_err();
    assert!(matches!(error.why, Why::Call(CallError::Unreachable(_))), "{error:?}");
    assert_eq!(error.problem().place, Some(format!("{url}/hello")));
    // HTTPS on a port without TLS.
    let stand_in = StandIn::with(&["025"]);
    let url = stand_in.url().replace("http:", "https:");
    let error = Gateway::new(&url, None).unwrap().hello().await.unwrap_err();
    assert!(matches!(error.why, Why::Call(CallError::Tls(_))), "{error:?}");
    assert!(error.problem().help.unwrap().contains("http://"));
    for (address, what) in [
        ("localhost:8080", "http://host:port"),
        ("ftp://localhost", "http://host:port"),
        ("http://user:pass@localhost", "name or password"),
        ("http://localhost/?a=b", "leave out"),
    ] {
        let problem = Gateway::new(address, None).map(|_| ()).unwrap_err().problem();
        assert!(problem.what.contains(what) && !problem.to_string().contains("pass@"), "{problem}");
        assert_eq!(problem.kind.exit_code(), 2);
    }
}

#[tokio::test]
async fn debug_tells_what_the_plugins_did() {
    let api = Definition::open(r#"{"api_id": "dbg"}"#).unwrap();
    let request = Request {
        method: "GET".to_owned(),
        path: "/x".to_owned(),
        headers: [("A".to_owned(), vec!["1".to_owned(), "2".to_owned()])].into(),
        body: String::new(),
    };
    let stand_in = StandIn::with(&["507"]);
    let debugged = client(&stand_in).debug(&request, &api).await.unwrap();
    assert_eq!((debugged.built, debugged.status), (true, Some(401)));
    assert!(debugged.dump.contains("401 Unauthorized"), "{}", debugged.dump);
    assert!(debugged.logs.iter().any(|line| line.msg.contains("CustomKeyCheck")));
    let sent: serde_json::Value = serde_json::from_slice(&stand_in.seen()[0].body).unwrap();
    assert_eq!(sent["spec"]["api_id"], "dbg");
    assert_eq!(sent["request"]["headers"]["A"][1], "2");
    // A bundle that is refused: the API could not be built.
    let debugged = client(&StandIn::with(&["518"])).debug(&request, &api).await.unwrap();
    assert_eq!((debugged.built, debugged.status), (false, None));
    assert!(debugged.logs.iter().any(|line| line.error == "invalid checksum"), "{debugged:?}");
    let error = client(&StandIn::with(&["525"])).debug(&request, &api).await.unwrap_err();
    assert!(error.to_string().contains("Spec field is missing"), "{error}");
}
