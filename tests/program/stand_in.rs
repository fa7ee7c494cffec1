//! A stand-in for a Gateway: its control API, with the answers that a real one gave.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Response, Uri};
use serde::Deserialize;
use tokio::runtime::Runtime;

/// The secret that it was recorded with.
pub(crate) const SECRET: &str = "control-secret-for-tests";

/// A recorded answer.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Exchange {
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) kind: String,
    pub(crate) body: String,
}

/// The recorded answer with this name, or its number alone.
pub(crate) fn recorded(name: &str) -> Exchange {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/gateway/exchanges.json");
    let all: Vec<Exchange> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    all.into_iter().find(|exchange| exchange.name.starts_with(name)).unwrap()
}

/// A request that it got.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) secret: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// A stand-in that answers until it is dropped.
pub(crate) struct StandIn {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    // Dropped on a thread of its own: a test may hold a runtime itself.
    runtime: Option<Runtime>,
}

impl StandIn {
    /// One that has these recordings, named by their numbers.
    pub(crate) fn with(recordings: &[&str]) -> Self {
        Self::answering(recordings.iter().map(|name| recorded(name)).collect())
    }

    /// One that has these answers; several to one question are given in turn, the last from then on. What is below `/tyk/`
    /// wants the secret; what it has no answer for is nowhere.
    pub(crate) fn answering(answers: Vec<Exchange>) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let answers = Arc::new(answers);
        let app = Router::new().fallback(
            move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
                let secret = headers.get("x-tyk-authorization");
                let secret = secret.map(|value| value.to_str().unwrap().to_owned());
                let mut log = log.lock().unwrap();
                let is_same =
                    |seen: &&Seen| seen.method == method.as_str() && seen.path == uri.to_string();
                let before = log.iter().filter(is_same).count();
                let answer = answer(&answers, &method, &uri, secret.as_deref(), before);
                let (method, path) = (method.to_string(), uri.to_string());
                log.push(Seen { method, path, secret, body: body.to_vec() });
                std::future::ready(answer)
            },
        );
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
        Self { address, seen, runtime: Some(runtime) }
    }

    /// Its URL.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was asked, in order.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn answer(
    answers: &[Exchange],
    method: &Method,
    uri: &Uri,
    secret: Option<&str>,
    before: usize,
) -> Response<Body> {
    let exchange = if uri.path().starts_with("/tyk/") && secret != Some(SECRET) {
        recorded("008")
    } else {
        let asked = |exchange: &&Exchange| {
            exchange.method == method.as_str() && exchange.path == uri.to_string()
        };
        let mut found = answers.iter().filter(asked);
        let last = found.clone().last();
        found.nth(before).or(last).cloned().unwrap_or_else(|| {
            recorded(if uri.path().starts_with("/tyk/") { "014" } else { "006" })
        })
    };
    let mut answer = Response::builder().status(exchange.status);
    if !exchange.kind.is_empty() {
        answer = answer.header("Content-Type", &exchange.kind);
    }
    // A Gateway's first answer has 25 headers of this kind.
    let mascot = "⢀⣴⣾".as_bytes();
    answer.header("X-Mascot-001", mascot).body(Body::from(exchange.body)).unwrap()
}
