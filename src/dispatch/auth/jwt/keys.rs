//! Keys that tokens are verified with.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, Header};
use serde_json::Value;

use crate::dispatch::auth::named;
use crate::services::bundle::keys::{KeyFile, KeyKind};

const KINDS: &str =
    "known are RSA (RS…, PS…), EC on P-256 (ES256) and P-384 (ES384), and Ed25519 (EdDSA)";
const MAKE: &str =
    "make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out KEY";
const PRIVATE: &str = "it is a private key";

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
    pub(super) fn pem(text: &str) -> Result<Self, Unfit> {
        const PUBOUT: &str = "write its public half: openssl pkey -in KEY -pubout -out KEY.pub";
        let unfit = |what: &str, help: &str| Err(Unfit::new(what, help));
        let kind = match KeyFile::of(text.as_bytes()) {
            KeyFile::Public(kind) => kind,
            KeyFile::OpenSsh(_) => {
                return unfit(
                    "this is a private key",
                    "write its public half: ssh-keygen -e -m PKCS8 -f KEY > KEY.pub.pem",
                );
            }
            KeyFile::Private(_) | KeyFile::Sec1(_) | KeyFile::Encrypted => {
                return unfit("this is a private key", PUBOUT);
            }
            KeyFile::Certificate => {
                return unfit(
                    "this is a certificate",
                    "take its key out of it: openssl x509 -in CERT -pubkey -noout -out KEY.pub",
                );
            }
            KeyFile::SshLine(kind) => return Err(ssh_line(&kind)),
            KeyFile::Rfc4716 => {
                return unfit(
                    "this is a public key of SSH.com's format (RFC 4716)",
                    "convert it: ssh-keygen -i -f KEY > KEY.line, then ssh-keygen -e -m PKCS8 -f KEY.line > KEY.pub.pem",
                );
            }
            KeyFile::Json => return unfit("this is JSON, no PEM", "name a JWKS as `jwks_file`"),
            KeyFile::Unknown => return unfit("this is no public key in PEM", PUBOUT),
        };
        let bytes = text.as_bytes();
        let (read, algorithm) = match &kind {
            KeyKind::Rsa(bits) => {
                rsa_fits(*bits).map_err(|what| Unfit::new(what, MAKE))?;
                (DecodingKey::from_rsa_pem(bytes), None)
            }
            KeyKind::P256 => (DecodingKey::from_ec_pem(bytes), Some(Algorithm::ES256)),
            KeyKind::P384 => (DecodingKey::from_ec_pem(bytes), Some(Algorithm::ES384)),
            KeyKind::Ed25519 => (DecodingKey::from_ed_pem(bytes), None),
            KeyKind::Other(name) => {
                let what = format!("this is a public key of another kind, {name}");
                return unfit(&what, KINDS);
            }
        };
        let verifier = read.map_err(|_| Unfit::new("this is no public key in PEM", PUBOUT))?;
        Ok(Self { verifier, kid: None, algorithm })
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

/// What is wrong with a key or a set of them, and what to do.
#[derive(Debug)]
pub(super) struct Unfit {
    pub(super) what: String,
    pub(super) help: Option<String>,
}

impl Unfit {
    fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: Some(help.into()) }
    }

    fn only(what: impl Into<String>) -> Self {
        Self { what: what.into(), help: None }
    }
}

/// A line of OpenSSH's. Of Ed25519 `ssh-keygen` writes no PEM.
fn ssh_line(kind: &str) -> Unfit {
    let what = format!("this is an OpenSSH public key (`{kind}`), no PEM");
    match kind {
        "ssh-rsa" | "ecdsa-sha2-nistp256" | "ecdsa-sha2-nistp384" => {
            Unfit::new(what, "convert it: ssh-keygen -e -m PKCS8 -f KEY > KEY.pub.pem")
        }
        "ssh-ed25519" => Unfit::new(
            what,
            "ssh-keygen writes no PEM of it: make a pair with openssl genpkey -algorithm ed25519 -out KEY",
        ),
        _ => Unfit::new(what, KINDS),
    }
}

/// Whether signatures of an RSA key with so many bits are verified, and made, at all.
pub(in crate::dispatch) fn rsa_fits(bits: usize) -> Result<(), String> {
    match bits {
        0..2048 => Err(format!("the RSA key has {bits} bits: at least 2048 are needed")),
        2048..=8192 => Ok(()),
        _ => Err(format!("the RSA key has {bits} bits: at most 8192 are taken")),
    }
}

