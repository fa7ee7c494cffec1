//! Keys in every format, and what is said of those that cannot be used.

use secrecy::SecretString;
use sha2::{Digest as _, Sha256};

use super::*;

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles/keys").join(name)
}

fn passphrase(text: &str) -> SecretString {
    SecretString::from(text)
}

/// What is found, and what helps.
fn unusable(name: &str) -> (String, String) {
    match SigningKey::load(&file(name), None) {
        Err(KeyError::Unusable { found, help }) => (found, help),
        other => panic!("{name}: {other:?}"),
    }
}

fn refused(name: &str) -> (String, String, String) {
    match PublicKey::load(&file(name)) {
        Err(KeyError::Refused { found, gateway, help }) => (found, gateway, help),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn one_key_in_all_its_formats() {
    let public = PublicKey::load(&file("rsa-2048.pub.spki.pem")).unwrap();
    assert_eq!(PublicKey::load(&file("rsa-2048.pub.pkcs1.pem")).unwrap(), public);
    for (name, encrypted) in [
        ("rsa-2048.pkcs1.pem", false),
        ("rsa-2048.pkcs8.pem", false),
        ("rsa-2048.openssh", false),
        ("rsa-2048.pkcs8.encrypted.pem", true),
        ("rsa-2048.openssh.encrypted", true),
    ] {
        let key = SigningKey::load(&file(name), Some(&passphrase("test"))).unwrap();
        assert_eq!(key.public(), public, "{name}");
        assert_eq!((key.bits(), key.warning()), (2048, None));
        let without = SigningKey::load(&file(name), None);
        let wrong = SigningKey::load(&file(name), Some(&passphrase("tests")));
        if encrypted {
            assert!(matches!(without, Err(KeyError::PassphraseNeeded)), "{name}: {without:?}");
            assert!(matches!(wrong, Err(KeyError::WrongPassphrase)), "{name}: {wrong:?}");
        } else {
            assert!(without.is_ok() && wrong.is_ok(), "{name}");
        }
    }
}

#[test]
fn signs_as_the_reference_tool_does() {
    // The signature of good-signed.zip, whose one file is these six bytes.
    let reference = "good-signed.zip";
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles/loads").join(reference);
    let limits = crate::services::bundle::read::Limits::default();
    let contents =
        crate::services::bundle::inspect::inspect(std::fs::File::open(path).unwrap(), limits)
            .unwrap();
    let digest = Sha256::digest(b"alpha\n").into();
    let key = SigningKey::load(&file("rsa-2048.pkcs8.pem"), None).unwrap();
    let signature = key.sign(digest).unwrap();
    assert_eq!(signature, contents.manifest.unwrap().signature);
    assert_eq!(signature.len(), 344);
    let bytes = super::super::go_base64::decode(signature.as_bytes()).unwrap();
    assert!(key.public().verifies(digest, &bytes));
    assert!(!key.public().verifies(Sha256::digest(b"beta\n").into(), &bytes));
    let other = PublicKey::load(&file("other-2048.pub.spki.pem")).unwrap();
    assert!(!other.verifies(digest, &bytes));
}

#[test]
fn short_keys_are_refused_or_warned_about() {
    let short = SigningKey::load(&file("rsa-512.pkcs1.pem"), None);
    assert!(matches!(short, Err(KeyError::TooShort { bits: 512 })), "{short:?}");
    let weak = SigningKey::load(&file("rsa-1024.pkcs1.pem"), None).unwrap();
    assert!(weak.warning().unwrap().contains("1024 bits"));
    assert_eq!(SigningKey::load(&file("rsa-4096.pkcs8.pem"), None).unwrap().bits(), 4096);
}

#[test]
fn every_other_private_key_is_named_with_a_command() {
    for (name, found, command) in [
        ("ed25519.openssh", "OpenSSH key, but ssh-ed25519", "ssh-keygen -t rsa"),
        ("ed25519.pkcs8.pem", "PKCS#8 key, but Ed25519", "openssl genpkey -algorithm RSA"),
        ("ec-p256.sec1.pem", "EC key (SEC1)", "openssl genpkey -algorithm RSA"),
        ("rsa-2048.pkcs1.encrypted.pem", "Proc-Type: 4,ENCRYPTED", "openssl pkcs8 -topk8 -in "),
        ("rsa-2048.pub.spki.pem", "public key (`PUBLIC KEY`)", "private key"),
        ("rsa-2048.pub.pkcs1.pem", "public key (`RSA PUBLIC KEY`)", "private key"),
        ("rsa-2048.pub.ssh-rsa", "OpenSSH public key (`ssh-rsa`)", "private key"),
        ("rsa-2048.cert.pem", "certificate", "private key"),
    ] {
        let (said, help) = unusable(name);
        assert!(said.contains(found), "{name}: {said}");
        assert!(help.contains(command), "{name}: {help}");
    }
}

#[test]
fn files_that_are_no_pem_are_named() {
    let der = pem::first(&std::fs::read(file("rsa-2048.pkcs8.pem")).unwrap()).unwrap().contents;
    for (text, found) in [
        (b"".as_slice(), "empty"),
        (b" \n\t", "empty"),
        (b"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n", "PuTTY"),
        (b"---- BEGIN SSH2 PUBLIC KEY ----\n", "SSH.com"),
        (b"{\"kty\":\"RSA\"}", "JWK"),
        (b"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", "damaged"),
        (b"\xff\xfe-\0-\0", "UTF-16"),
        (b"\x00\x01\x02", "no key that is known"),
        (&der, "PKCS#8 key in DER"),
        (
            b"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
            "PKCS#8 key is damaged",
        ),
        (
            b"-----BEGIN FOO PRIVATE KEY-----\nMIIE\n-----END FOO PRIVATE KEY-----\n",
            "`FOO PRIVATE KEY`",
        ),
    ] {
        match SigningKey::parse(text, Path::new("my key"), None) {
            Err(KeyError::Unusable { found: said, help }) => {
                assert!(said.contains(found), "{found}: {said}");
                assert!(
                    help.contains("openssl") || help.contains("tyk-tui") || help.contains("iconv"),
                    "{help}"
                );
            }
            other => panic!("{found}: {other:?}"),
        }
    }
    assert_eq!(found::quoted(Path::new("it's")), r"'it'\''s'");
}

#[test]
fn a_key_among_other_text_is_found_and_one_behind_a_certificate_is_not() {
    let key = std::fs::read_to_string(file("rsa-2048.pkcs1.pem")).unwrap().replace('\n', "\r\n");
    let certificate = std::fs::read_to_string(file("rsa-2048.cert.pem")).unwrap();
    let path = Path::new("dir/both.pem");
    let text = format!("Bag Attributes\n    friendlyName: me\n{key}{certificate}");
    assert_eq!(SigningKey::parse(text.as_bytes(), path, None).unwrap().label(), "both.pem");
    match SigningKey::parse(format!("{certificate}{key}").as_bytes(), path, None) {
        Err(KeyError::Unusable { found, help }) => {
            assert!(found.contains("behind a `CERTIFICATE`"), "{found}");
            assert_eq!(help, "take it out: openssl pkey -in dir/both.pem -out key.pem");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn public_keys_that_gateways_refuse_are_refused_in_their_words() {
    for (name, gateway, command) in [
        ("rsa-2048.cert.pem", "ssh: unsupported key type \"CERTIFICATE\"", "openssl x509 -in "),
        ("rsa-2048.pub.ssh-rsa", "ssh: no key found", "ssh-keygen -e -m PKCS8 -f "),
        ("ed25519.pub.spki.pem", "ssh: unsupported key type ed25519.PublicKey", "tyk-tui keygen"),
        ("rsa-2048.pkcs8.pem", "ssh: unsupported key type \"PRIVATE KEY\"", "openssl pkey -in "),
        (
            "rsa-2048.openssh",
            "ssh: unsupported key type \"OPENSSH PRIVATE KEY\"",
            "ssh-keygen -e -m PKCS8 -f ",
        ),
    ] {
        let (_, said, help) = refused(name);
        assert_eq!(said, gateway, "{name}");
        assert!(help.contains(command), "{name}: {help}");
    }
}

#[test]
fn a_gateway_takes_the_first_block_and_no_other() {
    let right = std::fs::read_to_string(file("rsa-2048.pub.spki.pem")).unwrap();
    let other = std::fs::read_to_string(file("other-2048.pub.spki.pem")).unwrap();
    let parse = |text: &str| PublicKey::parse(text.as_bytes(), Path::new("k"));
    assert_eq!(parse(&format!("{other}{right}")).unwrap(), parse(&other).unwrap());
    assert_eq!(
        parse(&format!("words\r\n{}", right.replace('\n', " \r\n"))).unwrap(),
        parse(&right).unwrap()
    );
    assert!(parse(&format!("\u{feff}{right}")).is_err());
    assert!(parse(&right.replace("PUBLIC KEY", "PUBLIC  KEY")).is_err());
    // PKCS#1 labelled as SPKI, and the other way round.
    let pkcs1 = std::fs::read_to_string(file("rsa-2048.pub.pkcs1.pem")).unwrap();
    assert!(parse(&pkcs1.replace("RSA PUBLIC", "PUBLIC")).is_err());
    assert!(parse(&right.replace("PUBLIC", "RSA PUBLIC")).is_err());
}

#[test]
fn a_new_key_is_read_back_and_says_nothing_of_itself() {
    let key = SigningKey::generate(GOOD_BITS, "new").unwrap();
    let pem = key.to_pem().unwrap();
    assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    let again = SigningKey::parse(pem.as_bytes(), Path::new("new"), None).unwrap();
    assert_eq!(again.public(), key.public());
    let public = key.public().to_pem().unwrap();
    assert!(public.starts_with("-----BEGIN PUBLIC KEY-----\n"));
    assert_eq!(PublicKey::parse(public.as_bytes(), Path::new("new")).unwrap(), key.public());
    assert_eq!(format!("{key:?}"), r#"SigningKey("new", 2048 bits)"#);
}

#[test]
fn a_missing_file_and_a_huge_one_are_told_apart() {
    assert!(matches!(
        SigningKey::load(Path::new("/no/such/key"), None),
        Err(KeyError::Unreadable(_))
    ));
    let huge = tempfile::NamedTempFile::new().unwrap();
    huge.as_file().set_len(2 << 20).unwrap();
    let said = PublicKey::load(huge.path()).unwrap_err().to_string();
    assert!(said.contains("larger than 64 KiB"), "{said}");
}

proptest::proptest! {
    #[test]
    fn random_changes_do_no_harm(name in 0_usize..8, changes in proptest::collection::vec((0_usize..4096, proptest::prelude::any::<u8>()), 1..4)) {
        let names = [
            "rsa-2048.pkcs1.pem", "rsa-2048.pkcs8.pem", "rsa-2048.openssh", "ed25519.openssh", "ec-p256.sec1.pem",
            "rsa-2048.pub.spki.pem", "rsa-2048.pub.pkcs1.pem", "rsa-2048.cert.pem",
        ];
        let mut text = std::fs::read(file(names[name])).unwrap();
        for (at, byte) in changes {
            let at = at % text.len();
            text[at] = byte;
        }
        let _ = SigningKey::parse(&text, Path::new("k"), None);
        let _ = PublicKey::parse(&text, Path::new("k"));
    }
}
