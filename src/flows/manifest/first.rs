//! A first manifest, from the code that a folder has. What it guesses it says: whoever asked has to look.

use std::path::Path;

use serde_json::{Map, Value as Json, json};

use crate::domain::code::{Function, Language};
use crate::domain::manifest::change::{HOOKS, is_single};
use crate::domain::task::Problem;
use crate::services::code;
use crate::services::files::{self, LARGEST, Tree};

/// A manifest to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// Its text.
    pub text: String,
    /// Its driver.
    pub driver: &'static str,
    /// Its `file_list`.
    pub files: Vec<String>,
    /// Its hooks: the manifest's word, the function's name.
    pub hooks: Vec<(&'static str, String)>,
    /// What was guessed, and what nobody could guess: a sentence each.
    pub remarks: Vec<String>,
}

/// The file that a Gateway loads where a Python bundle has several.
const MIDDLEWARE: &str = "middleware.py";

/// Makes a manifest for a folder's code: the driver by what is there, the files of its language, the hooks by the
/// functions that the code has.
pub fn first(folder: &Path) -> Result<First, Problem> {
    let tree = Tree::of(folder);
    let names: Vec<&str> = tree.files().map(|file| file.name.as_str()).collect();
    let mut first = First {
        text: String::new(),
        driver: "grpc",
        files: Vec::new(),
        hooks: Vec::new(),
        remarks: Vec::new(),
    };
    if tree.cut {
        first.remarks.push("the folder holds more than was looked at: check file_list".into());
    }
    for (extension, driver) in
        [(".py", "python"), (".lua", "lua"), (".js", "otto"), (".so", "goplugin")]
    {
        let code: Vec<&str> = names
            .iter()
            .copied()
            .filter(|name| name.ends_with(extension) && !is_test(name))
            .collect();
        if code.is_empty() {
            continue;
        }
        first.driver = driver;
        first.files = listed(driver, &code, &names);
        first.find_hooks(folder)?;
        break;
    }
    if first.driver == "grpc" {
        first.remarks.push(
            "there is no code of a plugin that runs inside the Gateway, so the driver is grpc, without files".into(),
        );
    }
    if first.hooks.is_empty() {
        first.remarks.push(
            "no hook is known: add one with `tyk-tui manifest add-hook`, without one no bundle is built".into(),
        );
    }
    first.text = first.write();
    Ok(first)
}

/// Tests are no part of a plugin.
fn is_test(name: &str) -> bool {
    name.split('/').any(|part| part == "tests" || part == "test" || part.starts_with("test_"))
}

/// The files of the language, what is loaded first; of Python whatever lies in `vendor` too.
fn listed(driver: &str, code: &[&str], all: &[&str]) -> Vec<String> {
    let is_vendored = |name: &&str| driver == "python" && name.starts_with("vendor/");
    let own = code.iter().copied().filter(|name| !is_vendored(name));
    let vendored = all.iter().copied().filter(is_vendored);
    let mut listed: Vec<String> = own.chain(vendored).map(str::to_owned).collect();
    listed.sort_by_key(|name| name != MIDDLEWARE);
    listed
}

impl First {
    /// What is in it, in a few words.
    pub fn summary(&self) -> String {
        let of = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            count => format!("{count} {what}s"),
        };
        let (files, hooks) = (of(self.files.len(), "file"), of(self.hooks.len(), "hook"));
        format!("driver {}, {files}, {hooks}", self.driver)
    }

    fn find_hooks(&mut self, folder: &Path) -> Result<(), Problem> {
        if self.driver == "goplugin" {
            let remark = "which functions a Go library has cannot be seen from here";
            self.remarks.push(remark.to_owned());
        }
        let loaded = match (Language::of_driver(self.driver), self.files.as_slice()) {
            (None, _) => return Ok(()),
            (Some(Language::Python), [one]) => vec![one.clone()],
            (Some(Language::Python), files) => {
                if files.iter().all(|file| file != MIDDLEWARE) {
                    self.remarks.push(
                        "of several files a Gateway loads middleware.py, and there is none: rename the one that has the hooks"
                            .to_owned(),
                    );
                }
                files.iter().filter(|file| *file == MIDDLEWARE).cloned().collect()
            }
            (Some(_), files) => files.to_vec(),
        };
        for file in loaded {
            let text = files::read(&folder.join(&file), LARGEST, "cannot read the code")?;
            let Some(source) = code::read(&file, text) else { continue };
            for function in source.hooks() {
                self.hook(function);
            }
        }
        Ok(())
    }

    fn hook(&mut self, function: &Function) {
        let Function { name, parameters, .. } = function;
        let Some(hook) = meant(self.driver, name, *parameters) else {
            let remark = format!(
                "{name} is left out: a Gateway calls hooks with 3, 4 or 5 parameters, not with {parameters}"
            );
            self.remarks.push(remark);
            return;
        };
        if is_single(hook) && self.hooks.iter().any(|(there, _)| *there == hook) {
            self.remarks.push(format!(
                "{name} looks like a second {hook}, and there is one: it is left out"
            ));
            return;
        }
        let why = match self.driver {
            "python" => format!("it has {parameters} parameters"),
            _ => "by its name".to_owned(),
        };
        self.remarks.push(format!("{name} is taken for {hook}: {why}"));
        self.hooks.push((hook, name.clone()));
    }

    fn write(&self) -> String {
        let mut middleware = Map::new();
        for hook in HOOKS {
            let named = self.hooks.iter().filter(|(of, _)| of == hook);
            let mut definitions: Vec<Json> = named.map(|(_, name)| self.definition(name)).collect();
            if is_single(hook) {
                middleware.extend(definitions.pop().map(|one| ((*hook).to_owned(), one)));
            } else if !definitions.is_empty() {
                middleware.insert((*hook).to_owned(), Json::Array(definitions));
            }
        }
        middleware.insert("driver".into(), json!(self.driver));
        let manifest = json!({"file_list": self.files, "custom_middleware": middleware});
        format!("{manifest:#}\n")
    }

    fn definition(&self, name: &str) -> Json {
        // The Gateway loads JavaScript and Go by the file that a definition names.
        match (self.driver, self.files.as_slice()) {
            ("otto" | "goplugin", [file]) => json!({"name": name, "path": file}),
            _ => json!({"name": name}),
        }
    }
}

