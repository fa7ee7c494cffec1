//! APIs of a Gateway, by commands: listed, shown, changed, and put back as they were.

use super::home::{Home, Ran};
use super::stand_in::{Exchange, SECRET, StandIn, recorded};

/// A home whose profile `local` is this Gateway.
fn home(stand_in: &StandIn) -> Home {
    let home = Home::new();
    let url = stand_in.url();
    home.write("tyk-tui.toml", format!("[use.local.gateway]\nurl = \"{url}\"\n"));
    home
}

fn run(home: &Home, arguments: &[&str]) -> Ran {
    let mut command = home.command(&[&["--use", "local"], arguments].concat());
    command.env("TYK_GW_SECRET", SECRET);
    Ran::of(command)
}

/// The recorded definition, with another name.
fn named(name: &str) -> Exchange {
    let mut exchange = recorded("039");
    let old = serde_json::from_str::<serde_json::Value>(&exchange.body).unwrap();
    let old = format!("\"name\":{}", old["name"]);
    assert!(exchange.body.contains(&old));
    exchange.body = exchange.body.replacen(&old, &format!("\"name\":\"{name}\""), 1);
    exchange
}

/// The questions that were asked, in order.
fn asked(stand_in: &StandIn) -> Vec<String> {
    stand_in.seen().iter().map(|seen| format!("{} {}", seen.method, seen.path)).collect()
}

const LOOK: &str = "GET /tyk/apis/minimal";
const PUT: &str = "PUT /tyk/apis/minimal";
const RELOAD: &str = "GET /tyk/reload?block=true";

