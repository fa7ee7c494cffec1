//! `tyk-tui replay`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::output::{self, cell};
use super::session::{filter, recorded};
use super::{Answer, runtime, some_seconds};
use crate::capture::Noted;
use crate::config::{Chosen, Sources};
use crate::domain::address::Listen;
use crate::domain::json::Path;
use crate::domain::object::View;
use crate::domain::replay::Ignore;
use crate::domain::task::Problem;
use crate::flows::replay::{Differing, Pace, Replayed, Target, Total, replay, replayable};
use crate::flows::session::Recorded;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A session by name, or a file: a session, or lines of JSON as `session export --show-secrets` writes them, edited or
    /// not; `-` for lines from standard input [default: the newest].
    session: Option<PathBuf>,
    /// The plugin server to call: HOST:PORT or unix:PATH [default: our own rules, on a port of their own].
    #[arg(long, value_name = "ADDR", conflicts_with = "rules")]
    against: Option<Listen>,
    /// Answer by the rules of this file instead of the configured ones.
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// End with 1 where an answer is not the recorded one.
    #[arg(long)]
    expect_same: bool,
    /// Leave this out of account: a name wherever it is, or a path such as session.metadata, with all below it; besides
    /// iat, exp and lastUpdated, which are new with every call, and the end of a session that lasts as long as it did.
    #[arg(long, value_name = "PATH")]
    ignore: Vec<Path>,
    /// These records alone: 12 or 12-20, several with commas.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = range)]
    seq: Vec<(u64, u64)>,
    /// Those alone that this filter means, as in the console's list.
    #[arg(long, value_name = "EXPR")]
    filter: Option<String>,
    /// When calls are sent: as soon as --in-flight allows it, or as long after the first as they came then.
    #[arg(long, value_enum, default_value = "fast")]
    pace: Tempo,
    /// Calls under way at once, at most; 1 for a server that must have them one after the other [default: 16, or 64 at the
    /// recorded pace].
    #[arg(long, value_name = "N")]
    in_flight: Option<NonZeroUsize>,
    /// Seconds that an answer may take.
    #[arg(long, value_name = "S", default_value = "10", value_parser = some_seconds)]
    timeout: Duration,
    /// Print JSON: an object for each call, and one for all.
    #[arg(long)]
    pub(super) json: bool,
    /// Print secrets as they are.
    #[arg(long)]
    show_secrets: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Tempo {
    /// As fast as it goes.
    Fast,
    /// As it was recorded.
    Recorded,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let filter = args.filter.as_deref().map(filter).transpose()?;
    let path = recorded(args.session.as_deref())?;
    let settings = crate::config::load(&Sources::here(chosen)?)?.settings;
    let view = crate::flows::rules::view(&settings, args.show_secrets)?;
    let recorded = Recorded::open(&path, view.clone())?;
    replayable(recorded.facts()).map_err(|problem| problem.at(path.display()))?;
    let is_meant = |it: &Noted| {
        wanted(&args.seq, it.record.row.seq)
            && filter.as_ref().is_none_or(|filter| it.is_meant(filter, &*view))
    };
    let records = recorded.filter(|record| record.as_ref().map_or(true, is_meant));
    let records = records.map(|record| record.map(|noted| noted.record));
    let ignore = Ignore::new(&args.ignore);
    let pace = match args.pace {
        Tempo::Fast => Pace::FAST,
        Tempo::Recorded => Pace::RECORDED,
    };
    let pace = args.in_flight.map_or(pace, |in_flight| pace.at_once(in_flight));
    let mut answered = 0_u64;
    let each = |replayed: &Replayed| {
        answered += u64::from(replayed.answer.is_ok());
        if args.json { output::line(to_json(replayed, &*view)) } else { print(replayed, &*view) }
    };
    let total = runtime::block_on(async {
        let target = match &args.against {
            Some(address) => Target::at(address, args.timeout).await?,
            None => Target::ours(&settings, args.rules.clone(), args.timeout).await?,
        };
        let cancel = runtime::cancelled_by_signal()?;
        let total = replay(records, &target, pace, &ignore, &cancel, each).await;
        tokio::task::block_in_place(|| target.stop());
        total
    })??;
    let Total { replayed, same, failed, ignored, left_out } = total;
    if args.json {
        output::line(json!({ "total": {
            "replayed": replayed, "same": same, "differ": replayed - same, "failed": failed,
            "ignored": ignored, "left_out": left_out,
        }}))?;
    } else {
        output::line(format_args!(
            "{replayed} replayed: {same} as recorded, {} otherwise; {ignored} differences left out of account{}",
            replayed - same,
            match left_out {
                0 => String::new(),
                some => format!("; {some} records could not be sent"),
            }
        ))?;
    }
    if replayed == 0 {
        return Err(Problem::failed("there was nothing to replay").at(path.display()));
    }
    if args.expect_same && same < replayed {
        return Ok(Answer::No);
    }
    // Where none was answered then, either, that is what was recorded.
    if answered == 0 && failed > 0 {
        return Err(Problem::failed("not one call was answered")
            .at(path.display())
            .help("the server that is called, or the rules: their errors are above"));
    }
    Ok(Answer::Yes)
}

fn wanted(ranges: &[(u64, u64)], seq: u64) -> bool {
    ranges.is_empty() || ranges.iter().any(|(first, last)| (*first..=*last).contains(&seq))
}

/// Of an answer that is not the recorded one: which call it was, and each place.
fn print(replayed: &Replayed, view: &dyn View) -> Result<(), Problem> {
    if replayed.compared.differences.is_empty() {
        return Ok(());
    }
    output::line(cell(&replayed.title(view)))?;
    if let Err(why) = &replayed.answer {
        return output::line(format_args!("    no answer: {}", cell(why)));
    }
    for Differing { path, old, new } in replayed.differences(view) {
        output::line(format_args!("    {}", cell(&path)))?;
        for (sign, value) in [('-', old), ('+', new)] {
            if let Some(value) = value {
                let value = value.to_string();
                output::line(format_args!("  {sign}   {}", cell(&output::brief(&value))))?;
            }
        }
    }
    Ok(())
}

fn to_json(replayed: &Replayed, view: &dyn View) -> Value {
    let row = &replayed.record.row;
    let each = replayed.differences(view).into_iter();
    let differences: Vec<Value> = each
        .map(|Differing { path, old, new }| json!({ "path": path, "old": old, "new": new }))
        .collect();
    json!({
        "seq": row.seq,
        "hook": row.hook.word(),
        "name": &*row.name,
        "api": &*row.api,
        "same": differences.is_empty(),
        "differences": differences,
        "ignored": replayed.compared.ignored,
        "took_us": u64::try_from(replayed.took.as_micros()).unwrap_or(u64::MAX),
        "error": replayed.answer.as_ref().err(),
    })
}

fn range(text: &str) -> Result<(u64, u64), String> {
    let number = |text: &str| text.trim().parse().map_err(|_| format!("`{text}` is no number"));
    match text.split_once('-') {
        Some((first, last)) => match (number(first)?, number(last)?) {
            (first, last) if first > last => Err(format!("`{text}` ends before it begins")),
            range => Ok(range),
        },
        None => number(text).map(|number| (number, number)),
    }
}
