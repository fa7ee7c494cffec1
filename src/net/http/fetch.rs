//! Fetching a bundle as a Gateway does.

use std::io::Write;
use std::time::Duration;

use reqwest::{Client, Url, tls};

use super::{Answer, CallError, cause};

/// A Gateway gives one attempt five seconds in all.
const ATTEMPT: Duration = Duration::from_secs(5);

/// One attempt: 5 s in all, TLS 1.2 at most, redirects followed; `insecure` trusts any certificate. A name and password
/// in the URL go as Basic authentication.
pub async fn fetch(url: &str, insecure: bool) -> Result<Answer, CallError> {
    let answer = client(insecure)?.get(url).send().await;
    Answer::read(answer.map_err(|error| CallError::of(&error, Some(ATTEMPT)))?, Some(ATTEMPT)).await
}

/// What came of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The status of the last answer.
    pub status: u16,
    /// Where redirects led to; none where there was none.
    pub redirected: Option<String>,
    /// How many bytes the body had.
    pub bytes: u64,
}

/// The same as [`fetch`], however large the answer is: its body is written `to` a file where the status is 200.
pub async fn visit(url: &str, insecure: bool, to: &mut impl Write) -> Result<Visit, CallError> {
    let failed = |error: reqwest::Error| CallError::of(&error, Some(ATTEMPT));
    let mut answer = client(insecure)?.get(url).send().await.map_err(failed)?;
    let status = answer.status().as_u16();
    let redirected = Url::parse(url).is_ok_and(|url| url != *answer.url());
    let redirected = redirected.then(|| answer.url().to_string());
    let mut bytes = 0;
    while status == 200
        && let Some(piece) = answer.chunk().await.map_err(failed)?
    {
        bytes += piece.len() as u64;
        to.write_all(&piece).map_err(|error| CallError::Broken(error.to_string()))?;
    }
    Ok(Visit { status, redirected, bytes })
}

fn client(insecure: bool) -> Result<Client, CallError> {
    Client::builder()
        .no_proxy()
        .timeout(ATTEMPT)
        .tls_version_max(tls::Version::TLS_1_2)
        .tls_danger_accept_invalid_certs(insecure)
        .build()
        .map_err(|error| CallError::Broken(cause(&error)))
}
