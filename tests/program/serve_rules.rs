//! `serve --rules`: what rules do to Objects, and what is wrong with a file of them.

use prost::Message as _;
use serde_json::Value;
use tyk_tui::domain::object::coprocess::{HookType, Object};

use super::serving::{Serve, binary, object};

const RULES: &str = r#"
[[rule]]
name = "tag"
continue = true
[rule.when]
hook = ["pre", "post"]
[[rule.do]]
set_headers = { X-Plugin = "tyk-tui" }

[[rule]]
name = "closed"
[rule.when]
hook = "pre"
path = "glob:/closed/*"
header.X-Tenant = "re:^acme"
[[rule.do]]
override = { code = 451, error = "Closed" }

[[rule]]
name = "keys"
[rule.when]
hook = "auth_check"
api = ["orders", "users"]
[[rule.do]]
static_key = { keys_file = "keys.txt", rate = 1000, per = 1, session_lifetime = 60 }
"#;

fn serve() -> Serve {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rules.toml"), RULES).unwrap();
    std::fs::write(folder.path().join("keys.txt"), "# ours\n\n  s3cr3t-t0k3n\nother-key\n")
        .unwrap();
    Serve::with(folder, |command| {
        command.args(["--json", "--show-secrets", "--rules", "rules.toml"]);
    })
    .read()
}

