//! A request answered.

use std::fs::File;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use bytes::Bytes;
use futures_util::stream;

use super::Shelf;
use super::conditions::{Wanted, wanted};
use super::downloads::{Download, Downloads};
use super::folder::{self, Bundle, Facts};

/// Bytes read at once.
const CHUNK: usize = 64 << 10;

const OTHER_CONTENT: &str = "\
This name was served before with other content, and is refused now.
A Gateway keeps what it unpacked under a bundle's name and never downloads it again: those that have the old content
would go on running it while others run the new. Publish the new content under a new name, as tyk-tui does
(NAME-HASH.zip). If no Gateway has the old one any more, restart the host.
";

/// What is sent.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    content: Content,
}

enum Content {
    Text(String),
    /// Bytes of a file, from and to.
    Part(Arc<File>, Facts, u64, u64),
    /// A length without a body, for HEAD.
    Length(u64),
    Nothing,
}

/// Answers, and notes the download once its body has gone out.
pub(super) async fn answer(
    State(shelf): State<Arc<Shelf>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response<Body> {
    let note = Note {
        downloads: shelf.downloads.clone(),
        at: SystemTime::now(),
        from: Instant::now(),
        peer,
        method: request.method().as_str().escape_debug().to_string(),
        path: request.uri().path().escape_debug().to_string(),
        status: StatusCode::INTERNAL_SERVER_ERROR,
        sent: 0,
        expected: 0,
    };
    let (parts, _) = request.into_parts();
    let answered = tokio::task::spawn_blocking(move || {
        decide(&shelf, &parts.method, parts.uri.path(), &parts.headers)
    });
    let answer = answered.await.unwrap_or_else(|_| {
        Answer::text(StatusCode::INTERNAL_SERVER_ERROR, "This is a fault of the host.\n")
    });
    answer.into_response(note)
}

fn decide(shelf: &Shelf, method: &Method, path: &str, headers: &HeaderMap) -> Answer {
    let get = match *method {
        Method::GET => true,
        Method::HEAD => false,
        _ => {
            return Answer::text(StatusCode::METHOD_NOT_ALLOWED, "Bundles are only given out.\n")
                .with(header::ALLOW, "GET, HEAD");
        }
    };
    if path == "/" {
        return Answer::text(StatusCode::OK, &shelf.folder.index()).without_body_unless(get);
    }
    let found = folder::name(path).and_then(|name| Some((shelf.folder.bundle(&name)?, name)));
    match found {
        Some((bundle, name)) => give(shelf, &name, bundle, get, headers),
        None => Answer::text(StatusCode::NOT_FOUND, "There is no bundle of this name.\n"),
    }
    .without_body_unless(get)
}

fn give(shelf: &Shelf, name: &Path, bundle: Bundle, get: bool, headers: &HeaderMap) -> Answer {
    let Ok(digest) = shelf.served.digest(name, &bundle) else {
        return Answer::text(StatusCode::INTERNAL_SERVER_ERROR, "The bundle cannot be read.\n");
    };
    if !shelf.served.allows(name, &digest) {
        tracing::warn!(name = ?name, "other content under a name that was served is refused");
        return Answer::text(StatusCode::CONFLICT, OTHER_CONTENT);
    }
    let tag = format!("\"{digest}\"");
    let Facts { bytes, modified, .. } = bundle.facts;
    let wanted = wanted(headers, get, &tag, modified, bytes);
    let (status, from, to) = match wanted {
        Wanted::Whole => (StatusCode::OK, 0, bytes),
        Wanted::Part(from, to) => (StatusCode::PARTIAL_CONTENT, from, to),
        Wanted::NotModified => (StatusCode::NOT_MODIFIED, 0, 0),
        Wanted::Failed => return Answer::text(StatusCode::PRECONDITION_FAILED, "It is another.\n"),
        Wanted::OutOfRange => {
            return Answer::text(StatusCode::RANGE_NOT_SATISFIABLE, "It is not that long.\n")
                .with(header::CONTENT_RANGE, &format!("bytes */{bytes}"));
        }
    };
    let content = match wanted {
        Wanted::NotModified => Content::Nothing,
        _ if !get => Content::Length(bytes),
        _ if shelf.served.remember(name, &digest) => {
            Content::Part(Arc::new(bundle.file), bundle.facts, from, to)
        }
        _ => return Answer::text(StatusCode::CONFLICT, OTHER_CONTENT),
    };
    let mut answer = Answer { status, headers: HeaderMap::new(), content }
        .with(header::ETAG, &tag)
        .with(header::LAST_MODIFIED, &httpdate::fmt_http_date(modified))
        .with(header::ACCEPT_RANGES, "bytes")
        .with(header::CONTENT_TYPE, "application/zip");
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {from}-{}/{bytes}", to - 1);
        answer = answer.with(header::CONTENT_RANGE, &range);
    }
    answer
}

