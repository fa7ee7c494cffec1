//! The Request pane: a server that says back what it got, and a Gateway that asks our plugin server first.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;

use axum::Router;
use axum::http::{HeaderMap, Method, Uri};
use prost::Message as _;
use tokio::runtime::Runtime;
use tonic::transport::Endpoint;
use tyk_tui::domain::object::coprocess::{HookType, MiniRequestObject, Object, ReturnOverrides};

use crate::opened::Opened;
use crate::request_stand_in::{Echo, hang, rude};
use crate::screens::steady;
use crate::serving::Gateway;

impl Opened {
    /// Opens the pane and writes a URL.
    fn request(&self, url: &str) {
        self.keys(&["7"]);
        self.sees("▐7 Request▌");
        self.selects("URL");
        self.fills("URL", url);
    }

    /// Writes into the selected row.
    fn fills(&self, title: &str, text: &str) {
        self.keys(&["enter"]);
        self.sees(&format!(" {title} "));
        self.sees("enter done");
        self.keys(&["ctrl-u"]);
        self.drive.type_text(text);
        self.keys(&["enter"]);
        self.sees_no("enter done");
    }
}

/// A key that its owner alone may read.
fn key(folder: &std::path::Path) {
    let path = folder.join("key");
    std::fs::write(&path, "47a0c79c427728b3df4af62b9228c8ae\n").unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// A Gateway: it asks the plugin server at this address about each request, by a pre hook and a response hook, whose
/// Object has lost the mark. It never stops: the test's process does.
fn gateway(server: &str) -> SocketAddr {
    let server = format!("http://{server}");
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        Runtime::new().unwrap().block_on(async move {
            let channel = Endpoint::from_shared(server).unwrap().connect().await.unwrap();
            let gateway = Gateway(channel);
            let app =
                Router::new().fallback(move |method: Method, uri: Uri, headers: HeaderMap| {
                    let gateway = gateway.clone();
                    async move {
                        let pre = object(HookType::Pre, &method, &uri.to_string(), &headers);
                        gateway.dispatch(&pre).await.unwrap();
                        let url = format!("http://upstream{uri}");
                        let response = object(HookType::Response, &method, &url, &HeaderMap::new());
                        gateway.dispatch(&response).await.unwrap();
                        "from upstream"
                    }
                });
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            send.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
    });
    receive.recv().unwrap()
}

fn object(hook: HookType, method: &Method, url: &str, headers: &HeaderMap) -> Vec<u8> {
    // As Go writes them.
    let canonical = |name: &str| {
        let words = name.split('-').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        });
        words.collect::<Vec<_>>().join("-")
    };
    let headers = headers
        .iter()
        .map(|(name, value)| (canonical(name.as_str()), value.to_str().unwrap().to_owned()));
    let object = Object {
        hook_type: hook.into(),
        hook_name: "MyHook".to_owned(),
        request: Some(MiniRequestObject {
            method: method.to_string(),
            url: url.to_owned(),
            headers: headers.collect(),
            return_overrides: Some(ReturnOverrides {
                response_code: -1,
                ..ReturnOverrides::default()
            }),
            ..MiniRequestObject::default()
        }),
        response: (hook == HookType::Response).then(Default::default),
        spec: [("APIID".to_owned(), "orders".to_owned())].into(),
        ..Object::default()
    };
    object.encode_to_vec()
}

#[test]
fn an_empty_pane_says_what_it_is_for_and_what_is_missing() {
    for (width, height) in [(80, 24), (200, 60)] {
        let console = Opened::new(width, height);
        console.keys(&["7"]);
        console.sees("Send a request as curl would");
        console.sees("● server");
        console.sees("● host");
        insta::assert_snapshot!(
            format!("request_{width}x{height}"),
            steady(&console.drive.text(), &console)
        );
        console.keys(&["s"]);
        console.sees("there is no URL yet: enter on its row");
        console.keys(&["d"]);
        console.sees("select a header that is to be taken out");
        console.keys(&["x"]);
        console.sees("there is no answer yet");
        console.keys(&["ctrl-x"]);
        console.sees("nothing is under way");
        console.keys(&["H"]);
        console.sees("no request was sent yet");
    }
}

