//! The functions that the manifest's code has, for a hook to be chosen from.

use ratatui::layout::Rect;
use serde_json::json;

use super::{Change, Edit, Pane, Target};
use crate::domain::code::{Candidate, Found, Language, usual};
use crate::domain::manifest::Manifest;
use crate::tui::effect::Effect;
use crate::tui::overlay::{Choice, Picked};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Pen, Wants, pad};

/// The functions of the code.
#[derive(Default)]
pub(crate) struct Code {
    /// Those that a hook could be named after.
    pub(crate) functions: Vec<Candidate>,
    /// The version of the manifest's text that was looked at last.
    seen: Option<u64>,
    /// The driver and the files whose functions they are.
    of: Option<(String, Vec<String>)>,
}

impl Code {
    /// They are read anew.
    pub(crate) fn forget(&mut self) {
        (self.seen, self.of) = (None, None);
    }

    /// What they are called: by their file, where it is one.
    pub(super) fn title(&self) -> String {
        match self.functions.first() {
            Some(first) if self.functions.iter().all(|it| it.file == first.file) => {
                format!("Hooks in {}", first.file)
            }
            _ => "Hooks in the code".to_owned(),
        }
    }
}

impl Pane {
    /// Reads the code where another driver or other files are named than those that were read.
    pub(crate) fn code_wanted(&mut self) -> Option<Effect> {
        if self.code.seen == Some(self.understood) {
            return None;
        }
        self.code.seen = Some(self.understood);
        let manifest = self.manifest.as_ref()?;
        let driver = &manifest.custom_middleware.driver;
        let same = self.code.of.as_ref();
        if same.is_some_and(|(of, files)| of == driver && files == manifest.files()) {
            return None;
        }
        self.code.of = Some((driver.clone(), manifest.files().to_vec()));
        self.read_code()
    }

    /// Draws what the code has.
    pub(super) fn draw_code(&self, pen: &mut Pen<'_>, area: Rect) {
        let functions = &self.code.functions;
        let columns = functions.iter().map(|it| text::width(&it.name)).max().unwrap_or(0).min(24);
        for (y, (at, function)) in (area.y..area.bottom()).zip(functions.iter().enumerate()) {
            let line = Rect { y, height: 1, ..pad(area) };
            let more = functions.len() - at;
            if y + 1 == area.bottom() && more > 1 {
                pen.put(line.x, y, line.width, &format!("⋯ {more} more"), Role::Dim);
                return;
            }
            let named = self.manifest.iter().flat_map(Manifest::hooks);
            let named = named.filter(|(_, named)| named.name == function.name);
            let named: Vec<&str> = named.map(|(hook, _)| hook.word()).collect();
            let (role, said) = match &function.found {
                Found::ByName => (Role::Text, function.file.clone()),
                Found::With(count) => {
                    (Role::Text, format!("{count} parameters → {}", usual(*count).join(", ")))
                }
                _ => (Role::Dim, about(function, "")),
            };
            let named = match named.as_slice() {
                [] => String::new(),
                [one] if matches!(function.found, Found::With(3..) if said.ends_with(one)) => {
                    "  ✓".to_owned()
                }
                named => format!("  ✓ {}", named.join(", ")),
            };
            let name = text::left(&text::clean(&function.name), columns + 2);
            pen.line(line, [(role, name.into()), (role, said.into()), (Role::Good, named.into())]);
        }
    }

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
        let is_read = Language::of_driver(self.driver()).is_some();
        // Those are of Go alone.
        if !is_read || *target == Target::TrafficLogs {
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
        let wants = match Language::of_driver(self.driver()) {
            Some(_) => Wants::Function,
            None => Wants::Anything,
        };
        let (note, text) = (note.to_owned(), there.to_owned());
        Edit::Ask { title, note, target: target.clone(), text, wants }
    }

    /// The functions that a hook can be named after, those that fit first, and a way to type one.
    pub(crate) fn hook_choices(&self, target: &Target) -> Vec<Choice> {
        let word = word(target);
        let mut functions: Vec<&Candidate> = self.code.functions.iter().collect();
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
        let hooks = self.manifest.iter().flat_map(Manifest::hooks);
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
        Target::TrafficLogs => "traffic_logs",
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
