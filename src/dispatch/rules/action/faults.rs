//! `delay`, `fail`, `drop`: what a Gateway does where its plugin is slow, fails, or dies in the middle of its answer. Each
//! by probability, so that some requests get through.

use std::pin::Pin;
use std::time::Duration;

use tonic::{Code, Status};

use super::{Action, Hooks, Kind, Later, Now, action_table};
use crate::dispatch::rules::load::Loader;
use crate::dispatch::rules::table::{Placed, Table};
use crate::dispatch::rules::template::Template;
use crate::dispatch::rules::turn::{Done, Turn};
use crate::domain::nearest::nearest;
use crate::domain::task::Problem;

/// `delay = { ms = 250, jitter_ms = 100, probability = 0.5 }`.
pub(super) const DELAY: Kind = Kind { name: "delay", hooks: Hooks::Any, load: delay };
/// `fail = { probability = 0.1, code = "UNAVAILABLE", message = "…" }`.
pub(super) const FAIL: Kind = Kind { name: "fail", hooks: Hooks::Any, load: fail };
/// `drop = { probability = 0.1 }`.
pub(super) const DROP: Kind = Kind { name: "drop", hooks: Hooks::Any, load: drop_call };

/// A call that is held longer is a defect of the rule, and the server would wait for it at its end.
const LONGEST: u64 = 600_000;

/// How often something happens, of 2^32 times.
#[derive(Clone, Copy, Debug)]
struct Chance(u64);

impl Chance {
    fn load(table: &Table<'_>) -> Result<Self, Problem> {
        let Some(probability) = table.number("probability")? else { return Ok(Self(1 << 32)) };
        if probability > 1.0 {
            let span = table.value("probability").map_or(table.span.clone(), toml::Spanned::span);
            return Err(table.problem(&span, "`probability` must be from 0 to 1"));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1")]
        let of = (probability * 4_294_967_296.0) as u64;
        Ok(Self(of))
    }

    fn comes(self) -> bool {
        random() < self.0
    }
}

/// From 0 to 2^32 - 1.
fn random() -> u64 {
    getrandom::u32().map_or(0, u64::from)
}

#[derive(Debug)]
struct Delay {
    least: u64,
    jitter: u64,
    chance: Chance,
}

impl Later for Delay {
    fn apply<'a>(&'a self, _: &'a mut Turn<'_>) -> Pin<Box<dyn Future<Output = Done> + Send + 'a>> {
        Box::pin(async move {
            if self.chance.comes() {
                let more = (random() * (self.jitter + 1)) >> 32;
                tokio::time::sleep(Duration::from_millis(self.least + more)).await;
            }
            Done::GoOn
        })
    }
}

fn delay(_: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let table = action_table(action, "delay", "`delay`", &["ms", "jitter_ms", "probability"])?;
    let milliseconds = |key| match table.integer(key)? {
        None => Ok(None),
        Some(number) => {
            let valid = u64::try_from(number.value).ok().filter(|it| *it <= LONGEST);
            valid.map(Some).ok_or_else(|| {
                table.problem(
                    &number.span,
                    format!("`{key}` must be from 0 to {LONGEST} milliseconds"),
                )
            })
        }
    };
    let least = milliseconds("ms")?
        .ok_or_else(|| table.problem(&table.span, "`delay` without its `ms`"))?;
    let jitter = milliseconds("jitter_ms")?.unwrap_or(0);
    Ok(Action::Later(Box::new(Delay { least, jitter, chance: Chance::load(&table)? })))
}

#[derive(Debug)]
struct Fail {
    code: Code,
    message: Template,
    chance: Chance,
}

impl Now for Fail {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        if !self.chance.comes() {
            return Done::GoOn;
        }
        let message = self.message.line(turn);
        turn.note = Some(format!("failed on purpose: {message}"));
        Done::NoAnswer(Status::new(self.code, message))
    }
}

/// Names of gRPC's status codes that a server answers with.
const CODES: [(&str, Code); 8] = [
    ("UNKNOWN", Code::Unknown),
    ("DEADLINE_EXCEEDED", Code::DeadlineExceeded),
    ("PERMISSION_DENIED", Code::PermissionDenied),
    ("RESOURCE_EXHAUSTED", Code::ResourceExhausted),
    ("UNIMPLEMENTED", Code::Unimplemented),
    ("INTERNAL", Code::Internal),
    ("UNAVAILABLE", Code::Unavailable),
    ("UNAUTHENTICATED", Code::Unauthenticated),
];

fn fail(_: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let table = action_table(action, "fail", "`fail`", &["probability", "code", "message"])?;
    let code = match table.string("code")? {
        None => Code::Unavailable,
        Some(word) => {
            let found = CODES.iter().find(|(name, _)| *name == word.value);
            let (_, code) = found.ok_or_else(|| {
                let names = CODES.map(|(name, _)| name);
                let help = match nearest(word.value, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known are {}", names.join(", ")),
                };
                let what = format!("`{}` is no status of gRPC that is sent here", word.value);
                table.problem(&word.span, what).help(help)
            })?;
            *code
        }
    };
    let usual = Placed { value: "a fault that a rule asks for", span: table.span.clone() };
    let message = table.template(&table.string("message")?.unwrap_or(usual))?;
    Ok(Action::Now(Box::new(Fail { code, message, chance: Chance::load(&table)? })))
}

#[derive(Debug)]
struct DropCall(Chance);

impl Now for DropCall {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        if !self.0.comes() {
            return Done::GoOn;
        }
        turn.note = Some("broken off on purpose".to_owned());
        Done::BrokenOff
    }
}

fn drop_call(_: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let table = action_table(action, "drop", "`drop`", &["probability"])?;
    Ok(Action::Now(Box::new(DropCall(Chance::load(&table)?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_is_never_and_always_is_always() {
        for _ in 0..1_000 {
            assert!(!Chance(0).comes());
            assert!(Chance(1 << 32).comes());
        }
    }
}
