//! What was pushed to the host's folder is downloaded from the running host as a Gateway would, and compared.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

use crate::domain::conf::encoded_path;
use crate::domain::task::{Problem, Progress};
use crate::net::http::cause;

/// A Gateway gives one attempt five seconds in all (its bundle getter's timeout).
const ATTEMPT: Duration = Duration::from_secs(5);

/// Where a Gateway on this machine finds the bundle.
pub(super) fn url(host: SocketAddr, name: &str) -> String {
    // A host that listens everywhere is reached here by its loopback address.
    let ip = match host.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}/{}", SocketAddr::new(ip, host.port()), encoded_path(name))
}

/// Downloads it and compares every byte with those of the file that was published.
pub(super) async fn compare(
    url: &str,
    published: &Path,
    progress: impl Fn(Progress),
) -> Result<(), Problem> {
    let failed = |what: String| {
        Problem::failed(what)
            .at(url)
            .help("a Gateway would not get the bundle: look at the host's lines in the log")
    };
    // Nothing of the environment's proxies: the host is on this machine.
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(ATTEMPT)
        .build()
        .map_err(|error| failed(format!("cannot download: {error}")))?;
    let answer = client
        .get(url)
        .send()
        .await
        .map_err(|error| failed(format!("cannot download: {}", cause(&error))))?;
    if answer.status() != reqwest::StatusCode::OK {
        return Err(failed(format!(
            "the host answered {} where a Gateway needs 200",
            answer.status()
        )));
    }
    let unread = |error: std::io::Error| {
        Problem::failed(format!("cannot read the published bundle: {error}"))
            .at(published.display())
    };
    let mut file = File::open(published).await.map_err(unread)?;
    let total = file.metadata().await.map_err(unread)?.len();
    let mut done = 0;
    let mut body = answer.bytes_stream();
    let mut ours = Vec::new();
    while let Some(part) = body.next().await {
        let part =
            part.map_err(|error| failed(format!("the download broke off: {}", cause(&error))))?;
        ours.resize(part.len(), 0);
        if done + part.len() as u64 > total
            || file.read_exact(&mut ours).await.is_err()
            || ours != part
        {
            return Err(failed("the host serves other content under this name".into()));
        }
        done += part.len() as u64;
        progress(Progress { done, total: Some(total) });
    }
    if done != total {
        return Err(failed(format!("the host served {done} of {total} bytes")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt as _;
    use tokio::net::TcpListener;

    use super::*;

    /// Answers one request with these bytes; returns the URL.
    async fn host(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = url(listener.local_addr().unwrap(), "a b-1.zip");
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            assert!(head.starts_with(b"GET /a%20b-1.zip HTTP/1.1\r\n"));
            stream.write_all(answer.as_bytes()).await.unwrap();
        });
        url
    }

    async fn confirmed(answer: &'static str) -> Result<(), String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, "content").unwrap();
        let url = host(answer).await;
        compare(&url, &path, |_| ()).await.map_err(|problem| problem.what)
    }

    #[tokio::test]
    async fn only_the_same_bytes_under_200_count() {
        let says = |answer| confirmed(answer);
        assert_eq!(says("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ncontent").await, Ok(()));
        for (answer, what) in [
            ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "answered 404"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nCONTENT", "other content"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\ncontent!", "other content"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ncon", "3 of 7 bytes"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ncon", "broke off"),
        ] {
            let error = says(answer).await.unwrap_err();
            assert!(error.contains(what), "{answer}: {error}");
        }
    }

    #[tokio::test]
    async fn a_host_that_is_gone_is_named() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = url(listener.local_addr().unwrap(), "a.zip");
        drop(listener);
        let problem = compare(&url, Path::new("a.zip"), |_| ()).await.unwrap_err();
        assert_eq!(problem.place, Some(url));
        assert!(problem.what.contains("refused"), "{problem}");
    }

    #[test]
    fn everywhere_is_reached_by_loopback() {
        assert_eq!(url("0.0.0.0:8000".parse().unwrap(), "a.zip"), "http://127.0.0.1:8000/a.zip");
        assert_eq!(url("[::]:80".parse().unwrap(), "ü?.zip"), "http://[::1]:80/%C3%BC%3F.zip");
    }
}
