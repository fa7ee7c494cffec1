//! One key, from the manifest to a Gateway that runs the bundle; and back, wherever it fails.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use prost::Message as _;
use rstest::rstest;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_util::sync::CancellationToken;
use tyk_tui::domain::bundle::bundle_hash;
use tyk_tui::services::files::Turn;

use super::home::{Home, Ran};
use super::loading::{Bundles, Fault, Loading, definition};
use super::mserv_stand_in::{self, Mserv};
use super::outlive;
use super::pty::Terminal;
use super::serving::object;
use super::stand_in::SECRET;

pub(crate) const MANIFEST: &str = r#"{
  "file_list": [],
  "custom_middleware": { "pre": [{ "name": "MyPre" }], "driver": "grpc" }
}"#;
pub(crate) const RELOAD: &str = "/tyk/reload";
pub(crate) const API: &str = "/tyk/apis/orders";
pub(crate) const RELOADS: &str = "GET /tyk/reload?block=true";

/// A project, a Gateway that serves `orders` and `users`, and a folder of bundles that it gets them from.
pub(crate) struct Bench {
    pub(crate) home: Home,
    pub(crate) gateway: Loading,
}

impl Bench {
    fn new() -> Self {
        Self::with("")
    }

    fn with(profile: &str) -> Self {
        let home = Home::new();
        let gateway =
            Loading::new(&["orders", "users"], Bundles::Folder(home.path().join("bundles")));
        let (dir, url) = (home.path().join("bundles"), gateway.url());
        home.write("manifest.json", MANIFEST);
        home.write(
            "tyk-tui.toml",
            format!(
                "[project]\nname = \"orders-auth\"\n[host]\ndir = \"{}\"\n[use.local]\n{profile}\n[use.local.gateway]\nurl = \"{url}\"\n",
                dir.display()
            ),
        );
        Self { home, gateway }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.home.command(&[&["--use", "local", "ship"], arguments].concat());
        command.env("TYK_GW_SECRET", SECRET).stdin(Stdio::null());
        command
    }

    fn ship(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments))
    }

    fn bundles(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.home.path().join("bundles")).into_iter().flatten();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    fn state(&self) -> PathBuf {
        self.home.path().join(".local/state/tyk-tui")
    }

    /// The bundle that an API runs.
    pub(crate) fn runs(&self, id: &str) -> Option<String> {
        let name = self.gateway.loaded(id)?["custom_middleware_bundle"].as_str()?.to_owned();
        (!name.is_empty()).then_some(name)
    }

    /// Nothing half done is left: definitions as they were, stored and loaded, and no bundle.
    pub(crate) fn assert_as_before(&self, why: &Ran) {
        for id in ["orders", "users"] {
            assert!(self.gateway.loaded(id) == Some(definition(id)), "{id} as loaded: {why:?}");
            assert!(self.gateway.stored(id) == Some(definition(id)), "{id} as stored: {why:?}");
        }
        assert_eq!(self.bundles(), [""; 0], "{why:?}");
    }
}

