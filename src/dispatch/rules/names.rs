//! Where rules take credentials from, read off their files without what else they need: for who shows what was captured and
//! runs no rules.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::origin;
use crate::domain::object::SecretNames;

/// Actions that read a credential, or write one.
const ACTIONS: [&str; 3] = ["static_key", "jwt", "inject_jwt"];

/// The names in these files; what is wrong with one is told where its rules are used.
pub(super) fn of_files(files: &[impl AsRef<Path>]) -> SecretNames {
    let mut names = SecretNames::default();
    for text in files.iter().filter_map(|file| origin::text(file.as_ref()).ok()) {
        add(&mut names, &text);
    }
    names
}

fn add(names: &mut SecretNames, text: &str) {
    let Ok(document) = DeTable::parse(text) else { return };
    let rules = tables(document.get_ref(), "rule");
    for action in rules.flat_map(|rule| tables(rule, "do")) {
        for settings in ACTIONS.iter().filter_map(|name| action.get(*name)?.get_ref().as_table()) {
            let text = |key: &str| settings.get(key)?.get_ref().as_str().map(str::to_owned);
            names.headers.extend(["auth_header_name", "header"].into_iter().filter_map(text));
            names.params.extend(["param_name", "cookie_name"].into_iter().filter_map(text));
        }
    }
}

/// The tables of a list.
fn tables<'a>(table: &'a DeTable<'a>, key: &str) -> impl Iterator<Item = &'a DeTable<'a>> {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.into_iter().flatten().filter_map(|value| DeValue::as_table(value.get_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_found_though_keys_are_missing_and_settings_wrong() {
        let mut names = SecretNames::default();
        add(
            &mut names,
            r#"
            [[rule]]
            name = 7
            [[rule.do]]
            jwt = { jwks_file = "gone.json", auth_header_name = "X-Pass", cookie_name = "sid2" }
            [[rule.do]]
            [rule.do.static_key]
            param_name = "ticket"
            header = "X-Old"
            [[rule.do]]
            set_headers = { header = "X-Plain" }
            "#,
        );
        let [headers, params] =
            [&names.headers, &names.params].map(|it| it.iter().cloned().collect::<Vec<_>>());
        assert_eq!(headers, ["X-Old", "X-Pass"]);
        assert_eq!(params, ["sid2", "ticket"]);
        add(&mut names, "rule = 1");
        add(&mut names, "no toml");
        assert_eq!(names.headers.len(), 2);
    }
}
