use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

struct Room {
    folder: TempDir,
    desk: Desk,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::new(Some(&folder.path().join("state")));
        Self { folder, desk }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("f.json")
    }

    fn with(text: &str) -> Self {
        let room = Self::new();
        fs::write(room.file(), text).unwrap();
        room
    }

    fn save(&self, text: &str, base: &Base) -> Result<Saved, NotSaved> {
        self.desk.save(&self.file(), text.as_bytes(), base, "the file")
    }

    fn holds(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    fn read(text: &str) -> Base {
        Base::Read(text.as_bytes().to_vec())
    }
}

#[test]
fn what_a_save_replaces_can_be_restored() {
    let room = Room::with("old");
    let saved = room.save("new", &Room::read("old")).unwrap();
    let version = saved.replaced.unwrap();
    assert_eq!((room.holds().as_str(), saved.warnings.as_slice()), ("new", &[][..]));
    let restored = room.desk.restore(&room.file(), &version).unwrap();
    assert_eq!(room.holds(), "old");
    let before = restored.replaced.unwrap();
    assert_eq!(room.desk.backups().unwrap().read(&before).unwrap(), b"new");
}

#[test]
fn a_change_of_another_program_is_noticed_and_shown() {
    let room = Room::with("a\ntheirs\n");
    let refused = room.save("a\nours\n", &Room::read("a\n")).unwrap_err();
    let shown: Vec<String> = refused.diff().iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["@@ -1 +1 @@", " a", "-theirs", "+ours"]);
    assert_eq!(room.holds(), "a\ntheirs\n");
    assert!(room.save("x", &Base::Missing).is_err(), "a file came into being");
    room.save("a\nours\n", &Base::Any).unwrap();
    assert_eq!(room.holds(), "a\nours\n");
}

#[test]
fn a_file_that_vanished_is_written_anew_on_request_alone() {
    let room = Room::new();
    let refused = room.save("ours", &Room::read("old")).unwrap_err();
    assert!(matches!(refused, NotSaved::Changed { there: None, .. }));
    assert!(!room.file().exists());
    room.save("ours", &Base::Any).unwrap();
    assert_eq!(room.holds(), "ours");
}

#[test]
fn a_file_that_holds_the_text_already_is_left_alone() {
    let room = Room::with("same");
    let before = fs::metadata(room.file()).unwrap().modified().unwrap();
    assert_eq!(room.save("same", &Room::read("old")), Ok(Saved::default()));
    assert_eq!(fs::metadata(room.file()).unwrap().modified().unwrap(), before);
}

#[test]
fn a_file_that_became_read_only_stays_as_it_is() {
    let room = Room::with("old");
    fs::set_permissions(room.file(), fs::Permissions::from_mode(0o444)).unwrap();
    let problem = Problem::from(room.save("new", &Base::Any).unwrap_err());
    assert!(problem.what.contains("it is read-only"), "{problem}");
    assert_eq!(room.holds(), "old");
    assert!(room.desk.backups().unwrap().files().unwrap().is_empty());
}

#[test]
fn mode_and_link_are_kept() {
    let room = Room::with("old");
    fs::set_permissions(room.file(), fs::Permissions::from_mode(0o640)).unwrap();
    let link = room.folder.path().join("link");
    std::os::unix::fs::symlink("f.json", &link).unwrap();
    room.desk.save(&link, b"new", &Room::read("old"), "the file").unwrap();
    assert_eq!(room.holds(), "new");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(room.file()).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_state_directory_that_cannot_be_written_is_a_warning() {
    let room = Room::with("old");
    // A file in the way, which root cannot pass either.
    fs::write(room.folder.path().join("state"), "").unwrap();
    let saved = room.save("new", &Room::read("old")).unwrap();
    assert_eq!(room.holds(), "new");
    assert!(saved.warnings[0].what.contains("cannot keep the previous version"), "{saved:?}");
    assert!(room.desk.keep_unsaved(&room.file(), None, b"x").is_err());
    let homeless = Desk::new(None);
    let saved = homeless.save(&room.file(), b"newer", &Base::Any, "the file").unwrap();
    assert!(saved.warnings[0].what.contains("home folder is unknown"), "{saved:?}");
    assert_eq!(room.holds(), "newer");
}

#[test]
fn unsaved_edits_come_back_until_they_are_saved() {
    let room = Room::with("old");
    room.desk.keep_unsaved(&room.file(), Some(b"old"), b"edited").unwrap();
    let opened = room.desk.open(&room.file(), "the file").unwrap();
    let unsaved = opened.unsaved.unwrap();
    assert_eq!((opened.text.unwrap(), &unsaved.text[..]), (b"old".to_vec(), &b"edited"[..]));
    assert!(unsaved.began_from(Some(b"old")));
    assert_eq!(room.desk.unsaved().unwrap().len(), 1);
    // Saved, and killed before the journal was told.
    fs::write(room.file(), "edited").unwrap();
    assert_eq!(room.desk.open(&room.file(), "the file").unwrap().unsaved, None);
    room.save("edited", &Base::Any).unwrap();
    assert!(room.desk.unsaved().unwrap().is_empty());
}
