//! A console on a project of its own, and what is true of every pane.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tyk_tui::config::{self, Sources};
use tyk_tui::flows::session::Opened as Session;
use tyk_tui::log::Ring;
use tyk_tui::tui::Console;
use tyk_tui::tui::drive::Drive;

/// A manifest with one file and one hook.
pub(crate) const MANIFEST: &str = r#"{
  "file_list": ["settings.json"],
  "custom_middleware": {
    "pre": [{"name": "MyPre"}],
    "auth_check": {"name": "MyAuth"},
    "driver": "grpc"
  },
  "mine": 1
}
"#;

/// A console that runs.
pub(crate) struct Opened {
    pub(crate) drive: Drive,
    pub(crate) folder: PathBuf,
    root: TempDir,
}

impl Opened {
    /// On a project with a manifest and its file.
    pub(crate) fn new(width: u16, height: u16) -> Self {
        Self::with(width, height, &[], |_| {})
    }

    /// The same, with settings (`section.key`, value), after `prepare` has been in the folder.
    pub(crate) fn with(
        width: u16,
        height: u16,
        settings: &[(&'static str, &str)],
        prepare: impl FnOnce(&std::path::Path),
    ) -> Self {
        Self::started((width, height), settings, prepare, None, false)
    }

    /// The same, where the console can read its configuration anew.
    pub(crate) fn reading_anew(
        width: u16,
        height: u16,
        prepare: impl FnOnce(&std::path::Path),
    ) -> Self {
        Self::started((width, height), &[], prepare, None, true)
    }

    /// The same as [`Opened::new`], with a profile of the configuration that `prepare` writes.
    pub(crate) fn using(
        (width, height): (u16, u16),
        profile: &str,
        prepare: impl FnOnce(&std::path::Path),
    ) -> Self {
        Self::started((width, height), &[], prepare, Some(profile), false)
    }

    /// The same, where what outlives a console is kept, under a home of its own.
    pub(crate) fn at_home(width: u16, height: u16) -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("orders-auth");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("manifest.json"), MANIFEST).unwrap();
        Self::at_home_in(root, width, height)
    }

    /// Ends it, and opens another one at the same home.
    pub(crate) fn reopened(self, width: u16, height: u16) -> Self {
        self.reopened_after(width, height, |_| {})
    }

    /// The same, after `meanwhile` has been in the folder where what outlives a console is kept.
    pub(crate) fn reopened_after(
        self,
        width: u16,
        height: u16,
        meanwhile: impl FnOnce(&std::path::Path),
    ) -> Self {
        let state = self.state();
        let Self { drive, root, .. } = self;
        drop(drive);
        meanwhile(&state);
        Self::at_home_in(root, width, height)
    }

    /// The folder where what outlives a console of a home is kept.
    pub(crate) fn state(&self) -> PathBuf {
        config::Paths::under(&self.root.path().join("home")).state().to_owned()
    }

    fn at_home_in(root: TempDir, width: u16, height: u16) -> Self {
        let folder = root.path().join("orders-auth");
        let paths = config::Paths::under(&root.path().join("home"));
        let sources = Sources { paths: Some(paths), ..Sources::only(&folder) }
            .flag("server.listen", "--listen", Some("127.0.0.1:0"))
            .flag("host.listen", "--host", Some("127.0.0.1:0"));
        let loaded = config::load_safe(&sources).unwrap();
        let console = Console { sources: Some(sources), ..Console::new(loaded, Ring::default()) };
        let drive = Drive::open(console, width, height).unwrap();
        Self { drive, folder, root }
    }

    /// On a session instead of a server of its own.
    pub(crate) fn attached(width: u16, height: u16, session: Session) -> Self {
        Self::attached_in(width, height, session, |_| {})
    }

