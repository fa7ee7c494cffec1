//! Signing JSON Web Tokens.

use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Map, Value};

use super::auth::{Algorithm as _, JwtAlgorithm};

/// A key that signs tokens, with its algorithm. It has no `Debug` of the key.
#[derive(Clone)]
pub struct JwtSigner {
    algorithm: JwtAlgorithm,
    key: EncodingKey,
}

/// Why a key does not sign, or a token could not be signed. Never holds any of the key.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SignError {
    /// HS… with a PEM key: a server that verifies with a public key must never be given a token that was signed with a key's
    /// text.
    #[error("{} signs with a secret, not with a PEM key", .0.word())]
    Pem(JwtAlgorithm),
    /// The key is of another kind, or none.
    #[error("no key that {} signs with: {why}", .algorithm.word())]
    Key {
        /// With which it was to sign.
        algorithm: JwtAlgorithm,
        /// What is wrong with it.
        why: String,
        /// What to do about it.
        help: String,
    },
}

impl SignError {
    /// What to do about it.
    pub fn help(&self) -> &str {
        match self {
            Self::Pem(_) => "choose RS256, PS256, ES256 or EdDSA",
            Self::Key { help, .. } => help,
        }
    }
}

impl JwtSigner {
    /// A secret for HS…, else a private key in PEM: PKCS#8, and PKCS#1 for RSA.
    pub fn new(algorithm: JwtAlgorithm, key: &str) -> Result<Self, SignError> {
        use JwtAlgorithm::{ES256, ES384, EdDSA, HS256, HS384, HS512};
        let bytes = key.as_bytes();
        let read = match algorithm {
            HS256 | HS384 | HS512 if is_pem(key) => return Err(SignError::Pem(algorithm)),
            HS256 | HS384 | HS512 => Ok(EncodingKey::from_secret(bytes)),
            ES256 | ES384 => EncodingKey::from_ec_pem(bytes),
            EdDSA => EncodingKey::from_ed_pem(bytes),
            _ => EncodingKey::from_rsa_pem(bytes),
        };
        let failed = |error: jsonwebtoken::errors::Error| SignError::Key {
            algorithm,
            why: words(&error),
            help: help(algorithm, key),
        };
        let signer = Self { algorithm, key: read.map_err(failed)? };
        // A key of another curve or of too few bits is read, and fails when it signs.
        signer.sign(None, &Map::new()).map_err(failed)?;
        Ok(signer)
    }

    /// A token of these claims.
    pub fn sign(
        &self,
        kid: Option<&str>,
        claims: &Map<String, Value>,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let kid = kid.map(str::to_owned);
        let header = Header { kid, ..Header::new(self.algorithm.into()) };
        jsonwebtoken::encode(&header, claims, &self.key)
    }
}

impl std::fmt::Debug for JwtSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JwtSigner({})", self.algorithm.word())
    }
}

/// What is wrong with a key that is read or signs not, without words of the crate's.
fn words(error: &jsonwebtoken::errors::Error) -> String {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidKeyFormat => "it is of another kind, or none in PEM".to_owned(),
        ErrorKind::InvalidEcdsaKey | ErrorKind::InvalidEddsaKey => {
            "its curve is another".to_owned()
        }
        ErrorKind::InvalidRsaKey(_) | ErrorKind::Signing(_) => {
            "its size or its curve is another: RSA has 2048 to 8192 bits".to_owned()
        }
        _ => error.to_string(),
    }
}

/// Whether a text is PEM.
pub fn is_pem(text: &str) -> bool {
    text.starts_with("-----BEGIN ")
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
