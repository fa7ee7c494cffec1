//! What is larger than one part. S3 keeps the parts of an upload that nobody ends, and bills them: whatever happens, it is
//! ended, or aborted.

use std::time::Duration;

use reqwest::Method;
use rusty_s3::S3Action as _;
use rusty_s3::actions::{CompleteMultipartUploadResponse, CreateMultipartUpload};
use tokio_util::sync::CancellationToken;

use super::store::{LIMIT, Sending, Sign, VALID};
use super::transfer::{PART, Pieces, md5, within};
use super::{S3Error, Store, Why};
use crate::net::http::{Message, Told};

/// Putting the parts of a large object together takes S3 minutes at times.
const ASSEMBLY: Duration = Duration::from_mins(5);

/// An upload has so many parts at most (Amazon S3 User Guide, "Amazon S3 multipart upload limits").
const PARTS: u64 = 10_000;

impl Store {
    pub(super) async fn send_parts(
        &self,
        key: &str,
        pieces: Pieces,
        told: &Told,
        cancel: &CancellationToken,
    ) -> Result<(), S3Error> {
        let create = |credentials: &rusty_s3::Credentials| {
            let mut create = self.bucket.create_multipart_upload(Some(credentials), key);
            create.headers_mut().insert("content-type", "application/zip");
            let message = Message::new(Method::POST, create.sign(VALID));
            message.header("content-type", "application/zip")
        };
        let begun = self.repeated(key, Sending::Within(LIMIT), &create).await?;
        let upload = CreateMultipartUpload::parse_response(&begun.text())
            .map_err(|error| self.failed(key, Why::NotS3(error.to_string())))?;
        let upload = upload.upload_id();
        let bytes = pieces.total;
        let sent = async {
            let etags = self.parts(key, upload, pieces, told).await?;
            self.assemble(key, upload, &etags, bytes).await
        };
        let sent = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(self.failed(key, Why::Cancelled)),
            sent = sent => sent,
        };
        if let Err(error) = sent {
            return Err(self.aborted(key, upload, error).await);
        }
        Ok(())
    }

    /// Sends the parts; returns what S3 calls each.
    async fn parts(
        &self,
        key: &str,
        upload: &str,
        mut pieces: Pieces,
        told: &Told,
    ) -> Result<Vec<String>, S3Error> {
        let total = pieces.total;
        let part = PART.max(total.div_ceil(PARTS));
        let mut etags = Vec::new();
        while pieces.done < total {
            let before = pieces.done;
            let body = pieces.next(part).map_err(|error| {
                self.failed(key, Why::File(format!("cannot read the bundle: {error}")))
            })?;
            let number = u16::try_from(etags.len() + 1).unwrap_or(u16::MAX);
            let digest = md5(&body);
            let told = within(told, before, total);
            let message = |credentials: &rusty_s3::Credentials| {
                let mut put = self.bucket.upload_part(Some(credentials), key, number, upload);
                put.headers_mut().insert("content-md5", digest.as_str());
                let message = Message::new(Method::PUT, put.sign(VALID));
                message.header("content-md5", &digest).body(body.clone())
            };
            let reply = self.repeated(key, Sending::Told(&told), &message).await?;
            let etag = reply.header("etag").ok_or_else(|| {
                self.failed(key, Why::NotS3("a part was taken without an ETag".to_owned()))
            })?;
            etags.push(etag.to_owned());
        }
        Ok(etags)
    }

    async fn assemble(
        &self,
        key: &str,
        upload: &str,
        etags: &[String],
        bytes: u64,
    ) -> Result<(), S3Error> {
        let etags: Vec<&str> = etags.iter().map(String::as_str).collect();
        let message = |credentials: &rusty_s3::Credentials| {
            let complete = self.bucket.complete_multipart_upload(
                Some(credentials),
                key,
                upload,
                etags.iter().copied(),
            );
            Message::new(Method::POST, complete.sign(VALID)).body(complete.body())
        };
        let answer = self.repeated(key, Sending::Within(ASSEMBLY), &message).await;
        let error = match answer {
            // It answers 200 before it knows, and says the rest in the body.
            Ok(reply) if CompleteMultipartUploadResponse::parse(&reply.text()).is_ok() => {
                return Ok(());
            }
            Ok(reply) => {
                let credentials = self.credentials().await?;
                self.failed(key, self.refusal(&reply, &credentials))
            }
            Err(error) => error,
        };
        // An answer may have been lost, and what was asked again is over then.
        match self.find(key).await {
            Ok(Some(object)) if object.bytes == bytes => Ok(()),
            _ => Err(error),
        }
    }

    /// Has S3 delete the parts. Returns the error, with a word where they stay.
    async fn aborted(&self, key: &str, upload: &str, error: S3Error) -> S3Error {
        let sign: &Sign<'_> = &|bucket, credentials| {
            bucket.abort_multipart_upload(Some(credentials), key, upload).sign(VALID)
        };
        match self.ask(key, Method::DELETE, sign).await {
            // It was aborted before, or is over.
            Ok(_) | Err(S3Error { why: Why::NoObject, .. }) => error,
            Err(S3Error { why: Why::Refused { text, .. }, .. })
                if text.contains("NoSuchUpload") =>
            {
                error
            }
            // It was put together before it could be aborted; what is there is the caller's to take away.
            Err(_) if matches!(self.find(key).await, Ok(Some(_))) => error,
            Err(left) => {
                let why = format!(
                    "{}; and the parts that were sent stay there ({}): abort the upload {upload} with \
                     aws s3api abort-multipart-upload",
                    error.why, left.why
                );
                S3Error { why: Why::Unfinished(why), ..error }
            }
        }
    }
}
