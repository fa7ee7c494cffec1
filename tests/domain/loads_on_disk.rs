//! Verification of bundles that a Gateway has on its disk, against what recorded Gateways did at a reload or restart.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};

use serde::Deserialize;
use tyk_tui::domain::gateway_version::{Gateway, State};
use tyk_tui::services::bundle::keys::PublicKey;
use tyk_tui::services::bundle::read::Limits;
use tyk_tui::services::bundle::verify::{Verdict, verify};

use super::loads::{Load, difference, fixtures};

#[derive(Deserialize)]
struct Reload {
    #[serde(flatten)]
    load: Load,
    phase: u32,
    note: String,
    skip_verify: bool,
    existing: bool,
}

fn reloads() -> Vec<Reload> {
    let text = fs::read_to_string(fixtures().join("gateway-loads-on-disk.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

impl Reload {
    /// Whether the Gateway had the bytes of `zip` when it loaded. Elsewhere the host had got another zip by then, which
    /// was recorded by what it did alone.
    fn is_of_this_zip(&self) -> bool {
        match self.load.case.as_str() {
            // The host got a good zip before phase 1.
            "only-api-fails-at-start" => false,
            // The host got the fixed zip before phase 1: it counts where the folder of the broken one was removed.
            "reload-failed-unzip-then-fixed" => {
                self.existing && self.gateway().loadings[0].refuses_unpack_errors
            }
            "reload-failed-verify-then-fixed" | "reload-republished" => self.existing,
            _ => true,
        }
    }

    /// The zip of what was on the disk: as it came, or with what the note says was changed there.
    fn bundle(&self) -> Vec<u8> {
        let zip = fs::read(fixtures().join(&self.load.zip)).unwrap();
        if !self.existing {
            return zip;
        }
        match self.note.as_str() {
            "manifest.json deleted on disk" => rewritten(&zip, |name, _| name != "manifest.json"),
            "manifest.json broken on disk" => rewritten(&zip, |name, content| {
                if name == "manifest.json" {
                    *content = b"{not json".to_vec();
                }
                true
            }),
            "a listed file deleted on disk" => rewritten(&zip, |name, _| name != "a.txt"),
            "hook name changed in the manifest on disk" => rewritten(&zip, |name, content| {
                if name == "manifest.json" {
                    replace(content, "PreHook", "EvilHook");
                }
                true
            }),
            "file and hook name changed and signature removed on disk" => {
                rewritten(&zip, |name, content| {
                    if name == "manifest.json" {
                        let mut manifest: serde_json::Value =
                            serde_json::from_slice(content).unwrap();
                        manifest["signature"] = "".into();
                        *content = manifest.to_string().replace("PreHook", "EvilHook").into();
                    } else {
                        content.extend(b"evil");
                    }
                    true
                })
            }
            note if note.starts_with("a listed file") && note.ends_with("changed on disk") => {
                rewritten(&zip, |name, content| {
                    if name == "a.txt" {
                        content.extend(b"evil");
                    }
                    true
                })
            }
            _ => zip,
        }
    }

    fn gateway(&self) -> Gateway {
        self.load.gateway.parse().unwrap()
    }

    fn verdict(&self, state: State) -> Verdict {
        let path = self.load.public_key.as_ref().map(|name| fixtures().join("keys").join(name));
        let key = path.map(|path| PublicKey::load(&path).unwrap());
        let bundle = Cursor::new(self.bundle());
        verify(bundle, key.as_ref().map(Ok), &self.gateway(), state, Limits::default()).unwrap()
    }
}

/// A zip with its entries changed, or left out where `keep` says no.
fn rewritten(zip: &[u8], keep: impl Fn(&str, &mut Vec<u8>) -> bool) -> Vec<u8> {
    let mut source = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut target = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..source.len() {
        let mut entry = source.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        let name = entry.name().unwrap().into_owned();
        if keep(&name, &mut content) {
            target.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            target.write_all(&content).unwrap();
        }
    }
    target.finish().unwrap().into_inner()
}

fn replace(content: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(std::mem::take(content)).unwrap();
    assert!(text.contains(from));
    *content = text.replace(from, to).into();
}

/// Of the 296 rows, 237 hang on the zip, what the note says was changed on the disk, and the key: in 204 of them the
/// Gateway found the bundle on its disk, in 33 it had removed it and downloaded it anew. The other 59 hang on another
/// zip that the host had by then, and that was not kept.
#[test]
fn agrees_with_every_recorded_reload_of_a_known_zip() {
    let mut reloads = reloads();
    assert_eq!(reloads.len(), 296);
    reloads.retain(Reload::is_of_this_zip);
    let existing = reloads.iter().filter(|reload| reload.existing).count();
    assert_eq!((reloads.len(), existing), (237, 204));
    let differ = reloads.iter().filter_map(|reload| {
        let on_disk = State::OnDisk { skip_verify: reload.skip_verify };
        let state = if reload.existing { on_disk } else { State::Fresh };
        let difference = difference(&reload.load, &reload.verdict(state))?;
        Some(format!("{} {difference}", reload.phase))
    });
    let differ: Vec<_> = differ.collect();
    assert!(differ.is_empty(), "{}:\n{}", differ.len(), differ.join("\n"));
}

/// Until 5.10.0 a bundle that unpacks in part is removed where that part does not verify: it never is on the disk.
#[test]
fn a_bundle_that_is_never_on_the_disk_is_told_of_as_a_download() {
    let mut seen = 0;
    for reload in reloads().iter().filter(|reload| {
        !reload.existing && reload.load.case.starts_with("reload-failed-unzip-manifest-first")
    }) {
        let verdict = reload.verdict(State::OnDisk { skip_verify: reload.skip_verify });
        assert_eq!(difference(&reload.load, &verdict), None);
        assert!(verdict.hints.iter().any(|hint| hint.contains("never on its disk")));
        seen += 1;
    }
    assert_eq!(seen, 15);
}
