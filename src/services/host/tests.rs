use std::os::unix::fs::symlink;
use std::path::PathBuf;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

const ZIP_BYTES: &[u8] = b"PK\x03\x04 one bundle";

/// A folder with a secret beside it, and a host for it.
struct Served {
    root: tempfile::TempDir,
    host: Running,
}

/// An answer as it came over the wire.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

impl Served {
    async fn start() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("secret.zip"), b"PK\x03\x04 secret").unwrap();
        let dir = root.path().join("bundles");
        std::fs::create_dir_all(dir.join("inner")).unwrap();
        std::fs::write(dir.join("a.zip"), ZIP_BYTES).unwrap();
        std::fs::write(dir.join("inner/b"), ZIP_BYTES).unwrap();
        let host = Host::start(&dir, "127.0.0.1:0").await.unwrap();
        Self { root, host }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join("bundles").join(name)
    }

    /// Sends these very bytes as the request's first line and headers.
    async fn raw(&self, head: &str) -> Reply {
        let mut stream = TcpStream::connect(self.host.address()).await.unwrap();
        let head = format!("{head}\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        // A connection that breaks has said what it had to say before.
        let _ = stream.read_to_end(&mut bytes).await;
        let split = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..split]).into_owned();
        Reply {
            status: head.split(' ').nth(1).map_or(0, |status| status.parse().unwrap()),
            body: bytes.get(split + 4..).unwrap_or_default().to_vec(),
            head,
        }
    }

    async fn get(&self, path: &str) -> Reply {
        self.raw(&format!("GET {path} HTTP/1.1")).await
    }

    /// The downloads, once there are so many.
    async fn downloads(&self, count: u64) -> Vec<Download> {
        let mut changes = self.host.downloads().changes();
        changes.wait_for(|ever| *ever >= count).await.unwrap();
        self.host.downloads().since(0)
    }
}

#[tokio::test]
async fn gives_a_bundle_with_what_a_client_needs_to_ask_again() {
    let served = Served::start().await;
    let reply = served.get("/a.zip").await;
    assert_eq!((reply.status, reply.body.as_slice()), (200, ZIP_BYTES));
    assert_eq!(reply.header("content-type"), Some("application/zip"));
    assert_eq!(reply.header("content-length"), Some("15"));
    assert_eq!(reply.header("accept-ranges"), Some("bytes"));
    assert!(reply.header("last-modified").unwrap().ends_with(" GMT"));
    let tag = reply.header("etag").unwrap();
    assert_eq!(tag.len(), 66, "{tag}");

    let head = served.raw("HEAD /a.zip HTTP/1.1").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some("15"));
    assert_eq!(head.header("etag"), Some(tag));

    let again = served.raw(&format!("GET /a.zip HTTP/1.1\r\nIf-None-Match: {tag}")).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("etag"), Some(tag));

    let part = served.raw("GET /a.zip HTTP/1.1\r\nRange: bytes=5-7").await;
    assert_eq!((part.status, part.body.as_slice()), (206, b"one".as_slice()));
    assert_eq!(part.header("content-range"), Some("bytes 5-7/15"));
    let behind = served.raw("GET /a.zip HTTP/1.1\r\nRange: bytes=15-").await;
    assert_eq!(behind.status, 416);
    assert_eq!(behind.header("content-range"), Some("bytes */15"));

    let inner = served.get("/inner/b?token=x").await;
    assert_eq!((inner.status, inner.body.as_slice()), (200, ZIP_BYTES));
    let index = served.get("/").await;
    assert_eq!((index.status, index.body.as_slice()), (200, b"a.zip\n".as_slice()));
}

#[tokio::test]
async fn other_methods_are_refused() {
    let served = Served::start().await;
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let reply = served.raw(&format!("{method} /a.zip HTTP/1.1")).await;
        assert_eq!(reply.status, 405, "{method}");
        assert_eq!(reply.header("allow"), Some("GET, HEAD"));
    }
    assert_eq!(std::fs::read(served.path("a.zip")).unwrap(), ZIP_BYTES);
}

#[tokio::test]
async fn nothing_outside_the_folder_is_given() {
    let served = Served::start().await;
    symlink(served.root.path(), served.path("up")).unwrap();
    symlink("../secret.zip", served.path("link.zip")).unwrap();
    symlink("inner", served.path("within")).unwrap();
    for path in [
        "/../secret.zip",
        "/inner/../../secret.zip",
        "/%2e%2e/secret.zip",
        "/..%2fsecret.zip",
        "/inner/%2e%2e/%2e%2e/secret.zip",
        "/%252e%252e/secret.zip",
        "/..%5csecret.zip",
        "/..\\secret.zip",
        "//secret.zip",
        "/./../secret.zip",
        "/a.zip%00",
        "/a.zip/",
        "/a.zip/../../secret.zip",
        "/up/secret.zip",
        "/link.zip",
        "../secret.zip",
        "http://x/../secret.zip",
    ] {
        let reply = served.get(path).await;
        assert!([400, 404].contains(&reply.status), "{path}: {reply:?}");
        assert!(!String::from_utf8_lossy(&reply.body).contains("secret"), "{path}: {reply:?}");
    }
    let absolute =
        served.get(&format!("/{}", served.root.path().join("secret.zip").display())).await;
    assert_eq!(absolute.status, 404);
    assert_eq!(served.get("/within/b").await.status, 200, "a link that stays inside is followed");
}

