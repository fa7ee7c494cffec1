//! Whether an API runs the bundle that it was pointed at.

use super::{Change, Place, Servers};
use crate::domain::api::{BundleSetting, Definition};
use crate::domain::task::Problem;
use crate::flows::edit::Desk;
use crate::services::gateway::{Gateway, Why};

/// What an API has to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::flows::ship) struct Expected {
    /// The bundle's name; `None` where it is to run none.
    pub(in crate::flows::ship) bundle: Option<String>,
    /// The hooks of its manifest: `pre MyPre`; `None` where they are not known.
    pub(in crate::flows::ship) hooks: Option<Vec<String>>,
}

/// How sure it is.
pub(super) enum Found {
    /// A Gateway runs it.
    Runs,
    /// It is written, and no Gateway was asked, or none that loads it.
    Written(String),
}

/// Asks who serves it.
pub(super) async fn confirm(
    change: &Change,
    servers: &Servers,
    desk: &Desk,
) -> Result<Found, Problem> {
    let api = &change.api;
    match &api.place {
        Place::Server(server) => {
            if server.keeper() == crate::flows::remote::Keeper::Dashboard {
                written(change, desk).await?;
            }
            match servers.gateway() {
                Some(gateway) => runs(change, gateway).await.map(|()| Found::Runs),
                None => Ok(Found::Written("no Gateway is connected to be asked".to_owned())),
            }
        }
        Place::File(_) => {
            written(change, desk).await?;
            let Some(gateway) = servers.gateway() else {
                return Ok(Found::Written("no Gateway is connected to be asked".to_owned()));
            };
            // A file of the project need not be the one that the Gateway loads.
            match loaded(change, gateway).await? {
                Some(now) if used(&now) == change.expected.bundle => {
                    hooks_fit(change, &now).map(|()| Found::Runs)
                }
                _ => {
                    Ok(Found::Written("the Gateway does not run it: it loads another file".into()))
                }
            }
        }
    }
}

/// The definition says so where it is kept.
async fn written(change: &Change, desk: &Desk) -> Result<(), Problem> {
    let now = change.api.look(desk).await?;
    let now = now.and_then(|text| Definition::open(text).ok());
    let setting = now.as_ref().map(Definition::bundle_setting);
    if setting.as_ref() == Some(&change.setting) {
        return Ok(());
    }
    let said = setting.map_or_else(|| "is gone".to_owned(), |it| words(&it));
    Err(Problem::failed(format!(
        "the definition {said}, and was to say {}",
        words(&change.setting)
    ))
    .at(&change.api.name)
    .help("somebody else may have changed it at the same moment: ship again"))
}

/// The Gateway has loaded it with the bundle and its hooks.
async fn runs(change: &Change, gateway: &Gateway) -> Result<(), Problem> {
    let Some(now) = loaded(change, gateway).await? else {
        return Err(Problem::failed("the Gateway does not serve the API any more: it refused the bundle")
            .at(&change.api.name)
            .help(
                "it could not fetch the bundle or verify it: `tyk-tui doctor` says why, and so does the Gateway's log",
            ));
    };
    let found = used(&now);
    if found != change.expected.bundle {
        let name = |it: &Option<String>| match it {
            Some(name) => format!("the bundle {name}"),
            None => "no bundle".to_owned(),
        };
        let (found, wanted) = (name(&found), name(&change.expected.bundle));
        return Err(Problem::failed(format!("the Gateway runs {found} and was to run {wanted}"))
            .at(&change.api.name)
            .help("another definition of this API may lie in its folder: it loads the last that it finds"));
    }
    hooks_fit(change, &now)
}

/// What a Gateway runs of an API after its definition was put back in a Dashboard or a file.
pub(super) enum After {
    /// The bundle of before.
    Before,
    /// Something that neither is of before nor of us: it loads another definition, or has not served it then.
    Other,
}

/// Asks that Gateway; an error where it runs what was taken back.
pub(super) async fn after(change: &Change, gateway: &Gateway) -> Result<After, Problem> {
    let before = change.api.uses();
    let Some(now) = loaded(change, gateway).await? else { return Ok(After::Other) };
    match used(&now) {
        now if now == before => Ok(After::Before),
        Some(now) if change.expected.bundle.as_ref() == Some(&now) => {
            Err(Problem::no(format!("it was put back, and the Gateway still runs {now}"))
                .at(&change.api.name)
                .help("reload the Gateway once more: `tyk-tui gateway reload --block`"))
        }
        _ => Ok(After::Other),
    }
}

async fn loaded(change: &Change, gateway: &Gateway) -> Result<Option<Definition>, Problem> {
    match gateway.loaded(&change.api.id).await {
        Ok(now) => Ok(Some(now)),
        Err(error) if error.why == Why::Absent => Ok(None),
        Err(error) => Err(error.problem()),
    }
}

fn used(definition: &Definition) -> Option<String> {
    let bundle = definition.bundle();
    bundle.is_used().then(|| bundle.name.text())
}

fn hooks_fit(change: &Change, now: &Definition) -> Result<(), Problem> {
    let Some(wanted) = &change.expected.hooks else { return Ok(()) };
    let plugins = now.plugins();
    let named = plugins.iter().filter(|it| it.phase.hook().is_some() && !it.name.is_blank());
    let found: Vec<_> = named.map(|it| format!("{} {}", it.phase.word(), it.name.text())).collect();
    if found == *wanted {
        return Ok(());
    }
    let list = |hooks: &[String]| match hooks {
        [] => "no hooks".to_owned(),
        hooks => hooks.join(", "),
    };
    let (found, wanted) = (list(&found), list(wanted));
    Err(Problem::failed(format!(
        "the Gateway runs {found} there, and the bundle's manifest has {wanted}"
    ))
    .at(&change.api.name)
    .help("it could not load the bundle: `tyk-tui doctor` says why, and so does the Gateway's log"))
}

/// What a definition says of its bundle, for people.
pub(in crate::flows::ship) fn words(setting: &BundleSetting) -> String {
    let name = setting.name.as_deref().filter(|name| !name.is_empty());
    name.map_or_else(|| "names no bundle".to_owned(), |name| format!("names {name}"))
}
