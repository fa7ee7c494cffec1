//! What a real Gateway sent and a plugin answered: one folder a case, see `tests/fixtures/dispatch/`.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tyk_tui::domain::object::Message;

/// One message of a recording: as bytes, and as Google's `MessageToJson` wrote it.
pub(crate) struct Side {
    pub(crate) name: String,
    pub(crate) message: Message,
    pub(crate) bytes: Vec<u8>,
    pub(crate) json: Value,
}

/// One case: what the client saw, and the hooks in order.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) recorded: Value,
}

impl Case {
    /// What the client got; `None` where its connection dropped.
    pub(crate) fn status(&self) -> Option<u64> {
        self.recorded["http_response"]["status"].as_u64()
    }

    /// The hooks called, without events, in order.
    pub(crate) fn dispatches(&self) -> Vec<&Value> {
        let dispatches = self.recorded["dispatches"].as_array().unwrap();
        dispatches.iter().filter(|d| !file(d).ends_with("-event")).collect()
    }

    /// The bytes of one side of a call, where they are kept.
    pub(crate) fn bytes(&self, dispatch: &Value, side: &str) -> Option<Vec<u8>> {
        std::fs::read(self.folder.join(format!("{}.{side}.pb", file(dispatch)))).ok()
    }
}

pub(crate) fn file(dispatch: &Value) -> &str {
    dispatch["file"].as_str().unwrap()
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Every case of every group.
pub(crate) fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch");
    let cases: Vec<_> = children(&root)
        .iter()
        .flat_map(|group| children(group))
        .map(|folder| {
            let text = std::fs::read_to_string(folder.join("case.json")).unwrap();
            Case {
                name: folder.strip_prefix(&root).unwrap().display().to_string(),
                recorded: serde_json::from_str(&text).unwrap(),
                folder,
            }
        })
        .collect();
    assert!(cases.len() > 200, "{} cases", cases.len());
    cases
}

/// Every message of every case.
pub(crate) fn sides() -> Vec<Side> {
    let mut sides = Vec::new();
    for case in cases() {
        for path in children(&case.folder) {
            if path.extension().is_none_or(|extension| extension != "pb") {
                continue;
            }
            let name = format!("{}/{}", case.name, path.file_name().unwrap().display());
            let message = match name.rsplit_once("-event.") {
                Some((_, "request.pb")) => Message::Event,
                Some(_) => Message::EventReply,
                None => Message::Object,
            };
            let json = std::fs::read_to_string(path.with_extension("json")).unwrap();
            let json = serde_json::from_str(&json).unwrap();
            sides.push(Side { name, message, bytes: std::fs::read(&path).unwrap(), json });
        }
    }
    assert!(sides.len() > 700, "{} messages", sides.len());
    sides
}
