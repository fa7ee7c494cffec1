//! `build`: what it prints, and what it does with bad input.

use std::fs;
use std::process::Stdio;

use serde_json::Value as Json;

use super::project::{MANIFEST, Project, said};

fn keys(name: &str) -> String {
    format!("{}/tests/fixtures/bundles/keys/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Runs `build -y` and expects a refusal (exit code 3) that says this, and no bundle.
fn refused(project: &Project, words: &[&str]) {
    let before = project.names();
    let (code, stderr) = said(&project.run(&["build", "-y"]));
    assert_eq!(code, Some(3), "{stderr}");
    for words in words {
        assert!(stderr.contains(words), "expected {words}\nfound {stderr}");
    }
    assert_eq!(project.names(), before, "nothing is left behind");
}

#[test]
fn json_is_one_object_with_the_keys_that_are_promised() {
    let project = Project::listing(&["a.txt", "d/b.txt"]).with("d/b.txt", "b");
    let key = keys("rsa-2048.pkcs1.pem");
    let output = project.run(&["build", "-k", &key, "-y", "-o", "out.zip", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    let object = json.as_object().unwrap();
    let names: Vec<_> = object.keys().map(String::as_str).collect();
    assert_eq!(names, ["bundle", "checksum", "signature", "files", "bytes"]);
    assert_eq!(json["bundle"], "out.zip");
    assert_eq!(json["files"], serde_json::json!(["a.txt", "d/b.txt"]));
    assert_eq!(json["signature"].as_str().unwrap().len(), 344);
    assert_eq!(json["bytes"], fs::metadata(project.path("out.zip")).unwrap().len());

    let output = project.run(&["build", "-y", "-m", "none.json", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json["error"]["what"].as_str().unwrap().contains("Couldn't load manifest file"));
    assert_eq!(json["error"]["where"], "none.json");
}

#[test]
fn warnings_have_places_and_do_not_stop_it() {
    let manifest = "{\n  \"file_list\": [\"a.txt\"],\n  \"custom_middleware\": {\n    \
        \"pre\": [{\"nmae\": \"P\"}],\n    \"driver\": \"GRPC\"\n  }\n}\n";
    let project = Project::new().with("manifest.json", manifest);
    let (code, stderr) = said(&project.run(&["build", "-y"]));
    assert_eq!(code, Some(0), "{stderr}");
    for line in [
        "manifest.json:4:13: warning: a pre entry without a name",
        "manifest.json:4:14: warning: unknown key nmae",
        "manifest.json:5:5: warning: unknown driver GRPC: case counts, write grpc",
    ] {
        assert!(stderr.contains(line), "{line}\n{stderr}");
    }
    assert_eq!(fs::read_to_string(project.path("manifest.json")).unwrap(), manifest, "untouched");
}

#[test]
fn manifests_that_are_no_json_say_where() {
    for (text, words) in [
        ("{\n  nope", "manifest.json:2:3: the manifest is not JSON: found n, expected a key"),
        (
            "\u{feff}{}",
            "manifest.json:1:1: the manifest is not JSON: the text begins with a byte order mark",
        ),
        ("{}\n}", "manifest.json:2:1: the manifest is not JSON: found }, expected nothing more"),
        ("", "manifest.json:1:1: the manifest is not JSON: the text is empty"),
    ] {
        refused(&Project::new().with("manifest.json", text), &[words]);
    }
    let deep = "[".repeat(20_000);
    refused(&Project::new().with("manifest.json", deep), &["nested deeper than 10000"]);
}

#[test]
fn files_that_are_missing_or_elsewhere_say_which_and_where() {
    refused(
        &Project::listing(&["a.txt", "none.txt"]),
        &[
            "manifest.json:1:24: Referencing a nonexistent file: none.txt",
            "help: file_list is relative",
        ],
    );
    refused(&Project::listing(&["a.txt/b"]), &["Referencing a nonexistent file: a.txt/b"]);
    refused(&Project::listing(&["."]), &["Referencing a folder, where a file is needed: ."]);
    refused(&Project::listing(&["d"]).with("d/x", ""), &["Referencing a folder"]);
    refused(
        &Project::listing(&["../x"]),
        &["Referencing a file outside the manifest's folder: ../x"],
    );
    refused(&Project::listing(&["/etc/hostname"]), &["/etc/hostname"]);
    refused(&Project::listing(&["d/../manifest.json"]), &["Referencing the manifest itself"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_folder_alone() {
    use std::os::unix::fs::symlink;
    let outside = Project::empty().with("secret", "s");
    let project = Project::listing(&["link"]);
    symlink(outside.path("secret"), project.path("link")).unwrap();
    refused(&project, &["Referencing a file outside the manifest's folder: link"]);

    let project = Project::listing(&["d/link"]).with("d/x", "");
    symlink("../a.txt", project.path("d/link")).unwrap();
    assert_eq!(said(&project.run(&["build", "-y"])).0, Some(0));
    let (inner, names) = project.bundle("bundle.zip");
    assert_eq!(names, ["d/link", "manifest.json"]);
    assert!(inner.contains("60b725f10c9c85c70d97880dfe8191b3"), "the target's bytes: {inner}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_file_and_does_not_hang() {
    let project = Project::listing(&["pipe"]);
    let made = std::process::Command::new("mkfifo").arg(project.path("pipe")).status();
    assert!(made.unwrap().success());
    refused(&project, &["Referencing no regular file, where a file is needed: pipe"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = Project::new();
    fs::set_permissions(project.path("a.txt"), fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(project.path("a.txt")).is_ok() {
        eprintln!(
            "NOT TESTED: permissions bind nobody here (run as root), so nothing is unreadable"
        );
        return;
    }
    refused(&project, &["cannot read a.txt: permission denied"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_clear_and_the_old_bundle_stays() {
    // Bytes that do not compress, from a generator of our own.
    let mut state = 1_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    })
    .take(2 << 20)
    .collect();
    let project = Project::new().with("a.txt", noise).with("bundle.zip", "old");
    let before = project.names();
    // 64 blocks of 512 or 1024 bytes, by the shell.
    let output = project.shell("ulimit -f 64", &["build", "-y"]).output().unwrap();
    let (code, stderr) = said(&output);
    assert_eq!(code, Some(3), "{stderr}");
    assert!(
        stderr.contains("cannot write the bundle: larger than this process may write"),
        "{stderr}"
    );
    assert_eq!(stderr.matches("error").count(), 1, "said once: {stderr}");
    assert_eq!(fs::read(project.path("bundle.zip")).unwrap(), b"old");
    assert_eq!(project.names(), before);

    let (code, stderr) = said(&project.run(&["build", "-y", "-o", "/dev/full"]));
    assert_eq!(code, Some(3));
    assert!(stderr.contains("/dev/full: cannot write the bundle: the disk is full"), "{stderr}");
    assert!(!fs::metadata("/dev/full").unwrap().is_file(), "the device is still one");
}

#[test]
fn what_is_read_is_not_replaced() {
    let project = Project::new();
    for output in ["manifest.json", "./a.txt"] {
        let (code, stderr) = said(&project.run(&["build", "-y", "-o", output]));
        assert_eq!(code, Some(2), "{stderr}");
        assert!(stderr.contains("the bundle would replace"), "{stderr}");
    }
    assert_eq!(fs::read_to_string(project.path("manifest.json")).unwrap(), MANIFEST);
}

#[cfg(unix)]
#[test]
fn on_a_terminal_it_asks_as_the_reference_tool_does() {
    for (answer, code) in
        [("y\n", 0), ("yes\n", 0), ("yellow\n", 0), ("Y\n", 1), ("n\n", 1), ("\n", 1)]
    {
        let project = Project::new();
        let (exit, screen) = on_terminal(&project, answer);
        assert_eq!(exit, code, "{answer:?}: {screen}");
        assert!(
            screen.contains("The bundle will be unsigned, type \"y\" or \"yes\" to confirm"),
            "{screen}"
        );
        assert_eq!(project.path("bundle.zip").exists(), code == 0, "{answer:?}");
    }
}

#[cfg(unix)]
fn on_terminal(project: &Project, answer: &str) -> (u32, String) {
    use std::io::{Read as _, Write as _};
    let pair = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default()).unwrap();
    let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_tyk-tui"));
    command.arg("build");
    command.cwd(project.dir());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    pair.master.take_writer().unwrap().write_all(answer.as_bytes()).unwrap();
    let mut screen = Vec::new();
    // The end of a terminal is an error on Linux.
    let _ = pair.master.try_clone_reader().unwrap().read_to_end(&mut screen);
    (child.wait().unwrap().exit_code(), String::from_utf8_lossy(&screen).into_owned())
}

/// A file that is long to read, and takes no room on the disk.
fn sparse(project: &Project, name: &str, bytes: u64) {
    fs::File::create(project.path(name)).unwrap().set_len(bytes).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_for_files_of_any_size() {
    let project = Project::listing(&["big"]);
    sparse(&project, "big", 300 << 20);
    let mut child = project.command(&["build", "-y"]).stdout(Stdio::null()).spawn().unwrap();
    let mut highest = 0;
    let status = loop {
        let text = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        highest = highest.max(kib.unwrap_or_default());
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::yield_now();
    };
    assert!(status.success());
    assert!(highest > 1024, "nothing was measured");
    assert!(highest <= 64 << 10, "{highest} KiB resident");
}

#[cfg(unix)]
#[test]
fn a_file_that_changes_while_it_is_read_is_an_error() {
    let project = Project::listing(&["big"]);
    sparse(&project, "big", 256 << 20);
    let mut child = project.command(&["build", "-y"]).stderr(Stdio::piped()).spawn().unwrap();
    wait_for_temporary(&project, &mut child);
    sparse(&project, "big", (256 << 20) - 1);
    let (code, stderr) = said(&child.wait_with_output().unwrap());
    assert_eq!(code, Some(3), "{stderr}");
    assert!(stderr.contains("manifest.json:1:16: big changed while it was read"), "{stderr}");
    assert_eq!(project.names(), ["a.txt", "big", "manifest.json"]);
}

#[cfg(unix)]
#[test]
fn interrupted_it_leaves_nothing_behind() {
    for (signal, name) in
        [(rustix::process::Signal::INT, "INT"), (rustix::process::Signal::TERM, "TERM")]
    {
        let project = Project::listing(&["big"]).with("bundle.zip", "old");
        sparse(&project, "big", 256 << 20);
        let mut child = project.command(&["build", "-y"]).stderr(Stdio::piped()).spawn().unwrap();
        wait_for_temporary(&project, &mut child);
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, signal).unwrap();
        let (code, stderr) = said(&child.wait_with_output().unwrap());
        assert_eq!(code, Some(130), "{name}: {stderr}");
        assert_eq!(project.names(), ["a.txt", "big", "bundle.zip", "manifest.json"]);
        assert_eq!(fs::read(project.path("bundle.zip")).unwrap(), b"old");
    }
}

/// Waits until the build has begun to write beside its output.
#[cfg(unix)]
fn wait_for_temporary(project: &Project, child: &mut std::process::Child) {
    while !project.names().iter().any(|name| name.starts_with(".tyk-tui-")) {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it wrote");
        std::thread::yield_now();
    }
}

#[test]
fn the_key_that_signs_is_never_replaced_by_the_bundle() {
    let key = fs::read(keys("rsa-2048.pkcs1.pem")).unwrap();
    let project = Project::new().with("key.pem", &key);
    let (code, stderr) = said(&project.run(&["build", "-k", "key.pem", "-o", "./key.pem"]));
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("replace the key that signs it"), "{stderr}");
    assert_eq!(fs::read(project.path("key.pem")).unwrap(), key);
}

#[test]
fn a_manifest_that_is_a_pipe_is_refused_at_once() {
    let project = Project::new();
    let made = std::process::Command::new("mkfifo").arg(project.path("pipe")).status();
    assert!(made.is_ok_and(|made| made.success()), "mkfifo is in POSIX");
    let (code, stderr) = said(&project.run(&["build", "-y", "-m", "pipe"]));
    assert_eq!(code, Some(3), "{stderr}");
    assert!(stderr.contains("no regular file"), "{stderr}");
}

#[test]
fn warnings_neither_steer_the_terminal_nor_end_the_build_where_nobody_can_read_them() {
    let manifest = MANIFEST.replace("grpc", "gr\\u001b[31mpc");
    let project = Project::new().with("manifest.json", manifest);
    let (code, stderr) = said(&project.run(&["build", "-y"]));
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains("unknown driver") && !stderr.contains('\u{1b}'), "{stderr:?}");

    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    fs::remove_file(project.path("bundle.zip")).unwrap();
    let output = project.shell("exec 2>/dev/full", &["build", "-y"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(project.path("bundle.zip").exists());
}