/// The keys of a set that sign tokens.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) keys: Vec<Key>,
    /// Why others do not count though they are of a kind that is known.
    pub(super) left_out: Vec<String>,
}

/// The keys of a JWKS of ours: each that cannot count is a mistake, but for those of kinds that we do not know, which RFC 7517
/// has left out.
pub(super) fn of_file(text: &str) -> Result<Vec<Key>, Unfit> {
    match KeyFile::of(text.as_bytes()) {
        KeyFile::Json | KeyFile::Unknown => {}
        _ => return Err(Unfit::new("this is a key, no JWKS", "name a key in PEM as `key_file`")),
    }
    let set = of_set(text.as_bytes(), true).map_err(Unfit::only)?;
    match set.left_out.into_iter().next() {
        Some(what) if what.ends_with(PRIVATE) => {
            Err(Unfit::new(what, "leave its private members out: d, p, q, dp, dq, qi"))
        }
        Some(what) => Err(Unfit::new(what, MAKE)),
        None => Ok(set.keys),
    }
}

/// The keys of a JWKS that sign, or why there are none. Keys of kinds that we do not know are left out, as RFC 7517 asks;
/// secrets count only where `secrets` says so.
pub(super) fn of_set(text: &[u8], secrets: bool) -> Result<Set, String> {
    let set: Value = serde_json::from_slice(text).map_err(|error| format!("no JSON: {error}"))?;
    let Some(jwks) = set.get("keys").and_then(Value::as_array) else {
        return Err("no JWKS: it has no list `keys`".to_owned());
    };
    if jwks.len() > MOST {
        return Err(format!("{} keys, more than {MOST}", jwks.len()));
    }
    let (mut keys, mut left_out) = (Vec::new(), Vec::new());
    for (at, jwk) in jwks.iter().enumerate() {
        match of_jwk(jwk) {
            Ok(Some(key)) if secrets || key.verifier.family() != AlgorithmFamily::Hmac => {
                keys.push(key);
            }
            Ok(_) => {}
            Err(why) => {
                let kid = jwk.get("kid").and_then(Value::as_str).map(named);
                let key = kid.unwrap_or_else(|| format!("number {}", at + 1));
                left_out.push(format!("the key {key}: {why}"));
            }
        }
    }
    match (keys.is_empty(), left_out.first()) {
        // Of a file this is told as a mistake of the key.
        (true, Some(_)) if secrets => Ok(Set { keys, left_out }),
        (true, Some(why)) => Err(format!("no key in it that signs tokens; {why}")),
        (true, None) => Err("no key in it that signs tokens".to_owned()),
        (false, _) => Ok(Set { keys, left_out }),
    }
}

/// `None` where it is of a kind that is not known, or signs nothing.
fn of_jwk(value: &Value) -> Result<Option<Key>, String> {
    let Ok(jwk) = serde_json::from_value::<Jwk>(value.clone()) else { return Ok(None) };
    if matches!(jwk.common.public_key_use, Some(PublicKeyUse::Encryption)) {
        return Ok(None);
    }
    let algorithm = match jwk.common.key_algorithm {
        None => None,
        // Algorithms that sign nothing are of keys that sign nothing.
        Some(named) => match signing(named) {
            None => return Ok(None),
            known => known,
        },
    };
    match &jwk.algorithm {
        AlgorithmParameters::OctetKey(key) if key.value.is_empty() => return Ok(None),
        AlgorithmParameters::OctetKey(_) => {}
        // Whoever reads it signs tokens with it.
        _ if value.get("d").is_some() => return Err(PRIVATE.to_owned()),
        AlgorithmParameters::RSA(key) => {
            let modulus = BASE64_URL_SAFE_NO_PAD.decode(&key.n);
            let modulus = modulus.map_err(|_| "its `n` is no base64 of URLs".to_owned())?;
            let mut bytes = modulus.iter().skip_while(|byte| **byte == 0);
            let first = bytes.next().map_or(0, |byte| 8 - byte.leading_zeros() as usize);
            rsa_fits(first + 8 * bytes.count())?;
        }
        _ => {}
    }
    let Ok(verifier) = DecodingKey::from_jwk(&jwk) else { return Ok(None) };
    Ok(Some(Key { verifier, kid: jwk.common.key_id, algorithm }))
}

fn signing(algorithm: KeyAlgorithm) -> Option<Algorithm> {
    algorithm.to_string().parse().ok()
}
