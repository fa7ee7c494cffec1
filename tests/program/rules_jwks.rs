//! Keys of tokens from a server that is there, is down, is slow, answers something else, or has new keys.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::rules_auth::{caller, serve, tokens};
use super::serving::wait_for;

/// How a server says that it gives JSON.
const JSON: &str = "content-type: application/json";

/// A server of keys: what it answers may be changed, and how often it was asked is known.
struct Keys {
    url: String,
    answer: Arc<Mutex<(u16, String, String)>>,
    asked: Arc<Mutex<usize>>,
    /// It takes no notice of time: no answer goes out meanwhile.
    slow: Arc<AtomicBool>,
}

impl Keys {
    fn start(status: u16, kind: &str, body: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/jwks?v=1", listener.local_addr().unwrap());
        let answer = Arc::new(Mutex::new((status, kind.to_owned(), body.to_owned())));
        let asked = Arc::new(Mutex::new(0));
        let slow = Arc::new(AtomicBool::new(false));
        let (given, count, waits) = (Arc::clone(&answer), Arc::clone(&asked), Arc::clone(&slow));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let first = lines.next().unwrap_or_default();
                assert!(first.starts_with("GET /jwks?v=1"), "{first}");
                while lines.next().is_some_and(|line| !line.is_empty()) {}
                *count.lock().unwrap() += 1;
                while waits.load(Ordering::Relaxed) {
                    std::thread::yield_now();
                }
                let (status, kind, body) = given.lock().unwrap().clone();
                let head = format!(
                    "HTTP/1.1 {status} X\r\n{kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _ = (&stream).write_all(format!("{head}{body}").as_bytes());
            }
        });
        Self { url, answer, asked, slow }
    }

    fn rule(url: &str) -> String {
        Self::rule_with(url, "")
    }

    fn rule_with(url: &str, more: &str) -> String {
        format!(
            "[[rule]]\nname = \"jwks\"\nwhen = {{ hook = \"auth_check\", api = \"orders\" }}\n[[rule.do]]\njwt = {{ algorithms = [\"RS256\", \"ES256\", \"EdDSA\"], jwks_url = \"{url}\"{more} }}\n"
        )
    }

    fn is_slow(&self, slow: bool) {
        self.slow.store(slow, Ordering::Relaxed);
    }

    fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

