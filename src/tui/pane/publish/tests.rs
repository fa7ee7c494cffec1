use super::*;
use crate::config;

fn stored(id: &str) -> Stored {
    Stored {
        id: id.to_owned(),
        bundle: id.to_owned(),
        name: id.to_owned(),
        bytes: Some(1),
        at: None,
        checksum: None,
        hooks: Vec::new(),
        note: None,
    }
}

fn pane() -> Pane {
    let mut settings = Settings::default();
    let target = config::Target { kind: TargetKind::Mserv, ..config::Target::default() };
    settings.targets.insert("eu".into(), target);
    settings.profile.read_only = true;
    let mut pane = Pane::of(&settings);
    pane.listed("host", Ok(["a", "b", "c"].map(stored).into()));
    pane
}

#[test]
fn two_are_marked_at_most_and_what_is_gone_is_not_marked() {
    let mut pane = pane();
    for _ in 0..3 {
        pane.act(Action::MarkBundle, 9).unwrap();
        pane.act(Action::Down, 9).unwrap();
    }
    assert_eq!(pane.marked, ["b", "c"]);
    pane.act(Action::MarkBundle, 9).unwrap();
    assert_eq!(pane.marked, ["b"]);
    pane.listed("host", Ok(["c", "a"].map(stored).into()));
    assert_eq!(
        (pane.marked.len(), pane.browse.cursor.at),
        (0, 0),
        "the same bundle stays selected"
    );
}

#[test]
fn another_target_is_asked_and_what_came_too_late_is_not_its() {
    let mut pane = pane();
    let effects = pane.act(Action::ViewNext, 9).unwrap();
    assert!(matches!(&effects[..], [Effect::Publish(Wish::List(name))] if name == "eu"));
    pane.listed("host", Ok(vec![stored("a")]));
    assert!(pane.shelf.is_none());
    assert!(pane.why_closed().is_some());
    pane.act(Action::ViewPrevious, 9).unwrap();
    assert_eq!((pane.name().as_str(), pane.why_closed()), ("host", None));
}

#[test]
fn nothing_is_pruned_before_everybody_has_answered() {
    let mut pane = pane();
    assert!(pane.plan().unwrap_err().contains("still being asked"));
    pane.usage = Some(Err(Problem::failed("no answer")));
    assert!(pane.plan().unwrap_err().contains("no answer"));
    pane.usage = Some(Ok(Usage::default()));
    assert!(pane.plan().unwrap_err().contains("no Gateway is connected"));
}
