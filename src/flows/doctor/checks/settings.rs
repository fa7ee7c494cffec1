//! Every setting that plugins need, by the rules of lint.

use super::super::Known;
use super::super::check::{Check, State, place, written};
use crate::domain::conf::{Conf, Environment, KEYS, Source};
use crate::domain::lint::{self, Facts, Finding};
use crate::domain::task::Severity;

pub(in super::super) fn check(known: &Known<'_>, found: &mut Vec<Check>) {
    let Some(conf) = known.conf() else {
        let check =
            Check::new("settings", State::Unknown, "no tyk.conf, and no TYK_GW_ variable here");
        found.push(check.change("give its tyk.conf with --conf FILE"));
        return;
    };
    let findings = lint::run(&known.facts);
    let findings: Vec<_> =
        findings.iter().filter(|found| found.rule.starts_with("conf-")).collect();
    for key in KEYS.iter().copied() {
        let about = |finding: &&&Finding| finding.message.contains(key.words[key.words.len() - 1]);
        let setting = conf.get(key);
        if findings.iter().any(|finding| about(&finding)) || setting.source == Source::Default {
            continue;
        }
        let text = format!("{}: {}", key.name(), setting.shown());
        found.push(Check::new("setting", State::Ok, text).at(place(conf, key)));
    }
    let merged = merged(conf);
    let facts = Facts { confs: merged.iter().cloned().collect(), ..known.facts.clone() };
    let of_merged = lint::run(&facts);
    for finding in findings {
        let again = of_merged.iter().find(|other| {
            other.rule == finding.rule && finding.message.starts_with(other.message.as_str())
        });
        let change = again.and_then(|other| fixed_setting(merged.as_ref()?, other));
        found.push(of(finding, change));
    }
}

/// The same settings as one file: a fix of it says what to set, wherever the setting is from.
fn merged(conf: &Conf) -> Option<Conf> {
    let mut text = conf.document().map_or_else(|| b"{}".to_vec(), |file| file.source().to_vec());
    for key in KEYS.iter().copied() {
        let setting = conf.get(key);
        if let (Source::Environment(_), Some(value)) = (setting.source, setting.value) {
            let file = Conf::open("tyk.conf", &text, Environment::default()).ok()?;
            text = file.set(key, &value)?.apply(&text);
        }
    }
    Conf::open("tyk.conf", text, Environment::default()).ok()
}

fn of(finding: &Finding, change: Option<String>) -> Check {
    let state = match finding.severity {
        Severity::Error => State::Fail,
        Severity::Warning | Severity::Hint => State::Warn,
    };
    let file = &finding.file;
    let place = finding.place.map_or_else(|| file.clone(), |place| format!("{file}:{place}"));
    let mut check = Check::new(finding.rule, state, &finding.message).at(place);
    if let Some(fix) = &finding.fix {
        check = check.expected(fix.title.clone()).change(fix.title.clone());
    }
    match change {
        Some(change) => check.change(change),
        None => check,
    }
}

/// The setting that a finding's fix sets, as it is to be written.
fn fixed_setting(conf: &Conf, finding: &Finding) -> Option<String> {
    let text = finding.fix.as_ref()?.apply(conf.document()?.source());
    let after = Conf::open("tyk.conf", text, Environment::default()).ok()?;
    let key = KEYS.iter().find(|key| conf.get(key).value != after.get(key).value)?;
    Some(written(key, &after.get(key).value?))
}
