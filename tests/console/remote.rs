//! APIs of a Gateway in the APIs pane: beside the files, opened, changed, put back.

use super::opened::Opened;
use super::stand_in::{Exchange, StandIn, recorded};

/// A console with a file of its own and this Gateway.
fn opened(stand_in: &StandIn) -> Opened {
    opened_with(stand_in, "gateway:minimal")
}

/// The same, whose list has this.
fn opened_with(stand_in: &StandIn, listed: &str) -> Opened {
    opened_by(stand_in, listed, &[])
}

/// The same with more settings.
fn opened_by(stand_in: &StandIn, listed: &str, more: &[(&'static str, &str)]) -> Opened {
    let url = stand_in.url();
    // The stand-in's secret in a file that its owner alone may read: the environment is shared by all tests.
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), super::stand_in::SECRET).unwrap();
    let path = secret.path().display().to_string();
    let settings = [("gateway.url", url.as_str()), ("gateway.secret_file", path.as_str())];
    let settings = [&settings, more].concat();
    let console = Opened::with(120, 40, &settings, |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        let text = "{\"name\": \"local\", \"api_id\": \"local\"}\n";
        std::fs::write(folder.join("apis/local.json"), text).unwrap();
    });
    console.keys(&["2"]);
    console.sees("apis/local.json");
    console.sees(listed);
    drop(secret);
    console
}

/// What the Gateway lists: the one API.
fn list() -> Exchange {
    let body = format!("[{}]", recorded("039").body.trim());
    Exchange { path: "/tyk/apis".into(), body, ..recorded("017") }
}

/// The recorded definition, not keyless.
fn keyed(mut exchange: Exchange) -> Exchange {
    assert!(exchange.body.contains("\"use_keyless\":true"));
    exchange.body = exchange.body.replace("\"use_keyless\":true", "\"use_keyless\":false");
    exchange
}

fn puts(stand_in: &StandIn) -> Vec<String> {
    let seen = stand_in.seen();
    let puts = seen.iter().filter(|seen| seen.method == "PUT");
    puts.map(|seen| String::from_utf8(seen.body.clone()).unwrap()).collect()
}

/// Opens the Gateway's API and makes it want a key.
fn change(console: &Opened) {
    console.keys(&["j", "enter"]);
    console.sees("keyless         ‹ yes ›");
    console.keys(&["j", "j", "j", "j", "j", "enter"]);
    console.sees("keyless         ‹ no ›");
    console.keys(&["ctrl-s"]);
}

#[test]
fn a_gateways_api_is_opened_changed_and_put_back_after_a_question() {
    let stand_in = StandIn::answering(vec![
        list(),
        recorded("039"),
        recorded("039"),
        keyed(recorded("039")),
        recorded("066"),
        recorded("037"),
    ]);
    let console = opened(&stand_in);
    console.sees("1 API");
    change(&console);
    console.sees("Change the Gateway?");
    console.sees(&stand_in.url());
    console.sees("-  \"use_keyless\": true,");
    console.sees("+  \"use_keyless\": false,");
    assert!(puts(&stand_in).is_empty());
    console.keys(&["y"]);
    console.sees("saved gateway:minimal: the Gateway has reloaded and serves it");
    let [sent] = puts(&stand_in).try_into().unwrap();
    assert!(sent.contains("\"use_keyless\": false"), "{sent}");
    console.sees_no("not saved");
}

#[test]
fn read_only_removes_what_writes_and_says_why() {
    let stand_in = StandIn::answering(vec![list(), recorded("039"), recorded("066")]);
    let console = opened_by(&stand_in, "gateway:minimal", &[("profile.read_only", "true")]);
    console.sees("  read-only");
    change(&console);
    console.sees("read-only: nothing is written outside this machine");
    console.keys(&["9", "p"]);
    console.sees("read-only: nothing is written outside this machine");
    assert!(stand_in.seen().iter().all(|seen| seen.method == "GET"));
}

#[test]
fn no_leaves_the_gateway_alone() {
    let stand_in = StandIn::answering(vec![list(), recorded("039"), recorded("066")]);
    let console = opened(&stand_in);
    change(&console);
    console.sees("Change the Gateway?");
    console.keys(&["n"]);
    console.sees_no("Change the Gateway?");
    console.sees("not saved");
    assert!(puts(&stand_in).is_empty());
}

#[test]
fn what_somebody_else_changed_there_is_shown_before_it_is_overwritten() {
    let mut theirs = recorded("039");
    theirs.body = theirs.body.replace("/minimal/", "/theirs/");
    let ours = keyed(recorded("039"));
    let stand_in = StandIn::answering(vec![
        list(),
        recorded("039"),
        theirs.clone(),
        theirs,
        ours,
        recorded("066"),
        recorded("037"),
    ]);
    let console = opened(&stand_in);
    change(&console);
    console.sees("Change the Gateway?");
    console.keys(&["y"]);
    console.sees("Overwrite gateway:minimal?");
    console.sees("\"listen_path\": \"/theirs/\"");
    assert!(puts(&stand_in).is_empty());
    console.keys(&["y"]);
    console.sees("the Gateway has reloaded");
    assert_eq!(puts(&stand_in).len(), 1);
}

#[test]
fn a_gateway_that_does_not_answer_leaves_the_files_alone_and_is_asked_again() {
    let stand_in = StandIn::with(&["017"]);
    let url = stand_in.url();
    let console = Opened::with(120, 40, &[("gateway.url", url.as_str())], |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        std::fs::write(folder.join("apis/local.json"), "{\"name\": \"local\"}\n").unwrap();
    });
    console.keys(&["2"]);
    // The stand-in wants a secret.
    console.sees("no secret was");
    console.sees("R asks again");
    console.keys(&["enter"]);
    console.sees("▌ name            local");
    console.keys(&["R"]);
    console.drive.wait(|_| stand_in.seen().len() == 2).unwrap();
    assert!(stand_in.seen().iter().all(|seen| seen.secret.is_none()));
}

#[test]
fn what_the_gateways_schema_finds_is_shown_where_it_is() {
    let schema =
        r#"{"schema": {"properties": {"info": {"properties": {"title": {"type": "integer"}}}}}}"#;
    let path = "/tyk/schema?oasVersion=3.0".to_owned();
    let schema = Exchange { path, body: schema.into(), ..recorded("017") };
    let oas = Exchange { path: "/tyk/apis".into(), ..recorded("415") };
    let projection = recorded("374");
    let stand_in =
        StandIn::answering(vec![oas, recorded("372"), projection, recorded("373"), schema]);
    let console = opened_with(&stand_in, "gateway:oas-plugins");
    console.drive.wait(|_| stand_in.seen().iter().any(|seen| seen.path.contains("3.1"))).unwrap();
    console.keys(&["G", "enter"]);
    console.sees("the Gateway's schema says: it is not of type");
}
