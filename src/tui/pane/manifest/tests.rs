use serde_json::{Value, json};

use super::*;
use crate::tui::overlay::Picked;

/// A pane with this manifest.
fn pane(text: &str) -> Pane {
    let mut pane = Pane::new("/nowhere/manifest.json".into());
    pane.read(Ok(Some(text.as_bytes().to_vec())));
    pane
}

fn value(pane: &Pane, pointer: &str) -> Option<Value> {
    let value: Value = serde_json::from_slice(pane.sheet.bytes()).unwrap();
    value.pointer(pointer).cloned()
}

/// Goes on with an edit by what is chosen and typed.
fn answer(pane: &mut Pane, edit: Edit, answers: &[&str]) {
    let (first, rest) = answers.split_first().map_or(("", answers), |(first, rest)| (*first, rest));
    match edit {
        Edit::Choose(_, choices) => {
            let choice = choices.into_iter().find(|choice| choice.name == first);
            let Some(Picked::Manifest(change)) = choice.map(|it| it.picked) else {
                panic!("{first} is no choice")
            };
            let edit = match &change {
                Change::AskMember(target, member) => {
                    pane.member = Some(member);
                    pane.ask_member(target, member)
                }
                Change::PickName(target) => pane.pick_name(target),
                Change::AskValue(target) => pane.edit(target, false),
                _ => Edit::Now(change),
            };
            answer(pane, edit, rest);
        }
        Edit::Ask { target, .. } => {
            let change = pane.typed(target, first).unwrap();
            assert!(pane.change(&change), "{change:?}");
        }
        Edit::Now(change) => assert!(pane.change(&change), "{change:?}"),
        Edit::Pick(..) | Edit::Files(_) | Edit::No(_) => panic!("no answer is taken here"),
    }
}

/// Sets and unsets a value; the text is what it was before.
#[track_caller]
fn set_and_unset(pane: &mut Pane, target: &Target, answers: &[&str], pointer: &str, set: &Value) {
    let before = value(pane, pointer);
    let edit = pane.edit(target, false);
    answer(pane, edit, answers);
    assert_eq!(value(pane, pointer).as_ref(), Some(set), "{pointer}");
    assert!(pane.rows.iter().any(|row| row.target == *target), "{target:?} is no row");
    let removed = match answers {
        // A member of a definition is unset where it was set.
        ["path" | "code", _] => vec![answers[0], ""],
        ["disabled" | "require_session" | "raw_body_only"] => answers.to_vec(),
        _ => {
            assert!(pane.is_set(target), "{target:?}");
            assert!(pane.change(&Change::Remove(target.clone())));
            assert_eq!(value(pane, pointer), None, "{pointer}");
            return;
        }
    };
    let edit = pane.edit(target, false);
    answer(pane, edit, &removed);
    assert_eq!(value(pane, pointer), before, "{pointer}");
}

