//! `tyk-tui ship`: what the console's one key does, for scripts and CI.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::Path;

use clap::ValueEnum;
use serde_json::{Value as Json, json};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::passphrase::Passphrase;
use super::{Answer, output, runtime};
use crate::config::{self, Chosen, Loaded, Paths, Sources};
use crate::domain::task::{Kind, Problem, State, Step};
use crate::flows::ship::{self, Failure, History, OwnServer, Plan, Probe, Record, Shipped, Watch};
use crate::flows::target::Here;

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct Args {
    /// Push to this target instead of the profile's `ship_target`: `host`, or one of [use.NAME.target.TARGET].
    #[arg(long, value_name = "NAME")]
    target: Option<String>,
    /// Point this API at the bundle, instead of those in the profile's `ship_apis`: an id, gateway:ID, dashboard:ID or a
    /// file; can be given several times.
    #[arg(long = "api", value_name = "ID")]
    apis: Vec<String>,
    /// Build and verify, and print what would be done then; nothing is sent.
    #[arg(long, conflicts_with = "watch")]
    dry_run: bool,
    /// Ship again whenever the manifest or a file that it lists changes.
    #[arg(long)]
    watch: bool,
    /// Send a GET of this path through the Gateway in the end, and wait for the Dispatch that it causes.
    #[arg(long, value_name = "PATH")]
    probe: Option<String>,
    /// Take back the last ship: its APIs get the bundle that they had before.
    #[arg(long, conflicts_with_all = ["watch", "probe", "target", "apis", "deny"])]
    rollback: bool,
    /// Print what was shipped from this project under this profile.
    #[arg(long, conflicts_with_all = ["rollback", "dry_run", "watch", "probe", "target", "apis", "deny"])]
    history: bool,
    /// What of lint stops it.
    #[arg(long, value_enum, default_value_t = Deny::Error)]
    deny: Deny,
    /// The profile's name, where it is marked as `production`: else it is asked for.
    #[arg(long, value_name = "PROFILE")]
    confirm: Option<String>,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// From which gravity on lint stops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Errors alone.
    Error,
    /// Warnings and errors.
    Warning,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let sources = Sources::here(chosen)?;
    let loaded = config::load(&sources)?;
    loaded.warnings.iter().for_each(output::warning);
    let plan = plan(args, &loaded, sources.paths.as_ref())?;
    if args.history {
        return history(&loaded, sources.paths.as_ref(), args.json);
    }
    let cancel = CancellationToken::new();
    runtime::block_on(async {
        let mut stop = runtime::Stop::listen()?;
        let cancelled = cancel.clone();
        tokio::spawn(async move {
            stop.asked().await;
            output::notice("cancelled: what was begun is taken back");
            cancelled.cancel();
        });
        if args.rollback {
            Box::pin(rollback(args, plan, &cancel)).await
        } else {
            Box::pin(ships(args, plan, &cancel)).await
        }
    })?
}

fn plan(args: &Args, loaded: &Loaded, paths: Option<&Paths>) -> Result<Plan, Problem> {
    let Loaded { settings, folder, .. } = loaded;
    let here = Here::of(folder, settings, paths);
    let mut plan = Plan::for_project(folder, settings, &here)?.under(loaded.profile.as_deref());
    if let Some(target) = &args.target {
        plan = plan.to(target);
    }
    if !args.apis.is_empty() {
        plan = plan.pointing(args.apis.clone());
    }
    if args.deny == Deny::Warning {
        plan = plan.denying_warnings();
    }
    if let Some(passphrase) = args.passphrase.given()? {
        plan = plan.with_passphrase(passphrase);
    }
    if args.watch && plan.production().is_some() {
        return Err(Problem::usage(
            "a profile that is marked as production is not shipped to by --watch",
        )
        .help("ship once, or choose another profile (--use NAME)"));
    }
    Ok(plan)
}

/// Once, or again and again.
async fn ships(args: &Args, plan: Plan, cancel: &CancellationToken) -> Result<Answer, Problem> {
    let server = args.probe.as_ref().map(|_| OwnServer::start(&plan));
    let mut plan = match (&args.probe, &server) {
        (Some(path), Some(own)) => {
            plan.probing(Probe { path: path.clone(), server: own.server().clone() })
        }
        _ => plan,
    };
    if !args.watch {
        return Box::pin(once(args, &mut plan, cancel)).await.map(|()| Answer::Yes);
    }
    loop {
        let mut sources = Watch::new(&plan)?;
        match Box::pin(once(args, &mut plan, cancel)).await {
            Err(problem) if problem.kind == Kind::Interrupted => return Ok(Answer::Yes),
            // It is mended by the next change.
            Err(problem) => output::problem(&problem, args.json),
            Ok(()) => {}
        }
        output::notice("waiting for a change of the sources");
        match sources.changed(cancel).await {
            Ok(file) => output::notice(format_args!("{} changed", file.display())),
            Err(_) => return Ok(Answer::Yes),
        }
    }
}

