//! The Manifest pane.

use crate::opened::{MANIFEST, Opened};

#[test]
fn a_change_keeps_everything_else_and_is_saved_when_told() {
    let console = Opened::new(80, 24);
    console.sees("MyPre");
    // Down to `MyPre`, and its name.
    console.keys(&["j", "j", "j", "j", "enter"]);
    console.sees("Hook MyPre");
    console.keys(&["enter"]);
    console.sees("enter done");
    console.drive.type_text("Two");
    console.keys(&["enter"]);
    console.sees("MyPreTwo");
    console.sees("not saved");
    assert_eq!(console.manifest(), MANIFEST);
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    assert_eq!(console.manifest(), MANIFEST.replace("MyPre", "MyPreTwo"));
}

#[test]
fn hooks_and_files_are_added_and_taken_out_and_undone() {
    let console = Opened::new(80, 24);
    console.sees("settings.json");
    console.keys(&["j", "a"]);
    console.sees("1 file listed, 15 B");
    console.keys(&["p"]);
    console.sees("Add a file");
    console.drive.type_text("vendor/a.py");
    console.keys(&["enter"]);
    console.sees("2 files listed");
    console.sees("not there");
    console.keys(&["enter"]);
    console.sees_no("2 files listed");
    console.sees("vendor/a.py");
    console.sees("not there");
    console.keys(&["u"]);
    console.sees_no("vendor/a.py");
    console.sees_no("not saved");
    console.keys(&["j", "d"]);
    console.sees_no("settings.json");
}

#[test]
fn a_driver_is_chosen_and_the_stream_says_what_that_means() {
    let console = Opened::new(80, 24);
    console.sees("‹ grpc ›");
    console.keys(&["enter"]);
    console.sees("Driver");
    console.keys(&["j", "enter"]);
    console.sees("‹ python ›");
    console.keys(&["6"]);
    console.sees("never reach a plugin server");
}

#[test]
fn what_others_wrote_is_noticed_before_it_is_written_over() {
    let console = Opened::new(80, 24);
    console.sees("‹ grpc ›");
    console.keys(&["enter"]);
    console.sees("Driver");
    console.keys(&["j", "enter"]);
    console.sees("‹ python ›");
    std::fs::write(console.folder.join("manifest.json"), "{}").unwrap();
    console.keys(&["ctrl-s"]);
    console.sees("Overwrite the manifest?");
    console.keys(&["n"]);
    console.sees_no("Overwrite");
    assert_eq!(console.manifest(), "{}");
    console.keys(&["ctrl-s"]);
    console.sees("Overwrite the manifest?");
    console.keys(&["y"]);
    console.sees("✓ saved");
    assert!(console.manifest().contains("\"python\""));
}

#[test]
fn leaving_with_changes_asks() {
    let console = Opened::new(80, 24);
    console.sees("MyPre");
    console.keys(&["j", "j", "d"]);
    console.sees("not saved");
    console.keys(&["q"]);
    console.sees("changes that are not saved");
    console.keys(&["n"]);
    console.sees_no("Quit?");
    console.keys(&["q"]);
    console.sees("Quit?");
    console.keys(&["y"]);
    assert_eq!(console.manifest(), MANIFEST);
    console.drive.ended().unwrap();
}

#[test]
fn bad_manifests_are_shown_as_text_with_what_is_wrong() {
    for (bytes, what) in
        [(b"{\"file_list\": [\n".as_slice(), "2:1"), (b"\xef\xbb\xbf{}", "1:1"), (b"[]", "1:1")]
    {
        let console = Opened::with(80, 24, &[], |folder| {
            std::fs::write(folder.join("manifest.json"), bytes).unwrap();
        });
        console.sees("▐text▌");
        console.sees(what);
    }
}

#[test]
fn a_folder_without_a_manifest_says_what_to_do() {
    let console = Opened::with(80, 24, &[], |folder| {
        std::fs::remove_file(folder.join("manifest.json")).unwrap();
    });
    console.sees("There is no manifest.json");
    console.keys(&["B"]);
    console.sees("there is no manifest to build from");
    console.keys(&["a"]);
    console.sees("an empty manifest");
    console.keys(&["j", "enter"]);
    console.sees("‹ grpc ›");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    assert!(console.manifest().contains("\"driver\": \"grpc\""));
}

