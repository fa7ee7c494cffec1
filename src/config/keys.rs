//! What a key of the configuration takes, from a file or as text.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use toml::de::{DeFloat, DeInteger, DeValue};

use super::columns::Column;
use super::globs::Globs;
use super::sample::Sample;
use super::target::TargetKind;
use crate::domain::address::Listen;
use crate::domain::filter::Filter;

/// A key of `T`, and how a value of it is taken.
pub(super) struct Key<T: 'static> {
    /// `section.key`, or the key alone at the top of the file.
    pub(super) name: &'static str,
    pub(super) slot: Slot<T>,
}

/// The field of `T` behind a key; its type is what the key takes.
pub(super) enum Slot<T> {
    Text(fn(&mut T) -> &mut String),
    OptionalText(fn(&mut T) -> &mut Option<String>),
    /// `http://HOST:PORT`, or with `https`.
    Url(fn(&mut T) -> &mut Option<String>),
    /// `HOST:PORT`, and `unix:PATH` where the flag says so.
    Listen(fn(&mut T) -> &mut String, Sockets),
    Path(fn(&mut T) -> &mut PathBuf),
    OptionalPath(fn(&mut T) -> &mut Option<PathBuf>),
    /// Bytes: an integer, or text with a unit.
    Bytes(fn(&mut T) -> &mut usize),
    Count(fn(&mut T) -> &mut usize),
    Switch(fn(&mut T) -> &mut bool),
    /// A share: a number, or text such as `1/10`.
    Share(fn(&mut T) -> &mut Sample),
    /// A filter over records.
    Filter(fn(&mut T) -> &mut Option<String>),
    /// One of the kinds of target.
    TargetKind(fn(&mut T) -> &mut TargetKind),
    List(fn(&mut T) -> &mut Vec<String>),
    /// Columns of the list of Dispatches.
    Columns(fn(&mut T) -> &mut Vec<Column>),
    /// As a list; the folder that they are relative to is kept beside it.
    Globs(fn(&mut T) -> &mut Globs),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sockets {
    Taken,
    Refused,
}

impl<T: Clone> Key<T> {
    /// Takes a value of a TOML file in `folder`; the error says what was expected.
    pub(super) fn put_toml(
        &self,
        owner: &mut T,
        value: &DeValue<'_>,
        folder: &Path,
    ) -> Result<(), String> {
        let wrong = |wanted: &str| format!("`{}` is {wanted}, not {}", self.name, kind(value));
        let text = || value.as_str().ok_or_else(|| wrong("text in quotes"));
        match &self.slot {
            Slot::Bytes(_) if value.is_str() => self.put_text(owner, text()?, folder),
            Slot::Bytes(field) | Slot::Count(field) => {
                let wanted = if matches!(self.slot, Slot::Bytes(_)) {
                    "a number of bytes, or text such as \"64 MiB\""
                } else {
                    "a whole number"
                };
                let integer = value.as_integer().ok_or_else(|| wrong(wanted))?;
                let number = usize::from_str_radix(integer.as_str(), integer.radix());
                *field(owner) = self.at_least_one(number.ok(), integer.as_str())?;
                Ok(())
            }
            Slot::Share(_) => {
                let number = value.as_integer().map(DeInteger::as_str);
                let number = number.or_else(|| value.as_float().map(DeFloat::as_str));
                let text = number
                    .or_else(|| value.as_str())
                    .ok_or_else(|| wrong("a share from 0 to 1, or text such as \"1/10\""))?;
                self.put_text(owner, text, folder)
            }
            Slot::Switch(field) => {
                *field(owner) = value.as_bool().ok_or_else(|| wrong("true or false"))?;
                Ok(())
            }
            Slot::List(_) | Slot::Globs(_) | Slot::Columns(_) => {
                let wanted = "a list of text, such as [\"a\", \"b\"]";
                let items = value.as_array().ok_or_else(|| wrong(wanted))?;
                let items = items
                    .iter()
                    .map(|item| item.get_ref().as_str().map(str::to_owned))
                    .collect::<Option<Vec<_>>>()
                    .ok_or_else(|| {
                        format!("`{}` is {wanted}: an item is something else", self.name)
                    })?;
                self.put_list(owner, items, folder)
            }
            _ => self.put_text(owner, text()?, folder),
        }
    }

    /// Takes a value written as text: from the environment or a flag. Lists are separated by commas.
    pub(super) fn put_text(&self, owner: &mut T, text: &str, folder: &Path) -> Result<(), String> {
        match &self.slot {
            Slot::Text(field) => *field(owner) = self.some_text(text)?,
            Slot::OptionalText(field) => *field(owner) = Some(self.some_text(text)?),
            Slot::Url(field) => *field(owner) = Some(self.url(text)?),
            Slot::Listen(field, sockets) => *field(owner) = self.listen(text, *sockets)?,
            Slot::Path(field) => *field(owner) = joined(folder, &self.some_text(text)?),
            Slot::OptionalPath(field) => {
                *field(owner) = Some(joined(folder, &self.some_text(text)?));
            }
            Slot::Bytes(field) => *field(owner) = self.at_least_one(bytes(text), text)?,
            Slot::Count(field) => *field(owner) = self.at_least_one(text.parse().ok(), text)?,
            Slot::Share(field) => {
                *field(owner) =
                    Sample::parse(text).map_err(|what| format!("`{}` is {what}", self.name))?;
            }
            Slot::Filter(field) => {
                let text = self.some_text(text)?;
                Filter::parse_ending(&text).map_err(|error| {
                    let problem = error.problem(&text);
                    let place = problem.place.unwrap_or_default();
                    format!("`{}`: {place}: {}", self.name, problem.what)
                })?;
                *field(owner) = Some(text);
            }
            Slot::Switch(field) => {
                *field(owner) = match text {
                    "true" | "1" => true,
                    "false" | "0" => false,
                    _ => return Err(format!("`{}` is true or false, not `{text}`", self.name)),
                };
            }
            Slot::TargetKind(field) => {
                let kind = TargetKind::ALL.into_iter().find(|kind| kind.word() == text);
                *field(owner) = kind.ok_or_else(|| {
                    let known = TargetKind::ALL.map(TargetKind::word).join(", ");
                    format!("`{}` is one of {known}, not `{text}`", self.name)
                })?;
            }
            Slot::List(_) | Slot::Globs(_) | Slot::Columns(_) => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                self.put_list(owner, items.map(str::to_owned).collect(), folder)?;
            }
        }
        Ok(())
    }

