//! Authentication by rules: tokens, hashes and signatures that others made, and attacks.

use std::path::Path;

use base64::Engine as _;
use prost::Message as _;
use rstest::rstest;
use serde_json::Value;
use tyk_tui::domain::object::coprocess::{HookType, Object, SessionState};

use super::serving::{Gateway, Serve, object};

/// `tests/fixtures/auth/make.py` says how each file was made.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/auth");
const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/rules");

pub(crate) fn tokens() -> Value {
    serde_json::from_slice(&std::fs::read(format!("{FIXTURES}/tokens.json")).unwrap()).unwrap()
}

/// A server with these rules, the fixtures beside them.
pub(crate) fn serve(rules: &str) -> Serve {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(FIXTURES).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    std::fs::write(folder.path().join("hmac-keys.txt"), "# ours\nkey-1:c2VjcmV0\n").unwrap();
    std::fs::write(folder.path().join("keys.txt"), "s3cr3t-t0k3n\n").unwrap();
    std::fs::write(folder.path().join("rules.toml"), rules).unwrap();
    Serve::with(folder, |command| {
        command.args(["--json", "--show-secrets", "--rules", "rules.toml"]);
    })
    .read()
}

/// A server with an example of ours.
pub(crate) fn example(name: &str) -> Serve {
    serve(&std::fs::read_to_string(Path::new(EXAMPLES).join(name)).unwrap())
}

/// An `auth_check` hook's Object with these headers.
pub(crate) fn auth(api: &str, headers: &[(&str, &str)]) -> Object {
    let mut object = object();
    object.hook_type = HookType::CustomKeyCheck.into();
    object.spec =
        [("APIID".to_owned(), api.to_owned()), ("OrgID".to_owned(), "acme".to_owned())].into();
    let request = object.request.as_mut().unwrap();
    request.headers = headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    object
}

pub(crate) async fn ask(gateway: &Gateway, object: &Object) -> Object {
    Object::decode(gateway.dispatch(&object.encode_to_vec()).await.unwrap()).unwrap()
}

/// The session that a caller got, or code and message of his refusal.
pub(crate) async fn caller(
    gateway: &Gateway,
    api: &str,
    headers: &[(&str, &str)],
) -> Result<SessionState, (i32, String)> {
    let answer = ask(gateway, &auth(api, headers)).await;
    let overrides = answer.request.unwrap().return_overrides.unwrap();
    match answer.session {
        Some(session) => {
            assert!(overrides.response_code <= 0, "{overrides:?}");
            assert_eq!(session.metadata["token"], answer.metadata["token"]);
            let rights = &session.access_rights[api];
            assert_eq!((&*rights.api_id, &rights.versions[..]), (api, &["Default".into()][..]));
            assert!(session.session_lifetime > 0);
            Ok(session)
        }
        None => Err((overrides.response_code, overrides.response_error)),
    }
}

