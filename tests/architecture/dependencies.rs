//! Dependencies: each has its reason in ARCHITECTURE.md, and none is there twice without one in deny.toml.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use toml::{Table, Value};

use super::sources::modules;
use super::{project, read};

fn table(path: &str) -> Table {
    read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Names of a manifest's dependencies, of every kind and target.
fn dependencies(manifest: &Table) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        if let Some(Value::Table(table)) = manifest.get(kind) {
            names.extend(table.keys().cloned());
        }
    }
    if let Some(Value::Table(targets)) = manifest.get("target") {
        names.extend(targets.values().filter_map(Value::as_table).flat_map(dependencies));
    }
    names
}

#[test]
fn every_dependency_has_its_reason() {
    let named = dependencies(&table("Cargo.toml"));
    let text = read("ARCHITECTURE.md");
    let (_, text) = text.split_once("## Dependencies").expect("ARCHITECTURE.md has the section");
    // A line may hold several that belong together: "| `tonic`, `tonic-health` | reason |".
    let reasoned: BTreeSet<String> = text
        .lines()
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("| `")?.split_once(" | "))
        .flat_map(|(names, _)| names.split("`, `"))
        .map(|name| name.trim_matches('`').to_owned())
        .collect();
    let missing: Vec<_> = named.difference(&reasoned).collect();
    let stale: Vec<_> = reasoned.difference(&named).collect();
    assert!(missing.is_empty(), "no reason in ARCHITECTURE.md for {missing:?}");
    assert!(stale.is_empty(), "ARCHITECTURE.md gives a reason for what is not used: {stale:?}");
}

/// The packages that are built here, of every kind; Cargo.lock also names some that no feature of ours reaches.
fn built() -> BTreeMap<String, BTreeSet<String>> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal,build,dev", "--prefix", "none"])
        .args(["--format", "{p}"])
        .current_dir(project(""))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let mut versions = BTreeMap::<String, BTreeSet<String>>::new();
    for line in String::from_utf8(tree.stdout).unwrap().lines() {
        let mut words = line.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        let version = version.strip_prefix('v').unwrap().to_owned();
        versions.entry(name.to_owned()).or_default().insert(version);
    }
    assert!(versions.len() > 100, "{versions:?}");
    versions
}

#[test]
fn what_is_there_twice_has_its_reason() {
    let deny = table("deny.toml");
    let bans = &deny["bans"];
    assert_eq!(bans["multiple-versions"].as_str(), Some("deny"));
    let mut skipped = BTreeSet::new();
    for skip in bans["skip"].as_array().unwrap() {
        let name = skip["crate"].as_str().unwrap();
        assert!(skip["reason"].as_str().is_some_and(|it| it.len() > 10), "{name} has no reason");
        assert!(skipped.insert(name.to_owned()), "{name} is skipped twice");
    }
    // A skip names the older version; of so many versions, all but one are skipped.
    for (name, versions) in built() {
        let skips = versions.iter().filter(|it| skipped.contains(&format!("{name}@{it}"))).count();
        assert!(
            skips + 1 >= versions.len(),
            "{name} is there as {versions:?}: update what needs the older, or give deny.toml the reason"
        );
    }
    let lock = table("Cargo.lock");
    for skip in &skipped {
        let (name, version) = skip.split_once('@').expect("a skip is name@version");
        let locked = lock["package"].as_array().unwrap().iter().any(|package| {
            (package["name"].as_str(), package["version"].as_str()) == (Some(name), Some(version))
        });
        assert!(locked, "deny.toml skips {skip}, which is not there any more");
    }
}

#[test]
fn every_dependency_of_the_program_is_used() {
    let manifest = table("Cargo.toml");
    let mut names: BTreeSet<&String> =
        manifest["dependencies"].as_table().unwrap().keys().collect();
    let targets = manifest["target"].as_table().unwrap().values();
    names.extend(targets.flat_map(|target| target["dependencies"].as_table().unwrap().keys()));
    let text: String =
        modules().iter().map(|module| std::fs::read_to_string(&module.source).unwrap()).collect();
    for name in names {
        // The one whose library is called otherwise.
        let library = if name == "md-5" { "md5".to_owned() } else { name.replace('-', "_") };
        // `secrecy::…`, `use secrecy as …`, `#[derive(thiserror::Error)]`, `#[tokio::test]`.
        let used = regex::Regex::new(&format!(r"\b{library}(::| as )")).unwrap();
        assert!(used.is_match(&text), "nothing uses {name}");
    }
}
