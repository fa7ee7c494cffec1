//! Reads the functions of a plugin's code, and what else lint asks of it, off the text. Code that does not parse is
//! read as far as it does.

mod javascript;
mod lua;
mod python;
mod script;
mod syntax;

use crate::domain::code::{Language, Source, SyntaxFault};

/// More than this is no code that somebody wrote; a parse tree takes many times the text's size.
const LARGEST: usize = 16 << 20;

/// Reads a file of code in the language that its name ends in; `None` where that is none of ours.
pub fn read(file: &str, text: impl AsRef<[u8]>) -> Option<Source> {
    Some(read_as(Language::of_file(file)?, file, text))
}

/// Reads a file as code of a language, whatever its name: a Gateway runs a lone `one.txt` as Python too.
pub fn read_as(language: Language, file: &str, text: impl AsRef<[u8]>) -> Source {
    let mut source = Source::new(file, decode(text.as_ref()), language);
    if source.text.len() > LARGEST {
        source.errors.push(unread(&source, "too large to be looked into: more than 16 MiB"));
        return source;
    }
    let grammar = match language {
        Language::Python => tree_sitter_python::LANGUAGE,
        Language::JavaScript => tree_sitter_javascript::LANGUAGE,
        Language::Lua => tree_sitter_lua::LANGUAGE,
    };
    let Some(tree) = syntax::parse(&grammar.into(), &source.text) else {
        source.errors.push(unread(&source, "too tangled to be looked into"));
        return source;
    };
    let root = tree.root_node();
    source.errors = syntax::faults(root, &source);
    match language {
        Language::Python => {
            source.errors.extend(python::faults(root, &source));
            source.python = python::module(root, &source.text);
            source.functions = source.python.functions(&source);
        }
        Language::JavaScript => {
            source.functions = javascript::functions(root, &source);
            source.javascript = script::read(root, &source.text);
        }
        Language::Lua => source.functions = lua::functions(root, &source),
    }
    source.errors.sort_by_key(|fault| fault.place);
    source
}

fn unread(source: &Source, message: &str) -> SyntaxFault {
    SyntaxFault { message: message.to_owned(), place: source.place(0) }
}

/// Text in which every byte keeps its place: Python 3.11 takes a stray byte of Latin-1 in a comment (recorded:
/// `latin1-source`), and edits are of the file's bytes.
fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

#[cfg(test)]
mod tests;
