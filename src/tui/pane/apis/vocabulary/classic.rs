//! The keys of a Tyk Classic definition that concern plugins.

use super::BASE_IDENTITY;
use crate::domain::api::events::{EVENTS, HANDLERS};
use crate::tui::editor::{Takes, Word};
use crate::tui::pane::manifest::MIDDLEWARE;

/// The keys of a definition.
pub(super) const CLASSIC: &[Word] = &[
    Word::new("name", Takes::Text, "what people call the API"),
    Word::new("api_id", Takes::Text, "a Gateway knows the API by it: letters, digits, dashes"),
    Word::new("org_id", Takes::Text, "the organisation that the API belongs to"),
    Word::new("id", Takes::Text, "the Dashboard's own id of the API, which has to stay"),
    Word::new("active", Takes::Switch, "a Gateway with files serves the API all the same"),
    Word::new("is_oas", Takes::Switch, "a Gateway's projection of a Tyk OAS API: change that one"),
    Word::new("use_keyless", Takes::Switch, "anybody gets in, and auth_check is never called"),
    Word::new(
        "custom_plugin_auth_enabled",
        Takes::Switch,
        "auth_check decides who gets in; without it a Gateway asks for one of its own keys",
    ),
    Word::new("enable_coprocess_auth", Takes::Switch, "deprecated: custom_plugin_auth_enabled"),
    Word::new("use_go_plugin_auth", Takes::Switch, "deprecated: custom_plugin_auth_enabled"),
    Word::new("use_standard_auth", Takes::Switch, "a key of the Gateway's gets in"),
    Word::new("use_basic_auth", Takes::Switch, "a name with its password gets in"),
    Word::new("enable_jwt", Takes::Switch, "a JSON Web Token gets in"),
    Word::new("use_mutual_tls_auth", Takes::Switch, "a client's certificate gets in"),
    Word::new(
        "base_identity_provided_by",
        Takes::OneOf(|| BASE_IDENTITY.to_vec()),
        "whose session counts where there are several authentications",
    ),
    Word::new(
        "auth_configs",
        Takes::Object(AUTH_CONFIGS),
        "where authentications look for a token",
    ),
    Word::new(
        "custom_middleware",
        Takes::Object(MIDDLEWARE),
        "hooks and driver; the manifest of a bundle takes the place of all of it",
    ),
    Word::new(
        "custom_middleware_bundle",
        Takes::Text,
        "the bundle's file on its host: its manifest takes the place of the hooks here",
    ),
    Word::new("custom_middleware_bundle_disabled", Takes::Switch, "the bundle is not fetched"),
    Word::new(
        "config_data",
        Takes::Anything,
        "values that every hook gets with each call, as JSON text in spec",
    ),
    Word::new("config_data_disabled", Takes::Switch, "hooks get no config_data"),
    Word::new("event_handlers", Takes::Object(EVENT_HANDLERS), "what is called at events"),
    Word::new("tags", Takes::List(&Takes::Text), "which Gateways of several load the API"),
    Word::new("proxy", Takes::Object(PROXY), "where callers find the API, and its upstream"),
    Word::new("version_data", Takes::Object(VERSION_DATA), "its versions: one at least"),
];

const AUTH_CONFIGS: &[Word] = &[Word::new(
    "coprocess",
    Takes::Object(COPROCESS),
    "where the plugin's token is, which auth_check gets",
)];

const COPROCESS: &[Word] = &[
    Word::new("auth_header_name", Takes::Text, "the header; Authorization where none is set"),
    Word::new("disable_header", Takes::Switch, "no header is looked at"),
    Word::new("use_param", Takes::Switch, "a parameter of the query is looked at"),
    Word::new("param_name", Takes::Text, "which parameter of the query"),
    Word::new("use_cookie", Takes::Switch, "a cookie is looked at"),
    Word::new("cookie_name", Takes::Text, "which cookie"),
];

const EVENT_HANDLERS: &[Word] = &[Word::new(
    "events",
    Takes::Map(|| EVENTS.to_vec(), &Takes::List(&Takes::Object(EVENT_HANDLER))),
    "handlers by the event's name",
)];

const EVENT_HANDLER: &[Word] = &[
    Word::new(
        "handler_name",
        Takes::OneOf(|| HANDLERS.to_vec()),
        "what is called: cp_dynamic_handler is a plugin",
    ),
    Word::new(
        "handler_meta",
        Takes::Map(
            || vec![("name", "the plugin's function: without it the Gateway's process ends")],
            &Takes::Text,
        ),
        "what the handler is told; a plugin's has its name",
    ),
];

const PROXY: &[Word] = &[
    Word::new("listen_path", Takes::Text, "where callers find the API: /orders/"),
    Word::new("target_url", Takes::Text, "the upstream's URL"),
    Word::new("strip_listen_path", Takes::Switch, "the upstream does not see the listen path"),
];

const VERSION_DATA: &[Word] = &[
    Word::new("not_versioned", Takes::Switch, "one version is for all callers"),
    Word::new("default_version", Takes::Text, "the version of callers who name none"),
    Word::new(
        "versions",
        Takes::Map(
            || vec![("Default", "the version that an API without versions has")],
            &Takes::Object(VERSION),
        ),
        "versions by their names: without one a Gateway answers 403",
    ),
];

const VERSION: &[Word] = &[
    Word::new("name", Takes::Text, "its name again"),
    Word::new("use_extended_paths", Takes::Switch, "the newer form of its paths' settings"),
];
