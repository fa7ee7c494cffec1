//! jq expressions over a record's JSON: a record matches where any of their outputs is neither `null` nor `false`.
//!
//! What never ends, what reads the environment and what prints is left out: a filter looks at a million records while
//! somebody waits, and does nothing else.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, LazyLock};

use jaq_core::load::lex::{Lexer, StrPart, Tok, Token};
use jaq_core::load::{Arena, Error, File, Loader, span};
use jaq_core::native::{bome, run, v};
use jaq_core::{Compiler, Ctx, Vars, data};
use jaq_json::Val;
use serde_json::Value;

use super::error::FilterError;
use super::fault::Faults;
use super::json::{Json, value};

type Data = data::JustLut<Val>;

/// Bytes of an expression.
const LONGEST: usize = 2_000;

/// Brackets that may be open at once.
const DEEPEST: usize = 30;

/// Operators and keywords: parser, compiler and interpreter call themselves for each, and a stack has an end.
const MOST: usize = 120;

const KEYWORDS: [&str; 10] =
    ["and", "as", "catch", "elif", "foreach", "if", "label", "or", "reduce", "try"];

/// Outputs that are looked at.
const OUTPUTS: usize = 10_000;

/// Words that would not end, tell of this machine, or print.
const LEFT_OUT: [&str; 18] = [
    "combinations",
    "debug",
    "debug_empty",
    "def",
    "env",
    "halt",
    "halt_error",
    "import",
    "include",
    "input",
    "inputs",
    "range",
    "recurse",
    "repeat",
    "stderr",
    "stderr_empty",
    "until",
    "while",
];

/// What functions are made of, and nobody writes.
const INNER: [&str; 2] = ["capture_of_match", "totype"];

/// The functions that an expression may call, in order; those that take arguments with the parenthesis that begins them.
pub(super) fn functions() -> &'static [String] {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
        let funs = jaq_core::funs::<Data>().chain(jaq_std::funs()).chain(jaq_json::funs());
        let defs = defs.map(|def| (def.name, def.args.len()));
        let funs = funs.map(|(name, arguments, _)| (name, arguments.len()));
        let is_meant = |name: &str| {
            let is_inner = name.ends_with('_') || name.ends_with("_empty");
            !is_inner
                && !name.starts_with('@')
                && !INNER.contains(&name)
                && !LEFT_OUT.contains(&name)
        };
        let named = |(name, arguments): (&str, usize)| {
            let begins = if arguments > 0 { "(" } else { "" };
            is_meant(name).then(|| format!("{name}{begins}"))
        };
        let names: BTreeSet<String> = defs.chain(funs).filter_map(named).collect();
        names.into_iter().collect()
    });
    &NAMES
}

/// A compiled expression; a cheap clone.
#[derive(Clone)]
pub(super) struct Jq {
    written: String,
    filter: Arc<jaq_core::Filter<Data>>,
    faults: Arc<Faults>,
}

impl fmt::Debug for Jq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Jq").field(&self.written).finish()
    }
}

impl PartialEq for Jq {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Jq {
    /// Compiles an expression; places in an error count from its beginning.
    pub(super) fn compile(code: &str) -> Result<Self, FilterError> {
        let at = |part: &str| {
            let span = span(code, part);
            // A token that is not closed reaches to the end; its first character is what counts.
            span.start..span.end.min(span.start + part.chars().next().map_or(0, char::len_utf8))
        };
        if code.len() > LONGEST {
            return Err(FilterError::new(0..code.len(), format!("jq: more than {LONGEST} bytes")));
        }
        if let Some(place) = too_deep(code) {
            let what = format!("jq: more than {DEEPEST} brackets are open here");
            return Err(FilterError::new(place..place + 1, what));
        }
        if let Ok(tokens) = Lexer::new(code).lex() {
            if let Some(word) = left_out(&tokens) {
                let what =
                    format!("jq: {word} is left out: a filter must end, and do nothing else");
                return Err(FilterError::new(span(code, word), what));
            }
            if operators(&tokens) > MOST {
                let what = format!("jq: more than {MOST} operators and keywords");
                return Err(FilterError::new(0..code.len(), what));
            }
        }
        let arena = Arena::default();
        let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
        let modules = Loader::new(defs).load(&arena, File { code, path: () }).map_err(
            |errors| match errors.into_iter().next() {
                Some((_, Error::Lex(errors))) => first(code, errors, |(expected, found)| {
                    let what = format!("jq: a {} is missing here", lexed(&expected));
                    FilterError::new(at(found), what)
                }),
                Some((_, Error::Parse(errors))) => first(code, errors, |(expected, found)| {
                    let what = format!("jq: expected {} here", expected.as_str());
                    FilterError::new(at(found), what)
                }),
                _ => FilterError::new(0..code.len(), "jq: this cannot be read"),
            },
        )?;
        let funs = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
        // Theirs calls itself for each level of what a client sent.
        let funs = funs.filter(|(name, ..)| *name != "fromjson").chain([run::<Data>((
            "fromjson",
            v(0),
            |input| bome(from_json(&input.1)),
        ))]);
        let filter = Compiler::default().with_funs(funs).compile(modules).map_err(|errors| {
            let error = errors.into_iter().flat_map(|(_, errors)| errors).next();
            error.map_or_else(
                || FilterError::new(0..code.len(), "jq: this cannot be compiled"),
                |(name, kind)| {
                    let place = span(code, name);
                    let what = format!("jq: there is no {} {name}", kind.as_str());
                    FilterError::new(place, what)
                        .help("alternatives are written ||; after | comes jq, as .status == 403")
                },
            )
        })?;
        Ok(Self { written: code.to_owned(), filter: Arc::new(filter), faults: Arc::default() })
    }

