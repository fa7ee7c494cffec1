use super::*;
use crate::domain::redact::{Policy, Redacted, Shown};
use crate::services::gateway::LogLine;

const DUMP: &str = "====== Request ======\nGET /x HTTP/1.1\r\nHost: up\r\nAuthorization: s3cret\r\n\r\n\n====== Response ======\nHTTP/1.1 200 OK\r\nX-A: b\r\n\r\n{\"token\": \"t0p\"}";

#[test]
fn a_dump_is_taken_apart_and_its_secrets_are_hidden() {
    let (request, response) = dump::parts(DUMP, &Shown);
    let (request, response) = (request.unwrap(), response.unwrap());
    assert_eq!(request.first, "GET /x HTTP/1.1");
    assert_eq!(request.headers[1], ("Authorization".to_owned(), "s3cret".to_owned()));
    assert_eq!((request.body.as_str(), response.first.as_str()), ("", "HTTP/1.1 200 OK"));
    let redacted = Redacted::new(Policy::default(), [7; 32]);
    let (request, response) = dump::parts(DUMP, &redacted);
    let (request, response) = (request.unwrap(), response.unwrap());
    assert!(request.headers[1].1.starts_with("«redacted"), "{request:?}");
    assert!(!response.body.contains("t0p"), "{response:?}");
    assert_eq!(dump::parts("", &Shown), (None, None));
}

#[test]
fn lines_go_to_the_middleware_that_they_are_about() {
    let line = |text: &str| serde_json::from_str::<LogLine>(text).unwrap();
    let log = [
        r#"{"level":"debug","msg":"Registering coprocess middleware, hook name: ahook type: Pre, driver: grpc"}"#,
        r#"{"level":"debug","msg":"Registering coprocess middleware, hook name: the hook type: CustomKeyCheck, driver: grpc"}"#,
        r#"{"level":"warning","msg":"careful"}"#,
        r#"{"level":"debug","msg":"Started","mw":"VersionCheck"}"#,
        r#"{"level":"debug","msg":"Finished","mw":"VersionCheck","code":200,"ns":1000}"#,
        r#"{"level":"debug","msg":"Started","mw":"CoProcessMiddleware"}"#,
        r#"{"level":"debug","msg":"CoProcess Request, HookType: Pre","mw":"CoProcessMiddleware"}"#,
        r#"{"level":"error","msg":"Dispatch error","error":"down","mw":"CoProcessMiddleware"}"#,
        r#"{"level":"debug","msg":"Finished","mw":"CoProcessMiddleware","code":500,"error":"Middleware error","ns":2000000}"#,
    ];
    let log: Vec<_> = log.into_iter().map(line).collect();
    let (building, chain) = story::told(&log, &Shown);
    assert_eq!(building, [Line { level: "warning".into(), text: "careful".into() }]);
    assert_eq!(chain.len(), 2);
    assert_eq!((chain[0].hook.as_ref(), chain[0].code), (None, Some(200)));
    let plugin = &chain[1];
    assert_eq!(plugin.hook, Some(("pre", "a".to_owned())));
    assert_eq!((plugin.code, plugin.error.as_deref()), (Some(500), Some("Middleware error")));
    assert_eq!(plugin.took.unwrap().as_millis(), 2);
    assert_eq!(plugin.lines[0].text, "Dispatch error: down");
}

#[test]
fn a_request_is_read_as_http_has_it_and_what_cannot_be_sent_is_refused() {
    let text = "post /orders HTTP/1.1\r\nX-A: 1\r\nX-A: 2\r\n\r\n{\"a\": 1}\n";
    let request = parse(text).unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/orders"));
    assert_eq!(request.headers["X-A"], ["1", "2"]);
    assert_eq!(request.body, "{\"a\": 1}\n");
    assert_eq!(parse("GET x\n").unwrap().path, "/x");
    for (text, what) in [
        ("", "first line"),
        ("GET", "first line"),
        ("GET /x?a=b", "query"),
        ("G/T /x", "no method"),
        ("GET /x\nsecret", "Name: value"),
    ] {
        let problem = parse(text).unwrap_err();
        assert!(
            problem.what.contains(what) && !problem.to_string().contains("secret"),
            "{problem}"
        );
    }
}

#[test]
fn what_a_trial_leaves_is_said_by_what_the_api_has() {
    let leaves = |text: &str| leaves(&Definition::open(text).unwrap()).len();
    assert_eq!(leaves(r#"{"use_keyless": true, "custom_middleware_bundle": "b.zip"}"#), 1);
    assert_eq!(leaves(r#"{"custom_middleware_bundle": "b.zip"}"#), 2);
    assert_eq!(leaves(r#"{"custom_plugin_auth_enabled": true}"#), 1);
    assert_eq!(leaves(r#"{"use_keyless": true}"#), 0);
}
