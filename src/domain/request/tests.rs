use std::path::PathBuf;

use secrecy::SecretString;

use super::*;
use crate::domain::redact::{Policy, Redacted};

const ALL_SHOWN: crate::domain::redact::Shown = crate::domain::redact::Shown;

fn view() -> Redacted {
    Redacted::new(Policy::default(), [7; 32])
}

fn made(name: &str, value: &str, origin: Origin) -> SentHeader {
    SentHeader { name: name.into(), value: SecretString::from(value), origin }
}

fn sent(headers: Vec<SentHeader>) -> Sent {
    Sent {
        method: "GET".into(),
        url: "http://gw:8080/orders?status=open".into(),
        headers,
        body: Body::None,
        insecure: false,
    }
}

fn line(sent: &Sent, secrets: bool) -> String {
    let body = if let Body::Given(bytes) = &sent.body { bytes.as_slice() } else { &[] };
    let shown = Shown::of(sent, body, Received::default(), &view());
    curl(sent, &shown, secrets)
}

#[test]
fn a_line_is_a_header_or_says_why_not() {
    let pair = |line: &str| Header::parse(line).map(|it| (it.name, it.value));
    assert_eq!(pair("X-A:  b: c "), Ok(("X-A".into(), "b: c".into())));
    assert_eq!(pair("X-A;"), Ok(("X-A".into(), String::new())));
    assert_eq!(pair("Täg: x"), Err(RequestError::HeaderName("Täg".into())));
    assert_eq!(pair("A B: x"), Err(RequestError::HeaderName("A B".into())));
    assert_eq!(pair(": x"), Err(RequestError::HeaderName(String::new())));
    assert_eq!(pair("X-A"), Err(RequestError::NoColon));
    assert_eq!(pair("X-A: x\r\nB: c"), Err(RequestError::HeaderValue("X-A".into())));
    assert_eq!(pair("X-A: grün"), Ok(("X-A".into(), "grün".into())));
    // Neither does an error repeat what may be a secret.
    assert!(!pair("X-A: sec\nret").unwrap_err().to_string().contains("sec"));
    assert!(!format!("{:?}", Header::parse("X-A: secret").unwrap()).contains("secret"));
}

#[test]
fn what_http_cannot_carry_is_refused() {
    let request =
        |method: &str, auth| Request { method: method.into(), auth, ..Request::default() };
    assert_eq!(request("GET", Auth::None).check(), Ok(()));
    assert!(matches!(request("G T", Auth::None).check(), Err(RequestError::Method(_))));
    assert!(matches!(request("", Auth::None).check(), Err(RequestError::Method(_))));
    let secret = KeySource::Env("S".into());
    let hmac = |id: &str| Auth::Hmac {
        key_id: id.into(),
        algorithm: HmacAlgorithm::Sha512,
        secret: secret.clone(),
    };
    assert_eq!(request("GET", hmac("k")).check(), Ok(()));
    assert!(matches!(request("GET", hmac("k\"")).check(), Err(RequestError::KeyId(_))));
}