async fn once(args: &Args, plan: &mut Plan, cancel: &CancellationToken) -> Result<(), Problem> {
    let teller = Teller::new(args.json);
    let mut asked = 0;
    let prepared = loop {
        let prepared = ship::prepare(plan.clone(), teller.steps(), cancel).await;
        match prepared {
            Err(Failure::PassphraseNeeded { key, wrong }) if asked < 3 && can_ask() => {
                if wrong {
                    output::notice("that is not the passphrase; try again");
                }
                asked += 1;
                *plan = plan.clone().with_passphrase(ask_passphrase(&key)?);
            }
            Err(failure) => return Err(teller.ended(failure).await),
            Ok(prepared) => break prepared,
        }
    };
    let outline = prepared.outline();
    if args.dry_run {
        // Who still holds the steps would go on telling.
        drop(prepared);
        teller.close().await;
        return say_outline(&outline, args.json);
    }
    allowed(args, prepared.production(), &outline)?;
    match prepared.carry_out(cancel).await {
        Ok(shipped) => {
            teller.close().await;
            say(&shipped, args.json)
        }
        Err(failure) => Err(teller.ended(failure).await),
    }
}

async fn rollback(args: &Args, plan: Plan, cancel: &CancellationToken) -> Result<Answer, Problem> {
    let teller = Teller::new(args.json);
    let prepared = match ship::rollback(plan, teller.steps(), cancel).await {
        Ok(prepared) => prepared,
        Err(failure) => return Err(teller.ended(failure).await),
    };
    let outline = prepared.outline();
    if args.dry_run {
        // Who still holds the steps would go on telling.
        drop(prepared);
        teller.close().await;
        return say_outline(&outline, args.json).map(|()| Answer::Yes);
    }
    allowed(args, prepared.production(), &outline)?;
    let back = match prepared.carry_out(cancel).await {
        Ok(back) => back,
        Err(failure) => return Err(teller.ended(failure).await),
    };
    teller.close().await;
    if args.json {
        let apis = back.apis.iter().map(|(api, bundle)| json!({"api": api, "bundle": bundle}));
        output::line(json!({"from": back.from, "apis": apis.collect::<Vec<_>>()}))?;
    } else {
        for (api, bundle) in &back.apis {
            let bundle = bundle.as_deref().unwrap_or("no bundle");
            output::line(format_args!("{api} runs {bundle} again, not {}", back.from))?;
        }
    }
    Ok(Answer::Yes)
}

fn history(loaded: &Loaded, paths: Option<&Paths>, json: bool) -> Result<Answer, Problem> {
    let paths = paths.ok_or_else(|| {
        Problem::failed("there is no history of ships: your home folder is unknown")
            .help("set HOME")
    })?;
    let history = History::new(paths.state(), &loaded.folder, loaded.profile.as_deref());
    for record in history.records()?.iter().rev() {
        let Record { at, target, bundle, apis, rolled_back, .. } = record;
        if json {
            output::line(json!(record))?;
            continue;
        }
        let apis = apis.iter().map(|moved| moved.api.as_str()).collect::<Vec<_>>().join(", ");
        let apis = if apis.is_empty() { "no API" } else { &apis };
        let back = if *rolled_back { "  taken back" } else { "" };
        let at = at.strftime("%Y-%m-%d %H:%M:%SZ");
        output::line(format_args!("{at}  {bundle}  {target}  {apis}{back}"))?;
    }
    Ok(Answer::Yes)
}

