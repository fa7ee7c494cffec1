//! A call of the plugin server as a command line of grpcurl.

use serde_json::Value;

use super::shell::word;
use crate::domain::address::Listen;

/// An answer that may be larger than the 4 MiB that grpcurl takes: it holds what the request holds.
const LARGE: usize = 1 << 20;
/// What it is told to take then, in bytes.
const MOST: usize = 64 << 20;

/// The command, which sends the same message; `None` where there is none to send. The server's reflection tells grpcurl
/// what the messages are.
pub(super) fn grpcurl(line: &Value, server: &Listen) -> Option<String> {
    let message = line.get("request").filter(|message| message.is_object())?;
    let method = match line.get("kind").and_then(Value::as_str) {
        Some("dispatch") => "Dispatch",
        Some("event") => "DispatchEvent",
        _ => return None,
    };
    // In lines of its own, so that it can be edited; none of them can be the word that ends it.
    let message = format!("{message:#}");
    let most = if message.len() > LARGE { format!(" -max-msg-sz {MOST}") } else { String::new() };
    let server = address(server);
    Some(format!(
        "grpcurl -plaintext{most} -d @ {server} coprocess.Dispatcher/{method} <<'OBJECT'\n{message}\nOBJECT"
    ))
}

/// Who listens everywhere is called here.
fn address(server: &Listen) -> String {
    match server {
        Listen::Unix(path) => format!("-unix {}", word(&path.to_string_lossy())),
        Listen::Tcp { host, port } => {
            let host = match host.as_str() {
                "0.0.0.0" => "127.0.0.1",
                "::" => "::1",
                host => host,
            };
            let there = Listen::Tcp { host: host.to_owned(), port: *port };
            word(&there.to_string()).into_owned()
        }
    }
}
