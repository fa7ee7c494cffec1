//! Objects sent and fetched. What is sent has a checksum that S3 compares; what is larger than one part goes in parts.

use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use md5::{Digest as _, Md5};
use reqwest::{Method, StatusCode};
use rusty_s3::S3Action as _;
use tokio_util::sync::CancellationToken;

use super::store::{ATTEMPTS, Sending, VALID, pause};
use super::{S3Error, Store, Why};
use crate::domain::task::{Progress, size};
use crate::net::http::{CallError, Message, Reply, Told};

/// The size of a part, and the largest object that is sent in one.
pub(super) const PART: u64 = 8 << 20;

/// More is not downloaded: a server that never ends must not fill the disk.
const LARGEST: u64 = 5 << 30;

impl Store {
    /// Sends a file; the object is there as a whole, or not at all. Where it is cancelled or fails, the parts that were sent
    /// are deleted.
    pub async fn send(
        &self,
        key: &str,
        file: &Path,
        told: &Told,
        cancel: &CancellationToken,
    ) -> Result<(), S3Error> {
        self.plain_key(key)?;
        let unread = |error: io::Error| {
            self.failed(key, Why::File(format!("{}: cannot read it: {error}", file.display())))
        };
        let mut pieces = Pieces::open(file).map_err(unread)?;
        if pieces.total > PART {
            return self.send_parts(key, pieces, told, cancel).await;
        }
        let body = pieces.next(PART).map_err(unread)?;
        let sent = self.send_one(key, body, told);
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(self.failed(key, Why::Cancelled)),
            sent = sent => sent,
        }
    }

    async fn send_one(&self, key: &str, body: Bytes, told: &Told) -> Result<(), S3Error> {
        let digest = md5(&body);
        let message = |credentials: &rusty_s3::Credentials| {
            let mut put = self.bucket.put_object(Some(credentials), key);
            put.headers_mut().insert("content-md5", digest.as_str());
            put.headers_mut().insert("content-type", "application/zip");
            Message::new(Method::PUT, put.sign(VALID))
                .header("content-md5", &digest)
                .header("content-type", "application/zip")
                .body(body.clone())
        };
        self.repeated(key, Sending::Told(told), &message).await.map(|_| ())
    }

    /// Writes an object as it comes; `to` is begun anew where the connection broke, or the store was busy. Returns its size.
    pub async fn fetch(
        &self,
        key: &str,
        to: &mut (impl Write + io::Seek + Send),
        told: &Told,
    ) -> Result<u64, S3Error> {
        let plain = self.plain_key(key)?;
        let mut number = 0;
        loop {
            let error = match self.fetch_once(plain, to, told).await {
                Ok(bytes) => return Ok(bytes),
                Err(error) => error,
            };
            number += 1;
            if number == ATTEMPTS || error.why.hangs() || !error.why.may_pass() {
                return Err(error);
            }
            tracing::info!("downloading from S3 again: {error}");
            tokio::time::sleep(pause(number)).await;
            to.seek(SeekFrom::Start(0)).map_err(|error| self.unwritten(key, &error))?;
        }
    }

    async fn fetch_once(
        &self,
        key: &str,
        to: &mut (impl Write + Send),
        told: &Told,
    ) -> Result<u64, S3Error> {
        let failed = |error: CallError| self.failed(key, error.into());
        let credentials = self.credentials().await?;
        let url = self.bucket.get_object(Some(&credentials.for_signing()), key).sign(VALID);
        let coming = self.agent.download(Message::new(Method::GET, url)).await;
        let mut coming = coming.map_err(failed)?;
        if coming.status() != StatusCode::OK {
            let reply: Reply = coming.reply().await.map_err(failed)?;
            return Err(self.failed(key, self.refusal(&reply, &credentials)));
        }
        let (mut done, total) = (0, coming.total());
        while let Some(piece) = coming.piece().await.map_err(failed)? {
            done += piece.len() as u64;
            if done > LARGEST {
                let why = Why::File(format!("it is larger than {}", size(LARGEST)));
                return Err(self.failed(key, why));
            }
            to.write_all(&piece).map_err(|error| self.unwritten(key, &error))?;
            told(Progress { done, total });
        }
        Ok(done)
    }

    fn unwritten(&self, key: &str, error: &io::Error) -> S3Error {
        self.failed(key, Why::File(format!("what is downloaded cannot be written: {error}")))
    }
}

/// A file in parts; one is in memory at a time.
pub(super) struct Pieces {
    file: std::fs::File,
    pub(super) total: u64,
    pub(super) done: u64,
}

impl Pieces {
    fn open(path: &Path) -> io::Result<Self> {
        let mut file = std::fs::File::open(path)?;
        let total = file.seek(SeekFrom::End(0))?;
        file.rewind()?;
        Ok(Self { file, total, done: 0 })
    }

    /// The next `most` bytes; none behind the last.
    pub(super) fn next(&mut self, most: u64) -> io::Result<Bytes> {
        let mut piece = Vec::new();
        let left = most.min(self.total - self.done);
        (&mut self.file).take(left).read_to_end(&mut piece)?;
        if piece.len() as u64 != left {
            return Err(io::Error::other("it became shorter meanwhile"));
        }
        self.done += left;
        Ok(piece.into())
    }
}

/// Tells of a part as of a piece of the whole.
pub(super) fn within(told: &Told, before: u64, total: u64) -> Told {
    let told = Arc::clone(told);
    Arc::new(move |part: Progress| told(Progress { done: before + part.done, total: Some(total) }))
}

/// As the header `Content-MD5` has it: S3 refuses a body that it does not fit.
pub(super) fn md5(body: &[u8]) -> String {
    STANDARD.encode(Md5::digest(body))
}
