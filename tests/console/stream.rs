//! The Stream pane, with the demo's Gateway sending.

use tyk_tui::flows::demo::{Pace, Traffic};

use crate::export::attached;
use crate::opened::Opened;

impl Opened {
    /// Where its server listens, as the Stream pane tells.
    pub(crate) fn address(&self) -> String {
        self.keys(&["6"]);
        self.sees("coprocess_grpc_server");
        let text = self.drive.text();
        let text = text.split("tcp://").nth(1).unwrap();
        text.chars().take_while(|c| *c != '"').collect()
    }
}

#[test]
fn dispatches_appear_and_follow_stops_when_one_scrolls_up() {
    let console = Opened::new(120, 40);
    let address = console.address();
    let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
    console.sees(" auth ");
    console.sees("passed");
    console.sees("· following");
    console.keys(&["k", "k"]);
    console.sees(" new ");
    console.keys(&["G"]);
    console.sees("· following");
    console.keys(&["space"]);
    console.sees("Dispatches, paused");
    console.keys(&["space"]);
    console.sees_no("paused");
    // The Gateway would miss us.
    console.keys(&["q"]);
    console.sees("traffic in the last minute");
    console.keys(&["n"]);
    drop(traffic);
}

#[test]
fn the_open_row_is_json_redacted_until_a_key_shows_it() {
    let console = Opened::new(120, 40);
    let address = console.address();
    let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
    console.sees(" auth ");
    drop(traffic);
    console.keys(&["/"]);
    console.drive.type_text("auth_check");
    console.keys(&["enter"]);
    console.sees("Dispatches ❯ auth_check");
    console.sees("«redacted ");
    // A Dispatch that is still on its way would be followed, and hide its own.
    console.keys(&["space"]);
    console.sees("paused");
    console.keys(&["x"]);
    console.sees("secrets shown");
    console.sees_no("«redacted ");
    console.keys(&["x"]);
    console.sees("«redacted ");
    console.keys(&["y"]);
    console.sees("copied the record as JSON");
    let texts = console.drive.copies();
    let copied: serde_json::Value = serde_json::from_str(&texts[0]).unwrap();
    assert_eq!(copied["hook"], "auth_check");
    assert!(texts[0].contains("«redacted "));
}

#[test]
fn the_tree_folds_searches_and_copies_values_with_their_path() {
    let console = Opened::new(120, 40);
    let address = console.address();
    let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
    console.sees("GET");
    drop(traffic);
    console.keys(&["enter"]);
    // What is not made into JSON yet cannot be searched.
    console.sees("hookName");
    console.keys(&["/"]);
    console.drive.type_text("hookName");
    console.keys(&["enter"]);
    console.sees(".request.hookName");
    console.keys(&["Y"]);
    console.sees("copied the path");
    console.keys(&["y"]);
    console.sees("copied the value");
    assert_eq!(console.drive.copies()[0], ".request.hookName");
    console.keys(&["]"]);
    console.sees("▐reply▌");
    console.keys(&["-"]);
    console.sees("▸");
}

#[test]
fn rows_say_what_was_asked_of_which_api_and_what_came_of_it() {
    let row = regex::Regex::new(r"\.\d{3} auth +users +GET +/\S+ +refused 403 +\d+\.\d").unwrap();
    let full =
        regex::Regex::new(r"auth_check +\w+ +users +GET +/\S+ +refused 403 +\d+\.\d +\d+").unwrap();
    for (width, height, row) in [(80, 24, &row), (120, 36, &row), (200, 60, &full)] {
        let console = Opened::new(width, height);
        let address = console.address();
        let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
        console.sees("auth");
        console.keys(&["/"]);
        console.drive.type_text("refused");
        console.keys(&["enter"]);
        let seen = console.drive.wait(|screen| screen.lines().any(|line| row.is_match(line)));
        drop(traffic);
        seen.unwrap_or_else(|screen| panic!("no row of {row} at {width}:\n{screen}"));
    }
}

#[test]
fn a_screen_of_forty_columns_keeps_every_tab_and_the_server() {
    let console = Opened::new(40, 12);
    console.keys(&["6"]);
    console.sees("● server");
    console.sees("▐6 Stream▌");
    console.keys(&["0"]);
    console.sees("6 7 8 9▐0 Log");
}

#[test]
fn a_filter_is_completed_shows_its_mistake_and_comes_back_from_history() {
    let console = Opened::new(120, 36);
    let address = console.address();
    let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
    console.sees("auth");
    console.keys(&["/"]);
    console.sees("tab completes");
    console.drive.type_text("hok:pre");
    console.sees("✗ there is no field \"hok\" · did you mean hook?");
    console.keys(&["enter"]);
    console.sees("✗ there is no field");
    console.keys(&["ctrl-u"]);
    console.drive.type_text("outc");
    console.sees("how it ended");
    console.keys(&["tab"]);
    console.drive.type_text("ref");
    console.keys(&["tab", "enter"]);
    console.sees("Dispatches ❯ outcome:refused");
    console.sees(" of ");
    console.sees("refused 4");
    console.sees_no(" passed  ");
    console.keys(&["esc"]);
    console.sees_no("❯");
    console.sees("passed");
    console.keys(&["/", "up", "enter"]);
    console.sees("Dispatches ❯ outcome:refused");
    console.keys(&["/", "ctrl-u"]);
    console.drive.type_text("nothing_has_this");
    console.keys(&["enter"]);
    console.sees("Nothing here is meant by nothing_has_this");
    drop(traffic);
}

