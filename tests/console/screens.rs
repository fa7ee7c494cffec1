//! What the screens look like: text at two sizes, and the themes' colours.

use crate::opened::Opened;

/// The screen with what differs from run to run taken out: ports and folders.
pub(crate) fn steady(text: &str, console: &Opened) -> String {
    let folder = console.folder.parent().unwrap().display().to_string();
    let text = text.replace(&folder, "…");
    let ports = regex::Regex::new(r":\d{4,5}").unwrap();
    ports.replace_all(&text, ":PORT").into_owned()
}

fn screen(width: u16, height: u16, key: &str, sees: &[&str]) -> String {
    let console = Opened::new(width, height);
    // Which keys the line at the bottom names hangs on the project, which is read meanwhile.
    console.sees("MyAuth");
    console.keys(&[key]);
    let there = |screen: &str| {
        screen.contains("● server")
            && screen.contains("● host")
            && sees.iter().all(|text| screen.contains(text))
    };
    if let Err(screen) = console.drive.wait(there) {
        panic!("never came:\n{screen}");
    }
    steady(&console.drive.text(), &console)
}

#[test]
fn manifest() {
    insta::assert_snapshot!(
        "manifest_80x24",
        screen(80, 24, "1", &["MyAuth", "unknown key", "15 B"])
    );
    insta::assert_snapshot!(
        "manifest_200x60",
        screen(200, 60, "1", &["MyAuth", "unknown key", "15 B"])
    );
}

#[test]
fn bundle() {
    insta::assert_snapshot!("bundle_80x24", screen(80, 24, "3", &["No bundle"]));
}

#[test]
fn stream() {
    insta::assert_snapshot!("stream_80x24", screen(80, 24, "6", &["Every Dispatch"]));
    insta::assert_snapshot!("stream_200x60", screen(200, 60, "6", &["Every Dispatch"]));
}

#[test]
fn help() {
    insta::assert_snapshot!("help_200x60", screen(200, 60, "?", &["everywhere"]));
}

#[test]
fn themes_change_colours_and_no_text() {
    let mut seen = Vec::new();
    for theme in ["dark", "light", "contrast", "ansi", "mono"] {
        let console = Opened::with(80, 24, &[("ui.theme", theme)], |_| {});
        console.sees("MyAuth");
        console.sees("unknown key");
        let there = |screen: &str| {
            screen.contains("● server") && screen.contains("15 B") && screen.contains("● host")
        };
        let buffer = console.drive.wait(there).unwrap();
        seen.push((steady(&console.drive.text(), &console), buffer[(0, 5)].style()));
    }
    for (at, (text, style)) in seen.iter().enumerate() {
        assert_eq!(*text, seen[0].0);
        for (_, other) in &seen[..at.min(3)] {
            assert_ne!(style.bg, other.bg);
        }
    }
}
