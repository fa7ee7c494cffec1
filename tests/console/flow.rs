//! The calls of one HTTP request, and the plots: what the Stream pane shows of more than one row.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use tyk_tui::capture::session::{Caps, Facts, Recording};
use tyk_tui::capture::{Capture, Exchange};
use tyk_tui::config;
use tyk_tui::domain::redact::Shown;
use tyk_tui::domain::trail::TraceId;
use tyk_tui::flows::demo::{Pace, Traffic};
use tyk_tui::flows::session::Opened as Session;

use crate::opened::Opened;

/// What the demo's `orders` has, and a hook that is off.
const ORDERS: &str = r#"{
  "name": "orders",
  "api_id": "orders",
  "use_keyless": false,
  "custom_plugin_auth_enabled": true,
  "version_data": {"not_versioned": true, "versions": {"Default": {"name": "Default"}}},
  "proxy": {"listen_path": "/orders/", "target_url": "http://127.0.0.1:9000", "strip_listen_path": true},
  "custom_middleware": {
    "pre": [{"name": "echo_off", "disabled": true}, {"name": "echo_pre"}],
    "auth_check": {"name": "auth_ok_key"},
    "post_key_auth": [{"name": "echo_post_key_auth"}],
    "post": [{"name": "echo_post"}],
    "response": [{"name": "echo_response"}],
    "driver": "grpc"
  }
}
"#;

fn with_orders(width: u16, height: u16) -> Opened {
    Opened::with(width, height, &[], |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        std::fs::write(folder.join("apis/orders.json"), ORDERS).unwrap();
    })
}

fn filtered(console: &Opened, filter: &str) {
    console.keys(&["/", "ctrl-u"]);
    console.drive.type_text(filter);
    console.keys(&["enter"]);
    console.sees(&format!("❯ {filter}"));
    console.sees(" of ");
}

#[rstest::rstest]
#[case(80, 24)]
#[case(200, 60)]
fn a_request_is_shown_from_hook_to_hook_with_what_did_not_come(
    #[case] width: u16,
    #[case] height: u16,
) {
    let console = with_orders(width, height);
    let address = console.address();
    let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
    console.sees("auth");
    filtered(&console, "api:orders & hook:auth_check");
    console.sees("refused 403");
    drop(traffic);
    console.keys(&["H"]);
    console.sees("Request flow · orders · ");
    console.sees("a guess: by time, method, URI and headers");
    console.sees("expected by apis/orders.json");
    console.sees("2 hooks came, 4 did not");
    console.sees("disabled in the definition");
    for missing in ["post_key_auth", "post", "response"] {
        let row =
            regex::Regex::new(&format!(r"○ {missing} +echo_\S+ +auth_check answered with 403"))
                .unwrap();
        let seen = console.drive.wait(|screen| row.is_match(screen));
        seen.unwrap_or_else(|screen| panic!("no {row}:\n{screen}"));
    }
    // The cursor is on the call that it was opened on; up is the one before.
    console.sees("▌ auth_check");
    console.keys(&["j", "enter"]);
    console.sees("post_key_auth did not come: auth_check answered with 403");
    console.keys(&["k", "k", "enter"]);
    console.sees_no("Request flow");
    let pre = regex::Regex::new(r"▌ ?\d\d:\d\d:\d\d\.\d{3} pre +").unwrap();
    let seen = console.drive.wait(|screen| pre.is_match(screen));
    seen.unwrap_or_else(|screen| panic!("the pre hook is not selected:\n{screen}"));
}

#[test]
fn without_a_definition_other_requests_say_what_to_expect() {
    let console = Opened::new(120, 40);
    let address = console.address();
    let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
    console.sees("auth");
    filtered(&console, "api:legacy");
    let row = regex::Regex::new(r"legacy +(GET|POST) ").unwrap();
    let came = console.drive.wait(|screen| row.is_match(screen));
    drop(traffic);
    came.unwrap_or_else(|screen| panic!("no call of it:\n{screen}"));
    console.keys(&["H"]);
    console.sees("Request flow · legacy · ");
    console.sees("expected by other requests to this API");
    console.keys(&["H"]);
    console.sees_no("Request flow");
}