impl Answer {
    fn text(status: StatusCode, text: &str) -> Self {
        Self { status, headers: HeaderMap::new(), content: Content::Text(text.to_owned()) }
            .with(header::CONTENT_TYPE, "text/plain; charset=utf-8")
    }

    fn with(mut self, name: header::HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    fn without_body_unless(self, get: bool) -> Self {
        match self.content {
            Content::Text(text) if !get => {
                Self { content: Content::Length(text.len() as u64), ..self }
            }
            content => Self { content, ..self },
        }
    }

    fn into_response(self, mut note: Note) -> Response<Body> {
        note.status = self.status;
        let (length, body) = match self.content {
            Content::Nothing => (None, Body::empty()),
            Content::Length(length) => (Some(length), Body::empty()),
            Content::Text(text) => {
                note.sent = text.len() as u64;
                note.expected = note.sent;
                (Some(note.sent), Body::from(text))
            }
            Content::Part(file, facts, from, to) => {
                note.expected = to - from;
                (Some(to - from), body(Sending { file, facts, at: from, to, note }))
            }
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        if let Some(length) = length {
            response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        }
        response
    }
}

/// A body under way. Its note is written when it is dropped: sent, or cut off.
struct Sending {
    file: Arc<File>,
    facts: Facts,
    at: u64,
    to: u64,
    note: Note,
}

fn body(sending: Sending) -> Body {
    Body::from_stream(stream::try_unfold(sending, async |mut sending| {
        if sending.at == sending.to {
            return Ok(None);
        }
        let (file, facts, at, to) =
            (Arc::clone(&sending.file), sending.facts, sending.at, sending.to);
        let chunk = tokio::task::spawn_blocking(move || read(&file, facts, at, to))
            .await
            .map_err(io::Error::other)??;
        sending.at += chunk.len() as u64;
        sending.note.sent += chunk.len() as u64;
        Ok::<_, io::Error>(Some((chunk, sending)))
    }))
}

/// The next bytes. The last ones are only given when the file is still as it was when its tag was made: else the
/// connection breaks, and the client knows that it does not have the bundle.
fn read(file: &File, facts: Facts, at: u64, to: u64) -> io::Result<Bytes> {
    let length = usize::try_from(to - at).unwrap_or(CHUNK).min(CHUNK);
    let mut chunk = vec![0; length];
    file.read_exact_at(&mut chunk, at)?;
    if at + length as u64 == to && Facts::of(file)? != facts {
        return Err(io::Error::other("the file changed while it was sent"));
    }
    Ok(chunk.into())
}

/// What becomes of a request; written when it is dropped.
struct Note {
    downloads: Downloads,
    at: SystemTime,
    from: Instant,
    peer: SocketAddr,
    method: String,
    path: String,
    status: StatusCode,
    sent: u64,
    expected: u64,
}

impl Drop for Note {
    fn drop(&mut self) {
        self.downloads.add(Download {
            number: 0,
            at: self.at,
            peer: self.peer,
            method: std::mem::take(&mut self.method),
            path: std::mem::take(&mut self.path),
            status: self.status.as_u16(),
            bytes: self.sent,
            complete: self.sent == self.expected,
            took: self.from.elapsed(),
        });
    }
}
