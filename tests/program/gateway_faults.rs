//! Gateways that are away, hang, break off, are something else, or another's: each with what to do.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::home::{Home, Ran};
use super::stand_in::{SECRET, StandIn, recorded};

const KEY: &str = "a-user's-key";

/// Runs `gateway apis` and `dashboard apis` against an address: each ends with 3 and one JSON error, whose text this is.
fn both(url: &str, more: &[&str]) -> [String; 2] {
    ["gateway", "dashboard"].map(|server| {
        let home = Home::new();
        let all = [&[server, "apis", "--json", "--url", url], more].concat();
        let mut command = home.command(&all);
        command.env("TYK_GW_SECRET", SECRET).env("TYK_DB_KEY", KEY);
        let ran = Ran::of(command);
        assert_eq!(ran.code, Some(3), "{ran:?}");
        let error = ran.json()["error"].clone();
        assert!(error["help"].is_string() && error["where"].is_string(), "{error}");
        let text = error.to_string();
        assert!(!text.contains(SECRET) && !text.contains(KEY), "{text}");
        text
    })
}

/// A server that reads a request, answers with these bytes and closes; with none it keeps the connection and says nothing.
fn server(answer: Option<&'static [u8]>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut kept = Vec::new();
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 4096]);
            match answer {
                Some(answer) => drop(stream.write_all(answer)),
                None => kept.push(stream),
            }
        }
    });
    url
}

#[test]
fn a_server_that_is_away_is_said() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for text in both(&url, &[]) {
        assert!(text.contains("cannot connect") && text.contains("start the "), "{text}");
    }
}

#[test]
fn a_server_that_hangs_is_given_up() {
    for text in both(&server(None), &["--timeout", "1"]) {
        assert!(text.contains("no answer within 1s") && text.contains("hangs"), "{text}");
    }
}

#[test]
fn a_page_is_none_of_their_answers() {
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 25\r\n\r\n<html>Please log in</html>";
    let [gateway, dashboard] = both(&server(Some(page)), &[]);
    assert!(gateway.contains("Please log in") && gateway.contains("control_api_port"), "{gateway}");
    assert!(dashboard.contains("not of a Gateway or its portal"), "{dashboard}");
}

#[test]
fn an_answer_that_breaks_off_is_none() {
    let half = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n[{\"api_id\":";
    for text in both(&server(Some(half)), &[]) {
        assert!(text.contains("the answer cannot be read"), "{text}");
    }
}

#[test]
fn headers_that_are_no_ascii_do_no_harm() {
    // The stand-in sends one with each answer, as a Gateway does.
    let home = Home::new();
    let stand_in = StandIn::with(&["001", "003"]);
    let ran = home.run(&["gateway", "hello", "--url", &stand_in.url()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let bytes = b"HTTP/1.1 403 Forbidden\r\nX-Raw: \xff\xfe\x80\r\nContent-Length: 0\r\n\r\n";
    for text in both(&server(Some(bytes)), &[]) {
        assert!(text.contains("403"), "{text}");
    }
}

#[test]
fn a_refusal_is_told_with_what_to_do() {
    let home = Home::new();
    let stand_in = StandIn::with(&["017"]);
    let mut command = home.command(&["gateway", "apis", "--url", &stand_in.url()]);
    command.env("TYK_GW_SECRET", "wrong-secret");
    let ran = Ran::of(command);
    assert!(ran.code == Some(3) && ran.stderr.contains("refuses the secret"), "{ran:?}");
    assert!(ran.stderr.contains("tyk.conf") && !ran.stderr.contains("wrong-secret"), "{ran:?}");
    let refusal =
        b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 45\r\n\r\n{\"Status\":\"Error\",\"Message\":\"Not authorised\"}";
    let [_, dashboard] = both(&server(Some(refusal)), &[]);
    assert!(dashboard.contains("refuses the user's API key"), "{dashboard}");
}

#[test]
fn a_redirect_is_not_followed_and_credentials_stay() {
    let elsewhere = StandIn::with(&["017"]);
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: {}/tyk/apis\r\nContent-Length: 0\r\n\r\n",
        elsewhere.url()
    );
    for text in both(&server(Some(answer.leak().as_bytes())), &[]) {
        assert!(text.contains("not followed: the secret would go there too"), "{text}");
    }
    assert!(elsewhere.seen().is_empty());
}

#[test]
fn a_profiles_secret_goes_to_its_own_address_alone() {
    let home = Home::new();
    let (own, other) = (StandIn::with(&["017"]), StandIn::with(&["017"]));
    let settings =
        format!("[use.local.gateway]\nurl = \"{}\"\nsecret_env = \"THE_PROFILES\"\n", own.url());
    home.write("tyk-tui.toml", settings);
    let run = |url: &str| {
        let mut command = home.command(&["--use", "local", "gateway", "apis", "--url", url]);
        command.env("THE_PROFILES", SECRET).env_remove("TYK_GW_SECRET");
        Ran::of(command)
    };
    let ran = run(&own.url());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let ran = run(&other.url());
    assert!(ran.code == Some(3) && ran.stderr.contains("no secret was given"), "{ran:?}");
    assert!(other.seen().iter().all(|seen| seen.secret.is_none()));
}

fn tls(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls").join(name)
}

/// A Gateway behind TLS that shows a certificate for `gateway.test`; it says hello to whoever takes it.
fn behind_tls(runtime: &tokio::runtime::Runtime) -> String {
    let certificates = CertificateDer::pem_file_iter(tls("gateway.pem")).unwrap();
    let certificates = certificates.collect::<Result<_, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_file(tls("gateway.key")).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(certificates, key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let body = recorded("001").body;
    let answer = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    runtime.spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    url
}

#[test]
fn a_certificate_of_another_name_or_authority_is_refused_unless_the_user_says_so() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let url = behind_tls(&runtime);
    let hello = |home: &Home, authority: Option<&str>| {
        let mut command = home.command(&["--use", "local", "gateway", "hello", "--url", &url]);
        if let Some(authority) = authority {
            command.env("SSL_CERT_FILE", tls(authority));
        }
        Ran::of(command)
    };
    let home = Home::new();
    home.write("tyk-tui.toml", format!("[use.local.gateway]\nurl = \"{url}\"\n"));
    // Its authority is trusted here, and it is another's.
    let ran = hello(&home, Some("authority.pem"));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("not valid for name"), "{ran:?}");
    assert!(ran.stderr.contains("insecure_tls = true"), "{ran:?}");
    let ran = hello(&home, None);
    assert!(ran.code == Some(3) && ran.stderr.contains("no TLS with this server"), "{ran:?}");
    let profile = format!("[use.local.gateway]\nurl = \"{url}\"\ninsecure_tls = true\n");
    std::fs::create_dir_all(home.path().join(".config/tyk-tui")).unwrap();
    std::fs::write(home.path().join(".config/tyk-tui/config.toml"), profile).unwrap();
    home.write("tyk-tui.toml", "");
    let ran = hello(&home, None);
    assert!(ran.stdout.contains("v5.5.0-dev"), "{ran:?}");
}
