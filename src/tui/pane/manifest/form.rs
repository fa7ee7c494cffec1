//! The rows of the form, from the manifest as a Gateway understands it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Target;
use crate::domain::json::{Document, Place, Value};
use crate::domain::lint::Finding;
use crate::domain::manifest::{Config, Definition, Extractor, Manifest};
use crate::domain::task::Severity;
use crate::tui::text;

/// The hooks in the order of a request.
const HOOKS: [&str; 5] = ["pre", "auth_check", "post_key_auth", "post", "response"];

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Below another row.
    pub(crate) indented: bool,
    /// What it is called.
    pub(crate) label: String,
    /// What is set, as a text.
    pub(crate) value: String,
    /// What else there is to know of it.
    pub(crate) note: String,
    /// The gravest finding in it.
    pub(crate) mark: Option<Severity>,
    /// What it stands for.
    pub(crate) target: Target,
    /// The lines of the text that it is about, from 1.
    lines: Range<usize>,
    columns: Option<Range<usize>>,
}

impl Row {
    /// Whether a finding is about it.
    pub(super) fn has(&self, finding: &Finding) -> bool {
        finding.place.is_some_and(|place| {
            let inside = self.lines.contains(&place.line);
            inside && self.columns.as_ref().is_none_or(|columns| columns.contains(&place.column))
        })
    }
}

/// The rows of a manifest.
pub(super) fn rows(document: &Document, manifest: &Manifest, findings: &[Finding]) -> Vec<Row> {
    let list = document.root().field("file_list");
    let entries = list.into_iter().flat_map(Value::children).map(Value::whole_span).collect();
    let mut form = Form { document, entries, rows: Vec::new() };
    let middleware = &manifest.custom_middleware;
    form.add(false, "driver", middleware.driver.clone(), "", Target::Driver);
    let files = manifest.files();
    let count = match files.len() {
        0 => "none".to_owned(),
        1 => "1 file".to_owned(),
        count => format!("{} files", text::count(count as u64)),
    };
    form.add(false, "file_list", count, "", Target::Files);
    for (index, file) in files.iter().enumerate() {
        form.add(true, "", file.clone(), "", Target::File(index));
    }
    for word in HOOKS {
        let list = match word {
            "pre" => &middleware.pre,
            "post_key_auth" => &middleware.post_key_auth,
            "post" => &middleware.post,
            "response" => &middleware.response,
            _ => {
                form.definition(false, word, &middleware.auth_check, Target::AuthCheck);
                continue;
            }
        };
        let list = list.as_deref().unwrap_or_default();
        let count = if list.is_empty() { "—".to_owned() } else { String::new() };
        form.add(false, word, count, "", Target::Hooks(word));
        for (index, definition) in list.iter().enumerate() {
            form.definition(true, "", definition, Target::Hook(word, index));
        }
    }
    form.extractor(&middleware.id_extractor);
    let logs = middleware.traffic_logs.clone().unwrap_or_default();
    form.definition(false, "traffic_logs", &logs, Target::TrafficLogs);
    for (key, value) in [("checksum", &manifest.checksum), ("signature", &manifest.signature)] {
        let shown = if value.is_empty() { "—" } else { value };
        form.add(false, key, shown.to_owned(), "", Target::Top(key));
    }
    let Form { mut rows, .. } = form;
    mark(&mut rows, findings);
    rows
}

/// Each finding marks the last row that it is in: rows inside come behind the one that holds them.
fn mark(rows: &mut [Row], findings: &[Finding]) {
    for finding in findings {
        if let Some(row) = rows.iter_mut().rev().find(|row| row.has(finding)) {
            row.mark = row.mark.max(Some(finding.severity));
        }
    }
}

struct Form<'a> {
    document: &'a Document,
    /// Where the entries of `file_list` are, which may be thousands.
    entries: Vec<Range<usize>>,
    rows: Vec<Row>,
}

