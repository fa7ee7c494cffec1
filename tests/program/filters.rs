//! A wrong filter is wrong use wherever one is written, and its character is named; nothing is begun.

use prost::Message as _;
use serde_json::Value;

use super::export::recorded;
use super::ran::{Ran, program};
use super::serving::{Serve, object};

#[test]
fn each_command_says_the_same_of_a_wrong_filter() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = "hook:pre & body~\"(a\"";
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0", "--json", "--filter", wrong][..],
        &["wait", wrong, "--json"],
        &["session", "export", "--filter", wrong],
        &["replay", "--filter", wrong, "--json"],
    ] {
        let ran = Ran::of(program(folder.path()).args(arguments));
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        let (what, place) = if arguments.contains(&"--json") {
            let error: Value = serde_json::from_str(ran.stdout.trim()).unwrap();
            let text = |name: &str| error["error"][name].as_str().unwrap().to_owned();
            (text("what"), text("where"))
        } else {
            (ran.stderr.clone(), ran.stderr.clone())
        };
        assert!(what.contains("the filter is wrong: "), "{arguments:?}: {what}");
        assert!(place.contains("character 17"), "{arguments:?}: {place}");
    }
    // In the configuration it has a line as well.
    std::fs::write(folder.path().join("tyk-tui.toml"), format!("[capture]\nkeep = '{wrong}'\n"))
        .unwrap();
    let ran = Ran::of(program(folder.path()).args(["serve", "--listen", "127.0.0.1:0"]));
    assert_ne!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("tyk-tui.toml:2:") && ran.stderr.contains("filter"), "{ran:?}");
}

#[test]
fn what_is_held_is_refused_where_only_what_has_ended_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let never = "hook:pre & outcome:held";
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0", "--filter", never][..],
        &["session", "export", "--filter", never],
        &["replay", "--filter", never],
    ] {
        let ran = Ran::of(program(folder.path()).args(arguments));
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        for said in ["nothing that has ended is held any more", "character 12", "held>0 means"] {
            assert!(ran.stderr.contains(said), "{arguments:?}: {ran:?}");
        }
    }
    std::fs::write(folder.path().join("tyk-tui.toml"), "[capture]\nkeep = 'outcome:held'\n")
        .unwrap();
    let ran = Ran::of(program(folder.path()).args(["serve", "--listen", "127.0.0.1:0"]));
    assert_ne!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("tyk-tui.toml:2:") && ran.stderr.contains("held"), "{ran:?}");
}

/// What is said of jq that fails.
const FAILS: &str = "warning: the filter's jq fails on a record";

#[test]
fn that_jq_fails_is_said_once_by_who_reads_a_session() {
    let folder = recorded();
    let folder = folder.path();
    let wrong = "| .seq | test(\"x\")";
    let to_session = [
        "session",
        "export",
        "calls.jsonl",
        "--format",
        "session",
        "-o",
        "some.tyks",
        "--show-secrets",
    ];
    assert_eq!(Ran::of(program(folder).args(to_session)).code, Some(0));
    for (arguments, code) in [
        (&["session", "export", "calls.jsonl", "--filter", wrong][..], 0),
        (&["wait", wrong, "some.tyks"], 1),
        (&["replay", "some.tyks", "--filter", wrong], 3),
    ] {
        let ran = Ran::of(program(folder).args(arguments));
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        assert_eq!(ran.stderr.matches(FAILS).count(), 1, "{arguments:?}: {ran:?}");
        assert!(ran.stderr.contains("cannot use 1 as string"), "{arguments:?}: {ran:?}");
    }
    let right = ["session", "export", "calls.jsonl", "--filter", "| .seq == 3"];
    let ran = Ran::of(program(folder).args(right));
    assert!(!ran.stderr.contains("warning"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn that_jq_fails_is_said_once_by_a_server() {
    let mut serve = Serve::json(&["--filter", "| .request + 1"]);
    let gateway = serve.connect().await;
    for _ in 0..3 {
        gateway.dispatch(&object().encode_to_vec()).await.unwrap();
    }
    serve.says(FAILS);
    serve.terminate();
    serve.ended();
    let said = serve.stderr();
    assert_eq!(said.matches(FAILS).count(), 1, "{said}");
    // Values stand in it: both ends are said.
    assert!(said.contains("cannot calculate {") && said.contains(" + 1\n"), "{said}");
}
