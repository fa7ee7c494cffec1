//! A wrong filter is wrong use wherever one is written, and its character is named; nothing is begun.

use serde_json::Value;

use super::ran::{Ran, program};

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
