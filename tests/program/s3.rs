//! `tyk-tui s3`: push, list, fetch, delete, presign, against a real S3.

use rstest::rstest;

use super::home::{Home, Ran};
use super::mserv_stand_in::fixture;
use super::s3_stand_in::{Fault, S3};

fn bundle(name: &str) -> String {
    fixture("bundles").join(name).display().to_string()
}

fn what(ran: &Ran) -> String {
    ran.json()["error"]["what"].as_str().unwrap().to_owned()
}

/// A sound bundle of so many MiB, which no compression makes smaller.
fn large(home: &Home, mebibytes: usize) -> String {
    let mut random = vec![0; mebibytes << 20];
    getrandom::fill(&mut random).unwrap();
    home.write("big/model.bin", random);
    home.write("big/middleware.py", "from tyk.decorators import *\n");
    home.write(
        "big/manifest.json",
        r#"{"file_list":["middleware.py","model.bin"],"custom_middleware":{"pre":[{"name":"MyPre"}],"driver":"python"}}"#,
    );
    let ran = home.run(&["build", "-m", "big/manifest.json", "-o", "big.zip", "--skip-signing"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    "big.zip".to_owned()
}

#[test]
fn a_bundle_goes_round() {
    let (home, s3) = (Home::new(), S3::start());
    let file = bundle("python-auth.zip");
    let ran = s3.run(&home, &["push", &file, "s3://plugins/eu", "--name", "orders", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = ran.json();
    let key = said["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("eu/orders-") && key.len() == "eu/orders-01234567.zip".len(), "{key}");
    assert_eq!(said["checksum"], "8ee6c4aea014a28d98ed27d0ccb2be3d");
    assert_eq!(said["url"], format!("{}/plugins/{key}", s3.url()));
    assert_eq!(
        std::fs::read(s3.path("plugins").join(&key)).unwrap(),
        std::fs::read(&file).unwrap()
    );
    let asked = s3.asked();
    assert_eq!(asked.len(), 3, "looked for, sent, fetched again: {asked:?}");
    assert_eq!(asked[1..], [format!("PUT /plugins/{key}"), format!("GET /plugins/{key}")]);

    let again = s3.run(&home, &["push", &file, "s3://plugins/eu/", "--name", "orders", "--json"]);
    assert_eq!(again.json()["already_there"], true, "{again:?}");
    let list = s3.run(&home, &["list", "s3://plugins/eu", "--json"]).json();
    assert_eq!(
        (&list["objects"][0]["key"], &list["objects"][0]["bytes"]),
        (&key.as_str().into(), &705.into())
    );
    let table = s3.run(&home, &["list", "s3://plugins"]);
    assert!(table.stdout.starts_with("KEY") && table.stdout.contains("705 B"), "{table:?}");

    let at = format!("s3://plugins/{key}");
    let ran = s3.run(&home, &["fetch", &at, "-o", "got.zip", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let got = home.project().join("got.zip");
    assert_eq!(std::fs::read(&got).unwrap(), std::fs::read(&file).unwrap());
    assert_eq!(s3.run(&home, &["fetch", &at, "-o", "got.zip"]).code, Some(3));

    assert_eq!(s3.run(&home, &["delete", &at]).code, Some(0));
    assert_eq!(s3.objects("plugins"), [""; 0]);
    for command in ["delete", "fetch"] {
        let ran = s3.run(&home, &[command, &at, "--json"]);
        assert_eq!(
            (ran.code, what(&ran).as_str()),
            (Some(3), "there is no such object"),
            "{ran:?}"
        );
    }
}

#[test]
fn other_content_is_never_put_under_a_key() {
    let (home, s3) = (Home::new(), S3::start());
    let at = "s3://plugins/fixed.zip";
    assert_eq!(s3.run(&home, &["push", &bundle("python-auth.zip"), at]).code, Some(0));
    let ran = s3.run(&home, &["push", &bundle("python-auth-v2.zip"), at, "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(what(&ran).contains("other content"), "{ran:?}");
    let kept = std::fs::read(s3.path("plugins/fixed.zip")).unwrap();
    assert_eq!(kept, std::fs::read(bundle("python-auth.zip")).unwrap());
}

#[test]
fn what_is_not_sound_or_too_large_is_not_sent() {
    let (home, s3) = (Home::new(), S3::start());
    let ran = s3.run(&home, &["push", &bundle("wrong-checksum.zip"), "s3://plugins", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(what(&ran).contains("not sound"), "{ran:?}");
    let file = bundle("python-auth.zip");
    let ran = s3.run(&home, &["push", &file, "s3://plugins", "--max-size", "704", "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.json()["error"]["help"].as_str().unwrap().contains("5 s"), "{ran:?}");
    for arguments in
        [&["push", file.as_str(), "s3://plugins"][..], &["delete", "s3://plugins/a.zip"]]
    {
        let ran = Ran::of(s3.command(&home, &[&["--read-only", "s3"], arguments].concat()));
        assert!(ran.code == Some(3) && ran.stderr.contains("read-only"), "{ran:?}");
    }
    assert_eq!(s3.asked(), [""; 0]);
}

#[test]
fn what_is_large_goes_in_parts_and_is_told() {
    let (home, s3) = (Home::new(), S3::start());
    let file = large(&home, 20);
    let ran = s3.run(&home, &["push", &file, "s3://plugins/big.zip", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let asked = s3.asked();
    let parts = asked.iter().filter(|line| line.contains("partNumber=")).count();
    assert_eq!(parts, 3, "{asked:?}");
    assert_eq!(s3.unfinished(), [""; 0]);
    let ours = std::fs::read(home.project().join(&file)).unwrap();
    assert!(std::fs::read(s3.path("plugins/big.zip")).unwrap() == ours);
    let ran = s3.run(&home, &["fetch", "s3://plugins/big.zip", "-o", "got.zip"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(std::fs::read(home.project().join("got.zip")).unwrap() == ours);
}

#[test]
fn a_part_that_breaks_off_is_sent_again_and_what_fails_for_good_leaves_nothing() {
    let (home, s3) = (Home::new(), S3::start());
    let file = large(&home, 9);
    s3.will("PUT /plugins/big.zip?partNumber=2", Fault::Cut);
    s3.will("POST /plugins/big.zip?uploadId", Fault::DoneThenCut);
    let ran = s3.run(&home, &["push", &file, "s3://plugins/big.zip", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(s3.run(&home, &["delete", "s3://plugins/big.zip"]).code, Some(0));
    for _ in 0..4 {
        s3.will("PUT /plugins/big.zip?partNumber=2", Fault::Cut);
    }
    let ran = s3.run(&home, &["push", &file, "s3://plugins/big.zip", "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(what(&ran).contains("cannot be read"), "{ran:?}");
    assert_eq!((s3.objects("plugins").len(), s3.unfinished().len()), (0, 0));
    assert!(s3.asked().iter().any(|line| line.starts_with("DELETE /plugins/big.zip?uploadId=")));
}

#[test]
fn what_was_stored_although_its_answer_was_lost_is_found() {
    let (home, s3) = (Home::new(), S3::start());
    for _ in 0..4 {
        s3.will("PUT /plugins/one.zip", Fault::DoneThenCut);
    }
    let ran =
        s3.run(&home, &["push", &bundle("python-auth.zip"), "s3://plugins/one.zip", "--json"]);
    assert_eq!(
        (ran.code, ran.json()["already_there"].as_bool()),
        (Some(0), Some(false)),
        "{ran:?}"
    );
    for _ in 0..4 {
        s3.will("PUT /plugins/two.zip", Fault::Cut);
    }
    let ran =
        s3.run(&home, &["push", &bundle("python-auth.zip"), "s3://plugins/two.zip", "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(what(&ran).ends_with("; nothing was stored"), "{ran:?}");
    assert_eq!(s3.objects("plugins").len(), 1);
}

/// SIGINT while a request is not answered, which S3 has done or has not.
#[rstest]
#[case::looked_for("GET /plugins", Fault::Hang, "nothing was changed")]
#[case::part("PUT /plugins/big.zip?partNumber=2", Fault::Hang, "nothing was stored")]
#[case::assembled("POST /plugins/big.zip?uploadId", Fault::DoneThenHang, "is deleted again")]
#[case::verified("GET /plugins/big.zip", Fault::Hang, "is deleted again")]
fn what_is_interrupted_leaves_nothing(
    #[case] at: &'static str,
    #[case] fault: Fault,
    #[case] says: &str,
) {
    let (home, s3) = (Home::new(), S3::start());
    let file = large(&home, 9);
    s3.will(at, fault);
    let mut command = s3.command(&home, &["s3", "push", &file, "s3://plugins/big.zip"]);
    let running = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    s3.waits();
    let id = rustix::process::Pid::from_child(&running);
    rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
    let ended = running.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(130), "{said}");
    assert!(said.contains("cancelled: ") && said.contains(says), "{said}");
    assert_eq!((s3.objects("plugins").len(), s3.unfinished().len()), (0, 0));
}

#[test]
fn a_download_that_breaks_off_is_begun_again_and_one_that_never_ends_is_no_file() {
    let (home, s3) = (Home::new(), S3::start());
    let (file, at) = (bundle("python-auth.zip"), "s3://plugins/one.zip");
    assert_eq!(s3.run(&home, &["push", &file, at]).code, Some(0));
    s3.will("GET /plugins/one.zip", Fault::HalfCut);
    let ran = s3.run(&home, &["fetch", at]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(
        std::fs::read(home.project().join("one.zip")).unwrap(),
        std::fs::read(&file).unwrap()
    );
    home.write("kept.zip", "as it was");
    let busy = Fault::Answer(503, Vec::new(), "<html>upstream</html>".to_owned());
    s3.will("GET /plugins/one.zip", busy);
    let ran = s3.run(&home, &["fetch", at, "-o", "again.zip"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for _ in 0..4 {
        s3.will("GET /plugins/one.zip", Fault::HalfCut);
    }
    let ran = s3.run(&home, &["fetch", at, "-o", "kept.zip", "--force"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    s3.will("GET /plugins/one.zip", Fault::Other);
    let ran = s3.run(&home, &["fetch", at, "-o", "kept.zip", "--force"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(std::fs::read(home.project().join("kept.zip")).unwrap(), b"as it was");
    assert_eq!(std::fs::read_dir(home.project()).unwrap().count(), 3);
}

#[test]
fn what_s3_gives_out_otherwise_than_it_was_pushed_is_deleted_again() {
    let (home, s3) = (Home::new(), S3::start());
    s3.will("GET /plugins/one.zip", Fault::Other);
    let ran =
        s3.run(&home, &["push", &bundle("python-auth.zip"), "s3://plugins/one.zip", "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(what(&ran).ends_with("what was pushed is deleted again"), "{ran:?}");
    assert_eq!(s3.objects("plugins"), [""; 0]);
}

#[test]
fn refusals_are_told_with_what_to_do() {
    let (home, s3) = (Home::new(), S3::start());
    let file = bundle("python-auth.zip");
    let run = |at: &str, variables: &[(&str, &str)]| {
        let mut command = s3.command(&home, &["s3", "push", &file, at, "--name", "a", "--json"]);
        command.envs(variables.iter().copied());
        let ran = Ran::of(command);
        assert_eq!(ran.code, Some(3), "{ran:?}");
        let error = ran.json()["error"].clone();
        assert!(!ran.stderr.contains("X-Amz") && !ran.stdout.contains("X-Amz"), "{ran:?}");
        format!("{} / {}", error["what"].as_str().unwrap(), error["help"].as_str().unwrap())
    };
    let said = run("s3://plugins", &[("AWS_SECRET_ACCESS_KEY", "wrong")]);
    assert!(
        said.contains("SignatureDoesNotMatch") && said.contains("the secret key is wrong"),
        "{said}"
    );
    let said = run("s3://plugins", &[("AWS_ACCESS_KEY_ID", "AKIDOFNOBODY")]);
    assert!(said.contains("does not know the key"), "{said}");
    let said = run("s3://nowhere", &[]);
    assert!(said.starts_with("there is no such bucket"), "{said}");
    let said = run("s3://closed", &[]);
    assert!(
        said.starts_with("S3 denies it: Access Denied") && said.contains("s3 policy"),
        "{said}"
    );
    assert!(said.contains("of the variable AWS_ACCESS_KEY_ID"), "{said}");
    assert!(s3.asked().iter().all(|line| line.starts_with("GET /")), "{:?}", s3.asked());
}

#[test]
fn a_bucket_of_another_region_and_a_redirect_are_not_followed() {
    let (home, s3) = (Home::new(), S3::start());
    let elsewhere = S3::start();
    let run = || s3.run(&home, &["list", "s3://plugins", "--json"]);
    let body =
        "<Error><Code>PermanentRedirect</Code><Message>m</Message><Endpoint>e</Endpoint></Error>";
    let header = ("x-amz-bucket-region", "eu-west-1".to_owned());
    s3.will("GET /plugins", Fault::Answer(301, vec![header], body.to_owned()));
    let ran = run();
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_eq!(what(&ran), "the bucket is in another region: eu-west-1, not us-east-1");
    assert!(ran.json()["error"]["help"].as_str().unwrap().contains("--region eu-west-1"));
    let body = "<Error><Code>AuthorizationQueryParametersError</Code><Message>the region 'us-east-1' is wrong</Message>\
                <Region>ap-south-1</Region></Error>";
    s3.will("GET /plugins", Fault::Answer(400, Vec::new(), body.to_owned()));
    assert!(what(&run()).contains("another region: ap-south-1"));
    let location = ("location", format!("{}/plugins", elsewhere.url()));
    s3.will("GET /plugins", Fault::Answer(307, vec![location], String::new()));
    let ran = run();
    assert!(what(&ran).contains("redirects to") && what(&ran).contains("not followed"), "{ran:?}");
    assert_eq!(elsewhere.asked(), [""; 0]);
}

#[test]
fn a_busy_store_is_asked_again_and_another_server_is_told_apart() {
    let (home, s3) = (Home::new(), S3::start());
    let busy =
        "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
    let busy = || Fault::Answer(503, Vec::new(), busy.to_owned());
    for _ in 0..2 {
        s3.will("GET /plugins", busy());
    }
    assert_eq!(s3.run(&home, &["list", "s3://plugins"]).code, Some(0));
    assert_eq!(s3.asked().len(), 3);
    for _ in 0..4 {
        s3.will("GET /plugins", busy());
    }
    let ran = s3.run(&home, &["list", "s3://plugins", "--json"]);
    assert_eq!(what(&ran), "S3 answered 503: SlowDown: Please reduce your request rate.");
    s3.will("GET /plugins", Fault::Answer(200, Vec::new(), "<html>hello</html>".to_owned()));
    let ran = s3.run(&home, &["list", "s3://plugins", "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(what(&ran).contains("does not answer as S3 does"), "{ran:?}");
    let down = ["list", "s3://plugins", "--endpoint-url", "http://127.0.0.1:1", "--json"];
    let ran = s3.run(&home, &down);
    assert!(ran.code == Some(3) && what(&ran).contains("cannot connect"), "{ran:?}");
}

#[test]
fn wrong_use_is_told() {
    let (home, s3) = (Home::new(), S3::start());
    for arguments in [
        &["fetch", "s3://plugins"][..],
        &["delete", "s3://plugins/eu/"],
        &["list", "plugins"],
        &["list", "s3://plugins/../closed"],
        &["presign", "s3://plugins/a.zip", "--expires-in", "604801"],
        &["policy"],
        &["list", "s3://plugins", "--region", "../x"],
        &["list", "s3://plugins", "--endpoint-url", "minio"],
    ] {
        let ran = s3.run(&home, &[arguments, &["--json"]].concat());
        assert_eq!(ran.code, Some(2), "{arguments:?} {ran:?}");
        assert!(!what(&ran).is_empty(), "{ran:?}");
    }
    assert_eq!(s3.asked(), [""; 0]);
}

#[test]
fn a_certificate_that_nobody_trusts_is_refused_unless_the_user_says_otherwise_which_is_shown() {
    let (home, s3) = (Home::new(), S3::start());
    let (_runtime, url) = super::tls::before(s3.address);
    let file = bundle("python-auth.zip");
    let run = |arguments: &[&str]| {
        let mut command = s3.command(&home, &[&["s3"], arguments].concat());
        command.env("AWS_ENDPOINT_URL_S3", &url);
        Ran::of(command)
    };
    let ran = run(&["push", &file, "s3://plugins/"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("no TLS with this server"), "{ran:?}");
    // Nothing signed left this machine.
    assert_eq!(s3.asked(), [""; 0]);
    let ran = run(&["push", &file, "s3://plugins/", "--no-verify-ssl"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stderr.matches("certificate not checked").count(), 1, "{ran:?}");
    assert_eq!(s3.objects("plugins").len(), 1);
}
