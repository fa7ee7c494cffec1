//! Which session is meant, and what makes room.

use std::time::Duration;

use super::kept::make_room;
use super::*;
use crate::capture::session::Caps;

/// A folder of such files, the last of them written last.
fn folder(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (age, name) in names.iter().rev().enumerate() {
        let file = std::fs::File::create(folder.path().join(name)).unwrap();
        file.set_len(1_000).unwrap();
        let age = Duration::from_hours(age as u64);
        file.set_modified(std::time::SystemTime::now() - age).unwrap();
    }
    folder
}

#[test]
fn a_session_is_found_by_name_by_path_or_as_the_newest() {
    let folder = folder(&["orders-2.tyks", "notes.txt", "orders-1.tyks"]);
    let find = |named: Option<&str>| find(folder.path(), named.map(std::path::Path::new));
    let first = folder.path().join("orders-1.tyks");
    assert_eq!(find(None).unwrap(), first);
    assert_eq!(find(Some("orders-2.tyks")).unwrap(), folder.path().join("orders-2.tyks"));
    assert_eq!(find(Some("orders-1")).unwrap(), first);
    assert_eq!(find(first.to_str()).unwrap(), first);
    let help = find(Some("order-1")).unwrap_err().help.unwrap();
    assert_eq!(help, "did you mean `orders-1`?");
}

#[test]
fn the_oldest_sessions_make_room_for_a_new_one() {
    let left = |bytes: u64, hours: u64| {
        let folder = folder(&["a.tyks", "b.tyks", "other.txt", "c.tyks"]);
        make_room(folder.path(), &Caps { records: 1, bytes, age: Duration::from_hours(hours) });
        let names = std::fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<String> =
            names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names.join(" ")
    };
    assert_eq!(left(10_000, 10), "a.tyks b.tyks c.tyks other.txt");
    assert_eq!(left(2_500, 10), "b.tyks c.tyks other.txt");
    assert_eq!(left(10_000, 1), "c.tyks other.txt");
}
