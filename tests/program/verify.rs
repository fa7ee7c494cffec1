//! `verify`: exit codes and JSON.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::ran::{Ran, fixture, program};

fn verify(bundle: &Path, key: Option<&str>) -> Ran {
    let mut command = program(Path::new("."));
    command.arg("verify").arg(bundle).arg("--json");
    if let Some(key) = key {
        command.arg("--public-key").arg(fixture("keys").join(key));
    }
    Ran::of(&mut command)
}

fn load(name: &str, key: Option<&str>) -> (Option<i32>, Value) {
    let ran = verify(&fixture("loads").join(name), key);
    (ran.code, ran.json())
}

const KEY: Option<&str> = Some("rsa-2048.pub.spki.pem");

#[test]
fn json_of_a_bundle_that_is_as_it_should_be() {
    let checksum = "9f9f90dbe3e5ee1218c86b8839db1995";
    let (code, said) = load("good-signed.zip", KEY);
    assert_eq!(code, Some(0));
    assert_eq!(
        said,
        json!({
            "ok": true,
            "sound": true,
            "checksum": {"manifest": checksum, "computed": checksum},
            "signature": "valid",
            "problems": [],
            "gateway": "5.14.0",
            "state": "fresh",
            "hints": [],
        })
    );
    let (code, said) = load("good-signed.zip", None);
    assert_eq!(
        (code, &said["signature"], &said["sound"]),
        (Some(0), &json!("unchecked"), &json!(true))
    );
    let (code, said) = load("good-unsigned.zip", None);
    assert_eq!((code, &said["signature"]), (Some(0), &json!("absent")));
}

#[test]
fn what_a_gateway_refuses_is_exit_code_1_in_its_words() {
    for (bundle, key, sound, signature, message) in [
        ("good-unsigned.zip", KEY, false, "absent", "Bundle isn't signed"),
        ("tampered-file-signed.zip", KEY, false, "invalid", "invalid checksum"),
        ("wrong-signature-other-key.zip", KEY, false, "invalid", "crypto/rsa: verification error"),
        ("signature-not-base64.zip", KEY, false, "invalid", "illegal base64 data at input byte 0"),
        ("good-signed.zip", Some("rsa-2048.pub.ssh-rsa"), false, "unchecked", "ssh: no key found"),
        (
            "nested-grpc-no-directory-entry.zip",
            None,
            true,
            "unchecked",
            "Couldn't save bundle: open vendor/pkg/u.py: no such file or directory",
        ),
        (
            "zip-truncated.zip",
            None,
            false,
            "unchecked",
            "Couldn't save bundle: zip: not a valid zip file",
        ),
        (
            "not-a-zip.zip",
            KEY,
            false,
            "unchecked",
            "Couldn't save bundle: zip: not a valid zip file",
        ),
        (
            "manifest-missing.zip",
            None,
            false,
            "unchecked",
            "open manifest.json: no such file or directory",
        ),
    ] {
        let (code, said) = load(bundle, key);
        assert_eq!(code, Some(1), "{bundle}");
        assert_eq!(said["ok"], false, "{bundle}");
        assert_eq!(said["sound"], sound, "{bundle}: {said}");
        assert_eq!(said["signature"], signature, "{bundle}");
        assert_eq!(said["problems"][0]["message"], message, "{bundle}");
        assert!(
            said["problems"][0]["help"].as_str().is_some_and(|help| !help.is_empty()),
            "{bundle}"
        );
    }
}

fn load_as(bundle: &str, key: Option<&str>, words: &[&str]) -> (Option<i32>, Value) {
    let mut command = program(&fixture("loads"));
    command.args(["verify", bundle, "--json"]).args(words);
    if let Some(key) = key {
        command.arg("--public-key").arg(fixture("keys").join(key));
    }
    let ran = Ran::of(&mut command);
    (ran.code, ran.json())
}

#[test]
fn another_release_answers_as_it_would() {
    for (words, code, gateway, message) in [
        (&["--as", "5.3.0"][..], 0, "5.3.0", "Invalid checksum"),
        (&["--as", "5.3"], 1, "5.3.13", "Invalid checksum"),
        (&["--as", "v5.15.0-alpha8"], 1, "5.15.0-alpha8", "invalid checksum"),
        (&["--as", "v5.5.0-dev"], 1, "any release", "invalid checksum"),
    ] {
        let (exit, said) = load_as("tampered-file-unsigned.zip", None, words);
        assert_eq!((exit, said["ok"] == true), (Some(code), code == 0), "{words:?}");
        assert_eq!((&said["gateway"], &said["state"]), (&json!(gateway), &json!("fresh")));
        // The exit code says `ok` alone.
        assert_eq!(said["sound"], false, "{words:?}");
        assert_eq!(said["problems"][0]["message"], message, "{words:?}");
    }
    let (_, said) = load_as("good-unsigned.zip", None, &["--as", "5.3.99"]);
    let hint = said["hints"][0].as_str().unwrap();
    assert!(hint.contains("5.3.99 is newer than 5.3.13"), "{hint}");
}

