//! What enter and add do on a row of the form: choose, type, or switch.

use serde_json::{Value, json};

use super::vocabulary::{CONFIG, EXTRACT_FROM, EXTRACT_WITH, about, member};
use super::{Change, Pane, Target};
use crate::domain::manifest::{DRIVERS, Definition, Manifest};
use crate::tui::editor::Word;
use crate::tui::overlay::{Choice, Picked};
use crate::tui::widget::Wants;

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
        /// What is taken.
        wants: Wants,
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

/// Members of a definition that are on or off.
const SWITCHES: [&str; 3] = ["disabled", "require_session", "raw_body_only"];

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
            Target::AuthCheck | Target::TrafficLogs
                if self.definition(target).is_none_or(|found| found.name.is_empty()) =>
            {
                self.pick_name(target)
            }
            Target::AuthCheck | Target::TrafficLogs if add => {
                Edit::No("a manifest has one of it: enter changes it".into())
            }
            Target::Hook(..) | Target::AuthCheck | Target::TrafficLogs => self.properties(target),
            Target::Config => configs(),
            Target::Top(key) => {
                let manifest = self.manifest.as_ref();
                let of = |it: &Manifest| {
                    if *key == "checksum" { &it.checksum } else { &it.signature }.clone()
                };
                let text = manifest.map(of).unwrap_or_default();
                let note = "A build writes its own; what stands here is not used.";
                ask(key, note, target.clone(), &text)
            }
            Target::ExtractorKey("disabled") => {
                let extractor = self.manifest.as_ref().map(|m| &m.custom_middleware.id_extractor);
                let disabled = extractor.is_some_and(|extractor| extractor.disabled);
                Edit::Now(if disabled {
                    Change::Remove(target.clone())
                } else {
                    Change::Set(target.clone(), Value::Bool(true))
                })
            }
            Target::Extractor | Target::ExtractorKey("extract_from") => {
                choices("Extract from", "extract_from", EXTRACT_FROM)
            }
            Target::ExtractorKey(_) => choices("Extract with", "extract_with", EXTRACT_WITH),
            Target::ExtractorConfig(key) => {
                let row = self.rows.iter().find(|row| row.target == *target);
                let text = row.map(|row| row.value.as_str()).filter(|value| *value != "—");
                ask(key, about(&target.words()), target.clone(), text.unwrap_or_default())
            }
        }
    }

    fn choose_files(&self) -> Edit {
        Edit::Files(self.manifest.as_ref().map(Manifest::files).unwrap_or_default().to_vec())
    }

    pub(super) fn definition(&self, target: &Target) -> Option<&Definition> {
        let middleware = &self.manifest.as_ref()?.custom_middleware;
        let (word, index) = match target {
            Target::TrafficLogs => return middleware.traffic_logs.as_ref(),
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
        let choice = |name: &str, about: String, change| Choice {
            name: name.to_owned(),
            about,
            picked: Picked::Manifest(change),
        };
        let name = Change::PickName(target.clone());
        let mut choices = vec![choice("name", found.name.clone(), name)];
        for (name, value) in [("path", &found.path), ("code", &found.code)] {
            let value =
                if value.is_empty() { format!("—  {}", member(name)) } else { value.clone() };
            choices.push(choice(name, value, Change::AskMember(target.clone(), name)));
        }
        for name in SWITCHES {
            let on = match name {
                "disabled" => found.disabled,
                "require_session" => found.require_session,
                _ => found.raw_body_only,
            };
            // What is off is left out, as people write it.
            let change = if on {
                Change::RemoveMember(target.clone(), name)
            } else {
                Change::SetMember(target.clone(), name, Value::Bool(true))
            };
            let about = format!("{}: {}", if on { "on " } else { "off" }, member(name));
            choices.push(choice(name, about, change));
        }
        Edit::Choose(format!("Hook {}", found.name), choices)
    }

    /// Asks for the text of a definition's member.
    pub(crate) fn ask_member(&self, target: &Target, name: &'static str) -> Edit {
        if name == "name" {
            return self.ask_name(target);
        }
        let found = self.definition(target);
        let (text, wants) = match (found, name) {
            (Some(found), "code") => (found.code.clone(), Wants::Base64),
            (Some(found), _) if self.is_go() => (found.path.clone(), Wants::Anything),
            (Some(found), _) => (found.path.clone(), Wants::Path),
            (None, _) => (String::new(), Wants::Anything),
        };
        let note = format!("{}; nothing takes it out.", member(name));
        Edit::Ask { title: name.to_owned(), note, target: target.clone(), text, wants }
    }

    /// Whether its hooks are of a Go library, which may lie anywhere.
    fn is_go(&self) -> bool {
        self.manifest.as_ref().is_some_and(|it| it.custom_middleware.driver == "goplugin")
    }

    /// The change that a typed text makes.
    pub(crate) fn typed(&mut self, target: Target, text: &str) -> Result<Change, String> {
        let member = self.member.take();
        if text.is_empty() {
            let unset = match (&target, member) {
                (_, Some(member @ ("path" | "code"))) => Change::RemoveMember(target, member),
                (Target::Top(_) | Target::ExtractorConfig(_), _) if self.is_set(&target) => {
                    Change::Remove(target)
                }
                _ => return Err("nothing was typed, so nothing has changed".into()),
            };
            return Ok(unset);
        }
        Ok(match target {
            Target::Hooks(word) => Change::Add(Target::Hooks(word), json!({"name": text})),
            Target::AuthCheck | Target::TrafficLogs | Target::Hook(..) => {
                Change::SetMember(target, member.unwrap_or("name"), json!(text))
            }
            Target::ExtractorConfig(ref key) if key == "regex_match_index" => {
                let index: u32 =
                    text.parse().map_err(|_| format!("`{text}` is no index: 0, 1, 2, …"))?;
                Change::Set(target, json!(index))
            }
            // What nobody knows may be anything; what is known is a text.
            Target::ExtractorConfig(ref key) if CONFIG.iter().all(|known| known.name != key) => {
                let value = serde_json::from_str(text).unwrap_or_else(|_| json!(text));
                Change::Set(target, value)
            }
            target => Change::Set(target, json!(text)),
        })
    }
}

fn ask(title: &str, note: &str, target: Target, text: &str) -> Edit {
    let (title, note, text) = (title.to_owned(), note.to_owned(), text.to_owned());
    Edit::Ask { title, note, wants: target.wants(), target, text }
}

fn drivers() -> Edit {
    let choices = DRIVERS.iter().map(|driver| Choice {
        name: driver.name.to_owned(),
        about: format!("runs {}", driver.runs),
        picked: Picked::Manifest(Change::Set(Target::Driver, json!(driver.name))),
    });
    Edit::Choose("Driver".into(), choices.collect())
}

/// The settings of an extractor.
fn configs() -> Edit {
    let choice = |word: &Word| Choice {
        name: word.name.to_owned(),
        about: word.about.to_owned(),
        picked: Picked::Manifest(Change::AskValue(Target::ExtractorConfig(word.name.to_owned()))),
    };
    Edit::Choose("extractor_config".into(), CONFIG.iter().map(choice).collect())
}

fn choices(title: &str, key: &'static str, all: &[(&str, &str)]) -> Edit {
    let choice = |(name, about): &(&str, &str)| Choice {
        name: (*name).to_owned(),
        about: (*about).to_owned(),
        picked: Picked::Manifest(Change::Set(Target::ExtractorKey(key), json!(name))),
    };
    Edit::Choose(title.to_owned(), all.iter().map(choice).collect())
}
