//! The rows of who may call the API, and where the plugin's token is looked for.

use super::{Form, Way, set, text_of};
use crate::domain::api::Auth;
use crate::tui::pane::apis::vocabulary::BASE_IDENTITY;
use crate::tui::widget::Wants;

impl Form {
    /// Keyless, and custom authentication.
    pub(super) fn auth(&mut self, auth: &Auth<'_>) {
        self.switch("keyless", &auth.keyless);
        self.help("anybody gets in, and auth_check is never called");
        if auth.is_keyless() {
            self.note("anybody gets in");
        }
        let Some(first) = auth.custom.first() else { return };
        let on = auth.is_custom();
        // Any of several turns it on: off is off in all of them.
        let sets = if on {
            let those = auth.custom.iter().filter(|switch| switch.is_on());
            those.map(|switch| set(&switch.field, switch.value_for(false))).collect()
        } else {
            vec![set(&first.field, first.value_for(true))]
        };
        let shown = auth.custom.iter().find(|switch| switch.is_on()).unwrap_or(first);
        self.toggle("custom auth", on, &shown.field, sets);
        self.help(
            "auth_check decides who gets in; without it a Gateway asks for one of its own keys",
        );
        let mut notes = Vec::new();
        if shown.field.path != first.field.path {
            let name = shown.field.path.steps().last().map(ToString::to_string).unwrap_or_default();
            notes.push(format!("by {name}, which is deprecated"));
        }
        if !auth.others.is_empty() {
            notes.push(format!("authentication: {}", auth.words()));
        }
        self.note(&notes.join(" · "));
    }

    /// Where the plugin's token is looked for, and whose session counts: only where a plugin is asked, or something is
    /// set.
    pub(super) fn token(&mut self, auth: &Auth<'_>) {
        let is_set = |field: &crate::domain::api::Field<'_>| !field.is_blank();
        for source in &auth.sources {
            let default = source.part == "header" && source.name.is_blank();
            let used = source.switch.is_on() || is_set(&source.name);
            if !auth.is_custom() && !is_set(&source.name) && !is_set(&source.switch.field) {
                continue;
            }
            self.switch(&format!("token {}", source.part), &source.switch);
            if used {
                let value = text_of(&source.name);
                self.add("name", value, &source.name, Way::Text(Wants::Anything));
                self.indent();
                if default && source.switch.is_on() {
                    self.note("Authorization, where none is set");
                }
            }
        }
        let several = usize::from(auth.is_custom()) + auth.others.len() > 1;
        if several || is_set(&auth.base_identity) {
            let way = Way::OneOf(BASE_IDENTITY);
            self.add("base identity", text_of(&auth.base_identity), &auth.base_identity, way);
        }
    }
}
