//! `tyk-tui lint`.

mod format;
mod junit;
mod sarif;
mod text;

use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::json;

use super::saving::save;
use super::{Answer, output, runtime};
use crate::config::{self, Chosen, Sources};
use crate::domain::lint::{self, Finding};
use crate::domain::nearest::nearest;
use crate::domain::schema::Schemas;
use crate::domain::task::{Problem, Severity};
use crate::flows::edit::Base;
use crate::flows::remote::{Keeper, Server};
use crate::flows::survey::{self, Unsaved};
use crate::services::files;

#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Manifests, API definitions, a tyk.conf, bundles, keys, code; without any, those of the project.
    files: Vec<PathBuf>,
    /// Ask the profile's Gateway for its schema, and check Tyk OAS definitions by it too. Where it does not answer, that is
    /// said, and the rest is looked at.
    #[arg(long)]
    gateway: bool,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print JSON: the same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// What makes the exit code 1.
    #[arg(long, value_enum, default_value_t = Deny::Warning)]
    deny: Deny,
    /// Mend errors and warnings that can be mended; what was there before is kept (see `tyk-tui backups`).
    #[arg(long)]
    fix: bool,
    /// Explain a rule.
    #[arg(long, value_name = "RULE", conflicts_with_all = ["files", "fix", "gateway"])]
    explain: Option<String>,
    /// List all rules.
    #[arg(long, conflicts_with_all = ["files", "fix", "explain"])]
    list: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One object.
    Json,
    /// SARIF 2.1.0, as code hosts show it.
    Sarif,
    /// Annotations of GitHub's workflows.
    Github,
    /// `JUnit`'s XML, a test case a finding.
    Junit,
}

/// From which gravity on the answer is no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Errors alone.
    Error,
    /// Warnings and errors.
    Warning,
}

impl Args {
    /// Whether errors are JSON too.
    pub(super) fn json(&self) -> bool {
        self.json || self.format == Format::Json
    }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    if let Some(id) = &args.explain {
        return explain(id, args.json());
    }
    if args.list {
        return list(args.json());
    }
    let schemas = if args.gateway { schemas(chosen)? } else { Schemas::default() };
    let mut findings = look(args, chosen, &schemas)?;
    if args.fix {
        for _ in 0..ROUNDS {
            if !mend(&findings)? {
                break;
            }
            findings = look(args, chosen, &schemas)?;
        }
    }
    print(&findings, if args.json { Format::Json } else { args.format })?;
    let least = match args.deny {
        Deny::Error => Severity::Error,
        Deny::Warning => Severity::Warning,
    };
    let denied = findings.iter().any(|finding| finding.severity >= least);
    Ok(if denied { Answer::No } else { Answer::Yes })
}

fn print(findings: &[Finding], format: Format) -> Result<(), Problem> {
    match format {
        Format::Text => output::line(output::printable(&text::findings(findings))),
        // Not a word to JSON's readers that JSON does not have.
        Format::Json => output::line(format::json(findings)),
        Format::Sarif => output::line(sarif::log(findings)),
        Format::Github if findings.is_empty() => Ok(()),
        Format::Github => output::line(output::printable(&format::github(findings))),
        Format::Junit => output::line(output::printable(&junit::suite(findings))),
    }
}

/// The schemas of the profile's Gateway; a Gateway that is away is no mistake of what is looked at.
fn schemas(chosen: Chosen<'_>) -> Result<Schemas, Problem> {
    let loaded = config::load(&Sources::here(chosen)?)?;
    let server = Server::required(Keeper::Gateway, &loaded.settings)?;
    let schemas = runtime::block_on(server.schemas())?.unwrap_or_else(|problem| {
        output::warning(&problem);
        output::notice("the Gateway's schema was not looked at");
        Schemas::default()
    });
    Ok(schemas)
}

fn look(args: &Args, chosen: Chosen<'_>, schemas: &Schemas) -> Result<Vec<Finding>, Problem> {
    let mut facts = if args.files.is_empty() {
        let loaded = config::load_safe(&Sources::here(chosen)?)?;
        loaded.warnings.iter().for_each(output::warning);
        let facts = survey::project(&loaded.folder, &loaded.settings, &Unsaved::new())?;
        if facts.is_empty() {
            return Err(Problem::failed("nothing to lint: no manifest and no API definition")
                .at(loaded.folder.display())
                .help("run it in a project's folder, or name the files"));
        }
        facts
    } else {
        survey::files(&args.files, &Unsaved::new())?
    };
    facts.schemas = schemas.clone();
    Ok(lint::run(&facts))
}

/// One fix may make room for another, as where both add to one object; more rounds than this are no progress.
const ROUNDS: usize = 8;

/// Mends errors and warnings, a file at a time, and says what; a fix whose place another one changed waits for the next
/// round. A hint is not surely a mistake, and a fix may be a guess: what to do about those is for people to say.
fn mend(findings: &[Finding]) -> Result<bool, Problem> {
    let mut mended = false;
    let wrong = findings.iter().filter(|finding| is_mended_by_itself(finding));
    for (file, fixes) in survey::by_file(wrong) {
        let path = PathBuf::from(&file);
        let before = files::read(&path, files::LARGEST, "cannot read it")?;
        let (after, titles) = survey::mended(&before, &fixes);
        if after == before {
            continue;
        }
        save(&path, &after, &Base::Read(before), "it")?;
        for title in titles {
            output::notice(format_args!("{file}: {title}"));
        }
        mended = true;
    }
    Ok(mended)
}

/// Whether `--fix` mends it.
pub(super) fn is_mended_by_itself(finding: &Finding) -> bool {
    finding.severity > Severity::Hint && finding.fix.as_ref().is_some_and(|fix| fix.sure)
}

fn explain(id: &str, as_json: bool) -> Result<Answer, Problem> {
    let Some(rule) = lint::find(id) else {
        let problem = Problem::usage(format!("no rule is called {id}"));
        return Err(match nearest(id, lint::all().map(|rule| rule.id)) {
            Some(meant) => problem.help(format!("did you mean {meant}?")),
            None => problem.help("`tyk-tui lint --list` has all rules"),
        });
    };
    if as_json {
        output::line(format::rule(rule))?;
    } else {
        let severity = text::word(rule.severity);
        output::line(format!(
            "{} ({severity})\n\n{}\n\nSource: {}",
            rule.id, rule.about, rule.source
        ))?;
    }
    Ok(Answer::Yes)
}

fn list(as_json: bool) -> Result<Answer, Problem> {
    if as_json {
        let rules: Vec<_> = lint::all().map(format::rule).collect();
        output::line(json!({ "rules": rules }))?;
    } else {
        for rule in lint::all() {
            output::line(format!(
                "{:<26} {:<8} {}",
                rule.id,
                text::word(rule.severity),
                rule.about
            ))?;
        }
    }
    Ok(Answer::Yes)
}
