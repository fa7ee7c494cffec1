//! `request` against a server that says back what it got.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use serde_json::Value;

use super::home::{Home, Ran};
use super::request_stand_in::{Echo, Got};

/// A home with a profile whose Gateway is that server.
fn home(echo: &Echo) -> Home {
    let home = Home::new();
    home.write("tyk-tui.toml", format!("[use.dev.gateway]\nurl = \"{}\"\n", echo.url("/base")));
    home
}

/// What a command made the server get.
fn got(echo: &Echo, home: &Home, arguments: &[&str]) -> (Got, Ran) {
    let before = echo.got().len();
    let ran = home.run(&[&["request"], arguments].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(echo.got().len(), before + 1, "{ran:?}");
    (echo.last(), ran)
}

fn key(home: &Home, text: &str) -> String {
    let path = home.write("key", text);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    "key".to_owned()
}

#[test]
fn curls_words_mean_what_they_mean_to_curl() {
    let echo = Echo::start();
    let home = home(&echo);
    home.write("body.txt", "a\r\nb\n");
    let of = |arguments: &[&str]| {
        let url = echo.url("/a%20b?c=d&e");
        let (got, _) = got(&echo, &home, &[arguments, &[url.as_str()]].concat());
        assert_eq!(got.path, "/a%20b?c=d&e");
        got
    };
    let form = "application/x-www-form-urlencoded";
    let plain = of(&[]);
    assert_eq!((plain.method.as_str(), plain.body.len()), ("GET", 0));
    assert_eq!(plain.one("accept"), "*/*");
    assert!(plain.one("user-agent").starts_with("tyk-tui/"), "{plain:?}");
    assert!(plain.all("content-type").is_empty() && plain.all("x-tyk-tui-request").is_empty());
    let posted = of(&["-d", "x=1", "-d", "@body.txt"]);
    assert_eq!((posted.method.as_str(), posted.body.as_slice()), ("POST", &b"x=1&ab"[..]));
    assert_eq!(posted.one("content-type"), form);
    let put = of(&["-X", "PUT", "--data-binary", "@body.txt", "-H", "Content-Type: text/plain"]);
    assert_eq!((put.method.as_str(), put.body.as_slice()), ("PUT", &b"a\r\nb\n"[..]));
    assert_eq!(put.one("content-type"), "text/plain");
    let raw = of(&["--data-raw", "@no-file", "-H", "Content-Type:"]);
    assert_eq!(raw.body, b"@no-file");
    assert!(raw.all("content-type").is_empty());
    let headers =
        of(&["-H", "X-A: 1", "-H", "X-A: zwei, grün", "-H", "X-Empty;", "-H", "User-Agent: me"]);
    assert_eq!(headers.all("x-a"), ["1", "zwei, grün"]);
    assert_eq!((headers.one("x-empty"), headers.one("user-agent")), (String::new(), "me".into()));
    assert_eq!(of(&["-I"]).method, "HEAD");
    assert_eq!(of(&["-X", "PURGE"]).method, "PURGE");
}

#[test]
fn a_path_goes_to_the_gateway_of_the_profile() {
    let echo = Echo::start();
    let home = home(&echo);
    let (got, ran) = got(&echo, &home, &["--use", "dev", "/orders?x=1", "--json"]);
    assert_eq!(got.path, "/base/orders?x=1");
    let said = ran.json();
    assert_eq!(said["request"]["url"], echo.url("/base/orders?x=1"));
    assert_eq!((&said["status"], &said["version"]), (&200.into(), &"HTTP/1.1".into()));
    let body: Value = serde_json::from_str(said["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["path"], "/base/orders?x=1");
    let times = &said["timing_us"];
    assert_eq!(times["resolve"], Value::Null);
    let time = |name: &str| times[name].as_u64().unwrap();
    assert!(time("connect") <= time("head") && time("head") <= time("total"), "{times}");
    // Any bytes of a header.
    let headers = said["headers"].as_array().unwrap();
    assert!(headers.iter().any(|it| it[0] == "x-mascot-001" && it[1] == "⢀⣴⣾"), "{headers:?}");
    // A name was looked up.
    let url = format!("http://localhost:{}/", echo.address.port());
    let ran = home.run(&["request", &url, "--json"]);
    assert!(ran.json()["timing_us"]["resolve"].is_u64(), "{ran:?}");
}

#[test]
fn each_authentication_arrives_and_is_shown_to_nobody() {
    let echo = Echo::start();
    let home = home(&echo);
    let file = key(&home, "47a0c79c427728b3df4af62b9228c8ae\n");
    let url = echo.url("/");
    let of = |arguments: &[&str]| {
        let (got, ran) = got(&echo, &home, &[&[url.as_str()], arguments].concat());
        let sent = got.headers.iter().map(|(_, value)| String::from_utf8_lossy(value));
        let secrets: Vec<_> = sent.filter(|value| value.len() > 30).collect();
        assert!(!secrets.is_empty());
        // The server says back what it got, and that is hidden too.
        for secret in secrets {
            let bare = secret.rsplit(' ').next().unwrap();
            assert!(!ran.stdout.contains(bare) && !ran.stderr.contains(bare), "{ran:?}");
        }
        assert!(ran.stdout.contains("«redacted "), "{ran:?}");
        got
    };
    let by_key = of(&["--auth", "key", "--key-file", &file, "--auth-header", "X-Mine"]);
    assert_eq!(by_key.one("x-mine"), "47a0c79c427728b3df4af62b9228c8ae");
    let basic = of(&["--auth", "basic", "--user", "me", "--key-file", &file]);
    assert_eq!(
        basic.one("authorization"),
        "Basic bWU6NDdhMGM3OWM0Mjc3MjhiM2RmNGFmNjJiOTIyOGM4YWU="
    );
    let hmac = of(&["--auth", "hmac", "--key-id", "k-1", "--key-file", &file]);
    let credentials = hmac.one("authorization");
    assert!(
        credentials.starts_with(r#"Signature keyId="k-1",algorithm="hmac-sha512",signature=""#),
        "{credentials}"
    );
    assert!(httpdate::parse_http_date(&hmac.one("date")).is_ok());
    let jwt = of(&["--auth", "jwt", "--key-file", &file, "--claims", r#"{"sub": "me"}"#]);
    assert!(jwt.one("authorization").starts_with("Bearer eyJ"));
    // And shown to who asks for it.
    let shown = ["--auth", "key", "--key-file", &file, "--show-secrets"];
    let (_, ran) = got(&echo, &home, &[&[url.as_str()], &shown[..]].concat());
    assert!(ran.stdout.contains("47a0c79c427728b3df4af62b9228c8ae"), "{ran:?}");
}

#[test]
fn a_key_may_be_in_a_variable() {
    let echo = Echo::start();
    let home = home(&echo);
    let mut command =
        home.command(&["request", &echo.url("/"), "--auth", "key", "--key-env", "MINE"]);
    let ran = Ran::of({
        command.env("MINE", "from-the-environment");
        command
    });
    assert_eq!(
        (ran.code, echo.last().one("authorization")),
        (Some(0), "from-the-environment".into())
    );
    let ran = home.run(&["request", &echo.url("/"), "--auth", "key", "--key-env", "MINE"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("the variable MINE is not set"), "{ran:?}");
}

#[test]
fn a_status_is_an_answer_unless_it_is_asked_to_fail() {
    let echo = Echo::start();
    let home = home(&echo);
    let url = echo.url("/status/403");
    let ran = home.run(&["request", "-i", &url]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.starts_with("HTTP/1.1 403 Forbidden\n"), "{ran:?}");
    assert!(ran.stdout.contains("x-mascot-001: ⢀⣴⣾\n") && ran.stdout.ends_with("\n\nrefused\n"));
    assert_eq!(home.run(&["request", "-f", &url]).code, Some(1));
    assert_eq!(home.run(&["request", "--fail", &echo.url("/status/399")]).code, Some(0));
    // Nobody is led elsewhere.
    let ran = home.run(&["request", &echo.url("/elsewhere")]);
    assert!(ran.stderr.contains("a redirect to http://evil.example/ is not followed"), "{ran:?}");
}

#[test]
fn a_body_goes_to_a_file_whole_and_is_kept_in_memory_in_bounds() {
    let echo = Echo::start();
    let home = home(&echo);
    let ran = home.run(&["request", &echo.url("/huge"), "-o", "huge"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran:?}");
    let facts = std::fs::metadata(home.project().join("huge")).unwrap();
    assert_eq!((facts.len(), facts.permissions().mode() & 0o777), (17 << 20, 0o600));
    let ran = home.run(&["request", &echo.url("/huge")]);
    assert_eq!((ran.code, ran.stdout.len()), (Some(3), 16 << 20));
    assert!(ran.stderr.contains("-o FILE takes all of it"));
    let mut bytes = home.command(&["request", &echo.url("/bytes")]);
    assert_eq!(bytes.output().unwrap().stdout, [0xff, 0x00, 0xfe]);
    let ran = home.run(&["request", &echo.url("/bytes"), "--json"]).json();
    assert_eq!((&ran["body"], &ran["body_base64"]), (&Value::Null, &"/wD+".into()));
}

#[test]
fn a_body_may_come_from_standard_input() {
    let echo = Echo::start();
    let home = home(&echo);
    let mut command = home.command(&["request", &echo.url("/"), "--data-binary", "@-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\x00\xff\n").unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(echo.last().body, b"\x00\xff\n");
}

#[test]
fn the_history_holds_no_secret_and_sends_again() {
    let echo = Echo::start();
    let home = home(&echo);
    let file = key(&home, "47a0c79c427728b3df4af62b9228c8ae\n");
    let url = echo.url("/?status=open");
    home.run(&["request", &url, "-H", "X-Api-Key: s3cr3t-s3cr3t", "--show-secrets"]);
    home.run(&["request", &url, "--auth", "key", "--key-file", &file, "-d", "a=b"]);
    home.run(&["request", &url, "--no-history"]);
    let state = home.path().join(".local/state/tyk-tui/requests.json");
    let kept = std::fs::read_to_string(&state).unwrap();
    assert!(!kept.contains("s3cr3t") && !kept.contains("47a0c79c"), "{kept}");
    assert_eq!(std::fs::metadata(&state).unwrap().permissions().mode() & 0o777, 0o600);
    let ran = home.run(&["request", "--history"]);
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{ran:?}");
    assert!(lines[0].starts_with("  1 ") && lines[0].contains("200  key    POST"), "{ran:?}");
    let json = home.run(&["request", "--history", "--json"]);
    let last: Value = serde_json::from_str(json.stdout.lines().next().unwrap()).unwrap();
    assert_eq!((&last["number"], &last["request"]["method"]), (&1.into(), &"POST".into()));
    // From any folder: the key's file is found again.
    let mut again = home.command(&["request", "--again", "1"]);
    assert!(again.current_dir(home.path()).output().unwrap().status.success());
    let got = echo.got();
    assert_eq!(got.len(), 4);
    assert_eq!((&got[3].headers, &got[3].body), (&got[1].headers, &got[1].body));
    assert_eq!((got[3].method.as_str(), &got[3].path), ("POST", &got[1].path));
    // What was left out is not sent as a mark.
    let count = echo.got().len();
    let ran = home.run(&["request", "--again", "2"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("was not kept"), "{ran:?}");
    assert_eq!(echo.got().len(), count);
    assert_eq!(home.run(&["request", "--again", "9"]).code, Some(2));
}

#[test]
fn read_only_asks_and_changes_nothing_elsewhere() {
    let echo = Echo::start();
    let home = home(&echo);
    let (got, _) = got(&echo, &home, &["--read-only", "-X", "DELETE", &echo.url("/")]);
    assert_eq!(got.method, "DELETE");
    // Never reached: it is refused before.
    let ran = home.run(&["--read-only", "request", "-d", "x", "http://192.0.2.1/", "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let what = ran.json()["error"]["what"].as_str().unwrap().to_owned();
    assert_eq!(what, "read-only: will not send POST to 192.0.2.1");
}

#[test]
fn curl_is_printed_and_nothing_sent() {
    let echo = Echo::start();
    let home = home(&echo);
    let file = key(&home, "47a0c79c427728b3df4af62b9228c8ae\n");
    let url = echo.url("/");
    let line = |more: &[&str]| {
        let ran = home.run(&[&["request", "--curl", url.as_str()], more].concat());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.stdout
    };
    assert_eq!(line(&[]), format!("curl {url}\n"));
    let said = line(&["--auth", "key", "--key-file", &file]);
    assert!(said.contains(r#"-H 'Authorization: '"$(cat /"#) && !said.contains("47a0"), "{said}");
    assert!(line(&["--auth", "key", "--key-file", &file, "--show-secrets"]).contains("47a0c79c"));
    let said = line(&["--auth", "jwt", "--key-file", &file]);
    assert!(said.contains("-H 'Authorization: Bearer «redacted "), "{said}");
    assert!(echo.got().is_empty());
    assert!(home.run(&["request", "--history"]).stdout.is_empty());
}
