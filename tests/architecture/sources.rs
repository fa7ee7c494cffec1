//! The modules of the crate, as its `mod` declarations reach them; those for tests alone are left out.

use std::path::{Path, PathBuf};

use syn::{Attribute, Item};

use super::project;

/// A module in a file of its own.
pub(super) struct Module {
    /// `services::host::folder`; empty for the crate's root.
    pub(super) path: String,
    pub(super) source: PathBuf,
    pub(super) file: syn::File,
}

/// All of them, the root first.
pub(super) fn modules() -> Vec<Module> {
    let mut found = Vec::new();
    walk(&project("src/lib.rs"), "", &mut found);
    assert!(found.len() > 20, "the crate has more modules than these {}", found.len());
    found
}

/// Whether an item is compiled for tests alone.
pub(super) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

/// Every file that a `mod` of this file names, for tests or not.
pub(super) fn declared(source: &Path, file: &syn::File) -> Vec<(String, bool, PathBuf)> {
    let folder = source.parent().unwrap();
    let stem = source.file_stem().unwrap().to_str().unwrap();
    let own = match stem {
        "mod" | "lib" | "main" => folder.to_owned(),
        _ => folder.join(stem),
    };
    file.items
        .iter()
        .filter_map(|item| match item {
            Item::Mod(module) if module.content.is_none() => {
                let name = module.ident.to_string();
                let written = module.attrs.iter().find_map(path_attribute);
                let path = match written {
                    Some(path) => folder.join(path),
                    None if own.join(&name).join("mod.rs").exists() => {
                        own.join(&name).join("mod.rs")
                    }
                    None => own.join(format!("{name}.rs")),
                };
                Some((name, is_for_tests(&module.attrs), path))
            }
            _ => None,
        })
        .collect()
}

/// `#[path = "…"]`.
fn path_attribute(attribute: &Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })
            if pair.path.is_ident("path") =>
        {
            Some(text.value())
        }
        _ => None,
    }
}

pub(super) fn parse(source: &Path) -> syn::File {
    let text = std::fs::read_to_string(source)
        .unwrap_or_else(|error| panic!("{}: {error}", source.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", source.display()))
}

fn walk(source: &Path, path: &str, found: &mut Vec<Module>) {
    let file = parse(source);
    let below = declared(source, &file);
    found.push(Module { path: path.into(), source: source.into(), file });
    for (name, for_tests, source) in below {
        if !for_tests {
            let path = if path.is_empty() { name } else { format!("{path}::{name}") };
            walk(&source, &path, found);
        }
    }
}

/// An item's attributes.
pub(super) fn attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
