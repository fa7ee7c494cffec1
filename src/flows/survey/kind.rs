//! What a file is: by its content where that tells, else by its name.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use secrecy::zeroize::Zeroizing;

use crate::domain::code::Language;
use crate::domain::json::{self, BYTE_ORDER_MARK, Document, Trailing, Value};
use crate::domain::lint::KeyRole;
use crate::domain::manifest::FILE_NAME;
use crate::domain::task::Problem;
use crate::domain::yaml::Yaml;
use crate::services::files;

/// What lint can look at, in the order in which it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Key(KeyRole),
    Manifest,
    Api,
    Conf,
    Code,
    Bundle,
}

/// A key is a few kilobytes.
const LARGEST_KEY: usize = 64 << 10;

/// Keys that a definition has, in one form or another, and neither a manifest nor a `tyk.conf`.
const OF_API: [&str; 11] = [
    "proxy",
    "api_definition",
    "api_model",
    "openapi",
    "swagger",
    "x-tyk-api-gateway",
    "api_id",
    "use_keyless",
    "version_data",
    "custom_middleware_bundle",
    "listen_path",
];

/// Keys of a `tyk.conf` that neither a manifest nor a definition has.
const OF_CONF: [&str; 6] = [
    "listen_port",
    "app_path",
    "coprocess_options",
    "bundle_base_url",
    "enable_bundle_downloader",
    "public_key_path",
];

/// What a file is; an error where it cannot be read or is nothing that lint can look at.
pub(super) fn of(
    path: &Path,
    read: impl FnOnce(&Path) -> Result<Vec<u8>, Problem>,
) -> Result<Kind, Problem> {
    // A bundle is told by its first bytes: it may be too large to be read whole.
    if is_bundle(path)? {
        return Ok(Kind::Bundle);
    }
    // It may be a private key.
    let text = Zeroizing::new(read(path)?);
    of_text(path, &text).map_err(|found| {
        Problem::failed(format!("nothing to lint: this is {found}")).at(path.display()).help(
            "give manifests, API definitions, a tyk.conf, bundles, keys or code (.py, .js, .lua)",
        )
    })
}

fn is_bundle(path: &Path) -> Result<bool, Problem> {
    let failed = |error: &std::io::Error| files::problem("cannot read it", path, error);
    // Before it is opened: opening a named pipe waits for its writer.
    let facts = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if facts.is_dir() {
        return Err(Problem::failed("this is a folder")
            .at(path.display())
            .help("run `tyk-tui lint` without files in a project's folder, or name the files"));
    }
    if !facts.is_file() {
        return Err(Problem::failed("this is no regular file").at(path.display()));
    }
    let mut begins = [0; 4];
    let mut file = File::open(path).map_err(|error| failed(&error))?;
    let magic = match file.read_exact(&mut begins) {
        Ok(()) => begins == *b"PK\x03\x04" || begins == *b"PK\x05\x06",
        Err(_) => false,
    };
    Ok(magic || path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")))
}

/// What a text is; else what it looks like, in words.
fn of_text(path: &Path, text: &[u8]) -> Result<Kind, &'static str> {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    // By its name, before what it holds: code and definitions may quote a key or JSON.
    if Language::of_file(&name).is_some() {
        return Ok(Kind::Code);
    }
    if name == FILE_NAME {
        return Ok(Kind::Manifest);
    }
    let begins = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).trim_ascii_start();
    let is_json = begins.starts_with(b"{") || begins.starts_with(b"[");
    if let Some(role) = key(text).filter(|_| !is_json) {
        return Ok(Kind::Key(role));
    }
    match (Document::parse(begins, Trailing::Ignored), extension.as_deref()) {
        (Ok(document), _) if is_json => of_json(document.root(), &name),
        (_, Some("conf")) => Ok(Kind::Conf),
        (_, Some("yaml" | "yml")) => of_yaml(text),
        // What should be JSON: that it is not is worth saying.
        (_, Some("json")) => Ok(Kind::Api),
        (_, Some("pub")) => Ok(Kind::Key(KeyRole::Public)),
        (_, Some("pem" | "der" | "key")) => Ok(Kind::Key(KeyRole::Private)),
        _ if is_json => Ok(Kind::Api),
        _ if begins.is_empty() => Err("empty"),
        _ if text.contains(&0) => Err("no text"),
        _ => Err("no kind of file that tyk-tui knows"),
    }
}

