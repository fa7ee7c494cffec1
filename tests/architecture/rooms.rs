//! The one table of rooms, and the test that no arrow points up or sideways.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::sources::{Module, modules};
use super::{paths, project, read};

/// A room: a module, the floor it is on, and what lives there.
struct Room {
    module: &'static str,
    /// Floor, and the step within it: a room may use every room on a lower step, none on its own.
    floor: (u8, u8),
    about: &'static str,
}

const fn room(module: &'static str, floor: (u8, u8), about: &'static str) -> Room {
    Room { module, floor, about }
}

/// From the roof down.
const ROOMS: &[Room] = &[
    room("cli", (5, 1), "the command line: one file a command; words in, words and exit codes out"),
    room(
        "tui",
        (5, 0),
        "the console: loop, keymap, actions, panes, overlays, widgets, theme; `tui/terminal/` alone touches stdout",
    ),
    room("flows::demo", (4, 4), "the whole loop on recorded traffic, with no Gateway"),
    room("flows::doctor", (4, 0), "is a Gateway set up so that plugins work; a check a file"),
    room("flows::edit", (4, 0), "a file of the user's: opened, saved, its versions brought back"),
    room(
        "flows::columns",
        (4, 0),
        "the columns that were chosen, kept from one console to the next",
    ),
    room("flows::filters", (4, 0), "filters that were used, kept from one console to the next"),
    room(
        "flows::hold",
        (4, 0),
        "answers to Dispatches that are held: edited as JSON, or an override",
    ),
    room(
        "flows::keys",
        (4, 0),
        "keys of a Gateway: made for a test, deleted; those that sessions of plugins leave behind",
    ),
    room(
        "flows::manifest",
        (4, 0),
        "the manifest of a project: which files it can list, a first one from the folder's code",
    ),
    room("flows::mserv", (4, 1), "bundles pushed to mserv and fetched from it, verified each time"),
    room("flows::prune", (4, 4), "which APIs use which bundles; what none uses is deleted"),
    room("flows::new", (4, 0), "a first project of a kind, from templates"),
    room(
        "flows::remote",
        (4, 1),
        "API definitions of a Gateway or a Dashboard: listed, opened, put back",
    ),
    room(
        "flows::s3",
        (4, 1),
        "bundles in S3: pushed and fetched, verified each time; whether a Gateway can read them, and what to allow",
    ),
    room(
        "flows::export",
        (4, 1),
        "what was captured, written for other programs: to a stream, into a file, without its secrets",
    ),
    room("flows::replay", (4, 1), "recorded calls sent again, and their answers compared"),
    room(
        "flows::control",
        (4, 0),
        "the local socket of a plugin server: found, looked at live, stopped; a server left running",
    ),
    room(
        "flows::session",
        (4, 0),
        "sessions of a plugin server on the disk: begun, found again, looked after",
    ),
    room(
        "flows::serve",
        (4, 1),
        "plugin server, rules and capture joined, for the console and `serve` alike",
    ),
    room("flows::request", (4, 0), "a request sent, its history, the Dispatches that it caused"),
    room("flows::sound", (4, 0), "whether a bundle may be pushed, and what was fetched be kept"),
    room(
        "flows::rules",
        (4, 0),
        "rules tried on Dispatches that are recorded or written, without a server",
    ),
    room("flows::survey", (4, 0), "collects the facts that lint looks at; applies its fixes"),
    room(
        "flows::target",
        (4, 2),
        "where bundles are pushed to: folder, mserv, S3, behind one type",
    ),
    room(
        "flows::ship",
        (4, 3),
        "what the one key does: build, sign, verify, publish; a step a file",
    ),
    room("flows::trial", (4, 0), "an API tried by one request, with no deployment"),
    room(
        "dispatch",
        (3, 2),
        "the plugin server: codec and service on the wire, rules, authentication, breakpoints, other Dispatchers in front of which it sits",
    ),
    room(
        "services::bundle",
        (3, 1),
        "bundles on disk: the zip writer and reader, verification, keys",
    ),
    room("services::code", (3, 0), "functions in Python, JavaScript and Lua, read off the text"),
    room("services::dashboard", (3, 1), "a Dashboard's API, as far as its API definitions go"),
    room("services::gateway", (3, 1), "a Gateway's control API"),
    room("services::host", (3, 1), "a folder of bundles over HTTP, as a Gateway downloads them"),
    room("services::metrics", (3, 1), "figures of the plugin server for Prometheus"),
    room("services::mserv", (3, 1), "mserv's API, and mservctl's configuration"),
    room(
        "services::s3",
        (3, 1),
        "S3 and what speaks like it, and where AWS's tools keep credentials",
    ),
    room(
        "services::files",
        (3, 0),
        "files of the user: written whole or not at all, previous versions and unsaved edits kept",
    ),
    room("capture", (2, 0), "records, ring, counters, and the window of rows that a pane shows"),
    room(
        "config",
        (1, 0),
        "layers of configuration with the place of each value; trust in a project's file",
    ),
    room("log", (1, 0), "the log file, and the ring that the Log pane shows"),
    room("net", (1, 0), "listeners, who holds a port that is taken, and servers asked over HTTP"),
    room(
        "domain::export",
        (0, 5),
        "what was captured as other programs read it: HAR, command lines of curl and grpcurl",
    ),
    room("domain::lint", (0, 4), "rules over plain facts, one a file, with fixes"),
    room(
        "domain::schema",
        (0, 3),
        "a Gateway's JSON Schema, and what a definition does not keep of it",
    ),
    room(
        "domain::filter",
        (0, 3),
        "which records are meant: grammar and evaluation over a trait of fields",
    ),
    room(
        "domain::encoding",
        (0, 0),
        "what a Content-Encoding made of a body, undone within bounds",
    ),
    room("domain::effect", (0, 3), "what a Gateway does with an answer"),
    room("domain::redact", (0, 3), "the views that Objects become text through"),
    room(
        "domain::api",
        (0, 2),
        "API definitions, classic and OAS: lossless, and what concerns plugins",
    ),
    room("domain::gateway_version", (0, 2), "how releases of the Gateway differ, as plain values"),
    room("domain::manifest", (0, 2), "the manifest: its rules, its canonical form"),
    room("domain::bundle", (0, 1), "layout, checksum, signed bytes, names"),
    room("domain::code", (0, 1), "what a plugin's code has, as plain facts"),
    room("domain::conf", (0, 1), "a Gateway's settings that concern plugins"),
    room("domain::yaml", (0, 1), "YAML with places, and edits that change nothing else"),
    room("domain::address", (0, 0), "addresses that people write for servers of ours"),
    room("domain::diff", (0, 0), "what differs between two texts, as lines that people read"),
    room(
        "domain::replay",
        (0, 4),
        "whether an answer is the one that was recorded; a request edited before it is sent again",
    ),
    room(
        "domain::request",
        (0, 4),
        "a request to an API: what it is, its signature, curl's words for it, what is shown and kept of it",
    ),
    room("domain::json", (0, 0), "JSON with places, and edits that change nothing else"),
    room("domain::nearest", (0, 0), "the name that a misspelt one was meant to be"),
    room(
        "domain::object",
        (0, 1),
        "Objects: messages, wire form, canonical JSON, which is written only through a view and read as people write it",
    ),
    room("domain::task", (0, 0), "problems, findings, steps, progress"),
    room(
        "domain::trail",
        (0, 4),
        "which calls are of one HTTP request, and which hooks of its API did not come, and why",
    ),
];

