//! Keys that tokens are verified with.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, Header};
use serde_json::Value;

/// Keys of a set, at most: a token without `kid` is tried with each that fits.
const MOST: usize = 100;

/// One key. It verifies algorithms of one family, whatever a token says.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) verifier: DecodingKey,
    kid: Option<String>,
    /// The one algorithm that it is for, where its JWK says so.
    algorithm: Option<Algorithm>,
}

impl Key {
    pub(super) fn secret(secret: &str) -> Self {
        Self { verifier: DecodingKey::from_secret(secret.as_bytes()), kid: None, algorithm: None }
    }

    /// A public key in PEM. The error says what it is instead, and what to do.
    pub(super) fn pem(text: &str) -> Result<Self, (String, &'static str)> {
        const PUBOUT: &str = "write its public half: openssl pkey -in KEY -pubout -out KEY.pub";
        let bytes = text.as_bytes();
        if text.contains("PRIVATE KEY-----") {
            return Err(("this is a private key".into(), PUBOUT));
        }
        if text.contains("BEGIN CERTIFICATE-----") {
            let help = "take its key out of it: openssl x509 -in CERT -pubkey -noout -out KEY.pub";
            return Err(("this is a certificate".into(), help));
        }
        let key = DecodingKey::from_rsa_pem(bytes)
            .or_else(|_| DecodingKey::from_ec_pem(bytes))
            .or_else(|_| DecodingKey::from_ed_pem(bytes))
            .map_err(|_| ("this is no public key in PEM".to_owned(), PUBOUT))?;
        let algorithm = match key.family() {
            AlgorithmFamily::Ec => Some(of_curve(text).ok_or((
                "its curve is neither P-256 nor P-384".to_owned(),
                "make one: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY",
            ))?),
            _ => None,
        };
        Ok(Self { verifier: key, kid: None, algorithm })
    }

    /// Whether it can have signed by this algorithm.
    pub(super) fn signs(&self, algorithm: Algorithm) -> bool {
        self.algorithm.is_none_or(|own| own == algorithm)
            && self.verifier.family().algorithms().contains(&algorithm)
    }

    /// Whether a token with this header may be signed by it.
    pub(super) fn fits(&self, header: &Header) -> bool {
        let kid = match (&self.kid, &header.kid) {
            (Some(ours), Some(theirs)) => ours == theirs,
            (None, _) | (_, None) => true,
        };
        kid && self.signs(header.alg)
    }
}

/// The one algorithm of an EC key, by the name of its curve (RFC 5480, 2.1.1.1), which its PEM holds as it is.
fn of_curve(pem: &str) -> Option<Algorithm> {
    const P256: &[u8] = &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    const P384: &[u8] = &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22];
    let lines = pem.lines().map(str::trim).skip_while(|line| !line.starts_with("-----BEGIN "));
    let body: String = lines.skip(1).take_while(|line| !line.starts_with("-----END ")).collect();
    let der = STANDARD.decode(body).ok()?;
    let names = |curve: &[u8]| der.windows(curve.len()).any(|part| part == curve);
    match (names(P256), names(P384)) {
        (true, _) => Some(Algorithm::ES256),
        (false, true) => Some(Algorithm::ES384),
        (false, false) => None,
    }
}

/// The keys of a JWKS that sign, or why there are none. Keys of kinds that we do not know are left out, as RFC 7517 asks;
/// secrets count only where `secrets` says so.
pub(super) fn of_set(text: &[u8], secrets: bool) -> Result<Vec<Key>, String> {
    let set: Value = serde_json::from_slice(text).map_err(|error| format!("no JSON: {error}"))?;
    let Some(keys) = set.get("keys").and_then(Value::as_array) else {
        return Err("no JWKS: it has no list `keys`".to_owned());
    };
    if keys.len() > MOST {
        return Err(format!("{} keys, more than {MOST}", keys.len()));
    }
    let keys: Vec<_> = keys.iter().filter_map(of_jwk).collect();
    let keys: Vec<_> = keys
        .into_iter()
        .filter(|key| secrets || key.verifier.family() != AlgorithmFamily::Hmac)
        .collect();
    if keys.is_empty() { Err("no key in it that signs tokens".to_owned()) } else { Ok(keys) }
}

fn of_jwk(jwk: &Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(jwk.clone()).ok()?;
    if matches!(jwk.common.public_key_use, Some(PublicKeyUse::Encryption)) {
        return None;
    }
    if let AlgorithmParameters::OctetKey(key) = &jwk.algorithm
        && key.value.is_empty()
    {
        return None;
    }
    let algorithm = match jwk.common.key_algorithm {
        None => None,
        // Algorithms that sign nothing are of keys that sign nothing.
        Some(named) => Some(signing(named)?),
    };
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    Some(Key { verifier: key, kid: jwk.common.key_id, algorithm })
}

fn signing(algorithm: KeyAlgorithm) -> Option<Algorithm> {
    algorithm.to_string().parse().ok()
}
