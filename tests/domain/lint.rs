//! Lint over definitions that a real Gateway was given and gave out: each recorded mistake is caught, and what worked
//! has no warning.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tyk_tui::domain::lint::{self, ApiFile, Facts, ManifestFile};
use tyk_tui::domain::task::Severity;

/// What is graver than a hint in each definition; the name of a recording without its number, or of a Dispatch's case.
/// A definition that is not here has no warning.
const MISTAKES: &[(&str, &[&str])] = &[
    ("apis-post-missing-api-id", &["missing-api-id"]),
    ("apis-put-missing-id-in-body", &["missing-api-id"]),
    ("apis-post-missing-listen-path", &["listen-path"]),
    ("apis-post-smallest", &["listen-path", "missing-api-id", "missing-version"]),
    ("apis-post-wrong-type", &["listen-path", "missing-target", "missing-version", "wrong-type"]),
    ("b-good-get-answer", &["hooks-beside-bundle"]),
    ("b-python-get-answer", &["hooks-beside-bundle"]),
    ("bundles-list-answer-0", &["hooks-beside-bundle"]),
    ("bundles-list-answer-1", &["hooks-beside-bundle"]),
    ("debug-driver-not-loaded-spec", &["python-without-bundle"]),
    ("debug-empty-listen-path-spec", &["listen-path"]),
    ("debug-invalid-oas-oas", &["oas-extension"]),
    ("debug-no-version-data-spec", &["missing-version"]),
    ("debug-noslash-listen-path-spec", &["listen-path"]),
    ("debug-space-listen-path-spec", &["listen-path"]),
    ("empty-path-post", &["listen-path"]),
    ("event-handler-without-name-debug-spec", &["event-without-name"]),
    ("event-no-driver", &["event-without-driver"]),
    ("event-token-auth-failure", &["event-name"]),
    ("event-token-created", &["event-name"]),
    ("event-unknown-handler", &["event-handler-name"]),
    ("noslash-path-post", &["listen-path"]),
    ("oas-auth-config-disabled", &["auth-unnamed"]),
    ("oas-auth-custom-disabled", &["auth-not-enabled"]),
    ("oas-auth-disabled", &["keyless-auth"]),
    ("oas-auth-empty-function", &["auth-unnamed"]),
    ("oas-auth-no-config", &["auth-unnamed"]),
    ("oas-auth-unnamed", &["auth-unnamed"]),
    ("oas-bundle", &["hooks-beside-bundle"]),
    ("oas-data-without-enabled", &["oas-required"]),
    ("oas-data-without-value", &["oas-required"]),
    ("oas-empty-list", &["oas-empty-value"]),
    ("oas-event-handler-coprocess", &["oas-event"]),
    ("oas-event-handler-cp-dynamic-handler", &["oas-event"]),
    ("oas-first-plugin-empty-function", &["unnamed-hook"]),
    ("oas-first-plugin-no-enabled", &["oas-required"]),
    ("oas-first-plugin-wrong-type", &["wrong-type"]),
    ("oas-get-oas-singular-answer", &["keyless-auth"]),
    ("oas-id-extractor-bad-source", &["extractor-combination"]),
    ("oas-invalid-bundle-without-path", &["oas-empty-value"]),
    ("oas-invalid-empty-bundle-path", &["oas-empty-value"]),
    ("oas-invalid-empty-bundle-path-disabled", &["oas-empty-value"]),
    ("oas-invalid-empty-driver", &["oas-empty-value"]),
    ("oas-invalid-empty-extension", &["listen-path", "oas-required"]),
    ("oas-invalid-empty-listen-path", &["listen-path"]),
    ("oas-invalid-first-plugin-no-function", &["oas-required", "unnamed-hook"]),
    ("oas-invalid-listen-path-without-slash", &["listen-path"]),
    ("oas-invalid-no-extension", &["oas-extension"]),
    ("oas-invalid-no-info-title", &["oas-required"]),
    ("oas-invalid-no-listen-path", &["listen-path", "oas-required"]),
    ("oas-invalid-no-name", &["oas-required"]),
    ("oas-invalid-no-openapi", &["oas-required"]),
    ("oas-invalid-no-paths", &["oas-required"]),
    ("oas-invalid-no-server", &["listen-path", "oas-required"]),
    ("oas-invalid-no-state", &["oas-required"]),
    ("oas-invalid-no-tyk-info", &["oas-required"]),
    ("oas-invalid-no-upstream", &["oas-required"]),
    ("oas-invalid-null-extension", &["oas-extension"]),
    ("oas-invalid-openapi-2", &["oas-required"]),
    ("oas-invalid-unknown-driver", &["unknown-driver"]),
    ("oas-listen-path-with-space", &["listen-path"]),
    ("oas-no-driver", &["missing-driver"]),
    ("oas-no-plugin-config", &["missing-driver"]),
    ("oas-openapi-3-2", &["oas-required"]),
    ("oas-patch-extension-only", &["listen-path", "oas-required"]),
    ("oas-plugin-list-object", &["wrong-type"]),
    ("oas-post-both-forms", &["oas-singular"]),
    ("oas-post-singular", &["keyless-auth"]),
    ("oas-second-plugin-no-function", &["oas-required", "unnamed-hook"]),
    ("oas-second-plugin-wrong-type", &["wrong-type"]),
    ("oas-unknown-keys", &["oas-root-key"]),
    ("oas-yaml-without-extension", &["oas-extension"]),
    ("skipped-apis-are-listed-answer-0", &["listen-path"]),
    ("skipped-apis-are-listed-answer-2", &["listen-path"]),
    ("space-path-post", &["listen-path"]),
];

