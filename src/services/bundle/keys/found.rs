//! What stands in a key file that cannot be used, and the command that makes one that can.

use std::path::Path;

use super::der::{self, Document};
use super::{CREATE, KeyError, pem};

/// The error for a file in which a private key was looked for.
pub(super) fn unusable_private(text: &[u8], path: &Path) -> KeyError {
    let key = quoted(path);
    let blocks = pem::all(text);
    let (found, help) = match blocks.first() {
        Some(first) if blocks.iter().any(|block| block.label.ends_with("PRIVATE KEY")) => (
            format!("a private key is in this file, behind a `{}`", first.label.escape_debug()),
            format!("take it out: openssl pkey -in {key} -out key.pem"),
        ),
        Some(block) => private_block(block, &key),
        None => no_block(text, &key),
    };
    KeyError::Unusable { found, help }
}

/// What a PEM block holds that is no usable private key.
pub(super) fn private_block(block: &pem::Block, key: &str) -> (String, String) {
    let found = match block.label.as_str() {
        label @ ("PUBLIC KEY" | "RSA PUBLIC KEY") => {
            return (format!("this is a public key (`{label}`)"), signs());
        }
        "CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => {
            return ("this is a certificate, which holds no private key".into(), signs());
        }
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
            return ("this is a certificate request, which holds no private key".into(), signs());
        }
        _ if block.proc_type_encrypted => {
            return (
                "this key is in OpenSSL's traditional encryption (`Proc-Type: 4,ENCRYPTED`)".into(),
                format!(
                    "convert it to encrypted PKCS#8: openssl pkcs8 -topk8 -in {key} -out key.pem"
                ),
            );
        }
        "EC PRIVATE KEY" | "EC PARAMETERS" => "this is an EC key (SEC1)".to_owned(),
        "DSA PRIVATE KEY" => "this is a DSA key".to_owned(),
        "PGP PRIVATE KEY BLOCK" => "this is a PGP key".to_owned(),
        "PRIVATE KEY" => match der::document(&block.contents) {
            Document::Pkcs8(oid) if oid != der::RSA => {
                format!("this is a PKCS#8 key, but {}", der::algorithm(oid))
            }
            _ => return damaged("PKCS#8"),
        },
        "RSA PRIVATE KEY" => return damaged("PKCS#1"),
        "ENCRYPTED PRIVATE KEY" => return damaged("encrypted PKCS#8"),
        "OPENSSH PRIVATE KEY" => return damaged("OpenSSH"),
        label => format!("this is a PEM block `{}`", label.escape_debug()),
    };
    (format!("{found}; a Gateway verifies with RSA alone"), CREATE.into())
}

/// A key of a known format that does not parse or is no proper RSA key.
pub(super) fn damaged(format: &str) -> (String, String) {
    (format!("this {format} key is damaged"), format!("take another copy of it, or {CREATE}"))
}

/// What a file without any PEM block is.
fn no_block(text: &[u8], key: &str) -> (String, String) {
    let trimmed = text.trim_ascii();
    if trimmed.is_empty() {
        return ("this file is empty".into(), CREATE.into());
    }
    if let Some(kind) = ssh_public_line(trimmed) {
        return (format!("this is an OpenSSH public key (`{kind}`)"), signs());
    }
    if trimmed.starts_with(b"PuTTY-User-Key-File-") {
        return (
            "this is a PuTTY key (.ppk)".into(),
            format!("convert it: puttygen {key} -O private-openssh -o key.pem, or {CREATE}"),
        );
    }
    if trimmed.starts_with(b"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY") {
        return ("this is a key of SSH.com's format".into(), CREATE.into());
    }
    if trimmed.starts_with(b"---- BEGIN SSH2 PUBLIC KEY") {
        return ("this is a public key of SSH.com's format".into(), signs());
    }
    if trimmed.starts_with(b"{") {
        return ("this is JSON (a JWK?), not PEM".into(), CREATE.into());
    }
    if text.starts_with(&[0xFF, 0xFE]) || text.starts_with(&[0xFE, 0xFF]) {
        let help = format!("convert it: iconv -f UTF-16 -t UTF-8 {key} > key.pem");
        return ("this file is UTF-16 text".into(), help);
    }
    if contains(text, b"-----BEGIN ") {
        return (
            "this PEM block is damaged: its first line, its base64 or its last line is not whole"
                .into(),
            format!("take another copy of it, or {CREATE}"),
        );
    }
    binary(text, key)
}

/// DER, or nothing that is known.
fn binary(text: &[u8], key: &str) -> (String, String) {
    let pkey = format!("convert it to PEM: openssl pkey -inform DER -in {key} -out key.pem");
    match der::document(text) {
        Document::Pkcs1Private => ("this is a PKCS#1 key in DER, not PEM".into(), pkey),
        Document::Pkcs8(oid) if oid == der::RSA => {
            ("this is a PKCS#8 key in DER, not PEM".into(), pkey)
        }
        Document::Pkcs8Encrypted => (
            "this is an encrypted PKCS#8 key in DER, not PEM".into(),
            format!("convert it to PEM: openssl pkcs8 -topk8 -inform DER -in {key} -out key.pem"),
        ),
        Document::Pkcs8(oid) => {
            (format!("this is a PKCS#8 key in DER, but {}", der::algorithm(oid)), CREATE.into())
        }
        Document::Sec1 => ("this is an EC key (SEC1) in DER".into(), CREATE.into()),
        Document::Pkcs1Public | Document::Spki(_) => {
            ("this is a public key in DER".into(), signs())
        }
        Document::Certificate => ("this is a certificate in DER".into(), signs()),
        Document::Pkcs12 => (
            "this is a PKCS#12 store (.p12, .pfx)".into(),
            format!("take the key out of it: openssl pkcs12 -in {key} -nocerts -out key.pem"),
        ),
        Document::Unknown => ("this is no key that is known here".into(), CREATE.into()),
    }
}

