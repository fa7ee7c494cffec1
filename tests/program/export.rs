//! `session export` in every format, and what reads them again.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

use super::ran::{Ran, program};

/// A folder with `calls.jsonl`: the calls of a recording, as `serve --json --show-secrets` prints them.
pub(crate) fn recorded() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let case =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch/traffic/all-hooks.4");
    let mut files: Vec<_> = std::fs::read_dir(case)
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .filter(|path| path.ends_with(".request.json"))
        .collect();
    files.sort();
    let read = |path: &str| -> Value {
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let lines: Vec<String> = (1..)
        .zip(&files)
        .map(|(seq, path)| {
            let line = serde_json::json!({
                "seq": seq, "at": format!("2026-11-26T12:00:00.00000{seq}Z"), "took_us": 300,
                "held_us": 0, "kind": "dispatch", "peer": "127.0.0.1:40000", "rule": null,
                "trimmed": false, "error": null, "request": read(path),
                "reply": read(&path.replace(".request.", ".reply.")),
            });
            line.to_string()
        })
        .collect();
    assert_eq!(lines.len(), 5);
    std::fs::write(folder.path().join("calls.jsonl"), lines.join("\n") + "\n").unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    Ran::of(program(folder).args(arguments))
}

fn export(folder: &Path, arguments: &[&str]) -> Ran {
    run(folder, &[&["session", "export"], arguments].concat())
}

/// The key of the recording.
const SECRET: &str = "47a0c79c427728b3df4af62b9228c8ae";

#[test]
fn a_session_is_made_of_what_a_filter_means_and_read_by_everything() {
    let folder = recorded();
    let folder = folder.path();
    let to_session = ["calls.jsonl", "--format", "session", "-o", "some.tyks"];
    let made = export(
        folder,
        &[&to_session[..], &["--filter", "!hook:response", "--show-secrets"]].concat(),
    );
    assert_eq!(made.code, Some(0), "{made:?}");
    assert_eq!(made.stderr, "tyk-tui: wrote 4 records to some.tyks\n");
    let session = folder.join("some.tyks").metadata().unwrap();
    assert_eq!(session.permissions().mode() & 0o777, 0o600);

    let lines = export(folder, &["some.tyks", "--show-secrets"]);
    let original = export(folder, &["calls.jsonl", "--show-secrets"]);
    assert_eq!(lines.stdout.lines().count(), 4, "{lines:?}");
    assert!(original.stdout.starts_with(&lines.stdout), "{lines:?}\n{original:?}");
    let replayed = run(folder, &["replay", "some.tyks", "--json"]);
    let total: Value = serde_json::from_str(replayed.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(total["total"]["replayed"], 4, "{replayed:?}");

    // Nothing is written over, and a session is no text.
    let taken = export(folder, &to_session);
    assert_eq!(taken.code, Some(3), "{taken:?}");
    assert!(taken.stderr.contains("some.tyks: there is a file already"), "{taken:?}");
    let printed = export(folder, &["calls.jsonl", "--format", "session"]);
    assert_eq!(printed.code, Some(2), "{printed:?}");
    assert!(printed.stderr.contains("--output FILE"), "{printed:?}");
}

#[test]
fn what_was_redacted_says_so_and_is_not_replayed() {
    let folder = recorded();
    let folder = folder.path();
    let made = export(folder, &["calls.jsonl", "--format", "session", "-o", "hidden.tyks"]);
    assert!(made.stderr.contains("are redacted: this cannot be replayed"), "{made:?}");
    assert!(
        !String::from_utf8_lossy(&std::fs::read(folder.join("hidden.tyks")).unwrap())
            .contains(SECRET)
    );
    let lines = export(folder, &["hidden.tyks", "--show-secrets"]);
    assert_eq!(lines.stdout.lines().count(), 5, "{lines:?}");
    assert!(!lines.stdout.contains(SECRET) && lines.stdout.contains("«redacted "), "{lines:?}");
    let refused = run(folder, &["replay", "hidden.tyks"]);
    assert_eq!(refused.code, Some(3), "{refused:?}");
    assert!(
        refused.stderr.contains("hidden.tyks: the secrets of this session were redacted"),
        "{refused:?}"
    );
    // Neither is a copy of it, whatever it shows.
    export(folder, &["hidden.tyks", "--format", "session", "-o", "copy.tyks", "--show-secrets"]);
    assert_eq!(run(folder, &["replay", "copy.tyks"]).code, Some(3));

    let lines = export(folder, &["calls.jsonl", "-o", "hidden.jsonl"]);
    assert_eq!(lines.code, Some(0), "{lines:?}");
    let refused = run(folder, &["replay", "hidden.jsonl"]);
    assert_eq!(refused.code, Some(3), "{refused:?}");
    assert!(refused.stderr.contains("hidden.jsonl:1: its secrets are redacted"), "{refused:?}");
    for (format, said) in [
        ("har", "\"comment\":\"redacted by tyk-tui"),
        ("curl", "# redacted by"),
        ("grpcurl", "# redacted by"),
    ] {
        let text = export(folder, &["calls.jsonl", "--format", format]);
        assert!(text.stdout.contains(said) && !text.stdout.contains(SECRET), "{text:?}");
        let whole = export(folder, &["calls.jsonl", "--format", format, "--show-secrets"]);
        assert!(!whole.stdout.contains("redacted") && whole.stdout.contains(SECRET), "{whole:?}");
    }
}

#[test]
fn lines_that_were_edited_are_replayed_as_they_are() {
    let folder = recorded();
    let folder = folder.path();
    std::fs::write(
        folder.join("rules.toml"),
        "[[rule]]\nname = \"tag\"\n[rule.when]\npath = \"/tagged\"\n[[rule.do]]\nset_headers = { X-A = \"1\" }\n",
    )
    .unwrap();
    let replay = |file: &str| {
        run(
            folder,
            &["replay", file, "--rules", "rules.toml", "--expect-same", "--seq", "1", "--json"],
        )
    };
    let same = replay("calls.jsonl");
    assert_eq!(same.code, Some(0), "{same:?}");
    let lines = std::fs::read_to_string(folder.join("calls.jsonl")).unwrap();
    std::fs::write(
        folder.join("edited.jsonl"),
        lines.replace("\"url\":\"/all-hooks/orders\"", "\"url\":\"/tagged\""),
    )
    .unwrap();
    let other = replay("edited.jsonl");
    assert_eq!(other.code, Some(1), "{other:?}");
    assert!(other.stdout.contains("request.setHeaders"), "{other:?}");
    std::fs::write(folder.join("wrong.jsonl"), lines.replacen("\"hookType\"", "\"hookTyp\"", 1))
        .unwrap();
    let wrong = replay("wrong.jsonl");
    assert_eq!(wrong.code, Some(3), "{wrong:?}");
    assert!(
        wrong.stderr.contains("wrong.jsonl:1: request: Object has no field `hookTyp`"),
        "{wrong:?}"
    );
}

/// What jq makes of an export is given to the next command through a pipe, which can be read once.
#[test]
fn lines_come_through_a_pipe() {
    let folder = recorded();
    let folder = folder.path();
    let lines = export(folder, &["calls.jsonl", "--show-secrets"]).stdout;
    let piped = |from: &str, arguments: &str| {
        let mut shell = std::process::Command::new("sh");
        shell.current_dir(folder).env("HOME", folder);
        shell.args(["-c", &format!("{from} | \"$0\" {arguments}")]);
        Ran::of(shell.arg(program(folder).get_program()))
    };
    for source in ["-", "/dev/stdin"] {
        let ran = piped("cat calls.jsonl", &format!("session export {source} --show-secrets"));
        assert_eq!(ran.stdout, lines, "{ran:?}");
        let ran = piped("cat calls.jsonl", &format!("replay {source} --json"));
        let total: Value = serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
        assert_eq!(total["total"]["replayed"], 5, "{ran:?}");
    }
    // As jq lays a record out that is not told otherwise.
    let ran = piped("printf '{\\n\"seq\": 1\\n}\\n'", "replay -");
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("standard input:1: this is no JSON: "), "{ran:?}");
    assert!(ran.stderr.contains("help: one record a line; `jq -c` writes them so"), "{ran:?}");
    export(folder, &["calls.jsonl", "--format", "session", "-o", "some.tyks", "--show-secrets"]);
    let ran = piped("cat some.tyks", "session export -");
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("standard input: this is a session, which is read"), "{ran:?}");
}

