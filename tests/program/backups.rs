//! What a save replaces is kept, and a save that is killed leaves the file whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::json;

use super::home::Home;

fn set(home: &Home, driver: &str) {
    let ran = home.run(&["manifest", "set", "custom_middleware.driver", driver]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn a_previous_version_is_listed_shown_compared_and_restored() {
    let home = Home::new();
    let first = "{\"custom_middleware\": {\"driver\": \"grpc\"}}\n";
    let file = home.write("manifest.json", first);
    set(&home, "python");
    set(&home, "lua");
    let listed = home.run(&["backups", "list", "--json"]).json();
    let versions = listed["files"][0]["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(listed["files"][0]["path"], file.canonicalize().unwrap().display().to_string());
    let id = versions[1]["id"].as_str().unwrap();
    assert_eq!(home.run(&["backups", "show", "manifest.json", id]).stdout, first);
    let latest = home.run(&["backups", "show", "manifest.json"]).stdout;
    assert_eq!(latest, first.replace("grpc", "python"));
    let diff = home.run(&["backups", "diff", "manifest.json", id]).stdout;
    assert!(diff.contains("-{\"custom_middleware\": {\"driver\": \"lua\"}}"), "{diff}");
    assert!(diff.contains("+{\"custom_middleware\": {\"driver\": \"grpc\"}}"), "{diff}");
    let restored = home.run(&["backups", "restore", "manifest.json", id, "--json"]).json();
    assert_eq!(restored["restored"], json!(id));
    assert_eq!(fs::read_to_string(&file).unwrap(), first);
    let before = restored["replaced"].as_str().unwrap();
    let kept = home.run(&["backups", "show", "manifest.json", before]).stdout;
    assert_eq!(kept, first.replace("grpc", "lua"));
    assert_eq!(home.run(&["backups", "show", "manifest.json", "zz"]).code, Some(1));
    assert_eq!(home.run(&["backups", "show", "other.json"]).code, Some(1));
    let lines = home.run(&["backups", "list", "manifest.json"]).stdout;
    assert!(lines.lines().count() == 3 && lines.contains(id), "{lines}");
}

#[test]
fn a_state_directory_that_cannot_be_written_is_a_warning() {
    let home = Home::new();
    let file = home.write("manifest.json", "{\"custom_middleware\": {\"driver\": \"grpc\"}}");
    home.write("../.local", "a file in the way");
    let ran = home.run(&["manifest", "set", "custom_middleware.driver", "lua"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("warning: ") && ran.stderr.contains("previous version"), "{ran:?}");
    assert!(fs::read_to_string(file).unwrap().contains("lua"));
}

/// How far a save has come, as others see it.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Begun,
    BackupBegun,
    FileBegun,
    Replaced,
}

impl Stage {
    fn is_reached(self, file: &Path, before: &[u8], state: &Path) -> bool {
        match self {
            Self::Begun => true,
            Self::BackupBegun => state.join("backups").exists(),
            Self::FileBegun => temporary_files(file) > 0,
            Self::Replaced => fs::read(file).unwrap() != before,
        }
    }
}

fn temporary_files(file: &Path) -> usize {
    let names = fs::read_dir(file.parent().unwrap()).unwrap();
    names.filter(|name| name.as_ref().unwrap().path() != file).count()
}

fn saving(home: &Home, driver: &str) -> Child {
    let mut command = home.command(&["manifest", "set", "custom_middleware.driver", driver]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_save_that_is_killed_at_any_stage_leaves_the_file_whole() {
    // Large, so that writing it takes a while.
    let files = vec!["vendor/a/long/name/of/a/file.py"; 20_000];
    let text = |driver: &str| {
        let manifest = json!({"file_list": files, "custom_middleware": {"driver": driver}});
        manifest.to_string().into_bytes()
    };
    let whole = [text("grpc"), text("python")];
    for round in 0..40 {
        let home = Home::new();
        let file: PathBuf = home.write("manifest.json", &whole[0]);
        let kept = home.path().join(".local/state/tyk-tui");
        let stage =
            [Stage::Begun, Stage::BackupBegun, Stage::FileBegun, Stage::Replaced][round % 4];
        let mut child = saving(&home, "python");
        while !stage.is_reached(&file, &whole[0], &kept) && child.try_wait().unwrap().is_none() {}
        // One that has ended cannot be killed any more.
        let _ = child.kill();
        child.wait().unwrap();
        let held = fs::read(&file).unwrap();
        assert!(whole.contains(&held), "{stage:?}: half written, {} bytes", held.len());
        // What was replaced is kept whole, too.
        let shown = home.run(&["backups", "show", "manifest.json"]);
        assert!(held == whole[0] || shown.stdout.as_bytes() == whole[0], "{stage:?}: {shown:?}");
        assert!(shown.code == Some(1) || shown.stdout.as_bytes() == whole[0], "{stage:?}");
    }
}
