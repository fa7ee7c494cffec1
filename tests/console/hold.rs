//! Breakpoints, by keys, with a real call.

use bytes::Bytes;
use prost::Message as _;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tonic::Status;
use tyk_tui::domain::object::coprocess;

use crate::opened::Opened;
use crate::serving::{Gateway, object};

/// A Gateway that calls a console's server.
pub(crate) struct Calls {
    runtime: Runtime,
    gateway: Gateway,
}

pub(crate) type Call = JoinHandle<Result<Bytes, Status>>;

impl Calls {
    pub(crate) fn new(console: &Opened) -> Self {
        let address = console.address();
        let runtime = Runtime::new().unwrap();
        let gateway = runtime.block_on(async {
            let channel =
                tonic::transport::Channel::from_shared(format!("http://{address}")).unwrap();
            Gateway(channel.connect().await.unwrap())
        });
        Self { runtime, gateway }
    }

    /// Calls, and does not wait for the answer.
    pub(crate) fn call(&self, object: &coprocess::Object) -> Call {
        let (gateway, object) = (self.gateway.clone(), object.encode_to_vec());
        self.runtime.spawn(async move { gateway.dispatch(&object).await })
    }

    pub(crate) fn answer(&self, call: Call) -> coprocess::Object {
        let answer = self.runtime.block_on(call).unwrap().unwrap();
        coprocess::Object::decode(answer).unwrap()
    }
}

