//! Authentication: a scheme a file. Each finds out who the caller is, and gives him a session by one plan, or refuses him
//! in the words of the contract.

pub(super) mod basic;
mod credential;
pub(super) mod hmac;
pub(super) mod jwt;
pub(super) mod session;
pub(super) mod static_key;
pub(super) mod token;

use super::rules::{Done, Table, Turn};
use crate::domain::object::Overrides;
use crate::domain::task::Problem;

/// What a caller who is nobody gets.
#[derive(Clone, Debug)]
struct Refusal {
    code: i32,
    error: String,
    headers: Vec<(String, String)>,
}

impl Refusal {
    fn new(code: i32, error: &str) -> Self {
        Self { code, error: error.to_owned(), headers: Vec::new() }
    }

    /// With `code` and `error` of an action in place of the usual ones.
    fn load(self, table: &Table<'_>) -> Result<Self, Problem> {
        let code = match table.integer("code")? {
            None => self.code,
            Some(code) => {
                let valid = i32::try_from(code.value).ok().filter(|it| (400..=599).contains(it));
                valid.ok_or_else(|| {
                    let what = format!("`code` is {}, and must be from 400 to 599", code.value);
                    table.problem(&code.span, what)
                })?
            }
        };
        let error = table.string("error")?.map_or(self.error, |error| error.value.to_owned());
        Ok(Self { code, error, ..self })
    }

    /// Refuses the caller; `why` is for whoever looks for the reason, and never for the caller.
    fn refuse(&self, turn: &mut Turn<'_>, why: impl Into<String>) -> Done {
        turn.edit.overrides = Some(Overrides {
            code: self.code,
            error: self.error.clone(),
            headers: self.headers.clone(),
            ..Overrides::default()
        });
        turn.edit.session = None;
        turn.note = Some(why.into());
        Done::Refused
    }
}

/// A name of no secret that a caller wrote, an algorithm's for one: as it is where it is short and of harmless characters, and
/// else in quotes, out of which no record takes it.
fn named(name: &str) -> String {
    let is_harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"._@:-".contains(&byte);
    if (1..=64).contains(&name.len()) && name.bytes().all(is_harmless) {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}

/// What follows a word such as `Bearer`, which is compared without case.
fn after_word<'a>(value: &'a str, word: &str) -> Option<&'a str> {
    let (first, rest) = value.split_at_checked(word.len())?;
    let rest = rest.strip_prefix(' ')?;
    first.eq_ignore_ascii_case(word).then(|| rest.trim_start_matches(' '))
}
