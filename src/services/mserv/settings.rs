//! Which mserv, as mservctl's users have set it: flags over the environment over `~/.mservctl` with the ending of its
//! format.
//!
//! Source: recorded runs of mservctl. Its configuration library (viper) knows more formats; json, yaml and toml are read
//! here, and of the others it is said that they are not.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde_json::{Map, Value as Json};

use crate::domain::task::Problem;
use crate::domain::yaml::Yaml;
use crate::services::files;

/// Where mservctl looks without one.
const ENDPOINT: &str = "http://localhost:8989";

/// A configuration of three keys is not larger.
const LARGEST: u64 = 1 << 20;

/// Endings that are read, in the order in which mservctl looks for them.
const READ: [&str; 4] = ["json", "toml", "yaml", "yml"];

/// Endings that mservctl reads too.
const NOT_READ: [&str; 8] =
    ["properties", "props", "prop", "hcl", "tfvars", "dotenv", "env", "ini"];

/// What mservctl's flags said.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--endpoint`.
    pub endpoint: Option<String>,
    /// `--token`.
    pub token: Option<SecretString>,
    /// `--insecure-tls`.
    pub insecure_tls: Option<bool>,
    /// `--config`.
    pub config: Option<PathBuf>,
}

/// Which mserv, and how it is asked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its address; a path in it is put before mserv's.
    pub endpoint: String,
    /// What `X-Api-Key` says.
    pub token: Option<SecretString>,
    /// Certificates are not checked.
    pub insecure_tls: bool,
    /// The file that was read.
    pub file: Option<PathBuf>,
    /// What the user should know of it.
    pub warnings: Vec<Problem>,
}

/// What a file says.
#[derive(Default)]
struct Told {
    endpoint: Option<String>,
    token: Option<String>,
    insecure_tls: Option<bool>,
}

impl Settings {
    /// As flags, environment and file have it; `variable` is the environment.
    pub fn new(
        flags: &Flags,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Problem> {
        let mut warnings = Vec::new();
        // An empty variable is none, as for mservctl.
        let variable = |name: &str| {
            let value = variable(name).filter(|value| !value.is_empty());
            value.map(|value| value.to_string_lossy().into_owned())
        };
        let file = match &flags.config {
            Some(path) => Some(path.clone()),
            None => variable("HOME").and_then(|home| of_home(Path::new(&home), &mut warnings)),
        };
        let told = file.as_deref().map(read).transpose()?.unwrap_or_default();
        let insecure = variable("INSECURE_TLS").map(|text| {
            truth(&text).ok_or_else(|| {
                Problem::usage("the variable INSECURE_TLS is neither true nor false")
                    .help("export INSECURE_TLS=false, or unset it")
            })
        });
        let endpoint = flags.endpoint.clone().or_else(|| variable("ENDPOINT")).or(told.endpoint);
        let token = || variable("TOKEN").or(told.token).map(SecretString::from);
        if flags.token.is_some() {
            let seen = "--token: others on this machine can read the arguments of a program";
            warnings.push(
                Problem::failed(seen)
                    .help("set the variable TOKEN, or `token` in ~/.mservctl.yaml"),
            );
        }
        let insecure_tls = flags.insecure_tls.or(insecure.transpose()?).or(told.insecure_tls);
        let insecure_tls = insecure_tls.unwrap_or_default();
        let endpoint = endpoint.unwrap_or_else(|| ENDPOINT.to_owned());
        if insecure_tls && !endpoint.starts_with("http:") {
            let unchecked = "the server's certificate is not checked: insecure_tls is on";
            warnings.push(
                Problem::failed(unchecked)
                    .at(&endpoint)
                    .help("whoever is on the way can read the token"),
            );
        }
        let token = flags.token.clone().or_else(token);
        Ok(Self { endpoint, token, insecure_tls, file, warnings })
    }
}

/// The file in the home folder that mservctl would read.
fn of_home(home: &Path, warnings: &mut Vec<Problem>) -> Option<PathBuf> {
    let there = |ending: &&&str| home.join(format!(".mservctl.{ending}")).is_file();
    if let Some(ending) = READ.iter().find(there) {
        return Some(home.join(format!(".mservctl.{ending}")));
    }
    let ending = NOT_READ.iter().find(there)?;
    warnings.push(
        Problem::failed("this file of mservctl's is not read")
            .at(home.join(format!(".mservctl.{ending}")).display())
            .help("write it as ~/.mservctl.yaml"),
    );
    None
}

fn read(path: &Path) -> Result<Told, Problem> {
    const CANNOT: &str = "cannot read mservctl's configuration";
    let refused = |why: String| {
        // Not quoted: a token may be on the line.
        Problem::failed(format!("{CANNOT}: {why}")).at(path.display()).help(
            "it holds `endpoint`, `token` and `insecure_tls`, as json, yaml or toml by its ending",
        )
    };
    let bytes = files::read(path, LARGEST, CANNOT)?;
    let text = String::from_utf8(bytes).map_err(|_| refused("it is no UTF-8".to_owned()))?;
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let json: Json = match ending.as_str() {
        "json" => serde_json::from_str(&text).map_err(|error| refused(place(error.line())))?,
        "yaml" | "yml" if text.trim().is_empty() => Json::Null,
        "yaml" | "yml" => {
            let yaml = Yaml::parse(&text).map_err(|error| refused(place(error.place.line)))?;
            serde_json::from_slice(yaml.document().root().raw())
                .map_err(|error| refused(place(error.line())))?
        }
        "toml" => toml::from_str(&text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            refused(place(before.unwrap_or_default().lines().count().max(1)))
        })?,
        _ => return Err(refused("its ending names no format that is read".to_owned())),
    };
    let keys = match json {
        Json::Object(keys) => keys,
        Json::Null => Map::new(),
        _ => return Err(refused("it has no keys".to_owned())),
    };
    let mut told = Told::default();
    for (key, value) in keys {
        // Whatever else is there is not ours.
        match (key.to_ascii_lowercase().as_str(), value) {
            (_, Json::Null) => {}
            ("endpoint", Json::String(value)) => told.endpoint = Some(value),
            ("token", Json::String(value)) => told.token = Some(value),
            // As YAML reads a token of digits.
            ("token", Json::Number(value)) => told.token = Some(value.to_string()),
            ("insecure_tls", Json::Bool(value)) => told.insecure_tls = Some(value),
            ("insecure_tls", Json::String(value)) if truth(&value).is_some() => {
                told.insecure_tls = truth(&value);
            }
            (key @ ("endpoint" | "token" | "insecure_tls"), _) => {
                return Err(refused(format!("`{key}` is of another kind")));
            }
            _ => {}
        }
    }
    told.endpoint = told.endpoint.filter(|value| !value.is_empty());
    told.token = told.token.filter(|value| !value.is_empty());
    Ok(told)
}

