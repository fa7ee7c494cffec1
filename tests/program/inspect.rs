//! `inspect`: what it shows, and what never reaches a terminal.

use std::io::Write as _;

use serde_json::json;

use super::ran::{Ran, fixture, program};

#[test]
fn json_lists_the_entries_in_order_with_what_is_covered() {
    let ran =
        Ran::of(program(&fixture("loads")).args(["inspect", "extra-file-signed.zip", "--json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = ran.json();
    let covered: Vec<_> = said["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["name"].as_str().unwrap(), file["covered"].as_bool().unwrap()))
        .collect();
    assert!(covered.contains(&("a.txt", true)), "{covered:?}");
    assert!(covered.contains(&("manifest.json", false)), "{covered:?}");
    let uncovered = said["uncovered"].as_array().unwrap();
    assert_eq!(uncovered.len(), 2, "the manifest and the file that was added: {uncovered:?}");
    assert_eq!(said["driver"], "grpc");
    assert_eq!(said["hooks"][0]["hook"], "pre");
    assert_eq!(said["hooks"][0]["name"], "PreHook");
    assert_eq!(said["missing"], json!([]));
}

#[test]
fn people_get_a_table() {
    let ran = Ran::of(program(&fixture("loads")).args(["inspect", "duplicate-file-last-wins.zip"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    for line in [
        "BYTES  PACKED  METHOD   COVERED  NAME",
        "   22      24  deflate  no       a.txt          replaced by a later entry",
        "    6       8  deflate  yes      a.txt",
        "Driver        grpc",
        "Hooks         pre            PreHook",
    ] {
        assert!(ran.stdout.lines().any(|said| said == line), "{line}\n{}", ran.stdout);
    }
}

#[test]
fn a_hostile_name_does_not_steer_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut zip = zip::ZipWriter::new(std::fs::File::create(folder.path().join("b.zip")).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    let name = "a\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}txt";
    zip.start_file(name, options).unwrap();
    zip.start_file("manifest.json", options).unwrap();
    let manifest = json!({
        "file_list": [name],
        "custom_middleware": {"pre": [{"name": "\u{1b}[2J"}], "driver": "\u{1b}c"},
        "checksum": "\u{1b}c",
    });
    zip.write_all(manifest.to_string().as_bytes()).unwrap();
    zip.finish().unwrap();
    for arguments in
        [["inspect", "b.zip"].as_slice(), &["inspect", "b.zip", "--json"], &["verify", "b.zip"]]
    {
        let ran = Ran::of(program(folder.path()).args(arguments));
        let steers = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!ran.stdout.contains(steers), "{arguments:?}: {:?}", ran.stdout);
    }
}

#[test]
fn what_is_no_bundle_is_exit_code_1_and_what_cannot_be_read_3() {
    let run =
        |bundle: &str| Ran::of(program(&fixture("loads")).args(["inspect", bundle, "--json"]));
    let ran = run("not-a-zip.zip");
    assert_eq!(
        (ran.code, &ran.json()["error"]["what"]),
        (Some(1), &json!("zip: not a valid zip file"))
    );
    let ran = run("manifest-missing.zip");
    assert_eq!(ran.code, Some(1));
    assert_eq!(
        ran.json()["problems"][0]["message"],
        "open manifest.json: no such file or directory"
    );
    assert_eq!(run("none.zip").code, Some(3));
}

#[test]
fn two_bundles_are_compared_file_by_file() {
    let run = |arguments: &[&str]| {
        Ran::of(program(&fixture("loads")).args([&["inspect"], arguments].concat()))
    };
    let ran = run(&["extra-file-signed.zip", "extra-file-signed.zip"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "the same 3 files\n"), "{ran:?}");
    let ran = run(&["extra-file-signed.zip", "duplicate-file-last-wins.zip"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("--- extra-file-signed.zip\n+++ duplicate-file-last-wins.zip\n"));
    assert!(ran.stdout.contains("\nremoved extra.txt  5 B\n"), "{}", ran.stdout);
    let of_mserv =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mserv/bundles");
    let ran =
        Ran::of(program(&of_mserv).args(["inspect", "grpc-nofiles.zip", "grpc-nofiles-v2.zip"]));
    assert!(ran.code == Some(1) && ran.stdout.contains("changed manifest.json"), "{ran:?}");
    let pair = ["inspect", "grpc-nofiles.zip", "grpc-nofiles-v2.zip", "--json"];
    let said = Ran::of(program(&of_mserv).args(pair)).json();
    assert_eq!(said["files"][0]["name"], "manifest.json");
    assert_eq!((&said["same"], &said["files"][0]["how"]), (&json!(false), &json!("json")));
    // What cannot be compared is no answer.
    for other in ["not-a-zip.zip", "none.zip"] {
        let ran = run(&["extra-file-signed.zip", other, "--json"]);
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(ran.json()["error"]["where"].as_str().unwrap().contains(other), "{ran:?}");
    }
}
