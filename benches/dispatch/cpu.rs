//! What of the processors this process has used: a figure that other programs on the machine hardly touch.

use std::time::Duration;

/// Ticks of a second in which Linux counts, whatever its kernel's own are.
const TICKS: u64 = 100;

/// By all threads since the start; `None` where there is no `/proc`.
pub(crate) fn used() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's name, which may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    let used = ticks()? + ticks()?;
    Some(Duration::from_millis(used * 1_000 / TICKS))
}