    /// The value in force; null where it is not set.
    pub(super) fn value(&self, owner: &T) -> Json {
        // The table reaches a field for reading and writing by one function, so reading takes a copy.
        let mut copy = owner.clone();
        match &self.slot {
            Slot::Text(field) | Slot::Listen(field, _) => field(&mut copy).as_str().into(),
            Slot::OptionalText(field) | Slot::Url(field) => field(&mut copy).clone().into(),
            Slot::Path(field) => field(&mut copy).display().to_string().into(),
            Slot::OptionalPath(field) => {
                field(&mut copy).as_ref().map(|path| path.display().to_string()).into()
            }
            Slot::Bytes(field) | Slot::Count(field) => (*field(&mut copy)).into(),
            Slot::Switch(field) => (*field(&mut copy)).into(),
            Slot::Share(field) => field(&mut copy).to_string().into(),
            Slot::Filter(field) => field(&mut copy).clone().into(),
            Slot::TargetKind(field) => field(&mut copy).word().into(),
            Slot::List(field) => field(&mut copy).clone().into(),
            Slot::Columns(field) => {
                field(&mut copy).iter().map(|column| column.word()).collect::<Vec<_>>().into()
            }
            Slot::Globs(field) => field(&mut copy).patterns.clone().into(),
        }
    }

    fn put_list(&self, owner: &mut T, items: Vec<String>, folder: &Path) -> Result<(), String> {
        match &self.slot {
            Slot::List(field) => *field(owner) = items,
            Slot::Globs(field) => {
                *field(owner) = Globs { patterns: items, folder: folder.to_owned() };
            }
            Slot::Columns(field) => {
                let columns = Column::parse_all(items.iter().map(String::as_str));
                *field(owner) = columns.map_err(|what| format!("`{}`: {what}", self.name))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn some_text(&self, text: &str) -> Result<String, String> {
        match text.trim() {
            "" => Err(format!("`{}` is empty", self.name)),
            _ => Ok(text.to_owned()),
        }
    }

    /// A URL with a host. It may hold no password: it is shown.
    fn url(&self, text: &str) -> Result<String, String> {
        let wrong = |why: &str| Err(format!("`{}`: {why}: write http://HOST:PORT", self.name));
        let text = text.trim().trim_end_matches('/');
        let Some((scheme, rest)) = text.split_once("://") else {
            return wrong("no scheme");
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        match scheme {
            "http" | "https" if host.contains('@') => wrong("a password does not belong into it"),
            "http" | "https" if host.is_empty() || host.starts_with(':') => wrong("no host"),
            "http" | "https" => Ok(text.to_owned()),
            _ => wrong("only http and https are spoken"),
        }
    }

    fn listen(&self, text: &str, sockets: Sockets) -> Result<String, String> {
        match text.parse::<Listen>() {
            Ok(Listen::Unix(_)) if sockets == Sockets::Refused => {
                Err(format!("`{}` is HOST:PORT: a Gateway downloads over HTTP alone", self.name))
            }
            Ok(listen) => Ok(listen.to_string()),
            Err(error) => Err(format!("`{}`: {error}", self.name)),
        }
    }

    fn at_least_one(&self, number: Option<usize>, text: &str) -> Result<usize, String> {
        match number {
            Some(0) => Err(format!("`{}` is at least 1", self.name)),
            Some(number) => Ok(number),
            None => Err(match self.slot {
                Slot::Bytes(_) => format!(
                    "`{}`: `{text}` is no number of bytes: write 1048576 or \"1 MiB\"",
                    self.name
                ),
                _ => format!("`{}`: `{text}` is no whole number that fits", self.name),
            }),
        }
    }
}

/// What a TOML value is, for people.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A path as a file or a person writes it: `~/` is the home folder, anything relative belongs to `folder`.
fn joined(folder: &Path, path: &str) -> PathBuf {
    match path.strip_prefix("~/").zip(etcetera::home_dir().ok()) {
        Some((rest, home)) => home.join(rest),
        None => folder.join(path),
    }
}

/// `1048576`, `1024 KiB`, `1MiB`, `1 MB`: binary units by 1024, decimal ones by 1000.
pub fn bytes(text: &str) -> Option<usize> {
    let text = text.trim();
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'_').count();
    let number: usize = text[..digits].replace('_', "").parse().ok()?;
    let unit: usize = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(bytes("64 MiB"), Some(64 << 20));
        assert_eq!(bytes("4194304"), Some(4 << 20));
        assert_eq!(bytes("1_000kb"), Some(1_000_000));
        assert_eq!(bytes("2gib"), Some(2 << 30));
        for wrong in ["", "MiB", "1 TiB", "-1", "1.5 MiB", "99999999999999999999"] {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
    }
}
