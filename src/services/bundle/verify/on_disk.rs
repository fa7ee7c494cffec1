//! What a Gateway makes of a bundle whose folder it finds on its disk: it is found by the bundle's name, and nothing is
//! downloaded.

use std::io::{Read, Seek};

use super::{Key, Verdict, check, fresh, no_manifest, read_manifest};
use crate::domain::gateway_version::{Loading, OnDisk};
use crate::domain::manifest::Manifest;
use crate::services::bundle::read::{Archive, Fault, Limits};
use crate::services::bundle::unpack::Refusal::Missing;
use crate::services::bundle::unpack::unpack;

/// The verdict over the folder that this bundle unpacks to: whole, or as far as unpacking came where the Gateway leaves
/// such a folder behind. What a Gateway removes again it finds as a download only.
pub(super) fn verify<R: Read + Seek>(
    mut bundle: R,
    key: Option<Key<'_>>,
    gateway: &Loading,
    skip_verify: bool,
    limits: Limits,
) -> std::io::Result<Verdict> {
    let mut verdict = Verdict::default();
    let mut archive = match Archive::open(&mut bundle, limits) {
        Ok(archive) => archive,
        Err(Fault::Io(error)) => return Err(error),
        Err(Fault::Zip(_)) if !gateway.refuses_unpack_errors => {
            return swallowed(bundle, key, gateway, limits);
        }
        Err(Fault::Zip(_)) => {
            verdict.refuse(no_manifest("open", Missing));
            return Ok(verdict);
        }
    };
    let unpacked = unpack(&mut archive, gateway)?;
    if unpacked.failed.is_some() && !gateway.refuses_unpack_errors {
        drop(archive);
        return swallowed(bundle, key, gateway, limits);
    }
    let Some(manifest) = read_manifest(&mut verdict, &mut archive, &unpacked.tree)? else {
        if gateway.on_disk == OnDisk::Nothing {
            verdict.hints.push(
                "this Gateway serves an API without hooks where the bundle on its disk has no manifest".into(),
            );
        }
        return Ok(verdict);
    };
    check(&mut verdict, &mut archive, &unpacked.tree, &manifest, key, gateway)?;
    if let Some(why) = overlooks(gateway.on_disk, &manifest, skip_verify) {
        verdict.overlook(why);
    }
    Ok(verdict)
}

/// A bundle that does not unpack, and a Gateway that goes on with what it has of it: it stays on the disk where that
/// verifies, and nothing is verified then; else it is removed, and downloaded anew at every load.
fn swallowed<R: Read + Seek>(
    mut bundle: R,
    key: Option<Key<'_>>,
    gateway: &Loading,
    limits: Limits,
) -> std::io::Result<Verdict> {
    let mut verdict = fresh(&mut bundle, None, gateway, limits)?;
    if verdict.ok() {
        verdict.overlook(NOT_LOOKED_AT);
        return Ok(verdict);
    }
    verdict = fresh(bundle, key, gateway, limits)?;
    verdict.hints.push(
        "this Gateway removes what does not unpack or verify: the bundle is never on its disk, and downloaded anew at \
         every load"
            .into(),
    );
    Ok(verdict)
}

const NOT_LOOKED_AT: &str = "this Gateway verifies nothing that is on its disk already";

/// Why what is wrong with a bundle on the disk is not looked at; `None` where it is.
fn overlooks(on_disk: OnDisk, manifest: &Manifest, skip_verify: bool) -> Option<&'static str> {
    match on_disk {
        OnDisk::Nothing => Some(NOT_LOOKED_AT),
        OnDisk::Signed if skip_verify => Some(
            "`skip_verify_existing_plugin_bundle` keeps this Gateway from verifying what is on its disk",
        ),
        OnDisk::Signed if manifest.signature.is_empty() => Some(
            "this Gateway verifies what is on its disk only where the manifest has a signature",
        ),
        OnDisk::Everything | OnDisk::Signed => None,
    }
}
