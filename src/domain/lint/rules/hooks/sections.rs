//! The sections of manifests and API definitions that are known key by key, and what their values are.
//!
//! Source: the Gateway's API definition types and those of Tyk OAS (5.14, and 5.15.0-alpha8 for `traffic_logs` and
//! `code`); a definition that a Gateway gave back (058, 373).

use crate::domain::api::Kind;
use crate::domain::json::{self, Value, folds_to};
use crate::domain::lint::text::Text;

/// An object whose keys are known.
#[derive(Debug)]
pub(super) struct Section {
    /// Whether all of its keys are known: of an open one we know those that concern plugins.
    pub(super) closed: bool,
    /// Whether it is read as a map: every key stays, whatever its case.
    pub(super) map: bool,
    pub(super) keys: &'static [(&'static str, Shape)],
}

impl Section {
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|(name, _)| *name)
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Any,
    Bool,
    Text,
    Whole,
    Map,
    Texts,
    Object(&'static Section),
    List(&'static Section),
    /// An object of lists, whatever its keys.
    Lists(&'static Section),
}

use Shape::{Any, Bool, List, Lists, Map, Object, Text as Words, Texts, Whole};

const fn closed(keys: &'static [(&'static str, Shape)]) -> Section {
    Section { closed: true, map: false, keys }
}

const fn open(keys: &'static [(&'static str, Shape)]) -> Section {
    Section { closed: false, map: false, keys }
}

static MANIFEST: Section = closed(&[
    ("file_list", Texts),
    ("custom_middleware", Object(&MIDDLEWARE)),
    ("checksum", Words),
    ("signature", Words),
]);

static MIDDLEWARE: Section = closed(&[
    ("pre", List(&DEFINITION)),
    ("post", List(&DEFINITION)),
    ("post_key_auth", List(&DEFINITION)),
    ("auth_check", Object(&DEFINITION)),
    ("traffic_logs", Object(&DEFINITION)),
    ("response", List(&DEFINITION)),
    ("driver", Words),
    ("id_extractor", Object(&EXTRACTOR)),
]);

static DEFINITION: Section = closed(&[
    ("disabled", Bool),
    ("name", Words),
    ("path", Words),
    ("code", Words),
    ("require_session", Bool),
    ("raw_body_only", Bool),
]);

static EXTRACTOR: Section = closed(&[
    ("disabled", Bool),
    ("extract_from", Words),
    ("extract_with", Words),
    ("extractor_config", Object(&EXTRACTOR_CONFIG)),
]);

static EXTRACTOR_CONFIG: Section = Section {
    closed: true,
    map: true,
    // The index is a rule's of its own: a wrong one is read as none.
    keys: &[
        ("header_name", Words),
        ("param_name", Words),
        ("regex_expression", Words),
        ("regex_match_index", Any),
        ("xpath_expression", Words),
    ],
};

static CLASSIC: Section = open(&[
    ("name", Words),
    ("api_id", Words),
    ("org_id", Words),
    ("active", Bool),
    ("use_keyless", Bool),
    ("custom_plugin_auth_enabled", Bool),
    ("enable_coprocess_auth", Bool),
    ("use_go_plugin_auth", Bool),
    ("base_identity_provided_by", Words),
    ("custom_middleware", Object(&MIDDLEWARE)),
    ("custom_middleware_bundle", Words),
    ("custom_middleware_bundle_disabled", Bool),
    ("config_data", Map),
    ("config_data_disabled", Bool),
    ("event_handlers", Object(&EVENT_HANDLERS)),
    ("auth_configs", Object(&AUTH_CONFIGS)),
    ("proxy", Object(&PROXY)),
    ("tags", Texts),
]);

static PROXY: Section =
    open(&[("listen_path", Words), ("target_url", Words), ("strip_listen_path", Bool)]);

static AUTH_CONFIGS: Section = open(&[("coprocess", Object(&COPROCESS))]);

static COPROCESS: Section = closed(&[
    ("name", Words),
    ("use_param", Bool),
    ("param_name", Words),
    ("use_cookie", Bool),
    ("cookie_name", Words),
    ("disable_header", Bool),
    ("auth_header_name", Words),
    ("use_certificate", Bool),
    ("validate_signature", Bool),
    ("signature", Any),
]);

static EVENT_HANDLERS: Section = closed(&[("events", Lists(&EVENT_HANDLER))]);

static EVENT_HANDLER: Section = closed(&[("handler_name", Words), ("handler_meta", Map)]);

static OAS: Section = open(&[("x-tyk-api-gateway", Object(&EXTENSION))]);

static EXTENSION: Section = open(&[
    ("server", Object(&SERVER)),
    ("middleware", Object(&OAS_MIDDLEWARE)),
    ("info", Object(&INFO)),
    ("upstream", Object(&UPSTREAM)),
]);

static INFO: Section = open(&[
    ("id", Words),
    ("dbId", Words),
    ("orgId", Words),
    ("name", Words),
    ("state", Object(&STATE)),
]);

static STATE: Section = open(&[("active", Bool)]);

