//! What mservctl was recorded to print, printed by us. Where we differ on purpose (exit codes, what is wrong in words of
//! ours, bundles that are not sound), the difference is what is tested.

use serde_json::Value;

use super::home::{Home, Ran};
use super::mserv_stand_in::{Fault, Mserv, fixture};

fn runs() -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(fixture("mservctl.json")).unwrap()).unwrap()
}

fn run_named(number: &str) -> Value {
    let named = |it: &Value| it["name"].as_str().unwrap().starts_with(number);
    runs().into_iter().find(named).unwrap()
}

/// A home with the bundles that were pushed.
fn home() -> Home {
    let home = Home::new();
    for file in std::fs::read_dir(fixture("bundles")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        home.write(name, std::fs::read(&path).unwrap());
    }
    home
}

/// Runs a recording's arguments against this server in place of the recorded one.
fn replayed(run: &Value, mserv: &Mserv, home: &Home) -> Ran {
    let here = |text: &str| {
        let text = text.replace("<home>", home.path().to_str().unwrap());
        let text = text.replace("http://127.0.0.1:8989", &mserv.url());
        text.replace("http://127.0.0.1:9999", &mserv.url())
    };
    for (path, text) in run["files"].as_object().unwrap() {
        std::fs::write(here(path), here(text.as_str().unwrap())).unwrap();
    }
    let words = run["args"].as_array().unwrap().iter().map(|word| here(word.as_str().unwrap()));
    let words: Vec<String> = words.collect();
    let mut command = home.command(&["mserv"]);
    command.args(words);
    for name in ["ENDPOINT", "TOKEN", "INSECURE_TLS"] {
        command.env_remove(name);
    }
    for (name, value) in run["env"].as_object().unwrap() {
        command.env(name, here(value.as_str().unwrap()));
    }
    Ran::of(command)
}

/// What was pushed when `mservctl list` was recorded.
fn shelf(mserv: &Mserv) {
    let day = |time: &str| format!("2026-11-22T18:36:{time}Z");
    for (id, time, record) in [
        ("e8d38d21-361e-44d1-9e90-87feda9defca", "53.035", "024"),
        ("47c34c4e-b07a-4808-9e85-dcc2f100c2ee", "53.559", "028"),
        ("6abd0207-3043-43c9-a80d-93b6e7c6d94e", "54.088", "041"),
        ("af6cefa6-f7a0-4ac5-a1b5-2160aa4e3540", "54.615", "021"),
        ("babff935-8a57-4347-b049-5a25340fc368", "55.151", "030"),
    ] {
        mserv.keep(id, &day(time), "", record, "python-auth.zip");
    }
}

