//! The key that `inject_jwt` signs with: a secret, or a private key in PEM or OpenSSH's format.

use std::path::Path;

use crate::dispatch::auth::jwt::keys::rsa_fits;
use crate::domain::request::{Algorithm as _, JwtAlgorithm, JwtSigner};
use crate::domain::task::Problem;
use crate::services::bundle::keys::{KeyError, KeyFile, KeyKind, openssh_as_pkcs8};

/// The signer of a key, or why it is none for this algorithm.
pub(super) fn of(algorithm: JwtAlgorithm, text: &str, path: &Path) -> Result<JwtSigner, Problem> {
    let found = KeyFile::of(text.as_bytes());
    let problem = |what: &str, help: &str| Problem::failed(what).at(path.display()).help(help);
    if !takes_pem(algorithm) {
        return JwtSigner::new(algorithm, text.trim())
            .map_err(|error| problem(&error.to_string(), error.help()));
    }
    unfit(algorithm, &found)
        .map_or(Ok(()), |(why, help)| Err(problem(&no_key(algorithm, &why), &help)))?;
    let pem = match found {
        // Read once, when rules load: the crate that reads it is not constant in time, and signs nothing here.
        KeyFile::OpenSsh(_) => Some(openssh_as_pkcs8(text.as_bytes(), path).map_err(|error| {
            let problem = error.problem(path);
            match error {
                KeyError::PassphraseNeeded => problem
                    .help("a rule has nobody to ask: take its passphrase away, ssh-keygen -p -N '' -f COPY-OF-KEY"),
                _ => problem,
            }
        })?),
        _ => None,
    };
    let signer = JwtSigner::new(algorithm, pem.as_deref().map_or(text.trim(), String::as_str));
    signer.map_err(|_| problem(&no_key(algorithm, "it is damaged"), "take another copy of it"))
}

fn no_key(algorithm: JwtAlgorithm, why: &str) -> String {
    format!("no key that {} signs with: {why}", algorithm.word())
}

fn takes_pem(algorithm: JwtAlgorithm) -> bool {
    use JwtAlgorithm::{HS256, HS384, HS512};
    !matches!(algorithm, HS256 | HS384 | HS512)
}

/// Whether a key of this kind signs by this algorithm; of RSA only, with how many bits.
fn is_of(kind: &KeyKind, algorithm: JwtAlgorithm) -> bool {
    match algorithm {
        JwtAlgorithm::ES256 => *kind == KeyKind::P256,
        JwtAlgorithm::ES384 => *kind == KeyKind::P384,
        JwtAlgorithm::EdDSA => *kind == KeyKind::Ed25519,
        _ => matches!(kind, KeyKind::Rsa(_)),
    }
}

/// What is wrong with a key file for this algorithm, and what to do.
fn unfit(algorithm: JwtAlgorithm, found: &KeyFile) -> Option<(String, String)> {
    let make =
        format!("a private key in PEM: openssl genpkey -algorithm {} -out KEY", made(algorithm));
    let said = |what: &str, help: &str| Some((what.to_owned(), help.to_owned()));
    match found {
        KeyFile::Private(kind) | KeyFile::OpenSsh(kind) | KeyFile::Sec1(kind)
            if !is_of(kind, algorithm) =>
        {
            let other = match kind {
                KeyKind::Other(name) => {
                    return Some((
                        format!("this is a key of a kind that is not supported, {name}"),
                        make,
                    ));
                }
                KeyKind::Rsa(_) => "RS256",
                KeyKind::P256 => "ES256",
                KeyKind::P384 => "ES384",
                KeyKind::Ed25519 => "EdDSA",
            };
            Some((
                format!("this key is {kind}"),
                format!("write algorithm = \"{other}\", or {make}"),
            ))
        }
        KeyFile::Private(KeyKind::Rsa(bits)) | KeyFile::OpenSsh(KeyKind::Rsa(bits)) => {
            rsa_fits(*bits).err().map(|why| (why, make))
        }
        KeyFile::Private(_) | KeyFile::OpenSsh(_) => None,
        KeyFile::Sec1(_) => said(
            "this is an EC key in SEC1",
            "write it as PKCS#8: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN",
        ),
        KeyFile::Encrypted => said(
            "the key is encrypted",
            "a rule has nobody to ask for a passphrase: openssl pkey -in KEY -out PLAIN",
        ),
        KeyFile::Public(_) | KeyFile::SshLine(_) | KeyFile::Rfc4716 => {
            said("this is a public key", "name the private key: a token is signed with it")
        }
        KeyFile::Certificate => {
            said("this is a certificate", "name the private key: a token is signed with it")
        }
        KeyFile::Json => Some(("this is JSON, no PEM".to_owned(), make)),
        KeyFile::Unknown => Some(("this is no private key in PEM".to_owned(), make)),
    }
}

/// How openssl calls the kind of an algorithm's keys.
fn made(algorithm: JwtAlgorithm) -> &'static str {
    match algorithm {
        JwtAlgorithm::ES256 => "EC -pkeyopt ec_paramgen_curve:P-256",
        JwtAlgorithm::ES384 => "EC -pkeyopt ec_paramgen_curve:P-384",
        JwtAlgorithm::EdDSA => "ed25519",
        _ => "RSA -pkeyopt rsa_keygen_bits:2048",
    }
}