fn jwks() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/auth/jwks.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_asked_for_once_and_again_where_one_is_not_known() {
    let mut half = jwks();
    half["keys"].as_array_mut().unwrap().retain(|key| key["kid"] != "ed-1");
    let keys = Keys::start(200, JSON, &half.to_string());
    let serve = serve(&Keys::rule(&keys.url));
    let gateway = serve.connect().await;
    let tokens = tokens();
    let token = |algorithm: &str| tokens["good"][algorithm].as_str().unwrap().to_owned();
    assert_eq!(keys.asked(), 0, "nobody needed it yet");
    for algorithm in ["RS256", "ES256", "RS256"] {
        caller(&gateway, "orders", &[("Authorization", &token(algorithm))]).await.unwrap();
    }
    assert_eq!(keys.asked(), 1);
    // Its key is not known, and the server was asked a moment ago: tokens cannot have it asked all the time.
    for _ in 0..5 {
        let refused = caller(&gateway, "orders", &[("Authorization", &token("EdDSA"))]).await;
        assert_eq!(refused.unwrap_err().0, 401);
    }
    assert_eq!(keys.asked(), 1);
    // An attacker's `kid` is not followed, nor his `jku`.
    for attack in ["another key with the known kid", "its own keys in jku", "its own key in jwk"] {
        let token = tokens["attacks on RS256"][attack].as_str().unwrap();
        let refused = caller(&gateway, "orders", &[("Authorization", token)]).await;
        assert_eq!(refused.unwrap_err().0, 401, "{attack}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_keys_is_no_fault_of_the_callers_and_is_asked_again() {
    // Where it is redirected to it would find keys: they may be anybody's.
    let elsewhere = Keys::start(200, JSON, &jwks().to_string());
    let redirect = format!("location: {}", elsewhere.url);
    let padded = jwks().to_string() + &" ".repeat(3 << 20);
    let wrong: [(u16, &str, &str, &str); 8] = [
        (200, "content-type: text/html", "<!doctype html><title>Log in</title>", "no JSON"),
        (500, "content-type: text/plain", "down", "it answered 500"),
        (404, "content-type: application/json", "{\"keys\": [{}]}", "it answered 404"),
        (200, JSON, "{\"keys\": []}", "no key in it that signs"),
        (
            200,
            JSON,
            "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0LW9mLWFsbA\"}]}",
            "no key in it",
        ),
        (200, JSON, &padded, "longer than 1048576 bytes"),
        (302, &redirect, "", "which is not followed: the keys there may be anybody's"),
        (304, "content-type: text/plain", "", "a redirect to nowhere, as 304 is"),
    ];
    let tokens = tokens();
    let token = tokens["good"]["RS256"].as_str().unwrap();
    for (status, kind, body, why) in wrong {
        let keys = Keys::start(status, kind, body);
        let serve = serve(&Keys::rule(&keys.url));
        let gateway = serve.connect().await;
        let refused = caller(&gateway, "orders", &[("Authorization", token)]).await.unwrap_err();
        assert_eq!(refused, (503, "Keys of tokens are not available".to_owned()), "{body}");
        // At once again it is not asked.
        caller(&gateway, "orders", &[("Authorization", token)]).await.unwrap_err();
        assert_eq!(keys.asked(), 1);
        // Why, the server's user is told, and no caller.
        let log = serve.folder.path().join(".local/state/tyk-tui/tyk-tui.log");
        wait_for(why, || std::fs::read_to_string(&log).is_ok_and(|log| log.contains(why)));
        let log = std::fs::read_to_string(&log).unwrap();
        assert!(!log.contains("c2VjcmV0LW9m"), "{log}");
        *keys.answer.lock().unwrap() = (200, JSON.to_owned(), jwks().to_string());
        let start = std::time::Instant::now();
        while caller(&gateway, "orders", &[("Authorization", token)]).await.is_err() {
            assert!(start.elapsed() < super::serving::DEADLINE, "it was never asked again");
        }
        assert_eq!(keys.asked(), 2);
    }
    assert_eq!(elsewhere.asked(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_its_server_is_slow_no_other_dispatch_waits() {
    let keys = Keys::start(200, JSON, &jwks().to_string());
    let others = "[[rule]]\nname = \"key\"\nwhen = { hook = \"auth_check\", api = \"other\" }\n[[rule.do]]\nstatic_key = { keys = \"k\" }\n";
    let serve = serve(&(Keys::rule_with(&keys.url, ", refresh = 1") + others));
    let gateway = serve.connect().await;
    let tokens = tokens();
    let token = tokens["good"]["RS256"].as_str().unwrap().to_owned();
    keys.is_slow(true);
    let (asking, first) = (gateway.clone(), token.clone());
    let waiting =
        tokio::spawn(async move { caller(&asking, "orders", &[("Authorization", &first)]).await });
    wait_for("it was asked", || keys.asked() == 1);
    for _ in 0..20 {
        caller(&gateway, "other", &[("Authorization", "k")]).await.unwrap();
    }
    assert!(!waiting.is_finished(), "its keys have not come yet");
    keys.is_slow(false);
    waiting.await.unwrap().unwrap();
    // A refresh that is slow: the keys that are known count meanwhile.
    keys.is_slow(true);
    let start = std::time::Instant::now();
    while keys.asked() == 1 {
        caller(&gateway, "orders", &[("Authorization", &token)]).await.unwrap();
        assert!(start.elapsed() < super::serving::DEADLINE, "it was never asked again");
    }
    for _ in 0..20 {
        caller(&gateway, "orders", &[("Authorization", &token)]).await.unwrap();
    }
    keys.is_slow(false);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there_and_nobody_answering_are_503_in_bounded_time() {
    let hangs = TcpListener::bind("127.0.0.1:0").unwrap();
    // A byte now and then, for ever.
    let drips = TcpListener::bind("127.0.0.1:0").unwrap();
    let dripping = drips.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in drips.incoming().map_while(Result::ok) {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{";
            let mut sent = stream.write_all(head.as_bytes());
            while sent.is_ok() {
                std::thread::sleep(std::time::Duration::from_millis(100));
                sent = stream.write_all(b" ");
            }
        }
    });
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let tokens = tokens();
    let token = tokens["good"]["RS256"].as_str().unwrap();
    for address in [gone, hangs.local_addr().unwrap(), dripping] {
        let serve = serve(&Keys::rule(&format!("http://{address}/jwks")));
        let gateway = serve.connect().await;
        // Ten at once wait for one question.
        let calls = (0..10).map(|_| {
            let (gateway, token) = (gateway.clone(), token.to_owned());
            tokio::spawn(async move {
                caller(&gateway, "orders", &[("Authorization", &token)]).await.unwrap_err().0
            })
        });
        for call in calls.collect::<Vec<_>>() {
            assert_eq!(call.await.unwrap(), 503);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn known_keys_count_while_their_server_is_down_and_new_ones_once_it_is_back() {
    let keys = Keys::start(200, JSON, &jwks().to_string());
    let serve = serve(&Keys::rule_with(&keys.url, ", refresh = 1"));
    let gateway = serve.connect().await;
    let tokens = tokens();
    let token = tokens["good"]["RS256"].as_str().unwrap();
    caller(&gateway, "orders", &[("Authorization", token)]).await.unwrap();
    *keys.answer.lock().unwrap() = (502, "content-type: text/html".to_owned(), "<html>".to_owned());
    // Asked again behind the callers' backs, none of whom is refused for it.
    let start = std::time::Instant::now();
    while keys.asked() < 3 {
        caller(&gateway, "orders", &[("Authorization", token)]).await.unwrap();
        assert!(start.elapsed() < super::serving::DEADLINE, "it was never asked again");
    }
    let mut others = jwks();
    others["keys"].as_array_mut().unwrap().retain(|key| key["kid"] != "rsa-1");
    *keys.answer.lock().unwrap() = (200, JSON.to_owned(), others.to_string());
    while caller(&gateway, "orders", &[("Authorization", token)]).await.is_ok() {
        assert!(start.elapsed() < super::serving::DEADLINE, "a key that was withdrawn counts");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_are_saved_while_the_server_of_keys_is_down_keep_its_keys() {
    let keys = Keys::start(200, JSON, &jwks().to_string());
    let serve = serve(&Keys::rule(&keys.url));
    let gateway = serve.connect().await;
    let tokens = tokens();
    let token = tokens["good"]["RS256"].as_str().unwrap();
    caller(&gateway, "orders", &[("Authorization", token)]).await.unwrap();
    *keys.answer.lock().unwrap() = (500, "content-type: text/plain".to_owned(), "down".to_owned());
    let put = |rules: &str, times: usize| {
        std::fs::write(serve.folder.path().join("rules.toml"), rules).unwrap();
        wait_for("new rules", || serve.stderr().matches("have changed").count() == times);
    };
    put(&(Keys::rule(&keys.url) + "# a comment\n"), 1);
    caller(&gateway, "orders", &[("Authorization", token)]).await.unwrap();
    assert_eq!(keys.asked(), 1, "nothing had to be asked");
    // Another pause, and another rule beside it.
    let other = Keys::rule(&keys.url).replace("\"jwks\"", "\"more\"").replace("orders", "more");
    put(&(Keys::rule_with(&keys.url, ", refresh = 600") + &other), 2);
    for api in ["orders", "more"] {
        caller(&gateway, api, &[("Authorization", token)]).await.unwrap();
    }
    assert_eq!(keys.asked(), 1);
    // Another address is another server's.
    put(&Keys::rule(&keys.url.replace("jwks?v=1", "jwks?v=1&other")), 3);
    let refused = caller(&gateway, "orders", &[("Authorization", token)]).await.unwrap_err();
    assert_eq!(refused.0, 503);
}
