//! A change of something that the Gateway does not look at again.

use super::plugin::{HookCode, Touch, called_hooks, rename};
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Deed, Literal, Role, StepKind, Value};
use crate::domain::json::Edit;
use crate::domain::lint::Fix;
use crate::domain::object::Hook;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "edit-without-effect",
    severity: Severity::Warning,
    about: "Of a request the Gateway takes back set_headers, delete_headers, add_params, delete_params, raw_body, url, \
            method and return_overrides, of a response raw_body, status_code and headers. Edits of headers, params or \
            body of a request, and of body of a response, are dropped.",
    source: "Tyk Gateway 5.14: recorded (pre-body-only, pre-headers-map, request-object-replaced, response-override, …)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        let touches = hook.touches();
        for touch in touches.iter().filter(|touch| touch.is_edit()) {
            if let Some((severity, message)) = dropped(&hook, touch, &touches) {
                let fix = fix(&hook, touch);
                hook.say(report, touch.act.span.start, message).as_grave_as(severity).fixed_by(fix);
            }
        }
    }
}

fn dropped(
    hook: &HookCode<'_>,
    touch: &Touch<'_>,
    all: &[Touch<'_>],
) -> Option<(Severity, String)> {
    let instead = |what: &str, write: &str| {
        Some((Severity::Warning, format!("a change of {what} has no effect: {write}")))
    };
    let assigned = |names: &[&str]| {
        all.iter().any(|it| {
            matches!(it.act.deed, Deed::Assign { .. })
                && it.role == touch.role
                && it.names() == names
        })
    };
    match (touch.role, touch.names().as_slice()) {
        (Role::Request, ["object"]) if matches!(touch.act.deed, Deed::Assign { .. }) => {
            instead("request.object itself", "change its fields")
        }
        (Role::Request, ["object", "body"]) if !assigned(&["object", "raw_body"]) => {
            instead("body", "set raw_body, which is bytes")
        }
        (Role::Response, ["body"]) if !assigned(&["raw_body"]) => {
            instead("the response's body", "set raw_body, which is bytes")
        }
        (Role::Request, ["object", "headers", ..]) => instead(
            "headers",
            "use add_header and delete_header, or set_headers and delete_headers",
        ),
        (Role::Request, ["object", "params", ..]) => {
            instead("params", "use add_param and delete_param, or add_params and delete_params")
        }
        (Role::Request, ["object", field @ ("request_uri" | "scheme" | "extended_params"), ..]) => {
            instead(field, "a Gateway takes url and method")
        }
        (Role::Request, ["object", "return_overrides", ..]) if hook.kinds == [Hook::Response] => {
            instead("return_overrides in a response hook", "change the response")
        }
        (Role::Spec, _) => {
            Some((Severity::Hint, "a change of spec has no effect beyond this call".to_owned()))
        }
        _ => None,
    }
}

/// The field that has the effect, where the change is one that it takes.
fn fix(hook: &HookCode<'_>, touch: &Touch<'_>) -> Option<Fix> {
    let names = touch.names();
    let last = names.len().checked_sub(1)?;
    let step = touch.steps.get(last)?;
    let source = hook.source;
    match (&touch.act.deed, touch.role, names.as_slice()) {
        (Deed::Assign { value, .. }, Role::Request | Role::Response, [.., "body"]) => {
            let bytes = bytes_of(&source.text, value)?;
            let edits =
                vec![rename(step, "raw_body"), Edit { span: value.span.clone(), text: bytes }];
            Some(hook.plugin.fix(source, "set raw_body", edits))
        }
        (Deed::Assign { .. }, Role::Request, ["object", field @ ("headers" | "params")]) => {
            // Only one header or parameter is set: the step after it is its name.
            let key =
                touch.steps.get(last + 1).filter(|step| matches!(step.kind, StepKind::Index(_)))?;
            let inside =
                touch.act.span.contains(&step.span.start) && key.span.start > step.span.start;
            let to = if *field == "headers" { "set_headers" } else { "add_params" };
            let edits = vec![rename(step, to)];
            inside.then(|| hook.plugin.fix(source, format!("set {to}"), edits))
        }
        _ => None,
    }
}

/// A value as bytes, where it is plain how to write it.
fn bytes_of(text: &str, value: &Value) -> Option<String> {
    let written = text.get(value.span.clone())?;
    match &value.literal {
        Literal::Bytes(_) => Some(written.to_owned()),
        Literal::Text(inside) if inside.is_ascii() && written.starts_with(['"', '\'']) => {
            Some(format!("b{written}"))
        }
        Literal::Text(_) | Literal::Format => Some(format!("{written}.encode()")),
        Literal::Path(path) if path.called()?.dotted()?.ends_with("json.dumps") => {
            Some(format!("{written}.encode()"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, mended, one_hook, pre};

    #[test]
    fn edits_that_are_dropped_and_what_has_the_effect() {
        for (line, after) in [
            (r#"request.object.body = "x""#, r#"request.object.raw_body = b"x""#),
            (r#"request.object.body = f"{x}""#, r#"request.object.raw_body = f"{x}".encode()"#),
            (
                "request.object.body = json.dumps(x)",
                "request.object.raw_body = json.dumps(x).encode()",
            ),
            (r#"request.object.headers["X"] = "y""#, r#"request.object.set_headers["X"] = "y""#),
            (r#"request.object.params["x"] = "y""#, r#"request.object.add_params["x"] = "y""#),
        ] {
            let facts = pre(&body(line));
            let caught = found("edit-without-effect", &facts);
            assert_eq!(caught.len(), 1, "{line}");
            assert!(mended(&facts, &caught[0]).contains(after), "{after}");
        }
        for line in [
            "request.object = other",
            "del request.object.headers['X']",
            "request.object.headers.update(x)",
            "o = request.object\n    o.body = x",
            "request.object.scheme = 'https'",
            "spec['x'] = 'y'",
        ] {
            assert_eq!(found("edit-without-effect", &pre(&body(line))).len(), 1, "{line}");
        }
    }

    #[test]
    fn edits_that_count() {
        for line in [
            "request.object.raw_body = b'x'",
            "request.object.body = 'x'\n    request.object.raw_body = b'x'",
            "request.object.set_headers['X'] = 'y'",
            "x = request.object.headers['X']",
            "request.object.headers.get('X')",
            "o = request.object",
            "request.object.return_overrides.response_code = 401",
            "headers = {}\n    headers['X'] = 'y'",
        ] {
            assert_eq!(found("edit-without-effect", &pre(&body(line))), [], "{line}");
        }
    }

    #[test]
    fn of_a_response() {
        let facts = |line: &str| {
            let text = format!(
                "@Hook\ndef A(request, response, session, metadata, spec):\n    {line}\n    return response\n"
            );
            one_hook(r#""response": [{"name": "A"}]"#, &text)
        };
        let caught = |line: &str| found("edit-without-effect", &facts(line)).len();
        assert_eq!(caught("response.body = 'x'"), 1);
        assert_eq!(caught("request.object.return_overrides.response_code = 401"), 1);
        assert_eq!(caught("response.raw_body = b'x'"), 0);
        assert_eq!(caught("response.headers['X'] = 'y'"), 0);
    }
}
