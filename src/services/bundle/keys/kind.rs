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
use ssh_key::private::KeypairData;

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
            "OPENSSH PRIVATE KEY" => Self::OpenSsh(match Ec::of(bytes) {
                Some(key) => key.kind(),
                None => openssh(&ssh_key::PrivateKey::from_bytes(bytes).ok()?),
            }),
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
    if let Some(key) = Ec::of(&block.contents) {
        return key.as_pkcs8()?.ok_or_else(damaged);
    }
    let key = ssh_key::PrivateKey::from_bytes(&block.contents).map_err(|_| damaged())?;
    if key.is_encrypted() {
        return Err(KeyError::PassphraseNeeded);
    }
    let (algorithm, private) = match key.key_data() {
        KeypairData::Ed25519(pair) => {
            let seed = Zeroizing::new(pair.private.to_bytes());
            (AlgorithmIdentifierRef { oid: ED25519, parameters: None }, tlv(0x04, &[&*seed]))
        }
        _ => return SigningKey::parse(text, path, None)?.to_pem(),
    };
    pkcs8(algorithm, &private).ok_or_else(damaged)
}

fn pkcs8(algorithm: AlgorithmIdentifierRef<'_>, private: &[u8]) -> Option<Zeroizing<String>> {
    let document = SecretDocument::try_from(PrivateKeyInfo::new(algorithm, private)).ok()?;
    document.to_pem("PRIVATE KEY", LineEnding::LF).ok()
}

/// An EC key without a passphrase in OpenSSH's format (PROTOCOL.key of OpenSSH). Read here, as the crate `ssh-key` refuses one
/// whose number happens to be shorter than its curve, which is one in four on P-521 and one in 256 on P-256.
struct Ec<'a> {
    /// As OpenSSH calls it.
    curve: &'a [u8],
    point: &'a [u8],
    /// A positive number, without zeros in front but for its sign.
    number: &'a [u8],
}

impl<'a> Ec<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(b"openssh-key-v1\0")?;
        let [cipher, _kdf, _options] = [(); 3].map(|()| string(&mut rest));
        if cipher? != b"none" {
            return None;
        }
        // One key: its public half, and all of it behind two numbers to check a passphrase by.
        rest = rest.strip_prefix(&[0, 0, 0, 1])?;
        string(&mut rest)?;
        let mut rest = string(&mut rest)?.get(8..)?;
        string(&mut rest)?.strip_prefix(b"ecdsa-sha2-")?;
        let [curve, point, number] = [(); 3].map(|()| string(&mut rest));
        Some(Self { curve: curve?, point: point?, number: number? })
    }

    fn kind(&self) -> KeyKind {
        of_openssh_curve(self.curve)
    }

    /// `None` where it is damaged.
    fn as_pkcs8(&self) -> Result<Option<Zeroizing<String>>, KeyError> {
        let (curve, size) = match self.kind() {
            KeyKind::P256 => (&P256, 32_usize),
            KeyKind::P384 => (&P384, 48),
            _ => {
                return Err(KeyError::Unusable {
                    found: "the curve of this key, P-521, is not supported".into(),
                    help: "make one on P-256: ssh-keygen -t ecdsa -b 256 -f KEY".into(),
                });
            }
        };
        let zeros = self.number.iter().take_while(|byte| **byte == 0).count();
        let number = &self.number[zeros..];
        let Some(missing) = size.checked_sub(number.len()) else { return Ok(None) };
        // ECPrivateKey ::= SEQUENCE { version 1, privateKey OCTET STRING, publicKey [1] BIT STRING }
        let number = tlv(0x04, &[&[0; 48][..missing], number]);
        let public = tlv(0xa1, &[&tlv(0x03, &[&[0], self.point])]);
        let private = tlv(0x30, &[&[0x02, 1, 1], &number, &public]);
        let algorithm = AlgorithmIdentifierRef { oid: EC, parameters: Some(curve.into()) };
        Ok(pkcs8(algorithm, &private))
    }
}

fn of_openssh_curve(name: &[u8]) -> KeyKind {
    match name {
        b"nistp256" => KeyKind::P256,
        b"nistp384" => KeyKind::P384,
        _ => KeyKind::Other("EC on P-521".to_owned()),
    }
}

/// Takes a text with its length in front.
fn string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, behind) = rest.split_first_chunk::<4>()?;
    let (text, behind) = behind.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    *rest = behind;
    Some(text)
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
        // Under a passphrase.
        Algorithm::Ecdsa { curve } => of_openssh_curve(curve.as_str().as_bytes()),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn put(to: &mut Vec<u8>, text: &[u8]) {
        to.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
        to.extend(text);
    }

    /// As `ssh-keygen` writes a key whose number is so long.
    fn file(curve: &str, number: &[u8]) -> Vec<u8> {
        let (kind, point) = (format!("ecdsa-sha2-{curve}"), [4; 65]);
        let mut private = vec![7; 8];
        for text in [kind.as_bytes(), curve.as_bytes(), &point, number, b"somebody"] {
            put(&mut private, text);
        }
        let mut file = b"openssh-key-v1\0".to_vec();
        for text in [&b"none"[..], b"none", b""] {
            put(&mut file, text);
        }
        file.extend([0, 0, 0, 1]);
        put(&mut file, b"its public half");
        put(&mut file, &private);
        file
    }

    #[test]
    fn a_number_of_any_length_is_as_long_as_its_curve() {
        for (length, sign) in [(32, false), (32, true), (31, false), (1, false)] {
            let number = [&[0][..usize::from(sign)], &vec![9; length]].concat();
            let file = file("nistp256", &number);
            let pem = Ec::of(&file).unwrap().as_pkcs8().unwrap().unwrap();
            let block = pem::first(pem.as_bytes()).unwrap();
            let filled = [&[4, 32][..], &vec![0; 32 - length], &vec![9; length]].concat();
            assert!(block.contents.windows(34).any(|part| part == filled), "{length} {sign}");
        }
        assert!(Ec::of(&file("nistp256", &[9; 33])).unwrap().as_pkcs8().unwrap().is_none());
        let short = file("nistp521", &[9; 60]);
        assert_eq!(Ec::of(&short).unwrap().kind().to_string(), "EC on P-521");
        assert!(Ec::of(&short[..80]).is_none());
    }
}
