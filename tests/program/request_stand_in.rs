//! A server that is sent requests: one that says back what it got, and others that behave badly.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Response, Uri};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// A request that it got.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Got {
    /// The values of a header.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let named = self.headers.iter().filter(|(it, _)| it == name);
        named.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).collect()
    }

    pub(crate) fn one(&self, name: &str) -> String {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "{name}: {self:?}");
        all[0].clone()
    }
}

/// Says back what it gets, as JSON, until it is dropped. `/status/418` has that status, `/huge` a body of 17 MiB, `/bytes`
/// one that is no text, `/elsewhere` a redirect.
pub(crate) struct Echo {
    pub(crate) address: SocketAddr,
    got: Arc<Mutex<Vec<Got>>>,
    runtime: Option<Runtime>,
}

impl Echo {
    pub(crate) fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let got = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&got);
        let app = Router::new().fallback(
            move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
                let headers = headers.iter();
                let headers = headers.map(|(name, it)| (name.to_string(), it.as_bytes().to_vec()));
                let got = Got {
                    method: method.to_string(),
                    path: uri.to_string(),
                    headers: headers.collect(),
                    body: body.to_vec(),
                };
                let answer = answer(&got);
                log.lock().unwrap().push(got);
                std::future::ready(answer)
            },
        );
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
        Self { address, got, runtime: Some(runtime) }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it got, in order.
    pub(crate) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    /// The last one.
    pub(crate) fn last(&self) -> Got {
        self.got().pop().expect("a request came")
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn answer(got: &Got) -> Response<Body> {
    let answer = Response::builder().header("X-Mascot-001", "⢀⣴⣾".as_bytes());
    if let Some(status) = got.path.strip_prefix("/status/") {
        return answer.status(status.parse::<u16>().unwrap()).body("refused\n".into()).unwrap();
    }
    match got.path.as_str() {
        "/huge" => answer.body(vec![b'x'; 17 << 20].into()).unwrap(),
        "/bytes" => answer.body(vec![0xff, 0x00, 0xfe].into()).unwrap(),
        "/elsewhere" => {
            answer.status(302).header("Location", "http://evil.example/").body("".into()).unwrap()
        }
        _ => {
            let headers: Vec<Value> = got
                .headers
                .iter()
                .map(|(name, value)| json!([name, String::from_utf8_lossy(value)]))
                .collect();
            let said = json!({
                "method": got.method,
                "path": got.path,
                "headers": headers,
                "body": String::from_utf8_lossy(&got.body),
            });
            let kind = ("Content-Type", "application/json");
            answer.header(kind.0, kind.1).body(said.to_string().into()).unwrap()
        }
    }
}

/// A server that takes one connection, reads a request's head, writes these bytes and does as it is told.
pub(crate) fn rude(bytes: &'static [u8], then: fn(TcpStream)) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
            head.push(byte[0]);
        }
        let _ = stream.write_all(bytes);
        then(stream);
    });
    address
}

/// Waits until the other end closes.
pub(crate) fn hang(mut stream: TcpStream) {
    let _ = stream.read_to_end(&mut Vec::new());
}
