//! `doctor`, against stand-ins for a Gateway and a bundle host.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use super::home::{Home, Ran};
use super::ran::fixture;
use super::stand_in::{SECRET, StandIn};

/// Runs it with these settings, and no variable of a Gateway.
fn doctor(home: &Home, arguments: &[&str]) -> (Option<i32>, Value) {
    let mut command = home.command(&[&["doctor", "--json"], arguments].concat());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TYK_GW_") {
            command.env_remove(name);
        }
    }
    let ran = Ran::of(command);
    let said = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    (ran.code, said)
}

/// The one check with this id.
fn check<'a>(said: &'a Value, id: &str) -> &'a Value {
    let mut checks = said["checks"].as_array().unwrap().iter().filter(|check| check["id"] == id);
    let check = checks.next().unwrap_or_else(|| panic!("no {id}: {said:#}"));
    assert!(checks.next().is_none(), "{id} is there twice: {said:#}");
    check
}

#[test]
fn a_wrong_address_is_told_with_the_line_to_change() {
    let home = Home::new();
    let conf = r#"{"secret": "s", "coprocess_options": {"enable_coprocess": true, "coprocess_grpc_server": "10.0.0.1:5555"}}"#;
    home.write("tyk.conf", conf);
    let (code, said) = doctor(&home, &[]);
    assert_eq!((code, &said["ok"]), (Some(1), &json!(false)));
    let wrong = check(&said, "conf-grpc-address");
    assert_eq!(wrong["state"], "fail");
    assert!(wrong["where"].as_str().unwrap().starts_with("tyk.conf:1:"), "{wrong}");
    let change = wrong["change"].as_str().unwrap();
    assert!(
        change.contains(
            r#""coprocess_grpc_server": "tcp://10.0.0.1:5555" in "coprocess_options" of"#
        ),
        "{change}"
    );
    assert!(change.contains("TYK_GW_COPROCESSOPTIONS_COPROCESSGRPCSERVER=tcp://10.0.0.1:5555"));
}

#[test]
fn a_healthy_gateway_and_a_bundle_that_it_can_have_are_all_well() {
    let home = Home::new();
    let gateway = StandIn::with(&["025", "017", "003"]);
    let host = bundle_host("/good-signed.zip", "good-signed.zip");
    let key = fixture("keys/rsa-2048.pub.spki.pem");
    let conf = json!({
        "secret": SECRET, "enable_bundle_downloader": true, "bundle_base_url": host.url() + "/",
        "public_key_path": key,
    });
    home.write("tyk.conf", conf.to_string());
    home.write("api.json", r#"{"api_id": "a", "custom_middleware_bundle": "good-signed.zip"}"#);
    let (code, said) = doctor(&home, &["api.json", "--gateway", &gateway.url()]);
    for id in ["gateway", "ready", "secret", "bundle-url", "public-key"] {
        assert_eq!(check(&said, id)["state"], "ok", "{said:#}");
    }
    assert_eq!(code, Some(0), "{said:#}");
    // Without consent nothing is left behind.
    assert_eq!(check(&said, "probe")["state"], "skipped");
    assert!(gateway.seen().iter().all(|seen| seen.method == "GET"));
    assert!(!said.to_string().contains(SECRET));
}

#[test]
fn a_profile_has_the_gateway_its_secret_and_its_version_and_the_project_its_settings() {
    let home = Home::new();
    let gateway = StandIn::with(&["025", "017"]);
    let secret = home.write("../secret", SECRET);
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).unwrap();
    let config = format!(
        "[use.eu.gateway]\nurl = \"{}\"\nversion = \"5.3\"\nsecret_file = \"{}\"\n",
        gateway.url(),
        secret.canonicalize().unwrap().display()
    );
    home.write("../.config/tyk-tui/config.toml", config);
    home.write("tyk-tui.toml", "[project]\ntyk_conf = \"gateway/tyk.conf\"\n");
    home.write(
        "gateway/tyk.conf",
        r#"{"secret": "of another one", "coprocess_options": {"enable_coprocess": true}}"#,
    );
    let (_, said) = doctor(&home, &["--use", "eu"]);
    assert_eq!(check(&said, "secret")["state"], "ok", "{said:#}");
    assert!(said.to_string().contains("gateway/tyk.conf"), "{said:#}");
    // Another address than the profile's does not get the profile's secret.
    let other = StandIn::with(&["025"]);
    doctor(&home, &["--use", "eu", "--gateway", &other.url()]);
    assert!(other.seen().iter().all(|seen| seen.secret.as_deref() != Some(SECRET)));
    let bundle = fixture("loads").join("good-signed.zip");
    let ran = home.run(&["verify", &bundle.display().to_string(), "--use", "eu", "--json"]);
    let said: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(said["gateway"].as_str().unwrap().contains("5.3"), "{said}");
}

