//! What a DER document is, as far as a message about the wrong key needs it.

use rsa::pkcs1;
use rsa::pkcs8::der::asn1::ObjectIdentifier;
use rsa::pkcs8::der::{Decode as _, Header, Reader as _, SliceReader, Tag};
use rsa::pkcs8::spki::SubjectPublicKeyInfoRef;
use rsa::pkcs8::{EncryptedPrivateKeyInfo, PrivateKeyInfo};

/// The object identifier of RSA in PKCS#8 and SPKI.
pub(super) const RSA: ObjectIdentifier = pkcs1::ALGORITHM_OID;

/// The kinds of document that people take for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Document {
    Pkcs1Private,
    Pkcs8(ObjectIdentifier),
    Pkcs8Encrypted,
    Sec1,
    Pkcs1Public,
    Spki(ObjectIdentifier),
    Certificate,
    Pkcs12,
    Unknown,
}

/// Names a DER document.
pub(super) fn document(der: &[u8]) -> Document {
    if pkcs1::RsaPrivateKey::from_der(der).is_ok() {
        return Document::Pkcs1Private;
    }
    if let Ok(key) = PrivateKeyInfo::from_der(der) {
        return Document::Pkcs8(key.algorithm.oid);
    }
    if EncryptedPrivateKeyInfo::from_der(der).is_ok() {
        return Document::Pkcs8Encrypted;
    }
    if let Ok(key) = SubjectPublicKeyInfoRef::from_der(der) {
        return Document::Spki(key.algorithm.oid);
    }
    if pkcs1::RsaPublicKey::from_der(der).is_ok() {
        return Document::Pkcs1Public;
    }
    by_first_members(der).unwrap_or(Document::Unknown)
}

/// Documents that no crate of ours reads, by how they begin.
fn by_first_members(der: &[u8]) -> Option<Document> {
    let mut reader = SliceReader::new(der).ok()?;
    if Header::decode(&mut reader).ok()?.tag != Tag::Sequence {
        return None;
    }
    let first = Header::decode(&mut reader).ok()?;
    let content = reader.read_slice(first.length).ok()?;
    let second = Header::decode(&mut reader).ok()?.tag;
    match (first.tag, content, second) {
        // Certificate ::= SEQUENCE { tbsCertificate SEQUENCE, signatureAlgorithm SEQUENCE, … }
        (Tag::Sequence, _, Tag::Sequence) => Some(Document::Certificate),
        // ECPrivateKey ::= SEQUENCE { version 1, privateKey OCTET STRING, … }
        (Tag::Integer, [1], Tag::OctetString) => Some(Document::Sec1),
        // PFX ::= SEQUENCE { version 3, authSafe SEQUENCE, … }
        (Tag::Integer, [3], Tag::Sequence) => Some(Document::Pkcs12),
        _ => None,
    }
}

/// The everyday name of an algorithm; the number where we know none.
pub(super) fn algorithm(oid: ObjectIdentifier) -> String {
    let number = oid.to_string();
    let name = match number.as_str() {
        "1.2.840.113549.1.1.1" => "RSA",
        "1.2.840.113549.1.1.10" => "RSA-PSS",
        "1.2.840.10045.2.1" => "EC",
        "1.2.840.10040.4.1" => "DSA",
        "1.2.840.113549.1.3.1" => "DH",
        "1.3.101.110" => "X25519",
        "1.3.101.111" => "X448",
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        _ => return format!("of algorithm {number}"),
    };
    name.to_owned()
}
