use super::*;
use crate::flows::manifest::OfferedFile;

const PAGE: usize = 10;

fn offered(files: &[&str]) -> Offered {
    let file = |name: &&str| OfferedFile {
        name: name.trim_start_matches('~').to_owned(),
        bytes: (!name.contains("gone")).then_some(10),
        left_out: name.starts_with('~'),
    };
    Offered { files: files.iter().map(file).collect(), cut: false }
}

fn picker(listed: &[&str], files: &[&str]) -> Files {
    let listed: Vec<String> = listed.iter().map(|name| (*name).to_owned()).collect();
    let mut picker = Files::new(&listed);
    picker.arrived(false, offered(files), PAGE);
    picker
}

fn rows(picker: &Files) -> Vec<String> {
    let row = |(node, sum): (&nodes::Node, nodes::Sum)| {
        format!("{} {}/{}", node.name, sum.marked, sum.files)
    };
    picker.nodes.rows(0).map(row).collect()
}

fn press(picker: &mut Files, actions: &[Action]) {
    for action in actions {
        picker.act(*action, PAGE);
    }
}

#[test]
fn a_folder_lists_its_files_and_takes_them_out() {
    let files = ["b.py", "v/a.py", "v/w/c.py", "v.txt"];
    let mut picker = picker(&["./b.py"], &files);
    assert_eq!(
        rows(&picker),
        ["b.py 1/1", "v 0/2", "v/a.py 0/1", "v/w 0/1", "v/w/c.py 0/1", "v.txt 0/1"]
    );
    press(&mut picker, &[Action::Down, Action::Mark]);
    let chosen = picker.chosen().unwrap();
    assert_eq!(chosen.added, ["v/a.py", "v/w/c.py"]);
    assert!(chosen.keeps("./b.py"));
    press(&mut picker, &[Action::Down, Action::Mark, Action::Up]);
    assert_eq!(picker.chosen().unwrap().added, ["v/w/c.py"]);
    // Some of it is listed: all of it is, then none.
    press(&mut picker, &[Action::Mark]);
    assert_eq!(picker.nodes.total().marked, 3);
    press(&mut picker, &[Action::Mark]);
    assert_eq!(picker.chosen(), None);
    press(&mut picker, &[Action::Top, Action::Mark]);
    let chosen = picker.chosen().unwrap();
    assert!(!chosen.keeps("b.py") && !chosen.keeps("./b.py") && chosen.keeps("c.py"));
}

#[test]
fn what_is_left_out_is_listed_only_where_it_is_meant() {
    let mut picker = picker(&[], &["v/a.py"]);
    assert!(matches!(picker.act(Action::LeftOut, PAGE), Some(Effect::Offer { whole: true, .. })));
    // What was asked for before comes late, and is none of it.
    picker.arrived(false, offered(&["other"]), PAGE);
    let files = ["v/a.py", "~v/__pycache__/a.pyc", "~v/__pycache__/b.pyc", "~v/.env"];
    picker.arrived(true, offered(&files), PAGE);
    // A folder of nothing else is folded.
    assert_eq!(rows(&picker), ["v 0/4", "v/.env 0/1", "v/__pycache__ 0/2", "v/a.py 0/1"]);
    press(&mut picker, &[Action::Top, Action::Mark]);
    assert_eq!(picker.chosen().unwrap().added, ["v/a.py"]);
    press(&mut picker, &[Action::Down, Action::Down, Action::Mark]);
    assert_eq!(picker.nodes.total().marked, 3);
    press(&mut picker, &[Action::Top, Action::Mark]);
    assert_eq!(picker.chosen(), None);
}

#[test]
fn folding_hides_and_left_goes_to_the_folder() {
    let mut picker = picker(&["v/gone.py"], &["a", "v/gone.py", "v/w/c", "z"]);
    press(&mut picker, &[Action::Down, Action::Down, Action::Left, Action::Left]);
    assert_eq!(rows(&picker), ["a 0/1", "v 1/2", "z 0/1"]);
    press(&mut picker, &[Action::Right, Action::Bottom]);
    assert_eq!(rows(&picker).len(), 6);
    assert_eq!(picker.nodes.row(picker.cursor.at).unwrap().name, "z");
}

#[test]
fn what_is_typed_is_listed_and_selected_once_it_was_looked_for() {
    let mut picker = picker(&["a"], &["a", "b"]);
    let Effect::Offer { listed, whole: false } = picker.add("./x/.env") else { panic!() };
    assert_eq!(listed, ["a", "x/.env"]);
    // Done before that: it counts all the same.
    assert_eq!(picker.chosen().unwrap().added, ["x/.env"]);
    picker.arrived(false, offered(&["a", "b", "x/.env"]), PAGE);
    assert_eq!(picker.nodes.row(picker.cursor.at).unwrap().name, "x/.env");
    assert_eq!(picker.chosen().unwrap().added, ["x/.env"]);
}

#[test]
fn what_no_bundle_can_hold_is_shown_apart_and_can_be_taken_out() {
    let mut picker = picker(&["../out", "d/", "d"], &["../out", "d/", "d", "d/a"]);
    let all = ["../out 1/1", "d/ 1/1", "d 1/1", "d 0/1", "d/a 0/1"];
    assert_eq!(rows(&picker), all);
    press(&mut picker, &[Action::Mark, Action::Down, Action::Mark]);
    let chosen = picker.chosen().unwrap();
    assert!(!chosen.keeps("../out") && !chosen.keeps("d/") && chosen.keeps("./d"));
}

#[test]
fn ten_thousand_files_begin_folded_and_are_listed_at_once() {
    let names: Vec<String> = (0..10_000).map(|at| format!("v/{}/{at}.py", at % 100)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut picker = picker(&[], &names);
    assert_eq!(rows(&picker), ["v 0/10000"]);
    press(&mut picker, &[Action::Mark, Action::Right]);
    assert_eq!(rows(&picker).len(), 101);
    assert_eq!(picker.chosen().unwrap().added.len(), 10_000);
}
