//! `tab` and `shift-tab`: between the fields of forms, the views of what lies over a pane, the halves of a pane.

use crate::export::attached;
use crate::gateway;
use crate::hold::{broken, open_held};
use crate::opened::Opened;
use crate::serving::object;
use crate::stand_in::StandIn;

#[test]
fn shift_tab_goes_to_the_field_before() {
    let (console, _kept) = attached(|_| {});
    // From the first to the last, and on backwards.
    console.keys(&["E", "backtab", "l"]);
    console.sees("‹ file ›");
    console.keys(&["backtab", "backtab", "l"]);
    console.sees("‹ grpcurl ›");
    console.keys(&["tab", "l"]);
    console.sees("‹ as they are ›");
}

#[test]
fn shift_tab_goes_back_in_an_override() {
    let (console, calls) = broken(&[]);
    let call = open_held(&console, &calls);
    console.keys(&["o", "backtab"]);
    console.drive.type_text("X-Pot: short");
    // From the header to the body; there is another header by then.
    console.keys(&["backtab"]);
    console.drive.type_text("no tea");
    console.keys(&["enter"]);
    console.sees("let go with the override");
    let overrides = calls.answer(call).request.unwrap().return_overrides.unwrap();
    assert_eq!((overrides.response_code, overrides.response_body.as_str()), (403, "no tea"));
    assert_eq!(overrides.headers["X-Pot"], "short");
}

#[test]
fn shift_tab_goes_back_in_a_trial() {
    let stand_in = StandIn::with(&["017", "506"]);
    let (console, _secret) = gateway::opened(&stand_in, &[]);
    console.keys(&["t"]);
    console.sees("Try apis/minimal.json on the Gateway, undeployed");
    // The path comes first; before it is the method, before that the body.
    console.keys(&["backtab", "ctrl-u"]);
    console.drive.type_text("POST");
    console.keys(&["backtab"]);
    console.drive.type_text("tea, please");
    console.keys(&["enter"]);
    console.sees("Tried: 200");
    let sent = stand_in.seen().into_iter().find(|seen| seen.path == "/tyk/debug").unwrap();
    let sent: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(sent["request"]["method"], "POST");
    assert_eq!(sent["request"]["body"], "tea, please");
}

#[test]
fn shift_tab_takes_the_completion_before() {
    let console = Opened::new(100, 24);
    console.keys(&["6", "/"]);
    console.drive.type_text("outcome:");
    for (key, taken) in
        [("backtab", "held"), ("backtab", "failed"), ("tab", "held"), ("tab", "passed")]
    {
        console.keys(&[key]);
        console.sees(&format!("❯ outcome:{taken} "));
    }
}

#[test]
fn shift_tab_shows_the_plots_before() {
    let console = Opened::new(100, 24);
    console.keys(&["6", "p"]);
    for (key, by) in
        [("backtab", "API"), ("backtab", "hook"), ("tab", "API"), ("tab", "hook and API")]
    {
        console.keys(&[key]);
        console.sees(&format!("Plots by {by}, five"));
    }
}

#[test]
fn shift_tab_goes_to_the_other_half_as_tab_does() {
    let (console, _kept) = attached(|_| {});
    for key in ["backtab", "tab"] {
        console.keys(&[key]);
        console.sees("copy path");
        console.keys(&["backtab"]);
        console.sees_no("copy path");
    }
    let (console, calls) = broken(&[]);
    let call = open_held(&console, &calls);
    // Out of the JSON, not out of the list: what comes next is the answer's.
    console.keys(&["backtab", "esc", "e"]);
    console.sees("The answer, as JSON");
    console.keys(&["esc", "A"]);
    console.sees("let go unchanged");
    assert_eq!(calls.answer(call), object());
}
