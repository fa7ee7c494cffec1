//! Lint over the Python plugins that a Gateway 5.14.0 ran: what failed for a reason that the source shows is found, and
//! a plugin that did what it says has no warning.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tyk_tui::domain::code::{Found, Language, candidates};
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

/// What lint finds in each case, but for what it says of Python at all.
fn found() -> BTreeMap<String, Vec<Finding>> {
    let cases = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let cases = cases.filter(|path| path.is_dir());
    let of_case = |case: PathBuf| {
        let mut found = lint::run(&facts(&case));
        found.retain(|finding| finding.rule != "python-image");
        (case.file_name().unwrap().to_str().unwrap().to_owned(), found)
    };
    cases.map(of_case).collect()
}

/// The lines of `findings.txt`: a case, and what is found in it, each once.
fn lines(found: &BTreeMap<String, Vec<Finding>>) -> String {
    let line = |(case, found): (&String, &Vec<Finding>)| {
        let rules: BTreeSet<_> = found.iter().map(|it| (it.severity, it.rule)).collect();
        let rules = rules
            .into_iter()
            .rev()
            .map(|(severity, rule)| format!(" {} {rule}", format!("{severity:?}").to_lowercase()));
        format!("{case}:{}\n", rules.collect::<Vec<_>>().join(","))
    };
    found.iter().map(line).collect()
}

#[test]
fn every_case_has_the_findings_that_are_written_down() {
    let path = folder().join("findings.txt");
    let lines = lines(&found());
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(&path, &lines).unwrap();
    }
    assert_eq!(lines, fs::read_to_string(path).unwrap());
}

/// Cases that went well for the client and are mistakes all the same: nothing in the log says so.
const SILENT: &[&str] = &[
    "arity-0",
    "arity-1",
    "arity-2",
    "arity-6",
    "arity-varargs",
    "auth-arity-2",
    "auth-new-session",
    "auth-no-token",
    "auth-rich",
    "auth-untouched",
    "empty-file-list",
    "event-handler",
    "failed-bundle-leaves-helper",
    "post-keyless",
    "pre-4-args",
    "pre-body-only",
    "pre-headers-map",
    "pre-raw-body-bytes-to-body",
    "pre-session-edit",
    "request-object-replaced",
    "response-body-only",
    "response-new",
    "response-override",
    "returns-new-request",
    "shadow-stdlib",
    "shadow-tyk-names",
];

/// Cases that failed for a reason that their code does not show: the request decided, or the Gateway's Python may have
/// the module.
const NOT_IN_THE_CODE: &[&str] = &["exception-then-ok", "import-missing"];

#[test]
fn what_failed_is_found_and_what_did_not_has_no_warning() {
    let index = fs::read(folder().join("index.json")).unwrap();
    let index: Vec<serde_json::Value> = serde_json::from_slice(&index).unwrap();
    let found = found();
    assert_eq!(index.len(), found.len());
    for case in index {
        let name = case["case"].as_str().unwrap();
        let answered = |status: &serde_json::Value| status.as_u64().is_some_and(|it| it < 500);
        let went_well = case["errors"].as_array().unwrap().is_empty()
            && case["status"].as_array().unwrap().iter().all(answered);
        let warned = found[name].iter().any(|finding| finding.severity >= Severity::Warning);
        let expected = SILENT.contains(&name) || !went_well && !NOT_IN_THE_CODE.contains(&name);
        assert_eq!(warned, expected, "{name}: {:?}", found[name]);
    }
}

#[test]
fn of_the_functions_to_choose_from_those_that_ran_are_said_to_be_called() {
    let index = fs::read(folder().join("index.json")).unwrap();
    let index: Vec<serde_json::Value> = serde_json::from_slice(&index).unwrap();
    let (mut called, mut never, mut not) = (0, 0, 0);
    for case in index {
        let name = case["case"].as_str().unwrap();
        let errors: Vec<&str> =
            case["errors"].as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
        let facts = facts(&folder().join(name));
        for file in &facts.manifests {
            let found = candidates(Language::Python, file.manifest.files(), &file.code);
            let of = |name: &str| found.iter().find(|it| it.name == name).map(|it| &it.found);
            for (_, hook) in file.manifest.hooks().filter(|(_, hook)| !hook.disabled) {
                let hook = hook.name.as_str();
                let is_undefined = |error: &&str| {
                    error.contains(&format!("Hook is not defined: {hook}"))
                        || error.contains(&format!("'{hook}'")) && error.contains("'arg_count'")
                };
                if errors.iter().any(is_undefined) {
                    let is_not = matches!(of(hook), None | Some(Found::Not(_)));
                    assert!(is_not, "{name}: {hook} is {:?}", of(hook));
                    not += 1;
                } else if name.starts_with("arity-") || name == "auth-arity-2" {
                    let is_called = matches!(name, "arity-4-with-default" | "arity-self");
                    let is_never = matches!(of(hook), Some(Found::Never(_)));
                    assert!(is_called || is_never, "{name}: {hook} is {:?}", of(hook));
                    never += usize::from(!is_called);
                } else if errors.is_empty() && !SILENT.contains(&name) {
                    let is_called = matches!(of(hook), Some(Found::With(_) | Found::Unknown));
                    assert!(is_called, "{name}: {hook} is {:?}", of(hook));
                    called += 1;
                }
            }
        }
    }
    assert!(called > 50 && never > 4 && not > 4, "{called} {never} {not}");
}