async fn ask(serve: &Serve, object: &Object) -> (Object, Value) {
    let reply = serve.connect().await.dispatch(&object.encode_to_vec()).await.unwrap();
    (Object::decode(reply).unwrap(), serve.line())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_key_becomes_a_session_for_this_api_alone() {
    let serve = serve();
    let mut auth = object();
    auth.hook_type = HookType::CustomKeyCheck.into();
    let (reply, line) = ask(&serve, &auth).await;
    assert_eq!(line["rule"], "keys");
    assert_eq!(line["outcome"], "changed", "{}", line["error"]);
    let token = reply.metadata["token"].clone();
    assert!(token.len() == 64 && token != "s3cr3t-t0k3n", "{token}");
    let session = reply.session.unwrap();
    assert_eq!((session.rate, session.per, session.session_lifetime), (1_000.0, 1.0, 60));
    assert_eq!(session.metadata["token"], token);
    assert_eq!(session.access_rights.len(), 1);
    let rights = &session.access_rights["orders"];
    assert_eq!((rights.api_id.as_str(), &rights.versions[..]), ("orders", &["Default".into()][..]));
    // All else is as it was.
    let untouched = Object { session: None, metadata: [].into(), ..reply };
    assert_eq!(untouched, auth);
}

#[tokio::test(flavor = "multi_thread")]
async fn any_other_caller_is_refused_as_recorded() {
    let serve = serve();
    let mut auth = object();
    auth.hook_type = HookType::CustomKeyCheck.into();
    for value in [Some("expired-key-0001"), Some("s3cr3t-t0k3n "), Some(""), None] {
        let headers = &mut auth.request.as_mut().unwrap().headers;
        headers.clear();
        if let Some(value) = value {
            headers.insert("Authorization".to_owned(), value.to_owned());
        }
        let (reply, line) = ask(&serve, &auth).await;
        assert_eq!((&line["outcome"], &line["status"]), (&"refused".into(), &401.into()));
        assert_eq!(reply.session, None);
        let overrides = reply.request.unwrap().return_overrides.unwrap();
        assert_eq!(overrides.response_code, 401);
        assert_eq!(overrides.response_error, "Not authorized");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_go_on_or_end_and_match_by_all_that_they_name() {
    let serve = serve();
    let mut pre = object();
    let (reply, line) = ask(&serve, &pre).await;
    assert_eq!((&line["rule"], &line["outcome"]), (&"tag".into(), &"changed".into()));
    let request = reply.request.unwrap();
    assert_eq!(request.set_headers["X-Plugin"], "tyk-tui");
    assert_eq!(request.return_overrides.unwrap().response_code, -1);

    let asked = pre.request.as_mut().unwrap();
    asked.url = "/closed/7?x=1".to_owned();
    asked.headers.insert("x-tenant".to_owned(), "acme-eu".to_owned());
    let (reply, line) = ask(&serve, &pre).await;
    assert_eq!((&line["outcome"], &line["status"]), (&"refused".into(), &451.into()));
    // Its name is that of the first that matched.
    assert_eq!((&line["rule"], &line["error"]), (&"tag".into(), &"by the rule closed".into()));
    let overrides = reply.request.unwrap().return_overrides.unwrap();
    assert_eq!((overrides.response_code, overrides.response_error.as_str()), (451, "Closed"));

    pre.request.as_mut().unwrap().headers.insert("x-tenant".to_owned(), "other".to_owned());
    assert_eq!(ask(&serve, &pre).await.1["status"], Value::Null);

    let mut response = object();
    response.hook_type = HookType::Response.into();
    let (reply, line) = ask(&serve, &response).await;
    assert_eq!(line["rule"], Value::Null);
    assert_eq!(reply, response);
}

#[test]
fn what_is_wrong_with_a_rules_file_is_said_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("rules");
    std::fs::create_dir(&inner).unwrap();
    std::fs::write(folder.path().join("outside.txt"), "key\n").unwrap();
    let rule = |rest: &str| format!("[[rule]]\nname = \"a\"\n{rest}");
    let auth = "when.hook = \"auth_check\"\n[[rule.do]]\n";
    let cases = [
        ("[[rule]\n".to_owned(), "rules.toml:1:", ""),
        ("rules = 1\n".to_owned(), "rules.toml:1:1", "did you mean `rule`?"),
        (rule("when.hok = \"pre\"\n"), "rules.toml:3:6", "did you mean `hook`?"),
        (rule("when.hook = \"post_auth\"\n"), "rules.toml:3:13", "did you mean `post_key_auth`?"),
        (rule("when.hook = \"never\"\n"), "rules.toml:3:13", "known are"),
        (rule("when.path = \"re:(\"\n"), "rules.toml:3:13", "unclosed group"),
        (rule("when.path = \"glob:[\"\n"), "rules.toml:3:13", "unclosed character class"),
        (rule("when.path = 7\n"), "rules.toml:3:13", "must be a string"),
        (rule("when.api = []\n"), "rules.toml:3:12", "never match"),
        (rule("continue = \"yes\"\n"), "rules.toml:3:12", "true or false"),
        (rule("[[rule.do]]\nset_header = {}\n"), "rules.toml:4:1", "did you mean `set_headers`?"),
        (
            rule("[[rule.do]]\nset_headers = { \"a b\" = \"\" }\n"),
            "rules.toml:4:17",
            "no header name",
        ),
        (rule("[[rule.do]]\noverride = { code = 42 }\n"), "rules.toml:4:21", "200 to 599"),
        (rule("[[rule.do]]\noverride = {}\n"), "rules.toml:4:12", "without a `code`"),
        (rule("[[rule.do]]\nstatic_key = { keys = \"k\" }\n"), "rules.toml:4:1", "auth_check"),
        (rule(&format!("{auth}static_key = {{}}\n")), "rules.toml:5:14", "without a key"),
        (
            rule(&format!("{auth}static_key = {{ keys_file = \"none\" }}\n")),
            "rules.toml:5:28",
            "cannot read the keys file",
        ),
        (
            rule(&format!("{auth}static_key = {{ keys_file = \"../outside.txt\" }}\n")),
            "rules.toml:5:28",
            "outside the rules file's folder",
        ),
        ("[[rule]]\n".to_owned(), "rules.toml:1:1", "without a `name`"),
        (rule(&rule("")), "rules.toml:4:8", "there already"),
    ];
    for (text, place, what) in cases {
        std::fs::write(inner.join("rules.toml"), &text).unwrap();
        let output = binary(folder.path())
            .args(["serve", "--listen", "127.0.0.1:0", "--rules", "rules/rules.toml"])
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{text}");
        assert!(stderr.contains(place), "{text}: {place} in {stderr}");
        assert!(stderr.contains(what), "{text}: {what} in {stderr}");
    }
}
