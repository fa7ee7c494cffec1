//! What else concerns plugins: driver, bundle, id extractor, config data, events, and which API it is.

use super::field::{Field, Switch};
use super::{Definition, Kind};

/// The bundle that an API takes its plugins from.
#[derive(Clone, Debug)]
pub struct Bundle<'a> {
    /// Its name on the bundle host: `custom_middleware_bundle` or `bundle.path`.
    pub name: Field<'a>,
    /// `custom_middleware_bundle_disabled` or `bundle.enabled`.
    pub switch: Switch<'a>,
}

impl Bundle<'_> {
    /// Whether a Gateway fetches it.
    pub fn is_used(&self) -> bool {
        self.switch.is_on() && !self.name.is_blank()
    }
}

/// How a caller is known again without asking the plugin.
#[derive(Clone, Debug)]
pub struct IdExtractor<'a> {
    /// All of it: `id_extractor` or `idExtractor`.
    pub all: Field<'a>,
    /// `disabled` or `enabled`.
    pub switch: Switch<'a>,
    /// `extract_from` or `source`: `header`, `form` or `body`.
    pub source: Field<'a>,
    /// `extract_with` or `with`: `value`, `regex` or `xpath`.
    pub with: Field<'a>,
    /// `extractor_config` or `config`.
    pub config: Field<'a>,
    /// `header_name` or `headerName`.
    pub header_name: Field<'a>,
    /// `param_name` or `formParamName`.
    pub param_name: Field<'a>,
    /// `regex_expression` or `regexp`.
    pub regex: Field<'a>,
    /// `regex_match_index` or `regexpMatchIndex`: counts whole matches from 0.
    pub match_index: Field<'a>,
    /// `xpath_expression` or `xPathExp`.
    pub xpath: Field<'a>,
}

impl IdExtractor<'_> {
    /// Whether a Gateway uses it.
    pub fn is_used(&self) -> bool {
        self.switch.is_on() && !(self.source.is_blank() && self.with.is_blank())
    }
}

/// Values that an API hands to its plugins.
#[derive(Clone, Debug)]
pub struct ConfigData<'a> {
    /// `config_data_disabled` or `data.enabled`.
    pub switch: Switch<'a>,
    /// The values: `config_data` or `data.value`.
    pub value: Field<'a>,
}

/// What happens at an event.
#[derive(Clone, Debug)]
pub struct EventHandler<'a> {
    /// The event: `AuthFailure`, ….
    pub event: String,
    /// The entry itself.
    pub entry: Field<'a>,
    /// `handler_name` or `type`: `cp_dynamic_handler` is a plugin's, which Tyk OAS refuses.
    pub handler: Field<'a>,
    /// `handler_meta.name` or `name`.
    pub name: Field<'a>,
}

impl<'a> EventHandler<'a> {
    fn classic(event: String, entry: Field<'a>) -> Self {
        let name = entry.member("handler_meta").member("name");
        Self { event, handler: entry.member("handler_name"), name, entry }
    }

    fn oas(entry: Field<'a>) -> Self {
        let (handler, name) = (entry.member("type"), entry.member("name"));
        Self { event: entry.member("trigger").text(), handler, name, entry }
    }
}

/// Which API it is.
#[derive(Clone, Debug)]
pub struct Summary<'a> {
    /// What people call it.
    pub name: Field<'a>,
    /// `api_id` or `info.id`.
    pub id: Field<'a>,
    /// The Dashboard's own id of it, which is to be kept: `id` or `info.dbId`.
    pub db_id: Field<'a>,
    /// The organisation.
    pub org_id: Field<'a>,
    /// Where callers find it.
    pub listen_path: Field<'a>,
    /// Whether the listen path is cut off before the upstream.
    pub strip_listen_path: Field<'a>,
    /// The upstream.
    pub target: Field<'a>,
    /// `active` or `state.active`; a file-based Gateway serves the API all the same.
    pub active: Field<'a>,
}

