//! Forms: what is typed a row too early, or is no key of theirs, takes nothing away of what was filled in.

use crate::export::attached;
use crate::gateway;
use crate::hold::{broken, open_held};
use crate::opened::Opened;
use crate::stand_in::StandIn;

#[test]
fn what_is_typed_on_the_row_of_a_choice_closes_no_form() {
    let (console, _kept) = attached(|_| {});
    console.keys(&["r", "l", "down"]);
    console.sees("‹ another server ›");
    console.drive.type_text("127.0.0.1:5");
    console.keys(&["up"]);
    // Panes, the palette, what is held, ship, theme, zoom, views.
    console.drive.type_text("127.0.0.1:5056!BTz[]");
    console.keys(&["down"]);
    console.drive.type_text("1");
    console.sees("address   127.0.0.1:51");
    console.sees("╭─ Replay ");
    // Help lies over it, and closes alone.
    console.keys(&["up", "?"]);
    console.sees("─ Keys");
    console.keys(&["1", ":", "esc", "down"]);
    console.drive.type_text("2");
    console.sees("address   127.0.0.1:512");
    // Who quits is asked.
    console.keys(&["up", "q"]);
    console.sees("What was filled in here is not taken over yet");
    console.keys(&["n", "down"]);
    console.drive.type_text("3");
    console.sees("address   127.0.0.1:5123");
    console.keys(&["esc", "E", "1", "down", ":", "l"]);
    console.sees("‹ grpcurl ›");
    console.keys(&["q", "y"]);
    console.drive.ended().unwrap();
}

#[test]
fn keys_that_are_not_typed_close_no_form_where_a_text_is_selected() {
    let stand_in = StandIn::with(&["017"]);
    let (console, _secret) = gateway::opened(&stand_in, &[]);
    console.keys(&["t"]);
    console.sees("Try apis/minimal.json on the Gateway, undeployed");
    console.drive.type_text("tea");
    console.keys(&["ctrl-p", "alt-s", "alt-b"]);
    console.drive.type_text("pot");
    console.sees("path     /teapot");

    let (console, calls) = broken(&[]);
    let call = open_held(&console, &calls);
    console.keys(&["o", "down"]);
    console.drive.type_text("no ");
    console.keys(&["ctrl-p"]);
    console.drive.type_text("tea");
    console.sees("error    no tea");
    console.keys(&["enter"]);
    console.sees("let go with the override");
    assert_eq!(calls.answer(call).request.unwrap().return_overrides.unwrap().response_code, 403);
}

#[test]
fn the_tree_of_files_keeps_what_was_picked() {
    let console = Opened::new(80, 24);
    console.sees("MyAuth");
    console.keys(&["j", "enter"]);
    console.sees("1 file listed");
    console.keys(&["space"]);
    console.sees("0 files listed");
    console.keys(&["6", ":", "enter"]);
    console.sees_no("files listed");
    console.sees("not saved");
}
