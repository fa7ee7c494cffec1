//! `tyk-tui new`: each kind lints, builds and verifies as it is made, and nothing is overwritten.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::project::Project;
use super::pty::Terminal;
use super::ran::Ran;

const KINDS: [&str; 5] = ["python-auth", "python-jwt", "grpc", "javascript", "lua"];

fn new(project: &Project, arguments: &[&str]) -> Ran {
    Ran::of(project.command(&["new"]).args(arguments))
}

/// Every file below a folder, with its bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    found
}

fn json_of(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// A `python3` that says it is pip: the script is what it does.
fn with_pip(project: Project, script: &str) -> Project {
    let project = project.with("bin/python3", format!("#!/bin/sh\n{script}\n"));
    let pip = project.path("bin/python3");
    fs::set_permissions(pip, fs::Permissions::from_mode(0o755)).unwrap();
    project
}

fn new_with_pip(project: &Project) -> Ran {
    let path = format!("{}:/usr/bin:/bin", project.path("bin").display());
    Ran::of(project.command(&["new", "python-jwt", "orders", "--pip", "--json"]).env("PATH", path))
}

#[test]
fn each_kind_lints_builds_and_verifies() {
    for kind in KINDS {
        let project = Project::empty();
        let made = new(&project, &[kind, "orders", "--json"]);
        assert_eq!((made.code, made.stderr.as_str()), (Some(0), ""), "{made:?}");
        assert_eq!(made.json()["name"], "orders");
        let run = |arguments: &[&str]| {
            Ran::of(project.command(arguments).current_dir(project.path("orders")))
        };
        let lint = run(&["lint", "--json"]);
        assert_eq!(lint.code, Some(0), "{kind}: {lint:?}");
        let problems = lint.json()["problems"].as_array().unwrap().clone();
        assert!(problems.iter().all(|it| it["severity"] == "hint"), "{kind}: {problems:?}");
        let build = run(&["build", "-y"]);
        assert_eq!(build.code, Some(0), "{kind}: {build:?}");
        assert!(!build.stderr.contains("warning"), "{kind}: {build:?}");
        let verify = run(&["verify", "bundle.zip"]);
        assert_eq!(verify.code, Some(0), "{kind}: {verify:?}");
    }
}

#[test]
fn a_definition_asks_the_plugin_where_it_authenticates() {
    for (kind, keyless) in [("python-auth", true), ("grpc", true), ("lua", false)] {
        let project = Project::empty();
        new(&project, &[kind, "orders"]);
        let api = json_of(&project.path("orders/apis/orders.json"));
        assert_eq!(api["use_keyless"], !keyless, "{kind}");
        assert_eq!(api.get("custom_plugin_auth_enabled"), keyless.then_some(&json!(true)));
        assert_eq!(api["proxy"]["listen_path"], "/orders/");
        assert_eq!(api.get("custom_middleware"), None);
        assert_eq!(api["custom_middleware_bundle"], "bundle.zip");
    }
}

#[test]
fn nothing_is_overwritten() {
    for kind in KINDS {
        let project = Project::empty();
        assert_eq!(new(&project, &[kind, "orders"]).code, Some(0));
        let before = contents(&project.path("orders"));
        let again = new(&project, &[kind, "orders"]);
        assert_eq!(again.code, Some(3), "{again:?}");
        assert!(again.stderr.contains("orders/manifest.json: exists already"), "{again:?}");
        assert_eq!(contents(&project.path("orders")), before);
    }
}

#[test]
fn one_file_that_is_there_keeps_all_others_from_being_written() {
    let project = Project::empty().with("orders/README.md", "mine");
    let ran = new(&project, &["lua", "orders"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("orders/README.md: exists already"), "{ran:?}");
    let found = contents(&project.path("orders"));
    assert_eq!(found.into_values().collect::<Vec<_>>(), [b"mine".to_vec()]);
}

#[test]
fn wrong_use_writes_nothing() {
    let project = Project::empty();
    for arguments in [&["perl", "orders"][..], &["lua", "orders", "--pip"]] {
        assert_eq!(new(&project, arguments).code, Some(2));
        assert_eq!(project.names(), Vec::<String>::new());
    }
}

#[test]
fn without_a_terminal_pip_is_only_explained() {
    let project = Project::empty();
    let ran = new(&project, &["python-jwt", "orders"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("pip install --target vendor 'PyJWT==2.*'"), "{ran:?}");
    assert!(!project.path("orders/vendor").exists());
}

#[test]
fn on_a_terminal_pip_runs_where_it_is_agreed_to() {
    let script = "mkdir bin; printf '#!/bin/sh\\nmkdir -p \"$5/jwt\"; echo x > \"$5/jwt/__init__.py\"' > bin/python3; \
                  chmod +x bin/python3; PATH=\"$PWD/bin:$PATH\"; \"$0\" new python-jwt orders; echo ended $?";
    for (answer, runs) in [("\r", false), ("n\r", false), ("y\r", true)] {
        let mut terminal = Terminal::shell(120, 40, &[], script);
        terminal.sees("[y/N]");
        terminal.types(answer);
        terminal.sees("ended 0");
        let brought = terminal.home.project().join("orders/vendor/jwt/__init__.py").exists();
        assert_eq!(brought, runs, "{answer:?}");
    }
}

#[test]
fn keys_of_a_plugin_server_stay_out_of_a_repository() {
    let project = Project::empty();
    assert_eq!(new(&project, &["grpc", "orders"]).code, Some(0));
    let ignored = fs::read_to_string(project.path("orders/.gitignore")).unwrap();
    assert!(ignored.lines().any(|line| line == "rules/keys.txt"), "{ignored}");
    assert!(project.path("orders/rules/keys.txt").exists());
}

#[test]
fn what_pip_brings_is_listed() {
    // Where it runs is nothing that could be taken for pip.
    let project = with_pip(
        Project::empty(),
        "[ -z \"$(ls -A)\" ] && mkdir -p \"$5/jwt\" && echo '#' > \"$5/jwt/__init__.py\"",
    );
    let ran = new_with_pip(&project);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.json()["vendored"], 1);
    let manifest = json_of(&project.path("orders/manifest.json"));
    assert_eq!(manifest["file_list"], json!(["middleware.py", "vendor/jwt/__init__.py"]));
}

#[test]
fn where_pip_fails_it_is_said_why() {
    let project = with_pip(Project::empty(), "echo 'no network' >&2; exit 1");
    let ran = new_with_pip(&project);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.json()["error"]["what"].as_str().unwrap().contains("no network"), "{ran:?}");
}
