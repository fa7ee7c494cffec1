//! A console's own server has the socket that `serve` has: commands and other consoles find it there.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use super::outlive::{Ends, break_at_pre, call, called, gateway, sockets};
use super::pty::Terminal;
use super::serving::Gateway;

/// A console with a server of its own on a free port, and how many seconds a breakpoint of it holds.
pub(crate) async fn console(script: &str) -> (Terminal, String, Gateway) {
    let hold = [("TYK_TUI_SERVER_HOLD_SECONDS", "600")];
    let mut terminal = Terminal::shell(110, 30, &hold, script);
    terminal.sees("● server :");
    let address = format!("127.0.0.1:{}", terminal.between("● server :", ' '));
    let gateway = gateway(&address).await;
    (terminal, address, gateway)
}

/// Another one of the same project, which wants the same port.
fn another(first: &Terminal, address: &str) -> Terminal {
    let home = first.home.path().display();
    let script = format!("cd {home}/project; HOME={home}; export HOME; exec \"$0\"");
    let port = address.rsplit(':').next().unwrap();
    let listen = format!("localhost:{port}");
    let variables = [("TYK_TUI_SERVER_LISTEN", &*listen), ("TYK_TUI_HOST_LISTEN", "127.0.0.1:0")];
    let mut terminal = Terminal::shell(110, 30, &variables, &script);
    terminal.sees(&format!(":{port} of pid "));
    terminal
}

/// Starts its server, which is not running.
fn starts(terminal: &mut Terminal, offered: &str) {
    terminal.sees(offered);
    terminal.types("s");
    terminal.until("it runs", |screen| {
        let contents = screen.contents();
        !["s starts it", "The plugin server is"].iter().any(|text| contents.contains(text))
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_find_it_and_end_it() {
    let (mut terminal, address, gateway) = console("exec \"$0\"").await;
    let (_, there) = sockets(&terminal.home);
    assert_eq!(there.len(), 1, "{there:?}");
    assert_eq!(std::fs::metadata(&there[0]).unwrap().permissions().mode() & 0o777, 0o600);
    gateway.dispatch(&called("/before")).await.unwrap();
    let wait = ["wait", "hook:pre & path:/before", "--json"];
    let ran = terminal.home.run(&wait);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let line: Value = serde_json::from_str(ran.stdout.trim()).unwrap();
    assert_eq!(line["request"]["request"]["url"], "/before");
    assert!(!ran.stdout.contains("s3cr3t"), "{ran:?}");

    // What it records is known, from when it does.
    terminal.types("5w");
    terminal.sees("recording to the session ");
    gateway.dispatch(&called("/recorded")).await.unwrap();
    let ran = terminal.home.run(&["wait", "mark || path:/recorded", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");

    let ran = terminal.home.run(&["serve", "--stop"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = format!("the server at {address} (of the console, pid ");
    assert!(ran.stderr.contains(&said), "{ran:?}");
    assert!(std::net::TcpStream::connect(&address).is_err());
    assert!(sockets(&terminal.home).1.is_empty());
    terminal.sees("is not running");
    terminal.types("0");
    terminal.sees("another process ends the plugin server");
    // It is there again with the server, and goes with the console.
    terminal.types("5");
    starts(&mut terminal, "s starts it");
    assert_eq!(sockets(&terminal.home).1.len(), 1);
    terminal.types("q");
    terminal.until("asked, or ended", |screen| {
        screen.contents().contains("Quit?") || !screen.alternate_screen()
    });
    terminal.types("y");
    assert_eq!(terminal.ends(), 0);
    assert!(sockets(&terminal.home).1.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_console_looks_at_it_and_is_told_when_it_has_gone() {
    let (mut first, address, gateway) = console("exec \"$0\"").await;
    gateway.dispatch(&called("/before")).await.unwrap();
    let mut second = another(&first, &address);
    second.types("6");
    second.sees("/before");
    // Breakpoints of both hold, each console's own as long as it is there.
    first.types("6");
    first.sees("/before");
    break_at_pre(&mut first);
    let held = call(&gateway, "/held");
    first.sees("1 held, ! opens");
    second.sees("1 held, ! opens");
    break_at_pre(&mut second);
    second.types("q");
    second.until("asked", |screen| screen.contents().contains("Quit?"));
    second.types("y");
    assert_eq!(second.ends(), 0);
    // The one whose server it is still holds.
    let later = call(&gateway, "/later");
    first.sees("2 held, ! opens");
    first.types("!");
    first.sees("Held: 2 of at most");
    first.types("A");
    assert_eq!(held.await.unwrap(), called("/held"));
    assert_eq!(later.await.unwrap(), called("/later"));
    first.types("\x1b");
    first.until("nobody held", |screen| !screen.contents().contains("Held: "));

    let mut second = another(&first, &address);
    second.types("6");
    second.sees("/later");
    first.types("q");
    first.sees("Another console, or a command, looks at the plugin server.");
    first.types("y");
    assert_eq!(first.ends(), 0);
    second.sees("the plugin server (of the console, pid ");
    assert!(sockets(&first.home).1.is_empty());
    // It starts one of its own there.
    second.types("5");
    starts(&mut second, "s starts it again");
    assert_eq!(sockets(&first.home).1.len(), 1);
    second.types("q");
    second.until("asked, or ended", |screen| {
        screen.contents().contains("Quit?") || !screen.alternate_screen()
    });
    second.types("y");
    assert_eq!(second.ends(), 0);
    assert!(sockets(&first.home).1.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_at_it_finds_it_again_where_it_is_left_running() {
    let (mut first, address, gateway) = console("exec \"$0\"").await;
    let ends = Ends(first.home.path().to_owned());
    gateway.dispatch(&called("/before")).await.unwrap();
    let mut second = another(&first, &address);
    second.types("6");
    second.sees("/before");
    first.types("5L");
    first.until("its end", |screen| !screen.alternate_screen());
    first.sees("goes on without the console (pid ");
    let pid = first.between("goes on without the console (pid ", ')');
    assert_eq!(first.ends(), 0);
    // Nobody has to say that it goes on.
    second.types("5");
    second.sees(&format!("attached to pid {pid}"));
    second.types("q");
    assert_eq!(second.ends(), 0);
    assert_eq!(ends.stop().code, Some(0));
    assert!(sockets(&first.home).1.is_empty());
}

/// A connection that breaks takes a console away, not the server that a Gateway has just called.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_in_use_goes_on_where_its_terminal_is_closed() {
    let (mut terminal, address, first) = console("exec \"$0\"").await;
    let ends = Ends(terminal.home.path().to_owned());
    first.dispatch(&called("/before")).await.unwrap();
    terminal.types("6");
    terminal.sees("/before");
    terminal.hangs_up();
    assert_eq!(terminal.ends(), 0);
    let gateway = gateway(&address).await;
    gateway.dispatch(&called("/after")).await.unwrap();
    let ran = terminal.home.run(&["wait", "path:/after", "--timeout", "60"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let ran = ends.stop();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!ran.stderr.contains("of the console"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_nobody_uses_ends_with_the_terminal() {
    let (mut terminal, address, _) = console("exec \"$0\"").await;
    terminal.hangs_up();
    assert_eq!(terminal.ends(), 0);
    assert!(std::net::TcpStream::connect(&address).is_err());
    assert!(sockets(&terminal.home).1.is_empty());
}