static UPSTREAM: Section = open(&[("url", Words)]);

static SERVER: Section =
    open(&[("listenPath", Object(&LISTEN_PATH)), ("authentication", Object(&AUTHENTICATION))]);

static LISTEN_PATH: Section = open(&[("value", Words), ("strip", Bool)]);

static AUTHENTICATION: Section =
    open(&[("enabled", Bool), ("baseIdentityProvider", Words), ("custom", Object(&CUSTOM))]);

static CUSTOM: Section = closed(&[
    ("enabled", Bool),
    ("config", Object(&CUSTOM_CONFIG)),
    ("header", Object(&SOURCE)),
    ("cookie", Object(&SOURCE)),
    ("query", Object(&SOURCE)),
]);

static SOURCE: Section = closed(&[("enabled", Bool), ("name", Words)]);

static CUSTOM_CONFIG: Section = closed(&[
    ("enabled", Bool),
    ("functionName", Words),
    ("path", Words),
    ("rawBodyOnly", Bool),
    ("requireSession", Bool),
    ("idExtractor", Object(&OAS_EXTRACTOR)),
]);

static OAS_EXTRACTOR: Section = closed(&[
    ("enabled", Bool),
    ("source", Words),
    ("with", Words),
    ("config", Object(&OAS_EXTRACTOR_CONFIG)),
]);

static OAS_EXTRACTOR_CONFIG: Section = closed(&[
    ("headerName", Words),
    ("formParamName", Words),
    ("regexp", Words),
    ("regexpMatchIndex", Whole),
    ("xPathExp", Words),
]);

static OAS_MIDDLEWARE: Section = open(&[("global", Object(&GLOBAL))]);

/// It has much beside plugins.
static GLOBAL: Section = open(&[
    ("pluginConfig", Object(&PLUGIN_CONFIG)),
    ("prePlugins", List(&PLUGIN)),
    ("postAuthenticationPlugins", List(&PLUGIN)),
    ("postPlugins", List(&PLUGIN)),
    ("responsePlugins", List(&PLUGIN)),
    ("prePlugin", Object(&PLUGINS)),
    ("postAuthenticationPlugin", Object(&PLUGINS)),
    ("postPlugin", Object(&PLUGINS)),
    ("responsePlugin", Object(&PLUGINS)),
]);

static PLUGIN_CONFIG: Section =
    closed(&[("driver", Words), ("bundle", Object(&BUNDLE)), ("data", Object(&CONFIG_DATA))]);

static BUNDLE: Section = closed(&[("enabled", Bool), ("path", Words)]);

static CONFIG_DATA: Section = closed(&[("enabled", Bool), ("value", Map)]);

static PLUGINS: Section = closed(&[("plugins", List(&PLUGIN))]);

static PLUGIN: Section = closed(&[
    ("enabled", Bool),
    ("functionName", Words),
    ("path", Words),
    ("code", Words),
    ("rawBodyOnly", Bool),
    ("requireSession", Bool),
]);

/// A value of a known section: a member, or an element of one of its lists.
#[derive(Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) value: Value<'a>,
    /// The section that it is in; an element is in none.
    pub(super) section: Option<&'static Section>,
    /// The name that readers take its key for; of an element none, of an unknown key none.
    pub(super) name: Option<&'static str>,
    /// What it is to be; `None` for an unknown key.
    pub(super) shape: Option<Shape>,
}

/// Every value of the sections that are known, in the text's order.
pub(super) fn members<'a>(text: &Text<'a>) -> Vec<Member<'a>> {
    let mut members = Vec::new();
    let root = match text.definition.kind() {
        Kind::Classic if text.is_manifest => &MANIFEST,
        Kind::Classic => &CLASSIC,
        Kind::Oas | Kind::OpenApi => &OAS,
    };
    walk(text.definition.root(), root, &mut members);
    members
}

fn walk<'a>(object: Value<'a>, section: &'static Section, members: &mut Vec<Member<'a>>) {
    if object.kind() != json::Kind::Object {
        return;
    }
    for value in object.children() {
        let key = value.key().unwrap_or_default();
        let known = section.keys.iter().find(|(name, _)| folds_to(&key, name));
        let (name, shape) = (known.map(|known| known.0), known.map(|known| known.1));
        members.push(Member { value, section: Some(section), name, shape });
        match shape {
            Some(Object(inner)) => walk(value, inner, members),
            Some(List(inner)) => list(value, inner, members),
            Some(Lists(inner)) if value.kind() == json::Kind::Object => {
                for value in value.children() {
                    let shape = Some(List(inner));
                    members.push(Member { value, section: None, name: None, shape });
                    list(value, inner, members);
                }
            }
            _ => {}
        }
    }
}

fn list<'a>(list: Value<'a>, section: &'static Section, members: &mut Vec<Member<'a>>) {
    if list.kind() != json::Kind::Array {
        return;
    }
    for value in list.children() {
        members.push(Member { value, section: None, name: None, shape: Some(Object(section)) });
        walk(value, section, members);
    }
}
