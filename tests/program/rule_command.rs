//! `tyk-tui rule`: rules tried on Dispatches without a server.

use std::process::Output;

use prost::Message as _;
use serde_json::{Value, json};

use super::rules_auth::{auth, tokens};
use super::serving::{binary, object};

struct Folder(tempfile::TempDir);

impl Folder {
    /// The example of ours, and the fixtures beside it.
    fn new(example: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = env!("CARGO_MANIFEST_DIR");
        let fixtures = format!("{root}/tests/fixtures/auth");
        for entry in std::fs::read_dir(fixtures).unwrap().map(Result::unwrap) {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        let example = format!("{root}/assets/rules/{example}");
        std::fs::copy(example, folder.path().join("rules.toml")).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.0.path().join(name), bytes).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        binary(self.0.path()).arg("rule").args(arguments).output().unwrap()
    }

    fn test(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let rest = ["--rules", "rules.toml"];
        let output = self.run(&[&["test"][..], arguments, &rest].concat());
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    }
}

fn token() -> String {
    tokens()["good"]["HS256"].as_str().unwrap().to_owned()
}

#[test]
fn a_dispatch_on_the_wire_is_tried_and_what_changes_is_said() {
    let folder = Folder::new("jwt-hs256.toml");
    let good = auth("orders", &[("Authorization", &token())]);
    folder.write("good.pb", good.encode_to_vec());
    let (code, said) = folder.test(&["good.pb"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.starts_with("good.pb: auth_check MyPre orders GET: jwt-hs256: changed\n"),
        "{said}"
    );
    assert!(said.contains("session.alias\n") || said.contains("    session\n"), "{said}");
    assert!(!said.contains(&token()), "redacted: {said}");
    let (code, said) = folder.test(&["good.pb", "--expect", "refused"]);
    assert_eq!(code, Some(1), "{said}");
    let (code, _) = folder.test(&["good.pb", "--expect", "changed", "--expect-rule", "jwt-hs256"]);
    assert_eq!(code, Some(0));

    let bad = auth("orders", &[("Authorization", &token()[1..])]);
    folder.write("bad.pb", bad.encode_to_vec());
    let (code, said) = folder.test(&["bad.pb", "--json"]);
    let line: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (code, &line["outcome"], &line["status"]),
        (Some(0), &json!("refused"), &json!(401))
    );
    assert!(line["why"].as_str().unwrap().starts_with("the token is no JWT: "), "{line}");
    assert!(!line["changes"].as_array().unwrap().is_empty());

    folder.write("other.pb", object().encode_to_vec());
    let (code, said) = folder.test(&["other.pb"]);
    let all =
        "other.pb: pre MyPre orders GET: no rule: passed\ntyk-tui: other.pb: no rule answered\n";
    assert_eq!((code, &*said), (Some(1), all));
}

#[test]
fn what_was_expected_and_did_not_come_is_said_of_each() {
    let folder = Folder::new("edit-request.toml");
    let rule = |name: &str, hook: &str| {
        format!(
            "[[rule]]\nname = \"{name}\"\nwhen.hook = \"{hook}\"\n[[rule.do]]\nset_headers = {{ X-A = \"1\" }}\n"
        )
    };
    folder.write("rules.toml", rule("inject", "pre") + &rule("hs-256", "auth_check"));
    let mut post = object();
    post.hook_type = 2;
    let json = |object: &tyk_tui::domain::object::coprocess::Object| {
        let view = &tyk_tui::domain::redact::Shown;
        let bytes = object.encode_to_vec();
        tyk_tui::domain::object::to_json(tyk_tui::domain::object::Message::Object, &bytes, view)
            .unwrap()
    };
    folder.write("one.jsonl", format!("{}\n{}\n", json(&object()), json(&post)));
    let told = |arguments: &[&str]| {
        let output =
            folder.run(&[&["test", "one.jsonl", "--rules", "rules.toml"], arguments].concat());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, stdout, stderr) =
        told(&["--expect-rule", "hs-256", "--expect", "changed", "--json"]);
    let [first, second] = [
        "expected rule hs-256, and inject answered",
        "expected rule hs-256, and none answered; expected outcome changed, and it is passed",
    ];
    let all = format!("tyk-tui: one.jsonl:1: {first}\ntyk-tui: one.jsonl:2: {second}\n");
    assert_eq!((code, stderr), (Some(1), all));
    let missed: Vec<Value> = stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["missed"].take())
        .collect();
    assert_eq!(missed, [first, second]);
    let (_, stdout, stderr) = told(&["--json"]);
    assert_eq!(stderr, "tyk-tui: one.jsonl:2: no rule answered\n");
    let line: Value = serde_json::from_str(stdout.lines().next().unwrap()).unwrap();
    assert_eq!(line.get("missed"), Some(&Value::Null));

    // Nothing is tried where nothing can be right.
    let (code, stdout, stderr) = told(&["--expect-rule", "hs256"]);
    assert_eq!((code, &*stdout), (Some(2), ""), "{stderr}");
    assert!(stderr.contains("there is no rule `hs256`"), "{stderr}");
    assert!(stderr.contains("did you mean `hs-256`?"), "{stderr}");
    let (code, _, stderr) = told(&["--expect-rule", "other"]);
    assert!(code == Some(2) && stderr.contains("known are inject, hs-256"), "{stderr}");
}