#[test]
fn a_gateway_that_is_not_ready_and_certificates_that_nobody_checks_are_told() {
    let home = Home::new();
    let gateway = StandIn::with(&["025", "017", "752"]);
    let url = gateway.url();
    let config = format!("[use.eu.gateway]\nurl = \"{url}\"\ninsecure_tls = true\n");
    home.write("../.config/tyk-tui/config.toml", config);
    let (code, said) = doctor(&home, &["--use", "eu"]);
    assert_eq!(check(&said, "ready")["state"], "fail", "{said:#}");
    assert_eq!(check(&said, "certificate")["state"], "warn", "{said:#}");
    assert_eq!(code, Some(1));
    // An address that is given is another Gateway's, and one before 5.9 does not say whether it is ready.
    let other = StandIn::with(&["025", "017"]);
    let (_, said) = doctor(&home, &["--use", "eu", "--gateway", &other.url()]);
    let ids: Vec<_> = said["checks"].as_array().unwrap().iter().map(|check| &check["id"]).collect();
    assert!(!ids.contains(&&json!("certificate")) && !ids.contains(&&json!("ready")), "{said:#}");
}

#[test]
fn a_probe_needs_a_gateway() {
    let home = Home::new();
    home.write("tyk.conf", "{}");
    assert_eq!(doctor(&home, &["--probe"]).0, Some(2));
}

#[test]
fn what_is_advertised_is_what_a_gateway_elsewhere_is_to_have() {
    let home = Home::new();
    let conf = r#"{"secret": "s", "coprocess_options": {"enable_coprocess": true, "coprocess_grpc_server": "tcp://127.0.0.1:1"}}"#;
    home.write("tyk.conf", conf);
    home.write("tyk-tui.toml", "[server]\nadvertise = \"dev.example:7000\"\n");
    let (_, said) = doctor(&home, &["--container"]);
    assert!(said.to_string().contains("tcp://dev.example:7000"), "{said:#}");
}

