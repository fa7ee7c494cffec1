//! What a key costs in a large text: from the key to the frame that shows it, in a manifest of 1 MiB against one of
//! 10 KiB, through the console's real loop.
//!
//! Keys go to both in turn, so that a machine that slows down slows both; the figures are medians. Between two keys there
//! is a pause in which a large text is looked at as a whole: how long that keeps the console is printed too.
//! `cargo bench --bench editor`.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use tyk_tui::config::{self, Sources};
use tyk_tui::log::Ring;
use tyk_tui::tui::Console;
use tyk_tui::tui::drive::Drive;

const KEYS: usize = 41;

/// After so long without a key the console looks at a large text as a whole.
const PAUSE: Duration = Duration::from_millis(250);

/// Longer than a frame waits for the one before, and than the pause after which a large text is looked at.
const BETWEEN: Duration = Duration::from_millis(320);

fn main() {
    let (small, large) = (Typist::at(10 << 10), Typist::at(1 << 20));
    let mut pairs = Vec::new();
    let mut looks = Vec::new();
    for _ in 0..KEYS {
        let small = small.key();
        let start = Instant::now();
        pairs.push([small, large.key()]);
        looks.push(large.look(start));
        std::thread::sleep(BETWEEN);
    }
    let times = [0, 1].map(|which| median(pairs.iter().map(|pair| pair[which]).collect()));
    let ratio = median(pairs.iter().map(|pair| pair[1] / pair[0]).collect());
    println!("key to frame at 10 KiB:   {:7.3} ms", times[0]);
    println!("key to frame at 1 MiB:    {:7.3} ms   (budget 4)", times[1]);
    println!("a look at 1 MiB as a whole, after a pause: {:.1} ms", median(looks));
    println!("1 MiB / 10 KiB:           {ratio:7.2}      (budget 9)");
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Somebody who types in the middle of a manifest.
struct Typist {
    drive: Drive,
    _folder: tempfile::TempDir,
}

impl Typist {
    fn at(bytes: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let text = manifest(bytes);
        let middle = text.lines().count() / 2;
        std::fs::write(folder.path().join("manifest.json"), text).expect("a file");
        let sources = Sources::only(folder.path())
            .flag("server.listen", "--listen", Some("127.0.0.1:0"))
            .flag("host.listen", "--host", Some("127.0.0.1:0"));
        let loaded = config::load_safe(&sources).expect("settings");
        let console = Console::new(loaded, Ring::default());
        let drive = Drive::open(console, 200, 60).expect("a console");
        let sees = |text: &str| drop(drive.wait_for(text).expect("the manifest"));
        sees("file_list");
        drive.key("]");
        sees("▐text▌");
        drive.key("enter");
        drive.key("ctrl-g");
        drive.type_text(&middle.to_string());
        drive.key("enter");
        sees(&format!("{middle}:1"));
        drive.key("end");
        drive.key("left");
        drive.key("left");
        std::thread::sleep(4 * BETWEEN);
        Self { drive, _folder: folder }
    }

    /// Presses a key, and waits for its frame; in milliseconds.
    fn key(&self) -> f64 {
        let frames = self.drive.frames();
        let start = Instant::now();
        self.drive.key("x");
        assert!(self.drive.wait_for_frame(frames), "a key has its frame");
        start.elapsed().as_secs_f64() * 1_000.0
    }
    /// Waits for the frame after the pause; what it took beyond the pause that began at a key, in milliseconds.
    fn look(&self, key: Instant) -> f64 {
        assert!(self.drive.wait_for_frame(self.drive.frames()), "a pause has its frame");
        (key.elapsed().saturating_sub(PAUSE)).as_secs_f64() * 1_000.0
    }
}

/// A manifest of so many bytes: a long list of files.
fn manifest(bytes: usize) -> String {
    let mut text = String::from(
        "{\n  \"custom_middleware\": {\n    \"driver\": \"python\",\n    \"pre\": [\n",
    );
    let mut number = 0;
    while text.len() < bytes {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "      {{\n        \"name\": \"Hook{number}\",\n        \"raw_body_only\": false\n      }},"
        );
        number += 1;
    }
    text.push_str("      {\"name\": \"Last\"}\n    ]\n  },\n  \"file_list\": []\n}\n");
    text
}
