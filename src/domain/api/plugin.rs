//! The plugins that a definition names itself; a bundle's manifest would replace them all.

use super::field::{Field, Switch};
use super::{Definition, Kind};
use crate::domain::object::Hook;

/// When a plugin is called, by the manifest's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// Before anything else.
    Pre,
    /// The authentication.
    AuthCheck,
    /// After authentication.
    PostKeyAuth,
    /// Just before the upstream.
    Post,
    /// On the upstream's answer.
    Response,
    /// For each analytics record: classic definitions for pre-releases of 5.15 alone.
    TrafficLogs,
}

impl Phase {
    /// All, in the order of a request.
    pub const ALL: [Self; 6] = [
        Self::Pre,
        Self::AuthCheck,
        Self::PostKeyAuth,
        Self::Post,
        Self::Response,
        Self::TrafficLogs,
    ];

    /// The manifest's word, which is the classic definition's key too.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pre => "pre",
            Self::AuthCheck => "auth_check",
            Self::PostKeyAuth => "post_key_auth",
            Self::Post => "post",
            Self::Response => "response",
            Self::TrafficLogs => "traffic_logs",
        }
    }

    /// The hook of its Dispatches; traffic logs have none.
    pub fn hook(self) -> Option<Hook> {
        match self {
            Self::Pre => Some(Hook::Pre),
            Self::AuthCheck => Some(Hook::AuthCheck),
            Self::PostKeyAuth => Some(Hook::PostKeyAuth),
            Self::Post => Some(Hook::Post),
            Self::Response => Some(Hook::Response),
            Self::TrafficLogs => None,
        }
    }

    /// Whether its plugins are a list; the others are one definition.
    pub fn is_list(self) -> bool {
        !matches!(self, Self::AuthCheck | Self::TrafficLogs)
    }

    /// The key of its list in Tyk OAS, and of the older form, whose list is its `plugins`.
    pub(super) fn oas_keys(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Pre => Some(("prePlugins", "prePlugin")),
            Self::PostKeyAuth => Some(("postAuthenticationPlugins", "postAuthenticationPlugin")),
            Self::Post => Some(("postPlugins", "postPlugin")),
            Self::Response => Some(("responsePlugins", "responsePlugin")),
            Self::AuthCheck | Self::TrafficLogs => None,
        }
    }
}

/// One plugin entry.
#[derive(Clone, Debug)]
pub struct Plugin<'a> {
    /// When it is called.
    pub phase: Phase,
    /// The entry itself.
    pub entry: Field<'a>,
    /// `disabled` or `enabled`.
    pub switch: Switch<'a>,
    /// The function, or what a gRPC server dispatches on: `name` or `functionName`.
    pub name: Field<'a>,
    /// The file of its code: `path`.
    pub code_path: Field<'a>,
    /// Base64 of JavaScript code; pre-releases of 5.15 only.
    pub code: Field<'a>,
    /// `require_session` or `requireSession`.
    pub require_session: Field<'a>,
    /// `raw_body_only` or `rawBodyOnly`.
    pub raw_body_only: Field<'a>,
}

impl<'a> Plugin<'a> {
    fn of(kind: Kind, phase: Phase, entry: Field<'a>) -> Self {
        let (switch, name, require_session, raw_body_only) = match kind {
            Kind::Classic => {
                (Switch::off(entry.member("disabled")), "name", "require_session", "raw_body_only")
            }
            Kind::Oas | Kind::OpenApi => (
                Switch::on(entry.member("enabled")),
                "functionName",
                "requireSession",
                "rawBodyOnly",
            ),
        };
        Self {
            phase,
            switch,
            name: entry.member(name),
            code_path: entry.member("path"),
            code: entry.member("code"),
            require_session: entry.member(require_session),
            raw_body_only: entry.member(raw_body_only),
            entry,
        }
    }

    /// Whether the Gateway skips it.
    pub fn is_disabled(&self) -> bool {
        !self.switch.is_on()
    }
}

impl Definition {
    /// Every plugin entry, in the order of a request. An `auth_check` or `traffic_logs` without a name is none: a
    /// Gateway writes it so where there is none. Entries of lists are all here, unnamed and null ones too.
    pub fn plugins(&self) -> Vec<Plugin<'_>> {
        Phase::ALL.into_iter().flat_map(|phase| self.plugins_of(phase)).collect()
    }

    /// The plugin entries of one phase, as [`Self::plugins`] has them.
    pub fn plugins_of(&self, phase: Phase) -> Vec<Plugin<'_>> {
        let of = |entry| Plugin::of(self.kind(), phase, entry);
        match phase {
            Phase::AuthCheck => {
                self.auth_check().filter(|check| !check.name.is_blank()).into_iter().collect()
            }
            Phase::TrafficLogs if self.kind() == Kind::Classic => {
                let logs = of(self.custom_middleware().member(phase.word()));
                Some(logs).filter(|logs| !logs.name.is_blank()).into_iter().collect()
            }
            Phase::TrafficLogs => Vec::new(),
            _ => self
                .plugin_list(phase)
                .map_or_else(Vec::new, |list| list.elements().map(of).collect()),
        }
    }

    /// The list of a phase's plugins, where it is or would be: for Tyk OAS the older singular form's where that one
    /// counts. `None` for a phase that has no list.
    pub fn plugin_list(&self, phase: Phase) -> Option<Field<'_>> {
        if self.kind() == Kind::Classic {
            return phase.is_list().then(|| self.custom_middleware().member(phase.word()));
        }
        let (plural, singular) = phase.oas_keys()?;
        let list = self.global().member(plural);
        let older = self.global().member(singular).member("plugins");
        // A plural list counts where both are there, an empty one too, but not null (recorded: 311, 376).
        let has = |field: &Field<'_>| {
            field.value.is_some_and(|value| value.kind() != super::JsonKind::Null)
        };
        Some(if !has(&list) && has(&older) { older } else { list })
    }

    /// The authentication plugin's entry, named or not; `None` where it is absent or null.
    pub fn auth_check(&self) -> Option<Plugin<'_>> {
        let entry = self.auth_check_field();
        let there = entry.value.is_some_and(|value| value.kind() != super::JsonKind::Null);
        there.then(|| Plugin::of(self.kind(), Phase::AuthCheck, entry))
    }

    /// The name of the authentication plugin, where it is or would be set.
    pub fn check_name(&self) -> Field<'_> {
        let name = if self.kind() == Kind::Classic { "name" } else { "functionName" };
        self.auth_check_field().member(name)
    }

    /// Where the authentication plugin's entry is, or would be.
    pub fn auth_check_field(&self) -> Field<'_> {
        match self.kind() {
            Kind::Classic => self.custom_middleware().member("auth_check"),
            Kind::Oas | Kind::OpenApi => self.custom_auth().member("config"),
        }
    }

    /// Of a classic definition.
    pub(super) fn custom_middleware(&self) -> Field<'_> {
        self.field(&["custom_middleware"])
    }

    /// Of a Tyk OAS definition.
    pub(super) fn global(&self) -> Field<'_> {
        self.field(&["x-tyk-api-gateway", "middleware", "global"])
    }

    /// Of a Tyk OAS definition.
    pub(super) fn custom_auth(&self) -> Field<'_> {
        self.field(&["x-tyk-api-gateway", "server", "authentication", "custom"])
    }
}