#[test]
fn tables_are_mservctls() {
    let empty = Mserv::start();
    let full = Mserv::start();
    shelf(&full);
    for number in ["004", "020", "021", "022", "023", "024", "025", "030", "031", "032"] {
        let run = run_named(number);
        let ran = replayed(&run, if number == "004" { &empty } else { &full }, &home());
        assert_eq!(ran.stdout, run["stdout"].as_str().unwrap(), "{run:#}");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{run:#}");
    }
}

#[test]
fn configuration_and_environment_are_read_as_mservctl_reads_them() {
    for number in ["090", "092", "094", "095"] {
        let mserv = Mserv::start();
        let day = |time: &str| format!("2026-11-22T18:36:{time}Z");
        for (id, time, record) in [
            ("47c34c4e-b07a-4808-9e85-dcc2f100c2ee", "53.559", "028"),
            ("6abd0207-3043-43c9-a80d-93b6e7c6d94e", "54.088", "041"),
            ("e8d38d21-361e-44d1-9e90-87feda9defca", "55.844", "071"),
        ] {
            mserv.keep(id, &day(time), "", record, "python-auth.zip");
        }
        let run = run_named(number);
        let ran = replayed(&run, &mserv, &home());
        assert_eq!(ran.stdout, run["stdout"].as_str().unwrap(), "{ran:?}");
        assert_eq!(ran.code, Some(0), "{ran:?}");
        // It says which file it took, as mservctl does.
        let says = |text: &str| text.contains(".json") || text.contains(".yaml");
        assert_eq!(says(&ran.stderr), says(run["stderr"].as_str().unwrap()), "{ran:?}");
    }
}

#[test]
fn what_goes_over_the_wire_is_what_mservctl_sends() {
    for run in runs().iter().filter(|run| run.get("head").is_some()) {
        let name = run["name"].as_str().unwrap();
        let number: u32 = name[..3].parse().unwrap();
        // 103 pushes what is no bundle; 104 updates a bundle that is not there; from 120 on the answers are bad.
        if number >= 120 || [103, 104, 105].contains(&number) {
            continue;
        }
        let mserv = Mserv::start();
        let head: Vec<&str> =
            run["head"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        let answer = run["answer"].as_str().unwrap().replace('\n', "\r\n");
        let method = match head[0].split(' ').next().unwrap() {
            "GET" => "GET",
            "POST" => "POST",
            other => panic!("{other}"),
        };
        let pushes = method == "POST";
        if pushes {
            // What was pushed is downloaded again, which mservctl does not do.
            mserv.keep("abc", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
        }
        mserv.will(method_line(head[0]), Fault::Answer(answer));
        let ran = replayed(run, &mserv, &home());
        assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
        assert_eq!(ran.stdout, run["stdout"].as_str().unwrap(), "{name}: {ran:?}");
        let seen = mserv.seen();
        let seen = seen.iter().find(|seen| seen.line.starts_with(method)).unwrap();
        // The query in any order.
        let parts = |line: &str| {
            let mut parts: Vec<String> = line.split(['?', '&', ' ']).map(str::to_owned).collect();
            parts.sort();
            parts
        };
        assert_eq!(parts(&seen.line), parts(head[0]), "{name}");
        let recorded = head.iter().find_map(|line| line.strip_prefix("X-Api-Key: "));
        assert_eq!(seen.header("X-Api-Key").unwrap_or_default(), recorded.unwrap_or_default());
        if pushes {
            let line = run["stderr"].as_str().unwrap();
            assert!(ran.stderr.contains(line), "{name}: {ran:?}");
        }
    }
}

fn method_line(line: &str) -> &'static str {
    if line.starts_with("POST") { "POST" } else { "GET /api" }
}

#[test]
fn result_lines_are_mservctls() {
    let run_at = |number: &str, id: &str, mserv: &Mserv| {
        let run = run_named(number);
        let ran = replayed(&run, mserv, &home());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran:?}");
        let line = run["stderr"].as_str().unwrap();
        let (text, recorded) = line.trim_end().rsplit_once(' ').unwrap();
        let id = if id.is_empty() { recorded } else { id };
        assert!(ran.stderr.ends_with(&format!("{text} {id}\n")), "{ran:?}");
    };
    for number in ["010", "011", "012", "013"] {
        run_at(number, "new-1", &Mserv::start());
    }
    let mserv = Mserv::start();
    shelf(&mserv);
    run_at("040", "", &mserv);
    run_at("050", "", &mserv);
}

#[test]
fn an_id_is_one_segment_of_the_path() {
    let mserv = Mserv::start();
    let run = run_named("105");
    let answer = run["answer"].as_str().unwrap().replace('\n', "\r\n");
    mserv.will("DELETE", Fault::Answer(answer));
    let ran = replayed(&run, &mserv, &home());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(mserv.seen()[0].line, run["head"][0].as_str().unwrap());
    assert_eq!(ran.stderr, run["stderr"].as_str().unwrap());
}

#[test]
fn what_mservctl_ends_with_0_is_an_error_here_with_the_servers_own_words() {
    for (number, code, says) in [
        ("014", 1, "not sound"),
        ("051", 3, "no bundle with this id"),
        ("060", 3, "no bundle with this id"),
        ("061", 3, "no bundle with this id"),
        ("062", 3, "no bundle with this id"),
        ("063", 1, "not sound"),
        ("064", 1, "not sound"),
        ("065", 1, "not sound"),
        ("066", 3, "cannot read the bundle"),
        ("067", 3, "this is a folder, not a bundle"),
        ("068", 2, "<FILE>"),
        ("069", 2, "unexpected argument"),
        ("070", 2, "frobnicate"),
        ("071", 2, "--nope"),
        ("072", 1, "not sound"),
        ("073", 1, "not sound"),
        ("074", 3, "no bundle with this id"),
        ("082", 2, "http://host:port"),
        ("091", 3, "no such file"),
        ("093", 3, "a mistake on line"),
        ("120", 3, "Authorization field missing"),
        ("121", 3, "disallowed"),
        ("122", 3, "does not answer as mserv does"),
        ("123", 3, "502"),
        ("125", 3, "does not answer as mserv does"),
        ("127", 3, "does not answer as mserv does: 500 oops"),
    ] {
        let run = run_named(number);
        let mserv = Mserv::start();
        if let Some(answer) = run["answer"].as_str() {
            let line = run["head"][0].as_str().unwrap();
            let at = if line.starts_with("DELETE") { "DELETE" } else { method_line(line) };
            mserv.will(at, Fault::Answer(answer.replace('\n', "\r\n")));
        }
        let ran = replayed(&run, &mserv, &home());
        assert_eq!(ran.code, Some(code), "{number}: {ran:?}");
        assert!(ran.stderr.contains(says), "{number}: {ran:?}");
        assert_eq!(ran.stdout, "", "{number}");
        let wrote = mserv.asked().iter().any(|line| !line.starts_with("GET"));
        assert!(!wrote || number > "050", "{number}: {:?}", mserv.asked());
    }
}

#[test]
fn a_list_that_is_null_is_empty() {
    let mserv = Mserv::start();
    let run = run_named("124");
    mserv.will("GET", Fault::Answer(run["answer"].as_str().unwrap().replace('\n', "\r\n")));
    let ran = replayed(&run, &mserv, &home());
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), run["stdout"].as_str().unwrap()));
}

#[test]
fn servers_that_are_not_there_or_speak_otherwise_are_told() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let home = home();
    let url = format!("http://{gone}");
    for arguments in [&["list"][..], &["push", "python-auth.zip"]] {
        let ran = home.run(&[&["mserv", "-e", &url], arguments].concat());
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(ran.stderr.contains("cannot connect"), "{ran:?}");
        assert!(ran.stderr.contains("start mserv, or correct its address"), "{ran:?}");
    }
    let plain = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", plain.local_addr().unwrap());
    let answers = std::thread::spawn(move || {
        let (mut stream, _) = plain.accept().unwrap();
        // What is not read when it closes would have the answer thrown away at the other end.
        assert!(std::io::Read::read(&mut stream, &mut [0; 4096]).unwrap() > 0);
        std::io::Write::write_all(&mut stream, b"HTTP/1.0 400 Bad Request\r\n\r\n").unwrap();
    });
    let ran = home.run(&["mserv", "-k", "list", "--endpoint", &url]);
    answers.join().unwrap();
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("certificate is not checked"), "{ran:?}");
    assert!(ran.stderr.contains("write http:// for https://"), "{ran:?}");
    let mserv = Mserv::start();
    let prefix = format!("{}/mserv", mserv.url());
    let ran = home.run(&["mserv", "list", "-e", &prefix]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("404 page not found"), "{ran:?}");
    assert!(mserv.asked().contains(&"GET /mserv/api/mw/master/all".to_owned()));
}
