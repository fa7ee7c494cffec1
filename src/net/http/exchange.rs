//! One request as a person wrote it, over a connection of its own, with the time that each part took.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::StreamExt as _;
use jiff::Timestamp;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, Url, Version};

use super::{CallError, Certificates, cause};

/// A request to send.
#[derive(Clone)]
pub struct Outgoing {
    /// Its method.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// Its headers; those that are secret are marked so.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Option<Bytes>,
    /// Which certificates the server may show.
    pub certificates: Certificates,
    /// How long all of it may take.
    pub limit: Duration,
    /// So many bytes of the answer's body are kept in memory.
    pub keep: usize,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// When the request was sent.
    pub at: Timestamp,
    /// `HTTP/1.1`.
    pub version: String,
    /// Its status.
    pub status: u16,
    /// Its headers in their order, with any bytes.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The beginning of its body.
    pub body: Vec<u8>,
    /// How long its body was, as far as it came.
    pub bytes: u64,
    /// What took how long.
    pub timing: Timing,
    /// Why the body broke off; what came until then is there.
    pub broken: Option<CallError>,
}

/// What took how long. `head` and `total` count from the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// Looking up the name; `None` where the host is an address.
    pub resolve: Option<Duration>,
    /// The connection, TLS included; `None` where none came about.
    pub connect: Option<Duration>,
    /// Until status and headers were there.
    pub head: Duration,
    /// Until the body's end, or where it broke off.
    pub total: Duration,
}

/// Sends a request. Each piece of the body is given to `write`, whose failure ends it. No redirect is followed and no
/// proxy of the environment used, as with everything that carries a secret.
pub async fn exchange(
    outgoing: Outgoing,
    write: &mut (dyn FnMut(&[u8]) -> io::Result<()> + Send),
) -> Result<Incoming, Failed> {
    let clock = Clock::default();
    let client = Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .timeout(outgoing.limit)
        // Nothing is sent twice, and no connection is kept.
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(0)
        // As people write them, and as a Gateway passes them on.
        .http1_title_case_headers()
        .tls_danger_accept_invalid_certs(outgoing.certificates == Certificates::Any)
        .dns_resolver(Arc::new(clock.clone()))
        .connector_layer(clock.clone())
        .build()
        .map_err(|error| CallError::Broken(cause(&error)))?;
    let mut request = client.request(outgoing.method, outgoing.url).headers(outgoing.headers);
    if let Some(body) = outgoing.body {
        request = request.body(body);
    }
    // Not before: to make a client takes longer than some answers.
    let (at, began) = (Timestamp::now(), Instant::now());
    let limit = Some(outgoing.limit);
    let answer = request.send().await.map_err(|error| CallError::of(&error, limit))?;
    let head = began.elapsed();
    let mut incoming = Incoming::of(&answer, at);
    let mut parts = answer.bytes_stream();
    while let Some(part) = parts.next().await {
        let part = match part {
            Ok(part) => part,
            Err(error) => {
                incoming.broken = Some(CallError::of(&error, limit));
                break;
            }
        };
        incoming.bytes += part.len() as u64;
        let room = outgoing.keep.saturating_sub(incoming.body.len());
        incoming.body.extend_from_slice(&part[..part.len().min(room)]);
        write(&part).map_err(Failed::Write)?;
    }
    incoming.timing = Timing { head, total: began.elapsed(), ..clock.read() };
    Ok(incoming)
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The server gave none.
    #[error(transparent)]
    Call(#[from] CallError),
    /// Its body could not be written where it should be.
    #[error("cannot write the answer: {0}")]
    Write(io::Error),
}

impl Incoming {
    /// `HTTP/1.1 200 OK`; the words are those of the status, not the server's.
    pub fn status_line(&self) -> String {
        let status = reqwest::StatusCode::from_u16(self.status).ok();
        let reason = status.and_then(|status| status.canonical_reason());
        let reason = reason.map(|reason| format!(" {reason}")).unwrap_or_default();
        format!("{} {}{reason}", self.version, self.status)
    }

    fn of(answer: &Response, at: Timestamp) -> Self {
        let version = match answer.version() {
            Version::HTTP_10 => "HTTP/1.0",
            Version::HTTP_2 => "HTTP/2",
            _ => "HTTP/1.1",
        };
        let headers = answer.headers().iter();
        Self {
            at,
            version: version.to_owned(),
            status: answer.status().as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
                .collect(),
            body: Vec::new(),
            bytes: 0,
            timing: Timing::default(),
            broken: None,
        }
    }
}

/// Looks at the time when a name is looked up and when a connection is made.
#[derive(Clone, Default)]
struct Clock(Arc<Mutex<Timing>>);

impl Clock {
    fn read(&self) -> Timing {
        let timing = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Connecting begins with looking up the name.
        let connect =
            timing.connect.map(|it| it.saturating_sub(timing.resolve.unwrap_or_default()));
        Timing { connect, ..timing }
    }

    fn write(&self, write: impl FnOnce(&mut Timing)) {
        write(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Resolve for Clock {
    fn resolve(&self, name: Name) -> Resolving {
        let clock = self.clone();
        Box::pin(async move {
            let began = Instant::now();
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            clock.write(|timing| timing.resolve = Some(began.elapsed()));
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

impl<S> tower_layer::Layer<S> for Clock {
    type Service = Timed<S>;

    fn layer(&self, inner: S) -> Timed<S> {
        Timed { inner, clock: self.clone() }
    }
}

/// What makes connections, with a clock beside it.
#[derive(Clone)]
struct Timed<S> {
    inner: S,
    clock: Clock,
}

impl<S, To> tower_service::Service<To> for Timed<S>
where
    S: tower_service::Service<To>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = futures_util::future::BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(
        &mut self,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, to: To) -> Self::Future {
        let (clock, began) = (self.clock.clone(), Instant::now());
        let connecting = self.inner.call(to);
        Box::pin(async move {
            let connected = connecting.await;
            if connected.is_ok() {
                clock.write(|timing| timing.connect = Some(began.elapsed()));
            }
            connected
        })
    }
}
