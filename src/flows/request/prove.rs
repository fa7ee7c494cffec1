//! The header that proves who a request is from.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use jsonwebtoken::{EncodingKey, Header};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value, json};

use crate::config::SecretSource;
use crate::domain::request::{
    Algorithm as _, Auth, JwtAlgorithm, KeySource, Origin, SentHeader, credentials, signature,
    signed_text,
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

fn is_pem(text: &str) -> bool {
    text.starts_with("-----BEGIN ")
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
    use JwtAlgorithm::{ES256, ES384, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512};
    let secret = secret(source)?;
    let key = secret.expose_secret();
    let place = match source {
        KeySource::Env(name) => format!("${name}"),
        KeySource::File(path) => path.display().to_string(),
    };
    let failed = |error: &jsonwebtoken::errors::Error| {
        let what = format!("no key that {} signs with: {error}", algorithm.word());
        Problem::failed(what).at(&place).help(help(algorithm, key))
    };
    let bytes = key.as_bytes();
    let encoding = match algorithm {
        HS256 | HS384 | HS512 if is_pem(key) => {
            // A server that verifies with a public key must never be given a token that was signed with a key's text.
            return Err(Problem::usage(format!(
                "{} signs with a secret, not with a PEM key",
                algorithm.word()
            ))
            .at(place)
            .help("choose --algorithm RS256, PS256, ES256 or EdDSA"));
        }
        HS256 | HS384 | HS512 => Ok(EncodingKey::from_secret(bytes)),
        ES256 | ES384 => EncodingKey::from_ec_pem(bytes),
        EdDSA => EncodingKey::from_ed_pem(bytes),
        _ => EncodingKey::from_rsa_pem(bytes),
    };
    let encoding = encoding.map_err(|error| failed(&error))?;
    let algorithm = match algorithm {
        HS256 => jsonwebtoken::Algorithm::HS256,
        HS384 => jsonwebtoken::Algorithm::HS384,
        HS512 => jsonwebtoken::Algorithm::HS512,
        JwtAlgorithm::RS256 => jsonwebtoken::Algorithm::RS256,
        JwtAlgorithm::RS384 => jsonwebtoken::Algorithm::RS384,
        JwtAlgorithm::RS512 => jsonwebtoken::Algorithm::RS512,
        PS256 => jsonwebtoken::Algorithm::PS256,
        PS384 => jsonwebtoken::Algorithm::PS384,
        PS512 => jsonwebtoken::Algorithm::PS512,
        ES256 => jsonwebtoken::Algorithm::ES256,
        ES384 => jsonwebtoken::Algorithm::ES384,
        EdDSA => jsonwebtoken::Algorithm::EdDSA,
    };
    let header = Header { kid: kid.map(str::to_owned), ..Header::new(algorithm) };
    jsonwebtoken::encode(&header, claims, &encoding).map_err(|error| failed(&error))
}

/// What to do about a key that does not fit.
fn help(algorithm: JwtAlgorithm, key: &str) -> String {
    let first = key.lines().next().unwrap_or_default();
    if key.contains("ENCRYPTED") {
        return "the key is encrypted: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN".to_owned();
    }
    if first.contains("EC PRIVATE KEY") {
        return "write it as PKCS#8: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN".to_owned();
    }
    if first.contains("OPENSSH") {
        return "write it as PKCS#8: ssh-keygen -p -m PKCS8 -N '' -f COPY-OF-KEY".to_owned();
    }
    if first.contains("PUBLIC KEY") || first.contains("CERTIFICATE") {
        return "a private key is needed".to_owned();
    }
    let make = match algorithm {
        JwtAlgorithm::ES256 => "EC -pkeyopt ec_paramgen_curve:P-256",
        JwtAlgorithm::ES384 => "EC -pkeyopt ec_paramgen_curve:P-384",
        JwtAlgorithm::EdDSA => "ed25519",
        _ => "RSA -pkeyopt rsa_keygen_bits:2048",
    };
    format!("a private key in PEM: openssl genpkey -algorithm {make} -out KEY")
}
