//! The private key that signs bundles.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use rsa::pkcs8::der::Decode as _;
use rsa::pkcs8::pkcs5::pbes2::Kdf;
use rsa::pkcs8::{
    EncodePrivateKey as _, EncryptedPrivateKeyInfo, LineEnding, PrivateKeyInfo, pkcs5,
};
use rsa::rand_core::OsRng;
use rsa::traits::PublicKeyParts as _;
use rsa::{BigUint, Pkcs1v15Sign, RsaPrivateKey};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use super::{GOOD_BITS, KeyError, MAX_BITS, MIN_BITS, PublicKey, der, found, pem, read};

/// Rounds of a key derivation above which a file is refused: a hostile one could keep us computing for hours. OpenSSL
/// writes 2048 (PBKDF2), `ssh-keygen` 16 or what `-a` says (bcrypt).
const MAX_PBKDF2_ROUNDS: u32 = 10_000_000;
const MAX_BCRYPT_ROUNDS: u32 = 10_000;
/// Memory that scrypt may ask for, in bytes.
const MAX_SCRYPT_MEMORY: u64 = 256 << 20;

/// An RSA private key; wiped when dropped, and never in `Debug`.
pub struct SigningKey {
    key: RsaPrivateKey,
    label: String,
    is_openssh: bool,
}

impl SigningKey {
    /// Reads a private key: PKCS#1, PKCS#8, encrypted PKCS#8 or OpenSSH, all PEM.
    ///
    /// [`KeyError::PassphraseNeeded`] where the key is encrypted and none was given: ask, and load again.
    pub fn load(path: &Path, passphrase: Option<&SecretString>) -> Result<Self, KeyError> {
        Self::parse(&read(path)?, path, passphrase)
    }

    /// As [`SigningKey::load`]; `path` gives the label and the commands in messages.
    pub fn parse(
        text: &[u8],
        path: &Path,
        passphrase: Option<&SecretString>,
    ) -> Result<Self, KeyError> {
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        // The reference tool looks at the first block alone, so a certificate before the key is refused here too; EC
        // parameters are passed over, because the key behind them says more in a message.
        let block = pem::all(text)
            .into_iter()
            .find(|block| block.label != "EC PARAMETERS")
            .filter(|block| block.label.ends_with("PRIVATE KEY"))
            .ok_or_else(|| found::unusable_private(text, path))?;
        let quoted = found::quoted(path);
        let unusable = || {
            let (found, help) = found::private_block(&block, &quoted);
            KeyError::Unusable { found, help }
        };
        let (key, label) = match block.label.as_str() {
            _ if block.proc_type_encrypted => return Err(unusable()),
            "RSA PRIVATE KEY" => (pkcs1(&block.contents).ok_or_else(unusable)?, file),
            "PRIVATE KEY" => (pkcs8(&block.contents).ok_or_else(unusable)?, file),
            "ENCRYPTED PRIVATE KEY" => {
                (encrypted_pkcs8(&block.contents, &quoted, passphrase)?, file)
            }
            "OPENSSH PRIVATE KEY" => openssh(&block.contents, &file, passphrase)?,
            _ => return Err(unusable()),
        };
        let bits = key.n().bits();
        if bits < MIN_BITS {
            return Err(KeyError::TooShort { bits });
        }
        if bits > MAX_BITS {
            return Err(KeyError::Unusable {
                found: format!("the RSA key has {bits} bits, more than {MAX_BITS}"),
                help: super::CREATE.into(),
            });
        }
        Ok(Self { key, label, is_openssh: block.label == "OPENSSH PRIVATE KEY" })
    }

    /// Makes a new key of this many bits, named `label`.
    pub fn generate(bits: usize, label: impl Into<String>) -> Result<Self, KeyError> {
        let key = RsaPrivateKey::new(&mut OsRng, bits)
            .map_err(|error| KeyError::Signing(error.to_string()))?;
        Ok(Self { key, label: label.into(), is_openssh: false })
    }

    /// The bundle's signature: padded standard base64 of RSASSA-PKCS1-v1_5 over this SHA-256.
    pub fn sign(&self, sha256: [u8; 32]) -> Result<String, KeyError> {
        self.key
            .sign_with_rng(&mut OsRng, Pkcs1v15Sign::new::<Sha256>(), &sha256)
            .map(|signature| STANDARD.encode(signature))
            .map_err(|error| KeyError::Signing(error.to_string()))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey::of(self.key.to_public_key())
    }

    /// The size of the modulus in bits.
    pub fn bits(&self) -> usize {
        self.key.n().bits()
    }

    /// The comment of an OpenSSH key, else the file's name.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Whether it was in OpenSSH's format, which the reference tool does not read.
    pub fn is_openssh(&self) -> bool {
        self.is_openssh
    }

    /// The fingerprint of the public half.
    pub fn fingerprint(&self) -> String {
        self.public().fingerprint()
    }

    /// What to tell the user about a key that works but should not be used.
    pub fn warning(&self) -> Option<String> {
        let bits = self.bits();
        (bits < GOOD_BITS).then(|| {
            format!("the key has {bits} bits; keys below {GOOD_BITS} bits are weak: make one with `tyk-tui keygen`")
        })
    }

    /// The key as unencrypted PKCS#8 PEM.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, KeyError> {
        self.key.to_pkcs8_pem(LineEnding::LF).map_err(|error| KeyError::Signing(error.to_string()))
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({:?}, {} bits)", self.label, self.bits())
    }
}

