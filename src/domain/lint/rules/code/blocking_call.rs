//! A hook that waits while every other waits for it.

use super::plugin::{called_hooks, plugins};
use super::{Facts, Report, Rule};
use crate::domain::code::python::Deed;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "blocking-call",
    severity: Severity::Hint,
    about: "One Python hook runs at a time in the whole Gateway, without a limit of time: while one sleeps or waits for a \
            network, all Python hooks of all APIs wait. Threads of one's own stand still between hooks.",
    source: "Tyk Gateway 5.14: recorded (slow, thread)",
    check,
};

/// Modules whose calls wait for something far away.
const FAR: &[&str] = &[
    "aiohttp.",
    "boto3.",
    "ftplib.",
    "http.client.",
    "httpx.",
    "imaplib.",
    "ldap3.",
    "mysql.",
    "psycopg.",
    "psycopg2.",
    "pymongo.",
    "pymysql.",
    "redis.",
    "requests.",
    "smtplib.",
    "socket.",
    "subprocess.",
    "urllib.request.",
    "urllib3.",
];

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        for act in hook.acts() {
            let Deed::Call(call) = &act.deed else { continue };
            let Some(name) = hook.module().meaning(&call.callee, act.scope) else { continue };
            if name == "time.sleep" || FAR.iter().any(|module| name.starts_with(module)) {
                let message = format!("while {name} waits, every Python hook of the Gateway waits");
                hook.say(report, act.span.start, message);
            }
        }
    }
    for plugin in plugins(facts) {
        for source in plugin.sources() {
            for act in source.python.acts_at_load() {
                let Deed::Call(call) = &act.deed else { continue };
                let meaning = source.python.meaning(&call.callee, None);
                if meaning
                    .is_some_and(|name| name == "threading.Thread" || name == "threading.Timer")
                {
                    let message = "this thread stands still between hooks";
                    plugin.say(report, source, act.span.start, message);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, pre};

    #[test]
    fn a_call_that_waits() {
        let caught = |imports: &str, line: &str| {
            found("blocking-call", &pre(&(imports.to_owned() + &body(line)))).len()
        };
        assert_eq!(caught("import time\n", "time.sleep(1)"), 1);
        assert_eq!(caught("from urllib.request import urlopen\n", "urlopen('http://x')"), 1);
        assert_eq!(caught("import requests as r\n", "r.get('http://x')"), 1);
        assert_eq!(caught("import time\n", "time.time()"), 0);
        assert_eq!(caught("import time\ntime.sleep(1)\n", "pass"), 0);
        assert_eq!(caught("import threading\nthreading.Thread(target=f).start()\n", "pass"), 1);
    }
}
