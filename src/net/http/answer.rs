//! What a server answered.

use std::time::Duration;

use futures_util::StreamExt as _;
use reqwest::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use reqwest::{Response, StatusCode};

use super::CallError;

/// An answer, read whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its Content-Type, without parameters; empty where there is none.
    pub kind: String,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The most bytes that are read of one answer: more than thousands of API definitions have.
    pub(super) const LIMIT: usize = 64 << 20;

    /// Reads an answer.
    pub(super) async fn read(answer: Response, limit: Option<Duration>) -> Result<Self, CallError> {
        Self::read_at_most(answer, limit, Self::LIMIT).await
    }

    /// The same of so many bytes at most. Header values may hold any bytes: a Gateway's first answer has some that are no ASCII.
    pub(super) async fn read_at_most(
        answer: Response,
        limit: Option<Duration>,
        most: usize,
    ) -> Result<Self, CallError> {
        let status = answer.status();
        refuse_redirect(&answer)?;
        let kind = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_owned();
        let mut body = Vec::new();
        let mut parts = answer.bytes_stream();
        while let Some(part) = parts.next().await {
            let part = part.map_err(|error| CallError::of(&error, limit))?;
            if body.len() + part.len() > most {
                return Err(CallError::TooLarge(most));
            }
            body.extend_from_slice(&part);
        }
        Ok(Self { status, kind, body })
    }

    /// The beginning of the body in one line, for a message.
    pub fn excerpt(&self) -> String {
        const LONGEST: usize = 200;
        let text = String::from_utf8_lossy(&self.body);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        }
    }
}

/// An answer that sends us elsewhere is none.
pub(super) fn refuse_redirect(answer: &Response) -> Result<(), CallError> {
    if !answer.status().is_redirection() {
        return Ok(());
    }
    let target = answer.headers().get(LOCATION).map(HeaderValue::as_bytes);
    Err(CallError::Redirect(String::from_utf8_lossy(target.unwrap_or_default()).into_owned()))
}
