//! `tyk-tui request`: a request with curl's words, and the authentication of the hook under test.

mod auth;
mod show;
mod words;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use super::runtime;
use super::{Answer, output};
use crate::capture::SharedView;
use crate::config::{self, Chosen, Paths, Settings, Sources};
use crate::domain::request::{Request, Saved, Shown, curl};
use crate::domain::task::Problem;
use crate::flows::request::{Entry, Exchange, History, Options, Prepared, prepare};
use crate::flows::rules;

/// So many bytes of an answer are printed; a file takes all of it.
const PRINTED: usize = 16 << 20;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A key, secret or password is never given here: --key-env or --key-file say where it is.
A path alone (/orders) goes to the Gateway of the profile. An answer of 4xx or 5xx is one: exit code 0, but with --fail.
  tyk-tui request /orders --auth key --key-env ORDERS_KEY
  tyk-tui request /orders -d @order.json -H 'Content-Type: application/json' \\
      --auth jwt --algorithm RS256 --key-file private.pem --claims '{\"sub\": \"user-1\"}'
  tyk-tui request /orders --auth hmac --key-id orders --key-file secret --curl")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct Args {
    #[command(flatten)]
    words: words::Words,
    /// Print the answer's status and headers, too.
    #[arg(short, long)]
    include: bool,
    /// Do not check the server's certificate.
    #[arg(short = 'k', long)]
    insecure: bool,
    /// Write the body to this file, which you alone can read: all of it, and as it came.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How long all of it may take, in seconds.
    #[arg(short, long, value_name = "SECONDS", default_value = "30", value_parser = limit)]
    max_time: Duration,
    /// Exit with 1 where the answer's status is 400 or more.
    #[arg(short, long)]
    fail: bool,
    /// Print the command of curl that sends the same, and send nothing.
    #[arg(long)]
    curl: bool,
    /// List the requests that were sent, the last one first.
    #[arg(long, conflicts_with_all = ["curl", "again"])]
    history: bool,
    /// Send a request of the history again: 1 is the last one.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    again: Option<u16>,
    /// Do not keep this request in the history.
    #[arg(long)]
    no_history: bool,
    /// Show secrets as they are.
    #[arg(long)]
    show_secrets: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    auth: auth::AuthArgs,
}

fn limit(text: &str) -> Result<Duration, String> {
    let limit = super::seconds(text)?;
    if limit.is_zero() { Err("more than 0".to_owned()) } else { Ok(limit) }
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let history = Paths::of_user().map(|paths| History::of(paths.state()));
    if args.history {
        show::history(&history?.list()?, args.json)?;
        return Ok(Answer::Yes);
    }
    let request = match args.again {
        Some(number) => again(&history.clone()?, number)?,
        None => args.words.request(args.auth.auth()?)?,
    };
    let loaded = config::load(&Sources::here(chosen)?)?;
    loaded.warnings.iter().for_each(output::warning);
    let view = view(&loaded.settings, args.show_secrets)?;
    let options = Options {
        insecure: args.insecure,
        limit: args.max_time,
        keep: PRINTED,
        output: args.output.clone(),
        mark: None,
    };
    let prepared = prepare(&request, &loaded.settings, options, SystemTime::now())?;
    if args.curl {
        let command = curl(prepared.sent(), &prepared.shown(&*view), args.show_secrets);
        return if args.json {
            output::line(serde_json::json!({"curl": command})).map(|()| Answer::Yes)
        } else {
            output::line(output::printable(&command)).map(|()| Answer::Yes)
        };
    }
    if prepared.sent().insecure {
        output::warning(&Problem::failed("the server's certificate is not checked"));
    }
    let hidden =
        if args.show_secrets { self::view(&loaded.settings, false)? } else { view.clone() };
    let kept = Saved::of(&request, &prepared.shown(&*hidden));
    let sent = send(prepared, &view);
    if !args.no_history {
        remember(history, kept, sent.as_ref().ok());
    }
    let exchange = sent?;
    let shown = exchange.shown(&*view);
    answer(args, &exchange, &shown)
}

/// How it is shown: what the configuration says is secret is hidden.
fn view(settings: &Settings, show_secrets: bool) -> Result<SharedView, Problem> {
    rules::view(settings, show_secrets)
}

fn send(prepared: Prepared, view: &SharedView) -> Result<Exchange, Problem> {
    runtime::block_on(async {
        let cancel = runtime::cancelled_by_signal()?;
        prepared.send(&**view, &cancel).await
    })?
}

/// A request of the history.
fn again(history: &History, number: u16) -> Result<Request, Problem> {
    let entries = history.list()?;
    let Some(entry) = entries.iter().rev().nth(usize::from(number) - 1) else {
        let what = format!("the history has {} requests", entries.len());
        return Err(Problem::usage(what).help("tyk-tui request --history"));
    };
    if entry.request.hides {
        return Err(Problem::failed("a secret, or a body, of this request was not kept").help(
            "give the request anew; a key that --key-env or --key-file names is found again",
        ));
    }
    entry.request.request().map_err(|error| Problem::usage(error.to_string()).help(error.help()))
}

/// Keeps it in the history; a failure is no failure of the request.
fn remember(history: Result<History, Problem>, request: Saved, exchange: Option<&Exchange>) {
    let at = exchange.map_or_else(Timestamp::now, |exchange| exchange.at);
    let entry = Entry {
        at: format!("{at:.6}"),
        request,
        status: exchange.map(|exchange| exchange.answer.status),
        took_us: exchange.map(|exchange| show::micros(exchange.answer.timing.total)),
    };
    if let Err(problem) = history.and_then(|history| history.add(entry)) {
        output::warning(&problem);
    }
}

/// Prints what came back.
fn answer(args: &Args, exchange: &Exchange, shown: &Shown) -> Result<Answer, Problem> {
    let broken = exchange.broken(&shown.url);
    if !args.json {
        show::people(exchange, shown, args.include, args.show_secrets)?;
    }
    if let Some(broken) = broken {
        return Err(broken);
    }
    if args.json {
        show::json(exchange, shown)?;
    }
    let incoming = &exchange.answer;
    if exchange.output.is_none() && incoming.bytes > incoming.body.len() as u64 {
        return Err(Problem::failed(format!(
            "the answer has {} bytes, and only the first {} are shown",
            incoming.bytes,
            incoming.body.len()
        ))
        .help("-o FILE takes all of it"));
    }
    Ok(if args.fail && incoming.status >= 400 { Answer::No } else { Answer::Yes })
}
