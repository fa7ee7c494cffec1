//! The demo's console: its traffic on the screen, and its bundle shipped by the one key.

use tyk_tui::flows::demo::{Pace, Stage, Traffic, ship_once};
use tyk_tui::log::Ring;
use tyk_tui::tui::Console;
use tyk_tui::tui::drive::Drive;

#[test]
fn traffic_streams_and_one_key_ships() {
    let stage = Stage::set().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let shipped = runtime.block_on(ship_once(&stage, None)).unwrap();
    let mut console = Console::new(stage.loaded().clone(), Ring::default());
    console.stream_first = true;
    let drive = Drive::open(console, 160, 40).unwrap();
    let traffic = Traffic::start(&stage.settings().server.listen, Pace::AT_ONCE).unwrap();
    for text in [" auth ", "legacy", "changed", "refused"] {
        drive.wait_for(text).unwrap_or_else(|screen| panic!("no {text} in\n{screen}"));
    }
    drive.type_text("B");
    // The same content has the same name, and is there already; the host serves it.
    let screen =
        drive.wait(|screen| screen.contains("already there") && screen.contains("http://"));
    screen.unwrap_or_else(|screen| panic!("not shipped again:\n{screen}"));
    let bundles = std::fs::read_dir(stage.bundles()).unwrap();
    let names: Vec<_> = bundles.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [shipped.name.as_str()]);
    drop(traffic);
    drop(drive);
}
