//! Times that an answer sets so far from its own call: they are others with every call, and are the same all the same.

use serde_json::Value;

use crate::domain::json::{Path, Step};

/// Where a session's answer has such a time, in seconds since 1970. Other members that are called so are none.
const FROM_CALL: [[&str; 2]; 2] = [["session", "expires"], ["session", "idExtractorDeadline"]];

/// Clocks are read a moment before or after, and seconds are whole.
const ROUGHLY: i64 = 2;

/// When a call was under way: from then to then, in seconds since 1970.
pub type Span = (i64, i64);

/// When two calls were.
#[derive(Clone, Copy, Debug)]
pub struct Moments {
    /// The one that was recorded.
    pub old: Span,
    /// The one that was sent now.
    pub new: Span,
}

impl Moments {
    /// Whether what stands at this place is a time that lies as far from its own call as the other one does.
    pub(super) fn agree(&self, path: &Path, old: &Value, new: &Value) -> bool {
        let names = |known: &[&str; 2]| {
            let is_key =
                |(step, name): (&Step, &&str)| matches!(step, Step::Key(key) if key == name);
            path.steps().len() == known.len() && path.steps().iter().zip(known).all(is_key)
        };
        if !FROM_CALL.iter().any(names) {
            return false;
        }
        let (Some(old), Some(new)) = (far(old, self.old), far(new, self.new)) else { return false };
        old.0.saturating_sub(new.1) <= ROUGHLY && new.0.saturating_sub(old.1) <= ROUGHLY
    }
}

/// How far a time lies from a call, at least and at most; none where it is no time, as 0 and -1 are not.
fn far(time: &Value, (from, to): Span) -> Option<(i64, i64)> {
    // Canonical JSON has 64 bits as text.
    let time = time.as_str().map_or_else(|| time.as_i64(), |text| text.parse().ok());
    let time = time.filter(|time| *time > 0)?;
    Some((time.saturating_sub(to), time.saturating_sub(from)))
}
