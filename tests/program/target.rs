//! `tyk-tui target`: bundles of a folder and of mserv, with the APIs that use them; and what prune takes.

use std::fmt::Write as _;

use super::home::{Home, Ran};
use super::mserv_stand_in::{Mserv, fixture};
use super::stand_in::{Exchange, SECRET, StandIn, recorded};

fn bundle(name: &str) -> String {
    fixture("bundles").join(name).display().to_string()
}

/// A Gateway whose only classic API, and only OAS one, name these bundles.
fn gateway(classic: &str, oas: &str) -> StandIn {
    StandIn::answering(lists(classic, oas))
}

fn lists(classic: &str, oas: &str) -> Vec<Exchange> {
    let list = |number: &str, body: String| Exchange { body, ..recorded(number) };
    let classic = format!(
        r#"[{{"api_id":"orders","name":"Orders","custom_middleware_bundle":"{classic}","custom_middleware_bundle_disabled":true}},{{"api_id":"users","is_oas":true}}]"#
    );
    let oas = format!(
        r#"[{{"openapi":"3.0.3","info":{{"title":"Users","version":"1"}},"paths":{{}},"x-tyk-api-gateway":{{"info":{{"id":"users","name":"Users"}},"middleware":{{"global":{{"pluginConfig":{{"driver":"grpc","bundle":{{"enabled":true,"path":"{oas}"}}}}}}}}}}}}]"#
    );
    vec![list("415", classic), list("372", oas)]
}

/// A home whose profile `local` has this Gateway, and mserv as the target `eu`.
fn home(gateway: Option<&StandIn>, mserv: Option<&Mserv>) -> Home {
    let home = Home::new();
    let mut text =
        "[project]\nname = \"orders\"\n[host]\ndir = \"served\"\n[use.local]\n".to_owned();
    if let Some(gateway) = gateway {
        let _ = writeln!(text, "[use.local.gateway]\nurl = \"{}\"", gateway.url());
    }
    if let Some(mserv) = mserv {
        let at = mserv.url();
        let _ = writeln!(text, "[use.local.target.eu]\nkind = \"mserv\"\nurl = \"{at}\"");
    }
    home.write("tyk-tui.toml", text);
    home
}

fn run(home: &Home, arguments: &[&str]) -> Ran {
    let mut command = home.command(&[&["--use", "local", "target"], arguments].concat());
    command.env("TYK_GW_SECRET", SECRET).env("TOKEN", "secret-token");
    Ran::of(command)
}

/// What the host's folder has.
fn served(home: &Home) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(home.project().join("served")) else { return Vec::new() };
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn ids(said: &serde_json::Value) -> Vec<&str> {
    said.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect()
}

