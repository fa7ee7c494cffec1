//! A console on a session that another program writes, or wrote.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tyk_tui::capture::session::Recording;
use tyk_tui::capture::{self, Capture, Exchange, Recorder};
use tyk_tui::config::{Redact, Settings};
use tyk_tui::flows::session::{Opened as Session, begin};

use crate::opened::Opened;

/// What a server is to a session.
pub(crate) struct Server {
    recorder: Recorder,
    recording: Recording,
    folder: tempfile::TempDir,
}

impl Server {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let view = capture::view(&Redact::default(), false).unwrap();
        let (recorder, capture) = Capture::start(&settings.capture, view, 4 << 20);
        let kept = folder.path().join("sessions");
        let recording = begin(None, &kept, "orders", "127.0.0.1:50051", &settings, capture);
        Self { recorder, recording: recording.unwrap(), folder }
    }

    fn path(&self) -> PathBuf {
        self.recording.path().to_owned()
    }

    /// A call that a Gateway made, answered as it was then.
    pub(crate) fn called(&self, name: &str) {
        self.called_at(name, jiff::Timestamp::now());
    }

    /// The same, at this time.
    pub(crate) fn called_at(&self, name: &str, at: jiff::Timestamp) {
        let file = |what: &str| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch");
            let path = root.join("traffic/all-hooks.0").join(format!("{name}.{what}.pb"));
            std::fs::read(path).unwrap()
        };
        self.recorder.offer(Exchange {
            at,
            took: Duration::from_micros(300),
            peer: "127.0.0.1:40000".into(),
            ..Exchange::answered(file("request"), file("reply"))
        });
    }

    pub(crate) fn end(self) -> (PathBuf, tempfile::TempDir) {
        let path = self.path();
        drop(self.recorder);
        assert_eq!(self.recording.finish(Duration::from_mins(1)).stopped, None);
        (path, self.folder)
    }
}

#[test]
fn a_growing_session_is_shown_as_it_grows_and_its_end_is_told() {
    let server = Server::new();
    server.called("1-Pre-echo_pre");
    let console = Opened::attached(100, 30, Session::new(&server.path()).unwrap());
    console.sees("session orders-");
    console.sees(" pre ");
    console.sees_no("post_key");
    server.called("3-PostKeyAuth-echo_post_key_auth");
    server.called("4-Post-echo_post");
    console.sees(" post ");
    console.sees("3 · following");
    console.keys(&["5"]);
    console.sees("Its server writes it");
    console.keys(&["s"]);
    console.sees("a session is looked at");
    let (_path, _folder) = server.end();
    console.sees("Its server has ended");
}

#[test]
fn a_session_of_the_past_is_whole_and_what_is_damaged_is_told() {
    let server = Server::new();
    for _ in 0..200 {
        server.called("1-Pre-echo_pre");
    }
    let (path, _folder) = server.end();
    let console = Opened::attached(100, 30, Session::new(&path).unwrap());
    console.sees("200 · following");
    console.keys(&["5"]);
    console.sees("Its server has ended");

    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let console = Opened::attached(100, 30, Session::new(&path).unwrap());
    console.sees("the session is damaged after number ");
}

#[test]
fn a_console_records_from_a_key_on_and_until_it_ends() {
    let console = Opened::at_home(100, 30);
    let address = console.address();
    console.keys(&["5", "w"]);
    console.sees("recording to the session orders-auth-");
    console.sees("● recording");
    let traffic = tyk_tui::flows::demo::Traffic::start(&address, tyk_tui::flows::demo::Pace::BRISK);
    console.drive.wait(|screen| !screen.contains("recorded 0")).unwrap();
    drop(traffic);
    console.keys(&["w"]);
    console.sees_no("● recording");
    let home = console.folder.parent().unwrap().join("home");
    let (listed, problems) = tyk_tui::flows::session::list(&home.join("state/sessions")).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert!(listed.len() == 1 && listed[0].records > 0 && !listed[0].growing, "{listed:?}");
}

#[test]
fn quitting_offers_to_leave_a_server_that_is_called() {
    let console = Opened::at_home(100, 30);
    let address = console.address();
    let traffic = tyk_tui::flows::demo::Traffic::start(&address, tyk_tui::flows::demo::Pace::BRISK);
    console.keys(&["6"]);
    console.sees("following");
    console.drive.wait(|screen| screen.contains(" pre ")).unwrap();
    drop(traffic);
    console.keys(&["q"]);
    console.sees("had traffic in the last minute");
    console.sees("l leave the server running");
    console.keys(&["n", "5"]);
    console.sees("Plugin server");
    // Without an answer to that question the key does nothing of the kind.
    console.keys(&["l"]);
    console.sees(" plaintext");
}

#[test]
fn records_beyond_the_memory_are_listed_and_opened() {
    let server = Server::new();
    server.called("1-Pre-echo_pre");
    for _ in 0..300 {
        server.called("2-CustomKeyCheck-auth_ok_key");
    }
    let (path, _folder) = server.end();
    let session = Session::new(&path).unwrap();
    let ring = "[capture]\nmax_records = 50\n";
    let console = Opened::attached_in(200, 40, session, |project| {
        std::fs::write(project.join("tyk-tui.toml"), ring).unwrap();
    });
    console.sees("301 · following");
    console.keys(&["g"]);
    console.sees(" 1 · pre · echo_pre");
    console.sees(" pre ");
    console.keys(&["y"]);
    console.sees("copied the record as JSON");
    let copied: serde_json::Value = serde_json::from_str(&console.drive.copies()[0]).unwrap();
    assert_eq!((&copied["seq"], &copied["hook"]), (&1.into(), &"pre".into()));
    console.keys(&["/"]);
    console.drive.type_text("| .request.hookName == \"echo_pre\"");
    console.keys(&["enter"]);
    console.sees("1 of 301");
    console.keys(&["esc", "j"]);
    console.sees(" 2 · auth_check");
    // What cannot be read any more is still in the list, and says why it cannot be opened.
    std::fs::write(&path, b"something else").unwrap();
    console.keys(&["g", "j", "j", "j"]);
    console.sees(" 4 · auth_check");
    console.keys(&["]", "]", "]"]);
    console.sees("this is no session of tyk-tui");
}