    /// The same, after `prepare` has been in the project's folder.
    pub(crate) fn attached_in(
        width: u16,
        height: u16,
        session: Session,
        prepare: impl FnOnce(&std::path::Path),
    ) -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("orders-auth");
        std::fs::create_dir(&folder).unwrap();
        prepare(&folder);
        let loaded = config::load_safe(&Sources::only(&folder)).unwrap();
        let mut console = Console::new(loaded, Ring::default());
        console.session = Some(session);
        console.stream_first = true;
        let drive = Drive::open(console, width, height).unwrap();
        Self { drive, folder, root }
    }

    fn started(
        (width, height): (u16, u16),
        settings: &[(&'static str, &str)],
        prepare: impl FnOnce(&std::path::Path),
        profile: Option<&str>,
        reads_anew: bool,
    ) -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("orders-auth");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("manifest.json"), MANIFEST).unwrap();
        std::fs::write(folder.join("settings.json"), "print('hello')\n").unwrap();
        prepare(&folder);
        let mut sources = Sources::only(&folder)
            .flag("server.listen", "--listen", Some("127.0.0.1:0"))
            .flag("host.listen", "--host", Some("127.0.0.1:0"));
        sources.profile = profile.map(str::to_owned);
        for (key, value) in settings {
            sources = sources.flag(key, "--flag", Some(value));
        }
        let loaded = config::load_safe(&sources).unwrap();
        let sources = reads_anew.then_some(sources);
        let console = Console { sources, ..Console::new(loaded, Ring::default()) };
        let drive = Drive::open(console, width, height).unwrap();
        Self { drive, folder, root }
    }

    /// Presses keys, one after the other.
    pub(crate) fn keys(&self, names: &[&str]) {
        for name in names {
            assert!(self.drive.key(name), "{name} is no key, or the console has ended");
        }
    }

    /// Waits until this is on the screen.
    #[track_caller]
    pub(crate) fn sees(&self, text: &str) {
        if let Err(screen) = self.drive.wait_for(text) {
            panic!("`{text}` never came; the screen was:\n{screen}");
        }
    }

    /// Waits until this is not on the screen.
    #[track_caller]
    pub(crate) fn sees_no(&self, text: &str) {
        if let Err(screen) = self.drive.wait(|screen| !screen.contains(text)) {
            panic!("`{text}` never went; the screen was:\n{screen}");
        }
    }

    /// Selects the row of a list that says this, by keys.
    #[track_caller]
    pub(crate) fn selects(&self, text: &str) {
        let is_selected = |line: &&str| line.contains('▌') && !line.contains('▐');
        // Beside the list is the detail, which may say the same.
        let list = |line: &str| line.split("┃│").next().unwrap_or_default().to_owned();
        let row = |screen: &str| screen.lines().skip(2).position(|line| list(line).contains(text));
        let selected = |screen: &str| screen.lines().skip(2).position(|line| is_selected(&line));
        let there = |screen: &str| row(screen).is_some() && selected(screen).is_some();
        if let Err(screen) = self.drive.wait(there) {
            panic!("no row says `{text}`, or none is selected; the screen was:\n{screen}");
        }
        let screen = self.drive.text();
        let (to, from) = (row(&screen).unwrap(), selected(&screen).unwrap());
        let key = if to < from { "k" } else { "j" };
        self.keys(&vec![key; to.abs_diff(from)]);
        let there = |screen: &str| selected(screen) == row(screen);
        if let Err(screen) = self.drive.wait(there) {
            panic!("`{text}` was not selected; the screen was:\n{screen}");
        }
    }

    /// The manifest's file.
    pub(crate) fn manifest(&self) -> String {
        std::fs::read_to_string(self.folder.join("manifest.json")).unwrap()
    }
}

#[test]
fn consent_moves_the_servers_to_where_the_project_wants_them() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("orders-auth");
    std::fs::create_dir(&folder).unwrap();
    let paths = config::Paths::under(&root.path().join("home"));
    std::fs::create_dir_all(paths.config_file().parent().unwrap()).unwrap();
    // The same port in both, so that the new server needs the old one to be gone.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let listen = |host: &str| format!("[server]\nlisten = \"{host}:{port}\"\n");
    std::fs::write(paths.config_file(), listen("127.0.0.1")).unwrap();
    std::fs::write(config::Paths::project_file(&folder), listen("0.0.0.0")).unwrap();
    let sources = Sources { paths: Some(paths), ..Sources::only(&folder) }.flag(
        "host.listen",
        "--host",
        Some("127.0.0.1:0"),
    );
    let loaded = config::load_safe(&sources).unwrap();
    assert_eq!(loaded.untrusted.len(), 1);
    let console = Console { sources: Some(sources), ..Console::new(loaded, Ring::default()) };
    let console = Opened { drive: Drive::open(console, 120, 30).unwrap(), folder, root };
    console.sees("Trust this project?");
    console.sees(&format!("● server :{port}"));
    console.keys(&["y"]);
    console.sees(&format!("● 0.0.0.0:{port} plaintext"));
}

