//! Every path of a module that leads to another of this crate: in `use`, expressions, types, and inside macros.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Item, UseTree};

use super::sources::{attributes, is_for_tests};

/// The paths of a file that is the module `module`, from the crate's root (`domain::task::Problem`).
pub(super) fn of(file: &syn::File, module: &str) -> BTreeSet<String> {
    let at = module.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let mut finder = Finder { at, found: BTreeSet::new() };
    finder.visit_file(file);
    finder.found
}

struct Finder {
    /// The module that is being read.
    at: Vec<String>,
    found: BTreeSet<String>,
}

impl Finder {
    /// Resolves `crate`, `super` and `self`; a path that begins otherwise is another crate's, or was imported by one
    /// that is seen.
    fn note(&mut self, path: &[String]) {
        let mut parts = path.iter().map(String::as_str).peekable();
        let mut absolute: Vec<String> = match parts.peek() {
            Some(&"crate" | &"tyk_tui") => Vec::new(),
            Some(&"super" | &"self") => self.at.clone(),
            _ => return,
        };
        for part in parts {
            match part {
                "crate" | "tyk_tui" | "self" => {}
                "super" => {
                    absolute.pop();
                }
                part => absolute.push(part.to_owned()),
            }
        }
        if !absolute.is_empty() {
            self.found.insert(absolute.join("::"));
        }
    }

    fn tree(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, &with(&path.ident)),
            UseTree::Name(name) => self.note(&with(&name.ident)),
            UseTree::Rename(rename) => self.note(&with(&rename.ident)),
            UseTree::Glob(_) => self.note(before),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item, before)),
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.at.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.at.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        self.note(&parts);
        visit::visit_path(self, path);
    }

    /// `pub(in crate::x)` and `pub(super)` use nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    /// What stands in a macro is no syntax tree: its text is searched.
    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let text = called.tokens.to_string().replace(' ', "");
        let words = regex::Regex::new(r"\b(crate|super|self)(::[A-Za-z_][A-Za-z0-9_]*)+").unwrap();
        for path in words.find_iter(&text) {
            let parts: Vec<String> = path.as_str().split("::").map(str::to_owned).collect();
            self.note(&parts);
        }
        visit::visit_macro(self, called);
    }
}
