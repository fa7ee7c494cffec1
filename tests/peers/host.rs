//! curl against `host`.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// `tyk-tui host`, ended when dropped.
pub(crate) struct Host {
    child: Child,
    pub(crate) url: String,
}

impl Host {
    pub(crate) fn start(dir: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tyk-tui"))
            .args(["host", "bundles", "--listen", "127.0.0.1:0"])
            .current_dir(dir)
            .env("XDG_STATE_HOME", dir.join("state"))
            .env("XDG_CONFIG_HOME", dir.join("config"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let url = said
            .find_map(|line| Some(line.unwrap().split_once("listening on ")?.1.to_owned()))
            .expect("the host says where it listens");
        Self { child, url }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Status, head and body of a request by curl.
fn curl(host: &Host, path: &str, flags: &[&str]) -> (u16, String, Vec<u8>) {
    let output = Command::new("curl")
        .args(["--silent", "--show-error", "--include", "--path-as-is", "--max-time", "20"])
        .args(flags)
        .arg(format!("{}{path}", host.url.trim_end_matches('/')))
        .output()
        .expect("curl runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let at = output.stdout.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(output.stdout[..at].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head, output.stdout[at + 4..].to_vec())
}

#[test]
#[ignore = "peers: curl"]
fn curl_gets_bundles_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let bundle = [b"PK\x03\x04".as_slice(), &vec![9; 100_000]].concat();
    std::fs::create_dir_all(root.path().join("bundles")).unwrap();
    std::fs::write(root.path().join("bundles/a b.zip"), &bundle).unwrap();
    std::fs::write(root.path().join("secret.zip"), b"PK\x03\x04secret").unwrap();
    let host = Host::start(root.path());

    let (status, head, body) = curl(&host, "/a%20b.zip", &[]);
    assert_eq!((status, body == bundle), (200, true));
    let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned();
    let (status, head, body) = curl(&host, "/a%20b.zip", &["--head"]);
    assert_eq!((status, body.len()), (200, 0));
    assert!(head.contains("content-length: 100004"), "{head}");
    let same = format!("If-None-Match: {tag}");
    assert_eq!(curl(&host, "/a%20b.zip", &["--header", &same]).0, 304);
    let (status, _, body) = curl(&host, "/a%20b.zip", &["--range", "2-9"]);
    assert_eq!((status, body.as_slice()), (206, &bundle[2..10]));
    let (status, _, body) = curl(&host, "/a%20b.zip", &["--range", "-4"]);
    assert_eq!((status, body.as_slice()), (206, [9; 4].as_slice()));
    assert_eq!(curl(&host, "/a%20b.zip", &["--range", "200000-"]).0, 416);
    assert_eq!(curl(&host, "/a%20b.zip", &["--data", "x"]).0, 405);
    for path in ["/../secret.zip", "/%2e%2e/secret.zip", "/x/../../secret.zip", "/..%2fsecret.zip"]
    {
        let (status, _, body) = curl(&host, path, &[]);
        assert_eq!(status, 404, "{path}");
        assert!(!body.windows(6).any(|it| it == b"secret"), "{path}");
    }
}

#[test]
#[ignore = "peers: curl"]
fn curl_takes_up_a_download_where_it_broke_off() {
    let root = tempfile::tempdir().unwrap();
    let bundle: Vec<u8> =
        b"PK\x03\x04".iter().copied().chain((0..=250_u8).cycle().take(1_000_000)).collect();
    std::fs::create_dir_all(root.path().join("bundles")).unwrap();
    std::fs::write(root.path().join("bundles/big.zip"), &bundle).unwrap();
    let host = Host::start(root.path());
    let to = root.path().join("got.zip");
    std::fs::write(&to, &bundle[..123_456]).unwrap();
    let status = Command::new("curl")
        .args(["--silent", "--show-error", "--continue-at", "-", "--output"])
        .arg(&to)
        .arg(format!("{}big.zip", host.url))
        .status()
        .unwrap();
    assert!(status.success());
    assert!(std::fs::read(&to).unwrap() == bundle, "the file is whole");
}
