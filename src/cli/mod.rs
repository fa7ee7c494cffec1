//! The command line: words in, flows called, words and exit codes out. One file a command.

mod api;
mod attach;
mod backups;
mod backups_remote;
mod build;
mod completions;
mod config;
mod confirm;
mod dashboard;
mod demo;
mod doctor;
mod gateway;
mod host;
mod inspect;
mod keygen;
mod lint;
mod man;
mod manifest;
mod mserv;
mod new;
mod output;
mod passphrase;
mod paths;
mod progress;
mod replay;
mod request;
mod rule;
mod runtime;
mod s3;
mod saving;
mod serve;
mod server;
mod session;
mod ship;
mod table;
mod target;
mod value;
mod verify;
mod wait;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::config::Chosen;
use crate::domain::task::Problem;

/// tyk-tui: a console for plugins of the Tyk API Gateway.
///
/// Without a command it opens the console in this folder.
#[derive(Debug, Parser)]
#[command(name = "tyk-tui", version, arg_required_else_help = false)]
struct Cli {
    /// The profile to use.
    #[arg(
        long = "use",
        value_name = "NAME",
        env = "TYK_TUI_USE",
        global = true,
        hide_env_values = true
    )]
    profile: Option<String>,
    /// Write nothing outside this machine: no push, no change of a Gateway.
    #[arg(long, global = true)]
    read_only: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build a bundle from a manifest and its files.
    Build(build::Args),
    /// Say what a Gateway would do with a bundle: the newest, or another release (`--as`).
    Verify(verify::Args),
    /// Show what is in a bundle, and what its checksum and signature cover; of two, what differs.
    Inspect(inspect::Args),
    /// Find mistakes in manifests, API definitions, code, keys, bundles and a tyk.conf.
    Lint(lint::Args),
    /// Make an RSA key pair to sign bundles with.
    Keygen(keygen::Args),
    /// Run the plugin server without a console, one line a Dispatch.
    Serve(serve::Args),
    /// Open the console on a session: one of the past, or one that a server writes just now.
    Attach(attach::Args),
    /// Look after what `serve --record` wrote to the disk: list, export, delete.
    Session(session::Args),
    /// Wait for Dispatches of a running server or a session, and print them: for tests.
    Wait(wait::Args),
    /// Send the calls of a session again, and compare the answers with the recorded ones.
    Replay(replay::Args),
    /// Try rules on recorded Dispatches, without a server; list them.
    Rule(rule::Args),
    /// Serve a folder of bundles over HTTP.
    Host(host::Args),
    /// Say whether a Gateway is set up so that plugins work, and what to change.
    Doctor(doctor::Args),
    /// Show the whole loop on recorded traffic, with no Gateway.
    Demo(demo::Args),
    /// Begin a project: manifest, code, API definition, configuration, README.
    New(new::Args),
    /// Show and change a manifest.
    Manifest(manifest::Args),
    /// List, show and restore the previous versions of files that tyk-tui replaced.
    Backups(backups::Args),
    /// Look at and change API definitions, Tyk Classic and Tyk OAS.
    Api(api::Args),
    /// Lint, build, sign, verify and push the bundle; point APIs at it, reload the Gateway and ask it what it runs.
    Ship(ship::Args),
    /// Push bundles to mserv and look after them there, with mservctl's flags and table.
    Mserv(mserv::Args),
    /// Push bundles to S3, or a store that speaks like it, and look after them there, with the AWS CLI's flags.
    S3(s3::Args),
    /// Look after the bundles of a target: the host's folder, or a folder, mserv or S3 of the profile.
    Target(target::Args),
    /// Send a request with curl's words and the authentication of the hook under test.
    Request(Box<request::Args>),
    /// A Gateway by its control API: health, APIs, reloads, trials without a deployment, keys.
    #[command(long_about = gateway::ABOUT)]
    Gateway(gateway::Args),
    /// A Dashboard's APIs. Written from its public swagger, not run against a real one.
    #[command(long_about = dashboard::ABOUT)]
    Dashboard(dashboard::Args),
    /// Print a shell's completions.
    Completions(completions::Args),
    /// Print the manual page.
    Man(man::Args),
    /// Print the folders and files that tyk-tui uses.
    Paths(paths::Args),
    /// Show the configuration in force.
    Config(config::Args),
}

/// What a command ends with when nothing failed: the answer may still be no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// Done (exit code 0).
    Yes,
    /// The answer is no (exit code 1).
    No,
    /// It was said what could not be found out (exit code 3).
    Unknown,
}

