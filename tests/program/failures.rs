//! The recorded failures and odd inputs of the reference tool, run through `build`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::project::{Project, said};

#[derive(Deserialize)]
struct Case {
    #[serde(rename = "case")]
    name: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    exit_code: i32,
    stderr: String,
    #[serde(default)]
    bundle_written: bool,
    inner_manifest: Option<String>,
    entry_names: Option<Vec<String>>,
}

/// What ours does with a case.
enum Ours {
    /// As the reference tool: builds the same, or refuses (exit code 3).
    Same,
    /// Refuses with this code and these words, where the reference tool builds, crashes or asks.
    Refuses(i32, &'static str),
    /// Builds where the reference tool does not, with these words on standard error.
    Builds(&'static str),
}

fn ours(case: &str) -> Ours {
    const NO_TERMINAL: &str = "there is no terminal to ask on";
    match case {
        "manifest-null" => Ours::Refuses(3, "the manifest is null, expected an object"),
        // Loads on 5.15.
        "traffic-logs-only" => Ours::Builds("traffic_logs needs a Gateway of 5.15"),
        "file-list-manifest-json" => {
            Ours::Refuses(3, "Referencing the manifest itself: manifest.json")
        }
        "file-list-parent" => Ours::Refuses(3, "outside the manifest's folder: ../fail/a.txt"),
        // Files are looked for in the manifest's folder.
        "manifest-in-other-directory" | "key-rsa-2048.openssh" => Ours::Builds(""),
        "key-rsa-2048.pkcs8.encrypted.pem" | "key-rsa-2048.openssh.encrypted" => {
            Ours::Refuses(2, "no terminal to ask for its passphrase")
        }
        "positional-argument" | "unknown-flag" => Ours::Refuses(2, "unexpected argument"),
        "key-empty-string" => Ours::Refuses(2, "a value is required for '--key"),
        _ if case.starts_with("no-y-stdin-") => Ours::Refuses(2, NO_TERMINAL),
        _ => Ours::Same,
    }
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles/failures.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn lay_out(case: &Case) -> Project {
    let mut project = Project::empty();
    for (name, text) in &case.files {
        let text = text.replace("<dir>", &project.dir().display().to_string());
        let mut bytes = text.into_bytes();
        if case.name == "invalid-utf8-in-name" {
            // The recording writes the byte 0xFF as these four characters.
            if let Some(at) = bytes.windows(4).position(|four| four == br"\xff") {
                bytes.splice(at..at + 4, [0xff]);
            }
        }
        project = project.with(name, bytes);
    }
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles/keys");
    for argument in &case.args {
        let key = argument.strip_prefix("<dir>/").filter(|name| keys.join(name).is_file());
        if let Some(name) = key {
            project = project.with(name, std::fs::read(keys.join(name)).unwrap());
        }
    }
    #[cfg(unix)]
    for (link, target) in [("file-list-symlink", "a.txt"), ("file-list-dangling-symlink", "none")] {
        if case.name == link {
            std::os::unix::fs::symlink(target, project.path("link.txt")).unwrap();
        }
    }
    project
}

fn run(case: &Case, project: &Project) -> (Option<i32>, String) {
    let dir = project.dir().display().to_string();
    let arguments: Vec<String> = std::iter::once("build".to_owned())
        .chain(case.args.iter().map(|argument| argument.replace("<dir>", &dir)))
        .collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    said(&match case.stdin.as_str() {
        "closed" => project.shell("exec <&-", &arguments).output().unwrap(),
        input => project.run_with_input(&arguments, input),
    })
}

/// The words that ours keeps of a refusal.
fn kept_words(stderr: &str) -> Option<&str> {
    let line = stderr.lines().find_map(|line| line.strip_prefix("tyk: error: "))?;
    let words = line.strip_suffix(", try --help").unwrap_or(line);
    ["Couldn't load", "Referencing a nonexistent", "No hooks", "No driver"]
        .iter()
        .any(|kept| words.starts_with(kept))
        .then_some(words)
}

fn check_same(case: &Case, project: &Project, code: Option<i32>, stderr: &str) {
    let name = &case.name;
    if case.exit_code != 0 {
        assert_eq!(code, Some(3), "{name}: {stderr}");
        if let Some(words) = kept_words(&case.stderr) {
            assert!(stderr.contains(words), "{name}: {words}\n{stderr}");
        }
        return check_nothing_written(case, project);
    }
    assert_eq!(code, Some(0), "{name}: {stderr}");
    let (Some(inner), Some(entries)) = (&case.inner_manifest, &case.entry_names) else {
        return;
    };
    let dir = project.dir().display().to_string();
    let (ours, names) = project.bundle("bundle.zip");
    assert_eq!(ours, inner.replace("<dir>", &dir), "{name}");
    // Stored once, however often it is listed; an absolute name would never load.
    let mut theirs: Vec<String> = Vec::new();
    for entry in entries {
        let entry = entry.replace("<dir>", &dir);
        let entry = entry.strip_prefix('/').unwrap_or(&entry).to_owned();
        if !theirs.contains(&entry) {
            theirs.push(entry);
        }
    }
    assert_eq!(names, theirs, "{name}");
}

fn check_nothing_written(case: &Case, project: &Project) {
    let name = &case.name;
    assert!(!project.path("bundle.zip").exists(), "{name}: a bundle was written");
    let before = case.files.keys().map(|file| file.split('/').next().unwrap_or_default());
    let keys: Vec<_> = case.args.iter().filter_map(|arg| arg.strip_prefix("<dir>/")).collect();
    let strangers: Vec<_> = project
        .names()
        .into_iter()
        .filter(|file| {
            !before.clone().any(|old| old == file)
                && !keys.contains(&file.as_str())
                && file != "link.txt"
        })
        .collect();
    assert_eq!(strangers, [""; 0], "{name}: left behind");
}

#[test]
fn every_recorded_run_ends_as_it_should() {
    let cases = cases();
    assert_eq!(cases.len(), 94);
    let (mut same, mut different) = (0, 0);
    for case in &cases {
        // It has no subcommand, where ours opens the console; and help has words of its own.
        if matches!(case.name.as_str(), "bundle-without-build" | "help") {
            continue;
        }
        let project = lay_out(case);
        let (code, stderr) = run(case, &project);
        let name = &case.name;
        match ours(name) {
            Ours::Same => {
                same += 1;
                check_same(case, &project, code, &stderr);
            }
            Ours::Refuses(expected, words) => {
                different += 1;
                assert_eq!(code, Some(expected), "{name}: {stderr}");
                assert!(stderr.contains(words), "{name}: {stderr}");
                check_nothing_written(case, &project);
            }
            Ours::Builds(words) => {
                different += 1;
                assert!(!case.bundle_written, "{name}: the reference tool builds it too");
                assert_eq!(code, Some(0), "{name}: {stderr}");
                assert!(stderr.contains(words), "{name}: {stderr}");
                assert!(project.path("bundle.zip").is_file(), "{name}");
            }
        }
    }
    println!("{same} as the reference tool, {different} where ours differs");
}

#[test]
fn help_names_the_reference_tools_flags() {
    let output = Project::empty().run(&["build", "--help"]);
    let help = String::from_utf8(output.stdout).unwrap();
    for flag in ["-m, --manifest", "-o, --output", "-k, --key", "-y, --skip-signing"] {
        assert!(help.contains(flag), "{flag}\n{help}");
    }
    assert_eq!(output.status.code(), Some(0));
}
