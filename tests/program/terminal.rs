//! The console in a pseudo-terminal: what a user's terminal sees, and what is left of it afterwards.

use std::io::{Read as _, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::home::Home;

/// How long a screen is waited for; a machine under load is slow.
const PATIENCE: Duration = Duration::from_secs(30);

const MANIFEST: &str =
    r#"{"file_list":["a.py"],"custom_middleware":{"pre":[{"name":"MyPre"}],"driver":"grpc"}}"#;

/// A terminal with a program in it.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    home: Home,
}

impl Terminal {
    /// A shell's script in the folder of a project; `$0` is the program.
    fn shell(columns: u16, rows: u16, variables: &[(&str, &str)], script: &str) -> Self {
        let home = Home::new();
        home.write("manifest.json", MANIFEST);
        home.write("a.py", "a = 1\n");
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_tyk-tui")]);
        command.env_clear();
        command.cwd(home.project());
        for (name, value) in [
            ("HOME", home.path().to_str().unwrap()),
            ("PATH", &std::env::var("PATH").unwrap()),
            ("TERM", "xterm-256color"),
            ("TYK_TUI_SERVER_LISTEN", "127.0.0.1:0"),
            ("TYK_TUI_HOST_LISTEN", "127.0.0.1:0"),
        ]
        .iter()
        .chain(variables)
        {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8_192];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(rows, columns, 0);
        Self { master: pair.master, child, keys, output, screen, home }
    }

    /// Types bytes, as a keyboard does.
    fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until this is on the screen.
    #[track_caller]
    fn sees(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    #[track_caller]
    fn until(&mut self, what: &str, there: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !there(self.screen.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!(
                        "{what}: never came; the screen was:\n{}",
                        self.screen.screen().contents()
                    );
                }
            }
        }
    }

    /// Waits for the end, and takes in what was written until then.
    fn ends(&mut self) -> u32 {
        let code = self.child.wait().unwrap().exit_code();
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(300)) {
            self.screen.process(&bytes);
        }
        code
    }

    /// The terminal's own settings: echo, line mode, ….
    fn settings(&self) -> String {
        format!("{:?}", self.master.get_termios().unwrap())
    }

    /// The terminal is as a shell wants it: no mode of ours is left.
    #[track_caller]
    fn is_as_before(&self, settings: &str) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pastes are still marked");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(self.settings(), settings);
    }
}

#[test]
fn from_start_over_one_key_to_quit() {
    let mut terminal = Terminal::shell(80, 24, &[], "read go; \"$0\"; echo ended $?");
    let before = terminal.settings();
    terminal.types("go\n");
    terminal.sees("1 Manifest");
    terminal.sees("MyPre");
    terminal.types("B");
    terminal.sees("✓ confirm");
    // Together the two would be alt-q.
    terminal.types("\x1b");
    terminal.until("the overlay to go", |screen| !screen.contents().contains("confirm"));
    terminal.types("q");
    terminal.sees("ended 0");
    assert_eq!(terminal.ends(), 0);
    terminal.is_as_before(&before);
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_returns() {
    let script = "set -m; read go; \"$0\"; echo stopped; read go; fg >/dev/null; echo ended";
    let mut terminal = Terminal::shell(80, 24, &[], script);
    let before = terminal.settings();
    terminal.types("go\n");
    terminal.sees("MyPre");
    terminal.types("\x1a");
    terminal.sees("stopped");
    terminal.is_as_before(&before);
    terminal.types("go\n");
    terminal.sees("MyPre");
    terminal.types("6");
    terminal.sees("6 Stream▌");
    terminal.types("q");
    terminal.sees("ended");
    terminal.ends();
    terminal.is_as_before(&before);
}

#[test]
fn sigterm_restores_and_ends() {
    let script = "read go; \"$0\" & wait $! ; echo ended $?";
    let script = format!("set -m; {}", script.replace("& wait $! ;", ";"));
    let mut terminal = Terminal::shell(80, 24, &[], &script);
    let before = terminal.settings();
    terminal.types("go\n");
    terminal.sees("MyPre");
    // The console is its own process group: the one in the foreground of the terminal.
    let group = terminal.master.process_group_leader().unwrap();
    let group = rustix::process::Pid::from_raw(group).unwrap();
    rustix::process::kill_process(group, rustix::process::Signal::TERM).unwrap();
    terminal.sees("ended 0");
    terminal.ends();
    terminal.is_as_before(&before);
}

#[test]
fn the_editor_has_the_terminal_to_itself() {
    let editor = tempfile::tempdir().unwrap();
    let script = editor.path().join("editor");
    let text = "#!/bin/sh\nprintf 'your turn\\n'\nread -r line\nprintf '%s' \"$line\" > \"$1\"\n";
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let variables = [("EDITOR", script.to_str().unwrap())];
    let mut terminal = Terminal::shell(80, 24, &variables, "exec \"$0\"");
    terminal.sees("MyPre");
    terminal.types("e");
    terminal.sees("your turn");
    // Every letter is the editor's: `q` and `6` are no keys of ours now.
    let line = MANIFEST.replace("MyPre", "q6FromEditor");
    terminal.types(&format!("{line}\n"));
    // The line is echoed while it is typed; the console is back once its tabs are.
    terminal.until("the new name in the console", |screen| {
        let text = screen.contents();
        text.contains("1 Manifest") && text.contains("q6FromEditor")
    });
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    let path = terminal.home.project().join("manifest.json");
    assert_eq!(std::fs::read_to_string(path).unwrap(), line);
}

#[test]
fn ten_columns_and_three_rows_are_met_with_a_word() {
    let mut terminal = Terminal::shell(10, 3, &[], "exec \"$0\"");
    terminal.sees("too small");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn no_color_has_no_colour() {
    let mut terminal = Terminal::shell(80, 24, &[("NO_COLOR", "1")], "exec \"$0\"");
    terminal.sees("MyPre");
    let screen = terminal.screen.screen();
    let coloured = |row, column| {
        screen.cell(row, column).is_some_and(|cell| {
            cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default
        })
    };
    assert!(!(0..24).any(|row| (0..80).any(|column| coloured(row, column))));
    terminal.types("q");
    terminal.ends();
}

#[test]
fn without_a_terminal_it_is_wrong_use() {
    let ran = Home::new().run(&[]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(format!("{ran:?}").contains("needs a terminal"), "{ran:?}");
}
