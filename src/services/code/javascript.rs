//! What JavaScript code calls its functions and middleware.

use tree_sitter::Node;

use super::syntax::{named, text};
use crate::domain::code::{Function, Source};

/// Functions and middleware objects at the top level: a hook is called by the name of one.
pub(super) fn functions(root: Node<'_>, source: &Source) -> Vec<Function> {
    let mut found = Vec::new();
    for statement in named(root) {
        match statement.kind() {
            "function_declaration" | "generator_function_declaration" => {
                let parameters = statement.child_by_field_name("parameters");
                found
                    .extend(name(statement, "name").map(|name| function(name, parameters, source)));
            }
            "variable_declaration" | "lexical_declaration" => {
                let declared = named(statement).into_iter();
                found.extend(declared.filter_map(|it| bound(it, "name", "value", source)));
            }
            "expression_statement" => {
                let assigned = named(statement).into_iter();
                found.extend(assigned.filter_map(|it| bound(it, "left", "right", source)));
            }
            _ => {}
        }
    }
    found
}

fn name<'a>(node: Node<'a>, field: &str) -> Option<Node<'a>> {
    node.child_by_field_name(field).filter(|name| name.kind() == "identifier")
}

/// A name that is given a function, or an object that is made: `new TykJS.TykMiddleware.NewMiddleware({})`.
fn bound(node: Node<'_>, left: &str, right: &str, source: &Source) -> Option<Function> {
    let name = name(node, left)?;
    let value = node.child_by_field_name(right)?;
    match value.kind() {
        "function_expression" | "arrow_function" | "function" => {
            Some(function(name, value.child_by_field_name("parameters"), source))
        }
        "new_expression" => Some(function(name, None, source)),
        _ => None,
    }
}

fn function(name: Node<'_>, parameters: Option<Node<'_>>, source: &Source) -> Function {
    Function {
        name: text(name, &source.text).to_owned(),
        place: source.place(name.start_byte()),
        parameters: parameters.map_or(0, |parameters| named(parameters).len()),
        is_hook: true,
    }
}
