//! Builds that end early, and files that do not keep still.

use std::fs;

use super::*;
use crate::services::bundle::read::Limits;

const MANIFEST: &str = r#"{"file_list": ["a", "b", "a"],
    "custom_middleware": {"pre": [{"name": "P"}], "driver": "grpc"}}"#;

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("manifest.json"), MANIFEST).unwrap();
    fs::write(folder.path().join("a"), "first").unwrap();
    fs::write(folder.path().join("b"), vec![7; 600 << 10]).unwrap();
    folder
}

fn run(
    folder: &Path,
    signer: Option<Signer<'_>>,
    on_progress: &mut (dyn FnMut(Progress) + Send),
    cancel: &CancellationToken,
) -> Result<Built, Problem> {
    let (manifest, output) = (folder.join("manifest.json"), folder.join("bundle.zip"));
    build(Order { manifest: &manifest, output: &output, signer, on_progress, cancel })
}

/// Expects nothing but what was there.
fn untouched(folder: &Path) {
    assert_eq!(fs::read_dir(folder).unwrap().count(), 3, "{:?}", fs::read_dir(folder));
}

#[test]
fn progress_ends_at_the_total_and_counts_what_is_hashed_twice() {
    let folder = project();
    let mut seen = Vec::new();
    let built =
        run(folder.path(), None, &mut |progress| seen.push(progress), &CancellationToken::new());
    let built = built.unwrap();
    assert_eq!(built.files, ["a", "b"]);
    let total = 2 * 5 + (600 << 10);
    assert_eq!(seen.last(), Some(&Progress { done: total, total: Some(total) }));
    assert!(seen.len() >= 5 && seen.windows(2).all(|two| two[0].done < two[1].done));
    let mut digests = crate::domain::bundle::Digests::default();
    for bytes in [b"first", &vec![7; 600 << 10][..], b"first"] {
        digests.update(bytes);
    }
    assert_eq!(built.manifest.checksum, digests.finish().md5);
}

#[test]
fn the_signer_gets_the_digest_of_the_files_and_may_fail() {
    let folder = project();
    let cancel = CancellationToken::new();
    let sign: Signer<'_> = Box::new(|digest| Ok(format!("signed {:02x}", digest[0])));
    let built = run(folder.path(), Some(sign), &mut |_| {}, &cancel).unwrap();
    assert!(built.manifest.signature.starts_with("signed "));
    fs::remove_file(&built.bundle).unwrap();
    let refuse: Signer<'_> = Box::new(|_| Err(Problem::failed("no key")));
    let problem = run(folder.path(), Some(refuse), &mut |_| {}, &cancel).unwrap_err();
    assert_eq!(problem.what, "no key");
    untouched(folder.path());
}

#[test]
fn cancelled_it_leaves_nothing() {
    let folder = project();
    let cancel = CancellationToken::new();
    let problem = run(folder.path(), None, &mut |_| cancel.cancel(), &cancel).unwrap_err();
    assert_eq!(problem.kind, Kind::Interrupted);
    untouched(folder.path());
}

/// What happens to a file while it, or one before it, is read.
fn changing(change: fn(&Path), at: u64) -> Problem {
    let folder = project();
    let mut done = false;
    let problem = run(
        folder.path(),
        None,
        &mut |progress| {
            if progress.done >= at && !done {
                done = true;
                change(folder.path());
            }
        },
        &CancellationToken::new(),
    );
    fs::write(folder.path().join("b"), "").unwrap();
    untouched(folder.path());
    problem.unwrap_err()
}

#[test]
fn a_file_that_changes_is_an_error() {
    let in_b = 5 + (256 << 10);
    for (name, change) in [
        (
            "grows",
            (|folder: &Path| fs::write(folder.join("b"), vec![7; 900 << 10]).unwrap()) as fn(&Path),
        ),
        ("shrinks", |folder| fs::write(folder.join("b"), "x").unwrap()),
        ("is replaced", |folder| {
            fs::write(folder.join("c"), vec![7; 600 << 10]).unwrap();
            fs::rename(folder.join("c"), folder.join("b")).unwrap();
        }),
        ("is touched", |folder| {
            let file = fs::File::options().write(true).open(folder.join("b")).unwrap();
            file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        }),
        ("goes", |folder| fs::remove_file(folder.join("b")).unwrap()),
    ] {
        let problem = changing(change, in_b);
        assert_eq!(problem.what, "b changed while it was read", "{name}");
        assert!(problem.place.is_some_and(|place| place.ends_with("manifest.json:1:21")), "{name}");
    }
}

#[test]
fn a_file_listed_twice_must_be_the_same_both_times() {
    let problem = changing(|folder| fs::write(folder.join("a"), "another").unwrap(), 600 << 10);
    assert_eq!(problem.what, "a changed while it was read");
}

#[test]
fn the_same_hashes_come_from_the_files_from_the_build_and_from_the_zip() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = MANIFEST.replace("\"b\"", "\"d/e/b\"");
    fs::create_dir_all(folder.path().join("d/e")).unwrap();
    for (name, text) in [("manifest.json", manifest.as_str()), ("a", "first"), ("d/e/b", "")] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let pem =
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/bundles/keys/rsa-2048.pkcs8.pem");
    let key = crate::services::bundle::keys::SigningKey::load(Path::new(pem), None).unwrap();
    let hashed = hash(&folder.path().join("manifest.json"), Some(&key)).unwrap();

    let sign: Signer<'_> =
        Box::new(|digest| key.sign(digest).map_err(|error| Problem::failed(error.to_string())));
    for (signer, expected) in [(None, &hashed.hash8s[0]), (Some(sign), &hashed.hash8s[1])] {
        let built = run(folder.path(), signer, &mut |_| {}, &CancellationToken::new()).unwrap();
        assert_eq!((&built.hash8, &built.manifest.checksum), (expected, &hashed.checksum));
        let zip = fs::File::open(&built.bundle).unwrap();
        let of_zip = crate::services::bundle::inspect::hash8(zip, Limits::default()).unwrap();
        assert_eq!(of_zip.as_ref(), Some(expected));
    }
    assert_ne!(hashed.hash8s[0], hashed.hash8s[1]);
    let unsigned = hash(&folder.path().join("manifest.json"), None).unwrap();
    assert_eq!(unsigned.hash8s, hashed.hash8s[..1]);
}
