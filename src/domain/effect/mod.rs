//! What a Gateway does with an answer: contract/dispatch.md section 3, decided off the answer's path.

use crate::domain::object::WireError;

/// How a Dispatch ended, as the Gateway will see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Equal as messages; what was only left out as in `trimmed` does not count.
    Passed,
    /// The answer differs.
    Changed,
    /// On a request hook a code of 400 or more, or an auth_check answer without session or token.
    Refused,
    /// On a request hook another code above 0.
    Overridden,
    /// No answer, or one on which the Gateway panics or which it cannot take.
    Failed,
    /// Held at a breakpoint.
    Held,
}

impl Outcome {
    /// The word in JSON and on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Changed => "changed",
            Self::Refused => "refused",
            Self::Overridden => "overridden",
            Self::Failed => "failed",
            Self::Held => "held",
        }
    }
}

/// What the Gateway will do with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// In one word.
    pub outcome: Outcome,
    /// The status that the API's caller will see, where the answer fixes it.
    pub status: Option<u16>,
    /// Why, where it failed or was refused without a code: for `error` in JSON.
    pub error: Option<String>,
}

/// Judges an answer (`Err` holds the text of a call that failed) to an Object. `trimmed`: our own server left out what
/// the Gateway does not read. `limit`: the Gateway's receive limit in bytes of the encoded Object.
pub fn judge(
    _request: &[u8],
    _answer: Result<&[u8], &str>,
    _trimmed: bool,
    _limit: usize,
) -> Result<Verdict, WireError> {
    unimplemented!("domain/effect")
}
