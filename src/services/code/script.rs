//! What lint asks of JavaScript for otto: the middleware that it makes, and syntax that otto does not read.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::syntax::{children, named, text};
use crate::domain::code::javascript::{Middleware, Process, Returned, Script};

/// How deep functions and expressions are looked into.
const DEEPEST: usize = 400;

/// Reads a file.
pub(super) fn read(root: Node<'_>, source: &str) -> Script {
    let mut script = Script::default();
    let mut processes: Vec<(String, Process)> = Vec::new();
    let mut told = BTreeSet::new();
    let mut open = vec![(root, 0)];
    while let Some((node, depth)) = open.pop() {
        if let Some(what) = newer(node, source).filter(|what| told.insert(*what)) {
            script.newer.push((node.start_byte(), what));
        }
        match node.kind() {
            "variable_declarator" => made(node, "name", "value", source, &mut script),
            "assignment_expression" => {
                made(node, "left", "right", source, &mut script);
                processes.extend(assigned(node, source));
            }
            "function_declaration" => {
                let name = node.child_by_field_name("name").map(|name| text(name, source));
                script.functions.extend(name.map(str::to_owned));
            }
            "call_expression" => processes.extend(given(node, source)),
            _ => {}
        }
        if depth < DEEPEST {
            open.extend(children(node).into_iter().rev().map(|child| (child, depth + 1)));
        }
    }
    for (name, process) in processes {
        let of = script.middleware.iter_mut().filter(|it| it.name == name);
        of.for_each(|it| it.process = Some(process.clone()));
    }
    script
}

/// What ECMAScript 5 has not, in words.
fn newer(node: Node<'_>, source: &str) -> Option<&'static str> {
    Some(match node.kind() {
        "arrow_function" => "an arrow function",
        "class_declaration" | "class" if node.is_named() => "a class",
        "template_string" => "a template string",
        "lexical_declaration" if text(node, source).starts_with("const") => "const",
        "lexical_declaration" => "let",
        "import_statement" => "import",
        "export_statement" => "export",
        "await_expression" => "await",
        "yield_expression" | "generator_function" | "generator_function_declaration" => {
            "a generator"
        }
        "spread_element" | "rest_pattern" => "spread or rest (...)",
        "object_pattern" | "array_pattern" => "destructuring",
        "assignment_pattern" => "a default value of a parameter",
        "shorthand_property_identifier" => "a shorthand property",
        "for_in_statement" if children(node).iter().any(|it| it.kind() == "of") => {
            "for \u{2026} of"
        }
        "async" => "async",
        "optional_chain" => "?.",
        _ => return None,
    })
}

/// A name that is given a middleware or a function.
fn made(node: Node<'_>, left: &str, right: &str, source: &str, script: &mut Script) {
    let name = node.child_by_field_name(left).filter(|name| name.kind() == "identifier");
    let Some((name, value)) = name.zip(node.child_by_field_name(right)) else { return };
    match value.kind() {
        "new_expression" => {
            let maker = value.child_by_field_name("constructor").map(|it| text(it, source));
            if maker == Some("TykJS.TykMiddleware.NewMiddleware") {
                let process = None;
                let span = name.byte_range();
                let name = text(name, source).to_owned();
                script.middleware.push(Middleware { name, span, process });
            }
        }
        kind if is_function(kind) => script.functions.push(text(name, source).to_owned()),
        _ => {}
    }
}

/// `NAME.NewProcessRequest(function…)`.
fn given(call: Node<'_>, source: &str) -> Option<(String, Process)> {
    let callee =
        call.child_by_field_name("function").filter(|it| it.kind() == "member_expression")?;
    let method = text(callee.child_by_field_name("property")?, source);
    let given = named(call.child_by_field_name("arguments")?).into_iter().next();
    let name = text(callee.child_by_field_name("object")?, source).to_owned();
    (method == "NewProcessRequest").then(|| (name, process(call, given, source)))
}

/// `NAME.ProcessRequest = function…`, and what does without it: `NAME.DoProcessRequest = …`.
fn assigned(node: Node<'_>, source: &str) -> Option<(String, Process)> {
    let left = node.child_by_field_name("left").filter(|it| it.kind() == "member_expression")?;
    let property = text(left.child_by_field_name("property")?, source);
    let name = text(left.child_by_field_name("object")?, source).to_owned();
    match property {
        "ProcessRequest" => Some((name, process(node, node.child_by_field_name("right"), source))),
        "DoProcessRequest" => Some((name, process(node, None, source))),
        _ => None,
    }
}

fn is_function(kind: &str) -> bool {
    matches!(kind, "function_expression" | "arrow_function" | "function")
}

fn process(at: Node<'_>, function: Option<Node<'_>>, source: &str) -> Process {
    let function = function.filter(|it| is_function(it.kind()));
    let returns = function.and_then(|function| {
        let body =
            function.child_by_field_name("body").filter(|it| it.kind() == "statement_block")?;
        let parameters = function.child_by_field_name("parameters");
        let first =
            parameters.and_then(|it| named(it).into_iter().next()).map(|it| text(it, source));
        Some(returned(body, first, source))
    });
    Process { offset: at.start_byte(), returns }
}

/// What a body returns, functions within it left out.
fn returned(body: Node<'_>, request: Option<&str>, source: &str) -> Vec<Returned> {
    let mut found = Vec::new();
    let mut open = vec![(body, 0)];
    while let Some((node, depth)) = open.pop() {
        if node.kind() == "return_statement" {
            let value = named(node).into_iter().next();
            let value = value.map_or("", |value| text(value, source)).to_owned();
            let is_request = request == Some(value.as_str());
            found.push(Returned { span: node.byte_range(), value, is_request });
        }
        if depth < DEEPEST {
            let inner = children(node).into_iter().rev();
            let inner =
                inner.filter(|it| !is_function(it.kind()) && it.kind() != "function_declaration");
            open.extend(inner.map(|child| (child, depth + 1)));
        }
    }
    found
}
