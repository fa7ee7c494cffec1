//! `replay`: what was recorded is sent again, to our rules and to another server, and compared.

use prost::Message as _;
use serde_json::Value;
use tyk_tui::domain::object::coprocess::HookType;

use super::ran::{Ran, program};
use super::serving::{Serve, object, wait_for};

const RULES: &str = r#"
[[rule]]
name = "tag"
[rule.when]
hook = "pre"
[[rule.do]]
set_headers = { X-Plugin = "one", Authorization = "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbm4iLCJpYXQiOjEsImV4cCI6Mn0.c2ln" }
"#;
/// The same claims, at another time.
const LATER: &str = "eyJzdWIiOiJhbm4iLCJpYXQiOjMsImV4cCI6NH0";

/// A server that answered three calls by those rules, and its session.
async fn recorded() -> Serve {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rules.toml"), RULES).unwrap();
    let serve = Serve::with(folder, |command| {
        command.args(["--json", "--rules", "rules.toml", "--record=a.tyks"]);
    })
    .read();
    let gateway = serve.connect().await;
    for path in ["/a", "/b", "/c"] {
        let mut object = object();
        path.clone_into(&mut object.request.as_mut().unwrap().url);
        gateway.dispatch(&object.encode_to_vec()).await.unwrap();
        serve.text();
    }
    let written = || replay(&serve, &[]).stdout.contains("3 replayed");
    wait_for("the session has them", written);
    serve
}

fn replay(serve: &Serve, arguments: &[&str]) -> Ran {
    Ran::of(program(serve.folder.path()).args(["replay", "a.tyks"]).args(arguments))
}

