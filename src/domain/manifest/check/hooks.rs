//! Hooks and driver.

use super::super::names::DRIVERS;
use super::super::{Definition, Manifest};
use super::finding;
use crate::domain::json::{Document, Kind, Value};
use crate::domain::nearest::nearest;
use crate::domain::task::{Finding, Severity};

pub(super) fn check(document: &Document, manifest: &Manifest, found: &mut Vec<Finding>) {
    let root = document.root();
    let middleware = root.field("custom_middleware");
    let place = middleware.unwrap_or(root).place();
    if !manifest.has_hook() {
        let message = "No hooks defined: give custom_middleware a hook, such as \"pre\": [{\"name\": \"MyHook\"}]";
        found.push(finding(Severity::Error, place, message));
    }
    driver(middleware.unwrap_or(root), manifest, found);
    for name in ["pre", "post_key_auth", "post", "response"] {
        for list in middleware.into_iter().filter_map(|middleware| middleware.field(name)) {
            let definitions = match name {
                "pre" => &manifest.custom_middleware.pre,
                "post_key_auth" => &manifest.custom_middleware.post_key_auth,
                "post" => &manifest.custom_middleware.post,
                _ => &manifest.custom_middleware.response,
            };
            for (element, definition) in list.children().zip(definitions.iter().flatten()) {
                unnamed(element, name, definition, found);
                code(element, found);
            }
        }
    }
    let single = |name| middleware.and_then(|middleware| middleware.field(name));
    if let Some(auth) = single("auth_check").filter(|auth| auth.children().next().is_some()) {
        let definition = &manifest.custom_middleware.auth_check;
        if definition.name.is_empty() && !definition.disabled {
            let message = "auth_check has no name: Gateways do not register it";
            found.push(finding(Severity::Error, auth.place(), message));
        }
        code(auth, found);
    }
    if let Some(logs) = single("traffic_logs").filter(|logs| logs.kind() == Kind::Object) {
        let message =
            "traffic_logs needs a Gateway of 5.15 (and a Go plugin); older ones ignore it";
        found.push(finding(Severity::Warning, logs.key_place(), message));
        let definition = manifest.custom_middleware.traffic_logs.clone().unwrap_or_default();
        unnamed(logs, "traffic_logs", &definition, found);
        code(logs, found);
    }
    let mut hooks = manifest.hooks().peekable();
    if hooks.peek().is_some() && hooks.all(|(_, definition)| definition.disabled) {
        let message = "every hook is disabled: the bundle loads, and nothing of it runs";
        found.push(finding(Severity::Warning, place, message));
    }
    for (name, text) in [("checksum", &manifest.checksum), ("signature", &manifest.signature)] {
        if let Some(value) = root.field(name).filter(|_| !text.is_empty()) {
            let message = format!("this {name} is not used: building writes the bundle's own");
            found.push(finding(Severity::Hint, value.key_place(), message));
        }
    }
}

fn unnamed(value: Value<'_>, hook: &str, definition: &Definition, found: &mut Vec<Finding>) {
    if definition.name.is_empty() && !definition.disabled {
        let message = format!("a {hook} definition without a name: no plugin can tell what to run");
        found.push(finding(Severity::Error, value.place(), message));
    }
}

fn code(definition: Value<'_>, found: &mut Vec<Finding>) {
    let code = definition.field("code");
    if let Some(code) = code.filter(|code| code.string().is_some_and(|code| !code.is_empty())) {
        let message = "code needs a Gateway of 5.15; older ones ignore it";
        found.push(finding(Severity::Warning, code.key_place(), message));
    }
}

fn driver(middleware: Value<'_>, manifest: &Manifest, found: &mut Vec<Finding>) {
    let driver = manifest.custom_middleware.driver.as_str();
    let value = middleware.field("driver");
    let place = value.map_or(middleware.place(), Value::place);
    let names = || DRIVERS.iter().map(|driver| driver.name);
    let message = match driver {
        "" => format!(
            "No driver specified: set driver to one of {}",
            names().collect::<Vec<_>>().join(", ")
        ),
        "javascript" => {
            let message = "the driver javascript needs a Gateway of 5.15; older ones know otto";
            found.push(finding(Severity::Warning, place, message));
            return;
        }
        known if names().any(|name| name == known) => {
            if manifest.files().is_empty() && known != "grpc" {
                let message = format!(
                    "file_list is empty, but the driver {known} runs code that comes in the bundle"
                );
                found.push(finding(Severity::Warning, place, message));
            }
            return;
        }
        other => match nearest(other, names()) {
            Some(name) if name.eq_ignore_ascii_case(other) => {
                format!("unknown driver {other}: case counts, write {name}")
            }
            Some(name) => format!("unknown driver {other}: did you mean {name}?"),
            None => format!(
                "unknown driver {other}: Gateways know {}, and answer 500 with any other",
                names().collect::<Vec<_>>().join(", ")
            ),
        },
    };
    found.push(finding(Severity::Error, place, message));
}