/// A session of the calls of requests at the same time, which are recorded under these names.
pub(crate) fn session(cases: &[&str]) -> (std::path::PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders-1.tyks");
    let limits = config::Capture::default();
    let (recorder, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
    let facts = Facts {
        began: Timestamp::now(),
        by: "test".into(),
        server: "127.0.0.1:1".into(),
        answer_limit: 4 << 20,
        redacted: false,
        hidden: tyk_tui::domain::object::SecretNames::default(),
    };
    let all = Caps { records: 1_000, bytes: 1 << 30, age: Duration::from_hours(1) };
    let recording = Recording::start(&path, &facts, all, capture).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch");
    let begin = Timestamp::now() - SignedDuration::from_mins(10);
    for hook in 0..5 {
        for (number, case) in (0..).zip(cases) {
            let whole = std::fs::read(root.join(case).join("case.json")).unwrap();
            let whole: serde_json::Value = serde_json::from_slice(&whole).unwrap();
            let Some(dispatch) = whole["dispatches"].get(hook) else { continue };
            let file = |side: &str| -> Bytes {
                let name = format!("{}.{side}.pb", dispatch["file"].as_str().unwrap());
                std::fs::read(root.join(case).join(name)).unwrap().into()
            };
            let metadata = dispatch["grpc_metadata"].as_array().unwrap();
            let parent = metadata.iter().find(|pair| pair[0] == "traceparent");
            let after = i64::try_from(hook).unwrap() * 3 + number;
            recorder.offer(Exchange {
                at: begin + SignedDuration::from_millis(after),
                took: Duration::from_micros(400),
                rule: Some("an echo".into()),
                trace: parent.and_then(|pair| TraceId::of_parent(pair[1].as_str()?)),
                peer: "127.0.0.1:40000".into(),
                ..Exchange::answered(file("request"), file("reply"))
            });
        }
    }
    drop(recorder);
    assert_eq!(recording.finish(Duration::from_mins(1)).stopped, None);
    (path, folder)
}

#[test]
fn calls_of_one_trace_are_known_and_those_of_twins_are_guessed() {
    let (path, _folder) = session(&["more/otel-no-incoming", "more/otel-off-incoming"]);
    let console = Opened::attached(120, 40, Session::new(&path).unwrap());
    console.sees("10 · following");
    // The last one is of the request without a trace.
    console.keys(&["H"]);
    console.sees("a guess: by time, method, URI and headers");
    console.sees("5 hooks came · 2.0 ms in plugins");
    console.sees("an echo");
    console.keys(&["esc", "k", "H"]);
    console.sees("by traceparent: 1c6341abae320923521223106f6dddde");
    console.sees("5 hooks came");
    // In the list the other calls of the selected one's request are marked.
    console.keys(&["esc"]);
    let marked = |screen: &str| {
        let rows =
            screen.lines().filter(|line| line.contains(" /otel/x ") || line.contains(" /x "));
        rows.map(|row| row.chars().skip(1).take(2).collect::<String>()).collect::<Vec<_>>()
    };
    let expected = [" │", "  ", " │", "  ", " │", "  ", " │", "  ", "▌ ", "  "];
    let seen = console.drive.wait(|screen| marked(screen) == expected);
    seen.unwrap_or_else(|screen| panic!("{:?}:\n{screen}", marked(&screen)));

    let (path, _folder) = session(&["more/otel-off-incoming", "more/otel-off-incoming"]);
    let console = Opened::attached(80, 24, Session::new(&path).unwrap());
    console.sees("10 · following");
    console.keys(&["H"]);
    console.sees("a guess, by time alone: another request looked the same just then");
}

#[rstest::rstest]
#[case(80, 24)]
#[case(200, 60)]
fn plots_are_by_hook_and_api(#[case] width: u16, #[case] height: u16) {
    let console = Opened::new(width, height);
    console.keys(&["6", "p"]);
    console.sees("Nothing was captured yet");
    console.keys(&["esc"]);
    let address = console.address();
    let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
    console.sees("refused 403");
    console.keys(&["p"]);
    console.sees("Plots by hook and API, five minutes until ");
    let refused =
        regex::Regex::new(r"users +auth_check .* 100 % +– +\d+\.\d +\d+\.\d +\d+\.\d").unwrap();
    let seen = console.drive.wait(|screen| refused.is_match(screen));
    seen.unwrap_or_else(|screen| panic!("no {refused}:\n{screen}"));
    console.sees("calls/s");
    console.sees("p99 ms");
    console.keys(&["]"]);
    console.sees("Plots by hook, five minutes");
    console.sees("(all)");
    console.sees_no("users");
    console.keys(&["]"]);
    console.sees("Plots by API, five minutes");
    console.keys(&["esc"]);
    console.sees_no("Plots by");
    drop(traffic);
}
