//! Where callers' keys and tokens stand: headers, parameters of the query, cookies. What stands there is shown nowhere.

use base64::Engine as _;
use prost::Message as _;
use tyk_tui::domain::object::coprocess::{Event, HookType, Object};
use tyk_tui::domain::object::{Message, to_json};
use tyk_tui::domain::redact::Shown;

use super::ran::{Ran, program};
use super::rules_auth::{ask, auth, serve, tokens};
use super::serving::{Gateway, Serve, object, wait_for};

const RULES: &str = r#"
[[rule]]
name = "token"
when = { hook = "auth_check", api = "token" }
[[rule.do]]
jwt = { algorithms = ["RS256"], key_file = "rsa.pub.pem", issuer = "https://id.example.org", audience = "orders", auth_header_name = "X-Pass", param_name = "ticket", cookie_name = "sid2" }

[[rule]]
name = "key"
when = { hook = "auth_check", api = "key" }
[[rule.do]]
static_key = { keys_file = "keys.txt", param_name = "key me!" }

[[rule]]
name = "cookie"
when = { hook = "auth_check", api = "cookie" }
[[rule.do]]
static_key = { keys_file = "keys.txt", cookie_name = "__Host-key" }
"#;

/// Names and values.
type Pairs<'a> = &'a [(&'a str, &'a str)];