/// Pushes into the host's folder; returns the name.
fn push(home: &Home, file: &str) -> String {
    let ran = run(home, &["push", &bundle(file), "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.json()["bundle"].as_str().unwrap().to_owned()
}

#[test]
fn targets_are_listed_with_their_health_and_one_that_is_down_says_why() {
    let mserv = Mserv::start();
    let home = home(None, Some(&mserv));
    let ran = run(&home, &["list"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert!(lines[1].starts_with("host *  folder  "), "{ran:?}");
    assert!(lines[1].ends_with("not there yet: the first push makes it"), "{ran:?}");
    assert!(lines[2].starts_with("eu      mserv   ") && lines[2].contains("HTTP on"), "{ran:?}");
    let gone = home.write(
        "tyk-tui.toml",
        "[use.local]\nship_target = \"eu\"\n[use.local.target.eu]\nkind = \"mserv\"\nurl = \"http://127.0.0.1:1\"\n",
    );
    assert!(gone.is_file());
    let said = run(&home, &["list", "--json"]).json();
    assert_eq!(said["targets"][1]["default"], true);
    assert_eq!(said["targets"][1]["health"], serde_json::Value::Null);
    assert!(said["targets"][1]["error"]["help"].as_str().unwrap().contains("mserv"), "{said}");
    let ran = run(&home, &["health"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_eq!(run(&home, &["health", "--target", "host"]).code, Some(0));
    assert_eq!(run(&home, &["health", "--target", "us"]).code, Some(2));
}

#[test]
fn bundles_are_listed_with_the_apis_that_use_them_off_or_on() {
    let home = home(None, None);
    let (one, two) = (push(&home, "python-auth.zip"), push(&home, "pre-post.zip"));
    assert!(one.starts_with("orders-") && one != two, "{one}");
    let ran = run(&home, &["bundles"]);
    assert!(ran.stderr.contains("no Gateway is connected"), "{ran:?}");
    assert!(ran.stdout.contains(" ?\n"), "{ran:?}");
    // Below a path of the bundle's base URL.
    let gateway = gateway(&one, &format!("plugins/{two}"));
    let home_with = self::home(Some(&gateway), None);
    std::fs::rename(home.project().join("served"), home_with.project().join("served")).unwrap();
    let said = run(&home_with, &["bundles", "--json"]).json();
    let of = |name: &str| {
        let all = said["bundles"].as_array().unwrap();
        all.iter().find(|it| it["name"] == name).unwrap().clone()
    };
    assert_eq!(of(&one)["apis"][0]["api"], "gateway:orders");
    assert_eq!(of(&one)["apis"][0]["enabled"], false);
    assert_eq!(of(&two)["apis"][0]["api"], "gateway:users");
    assert_eq!(of(&one)["hooks"][0], "auth_check MyAuthMiddleware");
    assert!(one.contains(of(&one)["hash"].as_str().unwrap()));
    let ran = run(&home_with, &["bundles"]);
    assert!(ran.stdout.contains("gateway:orders (off)"), "{ran:?}");
}

#[test]
fn a_pushed_bundle_that_nothing_uses_is_listed_and_prune_takes_it() {
    let first = home(None, None);
    let names =
        ["python-auth.zip", "pre-post.zip", "python-auth-v2.zip"].map(|it| push(&first, it));
    let gateway = gateway(&names[0], "");
    let home = home(Some(&gateway), None);
    std::fs::rename(first.project().join("served"), home.project().join("served")).unwrap();
    std::fs::copy(bundle("no-manifest.zip"), home.project().join("served/notes.zip")).unwrap();
    // A definition of the project that is not deployed yet.
    home.write(
        "apis/new.json",
        format!(r#"{{"api_id":"n","name":"n","custom_middleware_bundle":"{}"}}"#, names[1]),
    );
    let ran = run(&home, &["prune", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = ran.json();
    assert_eq!(ids(&said["unused"]), [&names[2]]);
    assert_eq!(ids(&said["left"]), ["notes.zip"]);
    assert_eq!((&said["used"], &said["deleted"]), (&2.into(), &serde_json::json!([])));
    assert_eq!(served(&home).len(), 4, "dry by default");
    let ran = run(&home, &["prune"]);
    assert!(ran.stdout.contains(&names[2]) && ran.stderr.contains("--yes deletes them"), "{ran:?}");
    let ran = run(&home, &["prune", "--yes"]);
    assert_eq!((ran.code, ran.stdout), (Some(0), format!("deleted {}\n", names[2])));
    assert_eq!(served(&home).len(), 3);
    assert!(!served(&home).contains(&names[2]));
}

#[test]
fn nothing_is_pruned_where_the_gateway_cannot_be_asked() {
    let first = home(None, None);
    let name = push(&first, "python-auth.zip");
    let ran = run(&first, &["prune", "--yes", "--json"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let what = ran.json()["error"]["what"].as_str().unwrap().to_owned();
    assert!(what.contains("nobody knows which bundles are in use"), "{what}");
    // One that does not give out its OAS definitions.
    let half = StandIn::answering(lists("other.zip", "")[..1].to_vec());
    let home = home(Some(&half), None);
    std::fs::rename(first.project().join("served"), home.project().join("served")).unwrap();
    for arguments in [&["prune", "--yes"][..], &["delete", &name]] {
        let ran = run(&home, arguments);
        assert_eq!(ran.code, Some(3), "{ran:?}");
    }
    assert_eq!(served(&home), [name]);
}

#[test]
fn what_an_api_takes_between_plan_and_deletion_stays() {
    let mserv = Mserv::start();
    mserv.keep("one", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    mserv.keep("two", "2026-11-23T18:36:53.035Z", "", "028", "pre-post.zip");
    let answers = lists("", "").into_iter().chain(lists("one", ""));
    let gateway = StandIn::answering(answers.collect());
    let home = home(Some(&gateway), Some(&mserv));
    let ran = run(&home, &["prune", "--target", "eu", "--yes"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "deleted two\n"), "{ran:?}");
    assert!(ran.stderr.contains("an API uses one by now"), "{ran:?}");
    assert_eq!(mserv.ids(), ["one"]);
}

#[test]
fn a_bundle_in_use_is_deleted_by_force_alone() {
    let mserv = Mserv::start();
    mserv.keep("one", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    let gateway = gateway("", "one");
    let home = home(Some(&gateway), Some(&mserv));
    let ran = run(&home, &["delete", "one", "--target", "eu", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.json()["error"]["what"], "in use by gateway:users");
    let read_only = ["--read-only", "delete", "one", "--target", "eu", "--force"];
    let ran = run(&home, &read_only);
    assert!(ran.code == Some(3) && ran.stderr.contains("read-only"), "{ran:?}");
    assert_eq!(mserv.ids(), ["one"]);
    assert_eq!(run(&home, &["delete", "none", "--target", "eu"]).code, Some(3));
    let ran = run(&home, &["delete", "one", "--target", "eu", "--force", "--json"]);
    assert_eq!((ran.code, &ran.json()["deleted"]), (Some(0), &true.into()));
    assert_eq!(mserv.ids(), [""; 0]);
}

#[test]
fn what_is_fetched_writes_over_nothing_unasked() {
    let mserv = Mserv::start();
    mserv.keep("one", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    let home = home(None, Some(&mserv));
    let fetch = ["fetch", "one", "--target", "eu"];
    let ran = run(&home, &fetch);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "one.zip\n"), "{ran:?}");
    let ran = run(&home, &fetch);
    assert!(ran.code == Some(3) && ran.stderr.contains("--force"), "{ran:?}");
    home.write("one.zip", "other");
    let forced = run(&home, &[&fetch[..], &["--force", "--json"]].concat());
    assert_eq!(forced.json()["path"], "one.zip", "{forced:?}");
    let ours = std::fs::read(bundle("python-auth.zip")).unwrap();
    assert_eq!(std::fs::read(home.project().join("one.zip")).unwrap(), ours);
}

#[test]
fn a_push_keeps_a_name_that_tells_the_content_and_is_refused_where_it_may_not_be() {
    let mserv = Mserv::start();
    let home = home(None, Some(&mserv));
    let name = push(&home, "python-auth.zip");
    let copy = home
        .write(&name.replace("orders", "mine"), std::fs::read(bundle("python-auth.zip")).unwrap());
    let ran = run(&home, &["push", copy.to_str().unwrap()]);
    assert_eq!(ran.stdout, format!("{}\n", name.replace("orders", "mine")));
    let ran = run(&home, &["push", copy.to_str().unwrap(), "--name", "other"]);
    assert_eq!(ran.stdout, format!("{}\n", name.replace("orders", "other")));
    let ran = run(&home, &["push", &bundle("python-auth.zip")]);
    assert!(ran.code == Some(0) && ran.stderr.contains("there already"), "{ran:?}");
    let ran = run(&home, &["--read-only", "push", &bundle("python-auth.zip"), "--target", "eu"]);
    assert!(ran.code == Some(3) && mserv.ids().is_empty(), "{ran:?}");
    let ran = run(&home, &["push", &bundle("text.txt"), "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(run(&home, &["push", "none.zip"]).code, Some(3));
    assert_eq!(run(&home, &["push", "."]).code, Some(3));
}

#[test]
fn what_a_rollback_would_go_back_to_stays() {
    let mserv = Mserv::start();
    mserv.keep("before", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    mserv.keep("spare", "2026-11-23T18:36:53.035Z", "", "028", "pre-post.zip");
    let gateway = gateway("now", "");
    let home = home(Some(&gateway), Some(&mserv));
    let ships = home.path().join(".local/state/tyk-tui/ships");
    std::fs::create_dir_all(&ships).unwrap();
    let record = r#"[{"at":"2026-11-24T00:00:00Z","target":"eu","bundle":"now","name":"now","hooks":[],
        "apis":[{"api":"gateway:orders","before":{"name":"before","switch":null},"after":{"name":"now","switch":null}}]}]"#;
    std::fs::write(ships.join("0123456789abcdef.json"), record).unwrap();
    let ran = run(&home, &["bundles", "--target", "eu"]);
    assert!(ran.stdout.contains("ship --rollback"), "{ran:?}");
    let ran = run(&home, &["prune", "--target", "eu", "--yes"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "deleted spare\n"), "{ran:?}");
    assert_eq!(mserv.ids(), ["before"]);
    // What cannot be read tells nothing, so nothing goes.
    std::fs::write(ships.join("0123456789abcdef.json"), "{").unwrap();
    let ran = run(&home, &["prune", "--target", "eu", "--yes"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("history of ships"), "{ran:?}");
    assert_eq!(mserv.ids(), ["before"]);
}

/// Where the configuration has the Gateways' public key, nothing else is pushed or kept, wherever it goes.
#[test]
fn what_is_not_signed_by_the_configured_key_is_neither_pushed_nor_kept() {
    let mserv = Mserv::start();
    let home = home(None, Some(&mserv));
    home.write("manifest.json", super::ship::MANIFEST);
    let key = |name: &str| fixture("../bundles/keys").join(name).display().to_string();
    for (key, file) in
        [(key("rsa-2048.pkcs8.pem"), "ours.zip"), (key("other-2048.pkcs1.pem"), "theirs.zip")]
    {
        let ran = home.run(&["build", "-k", &key, "-y", "-o", file]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    // Pushed while nobody wanted a signature.
    let unsigned = push(&home, "grpc-nofiles.zip");
    let ran = run(&home, &["push", "theirs.zip", "--target", "eu", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let theirs = ran.json()["id"].as_str().unwrap().to_owned();

    let text = std::fs::read_to_string(home.project().join("tyk-tui.toml")).unwrap();
    let public =
        home.write("plugins.pub.pem", std::fs::read(key("rsa-2048.pub.spki.pem")).unwrap());
    home.write("tyk-tui.toml", text.replace("[host]", "public_key = \"plugins.pub.pem\"\n[host]"));
    for target in ["host", "eu"] {
        for file in [bundle("grpc-nofiles.zip"), "theirs.zip".to_owned()] {
            let ran = run(&home, &["push", &file, "--target", target]);
            assert_eq!(ran.code, Some(1), "{target} {file} {ran:?}");
            assert!(ran.stderr.contains("sign"), "{target} {file} {ran:?}");
        }
        let ran = run(&home, &["push", "ours.zip", "--target", target]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    for (target, id) in [("host", &unsigned), ("eu", &theirs)] {
        let ran = run(&home, &["fetch", id, "--target", target, "-o", "fetched.zip"]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("not sound"), "{ran:?}");
        assert!(!home.project().join("fetched.zip").exists());
    }
    std::fs::remove_file(public).unwrap();
    let ran = run(&home, &["push", "ours.zip"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("plugins.pub.pem"), "{ran:?}");
}
