//! Expressions, as far as rules look into them.

use std::ops::Range;

use tree_sitter::Node;

use super::Reader;
use crate::domain::code::python::{Argument, Literal, Path, Step, StepKind, Value};
use crate::services::code::syntax::{children, named};

/// Steps of a path that are followed; longer ones are nobody's.
const LONGEST: usize = 64;
/// How deep tuples and parentheses are followed.
const DEEPEST: usize = 8;

impl Path {
    pub(super) fn name(span: Range<usize>, name: &str) -> Self {
        Self { span, root: name.to_owned(), steps: Vec::new() }
    }
}

impl Value {
    pub(super) fn other(span: Range<usize>) -> Self {
        Self { span, literal: Literal::Other }
    }
}

impl Reader<'_> {
    /// The path that a node is, from a name through attributes, keys and calls.
    pub(super) fn chain(&self, node: Node<'_>) -> Option<Path> {
        let mut steps = Vec::new();
        let mut here = node;
        while here.kind() != "identifier" {
            let (next, step) = match here.kind() {
                "attribute" => {
                    let name = here.child_by_field_name("attribute")?;
                    let kind = StepKind::Attribute(self.text(name).to_owned());
                    (here.child_by_field_name("object")?, Step { span: name.byte_range(), kind })
                }
                "subscript" => {
                    let key = here.child_by_field_name("subscript")?;
                    let text = self.value(key).text().map(ToOwned::to_owned);
                    let step = Step { span: key.byte_range(), kind: StepKind::Index(text) };
                    (here.child_by_field_name("value")?, step)
                }
                "call" => {
                    let span = here.child_by_field_name("arguments")?.byte_range();
                    (here.child_by_field_name("function")?, Step { span, kind: StepKind::Call })
                }
                _ => return None,
            };
            steps.push(step);
            if steps.len() > LONGEST {
                return None;
            }
            here = next;
        }
        steps.reverse();
        Some(Path { span: node.byte_range(), root: self.text(here).to_owned(), steps })
    }

    /// What an expression is.
    pub(super) fn value(&self, node: Node<'_>) -> Value {
        Value { span: node.byte_range(), literal: self.literal(node, 0) }
    }

    pub(super) fn argument(&self, node: Node<'_>) -> Argument {
        if node.kind() != "keyword_argument" {
            return Argument { name: None, value: self.value(node) };
        }
        let name = node.child_by_field_name("name").map(|name| self.text(name).to_owned());
        let value = node.child_by_field_name("value").unwrap_or(node);
        Argument { name, value: self.value(value) }
    }

    fn literal(&self, node: Node<'_>, depth: usize) -> Literal {
        if depth == DEEPEST {
            return Literal::Other;
        }
        match node.kind() {
            "identifier" | "attribute" | "subscript" | "call" => {
                self.chain(node).map_or(Literal::Other, Literal::Path)
            }
            "string" => self.string(node),
            "integer" => Literal::Integer(self.text(node).to_owned()),
            "float" => Literal::Float,
            "true" | "false" => Literal::Bool,
            "none" => Literal::None,
            "dictionary" => Literal::Dictionary,
            "lambda" => Literal::Lambda,
            "parenthesized_expression" => match named(node).first() {
                Some(inner) => self.literal(*inner, depth + 1),
                None => Literal::Other,
            },
            "tuple" | "list" | "expression_list" => {
                let parts = named(node);
                if parts.iter().any(|part| part.kind() == "list_splat") {
                    return Literal::Other;
                }
                let value = |node: &Node<'_>| Value {
                    span: node.byte_range(),
                    literal: self.literal(*node, depth + 1),
                };
                Literal::Sequence(parts.iter().map(value).collect())
            }
            _ => Literal::Other,
        }
    }

    fn string(&self, node: Node<'_>) -> Literal {
        let parts = children(node);
        let (Some(start), Some(end)) = (parts.first(), parts.last()) else { return Literal::Other };
        let prefix = self.text(*start).to_ascii_lowercase();
        let inside = self.source.get(start.end_byte()..end.start_byte()).unwrap_or_default();
        match prefix.trim_end_matches(['"', '\'']) {
            prefix if prefix.contains('f') => Literal::Format,
            prefix if prefix.contains('b') => Literal::Bytes(inside.to_owned()),
            _ => Literal::Text(inside.to_owned()),
        }
    }
}
