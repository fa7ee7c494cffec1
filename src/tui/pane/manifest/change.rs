//! Changes of the manifest's text: each one an edit that leaves everything else as its author wrote it.

use serde_json::{Value, json};

use crate::domain::json::{Document, Edit, EditError, Kind};

use crate::tui::widget::Wants;

/// What a row of the form stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// `driver`.
    Driver,
    /// `file_list`.
    Files,
    /// One of its entries.
    File(usize),
    /// A list of hooks, by the manifest's word.
    Hooks(&'static str),
    /// One of its definitions.
    Hook(&'static str, usize),
    /// `auth_check`.
    AuthCheck,
    /// `traffic_logs`.
    TrafficLogs,
    /// `id_extractor`.
    Extractor,
    /// `disabled`, `extract_from`, `extract_with` of it.
    ExtractorKey(&'static str),
    /// Its `extractor_config`.
    Config,
    /// A key of it.
    ExtractorConfig(String),
    /// `checksum`, `signature`.
    Top(&'static str),
}

impl Target {
    /// What its field takes, where it is typed.
    pub(crate) fn wants(&self) -> Wants {
        match self {
            Self::Files | Self::File(_) => Wants::File,
            Self::ExtractorConfig(key) if key == "regex_match_index" => Wants::Index,
            Self::ExtractorConfig(key) if key == "regex_expression" => Wants::Regex,
            Self::ExtractorConfig(key) if key == "header_name" => Wants::Header,
            Self::ExtractorConfig(key) if key == "xpath_expression" => Wants::XPath,
            Self::Top("checksum") => Wants::Md5,
            Self::Top(_) => Wants::Base64,
            _ => Wants::Anything,
        }
    }

    /// The words that lead to it.
    pub(super) fn words(&self) -> Vec<String> {
        let middleware = |rest: &[&str]| {
            ["custom_middleware"].iter().chain(rest).map(|word| (*word).to_owned()).collect()
        };
        match self {
            Self::Driver => middleware(&["driver"]),
            Self::Files => vec!["file_list".into()],
            Self::File(index) => vec!["file_list".into(), index.to_string()],
            Self::Hooks(word) => middleware(&[word]),
            Self::Hook(word, index) => middleware(&[word, &index.to_string()]),
            Self::AuthCheck => middleware(&["auth_check"]),
            Self::TrafficLogs => middleware(&["traffic_logs"]),
            Self::Extractor => middleware(&["id_extractor"]),
            Self::ExtractorKey(key) => middleware(&["id_extractor", key]),
            Self::Config => middleware(&["id_extractor", "extractor_config"]),
            Self::Top(key) => vec![(*key).to_owned()],
            Self::ExtractorConfig(key) => middleware(&["id_extractor", "extractor_config", key]),
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// Sets a value.
    Set(Target, Value),
    /// Sets a member of a definition.
    SetMember(Target, &'static str, Value),
    /// Asks for a text to set a member of a definition to; no edit by itself.
    AskMember(Target, &'static str),
    /// Has the name of a hook chosen from the functions of the code; no edit by itself.
    PickName(Target),
    /// Takes a member of a definition out.
    RemoveMember(Target, &'static str),
    /// Asks for a text to set this to; no edit by itself.
    AskValue(Target),
    /// Adds an element to a list.
    Add(Target, Value),
    /// Removes an entry, a definition, a setting.
    Remove(Target),
}

impl Change {
    /// The edit that makes it.
    pub(crate) fn edit(&self, document: &Document) -> Result<Edit, EditError> {
        let path = |words: &[String]| document.locate(words);
        match self {
            Self::Set(target, value) => document.set(&path(&target.words()), value),
            Self::SetMember(target, member, value) => {
                let mut words = target.words();
                words.push((*member).to_owned());
                document.set(&path(&words), value)
            }
            Self::RemoveMember(target, member) => {
                let mut words = target.words();
                words.push((*member).to_owned());
                document.remove(&path(&words))
            }
            Self::AskMember(..) | Self::PickName(_) | Self::AskValue(_) => {
                Ok(Edit { span: 0..0, text: String::new() })
            }
            Self::Add(target, value) => {
                let list = path(&target.words());
                match document.at(&list) {
                    Some(found) if found.kind() == Kind::Array => {
                        document.insert(&list, found.children().count(), value)
                    }
                    // Absent and null lists are the same to a Gateway.
                    _ => document.set(&list, &json!([value])),
                }
            }
            Self::Remove(target) => document.remove(&path(&target.words())),
        }
    }
}

/// A manifest to begin with, for a folder that has none.
pub(super) const EMPTY: &str =
    "{\n  \"file_list\": [],\n  \"custom_middleware\": {\n    \"driver\": \"grpc\"\n  }\n}\n";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::Trailing;

    #[test]
    fn the_manifest_to_begin_with_is_one() {
        assert!(Document::parse(EMPTY, Trailing::Refused).is_ok());
    }
}
