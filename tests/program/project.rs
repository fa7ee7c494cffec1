//! A folder to build in, and the binary run there.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use super::home::Home;

/// A manifest that builds, with `a.txt` for its only file.
pub(crate) const MANIFEST: &str =
    r#"{"file_list": ["a.txt"], "custom_middleware": {"pre": [{"name": "P"}], "driver": "grpc"}}"#;

/// A project's folder, in a home of its own.
pub(crate) struct Project {
    home: Home,
}

impl Project {
    /// An empty one.
    pub(crate) fn empty() -> Self {
        Self { home: Home::new() }
    }

    /// One that builds.
    pub(crate) fn new() -> Self {
        Self::empty().with("a.txt", "a\n").with("manifest.json", MANIFEST)
    }

    /// One that builds, with another list of files.
    pub(crate) fn listing(files: &[&str]) -> Self {
        let list = serde_json::to_string(files).unwrap();
        Self::new().with("manifest.json", MANIFEST.replace("[\"a.txt\"]", &list))
    }

    pub(crate) fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.home.project()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir().join(name)
    }

    /// Every name in the folder itself, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.dir()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The binary, to run here, with nothing of the user's.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.home.command(arguments);
        command.stdin(Stdio::null());
        command
    }

    /// The same, begun by a shell, which can set limits and close descriptors first.
    pub(crate) fn shell(&self, before: &str, arguments: &[&str]) -> Command {
        let binary = self.command(arguments);
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{before}; exec \"$0\" \"$@\"")]);
        command.arg(binary.get_program()).args(binary.get_args()).current_dir(self.dir());
        for (name, value) in binary.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // One that does not read is no failure of the test.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// The bundle's manifest and the names of its files (folders aside).
    pub(crate) fn bundle(&self, name: &str) -> (String, Vec<String>) {
        let mut zip = zip::ZipArchive::new(fs::File::open(self.path(name)).unwrap()).unwrap();
        let names = zip.file_names().map(|name| name.unwrap().into_owned());
        let names = names.filter(|name| !name.ends_with('/')).collect();
        let mut inner = String::new();
        zip.by_name("manifest.json").unwrap().read_to_string(&mut inner).unwrap();
        (inner, names)
    }
}

/// What a run left: exit code, standard error.
pub(crate) fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}
