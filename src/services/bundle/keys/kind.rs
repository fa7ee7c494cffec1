//! What kind of key stands in a file, whichever it is: rules take more kinds than bundles are signed with.

use std::fmt;
use std::path::Path;

use rsa::BigUint;
use rsa::pkcs1;
use rsa::pkcs8::der::Decode as _;
use rsa::pkcs8::der::asn1::ObjectIdentifier;
use rsa::pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use rsa::pkcs8::{LineEnding, PrivateKeyInfo, SecretDocument};
use secrecy::zeroize::Zeroizing;
use ssh_key::Algorithm;
use ssh_key::private::{EcdsaKeypair, KeypairData};

use super::{KeyError, SigningKey, der, found, pem};

const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// The kind of a key, as far as tokens are signed with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA, with the bits of its modulus.
    Rsa(usize),
    /// EC on the curve of ES256.
    P256,
    /// EC on the curve of ES384.
    P384,
    /// The key of `EdDSA`.
    Ed25519,
    /// Any other, by its everyday name.
    Other(String),
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA of {bits} bits"),
            Self::P256 => f.write_str("EC on P-256"),
            Self::P384 => f.write_str("EC on P-384"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Other(name) => f.write_str(name),
        }
    }
}

/// What a file of a key holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFile {
    /// A public key in PEM.
    Public(KeyKind),
    /// A private key in PEM: PKCS#8, and PKCS#1 for RSA.
    Private(KeyKind),
    /// A private EC key in PEM, in the form of `openssl ecparam -genkey`.
    Sec1(KeyKind),
    /// A private key in OpenSSH's format.
    OpenSsh(KeyKind),
    /// A private key under a passphrase.
    Encrypted,
    /// A certificate.
    Certificate,
    /// A public key in a line of OpenSSH's, with its type.
    SshLine(String),
    /// A public key of SSH.com's format (RFC 4716).
    Rfc4716,
    /// JSON, which may be a JWKS.
    Json,
    /// Nothing of these.
    Unknown,
}

impl KeyFile {
    /// What this text is.
    pub fn of(text: &[u8]) -> Self {
        let blocks = pem::all(text).into_iter();
        match blocks.into_iter().find(|block| block.label != "EC PARAMETERS") {
            Some(block) => Self::of_block(&block).unwrap_or(Self::Unknown),
            None => Self::without_pem(text.trim_ascii()),
        }
    }

    fn of_block(block: &pem::Block) -> Option<Self> {
        let bytes = &*block.contents;
        if block.proc_type_encrypted {
            return Some(Self::Encrypted);
        }
        Some(match block.label.as_str() {
            "PUBLIC KEY" => {
                let key = SubjectPublicKeyInfoRef::from_der(bytes).ok()?;
                let bits = || modulus(key.subject_public_key.as_bytes()?);
                Self::Public(of_algorithm(&key.algorithm, bits)?)
            }
            "RSA PUBLIC KEY" => Self::Public(KeyKind::Rsa(modulus(bytes)?)),
            "PRIVATE KEY" => {
                let key = PrivateKeyInfo::from_der(bytes).ok()?;
                Self::Private(of_algorithm(&key.algorithm, || private_modulus(key.private_key))?)
            }
            "RSA PRIVATE KEY" => Self::Private(KeyKind::Rsa(private_modulus(bytes)?)),
            "EC PRIVATE KEY" => Self::Sec1(sec1(bytes)),
            "OPENSSH PRIVATE KEY" => {
                Self::OpenSsh(openssh(&ssh_key::PrivateKey::from_bytes(bytes).ok()?))
            }
            "ENCRYPTED PRIVATE KEY" => Self::Encrypted,
            "CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => Self::Certificate,
            _ => return None,
        })
    }

    fn without_pem(text: &[u8]) -> Self {
        if let Some(kind) = found::ssh_public_line(text) {
            return Self::SshLine(kind.to_owned());
        }
        if text.starts_with(b"---- BEGIN SSH2 PUBLIC KEY") {
            return Self::Rfc4716;
        }
        if text.starts_with(b"{") { Self::Json } else { Self::Unknown }
    }
}

