//! `tyk-tui rule`: rules without a server.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::output::{self, printable};
use super::{Answer, runtime};
use crate::config::{self, Chosen, Sources};
use crate::dispatch::Rules;
use crate::domain::effect::Outcome;
use crate::domain::object::{self, Head, Message, Parsed, View};
use crate::domain::replay::{Difference, Ignore, compare, shown};
use crate::domain::task::Problem;
use crate::flows::rules::{self, Dispatch, Trial};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Say which rule answers recorded Dispatches, and what it changes. Ends with 1 where no rule answers one, or
    /// otherwise than expected.
    Test(Test),
    /// List the rules in their order, once all of their files and keys were read.
    List(List),
}

#[derive(Debug, clap::Args)]
struct Test {
    /// Lines of `serve --json --show-secrets` or of an export, an Object as JSON or as bytes; `-` for standard input.
    dispatches: PathBuf,
    /// The rules of this file instead of the configured ones.
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// How each must end: passed, changed, refused, overridden or failed.
    #[arg(long, value_name = "OUTCOME", value_parser = outcome)]
    expect: Option<Outcome>,
    /// The rule that must answer each.
    #[arg(long, value_name = "NAME")]
    expect_rule: Option<String>,
    /// Print JSON: an object for each Dispatch.
    #[arg(long)]
    json: bool,
    /// Print secrets as they are.
    #[arg(long)]
    show_secrets: bool,
}

#[derive(Debug, clap::Args)]
struct List {
    /// The rules of this file instead of the configured ones.
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Args {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Command::Test(args) => args.json,
            Command::List(args) => args.json,
        }
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let loaded = config::load(&Sources::here(chosen)?)?;
    loaded.warnings.iter().for_each(output::warning);
    match &args.command {
        Command::Test(args) => test(args, &loaded.settings),
        Command::List(args) => list(args, &loaded.settings),
    }
}

fn load(settings: &config::Settings, file: Option<&PathBuf>) -> Result<Rules, Problem> {
    match file {
        Some(file) => Rules::load(std::slice::from_ref(file), &settings.server),
        None => Rules::configured(settings),
    }
}

fn list(args: &List, settings: &config::Settings) -> Result<Answer, Problem> {
    let rules = load(settings, args.rules.as_ref())?;
    for rule in rules.stats() {
        if args.json {
            output::line(json!({ "name": rule.name, "when": rule.when }))?;
        } else {
            output::line(format_args!("{:24} {}", printable(&rule.name), printable(&rule.when)))?;
        }
    }
    rules.notices().iter().for_each(output::notice);
    Ok(Answer::Yes)
}

fn test(args: &Test, settings: &config::Settings) -> Result<Answer, Problem> {
    let rules = load(settings, args.rules.as_ref())?;
    let dispatches = rules::read(&args.dispatches)?;
    if dispatches.is_empty() {
        return Err(Problem::failed("there is no Dispatch in it").at(args.dispatches.display()));
    }
    let view = crate::capture::view(&settings.redact, args.show_secrets)?;
    view.learn(rules.secret_names());
    let mut all = true;
    for dispatch in &dispatches {
        let trial = rules::try_on(&rules, dispatch, settings.server.answer_limit);
        let trial = runtime::block_on(trial)??;
        all &= as_expected(args, &trial);
        if args.json {
            output::line(to_json(dispatch, &trial, &*view))?;
        } else {
            print(dispatch, &trial, &*view)?;
        }
    }
    Ok(if all { Answer::Yes } else { Answer::No })
}

fn as_expected(args: &Test, Trial { tried, verdict }: &Trial) -> bool {
    let rule = match &args.expect_rule {
        Some(name) => tried.rule.as_ref() == Some(name),
        // Who expects an outcome may expect that nothing answers.
        None => tried.rule.is_some() || args.expect.is_some(),
    };
    rule && args.expect.is_none_or(|expected| expected == verdict.outcome)
}

/// What differs between both sides, and how each of them is shown.
fn changes(
    dispatch: &Dispatch,
    reply: &[u8],
    view: &dyn View,
) -> Vec<(Difference, [Option<Value>; 2])> {
    let sides = [&dispatch.object[..], reply];
    let document =
        |bytes: &[u8], view: &dyn View| object::to_json(Message::Object, bytes, view).ok();
    let [Some(old), Some(new)] = sides.map(|bytes| document(bytes, &crate::domain::redact::Shown))
    else {
        return Vec::new();
    };
    let knowing = view.knowing(&Parsed::those(&sides.map(|bytes| (Message::Object, bytes))));
    let view = knowing.as_deref().unwrap_or(view);
    let seen = sides.map(|bytes| document(bytes, view));
    // All counts here: what is new with every call is what a rule made.
    let differences = compare(&old, &new, &Ignore::nothing()).differences;
    let each = |difference: Difference| {
        let [old, new] = &seen;
        let old = difference.old.as_ref().and(old.as_ref());
        let new = difference.new.as_ref().and(new.as_ref());
        let values = [old, new].map(|side| shown(side?, &difference.path));
        (difference, values)
    };
    differences.into_iter().map(each).collect()
}

fn to_json(dispatch: &Dispatch, Trial { tried, verdict }: &Trial, view: &dyn View) -> Value {
    let reply = tried.reply.as_deref().ok();
    let changes = reply.map(|reply| changes(dispatch, reply, view)).unwrap_or_default();
    let changes: Vec<_> = changes
        .iter()
        .map(|(difference, [old, new])| {
            json!({ "path": difference.path.to_string(), "old": old, "new": new })
        })
        .collect();
    json!({
        "at": dispatch.place,
        "rule": tried.rule,
        "rules": tried.rules,
        "outcome": verdict.outcome.word(),
        "status": verdict.status,
        "why": tried.why,
        "error": verdict.error,
        "changes": changes,
    })
}

fn print(
    dispatch: &Dispatch,
    Trial { tried, verdict }: &Trial,
    view: &dyn View,
) -> Result<(), Problem> {
    let said = |text: String| output::line(printable(&text.replace(['\n', '\t'], " ")));
    let call = match Head::read(&dispatch.object) {
        Ok(head) => {
            format!("{} {} {} {}", head.hook.word(), head.hook_name, head.api_id, head.method)
        }
        Err(_) => String::new(),
    };
    let rules = if tried.rules.is_empty() { "no rule".to_owned() } else { tried.rules.join(", ") };
    let status = verdict.status.map(|status| format!(" {status}")).unwrap_or_default();
    said(format!("{}: {call}: {rules}: {}{status}", dispatch.place, verdict.outcome.word()))?;
    for why in [&tried.why, &verdict.error].into_iter().flatten() {
        said(format!("    {why}"))?;
    }
    let Ok(reply) = &tried.reply else { return Ok(()) };
    for (difference, values) in changes(dispatch, reply, view) {
        said(format!("    {}", difference.path))?;
        for (sign, value) in ['-', '+'].into_iter().zip(values) {
            if let Some(value) = value {
                said(format!("  {sign}   {}", output::brief(&value.to_string())))?;
            }
        }
    }
    Ok(())
}

fn outcome(word: &str) -> Result<Outcome, String> {
    let all =
        [Outcome::Passed, Outcome::Changed, Outcome::Refused, Outcome::Overridden, Outcome::Failed];
    let known = || all.map(Outcome::word).join(", ");
    all.into_iter()
        .find(|outcome| outcome.word() == word)
        .ok_or_else(|| format!("one of {}", known()))
}
