//! What the APIs pane has the Gateway do: trials, keys, reloads, a file's definition compared and put.

use tempfile::NamedTempFile;

use super::opened::Opened;
use super::stand_in::{Exchange, StandIn, recorded};

/// A console with a file of the API `minimal` and this Gateway.
pub(crate) fn opened(stand_in: &StandIn, more: &[(&'static str, &str)]) -> (Opened, NamedTempFile) {
    let url = stand_in.url();
    // The stand-in's secret in a file that its owner alone may read: the environment is shared by all tests.
    let secret = NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), super::stand_in::SECRET).unwrap();
    let path = secret.path().display().to_string();
    let settings = [("gateway.url", url.as_str()), ("gateway.secret_file", path.as_str())];
    let console = Opened::with(120, 40, &[&settings[..], more].concat(), |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        let text = recorded("039").body.replace("\"/minimal/\"", "\"/ours/\"");
        let text = text.replace("\"use_keyless\":true", "\"use_keyless\":false");
        let text = text.replace("_auth_enabled\":false", "_auth_enabled\":true");
        std::fs::write(folder.join("apis/minimal.json"), text).unwrap();
    });
    console.keys(&["2"]);
    console.sees("apis/minimal.json");
    console.sees("0 APIs");
    (console, secret)
}

fn asked(stand_in: &StandIn, method: &str) -> Vec<String> {
    let seen = stand_in.seen().into_iter().filter(|seen| seen.method == method);
    seen.map(|seen| seen.path).collect()
}

#[test]
fn a_definition_is_tried_with_a_request_and_each_middleware_tells_what_it_did() {
    let stand_in = StandIn::with(&["017", "506"]);
    let (console, _secret) = opened(&stand_in, &[]);
    console.keys(&["t"]);
    console.sees("Try apis/minimal.json on the Gateway, undeployed");
    console.sees("becomes a live key");
    console.drive.type_text("x?a=b");
    console.keys(&["enter"]);
    console.sees("a Gateway cannot try a request with a query");
    for _ in 0.."?a=b".len() {
        console.keys(&["backspace"]);
    }
    console.keys(&["down"]);
    console.drive.type_text("Authorization: 47a0c79c427728b3df4af62b9228c8ae");
    console.keys(&["enter"]);
    console.sees("Tried: 200");
    console.sees("auth_check auth_ok_key");
    console.sees("post_key_auth echo_pka");
    console.keys(&["pagedown"]);
    console.sees("The response");
    console.sees_no("47a0c79c427728b3df4af62b9228c8ae");
    let sent = stand_in.seen().into_iter().find(|seen| seen.path == "/tyk/debug").unwrap();
    let sent: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
    // What stands here, not what is deployed.
    assert_eq!(sent["spec"]["proxy"]["listen_path"], "/ours/");
    assert_eq!(sent["request"]["path"], "/x");
    assert_eq!(sent["request"]["headers"]["Authorization"][0], "47a0c79c427728b3df4af62b9228c8ae");
    // The form has what was typed.
    console.keys(&["esc", "t"]);
    console.sees("Authorization: 47a0c79c427728b3df4af62b9228c8ae");
}

#[test]
fn a_file_is_compared_with_what_is_deployed_and_put_after_a_question() {
    let ours = recorded("039").body.replace("\"/minimal/\"", "\"/ours/\"");
    let ours = ours.replace("\"use_keyless\":true", "\"use_keyless\":false");
    let ours = ours.replace("_auth_enabled\":false", "_auth_enabled\":true");
    let ours = Exchange { body: ours, ..recorded("039") };
    let stand_in = StandIn::answering(vec![
        recorded("017"),
        recorded("039"),
        recorded("039"),
        recorded("039"),
        ours,
        recorded("066"),
        recorded("037"),
    ]);
    let (console, _secret) = opened(&stand_in, &[]);
    console.keys(&["v"]);
    console.sees("minimal, from what the Gateway serves to this:");
    console.sees("-    \"listen_path\": \"/minimal/\"");
    console.keys(&["esc", "P"]);
    console.sees("Put it into the Gateway?");
    console.sees("+    \"listen_path\": \"/ours/\"");
    assert!(asked(&stand_in, "PUT").is_empty());
    console.keys(&["y"]);
    console.sees("put minimal: the Gateway has reloaded and serves it");
    assert_eq!(asked(&stand_in, "PUT"), ["/tyk/apis/minimal"]);
}

