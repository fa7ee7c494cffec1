//! Who may call an API, as far as plugins are concerned.

use super::field::{Field, Switch};
use super::plugin::Plugin;
use super::{Definition, Kind};
use crate::domain::json::Step;

/// Authentication.
#[derive(Clone, Debug)]
pub struct Auth<'a> {
    /// On where anybody gets in: `use_keyless`, or `server.authentication.enabled` the other way round.
    pub keyless: Switch<'a>,
    /// What turns custom authentication on, the one to set first: `custom_plugin_auth_enabled` and the deprecated
    /// `enable_coprocess_auth` and `use_go_plugin_auth`, of which any does; or `custom.enabled`.
    pub custom: Vec<Switch<'a>>,
    /// The plugin's entry, named or not.
    pub check: Option<Plugin<'a>>,
    /// The other authentications that are on, such as `use_standard_auth` or `securitySchemes.x.enabled`.
    pub others: Vec<Field<'a>>,
    /// Which authentication's session counts where there are several.
    pub base_identity: Field<'a>,
    /// Where the plugin's token is looked for; it is the header `Authorization` where none is set.
    pub sources: Vec<Source<'a>>,
}

/// A place of a request where a token is looked for.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// `header`, `query` or `cookie`.
    pub part: &'static str,
    /// Whether it is looked at.
    pub switch: Switch<'a>,
    /// The name of the header, parameter or cookie.
    pub name: Field<'a>,
}

impl Auth<'_> {
    /// In a few words, as `api list` shows it: `keyless`, `custom`, `custom + jwt`, `token`.
    pub fn words(&self) -> String {
        if self.is_keyless() {
            return "keyless".into();
        }
        let custom = self.is_custom().then(|| "custom".to_owned());
        let words: Vec<_> = custom.into_iter().chain(self.others.iter().map(short)).collect();
        // Where nothing is on, a Gateway asks for one of its own keys.
        if words.is_empty() { "token".into() } else { words.join(" + ") }
    }

    /// Whether anybody gets in.
    pub fn is_keyless(&self) -> bool {
        self.keyless.is_on()
    }

    /// Whether custom authentication is on; an API without authentication does not call it all the same.
    pub fn is_custom(&self) -> bool {
        self.custom.iter().any(Switch::is_on)
    }

    /// Whether the Gateway asks a plugin: a hook named "" where the entry is unnamed.
    pub fn is_asked(&self) -> bool {
        !self.is_keyless() && self.is_custom()
    }
}

/// The name of another authentication: of the flag, or of what holds `enabled`.
fn short(other: &Field<'_>) -> String {
    let keys = other.path.steps().iter().rev().filter_map(|step| match step {
        Step::Key(key) if key != "enabled" => Some(key),
        _ => None,
    });
    let key = keys.map(String::as_str).next().unwrap_or_default();
    let name =
        key.trim_start_matches("use_").trim_start_matches("enable_").trim_end_matches("_auth");
    if name == "standard" { "token".into() } else { name.to_owned() }
}

/// The switches of a classic definition's other authentications.
const OTHERS: [&str; 7] = [
    "use_standard_auth",
    "use_basic_auth",
    "enable_jwt",
    "use_oauth2",
    "use_openid",
    "use_mutual_tls_auth",
    "enable_signature_checking",
];

impl Definition {
    /// Who may call it.
    pub fn auth(&self) -> Auth<'_> {
        match self.kind() {
            Kind::Classic => self.classic_auth(),
            Kind::Oas | Kind::OpenApi => self.oas_auth(),
        }
    }

    fn classic_auth(&self) -> Auth<'_> {
        let custom = ["custom_plugin_auth_enabled", "enable_coprocess_auth", "use_go_plugin_auth"];
        let flags = OTHERS.iter().map(|name| self.field(&[name]));
        let others = flags.chain([self.field(&["external_oauth", "enabled"])]);
        let coprocess = self.field(&["auth_configs", "coprocess"]);
        let source =
            |part, switch, name: &str| Source { part, switch, name: coprocess.member(name) };
        Auth {
            keyless: Switch::on(self.field(&["use_keyless"])),
            custom: custom.iter().map(|name| Switch::on(self.field(&[name]))).collect(),
            check: self.auth_check(),
            others: others.filter(Field::is_true).collect(),
            base_identity: self.field(&["base_identity_provided_by"]),
            sources: vec![
                source(
                    "header",
                    Switch::off(coprocess.member("disable_header")),
                    "auth_header_name",
                ),
                source("query", Switch::on(coprocess.member("use_param")), "param_name"),
                source("cookie", Switch::on(coprocess.member("use_cookie")), "cookie_name"),
            ],
        }
    }

    fn oas_auth(&self) -> Auth<'_> {
        let authentication = self.field(&["x-tyk-api-gateway", "server", "authentication"]);
        let custom = self.custom_auth();
        let modes = ["hmac", "oidc"].map(|mode| authentication.member(mode));
        let schemes = authentication.member("securitySchemes").members().map(|(_, scheme)| scheme);
        let others = modes.into_iter().chain(schemes).map(|mode| mode.member("enabled"));
        let source = |part| {
            let source = custom.member(part);
            Source {
                part,
                switch: Switch::on(source.member("enabled")),
                name: source.member("name"),
            }
        };
        Auth {
            keyless: Switch::off(authentication.member("enabled")),
            custom: vec![Switch::on(custom.member("enabled"))],
            check: self.auth_check(),
            others: others.filter(Field::is_true).collect(),
            base_identity: authentication.member("baseIdentityProvider"),
            sources: ["header", "query", "cookie"].map(source).into(),
        }
    }
}
