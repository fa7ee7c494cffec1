//! Reading a file of the user's whole, with a limit: a wrong path must neither fill the memory nor wait for ever.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use super::errors::problem;
use crate::domain::task::{Problem, size};

/// No manifest, API definition or file of code that people edit is larger.
pub const LARGEST: u64 = 32 << 20;

/// Reads a file of at most so many bytes; `cannot` begins the message where that fails (`cannot read the manifest`).
pub fn read(path: &Path, most: u64, cannot: &str) -> Result<Vec<u8>, Problem> {
    let failed = |error: &std::io::Error| problem(cannot, path, error);
    let metadata = fs::metadata(path).map_err(|error| failed(&error))?;
    if metadata.is_dir() {
        return Err(failed(&ErrorKind::IsADirectory.into()));
    }
    // Opening a named pipe waits for its writer, for ever and deaf to signals.
    if !metadata.is_file() {
        return Err(Problem::failed(format!("{cannot}: it is no regular file")).at(path.display()));
    }
    read_pipe(path, most, cannot)
}

/// The same of whatever can be read; waits for who writes into a pipe.
pub fn read_pipe(path: &Path, most: u64, cannot: &str) -> Result<Vec<u8>, Problem> {
    let failed = |error: &std::io::Error| problem(cannot, path, error);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| failed(&error))?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if bytes.len() as u64 > most {
        return Err(Problem::failed(format!("{cannot}: it is larger than {}", size(most)))
            .at(path.display())
            .help("is this the right file?"));
    }
    Ok(bytes)
}

/// The same; `None` where there is no such file.
pub fn read_if_there(path: &Path, most: u64, cannot: &str) -> Result<Option<Vec<u8>>, Problem> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        _ => read(path, most, cannot).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_to_read_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let said = |path: &Path| read(path, 3, "cannot read the manifest").unwrap_err().to_string();
        let file = folder.path().join("f");
        fs::write(&file, "1234").unwrap();
        assert!(said(&file).contains("cannot read the manifest: it is larger than 3 B"));
        assert!(said(folder.path()).contains("it is a folder"));
        assert!(said(&folder.path().join("none")).contains("no such file"));
        assert!(said(Path::new("/dev/null")).contains("it is no regular file"));
        assert_eq!(read_if_there(&folder.path().join("none"), 3, "it"), Ok(None));
        assert_eq!(read_if_there(&file, 4, "it").unwrap().as_deref(), Some(&b"1234"[..]));
    }
}
