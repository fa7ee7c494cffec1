//! Fetching a bundle as a Gateway does.

use std::time::Duration;

use reqwest::{Client, tls};

use super::{Answer, CallError, cause};

/// A Gateway gives one attempt five seconds in all.
const ATTEMPT: Duration = Duration::from_secs(5);

/// One attempt: 5 s in all, TLS 1.2 at most, redirects followed; `insecure` trusts any certificate. A name and password
/// in the URL go as Basic authentication.
pub async fn fetch(url: &str, insecure: bool) -> Result<Answer, CallError> {
    let client = Client::builder()
        .no_proxy()
        .timeout(ATTEMPT)
        .tls_version_max(tls::Version::TLS_1_2)
        .tls_danger_accept_invalid_certs(insecure)
        .build()
        .map_err(|error| CallError::Broken(cause(&error)))?;
    let answer = client.get(url).send().await;
    Answer::read(answer.map_err(|error| CallError::of(&error, Some(ATTEMPT)))?, Some(ATTEMPT)).await
}
