use serde_json::json;

use super::*;

fn tree() -> Tree {
    Tree::new(Arc::new(json!({
        "seq": 1,
        "request": {"headers": {"X-A": "1", "Host": "h"}, "setHeaders": {}},
        "list": [true, null, "last\nline"],
    })))
}

fn walk(tree: &Tree) -> Vec<String> {
    let mut paths = Vec::new();
    let mut tree = tree.clone();
    tree.at = 0;
    loop {
        paths.push(tree.path());
        match tree.next(tree.at) {
            Some(next) => tree.at = next,
            None => return paths,
        }
    }
}

#[test]
fn paths_are_jqs() {
    assert_eq!(
        walk(&tree()),
        [
            ".",
            ".seq",
            ".request",
            ".request.headers",
            ".request.headers[\"X-A\"]",
            ".request.headers.Host",
            ".request.setHeaders",
            ".list",
            ".list[0]",
            ".list[1]",
            ".list[2]"
        ]
    );
}

#[test]
fn folding_hides_and_moving_steps_over() {
    let mut tree = tree();
    tree.at = 2;
    tree.act(Action::Accept, 10);
    assert_eq!(walk(&tree), [".", ".seq", ".request", ".list", ".list[0]", ".list[1]", ".list[2]"]);
    tree.act(Action::Down, 10);
    assert_eq!(tree.path(), ".list");
    tree.act(Action::Up, 10);
    assert_eq!(tree.path(), ".request");
    tree.act(Action::Right, 10);
    tree.act(Action::Right, 10);
    assert_eq!(tree.path(), ".request.headers");
    tree.act(Action::Left, 10);
    tree.act(Action::Left, 10);
    assert_eq!(tree.path(), ".request");
    tree.act(Action::FoldAll, 10);
    assert_eq!(walk(&tree), [".", ".seq", ".request", ".list"]);
}

#[test]
fn the_selection_stays_visible() {
    let mut tree = tree();
    tree.act(Action::Bottom, 3);
    assert_eq!((tree.at, tree.top), (10, 8));
    tree.act(Action::PageUp, 3);
    assert_eq!((tree.at, tree.top), (7, 7));
    tree.act(Action::Top, 3);
    assert_eq!((tree.at, tree.top), (0, 0));
    tree.act(Action::Bottom, 3);
    tree.act(Action::FoldAll, 3);
    assert_eq!((tree.at, tree.top), (7, 1));
}

#[test]
fn values_are_copied_whole_and_strings_as_they_are() {
    let mut tree = tree();
    tree.act(Action::Bottom, 10);
    assert_eq!(tree.value(), "last\nline");
    tree.at = 6;
    assert_eq!(tree.value(), "{}");
    let long = "x".repeat(10_000);
    let tree = Tree::new(Arc::new(json!(long)));
    assert_eq!(tree.value().len(), 10_000);
}

#[test]
fn search_finds_in_names_and_values_and_unfolds() {
    let mut tree = tree();
    tree.act(Action::FoldAll, 10);
    assert!(tree.search("x-a", true, true, 10));
    assert_eq!(tree.path(), ".request.headers[\"X-A\"]");
    assert!(tree.search("h", true, false, 10));
    assert_eq!(tree.path(), ".request.headers.Host");
    assert!(tree.search("LAST", false, false, 10));
    assert_eq!(tree.path(), ".list[2]");
    assert!(!tree.search("nowhere", true, false, 10));
}

#[test]
fn the_next_record_opens_where_the_last_one_was_left() {
    let mut tree = tree();
    tree.at = 3;
    tree.act(Action::Left, 10);
    let next = Tree::new(Arc::new(json!({"seq": 2, "request": {"headers": {"A": "b"}}})));
    let next = next.like(&tree, 10);
    assert_eq!(next.path(), ".request.headers");
    assert_eq!(walk(&next), [".", ".seq", ".request", ".request.headers"]);
}

#[test]
fn a_large_document_is_moved_through_in_no_time() {
    let items: Vec<_> = (0..200_000).map(|number| json!({"number": number})).collect();
    let mut tree = Tree::new(Arc::new(json!({"items": items})));
    for _ in 0..1000 {
        tree.act(Action::PageDown, 50);
    }
    assert_eq!(tree.nodes.len(), 400_002);
    assert_eq!(tree.at, 50_000);
}
