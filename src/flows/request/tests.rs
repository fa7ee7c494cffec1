use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use jiff::Timestamp;
use jsonwebtoken::{DecodingKey, Validation};
use prost::Message as _;
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value};

use super::*;
use crate::capture::{self, Capture};
use crate::config::{self, Settings};
use crate::domain::object::coprocess::{HookType, MiniRequestObject, Object, ReturnOverrides};
use crate::domain::redact;
use crate::domain::request::{
    Algorithm as _, Auth, Header, HmacAlgorithm, JwtAlgorithm, KeySource, Request, Saved, SavedBody,
};
use crate::domain::task::{Kind, Problem};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// A folder with a key that its owner alone may read.
fn kept(text: &[u8]) -> (tempfile::TempDir, KeySource) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    (folder, KeySource::File(path))
}

/// The value of the header that proves who a request is from, and that of its Date.
fn proof(auth: Auth, headers: Vec<Header>) -> Result<(String, Option<String>), Problem> {
    let request = Request {
        method: "GET".into(),
        url: "http://localhost/".into(),
        headers,
        auth,
        ..Request::default()
    };
    // Sat, 24 Feb 2024 11:33:36 GMT.
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_708_774_416);
    let prepared = prepare(&request, &Settings::default(), Options::default(), now)?;
    let value = |name: &str| {
        let header = prepared.sent().headers.iter().find(|header| header.name == name);
        header.map(|header| header.value.expose_secret().to_owned())
    };
    Ok((value("Authorization").unwrap_or_default(), value("Date")))
}

fn jwt(algorithm: JwtAlgorithm, key: KeySource, claims: &str) -> Auth {
    Auth::Jwt {
        algorithm,
        key,
        kid: Some("k-1".into()),
        claims: claims.into(),
        lasts: 60,
        header: "Authorization".into(),
        scheme: "Bearer".into(),
    }
}

#[test]
fn hmac_signs_the_date_as_the_reference_does() {
    let (_folder, secret) = kept(b"c2VjcmV0\n");
    let hmac = Auth::Hmac { key_id: "k".into(), algorithm: HmacAlgorithm::Sha256, secret };
    let golden = r#"Signature keyId="k",algorithm="hmac-sha256",signature="lOW5XnMDwBZC18z9paHwWcuWPZVXAYj%2BXDjPoVNgDMg%3D""#;
    let date = "Sat, 24 Feb 2024 11:33:36 GMT";
    assert_eq!(proof(hmac.clone(), Vec::new()).unwrap(), (golden.into(), Some(date.into())));
    // A Date that was given is signed as it stands, and is not sent twice.
    let given = vec![Header::new("date", "yesterday").unwrap()];
    let (value, date) = proof(hmac, given).unwrap();
    assert!(value != golden && date.is_none(), "{value}");
}