/// Asks for the name of a profile that is marked as production.
fn allowed(args: &Args, profile: Option<&str>, outline: &[String]) -> Result<(), Problem> {
    let Some(profile) = profile else { return Ok(()) };
    let refused = |what: &str| {
        Problem::usage(format!("{what}; nothing was sent"))
            .help(format!("`--dry-run` prints the plan, and `--confirm {profile}` agrees to it"))
    };
    match &args.confirm {
        Some(given) if given == profile => return Ok(()),
        Some(given) => return Err(refused(&format!("the profile is {profile}, not {given}"))),
        None if !can_ask() => {
            return Err(refused(&format!("the profile {profile} is marked as production")));
        }
        None => {}
    }
    outline.iter().for_each(output::remark);
    output::remark(format_args!("Type {profile} to go on:"));
    let mut typed = String::new();
    let read = std::io::stdin().lock().read_line(&mut typed);
    read.map_err(|error| Problem::failed(format!("cannot read the answer: {error}")))?;
    if typed.trim() == profile { Ok(()) } else { Err(refused("that is another name")) }
}

fn can_ask() -> bool {
    std::io::stdin().is_terminal()
}

fn ask_passphrase(key: &Path) -> Result<secrecy::SecretString, Problem> {
    super::passphrase::prompt(key)
}

fn say_outline(outline: &[String], json: bool) -> Result<(), Problem> {
    if json {
        return output::line(json!({"plan": outline}));
    }
    outline.iter().try_for_each(|line| output::line(output::printable(line)))
}

fn say(shipped: &Shipped, json: bool) -> Result<(), Problem> {
    for finding in &shipped.findings {
        tracing::debug!("{}", finding.message);
    }
    if json {
        return output::line(to_json(shipped));
    }
    let there = if shipped.already_there { " (it was there already)" } else { "" };
    let apis = if shipped.apis.is_empty() {
        String::new()
    } else {
        let run = if shipped.apis.len() == 1 { "runs" } else { "run" };
        format!(", and {} {run} it", shipped.apis.join(", "))
    };
    let line = format!("{} is on {}{there}{apis}", shipped.bundle, shipped.target);
    output::line(output::printable(&line))
}

fn to_json(shipped: &Shipped) -> Json {
    let Shipped {
        name,
        bundle,
        target,
        path,
        checksum,
        signed,
        files,
        bytes,
        already_there,
        url,
        apis,
        findings,
    } = shipped;
    json!({
        "bundle": bundle,
        "name": name,
        "target": target,
        "path": path,
        "url": url,
        "checksum": checksum,
        "signed": signed,
        "files": files,
        "bytes": bytes,
        "already_there": already_there,
        "apis": apis,
        "findings": findings.len(),
    })
}

/// Prints each step once it has ended.
struct Teller {
    steps: watch::Sender<Vec<Step>>,
    printer: tokio::task::JoinHandle<()>,
}

impl Teller {
    fn new(json: bool) -> Self {
        let (steps, mut seen) = watch::channel(Vec::new());
        let printer = tokio::spawn(async move {
            let mut printed = Vec::new();
            let mut waits = false;
            while seen.changed().await.is_ok() {
                let steps: Vec<Step> = seen.borrow_and_update().clone();
                for step in steps {
                    if !json && !waits && step.name == "wait" && step.took.is_none() {
                        output::notice("waiting for another ship of this machine to end");
                        waits = true;
                    }
                    if json || printed.contains(&step.name) {
                        continue;
                    }
                    if let Some(line) = line(&step) {
                        output::remark(line);
                        printed.push(step.name);
                    }
                }
            }
        });
        Self { steps, printer }
    }

    fn steps(&self) -> watch::Sender<Vec<Step>> {
        self.steps.clone()
    }

    /// Waits until all is printed.
    async fn close(self) -> Vec<Step> {
        let Self { steps, printer } = self;
        let last = steps.borrow().clone();
        drop(steps);
        let _ = printer.await;
        last
    }

    /// What a failure ends the command with, with how things are now.
    async fn ended(self, failure: Failure) -> Problem {
        let steps = self.close().await;
        let problem = Problem::from(failure);
        let help = problem.help.iter().cloned().chain([ship::aftermath(&steps)]);
        let help = help.collect::<Vec<_>>().join("; ");
        Problem { help: Some(help), ..problem }
    }
}

/// A step that has ended, as a line.
fn line(step: &Step) -> Option<String> {
    let (sign, what) = match &step.state {
        State::Waiting | State::Running(_) => return None,
        State::Done(what) => ('✓', what.as_str()),
        State::Skipped(why) if why.is_empty() => return None,
        State::Skipped(why) => ('–', why.as_str()),
        State::Failed(problem) => ('✗', problem.what.as_str()),
    };
    let took = step.took.map(|took| format!("  {} ms", took.as_millis())).unwrap_or_default();
    Some(format!("{sign} {:9} {what}{took}", step.name))
}
