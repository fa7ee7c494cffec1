use std::fs;
use std::os::unix::fs::symlink;

use tempfile::TempDir;

use super::*;
use crate::config::{Sources, load_safe};
use crate::domain::lint;

const MANIFEST: &str = r#"{"file_list": ["middleware.py"],
  "custom_middleware": {"pre": [{"name": "A"}], "driver": "python"}}"#;
const CODE: &str = "from tyk.decorators import *\n@Hook\ndef A(request, session, spec):\n    return request, session\n";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What is known of the project there.
fn of_project(folder: &TempDir, unsaved: &Unsaved) -> Facts {
    let loaded = load_safe(&Sources::only(folder.path())).unwrap();
    project(folder.path(), &loaded.settings, unsaved).unwrap()
}

fn given(folder: &TempDir, names: &[&str]) -> Result<Facts, Problem> {
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.path().join(name)).collect();
    files(&paths, &Unsaved::new())
}

#[test]
fn a_project_is_its_manifest_with_code_its_definitions_and_what_lies_beside() {
    let folder = folder(&[
        ("manifest.json", MANIFEST),
        ("middleware.py", CODE),
        ("vendor/jwt.py", ""),
        ("apis/orders.json", r#"{"proxy": {}}"#),
        ("tyk-tui.toml", "project.tyk_conf = 'gw/tyk.conf'\n"),
        ("gw/tyk.conf", "{}"),
    ]);
    let facts = of_project(&folder, &Unsaved::new());
    assert_eq!(facts.apis[0].file, "apis/orders.json");
    assert_eq!(facts.confs[0].file.as_deref(), Some("gw/tyk.conf"));
    let [manifest] = facts.manifests.as_slice() else { panic!("{:?}", facts.manifests) };
    assert_eq!((manifest.file.as_str(), &*manifest.code[0].text), ("manifest.json", CODE));
    let beside = manifest.beside.as_ref().unwrap();
    assert!(beside.contains(&"vendor/jwt.py".to_owned()), "{beside:?}");
    assert!(facts.unread.is_empty(), "{:?}", facts.unread);
}

#[test]
fn what_is_not_saved_counts_in_place_of_what_is_on_disk() {
    let folder = folder(&[("manifest.json", MANIFEST), ("middleware.py", CODE)]);
    let changed = CODE.replace("def A", "def B");
    let unsaved = [(folder.path().join("middleware.py"), changed.clone().into_bytes())];
    let facts = of_project(&folder, &unsaved.into());
    assert_eq!(facts.manifests[0].code[0].text, changed);
    // A file that was never saved too.
    let unsaved = [(folder.path().join("manifest.json"), MANIFEST.into())];
    fs::remove_file(folder.path().join("manifest.json")).unwrap();
    assert_eq!(of_project(&folder, &unsaved.into()).manifests.len(), 1);
    assert_eq!(of_project(&folder, &Unsaved::new()).manifests.len(), 0);
}

#[test]
fn a_file_that_cannot_be_read_hides_nothing_of_the_others() {
    let folder = folder(&[
        ("manifest.json", MANIFEST),
        ("middleware.py", CODE),
        ("tyk-tui.toml", "[project]\nkey = 'none.pem'\npublic_key = 'pipe'\ntyk_conf = 'gw'\n"),
        ("gw/x", ""),
        ("apis/a.json", "{ nope"),
        ("apis/c.json", r#"{"proxy": {}}"#),
    ]);
    rustix::fs::mkfifoat(rustix::fs::CWD, folder.path().join("pipe"), rustix::fs::Mode::RUSR)
        .unwrap();
    symlink("b.json", folder.path().join("apis/b.json")).unwrap();
    let facts = of_project(&folder, &Unsaved::new());
    let unread: Vec<_> = facts.unread.iter().map(|unread| unread.file.as_str()).collect();
    assert_eq!(unread, ["apis/a.json", "apis/b.json", "none.pem", "pipe", "gw"]);
    assert_eq!((facts.manifests.len(), facts.apis.len()), (1, 1));
}

#[test]
fn the_public_key_of_a_tyk_conf_is_looked_at_where_it_is_here() {
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles/keys");
    let public = fs::read_to_string(keys.join("other-2048.pub.spki.pem")).unwrap();
    let folder = folder(&[
        ("gw/tyk.conf", r#"{"public_key_path": "public.pem"}"#),
        ("gw/public.pem", &public),
        ("elsewhere.conf", r#"{"public_key_path": "/opt/tyk-gateway/none.pem"}"#),
    ]);
    let facts = given(&folder, &["gw/tyk.conf", "elsewhere.conf"]).unwrap();
    let [key] = facts.keys.as_slice() else { panic!("{:?}", facts.keys) };
    assert_eq!((key.role, key.key.is_ok()), (KeyRole::Public, true));
    assert!(facts.unread.is_empty());
}

#[test]
fn code_of_a_manifest_that_is_given_is_looked_at_with_it() {
    let folder = folder(&[
        ("a/manifest.json", MANIFEST),
        ("a/middleware.py", "def A(:\n"),
        ("b/manifest.json", MANIFEST),
        ("b/middleware.py", CODE),
        ("c.py", "def C(:\n"),
    ]);
    let names =
        ["a/middleware.py", "c.py", "b/middleware.py", "a/manifest.json", "b/manifest.json"];
    let facts = given(&folder, &names).unwrap();
    assert_eq!((facts.manifests.len(), facts.code.len()), (2, 1));
    let findings = lint::run(&facts);
    let wrong = findings.iter().filter(|finding| finding.rule == "code-syntax");
    let wrong: Vec<_> = wrong.map(|finding| finding.file.clone()).collect();
    let expected =
        ["a/middleware.py", "c.py"].map(|name| folder.path().join(name).display().to_string());
    assert_eq!(wrong, expected);
}

#[test]
fn a_file_that_is_given_twice_is_one_file() {
    let folder = folder(&[("a.json", r#"{"api_id": "a"}"#)]);
    assert_eq!(given(&folder, &["a.json", "./a.json"]).unwrap().apis.len(), 1);
}

#[test]
fn files_outside_the_manifests_folder_are_not_read() {
    let manifest = MANIFEST.replace("middleware.py", "../secret.py");
    let folder = folder(&[("p/manifest.json", &manifest), ("secret.py", CODE)]);
    let facts = given(&folder, &["p/manifest.json"]).unwrap();
    assert!(facts.manifests[0].code.is_empty());
}

#[test]
fn of_much_code_what_lies_deeper_is_not_looked_into() {
    let large = "x = 1\n".repeat(usize::try_from(manifest::LARGEST_CODE).unwrap() / 6);
    let manifest = MANIFEST.replace("\"middleware.py\"", "\"d/large.py\", \"middleware.py\"");
    let folder =
        folder(&[("manifest.json", &manifest), ("middleware.py", CODE), ("d/large.py", &large)]);
    let facts = of_project(&folder, &Unsaved::new());
    let code = &facts.manifests[0].code;
    assert_eq!(code.iter().map(|it| it.file.as_str()).collect::<Vec<_>>(), ["middleware.py"]);
}

/// Builds the project's bundle; its name where it is published unsigned.
fn build(folder: &TempDir, output: &str) -> String {
    let built = crate::services::bundle::write::build(crate::services::bundle::write::Order {
        manifest: &folder.path().join("manifest.json"),
        output: &folder.path().join(output),
        signer: None,
        on_progress: &mut |_| {},
        cancel: &tokio_util::sync::CancellationToken::new(),
    });
    crate::domain::bundle::published_name("orders", &built.unwrap().hash8)
}

/// Which of these rules found something.
fn found(facts: &Facts, rules: &[&str]) -> Vec<&'static str> {
    let found = lint::run(facts);
    found.iter().map(|finding| finding.rule).filter(|rule| rules.contains(rule)).collect()
}

#[test]
fn a_bundle_that_was_built_is_compared_with_the_files_as_they_are() {
    let folder = folder(&[("manifest.json", MANIFEST), ("middleware.py", CODE)]);
    build(&folder, "bundle.zip");
    let stale = |unsaved| found(&of_project(&folder, &unsaved), &["bundle-stale"]);
    assert_eq!(stale(Unsaved::new()), [""; 0]);
    fs::write(folder.path().join("middleware.py"), format!("{CODE}\n")).unwrap();
    assert_eq!(stale(Unsaved::new()), ["bundle-stale"]);
    let facts = given(&folder, &["manifest.json", "bundle.zip"]).unwrap();
    assert_eq!(found(&facts, &["bundle-stale"]), ["bundle-stale"]);
    // What is not saved cannot be built.
    let unsaved = [(folder.path().join("manifest.json"), MANIFEST.into())];
    assert_eq!(stale(unsaved.into()), [""; 0]);
}

#[test]
fn an_api_that_names_older_content_is_found() {
    let api =
        |bundle: &str| format!(r#"{{"proxy": {{}}, "custom_middleware_bundle": "{bundle}"}}"#);
    let folder = folder(&[
        ("manifest.json", MANIFEST),
        ("middleware.py", CODE),
        ("tyk-tui.toml", "project.name = 'orders'\n"),
    ]);
    let now = build(&folder, "other.zip");
    for (bundle, expected) in [
        (now.as_str(), &[][..]),
        ("orders-00000000.zip", &["bundle-hash"]),
        ("others-00000000.zip", &[]),
    ] {
        fs::write(folder.path().join("api.json"), api(bundle)).unwrap();
        let facts = of_project(&folder, &Unsaved::new());
        assert_eq!(found(&facts, &["bundle-hash"]), expected, "{bundle}");
    }
    // Signed by a key that asks for its passphrase it may have any hash.
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles/keys");
    for (key, expected) in
        [("rsa-2048.pkcs8.encrypted.pem", &[][..]), ("rsa-2048.pkcs8.pem", &["bundle-hash"])]
    {
        fs::write(folder.path().join("api.json"), api("orders-00000000.zip")).unwrap();
        fs::copy(keys.join(key), folder.path().join("key.pem")).unwrap();
        let toml = "project.name = 'orders'\nproject.key = 'key.pem'\n";
        fs::write(folder.path().join("tyk-tui.toml"), toml).unwrap();
        let facts = of_project(&folder, &Unsaved::new());
        assert_eq!(found(&facts, &["bundle-hash"]), expected, "{key}");
    }
}

#[test]
fn what_a_zip_shows_is_found() {
    let bundles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles");
    for (zip, key, rules) in [
        ("good-signed", true, &[][..]),
        ("good-signed", false, &[]),
        ("good-unsigned", true, &["bundle-refused"]),
        ("good-unsigned", false, &["bundle-unsigned"]),
        ("manifest-first", false, &["bundle-manifest-first"]),
        ("duplicate-file-last-wins", false, &["bundle-entry-twice"]),
        ("name-symlink-listed", false, &["bundle-link", "bundle-uncovered"]),
        ("extra-file-signed", true, &["bundle-manifest-first", "bundle-uncovered"]),
        ("nested-directory-entry-duplicated", false, &["bundle-refused"]),
    ] {
        let key = key.then(|| bundles.join("keys/rsa-2048.pub.spki.pem"));
        let zip = bundles.join(format!("loads/{zip}.zip"));
        let paths: Vec<PathBuf> = key.into_iter().chain([zip.clone()]).collect();
        let findings = lint::run(&files(&paths, &Unsaved::new()).unwrap());
        let found: Vec<_> = findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(found, rules, "{}: {findings:#?}", zip.display());
    }
}
