//! The manual and the completions in `assets/` are what the program prints.
//!
//! `UPDATE_GENERATED=1 cargo test --test program` writes them anew.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::home::Home;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// Every page and script by its file's name, as the program prints it.
fn printed() -> BTreeMap<String, String> {
    let home = Home::new();
    let run = |arguments: &[&str]| {
        let ran = home.run(arguments);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.stdout
    };
    let mut files: BTreeMap<String, String> = SHELLS
        .iter()
        .map(|shell| (format!("completions/tyk-tui.{shell}"), run(&["completions", shell])))
        .collect();
    let mut open = vec![Vec::<String>::new()];
    while let Some(command) = open.pop() {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let page = run(&[&["man"], words.as_slice()].concat());
        // A command's page names the commands below it: `tyk\-tui\-config\-show(1)`.
        let name = [&["tyk-tui"], words.as_slice()].concat().join("-");
        let prefix = format!("{name}-");
        for line in page.lines().map(|line| line.replace("\\-", "-")) {
            let below = line.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix("(1)"));
            open.extend(below.map(|below| [command.as_slice(), &[below.to_owned()]].concat()));
        }
        files.insert(format!("man/{name}.1"), page);
    }
    assert!(files.contains_key("man/tyk-tui-config-show.1"), "{:?}", files.keys());
    files
}

#[test]
fn committed_pages_and_scripts_are_up_to_date() {
    let assets = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets");
    let printed = printed();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        for folder in ["man", "completions"] {
            let _ = std::fs::remove_dir_all(assets.join(folder));
            std::fs::create_dir_all(assets.join(folder)).unwrap();
        }
        for (name, text) in &printed {
            std::fs::write(assets.join(name), text).unwrap();
        }
    }
    for (name, text) in &printed {
        let found = std::fs::read_to_string(assets.join(name)).unwrap_or_default();
        assert!(
            found == *text,
            "assets/{name} is old: run UPDATE_GENERATED=1 cargo test --test program generated"
        );
    }
    let kept = ["man", "completions"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(assets.join(folder)).unwrap())
        .count();
    assert_eq!(kept, printed.len(), "a page of a command that is gone");
}