/// A console with a breakpoint at the pre hook, which was set by keys.
pub(crate) fn broken(settings: &[(&'static str, &str)]) -> (Opened, Calls) {
    let console = Opened::with(110, 36, settings, |_| {});
    let calls = Calls::new(&console);
    let first = calls.call(&object());
    assert_eq!(calls.answer(first), object());
    console.sees("/orders/1");
    console.keys(&["b"]);
    console.sees("every Dispatch of this hook stops");
    console.keys(&["enter"]);
    console.sees("breaks at hook pre");
    (console, calls)
}

/// A call that is held, and open in the list of those.
pub(crate) fn open_held(console: &Opened, calls: &Calls) -> Call {
    let call = calls.call(&object());
    console.sees("1 held");
    console.keys(&["!"]);
    console.sees("outcome  \"held\"");
    call
}

/// So many seconds are left.
fn counts_down(screen: &str) -> Option<u64> {
    let line = screen.lines().find(|line| line.contains("held ") && line.contains(" s  pre"))?;
    line.split("held").nth(1)?.split(" s").next()?.trim().parse().ok()
}

#[test]
fn a_dispatch_is_held_counts_down_is_looked_at_and_let_go_unchanged() {
    let (console, calls) = broken(&[]);
    let call = calls.call(&object());
    console.sees("1 held, ! opens");
    console.sees("hook pre");
    let counts = |screen: &str| counts_down(screen).is_some_and(|left| left <= 29);
    console.drive.wait(counts).unwrap();
    console.keys(&["!"]);
    console.sees("Held: 1 of at most 100");
    console.sees("outcome  \"held\"");
    console.sees("«redacted ");
    assert!(!console.drive.text().contains("s3cr3t-t0k3n"));
    console.keys(&["x"]);
    console.sees("s3cr3t-t0k3n");
    console.keys(&["x"]);
    console.sees("«redacted ");
    console.keys(&["space"]);
    console.sees("let go unchanged");
    assert_eq!(calls.answer(call), object());
    console.sees("Nothing is held just now.");
    console.keys(&["esc"]);
    console.sees_no("1 held");
    // How long it was held is in the record.
    console.keys(&["G", "["]);
    console.sees("▐record▌");
    let held = regex::Regex::new(r"held_us. +[0-9]{6,}").unwrap();
    console.drive.wait(|screen| held.is_match(screen)).unwrap();
    // Without the breakpoint nothing stops.
    console.keys(&["b"]);
    console.sees("◆ hook pre");
    console.keys(&["G", "enter"]);
    console.sees_no("breaks at");
    let call = calls.call(&object());
    assert_eq!(calls.answer(call), object());
}

#[test]
fn a_filter_of_the_list_is_one_of_those_that_are_held_too() {
    let (console, calls) = broken(&[]);
    let mut other = object();
    other.spec.insert("APIID".to_owned(), "payments".to_owned());
    let held = [calls.call(&object()), calls.call(&other)];
    console.sees("2 held, ! opens");
    let filters = |filter: &str| {
        console.keys(&["/", "ctrl-u"]);
        console.drive.type_text(filter);
        console.keys(&["enter"]);
        console.sees(&format!("❯ {filter}"));
    };
    let lines = |screen: &str| screen.lines().filter(|line| line.contains(" s  pre ")).count();
    console.drive.wait(|screen| lines(screen) == 2).unwrap();
    filters("api:payments");
    console.sees("2 held, 1 meant by the filter, ! opens");
    console.drive.wait(|screen| lines(screen) == 1 && screen.contains("pre payments")).unwrap();
    filters("hook:post");
    console.sees("2 held, none meant by the filter, ! opens");
    console.drive.wait(|screen| lines(screen) == 0).unwrap();
    console.sees("Nothing here is meant by hook:post");
    // Those that are held are no rows yet, and are what such a filter asks for.
    filters("outcome:held");
    console.sees("Only what is held is meant by outcome:held: 2 Dispatches are held, ! opens.");
    console.drive.wait(|screen| lines(screen) == 2).unwrap();
    console.keys(&["enter"]);
    console.sees("Held: 2 of at most 100");
    console.keys(&["A"]);
    console.sees("2 Dispatches were let go unchanged");
    for (call, sent) in held.into_iter().zip([object(), other]) {
        assert_eq!(calls.answer(call), sent);
    }
    console.keys(&["esc"]);
    console.sees("Nothing here is meant by outcome:held");
}

#[test]
fn the_row_that_one_looks_at_stays_when_others_are_held() {
    let (console, calls) = broken(&[]);
    let mut post = object();
    post.hook_type = coprocess::HookType::Post.into();
    for _ in 2..=40 {
        let call = calls.call(&post);
        assert_eq!(calls.answer(call), post);
    }
    console.sees("─ 40 · ");
    console.keys(&["k"]);
    console.sees("─ 39 · ");
    let held: Vec<_> = (0..6).map(|_| calls.call(&object())).collect();
    let lines = |screen: &str| screen.lines().filter(|line| line.contains(" s  pre ")).count();
    console.drive.wait(|screen| lines(screen) == 4).unwrap();
    console.sees("─ 39 · ");
    console.keys(&["j"]);
    console.sees("─ 40 · ");
    console.keys(&["!", "A", "esc"]);
    for call in held {
        assert_eq!(calls.answer(call), object());
    }
}

#[test]
fn an_answer_is_edited_as_json_with_its_mistakes_and_secrets_stay_what_they_are() {
    let (console, calls) = broken(&[]);
    let call = open_held(&console, &calls);
    console.keys(&["e"]);
    console.sees("The answer, as JSON");
    console.sees("«redacted …» stands for a secret");
    assert!(!console.drive.text().contains("s3cr3t-t0k3n"));
    // Into the object's first line.
    console.keys(&["ctrl-g"]);
    console.drive.type_text("1");
    console.keys(&["enter", "end"]);
    console.drive.paste(r#""metadata": {"note": 7},"#);
    console.sees("✗ 1:");
    console.sees("metadata.note: text is needed, not a number");
    console.keys(&["ctrl-s"]);
    console.sees("metadata.note: text is needed, not a number");
    assert!(console.drive.text().contains("The answer, as JSON"));
    // Back, and again: the text is kept.
    console.keys(&["esc"]);
    console.sees("Held: 1 of");
    console.keys(&["e"]);
    console.sees(r#""metadata": {"note": 7},"#);
    console.keys(&["ctrl-g"]);
    console.drive.type_text("1");
    console.keys(&["enter", "end", "left", "left", "backspace"]);
    console.drive.type_text("}");
    console.sees("✗ 1:");
    console.keys(&["backspace"]);
    console.drive.paste("\"edited\"");
    console.sees("stands for a secret");
    console.keys(&["ctrl-s"]);
    console.sees("let go with the edited answer");
    let mut expected = object();
    expected.metadata.insert("note".to_owned(), "edited".to_owned());
    assert_eq!(calls.answer(call), expected);
    console.keys(&["esc"]);
    console.sees("changed");
}

#[test]
fn an_answer_that_the_gateway_fails_on_is_let_go_once_that_was_said() {
    let (console, calls) = broken(&[]);
    let call = open_held(&console, &calls);
    console.keys(&["e"]);
    console.sees("The answer, as JSON");
    console.keys(&["ctrl-a"]);
    console.drive.paste(r#"{"hookType": "Pre", "request": {"url": "/orders/1"}}"#);
    console.keys(&["ctrl-s"]);
    console.sees(
        "✗ breaks: the Gateway panics, and its client's connection drops → echo returnOverrides",
    );
    console.sees("ctrl-s let go all the same");
    console.sees("the Gateway fails on this; ctrl-s once more lets it go all the same");
    // Another text is asked about anew, and what was left broken is asked about, too.
    console.drive.type_text(" ");
    console.sees("ctrl-s let go with it");
    console.keys(&["esc"]);
    console.sees("Held: 1 of");
    console.keys(&["e", "ctrl-s"]);
    console.sees("ctrl-s let go all the same");
    assert!(!call.is_finished());
    console.keys(&["ctrl-s"]);
    console.sees("let go with the edited answer");
    assert_eq!(calls.answer(call).request.unwrap().return_overrides, None);
}

#[test]
fn an_override_answers_and_what_is_none_is_said_and_kept() {
    let (console, calls) = broken(&[]);
    let call = open_held(&console, &calls);
    console.keys(&["o", "ctrl-u"]);
    console.drive.type_text("99");
    console.keys(&["enter"]);
    console.sees("✗ 99 is no status from 200 to 599");
    console.keys(&["ctrl-u"]);
    console.drive.type_text("418");
    console.keys(&["down"]);
    console.drive.type_text("no tea");
    console.keys(&["down", "down"]);
    console.drive.type_text("X-Pot: short and stout");
    console.keys(&["enter"]);
    console.sees("let go with the override");
    let answer = calls.answer(call);
    let overrides = answer.request.unwrap().return_overrides.unwrap();
    assert_eq!((overrides.response_code, overrides.response_error.as_str()), (418, "no tea"));
    assert_eq!(overrides.headers["X-Pot"], "short and stout");
    console.keys(&["esc"]);
    console.sees("refused 418");
}

#[test]
fn time_lets_go_and_who_wants_more_gets_more() {
    let (console, calls) = broken(&[("server.hold_seconds", "2")]);
    let call = calls.call(&object());
    console.sees("1 held");
    console.keys(&["!"]);
    console.sees("Held: 1 of");
    console.keys(&["+"]);
    assert_eq!(calls.answer(call), object());
    console.sees("Nothing is held just now.");
    // What is edited meanwhile finds nobody there, and stays.
    let call = calls.call(&object());
    console.sees("Held: 1 of");
    console.keys(&["e"]);
    console.sees("The answer, as JSON");
    assert_eq!(calls.answer(call), object());
    console.sees("held no more");
    console.keys(&["ctrl-s"]);
    console.sees("it is not held any more");
    console.sees("The answer, as JSON");
}

#[test]
fn no_more_than_the_limit_are_held_and_all_are_let_go_at_one_key() {
    let (console, calls) = broken(&[("server.hold_limit", "2")]);
    let held: Vec<Call> = (0..2).map(|_| calls.call(&object())).collect();
    console.sees("2 held");
    let third = calls.call(&object());
    assert_eq!(calls.answer(third), object());
    console.sees("1 let through, as 2 are held at most");
    console.keys(&["5"]);
    console.sees("held 2 (1 let through)");
    console.keys(&["!", "A"]);
    console.sees("2 Dispatches were let go unchanged");
    for call in held {
        assert_eq!(calls.answer(call), object());
    }
}

#[test]
fn quitting_asks_and_lets_all_go_unchanged() {
    let (console, calls) = broken(&[]);
    let held: Vec<Call> = (0..3).map(|_| calls.call(&object())).collect();
    console.sees("3 held");
    console.keys(&["q"]);
    console.sees("3 Dispatches are held at a breakpoint, and would be let go");
    console.keys(&["y"]);
    console.drive.ended().unwrap();
    for call in held {
        assert_eq!(calls.answer(call), object());
    }
}

#[test]
fn stopping_the_server_lets_go_and_the_breakpoint_outlives_it() {
    let (console, calls) = broken(&[]);
    let call = calls.call(&object());
    console.sees("1 held");
    console.keys(&["5", "s"]);
    console.sees("1 Dispatch is held");
    console.keys(&["y"]);
    assert_eq!(calls.answer(call), object());
    console.sees("The plugin server is not running.");
    console.keys(&["s"]);
    console.sees("in flight 0");
    console.keys(&["6"]);
    console.sees("breaks at hook pre");
}

#[test]
fn a_rule_is_marked_in_the_server_pane_and_a_filter_is_typed() {
    const RULE: &str = r#"
[[rule]]
name = "mark"
when = { hook = "pre" }
[[rule.do]]
set_headers = { X-Mark = "1" }
"#;
    let console = Opened::with(110, 36, &[("rules", "rules/*.toml")], |folder| {
        std::fs::create_dir(folder.join("rules")).unwrap();
        std::fs::write(folder.join("rules/a.toml"), RULE).unwrap();
    });
    let calls = Calls::new(&console);
    console.keys(&["5"]);
    console.sees("hook pre");
    console.keys(&["b"]);
    console.sees("◆mark");
    let mut marked = object();
    marked.request.as_mut().unwrap().set_headers.insert("X-Mark".to_owned(), "1".to_owned());
    let call = calls.call(&object());
    console.sees("held 1");
    console.keys(&["!"]);
    console.sees("rule mark");
    console.keys(&["space"]);
    assert_eq!(calls.answer(call), marked);
    console.keys(&["esc", "b"]);
    console.sees_no("◆");
    let call = calls.call(&object());
    assert_eq!(calls.answer(call), marked);
    // A filter sees the answer that is proposed.
    console.keys(&["6", "b"]);
    console.sees("what a filter means that you type stops");
    console.keys(&["G", "enter"]);
    console.sees("break at ❯");
    console.drive.type_text("hok:pre");
    // At its character, while it is typed.
    console.sees(" ✗ there is no field \"hok\"");
    console.keys(&["enter", "ctrl-u"]);
    // What is known of calls that have ended alone is none of a breakpoint's.
    console.drive.type_text("outcome:held");
    console.sees(" ✗ ");
    console.keys(&["ctrl-u"]);
    console.drive.type_text("outc");
    console.keys(&["tab"]);
    console.sees("break at ❯ outcome:");
    console.keys(&["ctrl-u"]);
    console.drive.type_text("outcome:changed | .reply.request.setHeaders[\"X-Mark\"] == \"1\"");
    console.keys(&["enter"]);
    console.sees("breaks at filter outcome=changed | ");
    let call = calls.call(&object());
    console.sees("1 held");
    console.keys(&["!", "A"]);
    assert_eq!(calls.answer(call), marked);
    // What was used once is there again.
    console.keys(&["esc", "b", "G", "k", "enter"]);
    console.sees("break at ❯");
    console.keys(&["up"]);
    console.sees("break at ❯ outcome:changed | ");
}

#[test]
fn before_the_first_call_every_hook_and_rule_is_offered() {
    let rule = |name: &str| {
        format!(
            "[[rule]]\nname = \"{name}\"\nwhen.hook = \"post\"\n[[rule.do]]\nset_headers = {{ X-A = \"b\" }}\n"
        )
    };
    let console = Opened::with(110, 36, &[("rules", "rules/*.toml")], |folder| {
        std::fs::create_dir(folder.join("rules")).unwrap();
        std::fs::write(folder.join("rules/a.toml"), rule("mine")).unwrap();
    });
    let calls = Calls::new(&console);
    console.keys(&["b"]);
    for offered in [
        "hook pre",
        "hook auth_check",
        "hook post_key_auth",
        "hook post ",
        "hook response",
        "rule mine",
        "rule (none)",
        "filter …",
    ] {
        console.sees(offered);
    }
    console.keys(&["enter"]);
    console.sees("breaks at hook pre");
    let call = calls.call(&object());
    console.sees("1 held, ! opens");
    console.keys(&["!", "A", "esc"]);
    assert_eq!(calls.answer(call), object());
    // What its file has now is offered, once that was read.
    std::fs::write(console.folder.join("rules/a.toml"), rule("another")).unwrap();
    console.sees("the rules have changed");
    console.keys(&["b"]);
    console.sees("rule another");
    assert!(!console.drive.text().contains("rule mine"));
}

#[test]
fn a_breakpoint_whose_jq_fails_says_so_where_it_is_listed() {
    let console = Opened::with(110, 36, &[], |_| {});
    let calls = Calls::new(&console);
    console.keys(&["b", "G", "enter"]);
    console.sees("break at ❯");
    console.drive.type_text("hook:pre | .hook + 1");
    console.keys(&["enter"]);
    console.sees("breaks at filter hook=pre | .hook + 1");
    for count in ["1 call", "2 calls"] {
        let call = calls.call(&object());
        assert_eq!(calls.answer(call), object());
        console.sees(&format!("jq fails on {count}, b says why   breaks at filter"));
    }
    console.keys(&["b"]);
    console.sees("◆ filter hook=pre | .hook + 1");
    console.sees("jq: 2 calls: cannot calculate \"pre\" + 1");
    console.keys(&["esc", "5"]);
    console.sees("⚠ break at filter hook=pre | .hook + 1: jq: 2 calls: cannot");
    // Gone with the breakpoint.
    console.keys(&["6", "b", "G", "enter"]);
    console.sees_no("breaks at");
    assert!(!console.drive.text().contains("jq fails"));
}

#[test]
fn a_caller_that_goes_away_is_not_held_any_more() {
    let (console, calls) = broken(&[]);
    let call = calls.call(&object());
    console.sees("1 held");
    call.abort();
    console.sees_no("1 held");
    console.sees("failed");
}

/// A response hook's Object, whose headers are there in both of their forms.
fn response() -> coprocess::Object {
    let header = |key: &str, values: &[&str]| coprocess::Header {
        key: key.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    coprocess::Object {
        hook_type: coprocess::HookType::Response.into(),
        hook_name: "MyResponse".to_owned(),
        response: Some(coprocess::ResponseObject {
            status_code: 200,
            body: "{\"fine\": true}".to_owned(),
            raw_body: b"{\"fine\": true}".to_vec(),
            headers: [("Content-Type", "application/json"), ("Set-Cookie", "a=1")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            multivalue_headers: vec![
                header("Content-Type", &["application/json"]),
                header("Set-Cookie", &["a=1", "b=2"]),
            ],
        }),
        ..object()
    }
}

/// The status, and what the Gateway will send: it reads `raw_body`, and takes the headers' first values from `headers`.
#[track_caller]
fn in_step(answer: &coprocess::Object, name: &str, value: &str) {
    let response = answer.response.as_ref().unwrap();
    assert_eq!(response.headers.get(name).map(String::as_str), Some(value));
    let multivalue = response.multivalue_headers.iter().find(|header| header.key == name);
    assert_eq!(multivalue.unwrap().values, [value]);
}

#[test]
fn an_override_of_a_response_hook_edits_the_upstreams_answer() {
    let console = Opened::with(110, 36, &[], |_| {});
    let calls = Calls::new(&console);
    let first = calls.call(&response());
    assert_eq!(calls.answer(first), response());
    console.sees("MyResponse");
    console.keys(&["b", "enter"]);
    console.sees("breaks at hook response");
    let call = calls.call(&response());
    console.sees("1 held");
    console.keys(&["!"]);
    console.sees("outcome  \"held\"");
    console.keys(&["o"]);
    console.sees("A response hook: the upstream's answer is edited so.");
    console.keys(&["ctrl-u"]);
    console.drive.type_text("503");
    console.keys(&["down", "down"]);
    console.drive.type_text("{\"closed\": true}");
    console.keys(&["down"]);
    console.drive.type_text("Retry-After: 60");
    console.keys(&["enter"]);
    console.sees("let go with the override");
    let answer = calls.answer(call);
    let reply = answer.response.as_ref().unwrap();
    assert_eq!((reply.status_code, &*reply.raw_body), (503, &b"{\"closed\": true}"[..]));
    in_step(&answer, "Retry-After", "60");
    // What was not named is what the upstream sent.
    in_step(&answer, "Content-Type", "application/json");
    let cookies = reply.multivalue_headers.iter().find(|header| header.key == "Set-Cookie");
    assert_eq!(cookies.unwrap().values, ["a=1", "b=2"]);
    // The overrides of its request are left alone: the Gateway reads none here.
    assert_eq!(answer.request, response().request);
    console.keys(&["esc"]);
    console.sees("changed 503");
}

#[test]
fn an_override_that_is_edited_into_a_response_hooks_json_goes_as_it_is_and_is_said_to_do_nothing() {
    let console = Opened::with(110, 36, &[], |_| {});
    let calls = Calls::new(&console);
    let sent = coprocess::Object { request: None, ..response() };
    calls.answer(calls.call(&sent));
    console.sees("MyResponse");
    console.keys(&["b", "enter"]);
    console.sees("breaks at hook response");
    let call = calls.call(&sent);
    console.sees("1 held");
    console.keys(&["!"]);
    console.sees("outcome  \"held\"");
    console.keys(&["e"]);
    console.sees("The answer, as JSON");
    console.keys(&["ctrl-g"]);
    console.drive.type_text("1");
    console.keys(&["enter", "end"]);
    let overrides =
        r#""request": {"returnOverrides": {"responseCode": 418, "responseError": "tea"}},"#;
    console.drive.paste(overrides);
    console.keys(&["ctrl-s"]);
    console.sees("let go with the edited answer");
    let answer = calls.answer(call);
    let overrides = answer.request.as_ref().unwrap().return_overrides.as_ref().unwrap();
    assert_eq!((overrides.response_code, overrides.response_error.as_str()), (418, "tea"));
    assert_eq!(answer.response, sent.response);
    // The caller sees what the upstream said, and the diff says why.
    console.keys(&["esc", "G"]);
    console.sees("changed 200");
    console.keys(&["]", "]"]);
    console.sees("reads the response alone");
}