#[test]
fn what_is_on_the_disk_already_is_verified_as_that_release_does() {
    let on_disk = |version| ["--on-disk", "--as", version];
    for (version, code) in [("5.10.0", 0), ("5.11.0", 1), ("5.14.0", 0), ("-dev", 1)] {
        let words = on_disk(version);
        let (exit, said) = load_as("tampered-file-unsigned.zip", None, &words);
        assert_eq!((exit, &said["state"]), (Some(code), &json!("on-disk")), "{version}: {said}");
        // What is not looked at is no problem, but it is told.
        assert_eq!(said["problems"] == json!([]), code == 0, "{version}: {said}");
        assert!(said["hints"].to_string().contains("nvalid checksum") || code == 1, "{said}");
    }
    let (exit, _) = load_as("tampered-file-signed.zip", None, &on_disk("5.14"));
    assert_eq!(exit, Some(1));
    let skips = ["--on-disk", "--skip-verify-existing-plugin-bundle"];
    let (exit, _) = load_as("tampered-file-signed.zip", None, &skips);
    assert_eq!(exit, Some(0));
}

#[test]
fn a_version_that_is_none_is_wrong_use_and_says_what_is_known() {
    for version in ["4.0.12", "latest", ""] {
        let (exit, said) = load_as("good-unsigned.zip", None, &["--as", version]);
        assert_eq!(exit, Some(2), "{version}");
        let what = said["error"]["what"].as_str().unwrap();
        assert!(what.contains("5.3.0–5.3.13"), "{what}");
    }
}

#[test]
fn what_cannot_be_found_out_is_exit_code_3() {
    let folder = tempfile::tempdir().unwrap();
    for (bundle, key, what) in [
        (Path::new("none.zip"), None, "cannot read the bundle"),
        (folder.path(), None, "this is a folder, not a bundle"),
        (Path::new("/dev/null"), None, "a bundle must be a regular file"),
        (&fixture("loads/good-signed.zip"), Some("none.pem"), "cannot read the key"),
    ] {
        let ran = verify(bundle, key);
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(ran.json()["error"]["what"].as_str().unwrap().contains(what), "{ran:?}");
        assert!(ran.stderr.contains(what), "{ran:?}");
    }
    assert_eq!(Ran::of(program(folder.path()).arg("verify")).code, Some(2));
}

#[test]
fn people_get_a_report() {
    let ran = Ran::of(program(&fixture("loads")).args(["verify", "good-unsigned.zip"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        ran.stdout,
        "good-unsigned.zip\n  Gateway       5.14.0 would load it\n  \
         Checksum      right (9f9f90dbe3e5ee1218c86b8839db1995)\n  Signature     none\n"
    );
    let ran = Ran::of(program(&fixture("loads")).args(["verify", "tampered-file-unsigned.zip"]));
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stdout.contains("would refuse it") && ran.stdout.contains("invalid checksum"),
        "{ran:?}"
    );
}

/// A process that may have 64 MiB of data in all verifies a bundle whose files are many times that.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_files() {
    use std::io::{Seek as _, Write as _};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    let block = vec![b'x'; 1 << 20];
    let mut digests = tyk_tui::domain::bundle::Digests::default();
    zip.start_file("large.bin", options).unwrap();
    for _ in 0..300 {
        zip.write_all(&block).unwrap();
        digests.update(&block);
    }
    let manifest = json!({
        "file_list": ["large.bin"],
        "custom_middleware": {"pre": [{"name": "Pre"}], "driver": "grpc"},
        "checksum": digests.finish().md5,
    });
    zip.start_file("manifest.json", options).unwrap();
    zip.write_all(manifest.to_string().as_bytes()).unwrap();
    let mut file = zip.finish().unwrap();
    assert!(file.stream_position().unwrap() < 10 << 20);

    let limited = "ulimit -d 65536 && exec \"$0\" verify \"$1\" --json";
    let binary = env!("CARGO_BIN_EXE_tyk-tui");
    let ran = Ran::of(Command::new("sh").args(["-c", limited, binary]).arg(&path));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.json()["ok"], true);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_before_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let ran = verify(&pipe, None);
    assert_eq!(ran.code, Some(3));
    let what = ran.json()["error"]["what"].as_str().unwrap().to_owned();
    assert!(what.contains("a bundle must be a regular file"), "{what}");
}

#[test]
fn what_is_missing_is_named_in_json_too() {
    let ran = Ran::of(program(Path::new(".")).args(["verify", "--json"]));
    assert_eq!(ran.code, Some(2));
    assert!(ran.json()["error"]["what"].as_str().unwrap().contains("<BUNDLE>"), "{}", ran.json());
}
