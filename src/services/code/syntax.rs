//! Parsing that always ends, and where a text does not parse.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use tree_sitter::{Language, Node, ParseOptions, ParseState, Parser, Tree};

use crate::domain::code::{Source, SyntaxFault};

/// Faults that are told of one file: after the first few the parser only guesses.
const TOLD: usize = 20;

/// How long a text may be parsed, to begin with and for each MiB. Written and generated code takes a tenth of that; only
/// a text of no sense makes the parser search for a way out, and the time of that grows with the square of its length.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(3), Duration::from_secs(5));

/// Parses a text; `None` where it would take for ever.
pub(super) fn parse(language: &Language, text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(language).ok()?;
    let mebibytes = u32::try_from(text.len() >> 20).unwrap_or(u32::MAX);
    let until = Instant::now() + PATIENCE.0 + PATIENCE.1.saturating_mul(mebibytes);
    let mut go_on = |_: &ParseState| {
        if Instant::now() < until { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut go_on);
    let bytes = text.as_bytes();
    parser.parse_with_options(&mut |at, _| bytes.get(at..).unwrap_or_default(), None, Some(options))
}

/// The children of a node, in their order.
pub(super) fn children(node: Node<'_>) -> Vec<Node<'_>> {
    node.children(&mut node.walk()).collect()
}

/// The children that have a name in the grammar, comments left out.
pub(super) fn named(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| child.kind() != "comment").collect()
}

/// The text of a node.
pub(super) fn text<'a>(node: Node<'_>, text: &'a str) -> &'a str {
    text.get(node.byte_range()).unwrap_or_default()
}

/// Where a text does not parse.
pub(super) fn faults(root: Node<'_>, source: &Source) -> Vec<SyntaxFault> {
    let mut faults = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if faults.len() == TOLD {
            break;
        }
        if node.is_missing() {
            let message = format!("invalid syntax: `{}` is missing", node.kind());
            faults.push(SyntaxFault { message, place: source.place(node.start_byte()) });
        } else if node.is_error() {
            let message = "invalid syntax".to_owned();
            faults.push(SyntaxFault { message, place: source.place(node.start_byte()) });
        } else if node.has_error() {
            open.extend(children(node).into_iter().rev());
        }
    }
    faults
}