#[test]
fn every_key_is_set_and_unset_in_the_form() {
    let mut pane = pane("{\n  \"custom_middleware\": {\n    \"driver\": \"grpc\"\n  }\n}\n");
    let top = |key| format!("/custom_middleware/{key}");
    for word in ["pre", "post_key_auth", "post", "response"] {
        let list = Target::Hooks(word);
        set_and_unset(&mut pane, &list, &["A"], &top(word), &json!([{"name": "A"}]));
        let edit = pane.edit(&list, true);
        answer(&mut pane, edit, &["B"]);
        let hook = Target::Hook(word, 0);
        let at = |key| format!("/custom_middleware/{word}/0/{key}");
        for key in ["disabled", "require_session", "raw_body_only"] {
            set_and_unset(&mut pane, &hook, &[key], &at(key), &json!(true));
        }
        set_and_unset(&mut pane, &hook, &["path", "a.js"], &at("path"), &json!("a.js"));
        set_and_unset(&mut pane, &hook, &["code", "aGk="], &at("code"), &json!("aGk="));
        let edit = pane.edit(&hook, false);
        answer(&mut pane, edit, &["name", "C"]);
        assert_eq!(value(&pane, &at("name")), Some(json!("C")));
        assert!(pane.change(&Change::Remove(hook)));
        assert_eq!(value(&pane, &top(word)), Some(json!([])));
    }
    for (target, word) in [(Target::AuthCheck, "auth_check"), (Target::TrafficLogs, "traffic_logs")]
    {
        set_and_unset(&mut pane, &target, &["A"], &top(word), &json!({"name": "A"}));
        let edit = pane.edit(&target, false);
        answer(&mut pane, edit, &["A"]);
        let at = |key| format!("/custom_middleware/{word}/{key}");
        for key in ["disabled", "require_session", "raw_body_only"] {
            set_and_unset(&mut pane, &target, &[key], &at(key), &json!(true));
        }
        set_and_unset(&mut pane, &target, &["path", "a.js"], &at("path"), &json!("a.js"));
        set_and_unset(&mut pane, &target, &["code", "aGk="], &at("code"), &json!("aGk="));
    }
    let extractor = |key: &str| format!("/custom_middleware/id_extractor/{key}");
    let whole = json!({"extract_from": "header"});
    set_and_unset(&mut pane, &Target::Extractor, &["header"], &top("id_extractor"), &whole);
    for (key, chosen) in [("extract_from", "body"), ("extract_with", "regex")] {
        let target = Target::ExtractorKey(key);
        let edit = pane.edit(&target, false);
        answer(&mut pane, edit, &[chosen]);
        assert_eq!(value(&pane, &extractor(key)), Some(json!(chosen)));
        let edit = pane.edit(&target, false);
        let other = if key == "extract_from" { "form" } else { "value" };
        answer(&mut pane, edit, &[other]);
        assert_eq!(value(&pane, &extractor(key)), Some(json!(other)));
    }
    let disabled = Target::ExtractorKey("disabled");
    let edit = pane.edit(&disabled, false);
    answer(&mut pane, edit, &[]);
    assert_eq!(value(&pane, &extractor("disabled")), Some(json!(true)));
    let edit = pane.edit(&disabled, false);
    answer(&mut pane, edit, &[]);
    assert_eq!(value(&pane, &extractor("disabled")), None);
    for (key, typed, set) in [
        ("header_name", "X-Id", json!("X-Id")),
        ("param_name", "id", json!("id")),
        ("regex_expression", "[0-9]+", json!("[0-9]+")),
        ("regex_match_index", "2", json!(2)),
        ("xpath_expression", "/a", json!("/a")),
    ] {
        let pointer = extractor(&format!("extractor_config/{key}"));
        let edit = pane.edit(&Target::Config, false);
        answer(&mut pane, edit, &[key, typed]);
        assert_eq!(value(&pane, &pointer), Some(set), "{key}");
        let target = Target::ExtractorConfig(key.to_owned());
        let edit = pane.edit(&target, false);
        answer(&mut pane, edit, &[""]);
        assert_eq!(value(&pane, &pointer), None, "{key}");
    }
    assert!(pane.is_set(&Target::Config) && pane.change(&Change::Remove(Target::Config)));
    assert_eq!(value(&pane, &extractor("extractor_config")), None);
    for key in ["checksum", "signature"] {
        set_and_unset(&mut pane, &Target::Top(key), &["x"], &format!("/{key}"), &json!("x"));
    }
    let edit = pane.edit(&Target::Driver, false);
    answer(&mut pane, edit, &["lua"]);
    assert_eq!(value(&pane, &top("driver")), Some(json!("lua")));
    assert!(pane.change(&Change::Remove(Target::Driver)));
    assert_eq!(value(&pane, &top("driver")), None);
    let chosen = pane.change(&Change::Add(Target::Files, json!("a.py")));
    assert!(chosen && pane.change(&Change::Remove(Target::Files)));
    assert_eq!(value(&pane, "/file_list"), None);
}

#[test]
fn every_row_has_a_line_that_says_what_it_is() {
    let text = r#"{"file_list": ["a"], "custom_middleware": {"pre": [{"name": "A"}],
        "id_extractor": {"extract_from": "header", "extract_with": "value"}}}"#;
    let mut pane = pane(text);
    for at in 0..pane.rows.len() {
        pane.cursor.at = at;
        assert!(!pane.about().is_empty(), "{:?}", pane.rows[at].target);
    }
}

#[test]
fn a_setting_that_nobody_knows_keeps_its_kind() {
    let text = r#"{"custom_middleware": {"id_extractor": {"extractor_config": {"mine": [1]}}}}"#;
    let mut pane = pane(text);
    let target = Target::ExtractorConfig("mine".to_owned());
    let edit = pane.edit(&target, false);
    answer(&mut pane, edit, &["[1, 2]"]);
    let pointer = "/custom_middleware/id_extractor/extractor_config/mine";
    assert_eq!(value(&pane, pointer), Some(json!([1, 2])));
}
