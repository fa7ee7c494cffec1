//! A driver that no Gateway has.

use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::manifest::DRIVERS;
use crate::domain::nearest::nearest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unknown-driver",
    severity: Severity::Error,
    about: "A Gateway answers 500 to every request of an API whose hooks name a driver that it does not know; case counts. The schema of Tyk OAS refuses it.",
    source: "recorded: classic 269, Tyk OAS 313",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts() {
        let driver = text.definition.driver();
        let name = driver.text();
        if name.is_empty() || DRIVERS.iter().any(|known| known.name == name) {
            continue;
        }
        let known = || DRIVERS.iter().map(|driver| driver.name);
        let meant = nearest(&name, known());
        let message = match meant {
            Some(meant) if meant.eq_ignore_ascii_case(&name) => {
                format!("unknown driver {name}: case counts, write {meant}")
            }
            Some(meant) => format!("unknown driver {}: did you mean {meant}?", shown(&name)),
            None => format!(
                "unknown driver {}: Gateways know {}, and answer 500 with any other",
                shown(&name),
                known().collect::<Vec<_>>().join(", ")
            ),
        };
        let fix = meant.and_then(|meant| text.set(&driver.path, meant));
        report.on_field(&text, &driver, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, oas};

    #[test]
    fn the_nearest_driver_is_offered() {
        let classic =
            |driver: &str| api(&format!(r#"{{"custom_middleware": {{"driver": "{driver}"}}}}"#));
        assert!(fixed("unknown-driver", &classic("pyton")).contains(r#""driver": "python""#));
        assert!(fixed("unknown-driver", &classic("GRPC")).contains(r#""driver": "grpc""#));
        assert_eq!(found("unknown-driver", &classic("nonsense"))[0].fix, None);
        let facts = oas("", r#""pluginConfig": {"driver": "goplugins"}"#);
        assert!(fixed("unknown-driver", &facts).contains(r#""driver": "goplugin""#));
        for driver in ["grpc", "lua", "otto", "javascript", ""] {
            assert_eq!(found("unknown-driver", &classic(driver)), [], "{driver}");
        }
    }
}