fn of_json(root: Value<'_>, name: &str) -> Result<Kind, &'static str> {
    let has = |key: &&str| root.field(key).is_some();
    if OF_API.iter().any(has) {
        Ok(Kind::Api)
    } else if has(&"file_list") {
        Ok(Kind::Manifest)
    } else if OF_CONF.iter().any(has) || name == "tyk.conf" {
        Ok(Kind::Conf)
    } else if has(&"custom_middleware") {
        Ok(if has(&"name") { Kind::Api } else { Kind::Manifest })
    } else {
        Err("JSON, but neither a manifest, an API definition nor a tyk.conf")
    }
}

/// Gateways read Tyk OAS alone as YAML. Of a text that does not parse it is worth saying.
fn of_yaml(text: &[u8]) -> Result<Kind, &'static str> {
    let other = |yaml: &Yaml| {
        let root = yaml.document().root();
        root.kind() == json::Kind::Object && !OF_API.iter().any(|key| root.field(key).is_some())
    };
    match Yaml::parse(text) {
        Ok(yaml) if other(&yaml) => Err("YAML, but no API definition"),
        _ => Ok(Kind::Api),
    }
}

/// What a text's first block of PEM is for, or its one line of OpenSSH.
fn key(text: &[u8]) -> Option<KeyRole> {
    if text.len() > LARGEST_KEY {
        return None;
    }
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let begins = lines.find(|line| {
        let marks: [&[u8]; 4] = [b"-----BEGIN ", b"ssh-", b"ecdsa-sha2-", b"PuTTY-User-Key-File-"];
        marks.iter().any(|mark| line.starts_with(mark))
    })?;
    let is_private = begins.ends_with(b"PRIVATE KEY-----") || begins.starts_with(b"PuTTY-");
    Some(if is_private { KeyRole::Private } else { KeyRole::Public })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(name: &str, text: &str) -> &'static str {
        match of_text(Path::new(name), text.as_bytes()) {
            Ok(Kind::Manifest) => "manifest",
            Ok(Kind::Api) => "api",
            Ok(Kind::Conf) => "conf",
            Ok(Kind::Key(KeyRole::Private)) => "private",
            Ok(Kind::Key(KeyRole::Public)) => "public",
            Ok(Kind::Code) => "code",
            Ok(Kind::Bundle) => "bundle",
            Err(found) => found,
        }
    }

    #[test]
    fn files_are_told_apart_by_what_they_are() {
        for (name, text, kind) in [
            ("manifest.json", "{", "manifest"),
            ("other.json", r#"{"file_list": []}"#, "manifest"),
            ("m", r#"{"custom_middleware": {"driver": "grpc"}}"#, "manifest"),
            ("a.json", r#"{"name": "a", "custom_middleware": {}}"#, "api"),
            ("a", r#"{"api_definition": {}}"#, "api"),
            ("a.yaml", "openapi: 3.0.3\n", "api"),
            ("a.yml", "x-tyk-api-gateway: {}\n", "api"),
            ("a.yaml", "a: [", "api"),
            ("compose.yaml", "services: {}\n", "YAML, but no API definition"),
            ("a.json", "{ nope", "api"),
            ("tyk.conf", "{ nope", "conf"),
            ("gateway.json", "\u{feff}{\"listen_port\": 8080}", "conf"),
            ("k", "-----BEGIN PUBLIC KEY-----\n", "public"),
            ("k", "x\n-----BEGIN OPENSSH PRIVATE KEY-----\r\n", "private"),
            ("k.pub", "ssh-rsa AAAA", "public"),
            ("k.pem", "0\u{82}\0", "private"),
            ("m.py", "x = 1", "code"),
            ("m.js", "var x", "code"),
            ("x", "\0\0", "no text"),
            ("x", " \n", "empty"),
            ("notes.txt", "hello", "no kind of file that tyk-tui knows"),
            (
                "package.json",
                r#"{"name": "x", "dependencies": {}}"#,
                "JSON, but neither a manifest, an API definition nor a tyk.conf",
            ),
        ] {
            assert_eq!(word(name, text), kind, "{name}: {text}");
        }
    }

    #[test]
    fn what_quotes_a_key_is_none() {
        let pem = "-----BEGIN RSA PRIVATE KEY-----\nMII\n";
        assert_eq!(word("middleware.py", &format!("KEY = '''\n{pem}'''\n")), "code");
        let quoted = serde_json::to_string(pem).unwrap();
        assert_eq!(word("a.json", &format!("{{\"proxy\": {{}},\n\"key\":\n{quoted}}}")), "api");
        assert_eq!(word("a.json", &format!("{{\"proxy\": \n{pem}}}")), "api");
    }
}
