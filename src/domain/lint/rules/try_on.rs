//! Facts for the rules' tests, and fixes applied to them.

use crate::domain::lint::{ApiFile, Facts, Finding, ManifestFile, Report, find};
use crate::domain::task::Severity;

/// Facts of one API definition, `api.json`.
pub(super) fn api(text: &str) -> Facts {
    Facts { apis: vec![ApiFile::open("api.json", text).unwrap()], ..Facts::default() }
}

/// Facts of one manifest, `manifest.json`; nobody looked at its folder.
pub(super) fn manifest(text: &str) -> Facts {
    Facts {
        manifests: vec![ManifestFile::open("manifest.json", text).unwrap()],
        ..Facts::default()
    }
}

/// Facts of a manifest with this in `custom_middleware`, beside the driver grpc.
pub(super) fn middleware(more: &str) -> Facts {
    manifest(&format!(r#"{{"file_list": [], "custom_middleware": {{"driver": "grpc", {more}}}}}"#))
}

/// Facts of an OAS definition with this in `server` and this in `middleware.global`.
pub(super) fn oas(server: &str, global: &str) -> Facts {
    api(&format!(
        r#"{{"openapi": "3.0.3", "info": {{"title": "t", "version": "1"}}, "paths": {{}},
            "x-tyk-api-gateway": {{
              "info": {{"name": "t", "state": {{"active": true}}}}, "upstream": {{"url": "http://up"}},
              "server": {{"listenPath": {{"value": "/t/"}}{}{server}}},
              "middleware": {{"global": {{{global}}}}}}}}}"#,
        if server.is_empty() { "" } else { ", " }
    ))
}

/// What one rule finds.
pub(super) fn found(rule: &str, facts: &Facts) -> Vec<Finding> {
    let rule = find(rule).unwrap();
    let mut found = Vec::new();
    (rule.check)(facts, &mut Report::of(rule, &mut found));
    found
}

/// How grave what one rule finds is, and on which path.
pub(super) fn caught(rule: &str, facts: &Facts) -> Vec<(Severity, String)> {
    let path = |finding: &Finding| finding.path.as_ref().map(ToString::to_string);
    found(rule, facts)
        .iter()
        .map(|finding| (finding.severity, path(finding).unwrap_or_default()))
        .collect()
}

/// The facts' only text after the fix of the first that one rule finds, in which it finds one less.
pub(super) fn fixed(rule: &str, facts: &Facts) -> String {
    let before = found(rule, facts);
    let text = facts.texts().next().unwrap();
    let fix = before[0].fix.as_ref().expect("a fix");
    let text_after = fix.apply(text.definition.source());
    let mut after = facts.clone();
    if let Some(manifest) = after.manifests.first_mut() {
        let opened = ManifestFile::open(manifest.file.clone(), &text_after).unwrap();
        *manifest = ManifestFile {
            listed: manifest.listed.clone(),
            beside: manifest.beside.clone(),
            code: manifest.code.clone(),
            ..opened
        };
    } else {
        after.apis[0] = ApiFile::open("api.json", &text_after).unwrap();
    }
    assert_eq!(found(rule, &after).len(), before.len() - 1, "the fix mends it");
    String::from_utf8(text_after).unwrap()
}

/// Facts of a Python plugin: the hooks of its manifest as JSON members of `custom_middleware`, and its files.
pub(super) fn python(hooks: &str, files: &[(&str, &str)]) -> Facts {
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let list = serde_json::to_string(&names).unwrap();
    let text =
        format!(r#"{{"file_list": {list}, "custom_middleware": {{{hooks}, "driver": "python"}}}}"#);
    let mut manifest = ManifestFile::open("manifest.json", text).unwrap();
    let read = |(name, text): &(&str, &str)| crate::services::code::read(name, text);
    manifest.code = files.iter().filter_map(read).collect();
    Facts { manifests: vec![manifest], ..Facts::default() }
}

/// Facts of a plugin of one file whose `pre` hook is `A`; Tyk's usual imports come before its text.
pub(super) fn pre(text: &str) -> Facts {
    one_hook(r#""pre": [{"name": "A"}]"#, text)
}

/// The same with another manifest.
pub(super) fn one_hook(hooks: &str, text: &str) -> Facts {
    python(hooks, &[("middleware.py", &with_imports(text))])
}

/// A text with Tyk's usual imports before it.
pub(super) fn with_imports(text: &str) -> String {
    format!("from tyk.decorators import *\nfrom gateway import TykGateway as tyk\n{text}")
}

/// A `pre` hook `A` of three parameters with this in its body.
pub(super) fn body(text: &str) -> String {
    format!("@Hook\ndef A(request, session, spec):\n    {text}\n    return request, session\n")
}

/// The text of a file of the code after the fix of what was found.
pub(super) fn mended(facts: &Facts, found: &Finding) -> String {
    let fix = found.fix.as_ref().unwrap();
    let manifest = &facts.manifests[0];
    let code = manifest.code.iter().find(|source| source.file == fix.file);
    let text = code.map_or(manifest.document().source(), |source| source.text.as_bytes());
    String::from_utf8(fix.apply(text)).unwrap()
}
