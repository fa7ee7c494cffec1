//! A bundle's code as a Gateway loads it.

use std::collections::BTreeMap;

use super::{Definition, Found};
use crate::domain::code::{Language, Source};

/// The file that is loaded where `file_list` has none or several.
pub const LOADED_BY_DEFAULT: &str = "middleware.py";

/// The file that a Gateway loads: the one of `file_list`, whatever its name; with none or several `middleware.py` at
/// the top (recorded: `single-file-nested`, `empty-file-list`, `two-files-no-middleware`).
pub fn loaded_file(file_list: &[String]) -> &str {
    match file_list {
        [only] => only,
        _ => LOADED_BY_DEFAULT,
    }
}

/// The Python code of a bundle.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// The file that the Gateway loads.
    pub loaded: &'a Source,
    /// All of it.
    pub code: &'a [Source],
}

/// A hook of a bundle.
#[derive(Clone, Debug)]
pub struct FoundHook<'a> {
    /// The file that defines it.
    pub source: &'a Source,
    /// The hook.
    pub found: Found,
}

impl<'a> FoundHook<'a> {
    /// Its function.
    pub fn definition(&self) -> &'a Definition {
        &self.source.python.definitions[self.found.definition]
    }
}

impl<'a> Bundle<'a> {
    /// The bundle of this `file_list`; `None` where the file that is loaded is not among the code.
    pub fn of(file_list: &[String], code: &'a [Source]) -> Option<Self> {
        let name = loaded_file(file_list);
        let python = |source: &&Source| source.language == Language::Python;
        let loaded = code.iter().filter(python).find(|source| source.file == name)?;
        Some(Self { loaded, code })
    }

    /// The file beside it that `import module` loads.
    pub fn module(&self, module: &str) -> Option<&'a Source> {
        let beside = |source: &&Source| source.file.strip_suffix(".py") == Some(module);
        self.code.iter().filter(beside).find(|source| source.file != self.loaded.file)
    }

    /// The hooks that the Gateway finds: those of the file that is loaded, and those that it takes by name from files
    /// beside it (recorded: `hook-from-helper`, `hook-in-other-file`).
    pub fn hooks(&self) -> Vec<FoundHook<'a>> {
        self.hooks_of(self.loaded, &mut Vec::new())
    }

    /// `seen`: files that import each other would go round for ever.
    fn hooks_of(&self, source: &'a Source, seen: &mut Vec<&'a str>) -> Vec<FoundHook<'a>> {
        seen.push(&source.file);
        let own = source.python.hooks().into_values().map(|found| FoundHook { source, found });
        let mut hooks: Vec<_> = own.collect();
        let imports = source.python.imports.iter();
        let mut from: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for import in imports.filter(|it| it.scope.is_none() && it.dots == 0) {
            if let Some(name) = &import.name {
                from.entry(&import.module).or_default().push(name);
            }
        }
        for (module, names) in from {
            let Some(file) = self.module(module).filter(|it| !seen.contains(&it.file.as_str()))
            else {
                continue;
            };
            let taken = self.hooks_of(file, seen).into_iter().filter(|hook| {
                let name = hook.found.name.as_str();
                names.contains(&name) || names.contains(&"*") && !name.starts_with('_')
            });
            hooks.extend(taken);
        }
        hooks
    }
}
