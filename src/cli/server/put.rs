//! `gateway put` and `dashboard put`.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Connected, work};
use crate::cli::api::parse;
use crate::cli::{Answer, output, saving};
use crate::domain::api::Definition;
use crate::domain::task::Problem;
use crate::flows::edit::NotSaved;
use crate::flows::remote::{Keeper, Put, Stored};
use crate::services::files;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Common {
    /// The definition: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard's wrapper), or - for standard
    /// input.
    file: PathBuf,
    /// Store it as a new API: refused where the id is taken.
    #[arg(long)]
    new: bool,
    /// Say what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print JSON.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

impl Common {
    /// Whether it changes anything.
    pub(in crate::cli) fn writes(&self) -> bool {
        !self.dry_run
    }
}

/// Puts it; a Gateway reloads where `reload` says so, and is asked whether it serves the API then.
pub(in crate::cli) fn run(
    args: &Common,
    reload: bool,
    connected: &Connected,
) -> Result<Answer, Problem> {
    let definition = read(&args.file)?;
    let server = &connected.server;
    let title = server.keeper().title();
    let prepared = work(&format!("waiting for {title}"), server.prepare(&definition))?;
    let remote = server.remote(&prepared.id);
    let created = prepared.before.is_none();
    if args.new && !created {
        return Err(Problem::failed("the id is taken: nothing was sent")
            .at(&remote)
            .help("give the API another id, or leave --new out to replace the one that is there"));
    }
    let changes = prepared.changes();
    let same = prepared.is_there();
    if !args.json && !changes.is_empty() {
        output::bytes(output::printable(&saving::unified(&changes)).as_bytes())?;
    }
    let mut done = Done { same, ..Done::default() };
    if args.writes() {
        let (desk, base) = (saving::desk(), prepared.base());
        let refused = |not_saved: NotSaved| {
            if let NotSaved::Changed { there: Some(_), .. } = &not_saved {
                not_saved.diff().iter().for_each(output::remark);
            }
            Problem::from(not_saved)
        };
        let (id, text) = (prepared.id.as_str(), prepared.text.as_slice());
        if reload {
            let put = async { server.put(&desk, id, text, &base).await.map_err(refused) };
            let waits = format!("{title} reloads: it takes as long as its bundles take");
            done.put(&work(&waits, put)?, title);
        } else {
            let store = async { server.store(&desk, id, text, &base).await.map_err(refused) };
            done.stored(&work(&format!("waiting for {title}"), store)?);
        }
    }
    if args.json {
        return output::line(json!({
            "api": remote.to_string(),
            "created": created,
            "changed": created || !changes.is_empty(),
            "written": args.writes() && !same,
            "reloaded": reload && args.writes() && !same,
            "kept_otherwise": done.otherwise,
            "diff": saving::unified(&changes),
        }))
        .map(|()| Answer::Yes);
    }
    let what = match (same, created, args.dry_run) {
        (true, ..) => "is there already, as it is here; nothing was sent",
        (_, true, true) => "would be created",
        (_, false, true) => "would be replaced",
        (_, true, false) => "created",
        (_, false, false) => "replaced",
    };
    let equal =
        if !same && !created && changes.is_empty() { " (nothing that counts differs)" } else { "" };
    output::line(format_args!(
        "{remote} {what}{equal}{}",
        done.effect(server.keeper(), reload, args)
    ))?;
    Ok(Answer::Yes)
}

/// What came of it besides.
#[derive(Default)]
struct Done {
    same: bool,
    otherwise: bool,
}

impl Done {
    fn put(&mut self, put: &Put, title: &str) {
        put.warnings.iter().for_each(output::warning);
        self.otherwise = !put.differs.is_empty();
        if self.otherwise {
            output::notice(format_args!("{title} keeps it otherwise than it was sent:"));
            put.differs.iter().for_each(output::remark);
        }
    }

    fn stored(&mut self, stored: &Stored) {
        stored.warnings.iter().for_each(output::warning);
        self.same |= stored.already_there;
    }

    fn effect(&self, keeper: Keeper, reload: bool, args: &Common) -> &'static str {
        match keeper {
            _ if self.same || args.dry_run => "",
            Keeper::Gateway if reload => "; the Gateway has reloaded and serves it",
            Keeper::Gateway => {
                "; it takes effect at the next reload: --reload, or tyk-tui gateway reload"
            }
            Keeper::Dashboard => "; the Dashboard hands it to its Gateways",
        }
    }
}

fn read(file: &Path) -> Result<Definition, Problem> {
    if file != Path::new("-") {
        let text = files::read(file, files::LARGEST, "cannot read the API definition")?;
        return parse(file, text);
    }
    let mut text = Vec::new();
    let input = std::io::stdin().lock().take(files::LARGEST);
    let read = std::io::BufReader::new(input).read_to_end(&mut text);
    read.map_err(|error| Problem::failed(format!("cannot read standard input: {error}")))?;
    parse(Path::new("standard input"), text)
}
