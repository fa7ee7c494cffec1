use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use super::*;

fn zip(files: &[(&str, &[u8])]) -> Cursor<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap()
}

fn compared(old: &[(&str, &[u8])], new: &[(&str, &[u8])]) -> Comparison {
    compare(zip(old), zip(new), Limits::default()).unwrap()
}

fn shown(lines: &[Line]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

#[test]
fn files_are_added_removed_and_changed_by_lines() {
    let old: &[(&str, &[u8])] =
        &[("gone.py", b"a\n"), ("same.py", b"a\n"), ("b.py", b"1\n2\n"), ("x.so", b"\0a")];
    let new: &[(&str, &[u8])] =
        &[("x.so", b"\0b"), ("b.py", b"1\n3\n"), ("same.py", b"a\n"), ("new.py", b"abc")];
    let comparison = compared(old, new);
    assert_eq!(comparison.same, 1);
    let names: Vec<_> = comparison.differing.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["b.py", "gone.py", "new.py", "x.so"]);
    let Change::Changed { how: How::Lines(lines), .. } = &comparison.differing[0].change else {
        panic!("{comparison:?}");
    };
    assert_eq!(shown(lines), ["@@ -1 +1 @@", " 1", "-2", "+3"]);
    assert_eq!(comparison.differing[1].change, Change::Removed { bytes: 2 });
    assert_eq!(comparison.differing[2].change, Change::Added { bytes: 3 });
    let binary = Change::Changed { old: 2, new: 2, how: How::Binary };
    assert_eq!(comparison.differing[3].change, binary);
    assert!(compared(old, old).is_same());
}

#[test]
fn a_manifest_is_compared_as_json() {
    let with = |text: &str| -> Comparison {
        let old = b"{\"file_list\":[],\"custom_middleware\":{\"driver\":\"grpc\"}}";
        compared(&[("manifest.json", old)], &[("manifest.json", text.as_bytes())])
    };
    let comparison = with("{\"file_list\": [],\n \"custom_middleware\": {\"driver\": \"grpc\"}}");
    assert!(matches!(comparison.differing[0].change, Change::Changed { how: How::Layout, .. }));
    let comparison = with("{\"file_list\":[],\"custom_middleware\":{\"driver\":\"python\"}}");
    let Change::Changed { how: How::Json(lines), .. } = &comparison.differing[0].change else {
        panic!("{comparison:?}");
    };
    assert!(shown(lines).contains(&"+    \"driver\": \"python\"".to_owned()), "{lines:?}");
    // What is no JSON is text.
    let comparison = with("{");
    assert!(matches!(&comparison.differing[0].change, Change::Changed { how: How::Lines(_), .. }));
}

#[test]
fn the_last_of_one_name_counts_and_hostile_names_are_escaped() {
    let comparison = compared(
        &[("./a", b"first"), ("a", b"last")],
        &[("a", b"last"), ("../out\x1b[2J", b"1"), ("folder/", b"")],
    );
    assert_eq!(comparison.same, 1);
    let added = Differing { name: r"../out\x1b[2J".into(), change: Change::Added { bytes: 1 } };
    assert_eq!(comparison.differing, [added]);
}

#[test]
fn what_is_large_is_not_held_and_what_is_no_bundle_is_named() {
    let (old, new) = (vec![b'a'; (1 << 20) + 1], vec![b'b'; (1 << 20) + 1]);
    let comparison = compared(&[("a", &old)], &[("a", &new)]);
    assert!(matches!(comparison.differing[0].change, Change::Changed { how: How::TooLarge, .. }));
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let (which, error) = compare(zip(&[]), zip(&[("a", &old)]), limits).unwrap_err();
    assert_eq!(which, Which::New);
    assert!(error.to_string().contains("1048576"), "{error}");
    let (which, _) =
        compare(Cursor::new(b"no zip".to_vec()), zip(&[]), Limits::default()).unwrap_err();
    assert_eq!(which, Which::Old);
}
