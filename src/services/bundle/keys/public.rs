//! The public key that a Gateway has as `public_key_path`.

use std::path::Path;

use rsa::pkcs8::der::{Decode as _, asn1::Null};
use rsa::pkcs8::spki::{EncodePublicKey as _, SubjectPublicKeyInfoRef};
use rsa::traits::PublicKeyParts as _;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest as _, Sha256};

use super::{KeyError, MAX_BITS, MIN_BITS, der, found, pem, read};

/// An RSA public key that a Gateway can verify with.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: RsaPublicKey,
}

impl PublicKey {
    /// Reads a key as a Gateway reads `public_key_path`: the first PEM block, `PUBLIC KEY` (SPKI) or `RSA PUBLIC KEY`.
    ///
    /// Whatever a Gateway would refuse is [`KeyError::Refused`] with its words and the command that converts it.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        Self::parse(&read(path)?, path)
    }

    /// As [`PublicKey::load`]; `path` is for messages.
    pub fn parse(text: &[u8], path: &Path) -> Result<Self, KeyError> {
        let refused = || found::refused_public(text, path);
        let block = pem::first(text).ok_or_else(refused)?;
        let key = match block.label.as_str() {
            "PUBLIC KEY" => {
                let spki =
                    SubjectPublicKeyInfoRef::from_der(&block.contents).map_err(|_| refused())?;
                // Go asks for the NULL that RFC 3279 wants here.
                let null =
                    spki.algorithm.parameters.is_some_and(|any| any.decode_as::<Null>().is_ok());
                if spki.algorithm.oid != der::RSA || !null {
                    return Err(refused());
                }
                spki.subject_public_key.as_bytes().and_then(decode)
            }
            "RSA PUBLIC KEY" => decode(&block.contents),
            _ => return Err(refused()),
        };
        let key = key.ok_or_else(refused)?;
        limits(&key).map_err(|(found, gateway)| KeyError::Refused {
            found,
            gateway,
            help: super::CREATE.into(),
        })?;
        Ok(Self { key })
    }

    pub(super) fn of(key: RsaPublicKey) -> Self {
        Self { key }
    }

    /// Whether the signature is this key's over bytes with this SHA-256 (RSASSA-PKCS1-v1_5).
    pub fn verifies(&self, sha256: [u8; 32], signature: &[u8]) -> bool {
        self.key.verify(Pkcs1v15Sign::new::<Sha256>(), &sha256, signature).is_ok()
    }

    /// The size of the modulus in bits.
    pub fn bits(&self) -> usize {
        self.key.n().bits()
    }

    /// `sha256:` and the hexadecimal SHA-256 of the key in SPKI: what
    /// `openssl pkey -pubin -in KEY -outform DER | sha256sum` prints.
    pub fn fingerprint(&self) -> String {
        let spki =
            self.key.to_public_key_der().map(rsa::pkcs8::Document::into_vec).unwrap_or_default();
        Sha256::digest(spki)
            .iter()
            .fold(String::from("sha256:"), |text, byte| format!("{text}{byte:02x}"))
    }

    /// The key as PEM `PUBLIC KEY`, the form that every Gateway reads.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        self.key
            .to_public_key_pem(rsa::pkcs8::LineEnding::LF)
            .map_err(|error| KeyError::Signing(error.to_string()))
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({} bits, {})", self.bits(), self.fingerprint())
    }
}

/// PKCS#1's `RSAPublicKey`, of any size.
fn decode(der: &[u8]) -> Option<RsaPublicKey> {
    let key = rsa::pkcs1::RsaPublicKey::from_der(der).ok()?;
    let modulus = BigUint::from_bytes_be(key.modulus.as_bytes());
    let exponent = BigUint::from_bytes_be(key.public_exponent.as_bytes());
    Some(RsaPublicKey::new_unchecked(modulus, exponent))
}

/// What Go checks before it verifies (`crypto/rsa`), and a limit of ours on the size.
fn limits(key: &RsaPublicKey) -> Result<(), (String, String)> {
    let bits = key.n().bits();
    let odd = |number: &BigUint| number.to_bytes_le().first().is_some_and(|byte| byte & 1 == 1);
    let refused = |found: String, gateway: &str| Err((found, gateway.to_owned()));
    if bits < MIN_BITS {
        return Err((
            format!("this RSA key has {bits} bits, fewer than {MIN_BITS}"),
            format!(
                "crypto/rsa: {bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)"
            ),
        ));
    }
    if bits > MAX_BITS {
        return refused(
            format!("this RSA key has {bits} bits, more than {MAX_BITS}"),
            "(it takes too long)",
        );
    }
    if !odd(key.n()) {
        return refused(
            "this RSA key has an even modulus".into(),
            "crypto/rsa: public modulus is even",
        );
    }
    if key.e() > &BigUint::from((1_u32 << 31) - 1) {
        return refused(
            "this RSA key's exponent does not fit 31 bits".into(),
            "crypto/rsa: public exponent too large",
        );
    }
    if key.e() < &BigUint::from(2_u8) {
        return refused(
            "this RSA key's exponent is too small".into(),
            "crypto/rsa: public exponent too small or negative",
        );
    }
    if !odd(key.e()) {
        return refused(
            "this RSA key's exponent is even".into(),
            "crypto/rsa: public exponent is even",
        );
    }
    Ok(())
}