#[test]
fn a_gateways_apis_are_listed_with_where_they_are_from() {
    let stand_in = StandIn::with(&["415", "372"]);
    let home = home(&stand_in);
    let ran = run(&home, &["api", "list", "--gateway", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = ran.json();
    let apis = said["apis"].as_array().unwrap();
    let kinds: Vec<_> = apis.iter().map(|api| api["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"oas") && kinds.contains(&"classic"), "{said:#}");
    for api in apis {
        assert_eq!(api["from"], "gateway");
        assert_eq!(api["file"], format!("gateway:{}", api["id"].as_str().unwrap()));
    }
    let ran = run(&home, &["api", "list", "--gateway"]);
    assert!(ran.stdout.lines().skip(1).all(|line| line.contains("  gateway:")), "{ran:?}");
}

#[test]
fn without_a_profile_that_has_one_it_is_said_what_to_do() {
    let home = Home::new();
    for arguments in [&["api", "list", "--gateway"], &["api", "show", "gateway:minimal"]] {
        let ran = home.run(arguments);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains("--use NAME"), "{ran:?}");
    }
    let ran = home.run(&["api", "list", "--dashboard"]);
    assert!(ran.stderr.contains("no Dashboard is connected"), "{ran:?}");
}

#[test]
fn a_gateways_api_is_shown_laid_out_and_by_path() {
    let stand_in = StandIn::with(&["039"]);
    let home = home(&stand_in);
    let ran = run(&home, &["api", "show", "gateway:minimal", "proxy.listen_path"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "/minimal/\n"), "{ran:?}");
    let ran = run(&home, &["api", "show", "gateway:minimal"]);
    assert!(ran.stdout.starts_with("{\n  \"name\": "), "{ran:?}");
    // Every token as the Gateway wrote it.
    let packed: String = ran.stdout.split_whitespace().collect();
    let sent: String = recorded("039").body.split_whitespace().collect();
    assert_eq!(packed, sent);
    let none = StandIn::with(&["033"]);
    let ran = run(&self::home(&none), &["api", "show", "gateway:minimal"]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.stderr.contains("has no API with this id"), "{ran:?}");
}

#[test]
fn a_change_is_put_reloaded_confirmed_and_can_be_taken_back() {
    let after = named("new");
    // Opened, looked at anew before the PUT; after the reload it is what was sent. Then the way back.
    let stand_in = StandIn::answering(vec![
        recorded("039"),
        recorded("039"),
        after.clone(),
        after,
        recorded("039"),
        recorded("066"),
        recorded("037"),
    ]);
    let home = home(&stand_in);
    let ran = run(&home, &["api", "set", "gateway:minimal", "name", "new", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.json()["changed"], true);
    assert_eq!(asked(&stand_in), [LOOK, LOOK, PUT, RELOAD, LOOK]);
    let sent: serde_json::Value = serde_json::from_slice(&stand_in.seen()[2].body).unwrap();
    assert_eq!((&sent["name"], &sent["api_id"]), (&"new".into(), &"minimal".into()));
    let list = run(&home, &["backups", "list", "gateway:minimal"]);
    assert!(list.stdout.contains(&format!("gateway:minimal@{}", stand_in.url())), "{list:?}");
    let ran = run(&home, &["backups", "restore", "gateway:minimal"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(asked(&stand_in)[5..], [LOOK, PUT, RELOAD, LOOK]);
    let sent: serde_json::Value = serde_json::from_slice(&stand_in.seen()[6].body).unwrap();
    let old: serde_json::Value = serde_json::from_str(&recorded("039").body).unwrap();
    assert_eq!(sent, old);
}

#[test]
fn read_only_asks_and_changes_nothing() {
    let stand_in = StandIn::with(&["039"]);
    let home = home(&stand_in);
    let set = ["api", "set", "gateway:minimal", "name", "new"];
    let ran = run(&home, &[&["--read-only"], &set[..]].concat());
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("read-only: will not change an API"), "{ran:?}");
    home.write(
        "tyk-tui.toml",
        format!(
            "[use.local]\nread_only = true\n[use.local.gateway]\nurl = \"{}\"\n",
            stand_in.url()
        ),
    );
    assert_eq!(run(&home, &set).code, Some(3));
    assert_eq!(run(&home, &["mserv", "delete", "x"]).code, Some(3));
    assert!(asked(&stand_in).iter().all(|asked| asked == LOOK), "{:?}", asked(&stand_in));
}

#[test]
fn what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten() {
    let stand_in = StandIn::answering(vec![recorded("039"), named("theirs"), recorded("066")]);
    let home = home(&stand_in);
    let ran = run(&home, &["api", "set", "gateway:minimal", "name", "ours"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("-  \"name\": \"theirs\","), "{ran:?}");
    assert!(ran.stderr.contains("+  \"name\": \"ours\","), "{ran:?}");
    assert_eq!(asked(&stand_in), [LOOK, LOOK]);
}

#[test]
fn an_api_that_the_gateway_drops_is_told_and_its_last_version_kept() {
    let stand_in = StandIn::answering(vec![
        recorded("039"),
        recorded("039"),
        recorded("033"),
        recorded("066"),
        recorded("037"),
    ]);
    let home = home(&stand_in);
    let ran =
        run(&home, &["api", "set", "gateway:minimal", "custom_middleware_bundle", "none.zip"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("does not serve the API any more"), "{ran:?}");
    assert!(ran.stderr.contains("tyk-tui backups restore gateway:minimal"), "{ran:?}");
    let shown = run(&home, &["backups", "show", "gateway:minimal"]);
    let kept: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(kept, serde_json::from_str::<serde_json::Value>(&recorded("039").body).unwrap());
}

#[test]
fn an_id_that_was_changed_is_not_sent() {
    let stand_in = StandIn::with(&["039", "066"]);
    let ran = run(&home(&stand_in), &["api", "set", "gateway:minimal", "api_id", "other"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("an id cannot be changed"), "{ran:?}");
    assert_eq!(asked(&stand_in), [LOOK]);
}

/// What a Gateway answers for its schema, in the shape of the recording 416; the schema is of our own making.
fn schema(version: &str) -> Exchange {
    let schema = serde_json::json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "properties": {"x-tyk-api-gateway": {"properties": {"plugins": {
            "type": "array", "items": [{"properties": {"enabled": {"type": "boolean"}}}],
        }}}},
    });
    let body = serde_json::json!({"status": "Success", "message": "", "schema": schema});
    let path = format!("/tyk/schema?oasVersion={version}");
    Exchange { path, body: body.to_string(), ..recorded("017") }
}

#[test]
fn lint_asks_the_gateway_for_its_schema_where_it_is_told_to() {
    let stand_in = StandIn::answering(vec![schema("3.0")]);
    let home = home(&stand_in);
    let text =
        r#"{"openapi": "3.0.3", "x-tyk-api-gateway": {"plugins": [{}, {"enabled": "yes"}]}}"#;
    home.write("api.json", text);
    let by_schema = |ran: &Ran| {
        let problems = ran.json()["problems"].as_array().unwrap().clone();
        problems.into_iter().filter(|it| it["rule"] == "gateway-schema").collect::<Vec<_>>()
    };
    assert_eq!(by_schema(&run(&home, &["lint", "api.json", "--json"])).len(), 0);
    assert!(stand_in.seen().is_empty(), "lint asks nobody unless it is told to");
    let ran = run(&home, &["lint", "api.json", "--json", "--gateway"]);
    let [found] = by_schema(&ran).try_into().unwrap();
    // The second of a list, which the Gateway itself does not look at.
    assert_eq!(found["path"], "x-tyk-api-gateway.plugins[1].enabled");
    assert_eq!((&found["line"], &found["severity"]), (&1.into(), &"error".into()));
    assert!(!found["message"].as_str().unwrap().contains("yes"), "{found}");
    assert_eq!(ran.stderr, "", "3.1, which this Gateway does not have, is no problem");
}

#[test]
fn a_gateway_that_is_away_is_said_and_the_rest_is_looked_at() {
    let stand_in = StandIn::with(&[]);
    let home = home(&stand_in);
    drop(stand_in);
    home.write("api.json", r#"{"openapi": "3.0.3", "x-tyk-api-gateway": {}, "mine": 1}"#);
    let ran = run(&home, &["lint", "api.json", "--json", "--gateway"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("the Gateway's schema was not looked at"), "{ran:?}");
    assert!(ran.stdout.contains("oas-root-key"), "{ran:?}");
}