/// Parses the arguments, runs the command, prints what went wrong, and returns the exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; wrong use is 2, as clap has it.
            let _ = error.print();
            if !error.use_stderr() {
                return ExitCode::SUCCESS;
            }
            if std::env::args_os().any(|argument| argument == "--json") {
                let text = error.to_string();
                // Up to the first empty line: of what is missing or allowed, clap gives each a line.
                let lines = text.lines().map(str::trim).take_while(|line| !line.is_empty());
                let what = lines.collect::<Vec<_>>().join(" ");
                let what = what.trim_start_matches("error: ");
                let problem = Problem::usage(what).help("tyk-tui help");
                let _ = output::line(problem.to_json());
            }
            return ExitCode::from(2);
        }
    };
    let json = cli.command.as_ref().is_some_and(Command::json);
    match run(cli) {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Ok(Answer::Unknown) => ExitCode::from(3),
        Err(problem) => {
            output::problem(&problem, json);
            ExitCode::from(problem.kind.exit_code())
        }
    }
}

impl Command {
    /// Whether this command was asked for JSON, so that its error is JSON too.
    fn json(&self) -> bool {
        match self {
            Self::Build(args) => args.json,
            Self::Verify(args) => args.json,
            Self::Inspect(args) => args.json,
            Self::Lint(args) => args.json(),
            Self::Keygen(args) => args.json,
            Self::Serve(args) => args.json,
            Self::Session(args) => args.json(),
            Self::Replay(args) => args.json,
            Self::Rule(args) => args.json(),
            Self::Wait(args) => args.json,
            Self::Host(args) => args.json,
            Self::Doctor(args) => args.json,
            Self::Paths(args) => args.json,
            Self::Config(args) => args.json(),
            Self::New(args) => args.json,
            Self::Manifest(args) => args.json(),
            Self::Backups(args) => args.json(),
            Self::Api(args) => args.json(),
            Self::Ship(args) => args.json,
            Self::Mserv(args) => args.json(),
            Self::S3(args) => args.json(),
            Self::Target(args) => args.json(),
            Self::Request(args) => args.json,
            Self::Gateway(args) => args.json(),
            Self::Dashboard(args) => args.json(),
            Self::Demo(args) => args.headless,
            _ => false,
        }
    }
}

fn run(cli: Cli) -> Result<Answer, Problem> {
    let chosen = Chosen { profile: cli.profile.as_deref(), read_only: cli.read_only };
    match cli.command {
        None => {
            let words = crate::tui::run(chosen)?;
            words.iter().for_each(output::notice);
            Ok(Answer::Yes)
        }
        Some(Command::Build(args)) => build::run(&args),
        Some(Command::Verify(args)) => verify::run(&args, chosen),
        Some(Command::Inspect(args)) => inspect::run(&args),
        Some(Command::Lint(args)) => lint::run(&args, chosen),
        Some(Command::Keygen(args)) => keygen::run(&args),
        Some(Command::Serve(args)) => serve::run(&args, chosen),
        Some(Command::Attach(args)) => attach::run(&args, chosen),
        Some(Command::Wait(args)) => wait::run(&args, chosen),
        Some(Command::Replay(args)) => replay::run(&args, chosen),
        Some(Command::Rule(args)) => rule::run(&args, chosen),
        Some(Command::Session(args)) => session::run(&args),
        Some(Command::Host(args)) => host::run(&args, chosen),
        Some(Command::Doctor(args)) => doctor::run(&args, chosen),
        Some(Command::Demo(args)) => demo::run(&args),
        Some(Command::New(args)) => new::run(&args),
        Some(Command::Manifest(args)) => manifest::run(&args),
        Some(Command::Backups(args)) => backups::run(&args, chosen),
        Some(Command::Api(args)) => api::run(&args, chosen),
        Some(Command::Ship(args)) => ship::run(&args, chosen),
        Some(Command::Mserv(args)) => mserv::run(&args, chosen),
        Some(Command::S3(args)) => s3::run(&args, chosen),
        Some(Command::Target(args)) => target::run(&args, chosen),
        Some(Command::Request(args)) => request::run(&args, chosen),
        Some(Command::Gateway(args)) => gateway::run(&args, chosen),
        Some(Command::Dashboard(args)) => dashboard::run(&args, chosen),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man(args)) => man::run(&args),
        Some(Command::Paths(args)) => paths::run(&args),
        Some(Command::Config(args)) => config::run(&args, chosen),
    }
}

/// A length of time in seconds in which something can happen.
fn some_seconds(text: &str) -> Result<Duration, String> {
    seconds(text).and_then(|time| match time {
        Duration::ZERO => Err("no answer comes in no time: more than 0 is wanted".to_owned()),
        time => Ok(time),
    })
}

/// A length of time in seconds: `2`, `0.5`.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("`{text}` is no number of seconds"))?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}
