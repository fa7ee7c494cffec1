//! `target list` and `target health`.

use serde_json::{Value as Json, json};

use super::chosen::Place;
use super::{Which, cell};
use crate::cli::{Answer, output, runtime, table};
use crate::config::Chosen;
use crate::domain::task::Problem;
use crate::flows::target::Target;

#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Health {
    #[command(flatten)]
    pub(super) which: Which,
}

pub(super) fn list(args: &List, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let place = Place::of(chosen)?;
    let usual = Target::usual(&place.settings);
    let targets: Vec<_> =
        place.names().into_iter().map(|name| (place.named(&name), name)).collect();
    let asked = targets.iter().map(async |(target, _)| match target {
        Ok(target) => target.health().await,
        Err(problem) => Err(problem.clone()),
    });
    let healths = runtime::block_on(futures_util::future::join_all(asked))?;
    let rows = targets.iter().zip(&healths).map(|((target, name), health)| Row {
        name,
        target: target.as_ref().ok(),
        is_usual: name == usual,
        health,
    });
    if args.json {
        let rows: Vec<_> = rows.map(|row| row.json()).collect();
        output::line(json!({"targets": rows}))?;
    } else {
        table::print(
            ["NAME", "KIND", "PLACE", "HEALTH"],
            &rows.map(|row| row.cells()).collect::<Vec<_>>(),
        )?;
    }
    Ok(Answer::Yes)
}

pub(super) fn health(args: &Health, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let target = Place::of(chosen)?.target(&args.which)?;
    let health = runtime::block_on(target.health())??;
    if args.which.json {
        let row = Row {
            name: target.name(),
            target: Some(&target),
            is_usual: false,
            health: &Ok(health),
        };
        output::line(row.json())?;
    } else {
        output::line(cell(&format!("{}  {health}", target.describe())))?;
    }
    Ok(Answer::Yes)
}

struct Row<'a> {
    name: &'a str,
    target: Option<&'a Target>,
    is_usual: bool,
    health: &'a Result<String, Problem>,
}

impl Row<'_> {
    fn json(&self) -> Json {
        json!({
            "name": self.name,
            "kind": self.target.map(|target| target.kind().word()),
            "place": self.target.map(Target::place),
            "default": self.is_usual,
            "health": self.health.as_ref().ok(),
            "caution": self.target.and_then(Target::caution),
            "error": self.health.as_ref().err().map(|problem| problem.to_json()["error"].take()),
        })
    }

    fn cells(&self) -> [String; 4] {
        let health = match self.health {
            Ok(health) => health.clone(),
            Err(problem) => problem.what.clone(),
        };
        let caution = self.target.and_then(Target::caution);
        [
            format!("{}{}", cell(self.name), if self.is_usual { " *" } else { "" }),
            self.target.map_or("-", |target| target.kind().word()).to_owned(),
            cell(&self.target.map(Target::place).unwrap_or_default()),
            cell(&match caution {
                Some(caution) => format!("{health} ({caution})"),
                None => health,
            }),
        ]
    }
}