#[test]
fn tokens_are_what_the_public_key_verifies() {
    let secret: fn(&Path) -> DecodingKey =
        |path| DecodingKey::from_secret(std::fs::read_to_string(path).unwrap().trim().as_bytes());
    let rsa: fn(&Path) -> DecodingKey =
        |path| DecodingKey::from_rsa_pem(&std::fs::read(path).unwrap()).unwrap();
    let ec: fn(&Path) -> DecodingKey =
        |path| DecodingKey::from_ec_pem(&std::fs::read(path).unwrap()).unwrap();
    let ed: fn(&Path) -> DecodingKey =
        |path| DecodingKey::from_ed_pem(&std::fs::read(path).unwrap()).unwrap();
    let keys = "bundles/keys/";
    for algorithm in JwtAlgorithm::ALL {
        let word = algorithm.word();
        let (private, public, read): (String, String, fn(&Path) -> DecodingKey) = match &word[..2] {
            "HS" => (String::new(), String::new(), secret),
            "ES" => {
                let name = format!("request/{}", word.to_lowercase());
                (format!("{name}.pem"), format!("{name}.pub.pem"), ec)
            }
            "Ed" => (format!("{keys}ed25519.pkcs8.pem"), format!("{keys}ed25519.pub.spki.pem"), ed),
            _ => (format!("{keys}rsa-2048.pkcs1.pem"), format!("{keys}rsa-2048.pub.spki.pem"), rsa),
        };
        let (folder, key) = match &word[..2] {
            "HS" => kept(b"a secret of some length\n"),
            _ => kept(&std::fs::read(fixture(&private)).unwrap()),
        };
        let public =
            if word.starts_with("HS") { folder.path().join("key") } else { fixture(&public) };
        let auth = jwt(*algorithm, key, r#"{"sub": "user-1", "n": [1, {"a": null}]}"#);
        let (value, _) = proof(auth, Vec::new()).unwrap();
        let token = value.strip_prefix("Bearer ").unwrap();
        let mut rules = Validation::new(word.parse().unwrap());
        rules.validate_exp = false;
        let read = jsonwebtoken::decode::<Map<String, Value>>(token, &read(&public), &rules);
        let read = read.unwrap_or_else(|error| panic!("{word}: {error}"));
        assert_eq!(read.header.kid.as_deref(), Some("k-1"));
        let claims = serde_json::to_string(&read.claims).unwrap();
        assert_eq!(
            claims, r#"{"sub":"user-1","n":[1,{"a":null}],"iat":1708774416,"exp":1708774476}"#,
            "{word}"
        );
    }
}

#[test]
fn claims_that_were_given_stay() {
    let (_folder, key) = kept(b"a secret of some length");
    let auth = jwt(JwtAlgorithm::HS256, key.clone(), r#"{"exp": 1, "iat": "no time"}"#);
    let (value, _) = proof(auth, Vec::new()).unwrap();
    let claims = value.split('.').nth(1).unwrap();
    let claims = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, claims).unwrap();
    assert_eq!(claims, br#"{"exp":1,"iat":"no time"}"#);
    for (claims, why) in [("[]", "no JSON object"), ("{", "no JSON: ")] {
        let problem = proof(jwt(JwtAlgorithm::HS256, key.clone(), claims), Vec::new()).unwrap_err();
        assert!(problem.what.contains(why) && problem.kind == Kind::Usage, "{problem}");
    }
}

#[test]
fn a_key_that_does_not_fit_is_said_with_what_to_do() {
    let of = |name: &str| kept(&std::fs::read(fixture(&format!("bundles/keys/{name}"))).unwrap());
    for (algorithm, name, help) in [
        (JwtAlgorithm::ES256, "ec-p256.sec1.pem", "openssl pkcs8 -topk8"),
        (JwtAlgorithm::RS256, "rsa-2048.pkcs8.encrypted.pem", "the key is encrypted"),
        (JwtAlgorithm::RS256, "rsa-2048.openssh", "ssh-keygen"),
        (JwtAlgorithm::RS256, "rsa-2048.pub.spki.pem", "a private key is needed"),
        (JwtAlgorithm::EdDSA, "rsa-2048.pub.ssh-rsa", "genpkey -algorithm ed25519"),
        (JwtAlgorithm::HS256, "rsa-2048.pub.spki.pem", "choose RS256"),
    ] {
        let (_folder, key) = of(name);
        let problem = proof(jwt(algorithm, key, "{}"), Vec::new()).unwrap_err();
        assert!(problem.help.as_ref().is_some_and(|it| it.contains(help)), "{name}: {problem}");
        assert!(!problem.to_string().contains("-----"), "{problem}");
    }
}

#[test]
fn what_cannot_be_sent_is_refused_before_anything_is() {
    let refused = |url: &str, method: &str, settings: &Settings| {
        let request = Request { method: method.into(), url: url.into(), ..Request::default() };
        let prepared = prepare(&request, settings, Options::default(), SystemTime::now());
        prepared.map(|prepared| prepared.sent().url.clone()).map_err(|problem| problem.to_string())
    };
    let none = Settings::default();
    for (url, why) in [
        ("", "no URL"),
        ("/x", "no Gateway is connected"),
        ("ftp://a/", "neither http nor https"),
        ("http://u:hunter2@a/", "name or password"),
        ("http://", "no URL to send to"),
    ] {
        let said = refused(url, "GET", &none).unwrap_err();
        assert!(said.contains(why) && !said.contains("hunter2"), "{said}");
    }
    assert_eq!(refused("gw:8080/a", "GET", &none).unwrap(), "http://gw:8080/a");
    let mut settings = Settings::default();
    settings.gateway.url = Some("https://gw.example/base/".into());
    assert_eq!(refused("/a?b", "PUT", &settings).unwrap(), "https://gw.example/base/a?b");
    settings.profile.read_only = true;
    assert!(
        refused("/a", "PUT", &settings)
            .unwrap_err()
            .contains("read-only: will not send PUT to gw.example")
    );
    assert!(refused("/a", "GET", &settings).is_ok());
    for here in ["http://localhost:1/", "http://127.3.2.1/", "http://[::1]:1/"] {
        assert!(refused(here, "DELETE", &settings).is_ok(), "{here}");
    }
    for there in ["http://localhost.example/", "http://10.0.0.1/", "http://127.0.0.1.nip.io/"] {
        assert!(refused(there, "DELETE", &settings).is_err(), "{there}");
    }
}

#[test]
fn one_header_is_not_given_twice() {
    let (_folder, key) = kept(b"47a0c79c427728b3");
    let auth = Auth::Key { header: "X-Key".into(), scheme: String::new(), key };
    let problem = proof(auth, vec![Header::new("x-key", "another").unwrap()]).unwrap_err();
    assert!(problem.what.contains("X-Key is given as a header and by"), "{problem}");
}

fn entry(url: &str) -> Entry {
    let request = Saved {
        method: "GET".into(),
        url: url.into(),
        headers: Vec::new(),
        auth: Auth::None,
        body: SavedBody::None,
        hides: false,
    };
    Entry { at: "2026-11-26T12:00:00Z".into(), request, status: Some(200), took_us: Some(1) }
}

#[test]
fn the_history_is_bounded_and_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("a/state");
    let history = History::of(&state);
    assert_eq!(history.list(), Ok(Vec::new()));
    for number in 0..105 {
        history.add(entry(&format!("/{number}"))).unwrap();
    }
    history.add(entry("/104")).unwrap();
    let urls: Vec<_> = history.list().unwrap().into_iter().map(|it| it.request.url).collect();
    assert_eq!((urls.len(), urls[0].as_str(), urls[99].as_str()), (100, "/5", "/104"));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&state.join("requests.json")), 0o600);
    assert_eq!(mode(&state), 0o700);
    // What is no history of ours is not written over.
    std::fs::write(state.join("requests.json"), "not ours").unwrap();
    let problem = history.add(entry("/x")).unwrap_err();
    assert!(problem.help.unwrap().contains("move the file away"));
    assert_eq!(std::fs::read(state.join("requests.json")).unwrap(), b"not ours");
}