/// A console on an empty folder.
fn empty(prepare: impl FnOnce(&std::path::Path)) -> Opened {
    let console = Opened::with(100, 30, &[], |folder| {
        std::fs::remove_file(folder.join("manifest.json")).unwrap();
        std::fs::remove_file(folder.join("settings.json")).unwrap();
        prepare(folder);
    });
    console.sees("There is no manifest.json");
    console
}

#[test]
fn a_first_manifest_is_made_of_the_folders_code_and_not_written_unasked() {
    let console = empty(|folder| std::fs::write(folder.join("middleware.py"), CODE).unwrap());
    console.keys(&["a", "enter"]);
    console.sees("driver python, 1 file, 2 hooks.");
    console.sees("MyAuth is taken for auth_check: it has 4 parameters");
    console.keys(&["esc"]);
    console.sees("‹ python ›");
    console.sees("not saved");
    assert!(!console.folder.join("manifest.json").exists());
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    let manifest: serde_json::Value = serde_json::from_str(&console.manifest()).unwrap();
    assert_eq!(manifest["custom_middleware"]["auth_check"]["name"], "MyAuth");
}

#[test]
fn a_project_of_a_kind_is_made_and_opened() {
    let console = empty(|_| {});
    console.keys(&["a", "j", "j"]);
    console.sees("▌ new project python-auth");
    console.keys(&["enter"]);
    console.sees("Wrote manifest.json, middleware.py");
    // A console without sources has none to read anew.
    console.sees("once the console is started again");
    console.keys(&["esc"]);
    console.sees("‹ python ›");
    assert!(console.folder.join("middleware.py").exists());
    console.keys(&["2"]);
    console.sees("/orders-auth/");
}

#[test]
fn a_project_that_needs_pip_asks_and_says_what_is_missing_without() {
    let console = empty(|_| {});
    console.keys(&["a", "j", "j", "j", "enter"]);
    console.sees("python-jwt needs PyJWT");
    console.sees("python3 -m pip install --target vendor");
    // Nothing is written before the answer.
    console.keys(&["esc"]);
    console.sees_no("needs PyJWT");
    assert!(!console.folder.join("README.md").exists());
    console.keys(&["a", "j", "j", "j", "enter"]);
    console.sees("▌ without");
    console.keys(&["enter"]);
    console.sees("Without PyJWT in vendor the plugin cannot be loaded");
    console.keys(&["esc"]);
    console.sees("‹ python ›");
}

#[test]
fn a_project_overwrites_nothing() {
    let console = empty(|folder| std::fs::write(folder.join("README.md"), "mine").unwrap());
    console.keys(&["a", "G", "enter"]);
    console.sees("README.md: exists already");
    console.sees("Nothing was written.");
    console.keys(&["esc"]);
    console.sees("There is no manifest.json");
    assert_eq!(std::fs::read_to_string(console.folder.join("README.md")).unwrap(), "mine");
    assert!(!console.folder.join("middleware.lua").exists());
}

#[test]
fn the_settings_that_a_project_brings_are_in_force_at_once() {
    let console = Opened::reading_anew(100, 30, |folder| {
        std::fs::remove_file(folder.join("manifest.json")).unwrap();
    });
    console.sees("There is no manifest.json");
    console.keys(&["a", "j", "j", "j", "j", "enter"]);
    console.sees("Wrote manifest.json");
    console.sees_no("once the console is started again");
    console.keys(&["esc", "5"]);
    console.sees("static-key");
}

#[test]
fn the_editor_gets_the_file_and_what_it_wrote_is_read() {
    let console = Opened::new(80, 24);
    console.sees("MyPre");
    console.drive.editor_writes(MANIFEST.replace("MyPre", "FromEditor"));
    console.keys(&["e"]);
    console.sees("FromEditor");
    console.sees_no("not saved");
}

#[test]
fn what_cannot_be_taken_is_said_while_one_types_and_refused() {
    let console = Opened::new(80, 24);
    console.sees("settings.json");
    console.keys(&["j", "a", "p"]);
    console.sees("Add a file");
    console.drive.type_text("../secret.pem");
    console.sees("✗ ");
    console.keys(&["enter"]);
    console.sees("Add a file");
    for _ in 0.."../secret.pem".len() {
        console.keys(&["backspace"]);
    }
    console.drive.type_text("a.py");
    console.sees_no("✗ `");
    console.keys(&["enter"]);
    console.sees("2 files listed");
    console.keys(&["enter"]);
    console.sees("not there");
}

