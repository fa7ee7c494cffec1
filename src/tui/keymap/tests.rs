use super::*;

fn keymap(user: &str) -> (Keymap, Vec<Problem>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keymap.toml");
    std::fs::write(&file, user).unwrap();
    Keymap::load(Some(&file))
}

fn key(name: &str) -> Key {
    Key::parse(name).unwrap()
}

#[test]
fn every_action_has_a_key_and_every_key_of_the_embedded_map_an_action() {
    let (keymap, problems) = Keymap::load(None);
    assert_eq!(problems, []);
    for spec in TABLE {
        assert!(!keymap.keys(spec.action).is_empty(), "{} has no key", spec.id);
    }
}

#[test]
fn the_particular_place_wins() {
    let (keymap, _) = Keymap::load(None);
    let places = [Place::Stream, Place::Move, Place::Everywhere];
    assert_eq!(keymap.action(&places, key("n")), Some(Action::Next));
    assert_eq!(keymap.action(&places, key("G")), Some(Action::Bottom));
    assert_eq!(keymap.action(&places, key("B")), Some(Action::Ship));
    assert_eq!(keymap.action(&places, key("ctrl-p")), Some(Action::Palette));
    assert_eq!(keymap.action(&[Place::Everywhere], key("j")), None);
}

#[test]
fn the_users_lines_replace_and_unbind() {
    let (keymap, problems) =
        keymap("[everywhere]\nship = [\"ctrl-b\", \"S\"]\nzoom = []\n[stream]\npause = [\"f\"]\n");
    assert_eq!(problems, []);
    assert_eq!(keymap.action(&[Place::Everywhere], key("B")), None);
    assert_eq!(keymap.action(&[Place::Everywhere], key("S")), Some(Action::Ship));
    assert_eq!(keymap.key(Action::Ship).unwrap(), "ctrl-b");
    assert_eq!(keymap.keys(Action::Zoom), []);
    // `f` was follow's: who takes a key takes it whole.
    assert_eq!(keymap.action(&[Place::Stream], key("f")), Some(Action::Pause));
    assert_eq!(keymap.keys(Action::Follow), []);
}

#[test]
fn a_users_line_that_has_both_keys_of_the_fields_goes_on_as_it_did() {
    let (keymap, problems) = keymap("[everywhere]\nfocus = [\"tab\", \"backtab\"]\n");
    assert_eq!(problems, []);
    assert_eq!(keymap.action(&[Place::Everywhere], key("backtab")), Some(Action::Focus));
    assert_eq!(keymap.keys(Action::FocusBack), []);
}

#[test]
fn mistakes_are_named_and_the_defaults_stay() {
    for (text, named) in [
        ("[everywhere]\nship = [\"hyper-x\"]\n", "`hyper-x` is no key"),
        ("[everywhere]\nshp = [\"x\"]\n", "no action `shp`"),
        ("[nowhere]\nship = [\"x\"]\n", "no section [nowhere]"),
        ("[everywhere]\nship = \"x\"\n", "a list of names"),
        ("[everywhere\n", "not TOML"),
        ("[everywhere]\nship = [\"x\"]\nzoom = [\"x\"]\n", "bound to `ship` already"),
    ] {
        let (keymap, problems) = keymap(text);
        assert_eq!(problems.len(), 1, "{text}");
        assert!(problems[0].to_string().contains(named), "{}", problems[0]);
        assert_eq!(keymap.action(&[Place::Everywhere], key("q")), Some(Action::Quit));
        if !named.contains("already") {
            assert_eq!(keymap.action(&[Place::Everywhere], key("B")), Some(Action::Ship));
        }
    }
}

#[test]
fn keys_read_and_write_alike() {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    let shifted = Key::from(KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT));
    assert_eq!(shifted, key("G"));
    assert_eq!(shifted, key("shift-g"));
    assert_eq!(Key::from(KeyEvent::new(KeyCode::Tab, KeyModifiers::SHIFT)), key("backtab"));
    for name in ["G", "g", "ctrl-s", "space", "enter", ":", "-", "+", "/", "?", "f5", "esc"] {
        assert_eq!(key(name).to_string(), name);
    }
}