#[test]
fn the_gateway_runs_the_bundle_and_a_rollback_returns_to_the_one_before() {
    let bench = Bench::with("ship_apis = [\"orders\", \"gateway:users\"]");
    let ran = bench.ship(&["--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let first = ran.json()["bundle"].as_str().unwrap().to_owned();
    assert_eq!(ran.json()["apis"], serde_json::json!(["gateway:orders", "gateway:users"]));
    assert_eq!(bench.bundles(), [first.as_str()]);
    for id in ["orders", "users"] {
        let loaded = bench.gateway.loaded(id).unwrap();
        assert_eq!(loaded["custom_middleware_bundle"], first);
        assert_eq!(loaded["custom_middleware"]["pre"][0]["name"], "MyPre");
    }
    let changes = ["PUT /tyk/apis/orders", "PUT /tyk/apis/users", RELOADS];
    assert_eq!(bench.gateway.changes(), changes);

    bench.home.write("manifest.json", MANIFEST.replace("MyPre", "Other"));
    let ran = bench.ship(&["--api", "orders"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("✓ confirm   gateway:orders: our bundle, our hooks"), "{ran:?}");
    let second = bench.runs("orders").unwrap();
    assert_ne!(second, first);

    let ran = bench.ship(&["--history"]);
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert!(
        lines[0].contains(&second) && lines[1].contains("gateway:orders, gateway:users"),
        "{ran:?}"
    );

    let ran = bench.ship(&["--rollback", "--dry-run"]);
    assert!(ran.stdout.contains(&format!("point gateway:orders back at {first}")), "{ran:?}");
    assert_eq!(bench.runs("orders"), Some(second.clone()));
    let ran = bench.ship(&["--rollback"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(bench.runs("orders"), Some(first.clone()));
    assert_eq!(
        bench.gateway.loaded("orders").unwrap()["custom_middleware"]["pre"][0]["name"],
        "MyPre"
    );
    let ran = bench.ship(&["--rollback"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for id in ["orders", "users"] {
        assert_eq!(bench.gateway.stored(id), Some(definition(id)), "as it was before all");
    }
    let ran = bench.ship(&["--rollback"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("no ship to take back"), "{ran:?}");
}

#[test]
fn what_somebody_set_since_is_not_rolled_back() {
    let bench = Bench::new();
    assert_eq!(bench.ship(&["--api", "orders"]).code, Some(0));
    bench.home.write("manifest.json", MANIFEST.replace("MyPre", "Other"));
    let ran = bench.ship(&["--api", "orders"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let mut command = bench.home.command(&[
        "--use",
        "local",
        "api",
        "set",
        "gateway:orders",
        "custom_middleware_bundle",
        "mine.zip",
    ]);
    command.env("TYK_GW_SECRET", SECRET);
    std::fs::copy(
        bench.home.path().join("bundles").join(&bench.bundles()[0]),
        bench.home.path().join("bundles/mine.zip"),
    )
    .unwrap();
    assert_eq!(Ran::of(command).code, Some(0));
    let ran = bench.ship(&["--rollback"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("it names mine.zip, and names orders-auth-"), "{ran:?}");
    assert_eq!(bench.runs("orders").as_deref(), Some("mine.zip"));
}

/// Each failure after the push: what it says, and that nothing is left of it.
#[rstest]
#[case::refused("PUT", API, 1, Fault::Refuses(500, r#"{"status":"error","message":"Due to enabled use_db_app_configs, please use the Dashboard API"}"#), "use_db_app_configs", "point")]
#[case::lost("PUT", API, 1, Fault::Loses, "cannot be read", "point")]
#[case::second_refused(
    "PUT",
    "/tyk/apis/users",
    1,
    Fault::Refuses(400, r#"{"status":"error","message":"Request malformed"}"#),
    "Request malformed",
    "point"
)]
#[case::reload_refused(
    "GET",
    RELOAD,
    1,
    Fault::Refuses(500, r#"{"status":"error","message":"no"}"#),
    "answered 500",
    "reload"
)]
#[case::reload_lost("GET", RELOAD, 1, Fault::Loses, "cannot be read", "reload")]
#[case::dropped("GET", RELOAD, 1, Fault::Drops, "does not serve the API any more", "confirm")]
#[case::unhooked(
    "GET",
    RELOAD,
    1,
    Fault::Unhooked,
    "runs no hooks there, and the bundle's manifest has pre MyPre",
    "confirm"
)]
#[case::unanswered(
    "GET",
    API,
    3,
    Fault::Refuses(403, "<html>"),
    "does not answer as a Gateway",
    "confirm"
)]
fn a_failure_puts_everything_back(
    #[case] method: &'static str,
    #[case] path: &'static str,
    #[case] nth: usize,
    #[case] fault: Fault,
    #[case] says: &str,
    #[case] step: &str,
) {
    let bench = Bench::new();
    bench.gateway.at(method, path, nth, fault);
    let ran = bench.ship(&["--api", "orders", "--api", "users"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains(&format!("✗ {step}")), "{ran:?}");
    assert!(ran.stderr.contains(says), "{ran:?}");
    bench.assert_as_before(&ran);
    assert!(ran.stderr.contains("away again"), "{ran:?}");
    let history = bench.ship(&["--history"]);
    assert_eq!(history.stdout, "", "what was taken back is no ship");
}

#[test]
fn a_change_of_somebody_else_stops_it_and_stays() {
    let bench = Bench::new();
    // Read before the push (the first), and again before the PUT.
    bench.gateway.at("GET", API, 2, Fault::Changes("orders"));
    let ran = bench.ship(&["--api", "orders", "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let error = &ran.json()["error"];
    assert!(error["what"].as_str().unwrap().contains("somebody else changed"), "{ran:?}");
    assert_eq!(error["where"], "gateway:orders");
    assert_eq!(bench.gateway.changes(), [""; 0]);
    assert_eq!(bench.gateway.loaded("orders").unwrap()["name"], "of somebody else");
    assert_eq!(bench.bundles(), [""; 0]);
}

#[test]
fn a_change_of_somebody_else_after_ours_is_not_written_over() {
    let bench = Bench::new();
    bench.gateway.at("GET", RELOAD, 1, Fault::Refuses(500, r#"{"status":"error","message":"no"}"#));
    // Read for the third time when it is to be put back.
    bench.gateway.at("GET", API, 3, Fault::Changes("orders"));
    let ran = bench.ship(&["--api", "orders"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("✗ put back"), "{ran:?}");
    assert!(ran.stderr.contains("somebody else changed it since"), "{ran:?}");
    assert!(ran.stderr.contains("stays: an API may still name it"), "{ran:?}");
    assert_eq!(bench.gateway.stored("orders").unwrap()["name"], "of somebody else");
    assert_eq!(bench.bundles().len(), 1);
}

#[test]
fn a_gateway_that_is_gone_is_said_to_be_and_what_to_put_back() {
    let bench = Bench::new();
    bench.gateway.at("PUT", API, 1, Fault::LastWord);
    let ran = bench.ship(&["--api", "orders"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("✗ reload"), "{ran:?}");
    assert!(ran.stderr.contains("not all is as before"), "{ran:?}");
    assert!(ran.stderr.contains("tyk-tui backups restore"), "{ran:?}");
    let kept = bench.home.run(&["backups", "list"]);
    assert!(kept.stdout.contains("gateway:orders"), "{kept:?}");
    assert_eq!(bench.bundles().len(), 1, "an API may name it");
}

#[test]
fn what_cannot_be_read_stops_it_before_anything_is_pushed() {
    for (api, says) in [
        ("nobody", "no API with this id"),
        ("none.json", "no such API definition"),
        ("dashboard:x", "the Dashboard is not connected"),
    ] {
        let bench = Bench::new();
        let ran = bench.ship(&["--api", "orders", "--api", api]);
        assert_ne!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stderr.contains(says), "{ran:?}");
        assert!(ran.stderr.contains("No API was changed"), "{ran:?}");
        bench.assert_as_before(&ran);
        assert_eq!(bench.gateway.changes(), [""; 0]);
    }
}

#[test]
fn a_dry_run_prints_the_plan_and_sends_nothing() {
    let bench = Bench::new();
    let ran = bench.ship(&["--api", "orders", "--dry-run"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let plan: Vec<_> = ran.stdout.lines().collect();
    assert!(plan[0].starts_with("push orders-auth-") && plan[0].contains("(host)"), "{plan:?}");
    assert_eq!(plan[1], "point gateway:orders at it; now it names no bundle");
    assert_eq!(plan[2], format!("reload {}, and ask it what it runs", bench.gateway.url()));
    bench.assert_as_before(&ran);
    assert_eq!(bench.gateway.changes(), [""; 0]);
}

#[test]
fn production_wants_its_name_and_read_only_writes_nothing() {
    let bench = Bench::with("production = true\nship_apis = [\"orders\"]");
    for arguments in [&[][..], &["--confirm", "staging"]] {
        let ran = bench.ship(arguments);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains("--confirm local"), "{ran:?}");
        bench.assert_as_before(&ran);
    }
    let ran = bench.ship(&["--watch"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let mut command = bench.command(&["--confirm", "local"]);
    command.arg("--read-only");
    let ran = Ran::of(command);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("read-only"), "{ran:?}");
    bench.assert_as_before(&ran);
    let ran = bench.ship(&["--confirm", "local"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(bench.runs("orders").is_some());
    assert_eq!(bench.ship(&["--rollback"]).code, Some(2));
}

#[test]
fn a_file_of_the_project_is_pointed_at_it_and_put_back() {
    let bench = Bench::new();
    let before = "{\n  \"api_id\": \"orders\", // no\n}";
    let before = before.replace(", // no", ",\n  \"name\": \"ours\"");
    let file = bench.home.write("apis/orders.json", &before);
    let ran = bench.ship(&["--api", "apis/orders.json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("it loads another file"), "{ran:?}");
    let bundle = &bench.bundles()[0];
    let now = std::fs::read_to_string(&file).unwrap();
    let wanted = format!("  \"name\": \"ours\",\n  \"custom_middleware_bundle\": \"{bundle}\"\n}}");
    assert!(now.ends_with(&wanted), "{now}");

    bench.home.write("manifest.json", MANIFEST.replace("MyPre", "Other"));
    bench.gateway.at("GET", RELOAD, 2, Fault::Refuses(500, r#"{"status":"error","message":"no"}"#));
    let ran = bench.ship(&["--api", "apis/orders.json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), now);
    assert_eq!(bench.bundles(), [bundle.as_str()]);
}

#[test]
fn lint_stops_it_on_request_at_warnings_too() {
    let bench = Bench::new();
    // A Gateway runs none of the files where the driver is grpc.
    bench.home.write("a.py", "a = 1\n");
    bench.home.write("manifest.json", MANIFEST.replace("[]", "[\"a.py\"]"));
    let ran = bench.ship(&["--deny", "warning"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("✗ lint"), "{ran:?}");
    assert!(ran.stderr.contains("manifest.json:2"), "{ran:?}");
    bench.assert_as_before(&ran);
    assert_eq!(bench.ship(&[]).code, Some(0));
}

#[test]
fn another_ship_of_this_machine_is_waited_for() {
    let bench = Bench::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cancel = CancellationToken::new();
    let state = bench.state();
    let turn = runtime.block_on(Turn::wait(&state, "ship.lock", || {}, &cancel)).unwrap();
    let mut command = bench.command(&["--api", "orders"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    stderr.read_line(&mut line).unwrap();
    assert!(line.contains("waiting for another ship"), "{line}");
    assert_eq!(bench.gateway.changes(), [""; 0]);
    drop(turn);
    assert!(child.wait().unwrap().success());
    assert!(bench.runs("orders").is_some());
}

/// SIGINT while the Gateway does not answer.
#[rstest]
#[case::point("PUT", API, 1)]
#[case::reload("GET", RELOAD, 1)]
// The definition is read twice before it is written.
#[case::confirm("GET", API, 3)]
fn interrupted_it_takes_back_what_it_began(
    #[case] method: &'static str,
    #[case] path: &'static str,
    #[case] nth: usize,
) {
    let bench = Bench::new();
    bench.gateway.at(method, path, nth, Fault::Hangs);
    let mut command = bench.command(&["--api", "orders", "--json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    bench.gateway.wait_for(&format!("{method} {path}"), nth);
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    let ran = Ran {
        code: output.status.code(),
        stdout: said.to_string(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    assert_eq!(ran.code, Some(130), "{ran:?}");
    bench.assert_as_before(&ran);
}

/// A bench whose profile ships to mserv, from where the Gateway gets its bundles.
fn with_mserv() -> (Bench, Mserv) {
    let mserv = Mserv::start();
    let home = Home::new();
    let gateway =
        Loading::new(&["orders", "users"], Bundles::Base(format!("{}/api/mw/bundle", mserv.url())));
    let (url, mserv_url) = (gateway.url(), mserv.url());
    home.write("manifest.json", MANIFEST);
    home.write(
        "tyk-tui.toml",
        format!(
            "[project]\nname = \"orders-auth\"\n[use.local]\nship_target = \"eu\"\nship_apis = [\"orders\"]\n\
             [use.local.gateway]\nurl = \"{url}\"\n[use.local.target.eu]\nkind = \"mserv\"\nurl = \"{mserv_url}\"\n"
        ),
    );
    (Bench { home, gateway }, mserv)
}

#[test]
fn on_mserv_the_bundles_name_is_the_id_of_its_push() {
    let (bench, mserv) = with_mserv();
    let ran = bench.ship(&["--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let id = ran.json()["bundle"].as_str().unwrap().to_owned();
    assert_eq!(mserv.ids(), [id.as_str()]);
    assert_eq!(bench.runs("orders"), Some(id.clone()));
    let again = bench.ship(&["--json"]);
    assert_eq!(again.json()["already_there"], true, "{again:?}");
    assert_eq!(mserv.ids(), [id.as_str()], "the same content is not pushed twice");
}

#[rstest]
#[case::gone("POST", mserv_stand_in::Fault::DoneThenGone, "push")]
#[case::refused("POST", mserv_stand_in::Fault::Answer("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\n{}".into()), "push")]
#[case::half("GET /api/mw/bundle", mserv_stand_in::Fault::Half, "push")]
fn a_push_to_mserv_that_fails_points_nothing_at_it(
    #[case] at: &'static str,
    #[case] fault: mserv_stand_in::Fault,
    #[case] step: &str,
) {
    let (bench, mserv) = with_mserv();
    // A second trial of what may be lost on the way fails as well.
    mserv.will(at, fault.clone());
    mserv.will(at, fault);
    let ran = bench.ship(&[]);
    assert_ne!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains(&format!("✗ {step}")), "{ran:?}");
    bench.assert_as_before(&ran);
    assert_eq!(bench.gateway.changes(), [""; 0]);
}

#[test]
fn what_was_pushed_to_mserv_in_vain_is_taken_away() {
    let (bench, mserv) = with_mserv();
    bench.gateway.at("GET", RELOAD, 1, Fault::Drops);
    let ran = bench.ship(&[]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    bench.assert_as_before(&ran);
    assert_eq!(mserv.ids(), [""; 0], "{ran:?}");
}

/// A console that ships `orders` to this Gateway, at 80×24.
fn console(bundles: &tempfile::TempDir, gateway: &Loading) -> Terminal {
    let configuration = format!(
        "[host]\ndir = \"{}\"\n[use.local]\nship_apis = [\"orders\"]\n[use.local.gateway]\nurl = \"{}\"\n",
        bundles.path().display(),
        gateway.url()
    );
    let variables = [("CONFIGURATION", configuration.as_str()), ("TYK_GW_SECRET", SECRET)];
    let script = "printf %s \"$CONFIGURATION\" >tyk-tui.toml; exec \"$0\" --use local";
    let mut terminal = Terminal::shell(80, 24, &variables, script);
    terminal.sees("MyPre");
    terminal.sees("● host");
    terminal
}

#[test]
fn a_console_whose_terminal_is_closed_takes_its_ship_back_first() {
    let bundles = tempfile::tempdir().unwrap();
    let gateway = Loading::new(&["orders", "users"], Bundles::Folder(bundles.path().into()));
    gateway.at("GET", RELOAD, 1, Fault::Hangs);
    let mut terminal = console(&bundles, &gateway);
    terminal.types("B");
    gateway.wait_for(RELOADS, 1);
    terminal.hangs_up();
    terminal.ends();
    for id in ["orders", "users"] {
        assert_eq!(gateway.stored(id), Some(definition(id)));
        assert_eq!(gateway.loaded(id), Some(definition(id)));
    }
    let left = std::fs::read_dir(bundles.path()).unwrap().count();
    assert_eq!(left, 0, "the bundle is taken away, too");
}

/// ctrl-x in the console, while the Gateway does not answer: it asks, as something was pushed, and takes all back.
#[rstest]
#[case::point("PUT", API, 1)]
#[case::reload("GET", RELOAD, 1)]
#[case::confirm("GET", API, 3)]
fn cancelled_in_the_console_it_takes_back_what_it_began(
    #[case] method: &'static str,
    #[case] path: &'static str,
    #[case] nth: usize,
) {
    let bundles = tempfile::tempdir().unwrap();
    let gateway = Loading::new(&["orders", "users"], Bundles::Folder(bundles.path().into()));
    let mut terminal = console(&bundles, &gateway);
    gateway.at(method, path, nth, Fault::Hangs);
    terminal.types("B");
    gateway.wait_for(&format!("{method} {path}"), nth);
    terminal.types("\x18");
    terminal.sees("Cancel the ship?");
    terminal.types("y");
    terminal.sees("the ship was cancelled");
    terminal.sees("as before");
    for id in ["orders", "users"] {
        assert_eq!(gateway.stored(id), Some(definition(id)));
        assert_eq!(gateway.loaded(id), Some(definition(id)));
    }
    assert_eq!(std::fs::read_dir(bundles.path()).unwrap().count(), 0, "the bundle is taken away");
    terminal.types("q");
    terminal.ends();
}

#[test]
fn watching_it_ships_again_when_a_source_changes() {
    let bench = Bench::new();
    let mut command = bench.command(&["--api", "orders", "--watch"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut until = |text: &str| {
        assert!(lines.any(|line| line.contains(text)), "{text} never came");
    };
    until("waiting for a change");
    let first = bench.runs("orders").unwrap();
    // What is wrong is said, and the next change mends it.
    bench.home.write("manifest.json", "{");
    until("✗ lint");
    until("waiting for a change");
    assert_eq!(bench.runs("orders"), Some(first.clone()));
    bench.home.write("manifest.json", MANIFEST.replace("MyPre", "Other"));
    until("✓ confirm");
    until("waiting for a change");
    assert_ne!(bench.runs("orders"), Some(first));
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_is_put_back_is_tried_again_where_the_gateway_stumbles() {
    let bench = Bench::new();
    bench.gateway.at("GET", RELOAD, 1, Fault::Refuses(500, r#"{"status":"error","message":"no"}"#));
    // Read for the third time when it is to be put back.
    bench.gateway.at("GET", API, 3, Fault::Loses);
    bench.gateway.at("GET", RELOAD, 2, Fault::Loses);
    let ran = bench.ship(&["--api", "orders"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    bench.assert_as_before(&ran);
}

/// The stand-in answers no requests to APIs; this is such a request's end, which has a plugin server called.
#[tokio::test(flavor = "multi_thread")]
async fn a_probe_sees_the_dispatch_at_the_projects_server_that_runs_by_itself() {
    let bench = Bench::with("ship_apis = [\"orders\"]");
    let server = outlive::serve(&bench.home, outlive::anywhere);
    let gateway = server.connect().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/orders/x", listener.local_addr().unwrap());
    let command = bench.command(&["--probe", &url]);
    let shipping = tokio::task::spawn_blocking(|| Ran::of(command));
    let (mut stream, _) = listener.accept().await.unwrap();
    // Not before it has asked: an answer to no request is no answer to it.
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let mut called = object();
    called.spec.insert("bundle_hash".to_owned(), bundle_hash(&bench.bundles()[0]));
    gateway.dispatch(&called.encode_to_vec()).await.unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
    let ran = shipping.await.unwrap();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let probe = ran.stderr.lines().find(|line| line.contains("probe")).unwrap();
    assert!(probe.contains("200 in ") && probe.contains(" came"), "{probe}");
    assert!(!probe.contains("not seen"), "{probe}");
}
