//! What the grammar takes and Python 3.7 to 3.11 does not.

use tree_sitter::Node;

use crate::domain::code::{Source, SyntaxFault};
use crate::services::code::syntax::children;

/// Statements of Python 2 and of 3.12, of which the first few are told.
pub(in crate::services::code) fn faults(root: Node<'_>, source: &Source) -> Vec<SyntaxFault> {
    let mut faults = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if faults.len() == 20 {
            break;
        }
        let message = match node.kind() {
            "print_statement" => "a print statement, which is Python 2: write print(…)",
            "exec_statement" => "an exec statement, which is Python 2: write exec(…)",
            "<>" => "<> is Python 2: write !=",
            "type_alias_statement" => {
                "a type statement needs Python 3.12, and no Gateway runs on it"
            }
            _ => {
                open.extend(children(node).into_iter().rev());
                continue;
            }
        };
        let place = source.place(node.start_byte());
        faults.push(SyntaxFault { message: message.to_owned(), place });
    }
    faults
}
