//! Shipping to S3: a real one, which checks signatures, and a Gateway that gets its bundles from there without credentials.
//! Whatever step fails, no object is left, and the definitions are as they were.

use std::process::Stdio;

use rstest::rstest;
use serde_json::json;

use super::home::{Home, Ran};
use super::loading::{self, Bundles, Loading};
use super::s3_stand_in::{Fault, S3, bare, known};
use super::ship::{API, Bench, MANIFEST, RELOAD, RELOADS};

/// A bench whose profile ships to a bucket, from where the Gateway gets its bundles.
struct Shelf {
    bench: Bench,
    s3: S3,
    bucket: &'static str,
}

impl Shelf {
    fn of(bucket: &'static str) -> Self {
        let (s3, home) = (S3::start(), Home::new());
        let base = Bundles::Base(format!("{}/{bucket}/eu", s3.url()));
        let gateway = Loading::new(&["orders", "users"], base);
        home.write("manifest.json", MANIFEST);
        home.write(
            "tyk-tui.toml",
            format!(
                "[project]\nname = \"orders-auth\"\n[use.local]\nship_target = \"shelf\"\nship_apis = [\"orders\", \"users\"]\n\
                 [use.local.gateway]\nurl = \"{}\"\n[use.local.target.shelf]\nkind = \"s3\"\nbucket = \"{bucket}\"\n\
                 prefix = \"eu\"\nendpoint = \"{}\"\n",
                gateway.url(),
                s3.url()
            ),
        );
        Self { bench: Bench { home, gateway }, s3, bucket }
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = self.bench.command(arguments);
        bare(&mut command);
        known(&mut command);
        command
    }

    fn ship(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments))
    }

    /// The bundles that are there.
    fn objects(&self) -> Vec<String> {
        let all = self.s3.objects(self.bucket);
        all.into_iter().filter(|name| name.starts_with("eu/")).collect()
    }

    /// Nothing half done is left, here or there.
    fn assert_as_before(&self, why: &Ran) {
        self.bench.assert_as_before(why);
        assert_eq!(self.objects(), [""; 0], "{why:?}");
        assert_eq!(self.s3.unfinished(), [""; 0], "{why:?}");
    }
}

