//! What enter and add do on a row of the form: choose, type, or switch.

use serde_json::{Value, json};

use super::vocabulary::{EXTRACT_FROM, EXTRACT_WITH};
use super::{Change, Pane, Target};
use crate::domain::manifest::{DRIVERS, Definition, Manifest};
use crate::tui::overlay::{Choice, Picked};

/// How a row is changed.
pub(crate) enum Edit {
    /// By choosing.
    Choose(String, Vec<Choice>),
    /// By typing.
    Ask {
        /// What is asked.
        title: String,
        /// What to know.
        note: String,
        /// What is set.
        target: Target,
        /// What stands there.
        text: String,
    },
    /// By choosing one of the code's functions, for this hook.
    Pick(String, Target),
    /// From a tree of files, where these are listed.
    Files(Vec<String>),
    /// At once.
    Now(Change),
    /// Not at all.
    No(String),
}

/// Members of a definition that are on or off, and what they mean.
const SWITCHES: [(&str, &str); 3] = [
    ("disabled", "the Gateway skips it"),
    ("require_session", "the hook gets the session"),
    ("raw_body_only", "the body comes as bytes alone"),
];

impl Pane {
    /// How the row of this target is changed; `add`: by adding to the list that it is in.
    pub(crate) fn edit(&self, target: &Target, add: bool) -> Edit {
        match target {
            Target::Driver if !add => drivers(),
            Target::Driver => Edit::No("a manifest has one driver: enter changes it".into()),
            Target::Files => self.choose_files(),
            Target::File(_) if add => self.choose_files(),
            Target::File(index) => {
                let files = self.manifest.as_ref().map(Manifest::files);
                let text = files.and_then(|files| files.get(*index)).cloned().unwrap_or_default();
                ask("File", "Relative to the manifest's folder.", target.clone(), &text)
            }
            Target::Hooks(_) => self.pick_name(target),
            Target::Hook(word, _) if add => self.pick_name(&Target::Hooks(word)),
            Target::AuthCheck
                if self.definition(target).is_none_or(|found| found.name.is_empty()) =>
            {
                self.pick_name(target)
            }
            Target::AuthCheck if add => {
                Edit::No("a manifest has one auth_check: enter changes it".into())
            }
            Target::Hook(..) | Target::AuthCheck => self.properties(target),
            Target::ExtractorKey("disabled") => {
                let extractor = self.manifest.as_ref().map(|m| &m.custom_middleware.id_extractor);
                let disabled = extractor.is_some_and(|extractor| extractor.disabled);
                Edit::Now(Change::Set(target.clone(), Value::Bool(!disabled)))
            }
            Target::Extractor | Target::ExtractorKey("extract_from") => {
                choices("Extract from", "extract_from", EXTRACT_FROM)
            }
            Target::ExtractorKey(_) => choices("Extract with", "extract_with", EXTRACT_WITH),
            Target::ExtractorConfig(key) => {
                let row = self.rows.iter().find(|row| row.target == *target);
                let text = row.map(|row| row.value.as_str()).filter(|value| *value != "—");
                let note = match key.as_str() {
                    "regex_match_index" => "Counts whole matches from 0, not groups.",
                    _ => "",
                };
                ask(key, note, target.clone(), text.unwrap_or_default())
            }
        }
    }

    fn choose_files(&self) -> Edit {
        Edit::Files(self.manifest.as_ref().map(Manifest::files).unwrap_or_default().to_vec())
    }

    pub(super) fn definition(&self, target: &Target) -> Option<&Definition> {
        let middleware = &self.manifest.as_ref()?.custom_middleware;
        let (word, index) = match target {
            Target::AuthCheck => return Some(&middleware.auth_check),
            Target::Hook(word, index) => (*word, *index),
            _ => return None,
        };
        let list = match word {
            "pre" => &middleware.pre,
            "post" => &middleware.post,
            "post_key_auth" => &middleware.post_key_auth,
            _ => &middleware.response,
        };
        list.as_ref()?.get(index)
    }

    fn properties(&self, target: &Target) -> Edit {
        let Some(found) = self.definition(target) else {
            return Edit::No("it is not there any more".into());
        };
        let mut choices = vec![
            Choice {
                name: "name".into(),
                about: found.name.clone(),
                picked: Picked::Manifest(Change::PickName(target.clone())),
            },
            Choice {
                name: "path".into(),
                about: if found.path.is_empty() { "not set".into() } else { found.path.clone() },
                picked: Picked::Manifest(Change::AskMember(target.clone(), "path")),
            },
        ];
        for (member, about) in SWITCHES {
            let on = match member {
                "disabled" => found.disabled,
                "require_session" => found.require_session,
                _ => found.raw_body_only,
            };
            choices.push(Choice {
                name: member.into(),
                about: format!("{}: {about}", if on { "on " } else { "off" }),
                picked: Picked::Manifest(Change::SetMember(
                    target.clone(),
                    member,
                    Value::Bool(!on),
                )),
            });
        }
        Edit::Choose(format!("Hook {}", found.name), choices)
    }

    /// Asks for the text of a definition's member.
    pub(crate) fn ask_member(&self, target: &Target, member: &'static str) -> Edit {
        if member == "name" {
            return self.ask_name(target);
        }
        let found = self.definition(target);
        let text = found.map(|found| if member == "path" { &found.path } else { &found.name });
        ask(member, "", target.clone(), text.map_or("", String::as_str))
    }

    /// The change that a typed text makes.
    pub(crate) fn typed(&mut self, target: Target, text: &str) -> Result<Change, String> {
        let member = self.member.take();
        if text.is_empty() && member != Some("path") {
            return Err("nothing was typed, so nothing has changed".into());
        }
        Ok(match target {
            Target::Files => Change::Add(Target::Files, json!(text)),
            Target::Hooks(word) => Change::Add(Target::Hooks(word), json!({"name": text})),
            Target::AuthCheck | Target::Hook(..) => {
                Change::SetMember(target, member.unwrap_or("name"), json!(text))
            }
            Target::ExtractorConfig(ref key) if key == "regex_match_index" => {
                let index: u32 =
                    text.parse().map_err(|_| format!("`{text}` is no index: 0, 1, 2, …"))?;
                Change::Set(target, json!(index))
            }
            target => Change::Set(target, json!(text)),
        })
    }
}

fn ask(title: &str, note: &str, target: Target, text: &str) -> Edit {
    Edit::Ask { title: title.to_owned(), note: note.to_owned(), target, text: text.to_owned() }
}

fn drivers() -> Edit {
    let choices = DRIVERS.iter().map(|driver| Choice {
        name: driver.name.to_owned(),
        about: format!("runs {}", driver.runs),
        picked: Picked::Manifest(Change::Set(Target::Driver, json!(driver.name))),
    });
    Edit::Choose("Driver".into(), choices.collect())
}

fn choices(title: &str, key: &'static str, all: &[(&str, &str)]) -> Edit {
    let choice = |(name, about): &(&str, &str)| Choice {
        name: (*name).to_owned(),
        about: (*about).to_owned(),
        picked: Picked::Manifest(Change::Set(Target::ExtractorKey(key), json!(name))),
    };
    Edit::Choose(title.to_owned(), all.iter().map(choice).collect())
}