#[tokio::test]
async fn only_regular_files_that_begin_as_a_zip_does() {
    let served = Served::start().await;
    std::fs::write(served.path("text.zip"), "no zip at all").unwrap();
    std::fs::write(served.path("short.zip"), "PK").unwrap();
    std::fs::write(served.path("empty"), b"PK\x05\x06 the end record").unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        served.path("fifo"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .unwrap();
    for (name, status) in [
        ("text.zip", 404),
        ("short.zip", 404),
        ("fifo", 404),
        ("inner", 404),
        ("no", 404),
        ("empty", 200),
    ] {
        assert_eq!(served.get(&format!("/{name}")).await.status, status, "{name}");
    }
}

#[tokio::test]
async fn other_content_under_a_name_that_was_served_is_refused() {
    let served = Served::start().await;
    let head = served.raw("HEAD /a.zip HTTP/1.1").await;
    assert_eq!(head.status, 200);
    std::fs::write(served.path("a.zip"), b"PK\x03\x04 two").unwrap();
    assert_eq!(served.get("/a.zip").await.status, 200, "nobody had the content before");
    std::fs::write(served.path("a.zip"), ZIP_BYTES).unwrap();
    let refused = served.get("/a.zip").await;
    assert_eq!(refused.status, 409);
    assert!(String::from_utf8_lossy(&refused.body).contains("new name"));
    std::fs::write(served.path("a.zip"), b"PK\x03\x04 two").unwrap();
    assert_eq!(served.get("/a.zip").await.status, 200, "the content that was served is back");
}

#[tokio::test]
async fn every_request_is_noted() {
    let served = Served::start().await;
    served.get("/a.zip?token=secret").await;
    served.raw("HEAD /a.zip HTTP/1.1").await;
    served.get("/no%1b.zip").await;
    let downloads = served.downloads(3).await;
    let said: Vec<String> = downloads
        .iter()
        .map(|it| {
            format!(
                "{} {} {} {} {} {}",
                it.number, it.method, it.path, it.status, it.bytes, it.complete
            )
        })
        .collect();
    assert_eq!(
        said,
        ["0 GET /a.zip 200 15 true", "1 HEAD /a.zip 200 0 true", "2 GET /no%1b.zip 404 33 true"]
    );
    assert!(downloads.iter().all(|it| it.peer.ip().is_loopback()));
    assert_eq!(served.host.downloads().since(2).len(), 1);
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_breaks_the_connection() {
    let served = Served::start().await;
    let mut bytes = vec![7_u8; 64 << 20];
    bytes[..4].copy_from_slice(b"PK\x03\x04");
    std::fs::write(served.path("big.zip"), &bytes).unwrap();
    let mut stream = TcpStream::connect(served.host.address()).await.unwrap();
    stream.write_all(b"GET /big.zip HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut start = [0; 1024];
    stream.read_exact(&mut start).await.unwrap();
    assert!(start.starts_with(b"HTTP/1.1 200"), "what follows is more than any socket buffers");
    std::fs::OpenOptions::new()
        .write(true)
        .open(served.path("big.zip"))
        .unwrap()
        .set_len(60 << 20)
        .unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.len() + start.len() < bytes.len(), "{}", rest.len());
    let downloads = served.downloads(1).await;
    assert!(!downloads[0].complete, "{}", downloads[0]);
}

#[tokio::test]
async fn a_client_that_goes_away_is_noted_as_cut_off() {
    let served = Served::start().await;
    let mut bytes = vec![7_u8; 64 << 20];
    bytes[..4].copy_from_slice(b"PK\x03\x04");
    std::fs::write(served.path("big.zip"), &bytes).unwrap();
    let mut stream = TcpStream::connect(served.host.address()).await.unwrap();
    stream.write_all(b"GET /big.zip HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    stream.read_exact(&mut [0; 1024]).await.unwrap();
    drop(stream);
    let downloads = served.downloads(1).await;
    assert!(!downloads[0].complete);
    assert!(downloads[0].to_string().ends_with(", cut off"), "{}", downloads[0]);
}

#[tokio::test]
async fn a_download_under_way_is_finished_when_the_host_is_stopped() {
    let served = Served::start().await;
    let mut bytes = vec![7_u8; 16 << 20];
    bytes[..4].copy_from_slice(b"PK\x03\x04");
    std::fs::write(served.path("big.zip"), &bytes).unwrap();
    let mut stream = TcpStream::connect(served.host.address()).await.unwrap();
    stream.write_all(b"GET /big.zip HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut start = [0; 1024];
    stream.read_exact(&mut start).await.unwrap();
    let address = served.host.address();
    let Served { root: _root, host } = served;
    let stopping = tokio::spawn(host.stop());
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert!(rest.len() + start.len() > bytes.len(), "{}", rest.len());
    stopping.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn what_cannot_be_served_is_said() {
    let root = tempfile::tempdir().unwrap();
    let missing = Host::start(&root.path().join("no"), "127.0.0.1:0").await.unwrap_err();
    assert!(missing.what.starts_with("cannot serve this folder"), "{missing}");
    let one = Host::start(root.path(), "127.0.0.1:0").await.unwrap();
    let taken = Host::start(root.path(), &one.address().to_string()).await.unwrap_err();
    assert!(taken.what.starts_with("the port is in use"), "{taken}");
    assert!(Host::start(root.path(), "unix:/x").await.is_err());
}
