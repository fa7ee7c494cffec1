//! JSON text with places: a lexer, paths, and edits of the text that change nothing else.
