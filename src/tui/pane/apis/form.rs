//! The rows of the form: what in a definition concerns plugins, as a Gateway understands it.

mod auth;
mod events;
mod which;

use serde_json::{Value as Json, json};

use super::vocabulary;
use crate::domain::api::{
    Bundle, ConfigData, Definition, Field, IdExtractor, Phase, Plugin, Switch,
};
use crate::domain::json::{Kind, Path};
use crate::domain::lint::Finding;
use crate::domain::task::Severity;
use crate::tui::editor::about;
use crate::tui::pane::manifest::needed;
use crate::tui::widget::Wants;

/// How a row is changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Way {
    /// By typing a text of this kind.
    Text(Wants),
    /// By typing a number.
    Number,
    /// By typing a JSON object.
    Json,
    /// By typing words.
    Words,
    /// By one of the drivers.
    Driver,
    /// By one of these, each with what it means.
    OneOf(&'static [(&'static str, &'static str)]),
    /// At once: these values are set.
    Toggle(Vec<(Path, Json)>),
    /// By adding a hook to the list at this path.
    Hooks(Path),
    /// A hook of the list at this path.
    Hook(Path, usize),
    /// The authentication's hook.
    AuthCheck,
    /// A hook that is no list's.
    Single,
    /// By adding a handler of an event.
    Events,
    /// A handler of an event.
    Event(Path),
    /// At once: the document gets what a Gateway needs.
    Extend,
    /// Not here, and why.
    Fixed(&'static str),
    /// Not at all: what is wrong, by its number.
    Finding(usize),
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Below another row.
    pub(crate) indented: bool,
    /// What it is called.
    pub(crate) label: String,
    /// What is set.
    pub(crate) value: String,
    /// What else there is to know of it.
    pub(crate) note: String,
    /// The gravest finding in it.
    pub(crate) mark: Option<Severity>,
    /// The findings that are about it.
    pub(crate) findings: Vec<usize>,
    /// Where it is in the document, or would be.
    pub(crate) path: Option<Path>,
    /// Whether something is there.
    there: bool,
    /// How it is changed.
    pub(crate) way: Way,
    /// What it means.
    pub(crate) help: &'static str,
}

impl Row {
    /// Whether what it stands for can be taken out.
    pub(super) fn is_removable(&self) -> bool {
        let fixed = matches!(
            self.way,
            Way::Hooks(_)
                | Way::Toggle(_)
                | Way::Finding(_)
                | Way::Events
                | Way::Extend
                | Way::Fixed(_)
        );
        self.there && !fixed
    }
}

/// The rows of a definition.
pub(super) fn rows(definition: &Definition, findings: &[Finding]) -> Vec<Row> {
    let mut form = Form { rows: Vec::new() };
    form.which(definition);
    form.auth(&definition.auth());
    form.add("driver", text_of(&definition.driver()), &definition.driver(), Way::Driver);
    form.bundle(&definition.bundle());
    for phase in Phase::ALL {
        form.phase(definition, phase);
    }
    form.extractor(&definition.id_extractor());
    form.config_data(&definition.config_data());
    form.token(&definition.auth());
    form.events(definition);
    form.rest(definition);
    let vocabulary = vocabulary::of(definition);
    for row in form.rows.iter_mut().filter(|row| row.help.is_empty()) {
        let path = row.path.as_ref();
        row.help = path.and_then(|path| about(vocabulary, path)).unwrap_or_default();
    }
    form.mark(findings);
    form.rows
}

/// A text as it is set, or what stands for nothing.
fn text_of(field: &Field<'_>) -> String {
    match field.value {
        _ if field.is_blank() => "—".to_owned(),
        Some(value) => value
            .string()
            .unwrap_or_else(|| String::from_utf8_lossy(value.raw()).split_whitespace().collect()),
        None => String::new(),
    }
}

/// The beginning of a value that may be large: a row shows no more of it.
fn brief(field: &Field<'_>) -> String {
    match field.value.filter(|_| !field.is_blank()) {
        Some(value) => {
            let raw = &value.raw()[..value.raw().len().min(LONGEST)];
            String::from_utf8_lossy(raw).split_whitespace().collect::<Vec<_>>().join(" ")
        }
        None => "—".to_owned(),
    }
}

/// Bytes of a value that are shown at most.
const LONGEST: usize = 400;

fn set(field: &Field<'_>, value: bool) -> (Path, Json) {
    (field.path.clone(), Json::Bool(value))
}

struct Form {
    rows: Vec<Row>,
}

impl Form {
    fn add(&mut self, label: &str, value: String, field: &Field<'_>, way: Way) {
        self.rows.push(Row {
            indented: false,
            label: label.to_owned(),
            value,
            note: String::new(),
            mark: None,
            findings: Vec::new(),
            path: Some(field.path.clone()),
            there: field.value.is_some_and(|value| value.kind() != Kind::Null),
            way,
            help: "",
        });
    }

    /// The last row is below another one.
    fn indent(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.indented = true;
        }
    }

    fn note(&mut self, note: &str) {
        if let Some(row) = self.rows.last_mut() {
            note.clone_into(&mut row.note);
        }
    }

    /// What the last row means, where the words of the key do not say it.
    fn help(&mut self, help: &'static str) {
        if let Some(row) = self.rows.last_mut() {
            row.help = help;
        }
    }

    fn text(&mut self, label: &str, field: &Field<'_>, wants: Wants) {
        self.add(label, text_of(field), field, Way::Text(wants));
    }

    fn toggle(&mut self, label: &str, on: bool, field: &Field<'_>, sets: Vec<(Path, Json)>) {
        let value = if on { "yes" } else { "no" };
        self.add(label, value.to_owned(), field, Way::Toggle(sets));
    }

    fn switch(&mut self, label: &str, switch: &Switch<'_>) {
        let on = switch.is_on();
        let sets = vec![set(&switch.field, switch.value_for(!on))];
        self.toggle(label, on, &switch.field, sets);
    }

    fn phase(&mut self, definition: &Definition, phase: Phase) {
        let plugins = definition.plugins_of(phase);
        let Some(list) = definition.plugin_list(phase) else {
            match (phase, plugins.first()) {
                (Phase::AuthCheck, check) => self.auth_check(definition, check),
                // Pre-releases of 5.15 alone have it, so it has a row only where it is there.
                (_, Some(plugin)) => self.plugin(phase.word(), plugin, Way::Single),
                _ => {}
            }
            return;
        };
        let none = if plugins.is_empty() { "—" } else { "" };
        self.add(phase.word(), none.to_owned(), &list, Way::Hooks(list.path.clone()));
        for (at, plugin) in plugins.iter().enumerate() {
            let way = Way::Hook(list.path.clone(), at);
            self.plugin("", plugin, way);
            self.indent();
        }
    }

    fn auth_check(&mut self, definition: &Definition, check: Option<&Plugin<'_>>) {
        if let Some(check) = check {
            self.plugin("auth_check", check, Way::AuthCheck);
        } else {
            let entry = definition.auth_check_field();
            self.add("auth_check", "—".into(), &entry, Way::AuthCheck);
        }
    }

    fn plugin(&mut self, label: &str, plugin: &Plugin<'_>, way: Way) {
        let mut notes = Vec::new();
        if !plugin.code_path.is_blank() {
            notes.push(plugin.code_path.text());
        }
        for (on, word) in [
            (plugin.is_disabled(), "disabled"),
            (plugin.require_session.is_true(), "with the session"),
            (plugin.raw_body_only.is_true(), "raw body only"),
        ] {
            if on {
                notes.push(word.to_owned());
            }
        }
        self.add(label, text_of(&plugin.name), &plugin.entry, way);
        self.note(&notes.join(" · "));
    }

    fn extractor(&mut self, extractor: &IdExtractor<'_>) {
        let used = !(extractor.source.is_blank() && extractor.with.is_blank());
        self.add(
            "id_extractor",
            if used { text_of(&extractor.source) } else { "—".into() },
            &extractor.source,
            Way::OneOf(crate::tui::pane::manifest::EXTRACT_FROM),
        );
        if !used {
            return;
        }
        let with = Way::OneOf(crate::tui::pane::manifest::EXTRACT_WITH);
        self.add("with", text_of(&extractor.with), &extractor.with, with);
        self.indent();
        let needed = needed(&extractor.source.text(), &extractor.with.text());
        for (name, field) in [
            ("header_name", &extractor.header_name),
            ("param_name", &extractor.param_name),
            ("regex_expression", &extractor.regex),
            ("regex_match_index", &extractor.match_index),
            ("xpath_expression", &extractor.xpath),
        ] {
            if needed.contains(&name) || field.value.is_some() {
                let way = match name {
                    "regex_match_index" => Way::Number,
                    "regex_expression" => Way::Text(Wants::Regex),
                    "header_name" => Way::Text(Wants::Header),
                    "xpath_expression" => Way::Text(Wants::XPath),
                    _ => Way::Text(Wants::Anything),
                };
                self.add(name, text_of(field), field, way);
                self.indent();
            }
        }
        self.switch("used", &extractor.switch);
        self.indent();
    }

    /// The bundle; whether it is fetched is a question only where there is one.
    fn bundle(&mut self, bundle: &Bundle<'_>) {
        self.text("bundle", &bundle.name, Wants::Anything);
        if !bundle.name.is_blank() {
            self.switch("fetched", &bundle.switch);
            self.indent();
        }
    }

    fn config_data(&mut self, data: &ConfigData<'_>) {
        self.add("config data", brief(&data.value), &data.value, Way::Json);
        if data.value.members().next().is_some() {
            self.switch("handed over", &data.switch);
            self.indent();
        }
    }

    /// Each finding marks the row that is nearest to its path, and has a row of its own at the end.
    fn mark(&mut self, findings: &[Finding]) {
        for (at, finding) in findings.iter().enumerate() {
            let within = |row: &Row| {
                let (path, row) = (finding.path.as_ref()?.steps(), row.path.as_ref()?.steps());
                (!row.is_empty() && path.starts_with(row)).then_some(row.len())
            };
            let nearest = self.rows.iter_mut().max_by_key(|row| within(row));
            if let Some(row) = nearest.filter(|row| within(row).is_some()) {
                row.mark = row.mark.max(Some(finding.severity));
                row.findings.push(at);
            }
        }
        for (at, finding) in findings.iter().enumerate() {
            let nowhere = Field { path: Path::default(), value: None };
            self.add("", finding.message.clone(), &nowhere, Way::Finding(at));
            if let Some(row) = self.rows.last_mut() {
                row.mark = Some(finding.severity);
                row.path = None;
            }
        }
    }
}

/// The entry of a new hook.
pub(super) fn entry(definition: &Definition, name: &str) -> Json {
    match definition.kind() {
        crate::domain::api::Kind::Classic => json!({ "name": name }),
        _ => json!({ "enabled": true, "functionName": name }),
    }
}
