//! `tyk-tui mserv`: push, update, download, delete, health.

use std::io::Read as _;

use super::home::{Home, Ran};
use super::mserv_stand_in::{Fault, Mserv, fixture};

fn bundle(name: &str) -> String {
    fixture("bundles").join(name).display().to_string()
}

fn run(home: &Home, mserv: &Mserv, arguments: &[&str]) -> Ran {
    let mut command = home.command(&[&["mserv"], arguments].concat());
    command.env("ENDPOINT", mserv.url()).env("TOKEN", "secret-token");
    Ran::of(command)
}

const LIST: &str = "GET /api/mw/master/all";
const HEALTH: &str = "GET /health";

#[test]
fn a_push_sends_the_file_as_it_is_and_waits_for_the_server() {
    let (home, mserv) = (Home::new(), Mserv::start());
    let file = bundle("python-auth.zip");
    let ran = run(&home, &mserv, &["push", &file, "-a", "my api", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = ran.json();
    assert_eq!((&said["id"], &said["bytes"]), (&"new-1".into(), &705.into()));
    assert_eq!(said["checksum"], "8ee6c4aea014a28d98ed27d0ccb2be3d");
    let post = "POST /api/mw?store_only=false&api_id=my+api";
    let proof = ["GET /api/mw/new-1", "GET /api/mw/bundle/new-1"];
    assert_eq!(mserv.asked(), [LIST, post, HEALTH, proof[0], proof[1]]);
    let seen = mserv.seen();
    assert_eq!(seen[1].file(), std::fs::read(&file).unwrap());
    let form = seen[1].form();
    assert!(form.contains("name=\"uploadfile\"; filename=\"python-auth.zip\""), "{form}");
    // A connection that is kept open after a write kills it.
    for seen in seen {
        assert_eq!(seen.header("Connection"), Some("close"), "{seen:?}");
        assert_eq!(seen.header("X-Api-Key"), Some("secret-token"), "{seen:?}");
    }
}

#[test]
fn what_is_not_sound_is_not_sent_and_what_is_stored_only_is_warned_of() {
    let (home, mserv) = (Home::new(), Mserv::start());
    for arguments in [&["push"][..], &["update", "x"], &["push", "-s"]] {
        let file = bundle("wrong-checksum.zip");
        let ran = run(&home, &mserv, &[arguments, &[&file, "--json"]].concat());
        assert_eq!(ran.code, Some(1), "{ran:?}");
        let what = ran.json()["error"]["what"].as_str().unwrap().to_owned();
        assert!(what.contains("the bundle is not sound"), "{what}");
    }
    assert_eq!(mserv.asked(), [""; 0]);
    let ran = run(&home, &mserv, &["push", &bundle("python-auth.zip"), "--storeonly"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("cannot be downloaded"), "{ran:?}");
    let ran = run(&home, &mserv, &["download", "new-1"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("stored only"), "{ran:?}");
    assert!(!mserv.asked().iter().any(|line| line.contains("/bundle/")));
}

#[test]
fn what_mserv_refuses_is_told_in_its_words() {
    let (home, mserv) = (Home::new(), Mserv::start());
    // A Gateway loads it; mserv cannot unpack it.
    let ran = run(&home, &mserv, &["push", &bundle("vendor-no-dir-entry.zip")]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("mserv answered 500: error storing bundle zip"), "{ran:?}");
    assert!(ran.stderr.contains("the folder's own entry"), "{ran:?}");
    assert_eq!(mserv.ids(), [""; 0]);
}

#[test]
fn a_download_is_a_file_only_once_it_was_verified() {
    let (home, mserv) = (Home::new(), Mserv::start());
    mserv.keep("one", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    mserv.keep("bad", "2026-11-22T18:36:53.035Z", "", "030", "wrong-checksum.zip");
    let ran = run(&home, &mserv, &["download", "one", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.json()["path"], "one.zip");
    let ours = std::fs::read(fixture("bundles").join("python-auth.zip")).unwrap();
    assert_eq!(std::fs::read(home.project().join("one.zip")).unwrap(), ours);
    let file = home.write("kept.zip", "as it was");
    for (id, fault, code) in [
        ("one", Some(Fault::Half), 1),
        ("one", Some(Fault::HalfCut), 3),
        ("one", Some(Fault::Cut), 3),
        ("bad", None, 1),
        ("none", None, 3),
    ] {
        if let Some(fault) = fault.clone() {
            mserv.will("GET /api/mw/bundle", fault);
        }
        let ran = run(&home, &mserv, &["download", id, "-o", "kept.zip"]);
        assert_eq!(ran.code, Some(code), "{id} {fault:?}: {ran:?}");
        assert_eq!(std::fs::read(&file).unwrap(), b"as it was");
    }
    let left: Vec<_> = std::fs::read_dir(home.project()).unwrap().collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn what_mserv_gives_out_otherwise_than_it_was_pushed_is_deleted_again() {
    let (home, mserv) = (Home::new(), Mserv::start());
    let file = bundle("python-auth.zip");
    // A first download may be short: it is asked once more.
    mserv.will("GET /api/mw/bundle", Fault::Half);
    let ran = run(&home, &mserv, &["push", &file]);
    assert_eq!((ran.code, mserv.ids().len()), (Some(0), 1), "{ran:?}");
    mserv.will("GET /api/mw/bundle", Fault::Half);
    mserv.will("GET /api/mw/bundle", Fault::Half);
    let ran = run(&home, &mserv, &["push", &file, "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let what = ran.json()["error"]["what"].as_str().unwrap().to_owned();
    assert!(what.contains("what mserv gave out is no good"), "{what}");
    assert!(what.ends_with("what was pushed is deleted again"), "{what}");
    assert_eq!(mserv.ids(), ["new-1"]);
}

#[test]
fn an_update_shows_itself_under_an_id_of_its_own_first() {
    let (home, mserv) = (Home::new(), Mserv::start());
    mserv.keep("old", "2026-11-22T18:36:53.035Z", "my-api", "024", "python-auth.zip");
    let file = bundle("python-auth-v2.zip");
    let ran = run(&home, &mserv, &["update", "old", &file]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stderr, "Middleware uploaded successfully, ID: old\n");
    let (get, trial) = ("GET /api/mw/old", "GET /api/mw/new-1");
    assert_eq!(
        mserv.asked(),
        [
            get,
            LIST,
            "POST /api/mw?store_only=false",
            HEALTH,
            trial,
            "GET /api/mw/bundle/new-1",
            get,
            "PUT /api/mw/old",
            HEALTH,
            get,
            "GET /api/mw/bundle/old",
            "DELETE /api/mw/new-1",
            HEALTH,
        ]
    );
    assert_eq!(mserv.ids(), ["old"]);
}

#[test]
fn an_update_that_would_lose_the_old_bundle_or_go_on_with_it_is_not_done() {
    let (home, mserv) = (Home::new(), Mserv::start());
    mserv.keep("same", "2026-11-22T18:36:53.035Z", "", "021", "grpc-nofiles.zip");
    mserv.keep("old", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    // Only the manifest differs, which is in no checksum.
    let ran = run(&home, &mserv, &["update", "same", &bundle("grpc-nofiles-v2.zip")]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("the checksum is the old bundle's"), "{ran:?}");
    let ran = run(&home, &mserv, &["update", "old", &bundle("vendor-no-dir-entry.zip")]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("the trial before the update"), "{ran:?}");
    mserv.will("GET /api/mw/bundle", Fault::Half);
    mserv.will("GET /api/mw/bundle", Fault::Half);
    let ran = run(&home, &mserv, &["update", "old", &bundle("python-auth-v2.zip")]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("what mserv gave out is no good"), "{ran:?}");
    assert!(!mserv.asked().iter().any(|line| line.starts_with("PUT")), "{:?}", mserv.asked());
    assert_eq!(mserv.ids(), ["same", "old"]);
}

#[test]
fn flags_stand_before_and_after_the_command_and_a_token_there_is_warned_of() {
    let (home, mserv) = (Home::new(), Mserv::start());
    let url = mserv.url();
    for arguments in
        [["-e", &url, "-t", "tok", "health"], ["health", "--endpoint", &url, "--token", "tok"]]
    {
        let ran = home.run(&[&["mserv"], &arguments[..]].concat());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(ran.stdout, format!("{url}  HTTP on  gRPC off\n"));
        assert!(ran.stderr.contains("others on this machine can read the arguments"), "{ran:?}");
        assert!(!ran.stderr.contains("tok\n"), "{ran:?}");
        assert_eq!(mserv.seen().last().unwrap().header("X-Api-Key"), Some("tok"));
    }
    let ran = run(&home, &mserv, &["health", "--json"]);
    assert_eq!(ran.json(), serde_json::json!({"http": true, "grpc": false}));
    let down = "HTTP/1.1 200 OK\r\n\r\n{\"Payload\":{\"HTTPStarted\":false},\"Status\":\"ok\",\"Error\":\"\"}";
    mserv.will("GET /health", Fault::Answer(down.to_owned()));
    assert_eq!(run(&home, &mserv, &["health"]).code, Some(1));
}

#[test]
fn an_interrupted_push_ends_with_130_and_stores_nothing() {
    let home = Home::new();
    // A server that takes the connection and never answers.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = home.command(&["mserv", "push", &bundle("python-auth.zip"), "--json"]);
    command.env("ENDPOINT", format!("http://{}", listener.local_addr().unwrap()));
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut stream, _) = listener.accept().unwrap();
    assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
    let id = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("cancelled: nothing was stored"), "{said}");
}

#[test]
fn mservctls_flags_of_the_sub_commands_are_taken_and_unknown_ones_are_wrong_use() {
    let (home, mserv) = (Home::new(), Mserv::start());
    mserv.keep("one", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    mserv.keep("kept", "2026-11-22T18:36:53.035Z", "", "041", "python-auth.zip");
    let ids = |ran: &Ran| -> Vec<String> {
        let said = ran.json();
        let all = said["bundles"].as_array().unwrap();
        all.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    for (flag, expected) in
        [("-d", "kept"), ("--downloadonly", "kept"), ("-p", "one"), ("--pluginsonly", "one")]
    {
        assert_eq!(ids(&run(&home, &mserv, &["list", flag, "--json"])), [expected]);
    }
    for flag in ["-f", "--functions"] {
        for arguments in [&["list", flag][..], &["fetch", "one", flag]] {
            let ran = run(&home, &mserv, arguments);
            assert!(ran.stdout.contains("MyAuthMiddleware  CustomKeyCheck"), "{ran:?}");
        }
    }
    for arguments in [&["fetch"][..], &["delete"], &["update", "one"], &["list", "--all"]] {
        assert_eq!(run(&home, &mserv, arguments).code, Some(2), "{arguments:?}");
    }
}
