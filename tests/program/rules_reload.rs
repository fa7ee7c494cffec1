//! Rules that are read again while the server runs: what was wrong is mended elsewhere, and what nobody can read.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::rules_auth::{caller, serve};
use super::serving::{Serve, binary, wait_for};

/// A rule that lets in who has a key of this file.
fn keys(file: &str) -> String {
    format!(
        "[[rule]]\nname = \"keys\"\nwhen.hook = \"auth_check\"\n[[rule.do]]\nstatic_key = {{ keys_file = \"{file}\" }}\n"
    )
}

const NONE: &str = "[[rule]]\nname = \"a\"\n[[rule.do]]\nset_headers = { X-A = \"1\" }\n";

#[tokio::test(flavor = "multi_thread")]
async fn what_refused_rules_lack_may_be_mended_where_it_lies() {
    let serve = serve(NONE);
    let gateway = serve.connect().await;
    let path = |name: &str| serve.folder.path().join(name);
    let changed = |times: usize| {
        wait_for("new rules", || serve.stderr().matches("the rules have changed").count() == times);
    };
    // A file that is not there, in a folder that is not there.
    std::fs::write(path("rules.toml"), keys("secret/ours.txt")).unwrap();
    serve.says("rules.toml:5:28: cannot read the keys file `secret/ours.txt`: No such file");
    std::fs::create_dir(path("secret")).unwrap();
    std::fs::write(path("secret/ours.txt"), "k-1\n").unwrap();
    changed(1);
    caller(&gateway, "orders", &[("Authorization", "k-1")]).await.unwrap();
    // One that is wrong, and is mended.
    std::fs::write(path("secret/ours.txt"), "k-1\nk-1\n").unwrap();
    serve.says("ours.txt:2:1: this key is there already");
    std::fs::write(path("secret/ours.txt"), "k-2\n").unwrap();
    changed(2);
    caller(&gateway, "orders", &[("Authorization", "k-2")]).await.unwrap();
    // One that only refused rules name, and whose second mistake is another.
    std::fs::write(path("rules.toml"), keys("other.txt")).unwrap();
    serve.says("cannot read the keys file `other.txt`");
    std::fs::write(path("other.txt"), "").unwrap();
    serve.says("`static_key` without a key");
    std::fs::write(path("other.txt"), "k-3\n").unwrap();
    changed(3);
    caller(&gateway, "orders", &[("Authorization", "k-3")]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_file_is_refused_and_never_waited_for() {
    let serve = serve(NONE);
    let fifo = |name: &str| {
        let path = serve.folder.path().join(name);
        let _ = std::fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    fifo("pipe");
    let rules = serve.folder.path().join("rules.toml");
    std::fs::write(&rules, keys("pipe")).unwrap();
    serve.says(
        "rules.toml:5:28: `keys_file`, pipe: cannot read the keys file: it is no regular file",
    );
    std::fs::write(&rules, keys("secret")).unwrap();
    serve.says("cannot read the keys file `secret`");
    fifo("rules.toml");
    serve.says("rules.toml: cannot read the rules file: it is no regular file");
    std::fs::remove_file(&rules).unwrap();
    std::fs::write(&rules, NONE.replace("\"a\"", "\"b\"")).unwrap();
    serve.says("the rules have changed: 1 rule is in force");
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_from_a_pipe_are_read_once_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("keys.txt"), "k-1\n").unwrap();
    std::fs::write(folder.path().join("text"), keys("keys.txt").replace("keys_file", "keys"))
        .unwrap();
    let mut command = Command::new("bash");
    command.args(["-c", "exec \"$0\" serve --listen 127.0.0.1:0 --json --rules <(cat text)"]);
    let program = binary(folder.path());
    command.arg(program.get_program()).current_dir(folder.path()).env("HOME", folder.path());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let serve = Serve::spawn(folder, command).read();
    let gateway = serve.connect().await;
    caller(&gateway, "orders", &[("Authorization", "keys.txt")]).await.unwrap();
    assert!(!serve.stderr().contains("rules"), "{}", serve.stderr());
}

#[test]
fn many_rules_are_read_in_a_moment_and_more_than_any_server_has_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let list = |rules: &str| {
        std::fs::write(folder.path().join("rules.toml"), rules).unwrap();
        let begun = Instant::now();
        let listed =
            binary(folder.path()).args(["rule", "list", "--rules", "rules.toml"]).output().unwrap();
        (listed, begun.elapsed())
    };
    let rule = |at: usize| NONE.replace("\"a\"", &format!("\"{at}\""));
    let many: String = (0..50_000).map(rule).collect();
    let (listed, took) = list(&many);
    let lines = String::from_utf8_lossy(&listed.stdout).lines().count();
    assert!(listed.status.success() && lines >= 50_000, "{lines}");
    // Compared with each other they would take minutes.
    assert!(took < Duration::from_mins(1), "{took:?}");
    let (refused, _) = list(&format!("{many}{}", "# more\n".repeat(1 << 19)));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("cannot read the rules file: it is larger than 4"), "{said}");
    assert_eq!(refused.status.code(), Some(3));
}
