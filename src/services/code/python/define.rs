//! Functions and their parameters.

use tree_sitter::Node;

use super::{Open, Place, Reader, falls_through};
use crate::domain::code::python::{Decorator, Deed, Definition};
use crate::services::code::syntax::{children, named};

impl Reader<'_> {
    pub(super) fn define_decorated<'t>(&mut self, node: Node<'t>, place: Place) -> Open<'t> {
        let parts = named(node);
        let decorating = parts.iter().copied().filter(|part| part.kind() == "decorator");
        let decorators = decorating.clone().map(|it| Decorator {
            span: it.byte_range(),
            path: named(it).first().and_then(|path| self.chain(*path)),
        });
        let decorators: Vec<_> = decorators.collect();
        let mut open: Open<'t> = decorating.map(|it| (it, place)).collect();
        match node.child_by_field_name("definition") {
            Some(function) if function.kind() == "function_definition" => {
                open.extend(self.define(function, node, decorators, place));
            }
            Some(class) => open.push((class, place)),
            None => {}
        }
        open
    }

    /// Notes a function; `whole` is it with its decorators.
    pub(super) fn define<'t>(
        &mut self,
        node: Node<'t>,
        whole: Node<'t>,
        decorators: Vec<Decorator>,
        place: Place,
    ) -> Open<'t> {
        let name = node.child_by_field_name("name").unwrap_or(node);
        let body = node.child_by_field_name("body");
        let parameters = node.child_by_field_name("parameters").map(named).unwrap_or_default();
        let (positional, takes_more) = self.parameters(&parameters);
        let scope = self.definitions.len();
        self.definitions.push(Definition {
            name: self.text(name).to_owned(),
            name_span: name.byte_range(),
            span: whole.byte_range(),
            scope: place.scope,
            in_class: place.in_class,
            parameters: positional,
            takes_more,
            decorators,
            is_async: children(node).first().is_some_and(|word| word.kind() == "async"),
            awaits: false,
            yields: false,
            falls_through: body.is_some_and(|body| falls_through(body, self.source)),
        });
        // What parameters are by default is worked out where the function is defined.
        let outside = parameters.into_iter().map(|it| (it, place));
        outside.chain(body.map(|body| (body, place.of_function(scope)))).collect()
    }

    pub(super) fn define_lambda<'t>(&mut self, node: Node<'t>, place: Place) -> Open<'t> {
        let parameters = node.child_by_field_name("parameters").map(named).unwrap_or_default();
        let (positional, takes_more) = self.parameters(&parameters);
        let scope = self.definitions.len();
        let start = node.start_byte();
        self.definitions.push(Definition {
            name: "<lambda>".to_owned(),
            name_span: start..start + "lambda".len(),
            span: node.byte_range(),
            scope: place.scope,
            in_class: false,
            parameters: positional,
            takes_more,
            decorators: Vec::new(),
            is_async: false,
            awaits: false,
            yields: false,
            falls_through: false,
        });
        let Some(body) = node.child_by_field_name("body") else { return Vec::new() };
        let inside = place.of_function(scope);
        let value = self.value(body);
        self.act(body, inside, Deed::Return(value));
        vec![(body, inside)]
    }

    /// The positional parameters as `getfullargspec` counts them: those with defaults too, those after `*` not; and
    /// whether there is a `*args`.
    fn parameters(&self, parameters: &[Node<'_>]) -> (Vec<String>, bool) {
        let mut positional = Vec::new();
        for parameter in parameters {
            let inner = match parameter.kind() {
                "default_parameter" | "typed_default_parameter" => {
                    parameter.child_by_field_name("name")
                }
                "typed_parameter" => named(*parameter).first().copied(),
                _ => Some(*parameter),
            };
            match inner.map(|inner| (inner.kind(), inner)) {
                Some(("list_splat_pattern", _)) => return (positional, true),
                Some(("keyword_separator", _)) => break,
                Some(("identifier", name)) => positional.push(self.text(name).to_owned()),
                _ => {}
            }
        }
        (positional, false)
    }
}
