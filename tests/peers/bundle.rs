//! unzip and openssl: they take our bundles for what they are.

use std::path::Path;
use std::process::{Command, Output};

fn fixtures() -> String {
    format!("{}/tests/fixtures/bundles", env!("CARGO_MANIFEST_DIR"))
}

/// Runs a script in a folder; `$0` is the program, `$1` the fixtures.
fn shell(folder: &Path, script: &str) -> Output {
    let output = Command::new("sh")
        .args(["-euc", script, env!("CARGO_BIN_EXE_tyk-tui"), &fixtures()])
        .current_dir(folder)
        .output()
        .unwrap();
    let (stdout, stderr) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script}\n{stdout}\n{stderr}");
    output
}

#[test]
#[ignore = "peers: unzip, openssl"]
fn unzip_tests_and_openssl_verifies_what_is_built() {
    for (project, files) in [
        ("python-vendor", "middleware.py vendor/pkg/__init__.py vendor/pkg/util.py"),
        ("python-auth", "middleware.py"),
        ("html-chars", "'a&b.txt'"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        shell(
            folder.path(),
            &format!(
                r#""$0" build -m "$1/{project}/source/manifest.json" -k "$1/keys/rsa-2048.pkcs8.pem" --json > built.json
                unzip -t bundle.zip
                unzip -q bundle.zip -d out
                (cd out; cat {files}) > signed"#
            ),
        );
        let json = std::fs::read_to_string(folder.path().join("built.json")).unwrap();
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        std::fs::write(folder.path().join("base64"), json["signature"].as_str().unwrap()).unwrap();
        let said = shell(
            folder.path(),
            r#"openssl base64 -d -A -in base64 -out signature
            openssl dgst -sha256 -verify "$1/keys/rsa-2048.pub.spki.pem" -signature signature signed
            openssl dgst -md5 -r signed"#,
        );
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(said.contains("Verified OK"), "{project}: {said}");
        assert!(said.contains(json["checksum"].as_str().unwrap()), "{project}: {said}");
    }
}
