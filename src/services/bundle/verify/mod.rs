//! What a Gateway would do with a bundle, downloaded afresh or on its disk already, and whether checksum and signature
//! hold.
//!
//! Nothing is written to disk, and files are streamed: a listed file is inflated twice, once to see that the bundle
//! unpacks, once for the digests, as its place in the list is known only after the manifest was found.

mod on_disk;
mod verdict;

use std::io::{Read, Seek};

pub use verdict::{Checksums, Refusal, Signature, Verdict};

use super::go_base64;
use super::keys::{KeyError, PublicKey};
use super::read::{Archive, Budget, Fault, Limits};
use super::unpack::Refusal::Missing;
use super::unpack::{Tree, path, unpack};
use crate::domain::bundle::{Checksum, Digests};
use crate::domain::gateway_version::{Gateway, Loading, State};
use crate::domain::manifest::{FILE_NAME, Manifest, Trailing};

/// The key that a Gateway has as `public_key_path`: one that it can use, or one that it refuses when it comes to it.
pub type Key<'a> = Result<&'a PublicKey, &'a KeyError>;

/// Verifies a bundle as this Gateway would; an error only where the file cannot be read. Where it may be any release,
/// the bundle must load in all: what the newest that refuses it says comes first.
pub fn verify<R: Read + Seek>(
    mut bundle: R,
    key: Option<Key<'_>>,
    gateway: &Gateway,
    state: State,
    limits: Limits,
) -> std::io::Result<Verdict> {
    let mut verdicts = Vec::new();
    for loading in gateway.loadings {
        let verdict = match state {
            State::Fresh => fresh(&mut bundle, key, loading, limits)?,
            State::OnDisk { skip_verify } => {
                on_disk::verify(&mut bundle, key, loading, skip_verify, limits)?
            }
        };
        verdicts.push((loading, verdict));
    }
    let mut verdict = strictest(verdicts);
    verdict.hints.splice(0..0, gateway.hint.clone());
    Ok(verdict)
}

/// The verdict of the newest Gateway that refuses, else of the newest, and a word on those that differ.
fn strictest(mut verdicts: Vec<(&Loading, Verdict)>) -> Verdict {
    let releases = |ok: bool| {
        let those = verdicts.iter().filter(|(_, verdict)| verdict.ok() == ok);
        those.map(|(loading, _)| loading.releases).collect::<Vec<_>>().join("; ")
    };
    let (loads, refuses) = (releases(true), releases(false));
    let strictest = verdicts.iter().position(|(_, verdict)| !verdict.ok()).unwrap_or_default();
    let mut verdict = verdicts.swap_remove(strictest).1;
    if !loads.is_empty() && !refuses.is_empty() {
        verdict.hints.push(format!("Gateways {refuses} refuse it; {loads} load it"));
    }
    verdict
}

/// What a Gateway makes of a download.
fn fresh<R: Read + Seek>(
    bundle: R,
    key: Option<Key<'_>>,
    gateway: &Loading,
    limits: Limits,
) -> std::io::Result<Verdict> {
    let mut verdict = downloaded(bundle, key, gateway, limits)?;
    if !gateway.refuses_unverified && !verdict.refusals.is_empty() {
        let then = if verdict.ok() {
            "this Gateway only logs that, and loads the bundle all the same"
        } else {
            "this Gateway serves the API all the same, without its plugins"
        };
        verdict.hints.push(then.into());
    }
    Ok(verdict)
}

