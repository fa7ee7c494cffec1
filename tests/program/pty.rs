//! A pseudo-terminal with the program in it.

use std::io::{Read as _, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::home::Home;

/// How long a screen is waited for; a machine under load is slow.
const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) const MANIFEST: &str =
    r#"{"file_list":["a.py"],"custom_middleware":{"pre":[{"name":"MyPre"}],"driver":"grpc"}}"#;

/// A terminal with a program in it.
pub(crate) struct Terminal {
    pub(crate) master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    is_deaf: Arc<AtomicBool>,
    pub(crate) screen: vt100::Parser,
    pub(crate) home: Home,
}

impl Terminal {
    /// A shell's script in the folder of a project; `$0` is the program.
    pub(crate) fn shell(columns: u16, rows: u16, variables: &[(&str, &str)], script: &str) -> Self {
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
        let is_deaf = Arc::new(AtomicBool::new(false));
        let deaf = Arc::clone(&is_deaf);
        std::thread::spawn(move || {
            let mut buffer = [0; 8_192];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() || deaf.load(Ordering::Relaxed) {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(rows, columns, 0);
        Self { master: pair.master, child, keys, output, is_deaf, screen, home }
    }

    /// Reads nothing more of what the program writes; returns the keyboard. Only [`Terminal::terminated`] and
    /// [`Terminal::ends_deaf`] can follow.
    pub(crate) fn deaf(&mut self) -> Box<dyn Write + Send> {
        self.is_deaf.store(true, Ordering::Relaxed);
        std::mem::replace(&mut self.keys, Box::new(std::io::sink()))
    }

    /// How the program ended, whatever it wrote last.
    pub(crate) fn ends_deaf(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "it never ended");
            std::thread::yield_now();
        }
    }

    /// Types bytes, as a keyboard does.
    pub(crate) fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until this is on the screen.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    #[track_caller]
    pub(crate) fn until(&mut self, what: &str, there: impl Fn(&vt100::Screen) -> bool) {
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

    /// What stands between two texts on the screen, once both are there.
    #[track_caller]
    pub(crate) fn between(&mut self, before: &str, after: char) -> String {
        self.sees(before);
        let contents = self.screen.screen().contents();
        let (_, text) = contents.split_once(before).unwrap();
        text.chars().take_while(|c| *c != after).collect()
    }

    /// Tells the program that its terminal was closed, as the kernel does.
    pub(crate) fn hangs_up(&self) {
        rustix::process::kill_process(self.pid(), rustix::process::Signal::HUP).unwrap();
    }

    /// Sends SIGTERM to what the shell became.
    pub(crate) fn terminated(&self) {
        rustix::process::kill_process(self.pid(), rustix::process::Signal::TERM).unwrap();
    }

    /// Its memory, in KiB.
    pub(crate) fn resident(&self) -> usize {
        let path = format!("/proc/{}/status", self.pid().as_raw_nonzero());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    fn pid(&self) -> rustix::process::Pid {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::Pid::from_raw(pid).unwrap()
    }

    /// Waits for the end, and takes in what was written until then.
    pub(crate) fn ends(&mut self) -> u32 {
        let code = self.child.wait().unwrap().exit_code();
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(300)) {
            self.screen.process(&bytes);
        }
        code
    }

    /// The terminal's own settings: echo, line mode, ….
    pub(crate) fn settings(&self) -> String {
        format!("{:?}", self.master.get_termios().unwrap())
    }

    /// The terminal is as a shell wants it: no mode of ours is left.
    #[track_caller]
    pub(crate) fn is_as_before(&self, settings: &str) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pastes are still marked");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(self.settings(), settings);
    }
}