fn place(line: usize) -> String {
    format!("a mistake on line {line}")
}

/// As Go reads it (`strconv.ParseBool`).
fn truth(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn settings(home: &Path, flags: &Flags, set: &[(&str, &str)]) -> Result<Settings, Problem> {
        Settings::new(flags, |name| match name {
            "HOME" => Some(home.into()),
            _ => set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()),
        })
    }

    fn token(settings: &Settings) -> &str {
        settings.token.as_ref().map(ExposeSecret::expose_secret).unwrap_or_default()
    }

    #[test]
    fn flags_lie_over_the_environment_over_the_file_over_the_default() {
        let home = tempfile::tempdir().unwrap();
        let none = Flags::default();
        let found = settings(home.path(), &none, &[("TOKEN", "")]).unwrap();
        assert_eq!((found.endpoint.as_str(), token(&found)), ("http://localhost:8989", ""));
        for (ending, text) in [
            ("yaml", "Endpoint: http://file:1\nTOKEN: from-file\ninsecure_tls: true\nother: 1\n"),
            ("toml", "endpoint = 'http://file:1'\nToken = 'from-file'\ninsecure_TLS = true\n"),
            ("json", r#"{"endpoint":"http://file:1","token":"from-file","insecure_tls":"true"}"#),
        ] {
            // Each is found before the one that was there before it.
            std::fs::write(home.path().join(format!(".mservctl.{ending}")), text).unwrap();
            let found = settings(home.path(), &none, &[]).unwrap();
            assert!(found.file.as_ref().unwrap().extension().unwrap() == ending);
            assert_eq!((found.endpoint.as_str(), token(&found)), ("http://file:1", "from-file"));
            assert!(found.insecure_tls, "{ending}");
        }
        let set = [("TOKEN", "from-env"), ("ENDPOINT", "http://env:1"), ("INSECURE_TLS", "0")];
        let found = settings(home.path(), &none, &set).unwrap();
        assert_eq!((found.endpoint.as_str(), token(&found)), ("http://env:1", "from-env"));
        assert!(!found.insecure_tls && found.warnings.is_empty());
        let flags = Flags {
            endpoint: Some("https://flag:1".into()),
            token: Some("from-flag".into()),
            insecure_tls: Some(true),
            config: None,
        };
        let found = settings(home.path(), &flags, &set).unwrap();
        assert_eq!((found.endpoint.as_str(), token(&found)), ("https://flag:1", "from-flag"));
        let warned: Vec<_> = found.warnings.iter().map(ToString::to_string).collect();
        assert!(warned[0].contains("can read the arguments"), "{warned:?}");
        assert!(warned[1].contains("certificate is not checked"), "{warned:?}");
        assert!(!format!("{found:?}").contains("from-flag"));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_without_its_text() {
        let home = tempfile::tempdir().unwrap();
        let said = |name: &str, text: &str| {
            let path = home.path().join(name);
            std::fs::write(&path, text).unwrap();
            let flags = Flags { config: Some(path), ..Flags::default() };
            settings(home.path(), &flags, &[]).unwrap_err().to_string()
        };
        assert!(said("bad.yaml", "endpoint: [\n").contains("a mistake on line"));
        let json = said("bad.json", "{\n\"token\": geheim}");
        assert!(json.contains("a mistake on line 2") && !json.contains("geheim"), "{json}");
        let toml = said("bad.toml", "\ntoken = geheim\n");
        assert!(toml.contains("a mistake on line") && !toml.contains("geheim"), "{toml}");
        assert!(said("list.yaml", "token: [geheim]").contains("`token` is of another kind"));
        assert!(said("it.ini", "").contains("its ending"));
        let flags = Flags { config: Some("/nonexistent.yaml".into()), ..Flags::default() };
        let said = settings(home.path(), &flags, &[]).unwrap_err().to_string();
        assert!(said.contains("no such file"), "{said}");
        let said = settings(home.path(), &Flags::default(), &[("INSECURE_TLS", "ja")]);
        assert!(said.unwrap_err().what.contains("neither true nor false"));
        std::fs::write(home.path().join(".mservctl.ini"), "").unwrap();
        let found = settings(home.path(), &Flags::default(), &[]).unwrap();
        assert!(found.warnings[0].what.contains("is not read"));
    }
}
