//! The socket of a console's own server, as long as that runs.

use tyk_tui::flows::control::{Hello, Place, Watch, stop};

use crate::opened::Opened;

/// What the server that is found says of itself.
fn found(place: &Place) -> Option<Hello> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let watch = runtime.block_on(Watch::find(place, None)).unwrap();
    watch.map(|watch| watch.hello().clone())
}

#[test]
fn it_is_there_with_the_server_and_says_what_is_recorded() {
    let console = Opened::at_home(120, 36);
    let place = Place::of(&console.state(), &console.folder);
    let address = console.address();
    let hello = found(&place).unwrap();
    assert_eq!((&hello.address, hello.console), (&address, true));
    assert_eq!((hello.pid, &hello.session), (std::process::id(), &None));

    console.keys(&["5", "w"]);
    console.sees("recording to the session ");
    let session = found(&place).unwrap().session.unwrap();
    assert!(session.is_file(), "{session:?}");
    console.keys(&["w"]);
    console.sees("recorded 0 to ");
    assert_eq!(found(&place).unwrap().session, None);

    console.keys(&["s"]);
    console.sees("The plugin server is not running.");
    assert_eq!(found(&place), None);
    console.keys(&["s"]);
    console.sees_no("The plugin server is ");
    let ended = stop(&place, None).unwrap();
    assert!(ended.console);
    console.sees("The plugin server is not running.");
    assert_eq!(found(&place), None);
    // And it goes with the console.
    console.keys(&["s"]);
    console.sees_no("The plugin server is ");
    assert!(found(&place).is_some());
    drop(console);
    assert_eq!(found(&place), None);
}