#[test]
fn an_event_and_a_session_are_no_dispatches() {
    let folder = Folder::new("edit-request.toml");
    let event = tyk_tui::domain::object::coprocess::Event {
        payload: r#"{"EventName": "AuthFailure", "handler_name": "MyEvent"}"#.to_owned(),
    };
    folder.write("event.pb", event.encode_to_vec());
    folder.write("event.json", serde_json::json!({ "payload": event.payload }).to_string());
    for file in ["event.pb", "event.json"] {
        let (code, said) = folder.test(&[file]);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains(&format!("{file}: this is an Event")), "{said}");
    }
    let line = r#"{"kind": "event", "request": {"payload": "{}"}}"#;
    folder.write("lines.jsonl", format!("{line}\n{{\"hookType\": \"Pre\"}}\n{line}\n"));
    let (_, said) = folder.test(&["lines.jsonl", "--expect", "failed"]);
    assert!(said.contains("tyk-tui: 2 lines have no Dispatch"), "{said}");
    assert!(said.contains("lines.jsonl:2: "), "{said}");
    folder.write("old session", b"SQLite format 3\0\x10\0\x01\x01\0");
    let (code, said) = folder.test(&["old session"]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("old session: this is a session"), "{said}");
    assert!(said.contains("tyk-tui session export"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_serve_printed_is_tried_line_by_line() {
    let folder = Folder::new("edit-request.toml");
    let serve = super::rules_auth::serve("");
    let gateway = serve.connect().await;
    let mut post = object();
    post.hook_type = 2;
    post.request.as_mut().unwrap().url = "/orders/v1/7".to_owned();
    for object in [&post, &object()] {
        gateway.dispatch(&object.encode_to_vec()).await.unwrap();
    }
    gateway.call("/coprocess.Dispatcher/DispatchEvent", &[]).await.unwrap();
    let lines = [serve.text(), serve.text(), serve.text()].join("\n");
    folder.write("lines.jsonl", &lines);
    let output = folder.run(&["test", "lines.jsonl", "--json", "--rules", "rules.toml"]);
    let [said, told] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
    let found: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(output.status.code(), Some(1), "the second is answered by none");
    assert!(told.starts_with("tyk-tui: 1 line has no Dispatch"), "{told}");
    assert_eq!(found.len(), 2, "an event has no rules");
    assert_eq!((&found[0]["rule"], &found[1]["rule"]), (&json!("edit-request"), &Value::Null));
    assert_eq!(found[1]["at"], "lines.jsonl:2");
    let method =
        found[0]["changes"].as_array().unwrap().iter().find(|it| it["path"] == "request.method");
    assert_eq!(method.unwrap()["new"], "POST");
    // An Object alone, as a person writes it, over many lines.
    let one: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    folder.write("one.json", serde_json::to_string_pretty(&one["request"]).unwrap());
    assert_eq!(folder.test(&["one.json", "--expect-rule", "edit-request"]).0, Some(0));
}

#[test]
fn what_cannot_be_tried_is_said() {
    let folder = Folder::new("edit-request.toml");
    for (text, said) in [
        (&b""[..], "there is no Dispatch in it"),
        (b"hello", "this is no Dispatch"),
        (b"{\"hookTyp\": 1}", "did you mean `hookType`?"),
        (b"{\"kind\": \"event\"}", "there is no Dispatch in it"),
        (b"{}\n{\"request\": {\"url\": 1}}\n", "x:2: request.url: text is needed, not a number"),
        (b"{}\n{\n", "x:2: this is no JSON"),
        (
            "{\"kind\":\"dispatch\",\"request\":{\"metadata\":{\"token\":\"«redacted 9f31c2»\"}}}"
                .as_bytes(),
            "its secrets are redacted",
        ),
    ] {
        folder.write("x", text);
        let (code, found) = folder.test(&["x"]);
        assert_eq!(code, Some(3), "{found}");
        assert!(found.contains(said), "{said} in {found}");
    }
    let (code, found) = folder.test(&["none.json"]);
    assert!(code == Some(3) && found.contains("cannot read Dispatches"), "{found}");
    let output = folder.run(&["list", "--rules", "rules.toml"]);
    let listed = String::from_utf8(output.stdout).unwrap();
    // What went wrong of a call is why it failed: it is said once.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let forward =
        format!("[[rule]]\nname = \"f\"\n[[rule.do]]\nforward = {{ to = \"{nobody}\" }}\n");
    folder.write("rules.toml", forward);
    folder.write("pre.pb", object().encode_to_vec());
    let (_, said) = folder.test(&["pre.pb"]);
    assert_eq!(said.matches(&nobody.to_string()).count(), 1, "{said}");
    assert!(listed.starts_with("edit-request             hook post, api orders, path"), "{listed}");
}
