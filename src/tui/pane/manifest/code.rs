//! The functions that the manifest's code has, for a hook to be chosen from.

use serde_json::json;

use super::{Change, Edit, Pane, Target};
use crate::domain::code::{Candidate, Found, Language, usual};
use crate::tui::effect::Effect;
use crate::tui::overlay::{Choice, Picked};

impl Pane {
    /// The driver.
    fn driver(&self) -> &str {
        self.manifest.as_ref().map_or("", |manifest| &manifest.custom_middleware.driver)
    }

    /// Reads the code, where the driver has one that can be read.
    pub(crate) fn read_code(&self) -> Option<Effect> {
        let manifest = self.manifest.as_ref()?;
        Some(Effect::ReadCode(Box::new(manifest.clone())))
    }

    /// How the name of a hook is chosen: from the code's functions, or typed where these cannot be known.
    pub(crate) fn pick_name(&self, target: &Target) -> Edit {
        if Language::of_driver(self.driver()).is_none() {
            return self.ask_name(target);
        }
        let title = match target {
            Target::Hook(..) => "Which function?".to_owned(),
            target => format!("New {} hook: which function?", word(target)),
        };
        Edit::Pick(title, target.clone())
    }

    /// Asks for the name of a hook.
    pub(super) fn ask_name(&self, target: &Target) -> Edit {
        let note = match self.driver() {
            "grpc" => "The name that the plugin server dispatches on.",
            _ => "The function's name in the code.",
        };
        let there = self.definition(target).map_or("", |found| found.name.as_str());
        let title = match there {
            "" => format!("New {} hook", word(target)),
            _ => "name".to_owned(),
        };
        Edit::Ask { title, note: note.to_owned(), target: target.clone(), text: there.to_owned() }
    }

    /// The functions that a hook can be named after, those that fit first, and a way to type one.
    pub(crate) fn hook_choices(&self, target: &Target) -> Vec<Choice> {
        let word = word(target);
        let mut functions: Vec<&Candidate> = self.functions.iter().collect();
        functions.sort_by_key(|it| match it.found {
            Found::With(count) => usize::from(!usual(count).contains(&word)),
            Found::ByName => 0,
            _ => 2,
        });
        let choice = |function: &Candidate| Choice {
            name: function.name.clone(),
            about: format!("{}{}", about(function, word), self.named(function, word)),
            picked: Picked::Manifest(self.named_after(target, function)),
        };
        let mut choices: Vec<Choice> = functions.into_iter().map(choice).collect();
        choices.push(Choice {
            name: "type a name…".into(),
            about: String::new(),
            picked: Picked::Manifest(Change::AskMember(target.clone(), "name")),
        });
        choices
    }

    /// Whether the manifest names a function for this hook already.
    fn named(&self, function: &Candidate, word: &str) -> &'static str {
        let hooks = self.manifest.iter().flat_map(|manifest| manifest.hooks());
        let mut same =
            hooks.filter(|(hook, named)| hook.word() == word && named.name == function.name);
        if same.next().is_some() { "; named already" } else { "" }
    }

    fn named_after(&self, target: &Target, function: &Candidate) -> Change {
        let name = &function.name;
        match target {
            Target::Hooks(_) if matches!(self.driver(), "otto" | "javascript") => {
                // The Gateway loads JavaScript by the file that a definition names.
                Change::Add(target.clone(), json!({"name": name, "path": function.file}))
            }
            Target::Hooks(_) => Change::Add(target.clone(), json!({"name": name})),
            target => Change::SetMember(target.clone(), "name", json!(name)),
        }
    }
}

/// The manifest's word for the hook of a row.
fn word(target: &Target) -> &'static str {
    match target {
        Target::Hooks(word) | Target::Hook(word, _) => word,
        _ => "auth_check",
    }
}

/// What is to be known of a function that is to be this hook.
pub(super) fn about(function: &Candidate, word: &str) -> String {
    let with = |count: usize| match count {
        1 => "1 parameter".to_owned(),
        count => format!("{count} parameters"),
    };
    match &function.found {
        Found::ByName => format!("✓ {}", function.file),
        Found::With(count) if usual(*count).contains(&word) => format!("✓ {}", with(*count)),
        Found::With(count) => {
            let other = match (word, count) {
                ("auth_check", 3) => "works here too",
                ("response", _) => "called here too, without the response",
                (_, 5) => "called here too, with an empty response",
                _ => "called here too",
            };
            format!("· {}: for {}; {other}", with(*count), usual(*count).join(", "))
        }
        Found::Unknown => "· a decorator decides its parameters: 3, 4 or 5 are called".to_owned(),
        Found::Never(count) => format!("✗ {}: never called, only 3, 4 or 5 are", with(*count)),
        Found::Not(why) => format!("✗ {why}"),
    }
}
