//! Where in the code a node is, and what that decides.

use tree_sitter::Node;

use crate::services::code::syntax::{children, named, text};

/// What is around a node.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Place {
    /// The innermost function.
    pub(super) scope: Option<usize>,
    /// Directly or not in a class of this scope.
    pub(super) in_class: bool,
    /// Nothing decides whether it happens.
    pub(super) certain: bool,
    /// In a `try` that has an `except`.
    pub(super) guarded: bool,
    /// Part of a longer path.
    pub(super) in_path: bool,
}

impl Default for Place {
    fn default() -> Self {
        Self { scope: None, in_class: false, certain: true, guarded: false, in_path: false }
    }
}

impl Place {
    /// In a function's body.
    pub(super) fn of_function(self, scope: usize) -> Self {
        Self { scope: Some(scope), guarded: self.guarded, ..Self::default() }
    }

    pub(super) fn in_class(self) -> Self {
        Self { in_class: true, ..self }
    }

    pub(super) fn decided(self) -> Self {
        Self { certain: false, ..self }
    }

    /// Where the children of a node are that opens no scope.
    pub(super) fn of_children<'t>(self, node: Node<'t>) -> impl Fn(Node<'t>) -> Self {
        let plain = Self { in_path: false, ..self };
        let kind = node.kind();
        let path_of = match kind {
            "attribute" => node.child_by_field_name("object"),
            "subscript" => node.child_by_field_name("value"),
            "call" => node.child_by_field_name("function"),
            _ => None,
        };
        let body = node.child_by_field_name("body");
        let caught = kind == "try_statement"
            && children(node).iter().any(|child| child.kind() == "except_clause");
        move |child| match kind {
            "attribute" | "subscript" | "call" => Self { in_path: path_of == Some(child), ..plain },
            "try_statement" if Some(child) == body => Self {
                guarded: plain.guarded || caught,
                certain: plain.certain && !caught,
                ..plain
            },
            "try_statement" if child.kind() != "finally_clause" => plain.decided(),
            // The condition happens; what it decides may not.
            "if_statement" | "while_statement" | "for_statement" | "elif_clause"
                if matches!(child.kind(), "block" | "elif_clause" | "else_clause") =>
            {
                plain.decided()
            }
            "conditional_expression"
            | "boolean_operator"
            | "case_clause"
            | "list_comprehension"
            | "set_comprehension"
            | "dictionary_comprehension"
            | "generator_expression" => plain.decided(),
            _ => plain,
        }
    }
}

/// How deep blocks are followed to see whether their end can be reached.
const FOLLOWED: usize = 32;

/// Whether the end of a block can be reached, as far as the text shows; where it does not, no.
pub(super) fn falls_through(block: Node<'_>, source: &str) -> bool {
    reaches_end(block, source, FOLLOWED)
}

fn reaches_end(block: Node<'_>, source: &str, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let statements = named(block);
    let Some(last) = statements.last() else { return true };
    let all_branches = || {
        let parts = named(*last);
        let blocks = parts.iter().flat_map(|part| match part.kind() {
            "block" => vec![*part],
            "elif_clause" | "else_clause" | "except_clause" => {
                named(*part).into_iter().filter(|inner| inner.kind() == "block").collect()
            }
            _ => Vec::new(),
        });
        blocks.collect::<Vec<_>>()
    };
    let has = |kind: &str| named(*last).iter().any(|part| part.kind() == kind);
    match last.kind() {
        "if_statement" => {
            !has("else_clause")
                || all_branches().into_iter().any(|block| reaches_end(block, source, depth))
        }
        "with_statement" => {
            let body = last.child_by_field_name("body");
            body.is_none_or(|body| reaches_end(body, source, depth))
        }
        "for_statement" | "expression_statement" => !exits(*last, source),
        "assignment"
        | "pass_statement"
        | "import_statement"
        | "import_from_statement"
        | "delete_statement"
        | "assert_statement"
        | "function_definition"
        | "class_definition"
        | "decorated_definition"
        | "global_statement" => true,
        // `try`, `while` and `match` end in more ways than are worth following.
        _ => false,
    }
}

/// Whether a statement is a call such as `sys.exit()`, which does not come back.
fn exits(statement: Node<'_>, source: &str) -> bool {
    let words = text(statement, source);
    ["sys.exit(", "exit(", "quit(", "os._exit(", "os.abort("].iter().any(|it| words.starts_with(it))
}

/// Where an import can be added: after a byte order mark, comments at the top, the docstring, and imports from
/// `__future__`.
pub(super) fn top(root: Node<'_>, source: &str) -> usize {
    let mut top = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for statement in children(root) {
        let docstring = statement.kind() == "expression_statement"
            && named(statement).first().is_some_and(|it| it.kind() == "string");
        match statement.kind() {
            "comment" if text(statement, source).starts_with("#!") => {}
            "comment" if text(statement, source).contains("coding") => {}
            "comment" => continue,
            "future_import_statement" => {}
            _ if docstring => {}
            _ => break,
        }
        top = line_end(source, statement.end_byte());
    }
    top
}

/// The byte after the line that a byte is in.
fn line_end(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |end| at + end + 1)
}