#[test]
fn har_and_commands_are_what_they_are_called() {
    let folder = recorded();
    let folder = folder.path();
    let har = export(folder, &["calls.jsonl", "--format", "har", "--show-secrets"]);
    let har: Value = serde_json::from_str(&har.stdout).unwrap();
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["request"]["postData"]["text"], "{\"item\":\"café ☕\",\"qty\":2}");
    assert_eq!(entries[0]["response"]["status"], 200);
    let curl = export(folder, &["calls.jsonl", "--format", "curl", "--show-secrets"]);
    let command =
        "--data-raw '{\"item\":\"café ☕\",\"qty\":2}' http://gateway.test/all-hooks/orders\n";
    assert!(curl.stdout.ends_with(command), "{curl:?}");
    assert_eq!(curl.stdout.matches("curl ").count(), 1);
    // The request is whole though the filter means one of its hooks: that hook's URL is the upstream's.
    let one = ["calls.jsonl", "--show-secrets", "--filter", "hook:response", "--format"];
    let whole = export(folder, &[&one[..], &["curl"]].concat());
    assert_eq!(whole.stdout, curl.stdout, "{whole:?}");
    let whole = export(folder, &[&one[..], &["har", "-o", "one.har"]].concat());
    assert_eq!(whole.stderr, "tyk-tui: wrote 1 request to one.har, of 5 records\n");
    let calls =
        ["calls.jsonl", "--format", "grpcurl", "--filter", "hook:post", "--against", "[::]:9"];
    let grpcurl = export(folder, &calls);
    let call = "grpcurl -plaintext -d @ '[::1]:9' coprocess.Dispatcher/Dispatch <<'OBJECT'\n{\n";
    assert!(grpcurl.stdout.contains(call), "{grpcurl:?}");
    let wrong = export(folder, &["calls.jsonl", "--format", "xml"]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
}
