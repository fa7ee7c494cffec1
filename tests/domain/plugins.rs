//! Lint over the Python plugins that a Gateway 5.14.0 ran: what failed for a reason that the source shows is found, and
//! a plugin that did what it says has no warning.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tyk_tui::domain::code::Language;
use tyk_tui::domain::lint::{self, Facts, Finding, ManifestFile};
use tyk_tui::domain::task::Severity;
use tyk_tui::services::code;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/python")
}

/// The facts of a case: one manifest a plugin, and the files that it lists. The file that is loaded is code whatever its
/// name.
fn facts(case: &Path) -> Facts {
    let mut facts = Facts::default();
    let mut plugins: Vec<_> =
        fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path()).collect();
    plugins.sort();
    for plugin in plugins {
        let name = plugin.file_name().unwrap().to_str().unwrap();
        let text = fs::read(plugin.join("manifest.json")).unwrap();
        let mut file = ManifestFile::open(format!("{name}/manifest.json"), text).unwrap();
        let mut listed = file.manifest.files().to_vec();
        if listed.is_empty() {
            listed.push("middleware.py".to_owned());
        }
        file.code = listed
            .iter()
            .filter_map(|entry| {
                let text = fs::read(plugin.join(entry)).ok()?;
                if listed.len() == 1 {
                    return Some(code::read_as(Language::Python, entry, text));
                }
                code::read(entry, text)
            })
            .collect();
        facts.manifests.push(file);
    }
    facts
}

/// What lint finds in each case.
fn found() -> BTreeMap<String, Vec<Finding>> {
    let cases = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let cases = cases.filter(|path| path.is_dir());
    cases
        .map(|case| {
            let name = case.file_name().unwrap().to_str().unwrap().to_owned();
            (name, lint::run(&facts(&case)))
        })
        .collect()
}

#[test]
fn dump() {
    for (case, found) in found() {
        for f in found {
            eprintln!(
                "{case}: {:?} {} {} {}",
                f.severity,
                f.rule,
                f.place.map(|p| p.to_string()).unwrap_or_default(),
                f.message
            );
        }
    }
}
