//! Consoles that look at a server of another process: what they hold there, hide, and leave behind.

use prost::Message as _;

use super::home::Home;
use super::outlive::{anywhere, break_at_pre, call, called, serve};
use super::pty::Terminal;
use super::serving::{Serve, object};

/// A console in this home's project, which looks at the server there.
fn looks(home: &Home, server: &Serve) -> Terminal {
    let home = home.path().display().to_string();
    let script = format!("cd {home}/project; HOME={home}; export HOME; exec \"$0\"");
    let mut terminal = Terminal::shell(110, 30, &[], &script);
    terminal.sees(&format!("of pid {}", server.child.id()));
    terminal.types("6");
    terminal
}

#[test]
fn a_console_that_looks_at_an_idle_server_has_its_rules_and_no_session_of_its_own() {
    let variables = [("TYK_TUI_CAPTURE_RECORD", "true")];
    let mut terminal = Terminal::shell(110, 30, &variables, "read go; exec \"$0\"");
    let rules = "[[rule]]\nname = \"the only one\"\nwhen.hook = \"pre\"\ndo = [{ set_headers = { X-A = \"b\" } }]\n";
    let rules = terminal.home.write("rules.toml", rules);
    let server = serve(&terminal.home, |command| {
        anywhere(command);
        command.arg("--record").arg("--rules").arg(&rules);
    });
    terminal.types("go\n");
    terminal.sees(&format!("of pid {}", server.child.id()));
    terminal.types("5");
    terminal.sees("the only one");
    terminal.sees("it records ");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    let listed = terminal.home.run(&["session", "list", "--json"]);
    assert_eq!(listed.json().as_array().map(Vec::len), Some(1), "{listed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_console_holds_at_the_server_that_it_looks_at_and_lets_all_go_when_it_detaches() {
    let home = Home::new();
    let server = serve(&home, |command| {
        anywhere(command);
        command.envs([("TYK_TUI_SERVER_HOLD_SECONDS", "600"), ("TYK_TUI_SERVER_HOLD_LIMIT", "3")]);
    });
    let gateway = server.connect().await;
    gateway.dispatch(&called("/before")).await.unwrap();
    let mut one = looks(&home, &server);
    let mut two = looks(&home, &server);
    one.sees("/before");
    break_at_pre(&mut one);

    // Both see whom the server holds; the one that has no breakpoint edits the answer.
    let held = call(&gateway, "/edited");
    one.sees("1 held, ! opens");
    two.sees("1 held, ! opens");
    two.types("!");
    two.sees("Held: 1 of at most 3");
    two.types("e");
    two.sees("stands for a secret");
    // Ctrl-G, the first line, its end.
    two.types("\x071\r\x1b[F");
    two.types("\"metadata\": {\"note\": \"by hand\"},");
    two.types("\x13");
    two.sees("let go with the edited answer");
    let answer = tyk_tui::domain::object::coprocess::Object::decode(&*held.await.unwrap()).unwrap();
    assert_eq!(answer.metadata["note"], "by hand");
    one.until("nobody held", |screen| !screen.contents().contains("1 held, ! opens"));

    // More than as many as may be are let through, and told.
    let held = ["/a", "/b", "/c"].map(|path| call(&gateway, path));
    one.sees("3 held, ! opens");
    assert_eq!(gateway.dispatch(&called("/d")).await.unwrap(), called("/d"));
    one.sees("1 let through");

    // A console that has none takes nothing away; the one that has lets all go with itself.
    let closed = |screen: &vt100::Screen| !screen.contents().contains("Held: ");
    two.sees("Held: 3 of at most 3");
    two.types("\x1b");
    two.until("the list closed", closed);
    two.types("q");
    assert_eq!(two.ends(), 0);
    one.types("!");
    one.sees("Held: 3 of at most 3");
    one.types("\x1b");
    one.until("the list closed", closed);
    one.types("q");
    one.sees("3 Dispatches are held");
    one.types("y");
    for (call, path) in held.into_iter().zip(["/a", "/b", "/c"]) {
        assert_eq!(call.await.unwrap(), called(path));
    }
    assert_eq!(one.ends(), 0);
    assert_eq!(gateway.dispatch(&called("/after")).await.unwrap(), called("/after"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_jq_of_a_breakpoint_fails_on_at_the_server_is_said_at_the_console() {
    let home = Home::new();
    let server = serve(&home, anywhere);
    let gateway = server.connect().await;
    gateway.dispatch(&called("/before")).await.unwrap();
    let mut terminal = looks(&home, &server);
    terminal.sees("/before");
    terminal.types("bG\r");
    terminal.sees("break at ❯");
    terminal.types("| .hook + 1\r");
    terminal.sees("breaks at filter | .hook + 1");
    assert_eq!(gateway.dispatch(&called("/fails")).await.unwrap(), called("/fails"));
    terminal.sees("jq fails on 1 call");
    terminal.types("b");
    terminal.sees("cannot calculate \"pre\" + 1");
    terminal.types("\x1b");
    terminal.until("the list closed", |screen| !screen.contents().contains("Break at …"));
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

/// The server's rules name a header of theirs; the console's own project has no rules.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_console_that_looks_on_exports_hides_what_the_servers_rules_name() {
    const SECRET: &str = "p4ssw0rd-of-x";
    let home = Home::new();
    home.write(
        "the-servers.toml",
        "[[rule]]\nname = \"keys\"\nwhen.hook = \"auth_check\"\n[[rule.do]]\n\
         static_key = { auth_header_name = \"X-Pass\", keys = [\"k\"] }\n",
    );
    let server = serve(&home, |command| {
        anywhere(command);
        command.args(["--rules", "the-servers.toml"]);
    });
    let mut sent = object();
    let request = sent.request.as_mut().unwrap();
    request.headers.insert("X-Pass".to_owned(), SECRET.to_owned());
    "/secret".clone_into(&mut request.url);
    server.connect().await.dispatch(&sent.encode_to_vec()).await.unwrap();
    let mut terminal = looks(&home, &server);
    terminal.sees("/secret");
    terminal.types("E");
    terminal.sees("as        ‹ curl ›");
    for key in ["\x1b[B", "\x1b[B", "\x1b[B", "\x1b[C"] {
        terminal.types(key);
    }
    terminal.sees("to        ‹ file ›");
    terminal.types("\r");
    terminal.sees("exported 1 to ");
    let project = home.path().join("project");
    let mut files = std::fs::read_dir(&project).unwrap().map(|entry| entry.unwrap().path());
    let script = files.find(|path| path.extension().is_some_and(|end| end == "sh")).unwrap();
    let script = std::fs::read_to_string(script).unwrap();
    assert!(script.contains("X-Pass: «redacted "), "{script}");
    assert!(!script.contains(SECRET), "{script}");
    terminal.until("nothing of it", |screen| !screen.contents().contains(SECRET));
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_killed_console_held_goes_on_and_a_killed_server_holds_nobody() {
    let home = Home::new();
    let mut server = serve(&home, |command| {
        anywhere(command);
        command.env("TYK_TUI_SERVER_HOLD_SECONDS", "600");
    });
    let gateway = server.connect().await;
    gateway.dispatch(&called("/before")).await.unwrap();
    let breaks = |server: &Serve| {
        let mut terminal = looks(&home, server);
        terminal.sees("/before");
        terminal.types("b\r");
        terminal.sees("breaks at hook pre");
        terminal
    };
    let mut terminal = breaks(&server);
    let held = call(&gateway, "/held");
    terminal.sees("1 held, ! opens");
    terminal.hangs_up();
    assert_eq!(held.await.unwrap(), called("/held"));
    drop(terminal);

    let mut terminal = breaks(&server);
    let lost = {
        let (gateway, sent) = (gateway.clone(), called("/lost"));
        tokio::spawn(async move { gateway.dispatch(&sent).await.unwrap_err() })
    };
    terminal.sees("1 held, ! opens");
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    lost.await.unwrap();
    terminal.sees("has ended");
    terminal.until("nobody held", |screen| !screen.contents().contains("held, ! opens"));
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_console_whose_server_was_killed_looks_at_the_next_one_by_itself() {
    let home = Home::new();
    let mut server = serve(&home, anywhere);
    let mut terminal = looks(&home, &server);
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    terminal.sees("has ended");
    terminal.types("5");
    terminal.sees("the next one that begins in this project is attached to by itself");
    let again = serve(&home, |command| {
        command.args(["--listen", &server.address]);
    });
    terminal.sees(&format!("attached to pid {}", again.child.id()));
    again.connect().await.dispatch(&called("/again")).await.unwrap();
    terminal.types("6");
    terminal.sees("/again");
    // It is not ours: it goes on without the console, and where it ends, the next is waited for.
    let mut again = again;
    assert_eq!(home.run(&["serve", "--stop"]).code, Some(0));
    assert!(again.ended().success());
    terminal.sees("has ended");
    let third = serve(&home, anywhere);
    terminal.types("5");
    terminal.sees(&format!("attached to pid {}", third.child.id()));
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}