#[test]
fn the_gateway_runs_what_was_pushed_and_a_rollback_returns_to_the_one_before() {
    let shelf = Shelf::of("public");
    let ran = shelf.ship(&["--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = ran.json();
    let first = said["bundle"].as_str().unwrap().to_owned();
    assert!(first.starts_with("orders-auth-"), "{said}");
    assert_eq!(said["url"], format!("{}/public/eu/{first}", shelf.s3.url()));
    assert_eq!(said["target"], "s3 s3://public/eu/ (shelf)");
    assert_eq!(shelf.objects(), [format!("eu/{first}")]);
    for id in ["orders", "users"] {
        let loaded = shelf.bench.gateway.loaded(id).unwrap();
        assert_eq!(loaded["custom_middleware_bundle"], first);
        assert_eq!(loaded["custom_middleware"]["pre"][0]["name"], "MyPre");
    }
    assert!(!ran.stderr.contains("mind:"), "{ran:?}");
    let again = shelf.ship(&["--json"]);
    assert_eq!((again.code, &again.json()["already_there"]), (Some(0), &json!(true)), "{again:?}");

    shelf.bench.home.write("manifest.json", MANIFEST.replace("MyPre", "Other"));
    assert_eq!(shelf.ship(&[]).code, Some(0));
    let second = shelf.bench.runs("orders").unwrap();
    assert_ne!(second, first);
    let ran = shelf.ship(&["--rollback"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(shelf.bench.runs("users"), Some(first));
    assert_eq!(shelf.objects().len(), 2, "what prune takes is nobody else's to delete");
}

/// A push that fails: nothing is pointed at it.
#[rstest]
#[case::denied("PUT /public/eu/", 1, denied(), "S3 denies it: no")]
#[case::looking_denied("GET /public", 1, denied(), "S3 denies it: no")]
#[case::lost("PUT /public/eu/", 4, Fault::Cut, "nothing was stored")]
#[case::other("GET /public/eu/", 1, Fault::Other, "what was pushed is deleted again")]
#[case::unreadable("GET /public/eu/", 1, denied(), "what was pushed is deleted again")]
#[case::gone("GET /public/eu/", 4, Fault::HalfCut, "what was pushed is deleted again")]
fn a_push_that_fails_points_nothing_at_it(
    #[case] at: &'static str,
    #[case] times: usize,
    #[case] fault: Fault,
    #[case] says: &str,
) {
    let shelf = Shelf::of("public");
    for _ in 0..times {
        shelf.s3.will(at, fault.clone());
    }
    let ran = shelf.ship(&[]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("✗ push") && ran.stderr.contains(says), "{ran:?}");
    shelf.assert_as_before(&ran);
    assert_eq!(shelf.bench.gateway.changes(), [""; 0]);
}

fn denied() -> Fault {
    let body = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
    Fault::Answer(403, Vec::new(), body.to_owned())
}

#[test]
fn wrong_credentials_another_bucket_and_read_only_stop_it_before_anything_is_sent() {
    let shelf = Shelf::of("public");
    let mut command = shelf.command(&[]);
    command.env("AWS_SECRET_ACCESS_KEY", "another");
    let ran = Ran::of(command);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("the secret key is wrong"), "{ran:?}");
    assert!(!ran.stderr.contains("another"), "{ran:?}");
    shelf.assert_as_before(&ran);
    let ran = shelf.ship(&["--read-only"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("read-only"), "{ran:?}");
    shelf.assert_as_before(&ran);
    assert!(shelf.s3.asked().iter().all(|line| line.starts_with("GET ")), "{:?}", shelf.s3.asked());

    let shelf = Shelf::of("nowhere");
    let ran = shelf.ship(&[]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("✗ push") && ran.stderr.contains("no such bucket"), "{ran:?}");
    shelf.bench.assert_as_before(&ran);
}

/// Each failure after the push.
#[rstest]
#[case::put("PUT", API, 1, refused(), "Request malformed", "point")]
#[case::put_lost("PUT", API, 1, loading::Fault::Loses, "cannot be read", "point")]
#[case::second_put("PUT", "/tyk/apis/users", 1, refused(), "Request malformed", "point")]
#[case::reload("GET", RELOAD, 1, refused(), "Request malformed", "reload")]
#[case::dropped("GET", RELOAD, 1, loading::Fault::Drops, "does not serve the API", "confirm")]
#[case::unhooked("GET", RELOAD, 1, loading::Fault::Unhooked, "runs no hooks there", "confirm")]
fn a_failure_takes_the_object_away_and_puts_the_definitions_back(
    #[case] method: &'static str,
    #[case] path: &'static str,
    #[case] nth: usize,
    #[case] fault: loading::Fault,
    #[case] says: &str,
    #[case] step: &str,
) {
    let shelf = Shelf::of("public");
    shelf.bench.gateway.at(method, path, nth, fault);
    let ran = shelf.ship(&[]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("✓ push"), "{ran:?}");
    assert!(ran.stderr.contains(&format!("✗ {step}")) && ran.stderr.contains(says), "{ran:?}");
    assert!(ran.stderr.contains("away again"), "{ran:?}");
    shelf.assert_as_before(&ran);
}

fn refused() -> loading::Fault {
    loading::Fault::Refuses(400, r#"{"status":"error","message":"Request malformed"}"#)
}

#[test]
fn of_a_private_bucket_it_is_said_that_a_gateway_may_not_get_the_bundle() {
    let shelf = Shelf::of("plugins");
    let ran = shelf.ship(&[]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let warned = "mind: asked from here, a Gateway does not get it: 403";
    assert!(ran.stderr.contains(warned) && ran.stderr.contains("✗ confirm"), "{ran:?}");
    shelf.assert_as_before(&ran);
}

#[test]
fn an_object_that_cannot_be_taken_away_is_said_to_stay() {
    let shelf = Shelf::of("public");
    shelf.bench.gateway.at("PUT", API, 1, refused());
    shelf.s3.will("DELETE /public/eu/", denied());
    let ran = shelf.ship(&[]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("✗ clean up") && ran.stderr.contains("S3 denies it"), "{ran:?}");
    shelf.bench.assert_as_before(&ran);
    assert_eq!(shelf.objects().len(), 1);
}

/// SIGINT while S3, then while the Gateway does not answer.
#[rstest]
#[case::push(Some("PUT /public/eu/"))]
#[case::verified(Some("GET /public/eu/"))]
#[case::reload(None)]
fn interrupted_it_leaves_nothing(#[case] at: Option<&'static str>) {
    let shelf = Shelf::of("public");
    match at {
        Some(at) => shelf.s3.will(at, Fault::Hang),
        None => shelf.bench.gateway.at("GET", RELOAD, 1, loading::Fault::Hangs),
    }
    let mut command = shelf.command(&[]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    match at {
        Some(_) => shelf.s3.waits(),
        None => shelf.bench.gateway.wait_for(RELOADS, 1),
    }
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let ran = Ran {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    assert_eq!(ran.code, Some(130), "{ran:?}");
    shelf.assert_as_before(&ran);
}
