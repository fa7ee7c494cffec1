//! Who may write to the terminal: commands, and the console's own room for it.

use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, Item};

use super::sources::{Module, attributes, is_for_tests, modules};

/// Rooms that write to stdout or stderr themselves.
const WRITERS: [&str; 2] = ["cli", "tui::terminal"];

#[derive(Default)]
struct Finder(Vec<String>);

impl<'ast> Visit<'ast> for Finder {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    /// `std::io::stdout()`.
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(called) = &*call.func
            && let Some(last) = called.path.segments.last()
            && (last.ident == "stdout" || last.ident == "stderr")
        {
            self.0.push(last.ident.to_string());
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let writes = ["print", "println", "eprint", "eprintln", "dbg"];
        if let Some(name) = writes.iter().find(|name| called.path.is_ident(name)) {
            self.0.push(format!("{name}!"));
        }
        visit::visit_macro(self, called);
    }
}

fn found(module: &Module) -> Vec<String> {
    let mut finder = Finder::default();
    finder.visit_file(&module.file);
    finder.0.into_iter().map(|what| format!("{}: {what}", module.source.display())).collect()
}

#[test]
fn only_those_whose_work_it_is_write_to_the_terminal() {
    let may = |path: &str| {
        WRITERS.iter().any(|room| path == *room || path.starts_with(&format!("{room}::")))
    };
    let others: Vec<String> =
        modules().iter().filter(|module| !may(&module.path)).flat_map(found).collect();
    assert!(others.is_empty(), "return it, log it, or write to what the caller gave: {others:#?}");
}

#[test]
fn whoever_writes_is_found() {
    let text = "fn f() { println!(\"x\"); let _ = std::io::stdout().lock(); }
        #[cfg(test)] mod tests { fn g() { dbg!(1); } }";
    let module = Module {
        path: "capture".into(),
        source: "x.rs".into(),
        file: syn::parse_file(text).unwrap(),
    };
    assert_eq!(found(&module), ["x.rs: println!", "x.rs: stdout"]);
}