/// Recordings that say nothing of a definition: lists of what lay there by then, the body of another call, and plain
/// OpenAPI documents for `/import` and by `/export`.
const OTHERS: [&str; 11] = [
    "apis-list-",
    "bundles-list-",
    "debug-invalid-oas",
    "oas-export-",
    "oas-import",
    "oas-list-",
    "oas-patch-no-extension",
    "oas-patch-query",
    "oas-patch-unknown",
    "oas-put-no-extension",
    "wrong-method",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Rules that found something graver than a hint.
fn warned(facts: &Facts) -> Vec<&'static str> {
    let found = lint::run(facts);
    let mut rules: Vec<_> = found
        .iter()
        .filter(|found| found.severity > Severity::Hint)
        .map(|found| found.rule)
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Every recorded definition, by the recording's name without its number.
fn recorded() -> BTreeMap<String, Facts> {
    let text = fs::read_to_string(fixtures().join("gateway/definitions.jsonl")).unwrap();
    let of_control_api = text.lines().map(|line| {
        let recorded: Json = serde_json::from_str(line).unwrap();
        let name = recorded["name"].as_str().unwrap();
        let number = name.bytes().take_while(u8::is_ascii_digit).count();
        let name = if number == 0 { name } else { &name[number + 1..] };
        (name.to_owned(), recorded["text"].as_str().unwrap().to_owned())
    });
    let groups = fs::read_dir(fixtures().join("dispatch")).unwrap();
    let cases = groups.flat_map(|group| fs::read_dir(group.unwrap().path()).unwrap());
    let of_dispatches = cases.filter_map(|case| {
        let case = case.unwrap();
        let text = fs::read_to_string(case.path().join("case.json")).ok()?;
        let recorded: Json = serde_json::from_str(&text).unwrap();
        let definition = recorded.get("definition")?.to_string();
        Some((case.file_name().into_string().unwrap(), definition))
    });
    of_control_api
        .chain(of_dispatches)
        .filter_map(|(name, text)| {
            let api = ApiFile::open("api.json", text).ok()?;
            Some((name, Facts { apis: vec![api], ..Facts::default() }))
        })
        .collect()
}

#[test]
fn every_recorded_mistake_is_caught_and_what_worked_has_no_warning() {
    let mistakes: BTreeMap<_, _> = MISTAKES.iter().copied().collect();
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (name, facts) in recorded() {
        let expected = mistakes.get(name.as_str());
        if expected.is_none() && OTHERS.iter().any(|other| name.starts_with(other)) {
            continue;
        }
        seen += usize::from(expected.is_some());
        let (expected, found) = (expected.copied().unwrap_or_default(), warned(&facts));
        if expected != found {
            wrong.push(format!("{name}: expected {expected:?}, found {found:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert_eq!(seen, mistakes.len(), "every mistake of the table is recorded");
}

/// Manifests of the reference tool's projects: what it built, and a Gateway loaded.
#[test]
fn manifests_that_a_gateway_loaded_have_no_warning_but_where_they_show_one() {
    for (project, expected) in [
        ("all-keys", "hooks-disabled"),
        ("goplugin", ""),
        ("grpc-no-files", ""),
        ("id-extractor-regex", ""),
        ("js-javascript", ""),
        ("js-otto", ""),
        ("lua", ""),
        ("many-files", ""),
        ("old-signature", ""),
        ("python-auth", ""),
        ("python-vendor", ""),
        ("unknown-keys", "extractor-setting extractor-unused"),
    ] {
        let text = fs::read(fixtures().join("bundles").join(project).join("source/manifest.json"));
        let manifest = ManifestFile::open("manifest.json", text.unwrap()).unwrap();
        let facts = Facts { manifests: vec![manifest], ..Facts::default() };
        assert_eq!(warned(&facts).join(" "), expected, "{project}");
    }
}

/// Every rule's fix, on every definition that was recorded, leaves a definition that opens, with one finding less.
#[test]
fn every_fix_mends_what_it_is_of() {
    for (name, facts) in recorded() {
        let found = lint::run(&facts);
        for finding in &found {
            let Some(fix) = &finding.fix else { continue };
            let text = fix.apply(facts.apis[0].definition.source());
            let opened = ApiFile::open("api.json", &text);
            let api = opened.unwrap_or_else(|error| panic!("{name}: {}: {error:?}", finding.rule));
            let after = lint::run(&Facts { apis: vec![api], ..Facts::default() });
            let same = |finding: &lint::Finding, other: &lint::Finding| {
                (finding.rule, &finding.path) == (other.rule, &other.path)
            };
            let before = found.iter().filter(|other| same(finding, other)).count();
            let left = after.iter().filter(|other| same(finding, other)).count();
            assert!(left < before, "{name}: {} is found after its fix", finding.rule);
        }
    }
}