/// A project of Python with files that no bundle should have.
fn python(folder: &std::path::Path) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("manifest.json", PYTHON);
    write("middleware.py", CODE);
    write("vendor/jwt/__init__.py", "1234567890");
    write("vendor/jwt/api.py", "1234567890");
    write("vendor/jwt/__pycache__/api.cpython-311.pyc", "1234567890");
    write("notes.txt", "");
    write(".gitignore", "notes.txt\n");
}

const PYTHON: &str = r#"{
  "file_list": ["settings.json", "./middleware.py"],
  "custom_middleware": {
    "driver": "python"
  },
  "mine": 1.50
}
"#;

const CODE: &str = "from tyk.decorators import *

@Hook
def MyAuth(request, session, metadata, spec):
    return request, session, metadata

@Hook
def MyPre(request, session, spec):
    return request, session

def helper(a, b):
    return a
";

#[test]
fn files_are_chosen_from_a_tree_as_one_change() {
    let console = Opened::with(80, 24, &[], python);
    console.sees("2 files");
    console.keys(&["j", "enter"]);
    console.sees("2 files listed");
    console.sees("▾ vendor/");
    console.sees_no("notes.txt");
    console.sees_no("__pycache__");
    console.keys(&["."]);
    console.sees("notes.txt");
    console.sees("▸ __pycache__/");
    console.sees_no("manifest.json  ");
    // The folder lists its files, but not what is left out.
    console.keys(&["G", "h", "h", "space"]);
    console.sees("4 files listed");
    console.keys(&["enter"]);
    console.sees_no("files listed");
    console.sees("vendor/jwt/api.py");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    let listed =
        r#"["settings.json", "./middleware.py", "vendor/jwt/__init__.py", "vendor/jwt/api.py"]"#;
    let expected = PYTHON.replace(r#"["settings.json", "./middleware.py"]"#, listed);
    assert_eq!(console.manifest(), expected);
    console.keys(&["u"]);
    console.sees_no("vendor/jwt/api.py");
    console.sees("not saved");
    console.keys(&["ctrl-s"]);
    console.sees_no("not saved");
    assert_eq!(console.manifest(), PYTHON);
}

#[test]
fn what_is_taken_out_of_the_tree_is_taken_out_and_esc_changes_nothing() {
    let console = Opened::with(80, 24, &[], python);
    console.sees("2 files");
    console.keys(&["j", "a"]);
    console.sees("2 files listed");
    console.keys(&["G", "h", "h", "space", "space", "space"]);
    console.sees("4 files listed");
    console.keys(&["esc"]);
    console.sees_no("files listed");
    console.sees_no("not saved");
    console.keys(&["a"]);
    console.sees("2 files listed");
    // `middleware.py` comes first in the tree, whatever the list's order.
    console.keys(&["space", "enter"]);
    console.sees("1 file ");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    assert_eq!(console.manifest(), PYTHON.replace(r#", "./middleware.py""#, ""));
}

#[test]
fn a_hook_is_picked_from_the_functions_of_the_code() {
    let console = Opened::with(120, 40, &[], python);
    console.sees("‹ python ›");
    console.sees("pre ");
    console.keys(&["j", "j", "j", "j", "a"]);
    console.sees("New pre hook");
    console.sees("MyPre");
    console.sees("✓ 3 parameters");
    console.sees("4 parameters: for auth_check; called here too");
    console.sees("not decorated: no @Hook above it");
    console.keys(&["enter"]);
    console.sees_no("New pre hook");
    console.sees("MyPre");
    // The name of one that is there.
    console.keys(&["j", "enter"]);
    console.sees("Hook MyPre");
    console.keys(&["enter"]);
    console.sees("Which function?");
    console.sees("named already");
    // The code is looked at anew, while the list is open too.
    std::fs::write(console.folder.join("middleware.py"), CODE.replace("MyAuth", "Another"))
        .unwrap();
    console.keys(&["esc", "enter", "enter"]);
    console.sees("Another");
    console.keys(&["G", "enter"]);
    console.sees("enter done");
    console.drive.type_text("Two");
    console.keys(&["enter"]);
    console.sees("MyPreTwo");
}

#[test]
fn what_the_code_has_is_shown_beside_and_follows_driver_and_files() {
    let console = Opened::with(120, 40, &[], python);
    console.sees("Hooks in middleware.py");
    console.sees("3 parameters → pre, post_key_auth");
    console.sees("✗ not decorated");
    console.keys(&["enter", "k", "enter"]);
    console.sees("‹ grpc ›");
    console.sees_no("Hooks in middleware.py");
    console.keys(&["u"]);
    console.sees("Hooks in middleware.py");
}
