//! AWS's files: `~/.aws/config` and `~/.aws/credentials`, in their own dialect of INI (AWS SDKs and Tools Reference Guide,
//! "Shared config and credentials files").

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::Environment;
use crate::domain::task::Problem;

/// Sections by name, and in each the values by key; those of a nested block as `s3.addressing_style`.
type Sections = BTreeMap<String, BTreeMap<String, String>>;

/// What the two files say.
pub(in crate::services::s3) struct AwsFiles {
    /// Of both, the credentials' file over the other.
    profiles: Sections,
    /// `[sso-session NAME]`.
    sessions: Sections,
    home: PathBuf,
    config: PathBuf,
    credentials: PathBuf,
}

impl std::fmt::Debug for AwsFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AwsFiles").field("profiles", &self.profiles.keys()).finish_non_exhaustive()
    }
}

/// What they say of one profile.
pub(in crate::services::s3) struct Profile<'a> {
    pub(super) name: &'a str,
    values: Option<&'a BTreeMap<String, String>>,
}

impl<'a> Profile<'a> {
    /// A value; `None` where it is not set or empty.
    pub(in crate::services::s3) fn get(&self, key: &str) -> Option<&'a str> {
        self.values?.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Whether any file has it.
    pub(super) fn exists(&self) -> bool {
        self.values.is_some()
    }
}

impl AwsFiles {
    /// Reads what is there; a file that is not is as an empty one.
    pub(in crate::services::s3) fn read(environment: &Environment) -> Result<Self, Problem> {
        let home = PathBuf::from(environment.get("HOME").unwrap_or_default());
        let path = |variable: &str, usual: &str| match environment.get(variable) {
            Some(path) => at_home(&path, &home),
            None => home.join(".aws").join(usual),
        };
        let config = path("AWS_CONFIG_FILE", "config");
        let credentials = path("AWS_SHARED_CREDENTIALS_FILE", "credentials");
        let (mut profiles, mut sessions) = (Sections::new(), Sections::new());
        for (name, values) in sections(&config)? {
            if let Some(session) = name.strip_prefix("sso-session ") {
                sessions.insert(session.trim().to_owned(), values);
            } else if let Some(profile) = name.strip_prefix("profile ") {
                profiles.entry(profile.trim().to_owned()).or_default().extend(values);
            } else if name == "default" {
                profiles.entry(name).or_default().extend(values);
            }
        }
        for (name, values) in sections(&credentials)? {
            profiles.entry(name).or_default().extend(values);
        }
        Ok(Self { profiles, sessions, home, config, credentials })
    }

    /// The profile of this name, whether there is one or not.
    pub(in crate::services::s3) fn profile<'a>(&'a self, name: &'a str) -> Profile<'a> {
        Profile { name, values: self.profiles.get(name) }
    }

    /// A value of an `[sso-session NAME]`.
    pub(super) fn session(&self, name: &str, key: &str) -> Option<&str> {
        self.sessions.get(name)?.get(key).map(String::as_str)
    }

    /// The folder of the tokens that `aws sso login` keeps.
    pub(super) fn sso_cache(&self) -> PathBuf {
        self.home.join(".aws/sso/cache")
    }

    /// Both files, for people.
    pub(super) fn places(&self) -> String {
        format!("{} and {}", self.config.display(), self.credentials.display())
    }

    /// The names of all profiles.
    pub(super) fn names(&self) -> Vec<&str> {
        self.profiles.keys().map(String::as_str).collect()
    }
}

fn at_home(path: &str, home: &Path) -> PathBuf {
    match path.strip_prefix("~/") {
        Some(rest) => home.join(rest),
        None => PathBuf::from(path),
    }
}

fn sections(path: &Path) -> Result<Sections, Problem> {
    match std::fs::read(path) {
        Ok(text) => Ok(parsed(&String::from_utf8_lossy(&text))),
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            Ok(Sections::new())
        }
        Err(error) => Err(Problem::failed(format!("cannot read AWS's file: {error}"))
            .at(path.display())
            .help("make it readable, or name another with AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE")),
    }
}

/// Lines that are none of it are left out, as AWS's own tools do.
fn parsed(text: &str) -> Sections {
    let mut sections = Sections::new();
    let (mut section, mut block) = (String::new(), String::new());
    for line in text.lines() {
        let is_nested = line.starts_with([' ', '\t']);
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').filter(|_| !is_nested) {
            let name = name.split(']').next().unwrap_or_default();
            section = name.split_whitespace().collect::<Vec<_>>().join(" ").replace('"', "");
            sections.entry(section.clone()).or_default();
            block.clear();
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let (key, value) = (key.trim().to_ascii_lowercase(), uncommented(value).trim());
        let Some(values) = sections.get_mut(&section) else { continue };
        if is_nested && !block.is_empty() {
            values.insert(format!("{block}.{key}"), value.to_owned());
        } else {
            block = if value.is_empty() { key.clone() } else { String::new() };
            values.insert(key, value.to_owned());
        }
    }
    sections
}

/// A comment begins at a mark that has white space before it; a secret may hold the mark itself.
fn uncommented(value: &str) -> &str {
    let marks = [" #", "\t#", " ;", "\t;"];
    let end = marks.iter().filter_map(|mark| value.find(mark)).min();
    &value[..end.unwrap_or(value.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awss_dialect_is_read() {
        let text = "\
# a comment
[default]
region=eu-west-1
s3 =
  addressing_style = path
  max_concurrent_requests = 20
output = json
[ profile  \"two words\" ]
aws_secret_access_key = a=b#c/+ # its comment
  stray
nonsense
credential_process = \"/opt/x y\" --flag ; comment
[default]
AWS_ACCESS_KEY_ID = AKIA
";
        let sections = parsed(text);
        let of = |section: &str, key: &str| sections[section].get(key).map(String::as_str);
        assert_eq!(of("default", "region"), Some("eu-west-1"));
        assert_eq!(of("default", "s3.addressing_style"), Some("path"));
        assert_eq!(of("default", "output"), Some("json"));
        assert_eq!(of("default", "aws_access_key_id"), Some("AKIA"));
        assert_eq!(of("profile two words", "aws_secret_access_key"), Some("a=b#c/+"));
        assert_eq!(of("profile two words", "credential_process"), Some("\"/opt/x y\" --flag"));
    }
}
