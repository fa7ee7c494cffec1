//! `serve`: what goes back, what is printed, how it ends.

use std::path::{Path, PathBuf};
use std::process::Command;

use prost::Message as _;
use serde_json::Value;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::serving::{Serve, binary, object, object_with_body};

const KEYS: [&str; 17] = [
    "seq", "at", "took_us", "held_us", "kind", "peer", "hook", "name", "api", "outcome", "status",
    "rule", "trimmed", "request", "reply", "error", "count",
];

/// Every recorded request, by path without `.request.pb`.
fn recordings() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch");
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(stem) = path.to_string_lossy().strip_suffix(".request.pb") {
                found.push(stem.into());
            }
        }
    }
    found.sort();
    assert!(found.len() > 100, "the recordings are missing");
    found
}

fn recorded(stem: &Path, suffix: &str) -> Vec<u8> {
    std::fs::read(format!("{}.{suffix}", stem.display())).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_recording_goes_back_as_it_came_and_prints_as_recorded() {
    let serve = Serve::json(&["--show-secrets"]);
    let gateway = serve.connect().await;
    for (seq, stem) in (1..).zip(recordings()) {
        let request = recorded(&stem, "request.pb");
        let event = stem.to_string_lossy().ends_with("-event");
        let expected: Value = serde_json::from_slice(&recorded(&stem, "request.json")).unwrap();
        let reply = if event {
            gateway.call("/coprocess.Dispatcher/DispatchEvent", &request).await.unwrap()
        } else {
            gateway.dispatch(&request).await.unwrap()
        };
        assert!(event || reply == request, "{}", stem.display());
        let line = serve.line();
        let keys: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, KEYS);
        assert_eq!(line["seq"], seq);
        assert_eq!(line["request"], expected, "{}", stem.display());
        if event {
            assert_eq!((&line["kind"], &line["hook"]), (&"event".into(), &"event".into()));
            let payload: Value =
                serde_json::from_str(expected["payload"].as_str().unwrap()).unwrap();
            assert_eq!(line["name"], payload["handler_name"]);
            assert_eq!(line["api"], payload["spec"]["APIID"]);
            assert_eq!((&line["outcome"], &line["reply"]), (&Value::Null, &serde_json::json!({})));
        } else {
            assert_eq!(line["reply"], expected);
            assert_eq!(line["api"], expected["spec"]["APIID"]);
            let name = expected.get("hookName").cloned().unwrap_or_else(|| "".into());
            assert_eq!(line["name"], name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_show_secrets_no_secret_of_a_recording_is_printed() {
    let serve = Serve::json(&[]);
    let gateway = serve.connect().await;
    for stem in recordings() {
        let request = recorded(&stem, "request.pb");
        if stem.to_string_lossy().ends_with("-event") {
            gateway.call("/coprocess.Dispatcher/DispatchEvent", &request).await.unwrap();
        } else {
            gateway.dispatch(&request).await.unwrap();
        }
        let line = serve.text();
        let json: Value = serde_json::from_slice(&recorded(&stem, "request.json")).unwrap();
        let secrets =
            ["/request/headers/Authorization", "/request/headers/Cookie", "/metadata/token"];
        for secret in secrets.iter().filter_map(|path| json.pointer(path)) {
            let secret = secret.as_str().unwrap();
            // One letter is in any text.
            if secret.len() < 6 {
                continue;
            }
            assert!(!line.contains(secret), "{}: {secret} in {line}", stem.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_nobody_knows_go_back_and_missing_overrides_are_added() {
    let serve = Serve::json(&[]);
    let gateway = serve.connect().await;
    let mut unknown = object().encode_to_vec();
    // Field 4711 of the Object, bytes.
    unknown.extend_from_slice(&[0xba, 0xa6, 0x02, 3, b'n', b'e', b'w']);
    assert_eq!(gateway.dispatch(&unknown).await.unwrap(), unknown);
    assert_eq!(serve.line()["outcome"], "passed");

    let mut bare = object();
    bare.request = None;
    let reply = gateway.dispatch(&bare.encode_to_vec()).await.unwrap();
    let reply = tyk_tui::domain::object::coprocess::Object::decode(reply).unwrap();
    assert!(reply.request.is_some_and(|request| request.return_overrides.is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_over_the_gateways_limit_leaves_out_what_it_does_not_read() {
    let serve = Serve::json(&[]);
    let gateway = serve.connect().await;
    let big = object_with_body(3 << 20);
    let reply = gateway.dispatch(&big).await.unwrap();
    assert!(reply.len() < 4 << 20);
    let line = serve.line();
    assert_eq!(line["trimmed"], true);
    assert_eq!(line["outcome"], "passed", "{}", line["error"]);

    let bigger = object_with_body(5 << 20);
    gateway.dispatch(&bigger).await.unwrap();
    let line = serve.line();
    assert_eq!((&line["trimmed"], &line["outcome"]), (&true.into(), &"failed".into()));
    assert!(line["error"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auth_check_that_no_rule_answers_is_said_at_start_and_on_the_row() {
    let serve = Serve::json(&[]);
    serve.says("no rule answers an auth_check hook");
    let mut auth = object();
    auth.hook_type = 4;
    let gateway = serve.connect().await;
    gateway.dispatch(&auth.encode_to_vec()).await.unwrap();
    let line = serve.line();
    assert_eq!((&line["outcome"], &line["status"]), (&"refused".into(), &403.into()));
    assert!(line["error"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn people_get_a_line_in_columns_without_colour_in_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let serve = Serve::with(folder, |_| {}).read();
    let gateway = serve.connect().await;
    gateway.dispatch(&object().encode_to_vec()).await.unwrap();
    let line = serve.text();
    assert!(!line.contains('\x1b'), "{line}");
    for text in ["pre ", "MyPre ", "orders ", "GET ", "/orders/1?full=yes ", "passed ", " ms"] {
        assert!(line.contains(text), "{text} in {line}");
    }
}

async fn health(address: &str) -> Option<ServingStatus> {
    let endpoint = tonic::transport::Channel::from_shared(format!("http://{address}")).unwrap();
    let mut health = HealthClient::new(endpoint.connect().await.ok()?);
    let service = "coprocess.Dispatcher".to_owned();
    let answer = health.check(HealthCheckRequest { service }).await.ok()?;
    Some(answer.into_inner().status())
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sigterm_what_is_in_flight_is_answered_while_health_says_no() {
    let mut serve = Serve::json(&[]);
    assert_eq!(health(&serve.address).await, Some(ServingStatus::Serving));
    let message = object().encode_to_vec();
    let mut half = super::serve_bad_input::Raw::connect(&serve.address).await;
    let (answer, mut body) = half.begin(&message).await;
    body.send_data(super::serve_bad_input::framed(&message).slice(..9), false).unwrap();
    // The half is there once a whole call after it on the same connection is answered.
    half.dispatch(&message).await;
    assert_eq!(serve.line()["seq"], 1);
    serve.terminate();
    let start = std::time::Instant::now();
    while health(&serve.address).await != Some(ServingStatus::NotServing) {
        assert!(start.elapsed() < super::serving::DEADLINE);
    }
    body.send_data(super::serve_bad_input::framed(&message).slice(9..), true).unwrap();
    let mut reply = answer.await.unwrap().into_body();
    let first = reply.data().await.unwrap().unwrap();
    assert_eq!(first, super::serve_bad_input::framed(&message));
    assert_eq!(serve.line()["outcome"], "passed");
    assert_eq!(serve.ended().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_serves_with_its_standard_input_closed() {
    let folder = tempfile::tempdir().unwrap();
    let program = binary(folder.path());
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec \"$0\" serve --json --listen 127.0.0.1:0 <&-"]);
    shell.arg(program.get_program()).current_dir(folder.path()).env("HOME", folder.path());
    shell.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut serve = Serve::spawn(folder, shell).read();
    serve.connect().await.dispatch(&object().encode_to_vec()).await.unwrap();
    assert_eq!(serve.line()["kind"], "dispatch");
    serve.terminate();
    assert_eq!(serve.ended().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unix_socket_is_served_its_dead_file_replaced_and_a_live_one_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plugin.sock");
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let listen = format!("unix:{}", path.display());
    let mut command = binary(folder.path());
    command.args(["serve", "--json", "--listen", &listen]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut serve = Serve::spawn(folder, command).read();
    assert_eq!(serve.address, listen);

    let second = binary(serve.folder.path()).args(["serve", "--listen", &listen]).output().unwrap();
    assert_eq!(second.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&second.stderr).contains("in use"));

    let endpoint = tonic::transport::Endpoint::try_from(listen.clone()).unwrap();
    let gateway = super::serving::Gateway(endpoint.connect().await.unwrap());
    let message = object().encode_to_vec();
    assert_eq!(gateway.dispatch(&message).await.unwrap(), message);
    assert_eq!(serve.line()["peer"], "unix");
    serve.terminate();
    assert_eq!(serve.ended().code(), Some(0));
    assert!(!path.exists());
}

/// Whether a process ignores SIGHUP; `None` where that cannot be found out.
fn ignores_hang_up(process: &str) -> Option<bool> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    Some(u64::from_str_radix(ignored.trim(), 16).unwrap() & 1 == 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_that_closes_ends_a_server_well_and_what_nohup_says_is_heeded() {
    use rustix::process::Signal;
    let Some(ignored) = ignores_hang_up("self") else {
        eprintln!("NOT TESTED: without /proc nobody knows whether a signal is ignored");
        return;
    };
    if ignored {
        eprintln!("NOT TESTED: SIGHUP is ignored here, and so by all that is started");
    } else {
        let mut serve = Serve::json(&["--record=hung-up.tyks"]);
        serve.connect().await.dispatch(&object().encode_to_vec()).await.unwrap();
        serve.signal(Signal::HUP);
        assert_eq!(serve.ended().code(), Some(0), "{}", serve.stderr());
        serve.says("recorded 1 to hung-up.tyks");
    }
    let folder = tempfile::tempdir().unwrap();
    let program = binary(folder.path());
    let mut shell = Command::new("sh");
    shell.current_dir(folder.path()).env("HOME", folder.path());
    shell.args(["-c", "trap '' HUP; exec \"$0\" \"$@\""]).arg(program.get_program());
    shell.args(["serve", "--json", "--listen", "127.0.0.1:0"]);
    shell.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut serve = Serve::spawn(folder, shell).read();
    assert_eq!(ignores_hang_up(&serve.child.id().to_string()), Some(true));
    serve.signal(Signal::HUP);
    let message = object().encode_to_vec();
    assert_eq!(serve.connect().await.dispatch(&message).await.unwrap(), message);
    serve.terminate();
    assert_eq!(serve.ended().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_where_the_server_listens_are_refused_in_the_words_of_their_flag() {
    let serve = Serve::json(&[]);
    let folder = tempfile::tempdir().unwrap();
    let run = |listen: &str, metrics: &str| {
        let mut command = binary(folder.path());
        command.args(["serve", "--json", "--listen", listen, "--metrics", metrics]);
        let ran = command.output().unwrap();
        assert_eq!(ran.status.code(), Some(3));
        serde_json::from_slice::<Value>(&ran.stdout).unwrap()["error"].clone()
    };
    let error = run("127.0.0.1:0", &serve.address);
    assert!(error["what"].as_str().unwrap().starts_with("the port is in use"), "{error}");
    assert!(error["help"].as_str().unwrap().ends_with("with --metrics"), "{error}");
    // A port that is free, as far as anybody can say.
    let free =
        std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let error = run(&free, &free);
    assert_eq!(error["what"], "the plugin server itself listens there");
    assert_eq!(error["help"], "choose another port with --metrics");
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_for_prometheus_are_served_where_asked_for() {
    let serve = Serve::json(&["--metrics", "127.0.0.1:0"]);
    let gateway = serve.connect().await;
    gateway.dispatch(&object().encode_to_vec()).await.unwrap();
    gateway.dispatch(b"no object").await.unwrap_err();
    let url = serve
        .stderr()
        .lines()
        .find_map(|line| line.split_once("figures at ").map(|(_, url)| url.to_owned()));
    let url = url.unwrap();
    let counted = ["hook=\"pre\",outcome=\"passed\"", "tyk_tui_in_flight 0"];
    loop {
        let text = reqwest::get(&url).await.unwrap().text().await.unwrap();
        if counted.iter().all(|figure| text.contains(figure)) && text.contains("failed") {
            break;
        }
    }
    let other = url.replace("/metrics", "/");
    assert_eq!(reqwest::get(other).await.unwrap().status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_prints_only_what_it_means() {
    let serve =
        Serve::json(&["--filter", "header.authorization~«redacted & !hook:pre | .seq >= 9"]);
    let gateway = serve.connect().await;
    let mut expected = Vec::new();
    let calls = recordings().into_iter().filter(|stem| !stem.to_string_lossy().ends_with("-event"));
    for (seq, stem) in (1_u64..).zip(calls) {
        gateway.dispatch(&recorded(&stem, "request.pb")).await.unwrap();
        let request: Value = serde_json::from_slice(&recorded(&stem, "request.json")).unwrap();
        let headers = &request["request"]["headers"];
        let is_meant = headers["Authorization"].is_string() && request["hookType"] != "Pre";
        if is_meant && seq >= 9 {
            expected.push(seq);
        }
    }
    assert!(expected.len() > 20, "{expected:?}");
    for seq in expected {
        let line = serve.line();
        assert_eq!(line["seq"], seq);
        let authorization = &line["request"]["request"]["headers"]["Authorization"];
        assert!(authorization.as_str().unwrap().contains("«redacted "), "{line}");
    }
}

#[test]
fn a_wrong_filter_is_wrong_use_and_its_character_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ran = binary(folder.path())
        .args(["serve", "--json", "--filter", "hook:pre & statsu:403"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let error: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let error = &error["error"];
    assert_eq!(error["what"], "the filter is wrong: there is no field \"statsu\"");
    assert_eq!(error["where"], "\"hook:pre & statsu:403\", character 12");
    assert!(error["help"].as_str().unwrap().contains("did you mean status?"));
}
