//! Rules that change while the console runs, as the Server pane tells of them.

use prost::Message as _;

use crate::opened::Opened;
use crate::serving::{Gateway, object};

const RULES: &str = r#"
[[rule]]
name = "keys"
when = { hook = "auth_check", api = "orders" }
[[rule.do]]
static_key = { keys = "k-1" }
"#;

#[test]
fn the_server_pane_says_why_it_refuses_and_what_is_wrong_with_changed_rules() {
    let console = Opened::with(200, 40, &[("rules", "rules/*.toml")], |folder| {
        std::fs::create_dir(folder.join("rules")).unwrap();
        std::fs::write(folder.join("rules/a.toml"), RULES).unwrap();
    });
    console.keys(&["6"]);
    console.sees("coprocess_grpc_server");
    let text = console.drive.text();
    let address = text.split("tcp://").nth(1).unwrap().split('"').next().unwrap().to_owned();
    console.keys(&["5"]);
    console.sees("hook auth_check, api orders");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let channel = tonic::transport::Channel::from_shared(format!("http://{address}")).unwrap();
        let gateway = Gateway(channel.connect().await.unwrap());
        let mut auth = object();
        auth.hook_type = 4;
        gateway.dispatch(&auth.encode_to_vec()).await.unwrap();
    });
    console.sees("keys, the last time: the key is not known");
    let path = console.folder.join("rules/a.toml");
    std::fs::write(&path, RULES.replace("static_key", "static_kee")).unwrap();
    console.sees("✗ not in force: a.toml:6:1: an action has no key `static_kee` (did you mean `static_key`?)");
    std::fs::write(&path, RULES.replace("orders", "invoices")).unwrap();
    console.sees("the rules have changed: 1 rule is in force");
    console.sees("hook auth_check, api invoices");
    console.sees_no("not in force");
    // A file that comes to be.
    let more = RULES.replace("\"keys\"", "\"more\"");
    std::fs::write(console.folder.join("rules/b.toml"), more).unwrap();
    console.sees("the rules have changed: 2 rules are in force");
}

#[test]
fn a_folder_of_rules_may_come_to_be_later() {
    let console = Opened::with(200, 40, &[("rules", "rules/*.toml")], |_| {});
    console.keys(&["5"]);
    console.sees("everything");
    std::fs::create_dir(console.folder.join("rules")).unwrap();
    std::fs::write(console.folder.join("rules/a.toml"), RULES).unwrap();
    console.sees("the rules have changed: 1 rule is in force");
    console.sees("hook auth_check, api orders");
}

const OPEN: &str = r#"
[[rule]]
name = "plugin"
[[rule.do]]
forward = { to = "127.0.0.1:1", open = ["pre"] }
"#;

#[test]
fn a_call_that_was_let_go_as_the_server_behind_was_away_looks_like_none_that_passed() {
    let console = Opened::with(200, 40, &[("rules", "rules.toml")], |folder| {
        std::fs::write(folder.join("rules.toml"), OPEN).unwrap();
    });
    console.keys(&["6"]);
    console.sees("coprocess_grpc_server");
    let text = console.drive.text();
    let address = text.split("tcp://").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let channel = tonic::transport::Channel::from_shared(format!("http://{address}")).unwrap();
        let gateway = Gateway(channel.connect().await.unwrap());
        gateway.dispatch(&object().encode_to_vec()).await.unwrap();
    });
    console.sees("⚠ passed");
    // Among the calls of its request, too, whose box is over the list.
    console.keys(&["H"]);
    console.sees("Request flow");
    let step = regex::Regex::new(r"│ ▌ pre .*⚠ passed").unwrap();
    let seen = console.drive.wait(|screen| step.is_match(screen));
    seen.unwrap_or_else(|screen| panic!("it looks healthy:\n{screen}"));
}
