//! JSON text with places: a lexer, paths, and edits of the text that change nothing else.
//!
//! A user's file is theirs: [`Document`] keeps the order of keys, doubles, the spelling of numbers and all white space,
//! and an [`Edit`] touches only the bytes that it must. What is accepted is what Go's `encoding/json` accepts, because
//! Gateways and the reference tool read manifests with it: invalid UTF-8 and lone surrogates become U+FFFD, a
//! document nests at most 10 000 deep, and trailing data is an error for some readers and not for others.

mod document;
mod edit;
mod format;
mod number;
mod parse;
mod path;
mod place;
mod text;
mod written;
mod zero;

pub use document::{BYTE_ORDER_MARK, Document, Kind, Value};
pub use edit::{Edit, EditError};
pub use number::go_number;
pub use parse::{MAX_DEPTH, SyntaxError, Trailing};
pub use path::{Path, PathError, Step};
pub use place::{Lines, Place};
pub use text::{folds_to, quote, unquote};
pub use written::Written;
pub use zero::is_zero;
