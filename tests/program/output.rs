//! What all commands share: exit codes, errors as JSON, a stdout that is full or gone.

use std::fs::File;
use std::process::Stdio;

use super::home::{Home, Ran};

#[test]
fn wrong_use_is_2_and_with_json_an_object() {
    let home = Home::new();
    let ran = home.run(&["paths", "--jsn"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    let ran = home.run(&["paths", "--json", "--nonsense"]);
    assert_eq!(ran.code, Some(2));
    let error = &ran.json()["error"];
    assert_eq!(error["what"], "unexpected argument '--nonsense' found");
    assert!(error["where"].is_null());
    assert_eq!(home.run(&["nonsense"]).code, Some(2));
    assert_eq!(home.run(&["--help"]).code, Some(0));
    assert_eq!(home.run(&["--version"]).stdout, format!("tyk-tui {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_reader_that_went_away_is_no_error_and_a_full_disk_is() {
    let home = Home::new();
    for arguments in [&["completions", "bash"][..], &["man"], &["config", "show"], &["paths"]] {
        let mut command = home.command(arguments);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        command.stdout(writer);
        let ran = Ran::of(command);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{arguments:?}");

        if let Ok(full) = File::options().write(true).open("/dev/full") {
            let mut command = home.command(arguments);
            command.stdout(Stdio::from(full));
            let ran = Ran::of(command);
            assert_eq!(ran.code, Some(3), "{arguments:?}");
            assert!(ran.stderr.contains("cannot write to standard output"), "{ran:?}");
        }
    }
}
