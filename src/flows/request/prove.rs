//! The header that proves who a request is from.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value, json};

use crate::config::SecretSource;
use crate::domain::request::{
    Auth, JwtAlgorithm, JwtSigner, KeySource, Origin, SentHeader, SignError, credentials, is_pem,
    signature, signed_text,
};
use crate::domain::task::Problem;

/// The header for this authentication; `date` is the value of the Date header that goes along.
pub(super) fn header(
    auth: &Auth,
    date: &str,
    now: Timestamp,
) -> Result<Option<SentHeader>, Problem> {
    let made = |name: &str, value: String, origin| SentHeader {
        name: name.to_owned(),
        value: SecretString::from(value),
        origin,
    };
    Ok(Some(match auth {
        Auth::None => return Ok(None),
        Auth::Key { header, scheme, key } => {
            let before = before(scheme);
            let value = format!("{before}{}", secret(key)?.expose_secret());
            made(header, value, Origin::Key { before, source: key.clone() })
        }
        Auth::Hmac { key_id, algorithm, secret: source } => {
            let secret = secret(source)?;
            let text = signed_text(date);
            let signature = signature(*algorithm, secret.expose_secret().as_bytes(), &text);
            made("Authorization", credentials(key_id, *algorithm, &signature), Origin::Made)
        }
        Auth::Jwt { algorithm, key, kid, claims, lasts, header, scheme } => {
            let claims = with_times(claims, *lasts, now)?;
            let token = token(*algorithm, key, kid.as_deref(), &claims)?;
            made(header, format!("{}{token}", before(scheme)), Origin::Made)
        }
        Auth::Basic { user, password } => {
            if user.contains(':') {
                return Err(Problem::usage("a user's name holds no colon in Basic authentication"));
            }
            let pair = format!("{user}:{}", secret(password)?.expose_secret());
            let value = format!("Basic {}", BASE64_STANDARD.encode(pair));
            let origin = Origin::Basic { user: user.clone(), source: password.clone() };
            made("Authorization", value, origin)
        }
    }))
}

fn before(scheme: &str) -> String {
    if scheme.is_empty() { String::new() } else { format!("{scheme} ") }
}

/// The secret of a request.
fn secret(source: &KeySource) -> Result<SecretString, Problem> {
    let source = match source.clone() {
        KeySource::Env(name) if name.is_empty() => {
            return Err(Problem::usage("no name of a variable that holds the key"));
        }
        KeySource::Env(name) => SecretSource { env: Some(name), ..SecretSource::default() },
        KeySource::File(path) => SecretSource { file: Some(path), ..SecretSource::default() },
    };
    let secret = source.read("")?.ok_or_else(|| Problem::usage("no key"))?;
    if secret.expose_secret().contains(char::is_control) && !is_pem(secret.expose_secret()) {
        return Err(Problem::failed("the key holds a line break or another control character")
            .help("look at the file or variable that holds it"));
    }
    Ok(secret)
}

/// The claims, with `iat` and `exp` where they are not among them.
fn with_times(text: &str, lasts: u64, now: Timestamp) -> Result<Map<String, Value>, Problem> {
    let help = r#"as {"sub": "user-1", "scope": "read"}"#;
    let mut claims = match serde_json::from_str(if text.trim().is_empty() { "{}" } else { text }) {
        Ok(Value::Object(claims)) => claims,
        Ok(_) => return Err(Problem::usage("the claims are no JSON object").help(help)),
        Err(error) => {
            return Err(Problem::usage(format!("the claims are no JSON: {error}")).help(help));
        }
    };
    let now = now.as_second();
    claims.entry("iat").or_insert(json!(now));
    let end = now.saturating_add(i64::try_from(lasts).unwrap_or(i64::MAX));
    claims.entry("exp").or_insert(json!(end));
    Ok(claims)
}

fn token(
    algorithm: JwtAlgorithm,
    source: &KeySource,
    kid: Option<&str>,
    claims: &Map<String, Value>,
) -> Result<String, Problem> {
    let secret = secret(source)?;
    let place = match source {
        KeySource::Env(name) => format!("${name}"),
        KeySource::File(path) => path.display().to_string(),
    };
    let signer = JwtSigner::new(algorithm, secret.expose_secret()).map_err(|error| {
        let problem = match &error {
            SignError::Pem(_) => Problem::usage(error.to_string()),
            SignError::Key { .. } => Problem::failed(error.to_string()),
        };
        problem.at(&place).help(error.help())
    })?;
    signer
        .sign(kid, claims)
        .map_err(|error| Problem::failed(format!("cannot sign the token: {error}")).at(&place))
}