#[test]
fn filters_come_back_in_the_next_console_and_a_broken_history_is_no_obstacle() {
    let console = Opened::at_home(120, 36);
    for filter in ["status:403", "path:/orders"] {
        console.keys(&["6", "/", "ctrl-u"]);
        console.drive.type_text(filter);
        console.keys(&["enter"]);
        console.sees(&format!("Dispatches ❯ {filter}"));
    }
    let path = console.state().join("filters");
    let console = console.reopened(120, 36);
    let kept = std::fs::read_to_string(&path).unwrap();
    assert_eq!(kept, "status:403\npath:/orders\n");
    console.keys(&["6", "/"]);
    console.sees("↑ path:/orders");
    console.keys(&["up", "up", "enter"]);
    console.sees("Dispatches ❯ status:403");
    console.keys(&["esc", "/", "up", "up", "enter"]);
    console.sees("Dispatches ❯ path:/orders");
    let broken = |state: &std::path::Path| std::fs::write(state.join("filters"), [0xff]).unwrap();
    let console = console.reopened_after(120, 36, broken);
    console.keys(&["0"]);
    console.sees("cannot read the history of filters: it is no text");
    console.keys(&["6", "/"]);
    console.drive.type_text("hook:pre");
    console.keys(&["enter"]);
    console.sees("Dispatches ❯ hook:pre");
    let console = console.reopened(80, 24);
    console.keys(&["6", "/"]);
    console.sees("↑ hook:pre");
    console.keys(&["up", "enter"]);
    console.sees("Dispatches ❯ hook:pre");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "hook:pre\n");
}

#[test]
fn the_diff_tells_what_becomes_of_each_edit() {
    let console = Opened::new(120, 40);
    let address = console.address();
    let traffic = Traffic::start(&address, Pace::BRISK).unwrap();
    console.sees("auth");
    console.keys(&["/"]);
    console.drive.type_text("hook:auth_check");
    console.keys(&["enter", "]", "]"]);
    console.sees("▐diff▌");
    console.sees("refused, the caller sees 403");
    console.sees("! session  is missing");
    console.sees("✗ breaks: 403 Forbidden: the answer");
    console.sees("→ set session, and metadata.token");
    console.keys(&["/", "ctrl-u"]);
    console.drive.type_text("outcome:passed");
    console.keys(&["enter"]);
    console.sees("The answer is what came: no field");
    drop(traffic);
}

