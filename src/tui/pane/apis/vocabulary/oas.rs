//! The keys of a Tyk OAS definition that concern plugins.

use super::BASE_IDENTITY;
use crate::domain::manifest::DRIVERS;
use crate::tui::editor::{Takes, Word};
use crate::tui::pane::manifest::{EXTRACT_FROM, EXTRACT_WITH};

/// The keys of a document.
pub(super) const OAS: &[Word] = &[
    Word::new(
        "openapi",
        Takes::OneOf(|| vec![("3.0.3", "the newest of 3.0"), ("3.1.0", "newer Gateways alone")]),
        "the version of OpenAPI: 3.0.x or 3.1.x",
    ),
    Word::new("info", Takes::Object(OPENAPI_INFO), "what people read of the API"),
    Word::new("servers", Takes::List(&Takes::Object(OPENAPI_SERVER)), "where the API is"),
    Word::new("paths", Takes::Anything, "the API's paths; may be empty, but not left out"),
    Word::new("components", Takes::Anything, "what paths refer to"),
    Word::new(
        "x-tyk-api-gateway",
        Takes::Object(EXTENSION),
        "what a Gateway does with the API: without it none serves it",
    ),
];

const OPENAPI_INFO: &[Word] = &[
    Word::new("title", Takes::Text, "the API's name"),
    Word::new("version", Takes::Text, "the API's own version"),
];

const OPENAPI_SERVER: &[Word] = &[Word::new("url", Takes::Text, "a whole URL")];

const EXTENSION: &[Word] = &[
    Word::new("info", Takes::Object(INFO), "which API it is"),
    Word::new("upstream", Takes::Object(UPSTREAM), "where requests go"),
    Word::new("server", Takes::Object(SERVER), "where callers find the API, and who may call it"),
    Word::new("middleware", Takes::Object(MIDDLEWARE), "what is done with requests"),
];

const INFO: &[Word] = &[
    Word::new("id", Takes::Text, "a Gateway knows the API by it: letters, digits, dashes"),
    Word::new("dbId", Takes::Text, "the Dashboard's own id of the API, which has to stay"),
    Word::new("orgId", Takes::Text, "the organisation that the API belongs to"),
    Word::new("name", Takes::Text, "what people call the API"),
    Word::new("state", Takes::Object(STATE), "whether the API is on"),
];

const STATE: &[Word] =
    &[Word::new("active", Takes::Switch, "a Gateway with files serves the API all the same")];

const UPSTREAM: &[Word] = &[Word::new("url", Takes::Text, "the upstream's URL")];

const SERVER: &[Word] = &[
    Word::new("listenPath", Takes::Object(LISTEN_PATH), "where callers find the API"),
    Word::new("authentication", Takes::Object(AUTHENTICATION), "who may call the API"),
];

const LISTEN_PATH: &[Word] = &[
    Word::new("value", Takes::Text, "where callers find the API: /orders/"),
    Word::new("strip", Takes::Switch, "the upstream does not see the listen path"),
];

const AUTHENTICATION: &[Word] = &[
    Word::new("enabled", Takes::Switch, "off or left out: anybody gets in, no plugin is asked"),
    Word::new(
        "baseIdentityProvider",
        Takes::OneOf(|| BASE_IDENTITY.to_vec()),
        "whose session counts where there are several authentications",
    ),
    Word::new("custom", Takes::Object(CUSTOM), "a plugin decides who gets in"),
];

const CUSTOM: &[Word] = &[
    Word::new("enabled", Takes::Switch, "the plugin is asked; off, the API is open"),
    Word::new(
        "config",
        Takes::Object(CUSTOM_CONFIG),
        "the plugin: without it every caller gets 403",
    ),
    Word::new("header", Takes::Object(SOURCE), "the header that has the plugin's token"),
    Word::new("query", Takes::Object(SOURCE), "the parameter that has the plugin's token"),
    Word::new("cookie", Takes::Object(SOURCE), "the cookie that has the plugin's token"),
];

const SOURCE: &[Word] = &[
    Word::new("enabled", Takes::Switch, "it is looked at"),
    Word::new("name", Takes::Text, "its name"),
];

