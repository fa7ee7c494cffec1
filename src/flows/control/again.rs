//! A server of the project that begins once the one that was looked at has ended: its socket appears, and is asked.

use std::sync::mpsc::sync_channel;

use notify::{EventKind, RecursiveMode, Watcher as _};

use super::find;
use super::place::Place;
use crate::domain::task::Problem;

/// Waits for a server until this is dropped.
#[derive(Debug)]
pub struct Awaited {
    _watcher: notify::RecommendedWatcher,
}

/// Has `found` called, once, as soon as a server of the project runs that [`super::attach()`] would look at, on a thread of its
/// own. That sleeps until something changes where the sockets are: one that is bound is not listened on yet, but it is
/// given its permissions after that.
pub fn await_server(
    place: &Place,
    wanted: &str,
    found: impl FnOnce() + Send + 'static,
) -> Result<Awaited, Problem> {
    let cannot = |error: &dyn std::fmt::Display| {
        Problem::failed(format!("cannot wait for another server: {error}"))
            .at(place.folder().display())
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| cannot(&error))?;
    let (sender, changed) = sync_channel(1);
    // It may have begun already.
    let _ = sender.try_send(());
    let ours = place.clone();
    let told = move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        let comes = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_));
        if comes && event.paths.iter().any(|path| ours.is_socket(path)) {
            // One that waits already is enough.
            let _ = sender.try_send(());
        }
    };
    let mut watcher = notify::recommended_watcher(told).map_err(|error| cannot(&error))?;
    watcher.watch(place.folder(), RecursiveMode::NonRecursive).map_err(|error| cannot(&error))?;
    let (place, wanted) = (place.clone(), wanted.to_owned());
    let waits = move || {
        while changed.recv().is_ok() {
            let there = runtime.block_on(find::meant(&place, &wanted));
            if there.is_some_and(|server| server.hello.understood().is_ok()) {
                return found();
            }
        }
    };
    let thread = std::thread::Builder::new().name("awaiting".into()).spawn(waits);
    thread.map_err(|error| cannot(&error))?;
    Ok(Awaited { _watcher: watcher })
}