fn rules(serve: &Serve, text: &str) {
    std::fs::write(serve.folder.path().join("rules.toml"), text).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_the_same_but_for_their_time_are_the_same() {
    let serve = recorded().await;
    let later = RULES.replace("eyJzdWIiOiJhbm4iLCJpYXQiOjEsImV4cCI6Mn0", LATER);
    std::fs::write(serve.folder.path().join("later.toml"), later).unwrap();
    let ours = replay(&serve, &["--rules", "later.toml", "--expect-same", "--pace", "recorded"]);
    assert_eq!(ours.code, Some(0), "{ours:?}");
    assert!(ours.stdout.ends_with("6 differences left out of account\n"), "{ours:?}");
    // What is sent to the server that records is recorded, too: last.
    let same = replay(&serve, &["--against", &serve.address, "--expect-same"]);
    assert_eq!(same.code, Some(0), "{same:?}");
    assert_eq!(
        same.stdout,
        "3 replayed: 3 as recorded, 0 otherwise; 0 differences left out of account\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_another_is_shown_and_ends_with_1_where_that_is_asked_for() {
    let serve = recorded().await;
    rules(&serve, &RULES.replace("\"one\"", "\"two\""));
    let other = ["--rules", "rules.toml"];
    let told = replay(&serve, &other);
    assert_eq!(told.code, Some(0), "{told:?}");
    let shown = "#2 pre MyPre orders GET /b\n    request.setHeaders.X-Plugin\n  -   \"one\"\n  +   \"two\"\n";
    assert!(told.stdout.contains(shown), "{told:?}");
    assert_eq!(replay(&serve, &[&other[..], &["--expect-same"]].concat()).code, Some(1));
    let ignored = ["--expect-same", "--ignore", "setHeaders.X-Plugin"];
    assert_eq!(replay(&serve, &[&other[..], &ignored].concat()).code, Some(0));

    let json = replay(&serve, &[&other[..], &["--json", "--seq", "1,3-9"]].concat());
    let lines: Vec<Value> =
        json.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[1]["seq"], &lines[1]["same"]), (&3.into(), &false.into()));
    assert_eq!(lines[1]["differences"][0]["new"], "two");
    assert_eq!(lines[2]["total"]["differ"], 2);

    for in_flight in ["1", "2", "99"] {
        let told = replay(&serve, &[&other[..], &["--json", "--in-flight", in_flight]].concat());
        let seq = |line: &str| serde_json::from_str::<Value>(line).unwrap()["seq"].as_u64();
        let order: Vec<u64> = told.stdout.lines().filter_map(seq).collect();
        assert_eq!(order, [1, 2, 3], "{told:?}");
    }
    let none = replay(&serve, &["--in-flight", "0"]);
    assert_eq!(none.code, Some(2), "{none:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_that_differ_are_said_to_and_not_shown() {
    let serve = recorded().await;
    rules(&serve, &RULES.replace("Bearer eyJhbGci", "s3cr3t eyJhbGci"));
    let told = replay(&serve, &["--rules", "rules.toml"]);
    assert!(told.stdout.contains("request.setHeaders.Authorization"), "{told:?}");
    assert!(told.stdout.contains("«redacted") && !told.stdout.contains("s3cr3t"), "{told:?}");
    let shown = replay(&serve, &["--rules", "rules.toml", "--show-secrets"]);
    assert!(shown.stdout.contains("s3cr3t"), "{shown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_call_is_answered_it_could_not_find_out() {
    let serve = recorded().await;
    let fails = "[[rule]]\nname = \"a\\nb\"\n[[rule.do]]\nfail = { message = \"one\\ntwo\" }\n";
    rules(&serve, fails);
    let none = replay(&serve, &["--rules", "rules.toml"]);
    assert_eq!(none.code, Some(3), "{none:?}");
    assert!(none.stderr.contains("a.tyks: not one call was answered"), "{none:?}");
    assert!(none.stdout.contains("3 replayed: 0 as recorded, 3 otherwise"), "{none:?}");
    // What others wrote stays on its line.
    let said = none.stdout.lines().filter(|line| line.starts_with("    no answer: ")).count();
    let whole = none.stdout.lines().filter(|line| line.ends_with("one two")).count();
    assert_eq!((said, whole), (3, 3), "{none:?}");
    let listed =
        Ran::of(program(serve.folder.path()).args(["rule", "list", "--rules", "rules.toml"]));
    assert!(listed.stdout.starts_with("a b  "), "{listed:?}");
    let otherwise = replay(&serve, &["--rules", "rules.toml", "--expect-same"]);
    assert_eq!(otherwise.code, Some(1), "{otherwise:?}");
    let no_time = replay(&serve, &["--timeout", "0"]);
    assert_eq!(no_time.code, Some(2), "{no_time:?}");
    assert!(no_time.stderr.contains("no answer comes in no time"), "{no_time:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_or_dies_is_told() {
    let mut serve = recorded().await;
    let address = serve.address.clone();
    serve.terminate();
    serve.ended();
    let gone = replay(&serve, &["--against", &address]);
    assert_eq!(gone.code, Some(3), "{gone:?}");
    assert!(gone.stderr.contains(&format!("{address}: cannot call the plugin server")), "{gone:?}");
    let wrong = replay(&serve, &["--against", "here"]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    let nothing = replay(&serve, &["--seq", "99"]);
    assert_eq!(nothing.code, Some(3), "{nothing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_lasts_as_long_as_it_did_is_the_same() {
    let rules = |expires: u32| {
        format!(
            "[[rule]]\nname = \"keys\"\nwhen.hook = \"auth_check\"\n[[rule.do]]\nstatic_key = \
             {{ keys = [\"s3cr3t-t0k3n\"], expires = {expires}, id_extractor_deadline = 60, token = \"t\" }}\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rules.toml"), rules(3_600)).unwrap();
    let serve = Serve::with(folder, |command| {
        command.args(["--json", "--show-secrets", "--rules", "rules.toml"]);
    })
    .read();
    let mut object = object();
    object.hook_type = HookType::CustomKeyCheck.into();
    serve.connect().await.dispatch(&object.encode_to_vec()).await.unwrap();
    let mut line = serve.line();
    assert_eq!(line["rule"], "keys", "{line}");
    // As it would have been long ago.
    let past = 86_400;
    let at: jiff::Timestamp = line["at"].as_str().unwrap().parse().unwrap();
    line["at"] = (at - jiff::SignedDuration::from_secs(past)).to_string().into();
    for name in ["expires", "idExtractorDeadline"] {
        let time = &mut line["reply"]["session"][name];
        let then: i64 = time.as_str().unwrap().parse().unwrap();
        *time = (then - past).to_string().into();
    }
    let path = serve.folder.path();
    std::fs::write(path.join("old.jsonl"), line.to_string()).unwrap();
    let replay = || {
        Ran::of(program(path).args([
            "replay",
            "old.jsonl",
            "--rules",
            "rules.toml",
            "--expect-same",
        ]))
    };
    let same = replay();
    assert_eq!(same.code, Some(0), "{same:?}");
    assert!(same.stdout.contains("1 replayed: 1 as recorded"), "{same:?}");
    // One that lasts longer is another one.
    std::fs::write(path.join("rules.toml"), rules(3_700)).unwrap();
    let longer = replay();
    assert_eq!(longer.code, Some(1), "{longer:?}");
    assert!(longer.stdout.contains("session.expires"), "{longer:?}");
    assert!(!longer.stdout.contains("idExtractorDeadline"), "{longer:?}");
}