#[test]
fn curl_takes_a_key_from_where_it_is_kept() {
    let key = |source| Origin::Key { before: "Bearer ".into(), source };
    let by_env = sent(vec![
        SentHeader::given("X-A", "it's"),
        made("X-Key", "Bearer 47a0c79c427728b3", key(KeySource::Env("MY_KEY".into()))),
    ]);
    assert_eq!(
        line(&by_env, false),
        r#"curl -H 'X-A: it'\''s' -H 'X-Key: Bearer '"$MY_KEY" 'http://gw:8080/orders?status=open'"#
    );
    assert!(line(&by_env, true).contains("-H 'X-Key: Bearer 47a0c79c427728b3'"));
    let by_file = sent(vec![made(
        "Authorization",
        "Basic YTpiYmJiYmJiYg==",
        Origin::Basic { user: "a".into(), source: KeySource::File(PathBuf::from("/k/p w")) },
    )]);
    assert!(line(&by_file, false).starts_with(r#"curl -u a:"$(cat '/k/p w')""#));
    assert!(line(&by_file, true).contains("-H 'Authorization: Basic YTpiYmJiYmJiYg=='"));
}

#[test]
fn curl_says_what_is_not_usual() {
    let mut head = sent(Vec::new());
    head.method = "HEAD".into();
    head.insecure = true;
    head.url = "http://[::1]:80/".into();
    assert_eq!(line(&head, false), "curl -I -k -g 'http://[::1]:80/'");
    let mut post = sent(vec![SentHeader::given("X-Empty", "")]);
    post.method = "POST".into();
    post.body = Body::Given(b"@a\n".to_vec());
    assert_eq!(
        line(&post, false),
        "curl -H 'X-Empty;' -H 'Content-Type:' --data-raw '@a\n' 'http://gw:8080/orders?status=open'"
    );
    post.body = Body::File("b.json".into());
    post.method = "PATCH".into();
    assert!(line(&post, false).contains("-X PATCH"));
    assert!(line(&post, false).contains("--data-binary @b.json"));
    post.body = Body::Given(vec![0xff]);
    assert!(line(&post, true).contains("--data-binary @-"));
}

#[test]
fn secrets_are_hidden_in_request_and_answer_alike() {
    let token = "tok-9f8e7d6c5b4a";
    let mut sent = sent(vec![
        SentHeader::given("X-Plain", "plain"),
        SentHeader::given("Cookie", "sid=c00k1e-value"),
        SentHeader::given("Cookie", "sid=0ther-value"),
        made("X-Ours", token, Origin::Made),
    ]);
    sent.url.push_str("&api_key=in-the-url");
    let body = br#"{"password": "hunter2-hunter2"}"#;
    let said = format!("got {token}, c00k1e-value, 0ther-value, in-the-url, hunter2-hunter2");
    let headers = [("X-Back".to_owned(), token.as_bytes().to_vec())];
    let received = Received { headers: &headers, body: said.as_bytes() };
    let shown = Shown::of(&sent, body, received, &view());
    let text = format!("{shown:?} {}", String::from_utf8_lossy(&shown.answer_body));
    for secret in [token, "c00k1e-value", "0ther-value", "in-the-url", "hunter2"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(shown.hides);
    assert_eq!(shown.headers[0], ("X-Plain".to_owned(), "plain".to_owned()));
    let all = Shown::of(&sent, body, received, &ALL_SHOWN);
    assert_eq!(all.headers[3].1, token);
    assert_eq!(all.answer_body, said.as_bytes());
    assert!(!all.hides);
}

#[test]
fn what_is_kept_names_the_secret_and_holds_none() {
    let auth = Auth::Key {
        header: "Authorization".into(),
        scheme: String::new(),
        key: KeySource::Env("MY_KEY".into()),
    };
    let header = |name: &str, value: &str| Header::new(name, value).unwrap();
    let request = Request {
        method: "POST".into(),
        url: "/orders?api_key=in-the-url".into(),
        headers: vec![header("X-A", "1"), header("X-A", "2"), header("X-Api-Key", "k3y-k3y-k3y")],
        auth,
        body: Body::Given(b"{}".to_vec()),
    };
    let mut whole =
        sent(request.headers.iter().map(|it| SentHeader::given(&it.name, &it.value)).collect());
    whole.url = "http://gw:8080/orders?api_key=in-the-url".into();
    whole.headers.push(made("Authorization", "47a0c79c427728b3", Origin::Made));
    let shown = Shown::of(&whole, b"{}", Received::default(), &view());
    let saved = Saved::of(&request, &shown);
    let text = serde_json::to_string(&saved).unwrap();
    for secret in ["in-the-url", "k3y-k3y", "47a0c79c"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(
        text.contains(
            r#""auth":{"kind":"key","header":"Authorization","scheme":"","key":{"env":"MY_KEY"}}"#
        ),
        "{text}"
    );
    let again: Saved = serde_json::from_str(&text).unwrap();
    assert_eq!(again, saved);
    assert!(again.hides && again.url.starts_with("/orders?api_key=«redacted "));
    let again = again.request().unwrap();
    assert_eq!(again.headers[..2], request.headers[..2]);
    assert_eq!((again.auth, again.body), (request.auth, request.body));
}

#[test]
fn little_is_enough_to_be_read() {
    let saved: Saved = serde_json::from_str(r#"{"method": "GET", "url": "/x"}"#).unwrap();
    let request = saved.request().unwrap();
    assert_eq!((request.auth, request.body), (Auth::None, Body::None));
    let bad: Saved =
        serde_json::from_str(r#"{"method": "GET", "url": "/x", "headers": [["A B", ""]]}"#)
            .unwrap();
    assert!(matches!(bad.request(), Err(RequestError::HeaderName(_))));
}