/// The error for a file that a Gateway was given as `public_key_path`, in the Gateway's words.
pub(super) fn refused_public(text: &[u8], path: &Path) -> KeyError {
    let key = quoted(path);
    let no_key = "ssh: no key found".to_owned();
    let pubout = |from: &str| format!("convert it: {from} > key.pub.pem");
    let Some(block) = pem::first(text) else {
        let (found, gateway, help) = match ssh_public_line(text.trim_ascii()) {
            Some("ssh-rsa") => (
                "this is an OpenSSH public key (`ssh-rsa`)".to_owned(),
                no_key,
                pubout(&format!("ssh-keygen -e -m PKCS8 -f {key}")),
            ),
            Some(kind) => {
                (format!("this is an OpenSSH public key (`{kind}`)"), no_key, CREATE.into())
            }
            None => match der::document(text) {
                Document::Spki(oid) if oid == der::RSA => (
                    "this is a public key in DER, not PEM".into(),
                    no_key,
                    format!(
                        "convert it: openssl pkey -pubin -inform DER -in {key} -out key.pub.pem"
                    ),
                ),
                Document::Pkcs1Public => (
                    "this is a PKCS#1 public key in DER, not PEM".into(),
                    no_key,
                    format!(
                        "convert it: openssl rsa -RSAPublicKey_in -inform DER -in {key} -pubout -out key.pub.pem"
                    ),
                ),
                Document::Certificate => (
                    "this is a certificate in DER".into(),
                    no_key,
                    pubout(&format!("openssl x509 -inform DER -in {key} -pubkey -noout")),
                ),
                _ => (no_block(text, &key).0, no_key, public_help()),
            },
        };
        return KeyError::Refused { found, gateway, help };
    };
    let unsupported = format!("ssh: unsupported key type {:?}", block.label);
    let (found, gateway, help) = match block.label.as_str() {
        "CERTIFICATE" => (
            "this is a certificate".to_owned(),
            unsupported,
            pubout(&format!("openssl x509 -in {key} -pubkey -noout")),
        ),
        label if label.ends_with("PRIVATE KEY") => {
            let from = if label == "OPENSSH PRIVATE KEY" {
                format!("ssh-keygen -e -m PKCS8 -f {key}")
            } else {
                format!("openssl pkey -in {key} -pubout")
            };
            (format!("this is a private key (`{label}`)"), unsupported, pubout(&from))
        }
        "PUBLIC KEY" => match der::document(&block.contents) {
            Document::Spki(oid) if oid != der::RSA => {
                (format!("this public key is {}", der::algorithm(oid)), go_type(oid), CREATE.into())
            }
            Document::Pkcs1Public => (
                "this PKCS#1 key is labelled as SPKI".into(),
                "x509: failed to parse public key (use ParsePKCS1PublicKey instead for this key format)".into(),
                format!("convert it: openssl rsa -RSAPublicKey_in -in {key} -pubout -out key.pub.pem"),
            ),
            _ => ("this public key is damaged".into(), "asn1: structure error".into(), public_help()),
        },
        "RSA PUBLIC KEY" => {
            ("this public key is damaged".into(), "asn1: structure error".into(), public_help())
        }
        label => (format!("this is a PEM block `{}`", label.escape_debug()), unsupported, public_help()),
    };
    KeyError::Refused { found, gateway, help }
}

/// The Gateway's message for a key that parses but is not RSA: it prints Go's type.
fn go_type(oid: rsa::pkcs8::der::asn1::ObjectIdentifier) -> String {
    match der::algorithm(oid).as_str() {
        "Ed25519" => "ssh: unsupported key type ed25519.PublicKey".into(),
        "EC" => "ssh: unsupported key type *ecdsa.PublicKey".into(),
        "DSA" => "ssh: unsupported key type *dsa.PublicKey".into(),
        "X25519" => "ssh: unsupported key type *ecdh.PublicKey".into(),
        _ => "x509: unknown public key algorithm".into(),
    }
}

fn public_help() -> String {
    "write the public key of the private one: openssl pkey -in key.pem -pubout -out key.pub.pem"
        .into()
}

fn signs() -> String {
    format!("sign with the private key that belongs to it, or {CREATE}")
}

/// The type that an OpenSSH public key line begins with.
pub(super) fn ssh_public_line(text: &[u8]) -> Option<&str> {
    let word = text.split(u8::is_ascii_whitespace).next()?;
    let word = std::str::from_utf8(word).ok()?;
    let known =
        word.starts_with("ssh-") || word.starts_with("ecdsa-sha2-") || word.starts_with("sk-");
    known.then_some(word)
}

fn contains(text: &[u8], what: &[u8]) -> bool {
    text.windows(what.len()).any(|window| window == what)
}

/// A path as it is typed in a shell.
pub(super) fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/+:@,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.into_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
