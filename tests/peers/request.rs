//! `request` against Python's HMAC, openssl's signatures, and curl.

use std::io::{BufRead as _, BufReader, Lines};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use super::home::Home;

const SECRET: &str = "c2VjcmV0-of-some-length";

/// The script, which says what it gets.
pub(crate) struct Server {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    pub(crate) url: String,
}

impl Server {
    pub(crate) fn start() -> Self {
        let python =
            std::env::var_os("TYK_TUI_PEERS_PYTHON").expect("TYK_TUI_PEERS_PYTHON names a Python");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/request.py");
        let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
        let mut child = Command::new(python)
            .args([script, SECRET, fixtures])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut server = Self { child, lines, url: String::new() };
        server.url = format!("http://127.0.0.1:{}", server.got()["port"]);
        server
    }

    pub(crate) fn got(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A copy of a key that its owner alone may read.
fn kept(home: &Home, name: &str, text: impl AsRef<[u8]>) {
    let path = home.write(name, text);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A home with every key.
fn home() -> Home {
    let home = Home::new();
    kept(&home, "secret", format!("{SECRET}\n"));
    kept(&home, "rsa.pem", fixture("bundles/keys/rsa-2048.pkcs8.pem"));
    kept(&home, "ed25519.pem", fixture("bundles/keys/ed25519.pkcs8.pem"));
    kept(&home, "es256.pem", fixture("request/es256.pem"));
    kept(&home, "es384.pem", fixture("request/es384.pem"));
    home
}

fn key_of(algorithm: &str) -> String {
    match &algorithm[..2] {
        "HS" => "secret".into(),
        "ES" => format!("{}.pem", algorithm.to_lowercase()),
        "Ed" => "ed25519.pem".into(),
        _ => "rsa.pem".into(),
    }
}

#[test]
#[ignore = "peers: Python, openssl"]
fn python_and_openssl_find_every_proof_right() {
    let (mut server, home) = (Server::start(), home());
    let mut proven = |arguments: &[&str]| {
        let url = format!("{}/?x=1", server.url);
        let ran = home.run(&[&["request", url.as_str(), "--auth"], arguments].concat());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let got = server.got();
        assert_eq!(got["proven"], true, "{arguments:?}: {got}");
    };
    for algorithm in ["sha256", "sha512"] {
        proven(&["hmac", "--key-id", "k", "--key-file", "secret", "--algorithm", algorithm]);
    }
    for algorithm in [
        "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
        "ES384", "EdDSA",
    ] {
        let key = key_of(algorithm);
        let claims = r#"{"sub": "user-1", "grün": true}"#;
        proven(&["jwt", "--algorithm", algorithm, "--key-file", &key, "--claims", claims]);
    }
    // A server that takes everything would prove nothing.
    kept(&home, "wrong", "another-secret-of-some-length");
    let url = format!("{}/", server.url);
    home.run(&["request", &url, "--auth", "jwt", "--key-file", "wrong"]);
    assert_eq!(server.got()["proven"], false);
    home.run(&["request", &url, "--auth", "hmac", "--key-id", "k", "--key-file", "wrong"]);
    assert_eq!(server.got()["proven"], false);
}

/// What both send alike: each names itself, and a name's place among the headers means nothing.
fn comparable(mut got: Value) -> Value {
    let headers = got["headers"].as_array_mut().unwrap();
    headers.retain(|header| header[0] != "user-agent");
    headers.sort_by_key(|header| header[0].to_string());
    got
}

#[test]
#[ignore = "peers: curl"]
fn curl_sends_what_our_copy_of_it_says() {
    let (mut server, home) = (Server::start(), home());
    home.write("body.bin", [0, 1, 0xff, b'\n', b'\'']);
    home.write("it's a body", "x\r\ny");
    let cases: &[(&str, &[&str])] = &[
        ("/a%20b?c=d&e=%C3%BC", &[]),
        (
            "/?q=a+b&r[]=1&s={x}",
            &["-H", "X-A: it's $HOME `id`", "-H", "X-A: \"two\"", "-H", "X-E;"],
        ),
        ("/", &["-d", "a=b&c=d e"]),
        ("/", &["-d", "@it's a body", "-H", "Content-Type: text/plain"]),
        ("/", &["--data-raw", "@it's\nnöt a file", "-H", "Content-Type:"]),
        ("/", &["-X", "PUT", "--data-binary", "@body.bin"]),
        ("/", &["-X", "DELETE", "-H", "Accept: application/json"]),
        ("/", &["-X", "PATCH", "-d", ""]),
        ("/", &["-I"]),
        ("/", &["-H", "X-Any: grün ✓", "-H", "Accept: a/b", "-H", "Host: other.example"]),
        ("/", &["--auth", "key", "--key-file", "secret"]),
        (
            "/",
            &[
                "--auth",
                "key",
                "--key-file",
                "secret",
                "--auth-header",
                "X-Key",
                "--auth-scheme",
                "My",
            ],
        ),
        ("/", &["--auth", "key", "--key-env", "PEERS_KEY"]),
        ("/", &["--auth", "basic", "--user", "me & you", "--key-file", "secret"]),
        (
            "/",
            &[
                "--auth",
                "hmac",
                "--key-id",
                "k",
                "--key-file",
                "secret",
                "-H",
                "Date: now",
                "--show-secrets",
            ],
        ),
    ];
    for (path, arguments) in cases {
        let url = format!("{}{path}", server.url);
        let words = [&["request", url.as_str()], *arguments].concat();
        let ours = home.command(&words).env("PEERS_KEY", "it's $a key").output().unwrap();
        assert!(ours.status.success(), "{arguments:?}: {ours:?}");
        let ours = comparable(server.got());
        let mut printed = home.command(&[&words[..], &["--curl"]].concat());
        let printed = printed.env("PEERS_KEY", "it's $a key").output().unwrap();
        assert!(printed.status.success(), "{printed:?}");
        let line = String::from_utf8(printed.stdout).unwrap();
        let curl = Command::new("sh")
            .args(["-c", &format!("{} --silent --show-error", line.trim_end_matches('\n'))])
            .current_dir(home.project())
            .env("PEERS_KEY", "it's $a key")
            .output()
            .unwrap();
        assert!(curl.status.success(), "{line}: {curl:?}");
        assert_eq!(comparable(server.got()), ours, "{line}");
    }
}