#[test]
fn number_keys_open_panes_and_q_ends() {
    let console = Opened::new(80, 24);
    console.sees("▐1 Manifest▌");
    console.sees("MyAuth");
    for (key, title) in [
        ("3", "▐3 Bundle▌"),
        ("5", "▐5 Server▌"),
        ("6", "▐6 Stream▌"),
        ("0", "▐0 Log"),
        ("1", "▐1 Manifest▌"),
    ] {
        console.keys(&[key]);
        console.sees(title);
    }
    console.keys(&["q"]);
    console.drive.ended().unwrap();
}

#[test]
fn esc_closes_only_the_topmost_and_help_has_the_panes_keys_first() {
    let console = Opened::new(80, 24);
    console.keys(&["6", "?"]);
    console.sees("Hold the list still");
    console.keys(&["esc"]);
    console.sees_no("Hold the list still");
    console.sees("▐6 Stream▌");
}

#[test]
fn the_palette_finds_and_runs() {
    let console = Opened::new(80, 24);
    console.keys(&["ctrl-p"]);
    console.sees("All actions");
    console.drive.type_text("go to the log");
    console.keys(&["enter"]);
    console.sees("▐0 Log");
}

#[test]
fn an_action_that_cannot_be_had_says_why() {
    let console = Opened::new(80, 24);
    console.sees("MyAuth");
    console.keys(&["ctrl-s"]);
    console.sees("nothing has changed");
    console.keys(&["ctrl-x"]);
    console.sees("nothing is under way");
}

#[test]
fn a_small_screen_says_so_and_a_larger_one_is_drawn_again() {
    let console = Opened::new(10, 3);
    console.sees("too small");
    console.drive.resize(80, 24);
    console.sees("1 Manifest");
    console.drive.resize(200, 60);
    console.sees("MyAuth");
    // What they took is there for who measures it, once; that of the last frame a moment after it is seen.
    let mut times = Vec::new();
    let until = Instant::now() + Duration::from_secs(30);
    while times.len() < 2 && Instant::now() < until {
        times.extend(console.drive.frame_times());
        std::thread::yield_now();
    }
    assert!(times.len() >= 2 && times.iter().all(|time| !time.is_zero()), "{times:?}");
    assert!(times.len() as u64 <= console.drive.frames());
}

#[test]
fn servers_start_and_stop_and_a_taken_port_is_stepped_over() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    let console = Opened::with(80, 24, &[("host.listen", &port)], |_| {});
    console.keys(&["5"]);
    console.sees("the port is in use");
    console.sees("p starts it on another port");
    console.keys(&["p"]);
    console.sees("bundle_base_url");
    console.keys(&["s"]);
    console.sees("The plugin server is not running.");
    console.keys(&["s"]);
    console.sees("in flight 0");
}

#[test]
fn an_idle_console_draws_nothing() {
    let console = Opened::new(80, 24);
    console.keys(&["6"]);
    console.sees("Every Dispatch of your Gateway");
    // Every key is answered by a frame; when its frame is there, nothing else is due.
    console.keys(&["1"]);
    console.sees("unknown key");
    console.sees("15 B");
    let before = console.drive.frames();
    console.keys(&["0"]);
    console.sees("▐0 Log");
    assert!(
        console.drive.frames() - before <= 4,
        "{} frames for one key",
        console.drive.frames() - before
    );
}

#[test]
fn a_click_opens_a_tab_and_selects_a_row() {
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
    let console = Opened::new(80, 24);
    console.sees("MyAuth");
    let click = |column, row| MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column,
        row,
        modifiers: KeyModifiers::NONE,
    };
    console.drive.mouse(click(2, 5));
    let selected = |line: &str| line.starts_with('▌') && line.contains("settings.json");
    console.drive.wait(|screen| screen.lines().any(selected)).unwrap();
    console.drive.mouse(click(23, 1));
    console.sees("▐3 Bundle▌");
}
