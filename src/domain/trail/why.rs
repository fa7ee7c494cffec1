//! Why a hook that was expected did not come.

use std::fmt;

use crate::domain::api::Phase;

/// The reason, or what is likely to be it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// An earlier hook answered in the Gateway's place.
    Answered {
        /// That hook.
        by: String,
        /// What the caller got, where it is known.
        status: Option<u16>,
    },
    /// An earlier hook failed, and so did the request.
    Failed {
        /// That hook.
        by: String,
        /// What the caller got, where it is known.
        status: Option<u16>,
    },
    /// An earlier hook is not answered yet.
    Held {
        /// That hook.
        by: String,
    },
    /// Anybody gets in: neither `auth_check` nor `post_key_auth` is called.
    Keyless,
    /// Custom authentication is not on.
    NotAsked,
    /// The definition switches it off.
    Disabled,
    /// The hooks run in the Gateway.
    Inside {
        /// Its driver.
        driver: String,
    },
    /// The id extractor knew the caller.
    Cached,
    /// The header is missing that the id extractor looks at.
    NoId {
        /// The header.
        header: String,
    },
    /// The Gateway may be on its way to it.
    NotYet,
    /// The Gateway said at the time that it stopped a request.
    Event {
        /// The event's name.
        event: String,
    },
    /// The Gateway did not go on, or its upstream did not answer.
    Stopped {
        /// Where the hook would have come.
        before: Phase,
    },
    /// Records were lost at the time.
    Lost {
        /// How many.
        records: u64,
    },
    /// The capture does not reach back so far.
    Forgotten,
    /// Later hooks came all the same.
    Skipped,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = |status: &Option<u16>| {
            status.map_or_else(String::new, |status| format!(" with {status}"))
        };
        match self {
            Self::Answered { by, status: code } => write!(f, "{by} answered{}", status(code)),
            Self::Failed { by, status: code } => write!(f, "{by} failed{}", status(code)),
            Self::Held { by } => write!(f, "{by} is held"),
            Self::Keyless => f.write_str("the API is keyless"),
            Self::NotAsked => f.write_str("custom authentication is off"),
            Self::Disabled => f.write_str("disabled in the definition"),
            Self::Inside { driver } => write!(f, "driver {driver}: it runs in the Gateway"),
            Self::Cached => f.write_str("cached by the id extractor"),
            Self::NoId { header } => {
                write!(f, "refused unasked: no {header}, which the id extractor needs")
            }
            Self::NotYet => f.write_str("not yet"),
            Self::Event { event } => write!(f, "the Gateway stopped: {event}"),
            Self::Stopped { before } => f.write_str(match before {
                Phase::Pre => "the Gateway did not call it",
                Phase::AuthCheck => "the Gateway stopped before: IP list, size limit",
                Phase::PostKeyAuth => "the Gateway stopped after authentication",
                Phase::Post => {
                    "the Gateway stopped: key, rights, rate, quota, or its cache answered"
                }
                Phase::Response | Phase::TrafficLogs => "no answer of the upstream came through",
            }),
            Self::Lost { records: 1 } => f.write_str("unknown: a record was lost then"),
            Self::Lost { records } => write!(f, "unknown: {records} records were lost then"),
            Self::Forgotten => f.write_str("unknown: the capture does not reach back so far"),
            Self::Skipped => f.write_str("unknown: the Gateway may run another definition"),
        }
    }
}
