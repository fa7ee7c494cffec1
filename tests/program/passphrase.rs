//! Where the passphrase of a key comes from.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::ran::{Ran, fixture, program};

const ENCRYPTED: [&str; 2] = ["rsa-2048.pkcs8.encrypted.pem", "rsa-2048.openssh.encrypted"];

/// A folder with a manifest that builds.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest =
        r#"{"file_list": [], "custom_middleware": {"pre": [{"name": "P"}], "driver": "grpc"}}"#;
    fs::write(folder.path().join("manifest.json"), manifest).unwrap();
    folder
}

fn built(folder: &Path, ran: &Ran) {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let key = fixture("keys/rsa-2048.pub.spki.pem");
    let verified = Ran::of(program(folder).args(["verify", "bundle.zip", "--public-key"]).arg(key));
    assert_eq!(verified.code, Some(0), "{verified:?}");
}

#[test]
fn the_environment_or_a_descriptor_opens_the_key() {
    for name in ENCRYPTED {
        let folder = project();
        let build = || {
            let mut command = program(folder.path());
            command.args(["build", "-k"]).arg(fixture("keys").join(name));
            command
        };
        built(folder.path(), &Ran::of(build().env("TYK_TUI_KEY_PASSPHRASE", "test")));

        // Standard input is descriptor 0: the first line, whatever follows.
        let file = folder.path().join("passphrase");
        fs::write(&file, "test\r\nmore\n").unwrap();
        let input = || Stdio::from(File::open(&file).unwrap());
        built(folder.path(), &Ran::of(build().args(["--passphrase-fd", "0"]).stdin(input())));
        // The descriptor wins.
        let mut both = build();
        both.args(["--passphrase-fd", "0"]).stdin(input()).env("TYK_TUI_KEY_PASSPHRASE", "wrong");
        built(folder.path(), &Ran::of(&mut both));
    }
}

#[test]
fn without_one_or_with_a_wrong_one_nothing_is_built() {
    for name in ENCRYPTED {
        let folder = project();
        let build = || {
            let mut command = program(folder.path());
            command.args(["build", "--json", "-k"]).arg(fixture("keys").join(name));
            command
        };
        let ran = Ran::of(&mut build());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        for way in ["--passphrase-fd", "TYK_TUI_KEY_PASSPHRASE"] {
            assert!(ran.stderr.contains(way), "{ran:?}");
        }
        let ran = Ran::of(build().env("TYK_TUI_KEY_PASSPHRASE", "s3cr3t-wrong"));
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(ran.json()["error"]["what"].as_str().unwrap().contains("passphrase"), "{ran:?}");
        assert!(!format!("{ran:?}").contains("s3cr3t-wrong"));
        let ran = Ran::of(build().args(["--passphrase-fd", "0"]));
        assert!(ran.code == Some(3) && ran.stderr.contains("is empty"), "{ran:?}");
        let ran = Ran::of(build().args(["--passphrase-fd", "77"]));
        assert!(ran.code == Some(3) && ran.stderr.contains("descriptor 77"), "{ran:?}");
        assert!(!folder.path().join("bundle.zip").exists());
    }
}

/// On a terminal it is asked for, not shown, and asked for again where it is wrong.
#[cfg(unix)]
#[test]
fn a_terminal_is_asked_without_echo() {
    let folder = project();
    let pty = native_pty_system()
        .openpty(PtySize { rows: 24, cols: 120, pixel_width: 0, pixel_height: 0 })
        .unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tyk-tui"));
    command.args(["build", "-k"]);
    command.arg(fixture("keys/rsa-2048.openssh.encrypted"));
    command.cwd(folder.path());
    command.env("HOME", folder.path());
    command.env_remove("TYK_TUI_KEY_PASSPHRASE");
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut writer = pty.master.take_writer().unwrap();
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);

    let mut seen = String::new();
    let mut until = |mark: &str, times: usize| {
        let mut buffer = [0; 1024];
        while seen.matches(mark).count() < times {
            match reader.read(&mut buffer) {
                Ok(count) if count > 0 => seen.push_str(&String::from_utf8_lossy(&buffer[..count])),
                _ => panic!("ended before {mark:?}: {seen}"),
            }
        }
        seen.clone()
    };
    until("Passphrase of ", 1);
    writer.write_all(b"s3cr3t-wrong\n").unwrap();
    until("try again", 1);
    until("Passphrase of ", 2);
    writer.write_all(b"test\n").unwrap();
    let seen = until("Wrote bundle.zip", 1);
    assert!(child.wait().unwrap().success());
    assert!(!seen.contains("s3cr3t-wrong"), "{seen}");
    assert!(folder.path().join("bundle.zip").exists());
}
