//! A name whose hash is of other content.

use crate::domain::bundle::published_parts;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-content",
    // Eight digits may be a date, and another tool's.
    severity: Severity::Hint,
    about: "A Gateway never downloads a name again that it unpacked once: new content under an old name is never run. So the name of a published bundle has a hash of its content.",
    source: "Tyk Gateway: gateway/coprocess_bundle.go; recorded loads: reload-republished",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for bundle in &facts.bundles {
        let Some(is) = &bundle.hash8 else { continue };
        let file = bundle.file.rsplit('/').next().unwrap_or_default();
        if let Some((name, said)) = published_parts(file)
            && said != is
        {
            let message = format!(
                "the content is not that of {said}: a Gateway that had this name goes on with the old code; publish it as \
                 {name}-{is}.zip"
            );
            report.say(&bundle.file, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::bundle;
    use super::RULE;
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn new_content_under_an_old_name() {
        let named = |hash8: &str| {
            bundle(|bundle| {
                bundle.file = "out/orders-0123abcd.zip".into();
                bundle.hash8 = Some(hash8.into());
            })
        };
        let caught = found(RULE.id, &named("89abcdef"));
        assert!(caught[0].message.ends_with("publish it as orders-89abcdef.zip"), "{caught:?}");
        assert_eq!(found(RULE.id, &named("0123abcd")), []);
    }
}
