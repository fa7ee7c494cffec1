//! Edits that were not saved when a console ended come back.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tyk_tui::config::{self, Paths, Sources};
use tyk_tui::log::Ring;
use tyk_tui::tui::Console;
use tyk_tui::tui::drive::Drive;

use super::opened::MANIFEST;

/// A project and a home, for one console after the other.
struct Place {
    folder: PathBuf,
    paths: Paths,
    _root: TempDir,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("orders-auth");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("manifest.json"), MANIFEST).unwrap();
        std::fs::write(folder.join("settings.json"), "{}\n").unwrap();
        let paths = Paths::under(&root.path().join("home"));
        Self { folder, paths, _root: root }
    }

    fn console(&self) -> Drive {
        let sources = Sources { paths: Some(self.paths.clone()), ..Sources::only(&self.folder) }
            .flag("server.listen", "--listen", Some("127.0.0.1:0"))
            .flag("host.listen", "--host", Some("127.0.0.1:0"));
        let loaded = config::load_safe(&sources).unwrap();
        let console = Console { sources: Some(sources), ..Console::new(loaded, Ring::default()) };
        Drive::open(console, 100, 30).unwrap()
    }

    /// Takes the first hook out, and ends as a console does whose terminal is gone.
    fn change_and_die(&self) {
        let console = self.console();
        console.wait_for("MyPre").unwrap();
        for key in ["j", "j", "j", "j", "d"] {
            assert!(console.key(key));
        }
        console.wait(|screen| !screen.contains("MyPre")).unwrap();
        let kept = self.paths.state().join("unsaved");
        // The frame after the pause is the sign that it is kept; the folder is there when it is on the disk.
        while !has_entry(&kept) {
            assert!(console.wait_for_frame(console.frames().saturating_sub(1)));
            std::thread::yield_now();
        }
    }

    fn manifest(&self) -> String {
        std::fs::read_to_string(self.folder.join("manifest.json")).unwrap()
    }
}

fn has_entry(folder: &Path) -> bool {
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    names.map(|entry| entry.file_name()).any(|name| !name.to_string_lossy().starts_with('.'))
}

#[test]
fn they_are_brought_back_as_a_change_that_can_be_undone_and_saved() {
    let place = Place::new();
    place.change_and_die();
    assert_eq!(place.manifest(), MANIFEST);
    let console = place.console();
    console.wait_for("Bring unsaved changes back?").unwrap();
    console.wait_for("manifest.json (20").unwrap();
    assert!(console.key("y"));
    console.wait_for("the changes are back, not saved yet").unwrap();
    console.wait(|screen| !screen.contains("MyPre")).unwrap();
    assert!(console.key("u"));
    console.wait_for("MyPre").unwrap();
    assert!(console.key("ctrl-r"));
    console.wait(|screen| !screen.contains("MyPre")).unwrap();
    assert!(console.key("ctrl-s"));
    console.wait_for("✓ saved").unwrap();
    drop(console);
    assert!(!place.manifest().contains("MyPre"));
    assert!(!has_entry(&place.paths.state().join("unsaved")));
}

#[test]
fn who_does_not_want_them_has_them_among_the_previous_versions() {
    let place = Place::new();
    place.change_and_die();
    std::fs::write(place.folder.join("manifest.json"), MANIFEST.replace("mine", "theirs")).unwrap();
    let console = place.console();
    console.wait_for("the file was changed since").unwrap();
    assert!(console.key("esc"));
    console.wait(|screen| !screen.contains("Bring unsaved")).unwrap();
    drop(console);
    assert!(place.manifest().contains("theirs"));
    assert!(!has_entry(&place.paths.state().join("unsaved")));
    let desk = tyk_tui::flows::edit::Desk::new(Some(place.paths.state()));
    let backups = desk.backups().unwrap();
    let versions = backups.of(&place.folder.join("manifest.json")).unwrap();
    assert_eq!(versions.len(), 1);
    let kept = String::from_utf8(backups.read(&versions[0]).unwrap()).unwrap();
    assert!(kept.contains("mine") && !kept.contains("MyPre"), "{kept}");
}

#[test]
fn what_was_undone_is_not_asked_for() {
    let place = Place::new();
    place.change_and_die();
    let console = place.console();
    console.wait_for("Bring unsaved changes back?").unwrap();
    assert!(console.key("y"));
    console.wait_for("the changes are back").unwrap();
    assert!(console.key("u"));
    console.wait_for("MyPre").unwrap();
    assert!(console.key("q"));
    console.ended().unwrap();
    assert!(!has_entry(&place.paths.state().join("unsaved")));
}

#[test]
fn the_question_stays_until_it_is_answered() {
    let place = Place::new();
    place.change_and_die();
    let console = place.console();
    console.wait_for("Bring unsaved changes back?").unwrap();
    assert!(console.key("3"));
    console.wait_for("▐3 Bundle▌").unwrap();
    console.wait_for("Bring unsaved changes back?").unwrap();
    assert!(console.key("y"));
    console.wait_for("the changes are back").unwrap();
}