#[test]
fn a_key_is_made_for_the_api_shown_once_and_copied_on_request() {
    let stand_in = StandIn::with(&["017", "039", "538"]);
    let (console, _secret) = opened(&stand_in, &[]);
    console.keys(&["c"]);
    console.sees("A key for minimal");
    console.keys(&["j", "enter"]);
    console.sees("A key, shown this once");
    console.sees("default2aff853202ef4ed9aea2795e5b329314");
    console.sees("It opens minimal alone, and ends at");
    assert!(console.drive.copies().is_empty());
    console.keys(&["y"]);
    console.sees("copied the key");
    assert_eq!(console.drive.copies(), ["default2aff853202ef4ed9aea2795e5b329314"]);
    console.keys(&["esc"]);
    console.sees_no("default2aff853202ef4ed9aea2795e5b329314");
    let sent = stand_in.seen().into_iter().find(|seen| seen.method == "POST").unwrap();
    let sent: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(sent["rate"], 10.0);
}

/// A Gateway with a key that was made for `minimal`, and the session of a plugin that opens every API.
fn with_keys() -> StandIn {
    let (plugin, made) = ("fresh-open-42aa16092092", "default2aff853202ef4ed9aea2795e5b329314");
    let at =
        |name: &str, path: &str| Exchange { path: format!("/tyk/keys/{path}"), ..recorded(name) };
    let mut key = recorded("539");
    key.body = key.body.replace("tokenapi", "minimal");
    StandIn::answering(vec![
        recorded("017"),
        Exchange { body: format!(r#"{{"keys":["{plugin}","{made}"]}}"#), ..recorded("541") },
        at("560", &format!("{plugin}?hashed=true")),
        recorded("645"),
        key,
        recorded("552"),
        recorded("647"),
    ])
}

#[test]
fn a_key_of_the_api_is_chosen_and_deleted_after_a_question() {
    let stand_in = with_keys();
    let (console, _secret) = opened(&stand_in, &[]);
    console.keys(&["x"]);
    console.sees("Delete which key of minimal?");
    console.sees("left by a plugin, opens EVERY API");
    console.keys(&["j", "enter"]);
    console.sees("****9314 opens minimal.");
    assert!(asked(&stand_in, "DELETE").is_empty());
    console.keys(&["y"]);
    console.sees("****9314 is deleted");
    assert_eq!(asked(&stand_in, "DELETE"), ["/tyk/keys/default2aff853202ef4ed9aea2795e5b329314"]);
}

#[test]
fn what_plugins_left_is_shown_and_revoked_after_a_question() {
    let stand_in = with_keys();
    let (console, _secret) = opened(&stand_in, &[]);
    console.keys(&["L"]);
    console.sees("Revoke this key?");
    console.sees("****2092 opens EVERY API");
    console.sees_no("****9314");
    console.keys(&["n"]);
    console.sees_no("Revoke this key?");
    assert!(asked(&stand_in, "DELETE").is_empty());
    console.keys(&["L"]);
    console.sees("Revoke this key?");
    console.keys(&["y"]);
    console.sees("1 revoked");
    assert_eq!(asked(&stand_in, "DELETE"), ["/tyk/keys/fresh-open-42aa16092092"]);
}

#[test]
fn the_gateway_and_its_group_reload_after_a_question() {
    let stand_in = StandIn::with(&["017", "037", "083"]);
    let (console, _secret) = opened(&stand_in, &[]);
    console.keys(&["r"]);
    console.sees("Reload?");
    assert!(!asked(&stand_in, "GET").iter().any(|path| path.contains("reload")));
    console.keys(&["y"]);
    console.sees("the Gateway has reloaded");
    console.keys(&["W"]);
    console.sees("Every Gateway of the group");
    console.keys(&["y"]);
    console.sees("every Gateway of the group was told to reload");
    assert!(asked(&stand_in, "GET").contains(&"/tyk/reload/group".to_owned()));
}

#[test]
fn read_only_and_no_gateway_are_why_not() {
    let stand_in = with_keys();
    let (console, _secret) = opened(&stand_in, &[("profile.read_only", "true")]);
    for key in ["t", "P", "c", "x", "r", "W"] {
        console.keys(&[key]);
        console.sees("read-only: nothing is written outside this machine");
        console.keys(&["D"]);
        console.sees("nothing has changed");
    }
    // What only asks is there.
    console.keys(&["L"]);
    console.sees("1 session of a plugin is a live key");
    assert!(stand_in.seen().iter().all(|seen| seen.method == "GET"));
    let alone = Opened::new(120, 40);
    alone.keys(&["2", "t"]);
    alone.sees("no Gateway is connected");
}
