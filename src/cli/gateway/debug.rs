//! `gateway debug`: a definition tried, undeployed.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::cli::api::open;
use crate::cli::server::{Connected, work};
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::rules;
use crate::flows::trial::{self, Line, Middleware, Said, Tried};
use crate::services::files;
use crate::services::gateway::Request;

pub(super) const ABOUT: &str = "Try a definition with a request, undeployed.

The Gateway builds the API in memory, fetches and verifies its bundle and calls its plugins, as it would serve it. \
Shown are the response, and what each middleware did and logged; secrets are hidden. The path begins below the listen \
path; a query cannot be sent. Exit code 1: the API cannot be built, something in it failed, or the answer is 500 or more.

It leaves something on the Gateway, which is said: a bundle stays on its disk under its name, and a session that an \
auth plugin returns becomes a live key (`gateway key leftovers`).";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The definition.
    file: PathBuf,
    /// The request as HTTP has it (`POST /orders`, headers, an empty line, the body): a file, or - for standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["method", "path", "header", "body"])]
    request: Option<PathBuf>,
    /// Its method.
    #[arg(short = 'X', long, default_value = "GET")]
    method: String,
    /// Its path below the listen path.
    #[arg(long, default_value = "/")]
    path: String,
    /// A header. One that is secret belongs into a file with the request: others can read it here.
    #[arg(short = 'H', long, value_name = "NAME: VALUE")]
    header: Vec<String>,
    /// Its body.
    #[arg(short = 'd', long, value_name = "TEXT", default_value = "")]
    body: String,
    /// Show secrets.
    #[arg(long)]
    show_secrets: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

impl Args {
    fn request(&self) -> Result<Request, Problem> {
        let Some(file) = &self.request else {
            return trial::request(&self.method, &self.path, &self.header, &self.body);
        };
        let text = if file == Path::new("-") {
            let mut text = Vec::new();
            let read = std::io::stdin().lock().take(files::LARGEST).read_to_end(&mut text);
            read.map_err(|error| Problem::failed(format!("cannot read standard input: {error}")))?;
            text
        } else {
            files::read(file, files::LARGEST, "cannot read the request")?
        };
        let text = String::from_utf8(text).map_err(|_| {
            Problem::usage("the request is no UTF-8")
                .at(file.display())
                .help("a Gateway can try none with other bytes")
        })?;
        trial::parse(&text).map_err(|problem| problem.at(file.display()))
    }
}

pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    let (_, definition) = open(&args.file)?;
    let request = args.request()?;
    connected.settings.writes_outside("have a Gateway call plugins")?;
    let view = rules::view(&connected.settings, args.show_secrets)?;
    let waits = "the Gateway builds the API: it takes as long as its bundle takes";
    let gateway = connected.gateway()?;
    let tried = work(waits, trial::run(gateway, &request, &definition, &*view))?;
    if args.json {
        output::line(as_json(&tried))?;
    } else {
        print(&tried)?;
        for left in &tried.leaves {
            output::notice(left);
        }
    }
    Ok(if tried.is_good() { Answer::Yes } else { Answer::No })
}

fn print(tried: &Tried) -> Result<(), Problem> {
    let say = |text: &str| output::line(output::printable(text.trim_end()));
    if !tried.built {
        say("the Gateway cannot build the API:")?;
    }
    for Line { level, text } in &tried.building {
        say(&format!("  {level:<7} {text}"))?;
    }
    for middleware in &tried.chain {
        let Middleware { code, took, error, lines, .. } = middleware;
        let code = code.map_or("-".to_owned(), |code| code.to_string());
        let took = took.map(|took| format!("{took:.1?}")).unwrap_or_default();
        let error = error.as_deref().unwrap_or_default();
        say(&format!("{:<40} {code:>4} {took:>9}  {error}", middleware.title()))?;
        for Line { level, text } in lines {
            say(&format!("    {level:<7} {text}"))?;
        }
    }
    let part = |title: &str, said: &Said| {
        say("")?;
        say(title)?;
        say(&format!("  {}", said.first))?;
        said.headers.iter().try_for_each(|(name, value)| say(&format!("  {name}: {value}")))?;
        if !said.body.is_empty() {
            say("")?;
            said.body.lines().try_for_each(|line| say(&format!("  {line}")))?;
        }
        Ok::<(), Problem>(())
    };
    if let Some(request) = &tried.request {
        part("The request after the chain:", request)?;
    }
    if let Some(response) = &tried.response {
        part("The response:", response)?;
    }
    Ok(())
}

fn as_json(tried: &Tried) -> Json {
    let line = |line: &Line| json!({"level": line.level, "text": line.text});
    let lines = |lines: &[Line]| lines.iter().map(line).collect::<Vec<_>>();
    let said = |said: &Said| {
        let headers = said.headers.iter().map(|(name, value)| json!([name, value]));
        let headers: Vec<_> = headers.collect();
        json!({"first": said.first, "headers": headers, "body": said.body})
    };
    let chain = tried.chain.iter().map(|it| {
        json!({
            "middleware": it.name,
            "hook": it.hook.as_ref().map(|(hook, _)| hook),
            "name": it.hook.as_ref().map(|(_, name)| name),
            "code": it.code,
            "took_us": it.took.map(|took| u64::try_from(took.as_micros()).unwrap_or(u64::MAX)),
            "error": it.error,
            "logs": lines(&it.lines),
        })
    });
    json!({
        "built": tried.built,
        "status": tried.status,
        "good": tried.is_good(),
        "request": tried.request.as_ref().map(said),
        "response": tried.response.as_ref().map(said),
        "building": lines(&tried.building),
        "chain": chain.collect::<Vec<_>>(),
        "leaves": tried.leaves,
    })
}
