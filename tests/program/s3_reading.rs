//! What others read of a bucket: presigned links, what a Gateway meets, and policies.

use super::home::{Home, Ran};
use super::mserv_stand_in::fixture;
use super::s3_stand_in::{Fault, S3};

fn pushed(home: &Home, s3: &S3, at: &str) {
    let file = fixture("bundles").join("python-auth.zip").display().to_string();
    assert_eq!(s3.run(home, &["push", &file, at]).code, Some(0));
}

fn status(url: &str) -> (u16, Vec<u8>) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let answer = reqwest::get(url).await.unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
    })
}

#[test]
fn a_link_fetches_without_credentials_until_it_expires() {
    let (home, s3) = (Home::new(), S3::start());
    pushed(&home, &s3, "s3://plugins/one.zip");
    let presign = |seconds: &str| {
        let ran = s3.run(&home, &["presign", "s3://plugins/one.zip", "--expires-in", seconds]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.stdout.trim().to_owned()
    };
    let link = presign("60");
    let (code, body) = status(&link);
    assert_eq!((code, body.len()), (200, 705));
    assert_eq!(status(&link.replace("one.zip", "two.zip")).0, 403, "signed for another key");
    let short = presign("1");
    let expired = std::time::Instant::now();
    loop {
        let (code, body) = status(&short);
        if code == 403 {
            assert!(String::from_utf8_lossy(&body).contains("AccessDenied"), "{body:?}");
            break;
        }
        assert!(expired.elapsed().as_secs() < 30, "it never expires: {code}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

fn check(home: &Home, s3: &S3, arguments: &[&str]) -> (Option<i32>, serde_json::Value) {
    let ran: Ran = s3.run(home, &[&["check"], arguments, &["--json"]].concat());
    (ran.code, ran.json())
}

#[test]
fn what_a_gateway_meets_is_said() {
    let (home, s3) = (Home::new(), S3::start());
    pushed(&home, &s3, "s3://public/eu/one.zip");
    pushed(&home, &s3, "s3://plugins/one.zip");
    let (code, said) = check(&home, &s3, &["s3://public/eu/one.zip"]);
    assert_eq!((code, &said["readable"]), (Some(0), &true.into()), "{said}");
    assert_eq!(said["url"], format!("{}/public/eu/one.zip", s3.url()));
    assert_eq!((&said["status"], &said["bytes"]), (&200.into(), &705.into()));

    let no = |at: &str, code: u16, words: &str| {
        let (exit, said) = check(&home, &s3, &[at]);
        assert_eq!(
            (exit, &said["readable"], &said["status"]),
            (Some(1), &false.into(), &code.into()),
            "{said}"
        );
        let all = format!("{} / {}", said["why"].as_str().unwrap(), said["help"].as_str().unwrap());
        assert!(all.contains(words), "{all}");
    };
    no("s3://plugins/one.zip", 403, "a presigned link is no way");
    no("s3://public/none.zip", 404, "nothing at this URL");
    s3.will("GET /public/eu/one.zip", Fault::Answer(301, Vec::new(), String::new()));
    no("s3://public/eu/one.zip", 301, "another region");
    std::fs::write(s3.path("public/bad.zip"), "no zip").unwrap();
    no("s3://public/bad.zip", 200, "");

    let to = ("location", format!("{}/public/eu/one.zip", s3.url()));
    s3.will("GET /public/sent-on.zip", Fault::Answer(302, vec![to], String::new()));
    let (code, said) = check(&home, &s3, &["s3://public/sent-on.zip"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said["note"].as_str().unwrap().contains("which it follows"), "{said}");

    let base = format!("{}/public/eu/", s3.url());
    let (code, said) = check(&home, &s3, &["s3://plugins/x/one.zip", "--base-url", &base]);
    assert_eq!((code, &said["url"]), (Some(0), &format!("{base}one.zip").into()), "{said}");
    let (code, said) =
        check(&home, &s3, &["s3://plugins/one.zip", "--base-url", "http://127.0.0.1:1/"]);
    assert_eq!((code, &said["status"]), (Some(1), &serde_json::Value::Null), "{said}");
}

#[test]
fn policies_allow_no_more_than_is_done() {
    let home = Home::new();
    let run = |arguments: &[&str]| home.run(&[&["s3", "policy"], arguments].concat());
    let said = run(&["--bucket", "plugins", "--prefix", "eu", "--json"]).json();
    let list = &said["Statement"][0];
    assert_eq!(list["Resource"][0], "arn:aws:s3:::plugins");
    assert_eq!(list["Condition"]["StringLike"]["s3:prefix"][0], "eu/*");
    let objects = &said["Statement"][1];
    assert_eq!(objects["Resource"][0], "arn:aws:s3:::plugins/eu/*");
    let actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"];
    assert_eq!(objects["Action"], serde_json::json!(actions));
    let mserv = run(&["--mserv", "--json"]).json();
    assert_eq!(mserv["Statement"][0]["Resource"][0], "arn:aws:s3:::mserv-plugin-*");
    assert_eq!(mserv["Statement"][2]["Action"][0], "s3:ListAllMyBuckets");
    assert_eq!(run(&["--bucket", "*"]).code, Some(2));
}

#[test]
fn a_bucket_is_a_target() {
    let (home, s3) = (Home::new(), S3::start());
    home.write(
        "tyk-tui.toml",
        format!(
            "[project]\nname = \"orders\"\n[use.local.target.s3]\nkind = \"s3\"\nbucket = \"plugins\"\nprefix = \"eu\"\nendpoint = \"{}\"\n",
            s3.url()
        ),
    );
    let run = |arguments: &[&str]| {
        Ran::of(s3.command(
            &home,
            &[&["--use", "local", "target"], arguments, &["--target", "s3"]].concat(),
        ))
    };
    let ran = run(&["health"]);
    assert!(ran.code == Some(0) && ran.stdout.contains("can be listed"), "{ran:?}");
    let file = fixture("bundles").join("python-auth.zip").display().to_string();
    let said = run(&["push", &file, "--json"]).json();
    let name = said["bundle"].as_str().unwrap().to_owned();
    assert!(name.starts_with("orders-"), "{said}");
    assert_eq!(said["url"], format!("{}/plugins/eu/{name}", s3.url()));
    assert_eq!(s3.objects("plugins").iter().filter(|it| it.contains("orders-")).count(), 1);
    assert_eq!(run(&["push", &file, "--json"]).json()["already_there"], true);
    // What somebody else keeps there is no bundle of ours, and nothing that prune takes.
    std::fs::write(s3.path("plugins/eu/theirs.zip"), "x").unwrap();
    let said = run(&["bundles", "--json"]).json();
    assert_eq!(said["bundles"].as_array().unwrap().len(), 1, "{said}");
    assert_eq!(
        (&said["bundles"][0]["id"], &said["bundles"][0]["bytes"]),
        (&name.as_str().into(), &705.into())
    );
    assert!(name.contains(said["bundles"][0]["hash"].as_str().unwrap()));
    assert_eq!(run(&["fetch", &name, "-o", "got.zip"]).code, Some(0));
    assert_eq!(
        std::fs::read(home.project().join("got.zip")).unwrap(),
        std::fs::read(&file).unwrap()
    );
    let ran = run(&["delete", &name, "--force"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!s3.path("plugins/eu").join(&name).exists());
}
