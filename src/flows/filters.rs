//! Filters that were used, kept from one console to the next: a line each in a file of the state directory that the user
//! alone reads, as what is looked for may be a secret.

use std::collections::HashSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::domain::task::Problem;
use crate::services::files::{self, Mode};

/// How many are kept.
pub const MOST: usize = 64;

/// Bytes of one that is kept; a longer one is forgotten with its console.
const LONGEST: usize = 4 << 10;

/// The largest file that is read: one of ours is never larger.
const LARGEST: u64 = (MOST * (LONGEST + 1)) as u64;

/// How long another console is waited for. It holds the file for one write, unless it was stopped in the middle of it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where they are kept.
#[derive(Clone, Debug)]
pub struct Filters {
    folder: PathBuf,
}

/// Filters that were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// The one that was used last is last.
    pub filters: Vec<String>,
    /// Why that is not all, or why what is new is not on the disk.
    pub problem: Option<Problem>,
}

impl Filters {
    /// Those of the `state` folder.
    pub fn of(state: &Path) -> Self {
        Self { folder: state.to_owned() }
    }

    fn path(&self) -> PathBuf {
        self.folder.join("filters")
    }

    /// What is kept.
    pub fn read(&self) -> Used {
        self.kept().unwrap_or_else(|problem| Used { problem: Some(problem), ..Used::default() })
    }

    /// Adds one that was used; those that other consoles have added meanwhile stay. What is kept then.
    pub fn add(&self, filter: &str) -> Used {
        if !is_kept(filter) {
            return self.read();
        }
        let added = self.lock().and_then(|_lock| {
            let mut used = self.kept()?;
            used.filters.retain(|kept| kept != filter);
            used.filters.push(filter.to_owned());
            used.filters.drain(..used.filters.len().saturating_sub(MOST));
            let text = used.filters.join("\n") + "\n";
            files::write(&self.path(), text.as_bytes(), Mode::Private, "the history of filters")?;
            Ok(used)
        });
        added.unwrap_or_else(|problem| Used { problem: Some(problem), ..Used::default() })
    }

    /// A file that is none of ours is no obstacle: it is told of, and the next filter begins a new one.
    fn kept(&self) -> Result<Used, Problem> {
        let path = self.path();
        let cannot = "cannot read the history of filters";
        let read = files::read_if_there(&path, LARGEST, cannot)
            .map_err(|problem| problem.help("move it away: a new one is begun"))?;
        let Ok(text) = String::from_utf8(read.unwrap_or_default()) else {
            let problem = Problem::failed(format!("{cannot}: it is no text"))
                .at(path.display())
                .help("the next filter begins a new one");
            return Ok(Used { filters: Vec::new(), problem: Some(problem) });
        };
        let mut seen = HashSet::new();
        // Of two that are the same the last one counts.
        let mut filters: Vec<String> = text
            .lines()
            .rev()
            .filter(|line| is_kept(line) && seen.insert(*line))
            .take(MOST)
            .map(str::to_owned)
            .collect();
        filters.reverse();
        Ok(Used { filters, problem: None })
    }

    /// Others wait until it is dropped.
    fn lock(&self) -> Result<File, Problem> {
        let path = self.folder.join("filters.lock");
        let failed = |error: &std::io::Error| {
            files::problem("cannot keep the history of filters", &path, error)
        };
        files::make_private(&self.folder).map_err(|error| failed(&error))?;
        let lock = File::options().create(true).append(true).open(&path);
        let lock = lock.map_err(|error| failed(&error))?;
        let until = Instant::now() + PATIENCE;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(Problem::failed(
                        "cannot keep the history of filters: another tyk-tui has it",
                    )
                    .at(path.display())
                    .help("is one stopped? `fg` brings it back"));
                }
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
        }
    }
}

/// Whether it is a line that a filter's line can show.
fn is_kept(filter: &str) -> bool {
    !filter.trim().is_empty() && filter.len() <= LONGEST && !filter.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn state() -> (tempfile::TempDir, Filters) {
        let folder = tempfile::tempdir().unwrap();
        let filters = Filters::of(&folder.path().join("state"));
        (folder, filters)
    }

    #[test]
    fn what_was_used_last_is_last_and_the_oldest_make_room() {
        let (_folder, filters) = state();
        assert_eq!(filters.read(), Used::default());
        for filter in ["hook:pre", "path:\"ö\"", "hook:pre", " ", "a\u{1b}b", &"x".repeat(5_000)] {
            assert_eq!(filters.add(filter).problem, None);
        }
        assert_eq!(filters.read().filters, ["path:\"ö\"", "hook:pre"]);
        for number in 0..MOST {
            filters.add(&format!("seq>{number}"));
        }
        let kept = filters.read().filters;
        assert_eq!((kept.len(), &*kept[0], &*kept[MOST - 1]), (MOST, "seq>0", "seq>63"));
        let facts = std::fs::metadata(filters.path()).unwrap();
        assert_eq!(facts.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn consoles_that_add_at_once_lose_nothing_of_each_other() {
        let (_folder, filters) = state();
        std::thread::scope(|scope| {
            for console in 0..4 {
                let filters = filters.clone();
                scope.spawn(move || {
                    for number in 0..MOST / 4 {
                        assert_eq!(filters.add(&format!("seq:{console}..{number}")).problem, None);
                    }
                });
            }
        });
        assert_eq!(filters.read().filters.len(), MOST);
    }

    #[test]
    fn a_broken_file_is_told_of_and_begun_anew() {
        let (_folder, filters) = state();
        filters.add("a");
        std::fs::write(filters.path(), [b'a', b'\n', 0xff, b'\n']).unwrap();
        let said = filters.read().problem.unwrap().to_string();
        assert!(said.contains("it is no text"), "{said}");
        let used = filters.add("b");
        assert!(used.problem.is_some());
        assert_eq!(filters.read(), Used { filters: vec!["b".to_owned()], problem: None });
        // What is no file of ours at all stays where it is.
        std::fs::remove_file(filters.path()).unwrap();
        std::fs::create_dir(filters.path()).unwrap();
        for used in [filters.read(), filters.add("c")] {
            let said = used.problem.unwrap().to_string();
            assert!(said.contains("it is a folder"), "{said}");
        }
    }
}