fn downloaded<R: Read + Seek>(
    bundle: R,
    key: Option<Key<'_>>,
    gateway: &Loading,
    limits: Limits,
) -> std::io::Result<Verdict> {
    let mut verdict = Verdict::default();
    // A Gateway that swallows what goes wrong here goes on with what was unpacked until then.
    let swallows = |is_limit: bool| !gateway.refuses_unpack_errors && !is_limit;
    let mut archive = match Archive::open(bundle, limits) {
        Ok(archive) => archive,
        Err(Fault::Io(error)) => return Err(error),
        Err(Fault::Zip(error)) => {
            if swallows(error.is_limit()) {
                verdict.refuse(no_manifest("open", Missing));
            } else {
                verdict.refuse_unpacking(&error, gateway);
            }
            return Ok(verdict);
        }
    };
    let unpacked = unpack(&mut archive, gateway)?;
    let tree = match unpacked.failed {
        Some(error) if !swallows(error.is_limit()) => {
            verdict.refuse_unpacking(&error, gateway);
            Tree::of_all(&archive)
        }
        _ => unpacked.tree,
    };
    let unpacks = verdict.ok();
    let Some(manifest) = read_manifest(&mut verdict, &mut archive, &tree)? else {
        return Ok(verdict);
    };
    check(&mut verdict, &mut archive, &tree, &manifest, key, gateway)?;
    if unpacks && !gateway.refuses_unverified {
        verdict.forgive();
    }
    Ok(verdict)
}

/// The manifest; `None` where there is none to load, which is refused.
fn read_manifest<R: Read + Seek>(
    verdict: &mut Verdict,
    archive: &mut Archive<R>,
    tree: &Tree,
) -> std::io::Result<Option<Manifest>> {
    match manifest(archive, tree) {
        Ok(manifest) => Ok(Some(manifest)),
        Err(Failed::Io(error)) => Err(error),
        Err(Failed::Refused(refusal)) => {
            verdict.refuse(refusal);
            Ok(None)
        }
    }
}

/// Why something in the bundle could not be had.
enum Failed {
    Io(std::io::Error),
    Refused(Refusal),
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Io(error) => Self::Io(error),
            Fault::Zip(error) => {
                Self::Refused(Refusal::new(error.to_string(), verdict::zip_help(&error)))
            }
        }
    }
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The manifest that a Gateway finds in the unpacked bundle.
fn manifest<R: Read + Seek>(archive: &mut Archive<R>, tree: &Tree) -> Result<Manifest, Failed> {
    let text = manifest_text(archive, tree)?;
    if text.trim_ascii().is_empty() {
        return Err(Refusal::new(
            "EOF",
            "the bundle's manifest.json is empty: build the bundle anew",
        )
        .into());
    }
    Manifest::decode(&text, Trailing::Ignored).map_err(|error| {
        let place = error.place();
        let message = format!("{FILE_NAME}:{}:{}: {error}", place.line, place.column);
        Refusal::new(message, "correct the manifest and build the bundle anew").into()
    })
}

fn no_manifest(call: &str, refusal: super::unpack::Refusal) -> Refusal {
    let help = "a bundle has its manifest.json at the top: build it with `tyk-tui build`, or zip the files and not \
                their folder";
    Refusal::new(format!("{call} {FILE_NAME}: {refusal}"), help)
}

/// The bytes of the manifest; bounded, as they are held in memory.
fn manifest_text<R: Read + Seek>(archive: &mut Archive<R>, tree: &Tree) -> Result<Vec<u8>, Failed> {
    let index =
        tree.open(FILE_NAME.as_bytes()).map_err(|(call, refusal)| no_manifest(call, refusal))?;
    let limit = archive.limits().manifest;
    if archive.entries()[index].uncompressed > limit {
        let message =
            format!("{FILE_NAME} has more than {limit} bytes: this is more than tyk-tui looks at");
        return Err(Refusal::new(
            message,
            "a manifest is a few kilobytes; look at what was packed",
        )
        .into());
    }
    let mut text = Vec::new();
    archive.stream(index, &mut Budget::new(limit), &mut |bytes| text.extend_from_slice(bytes))?;
    Ok(text)
}

