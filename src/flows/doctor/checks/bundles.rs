//! Whether the bundles can be had where the Gateway would fetch them, and whether it would load them.

use std::io::Cursor;
use std::path::Path;

use super::super::Known;
use super::super::check::{Check, State, place};
use super::container::from_here;
use crate::domain::conf::{Conf, bundle_url, keys};
use crate::domain::gateway_version::{Gateway, State as Load};
use crate::net::http::fetch;
use crate::services::bundle::keys::PublicKey;
use crate::services::bundle::read::Limits;
use crate::services::bundle::verify::verify;

const ID: &str = "bundle-url";

pub(in super::super) async fn check(known: &Known<'_>, found: &mut Vec<Check>) {
    let Some(conf) = known.conf() else { return };
    let base = conf.text(keys::BUNDLE_BASE_URL);
    let names = known.bundles();
    if names.is_empty() {
        let text = "no API that is known of names a bundle";
        found.push(
            Check::new(ID, State::Skipped, text).change("give API definitions, or the Gateway"),
        );
        return;
    }
    for name in names {
        // A base URL from which nothing can be fetched is told by its rule.
        let Ok(url) = bundle_url(&base, &name) else { return };
        let check = if let Some(path) = url.strip_prefix("file://") {
            file(known, &url, path)
        } else {
            fetched(known, conf, &url).await
        };
        found.push(check.at(place(conf, keys::BUNDLE_BASE_URL)));
    }
}

fn file(known: &Known<'_>, url: &str, path: &str) -> Check {
    match std::fs::read(path) {
        Ok(bytes) => verified(known, url, &bytes),
        Err(error) => Check::new(ID, State::Unknown, format!("{url}: {error}"))
            .expected("the file is there on the Gateway's machine"),
    }
}

async fn fetched(known: &Known<'_>, conf: &Conf, url: &str) -> Check {
    let shown = without_password(url);
    let insecure = conf.is_on(keys::BUNDLE_INSECURE_SKIP_VERIFY);
    match fetch(&from_here(url), insecure).await {
        Ok(answer) if answer.status.as_u16() == 200 => verified(known, &shown, &answer.body),
        Ok(answer) => {
            let text = format!("{shown} answers {}", answer.status.as_u16());
            Check::new(ID, State::Fail, text)
                .expected("200 within 5 s: a reload waits 5 to 9 s for each bundle that is missing")
                .change(
                    "publish the bundle under this name (tyk-tui ships it by `s` in the console)",
                )
        }
        Err(error) => {
            let state = if known.is_elsewhere() { State::Unknown } else { State::Fail };
            Check::new(ID, state, format!("{shown}: {error}"))
                .expected("200 within 5 s")
                .change("tyk-tui host FOLDER, or the address in bundle_base_url")
        }
    }
}

/// What the Gateway would do with what is there.
fn verified(known: &Known<'_>, url: &str, bytes: &[u8]) -> Check {
    let path = known.conf().map(|conf| conf.text(keys::PUBLIC_KEY_PATH)).unwrap_or_default();
    let key = PublicKey::load(Path::new(&path)).ok();
    let gateway = known.facts.gateway.clone().unwrap_or_else(|| Gateway::any(None));
    let limits = Limits::default();
    let verdict = verify(Cursor::new(bytes), key.as_ref().map(Ok), &gateway, Load::Fresh, limits);
    match verdict.as_ref().map(|verdict| (verdict.ok(), verdict.refusals.first())) {
        Ok((true, _)) => {
            Check::new(ID, State::Ok, format!("{url}: {} bytes, would be loaded", bytes.len()))
        }
        Ok((false, Some(refusal))) => {
            Check::new(ID, State::Fail, format!("{url}: {}", refusal.message))
                .expected("a bundle that the Gateway loads")
                .change(refusal.help.clone())
        }
        _ => Check::new(ID, State::Unknown, format!("{url}: cannot be looked into")),
    }
}

/// A base URL may hold a name and password.
fn without_password(url: &str) -> String {
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.split_once('@')?))) {
        Some((scheme, (user, rest))) if !user.contains('/') => format!("{scheme}://…@{rest}"),
        _ => url.to_owned(),
    }
}
