//! Every setting that plugins need, by the rules of lint.

use super::super::Known;
use super::super::check::{Check, State, place, written};
use crate::domain::conf::{Conf, KEYS, Key, Source};
use crate::domain::lint::{self, Finding};
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
    found.extend(findings.into_iter().map(|finding| of(conf, finding)));
}

fn of(conf: &Conf, finding: &Finding) -> Check {
    let state = match finding.severity {
        Severity::Error => State::Fail,
        Severity::Warning | Severity::Hint => State::Warn,
    };
    let file = &finding.file;
    let place = finding.place.map_or_else(|| file.clone(), |place| format!("{file}:{place}"));
    let mut check = Check::new(finding.rule, state, &finding.message).at(place);
    if let Some(fix) = &finding.fix {
        let change = fixed_setting(conf, finding);
        check = check.expected(fix.title.clone()).change(change.unwrap_or(fix.title.clone()));
    }
    check
}

/// The setting that a finding's fix sets, as it is to be written.
fn fixed_setting(conf: &Conf, finding: &Finding) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    let text = fix.apply(conf.document()?.source());
    let after = Conf::open(file_of(conf), text, conf.environment().clone()).ok()?;
    let changed = |key: &&&'static Key| conf.get(key).value != after.get(key).value;
    let key = KEYS.iter().find(changed)?;
    Some(written(key, &after.get(key).value?))
}

fn file_of(conf: &Conf) -> String {
    conf.file.clone().unwrap_or_default()
}
