//! `keygen`: the files that it makes, and those that it leaves alone.

use std::fs;

use super::ran::{Ran, program};

#[test]
fn makes_a_pair_that_signs_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let ran = Ran::of(program(folder.path()).args(["keygen", "-o", "my", "--json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = ran.json();
    assert_eq!(said["private_key"], "my.pem");
    assert_eq!(said["public_key"], "my.pub.pem");
    assert_eq!(said["bits"], 2048);
    let private = folder.path().join("my.pem");
    assert!(fs::read_to_string(&private).unwrap().starts_with("-----BEGIN PRIVATE KEY-----"));
    let public = fs::read_to_string(folder.path().join("my.pub.pem")).unwrap();
    assert!(public.starts_with("-----BEGIN PUBLIC KEY-----"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o600);
    }

    let manifest =
        r#"{"file_list": [], "custom_middleware": {"pre": [{"name": "P"}], "driver": "grpc"}}"#;
    fs::write(folder.path().join("manifest.json"), manifest).unwrap();
    let built = Ran::of(program(folder.path()).args(["build", "-k", "my.pem"]));
    assert_eq!(built.code, Some(0), "{built:?}");
    let verified = Ran::of(program(folder.path()).args([
        "verify",
        "bundle.zip",
        "--public-key",
        "my.pub.pem",
        "--json",
    ]));
    assert_eq!((verified.code, verified.json()["signature"].as_str()), (Some(0), Some("valid")));
}

#[test]
fn never_overwrites_either_file_unasked() {
    for existing in ["tyk-bundle.pem", "tyk-bundle.pub.pem"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(existing), "mine").unwrap();
        let ran = Ran::of(program(folder.path()).arg("keygen"));
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(ran.stderr.contains("exists already") && ran.stderr.contains("--force"), "{ran:?}");
        assert_eq!(fs::read(folder.path().join(existing)).unwrap(), b"mine");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is made");

        let ran = Ran::of(program(folder.path()).args(["keygen", "--force"]));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stdout.contains("\"public_key_path\": \""), "{ran:?}");
        assert_ne!(fs::read(folder.path().join(existing)).unwrap(), b"mine");
    }
}

#[cfg(unix)]
#[test]
fn a_replaced_private_key_is_no_longer_readable_by_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let private = folder.path().join("tyk-bundle.pem");
    fs::write(&private, "old").unwrap();
    fs::set_permissions(&private, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(Ran::of(program(folder.path()).args(["keygen", "--force"])).code, Some(0));
    assert_eq!(fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o600);
    // A link that leads nowhere is there, too.
    let dangling = folder.path().join("x.pem");
    std::os::unix::fs::symlink("nowhere", &dangling).unwrap();
    assert_eq!(Ran::of(program(folder.path()).args(["keygen", "-o", "x"])).code, Some(3));
}

#[test]
fn wrong_use_is_2_and_a_missing_folder_3() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, code) in [
        (["--bits", "1024"], 2),
        (["--bits", "99999"], 2),
        (["--bits", "many"], 2),
        (["-o", "keys/"], 2),
        (["-o", "none/key"], 3),
    ] {
        let ran = Ran::of(program(folder.path()).arg("keygen").args(arguments));
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert!(!ran.stderr.is_empty());
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
