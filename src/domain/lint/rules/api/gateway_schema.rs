//! What a Gateway's own schema finds.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "gateway-schema",
    severity: Severity::Error,
    about: "A Tyk OAS definition that does not keep the connected Gateway's own schema is refused (400), or what is wrong in \
            it is dropped. Its schema looks at the first element of most lists alone; here all are looked at.",
    source: "GET /tyk/schema of the Gateway that is asked (`lint --gateway`); recorded: 349, 350, 416 to 421",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        for mistake in facts.schemas.check(text.definition) {
            let place = text.place(&mistake.path);
            let message =
                format!("the Gateway's schema says: {} ({})", mistake.message, mistake.path);
            report.say(text.file, message).at(place).on(mistake.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::lint;
    use crate::domain::lint::rules::try_on::{api, caught, found};
    use crate::domain::task::Severity;

    const TEXT: &str = r#"{"openapi": "3.0.3", "x-tyk-api-gateway": {}, "mine": 1, "x-b": 1}"#;

    #[test]
    fn where_a_gateway_was_asked_its_schema_is_kept() {
        let mut facts = api(TEXT);
        assert_eq!(found("gateway-schema", &facts), []);
        let schema = json!({"properties": {"x-b": {"type": "string"}, "mine": {"type": "string"}}});
        facts.schemas.add("3.0", schema).unwrap();
        let errors = ["mine", "x-b"].map(|path| (Severity::Error, path.to_owned()));
        assert_eq!(caught("gateway-schema", &facts), errors);
        assert!(found("gateway-schema", &facts)[1].message.contains("not of type \"string\""));
        // What a rule of ours says of a value is not said twice.
        let all = lint::run(&facts);
        let by_schema = all.iter().filter(|found| found.rule == "gateway-schema").count();
        assert!(by_schema == 1 && all.iter().any(|found| found.rule == "oas-root-key"), "{all:?}");
    }
}
