//! The rows of which API it is, and what else of it matters to plugins.

use super::{Form, Way, set, text_of};
use crate::domain::api::{Definition, Field, Kind};
use crate::domain::json::Kind as JsonKind;
use crate::tui::widget::Wants;

impl Form {
    /// What people look for first.
    pub(super) fn which(&mut self, definition: &Definition) {
        let summary = definition.summary();
        if definition.kind() == Kind::OpenApi {
            let extension = definition.field(&["x-tyk-api-gateway"]);
            self.add("extension", "—".to_owned(), &extension, Way::Extend);
            self.note("enter gives it one: no Gateway serves the document without");
        }
        self.text("name", &summary.name, Wants::Anything);
        self.text("id", &summary.id, Wants::Anything);
        self.text("listen path", &summary.listen_path, Wants::ListenPath);
        self.text("target", &summary.target, Wants::Target);
        let active = summary.active.is_true();
        self.toggle("active", active, &summary.active, vec![set(&summary.active, !active)]);
        self.note(if active { "" } else { "a Gateway with files serves it all the same" });
    }

    /// What is looked at less often.
    pub(super) fn rest(&mut self, definition: &Definition) {
        let summary = definition.summary();
        let strip = summary.strip_listen_path.is_true();
        let sets = vec![set(&summary.strip_listen_path, !strip)];
        self.toggle("strip path", strip, &summary.strip_listen_path, sets);
        self.text("org id", &summary.org_id, Wants::Anything);
        if !summary.db_id.is_blank() {
            let fixed = Way::Fixed("the Dashboard knows the API by it: it has to stay");
            self.add("dashboard id", text_of(&summary.db_id), &summary.db_id, fixed);
        }
        if definition.kind() != Kind::Classic {
            return;
        }
        let tags = definition.field(&["tags"]);
        let words: Vec<_> = tags.elements().map(|tag| tag.text()).collect();
        let words = if words.is_empty() { "—".to_owned() } else { words.join(", ") };
        self.add("tags", words, &tags, Way::Words);
        self.versions(definition);
        let projection = definition.field(&["is_oas"]);
        if projection.is_true() {
            let why = "it is a Gateway's projection of a Tyk OAS API: change that one";
            self.add("is_oas", "true".to_owned(), &projection, Way::Fixed(why));
            self.note(why);
        }
    }

    /// Without a version a Gateway answers 403.
    fn versions(&mut self, definition: &Definition) {
        let data = definition.field(&["version_data"]);
        let one = data.member("not_versioned");
        let on = one.is_true();
        self.toggle("one version", on, &one, vec![set(&one, !on)]);
        let versions: Field<'_> = data.member("versions");
        let names: Vec<_> = versions.members().map(|(name, _)| name).collect();
        let is_list = versions.value.is_some_and(|value| value.kind() != JsonKind::Object);
        self.note(&if names.is_empty() && !is_list {
            "no version: a Gateway answers 403".to_owned()
        } else {
            format!("versions: {}", names.join(", "))
        });
    }
}
