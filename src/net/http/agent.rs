//! Requests that hold all that authorizes them: a signed URL, a token in a header. One client for any host.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Body, Client, Method, RequestBuilder, Response, StatusCode, Url};
use tokio::sync::watch;
use tokio::time::timeout;

use super::caller::client;
use super::transfer::{STILL, piece, stands_still};
use super::{CallError, Certificates, Told};
use crate::domain::task::Progress;

/// The most bytes that are read of one answer; what is larger is downloaded.
const LIMIT: usize = 16 << 20;

/// Bytes that are sent at once, so that progress is told.
const PIECE: usize = 64 << 10;

/// Sends requests as they are. No redirect is followed and no proxy of the environment used, as both would take what
/// authorizes the request elsewhere.
#[derive(Clone)]
pub struct Agent {
    client: Client,
    certificates: Certificates,
}

/// One request.
#[derive(Clone)]
pub struct Message {
    /// GET, PUT, ….
    pub method: Method,
    /// Where to; it may hold a signature, so it is not shown.
    pub url: Url,
    /// Headers; their values may be secrets.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent; nothing for most.
    pub body: Bytes,
}

/// An answer, read whole, whatever its status is: redirects too.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl Message {
    /// Asks with this method, without headers and body.
    pub fn new(method: Method, url: Url) -> Self {
        Self { method, url, headers: Vec::new(), body: Bytes::new() }
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With a body.
    #[must_use]
    pub fn body(self, body: impl Into<Bytes>) -> Self {
        Self { body: body.into(), ..self }
    }
}

impl Reply {
    /// A header as text; `None` where it is no ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as text.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    pub(super) async fn read(answer: Response, limit: Option<Duration>) -> Result<Self, CallError> {
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body = Vec::new();
        let mut pieces = answer.bytes_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| CallError::of(&error, limit))?;
            if body.len() + piece.len() > LIMIT {
                return Err(CallError::TooLarge(LIMIT));
            }
            body.extend_from_slice(&piece);
        }
        Ok(Self { status, headers, body })
    }
}

impl Agent {
    /// One that trusts these certificates.
    pub fn new(certificates: Certificates) -> Result<Self, CallError> {
        Ok(Self { client: client(Client::builder(), certificates)?, certificates })
    }

    /// Which certificates servers may show.
    pub fn certificates(&self) -> Certificates {
        self.certificates
    }

    /// Sends a request and reads the answer, within a limit for both.
    pub async fn send(&self, message: Message, limit: Duration) -> Result<Reply, CallError> {
        let body = message.body.clone();
        let request = self.request(message)?.timeout(limit).body(body);
        let answer = request.send().await.map_err(|error| CallError::of(&error, Some(limit)))?;
        Reply::read(answer, Some(limit)).await
    }

    /// The same of a large body, without a limit but that it may not stand still; each piece of it is told.
    pub async fn upload(&self, message: Message, told: &Told) -> Result<Reply, CallError> {
        let (body, total) = (message.body.clone(), message.body.len() as u64);
        let (sender, sent) = watch::channel(0_u64);
        let last = sent.clone();
        let pieces = (0..body.len())
            .step_by(PIECE)
            .map(move |start| body.slice(start..body.len().min(start + PIECE)));
        let pieces = stream::iter(pieces).map(move |piece| {
            sender.send_modify(|sent| *sent += piece.len() as u64);
            Ok::<_, std::io::Error>(piece)
        });
        let request = self.request(message)?.header(CONTENT_LENGTH, total);
        let request = request.body(Body::wrap_stream(pieces));
        let answered = async {
            let answer = request.send().await.map_err(|error| CallError::of(&error, None))?;
            Reply::read(answer, None).await
        };
        tokio::select! {
            reply = answered => {
                told(Progress { done: *last.borrow(), total: Some(total) });
                reply
            }
            () = stands_still(sent, total, told) => Err(CallError::TimedOut(STILL)),
        }
    }

    /// Asks for a file; its pieces are read from what this returns.
    pub async fn download(&self, message: Message) -> Result<Arriving, CallError> {
        let request = self.request(message)?.send();
        let answer = timeout(STILL, request).await.map_err(|_| CallError::TimedOut(STILL))?;
        Ok(Arriving { answer: answer.map_err(|error| CallError::of(&error, None))? })
    }

    fn request(&self, message: Message) -> Result<RequestBuilder, CallError> {
        let mut headers = HeaderMap::new();
        for (name, value) in message.headers {
            let mut value = HeaderValue::from_str(&value).map_err(|_| CallError::Secret)?;
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
        Ok(self.client.request(message.method, message.url).headers(headers))
    }
}

/// An answer whose body is still to come.
pub struct Arriving {
    answer: Response,
}

impl Arriving {
    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// How many bytes were announced.
    pub fn total(&self) -> Option<u64> {
        self.answer.content_length()
    }

    /// The next piece; `None` behind the last. One that was announced and does not come is an error.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, CallError> {
        piece(&mut self.answer).await
    }

    /// The answer read whole, where it is not the file.
    pub async fn reply(self) -> Result<Reply, CallError> {
        timeout(STILL, Reply::read(self.answer, Some(STILL)))
            .await
            .map_err(|_| CallError::TimedOut(STILL))?
    }
}

/// Tells nobody.
pub fn silent() -> Told {
    Arc::new(|_| {})
}
