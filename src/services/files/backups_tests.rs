use super::*;

struct Desk {
    folder: tempfile::TempDir,
    backups: Backups,
}

impl Desk {
    fn new(bounds: Bounds) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let backups = Backups { bounds, ..Backups::in_state(folder.path()) };
        Self { folder, backups }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn contents(&self, name: &str) -> Vec<String> {
        let versions = self.backups.of(&self.file(name)).unwrap();
        let read = |version| String::from_utf8(self.backups.read(version).unwrap()).unwrap();
        versions.iter().map(read).collect()
    }
}

#[test]
fn versions_come_back_the_latest_first() {
    let desk = Desk::new(BOUNDS);
    let file = desk.file("f");
    for text in ["1", "2", "3", "1"] {
        desk.backups.keep(&file, text.as_bytes()).unwrap();
    }
    assert_eq!(desk.contents("f"), ["1", "3", "2"], "a content that comes again is kept once");
    let of_all = desk.backups.files().unwrap();
    assert_eq!(of_all.len(), 1);
    assert_eq!(of_all[0].path, real(&file));
    assert!(desk.contents("other").is_empty());
}

#[test]
fn an_id_finds_its_version_and_none_the_latest() {
    let desk = Desk::new(BOUNDS);
    let file = desk.file("f");
    let old = desk.backups.keep(&file, b"old").unwrap();
    let new = desk.backups.keep(&file, b"new").unwrap();
    assert_eq!(desk.backups.find(&file, Some(&old.id)).unwrap(), old);
    assert_eq!(desk.backups.find(&file, None).unwrap(), new);
    let said = desk.backups.find(&file, Some("zz")).unwrap_err();
    assert!(said.what.contains("no previous version zz"), "{said}");
    let said = desk.backups.find(&desk.file("other"), None).unwrap_err();
    assert!(said.what.contains("no previous version of it is kept"), "{said}");
    assert!(desk.backups.find(&file, Some("")).is_err(), "no id that begins both");
}

#[test]
fn the_oldest_go_first_where_there_are_too_many() {
    let desk = Desk::new(Bounds { versions: 2, all: 3, bytes: 100 });
    for text in ["1", "2", "3"] {
        desk.backups.keep(&desk.file("f"), text.as_bytes()).unwrap();
    }
    assert_eq!(desk.contents("f"), ["3", "2"], "too many of one file");
    for text in ["4", "5"] {
        desk.backups.keep(&desk.file("g"), text.as_bytes()).unwrap();
    }
    assert_eq!(
        (desk.contents("f"), desk.contents("g")),
        (vec!["3".into()], vec!["5".into(), "4".into()])
    );
    desk.backups.keep(&desk.file("h"), "x".repeat(99).as_bytes()).unwrap();
    assert!(desk.contents("f").is_empty(), "too many bytes");
    assert_eq!(desk.contents("g"), ["5"]);
    let huge = "y".repeat(200);
    desk.backups.keep(&desk.file("i"), huge.as_bytes()).unwrap();
    assert_eq!(desk.contents("i"), [huge], "the one just kept stays");
    assert_eq!(desk.backups.files().unwrap().len(), 1);
}

#[test]
fn the_user_alone_reads_them() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new(BOUNDS);
    let version = desk.backups.keep(&desk.file("f"), b"secret").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&version.stored), 0o600);
    assert_eq!(mode(version.stored.parent().unwrap()), 0o700);
}

#[test]
fn links_to_a_file_are_the_file() {
    let desk = Desk::new(BOUNDS);
    fs::write(desk.file("f"), "now").unwrap();
    std::os::unix::fs::symlink("f", desk.file("link")).unwrap();
    desk.backups.keep(&desk.file("link"), b"before").unwrap();
    assert_eq!(desk.contents("f"), ["before"]);
}
