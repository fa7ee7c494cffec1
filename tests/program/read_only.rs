//! `--read-only`, and `read_only` of a profile: no command that writes outside this machine is done, and those that read are.

use super::home::{Home, Ran};
use super::mserv_stand_in::{Mserv, fixture};
use super::stand_in::{Exchange, SECRET, StandIn, recorded};

struct Bench {
    home: Home,
    gateway: StandIn,
    mserv: Mserv,
}

impl Bench {
    /// A Gateway with an API, an mserv with a bundle, and a profile that has both.
    fn new(read_only: bool) -> Self {
        let list = Exchange {
            path: "/tyk/apis".into(),
            body: format!("[{}]", recorded("039").body.trim()),
            ..recorded("017")
        };
        let dashboards = Exchange {
            path: "/api/apis?p=-1".into(),
            body: r#"{"apis":[],"pages":1}"#.into(),
            ..recorded("017")
        };
        let gateway = StandIn::answering(vec![list, recorded("039"), recorded("066"), dashboards]);
        let (home, mserv) = (Home::new(), Mserv::start());
        mserv.keep("one", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
        home.write(
            "tyk-tui.toml",
            format!(
                "[use.eu]\nread_only = {read_only}\nship_target = \"eu\"\n[use.eu.gateway]\nurl = \"{0}\"\n\
                 [use.eu.dashboard]\nurl = \"{0}\"\n[use.eu.target.eu]\nkind = \"mserv\"\nurl = \"{1}\"\n",
                gateway.url(),
                mserv.url()
            ),
        );
        home.write("api.json", recorded("039").body);
        home.write("manifest.json", super::ship::MANIFEST);
        Self { home, gateway, mserv }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.home.command(&[&["--use", "eu"], arguments].concat());
        command.env("TYK_GW_SECRET", SECRET).env("TYK_DB_KEY", "key");
        command.env("TOKEN", "token").env("ENDPOINT", self.mserv.url());
        Ran::of(command)
    }

    /// What was asked that is no question.
    fn writes(&self) -> Vec<String> {
        let gateway = self.gateway.seen().into_iter();
        let gateway = gateway.filter(|seen| seen.method != "GET" || seen.path.contains("reload"));
        let mserv = self.mserv.asked().into_iter().filter(|line| !line.starts_with("GET"));
        gateway.map(|seen| format!("{} {}", seen.method, seen.path)).chain(mserv).collect()
    }
}

#[test]
fn no_command_writes_outside_this_machine() {
    let bundle = fixture("bundles").join("pre-post.zip").display().to_string();
    let writing: &[&[&str]] = &[
        &["api", "set", "gateway:minimal", "name", "x"],
        &["api", "unset", "gateway:minimal", "name"],
        &["mserv", "push", &bundle],
        &["mserv", "update", "one", &bundle],
        &["mserv", "delete", "one"],
        &["target", "push", &bundle],
        &["target", "delete", "one", "--force"],
        &["target", "prune", "--yes"],
        &["gateway", "put", "api.json"],
        &["gateway", "debug", "api.json"],
        &["gateway", "delete", "minimal", "--yes"],
        &["gateway", "reload"],
        &["gateway", "key", "delete", "some-key", "--yes"],
        &["dashboard", "put", "api.json"],
        &["doctor", "--probe"],
        &["ship"],
        &["request", "-X", "POST", "http://192.0.2.1/"],
    ];
    for by_flag in [true, false] {
        let bench = Bench::new(!by_flag);
        for command in writing {
            let flag: &[&str] = if by_flag { &["--read-only"] } else { &[] };
            let ran = bench.run(&[flag, command].concat());
            assert_eq!(ran.code, Some(3), "{command:?}: {ran:?}");
            assert!(ran.stderr.contains("read-only: will not "), "{command:?}: {ran:?}");
            assert_eq!(bench.writes(), [""; 0], "{command:?}");
        }
    }
}

#[test]
fn what_only_asks_is_done_and_what_stays_on_this_machine_too() {
    let bench = Bench::new(true);
    for command in [
        &["api", "list", "--gateway"][..],
        &["api", "show", "gateway:minimal"],
        &["mserv", "list"],
        &["mserv", "download", "one"],
        &["target", "bundles"],
        &["target", "prune"],
        &["target", "fetch", "one", "-o", "got.zip"],
        &["target", "push", "one.zip", "--target", "host"],
    ] {
        let ran = bench.run(command);
        assert_eq!(ran.code, Some(0), "{command:?}: {ran:?}");
    }
    assert_eq!(bench.writes(), [""; 0]);
}