/// An OpenSSH key as PKCS#8 in PEM: RSA, P-256, P-384 or Ed25519, without a passphrase.
pub fn openssh_as_pkcs8(text: &[u8], path: &Path) -> Result<Zeroizing<String>, KeyError> {
    let damaged = || {
        let (found, help) = found::damaged("OpenSSH");
        KeyError::Unusable { found, help }
    };
    let block = pem::first(text).ok_or_else(damaged)?;
    let key = ssh_key::PrivateKey::from_bytes(&block.contents).map_err(|_| damaged())?;
    if key.is_encrypted() {
        return Err(KeyError::PassphraseNeeded);
    }
    let (algorithm, private) = match key.key_data() {
        KeypairData::Ed25519(pair) => {
            let seed = Zeroizing::new(pair.private.to_bytes());
            (AlgorithmIdentifierRef { oid: ED25519, parameters: None }, tlv(0x04, &[&*seed]))
        }
        KeypairData::Ecdsa(pair) => {
            let curve = match pair {
                EcdsaKeypair::NistP256 { .. } => &P256,
                EcdsaKeypair::NistP384 { .. } => &P384,
                EcdsaKeypair::NistP521 { .. } => {
                    return Err(KeyError::Unusable {
                        found: "the curve of this key, P-521, is not supported".into(),
                        help: "make one on P-256: ssh-keygen -t ecdsa -b 256 -f KEY".into(),
                    });
                }
            };
            // ECPrivateKey ::= SEQUENCE { version 1, privateKey OCTET STRING, publicKey [1] BIT STRING }
            let public = tlv(0x03, &[&[0], pair.public_key_bytes()]);
            let parts: [&[u8]; 3] =
                [&[0x02, 1, 1], &tlv(0x04, &[pair.private_key_bytes()]), &tlv(0xa1, &[&public])];
            (AlgorithmIdentifierRef { oid: EC, parameters: Some(curve.into()) }, tlv(0x30, &parts))
        }
        _ => return SigningKey::parse(text, path, None)?.to_pem(),
    };
    let document = SecretDocument::try_from(PrivateKeyInfo::new(algorithm, &private));
    let pem = document.map_err(|_| damaged())?.to_pem("PRIVATE KEY", LineEnding::LF);
    pem.map_err(|_| damaged())
}

/// A value of DER that is shorter than 64 KiB.
fn tlv(tag: u8, parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let content = Zeroizing::new(parts.concat());
    let mut value = Zeroizing::new(vec![tag]);
    match u8::try_from(content.len()) {
        Ok(length) if length < 0x80 => value.push(length),
        Ok(length) => value.extend([0x81, length]),
        Err(_) => {
            value.push(0x82);
            value.extend(u16::try_from(content.len()).unwrap_or(u16::MAX).to_be_bytes());
        }
    }
    value.extend_from_slice(&content);
    value
}

fn of_algorithm(
    algorithm: &AlgorithmIdentifierRef<'_>,
    bits: impl FnOnce() -> Option<usize>,
) -> Option<KeyKind> {
    Some(match algorithm.oid {
        der::RSA => KeyKind::Rsa(bits()?),
        ED25519 => KeyKind::Ed25519,
        EC => match algorithm.parameters.and_then(|curve| curve.decode_as().ok()) {
            Some(curve) => of_curve(curve),
            None => KeyKind::Other("EC on a curve without a name".to_owned()),
        },
        other => KeyKind::Other(der::algorithm(other)),
    })
}

fn of_curve(curve: ObjectIdentifier) -> KeyKind {
    let number = curve.to_string();
    KeyKind::Other(match number.as_str() {
        _ if curve == P256 => return KeyKind::P256,
        _ if curve == P384 => return KeyKind::P384,
        "1.3.132.0.35" => "EC on P-521".to_owned(),
        "1.3.132.0.10" => "EC on secp256k1".to_owned(),
        "1.3.132.0.33" => "EC on P-224".to_owned(),
        _ => format!("EC on the curve {number}"),
    })
}

/// The curve of a SEC1 key, which names it in its parameters.
fn sec1(bytes: &[u8]) -> KeyKind {
    let known = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35", "1.3.132.0.10"];
    let mut curves = known.into_iter().map(ObjectIdentifier::new_unwrap);
    let named = |curve: &ObjectIdentifier| {
        let name = tlv(0x06, &[curve.as_bytes()]);
        bytes.windows(name.len()).any(|part| part == &name[..])
    };
    curves.find(named).map_or(KeyKind::Other("EC".to_owned()), of_curve)
}

fn openssh(key: &ssh_key::PrivateKey) -> KeyKind {
    let public = key.public_key().key_data();
    if let Some(rsa) = public.rsa() {
        let bits = rsa.n.as_positive_bytes().map(|n| BigUint::from_bytes_be(n).bits());
        return KeyKind::Rsa(bits.unwrap_or(0));
    }
    match key.algorithm() {
        Algorithm::Ed25519 => KeyKind::Ed25519,
        Algorithm::Ecdsa { curve } => match curve.as_str() {
            "nistp256" => KeyKind::P256,
            "nistp384" => KeyKind::P384,
            _ => KeyKind::Other("EC on P-521".to_owned()),
        },
        other => KeyKind::Other(other.as_str().to_owned()),
    }
}

fn modulus(public: &[u8]) -> Option<usize> {
    let key = pkcs1::RsaPublicKey::from_der(public).ok()?;
    Some(BigUint::from_bytes_be(key.modulus.as_bytes()).bits())
}

fn private_modulus(private: &[u8]) -> Option<usize> {
    let key = pkcs1::RsaPrivateKey::from_der(private).ok()?;
    Some(BigUint::from_bytes_be(key.modulus.as_bytes()).bits())
}
