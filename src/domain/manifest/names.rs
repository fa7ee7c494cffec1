//! The words of a manifest, and which one was meant.

use crate::domain::json::folds_to;

/// Keys of the document itself.
pub(super) const TOP: &[&str] = &["file_list", "custom_middleware", "checksum", "signature"];
/// Keys of `custom_middleware`.
pub(super) const MIDDLEWARE: &[&str] = &[
    "pre",
    "post",
    "post_key_auth",
    "auth_check",
    "traffic_logs",
    "response",
    "driver",
    "id_extractor",
];
/// Keys of a definition.
pub(super) const DEFINITION: &[&str] =
    &["disabled", "name", "path", "code", "require_session", "raw_body_only"];
/// Keys of `id_extractor`.
pub(super) const EXTRACTOR: &[&str] =
    &["disabled", "extract_from", "extract_with", "extractor_config"];
/// A driver that a Gateway knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Driver {
    /// As the manifest writes it; case counts.
    pub name: &'static str,
    /// Where its code runs, in a few words.
    pub runs: &'static str,
    /// Whether its hooks reach a plugin server as Dispatches.
    pub dispatches: bool,
}

/// Every driver that a Gateway knows.
pub const DRIVERS: &[Driver] = &[
    Driver { name: "grpc", runs: "in a plugin server", dispatches: true },
    Driver { name: "python", runs: "inside the Gateway (CPython)", dispatches: false },
    Driver {
        name: "goplugin",
        runs: "inside the Gateway (a Go shared library)",
        dispatches: false,
    },
    Driver { name: "otto", runs: "inside the Gateway (JavaScript)", dispatches: false },
    Driver { name: "lua", runs: "inside the Gateway (Lua)", dispatches: false },
    Driver {
        name: "javascript",
        runs: "inside the Gateway (JavaScript; pre-releases of 5.15 only)",
        dispatches: false,
    },
];

/// The known name that a reader takes a key for.
pub(super) fn known(key: &str, names: &[&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|name| folds_to(key, name))
}
