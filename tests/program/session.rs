//! Sessions on the disk: recorded by a server, read by another program, while it runs and after it was killed.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use super::ran::{Ran, program};
use super::serving::{Serve, binary, object, object_with_body, wait_for};
use prost::Message as _;

/// A server that records, its lines read.
fn recording(arguments: &[&str]) -> Serve {
    let folder = tempfile::tempdir().unwrap();
    Serve::with(folder, |command| {
        command.args(["--json", "--record"]).args(arguments);
    })
    .read()
}

impl Serve {
    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(program(self.folder.path()).args(arguments))
    }

    fn exported(&self) -> Vec<String> {
        let ran = self.run(&["session", "export", "--show-secrets"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.stdout.lines().map(str::to_owned).collect()
    }

    fn listed(&self) -> serde_json::Value {
        self.run(&["session", "list", "--json"]).json()
    }
}

async fn send(serve: &Serve, count: usize) -> Vec<String> {
    let gateway = serve.connect().await;
    let mut lines = Vec::new();
    for number in 0..count {
        let mut object = object();
        object.request.as_mut().unwrap().url = format!("/orders/{number}");
        gateway.dispatch(&object.encode_to_vec()).await.unwrap();
        lines.push(serve.text());
    }
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_more_of_a_session_is_told_when_its_server_is_killed() {
    let mut serve = recording(&[]);
    send(&serve, 1).await;
    wait_for("it is on the disk", || serve.exported().len() == 1);
    let mut command = program(serve.folder.path());
    command.args(["wait", "hook:pre", "--count", "2", "--timeout", "120"]);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
    stdout.next().unwrap().unwrap();
    serve.child.kill().unwrap();
    serve.child.wait().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{said}");
    assert!(said.contains("1 of 2 came before the session ended"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_server_wrote_is_all_there() {
    let mut serve = recording(&["--show-secrets"]);
    let lines = send(&serve, 60).await;
    // While it grows, from another program.
    wait_for("60 records on the disk", || serve.exported().len() == 60);
    assert_eq!(serve.listed()[0]["growing"], true);
    let refused = serve.run(&["session", "delete", serve.listed()[0]["name"].as_str().unwrap()]);
    assert_eq!(refused.code, Some(3), "{refused:?}");
    serve.child.kill().unwrap();
    serve.child.wait().unwrap();
    assert_eq!(serve.exported(), lines);
    let listed = serve.listed();
    assert_eq!((&listed[0]["records"], &listed[0]["growing"]), (&60.into(), &false.into()));
    // Taken elsewhere, with its journal.
    let elsewhere = tempfile::tempdir().unwrap();
    let path = listed[0]["path"].as_str().unwrap();
    for suffix in ["", "-wal"] {
        let to = elsewhere.path().join(format!("taken.tyks{suffix}"));
        std::fs::copy(format!("{path}{suffix}"), to).unwrap();
    }
    let mut command = program(elsewhere.path());
    let ran = Ran::of(command.args(["session", "export", "taken.tyks", "--show-secrets"]));
    assert_eq!(ran.stdout.lines().collect::<Vec<_>>(), lines);

    let deleted = serve.run(&["session", "delete", listed[0]["name"].as_str().unwrap()]);
    assert_eq!(deleted.code, Some(0), "{deleted:?}");
    let folder = std::path::Path::new(path).parent().unwrap();
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "nothing lies beside it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_ends_leaves_one_whole_file_and_secrets_stay_in_it() {
    let mut serve = recording(&[]);
    let lines = send(&serve, 5).await;
    serve.terminate();
    assert!(serve.ended().success());
    serve.says("recorded 5 to ");
    let ran = serve.run(&["session", "export"]);
    assert!(!ran.stdout.contains("s3cr3t") && ran.stdout.contains("«redacted"), "{ran:?}");
    assert_eq!(ran.stdout.lines().count(), lines.len());
    let path = serve.listed()[0]["path"].as_str().unwrap().to_owned();
    let folder = std::path::Path::new(&path).parent().unwrap();
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1, "no journal, no lock");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_goes_on_where_the_disk_is_full() {
    let folder = tempfile::tempdir().unwrap();
    // A limit on the size of files is what a full disk is, to who writes.
    let mut shell = Command::new("sh");
    let program = binary(folder.path());
    shell.current_dir(folder.path()).env("HOME", folder.path());
    shell.args(["-c", "ulimit -f 400; exec \"$0\" \"$@\""]).arg(program.get_program());
    shell.args(["serve", "--json", "--listen", "127.0.0.1:0", "--record=x.tyks"]);
    shell.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let serve = Serve::spawn(folder, shell).read();
    let first = send(&serve, 3).await;
    let exported = || serve.run(&["session", "export", "x.tyks"]).stdout.lines().count();
    wait_for("the first are on the disk", || exported() == first.len());
    let gateway = serve.connect().await;
    let mut noise = vec![0; 1 << 20];
    getrandom::fill(&mut noise).unwrap();
    let mut object = object();
    object.request.as_mut().unwrap().raw_body = noise;
    gateway.dispatch(&object.encode_to_vec()).await.unwrap();
    serve.text();
    serve.says("ends here, the server goes on");
    assert_eq!(send(&serve, 2).await.len(), 2);
    assert_eq!(exported(), first.len(), "what was written before is whole");

    // Who waits has what is in the session, once, then what the server has in memory, then what comes.
    let seqs = |ran: &Ran| -> Vec<u64> {
        let seq =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["seq"].as_u64();
        ran.stdout.lines().map(|line| seq(line).unwrap()).collect()
    };
    let ran = serve.run(&["wait", "path:/orders", "--count", "6", "--json"]);
    assert_eq!((ran.code, seqs(&ran)), (Some(0), vec![1, 2, 3, 4, 5, 6]), "{ran:?}");
    let none = serve.run(&["wait", "path:/orders", "--only-new", "--timeout", "0.5"]);
    assert_eq!(none.stderr, "tyk-tui: 0 of 1 came in time\n");
    let mut command = self::program(serve.folder.path());
    command.args(["wait", "path:/orders", "--only-new", "--json"]);
    let child = command.stdout(Stdio::piped()).spawn().unwrap();
    let sending = tokio::spawn(async move {
        loop {
            gateway.dispatch(&object_with_body(10)).await.unwrap();
        }
    });
    let output = tokio::task::spawn_blocking(|| child.wait_with_output().unwrap()).await.unwrap();
    sending.abort();
    assert!(output.status.success(), "{output:?}");
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(line["seq"].as_u64().unwrap() > 6, "{line}");
}

#[test]
fn what_cannot_be_recorded_or_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let run = |arguments: &[&str]| Ran::of(program(folder.path()).args(arguments));
    let taken = run(&["serve", "--listen", "127.0.0.1:0", "--record=notes.txt"]);
    assert_eq!(taken.code, Some(3), "{taken:?}");
    assert!(taken.stderr.contains("notes.txt: there is a file already"), "{taken:?}");
    assert_eq!(std::fs::read_to_string(folder.path().join("notes.txt")).unwrap(), "mine");

    let other = run(&["session", "export", "notes.txt"]);
    assert_eq!(other.code, Some(3));
    assert!(other.stderr.contains("notes.txt: this is no session of tyk-tui"), "{other:?}");
    let none = run(&["session", "export"]);
    assert!(none.stderr.contains("`tyk-tui serve --record` makes one"), "{none:?}");
    let misspelt = run(&["session", "delete", "nothing"]);
    assert_eq!(misspelt.code, Some(3));
    assert!(misspelt.stderr.contains("nothing: there is no such session"), "{misspelt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn large_objects_are_kept_whole() {
    let serve = recording(&["--show-secrets"]);
    let gateway = serve.connect().await;
    gateway.dispatch(&object_with_body(12 << 20)).await.unwrap();
    let line = serve.text();
    wait_for("it is on the disk", || serve.exported() == [line.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wait_prints_what_comes_and_ends_with_1_where_it_does_not() {
    let serve = recording(&[]);
    send(&serve, 3).await;
    let wait = |arguments: &[&str]| serve.run(&[&["wait"], arguments].concat());
    // Some came before, and one is told as soon as it is on the disk.
    let came = wait(&["hook:pre & path:/orders/1", "--json"]);
    assert_eq!(came.code, Some(0), "{came:?}");
    assert_eq!(came.json()["seq"], 2);
    let not_in_time = wait(&["status:403", "--timeout", "0.2"]);
    assert_eq!(not_in_time.code, Some(1), "{not_in_time:?}");
    assert_eq!(not_in_time.stderr, "tyk-tui: 0 of 1 came in time\n");

    // One that comes while it waits, and none of those before.
    let mut command = program(serve.folder.path());
    command.args(["wait", "hook:pre", "--only-new", "--count", "2", "--json"]);
    let child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let gateway = serve.connect().await;
    let sending = tokio::spawn(async move {
        loop {
            gateway.dispatch(&object().encode_to_vec()).await.unwrap();
        }
    });
    let output = tokio::task::spawn_blocking(|| child.wait_with_output().unwrap()).await.unwrap();
    sending.abort();
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    let seqs: Vec<u64> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["seq"].as_u64())
        .map(Option::unwrap)
        .collect();
    assert!(seqs.len() == 2 && seqs[0] > 3 && seqs[1] == seqs[0] + 1, "{seqs:?}");

    let wrong = wait(&["hook:"]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    let filtered = serve.run(&["session", "export", "--filter", "path:/orders/0"]);
    assert_eq!(filtered.stdout.lines().count(), 1, "{filtered:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wait_ends_with_its_session() {
    let mut serve = recording(&[]);
    send(&serve, 2).await;
    serve.terminate();
    serve.ended();
    let ran = serve.run(&["wait", "hook:pre", "--count", "3"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (Some(1), 2), "{ran:?}");
    assert_eq!(ran.stderr, "tyk-tui: 2 of 3 came before the session ended\n");
}
