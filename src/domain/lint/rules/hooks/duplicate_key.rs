//! A key that is there twice.

use std::collections::HashMap;

use super::sections::members;
use crate::domain::json::{Kind, Value};
use crate::domain::lint::text::{Text, shown};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Warning,
    about: "Of equal keys the last one counts, but objects are read one onto the other and list elements onto the earlier ones, whose values stay where the later ones say nothing.",
    source: "Go's encoding/json; recorded loads of manifests with doubled keys",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts() {
        let objects = text.definition.document().values();
        for object in objects.filter(|value| value.kind() == Kind::Object) {
            check_object(&text, object, report);
        }
    }
}

fn check_object(text: &Text<'_>, object: Value<'_>, report: &mut Report<'_>) {
    let mut seen: HashMap<String, Value<'_>> = HashMap::new();
    for member in object.children() {
        let key = member.key().unwrap_or_default();
        let Some(first) = seen.insert(key.to_ascii_lowercase(), member) else { continue };
        let same = first.key().as_deref() == Some(&key);
        // Keys of a map that differ by case are two; those of a field are one.
        if !same && !is_field(text, member) {
            continue;
        }
        let how = match member.kind() {
            Kind::Array if holds_objects(member) => {
                "this one counts, but its elements are read onto the earlier ones, whose values stay \
                 where these say nothing"
            }
            Kind::Object => "both are read, one onto the other",
            _ => "the last one counts",
        };
        let place = text.definition.place(first);
        let message = format!("{} is here a second time (first at {place}): {how}", shown(&key));
        // Without what has no effect, the text means the same.
        let is_plain = !matches!(member.kind(), Kind::Array | Kind::Object | Kind::Null);
        let fix = if is_plain { text.remove(first) } else { None };
        report.on_value(text, member, message).fixed_by(fix);
    }
}

fn is_field(text: &Text<'_>, value: Value<'_>) -> bool {
    let span = value.span();
    members(text).iter().any(|member| {
        member.value.span() == span
            && member.name.is_some()
            && member.section.is_some_and(|section| !section.map)
    })
}

fn holds_objects(list: Value<'_>) -> bool {
    list.children().any(|element| element.kind() == Kind::Object)
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, manifest};

    #[test]
    fn the_one_without_effect_can_be_removed() {
        let facts = manifest(r#"{"checksum": "a", "checksum": "b"}"#);
        assert_eq!(fixed("duplicate-key", &facts), r#"{"checksum": "b"}"#);
        let deep = api(r#"{"version_data": {"versions": {"v1": {"a": 1, "a": 2}}}}"#);
        assert!(fixed("duplicate-key", &deep).contains(r#"{"a": 2}"#));
    }

    #[test]
    fn lists_and_objects_are_read_onto_each_other_so_nothing_is_removed() {
        let facts =
            manifest(r#"{"custom_middleware": {"pre": [{"name": "A"}], "PRE": [{"path": "b"}]}}"#);
        let found = found("duplicate-key", &facts);
        assert!(found[0].message.contains("onto the earlier ones"), "{found:?}");
        assert_eq!(found[0].fix, None);
    }

    #[test]
    fn keys_of_a_map_that_differ_by_case_are_two() {
        let text = r#"{"config_data": {"a": 1, "A": 2}, "x": {"b": 1}, "y": {"b": 1}}"#;
        assert_eq!(found("duplicate-key", &api(text)), []);
    }
}
