//! What rules do beyond authentication: edits, tokens for the upstream, other servers, faults, and rules that change.

use std::time::{Duration, Instant};

use jsonwebtoken::{DecodingKey, Validation};
use prost::Message as _;
use serde_json::Value;
use tyk_tui::domain::object::coprocess::{Header, HookType, Object, ResponseObject, SessionState};

use super::rules_auth::{ask, example, serve};
use super::serving::{Serve, object};

fn orders(hook: HookType) -> Object {
    let mut object = object();
    object.hook_type = hook.into();
    object
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_edited_as_the_example_says() {
    let serve = example("edit-request.toml");
    let gateway = serve.connect().await;
    let mut post = orders(HookType::Post);
    let request = post.request.as_mut().unwrap();
    request.url = "/orders/v1/7?debug=1&x=%20".to_owned();
    request.body = "old".to_owned();
    request.raw_body = b"old".to_vec();
    request.headers.insert("X-Customer".to_owned(), "c-9".to_owned());
    let metadata = [("user".to_owned(), "u-1\r\nX-Evil: 1".to_owned())].into();
    post.session = Some(SessionState { metadata, ..SessionState::default() });
    let answer = ask(&gateway, &post).await;
    let request = answer.request.clone().unwrap();
    assert_eq!(request.method, "POST");
    assert_eq!(request.url, "/orders/v2/search?debug=1&x=%20");
    assert_eq!(
        (&*request.body, &*request.raw_body),
        (r#"{"for": "c-9"}"#, &br#"{"for": "c-9"}"#[..])
    );
    assert_eq!(request.delete_headers, ["X-Internal", "X-Forwarded-User", "Content-Encoding"]);
    assert_eq!(request.set_headers["X-User"], "u-1  X-Evil: 1", "in one line");
    assert_eq!(request.delete_params, ["debug"]);
    assert_eq!(request.add_params["version"], "1");
    let line = serve.line();
    assert_eq!((&line["rule"], &line["outcome"]), (&"edit-request".into(), &"changed".into()));
    let other = orders(HookType::Post);
    assert_eq!(ask(&gateway, &other).await, other, "another path");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_response_is_edited_in_both_forms_of_its_headers() {
    let serve = example("edit-response.toml");
    let gateway = serve.connect().await;
    let mut response = orders(HookType::Response);
    let header = |key: &str, values: &[&str]| Header {
        key: key.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    response.response = Some(ResponseObject {
        status_code: 502,
        raw_body: b"<html>".to_vec(),
        body: "<html>".to_owned(),
        headers: [("Server", "up/1"), ("Set-Cookie", "a=1"), ("Content-Encoding", "gzip")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        multivalue_headers: vec![
            header("Server", &["up/1"]),
            header("Set-Cookie", &["a=1", "b=2"]),
            header("Content-Encoding", &["gzip"]),
        ],
    });
    let answer = ask(&gateway, &response).await.response.unwrap();
    assert_eq!(answer.status_code, 200);
    assert_eq!(
        (&*answer.body, &*answer.raw_body),
        (r#"{"api": "orders"}"#, &br#"{"api": "orders"}"#[..])
    );
    let names: Vec<_> = answer.headers.keys().map(String::as_str).collect();
    assert_eq!(names, ["Content-Type", "Set-Cookie", "X-Served-By"]);
    let served =
        [header("X-Served-By", &["tyk-tui"]), header("Content-Type", &["application/json"])];
    let [cookies, rest @ ..] = &answer.multivalue_headers[..] else { panic!("no headers") };
    assert_eq!(cookies, &header("Set-Cookie", &["a=1", "b=2"]), "both values stay");
    assert!(rest.len() == 2 && served.iter().all(|it| rest.contains(it)), "{rest:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_token_is_injected_by_an_openssh_key() {
    let serve = example("inject-jwt.toml");
    let gateway = serve.connect().await;
    let mut object = orders(HookType::PostKeyAuth);
    let metadata = [("user".to_owned(), "u-1".to_owned())].into();
    object.session = Some(SessionState { metadata, ..SessionState::default() });
    object.spec.insert("config_data".to_owned(), r#"{"issuer": "https://gw"}"#.to_owned());
    let answer = ask(&gateway, &object).await;
    let value = answer.request.unwrap().set_headers["Authorization"].clone();
    let token = value.strip_prefix("Bearer ").unwrap();
    // OpenSSL's reading of OpenSSH's key is what it is verified with.
    let key = serve.folder.path().join("id_rsa");
    let public = std::process::Command::new("ssh-keygen")
        .args(["-e", "-m", "PKCS8", "-f"])
        .arg(format!("{}.pub", key.display()))
        .output()
        .unwrap();
    let key = DecodingKey::from_rsa_pem(&public.stdout).unwrap();
    let rules = Validation::new(jsonwebtoken::Algorithm::RS256);
    let token =
        jsonwebtoken::decode::<serde_json::Map<String, Value>>(token, &key, &rules).unwrap();
    assert_eq!(token.claims["iss"], "https://gw");
    assert_eq!(token.claims["sub"], "u-1");
    assert!(!token.claims.contains_key("trace"), "what is not there is no claim");
    let number = |name: &str| token.claims[name].as_i64().unwrap();
    assert_eq!(number("exp") - number("iat"), 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_keep_their_types_and_bearer_is_optional() {
    let serve = serve(
        r#"
[[rule]]
name = "inject"
[rule.when]
hook = "pre"
[[rule.do]]
[rule.do.inject_jwt]
secret_file = "hs.secret"
algorithm = "HS256"
bearer = false
header = "X-Identity"
kid = "k-1"
expires = 5
claims = { roles = "${config.roles}", n = 7, ok = true, list = ["${api}", 1.5], deep = { path = "${method} ${path}" } }
"#,
    );
    let gateway = serve.connect().await;
    let mut object = orders(HookType::Pre);
    object.spec.insert("config_data".to_owned(), r#"{"roles": ["a", "b"]}"#.to_owned());
    let answer = ask(&gateway, &object).await;
    let token = answer.request.unwrap().set_headers["X-Identity"].clone();
    let secret = std::fs::read_to_string(serve.folder.path().join("hs.secret")).unwrap();
    let key = DecodingKey::from_secret(secret.trim().as_bytes());
    let token = jsonwebtoken::decode::<Value>(&token, &key, &Validation::default()).unwrap();
    assert_eq!(token.header.kid.as_deref(), Some("k-1"));
    let expected = serde_json::json!({
        "roles": ["a", "b"], "n": 7, "ok": true, "list": ["orders", 1.5], "deep": {"path": "GET /orders/1"}
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&token.claims[name], value, "{name}");
    }
}

/// Rules that forward to this server.
fn forwarding(to: &str, more: &str) -> String {
    format!("[[rule]]\nname = \"forward\"\n[[rule.do]]\nforward = {{ to = \"{to}\"{more} }}\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_answers_and_both_record_it() {
    let behind =
        serve("[[rule]]\nname = \"mark\"\n[[rule.do]]\nset_headers = { X-Mark = \"behind\" }\n");
    let front = serve(&forwarding(&behind.address, ", timeout_ms = 60000"));
    let gateway = front.connect().await;
    for hook in [HookType::Pre, HookType::CustomKeyCheck] {
        let answer = ask(&gateway, &orders(hook)).await;
        assert_eq!(answer.request.unwrap().set_headers["X-Mark"], "behind");
        let (front, behind) = (front.line(), behind.line());
        assert_eq!((&front["rule"], &behind["rule"]), (&"forward".into(), &"mark".into()));
        assert_eq!(front["reply"], behind["reply"]);
        assert_eq!(front["request"], behind["request"]);
    }
    // Events go there too.
    gateway.call("/coprocess.Dispatcher/DispatchEvent", &[0x0a, 2, b'{', b'}']).await.unwrap();
    assert_eq!((&front.line()["kind"], &behind.line()["kind"]), (&"event".into(), &"event".into()));
    // What is edited behind it is edited in that server's answer.
    let both = format!(
        "{}[[rule.do]]\nset_headers = {{ X-Front = \"1\" }}\n",
        forwarding(&behind.address, "")
    );
    let front = serve(&both);
    let answer = ask(&front.connect().await, &orders(HookType::Pre)).await;
    let headers = answer.request.unwrap().set_headers;
    assert_eq!((&*headers["X-Mark"], &*headers["X-Front"]), ("behind", "1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_other_server_is_away_it_fails_closed_or_open_as_told() {
    // Bound, and nobody accepts: what connects there hangs. Bound and dropped: nobody is there.
    let hangs = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (to, why) in [(gone, "refused"), (hangs.local_addr().unwrap(), "no answer within 300 ms")] {
        let to = to.to_string();
        let front = serve(&forwarding(&to, ", timeout_ms = 300, open = [\"pre\", \"response\"]"));
        let gateway = front.connect().await;
        for hook in [HookType::CustomKeyCheck, HookType::Post, HookType::PostKeyAuth] {
            let refused = gateway.dispatch(&orders(hook).encode_to_vec()).await.unwrap_err();
            assert!(refused.message().contains(&to), "{refused}");
            let line = front.line();
            assert_eq!(line["outcome"], "failed");
            let error = line["error"].as_str().unwrap();
            assert!(error.contains(&to) && error.contains(why), "{error}");
        }
        let pre = orders(HookType::Pre);
        assert_eq!(ask(&gateway, &pre).await, pre, "let go unchanged");
        // What the plugin did not say is told beside what it would have said.
        let line = front.line();
        assert_eq!(line["outcome"], "passed");
        let error = line["error"].as_str().unwrap();
        assert!(error.starts_with(&format!("let go unchanged: {to}: ")), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_not_forwarded_to_itself_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("plugin.sock");
    let to = format!("unix:{}", socket.display());
    std::fs::write(folder.path().join("rules.toml"), forwarding(&to, "")).unwrap();
    let mut command = super::serving::binary(folder.path());
    command.args(["serve", "--json", "--rules", "rules.toml", "--listen", &to]);
    command.stdin(std::process::Stdio::null());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let serve = Serve::spawn(folder, command).read();
    let channel = tonic::transport::Endpoint::from_shared(to).unwrap().connect().await.unwrap();
    let gateway = super::serving::Gateway(channel);
    let refused = gateway.dispatch(&orders(HookType::Pre).encode_to_vec()).await.unwrap_err();
    assert!(refused.message().contains("leads back to this server"), "{refused}");
    assert_eq!(
        (serve.line()["outcome"].clone(), serve.line()["outcome"].clone()),
        ("failed".into(), "failed".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_are_made_as_told() {
    let rule = |name: &str, action: &str| {
        format!(
            "[[rule]]\nname = \"{name}\"\nwhen = {{ api = \"{name}\" }}\n[[rule.do]]\n{action}\n"
        )
    };
    let rules = [
        rule("slow", "delay = { ms = 150 }"),
        rule("fails", "fail = { code = \"INTERNAL\", message = \"on purpose\" }"),
        rule("drops", "drop = {}"),
        rule("never", "drop = { probability = 0 }"),
        rule("half", "fail = { probability = 0.5 }"),
    ];
    let serve = serve(&rules.concat());
    let gateway = serve.connect().await;
    let mut object = orders(HookType::Pre);
    let mut of = |api: &str| {
        object.spec.insert("APIID".to_owned(), api.to_owned());
        object.encode_to_vec()
    };
    let start = Instant::now();
    gateway.dispatch(&of("slow")).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(150));
    assert!(serve.line()["took_us"].as_u64().unwrap() >= 150_000);
    let failed = gateway.dispatch(&of("fails")).await.unwrap_err();
    assert_eq!((failed.code(), failed.message()), (tonic::Code::Internal, "on purpose"));
    assert_eq!(serve.line()["error"], "on purpose");
    gateway.dispatch(&of("drops")).await.unwrap_err();
    let line = serve.line();
    assert_eq!((&line["rule"], &line["outcome"]), (&"drops".into(), &"failed".into()));
    gateway.dispatch(&of("never")).await.unwrap();
    let mut failed = 0;
    for _ in 0..200 {
        failed += u32::from(gateway.dispatch(&of("half")).await.is_err());
    }
    // Outside of it once in 10^13 runs.
    assert!((48..=152).contains(&failed), "{failed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_waits_holds_up_no_other_of_its_connection() {
    let rules = "[[rule]]\nname = \"slow\"\nwhen = { api = \"slow\" }\n[[rule.do]]\ndelay = { ms = 30000 }\n";
    let serve = serve(rules);
    let gateway = serve.connect().await;
    let object = orders(HookType::Pre).encode_to_vec();
    let mut slow = orders(HookType::Pre);
    slow.spec.insert("APIID".to_owned(), "slow".to_owned());
    let slow = slow.encode_to_vec();
    let waits = super::serving::Gateway(gateway.0.clone());
    let waiting = tokio::spawn(async move { waits.dispatch(&slow).await });
    for _ in 0..50 {
        assert_eq!(gateway.dispatch(&object).await.unwrap(), object);
    }
    assert!(!waiting.is_finished());
    // The one that waits is the last to be captured: it goes away.
    for _ in 0..50 {
        assert_eq!(serve.line()["outcome"], "passed");
    }
    waiting.abort();
    let gone = serve.line();
    assert_eq!(gone["error"], "the caller went away before it was answered");
    assert_eq!(gone["api"], "slow");
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_rules_are_in_force_and_wrong_ones_never() {
    let rule = |value: &str| {
        format!("[[rule]]\nname = \"a\"\n[[rule.do]]\nset_headers = {{ X-A = \"{value}\" }}\n")
    };
    let serve = serve(&rule("1"));
    let gateway = serve.connect().await;
    let value = async || {
        let answer = ask(&gateway, &orders(HookType::Pre)).await;
        answer.request.unwrap().set_headers.get("X-A").cloned()
    };
    assert_eq!(value().await.as_deref(), Some("1"));
    let path = serve.folder.path().join("rules.toml");
    // As editors do it: another file in its place.
    let put = |text: &str| {
        let new = serve.folder.path().join("new");
        std::fs::write(&new, text).unwrap();
        std::fs::rename(&new, &path).unwrap();
    };
    put(&rule("two"));
    serve.says("the rules have changed: 1 rule is in force");
    assert_eq!(value().await.as_deref(), Some("two"));
    put("[[rule]]\nname = \"a\"\n[[rule.do]]\nset_heders = {}\n");
    serve.says("the old rules stay in force: rules.toml:4:1: an action has no key `set_heders` (did you mean `set_headers`?)");
    assert_eq!(value().await.as_deref(), Some("two"));
    // Whatever is wrong with them: a key, a type, a pattern, an algorithm, a key file, the TOML itself.
    let first = "[[rule]]\nname = \"a\"\nwhen.hook = \"auth_check\"\n[[rule.do]]\n";
    for (text, said) in [
        ("[[rule]]\nname = 7\n".to_owned(), "rules.toml:2:8: `name` must be a string"),
        ("[[rule]]\nname = \"a\"\nwhen.path = \"re:(\"\n".to_owned(), "rules.toml:3:13: `path`: "),
        (
            format!("{first}jwt = {{ algorithms = \"RS1\", key_file = \"rsa.pub.pem\" }}\n"),
            "rules.toml:5:22: `RS1` is no algorithm of tokens here",
        ),
        (
            format!("{first}static_key = {{ keys_file = \"gone.txt\" }}\n"),
            "rules.toml:5:28: cannot read the keys file `gone.txt`",
        ),
        (
            format!("{first}jwt = {{ algorithms = \"ES256\", key_file = \"rsa.pub.pem\" }}\n"),
            "rules.toml:5:22: no key in `key_file` is one of ES256",
        ),
        ("[[rule]]\nname = \"a\n".to_owned(), "rules.toml:2:"),
    ] {
        put(&text);
        serve.says(&format!("the old rules stay in force: {said}"));
        assert_eq!(value().await.as_deref(), Some("two"), "{said}");
    }
    put(&rule("three!"));
    super::serving::wait_for("the third", || serve.stderr().matches("have changed").count() == 2);
    assert_eq!(value().await.as_deref(), Some("three!"));
}
