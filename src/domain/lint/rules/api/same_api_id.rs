//! Two APIs with one id.

use std::collections::HashSet;

use super::beside::{are_two, pairs};
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "same-api-id",
    severity: Severity::Warning,
    about: "A Gateway never refuses an id that is in use: the API that comes later takes the place of the other.",
    source: "recorded: 047",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let mut told = HashSet::new();
    for (first, second) in pairs(facts) {
        let id = first.definition.summary().id.text();
        let field = second.definition.summary().id;
        if !id.is_empty()
            && field.text() == id
            && are_two(&first, &second)
            && told.insert(second.file)
        {
            let message = format!(
                "{} has the id {} too: one takes the other's place",
                first.file,
                shown(&id)
            );
            report.on_field(&second, &field, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::ApiFile;
    use crate::domain::lint::rules::try_on::{api, found};

    #[test]
    fn one_would_take_the_others_place() {
        let mut facts = api(r#"{"api_id": "a"}"#);
        facts.apis.push(ApiFile::open("second.json", r#"{"api_id": "a"}"#).unwrap());
        facts.apis.push(ApiFile::open("third.json", r#"{"api_id": "b"}"#).unwrap());
        facts.apis.push(ApiFile::open("fourth.json", "{}").unwrap());
        facts.apis.push(ApiFile::open("fifth.json", "{}").unwrap());
        let caught = found("same-api-id", &facts);
        assert_eq!((caught.len(), caught[0].file.as_str()), (1, "second.json"));
    }
}
