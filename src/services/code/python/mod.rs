//! Facts of Python code, read off its syntax tree.
//!
//! The tree is walked with a list of open nodes, not by recursion: code may nest as deep as it likes.

mod define;
mod express;
mod faults;
mod import;
mod place;

use tree_sitter::Node;

use super::syntax::{children, named, text};
use crate::domain::code::python::{
    Act, Call, Deed, Definition, Import, Literal, Module, Path, Value,
};
use place::{Place, falls_through, top};

pub(super) use faults::faults;

/// Everything that rules ask of a file.
pub(super) fn module(root: Node<'_>, source: &str) -> Module {
    let mut reader = Reader { source, ..Reader::default() };
    let mut open = vec![(root, Place::default())];
    while let Some((node, place)) = open.pop() {
        let inner = reader.visit(node, place);
        open.extend(inner.into_iter().rev());
    }
    Module::new(reader.imports, reader.definitions, reader.acts, top(root, source))
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    imports: Vec<Import>,
    definitions: Vec<Definition>,
    acts: Vec<Act>,
}

/// Nodes still to be visited, and where they are.
type Open<'t> = Vec<(Node<'t>, Place)>;

impl<'a> Reader<'a> {
    fn text(&self, node: Node<'_>) -> &'a str {
        text(node, self.source)
    }

    /// Notes what a node does, and says what of it is still to be visited.
    fn visit<'t>(&mut self, node: Node<'t>, place: Place) -> Open<'t> {
        match node.kind() {
            "import_statement" | "import_from_statement" => {
                self.import(node, place);
                return Vec::new();
            }
            "function_definition" => return self.define(node, node, Vec::new(), place),
            "decorated_definition" => return self.define_decorated(node, place),
            "lambda" => return self.define_lambda(node, place),
            "class_definition" => return self.class(node, place),
            "attribute" | "subscript" | "call" => self.path(node, place),
            "return_statement" => self.returns(node, place),
            "raise_statement" => self.raise(node, place),
            "assignment" | "augmented_assignment" | "named_expression" => self.assign(node, place),
            "for_statement" | "for_in_clause" => self.assign_unknown(node, "left", place),
            "as_pattern_target" | "delete_statement" => self.targets(node, place),
            "yield" => self.mark(place, |definition| definition.yields = true),
            "await" => self.mark(place, |definition| definition.awaits = true),
            "if_statement" if self.is_main_guard(node) => {
                // `__name__` is the bundle's hash, so what is under it never happens (recorded: `main-guard`).
                let rest = node.child_by_field_name("alternative");
                return rest.into_iter().map(|node| (node, place.decided())).collect();
            }
            _ => {}
        }
        let inside = place.of_children(node);
        children(node).into_iter().map(|child| (child, inside(child))).collect()
    }

    fn mark(&mut self, place: Place, change: impl FnOnce(&mut Definition)) {
        if let Some(at) = place.scope {
            change(&mut self.definitions[at]);
        }
    }

    fn act(&mut self, node: Node<'_>, place: Place, deed: Deed) {
        let span = node.byte_range();
        let Place { scope, certain, guarded, .. } = place;
        self.acts.push(Act { span, scope, certain, guarded, deed });
    }

    fn class<'t>(&mut self, node: Node<'t>, place: Place) -> Open<'t> {
        if let Some(name) = node.child_by_field_name("name") {
            let target = Path::name(name.byte_range(), self.text(name));
            self.act(node, place, Deed::Assign { target, value: Value::other(node.byte_range()) });
        }
        children(node).into_iter().map(|child| (child, place.in_class())).collect()
    }

    fn returns(&mut self, node: Node<'_>, place: Place) {
        let value = match named(node).first() {
            Some(value) => self.value(*value),
            None => Value { span: node.byte_range(), literal: Literal::None },
        };
        self.act(node, place, Deed::Return(value));
    }

    fn raise(&mut self, node: Node<'_>, place: Place) {
        let raised = named(node).first().and_then(|raised| self.chain(*raised));
        self.act(node, place, Deed::Raise(raised));
    }

    fn assign(&mut self, node: Node<'_>, place: Place) {
        let left = node.child_by_field_name("left").or(node.child_by_field_name("name"));
        let right = node.child_by_field_name("right").or(node.child_by_field_name("value"));
        let (Some(left), Some(right)) = (left, right) else { return };
        match self.chain(left) {
            Some(target) if node.kind() != "augmented_assignment" => {
                let value = self.value(right);
                self.act(node, place, Deed::Assign { target, value });
            }
            _ => self.assign_unknown(node, "left", place),
        }
    }

    /// Gives every target in a node a value that is not known.
    fn assign_unknown(&mut self, node: Node<'_>, field: &str, place: Place) {
        if let Some(left) = node.child_by_field_name(field) {
            self.targets(left, place);
        }
    }

    /// The targets in a pattern: `a, (b, *c)`; those of `del` are deleted.
    fn targets(&mut self, node: Node<'_>, place: Place) {
        let mut open = vec![node];
        while let Some(part) = open.pop() {
            match self.chain(part) {
                Some(path) if node.kind() == "delete_statement" => {
                    self.act(part, place, Deed::Delete(path));
                }
                Some(target) => {
                    let value = Value::other(part.byte_range());
                    self.act(part, place, Deed::Assign { target, value });
                }
                None => open.extend(named(part).into_iter().rev()),
            }
        }
    }

    /// Notes a call, and a path where it is not part of a longer one.
    fn path(&mut self, node: Node<'_>, place: Place) {
        if node.kind() == "call" {
            self.call(node, place);
        }
        if place.in_path {
            return;
        }
        if let Some(path) = self.chain(node) {
            self.act(node, place, Deed::Use(path));
        }
    }

    fn call(&mut self, node: Node<'_>, place: Place) {
        let callee = node.child_by_field_name("function").and_then(|callee| self.chain(callee));
        let (Some(callee), Some(given)) = (callee, node.child_by_field_name("arguments")) else {
            return;
        };
        let given = named(given);
        let spread = |node: &Node<'_>| matches!(node.kind(), "list_splat" | "dictionary_splat");
        let call = Call {
            callee,
            spread: given.iter().any(spread),
            arguments: given.iter().filter(|it| !spread(it)).map(|it| self.argument(*it)).collect(),
        };
        self.act(node, place, Deed::Call(call));
    }

    fn is_main_guard(&self, node: Node<'_>) -> bool {
        let condition = node.child_by_field_name("condition").map(|node| self.text(node));
        let words = condition.unwrap_or_default().replace('\'', "\"").replace(' ', "");
        words == r#"__name__=="__main__""#
    }
}