impl Definition {
    /// The driver of its plugins, also beside a bundle.
    pub fn driver(&self) -> Field<'_> {
        match self.kind() {
            Kind::Classic => self.custom_middleware().member("driver"),
            Kind::Oas | Kind::OpenApi => self.plugin_config().member("driver"),
        }
    }

    /// Its bundle.
    pub fn bundle(&self) -> Bundle<'_> {
        match self.kind() {
            Kind::Classic => Bundle {
                name: self.field(&["custom_middleware_bundle"]),
                switch: Switch::off(self.field(&["custom_middleware_bundle_disabled"])),
            },
            Kind::Oas | Kind::OpenApi => {
                let bundle = self.plugin_config().member("bundle");
                Bundle { name: bundle.member("path"), switch: Switch::on(bundle.member("enabled")) }
            }
        }
    }

    /// Its id extractor.
    pub fn id_extractor(&self) -> IdExtractor<'_> {
        let classic = self.kind() == Kind::Classic;
        let all = if classic {
            self.custom_middleware().member("id_extractor")
        } else {
            self.custom_auth().member("config").member("idExtractor")
        };
        let name = |ours: &'static str, oas: &'static str| if classic { ours } else { oas };
        let config = all.member(name("extractor_config", "config"));
        let (disabled, enabled) = (all.member("disabled"), all.member("enabled"));
        IdExtractor {
            switch: if classic { Switch::off(disabled) } else { Switch::on(enabled) },
            source: all.member(name("extract_from", "source")),
            with: all.member(name("extract_with", "with")),
            header_name: config.member(name("header_name", "headerName")),
            param_name: config.member(name("param_name", "formParamName")),
            regex: config.member(name("regex_expression", "regexp")),
            match_index: config.member(name("regex_match_index", "regexpMatchIndex")),
            xpath: config.member(name("xpath_expression", "xPathExp")),
            config,
            all,
        }
    }

    /// The values that its plugins get.
    pub fn config_data(&self) -> ConfigData<'_> {
        match self.kind() {
            Kind::Classic => ConfigData {
                switch: Switch::off(self.field(&["config_data_disabled"])),
                value: self.field(&["config_data"]),
            },
            Kind::Oas | Kind::OpenApi => {
                let data = self.plugin_config().member("data");
                ConfigData {
                    switch: Switch::on(data.member("enabled")),
                    value: data.member("value"),
                }
            }
        }
    }

    /// What happens at events.
    pub fn event_handlers(&self) -> Vec<EventHandler<'_>> {
        if self.kind() == Kind::Classic {
            let events = self.field(&["event_handlers", "events"]).members();
            return events
                .flat_map(|(event, list)| {
                    list.elements().map(move |entry| EventHandler::classic(event.clone(), entry))
                })
                .collect();
        }
        let entries = self.field(&["x-tyk-api-gateway", "server", "eventHandlers"]);
        entries.elements().map(EventHandler::oas).collect()
    }

    /// Which API it is.
    pub fn summary(&self) -> Summary<'_> {
        if self.kind() == Kind::Classic {
            let proxy = self.field(&["proxy"]);
            return Summary {
                name: self.field(&["name"]),
                id: self.field(&["api_id"]),
                db_id: self.field(&["id"]),
                org_id: self.field(&["org_id"]),
                listen_path: proxy.member("listen_path"),
                strip_listen_path: proxy.member("strip_listen_path"),
                target: proxy.member("target_url"),
                active: self.field(&["active"]),
            };
        }
        let extension = self.field(&["x-tyk-api-gateway"]);
        let (info, listen_path) =
            (extension.member("info"), extension.member("server").member("listenPath"));
        Summary {
            name: if self.kind() == Kind::Oas {
                info.member("name")
            } else {
                self.field(&["info", "title"])
            },
            id: info.member("id"),
            db_id: info.member("dbId"),
            org_id: info.member("orgId"),
            strip_listen_path: listen_path.member("strip"),
            listen_path: listen_path.member("value"),
            target: extension.member("upstream").member("url"),
            active: info.member("state").member("active"),
        }
    }

    /// Of a Tyk OAS definition.
    fn plugin_config(&self) -> Field<'_> {
        self.global().member("pluginConfig")
    }
}
