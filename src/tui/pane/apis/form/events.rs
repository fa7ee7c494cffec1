//! The rows of what is called at events.

use super::{Form, Way, text_of};
use crate::domain::api::events::PLUGIN_HANDLER;
use crate::domain::api::{Definition, Kind};

impl Form {
    /// The handlers, by event.
    pub(super) fn events(&mut self, definition: &Definition) {
        let handlers = definition.event_handlers();
        let classic = definition.kind() == Kind::Classic;
        let none = if handlers.is_empty() { "—" } else { "" };
        let (list, way) = if classic {
            (definition.field(&["event_handlers", "events"]), Way::Events)
        } else {
            let list = definition.field(&["x-tyk-api-gateway", "server", "eventHandlers"]);
            (list, Way::Fixed("Tyk OAS sends no event to a plugin: a classic definition can"))
        };
        self.add("events", none.to_owned(), &list, way);
        self.help(if classic {
            "what is called at events, such as a caller who was refused"
        } else {
            "Tyk OAS sends no event to a plugin: a classic definition can"
        });
        for handler in handlers {
            let plugin = handler.handler.text() == PLUGIN_HANDLER;
            let named = if plugin || !handler.name.is_blank() {
                text_of(&handler.name)
            } else {
                text_of(&handler.handler)
            };
            let way = Way::Event(handler.entry.path.clone());
            self.add(&handler.event, named.clone(), &handler.entry, way);
            self.indent();
            let said = handler.handler.text();
            self.note(if said == named { "" } else { &said });
            self.help(
                "a handler; one that is a plugin needs its name, or the Gateway's process ends",
            );
        }
    }
}
