//! `tyk-tui rule`: rules without a server.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::output::{self, cell};
use super::{Answer, runtime};
use crate::config::{self, Chosen, Sources};
use crate::dispatch::Rules;
use crate::domain::effect::Outcome;
use crate::domain::nearest::nearest;
use crate::domain::object::{self, Head, Message, Parsed, View};
use crate::domain::replay::{Difference, Ignore, compare, shown};
use crate::domain::task::Problem;
use crate::flows::rules::{self, Dispatch, Found, Trial};

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
    /// Print JSON: an object for each Dispatch; `missed` in it says what was expected and what came, where that differs.
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
            output::line(format_args!("{:24} {}", cell(&rule.name), cell(&rule.when)))?;
        }
    }
    rules.notices().iter().for_each(output::notice);
    Ok(Answer::Yes)
}

fn test(args: &Test, settings: &config::Settings) -> Result<Answer, Problem> {
    let rules = load(settings, args.rules.as_ref())?;
    if let Some(name) = &args.expect_rule {
        is_there(&rules, name)?;
    }
    let Found { dispatches, passed_over } = rules::read(&args.dispatches)?;
    if passed_over > 0 {
        let lines =
            if passed_over == 1 { "1 line has" } else { &format!("{passed_over} lines have") };
        output::notice(format_args!(
            "{lines} no Dispatch, as those of events, and no rule is tried on that"
        ));
    }
    if dispatches.is_empty() {
        return Err(Problem::failed("there is no Dispatch in it").at(args.dispatches.display()));
    }
    let view = crate::capture::view(&settings.redact, args.show_secrets)?;
    view.learn(rules.secret_names());
    let mut all = true;
    for dispatch in &dispatches {
        let trial = rules::try_on(&rules, dispatch, settings.server.answer_limit);
        let trial = runtime::block_on(trial)??;
        let missed = missed(args, &trial);
        all &= missed.is_none();
        if args.json {
            output::line(to_json(dispatch, &trial, missed.as_deref(), &*view))?;
        } else {
            print(dispatch, &trial, &*view)?;
        }
        if let Some(missed) = missed {
            output::notice(format_args!("{}: {missed}", dispatch.place));
        }
    }
    Ok(if all { Answer::Yes } else { Answer::No })
}

/// A problem where no rule has this name: an expectation that nothing can meet tells of no Dispatch.
fn is_there(rules: &Rules, name: &str) -> Result<(), Problem> {
    let mut known: Vec<_> = rules.stats().into_iter().map(|rule| rule.name).collect();
    // The last is for what no rule handles.
    known.pop();
    if known.iter().any(|rule| rule == name) {
        return Ok(());
    }
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there are no rules: --rules names a file of them".to_owned(),
        None => format!("known are {}", known.join(", ")),
    };
    Err(Problem::usage(format!("there is no rule `{name}`")).at("--expect-rule").help(help))
}

/// What was expected of a Dispatch and what came, where that differs.
fn missed(args: &Test, Trial { tried, verdict }: &Trial) -> Option<String> {
    let mut missed = Vec::new();
    match (&args.expect_rule, &tried.rule) {
        (Some(expected), Some(rule)) if expected != rule => {
            missed.push(format!("expected rule {expected}, and {rule} answered"));
        }
        (Some(expected), None) => {
            missed.push(format!("expected rule {expected}, and none answered"));
        }
        // Who expects an outcome may expect that nothing answers.
        (None, None) if args.expect.is_none() => missed.push("no rule answered".to_owned()),
        _ => {}
    }
    if let Some(expected) = args.expect.filter(|expected| *expected != verdict.outcome) {
        let [expected, came] = [expected, verdict.outcome].map(Outcome::word);
        missed.push(format!("expected outcome {expected}, and it is {came}"));
    }
    (!missed.is_empty()).then(|| missed.join("; "))
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
    let differences = compare(&old, &new, &Ignore::nothing(), None).differences;
    let each = |difference: Difference| {
        let [old, new] = &seen;
        let old = difference.old.as_ref().and(old.as_ref());
        let new = difference.new.as_ref().and(new.as_ref());
        let values = [old, new].map(|side| shown(side?, &difference.path));
        (difference, values)
    };
    differences.into_iter().map(each).collect()
}

fn to_json(
    dispatch: &Dispatch,
    Trial { tried, verdict }: &Trial,
    missed: Option<&str>,
    view: &dyn View,
) -> Value {
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
        "missed": missed,
        "changes": changes,
    })
}

fn print(
    dispatch: &Dispatch,
    Trial { tried, verdict }: &Trial,
    view: &dyn View,
) -> Result<(), Problem> {
    let said = |text: String| output::line(cell(&text));
    let call = match Head::read(&dispatch.object) {
        Ok(head) => {
            format!("{} {} {} {}", head.hook.word(), head.hook_name, head.api_id, head.method)
        }
        Err(_) => String::new(),
    };
    let rules = if tried.rules.is_empty() { "no rule".to_owned() } else { tried.rules.join(", ") };
    let status = verdict.status.map(|status| format!(" {status}")).unwrap_or_default();
    said(format!("{}: {call}: {rules}: {}{status}", dispatch.place, verdict.outcome.word()))?;
    // Of a call that failed they are the same.
    let error = verdict.error.as_ref().filter(|error| tried.why.as_ref() != Some(error));
    for why in tried.why.iter().chain(error) {
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
