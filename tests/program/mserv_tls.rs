//! mserv behind TLS with a certificate that nobody trusts, and bundles that have to be signed.

use super::home::{Home, Ran};
use super::mserv_stand_in::{Mserv, fixture};
use super::{ran, tls};

const ADDED: &str = "2026-11-22T18:36:53.035Z";

fn bundle(name: &str) -> String {
    fixture("bundles").join(name).display().to_string()
}

fn run(home: &Home, url: &str, arguments: &[&str]) -> Ran {
    let mut command = home.command(&[&["mserv"], arguments].concat());
    command.env("ENDPOINT", url).env("TOKEN", "secret-token");
    Ran::of(command)
}

#[test]
fn a_certificate_that_nobody_trusts_is_refused_unless_insecure_tls_says_so_which_is_shown() {
    let (home, mserv) = (Home::new(), Mserv::start());
    mserv.keep("one", ADDED, "", "024", "python-auth.zip");
    let (_runtime, url) = tls::before(mserv.address);
    let ran = run(&home, &url, &["list"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("no TLS with this server"), "{ran:?}");
    // The token did not leave this machine.
    assert_eq!(mserv.asked(), [""; 0]);
    let file = bundle("pre-post.zip");
    for arguments in [&["list", "-k"][..], &["--insecure-tls", "list"], &["-k", "push", &file]] {
        let ran = run(&home, &url, arguments);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stderr.contains("certificate is not checked"), "{ran:?}");
    }
    assert_eq!(mserv.ids(), ["one", "new-1"]);
    let mut command = home.command(&["mserv", "-e", &url, "list", "--insecure-tls=false"]);
    command.env("INSECURE_TLS", "true");
    assert_eq!(Ran::of(command).code, Some(3), "the flag lies over the variable");
    let config = home.write("mservctl.yaml", format!("endpoint: {url}\ninsecure_tls: true\n"));
    let ran = home.run(&["mserv", "--config", config.to_str().unwrap(), "health"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("certificate is not checked"), "{ran:?}");
}

#[test]
fn a_target_shows_that_its_certificate_is_not_checked_and_a_project_alone_may_not_say_so() {
    let (home, mserv) = (Home::new(), Mserv::start());
    let (_runtime, url) = tls::before(mserv.address);
    let target = format!("[use.eu.target.eu]\nkind = \"mserv\"\nurl = \"{url}\"\n");
    let health = ["--use", "eu", "target", "health", "--target", "eu"];
    home.write("tyk-tui.toml", &target);
    let ran = home.run(&health);
    assert!(ran.code == Some(3) && ran.stderr.contains("no TLS with this server"), "{ran:?}");
    home.write("tyk-tui.toml", format!("{target}insecure_tls = true\n"));
    let ran = home.run(&health);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(!mserv.asked().iter().any(|line| line.contains("health")), "{ran:?}");
    home.write("tyk-tui.toml", "");
    let user = home.path().join(".config/tyk-tui");
    std::fs::create_dir_all(&user).unwrap();
    std::fs::write(user.join("config.toml"), format!("{target}insecure_tls = true\n")).unwrap();
    let ran = home.run(&health);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("certificate not checked"), "{ran:?}");
    let ran = home.run(&["--use", "eu", "target", "list"]);
    assert!(ran.stdout.contains("HTTP on · gRPC off (certificate not checked)"), "{ran:?}");
}

#[test]
fn what_is_not_signed_by_the_key_is_neither_pushed_nor_written() {
    let (home, mserv) = (Home::new(), Mserv::start());
    let signed = ran::fixture("loads/good-signed.zip").display().to_string();
    mserv.keep("signed", ADDED, "", "024", &signed);
    mserv.keep("unsigned", ADDED, "", "024", "python-auth.zip");
    let (ours, theirs) = (key("rsa-2048.pub.spki.pem"), key("other-2048.pub.spki.pem"));
    let url = mserv.url();
    for (file, key, said) in [
        (bundle("python-auth.zip"), &ours, "Bundle isn't signed"),
        (signed.clone(), &theirs, "verification error"),
        (signed, &"none.pem".to_owned(), "none.pem"),
    ] {
        for arguments in [&["push", &file][..], &["update", "unsigned", &file]] {
            let ran = run(&home, &url, &[arguments, &["--public-key", key]].concat());
            assert!(matches!(ran.code, Some(1 | 3)) && ran.stderr.contains(said), "{ran:?}");
        }
    }
    assert_eq!(mserv.asked(), [""; 0]);
    for (id, key, code) in [("signed", &ours, 0), ("signed", &theirs, 1), ("unsigned", &ours, 1)] {
        let out = format!("{id}-{code}.zip");
        let ran = run(&home, &url, &["download", id, "-o", &out, "--public-key", key]);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert_eq!(home.project().join(out).exists(), code == 0);
    }
}

fn key(name: &str) -> String {
    ran::fixture("keys").join(name).display().to_string()
}