fn jwt_rule(name: &str, settings: &str) -> String {
    format!(
        "[[rule]]\nname = \"{name}\"\nwhen = {{ hook = \"auth_check\", api = \"{name}\" }}\n[[rule.do]]\njwt = {{ {settings} }}\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn pyjwts_tokens_count_with_every_algorithm() {
    let tokens = tokens();
    let key = |algorithm: &str| match &algorithm[..2] {
        "HS" => "secret_file = \"hs.secret\"",
        "RS" | "PS" => "key_file = \"rsa.pub.pem\"",
        "ES" if algorithm == "ES256" => "key_file = \"p256.pub.pem\"",
        "ES" => "key_file = \"p384.pub.pem\"",
        _ => "key_file = \"ed25519.pub.pem\"",
    };
    let good = tokens["good"].as_object().unwrap();
    assert_eq!(good.len(), 12);
    let rules: String = good
        .keys()
        .map(|it| {
            let rest = "issuer = \"https://id.example.org\", audience = [\"x\", \"orders\"]";
            jwt_rule(it, &format!("algorithms = \"{it}\", {}, {rest}", key(it)))
        })
        .collect();
    let serve = serve(&rules);
    let gateway = serve.connect().await;
    for (algorithm, token) in good {
        let token = token.as_str().unwrap();
        for value in [format!("Bearer {token}"), format!("bearer  {token}"), token.to_owned()] {
            let session = caller(&gateway, algorithm, &[("Authorization", &value)]).await;
            let session = session.unwrap_or_else(|refused| panic!("{algorithm}: {refused:?}"));
            assert_eq!(session.expires, 4_102_444_800, "as the token's `exp`");
        }
        // Another algorithm's token does not count, whatever its signature.
        for (other, token) in good.iter().filter(|(other, _)| *other != algorithm) {
            let token = token.as_str().unwrap();
            let refused = caller(&gateway, algorithm, &[("Authorization", token)]).await;
            assert_eq!(refused.unwrap_err(), (401, "Not authorized".into()), "{other}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attacks_are_refused() {
    let tokens = tokens();
    let rest = "issuer = \"https://id.example.org\", audience = \"orders\"";
    let rules = [
        jwt_rule("rs", &format!("algorithms = \"RS256\", key_file = \"rsa.pub.pem\", {rest}")),
        jwt_rule("es", &format!("algorithms = \"ES256\", key_file = \"p256.pub.pem\", {rest}")),
        jwt_rule("set", &format!("algorithms = [\"RS256\"], jwks_file = \"jwks.json\", {rest}")),
    ];
    let serve = serve(&rules.concat());
    let gateway = serve.connect().await;
    let mut tried = 0;
    for (api, attacks) in
        [("rs", "attacks on RS256"), ("set", "attacks on RS256"), ("es", "attacks on ES256")]
    {
        for (attack, token) in tokens[attacks].as_object().unwrap() {
            let value = format!("Bearer {}", token.as_str().unwrap());
            let refused = caller(&gateway, api, &[("Authorization", &value)]).await;
            assert_eq!(refused, Err((401, "Not authorized".into())), "{api}: {attack}");
            tried += 1;
        }
        // That they are refused for what they are: the good one counts.
        let good = if api == "es" { "ES256" } else { "RS256" };
        let good = tokens["good"][good].as_str().unwrap();
        caller(&gateway, api, &[("Authorization", good)]).await.unwrap();
        for headers in [&[][..], &[("Authorization", "")], &[("Authorization", "Bearer ")]] {
            assert_eq!(caller(&gateway, api, headers).await.unwrap_err().0, 401);
        }
        // As long as headers may be.
        let long = "a".repeat(100_000);
        assert!(caller(&gateway, api, &[("Authorization", &long)]).await.is_err());
    }
    assert!(tried > 70, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_filled_from_claims_and_its_token_is_nobodys_to_guess() {
    let tokens = tokens();
    let serve = example("jwt-hs256.toml");
    let gateway = serve.connect().await;
    let token = tokens["good"]["HS256"].as_str().unwrap();
    let session = caller(&gateway, "orders", &[("Authorization", token)]).await.unwrap();
    assert_eq!((session.rate, session.per, &*session.alias), (100.0, 1.0, "alice"));
    assert_eq!((&*session.metadata["user"], &*session.metadata["team"]), ("alice", "blue"));
    assert_eq!(session.tags, ["jwt", "blue"]);
    let key = &session.metadata["token"];
    assert!(key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
    // The same caller has the same session again, and in another run of the server too.
    let again = caller(&gateway, "orders", &[("Authorization", token)]).await.unwrap();
    assert_eq!(&again.metadata["token"], key);
    let secret = serve.folder.path().join(".local/state/tyk-tui/token-secret");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&secret).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[rstest]
#[case("alice", "open sesame", true)]
#[case("bob", "pässwörd", true)]
#[case("colon", "a:b", true)]
#[case("alice", "open sesam", false)]
#[case("alice", "", false)]
#[case("bob", "passwort", false)]
#[case("nobody", "open sesame", false)]
#[case("", "", false)]
#[tokio::test(flavor = "multi_thread")]
async fn passwords_are_compared_with_what_others_hashed(
    #[case] user: &str,
    #[case] password: &str,
    #[case] right: bool,
) {
    let serve = example("basic.toml");
    let gateway = serve.connect().await;
    let pair = base64::prelude::BASE64_STANDARD.encode(format!("{user}:{password}"));
    let value = format!("Basic {pair}");
    // Twice: the second time it is known.
    for _ in 0..2 {
        let answer = ask(&gateway, &auth("orders", &[("Authorization", &value)])).await;
        assert_eq!(answer.session.map(|it| it.alias), right.then(|| user.to_owned()));
        let overrides = answer.request.unwrap().return_overrides.unwrap();
        if !right {
            assert_eq!(
                (overrides.response_code, &*overrides.response_error),
                (401, "Not authorized")
            );
            let asks = "Basic realm=\"orders\", charset=\"UTF-8\"";
            assert_eq!(overrides.headers["WWW-Authenticate"], asks);
        }
    }
    for value in ["", "Basic", "Basic ", "Basic !!!", "Basic YQ==", "Bearer x"] {
        let refused = caller(&gateway, "orders", &[("Authorization", value)]).await;
        assert_eq!(refused.unwrap_err().0, 401, "{value}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hmac_answers_in_the_references_words() {
    let serve = example("hmac.toml");
    let gateway = serve.connect().await;
    let now = httpdate::fmt_http_date(std::time::SystemTime::now());
    // By OpenSSL, over the text and with the secret of the contract's goldens.
    let signature = |algorithm: &str, date: &str| {
        use std::io::Write as _;
        let mut openssl = std::process::Command::new("openssl")
            .args(["dgst", &format!("-{algorithm}"), "-hmac", "c2VjcmV0", "-binary"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        openssl.stdin.take().unwrap().write_all(format!("date: {date}").as_bytes()).unwrap();
        let output = openssl.wait_with_output().unwrap();
        let text = base64::prelude::BASE64_STANDARD.encode(output.stdout);
        text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
    };
    let signed = |key: &str, algorithm: &str, signature: &str| {
        format!(r#"Signature keyId="{key}",algorithm="{algorithm}",signature="{signature}""#)
    };
    for algorithm in ["sha256", "sha512"] {
        let value = signed("key-1", &format!("hmac-{algorithm}"), &signature(algorithm, &now));
        let headers = [("Authorization", &*value), ("Date", &now)];
        let session = caller(&gateway, "orders", &headers).await.unwrap();
        assert!(session.hmac_enabled);
        assert_eq!((&*session.hmac_secret, &*session.alias), ("c2VjcmV0", "key-1"));
        assert_eq!((session.quota_max, session.quota_remaining), (10_000, 10_000));
        assert_ne!(session.metadata["token"], "key-1", "whoever knows a key's id has no key");
    }
    let golden = "Sat, 24 Feb 2024 11:33:36 GMT";
    let good = signed("key-1", "hmac-sha256", &signature("sha256", &now));
    let old = signed("key-1", "hmac-sha256", &signature("sha256", golden));
    let bad = Err((400, "Custom middleware: Bad request".to_owned()));
    let refused = Err((401, "Custom middleware: Not authorized".to_owned()));
    let unknown = Err((400, "Bad HMAC request, unsupported algorithm".to_owned()));
    let other = signed("key-2", "hmac-sha256", &signature("sha256", &now));
    let algorithm = signed("key-1", "hmac-sha1", &signature("sha256", &now));
    let mixed = signed("key-1", "hmac-sha512", &signature("sha256", &now));
    let cut = format!("{}\"", &good[..good.len() - 9]);
    for (value, date, expected) in [
        (Some(&*good), Some(&*now), Ok(())),
        (None, Some(&now), bad.clone()),
        (Some(&good), None, bad.clone()),
        (Some(&good), Some("yesterday"), bad.clone()),
        (Some("Signature keyId=\"key-1\""), Some(&now), bad),
        (Some(&algorithm), Some(&now), unknown),
        (Some(&mixed), Some(&now), refused.clone()),
        (Some(&cut), Some(&now), refused.clone()),
        (Some(&other), Some(&now), refused.clone()),
        (Some(&good), Some(golden), refused.clone()),
        // Rightly signed, and replayed.
        (Some(&old), Some(golden), refused),
    ] {
        let headers: Vec<_> = [value.map(|it| ("Authorization", it)), date.map(|it| ("Date", it))]
            .into_iter()
            .flatten()
            .collect();
        let found = caller(&gateway, "orders", &headers).await.map(drop);
        assert_eq!(found, expected, "{headers:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_static_keys_session_has_a_token_of_its_own_unless_told_otherwise() {
    let rules = r#"
[[rule]]
name = "a"
when = { hook = "auth_check", api = "a" }
[[rule.do]]
static_key = { keys_file = "keys.txt", expires = 600, id_extractor_deadline = 60, apply_policies = ["p-1"], access_rights = ["b"], token = "t-${key}-${header.X-Tenant}" }
[[rule]]
name = "b"
when = { hook = "auth_check", api = ["b", "c"] }
[[rule.do]]
static_key = { keys_file = "keys.txt" }
"#;
    let serve = serve(rules);
    let gateway = serve.connect().await;
    let headers = [("Authorization", "s3cr3t-t0k3n"), ("X-Tenant", "blue")];
    let now = jiff::Timestamp::now().as_second();
    let session = caller(&gateway, "a", &headers).await.unwrap();
    assert_eq!(session.metadata["token"], "t-s3cr3t-t0k3n-blue");
    assert!((now + 600..now + 660).contains(&session.expires));
    assert!((now + 60..now + 120).contains(&session.id_extractor_deadline));
    assert_eq!(session.apply_policies, ["p-1"]);
    assert_eq!(session.access_rights.keys().collect::<Vec<_>>(), ["a", "b"]);
    let b = caller(&gateway, "b", &headers).await.unwrap();
    let c = caller(&gateway, "c", &headers).await.unwrap();
    // One key of the Gateway for each: otherwise the second session takes the first one's place.
    assert_ne!(b.metadata["token"], c.metadata["token"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_and_what_an_id_extractor_keeps_of_it_end_with_the_token_at_the_latest() {
    let rest = "algorithms = \"HS256\", secret_file = \"hs.secret\"";
    let rules = [
        jwt_rule("both", &format!("{rest}, expires = 900, id_extractor_deadline = 600")),
        jwt_rule("none", rest),
    ];
    let serve = serve(&rules.concat());
    let gateway = serve.connect().await;
    let secret = std::fs::read_to_string(format!("{FIXTURES}/hs.secret")).unwrap();
    let key = jsonwebtoken::EncodingKey::from_secret(secret.trim().as_bytes());
    let now = jiff::Timestamp::now().as_second();
    let ends = async |api: &str, exp: i64| {
        let claims = serde_json::json!({ "sub": "alice", "exp": exp });
        let token = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims, &key).unwrap();
        let session = caller(&gateway, api, &[("Authorization", &token)]).await.unwrap();
        [session.expires, session.id_extractor_deadline]
    };
    assert_eq!(ends("both", now + 120).await, [now + 120; 2], "the token's, both");
    let [expires, deadline] = ends("both", now + 750).await;
    assert_eq!(expires, now + 750, "the token's");
    assert!((now + 600..now + 660).contains(&deadline), "the rule's");
    let [expires, deadline] = ends("both", now + 9_000).await;
    assert!((now + 900..now + 960).contains(&expires), "the rule's");
    assert!((now + 600..now + 660).contains(&deadline), "the rule's");
    assert_eq!(ends("none", now + 120).await, [now + 120, 0]);
    // Of one that `skew` alone lets in, `skew` later: a Gateway answers 401 to a session that is over.
    assert_eq!(ends("none", now - 30).await, [now + 30, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_names_the_key_and_the_algorithm_of_a_bad_signature_where_they_are_names() {
    let serve = example("hmac.toml");
    let gateway = serve.connect().await;
    let long = "k".repeat(65);
    for (id, algorithm, why) in [
        ("key-9", "hmac-sha256", "the key key-9 is not known"),
        ("ops@acme:eu_1.x", "hmac-sha512", "the key ops@acme:eu_1.x is not known"),
        ("key 9", "hmac-sha256", "the key … is not known"),
        ("k\u{e9}", "hmac-sha256", "the key … is not known"),
        (&long, "hmac-sha256", "the key … is not known"),
        (&long[1..], "hmac-sha256", &format!("the key {} is not known", &long[1..])),
        ("key-1", "hmac-sha1", "the algorithm is hmac-sha1"),
        ("key-1", "hmac sha1", "the algorithm is …"),
    ] {
        let date = httpdate::fmt_http_date(std::time::SystemTime::now());
        let signed =
            format!("Signature keyId=\"{id}\",algorithm=\"{algorithm}\",signature=\"eA%3D%3D\"");
        let headers = [("Authorization", &*signed), ("Date", &*date)];
        caller(&gateway, "orders", &headers).await.unwrap_err();
        assert_eq!(serve.line()["error"], why);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_and_claims_that_mean_something_else_are_refused() {
    let serve = serve(&jwt_rule("a", "algorithms = \"HS256\", secret_file = \"hs.secret\""));
    let gateway = serve.connect().await;
    let secret = std::fs::read_to_string(format!("{FIXTURES}/hs.secret")).unwrap();
    let key = jsonwebtoken::EncodingKey::from_secret(secret.trim().as_bytes());
    let claims =
        |issuer: Value| serde_json::json!({ "sub": "a", "iss": issuer, "exp": 9_999_999_999_i64 });
    let plain = jsonwebtoken::Header::default();
    let mut unencoded = plain.clone();
    unencoded.extras.insert("b64", false);
    let zipped: jsonwebtoken::Header =
        serde_json::from_value(serde_json::json!({ "alg": "HS256", "zip": "DEF" })).unwrap();
    let text = Value::from("https://id");
    for (header, issuer, why) in [
        (&plain, text.clone(), None),
        (&plain, Value::from(vec!["https://id"]), Some("the token's `iss` is no text")),
        (&plain, Value::from(7), Some("the token's `iss` is no text")),
        (&unencoded, text.clone(), Some("the token says that its claims are no base64 (`b64`)")),
        (&zipped, text, Some("the token says that it is compressed (`zip`)")),
    ] {
        let token = jsonwebtoken::encode(header, &claims(issuer), &key).unwrap();
        let asked = caller(&gateway, "a", &[("Authorization", &token)]).await;
        assert_eq!(asked.is_ok(), why.is_none(), "{why:?}");
        assert_eq!(serve.line()["error"].as_str(), why);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_that_is_only_its_scheme_hides_no_word_of_the_record() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(format!("{FIXTURES}/users.htpasswd"), folder.path().join("users")).unwrap();
    std::fs::write(folder.path().join("keys"), "k:s\n").unwrap();
    let rule = |name: &str, action: &str| {
        format!(
            "[[rule]]\nname = \"{name}\"\nwhen = {{ hook = \"auth_check\", api = \"{name}\" }}\n[[rule.do]]\n{action}\n"
        )
    };
    let rules = rule("basic", "basic = { users_file = \"users\" }")
        + &rule("hmac", "hmac = { keys_file = \"keys\" }");
    std::fs::write(folder.path().join("rules.toml"), rules).unwrap();
    // Secrets are hidden here.
    let serve = Serve::with(folder, |command| {
        command.args(["--json", "--rules", "rules.toml"]);
    })
    .read();
    let gateway = serve.connect().await;
    for (api, value, why) in [
        ("basic", "Basic", "nothing stands behind the scheme"),
        ("hmac", "Signature", "Authorization has not the scheme and its three parts"),
    ] {
        caller(&gateway, api, &[("Authorization", value), ("Date", "now")]).await.unwrap_err();
        assert_eq!(serve.line()["error"], why);
    }
}
