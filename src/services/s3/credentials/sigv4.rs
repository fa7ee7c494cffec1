//! AWS's Signature Version 4 in a header, for the token service (`rusty-s3` signs URLs for S3 alone). Source: AWS Identity
//! and Access Management User Guide, "Create a signed AWS API request".

use std::fmt::Write as _;

use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use sha2::{Digest as _, Sha256};

use super::Credentials;
use crate::net::http::Message;

/// The request with its signature; its query must be sorted, and its headers are signed.
pub(super) fn signed(
    message: Message,
    credentials: &Credentials,
    region: &str,
    service: &str,
    at: Timestamp,
) -> Message {
    let time = at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let (day, _) = time.split_at(8);
    let mut message = message.header("x-amz-date", time.as_str());
    if let Some(token) = &credentials.token {
        message = message.header("x-amz-security-token", token.expose_secret());
    }
    let mut headers: Vec<(&str, &str)> =
        message.headers.iter().map(|(name, value)| (*name, value.trim())).collect();
    let host = message.url.authority().to_owned();
    headers.push(("host", &host));
    headers.sort_unstable();
    let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let lines = headers.iter().fold(String::new(), |mut lines, (name, value)| {
        let _ = writeln!(lines, "{name}:{value}");
        lines
    });
    let canonical = format!(
        "{}\n{}\n{}\n{lines}\n{names}\n{}",
        message.method,
        message.url.path(),
        message.url.query().unwrap_or_default(),
        hex(&Sha256::digest(&message.body))
    );
    let scope = format!("{day}/{region}/{service}/aws4_request");
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{time}\n{scope}\n{}",
        hex(&Sha256::digest(canonical.as_bytes()))
    );
    let first = format!("AWS4{}", credentials.secret.expose_secret());
    let parts = [day, region, service, "aws4_request"];
    let key = parts.iter().fold(first.into_bytes(), |key, part| mac(&key, part.as_bytes()));
    let signature = hex(&mac(&key, to_sign.as_bytes()));
    let value = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
        credentials.key
    );
    message.header("authorization", value)
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    // A key of any length is taken, so there is nothing to fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use secrecy::SecretString;

    use super::*;

    /// The example of AWS's documentation.
    #[test]
    fn the_documented_request_has_the_documented_signature() {
        let credentials = Credentials {
            key: "AKIDEXAMPLE".to_owned(),
            secret: SecretString::from("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            token: None,
            expires: None,
            from: String::new(),
        };
        let url = "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08".parse().unwrap();
        let message = Message::new(Method::GET, url)
            .header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        let at = "2015-08-30T12:36:00Z".parse().unwrap();
        let signed = signed(message, &credentials, "us-east-1", "iam", at);
        let (_, value) = signed.headers.iter().find(|(name, _)| *name == "authorization").unwrap();
        assert!(value.contains("SignedHeaders=content-type;host;x-amz-date"), "{value}");
        let expected = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
        assert!(value.ends_with(expected), "{value}");
    }
}
