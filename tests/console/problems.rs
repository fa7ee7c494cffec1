//! The Problems pane: lint of the whole project while one edits, jump, fixes that can be taken back.

use super::opened::Opened;

/// What a recorded Gateway refused every caller of, but for its bundle: custom authentication next to keyless.
const KEYLESS: &str = r#"{
  "name": "orders",
  "api_id": "orders",
  "use_keyless": true,
  "enable_coprocess_auth": true,
  "version_data": {"not_versioned": true, "versions": {"Default": {"name": "Default"}}},
  "proxy": {"listen_path": "/orders/", "target_url": "http://127.0.0.1:9/"}
}
"#;

const CODE: &str = "from tyk.decorators import *\n\n@Hook\ndef MyPre(request, session, spec):\n    return request, session\n";

const PYTHON: &str = r#"{
  "file_list": ["middleware.py"],
  "custom_middleware": {
    "pre": [{"name": "MyPre"}, {"name": "Gone"}],
    "driver": "python"
  }
}
"#;

fn opened(width: u16, height: u16) -> Opened {
    let console = Opened::with(width, height, &[], |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        std::fs::write(folder.join("apis/orders.json"), KEYLESS).unwrap();
        std::fs::write(folder.join("manifest.json"), PYTHON).unwrap();
        std::fs::write(folder.join("middleware.py"), CODE).unwrap();
    });
    console.keys(&["8"]);
    console.sees("hook called Gone");
    console
}

#[test]
fn all_of_the_project_is_listed_gravest_first_with_the_whole_story_beside() {
    let console = opened(140, 40);
    console.sees("▐8 Problems·");
    console.sees("WHERE");
    let screen = console.drive.text();
    let row = |word: &str| screen.lines().position(|line| line.contains(word));
    let (error, warning) = (row("✗ ").unwrap(), row("⚠ "));
    assert!(warning.is_none_or(|warning| error < warning), "{screen}");
    console.sees("source: ");
    // Hints are hidden, then warnings, then all is there again.
    console.keys(&["s"]);
    console.sees("hints hidden");
    console.keys(&["s"]);
    console.sees("errors alone");
    console.keys(&["s"]);
    console.sees_no("errors alone");
}

#[test]
fn enter_goes_to_the_place_and_what_is_mended_there_is_gone_from_the_list() {
    let console = opened(140, 40);
    console.selects("hook called Gone");
    console.keys(&["enter"]);
    console.sees("▐1 Manifest·1▌");
    // The row that is wrong is selected: without it nothing is missing.
    console.keys(&["d"]);
    console.sees_no("Gone");
    console.keys(&["8"]);
    console.sees_no("hook called Gone");
    // It was not saved: lint looks at what is typed.
    assert_eq!(console.manifest(), PYTHON);
}

#[test]
fn a_fix_changes_the_open_text_and_is_taken_back_by_a_key() {
    let console = opened(140, 40);
    console.selects("use_keyless is true");
    console.sees("f fix: set use_keyless to false");
    console.sees("-  \"use_keyless\": true,");
    console.sees("+  \"use_keyless\": false,");
    console.keys(&["f"]);
    console.sees("u undoes it");
    console.sees_no("use_keyless is true");
    assert_eq!(file(&console, "apis/orders.json"), KEYLESS);
    console.keys(&["u"]);
    console.sees("use_keyless is true");
    console.selects("use_keyless is true");
    console.keys(&["f"]);
    console.sees("u undoes it");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    let mended = KEYLESS.replace("\"use_keyless\": true", "\"use_keyless\": false");
    assert_eq!(file(&console, "apis/orders.json"), mended);
}

#[test]
fn marks_of_the_project_are_in_the_panes_too() {
    let console = opened(140, 40);
    // Only the code tells that `Gone` is missing.
    console.keys(&["1"]);
    console.sees("Gone");
    console.sees("hook called Gone");
    console.keys(&["]"]);
    console.sees("hook called Gone");
    // While one types above it, the mark stays.
    console.keys(&["enter", "enter", "esc"]);
    console.sees("hook called Gone");
}

#[test]
fn code_that_another_program_mended_is_looked_at_again() {
    let console = opened(120, 30);
    let more = CODE.replace(
        "def MyPre",
        "def Gone(request, session, spec):\n    return request, session\n\n@Hook\ndef MyPre",
    );
    std::fs::write(console.folder.join("middleware.py"), more).unwrap();
    console.keys(&["R"]);
    console.sees_no("hook called Gone");
    // Coming back from another program looks without a key.
    std::fs::write(console.folder.join("middleware.py"), CODE).unwrap();
    assert!(console.drive.focus());
    console.sees("hook called Gone");
}

#[test]
fn a_narrow_screen_has_list_and_detail_one_above_the_other() {
    let console = opened(80, 24);
    console.sees("WHERE");
    console.keys(&["tab", "j", "k", "z"]);
    console.sees("source: ");
}

fn file(console: &Opened, name: &str) -> String {
    std::fs::read_to_string(console.folder.join(name)).unwrap()
}

#[test]
fn code_is_mended_in_its_file_and_what_it_was_comes_back_by_a_key() {
    let code = CODE.replace("import *\n", "import *\nimport jwt\n");
    let console = Opened::with(140, 40, &[], |folder| {
        let manifest = PYTHON
            .replace("\"middleware.py\"", "\"middleware.py\", \"vendor/jwt/__init__.py\"")
            .replace(", {\"name\": \"Gone\"}", "");
        std::fs::write(folder.join("manifest.json"), manifest).unwrap();
        std::fs::write(folder.join("middleware.py"), &code).unwrap();
        std::fs::create_dir_all(folder.join("vendor/jwt")).unwrap();
        std::fs::write(folder.join("vendor/jwt/__init__.py"), "").unwrap();
    });
    console.keys(&["8"]);
    console.sees("jwt lies in");
    console.selects("jwt lies in");
    console.sees("+import os, sys");
    console.keys(&["f"]);
    console.sees("u undoes it");
    console.sees_no("jwt lies in");
    let mended = file(&console, "middleware.py");
    assert!(mended.contains("sys.path") && mended.ends_with(&code[code.len() - 40..]), "{mended}");
    console.keys(&["u"]);
    console.sees("jwt lies in");
    assert_eq!(file(&console, "middleware.py"), code);
    // It is no file of a pane: enter opens it in the user's own editor.
    console.selects("jwt lies in");
    console.drive.editor_writes(mended);
    console.keys(&["enter"]);
    console.sees_no("jwt lies in");
}
