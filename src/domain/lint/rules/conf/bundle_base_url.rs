//! A `bundle_base_url` from which nothing can be fetched.

use super::{say, set};
use crate::domain::conf::{BaseUrlError, bundle_url, keys};
use crate::domain::gateway_version::{Gateway, Number};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-bundle-base-url",
    severity: Severity::Error,
    about: "A Gateway fetches bundles over http and https, and from file URLs from 5.3.3 and 5.5 on; with another scheme or \
            none every API with a bundle is dropped.",
    source: "recorded: nine base URLs on six Gateways",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let key = keys::BUNDLE_BASE_URL;
    for conf in &facts.confs {
        let url = conf.text(key);
        match bundle_url(&url, "bundle.zip") {
            // Whether an API needs it is another rule's.
            Err(BaseUrlError::Empty) => {}
            Err(error) => {
                let with_scheme = (error == BaseUrlError::NoScheme)
                    .then(|| set(conf, key, format!("http://{}", url.trim_start_matches('/'))));
                let message = format!("bundle_base_url {url:?}: {error}");
                say(report, conf, key, message).fixed_by(with_scheme.flatten());
            }
            Ok(url) if url.starts_with("file:") => {
                let Some(gateway) = &facts.gateway else {
                    let message = "a bundle_base_url of a file works from Gateway 5.3.3 and 5.5 on";
                    say(report, conf, key, message).as_grave_as(Severity::Hint);
                    continue;
                };
                if !reads_files(gateway) {
                    let message = format!("Gateway {} fetches no bundle from a file", gateway.name);
                    say(report, conf, key, message);
                }
            }
            Ok(_) => {}
        }
    }
}

/// From 5.3.3 and from 5.5 on; 5.4.0 does not.
fn reads_files(gateway: &Gateway) -> bool {
    let late_5_3 = gateway.number.is_some_and(|number| (number.major, number.minor) == (5, 3))
        && gateway.is_since(Number::new(5, 3, 3));
    late_5_3 || gateway.is_since(Number::new(5, 5, 0))
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, fixed, nothing, one};
    use super::RULE;
    use crate::domain::lint::Facts;
    use crate::domain::task::Severity;

    fn text(url: &str) -> String {
        format!(r#"{{"bundle_base_url": "{url}"}}"#)
    }

    #[test]
    fn a_url_that_a_gateway_cannot_fetch_from() {
        assert_eq!(fixed(RULE.id, &conf(&text("h:8000/b"))), text("http://h:8000/b"));
        assert!(one(RULE.id, &conf(&text("s3://bucket/"))).message.contains("Unknown URL scheme"));
        for right in ["http://h/", "https://h/pre/?token=1", ""] {
            nothing(RULE.id, &conf(&text(right)));
        }
    }

    #[test]
    fn files_are_read_by_some_releases() {
        let on = |version: &str| {
            let gateway = Some(version.parse().unwrap());
            Facts { gateway, ..conf(&text("file:///opt/bundles/")) }
        };
        for version in ["5.3.0", "5.3.2", "5.4.0", "-dev"] {
            assert_eq!(one(RULE.id, &on(version)).severity, Severity::Error, "{version}");
        }
        for version in ["5.3.3", "5.5.0", "5.14.0"] {
            nothing(RULE.id, &on(version));
        }
        let unknown = one(RULE.id, &conf(&text("file:///opt/bundles/")));
        assert_eq!(unknown.severity, Severity::Hint);
    }
}
