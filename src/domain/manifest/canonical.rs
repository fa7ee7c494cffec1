//! A manifest as the reference tool writes it into a bundle.

use super::{Config, Definition, Manifest};
use crate::domain::json::{go_number, quote};

/// The manifest's text inside a bundle, byte for byte as the reference tool writes it: compact, no final newline, keys
/// in the Gateway's order, an absent list as `null`. `traffic_logs` and `code` are written only where they are set:
/// 5.14 never writes them, every Gateway from 5.3 on loads both forms.
pub fn canonical(manifest: &Manifest) -> String {
    let middleware = &manifest.custom_middleware;
    let mut text = String::from("{\"file_list\":");
    list(&mut text, manifest.file_list.as_deref(), |text, name| text.push_str(&quote(name)));
    text.push_str(",\"custom_middleware\":{\"pre\":");
    list(&mut text, middleware.pre.as_deref(), definition);
    text.push_str(",\"post\":");
    list(&mut text, middleware.post.as_deref(), definition);
    text.push_str(",\"post_key_auth\":");
    list(&mut text, middleware.post_key_auth.as_deref(), definition);
    text.push_str(",\"auth_check\":");
    definition(&mut text, &middleware.auth_check);
    if let Some(logs) = &middleware.traffic_logs {
        text.push_str(",\"traffic_logs\":");
        definition(&mut text, logs);
    }
    text.push_str(",\"response\":");
    list(&mut text, middleware.response.as_deref(), definition);
    text.push_str(",\"driver\":");
    text.push_str(&quote(&middleware.driver));
    extractor(&mut text, &middleware.id_extractor);
    text.push_str("},\"checksum\":");
    text.push_str(&quote(&manifest.checksum));
    text.push_str(",\"signature\":");
    text.push_str(&quote(&manifest.signature));
    text.push('}');
    text
}

fn list<T>(text: &mut String, items: Option<&[T]>, mut write: impl FnMut(&mut String, &T)) {
    let Some(items) = items else { return text.push_str("null") };
    text.push('[');
    for (at, item) in items.iter().enumerate() {
        text.push_str(if at > 0 { "," } else { "" });
        write(text, item);
    }
    text.push(']');
}

fn definition(text: &mut String, definition: &Definition) {
    let Definition { disabled, name, path, code, require_session, raw_body_only } = definition;
    text.push_str("{\"disabled\":");
    text.push_str(truth(*disabled));
    text.push_str(",\"name\":");
    text.push_str(&quote(name));
    text.push_str(",\"path\":");
    text.push_str(&quote(path));
    if !code.is_empty() {
        text.push_str(",\"code\":");
        text.push_str(&quote(code));
    }
    text.push_str(",\"require_session\":");
    text.push_str(truth(*require_session));
    text.push_str(",\"raw_body_only\":");
    text.push_str(truth(*raw_body_only));
    text.push('}');
}

fn extractor(text: &mut String, extractor: &super::Extractor) {
    text.push_str(",\"id_extractor\":{\"disabled\":");
    text.push_str(truth(extractor.disabled));
    text.push_str(",\"extract_from\":");
    text.push_str(&quote(&extractor.extract_from));
    text.push_str(",\"extract_with\":");
    text.push_str(&quote(&extractor.extract_with));
    text.push_str(",\"extractor_config\":");
    match &extractor.extractor_config {
        None => text.push_str("null"),
        Some(config) => {
            text.push('{');
            for (at, (key, value)) in config.iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                text.push_str(&quote(key));
                text.push(':');
                match value {
                    Config::Null => text.push_str("null"),
                    Config::Bool(value) => text.push_str(truth(*value)),
                    Config::Number(value) => text.push_str(&go_number(*value)),
                    Config::Text(value) => text.push_str(&quote(value)),
                    Config::Other(value) => text.push_str(value),
                }
            }
            text.push('}');
        }
    }
    text.push('}');
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