/// The manifest of a bundle whose directory was read, whatever else is wrong with it: for showing what is in it.
pub(super) fn shown_manifest<R: Read + Seek>(
    archive: &mut Archive<R>,
) -> std::io::Result<Result<Manifest, Refusal>> {
    let tree = Tree::of_all(archive);
    match manifest(archive, &tree) {
        Ok(manifest) => Ok(Ok(manifest)),
        Err(Failed::Refused(refusal)) => Ok(Err(refusal)),
        Err(Failed::Io(error)) => Err(error),
    }
}

/// Checksum and signature, in the Gateway's order.
fn check<R: Read + Seek>(
    verdict: &mut Verdict,
    archive: &mut Archive<R>,
    tree: &Tree,
    manifest: &Manifest,
    key: Option<Key<'_>>,
    gateway: &Loading,
) -> std::io::Result<()> {
    verdict.checksum.manifest = Some(manifest.checksum.clone());
    let signed = !manifest.signature.is_empty();
    verdict.signature = if signed { Signature::Unchecked } else { Signature::Absent };
    if key.is_some() && !signed {
        verdict.refuse(Refusal::new(
            "Bundle isn't signed",
            "a Gateway with `public_key_path` takes signed bundles only: build it with `--key`",
        ));
    }
    let computed = match digests(archive, tree, manifest) {
        Ok(computed) => computed,
        Err(Failed::Io(error)) => return Err(error),
        Err(Failed::Refused(refusal)) => {
            verdict.refuse(refusal);
            return Ok(());
        }
    };
    verdict.checksum.computed = Some(computed.md5.clone());
    if !verdict.checksum.equal() {
        let help = if computed.md5.eq_ignore_ascii_case(&manifest.checksum) {
            "a Gateway compares with lower-case hexadecimal digits: build the bundle anew"
        } else {
            "files or `file_list` are not those that the checksum was made of: build the bundle anew"
        };
        verdict.refuse(Refusal::new(gateway.wrong_checksum, help));
    }
    if let (Some(key), true) = (key, signed) {
        check_signature(verdict, &computed, &manifest.signature, key);
    }
    verdict.sound =
        verdict.checksum.equal() && (key.is_none() || verdict.signature == Signature::Valid);
    Ok(())
}

fn check_signature(verdict: &mut Verdict, computed: &Checksum, signature: &str, key: Key<'_>) {
    let key = match key {
        Ok(key) => key,
        Err(error) => return verdict.refuse(Refusal::of_key(error)),
    };
    verdict.signature = Signature::Invalid;
    match go_base64::decode(signature.as_bytes()) {
        Err(at) => verdict.refuse(Refusal::new(
            format!("illegal base64 data at input byte {at}"),
            "a signature is padded standard base64: build the bundle anew with `--key`",
        )),
        Ok(bytes) if key.verifies(computed.sha256, &bytes) => verdict.signature = Signature::Valid,
        Ok(_) => verdict.refuse(Refusal::new(
            "crypto/rsa: verification error",
            "it is signed by another key, or files or `file_list` changed after it was signed: sign it with the \
             private key that belongs to this public key",
        )),
    }
}

/// The digests over the listed files in their order.
fn digests<R: Read + Seek>(
    archive: &mut Archive<R>,
    tree: &Tree,
    manifest: &Manifest,
) -> Result<Checksum, Failed> {
    let mut digests = Digests::default();
    let mut budget = Budget::new(archive.limits().unpacked);
    for name in manifest.files() {
        let shown = path::shown(name.as_bytes());
        let path = path::joined(name.as_bytes()).ok_or_else(|| {
            let message = format!("open {shown}: outside the bundle");
            Refusal::new(message, "list only files of the bundle in `file_list`")
        })?;
        let index = tree.open(&path).map_err(|(call, refusal)| {
            let help = "`file_list` names what is not a file of the bundle: build it anew";
            Refusal::new(format!("{call} {shown}: {refusal}"), help)
        })?;
        archive.stream(index, &mut budget, &mut |bytes| digests.update(bytes))?;
    }
    Ok(digests.finish())
}

#[cfg(test)]
mod tests;