impl Form<'_> {
    fn add(&mut self, indented: bool, label: &str, value: String, note: &str, target: Target) {
        let (lines, columns) = self.place(&target);
        self.rows.push(Row {
            indented,
            label: label.to_owned(),
            value,
            note: note.to_owned(),
            mark: None,
            target,
            lines,
            columns,
        });
    }

    /// Where the target's text is; nowhere, where it is absent.
    fn place(&self, target: &Target) -> (Range<usize>, Option<Range<usize>>) {
        let span = match target {
            Target::File(index) => self.entries.get(*index).cloned(),
            target => {
                let path = self.document.locate(target.words());
                self.document.at(&path).map(Value::whole_span)
            }
        };
        let Some(span) = span else { return (0..0, None) };
        let (from, to): (Place, Place) =
            (self.document.place(span.start), self.document.place(span.end));
        // Several values may share a line.
        let columns = (from.line == to.line).then_some(from.column..to.column + 1);
        (from.line..to.line + 1, columns)
    }

    fn definition(&mut self, indented: bool, label: &str, definition: &Definition, target: Target) {
        let mut notes = Vec::new();
        if !definition.path.is_empty() {
            notes.push(definition.path.clone());
        }
        for (set, word) in [
            (!definition.code.is_empty(), "code"),
            (definition.disabled, "disabled"),
            (definition.require_session, "require_session"),
            (definition.raw_body_only, "raw_body_only"),
        ] {
            if set {
                notes.push(word.to_owned());
            }
        }
        let name =
            if definition.name.is_empty() { "—".to_owned() } else { definition.name.clone() };
        self.add(indented, label, name, &notes.join(" · "), target);
    }

    fn extractor(&mut self, extractor: &Extractor) {
        let Extractor { disabled, extract_from, extract_with, extractor_config } = extractor;
        let used =
            !extract_from.is_empty() || !extract_with.is_empty() || extractor_config.is_some();
        let used = used || *disabled;
        let shown = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
        let summary = match (used, disabled) {
            (false, _) => "—".to_owned(),
            (true, true) => "disabled".to_owned(),
            (true, false) => format!("{} · {}", shown(extract_from), shown(extract_with)),
        };
        self.add(false, "id_extractor", summary, "", Target::Extractor);
        if !used {
            return;
        }
        self.add(true, "disabled", disabled.to_string(), "", Target::ExtractorKey("disabled"));
        let from = shown(extract_from);
        self.add(true, "extract_from", from, "", Target::ExtractorKey("extract_from"));
        let with = shown(extract_with);
        self.add(true, "extract_with", with, "", Target::ExtractorKey("extract_with"));
        let count = match extractor_config.as_ref().map(BTreeMap::len) {
            None => "—".to_owned(),
            Some(1) => "1 setting".to_owned(),
            Some(count) => format!("{count} settings"),
        };
        self.add(true, "extractor_config", count, "", Target::Config);
        let config = extractor_config.clone().unwrap_or_default();
        for key in needed(extract_from, extract_with) {
            if !config.contains_key(*key) {
                self.add(true, key, "—".into(), "", Target::ExtractorConfig((*key).into()));
            }
        }
        for (key, value) in &config {
            let shown = match value {
                Config::Null => "null".to_owned(),
                Config::Bool(truth) => truth.to_string(),
                Config::Number(number) => number.to_string(),
                Config::Text(text) | Config::Other(text) => text.clone(),
            };
            self.add(true, key, shown, "", Target::ExtractorConfig(key.clone()));
        }
    }
}

/// The settings that an extractor of this kind needs.
pub(crate) fn needed(from: &str, with: &str) -> &'static [&'static str] {
    match (from, with) {
        ("header", "value") => &["header_name"],
        ("header", "regex") => &["header_name", "regex_expression", "regex_match_index"],
        ("form", "value") => &["param_name"],
        ("form", "regex") => &["param_name", "regex_expression", "regex_match_index"],
        (_, "regex") => &["regex_expression", "regex_match_index"],
        (_, "xpath") => &["xpath_expression"],
        _ => &[],
    }
}
