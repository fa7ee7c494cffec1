//! The list of the Stream with the calls of each HTTP request together.

use std::path::Path;

use tyk_tui::flows::demo::{Pace, Traffic};
use tyk_tui::flows::session::Opened as Session;

use crate::flow::session;
use crate::opened::Opened;
use crate::screens::steady;

/// Three requests at the same time: one in a trace, one without, and one whose caller has no key.
const THREE: [&str; 3] = ["more/otel-no-incoming", "more/otel-off-incoming", "oas/oas-five.no-key"];

/// A project with the definitions of these requests' APIs.
fn with_definitions(folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch");
    std::fs::create_dir(folder.join("apis")).unwrap();
    for case in THREE {
        let whole = std::fs::read(root.join(case).join("case.json")).unwrap();
        let whole: serde_json::Value = serde_json::from_slice(&whole).unwrap();
        let name = case.split(['/', '-', '.']).nth(1).unwrap();
        let path = folder.join(format!("apis/{name}.json"));
        std::fs::write(path, whole["definition"].to_string()).unwrap();
    }
}

/// A screen without the times and marks of secrets, which differ from run to run.
fn still(console: &Opened) -> String {
    let text = steady(&console.drive.text(), console);
    let times = regex::Regex::new(r"\d\d:\d\d:\d\d\.\d{3}").unwrap();
    let text = times.replace_all(&text, "HH:MM:SS.mmm").into_owned();
    let marks = regex::Regex::new("«redacted [0-9a-f]+").unwrap();
    marks.replace_all(&text, "«redacted ffffff").into_owned()
}

/// The rows of the list, each as its signs and its hook.
fn rows(screen: &str) -> Vec<String> {
    let row =
        regex::Regex::new(r"^[│┃]?[▌ ][│◆◈ ]([├└][─~?] )?\d\d:\d\d:\d\d\.\d{3}(?: (○.))? *(\w+)")
            .unwrap();
    let line = |line: &str| {
        let found = row.captures(line)?;
        let part = |at: usize| found.get(at).map_or("", |it| it.as_str());
        Some(format!("{}{}{}", part(1), part(3), part(2)))
    };
    screen.lines().filter_map(line).collect()
}

#[track_caller]
fn sees_rows(console: &Opened, expected: &[&str]) {
    if let Err(screen) = console.drive.wait(|screen| rows(screen) == expected) {
        panic!("{:?}:\n{screen}", rows(&screen));
    }
}

#[rstest::rstest]
#[case(80, 24)]
#[case(200, 60)]
fn calls_stand_under_their_requests_first_with_what_did_not_come(
    #[case] width: u16,
    #[case] height: u16,
) {
    let (path, _folder) = session(&THREE);
    let session = Session::new(&path).unwrap();
    let console = Opened::attached_in(width, height, session, with_definitions);
    console.sees("12 · following");
    // Kept selected, and in sight.
    console.keys(&["g", "j", "z", "o"]);
    console.sees("Dispatches by request");
    let auth = if width < 100 { "auth" } else { "auth_check" };
    let post_key = if width < 100 { "post_key" } else { "post_key_auth" };
    let all = [
        "pre".to_owned(),
        format!("├─ {auth}"),
        format!("├─ {post_key}"),
        "├─ post".to_owned(),
        "└─ response".to_owned(),
        "pre".to_owned(),
        format!("├~ {auth}"),
        format!("├~ {post_key}"),
        "├~ post".to_owned(),
        "└~ response".to_owned(),
        "pre○3".to_owned(),
        format!("└~ {auth}"),
    ];
    console.keys(&["g"]);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    sees_rows(&console, &all);
    console.keys(&["G"]);
    console.sees("· following");
    insta::assert_snapshot!(format!("by_request_{width}x{height}"), still(&console));
    // A filter hides rows, and not what they are of: in the flow is the whole story.
    console.keys(&["z", "/"]);
    console.drive.type_text("hook:pre || hook:auth_check & api:oas-five || hook:response");
    console.keys(&["enter"]);
    sees_rows(
        &console,
        &["pre", "└─ response", "pre", "└~ response", "pre○3", &format!("└~ {auth}")],
    );
    console.keys(&["G", "H"]);
    console.sees("2 hooks came, 3 did not");
    // Out of the flow, out of the filter, and no further: `o` is what ends it.
    console.keys(&["esc", "esc", "esc"]);
    console.sees_no("❯ hook:pre");
    console.sees("Dispatches by request");
    console.keys(&["o"]);
    console.sees_no("Dispatches by request");
    console.sees("12 · following");
}

#[test]
fn it_follows_what_comes_and_stands_still_where_one_scrolls_up() {
    let console = Opened::new(120, 40);
    let address = console.address();
    let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
    console.sees(" auth ");
    console.keys(&["o"]);
    console.sees("Dispatches by request");
    console.sees("· following");
    console.sees("└~ ");
    console.keys(&["k"]);
    console.sees(" new ");
    console.keys(&["G"]);
    console.sees("· following");
    console.keys(&["space"]);
    console.sees("Dispatches by request, paused");
    console.keys(&["f"]);
    console.sees("· following");
    console.sees("Dispatches by request");
    // By a column, and back: an order at a time.
    console.keys(&["c", "s", "esc"]);
    console.sees("▼TIME");
    console.sees_no("Dispatches by request");
    console.keys(&["c", "o", "esc"]);
    console.sees("Dispatches by request");
    console.sees_no("▼TIME");
    drop(traffic);
}

#[test]
fn the_choice_is_there_again_in_the_next_console_and_counts_over_the_configuration() {
    let console = Opened::at_home(120, 36);
    let traffic = Traffic::start(&console.address(), Pace::BRISK).unwrap();
    console.sees(" auth ");
    console.keys(&["o"]);
    console.sees("Dispatches by request");
    drop(traffic);
    let path = console.state().join("columns");
    let console = console.reopened(120, 36);
    assert_eq!(std::fs::read_to_string(&path).unwrap().trim(), "by_request");
    console.keys(&["6"]);
    console.sees("Dispatches by request");
    console.keys(&["o"]);
    console.sees_no("Dispatches by request");
    let console = console.reopened(120, 36);
    assert_eq!(std::fs::read_to_string(&path).unwrap().trim(), "as_captured");
    console.keys(&["6"]);
    console.sees("Dispatches ━");

    let console = Opened::with(120, 36, &[("ui.by_request", "true")], |_| {});
    console.keys(&["6"]);
    console.sees("Dispatches by request");
}
