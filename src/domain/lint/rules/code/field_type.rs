//! A value of a type that a field does not take, or a field that cannot be assigned.

use super::plugin::{HookCode, Touch, called_hooks};
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Deed, Kind, Literal, Looked, StepKind, Value, look};
use crate::domain::effect::refused_url;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "field-type",
    severity: Severity::Error,
    about: "The objects of a hook are protobuf messages: a field takes its own type alone, and a message, list or map in \
            one is not assigned but changed in place (CopyFrom, append, update). Header names and values must be such \
            as Go's HTTP client sends.",
    source: "Tyk Gateway 5.14 with protobuf 4.21: recorded (override-assigned, override-code-str, session-wrong-type, \
             header-empty, pre-url-bad, …)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        for touch in hook.touches().iter().filter(|touch| !touch.act.guarded) {
            let fault = match &touch.act.deed {
                Deed::Assign { value, .. } => assigned(touch, value),
                Deed::Call(_) => called(touch),
                _ => None,
            };
            if let Some(message) = fault {
                say(&hook, touch, message, report);
            }
        }
    }
}

fn say(hook: &HookCode<'_>, touch: &Touch<'_>, message: String, report: &mut Report<'_>) {
    hook.say(report, touch.act.span.start, message);
}

/// What is wrong with `path = value`.
fn assigned(touch: &Touch<'_>, value: &Value) -> Option<String> {
    let Looked::At(kind, rest) = look(touch.role, &touch.steps) else { return None };
    let field = touch.names().last().copied().unwrap_or("it").to_owned();
    let keyed = matches!(rest, [step] if matches!(step.kind, StepKind::Index(_)));
    match kind {
        // `request.object = …` is taken, and has no effect.
        _ if touch.names() == ["object"] => None,
        Kind::Texts if keyed => {
            refused(Kind::Str, value).map(|why| format!("a value of {field} must be {why}"))
        }
        Kind::Messages if keyed => Some(format!(
            "{field}[…] cannot be assigned: change its fields, or use {field}[…].CopyFrom"
        )),
        _ if !rest.is_empty() => None,
        Kind::Message(_) | Kind::Opaque if touch.names().first() != Some(&"get_header") => {
            Some(format!("{field} cannot be assigned: change its fields, or use {field}.CopyFrom"))
        }
        Kind::Repeated => Some(format!("{field} cannot be assigned: use {field}.append or extend")),
        Kind::Texts | Kind::Messages => {
            Some(format!("{field} cannot be assigned: use {field}.update, or set its keys"))
        }
        kind => refused(kind, value)
            .map(|why| format!("{field} must be {why}"))
            .or_else(|| (field == "url").then(|| bad_url(value))?),
    }
}

fn bad_url(value: &Value) -> Option<String> {
    let text = value.text().filter(|text| !text.contains('\\'))?;
    refused_url(text).map(|error| format!("the Gateway cannot read this URL: {error}"))
}

/// What a field of this kind must be, where the value shows that it is not.
fn refused(kind: Kind, value: &Value) -> Option<String> {
    use Literal::{Bool, Bytes, Float, Format, Integer, Other, Path, Text};
    let fits = match (kind, &value.literal) {
        (Kind::Str, Bytes(written)) => !has_high_byte(written),
        (_, Path(_) | Other)
        | (Kind::Str, Text(_) | Format)
        | (Kind::Bytes, Bytes(_))
        | (Kind::Int | Kind::Bool, Integer(_) | Bool)
        | (Kind::Float, Integer(_) | Float | Bool) => true,
        _ => false,
    };
    let wanted = match kind {
        Kind::Str => "text",
        Kind::Bytes => "bytes",
        Kind::Int => "a whole number",
        Kind::Float => "a number",
        Kind::Bool => "True or False",
        _ => return None,
    };
    let given = match &value.literal {
        Bytes(_) if kind == Kind::Str => "bytes that are no UTF-8",
        _ => value.type_name()?,
    };
    (!fits).then(|| format!("{wanted}, not {given}"))
}

/// Whether bytes as written have an escape beyond ASCII alone, which is no UTF-8 by itself.
fn has_high_byte(written: &str) -> bool {
    written.contains(r"\xff") || written.contains(r"\xfe")
}

/// What is wrong with the arguments of the wrapper's methods.
fn called(touch: &Touch<'_>) -> Option<String> {
    let Deed::Call(call) = &touch.act.deed else { return None };
    let names = touch.names();
    let [method] = names.as_slice() else { return None };
    let wanted = match *method {
        "add_header" | "add_param" => 2,
        "delete_header" | "delete_param" | "get_header" => 1,
        _ => return None,
    };
    if !call.spread && call.arguments.len() != wanted {
        return Some(format!("{method} takes {wanted} values, not {}", call.arguments.len()));
    }
    if *method == "get_header" {
        return None;
    }
    let mut given = call.arguments.iter().map(|argument| &argument.value);
    if let Some(why) = given.clone().find_map(|value| refused(Kind::Str, value)) {
        return Some(format!("{method} takes text: a name or value must be {why}"));
    }
    let is_header = *method == "add_header";
    let name = given.next().and_then(Value::text).filter(|_| is_header);
    if name == Some("") {
        return Some("a header without a name fails the request".to_owned());
    }
    let broken = given.next().and_then(Value::text).is_some_and(|text| {
        text.contains(r"\n")
            || text.contains(r"\r")
            || text.contains(r"\0")
            || text.contains(r"\x00")
    });
    (is_header && broken).then(|| "a line break in a header's value fails the request".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, pre};

    #[test]
    fn values_that_a_field_does_not_take() {
        for line in [
            "request.object.return_overrides.response_code = '401'",
            "request.object.return_overrides = ReturnOverrides()",
            "request.object.raw_body = 'x'",
            "session.rate = 'fast'",
            "session.metadata['n'] = 5",
            "session.tags = ['a']",
            "session.access_rights['a'] = AccessDefinition()",
            "request.object.set_headers = {'X': 'y'}",
            "request.add_header('X', 5)",
            "request.add_header('X')",
            "request.delete_header(None)",
            "request.add_header('', 'x')",
            r"request.add_header('X', 'one\r\ntwo')",
            "request.object.url = 'http://[::1'",
            r"request.object.body = b'\xff\xfe'",
        ] {
            assert_eq!(found("field-type", &pre(&body(line))).len(), 1, "{line}");
        }
    }

    #[test]
    fn values_that_it_takes_or_that_do_not_show() {
        for line in [
            "request.object.return_overrides.response_code = 401",
            "request.object.return_overrides.response_code = code",
            "request.object.return_overrides.CopyFrom(x)",
            "request.object.raw_body = b'x'",
            "request.object.body = b'x'",
            "session.rate = 5",
            "session.metadata['n'] = str(5)",
            "request.add_header('X', b'x')",
            "request.add_header(*pair)",
            "request.object = x",
            "request.object.url = '/a?b=c'",
            "try:\n        session.rate = 'fast'\n    except TypeError:\n        pass",
        ] {
            assert_eq!(found("field-type", &pre(&body(line))), [], "{line}");
        }
    }
}
