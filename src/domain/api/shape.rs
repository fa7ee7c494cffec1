//! What a document is: an API definition of one kind or the other, or something else that is easily taken for one.

use super::{Kind, OpenError};
use crate::domain::json::{Kind as JsonKind, Value};

/// Other things that people have beside their definitions: all of these keys, none of those, what it is.
const OTHERS: &[(&[&str], &[&str], &str)] = &[
    (&["file_list"], &["proxy"], "a bundle's manifest: see tyk-tui manifest"),
    (&["apiVersion", "kind"], &["openapi"], "a Kubernetes resource: give the definition alone"),
    (&["listen_port", "app_path"], &["proxy"], "a Gateway's tyk.conf: see tyk-tui doctor"),
    (&["listen_port", "secret"], &["proxy"], "a Gateway's tyk.conf: see tyk-tui doctor"),
    (&["access_rights"], &["proxy"], "a policy or a key"),
    (&["apis", "pages"], &["proxy"], "a Dashboard's list of APIs: give one of them"),
    (&["status", "message"], &["proxy"], "a Gateway's answer"),
];

/// Refuses what is no definition.
pub(super) fn check(root: Value<'_>, inner: Option<Value<'_>>) -> Result<(), OpenError> {
    let refused = |found: &str| {
        OpenError::Shape(format!(
            "this is {found}, expected an API definition: an object such as \
            {{\"name\": …, \"api_id\": …, \"proxy\": …}}"
        ))
    };
    if root.kind() == JsonKind::Array {
        let apis = root.children().next().is_some_and(|first| first.field("api_id").is_some());
        let found = if apis { "a list of API definitions (give one of them)" } else { "a list" };
        return Err(refused(found));
    }
    if root.kind() != JsonKind::Object {
        return Err(refused(root.kind().word()));
    }
    if let Some(inner) = inner {
        return if inner.kind() == JsonKind::Object {
            Ok(())
        } else {
            let found = inner.kind().word();
            Err(OpenError::Shape(format!("api_definition is {found}, expected an object")))
        };
    }
    let has = |key: &&str| root.field(key).is_some();
    match OTHERS.iter().find(|(all, none, _)| all.iter().all(has) && !none.iter().any(has)) {
        Some((_, _, what)) => Err(OpenError::Shape(format!("this looks like {what}"))),
        None => Ok(()),
    }
}

/// The kind of a definition. Go finds the extension by its exact name, and takes null for none (recorded: 326).
pub(super) fn kind(definition: Value<'_>) -> Kind {
    let extension = definition.member("x-tyk-api-gateway");
    if extension.is_some_and(|extension| extension.kind() != JsonKind::Null) {
        Kind::Oas
    } else if definition.field("openapi").is_some() || definition.field("swagger").is_some() {
        Kind::OpenApi
    } else {
        Kind::Classic
    }
}
