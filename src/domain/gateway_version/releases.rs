//! The releases that are known, and what each does with a bundle.

use std::fmt;

use super::loading::{ALL_ON_DISK, DOWNLOADS_ONLY, Loading, ONLY_LOGGED, SIGNED_ON_DISK};

/// The number of a release. 5.15 is known as a pre-release alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    /// 5 in 5.3.13.
    pub major: u16,
    /// 3 in 5.3.13.
    pub minor: u16,
    /// 13 in 5.3.13.
    pub patch: u16,
}

impl Number {
    /// A number.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// The releases with one minor number.
pub(super) struct Line {
    /// Its newest release.
    pub(super) newest: Number,
    /// The first patch that behaves so; ascending, the first is 0.
    behaviours: &'static [(u16, Loading)],
}

/// One line a minor number, ascending.
const LINES: &[Line] = &[
    line(0, 15, &[(0, ONLY_LOGGED), (12, DOWNLOADS_ONLY)]),
    line(1, 2, &[(0, ONLY_LOGGED)]),
    line(2, 6, &[(0, ONLY_LOGGED)]),
    line(3, 13, &[(0, ONLY_LOGGED), (1, DOWNLOADS_ONLY)]),
    line(4, 0, &[(0, DOWNLOADS_ONLY)]),
    line(5, 2, &[(0, DOWNLOADS_ONLY)]),
    line(6, 1, &[(0, DOWNLOADS_ONLY)]),
    line(7, 3, &[(0, DOWNLOADS_ONLY)]),
    line(8, 15, &[(0, DOWNLOADS_ONLY), (7, ALL_ON_DISK), (11, SIGNED_ON_DISK)]),
    line(9, 2, &[(0, DOWNLOADS_ONLY)]),
    line(10, 2, &[(0, DOWNLOADS_ONLY), (1, ALL_ON_DISK)]),
    line(11, 1, &[(0, ALL_ON_DISK), (1, SIGNED_ON_DISK)]),
    line(12, 1, &[(0, SIGNED_ON_DISK)]),
    line(13, 1, &[(0, SIGNED_ON_DISK)]),
    line(14, 0, &[(0, SIGNED_ON_DISK)]),
];

/// The newest that is known of all.
pub(super) const NEWEST: &str = "5.15.0-alpha8";
pub(super) const NEWEST_NUMBER: Number = Number::new(5, 15, 0);

const fn line(minor: u16, newest: u16, behaviours: &'static [(u16, Loading)]) -> Line {
    Line { newest: Number::new(5, minor, newest), behaviours }
}

/// The releases with these numbers; `None` where none is known.
pub(super) fn of(major: u16, minor: u16) -> Option<&'static Line> {
    LINES.iter().find(|line| (line.newest.major, line.newest.minor) == (major, minor))
}

/// The newest release that is no pre-release.
pub(super) fn newest_stable() -> &'static Line {
    &LINES[LINES.len() - 1]
}

impl Line {
    /// What a patch does with a bundle; one newer than its newest does as that one.
    pub(super) fn loading(&self, patch: u16) -> &'static Loading {
        let begun = self.behaviours.partition_point(|(first, _)| *first <= patch);
        // The first behaviour begins with patch 0.
        &self.behaviours[begun.saturating_sub(1)].1
    }
}

/// The releases that are known, for people: `5.0.0–5.0.15, 5.1.0–5.1.2, …`.
pub fn known() -> String {
    let range = |line: &Line| match line.newest {
        only @ Number { patch: 0, .. } => only.to_string(),
        newest => format!("{}–{newest}", Number { patch: 0, ..newest }),
    };
    let mut names: Vec<String> = LINES.iter().map(range).collect();
    names.push(NEWEST.to_owned());
    names.join(", ")
}
