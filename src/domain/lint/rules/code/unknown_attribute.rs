//! A name that the objects of a hook do not have.

use super::plugin::{called_hooks, rename};
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Looked, Role, look};
use crate::domain::json::Edit;
use crate::domain::nearest::nearest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unknown-attribute",
    severity: Severity::Error,
    about: "request is a wrapper with object, get_header, add_header, delete_header, add_param and delete_param alone; \
            the messages in it have their fields alone. Any other name raises AttributeError. key_id, \
            post_expiry_action and post_expiry_grace_period of a session do not exist in Python.",
    source: "Tyk Gateway 5.14: coprocess/python; recorded (request-attribute, session-unknown-field, session-key-id)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        let mut told = Vec::new();
        for touch in hook.touches() {
            let Looked::Unknown(of, step) = look(touch.role, &touch.steps) else { continue };
            // A path is seen as it is used, and again as it is called or assigned.
            if touch.act.guarded || told.contains(&step.span) {
                continue;
            }
            told.push(step.span.clone());
            let name = step.attribute().unwrap_or_default();
            let object = [name_in(touch.role, "object"), Some(step.clone())];
            let in_object = object.into_iter().collect::<Option<Vec<_>>>();
            let in_object =
                in_object.is_some_and(|steps| matches!(look(touch.role, &steps), Looked::At(..)));
            let here = hook.source.text.get(step.span.clone()) == Some(name);
            let (advice, edit) = if in_object {
                let at = step.span.start;
                let edit = Edit { span: at..at, text: "object.".to_owned() };
                (format!("it is request.object.{name}"), Some(edit))
            } else {
                let known = of.all.iter().map(|(field, _)| *field);
                match nearest(name, known) {
                    Some(near) => (format!("did you mean {near}?"), Some(rename(step, near))),
                    None => ("reading or setting it fails the request".to_owned(), None),
                }
            };
            let fix = edit
                .filter(|_| here)
                .map(|edit| hook.plugin.fix(hook.source, "write the name that it has", vec![edit]));
            let message = format!("{} has no {name}: {advice}", of.name);
            hook.say(report, step.span.start, message).fixed_by(fix);
        }
    }
}

/// A step to an attribute that only the wrapper of a request has.
fn name_in(role: Role, name: &str) -> Option<crate::domain::code::python::Step> {
    use crate::domain::code::python::{Step, StepKind};
    (role == Role::Request).then(|| Step { span: 0..0, kind: StepKind::Attribute(name.to_owned()) })
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, mended, pre};

    #[test]
    fn a_name_that_is_not_there() {
        for (line, after) in [
            ("request.headers['X'] = 'y'", Some("request.object.headers['X']")),
            ("x = request.body", Some("x = request.object.body")),
            ("request.object.set_header['X'] = 'y'", Some("request.object.set_headers['X']")),
            ("session.key_id = 'x'", None),
            ("request.object.return_overrides.code = 401", None),
        ] {
            let facts = pre(&body(line));
            let caught = found("unknown-attribute", &facts);
            assert_eq!(caught.len(), 1, "{line}");
            match after {
                Some(after) => assert!(mended(&facts, &caught[0]).contains(after), "{after}"),
                None => assert_eq!(caught[0].fix, None, "{line}"),
            }
        }
    }

    #[test]
    fn names_that_are_there_or_may_be() {
        for line in [
            "request.get_header('X')",
            "request.object.CopyFrom(x)",
            "request.__class__",
            "session.access_rights['a'].api_id = 'a'",
            "session.metadata.get('k').encode()",
            "request = mine(request)\n    request.headers",
            "try:\n        x = request.headers\n    except AttributeError:\n        pass",
        ] {
            assert_eq!(found("unknown-attribute", &pre(&body(line))), [], "{line}");
        }
    }
}
