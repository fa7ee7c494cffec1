//! The manifest's file.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use super::Worker;
use crate::domain::task::Problem;
use crate::services::files;
use crate::tui::effect::Base;
use crate::tui::message::{Message, Unsaved};

/// No manifest is larger; a wrong path must not fill the memory.
const LARGEST: u64 = 16 << 20;

impl Worker {
    pub(super) fn read_manifest(&self) {
        let path = self.manifest_path();
        self.blocking(move || Message::Manifest(read(&path)));
    }

    pub(super) fn save_manifest(&self, bytes: Vec<u8>, base: Base) {
        let path = self.manifest_path();
        self.blocking(move || {
            if base != Base::Any {
                match (read(&path), base) {
                    (Ok(None), Base::Missing) => {}
                    (Ok(Some(there)), Base::Read(read)) if there == read => {}
                    (Ok(_), _) => return Message::Saved(Err(Unsaved::ChangedOutside)),
                    (Err(problem), _) => return Message::Saved(Err(Unsaved::Problem(problem))),
                }
            }
            let written = files::write(&path, &bytes, files::Mode::Kept, "the manifest");
            Message::Saved(written.map(|()| bytes).map_err(Unsaved::Problem))
        });
    }

    pub(super) fn measure(&self, listed: Vec<String>) {
        let path = self.manifest_path();
        self.blocking(move || {
            let folder = path.parent().map(Path::to_owned).unwrap_or_default();
            let size = |name: &String| {
                let facts = fs::metadata(folder.join(name)).ok()?;
                facts.is_file().then_some(facts.len())
            };
            let sizes = listed.into_iter().map(|name| {
                let size = size(&name);
                (name, size)
            });
            Message::Sizes(sizes.collect())
        });
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Problem> {
    let cannot = |error: &std::io::Error| files::problem("cannot read the manifest", path, error);
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot(&error)),
    };
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| cannot(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(
            Problem::failed("the manifest is larger than 16 MiB: is it one?").at(path.display())
        );
    }
    Ok(Some(bytes))
}