/// The headings of the list.
fn headings(console: &Opened) -> Vec<String> {
    let text = console.drive.text();
    let line = text.lines().find(|line| line.contains("PATH")).unwrap_or_default();
    let words = line.split(['│', '┃']).find(|part| part.contains("PATH")).unwrap_or_default();
    words.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn columns_are_chosen_seen_at_once_and_there_again_in_the_next_console() {
    let console = Opened::at_home(200, 40);
    let traffic = Traffic::start(&console.address(), Pace::BRISK).unwrap();
    console.sees(" PATH ");
    let usual = headings(&console);
    assert_eq!(usual, ["TIME", "HOOK", "NAME", "API", "METHOD", "PATH", "OUTCOME", "TOOK", "SIZE"]);
    console.keys(&["c"]);
    console.sees("Columns of the list");
    // The first goes to the right, the one after it away; a rule comes, and goes to the left.
    console.keys(&["J", "k", "space", "G", "space", "K"]);
    console.sees(" RULE ");
    console.keys(&["esc"]);
    let chosen = ["TIME", "NAME", "API", "METHOD", "PATH", "OUTCOME", "TOOK", "RULE", "SIZE"];
    let chosen: Vec<&str> = chosen.into_iter().filter(|title| *title != "HOOK").collect();
    let seen = headings(&console);
    assert!(!seen.contains(&"HOOK".to_owned()) && seen.contains(&"RULE".to_owned()), "{seen:?}");
    assert_eq!(seen[0], chosen[0]);
    drop(traffic);
    let path = console.state().join("columns");
    let console = console.reopened(200, 40);
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(!kept.contains("hook") && kept.contains("rule"), "{kept}");
    let traffic = Traffic::start(&console.address(), Pace::BRISK).unwrap();
    console.sees(" RULE ");
    assert_eq!(headings(&console), seen);
    // As usual again, which is kept, too.
    console.keys(&["c", "D"]);
    console.sees(" HOOK ");
    assert_eq!(headings(&console), usual);
    drop(traffic);
    let console = console.reopened(80, 24);
    assert_eq!(std::fs::read_to_string(&path).unwrap().trim(), "");
    std::fs::write(&path, "time\nwhen\n").unwrap();
    let console = console.reopened(200, 24);
    console.keys(&["0"]);
    console.sees("`when` is no column");
}

#[test]
fn the_list_is_sorted_by_a_column_stands_still_and_follows_again() {
    let console = Opened::new(200, 40);
    let traffic = Traffic::start(&console.address(), Pace::BRISK).unwrap();
    console.sees(" PATH ");
    let paths = |text: &str| -> Vec<String> {
        let rows = text.lines().filter(|line| line.contains(" GET ") || line.contains(" POST "));
        let path = |line: &str| {
            let list = line.split(['│', '┃']).find(|part| part.contains(" /"))?;
            Some(list.split_whitespace().find(|word| word.starts_with('/'))?.to_owned())
        };
        rows.filter_map(path).collect()
    };
    let is_sorted = |text: &str, descending: bool| {
        let paths = paths(text);
        let sorted =
            |pair: &[String]| if descending { pair[0] >= pair[1] } else { pair[0] <= pair[1] };
        paths.len() > 3 && paths.windows(2).all(sorted)
    };
    // The sixth column is the path.
    console.keys(&["c", "j", "j", "j", "j", "j", "s", "esc"]);
    console.sees("▲PATH");
    console.drive.wait(|text| is_sorted(text, false)).unwrap();
    console.sees_no("following");
    console.keys(&["c", "j", "j", "j", "j", "j", "s", "esc"]);
    console.sees("▼PATH");
    console.drive.wait(|text| is_sorted(text, true)).unwrap();
    // A filter keeps the order, and goes before it.
    console.keys(&["/"]);
    console.drive.type_text("hook:pre");
    console.keys(&["enter"]);
    console.sees("Dispatches ❯ hook:pre");
    console.sees("▼PATH");
    console.keys(&["esc"]);
    console.sees_no("❯ hook:pre");
    console.sees("▼PATH");
    // With no filter left it is nobody's to take away.
    console.keys(&["esc", "/"]);
    console.drive.type_text("hook:auth_check");
    console.keys(&["enter"]);
    console.sees("❯ hook:auth_check");
    console.sees("▼PATH");
    console.keys(&["esc"]);
    console.sees_no("❯ hook:auth_check");
    console.keys(&["f"]);
    console.sees_no("▼PATH");
    console.sees("· following");
    // The list begins at its first row: the oldest.
    console.keys(&["c", "s", "s", "esc"]);
    console.sees("▲TIME");
    console.sees("─ 1 · ");
    drop(traffic);
}

#[test]
fn a_column_that_is_not_shown_is_named_where_the_list_is_sorted_by_it() {
    let console = Opened::new(200, 40);
    let traffic = Traffic::start(&console.address(), Pace::BRISK).unwrap();
    console.sees(" PATH ");
    // The last one, which a wide list has only where it was chosen.
    console.keys(&["c", "G", "s", "esc"]);
    console.sees("Dispatches, sorted by rule ↑");
    console.keys(&["c", "G", "s", "esc"]);
    console.sees("Dispatches, sorted by rule ↓");
    console.keys(&["c", "G", "space", "esc"]);
    console.sees("▼RULE");
    console.sees_no("sorted by");
    drop(traffic);
}

#[test]
fn in_jq_functions_and_the_names_of_a_record_are_offered() {
    let (console, _kept) = attached(|_| {});
    console.keys(&["/"]);
    console.drive.type_text("| sel");
    console.sees("select( where this holds");
    console.keys(&["tab"]);
    console.sees("❯ | select(");
    console.drive.type_text(".request.hookT");
    console.sees("hookType a word");
    console.keys(&["tab"]);
    console.sees("❯ | select(.request.hookType");
    console.drive.type_text(" == \"Pre\")");
    console.keys(&["enter"]);
    console.sees("Dispatches ❯ | select(.request.hookType == \"Pre\")");
}

#[test]
fn that_jq_fails_is_said_where_the_filter_stands() {
    let (console, _kept) = attached(|_| {});
    console.keys(&["/"]);
    console.drive.type_text("| .seq | test(\"1\")");
    console.sees(" ⚠ jq: 5 records: cannot use 1 as string");
    console.keys(&["enter"]);
    console.sees("❯ | .seq | test(\"1\") · ⚠ jq: 5 rec");
    console.sees("  ⚠ jq: 5 records: cannot use 1 as string");
    console.sees("Nothing here is meant by");
    // Where it fails on some, the others are listed.
    console.keys(&["/", "ctrl-u"]);
    console.drive.type_text("| if .seq > 3 then . + 1 else true end");
    console.keys(&["enter"]);
    console.sees("3 of 5");
    console.sees("⚠ jq: 2 rec");
    console.keys(&["/", "ctrl-u"]);
    console.drive.type_text("| .seq == 1");
    console.keys(&["enter"]);
    console.sees("1 of 5");
    console.sees_no("⚠ jq");
}
