//! The keys of API definitions that concern plugins, with what they mean: offered in the text, and the help of the form.
//!
//! Source of what the keys mean: the Gateway's API definition types, and the recorded exchanges.

mod classic;
mod oas;

use crate::domain::api::{Definition, Kind};
use crate::tui::editor::{Takes, Word};

/// Whose session may count, by the Gateway's own words (its `apidef.AuthTypeEnum`).
pub(super) const BASE_IDENTITY: &[(&str, &str)] = &[
    ("custom_auth", "the plugin's"),
    ("auth_token", "the key's"),
    ("basic_auth_user", "the user's of basic authentication"),
    ("jwt_claim", "that of the JSON Web Token"),
    ("hmac_key", "that of the signature's key"),
    ("oidc_user", "the user's of OpenID Connect"),
    ("oauth_key", "that of the OAuth token"),
];

const CLASSIC: &[Word] = classic::CLASSIC;
const OAS: &[Word] = oas::OAS;

const WRAPPED_CLASSIC: &[Word] = &wrapped(CLASSIC);
const WRAPPED_OAS: &[Word] = &wrapped(OAS);

/// The Dashboard's wrapper around a definition with these keys.
const fn wrapped(definition: &'static [Word]) -> [Word; 3] {
    [
        Word::new("api_definition", Takes::Object(definition), "the definition itself"),
        Word::new("user_owners", Takes::List(&Takes::Text), "the Dashboard's users who own it"),
        Word::new(
            "user_group_owners",
            Takes::List(&Takes::Text),
            "the Dashboard's groups of users who own it",
        ),
    ]
}

/// The keys that a text of this kind may have.
pub(super) fn of(definition: &Definition) -> &'static [Word] {
    match (definition.kind(), definition.is_wrapped()) {
        (Kind::Classic, false) => CLASSIC,
        (Kind::Classic, true) => WRAPPED_CLASSIC,
        (Kind::Oas | Kind::OpenApi, false) => OAS,
        (Kind::Oas | Kind::OpenApi, true) => WRAPPED_OAS,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::domain::api::keys;
    use crate::domain::lint::{self, ApiFile, Facts};

    /// A document that has every key of a table, each with a value of a wrong type where `wrong`.
    fn document(words: &[Word], wrong: bool) -> Json {
        words.iter().map(|word| (word.name.to_owned(), value(word.takes, wrong))).collect()
    }

    fn value(takes: Takes, wrong: bool) -> Json {
        match takes {
            Takes::Object(words) => document(words, wrong),
            Takes::List(inner) => json!([value(*inner, wrong)]),
            Takes::Map(names, inner) => names()
                .into_iter()
                .map(|(name, _)| (name.to_owned(), value(*inner, wrong)))
                .collect(),
            Takes::Switch | Takes::Text | Takes::OneOf(_) if wrong => json!([1]),
            Takes::Anything => json!({}),
            Takes::Switch => json!(true),
            Takes::Number => json!(0),
            Takes::Text | Takes::OneOf(_) => json!("x"),
        }
    }

    /// What lint finds in a definition.
    fn found(definition: &Json, rule: &str) -> Vec<String> {
        let api = ApiFile::open("a.json".to_owned(), definition.to_string().as_bytes()).unwrap();
        let mut facts = Facts::default();
        facts.apis.push(api);
        let found = lint::run(&facts).into_iter().filter(|found| found.rule == rule);
        found.filter_map(|found| found.path.map(|path| path.to_string())).collect()
    }

    #[test]
    fn every_key_of_the_tables_is_one_that_the_domain_knows() {
        for (kind, table) in [(Kind::Classic, CLASSIC), (Kind::Oas, OAS)] {
            let definition = document(table, false);
            assert_eq!(found(&definition, "unknown-key"), Vec::<String>::new());
            for word in table {
                assert!(keys::is_known(kind, word.name), "{} is no key of {kind:?}", word.name);
            }
            let text = definition.to_string();
            let misspelt = text.replacen("\"require_session\"", "\"require_sessio\"", 1);
            let misspelt = misspelt.replacen("\"requireSession\"", "\"requireSessio\"", 1);
            let misspelt: Json = serde_json::from_str(&misspelt).unwrap();
            assert_eq!(found(&misspelt, "unknown-key").len(), 1);
        }
    }

    #[test]
    fn what_the_keys_take_is_what_the_domain_expects_there() {
        // Those that no rule has the type of: nothing there concerns plugins alone.
        let others = [
            "id",
            "is_oas",
            "use_standard_auth",
            "use_basic_auth",
            "enable_jwt",
            "use_mutual_tls_auth",
            "not_versioned",
            "default_version",
            "name",
            "use_extended_paths",
            "openapi",
            "title",
            "version",
            "url",
        ];
        for table in [CLASSIC, OAS] {
            assert_eq!(found(&document(table, false), "wrong-type"), Vec::<String>::new());
            let wrong = found(&document(table, true), "wrong-type");
            let mut leaves = Vec::new();
            leaves_of(Takes::Object(table), "", &mut leaves);
            for leaf in leaves {
                let last = leaf.rsplit('.').next().unwrap();
                assert!(wrong.contains(&leaf) || others.contains(&last), "{leaf}: {wrong:?}");
            }
        }
    }

    fn leaves_of(takes: Takes, path: &str, leaves: &mut Vec<String>) {
        let below =
            |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match takes {
            Takes::Object(words) => {
                for word in words {
                    leaves_of(word.takes, &below(word.name), leaves);
                }
            }
            Takes::List(Takes::Object(words)) => {
                leaves_of(Takes::Object(words), &format!("{path}[0]"), leaves);
            }
            Takes::Switch | Takes::Text | Takes::OneOf(_) => leaves.push(path.to_owned()),
            Takes::List(_) | Takes::Map(..) | Takes::Anything | Takes::Number => {}
        }
    }
}