/// Arrows that the floors do not allow, each with its reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// The room of a module or an item: the longest name of the table that it begins with.
fn room_of(path: &str) -> Option<&'static Room> {
    ROOMS.iter().filter(|room| within(path, room.module)).max_by_key(|room| room.module.len())
}

/// Whether `path` is `module` or lies in it.
fn within(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn allowed(from: &Room, to: &Room) -> bool {
    from.module == to.module
        || to.floor < from.floor
        || EXCEPTIONS.iter().any(|(a, b, _)| (*a, *b) == (from.module, to.module))
}

/// What is wrong with the arrows of a module.
fn wrong_arrows(module: &Module) -> BTreeSet<String> {
    let Some(from) = room_of(&module.path) else { return BTreeSet::new() };
    let mut wrong = BTreeSet::new();
    for target in paths::of(&module.file, &module.path) {
        // A name above the rooms (`crate::domain`) reaches all of them.
        let reached = match room_of(&target) {
            Some(room) => vec![room],
            None => ROOMS.iter().filter(|room| within(room.module, &target)).collect(),
        };
        for to in reached.into_iter().filter(|to| !allowed(from, to)) {
            wrong.insert(format!(
                "{}: `{}` may not use `{target}`: {} is on floor {}.{}, {} on {}.{}",
                module.source.display(),
                module.path,
                from.module,
                from.floor.0,
                from.floor.1,
                to.module,
                to.floor.0,
                to.floor.1,
            ));
        }
    }
    wrong
}

#[test]
fn arrows_point_down() {
    let wrong: Vec<String> = modules().iter().flat_map(wrong_arrows).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn an_arrow_that_points_up_or_sideways_is_found() {
    let found = |path: &str, text: &str| {
        let file = syn::parse_file(text).unwrap();
        let module = Module { path: path.into(), source: "x.rs".into(), file };
        wrong_arrows(&module).len()
    };
    assert_eq!(found("capture::ring", "use crate::domain::object::Object; use std::fmt;"), 0);
    for (path, text) in [
        ("capture::ring", "use crate::dispatch::Server;"),
        ("capture::ring", "use super::super::dispatch as plugin;"),
        ("capture", "use super::dispatch;"),
        ("capture", "use crate::{domain::task, tui::run};"),
        ("capture", "fn f() { crate::tui::run(None); }"),
        ("capture", "fn f() -> crate::services::host::Host { todo!() }"),
        ("capture", "fn f() { let x: Vec<crate::cli::X> = vec![]; }"),
        ("capture", "fn f() { println!(\"{:?}\", crate::tui::run(None)); }"),
        ("capture", "mod inner { use super::super::dispatch::X; }"),
        ("capture", "#[derive(Debug)] struct S(Box<dyn crate::flows::serve::T>);"),
        ("services::host", "use crate::services::bundle;"),
        ("services::host", "use crate::services::*;"),
        ("domain::json", "use crate::domain::manifest::Manifest;"),
        ("domain::json", "use super::redact;"),
        ("config", "use crate::net::tcp;"),
    ] {
        assert!(found(path, text) > 0, "{path}: {text}");
    }
    let tests = "#[cfg(test)] mod tests { use crate::tui::run; }";
    assert_eq!(found("capture", tests), 0, "tests may look anywhere");
}

#[test]
fn every_module_has_a_room() {
    let homeless: Vec<String> = modules()
        .into_iter()
        .map(|module| module.path)
        .filter(|path| room_of(path).is_none())
        .filter(|path| !["", "domain", "services", "flows"].contains(&path.as_str()))
        .collect();
    assert!(homeless.is_empty(), "add to the table of rooms: {homeless:?}");
}

#[test]
fn every_room_exists() {
    let modules: BTreeSet<String> = modules().into_iter().map(|module| module.path).collect();
    for room in ROOMS {
        assert!(modules.contains(room.module), "there is no module `{}`", room.module);
    }
}

#[test]
fn architecture_md_has_this_table() {
    const FROM: &str = "<!-- rooms: made by tests/architecture -->\n";
    const TO: &str = "<!-- end of rooms -->";
    let mut table = String::from("| floor | room | what lives there |\n| --- | --- | --- |\n");
    for room in ROOMS {
        let (floor, step) = room.floor;
        let folder = room.module.replace("::", "/");
        writeln!(table, "| {floor}.{step} | `{folder}` | {} |", room.about).unwrap();
    }
    for (from, to, why) in EXCEPTIONS {
        writeln!(table, "\nAn exception: `{from}` uses `{to}`, because {why}.").unwrap();
    }
    let text = read("ARCHITECTURE.md");
    let (before, rest) = text.split_once(FROM).expect("ARCHITECTURE.md has the first marker");
    let (found, after) = rest.split_once(TO).expect("ARCHITECTURE.md has the second marker");
    if found != table && std::env::var_os("UPDATE_GENERATED").is_some() {
        let text = format!("{before}{FROM}{table}{TO}{after}");
        std::fs::write(project("ARCHITECTURE.md"), text).unwrap();
        return;
    }
    assert_eq!(found, table, "run UPDATE_GENERATED=1 cargo test --test architecture");
}
