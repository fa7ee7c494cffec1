//! The Publish pane: targets and their bundles, pushed, fetched, compared, deleted, pruned.

use std::fmt::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;

use super::mserv_stand_in::{Fault, Mserv, fixture};
use super::opened::Opened;
use super::stand_in::{Exchange, SECRET, StandIn, recorded};

/// When what is kept was pushed.
const ADDED: &str = "2026-11-22T18:36:53.035Z";

/// A Gateway whose APIs name these bundles, one after the other.
fn gateway(bundles: &[&str]) -> StandIn {
    StandIn::answering(vec![apis(bundles)])
}

fn apis(bundles: &[&str]) -> Exchange {
    let api = |(at, bundle): (usize, &&str)| {
        format!(r#"{{"api_id":"api{at}","name":"API {at}","custom_middleware_bundle":"{bundle}"}}"#)
    };
    let all: Vec<_> = bundles.iter().enumerate().map(api).collect();
    Exchange { body: format!("[{}]", all.join(",")), ..recorded("415") }
}

/// A console with the target `eu`, which is this mserv, and this Gateway.
fn opened(size: (u16, u16), mserv: &Mserv, gateway: Option<&StandIn>, profile: &str) -> Opened {
    let console = Opened::using(size, "eu", |folder| {
        let mut text = format!(
            "[use.eu]\nship_target = \"eu\"\n{profile}\n[use.eu.target.eu]\nkind = \"mserv\"\nurl = \"{}\"\n",
            mserv.url()
        );
        if let Some(gateway) = gateway {
            let mut options = std::fs::File::options();
            let secret = folder.join("gw.secret");
            let mut file = options.write(true).create_new(true).mode(0o600).open(&secret).unwrap();
            std::io::Write::write_all(&mut file, SECRET.as_bytes()).unwrap();
            let url = gateway.url();
            let _ =
                write!(text, "[use.eu.gateway]\nurl = \"{url}\"\nsecret_file = \"gw.secret\"\n");
        }
        std::fs::write(folder.join("tyk-tui.toml"), text).unwrap();
        std::fs::copy(bundle("python-auth.zip"), folder.join("bundle.zip")).unwrap();
    });
    // What is pushed is the bundle of the Bundle pane: it has to be looked at first.
    console.keys(&["3"]);
    console.sees("middleware.py");
    console.keys(&["4"]);
    console.sees("▐4 Publish▌");
    console
}

fn bundle(name: &str) -> std::path::PathBuf {
    fixture("bundles").join(name)
}

/// An mserv with two bundles.
fn two() -> Mserv {
    let mserv = Mserv::start();
    mserv.keep("early", ADDED, "", "024", "python-auth.zip");
    mserv.keep("late", "2026-11-23T18:36:53.035Z", "", "028", "pre-post.zip");
    mserv
}

/// The screen with what differs from run to run taken out.
fn steady(console: &Opened) -> String {
    let text = console.drive.text();
    // Cut to fit, it may end anywhere.
    let folders = regex::Regex::new(r"  /\S*/\.tmp\S* *").unwrap();
    let text = folders.replace_all(&text, "  FOLDER");
    // How many lines the log has hangs on what came first.
    let unseen = regex::Regex::new(r"0( Log)?·\d+").unwrap();
    let text = unseen.replace_all(&text, "0$1");
    let ports = regex::Regex::new(r":\d{4,5}").unwrap();
    ports.replace_all(&text, ":PORT").into_owned()
}

#[test]
fn targets_and_bundles_look_like_this() {
    let (mserv, gateway) = (two(), gateway(&["early"]));
    for (size, name) in [((80, 24), "publish_80x24"), ((200, 60), "publish_200x60")] {
        let console = opened(size, &mserv, Some(&gateway), "");
        console.sees("● host");
        console.keys(&["R"]);
        console.sees("✓ HTTP on");
        console.sees("✓ is there, and can be written");
        console.sees("api0");
        console.sees("● host");
        console.keys(&["enter"]);
        console.sees("files     ");
        console.sees("middleware.py");
        insta::assert_snapshot!(name, steady(&console));
    }
}

#[test]
fn an_empty_target_and_one_that_is_down_say_what_to_do() {
    let mserv = Mserv::start();
    let console = opened((80, 24), &mserv, None, "");
    console.sees("No bundle on eu yet");
    console.sees("p pushes the bundle of 3 Bundle");
    mserv.will(
        "GET /api/mw/master/all",
        Fault::Answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno".into()),
    );
    console.keys(&["R"]);
    console.sees("mserv's token is missing");
    console.sees("R asks again");
    console.keys(&["R"]);
    console.sees("No bundle on eu yet");
    console.keys(&["P"]);
    console.sees("no Gateway is connected");
    console.keys(&["D"]);
    console.sees("mark two bundles first");
}

#[test]
fn the_bundle_is_pushed_and_the_same_again_is_not() {
    let mserv = Mserv::start();
    let console = opened((120, 30), &mserv, None, "");
    console.sees("No bundle on eu yet");
    console.keys(&["p"]);
    console.sees("pushed: custom_middleware_bundle is new-1");
    console.sees("auth_check MyAuthMiddleware");
    console.keys(&["p"]);
    console.sees("new-1 is there already");
    assert_eq!(mserv.ids(), ["new-1"]);
    // To the host's folder, under a name of its content.
    console.keys(&["]"]);
    console.sees("No bundle on host yet");
    console.keys(&["p"]);
    console.sees("1 bundle");
    console.sees("orders-auth-");
}

#[test]
fn production_is_asked_and_read_only_says_why_not() {
    let mserv = Mserv::start();
    let console = opened((120, 30), &mserv, None, "production = true");
    console.sees("No bundle on eu yet");
    console.keys(&["p"]);
    console.sees("Push bundle.zip to eu?");
    console.keys(&["n"]);
    console.sees_no("Push bundle.zip to eu?");
    assert_eq!(mserv.ids(), [""; 0]);
    let (mserv, gateway) = (two(), gateway(&[]));
    let console = opened((120, 30), &mserv, Some(&gateway), "read_only = true");
    console.sees("2 bundles");
    for key in ["p", "d", "P"] {
        console.keys(&[key]);
        console.sees("read-only: nothing is written outside this machine");
        console.keys(&["0", "4"]);
    }
    assert_eq!(mserv.ids(), ["early", "late"]);
}

#[test]
fn a_bundle_is_fetched_and_a_file_is_written_over_only_after_a_yes() {
    let mserv = two();
    let console = opened((120, 30), &mserv, None, "");
    console.sees("2 bundles");
    console.selects("early");
    std::fs::write(console.folder.join("early.zip"), "mine").unwrap();
    console.keys(&["f", "enter"]);
    console.sees("Write over the file?");
    console.keys(&["n"]);
    console.sees_no("Write over the file?");
    let content = |name: &str| std::fs::read(console.folder.join(name)).unwrap();
    assert_eq!(content("early.zip"), b"mine");
    // Half a bundle is none.
    mserv.will("GET /api/mw/bundle", Fault::Half);
    console.keys(&["f", "enter"]);
    console.sees("Write over the file?");
    console.keys(&["y"]);
    console.sees("what mserv gave out is no good");
    assert_eq!(content("early.zip"), b"mine");
    console.keys(&["f", "enter"]);
    console.sees("Write over the file?");
    console.keys(&["y"]);
    console.sees("fetched and verified: early.zip");
    assert_eq!(content("early.zip"), std::fs::read(bundle("python-auth.zip")).unwrap());
}

#[test]
fn two_marked_bundles_are_compared_file_by_file() {
    let mserv = two();
    let console = opened((120, 40), &mserv, None, "");
    console.sees("2 bundles");
    console.keys(&["space", "j", "space"]);
    console.sees("◆");
    console.keys(&["D"]);
    console.sees("early → late");
    console.sees("changed manifest.json");
    console.sees("-    \"pre\": null,");
    console.keys(&["esc"]);
    console.sees_no("early → late");
}

#[test]
fn deleting_says_who_uses_it_and_prune_takes_what_nobody_uses() {
    let (mserv, gateway) = (two(), gateway(&["early"]));
    let console = opened((120, 30), &mserv, Some(&gateway), "");
    console.sees("api0");
    console.selects("early");
    console.keys(&["d"]);
    console.sees("Delete early from eu?");
    console.sees("In use by gateway:api0");
    console.keys(&["n", "P"]);
    console.sees("Delete 1 bundle from eu?");
    console.sees("· late");
    assert_eq!(mserv.ids(), ["early", "late"]);
    console.keys(&["y"]);
    console.sees("deleted late");
    console.sees("1 bundle");
    assert_eq!(mserv.ids(), ["early"]);
    console.keys(&["P"]);
    console.sees("there is no bundle here that no API uses");
    console.keys(&["d", "y"]);
    console.sees("deleted early");
    console.sees("No bundle on eu yet");
}

#[test]
fn where_the_gateway_does_not_answer_nothing_can_be_pruned() {
    let mserv = two();
    let gateway = StandIn::answering(Vec::new());
    let console = opened((120, 30), &mserv, Some(&gateway), "");
    console.sees("which use it is unknown");
    console.keys(&["P"]);
    console.sees("nobody knows which bundles are in use");
    console.keys(&["d"]);
    console.sees("Which APIs use it is not known.");
}

#[test]
fn a_push_under_way_is_seen_elsewhere_and_cancelled() {
    // One that takes the connection and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let text = format!(
        "[use.eu]\nship_target = \"eu\"\n[use.eu.target.eu]\nkind = \"mserv\"\nurl = \"http://{}\"\n",
        silent.local_addr().unwrap()
    );
    let console = Opened::using((120, 30), "eu", |folder| {
        std::fs::write(folder.join("tyk-tui.toml"), text).unwrap();
        std::fs::copy(bundle("python-auth.zip"), folder.join("bundle.zip")).unwrap();
    });
    // What is pushed is the bundle of the Bundle pane: it has to be looked at first.
    console.keys(&["3"]);
    console.sees("middleware.py");
    console.keys(&["4"]);
    console.sees("asking eu for its bundles");
    console.keys(&["p"]);
    console.sees("pushing bundle.zip");
    console.keys(&["f"]);
    console.sees("pushing bundle.zip is under way: ctrl-x cancels it");
    console.keys(&["1"]);
    console.sees("▸ pushing bundle.zip");
    console.keys(&["ctrl-x"]);
    console.sees("cancelled");
    console.sees_no("▸ pushing bundle.zip");
}
