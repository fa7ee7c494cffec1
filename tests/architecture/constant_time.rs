//! What callers send is compared with what is secret in constant time: how long an answer takes tells nothing of a key.

use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprBinary, ExprMethodCall};

use super::sources::modules;

/// Where callers' secrets are compared, and the call that does it. JSON Web Tokens are jsonwebtoken's, by aws-lc.
const COMPARED: [(&str, &str); 3] = [
    ("dispatch::auth::static_key", "ct_eq"),
    ("dispatch::auth::basic", "ct_eq"),
    ("domain::request::hmac", "verify_slice"),
];

/// Words of names that hold something secret.
const SECRET: [&str; 7] = ["secret", "digest", "signature", "password", "hash", "mac", "token"];

#[derive(Default)]
struct Comparisons {
    calls: Vec<String>,
    /// `==` and `!=` of something secret with anything but its emptiness.
    plain: Vec<String>,
}

impl<'ast> Visit<'ast> for Comparisons {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.calls.push(call.method.to_string());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        if matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_)) {
            let secret = [&binary.left, &binary.right].into_iter().filter_map(|side| name(side));
            // Types and variants are no values.
            let value = |name: &String| !name.starts_with(char::is_uppercase);
            let secret = secret.filter(value);
            self.plain.extend(secret.filter(|name| SECRET.iter().any(|word| name.contains(word))));
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_item_mod(&mut self, _: &'ast syn::ItemMod) {
        // Tests.
    }
}

/// The last name of a path, a field or a method's receiver; what is only counted is none.
fn name(side: &Expr) -> Option<String> {
    match side {
        Expr::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        Expr::Field(field) => match &field.member {
            syn::Member::Named(name) => Some(name.to_string()),
            syn::Member::Unnamed(_) => name(&field.base),
        },
        Expr::Reference(reference) => name(&reference.expr),
        Expr::Unary(unary) => name(&unary.expr),
        Expr::Index(index) => name(&index.expr),
        Expr::MethodCall(call) if call.method != "len" && call.method != "count" => {
            name(&call.receiver)
        }
        _ => None,
    }
}

#[test]
fn secrets_are_compared_in_constant_time() {
    let mut found = 0;
    for module in modules() {
        let compares = COMPARED.iter().find(|(path, _)| *path == module.path);
        if compares.is_none() && !module.path.starts_with("dispatch::auth") {
            continue;
        }
        let mut comparisons = Comparisons::default();
        comparisons.visit_file(&module.file);
        assert!(comparisons.plain.is_empty(), "{}: {:?}", module.path, comparisons.plain);
        if let Some((path, call)) = compares {
            assert!(comparisons.calls.iter().any(|it| it == call), "{path} without {call}");
            found += 1;
        }
    }
    assert_eq!(found, COMPARED.len(), "all of them are there");
}

#[test]
fn a_plain_comparison_would_be_seen() {
    let file = syn::parse_str("fn is(a: &Key, digest: [u8; 32]) -> bool { a.digest == digest }");
    let mut comparisons = Comparisons::default();
    comparisons.visit_file(&file.unwrap());
    assert_eq!(comparisons.plain, ["digest", "digest"]);
}