#[test]
fn a_request_is_filled_in_sent_and_its_answer_shown_without_secrets() {
    let echo = Echo::start();
    let console = Opened::with(120, 40, &[], key);
    console.request(&echo.url("/orders?status=open"));
    console.selects("auth  ");
    console.keys(&["enter"]);
    console.sees("Who the request is from");
    console.keys(&["j", "enter"]);
    console.sees("⚠ which variable or file?");
    console.selects("key         ⚠");
    console.fills("Where the key is", "key");
    console.keys(&["a"]);
    console.sees("enter done");
    console.drive.type_text("X-Api-Key: s3cr3t-s3cr3t");
    console.keys(&["enter"]);
    console.sees("X-Api-Key: «redacted ");
    console.selects("body  ");
    console.fills("Body", r#"{"a": 1}"#);
    // Whoever writes a body does not mean GET.
    console.sees("method        POST");
    console.keys(&["s"]);
    console.sees("HTTP/1.1 200 OK");
    console.sees("head after");
    console.sees("DISPATCHES  none seen");
    let got = echo.last();
    assert_eq!((got.method.as_str(), got.path.as_str()), ("POST", "/orders?status=open"));
    assert_eq!(got.one("authorization"), "47a0c79c427728b3df4af62b9228c8ae");
    assert_eq!((got.one("x-api-key"), got.body), ("s3cr3t-s3cr3t".into(), br#"{"a": 1}"#.to_vec()));
    let screen = console.drive.text();
    assert!(!screen.contains("47a0c79c") && !screen.contains("s3cr3t"), "{screen}");
    // What the server says back is laid out, and shown as it came to who asks.
    console.keys(&["tab", "G"]);
    console.sees(r#""«redacted "#);
    console.keys(&["x"]);
    console.sees("47a0c79c427728b3df4af62b9228c8ae");
    console.keys(&["x"]);
    console.sees_no("47a0c79c");
    console.keys(&["y"]);
    console.sees("copied the body of the answer");
    console.keys(&["c"]);
    console.sees("copied the command of curl");
    let copies = console.drive.copies();
    assert!(copies[0].contains("«redacted ") && !copies[0].contains("47a0c79c"), "{}", copies[0]);
    assert!(copies[1].starts_with("curl -H 'X-Api-Key: «redacted "), "{}", copies[1]);
    assert!(copies[1].contains(r#"-H 'Authorization: '"$(cat "#), "{}", copies[1]);
    assert!(copies[1].contains("orders-auth/key"), "{}", copies[1]);
}

#[test]
fn its_dispatches_are_beside_it_and_open_in_the_stream() {
    let console = Opened::new(200, 60);
    console.keys(&["6"]);
    console.sees("coprocess_grpc_server");
    let text = console.drive.text();
    let text = text.split("tcp://").nth(1).unwrap();
    let server: String = text.chars().take_while(|c| *c != '"').collect();
    let gateway = gateway(&server);
    console.request(&format!("http://{gateway}/orders/1"));
    console.keys(&["s"]);
    console.sees("DISPATCHES  1 by the mark in them, 1 a guess");
    console.sees("seen  pre");
    console.sees("guess response");
    console.keys(&["tab"]);
    let on_it = |screen: &str| screen.lines().any(|line| line.contains("▌ guess response"));
    for _ in 0..20 {
        if on_it(&console.drive.text()) {
            break;
        }
        let frames = console.drive.frames();
        console.keys(&["j"]);
        assert!(console.drive.wait_for_frame(frames));
    }
    console.keys(&["enter"]);
    console.sees("▐6 Stream▌");
    console.sees("http://upstream/orders/1");
    // And back: a request is made of the Dispatch before it.
    console.keys(&["t"]);
    console.sees("take a hook before it");
    console.keys(&["k"]);
    console.sees("hookType  \"Pre\"");
    console.keys(&["t"]);
    console.sees("▐7 Request▌");
    console.sees("URL           /orders/1");
}

#[test]
fn without_the_mark_its_dispatches_are_a_guess() {
    let console = Opened::new(120, 40);
    console.keys(&["6"]);
    console.sees("coprocess_grpc_server");
    let text = console.drive.text();
    let text = text.split("tcp://").nth(1).unwrap();
    let server: String = text.chars().take_while(|c| *c != '"').collect();
    console.request(&format!("http://{}/orders/1", gateway(&server)));
    console.selects("mark  ");
    console.keys(&["enter"]);
    console.sees("not sent");
    console.keys(&["s"]);
    console.sees("DISPATCHES  2, a guess");
}

#[test]
fn a_request_under_way_is_cancelled_and_a_failure_says_what_to_do() {
    let console = Opened::new(80, 24);
    console.request(&format!("http://{}/", rude(b"", hang)));
    console.keys(&["s"]);
    console.sees("is being sent…");
    console.keys(&["s"]);
    console.sees("a request is under way: ctrl-x cancels it");
    console.keys(&["ctrl-x"]);
    console.sees("the request was cancelled");
    let down = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", down.local_addr().unwrap());
    drop(down);
    console.request(&url);
    console.keys(&["s"]);
    console.sees("✗ cannot connect");
    console.sees("start the server, or correct its address");
    console.request("/orders");
    console.keys(&["s"]);
    console.sees("a path alone, and no Gateway is connected");
}

#[test]
fn a_path_is_the_profiles_gateways() {
    let echo = Echo::start();
    let console = Opened::with(120, 40, &[("gateway.url", &echo.url(""))], |_| {});
    console.keys(&["7"]);
    console.sees("a path of http://127.0.0.1:");
    console.request("/me");
    console.keys(&["s"]);
    console.sees("HTTP/1.1 200 OK");
    assert_eq!(echo.last().path, "/me");
    assert_eq!(echo.last().one("x-tyk-tui-request").len(), 16);
}

#[test]
fn read_only_sends_nothing_that_writes_elsewhere() {
    let console = Opened::with(120, 40, &[("profile.read_only", "true")], |_| {});
    console.request("http://192.0.2.1/orders");
    console.selects("method  ");
    console.fills("Method", "DELETE");
    console.keys(&["s"]);
    console.sees("read-only: will not send DELETE to 192.0.2.1");
}

#[test]
fn what_was_sent_before_comes_back() {
    let echo = Echo::start();
    let console = Opened::at_home(80, 24);
    console.request(&echo.url("/first"));
    console.keys(&["s"]);
    console.sees("HTTP/1.1 200 OK");
    console.request(&echo.url("/status/404"));
    console.keys(&["s"]);
    console.sees("HTTP/1.1 404 Not Found");
    console.keys(&["N"]);
    console.sees("http://…");
    console.keys(&["H"]);
    console.sees("Sent before");
    console.sees("404");
    console.keys(&["j", "enter"]);
    console.sees(&format!("URL           {}", echo.url("/first")));
}
