//! The recorded projects, built by ours and by the reference tool.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tokio_util::sync::CancellationToken;
use tyk_tui::domain::manifest::{Manifest, Trailing, canonical};
use tyk_tui::services::bundle::keys::SigningKey;
use tyk_tui::services::bundle::write::{Built, Order, Signer, build};

#[derive(Deserialize)]
struct Expected {
    builds: BTreeMap<String, Build>,
}

#[derive(Deserialize)]
struct Build {
    key: Option<String>,
    checksum: String,
    signature: String,
    inner_manifest: String,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    size: u64,
    crc32: String,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles")
}

fn projects() -> Vec<String> {
    let mut projects: Vec<String> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("source").is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    projects.sort();
    projects
}

/// What the release that knows all of a project's keys made of it.
fn expected(project: &str) -> BTreeMap<String, Build> {
    let file = if project == "all-keys" { "expected.5.15.0-alpha8.json" } else { "expected.json" };
    let text = fs::read_to_string(fixtures().join(project).join(file)).unwrap();
    serde_json::from_str::<Expected>(&text).unwrap().builds
}

fn build_into(project: &str, key: Option<&str>, output: &Path) -> Built {
    let key = key.map(|name| SigningKey::load(&fixtures().join("keys").join(name), None).unwrap());
    let signer = key
        .as_ref()
        .map(|key| -> Signer<'_> { Box::new(move |digest| Ok(key.sign(digest).unwrap())) });
    build(Order {
        manifest: &fixtures().join(project).join("source/manifest.json"),
        output,
        signer,
        on_progress: &mut |_| {},
        cancel: &CancellationToken::new(),
    })
    .unwrap()
}

#[test]
fn every_project_is_built_as_the_reference_tool_builds_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("bundle.zip");
    let (mut projects_seen, mut builds_seen) = (0, 0);
    for project in projects() {
        projects_seen += 1;
        for (name, reference) in expected(&project) {
            builds_seen += 1;
            let which = format!("{project}, {name}");
            let built = build_into(&project, reference.key.as_deref(), &output);
            assert_eq!(built.bytes, fs::metadata(&output).unwrap().len(), "{which}");
            assert_eq!(built.manifest.checksum, reference.checksum, "{which}");

            // An old signature survives the reference tool's unsigned build, and fails later.
            let old = project == "old-signature" && reference.key.is_none();
            let signature = if old { "" } else { &reference.signature };
            assert_eq!(built.manifest.signature, signature, "{which}");
            let inner = if old {
                reference.inner_manifest.replace(&reference.signature, "")
            } else {
                reference.inner_manifest.clone()
            };
            assert!(!old || inner != reference.inner_manifest, "{which}: nothing to clear");

            let mut zip = zip::ZipArchive::new(fs::File::open(&output).unwrap()).unwrap();
            let mut entries = Vec::new();
            for at in 0..zip.len() {
                let mut entry = zip.by_index(at).unwrap();
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes).unwrap();
                if entry.is_dir() {
                    continue;
                }
                let name = entry.name().unwrap().into_owned();
                if name == "manifest.json" {
                    assert_eq!(at + 1, built.files.len() + folders(&built.files) + 1, "{which}");
                    assert_eq!(String::from_utf8(bytes).unwrap(), inner, "{which}");
                    entries.push((name, None));
                } else {
                    let crc = format!("{:08x}", entry.crc32());
                    entries.push((name, Some((entry.size(), crc))));
                }
            }
            let theirs: Vec<_> = reference
                .entries
                .iter()
                .map(|entry| {
                    let content = (entry.size, entry.crc32.clone());
                    (entry.name.clone(), (entry.name != "manifest.json").then_some(content))
                })
                .collect();
            assert_eq!(entries, theirs, "{which}");
        }
    }
    assert_eq!((projects_seen, builds_seen), (13, 23));
}

fn folders(files: &[String]) -> usize {
    let mut folders: Vec<&str> = files
        .iter()
        .flat_map(|name| name.match_indices('/').map(move |(slash, _)| &name[..slash]))
        .collect();
    folders.sort_unstable();
    folders.dedup();
    folders.len()
}

#[test]
fn folders_have_their_entries_parents_first() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("bundle.zip");
    build_into("python-vendor", None, &output);
    let zip = zip::ZipArchive::new(fs::File::open(&output).unwrap()).unwrap();
    let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(
        names,
        [
            "middleware.py",
            "vendor/",
            "vendor/pkg/",
            "vendor/pkg/__init__.py",
            "vendor/pkg/util.py",
            "manifest.json"
        ]
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("1.zip"), folder.path().join("2.zip"));
    for project in ["many-files", "python-vendor"] {
        let hash = build_into(project, None, &first).hash8;
        assert_eq!(build_into(project, None, &second).hash8, hash);
        assert_eq!(fs::read(&first).unwrap(), fs::read(&second).unwrap(), "{project}");
    }
    assert_ne!(
        build_into("many-files", Some("rsa-2048.pkcs1.pem"), &first).hash8,
        build_into("many-files", None, &second).hash8,
        "the hash covers the manifest"
    );
}

/// What a Gateway reads of a bundle's manifest is what was written into it.
#[test]
fn canonical_manifests_come_back() {
    for project in projects() {
        for file in ["expected.json", "expected.5.15.0-alpha8.json"] {
            let text = fs::read_to_string(fixtures().join(&project).join(file)).unwrap();
            for (name, build) in serde_json::from_str::<Expected>(&text).unwrap().builds {
                let manifest = Manifest::decode(&build.inner_manifest, Trailing::Refused).unwrap();
                assert_eq!(canonical(&manifest), build.inner_manifest, "{project}, {name}");
            }
        }
    }
}
