//! `tyk-tui session export`.

use std::io::BufWriter;
use std::path::PathBuf;

use super::{filter, recorded};
use crate::cli::{Answer, output, runtime};
use crate::config::{Chosen, Sources};
use crate::domain::address::Listen;
use crate::domain::export::{Exported, Format};
use crate::domain::task::Problem;
use crate::flows::export::{Heard, Job, Sifted, to_file, to_stream};
use crate::flows::session::Recorded;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A session by name, or a file: a session, or lines of JSON; `-` for lines from standard input [default: the newest].
    session: Option<PathBuf>,
    /// What is written.
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Form,
    /// Write into this file, which must not be there, instead of printing it.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only what this filter means, as in the console's list; har and curl have a request whole where it means one of its hooks.
    #[arg(long, value_name = "EXPR")]
    filter: Option<String>,
    /// Where grpcurl is to call: HOST:PORT or unix:PATH [default: where the session's server listened].
    #[arg(long, value_name = "ADDR")]
    against: Option<Listen>,
    /// Write secrets as they are; without them an export cannot be replayed.
    #[arg(long)]
    show_secrets: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Form {
    /// A JSON object for each record, as `serve --json` prints it.
    Jsonl,
    /// An HTTP archive: an entry for each HTTP request.
    Har,
    /// A command of curl for each HTTP request.
    Curl,
    /// A command of grpcurl for each call.
    Grpcurl,
    /// A session, which attach, replay and export read.
    Session,
}

impl From<Form> for Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Jsonl => Self::Jsonl,
            Form::Har => Self::Har,
            Form::Curl => Self::Curl,
            Form::Grpcurl => Self::Grpcurl,
            Form::Session => Self::Session,
        }
    }
}

pub(super) fn run(args: &Args) -> Result<Answer, Problem> {
    let filter = args.filter.as_deref().map(filter).transpose()?;
    let format = Format::from(args.format);
    if args.output.is_none() && !format.is_text() {
        return Err(Problem::usage("a session is a file: it cannot be printed")
            .help("name one: --output FILE"));
    }
    let path = recorded(args.session.as_deref())?;
    let settings = crate::config::load(&Sources::here(Chosen::default())?)?.settings;
    let view = crate::flows::rules::view(&settings, args.show_secrets)?;
    let recorded = Recorded::open(&path, view.clone())?;
    let facts = recorded.facts().clone();
    let server = args.against.clone().or_else(|| facts.server.parse().ok());
    let server = server.map_or_else(|| settings.server.listen.parse(), Ok);
    let server = server.map_err(|error| Problem::failed(error.to_string()).at("server.listen"))?;
    let job = Job {
        format,
        view: view.clone(),
        shows_secrets: args.show_secrets,
        server,
        alone: false,
        facts,
    };
    let records = Sifted::new(recorded, filter, view);
    let exported = runtime::block_on(async {
        let cancel = runtime::cancelled_by_signal()?;
        tokio::task::block_in_place(|| {
            let mut heard = Heard { cancel: &cancel, told: &mut |_| {} };
            if let Some(file) = &args.output {
                return to_file(records, &job, file, false, &mut heard);
            }
            let mut out = BufWriter::new(output::Out);
            let cannot = &output::cannot_write;
            to_stream(records, job.exporter(), &*job.view, &mut out, cannot, &mut heard)
        })
    })??;
    tell(&exported, args);
    Ok(Answer::Yes)
}

/// On stderr: where it went, what is not in it, and that it cannot be replayed.
fn tell(exported: &Exported, args: &Args) {
    let Exported { records, written, left_out, redacted } = *exported;
    if let Some(file) = &args.output {
        let file = output::printable(&file.to_string_lossy()).into_owned();
        let made_of = many(records, "record");
        match args.format {
            Form::Jsonl | Form::Session => {
                output::notice(format_args!("wrote {made_of} to {file}"));
            }
            Form::Har => {
                let requests = many(written, "request");
                output::notice(format_args!("wrote {requests} to {file}, of {made_of}"));
            }
            Form::Curl | Form::Grpcurl => {
                let commands = many(written, "command");
                output::notice(format_args!("wrote {commands} to {file}, of {made_of}"));
            }
        }
    }
    if left_out > 0 {
        let (have, are) = if left_out == 1 { ("has", "is") } else { ("have", "are") };
        let records = many(left_out, "record");
        output::notice(format_args!("{records} {have} no form there, and {are} left out"));
    }
    if redacted > 0 {
        let records = many(redacted, "record");
        output::notice(format_args!(
            "secrets of {records} are redacted: this cannot be replayed (--show-secrets writes them)"
        ));
    }
}

/// `1 record`, `2 records`.
fn many(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
