use super::*;

#[test]
fn every_embedded_theme_parses_and_names_every_role() {
    for (name, text) in EMBEDDED {
        Theme::parse(name, text, Depth::True).unwrap();
        let table: toml::Table = toml::from_str(text).unwrap();
        for (_, role) in Role::ALL {
            assert!(table.contains_key(*role), "themes/{name}.toml leaves out `{role}`");
        }
    }
}

#[test]
fn mono_has_no_colour_and_is_what_no_color_gets() {
    let theme = Theme::load("dark", None, Depth::None).unwrap();
    assert_eq!(theme.name(), "mono");
    assert!(theme.styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()));
    let theme = Theme::embedded("mono", Depth::True).unwrap();
    assert!(theme.styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()));
}

#[test]
fn without_colour_the_outcomes_still_differ_from_the_selection() {
    let mono = Theme::embedded("mono", Depth::True).unwrap();
    assert_ne!(mono.style(Role::Failed), mono.style(Role::Passed));
    assert_ne!(mono.style(Role::Selected), mono.style(Role::Text));
    assert_ne!(mono.style(Role::Focus), mono.style(Role::Border));
}

#[test]
fn the_users_folder_wins_and_mistakes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dark.toml"), "failed = \"bold magenta\"\n").unwrap();
    let theme = Theme::load("dark", Some(folder.path()), Depth::True).unwrap();
    assert_eq!(theme.style(Role::Failed), style::parse("bold magenta").unwrap());
    let ansi = Theme::embedded("ansi", Depth::True).unwrap();
    assert_eq!(theme.style(Role::Key), ansi.style(Role::Key));

    std::fs::write(folder.path().join("mine.toml"), "faild = \"red\"\n").unwrap();
    let problem = Theme::load("mine", Some(folder.path()), Depth::True).unwrap_err();
    assert!(problem.what.contains("no role `faild`"), "{problem}");
    std::fs::write(folder.path().join("mine.toml"), "failed = \"rad\"\n").unwrap();
    let problem = Theme::load("mine", Some(folder.path()), Depth::True).unwrap_err();
    assert!(problem.what.contains("`rad`"), "{problem}");
    let problem = Theme::load("none-such", Some(folder.path()), Depth::True).unwrap_err();
    assert!(problem.help.unwrap().contains("ansi, dark, light"));
}

#[test]
fn colours_come_from_the_theme_alone() {
    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // The picture maps a frame's colours to an SVG's: it chooses none for the screen.
            if path.is_dir() && !path.ends_with("theme") && !path.ends_with("picture") {
                walk(&path, found);
            } else if path.is_file() {
                let text = std::fs::read_to_string(&path).unwrap();
                if text.contains("Color::") || text.contains("style::Color") {
                    found.push(path.display().to_string());
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui"), &mut found);
    assert_eq!(found, [""; 0]);
}
