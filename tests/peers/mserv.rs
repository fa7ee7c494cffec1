//! curl and ours at one mserv, and at one folder of the bundle host: what the one pushes the other fetches.

use std::path::Path;
use std::process::Command;

use super::home::Home;
use super::host::Host;
use super::mserv_stand_in::{Mserv, fixture};

/// curl's answer, which must be a good one.
fn curl(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("curl")
        .args(["--silent", "--show-error", "--fail-with-body", "--max-time", "20"])
        .args(arguments)
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
fn what_curl_pushes_to_mserv_we_fetch_and_the_other_way_round() {
    let (home, mserv) = (Home::new(), Mserv::start());
    let url = mserv.url();
    let (file, content) = bundle("python-auth.zip");
    let form = format!("uploadfile=@{file}");
    let push = format!("{url}/api/mw?api_id=orders");
    let said = curl(&["--header", "X-Api-Key: tok", "--form", &form, &push]);
    let said: serde_json::Value = serde_json::from_slice(&said).unwrap();
    let id = said["Payload"]["BundleID"].as_str().unwrap();
    let ran = home.run(&["mserv", "-e", &url, "download", id, "-o", "got.zip"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(std::fs::read(home.project().join("got.zip")).unwrap(), content);

    let (file, content) = bundle("pre-post.zip");
    let ran = home.run(&["mserv", "-e", &url, "push", &file, "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let id = ran.json()["id"].as_str().unwrap().to_owned();
    assert!(curl(&[&format!("{url}/api/mw/bundle/{id}")]) == content);
    // Both came in the same way.
    let seen = mserv.seen();
    let pushed: Vec<_> = seen.iter().filter(|seen| seen.line.starts_with("POST")).collect();
    let field = |at: usize| pushed[at].form().contains("name=\"uploadfile\"");
    assert!(pushed.len() == 2 && field(0) && field(1));
}

#[test]
#[ignore = "peers: curl"]
fn what_we_push_into_the_hosts_folder_curl_fetches() {
    let home = Home::new();
    home.write("tyk-tui.toml", "[host]\ndir = \"bundles\"\n");
    let (file, content) = bundle("python-auth.zip");
    let ran = home.run(&["target", "push", &file, "--name", "orders", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let name = ran.json()["bundle"].as_str().unwrap().to_owned();
    let host = Host::start(&home.project());
    let url = host.url.trim_end_matches('/');
    assert!(curl(&[&format!("{url}/{name}")]) == content);
    // And back: what curl got is a bundle that we take.
    let got = home.project().join("got.zip").display().to_string();
    curl(&["--output", &got, &format!("{url}/{name}")]);
    let ran = home.run(&["target", "push", &got, "--name", "orders"]);
    assert!(ran.stderr.contains("the same content is there already"), "{ran:?}");
    assert!(Path::new(&got).is_file());
}
