//! Ship to an API that a Dashboard keeps: what it takes, and what is put back there. The Dashboard is a stand-in, by its
//! swagger; the Gateway that loads from it answers as a real one.

use rstest::rstest;

use super::home::{Home, Ran};
use super::loading::{Bundles, Fault, KEY, Loading, definition};
use super::ship::{Bench, MANIFEST, RELOAD};
use super::stand_in::SECRET;

const API: &str = "/api/apis/orders";

/// A bench whose definitions are a Dashboard's; its Gateway is connected, or is not.
fn bench(gateway: bool) -> Bench {
    let home = Home::new();
    let loading = Loading::new(&["orders", "users"], Bundles::Folder(home.path().join("bundles")));
    let (dir, url) = (home.path().join("bundles"), loading.url());
    let connected = format!("[use.local.gateway]\nurl = \"{url}\"\n");
    home.write("manifest.json", MANIFEST);
    home.write(
        "tyk-tui.toml",
        format!(
            "[project]\nname = \"orders-auth\"\n[host]\ndir = \"{}\"\n[use.local.dashboard]\nurl = \"{url}\"\n{}",
            dir.display(),
            if gateway { connected.as_str() } else { "" }
        ),
    );
    Bench { home, gateway: loading }
}

fn ship(bench: &Bench, arguments: &[&str]) -> Ran {
    let mut command = bench.command(arguments);
    command.env("TYK_GW_SECRET", SECRET).env("TYK_DB_KEY", KEY);
    Ran::of(command)
}

#[test]
fn the_gateway_runs_what_the_dashboard_was_given() {
    let bench = bench(true);
    // An id that says nothing else is the Dashboard's, where there is one.
    let ran = ship(&bench, &["--api", "orders", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.json()["apis"], serde_json::json!(["dashboard:orders"]));
    let bundle = ran.json()["bundle"].as_str().unwrap().to_owned();
    assert_eq!(bench.runs("orders"), Some(bundle.clone()));
    assert_eq!(bench.gateway.changes(), [format!("PUT {API}"), super::ship::RELOADS.into()]);
    assert_eq!(bench.gateway.stored("orders").unwrap()["custom_middleware_bundle"], bundle);

    let ran = ship(&bench, &["--rollback"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(bench.gateway.stored("orders"), Some(definition("orders")));
    assert_eq!(bench.runs("orders"), None);
}

#[test]
fn without_a_gateway_it_says_that_nobody_was_asked() {
    let bench = bench(false);
    let ran = ship(&bench, &["--api", "dashboard:orders"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("no Gateway is connected to be asked"), "{ran:?}");
    assert!(bench.gateway.stored("orders").unwrap()["custom_middleware_bundle"].is_string());
    assert_eq!(bench.gateway.changes(), [format!("PUT {API}")]);
}

#[rstest]
#[case::refused(
    "PUT",
    API,
    Fault::Refuses(400, r#"{"Status":"Error","Message":"API is not valid"}"#),
    "API is not valid",
    "point"
)]
#[case::lost("PUT", API, Fault::Loses, "cannot be read", "point")]
#[case::reload_refused(
    "GET",
    RELOAD,
    Fault::Refuses(500, r#"{"status":"error","message":"no"}"#),
    "answered 500",
    "reload"
)]
#[case::dropped("GET", RELOAD, Fault::Drops, "does not serve the API any more", "confirm")]
#[case::unhooked("GET", RELOAD, Fault::Unhooked, "runs no hooks there", "confirm")]
fn a_failure_puts_the_dashboards_definition_back(
    #[case] method: &'static str,
    #[case] path: &'static str,
    #[case] fault: Fault,
    #[case] says: &str,
    #[case] step: &str,
) {
    let bench = bench(true);
    bench.gateway.at(method, path, 1, fault);
    let ran = ship(&bench, &["--api", "orders", "--api", "users"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains(&format!("✗ {step}")), "{ran:?}");
    assert!(ran.stderr.contains(says), "{ran:?}");
    bench.assert_as_before(&ran);
    // Where the first PUT was refused, nothing was to be put back.
    let put_back = ran.stderr.contains("✓ put back");
    assert_eq!(put_back, ran.stderr.contains("and the Gateway runs what it ran"), "{ran:?}");
    assert_eq!(put_back, !says.contains("not valid"), "{ran:?}");
}

#[test]
fn a_gateway_that_keeps_what_was_taken_back_is_said_to() {
    let bench = bench(true);
    // It loads the bundle, loses its answer, and does not reload any more.
    bench.gateway.at("GET", RELOAD, 1, Fault::Loses);
    for nth in 2..=4 {
        bench.gateway.at("GET", RELOAD, nth, Fault::Ignores);
    }
    let ran = ship(&bench, &["--api", "orders"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("✗ put back"), "{ran:?}");
    assert!(ran.stderr.contains("the Gateway still runs orders-auth-"), "{ran:?}");
    assert!(ran.stderr.contains("stays: an API may still name it"), "{ran:?}");
    assert_eq!(bench.gateway.stored("orders"), Some(definition("orders")));
    assert!(bench.runs("orders").is_some());
}

#[test]
fn a_change_in_the_dashboard_since_ours_is_not_written_over() {
    let bench = bench(true);
    bench.gateway.at("GET", RELOAD, 1, Fault::Refuses(500, r#"{"status":"error","message":"no"}"#));
    // Read twice before the PUT, once right after, and then when it is to be put back.
    bench.gateway.at("GET", API, 4, Fault::Changes("orders"));
    let ran = ship(&bench, &["--api", "orders"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("somebody else changed it since"), "{ran:?}");
    assert_eq!(bench.gateway.stored("orders").unwrap()["name"], "of somebody else");
}

#[test]
fn a_wrong_key_of_the_dashboard_stops_it_before_anything_is_pushed() {
    let bench = bench(true);
    let mut command = bench.command(&["--api", "orders"]);
    command.env("TYK_DB_KEY", "wrong");
    let ran = Ran::of(command);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("refuses the user's API key"), "{ran:?}");
    bench.assert_as_before(&ran);
    assert_eq!(bench.gateway.changes(), [""; 0]);
}