#[test]
fn a_bundle_that_is_not_there_or_would_be_refused_is_wrong() {
    for (served, file, found) in [
        ("/other.zip", "good-signed.zip", "answers 404"),
        ("/b.zip", "tampered-file-unsigned.zip", "invalid checksum"),
    ] {
        let home = Home::new();
        let host = bundle_host(served, file);
        let base = host.url();
        let conf =
            json!({"secret": "s", "enable_bundle_downloader": true, "bundle_base_url": base});
        home.write("tyk.conf", conf.to_string());
        home.write("api.json", r#"{"api_id": "a", "custom_middleware_bundle": "b.zip"}"#);
        let (code, said) = doctor(&home, &["api.json"]);
        assert_eq!(code, Some(1), "{said:#}");
        let wrong = check(&said, "bundle-url");
        assert!(wrong["found"].as_str().unwrap().contains(found), "{wrong}");
    }
}

#[test]
fn loopback_is_no_address_for_a_container() {
    let home = Home::new();
    let conf = r#"{"secret": "s", "coprocess_options": {"enable_coprocess": true, "coprocess_grpc_server": "tcp://127.0.0.1:1"}}"#;
    home.write("tyk.conf", conf);
    let (code, said) = doctor(&home, &["--container"]);
    assert_eq!(code, Some(1));
    let text = said.to_string();
    assert!(text.contains("tcp://host.docker.internal:1"), "{text}");
    for key in ["server.advertise", "host.advertise", "server.listen", "host.listen"] {
        assert!(text.contains(key), "{key}: {text}");
    }
    // Who gives that address out has a Gateway in a container: only what listens here is left to change.
    home.write("tyk.conf", conf.replace("127.0.0.1", "host.docker.internal"));
    let (_, said) = doctor(&home, &[]);
    let text = said.to_string();
    assert!(text.contains("server.advertise") && !text.contains("own loopback"), "{text}");
    home.write("tyk.conf", conf);
    // On this machine the same address is only looked at.
    let (_, said) = doctor(&home, &[]);
    assert!(!said.to_string().contains("host.docker.internal"));
    assert_eq!(check(&said, "plugin-server")["state"], "fail");
}

#[test]
fn a_probe_says_first_what_it_leaves_and_then_what_the_gateway_said() {
    let home = Home::new();
    let gateway = StandIn::with(&["025", "017", "518"]);
    home.write("tyk.conf", json!({"secret": SECRET}).to_string());
    let api = r#"{"api_id": "a", "custom_middleware": {"driver": "grpc", "pre": [{"name": "P"}]}}"#;
    home.write("api.json", api);
    let url = gateway.url();
    let ran = home.run(&["doctor", "api.json", "--gateway", &url, "--probe"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("stays on the Gateway's disk"), "{ran:?}");
    assert!(ran.stdout.contains("✗ probe: the Gateway cannot load the API"), "{ran:?}");
    assert!(ran.stdout.contains("invalid checksum"), "{ran:?}");
    assert_eq!(gateway.seen().last().unwrap().path, "/tyk/debug");
}

#[test]
fn what_cannot_be_asked_is_exit_code_3() {
    let home = Home::new();
    let mut command = home.command(&["doctor", "--json"]);
    command.env_remove("TYK_GW_SECRET");
    let ran = Ran::of(command);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stdout.contains("--conf FILE"), "{ran:?}");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (code, said) = doctor(&home, &["--gateway", &url]);
    assert_eq!((code, &check(&said, "gateway")["state"]), (Some(3), &json!("unknown")));
    // The environment alone is enough to look at.
    let mut command = home.command(&["doctor", "--json"]);
    command.env("TYK_GW_SECRET", "").env("TYK_GW_COPROCESSOPTIONS_PYTHONVERSION", "3.12");
    let ran = Ran::of(command);
    let said: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (ran.code, &check(&said, "conf-python-version")["state"]),
        (Some(1), &json!("fail"))
    );
    let change = check(&said, "conf-python-version")["change"].as_str().unwrap();
    assert!(change.contains("TYK_GW_COPROCESSOPTIONS_PYTHONVERSION=3.11"), "{change}");
    home.write("tyk.conf", "not json");
    assert_eq!(home.run(&["doctor"]).code, Some(3));
}

/// A host that has one bundle of the fixtures, at this path.
fn bundle_host(path: &str, file: &str) -> BundleHost {
    let bytes = std::fs::read(fixture("loads").join(file)).unwrap();
    let served = path.to_owned();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        for mut stream in listener.incoming().flatten() {
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1)
            {
                head.push(byte[0]);
            }
            let is_it = head.starts_with(format!("GET {served} ").as_bytes());
            let (status, body) =
                if is_it { ("200 OK", &bytes[..]) } else { ("404 Not Found", &[][..]) };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    BundleHost(address)
}

struct BundleHost(std::net::SocketAddr);

impl BundleHost {
    fn url(&self) -> String {
        format!("http://{}", self.0)
    }
}
