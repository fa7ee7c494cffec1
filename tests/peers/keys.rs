//! openssl and ssh-keygen: their keys sign with ours, and the commands that our messages name do what they say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tyk_tui::services::bundle::keys::{KeyError, PublicKey, SigningKey};

const PASSPHRASE: &str = "correct horse";
const MESSAGE: &[u8] = b"print('hello')\n";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles/keys").join(name)
}

/// Runs a shell command in the folder; its output on success.
fn shell(folder: &Path, script: &str) -> String {
    let output = Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}\n{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// Loads the key, signs with it, and has openssl verify the signature under the key's public half.
fn signs(folder: &TempDir, name: &str, passphrase: Option<&str>) {
    let path = folder.path().join(name);
    let passphrase = passphrase.map(SecretString::from);
    if passphrase.is_some() {
        let without = SigningKey::load(&path, None);
        assert!(matches!(without, Err(KeyError::PassphraseNeeded)), "{name}: {without:?}");
        let wrong = SigningKey::load(&path, Some(&"wrong".into()));
        assert!(matches!(wrong, Err(KeyError::WrongPassphrase)), "{name}: {wrong:?}");
    }
    let key = SigningKey::load(&path, passphrase.as_ref())
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let signature = key.sign(Sha256::digest(MESSAGE).into()).unwrap();
    fs::write(folder.path().join("message"), MESSAGE).unwrap();
    fs::write(folder.path().join("signature.b64"), signature).unwrap();
    fs::write(folder.path().join("public.pem"), key.public().to_pem().unwrap()).unwrap();
    let said = shell(
        folder.path(),
        "base64 -d signature.b64 > signature\n\
         openssl dgst -sha256 -verify public.pem -signature signature message",
    );
    assert_eq!(said.trim(), "Verified OK", "{name}");
}

#[test]
#[ignore = "peers: openssl"]
fn keys_of_openssl_sign() {
    let folder = tempfile::tempdir().unwrap();
    shell(
        folder.path(),
        "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out pkcs8.pem",
    );
    shell(folder.path(), "openssl rsa -in pkcs8.pem -traditional -out pkcs1.pem");
    signs(&folder, "pkcs8.pem", None);
    signs(&folder, "pkcs1.pem", None);
    for encryption in [
        "-v2 aes-256-cbc",
        "-v2 aes-128-cbc -v2prf hmacWithSHA512",
        "-v2 des3",
        "-v2 aes-256-cbc -v2prf hmacWithSHA1",
        "-scrypt",
    ] {
        let convert = format!(
            "openssl pkcs8 -topk8 {encryption} -in pkcs8.pem -passout 'pass:{PASSPHRASE}' -out e.pem"
        );
        shell(folder.path(), &convert);
        signs(&folder, "e.pem", Some(PASSPHRASE));
    }
    // Odd sizes and exponents.
    shell(
        folder.path(),
        "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3071 -pkeyopt rsa_keygen_pubexp:3 -out odd.pem",
    );
    signs(&folder, "odd.pem", None);
}

#[test]
#[ignore = "peers: openssl, ssh-keygen"]
fn keys_of_ssh_keygen_sign() {
    let folder = tempfile::tempdir().unwrap();
    shell(folder.path(), "ssh-keygen -q -t rsa -b 3072 -N '' -C me@here -f plain");
    shell(folder.path(), &format!("ssh-keygen -q -t rsa -b 2048 -N '{PASSPHRASE}' -f encrypted"));
    shell(folder.path(), "ssh-keygen -q -t rsa -b 2048 -N '' -m PEM -f pem");
    shell(
        folder.path(),
        &format!("ssh-keygen -q -t rsa -b 2048 -N '{PASSPHRASE}' -m PKCS8 -f pkcs8"),
    );
    shell(
        folder.path(),
        &format!("ssh-keygen -q -t rsa -b 2048 -N '{PASSPHRASE}' -Z aes256-gcm@openssh.com -f gcm"),
    );
    signs(&folder, "plain", None);
    signs(&folder, "encrypted", Some(PASSPHRASE));
    signs(&folder, "pem", None);
    signs(&folder, "pkcs8", Some(PASSPHRASE));
    signs(&folder, "gcm", Some(PASSPHRASE));
    assert_eq!(SigningKey::load(&folder.path().join("plain"), None).unwrap().label(), "me@here");
}

#[test]
#[ignore = "peers: openssl, ssh-keygen"]
fn a_key_of_ours_is_a_key_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_tyk-tui"))
        .arg("keygen")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success());
    assert!(
        shell(folder.path(), "openssl rsa -in tyk-bundle.pem -check -noout 2>&1")
            .contains("RSA key ok")
    );
    let derived = shell(folder.path(), "openssl pkey -in tyk-bundle.pem -pubout");
    assert_eq!(derived, fs::read_to_string(folder.path().join("tyk-bundle.pub.pem")).unwrap());
    assert!(shell(folder.path(), "ssh-keygen -y -f tyk-bundle.pem").starts_with("ssh-rsa "));
    let digest = shell(
        folder.path(),
        "openssl pkey -pubin -in tyk-bundle.pub.pem -outform DER | openssl dgst -sha256 -r",
    );
    let public = PublicKey::load(&folder.path().join("tyk-bundle.pub.pem")).unwrap();
    assert_eq!(
        public.fingerprint(),
        format!("sha256:{}", digest.split_whitespace().next().unwrap())
    );
}

