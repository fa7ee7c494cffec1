//! A record of 64 MiB in the console of the real program: opened, looked at in each form, and left again.

use prost::Message as _;
use tonic::transport::Channel;

use crate::pty::Terminal;
use crate::serving::{Gateway, object};

#[test]
fn a_record_of_64_mib_is_opened_in_bounded_memory_and_keys_go_on() {
    let mut terminal = Terminal::shell(100, 30, &[], "exec \"$0\"");
    terminal.sees("MyPre");
    terminal.types("6");
    let address = terminal.between("tcp://", '"');
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let gateway = runtime.block_on(async {
        let channel = Channel::from_shared(format!("http://{address}")).unwrap();
        Gateway(channel.connect().await.unwrap())
    });
    let mut sent = object();
    let request = sent.request.as_mut().unwrap();
    request.headers.insert("Content-Type".into(), "text/plain".into());
    // A text body is carried twice.
    request.body = "some words in a line of it\n".repeat((31 << 20) / 27);
    request.raw_body = request.body.clone().into_bytes();
    request.url = "/orders/large".into();
    let bytes = sent.encode_to_vec();
    assert!(bytes.len() > 62 << 20 && bytes.len() < 64 << 20);
    runtime.block_on(gateway.dispatch(&bytes)).unwrap();
    drop((sent, bytes));
    terminal.sees("/orders/large");
    terminal.sees("hookType");
    // The bodies, as text, base64, hex, a tree that is none; to the end and back.
    terminal.types("v");
    terminal.sees("request body · 31.0 MiB");
    terminal.sees("some words in a line of it");
    for shown in
        ["c29tZSB3b3Jkcy", "00000000  73 6f 6d 65", "no tree is made of it", "some words in a line"]
    {
        terminal.types("v");
        terminal.sees(shown);
    }
    terminal.types("v");
    terminal.sees("c29tZSB3b3Jkcy");
    terminal.types("v");
    terminal.sees("00000000  73 6f");
    terminal.types("\rG");
    terminal.sees("01efffe0 ");
    let most = terminal.resident();
    assert!(most < 600 << 10, "{most} KiB");
    terminal.types("5");
    terminal.sees("in flight 0");
    // Small ones go on.
    runtime.block_on(gateway.dispatch(&object().encode_to_vec())).unwrap();
    terminal.types("6");
    terminal.sees("/orders/1");
    terminal.types("q");
    terminal.sees("traffic in the last minute");
    terminal.types("y");
    assert_eq!(terminal.ends(), 0);
}
