use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::config::Settings;
use crate::domain::task::State;
use crate::flows::target::Here;
use crate::services::host::Host;

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/bundles/keys");
const MANIFEST: &str = r#"{
  "file_list": ["a.txt"],
  "custom_middleware": { "pre": [{ "name": "Pre", "path": "a.txt" }], "driver": "grpc" }
}"#;

/// A project and a folder of bundles.
struct Bench {
    root: TempDir,
    settings: Settings,
}

impl Bench {
    fn new(manifest: &str) -> Self {
        let bench = Self { root: tempfile::tempdir().unwrap(), settings: Settings::default() };
        fs::create_dir(bench.project()).unwrap();
        fs::create_dir(bench.bundles()).unwrap();
        fs::write(bench.project().join("manifest.json"), manifest).unwrap();
        fs::write(bench.project().join("a.txt"), "content").unwrap();
        bench
    }

    /// Signed with this key, verified with that one.
    fn keys(mut self, key: Option<&str>, public_key: Option<&str>) -> Self {
        self.settings.project.key = key.map(|key| Path::new(KEYS).join(key));
        self.settings.project.public_key = public_key.map(|key| Path::new(KEYS).join(key));
        self
    }

    fn project(&self) -> PathBuf {
        self.root.path().join("orders auth")
    }

    fn bundles(&self) -> PathBuf {
        self.root.path().join("bundles")
    }

    fn plan(&self) -> Plan {
        let here = Here { bundles: self.bundles(), state: None, public_key: None };
        Plan::for_project(&self.project(), &self.settings, &here).unwrap()
    }

