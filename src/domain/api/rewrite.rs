//! Larger changes of a definition: the older plugin form, the Gateway's extension, another notation.

use serde_json::Value as Json;

use super::create::{self, Draft};
use super::resolve::{self, ResolveError};
use super::{Definition, JsonKind, Kind, Phase};
use crate::domain::json::{Edit, EditError, Path, Value};

impl Definition {
    /// Writes the older singular plugin form of Tyk OAS (`prePlugin{plugins}`) as lists (`prePlugins`): the entries'
    /// text stays. Where a list is there already the older form does not count, and goes. `None` where there is
    /// nothing of it.
    pub fn with_plugin_lists(&self) -> Result<Option<Edit>, EditError> {
        let mut now = self.clone();
        while let Some(edit) = now.next_plugin_list().transpose()? {
            now = now.edited(&edit)?;
        }
        let edit = self.until(&now)?;
        Ok((!edit.is_empty()).then_some(edit))
    }

    /// Sets several values, each in the text that the one before it left: one edit.
    pub fn set_all(&self, sets: &[(Path, Json)]) -> Result<Edit, EditError> {
        if let [(path, value)] = sets {
            return self.set(path, value);
        }
        let mut now = self.clone();
        for (path, value) in sets {
            now = now.edited(&now.set(path, value)?)?;
        }
        self.until(&now)
    }

    /// This, after an edit of it.
    pub(super) fn edited(&self, edit: &Edit) -> Result<Self, EditError> {
        // An edit that was checked leaves a definition.
        Self::open(edit.apply(self.source())).map_err(|_| EditError::Unwritable)
    }

    /// The one edit that makes that of this.
    pub(super) fn until(&self, now: &Self) -> Result<Edit, EditError> {
        let old = str::from_utf8(self.source()).map_err(|_| EditError::Unwritable)?;
        let new = str::from_utf8(now.source()).map_err(|_| EditError::Unwritable)?;
        Ok(Edit::between(old, new))
    }

    /// Whether anything of the older plugin form is there.
    pub fn has_older_plugins(&self) -> bool {
        self.next_plugin_list().is_some()
    }

    /// The edit for the first phase that has the older form.
    fn next_plugin_list(&self) -> Option<Result<Edit, EditError>> {
        if self.kind() != Kind::Oas {
            return None;
        }
        let keys = Phase::ALL.into_iter().filter_map(Phase::oas_keys);
        let mut forms = keys.map(|(plural, older)| {
            (self.global().member(plural), plural, self.global().member(older))
        });
        let (list, plural, older) = forms.find(|(_, _, older)| older.value.is_some())?;
        let plugins = older.member("plugins");
        let entries = plugins.elements().next().is_some();
        let counts = list.value.is_none_or(|list| list.kind() == JsonKind::Null);
        if !counts || !entries {
            return Some(self.remove(&older.path));
        }
        if list.value.is_some() {
            return Some(self.remove(&list.path));
        }
        let inner = plugins.value?.key()?;
        Some(self.lift(&older.path, &inner, plural))
    }

    /// Gives a plain OpenAPI document the smallest `x-tyk-api-gateway` that a Gateway takes.
    pub fn with_extension(&self, draft: &Draft) -> Result<Edit, EditError> {
        self.set(&self.path(&["x-tyk-api-gateway"]), &create::extension(draft))
    }

    /// What a plain OpenAPI document says of the API that it is to be: its title, and its first server's URL where that
    /// is a whole one.
    pub fn draft(&self) -> Draft {
        let title = self.field(&["info", "title"]).text();
        let server = self.value(&["servers", "0", "url"]).and_then(Value::string);
        let target = server.filter(|url| url.contains("://"));
        Draft::named(if title.is_empty() { "New API" } else { &title }, target.as_deref())
    }

    /// The definition as JSON in lines, whatever it is written in; values keep their spelling.
    pub fn to_json(&self) -> String {
        self.document().pretty()
    }

    /// Where a path that a person gave leads, from the document's root: keys in another case than the document's are
    /// found as a Gateway finds them, and in the Dashboard's wrapper a path may begin at the definition.
    pub fn resolve(&self, path: &Path) -> Result<Path, ResolveError> {
        resolve::resolve(self, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(text: &str) -> String {
        let definition = Definition::open(text).unwrap();
        definition.with_plugin_lists().unwrap().unwrap().apply_to(text)
    }

    #[test]
    fn the_older_form_becomes_lists_and_keeps_its_entries_text() {
        let text = "{\n \"openapi\": \"3.0.3\",\n \"x-tyk-api-gateway\": {\"middleware\": {\"global\": {\n   \"prePlugin\": {\n    \"plugins\": [\n     { \"functionName\":\"A\" ,\"enabled\": true}\n    ]\n   },\n   \"postPlugin\": {\"plugins\": []},\n   \"responsePlugin\": {\"plugins\": [{\"functionName\": \"R\"}]},\n   \"responsePlugins\": [{\"functionName\": \"S\"}]\n }}}\n}\n";
        assert_eq!(
            apply(text),
            "{\n \"openapi\": \"3.0.3\",\n \"x-tyk-api-gateway\": {\"middleware\": {\"global\": {\n   \"prePlugins\": [\n    { \"functionName\":\"A\" ,\"enabled\": true}\n   ],\n   \"responsePlugins\": [{\"functionName\": \"S\"}]\n }}}\n}\n"
        );
        let now = Definition::open(apply(text)).unwrap();
        assert_eq!(now.with_plugin_lists(), Ok(None));
    }

    #[test]
    fn in_yaml_too() {
        let text = "openapi: 3.0.3\nx-tyk-api-gateway:\n  middleware:\n    global:\n      prePlugin: # first\n        plugins:\n          - functionName: A # a\n            enabled: true\n      postPlugin: {plugins: [{functionName: B}]}\n";
        assert_eq!(
            apply(text),
            "openapi: 3.0.3\nx-tyk-api-gateway:\n  middleware:\n    global:\n      prePlugins:\n          - functionName: A # a\n            enabled: true\n      postPlugins: [{functionName: B}]\n"
        );
    }

    #[test]
    fn a_plain_openapi_document_gets_the_extension() {
        let text = "openapi: 3.0.3\ninfo: {title: Pet Store, version: '1'}\nservers:\n- url: https://pets.example\npaths: {}\n";
        let plain = Definition::open(text).unwrap();
        assert_eq!(plain.kind(), Kind::OpenApi);
        let given =
            Definition::open(plain.with_extension(&plain.draft()).unwrap().apply_to(text)).unwrap();
        assert_eq!(given.kind(), Kind::Oas);
        let summary = given.summary();
        assert_eq!(
            [summary.name, summary.id, summary.listen_path, summary.target]
                .map(|field| field.text()),
            ["Pet Store", "pet-store", "/pet-store/", "https://pets.example"]
        );
    }

    #[test]
    fn yaml_becomes_json_with_its_numbers_as_they_are_spelt() {
        let text = "openapi: 3.0.3\ninfo:\n  version: 1.50\npaths: {}\ntags: []\nx: [1, {a: b}]\n";
        let json = "{\n  \"openapi\": \"3.0.3\",\n  \"info\": {\n    \"version\": 1.50\n  },\n  \"paths\": {},\n  \"tags\": [],\n  \"x\": [\n    1,\n    {\n      \"a\": \"b\"\n    }\n  ]\n}\n";
        assert_eq!(Definition::open(text).unwrap().to_json(), json);
    }
}
