//! Breakpoints of the real program in a terminal, with a Gateway's calls.

use prost::Message as _;
use tonic::transport::Channel;

use crate::pty::Terminal;
use crate::serving::{Gateway, object};

/// The console in a terminal, and where its server listens.
fn console(variables: &[(&str, &str)]) -> (Terminal, String) {
    let mut terminal = Terminal::shell(100, 30, variables, "exec \"$0\"");
    terminal.sees("MyPre");
    terminal.types("6");
    let address = terminal.between("tcp://", '"');
    (terminal, address)
}

async fn gateway(address: &str) -> Gateway {
    let channel = Channel::from_shared(format!("http://{address}")).unwrap();
    Gateway(channel.connect().await.unwrap())
}

/// Breaks at the pre hook, which has been called once then.
async fn break_at_pre(terminal: &mut Terminal, gateway: &Gateway) {
    let sent = object().encode_to_vec();
    assert_eq!(gateway.dispatch(&sent).await.unwrap(), sent);
    terminal.sees("/orders/1");
    terminal.types("b");
    terminal.sees("every Dispatch of this hook stops");
    terminal.types("\r");
    terminal.sees("breaks at hook pre");
}

#[test]
fn a_call_is_held_edited_and_answered_and_a_signal_lets_the_next_go() {
    let (mut terminal, address) = console(&[]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let gateway = runtime.block_on(gateway(&address));
    runtime.block_on(break_at_pre(&mut terminal, &gateway));
    let sent = object().encode_to_vec();
    let call = || {
        let (gateway, sent) = (gateway.clone(), sent.clone());
        runtime.spawn(async move { gateway.dispatch(&sent).await })
    };
    let held = call();
    terminal.sees("1 held, ! opens");
    terminal.types("!");
    terminal.sees("Held: 1 of at most 100");
    terminal.sees("outcome  \"held\"");
    terminal.types("e");
    terminal.sees("stands for a secret");
    // Ctrl-G, the first line, its end.
    terminal.types("\x071\r\x1b[F");
    terminal.types("\"metadata\": {\"note\": \"by hand\"},");
    terminal.types("\x13");
    terminal.sees("let go with the edited answer");
    let answer = runtime.block_on(held).unwrap().unwrap();
    let answer = tyk_tui::domain::object::coprocess::Object::decode(answer).unwrap();
    let mut expected = object();
    expected.metadata.insert("note".to_owned(), "by hand".to_owned());
    assert_eq!(answer, expected);
    let held = call();
    terminal.sees("Held: 1 of at most 100");
    terminal.terminated();
    assert_eq!(runtime.block_on(held).unwrap().unwrap(), sent);
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn ten_thousand_are_held_in_bounded_memory_and_all_go_unchanged_at_the_end() {
    const CALLS: usize = 10_000;
    // A Gateway's connection takes some four thousand calls at once.
    const CONNECTIONS: usize = 4;
    let limits = [("TYK_TUI_SERVER_HOLD_LIMIT", "10000"), ("TYK_TUI_SERVER_HOLD_SECONDS", "900")];
    let (mut terminal, address) = console(&limits);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut gateways = Vec::new();
    for _ in 0..CONNECTIONS {
        gateways.push(runtime.block_on(gateway(&address)));
    }
    runtime.block_on(break_at_pre(&mut terminal, &gateways[0]));
    let before = terminal.resident();
    let sent = object().encode_to_vec();
    let calls: Vec<_> = (0..CALLS)
        .map(|at| {
            let (gateway, sent) = (gateways[at % CONNECTIONS].clone(), sent.clone());
            runtime.spawn(async move { gateway.dispatch(&sent).await })
        })
        .collect();
    terminal.sees("10 000 held");
    let more = terminal.resident().saturating_sub(before);
    assert!(more < 200 << 10, "10 000 held take {more} KiB");
    // One more is not held.
    assert_eq!(runtime.block_on(gateways[0].dispatch(&sent)).unwrap(), sent);
    terminal.sees("1 let through");
    terminal.types("q");
    terminal.sees("10 000 Dispatches are held");
    terminal.types("y");
    for call in calls {
        assert_eq!(runtime.block_on(call).unwrap().unwrap(), sent);
    }
    assert_eq!(terminal.ends(), 0);
}