/// The command after the colon of a help text, as a user copies it.
fn command(help: &str) -> &str {
    let (_, command) = help.split_once(": ").unwrap_or_else(|| panic!("{help}"));
    command.split(", or ").next().unwrap_or(command)
}

#[test]
#[ignore = "peers: openssl, ssh-keygen"]
fn the_commands_that_convert_a_public_key_do() {
    let right = PublicKey::load(&fixture("rsa-2048.pub.spki.pem")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let convert = |from: &str, to: &str| {
        shell(
            folder.path(),
            &format!("{from} -in {} {to}", fixture("rsa-2048.pub.spki.pem").display()),
        );
    };
    convert("openssl pkey -pubin", "-outform DER -out spki.der");
    convert("openssl rsa -pubin", "-RSAPublicKey_out -outform DER -out pkcs1.der");
    let certificate = fixture("rsa-2048.cert.pem");
    shell(
        folder.path(),
        &format!("openssl x509 -in {} -outform DER -out cert.der", certificate.display()),
    );
    fs::copy(fixture("rsa-2048.openssh"), path("openssh")).unwrap();
    shell(folder.path(), "chmod 600 openssh");
    for file in [
        certificate,
        fixture("rsa-2048.pub.ssh-rsa"),
        fixture("rsa-2048.pkcs1.pem"),
        fixture("rsa-2048.pkcs8.pem"),
        path("openssh"),
        path("spki.der"),
        path("pkcs1.der"),
        path("cert.der"),
    ] {
        let Err(KeyError::Refused { help, .. }) = PublicKey::load(&file) else {
            panic!("{}", file.display())
        };
        shell(folder.path(), command(&help));
        assert_eq!(PublicKey::load(&path("key.pub.pem")).unwrap(), right, "{help}");
        fs::remove_file(path("key.pub.pem")).unwrap();
    }
}

#[test]
#[ignore = "peers: openssl"]
fn the_commands_that_convert_a_private_key_do() {
    let right = PublicKey::load(&fixture("rsa-2048.pub.spki.pem")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let pkcs8 = fixture("rsa-2048.pkcs8.pem");
    let pkcs8 = pkcs8.display();
    shell(folder.path(), &format!("openssl pkey -in {pkcs8} -outform DER -out pkcs8.der"));
    shell(
        folder.path(),
        &format!("openssl rsa -in {pkcs8} -traditional -outform DER -out pkcs1.der"),
    );
    shell(
        folder.path(),
        &format!(
            "openssl pkcs8 -topk8 -in {pkcs8} -passout pass:test -outform DER -out encrypted.der"
        ),
    );
    shell(
        folder.path(),
        &format!(
            "openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -in {pkcs8} -passout pass:test -out pbes1.pem"
        ),
    );
    shell(
        folder.path(),
        &format!(
            "openssl pkcs12 -export -inkey {pkcs8} -in {} -passout pass:test -out store.p12",
            fixture("rsa-2048.cert.pem").display()
        ),
    );
    let certificate = fixture("rsa-2048.cert.pem");
    shell(folder.path(), &format!("cat {} {pkcs8} > both.pem", certificate.display()));
    let passphrase = SecretString::from("test");
    for (file, passphrases) in [
        (path("both.pem"), ""),
        (path("pkcs8.der"), ""),
        (path("pkcs1.der"), ""),
        (path("encrypted.der"), " -passin pass:test -passout pass:test"),
        (path("pbes1.pem"), " -passin pass:test -passout pass:test"),
        (path("store.p12"), " -passin pass:test -passout pass:test"),
        (fixture("rsa-2048.pkcs1.encrypted.pem"), " -passin pass:test -passout pass:test"),
    ] {
        let Err(KeyError::Unusable { help, .. }) = SigningKey::load(&file, Some(&passphrase))
        else {
            panic!("{}", file.display())
        };
        shell(folder.path(), &format!("{}{passphrases}", command(&help)));
        let key = SigningKey::load(&path("key.pem"), Some(&passphrase)).unwrap();
        assert_eq!(key.public(), right, "{help}");
        fs::remove_file(path("key.pem")).unwrap();
    }
}