    /// Everything in the folder of bundles, hidden or not.
    fn published(&self) -> Vec<String> {
        let entries = fs::read_dir(self.bundles()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    async fn ship(&self) -> (Result<Shipped, Failure>, Vec<(&'static str, &'static str)>) {
        ship(self.plan()).await
    }
}

/// Ships, and tells how each step ended.
async fn ship(plan: Plan) -> (Result<Shipped, Failure>, Vec<(&'static str, &'static str)>) {
    let (sender, steps) = watch::channel(Vec::new());
    let shipped = run(plan, sender, CancellationToken::new()).await;
    let steps = steps.borrow();
    (shipped, steps.iter().map(|step| (step.name, word(&step.state))).collect())
}

fn word(state: &State) -> &'static str {
    match state {
        State::Waiting => "waiting",
        State::Running(_) => "running",
        State::Done(_) => "done",
        State::Skipped(_) => "skipped",
        State::Failed(_) => "failed",
    }
}

/// Which steps ended how: those after the last named one wait.
fn ended(ends: &[&'static str]) -> Vec<(&'static str, &'static str)> {
    let ends = ends.iter().copied().chain(std::iter::repeat("waiting"));
    STEPS.into_iter().zip(ends).collect()
}

fn problem(result: Result<Shipped, Failure>) -> Problem {
    match result {
        Err(Failure::Problem(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn signed_published_and_confirmed_by_a_download() {
    let bench =
        Bench::new(MANIFEST).keys(Some("rsa-2048.pkcs8.pem"), Some("rsa-2048.pub.spki.pem"));
    let host = Host::start(&bench.bundles(), "127.0.0.1:0").await.unwrap();
    let (shipped, steps) = ship(bench.plan().confirmed_at(host.address())).await;
    let shipped = shipped.unwrap();
    assert_eq!(
        steps,
        ended(&["done", "done", "done", "done", "done", "skipped", "skipped", "skipped"])
    );
    assert_eq!(shipped.url, Some(format!("http://{}/{}", host.address(), shipped.name)));
    let hash8 =
        shipped.name.strip_prefix("orders-auth-").and_then(|rest| rest.strip_suffix(".zip"));
    assert_eq!(hash8.map(str::len), Some(8), "{}", shipped.name);
    assert!(shipped.signed && !shipped.already_there);
    assert_eq!((shipped.files, &*shipped.checksum), (1, "9a0364b9e99bb480dd25e1f0284c8555"));
    assert_eq!(bench.published(), [shipped.name.as_str()]);
    assert_eq!(host.downloads().since(0).len(), 1, "downloaded once");

    let (again, _) = ship(bench.plan().confirmed_at(host.address())).await;
    assert_eq!(again, Ok(Shipped { already_there: true, ..shipped }));
    assert_eq!(bench.published().len(), 1);
    host.stop().await;
}

#[tokio::test]
async fn without_a_key_and_a_host_it_says_what_was_left_out() {
    let bench = Bench::new(MANIFEST);
    let (shipped, steps) = bench.ship().await;
    let shipped = shipped.unwrap();
    assert_eq!(
        steps,
        ended(&["done", "done", "skipped", "done", "done", "skipped", "skipped", "skipped"])
    );
    assert_eq!((shipped.signed, shipped.url), (false, None));
    assert_eq!(bench.published(), [shipped.name]);
}

#[tokio::test]
async fn an_error_of_the_manifest_stops_it_with_its_place() {
    let bench = Bench::new(&MANIFEST.replace("\"grpc\"", "\"cobol\""));
    let (shipped, steps) = bench.ship().await;
    assert_eq!(steps, ended(&["failed"]));
    let place = problem(shipped).place.unwrap();
    assert!(place.ends_with("manifest.json:3:71"), "{place}");
    assert_eq!(bench.published(), [""; 0]);

    let bench = Bench::new(MANIFEST);
    fs::remove_file(bench.project().join("manifest.json")).unwrap();
    let (shipped, steps) = bench.ship().await;
    assert_eq!(steps, ended(&["failed"]));
    assert!(problem(shipped).what.contains("no such file"));
}

#[tokio::test]
async fn an_error_of_what_is_not_shipped_is_told_and_does_not_stop_it() {
    let bench = Bench::new(MANIFEST);
    fs::write(bench.project().join("api.json"), "{ nope").unwrap();
    let mut plan = bench.plan();
    plan.settings.apis.0.folder = bench.project();
    plan.settings.project.tyk_conf = Some("none.conf".into());
    let (shipped, steps) = ship(plan).await;
    let findings = shipped.unwrap().findings;
    let unread = findings.iter().filter(|finding| finding.rule == "unread");
    assert_eq!(unread.map(|it| it.file.as_str()).collect::<Vec<_>>(), ["api.json", "none.conf"]);
    assert_eq!(steps[0], ("lint", "done"));
}

#[tokio::test]
async fn an_error_of_code_stops_it() {
    let manifest = MANIFEST.replace("a.txt", "middleware.py").replace("\"grpc\"", "\"python\"");
    let bench = Bench::new(&manifest);
    fs::write(bench.project().join("middleware.py"), "def Pre(:\n").unwrap();
    let (shipped, steps) = bench.ship().await;
    assert_eq!(steps, ended(&["failed"]));
    let place = problem(shipped).place.unwrap();
    assert!(place.contains("middleware.py:1:"), "{place}");
}

#[tokio::test]
async fn a_missing_file_leaves_nothing_behind() {
    let bench = Bench::new(MANIFEST);
    fs::remove_file(bench.project().join("a.txt")).unwrap();
    let (shipped, steps) = bench.ship().await;
    assert_eq!(steps, ended(&["failed"]));
    assert!(problem(shipped).to_string().contains("a.txt"));
    assert_eq!(bench.published(), [""; 0]);
}

#[tokio::test]
async fn an_encrypted_key_asks_for_its_passphrase_before_anything_is_built() {
    for key in ["rsa-2048.pkcs8.encrypted.pem", "rsa-2048.openssh.encrypted"] {
        let bench = Bench::new(MANIFEST).keys(Some(key), None);
        let needed = |wrong| Failure::PassphraseNeeded { key: Path::new(KEYS).join(key), wrong };
        let (shipped, steps) = bench.ship().await;
        assert_eq!(shipped, Err(needed(false)));
        assert_eq!(steps, ended(&["done"]));
        let (shipped, _) = ship(bench.plan().with_passphrase("no".into())).await;
        assert_eq!(shipped, Err(needed(true)));
        assert_eq!(bench.published(), [""; 0]);
        let (shipped, steps) = ship(bench.plan().with_passphrase("test".into())).await;
        assert!(shipped.unwrap().signed);
        assert_eq!(
            steps,
            ended(&["done", "done", "done", "done", "done", "skipped", "skipped", "skipped"])
        );
    }
}

#[tokio::test]
async fn a_key_that_cannot_sign_is_the_sign_steps_failure() {
    let bench = Bench::new(MANIFEST).keys(Some("ed25519.openssh"), None);
    let (shipped, steps) = bench.ship().await;
    assert!(problem(shipped).help.is_some());
    assert_eq!(steps, ended(&["done", "waiting", "failed"]));
    assert_eq!(bench.published(), [""; 0]);
}

#[tokio::test]
async fn what_a_gateway_would_refuse_is_not_published() {
    for (key, help) in [(Some("rsa-2048.pkcs8.pem"), "other half"), (None, "set `key`")] {
        let bench = Bench::new(MANIFEST).keys(key, Some("other-2048.pub.spki.pem"));
        let (shipped, steps) = bench.ship().await;
        let problem = problem(shipped);
        assert!(problem.what.contains("Gateway 5.14.0 would refuse"), "{problem}");
        assert!(problem.help.as_deref().unwrap().contains(help), "{problem}");
        assert_eq!(steps[3..5], [("verify", "failed"), ("push", "waiting")]);
        assert_eq!(bench.published(), [""; 0]);
    }
}

#[tokio::test]
async fn other_content_under_the_name_is_refused_and_kept() {
    let bench = Bench::new(MANIFEST);
    let name = bench.ship().await.0.unwrap().name;
    let path = bench.bundles().join(&name);
    fs::write(&path, "PK\x03\x04 something else").unwrap();
    let (shipped, steps) = bench.ship().await;
    assert!(problem(shipped).what.contains("other content"));
    assert_eq!(steps[4..6], [("push", "failed"), ("point", "waiting")]);
    assert_eq!(fs::read(&path).unwrap(), b"PK\x03\x04 something else");
    assert_eq!(bench.published(), [name]);
}

#[tokio::test]
async fn a_host_of_another_folder_does_not_confirm() {
    let bench = Bench::new(MANIFEST);
    let elsewhere = tempfile::tempdir().unwrap();
    let host = Host::start(elsewhere.path(), "127.0.0.1:0").await.unwrap();
    let (shipped, steps) = ship(bench.plan().confirmed_at(host.address())).await;
    assert!(problem(shipped).what.contains("404"));
    assert_eq!(steps[4], ("push", "failed"));
    assert_eq!(steps[8], ("clean up", "done"));
    assert_eq!(bench.published(), [""; 0], "what nobody can download is taken away again");
}

/// Cancels as soon as this step runs; the project has so much to read that it is still running then.
async fn cancelled_at(bench: &Bench, plan: Plan, name: &'static str) {
    let (sender, mut steps) = watch::channel(Vec::new());
    let cancel = CancellationToken::new();
    let shipping = tokio::spawn(run(plan, sender, cancel.clone()));
    let runs = |steps: &Vec<Step>| {
        steps.iter().any(|step| step.name == name && matches!(step.state, State::Running(_)))
    };
    steps.wait_for(runs).await.unwrap();
    cancel.cancel();
    assert_eq!(shipping.await.unwrap(), Err(Failure::Cancelled), "{name}");
    let steps = steps.borrow();
    let step = steps.iter().find(|step| step.name == name).unwrap();
    assert_eq!(step.state, State::Skipped("cancelled".into()));
    let hidden: Vec<_> =
        bench.published().into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(hidden, [""; 0], "{name}: nothing half done is left");
}

#[tokio::test]
async fn cancelled_while_building_or_verifying_nothing_stays() {
    let bench = Bench::new(MANIFEST);
    // A hole on the disk, but all of its bytes are read.
    let large = fs::File::create(bench.project().join("a.txt")).unwrap();
    large.set_len(192 << 20).unwrap();
    for step in ["build", "verify"] {
        cancelled_at(&bench, bench.plan(), step).await;
        assert_eq!(bench.published(), [""; 0]);
    }
}

#[tokio::test]
async fn cancelled_while_downloading_what_was_published_is_taken_away() {
    let bench = Bench::new(MANIFEST);
    // Takes connections, and never answers.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let plan = bench.plan().confirmed_at(silent.local_addr().unwrap());
    cancelled_at(&bench, plan, "push").await;
    assert_eq!(bench.published(), [""; 0]);
}

#[tokio::test]
async fn cancelled_before_it_began_nothing_is_made() {
    let bench = Bench::new(MANIFEST);
    let cancel = CancellationToken::new();
    cancel.cancel();
    let (sender, _steps) = watch::channel(Vec::new());
    assert_eq!(run(bench.plan(), sender, cancel).await, Err(Failure::Cancelled));
    assert_eq!(bench.published(), [""; 0]);
}

#[test]
fn who_cannot_ask_is_told_what_to_do() {
    let key = PathBuf::from("k.pem");
    let problem = Problem::from(Failure::PassphraseNeeded { key, wrong: false });
    assert!(problem.to_string().contains("TYK_TUI_KEY_PASSPHRASE"));
    assert_eq!(Problem::from(Failure::Cancelled).kind.exit_code(), 130);
}
