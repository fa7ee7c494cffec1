//! curl and ours at one S3, which checks both signatures: what the one puts there the other gets.

use std::process::Command;

use super::home::Home;
use super::mserv_stand_in::fixture;
use super::s3_stand_in::{KEY, S3, SECRET};

/// curl, with a signature of its own, which must be taken.
fn curl(s3: &S3, arguments: &[&str], key: &str) -> Vec<u8> {
    let output = Command::new("curl")
        .args(["--silent", "--show-error", "--fail-with-body", "--max-time", "20"])
        .args(["--aws-sigv4", "aws:amz:us-east-1:s3", "--user", &format!("{KEY}:{SECRET}")])
        .args(arguments)
        .arg(format!("{}/plugins/{key}", s3.url()))
        .output()
        .expect("curl runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn bundle(name: &str) -> (String, Vec<u8>) {
    let path = fixture("bundles").join(name);
    (path.display().to_string(), std::fs::read(path).unwrap())
}

#[test]
#[ignore = "peers: curl"]
fn what_we_push_to_s3_curl_gets_and_the_other_way_round() {
    let (home, s3) = (Home::new(), S3::start());
    let (file, content) = bundle("python-auth.zip");
    let ran = s3.run(&home, &["push", &file, "s3://plugins/eu", "--name", "orders", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let key = ran.json()["key"].as_str().unwrap().to_owned();
    // curl 7.88 and older leave the header away that S3 wants of every request.
    let unsigned = ["--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD"];
    assert!(curl(&s3, &unsigned, &key) == content);

    let (file, content) = bundle("pre-post.zip");
    curl(&s3, &[&unsigned[..], &["--upload-file", &file]].concat(), "eu/curls.zip");
    let ran = s3.run(&home, &["fetch", "s3://plugins/eu/curls.zip"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(std::fs::read(home.project().join("curls.zip")).unwrap(), content);
    // And our link needs nothing but itself.
    let link = s3.run(&home, &["presign", "s3://plugins/eu/curls.zip"]).stdout;
    let got = Command::new("curl").args(["--silent", "--fail", link.trim()]).output().unwrap();
    assert!(got.status.success() && got.stdout == content);
}