fn pkcs1(der: &[u8]) -> Option<RsaPrivateKey> {
    RsaPrivateKey::from_pkcs1_der(der).ok()
}

fn pkcs8(der: &[u8]) -> Option<RsaPrivateKey> {
    let info = PrivateKeyInfo::from_der(der).ok()?;
    // Go does not ask for the NULL parameters of a private key, so neither do we.
    (info.algorithm.oid == der::RSA).then(|| pkcs1(info.private_key)).flatten()
}

fn encrypted_pkcs8(
    der: &[u8],
    path: &str,
    passphrase: Option<&SecretString>,
) -> Result<RsaPrivateKey, KeyError> {
    let other_encryption = || KeyError::Unusable {
        found: "this PKCS#8 key is encrypted in a way that is not supported".into(),
        help: format!("convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in {path} -out key.pem"),
    };
    let info = EncryptedPrivateKeyInfo::from_der(der).map_err(|_| other_encryption())?;
    let parameters = info.encryption_algorithm.pbes2().ok_or_else(other_encryption)?;
    let excessive = match &parameters.kdf {
        Kdf::Pbkdf2(kdf) => kdf.iteration_count > MAX_PBKDF2_ROUNDS,
        Kdf::Scrypt(kdf) => {
            let block = 128 * u64::from(kdf.block_size) * u64::from(kdf.parallelization);
            kdf.cost_parameter.saturating_mul(block) > MAX_SCRYPT_MEMORY
        }
        _ => return Err(other_encryption()),
    };
    if excessive {
        return Err(KeyError::Unusable {
            found: "this PKCS#8 key asks for an excessive key derivation".into(),
            help: format!(
                "convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in {path} -out key.pem"
            ),
        });
    }
    let passphrase = passphrase.ok_or(KeyError::PassphraseNeeded)?;
    let plain = match info.decrypt(passphrase.expose_secret()) {
        Ok(plain) => plain,
        // A wrong passphrase shows as wrong padding, or as bytes that are no DER; the algorithms are named by these.
        Err(rsa::pkcs8::Error::EncryptedPrivateKey(
            pkcs5::Error::UnsupportedAlgorithm { .. }
            | pkcs5::Error::AlgorithmParametersInvalid { .. }
            | pkcs5::Error::NoPbes1CryptSupport,
        )) => return Err(other_encryption()),
        Err(_) => return Err(KeyError::WrongPassphrase),
    };
    match der::document(plain.as_bytes()) {
        der::Document::Pkcs8(oid) if oid == der::RSA => {}
        der::Document::Pkcs8(oid) => {
            return Err(KeyError::Unusable {
                found: format!("this is an encrypted PKCS#8 key, but {}", der::algorithm(oid)),
                help: super::CREATE.into(),
            });
        }
        _ => return Err(KeyError::WrongPassphrase),
    }
    pkcs8(plain.as_bytes()).ok_or_else(|| {
        let (found, help) = found::damaged("encrypted PKCS#8");
        KeyError::Unusable { found, help }
    })
}

fn openssh(
    bytes: &[u8],
    file: &str,
    passphrase: Option<&SecretString>,
) -> Result<(RsaPrivateKey, String), KeyError> {
    let damaged = || {
        let (found, help) = found::damaged("OpenSSH");
        KeyError::Unusable { found, help }
    };
    let mut key = ssh_key::PrivateKey::from_bytes(bytes).map_err(|_| damaged())?;
    // The public half is not encrypted: another algorithm is told before anyone types a passphrase.
    if !key.public_key().key_data().is_rsa() {
        return Err(KeyError::Unusable {
            found: format!(
                "this is an OpenSSH key, but {}; a Gateway verifies with RSA alone",
                key.algorithm().as_str()
            ),
            help: format!("{}, or with `ssh-keygen -t rsa -b 3072 -f key`", super::CREATE),
        });
    }
    if key.is_encrypted() {
        if let ssh_key::Kdf::Bcrypt { rounds, .. } = key.kdf()
            && *rounds > MAX_BCRYPT_ROUNDS
        {
            return Err(KeyError::Unusable {
                found: format!("this OpenSSH key asks for {rounds} rounds of bcrypt"),
                help: "give it fewer: ssh-keygen -p -a 16 -f KEY".into(),
            });
        }
        let passphrase = passphrase.ok_or(KeyError::PassphraseNeeded)?;
        key = key.decrypt(passphrase.expose_secret()).map_err(|_| KeyError::WrongPassphrase)?;
    }
    let pair = key.key_data().rsa().ok_or_else(damaged)?;
    // Not through ssh-key's own conversion: 0.6.7 takes the first prime twice, and refuses below 2048 bits.
    let number = |mpint: &ssh_key::Mpint| {
        mpint.as_positive_bytes().map(BigUint::from_bytes_be).ok_or_else(damaged)
    };
    let primes = vec![number(&pair.private.p)?, number(&pair.private.q)?];
    let rsa = RsaPrivateKey::from_components(
        number(&pair.public.n)?,
        number(&pair.public.e)?,
        number(&pair.private.d)?,
        primes,
    )
    .map_err(|_| damaged())?;
    let comment = key.comment().trim();
    Ok((rsa, if comment.is_empty() { file.to_owned() } else { comment.to_owned() }))
}