    /// The same, counting what it fails on there.
    pub(super) fn with(self, faults: Faults) -> Self {
        Self { faults: Arc::new(faults), ..self }
    }

    /// On how many records it failed, and what it said of the first.
    pub(super) fn faults(&self) -> Option<(u64, &str)> {
        self.faults.get()
    }

    /// As it was written.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// Whether a record's JSON matches; an error of the expression is a no, and counted.
    pub(super) fn matches(&self, record: Json) -> bool {
        let context = Ctx::<Data>::new(&self.filter.lut, Vars::new([]));
        let mut outputs = self.filter.id.run((context, record.value()));
        let mut fault = None;
        let held = outputs.by_ref().take(OUTPUTS).any(|output| match output {
            Ok(output) => !matches!(output, Val::Null | Val::Bool(false)),
            Err(error) => {
                fault.get_or_insert(error);
                false
            }
        });
        if let Some(Ok(error)) = fault.filter(|_| !held).map(jaq_core::Exn::get_err) {
            self.faults.add(&error);
        }
        held
    }
}

fn first<E>(code: &str, errors: Vec<E>, word: impl Fn(E) -> FilterError) -> FilterError {
    let error = errors.into_iter().next().map(word);
    error.unwrap_or_else(|| FilterError::new(0..code.len(), "jq: this cannot be read"))
}

fn lexed(expected: &jaq_core::load::lex::Expect<&str>) -> &'static str {
    use jaq_core::load::lex::Expect;
    match expected {
        Expect::Delim("(") => "closing parenthesis",
        Expect::Delim("[") => "closing bracket",
        Expect::Delim("{") => "closing brace",
        Expect::Delim(_) => "closing quote",
        Expect::Digit => "digit",
        Expect::Ident => "name",
        Expect::Escape | Expect::Unicode => "valid escape",
        _ => "token that jq knows",
    }
}

/// The place of the bracket that is one too many; those in strings count, as an upper bound does.
fn too_deep(code: &str) -> Option<usize> {
    let mut open = 0_usize;
    code.bytes().position(|byte| {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEEPEST
    })
}

fn left_out<'c>(tokens: &[Token<&'c str>]) -> Option<&'c str> {
    tokens.iter().find_map(|Token(written, token)| match token {
        Tok::Word => LEFT_OUT.contains(written).then_some(*written),
        Tok::Var => (*written == "$ENV").then_some(*written),
        Tok::Block(tokens) => left_out(tokens),
        Tok::Str(parts) => parts.iter().find_map(|part| match part {
            StrPart::Term(token) => left_out(std::slice::from_ref(token)),
            _ => None,
        }),
        _ => None,
    })
}

fn operators(tokens: &[Token<&str>]) -> usize {
    let of = |Token(written, token): &Token<&str>| match token {
        Tok::Word => usize::from(KEYWORDS.contains(written)),
        Tok::Sym => usize::from(*written != "."),
        Tok::Block(tokens) => operators(tokens),
        Tok::Str(parts) => parts.iter().fold(0, |sum, part| match part {
            StrPart::Term(token) => sum + operators(std::slice::from_ref(token)),
            _ => sum,
        }),
        _ => 0,
    };
    tokens.iter().map(of).sum()
}

fn from_json(text: &Val) -> jaq_json::ValR {
    let fail = |what: &str| jaq_json::Error::new(Val::from(what.to_owned()));
    let (Val::TStr(bytes) | Val::BStr(bytes)) = text else { return Err(fail("not a text")) };
    match serde_json::from_slice::<Value>(bytes) {
        Ok(json) => Ok(value(&json)),
        Err(_) => Err(fail("not JSON")),
    }
}