#[test]
fn two_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let history = History::of(folder.path());
            scope.spawn(move || {
                for number in 0..10 {
                    history.add(entry(&format!("/{writer}/{number}"))).unwrap();
                }
            });
        }
    });
    assert_eq!(History::of(folder.path()).list().unwrap().len(), 40);
}

/// A Dispatch that came so long after the beginning of time, in milliseconds.
fn dispatch(
    hook: HookType,
    api: &str,
    url: &str,
    mark: Option<&str>,
    at: i64,
) -> capture::Exchange {
    let headers = mark.map(|mark| (MARK.to_owned(), mark.to_owned()));
    let object = Object {
        hook_type: hook.into(),
        request: Some(MiniRequestObject {
            method: "GET".into(),
            url: url.into(),
            headers: headers.into_iter().collect(),
            // Without them a Gateway makes no other call.
            return_overrides: Some(ReturnOverrides::default()),
            ..MiniRequestObject::default()
        }),
        spec: [("APIID".to_owned(), api.to_owned())].into(),
        ..Object::default()
    };
    let bytes = Bytes::from(object.encode_to_vec());
    capture::Exchange {
        at: Timestamp::from_millisecond(at).unwrap(),
        ..capture::Exchange::answered(bytes.clone(), bytes)
    }
}

/// `hook api certainty` of what a request caused that was sent at 100 ms and answered at 200 ms.
fn found(exchanges: Vec<capture::Exchange>, since: u64, mark: Option<&str>) -> Vec<String> {
    let limits =
        config::Capture { max_records: 100, max_bytes: 1 << 20, ..config::Capture::default() };
    let (recorder, capture) = Capture::start(&limits, Arc::new(redact::Shown), 4 << 20);
    for exchange in exchanges {
        recorder.offer(exchange);
    }
    drop(recorder);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut changes = capture.changes();
    // All is stored once the actor has let go of its end.
    runtime.block_on(async { while changes.changed().await.is_ok() {} });
    let moment = |at| Timestamp::from_millisecond(at).unwrap();
    let trace = Trace {
        since,
        mark: mark.map(str::to_owned),
        method: "GET".into(),
        path: "/a?b=c".into(),
        from: moment(100),
        to: moment(200),
    };
    let of = |it: &Caused| format!("{} {} {}", it.row.hook.word(), it.row.api, it.certainty.word());
    caused(&capture, &trace).iter().map(of).collect()
}

#[test]
fn what_bears_the_mark_was_caused_and_another_mark_is_anothers() {
    let all = vec![
        dispatch(HookType::Pre, "a", "/a?b=c", Some("ours"), 120),
        dispatch(HookType::Pre, "a", "/a?b=c", Some("theirs"), 120),
        // A hook took it away.
        dispatch(HookType::PostKeyAuth, "a", "/a?b=c", None, 130),
        dispatch(HookType::Post, "a", "/rewritten", Some("ours"), 140),
        dispatch(HookType::Response, "a", "http://up/a", Some("ours"), 150),
        dispatch(HookType::Response, "b", "http://up/a", None, 150),
    ];
    assert_eq!(
        found(all.clone(), 0, Some("ours")),
        ["pre a seen", "post_key_auth a guess", "post a seen", "response a seen"]
    );
    assert_eq!(
        found(all, 3, Some("ours")),
        ["post_key_auth a guess", "post a seen", "response a seen"]
    );
}

#[test]
fn without_a_mark_time_method_and_path_are_a_guess() {
    let all = vec![
        dispatch(HookType::Pre, "a", "/a?b=c", None, 20),
        dispatch(HookType::Pre, "a", "/a?b=c", None, 120),
        dispatch(HookType::Pre, "b", "/other", None, 120),
        dispatch(HookType::Pre, "a", "/a?b=c", Some("theirs"), 120),
        dispatch(HookType::Response, "a", "http://up/a", None, 150),
        dispatch(HookType::Response, "a", "http://up/a", None, 900),
    ];
    assert_eq!(found(all, 0, None), ["pre a guess", "response a guess"]);
}
