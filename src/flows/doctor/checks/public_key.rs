//! Whether the Gateway's public key is one, and belongs to the key that bundles are signed with.

use std::path::Path;

use super::super::Known;
use super::super::check::{Check, State, place, written};
use crate::domain::conf::keys;
use crate::services::bundle::keys::{KeyError, PublicKey};

const ID: &str = "public-key";

pub(in super::super) fn check(known: &Known<'_>, found: &mut Vec<Check>) {
    let Some(conf) = known.conf() else { return };
    let key = keys::PUBLIC_KEY_PATH;
    let path = conf.text(key);
    if path.is_empty() {
        let text = "public_key_path is not set: bundles are loaded whether signed or not";
        found.push(
            Check::new(ID, State::Warn, text).change(written(key, &"/path/to/public.pem".into())),
        );
        return;
    }
    let check = match (PublicKey::load(Path::new(&path)), &known.patient.signing_key) {
        (Err(KeyError::Unreadable(error)), _) => {
            Check::new(ID, State::Unknown, format!("{path}: {error}"))
                .expected("the file is there on the Gateway's machine")
        }
        (Err(error), _) => {
            let problem = error.problem(Path::new(&path));
            let check = Check::new(ID, State::Fail, format!("{path}: {}", problem.what));
            check.expected("PEM `PUBLIC KEY`").change(problem.help.unwrap_or_default())
        }
        (Ok(public), None) => Check::new(
            ID,
            State::Ok,
            format!("{path}: {} bits, {}", public.bits(), public.fingerprint()),
        ),
        (Ok(public), Some(own)) if public.fingerprint() == own.fingerprint() => {
            Check::new(ID, State::Ok, format!("{path} belongs to the signing key"))
        }
        (Ok(_), Some(_)) => Check::new(ID, State::Fail, format!("{path} is not the signing key's"))
            .expected("the public half of the key that bundles are signed with")
            .change("copy the signing key's public half there, or sign with the other key"),
    };
    found.push(check.at(place(conf, key)));
}
