//! What a file is: by its content where that tells, else by its name.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::domain::code::Language;
use crate::domain::json::{Document, Trailing};
use crate::domain::lint::KeyRole;
use crate::domain::manifest::FILE_NAME;
use crate::domain::task::Problem;
use crate::services::files;

/// What lint can look at, but for bundles.
pub(super) enum Kind {
    Manifest,
    Api,
    Conf,
    Key(KeyRole),
    Code,
    /// Something else, in words.
    Unknown(&'static str),
}

/// Keys of a `tyk.conf` that neither a manifest nor a definition has.
const OF_CONF: [&str; 6] = [
    "listen_port",
    "app_path",
    "coprocess_options",
    "bundle_base_url",
    "enable_bundle_downloader",
    "public_key_path",
];

/// Whether a file is a zip, which is too large to be read whole.
pub(super) fn is_bundle(path: &Path) -> Result<bool, Problem> {
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

/// What a file is.
pub(super) fn of(path: &Path, text: &[u8]) -> Kind {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    if contains(text, b"-----BEGIN ") {
        let private = contains(text, b"PRIVATE KEY-----");
        return Kind::Key(if private { KeyRole::Private } else { KeyRole::Public });
    }
    if text.starts_with(b"ssh-") {
        return Kind::Key(KeyRole::Public);
    }
    if Language::of_file(&name).is_some() {
        return Kind::Code;
    }
    if name == FILE_NAME {
        return Kind::Manifest;
    }
    let extension = Path::new(&name).extension().map(|it| it.to_string_lossy().to_lowercase());
    let is_json = || matches!(extension.as_deref(), Some("json" | "yaml" | "yml" | "conf"));
    let Ok(document) = Document::parse(text, Trailing::Ignored) else {
        return match extension.as_deref() {
            Some("conf") => Kind::Conf,
            Some("json" | "yaml" | "yml") => Kind::Api,
            _ if text.contains(&0) => Kind::Unknown("no text"),
            _ => Kind::Unknown("no kind of file that tyk-tui knows"),
        };
    };
    let root = document.root();
    let has = |key: &&str| root.field(key).is_some();
    if ["proxy", "api_definition", "openapi", "x-tyk-api-gateway"].iter().any(has) {
        Kind::Api
    } else if has(&"file_list") {
        Kind::Manifest
    } else if OF_CONF.iter().any(has) || name == "tyk.conf" {
        Kind::Conf
    } else if has(&"custom_middleware") && !has(&"api_id") && !has(&"name") {
        Kind::Manifest
    } else if is_json() {
        Kind::Api
    } else {
        Kind::Unknown("JSON, but of no kind that tyk-tui knows")
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(name: &str, text: &str) -> &'static str {
        match of(Path::new(name), text.as_bytes()) {
            Kind::Manifest => "manifest",
            Kind::Api => "api",
            Kind::Conf => "conf",
            Kind::Key(KeyRole::Private) => "private",
            Kind::Key(KeyRole::Public) => "public",
            Kind::Code => "code",
            Kind::Unknown(_) => "unknown",
        }
    }

    #[test]
    fn files_are_told_apart_by_what_they_are() {
        for (name, text, kind) in [
            ("manifest.json", "{", "manifest"),
            ("other.json", r#"{"file_list": []}"#, "manifest"),
            ("m.json", r#"{"custom_middleware": {"driver": "grpc"}}"#, "manifest"),
            ("a.json", r#"{"name": "a", "custom_middleware": {}}"#, "api"),
            ("a.json", r#"{"api_definition": {}}"#, "api"),
            ("a.yaml", "openapi: 3.0.3\n", "api"),
            ("a.json", "{ nope", "api"),
            ("tyk.conf", "{ nope", "conf"),
            ("gateway.json", r#"{"listen_port": 8080}"#, "conf"),
            ("k", "-----BEGIN PUBLIC KEY-----\n", "public"),
            ("k", "x\n-----BEGIN OPENSSH PRIVATE KEY-----\n", "private"),
            ("k.pub", "ssh-rsa AAAA", "public"),
            ("m.py", "x = 1", "code"),
            ("m.js", "var x", "code"),
            ("notes.txt", "hello", "unknown"),
            ("x.bin", "\0\0", "unknown"),
        ] {
            assert_eq!(word(name, text), kind, "{name}: {text}");
        }
    }
}