/// Who asks, with headers and parameters: whether he is let in.
async fn is_let_in(
    gateway: &Gateway,
    api: &str,
    headers: &[(&str, &str)],
    params: &[(&str, &str)],
) -> bool {
    let mut object = auth(api, headers);
    let request = object.request.as_mut().unwrap();
    request.params = params.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let answer = ask(gateway, &object).await;
    let overrides = answer.request.unwrap().return_overrides.unwrap();
    match answer.session {
        Some(_) => assert!(overrides.response_code <= 0, "{overrides:?}"),
        None => assert_eq!(
            (overrides.response_code, &*overrides.response_error),
            (401, "Not authorized")
        ),
    }
    answer.session.is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_of_pyjwt_count_wherever_the_rule_looks_and_nowhere_else() {
    let tokens = tokens();
    let good = tokens["good"]["RS256"].as_str().unwrap();
    let bad = tokens["attacks on RS256"]["expired"].as_str().unwrap();
    let serve = serve(RULES);
    let gateway = serve.connect().await;
    let [bearer, cookie, quoted, both, other_case, wrong] = [
        format!("Bearer {good}"),
        format!("a=b; sid2={good}; c=d"),
        format!("sid2=\"{good}\""),
        format!("sid2={good}; sid2={bad}"),
        format!("SID2={good}"),
        format!("sid2={bad}"),
    ];
    let none: Pairs<'_> = &[];
    let cases: &[(&str, Pairs<'_>, Pairs<'_>, bool)] = &[
        ("header", &[("X-Pass", good)], none, true),
        ("header with Bearer", &[("X-Pass", &bearer)], none, true),
        ("parameter", none, &[("ticket", good)], true),
        ("parameter with Bearer", none, &[("ticket", &bearer)], true),
        ("cookie", &[("Cookie", &cookie)], none, true),
        ("cookie in quotes", &[("Cookie", &quoted)], none, true),
        ("the first of two cookies", &[("Cookie", &both)], none, true),
        ("another header", &[("Authorization", &bearer)], none, false),
        ("another parameter", none, &[("Ticket", good)], false),
        ("another cookie", &[("Cookie", &other_case)], none, false),
        ("nothing", none, none, false),
        ("empty everywhere", &[("X-Pass", ""), ("Cookie", "sid2=")], &[("ticket", "")], false),
        // As the Gateway's own authentication: the cookie counts before the parameter, that before the header.
        ("an empty cookie", &[("Cookie", "sid2="), ("X-Pass", good)], none, true),
        ("an empty parameter", &[("X-Pass", good)], &[("ticket", "")], true),
        ("parameter before header", &[("X-Pass", good)], &[("ticket", bad)], false),
        ("cookie before parameter", &[("Cookie", &wrong)], &[("ticket", good)], false),
    ];
    for (what, headers, params, expected) in cases {
        assert_eq!(is_let_in(&gateway, "token", headers, params).await, *expected, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_count_where_the_rule_looks_and_no_more_in_authorization() {
    let serve = serve(RULES);
    let gateway = serve.connect().await;
    let key = "s3cr3t-t0k3n";
    let cookie = format!("x; __Host-key={key}");
    let none: Pairs<'_> = &[];
    let cases: &[(&str, Pairs<'_>, Pairs<'_>, bool)] = &[
        ("key", none, &[("key me!", key)], true),
        ("key", none, &[("key me!", "s3cr3t-t0k3")], false),
        ("key", &[("Authorization", key)], none, false),
        ("cookie", &[("Cookie", &cookie)], none, true),
        ("cookie", &[("cookie", &cookie)], none, true),
        ("cookie", &[("Authorization", key)], none, false),
    ];
    for (api, headers, params, expected) in cases {
        assert_eq!(is_let_in(&gateway, api, headers, params).await, *expected, "{headers:?}");
    }
}

/// What must be nowhere: too short for the second look, in words of its own, and long.
const SECRETS: [&str; 3] = ["zq7", "Tr0ub4dor&3", "k3y-of-alice-0001"];

/// Sends all that has a secret under these names: an auth hook, a response hook of the same request, an event.
async fn send(gateway: &Gateway, header: &str, param: &str, cookie: &str) -> usize {
    let escaped = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'!' => char::from(byte).into(),
                b' ' => "+".to_owned(),
                other => format!("%{other:02X}"),
            })
            .collect::<String>()
    };
    for secret in SECRETS {
        let query = format!("a=1&{}={}", escaped(param), escaped(secret));
        let mut object =
            auth("key", &[(header, secret), ("Cookie", &format!("{cookie}={secret}"))]);
        let request = object.request.as_mut().unwrap();
        request.params = [(param.to_owned(), secret.to_owned())].into();
        request.url = format!("/orders/1?{query}");
        request.request_uri = format!("/orders/1?{query}");
        request.raw_body = query.clone().into();
        request.body.clone_from(&query);
        ask(gateway, &object).await;
        object.hook_type = HookType::Response.into();
        object.request.as_mut().unwrap().url = format!("http://upstream:81/orders/1?{query}");
        ask(gateway, &object).await;
        let wire = format!(
            "GET /orders/1?{query} HTTP/1.1\r\nHost: x\r\n{header}: {secret}\r\nCookie: {cookie}={secret}\r\n\r\n"
        );
        let wire = base64::prelude::BASE64_STANDARD.encode(wire);
        let meta =
            format!("{{\"OriginatingRequest\": \"{wire}\", \"Path\": \"/orders/1?{query}\"}}");
        let payload = format!("{{\"message\":{{\"Type\":\"AuthFailure\",\"Meta\":{meta}}}}}");
        let event = Event { payload }.encode_to_vec();
        gateway.call("/coprocess.Dispatcher/DispatchEvent", &event).await.unwrap();
    }
    3 * SECRETS.len()
}

/// Nothing of a secret is in a text, in base64 neither.
fn assert_clean(what: &str, text: &str) {
    let runs = regex::Regex::new("[A-Za-z0-9+/]{16,}={0,2}").unwrap();
    let decoded = runs.find_iter(text).filter_map(|run| {
        let bytes = base64::prelude::BASE64_STANDARD.decode(run.as_str()).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    });
    let all = std::iter::once(text.to_owned()).chain(decoded).collect::<Vec<_>>().join("\n");
    for secret in ["zq7", "Tr0ub4dor", "k3y-of-alice"] {
        let at = all.find(secret).map(|at| &all[at.saturating_sub(80)..]);
        assert!(at.is_none(), "{what}: {secret} in …{}", at.unwrap_or_default());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_under_the_rules_names_is_shown_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("keys.txt"), "k3y-of-alice-0001\n").unwrap();
    let rules = |header: &str, param: &str, cookie: &str| {
        format!(
            "[[rule]]\nname = \"key\"\nwhen.hook = \"auth_check\"\n[[rule.do]]\nstatic_key = {{ keys_file = \"keys.txt\", auth_header_name = \"{header}\", param_name = \"{param}\", cookie_name = \"{cookie}\" }}\n"
        )
    };
    let file = folder.path().join("rules.toml");
    std::fs::write(&file, rules("X-Pass", "ticket", "sid2")).unwrap();
    let mut serve = Serve::with(folder, |command| {
        command.args(["--json", "--rules", "rules.toml", "--record=here.tyks"]);
    })
    .read();
    let gateway = serve.connect().await;
    let mut count = send(&gateway, "X-Pass", "ticket", "sid2").await;
    // Rules that change while the server runs bring their names.
    std::fs::write(&file, rules("X-Badge", "key me!", "sid3")).unwrap();
    serve.says("the rules have changed");
    count += send(&gateway, "X-Badge", "key me!", "sid3").await;
    for _ in 0..count {
        assert_clean("serve --json", &serve.text());
    }
    let session = serve.folder.path().join("here.tyks");
    let ran = |folder: &std::path::Path, arguments: &[&str]| {
        Ran::of(program(folder).args(arguments).arg(&session))
    };
    let grown = || ran(serve.folder.path(), &["session", "export"]).stdout.lines().count();
    wait_for("all of it on the disk", || grown() == count);
    serve.terminate();
    serve.ended();
    // Elsewhere, where nobody knows the rules: the session does.
    let elsewhere = tempfile::tempdir().unwrap();
    for form in ["jsonl", "har", "curl", "grpcurl"] {
        let exported = ran(elsewhere.path(), &["session", "export", "--format", form]);
        assert_eq!(exported.code, Some(0), "{exported:?}");
        assert!(exported.stdout.contains("redacted") || form == "har", "{form}");
        assert_clean(form, &exported.stdout);
    }
    let waited =
        Ran::of(program(elsewhere.path()).args(["wait", "hook:response", "--json"]).arg(&session));
    assert_clean("wait", &(waited.stdout + &waited.stderr));
    // And so does what is exported of it as a session.
    let copy = elsewhere.path().join("copy.tyks");
    let args = ["session", "export", "--format", "session", "--show-secrets", "-o"];
    let copied = Ran::of(program(elsewhere.path()).args(args).arg(&copy).arg(&session));
    assert_eq!(copied.code, Some(0), "{copied:?}");
    let again = Ran::of(program(elsewhere.path()).args(["session", "export"]).arg(&copy));
    assert_eq!(again.stdout.lines().count(), count);
    assert_clean("the copy", &again.stdout);
    // The log.
    for entry in std::fs::read_dir(serve.folder.path().join(".local/state/tyk-tui")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_some_and(|it| it == "log") {
            assert_clean("the log", &std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn a_rule_is_tried_without_showing_them() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("keys.txt"), "k3y-of-alice-0001\n").unwrap();
    std::fs::write(
        folder.path().join("rules.toml"),
        "[[rule]]\nname = \"key\"\nwhen.hook = \"auth_check\"\n[[rule.do]]\nstatic_key = { keys_file = \"keys.txt\", param_name = \"ticket\" }\n[[rule.do]]\nset_headers = { X-Seen = \"${param.ticket}\" }\n",
    )
    .unwrap();
    let mut object: Object = object();
    object.hook_type = HookType::CustomKeyCheck.into();
    let request = object.request.as_mut().unwrap();
    request.headers.clear();
    request.params = [("ticket".to_owned(), SECRETS[2].to_owned())].into();
    std::fs::write(folder.path().join("dispatch.bin"), object.encode_to_vec()).unwrap();
    for json in [&["--json"][..], &[]] {
        let arguments = ["rule", "test", "dispatch.bin", "--rules", "rules.toml"];
        let ran = Ran::of(program(folder.path()).args(arguments).args(json));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stdout.contains("redacted"), "{ran:?}");
        assert_clean("rule test", &ran.stdout);
    }
}

#[test]
fn lines_from_elsewhere_are_shown_as_the_projects_rules_say() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("tyk-tui.toml", "rules = [\"rules.toml\"]\n");
    // Its file of keys is not here.
    write(
        "rules.toml",
        "[[rule]]\nname = \"key\"\nwhen.hook = \"auth_check\"\n[[rule.do]]\nstatic_key = { keys_file = \"gone.txt\", param_name = \"ticket\" }\n",
    );
    let mut object = object();
    let request = object.request.as_mut().unwrap();
    request.url = format!("/orders/1?ticket={}", SECRETS[0]);
    request.params = [("ticket".to_owned(), SECRETS[0].to_owned())].into();
    let json = to_json(Message::Object, &object.encode_to_vec(), &Shown).unwrap();
    let line = serde_json::json!({"kind": "dispatch", "seq": 1, "request": json, "reply": json});
    write("lines.jsonl", &line.to_string());
    for form in ["jsonl", "har", "curl"] {
        let arguments = ["session", "export", "lines.jsonl", "--format", form];
        let ran = Ran::of(program(folder.path()).args(arguments));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stdout.contains("redacted"), "{ran:?}");
        assert_clean(form, &ran.stdout);
    }
}
