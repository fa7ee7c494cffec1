//! Scalars: what a plain one means, and whether a text can be written as one.

use serde_json::Value as Json;

/// The JSON text of a plain scalar, by the core schema as yaml.v3 has it: `yes` and `on` are strings there.
pub(super) fn resolve(text: &str) -> String {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => "null".into(),
        "true" | "True" | "TRUE" => "true".into(),
        "false" | "False" | "FALSE" => "false".into(),
        _ => number(text).unwrap_or_else(|| Json::from(text).to_string()),
    }
}

/// The JSON text of a number; `None` where it is none. Its spelling is kept where JSON has it.
fn number(text: &str) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return None;
    }
    let plain = text.replace('_', "");
    let (sign, digits) = match plain.strip_prefix(['+', '-']) {
        Some(digits) => (if plain.starts_with('-') { "-" } else { "" }, digits),
        None => ("", plain.as_str()),
    };
    let radix = |prefix: &str, radix| {
        let digits = digits.strip_prefix(prefix)?;
        let value = u64::from_str_radix(digits, radix).ok()?;
        (!digits.starts_with('+')).then(|| format!("{sign}{value}"))
    };
    if let Some(whole) = radix("0x", 16).or(radix("0o", 8)).or(radix("0b", 2)) {
        return Some(whole);
    }
    let whole = digits.len() > 1 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole && let Some(octal) = radix("0", 8) {
        return Some(octal);
    }
    let decimal = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    let value: f64 = plain.parse().ok().filter(|_| decimal)?;
    let spelt = format!("{sign}{digits}");
    if serde_json::from_str::<serde_json::Number>(&spelt).is_ok() {
        return Some(spelt);
    }
    value.is_finite().then(|| Json::from(value).to_string())
}

/// Whether a string can be written without quotes, in brackets too where `flow`. Words that an older YAML takes for
/// booleans, dates or times are quoted, so that every reader sees a string.
pub(super) fn is_plain(text: &str, flow: bool) -> bool {
    let begins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '.' | '$' | '^');
    let plain = |c: char| !c.is_control() && c != '\u{feff}' && !(flow && ",[]{}".contains(c));
    let old = ["yes", "no", "on", "off", "y", "n"];
    let dated = text.starts_with(|c: char| c.is_ascii_digit())
        && (text.contains(':') || text.matches('-').count() == 2);
    text.starts_with(begins)
        && text.chars().all(plain)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !old.contains(&text.to_ascii_lowercase().as_str())
        && !dated
        && resolve(text).starts_with('"')
}