const CUSTOM_CONFIG: &[Word] = &[
    Word::new("enabled", Takes::Switch, "the hook is called; off, every caller gets 403"),
    Word::new("functionName", Takes::Text, FUNCTION),
    Word::new("path", Takes::Text, "the file, for drivers that need one"),
    Word::new("rawBodyOnly", Takes::Switch, RAW),
    Word::new("requireSession", Takes::Switch, "the hook gets the session"),
    Word::new(
        "idExtractor",
        Takes::Object(EXTRACTOR),
        "how an id is found in a request without asking the plugin again",
    ),
];

const EXTRACTOR: &[Word] = &[
    Word::new("enabled", Takes::Switch, "off, the plugin is asked every time"),
    Word::new("source", Takes::OneOf(|| EXTRACT_FROM.to_vec()), "where the id is"),
    Word::new("with", Takes::OneOf(|| EXTRACT_WITH.to_vec()), "how it is taken out"),
    Word::new("config", Takes::Object(EXTRACTOR_CONFIG), "which header or field, which expression"),
];

const EXTRACTOR_CONFIG: &[Word] = &[
    Word::new("headerName", Takes::Text, "the header that is looked into"),
    Word::new("formParamName", Takes::Text, "the form field that is looked into"),
    Word::new("regexp", Takes::Text, "a regular expression of Go"),
    Word::new("regexpMatchIndex", Takes::Number, "which match is the id: whole matches, from 0"),
    Word::new("xPathExp", Takes::Text, "an XPath into the body"),
];

const MIDDLEWARE: &[Word] =
    &[Word::new("global", Takes::Object(GLOBAL), "what is done with every request")];

const HOOKS: Takes = Takes::List(&Takes::Object(PLUGIN));

const OLDER: Takes = Takes::Object(OLDER_PLUGINS);

const GLOBAL: &[Word] = &[
    Word::new("pluginConfig", Takes::Object(PLUGIN_CONFIG), "driver, bundle and config data"),
    Word::new("prePlugins", HOOKS, "hooks before anything else"),
    Word::new("postAuthenticationPlugins", HOOKS, "hooks right after authentication"),
    Word::new("postPlugins", HOOKS, "hooks just before the upstream"),
    Word::new("responsePlugins", HOOKS, "hooks on the upstream's answer"),
    Word::new("prePlugin", OLDER, "the older form of prePlugins"),
    Word::new("postAuthenticationPlugin", OLDER, "the older form of postAuthenticationPlugins"),
    Word::new("postPlugin", OLDER, "the older form of postPlugins"),
    Word::new("responsePlugin", OLDER, "the older form of responsePlugins"),
];

const OLDER_PLUGINS: &[Word] = &[Word::new("plugins", HOOKS, "the hooks, in order")];

const PLUGIN_CONFIG: &[Word] = &[
    Word::new(
        "driver",
        Takes::OneOf(|| DRIVERS.iter().map(|driver| (driver.name, driver.runs)).collect()),
        "what runs the hooks; case counts, and an empty one is refused",
    ),
    Word::new("bundle", Takes::Object(BUNDLE), "the bundle that hooks are taken from"),
    Word::new("data", Takes::Object(DATA), "values that hooks get"),
];

const BUNDLE: &[Word] = &[
    Word::new("enabled", Takes::Switch, "off or left out: the bundle is not fetched"),
    Word::new(
        "path",
        Takes::Text,
        "the bundle's file on its host: its manifest takes the place of the hooks here",
    ),
];

const DATA: &[Word] = &[
    Word::new("enabled", Takes::Switch, "off or left out: hooks get no config data"),
    Word::new(
        "value",
        Takes::Anything,
        "values that every hook gets with each call, as JSON text in spec",
    ),
];

const PLUGIN: &[Word] = &[
    Word::new("enabled", Takes::Switch, "off or left out: the Gateway skips the hook"),
    Word::new("functionName", Takes::Text, FUNCTION),
    Word::new("path", Takes::Text, "the file, for drivers that need one"),
    Word::new("code", Takes::Text, "JavaScript in base64; pre-releases of 5.15 only"),
    Word::new("rawBodyOnly", Takes::Switch, RAW),
    Word::new("requireSession", Takes::Switch, "the hook gets the session"),
];

const FUNCTION: &str = "the function, or what a gRPC server dispatches on";

const RAW: &str = "the body comes as bytes alone";
