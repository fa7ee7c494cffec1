//! Files sent and fetched in pieces: none is held in memory, and each piece is told.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{Body, Response};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::io::ReaderStream;

use super::answer::refuse_redirect;
use super::{Answer, Ask, CallError, Caller};
use crate::domain::task::Progress;

/// How long a transfer may stand still, and how long the answer to an upload may take.
pub(super) const STILL: Duration = Duration::from_mins(1);

/// Is told of each piece.
pub type Told = Arc<dyn Fn(Progress) + Send + Sync>;

/// A file to send as the one part of a form.
pub struct Upload {
    file: File,
    bytes: u64,
    boundary: String,
    head: String,
    tail: String,
}

impl Upload {
    /// The whole file as the form's `field`, under the file name `name`.
    pub async fn new(file: File, field: &str, name: &str) -> io::Result<Self> {
        let bytes = file.metadata().await?.len();
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let boundary = format!("tyk-tui-{:032x}", u128::from_be_bytes(random));
        // What browsers do with the three characters that would end the name or its line.
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/zip\r\n\r\n"
        );
        let tail = format!("\r\n--{boundary}--\r\n");
        Ok(Self { file, bytes, boundary, head, tail })
    }

    /// The form in pieces; `sent` holds how much of the file went out, and is closed behind the last piece.
    fn pieces(self, sent: watch::Sender<u64>) -> impl Stream<Item = io::Result<Bytes>> {
        let piece = |text: String| futures_util::stream::iter([Ok(Bytes::from(text))]);
        // A file that grew meanwhile is cut, so that the length that was announced holds.
        let file = ReaderStream::with_capacity(self.file.take(self.bytes), 64 << 10);
        let file = file.inspect(move |piece| {
            if let Ok(piece) = piece {
                sent.send_modify(|sent| *sent += piece.len() as u64);
            }
        });
        piece(self.head).chain(file).chain(piece(self.tail))
    }
}

impl Caller {
    /// Sends a file, and reads the answer, whatever its status is. Drop the future to cancel: the connection is closed.
    pub async fn upload(
        &self,
        ask: Ask<'_>,
        upload: Upload,
        told: &Told,
    ) -> Result<Answer, CallError> {
        let total = upload.bytes;
        let length = total + (upload.head.len() + upload.tail.len()) as u64;
        let kind = format!("multipart/form-data; boundary={}", upload.boundary);
        let (sender, sent) = watch::channel(0);
        let last = sent.clone();
        let request = self
            .request(ask.within(None))
            .header(CONTENT_TYPE, kind)
            .header(CONTENT_LENGTH, length)
            .body(Body::wrap_stream(upload.pieces(sender)));
        let answered = async {
            let answer = request.send().await.map_err(|error| CallError::of(&error, None))?;
            Answer::read(answer, None).await
        };
        tokio::select! {
            answer = answered => {
                // An answer can be there before the last piece was told.
                told(Progress { done: *last.borrow(), total: Some(total) });
                answer
            }
            () = stands_still(sent, total, told) => Err(CallError::TimedOut(STILL)),
        }
    }

    /// Asks for a file; its pieces are read from what this returns.
    pub async fn download(&self, ask: Ask<'_>) -> Result<Download, CallError> {
        let request = self.request(ask.within(None)).send();
        let answer = timeout(STILL, request).await.map_err(|_| CallError::TimedOut(STILL))?;
        let answer = answer.map_err(|error| CallError::of(&error, None))?;
        refuse_redirect(&answer)?;
        Ok(Download { answer })
    }
}

/// Tells of what is sent; returns once nothing has been sent for too long, or no answer came for as long.
pub(super) async fn stands_still(mut sent: watch::Receiver<u64>, total: u64, told: &Told) {
    while let Ok(Ok(())) = timeout(STILL, sent.changed()).await {
        told(Progress { done: *sent.borrow_and_update(), total: Some(total) });
    }
    if sent.has_changed().is_err() {
        tokio::time::sleep(STILL).await;
    }
}

/// An answer whose body is still to come.
pub struct Download {
    answer: Response,
}

impl Download {
    /// Whether it is the file.
    pub fn is_ok(&self) -> bool {
        self.answer.status() == reqwest::StatusCode::OK
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
    pub async fn answer(self) -> Result<Answer, CallError> {
        Answer::read(self.answer, Some(STILL)).await
    }
}

/// The next piece of an answer; `None` behind the last.
pub(super) async fn piece(answer: &mut Response) -> Result<Option<Bytes>, CallError> {
    let piece = timeout(STILL, answer.chunk()).await;
    let piece = piece.map_err(|_| CallError::TimedOut(STILL))?;
    piece.map_err(|error| CallError::of(&error, None))
}
