//! The folder that is served: a file is opened so that nothing outside can be reached, not even by a link that is
//! exchanged in between.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use percent_encoding::percent_decode_str;
use rustix::fs::{Mode, OFlags};
use sha2::{Digest as _, Sha256};

use crate::domain::task::Problem;
use crate::services::files::is_temporary;

/// A local file header, and the end record that an empty archive consists of (APPNOTE.TXT 4.3.7, 4.3.16).
const ZIP: [&[u8; 4]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// An index lists so many bundles at most.
const INDEX: usize = 10_000;

#[derive(Debug)]
pub(super) struct Folder {
    /// Absolute, without links.
    root: PathBuf,
}

/// A bundle that is open.
#[derive(Debug)]
pub(super) struct Bundle {
    pub(super) file: File,
    pub(super) facts: Facts,
}

/// What tells that a file is still as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) bytes: u64,
    pub(super) modified: SystemTime,
    inode: (u64, u64),
    /// Seconds and nanoseconds; moves with every write, and nobody can set it back.
    changed: (i64, i64),
}

impl Facts {
    pub(super) fn of(file: &File) -> std::io::Result<Self> {
        let facts = file.metadata()?;
        Ok(Self {
            bytes: facts.len(),
            modified: facts.modified()?,
            inode: (facts.dev(), facts.ino()),
            changed: (facts.ctime(), facts.ctime_nsec()),
        })
    }

    /// Whether the last change is some seconds ago.
    pub(super) fn is_settled(&self) -> bool {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(now.as_secs()).is_ok_and(|now| self.changed.0 + 2 < now)
    }
}

/// The name under which a URL's path asks for a file: relative, every part an ordinary one. `None` where the path can
/// name no file of the folder.
pub(super) fn name(path: &str) -> Option<PathBuf> {
    let mut name = PathBuf::new();
    for part in path.strip_prefix('/')?.split('/') {
        let part: Vec<u8> = percent_decode_str(part).collect();
        // A separator that was escaped is no separator, and no file name holds one or a NUL.
        if part.is_empty()
            || part == b"."
            || part == b".."
            || part.iter().any(|b| b"/\0".contains(b))
        {
            return None;
        }
        name.push(OsStr::from_bytes(&part));
    }
    name.components().all(|part| matches!(part, Component::Normal(_))).then_some(name)
}

impl Folder {
    pub(super) fn open(dir: &Path) -> Result<Self, Problem> {
        let failed = |error: &dyn std::fmt::Display| {
            Problem::failed(format!("cannot serve this folder: {error}")).at(dir.display())
        };
        let root = dir.canonicalize().map_err(|error| failed(&error))?;
        std::fs::read_dir(&root).map_err(|error| failed(&error))?;
        Ok(Self { root })
    }

    /// Opens a regular file that begins as a zip does. Everything else, missing or not, is `None`: whoever asks is not
    /// told what lies there.
    pub(super) fn bundle(&self, name: &Path) -> Option<Bundle> {
        // Links are followed here, as far as they stay in the folder …
        let real = self.root.join(name).canonicalize().ok()?;
        let inner = real.strip_prefix(&self.root).ok()?;
        // … and what they led to is opened part by part without following any: a link that came up since is refused.
        // NONBLOCK, because opening a FIFO would wait for its writer.
        let directory = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let mut at = rustix::fs::open(&self.root, directory, Mode::empty()).ok()?;
        let mut parts = inner.components().peekable();
        while let Some(Component::Normal(part)) = parts.next() {
            let flags = match parts.peek() {
                Some(_) => directory | OFlags::NOFOLLOW,
                None => OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC,
            };
            at = rustix::fs::openat(&at, part, flags, Mode::empty()).ok()?;
        }
        let file = File::from(at);
        if !file.metadata().ok()?.is_file() {
            return None;
        }
        let mut start = [0; 4];
        file.read_exact_at(&mut start, 0).ok()?;
        ZIP.contains(&&start).then_some(())?;
        let facts = Facts::of(&file).ok()?;
        Some(Bundle { file, facts })
    }

    /// The names of the bundles directly in the folder, sorted, one a line.
    pub(super) fn index(&self) -> String {
        let entries = std::fs::read_dir(&self.root).into_iter().flatten().filter_map(Result::ok);
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name())
            .filter(|name| !name.to_str().is_some_and(is_temporary))
            .filter(|name| self.bundle(Path::new(name)).is_some())
            .map(|name| format!("{}\n", name.to_string_lossy().escape_debug()))
            .take(INDEX)
            .collect();
        names.sort();
        names.concat()
    }
}

impl Bundle {
    /// SHA-256 of the content, in hex.
    pub(super) fn digest(&self) -> std::io::Result<String> {
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 64 << 10];
        let mut file = &self.file;
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                read => hash.update(&buffer[..read]),
            }
        }
        Ok(format!("{:x}", hash.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_file_of_the_folder_or_none() {
        assert_eq!(name("/a.zip"), Some("a.zip".into()));
        assert_eq!(name("/a/b%20c.zip"), Some("a/b c.zip".into()));
        assert_eq!(name("/%C3%A4"), Some("ä".into()));
        assert_eq!(name("/..a/...").as_deref(), Some(Path::new("..a/...")));
        for none in [
            "",
            "/",
            "a.zip",
            "//a",
            "/a/",
            "/a//b",
            "/.",
            "/./a",
            "/..",
            "/../a",
            "/a/../b",
            "/%2e%2e/a",
            "/%2E./a",
            "/a%2fb",
            "/a%2F..%2Fb",
            "/a%00",
            "/%2e",
        ] {
            assert_eq!(name(none), None, "{none}");
        }
        // Decoded once: what is still escaped then is the name's own.
        assert_eq!(name("/%252e%252e/a"), Some("%2e%2e/a".into()));
    }
}
