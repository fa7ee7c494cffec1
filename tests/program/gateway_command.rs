//! `tyk-tui gateway` and `tyk-tui dashboard`, against what a real Gateway answered.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value as Json, json};

use super::home::{Home, Ran};
use super::stand_in::{Exchange, SECRET, StandIn, recorded};

/// Runs a command of a Gateway.
fn gateway(home: &Home, stand_in: &StandIn, arguments: &[&str]) -> Ran {
    gateway_reading(home, stand_in, arguments, "")
}

/// The same with something on standard input.
fn gateway_reading(home: &Home, stand_in: &StandIn, arguments: &[&str], input: &str) -> Ran {
    let url = stand_in.url();
    let all = [&["gateway", "--url", url.as_str()], arguments].concat();
    let mut command = home.command(&all);
    command.env("TYK_GW_SECRET", SECRET);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that does not read is none of ours to fail on.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The questions that were asked, in order.
fn asked(stand_in: &StandIn) -> Vec<String> {
    stand_in.seen().iter().map(|seen| format!("{} {}", seen.method, seen.path)).collect()
}

/// A recorded answer to another question.
fn at(name: &str, path: &str) -> Exchange {
    Exchange { path: path.to_owned(), ..recorded(name) }
}

const LOOK: &str = "GET /tyk/apis/minimal";
const RELOAD: &str = "GET /tyk/reload?block=true";

#[test]
fn hello_says_how_it_is_and_whether_it_is_ready() {
    let home = Home::new();
    let stand_in = StandIn::with(&["025", "003"]);
    let ran = gateway(&home, &stand_in, &["hello"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for said in ["v5.5.0-dev", "redis: pass", "ready: it has loaded"] {
        assert!(ran.stdout.contains(said), "{ran:?}");
    }
    let said = gateway(&home, &stand_in, &["hello", "--json"]).json();
    assert_eq!((&said["needs"]["redis"]["status"], &said["ready"]), (&json!("pass"), &json!(true)));
    // It is not ready: the answer is no.
    let ran = gateway(&home, &StandIn::with(&["001", "752"]), &["hello"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("not ready"), "{ran:?}");
}

#[test]
fn apis_are_listed_and_one_is_printed_as_it_is_kept() {
    let home = Home::new();
    let stand_in = StandIn::with(&["415", "372", "039", "374", "373"]);
    let ran = gateway(&home, &stand_in, &["apis"]);
    assert!(ran.stdout.starts_with("ID "), "{ran:?}");
    assert!(ran.stdout.contains("  oas  ") && ran.stdout.contains("  classic  "), "{ran:?}");
    let apis = gateway(&home, &stand_in, &["apis", "--json"]).json();
    assert_eq!(apis["apis"].as_array().unwrap().len(), 2, "{apis:#}");
    let packed = |text: &str| text.split_whitespace().collect::<String>();
    let ran = gateway(&home, &stand_in, &["get", "minimal"]);
    assert_eq!(packed(&ran.stdout), packed(&recorded("039").body));
    let ran = gateway(&home, &stand_in, &["get", "oas-plugins"]);
    assert_eq!(packed(&ran.stdout), packed(&recorded("373").body));
    // In force, an OAS API is told as a classic one.
    let ran = gateway(&home, &stand_in, &["get", "oas-plugins", "--loaded", "--json"]);
    assert_eq!((ran.code, &ran.json()["kind"]), (Some(0), &json!("classic")), "{ran:?}");
    let ran = gateway(&home, &StandIn::with(&["033"]), &["get", "minimal"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("no API with this id"), "{ran:?}");
}

#[test]
fn put_creates_what_is_new_and_takes_effect_at_the_next_reload() {
    let home = Home::new();
    // In the Dashboard's wrapper: a Gateway wants it raw.
    let file =
        r#"{"api_model": {}, "api_definition": {"api_id": "minimal", "name": "m", "n": 1.50}}"#;
    home.write("api.json", file);
    let stand_in = StandIn::with(&["033", "047"]);
    let ran = gateway(&home, &stand_in, &["put", "api.json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("gateway:minimal created; it takes effect at the next reload"));
    let posted = stand_in.seen().pop().unwrap();
    assert_eq!((posted.method.as_str(), posted.path.as_str()), ("POST", "/tyk/apis"));
    let sent = String::from_utf8(posted.body).unwrap();
    assert!(sent.contains("\"n\": 1.50") && !sent.contains("api_model"), "{sent}");
}

#[test]
fn put_says_what_differs_replaces_reloads_and_confirms() {
    let home = Home::new();
    let mut new = recorded("039");
    new.body = new.body.replace("\"/minimal/\"", "\"/other/\"");
    let renamed = new.body.replace("\"slug\":\"\",", "");
    // Looked at for the difference and before the PUT; after the reload it is what was sent.
    let stand_in = StandIn::answering(vec![
        recorded("039"),
        recorded("039"),
        new,
        recorded("066"),
        recorded("037"),
    ]);
    let ran = gateway_reading(&home, &stand_in, &["put", "-", "--reload"], &renamed);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let changes: Vec<_> = ran.stdout.lines().filter(|line| line.starts_with(['-', '+'])).collect();
    // What the Gateway writes out and we left away is none of it.
    let expected = ["-    \"listen_path\": \"/minimal/\",", "+    \"listen_path\": \"/other/\","];
    assert_eq!(changes, expected, "{ran:?}");
    assert!(ran.stdout.contains("replaced; the Gateway has reloaded and serves it"), "{ran:?}");
    assert!(!ran.stderr.contains("otherwise"), "{ran:?}");
    assert_eq!(asked(&stand_in), [LOOK, LOOK, "PUT /tyk/apis/minimal", RELOAD, LOOK]);
}

#[test]
fn what_a_gateway_lists_and_skips_is_not_said_to_be_served() {
    let home = Home::new();
    let mut new = recorded("039");
    new.body = new.body.replace("\"/minimal/\"", "\"/with space/\"");
    home.write("spaced.json", &new.body);
    let stand_in = StandIn::answering(vec![
        recorded("039"),
        recorded("039"),
        new,
        recorded("066"),
        recorded("037"),
    ]);
    let ran = gateway(&home, &stand_in, &["put", "spaced.json", "--reload"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("lists it, but serves nothing"), "{ran:?}");
    assert!(ran.stderr.contains("the listen path has a space"), "{ran:?}");
    assert!(!ran.stdout.contains("serves it"), "{ran:?}");
}

#[test]
fn put_leaves_alone_what_it_was_not_to_replace() {
    let home = Home::new();
    home.write("same.json", recorded("039").body);
    home.write("other.json", r#"{"api_id": "minimal", "name": "another"}"#);
    home.write("oas.json", r#"{"openapi": "3.0.3", "info": {}, "paths": {}, "x-tyk-api-gateway": {"info": {"id": "minimal"}}}"#);
    let stand_in = StandIn::with(&["039", "066", "047"]);
    let put = |arguments: &[&str]| gateway(&home, &stand_in, &[&["put"], arguments].concat());
    let ran = put(&["same.json", "--json"]);
    assert_eq!((ran.code, &ran.json()["written"]), (Some(0), &json!(false)), "{ran:?}");
    let ran = put(&["other.json", "--dry-run"]);
    assert!(ran.code == Some(0) && ran.stdout.contains("would be replaced"), "{ran:?}");
    // The id is taken: by an API, where a new one is wanted; by one of another kind.
    let ran = put(&["other.json", "--new"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("the id is taken"), "{ran:?}");
    let ran = put(&["oas.json", "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let said = ran.json()["error"].to_string();
    assert!(said.contains("another kind: classic there, oas here"), "{said}");
    assert!(said.contains("gateway:minimal") && said.contains("another id"), "{said}");
    assert!(asked(&stand_in).iter().all(|asked| asked == LOOK), "{:?}", asked(&stand_in));
}

#[test]
fn delete_asks_first_and_can_be_taken_back() {
    let home = Home::new();
    let deleted = Exchange { path: "/tyk/apis/oas/minimal".into(), ..recorded("410") };
    let deleted = Exchange { body: deleted.body.replace("oas-both", "minimal"), ..deleted };
    let stand_in = StandIn::answering(vec![recorded("039"), deleted, recorded("037")]);
    let ran = gateway(&home, &stand_in, &["delete", "minimal"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("--yes"), "{ran:?}");
    assert!(stand_in.seen().is_empty());
    let ran = gateway(&home, &stand_in, &["delete", "minimal", "--yes", "--reload"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("backups restore gateway:minimal"), "{ran:?}");
    assert_eq!(asked(&stand_in), [LOOK, "DELETE /tyk/apis/oas/minimal", RELOAD]);
    let shown = home.run(&["backups", "show", "gateway:minimal"]);
    let kept: Json = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(kept, serde_json::from_str::<Json>(&recorded("039").body).unwrap());
    let ran = gateway(&home, &StandIn::with(&["033"]), &["delete", "minimal", "--yes"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("no API with this id"), "{ran:?}");
}

#[test]
fn reload_waits_or_tells_the_group() {
    let home = Home::new();
    let stand_in = StandIn::with(&["037", "083", "755"]);
    for (arguments, path, said) in [
        (&["reload"][..], "/tyk/reload?block=true", "the Gateway has reloaded"),
        (&["reload", "--group"], "/tyk/reload/group", "every Gateway of its group was told"),
        (&["reload", "--no-wait"], "/tyk/reload", "the Gateway was told"),
    ] {
        let ran = gateway(&home, &stand_in, arguments);
        assert!(ran.code == Some(0) && ran.stdout.starts_with(said), "{ran:?}");
        assert_eq!(stand_in.seen().pop().unwrap().path, path);
    }
}

#[test]
fn debug_shows_the_response_and_what_each_middleware_did() {
    let home = Home::new();
    home.write("api.json", r#"{"api_id": "dbgall", "custom_plugin_auth_enabled": true}"#);
    home.write("good.http", "GET /x\nAuthorization: 47a0c79c427728b3df4af62b9228c8ae\n");
    let good = StandIn::with(&["506"]);
    let ran = gateway(&home, &good, &["debug", "api.json", "--request", "good.http"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for said in
        ["pre echo_pre ", "auth_check auth_ok_key ", "post_key_auth echo_pka ", "post echo_post "]
    {
        assert!(ran.stdout.contains(said), "{said}: {ran:?}");
    }
    assert!(ran.stdout.contains("HTTP/1.1 200 OK"), "{ran:?}");
    assert!(!ran.stdout.contains("47a0c79c427728b3df4af62b9228c8ae"), "{ran:?}");
    assert!(ran.stderr.contains("becomes a live key"), "{ran:?}");
    let sent: Json = serde_json::from_slice(&good.seen()[0].body).unwrap();
    assert_eq!(sent["request"]["headers"]["Authorization"][0], "47a0c79c427728b3df4af62b9228c8ae");
    let shown = ["debug", "api.json", "--request", "good.http", "--show-secrets"];
    assert!(gateway(&home, &good, &shown).stdout.contains("47a0c79c427728b3df4af62b9228c8ae"));
    // The plugin refuses, the plugin server is down, the bundle is refused.
    let said = gateway(&home, &StandIn::with(&["507"]), &["debug", "api.json", "--json"]).json();
    assert_eq!((&said["status"], &said["good"]), (&json!(401), &json!(true)));
    let last = said["chain"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["hook"], &last["code"]), (&json!("auth_check"), &json!(401)), "{last}");
    let ran = gateway(&home, &StandIn::with(&["535"]), &["debug", "api.json"]);
    assert!(ran.code == Some(1) && ran.stdout.contains("connection refused"), "{ran:?}");
    let ran = gateway(&home, &StandIn::with(&["518"]), &["debug", "api.json"]);
    assert!(ran.code == Some(1) && ran.stdout.contains("invalid checksum"), "{ran:?}");
    assert!(ran.stdout.starts_with("the Gateway cannot build the API"), "{ran:?}");
}

/// A Gateway with four keys: one is the session of a plugin that named no API; one is gone when it is asked for.
fn keys() -> StandIn {
    let (plugin, gone) = ("fresh-open-42aa16092092", "47a0c79c427728b3df4af62b9228c8ae");
    let key = |name: &str| format!("/tyk/keys/{name}");
    let deleted = recorded("647");
    StandIn::answering(vec![
        recorded("646"),
        at("560", &format!("{}?hashed=true", key(plugin))),
        recorded("645"),
        at("551", &key(gone)),
        at("539", &key("defaultmy-own-key")),
        at("539", &key("default94d0c45f1d2449e49818d4858cb80099")),
        deleted,
        at("551", &key("0099")),
        at("551", &key("a-test")),
        at("551", &key("nothing")),
        at("552", &key("default94d0c45f1d2449e49818d4858cb80099")),
    ])
}

#[test]
fn keys_are_shown_by_their_ends_and_found_by_them() {
    let home = Home::new();
    let stand_in = keys();
    let ran = gateway(&home, &stand_in, &["key", "list"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (Some(0), 4), "{ran:?}");
    assert!(ran.stdout.contains("****0099") && ran.stdout.contains("EVERY API"), "{ran:?}");
    assert!(!ran.stdout.contains("94d0c45f1d") && !ran.stdout.contains("fresh-open"), "{ran:?}");
    let ran = gateway(&home, &stand_in, &["key", "list", "--api", "nope", "--show-secrets"]);
    assert!(ran.stdout.contains("fresh-open-42aa16092092"), "it opens every API: {ran:?}");
    let said = gateway(&home, &stand_in, &["key", "get", "0099", "--json"]).json();
    assert_eq!((&said["alias"], &said["apis"]), (&json!("a-test"), &json!(["tokenapi"])));
    let ran = gateway(&home, &stand_in, &["key", "get", "a-test"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("2 keys fit"), "{ran:?}");
    let ran = gateway(&home, &stand_in, &["key", "get", "nothing"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("no such key"), "{ran:?}");
    // Whole on standard input; in no message.
    let whole = "default94d0c45f1d2449e49818d4858cb80099\n";
    let ran = gateway_reading(&home, &stand_in, &["key", "delete", "-", "--yes"], whole);
    assert_eq!((ran.code, ran.stdout.starts_with("****0099 deleted")), (Some(0), true), "{ran:?}");
    assert_eq!(stand_in.seen().pop().unwrap().method, "DELETE");
    drop(stand_in);
}

#[test]
fn a_key_is_in_no_error() {
    let home = Home::new();
    let key = "a-key-that-is-secret-1234";
    let broken = at("025", &format!("/tyk/keys/{key}"));
    let stand_in = StandIn::answering(vec![Exchange { body: key.into(), ..broken }]);
    let ran = gateway_reading(&home, &stand_in, &["key", "get", "-", "--json"], key);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(!ran.stdout.contains("is-secret") && !ran.stderr.contains("is-secret"), "{ran:?}");
}

#[test]
fn leftovers_are_told_from_made_keys_and_revoked_after_a_question() {
    let home = Home::new();
    let stand_in = keys();
    let said = gateway(&home, &stand_in, &["key", "leftovers", "--json"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    let found = said.json()["leftovers"].clone();
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert_eq!((&found[0]["key"], &found[0]["opens_all"]), (&json!("****2092"), &json!(true)));
    let ran = gateway(&home, &stand_in, &["key", "leftovers", "--revoke"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("--yes"), "{ran:?}");
    assert!(stand_in.seen().iter().all(|seen| seen.method == "GET"));
    let ran = gateway(&home, &stand_in, &["key", "leftovers", "--revoke", "--yes"]);
    assert!(ran.code == Some(0) && ran.stdout.contains("1 revoked"), "{ran:?}");
    let deleted: Vec<_> = stand_in.seen().into_iter().filter(|it| it.method == "DELETE").collect();
    assert_eq!(deleted.len(), 1);
    assert_eq!(deleted[0].path, "/tyk/keys/fresh-open-42aa16092092");
    let none = Exchange { body: r#"{"keys":[]}"#.into(), ..recorded("541") };
    let ran = gateway(&home, &StandIn::answering(vec![none]), &["key", "leftovers"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn a_gateway_that_keeps_hashes_is_asked_by_them_or_does_not_list() {
    let home = Home::new();
    let hash = "0313bce22b13b9bfc596c6ffe0d0166d";
    let listed = Exchange { body: format!(r#"{{"keys":["{hash}"]}}"#), ..recorded("541") };
    let stand_in = StandIn::answering(vec![listed, recorded("816")]);
    let said = gateway(&home, &stand_in, &["key", "list", "--json"]).json();
    assert_eq!(
        (&said["keys"][0]["key"], &said["keys"][0]["is_hash"]),
        (&json!(hash), &json!(true))
    );
    let ran = gateway(&home, &StandIn::with(&["815"]), &["key", "leftovers"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("enable_hashed_keys_listing"), "{ran:?}");
}

#[test]
fn a_key_is_made_for_one_api_with_limits_and_printed_once() {
    let home = Home::new();
    let keyless = recorded("039");
    let body = keyless.body.replace("\"use_keyless\":true", "\"use_keyless\":false");
    let stand_in = StandIn::answering(vec![Exchange { body, ..keyless }, recorded("538")]);
    let limits = ["--rate", "5", "--per", "60", "--quota", "7", "--expires", "2h"];
    let ran = gateway(&home, &stand_in, &[&["key", "create", "minimal"], &limits[..]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stdout, "default2aff853202ef4ed9aea2795e5b329314\n");
    assert!(!ran.stderr.contains("9314") && ran.stderr.contains("5 in 60 s"), "{ran:?}");
    let sent: Json = serde_json::from_slice(&stand_in.seen()[1].body).unwrap();
    assert_eq!(
        (&sent["rate"], &sent["per"], &sent["quota_max"]),
        (&json!(5.0), &json!(60.0), &json!(7))
    );
    let rights = sent["access_rights"].as_object().unwrap();
    assert_eq!(rights.keys().collect::<Vec<_>>(), ["minimal"]);
    assert!(sent["expires"].as_i64().unwrap() > 1_700_000_000, "{sent}");
    // For an API that is not there nothing is made: the Gateway would.
    let none = StandIn::with(&["033", "557"]);
    let ran = gateway(&home, &none, &["key", "create", "minimal"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("no API with this id"), "{ran:?}");
    assert_eq!(asked(&none), [LOOK]);
}

#[test]
fn read_only_asks_and_changes_nothing() {
    let home = Home::new();
    home.write("api.json", r#"{"api_id": "minimal", "name": "m"}"#);
    let stand_in = keys();
    for arguments in [
        &["put", "api.json"][..],
        &["delete", "minimal", "--yes"],
        &["reload"],
        &["debug", "api.json"],
        &["key", "create", "minimal"],
        &["key", "delete", "0099", "--yes"],
        &["key", "leftovers", "--revoke", "--yes"],
    ] {
        let ran = gateway(&home, &stand_in, &[&["--read-only"], arguments].concat());
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(ran.stderr.contains("read-only: will not"), "{ran:?}");
    }
    assert!(stand_in.seen().is_empty());
    assert_eq!(gateway(&home, &stand_in, &["--read-only", "key", "list"]).code, Some(0));
}

/// An answer that a Dashboard gives by its swagger.
fn dashboard_says(method: &str, path: &str, status: u16, body: &str) -> Exchange {
    let (method, path, body) = (method.to_owned(), path.to_owned(), body.to_owned());
    let kind = "application/json".to_owned();
    Exchange { name: String::new(), method, path, status, kind, body }
}

#[test]
fn a_dashboards_apis_are_listed_put_in_their_wrapper_and_created() {
    let home = Home::new();
    let wrapper = r#"{"api_model":{},"api_definition":{"id":"65f0","api_id":"a","name":"one"},"hook_references":["h"]}"#;
    let listed = format!(r#"{{"apis":[{wrapper}],"pages":1}}"#);
    let ok = r#"{"Status":"OK","Message":"API created","Meta":"65f1","ID":"b"}"#;
    let gone = r#"{"Status":"Error","Message":"Not found"}"#;
    let taken = r#"{"Status":"Error","Message":"an API with this id exists"}"#;
    let stand_in = StandIn::answering(vec![
        dashboard_says("GET", "/api/apis?p=-1", 200, &listed),
        dashboard_says("GET", "/api/apis/a", 200, wrapper),
        dashboard_says("PUT", "/api/apis/a", 200, ok),
        dashboard_says("GET", "/api/apis/b", 404, gone),
        dashboard_says("POST", "/api/apis", 200, ok),
        dashboard_says("POST", "/api/apis", 409, taken),
    ]);
    let url = stand_in.url();
    let run = |arguments: &[&str]| {
        let mut command = home.command(&[&["dashboard", "--url", &url], arguments].concat());
        command.env("TYK_DB_KEY", "a-user's-key");
        Ran::of(command)
    };
    let ran = run(&["apis"]);
    assert!(ran.code == Some(0) && ran.stdout.contains("a   one"), "{ran:?}");
    // A raw file goes in the wrapper that is there, with the database's id.
    home.write("a.json", r#"{"api_id": "a", "name": "two"}"#);
    let ran = run(&["put", "a.json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("+    \"name\": \"two\""), "{ran:?}");
    let sent: Json = serde_json::from_slice(&stand_in.seen().pop().unwrap().body).unwrap();
    assert_eq!(sent["api_definition"], json!({"api_id": "a", "name": "two", "id": "65f0"}));
    assert_eq!(sent["hook_references"], json!(["h"]));
    home.write("b.json", r#"{"api_id": "b", "name": "new"}"#);
    let ran = run(&["put", "b.json", "--json"]);
    assert_eq!(ran.json()["created"], true, "{ran:?}");
    let sent: Json = serde_json::from_slice(&stand_in.seen().pop().unwrap().body).unwrap();
    assert_eq!((&sent["api_definition"]["name"], &sent["is_site"]), (&json!("new"), &json!(false)));
    let ran = run(&["put", "b.json"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("the id is taken: an API with"), "{ran:?}");
    let help = run(&["--help"]);
    let words: Vec<_> = help.stdout.split_whitespace().collect();
    assert!(words.join(" ").contains("were not run against a real Dashboard"), "{help:?}");
}
