//! What Lua code calls its functions.

use tree_sitter::Node;

use super::syntax::{children, named, text};
use crate::domain::code::{Function, Source};

/// Functions at the top level; one that is `local` is not called by name.
pub(super) fn functions(root: Node<'_>, source: &Source) -> Vec<Function> {
    let mut found = Vec::new();
    for statement in named(root) {
        match statement.kind() {
            "function_declaration" => {
                let name = statement.child_by_field_name("name");
                let local = children(statement).first().is_some_and(|word| word.kind() == "local");
                let function = name.map(|name| function(name, statement, !local, source));
                found.extend(function);
            }
            "assignment_statement" => found.extend(assigned(statement, source)),
            _ => {}
        }
    }
    found
}

/// `name = function(…) … end`.
fn assigned(statement: Node<'_>, source: &Source) -> Option<Function> {
    let parts = named(statement);
    let [left, right] = parts.as_slice() else { return None };
    let (names, values) = (named(*left), named(*right));
    let (name, value) = (names.first()?, values.first()?);
    (value.kind() == "function_definition").then(|| function(*name, *value, true, source))
}

fn function(name: Node<'_>, of: Node<'_>, is_hook: bool, source: &Source) -> Function {
    let parameters = of.child_by_field_name("parameters");
    Function {
        name: text(name, &source.text).to_owned(),
        place: source.place(name.start_byte()),
        parameters: parameters.map_or(0, |parameters| named(parameters).len()),
        is_hook,
    }
}
