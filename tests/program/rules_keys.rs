//! Keys that rules name: of every kind that people have, taken or refused in words that help.

use std::path::Path;
use std::process::{Command, Stdio};

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use prost::Message as _;
use serde_json::Value;
use tempfile::TempDir;
use tyk_tui::domain::object::coprocess::Object;

use super::serving::{Serve, binary, object};

/// Runs a tool that makes or turns keys, in a folder.
fn run(folder: &Path, line: &str) {
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).current_dir(folder).stderr(Stdio::null());
    assert!(shell.status().unwrap().success(), "{line}");
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for line in [
        "openssl genrsa -out rsa1024.pem 1024; openssl pkey -in rsa1024.pem -pubout -out rsa1024.pub.pem",
        "openssl genrsa -out rsa.pem 2048; openssl pkey -in rsa.pem -pubout -out rsa.pub.pem",
        "openssl genpkey -algorithm ed448 -out ed448.pem; openssl pkey -in ed448.pem -pubout -out ed448.pub.pem",
        "openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out pss.pem; openssl pkey -in pss.pem -pubout -out pss.pub.pem",
        "openssl ecparam -name prime256v1 -genkey -out sec1.pem",
        "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out p521.pem",
        "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out k1.pem",
        "ssh-keygen -q -t ecdsa -b 256 -N '' -f id_256; ssh-keygen -q -t ecdsa -b 384 -N '' -f id_384",
        "ssh-keygen -q -t ecdsa -b 521 -N '' -f id_521; ssh-keygen -q -t ed25519 -N '' -f id_ed",
        "ssh-keygen -q -t rsa -b 1024 -N '' -f id_1024; ssh-keygen -q -t rsa -b 2048 -N '' -f id_rsa",
        "ssh-keygen -e -f id_rsa.pub > rfc4716.pub",
    ] {
        run(folder.path(), line);
    }
    let jwks = |name: &str, key: &str| {
        let set = format!("{{\"keys\": [{{\"kid\": \"k-1\", {key}}}]}}");
        std::fs::write(folder.path().join(name), set).unwrap();
    };
    jwks("short.json", r#""kty": "RSA", "n": "abc", "e": "AQAB""#);
    let n = "u".repeat(170) + "w";
    jwks("rsa1024.json", &format!(r#""kty": "RSA", "n": "{n}", "e": "AQAB""#));
    let x = r#""kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#;
    jwks("private.json", &format!(r#"{x}, "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A""#));
    jwks("public.json", x);
    folder
}

/// What `rule list` says of a rule with this action.
fn said(folder: &Path, hook: &str, action: &str) -> (Option<i32>, String) {
    let rule = format!("[[rule]]\nname = \"a\"\nwhen.hook = \"{hook}\"\n[[rule.do]]\n{action}\n");
    std::fs::write(folder.join("rules.toml"), rule).unwrap();
    let output = binary(folder).args(["rule", "list", "--rules", "rules.toml"]).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn keys_that_verify_nothing_are_refused_with_what_they_are() {
    let folder = folder();
    let mut wrong = Vec::new();
    for (setting, whats) in [
        ("key_file = \"rsa1024.pub.pem\"", ["rules.toml:5:44", "1024 bits: at least 2048"]),
        ("jwks_file = \"short.json\"", ["rules.toml:5:45", "the key k-1: the RSA key has 15 bits"]),
        ("jwks_file = \"rsa1024.json\"", ["rules.toml:5:45", "1024 bits: at least 2048"]),
        ("jwks_file = \"private.json\"", ["the key k-1: it is a private key", "leave its private"]),
        ("jwks_file = \"rsa.pub.pem\"", ["this is a key, no JWKS", "`key_file`"]),
        ("key_file = \"public.json\"", ["this is JSON, no PEM", "`jwks_file`"]),
        ("key_file = \"ed448.pub.pem\"", ["of another kind, Ed448", "known are RSA"]),
        ("key_file = \"pss.pub.pem\"", ["of another kind, RSA-PSS", "known are RSA"]),
        ("key_file = \"id_rsa.pub\"", ["OpenSSH public key (`ssh-rsa`)", "-e -m PKCS8 -f KEY"]),
        ("key_file = \"id_ed.pub\"", ["OpenSSH public key (`ssh-ed25519`)", "genpkey -algorithm"]),
        ("key_file = \"rfc4716.pub\"", ["RFC 4716", "ssh-keygen -i -f KEY"]),
        ("key_file = \"id_rsa\"", ["this is a private key", "ssh-keygen -e -m PKCS8"]),
    ] {
        let jwt = format!("jwt = {{ algorithms = [\"RS256\"], {setting} }}");
        let (code, text) = said(folder.path(), "auth_check", &jwt);
        if code != Some(3) || !whats.iter().all(|what| text.contains(what)) {
            wrong.push(format!("{setting}: {whats:?} in {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn keys_that_sign_nothing_are_refused_without_words_of_libraries() {
    let folder = folder();
    let mut wrong = Vec::new();
    for (file, algorithm, whats) in [
        (
            "rsa1024.pem",
            "RS256",
            ["rules.toml:5:27", "RS256 signs with: the RSA key has 1024 bits"],
        ),
        ("id_1024", "RS256", ["rules.toml:5:27", "1024 bits: at least 2048"]),
        ("sec1.pem", "ES256", ["an EC key in SEC1", "openssl pkcs8 -topk8 -nocrypt"]),
        ("sec1.pem", "ES384", ["this key is EC on P-256", "algorithm = \"ES256\""]),
        ("p521.pem", "ES256", ["not supported, EC on P-521", "genpkey -algorithm EC"]),
        ("id_521", "ES256", ["not supported, EC on P-521", "genpkey -algorithm EC"]),
        ("k1.pem", "ES256", ["not supported, EC on secp256k1", "genpkey -algorithm EC"]),
        ("ed448.pem", "EdDSA", ["not supported, Ed448", "genpkey -algorithm ed25519"]),
        ("id_ed", "RS256", ["this key is Ed25519", "algorithm = \"EdDSA\""]),
        ("rsa.pem", "ES256", ["this key is RSA of 2048 bits", "algorithm = \"RS256\""]),
        ("id_256.pub", "ES256", ["this is a public key", "name the private key"]),
        ("rules.toml", "ES256", ["this is no private key in PEM", "genpkey -algorithm EC"]),
    ] {
        let action =
            format!("inject_jwt = {{ key_file = \"{file}\", algorithm = \"{algorithm}\" }}");
        let (code, text) = said(folder.path(), "pre", &action);
        let foreign = ["Signing failed", "InvalidKey", "TooSmall", "a Gateway"];
        if code != Some(3)
            || !whats.iter().all(|what| text.contains(what))
            || foreign.iter().any(|word| text.contains(word))
        {
            wrong.push(format!("{file}, {algorithm}: {whats:?} in {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn openssh_keys_of_every_kind_sign_tokens() {
    for (file, algorithm) in [
        ("id_256", Algorithm::ES256),
        ("id_384", Algorithm::ES384),
        ("id_ed", Algorithm::EdDSA),
        ("id_rsa", Algorithm::PS256),
    ] {
        let folder = folder();
        let rule = format!(
            "[[rule]]\nname = \"a\"\n[[rule.do]]\ninject_jwt = {{ key_file = \"{file}\", algorithm = \"{algorithm:?}\" }}\n"
        );
        std::fs::write(folder.path().join("rules.toml"), rule).unwrap();
        let serve = Serve::with(folder, |command| {
            command.args(["--json", "--rules", "rules.toml"]);
        })
        .read();
        let gateway = serve.connect().await;
        let answer = gateway.dispatch(&object().encode_to_vec()).await.unwrap();
        let answer = Object::decode(answer).unwrap().request.unwrap();
        let token = answer.set_headers["Authorization"].strip_prefix("Bearer ").unwrap().to_owned();
        // What the public half says, which ssh-keygen wrote.
        let public = std::fs::read_to_string(serve.folder.path().join(format!("{file}.pub")));
        let public = ssh_key::PublicKey::from_openssh(&public.unwrap()).unwrap();
        let key = match public.key_data() {
            ssh_key::public::KeyData::Ed25519(key) => DecodingKey::from_ed_der(&key.0),
            ssh_key::public::KeyData::Ecdsa(key) => DecodingKey::from_ec_der(key.as_sec1_bytes()),
            ssh_key::public::KeyData::Rsa(key) => DecodingKey::from_rsa_raw_components(
                key.n.as_positive_bytes().unwrap(),
                key.e.as_positive_bytes().unwrap(),
            ),
            other => panic!("{other:?}"),
        };
        let read = jsonwebtoken::decode::<Value>(&token, &key, &Validation::new(algorithm));
        assert!(read.is_ok(), "{file}: {read:?}");
    }
}