/// Which hook a function is for: by its name, and in Python by its parameters, whose number decides how it is called.
fn meant(driver: &str, name: &str, parameters: usize) -> Option<&'static str> {
    let name = name.to_lowercase().replace('_', "");
    let by_name = if name.contains("postkeyauth") {
        "post_key_auth"
    } else if name.contains("response") {
        "response"
    } else if name.contains("post") {
        "post"
    } else {
        "pre"
    };
    match (driver, parameters) {
        ("python", 3) => Some(if by_name == "response" { "pre" } else { by_name }),
        ("python", 4) => Some("auth_check"),
        ("python", 5) => Some("response"),
        ("python", _) => None,
        ("lua", _) if name.contains("auth") && by_name == "pre" => Some("auth_check"),
        _ => Some(by_name),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn made(files: &[(&str, &str)]) -> First {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        first(folder.path()).unwrap()
    }

    #[test]
    fn python_by_its_parameters() {
        let code = "from tyk.decorators import Hook\n\
            @Hook\ndef A(request, session, spec):\n    return request, session\n\
            @Hook\ndef MyPostKeyAuth(request, session, spec):\n    return request, session\n\
            @Hook\ndef B(request, session, metadata, spec):\n    return request, session, metadata\n\
            @Hook\ndef C(request, response, session, metadata, spec):\n    return response\n\
            @Hook\ndef D(request):\n    return request\n\
            def plain(a, b, c):\n    pass\n";
        let first = made(&[
            ("middleware.py", code),
            ("a.py", ""),
            ("vendor/x.txt", ""),
            ("tests/test_a.py", ""),
            ("README.md", ""),
        ]);
        assert_eq!(
            (first.driver, &first.files[..]),
            ("python", &["middleware.py".to_owned(), "a.py".into(), "vendor/x.txt".into()][..])
        );
        let hooks: Vec<_> =
            first.hooks.iter().map(|(hook, name)| format!("{hook} {name}")).collect();
        assert_eq!(hooks, ["pre A", "post_key_auth MyPostKeyAuth", "auth_check B", "response C"]);
        assert!(first.remarks.iter().any(|it| it.starts_with("D is left out")), "{first:?}");
        let manifest: Json = serde_json::from_str(&first.text).unwrap();
        assert_eq!(manifest["custom_middleware"]["auth_check"], json!({"name": "B"}));
        assert_eq!(manifest["custom_middleware"]["pre"], json!([{"name": "A"}]));
    }

    #[test]
    fn the_driver_by_what_is_there() {
        for (file, text, driver, hooks) in [
            ("x.lua", "function MyPre(r, s, p) end", "lua", 1),
            ("pre.js", "var pre = new TykJS.TykMiddleware.NewMiddleware({});", "otto", 1),
            ("x.so", "", "goplugin", 0),
            ("main.go", "", "grpc", 0),
        ] {
            let first = made(&[(file, text)]);
            assert_eq!((first.driver, first.hooks.len()), (driver, hooks), "{first:?}");
            assert_eq!(first.files.is_empty(), driver == "grpc");
            let files = if driver == "grpc" { "0 files" } else { "1 file" };
            let hooks = if hooks == 1 { "1 hook" } else { "0 hooks" };
            assert_eq!(first.summary(), format!("driver {driver}, {files}, {hooks}"));
        }
    }
}
