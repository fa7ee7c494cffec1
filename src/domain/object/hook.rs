//! Which hook an Object is for, in the manifest's words.

/// A hook by the manifest's words; the number is `HookType` on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hook {
    /// 0, or the field is absent.
    #[default]
    Unknown,
    /// 1, `Pre`.
    Pre,
    /// 2, `Post`.
    Post,
    /// 3, `PostKeyAuth`.
    PostKeyAuth,
    /// 4, `CustomKeyCheck`.
    AuthCheck,
    /// 5, `Response`.
    Response,
    /// A number that no Gateway we know sends.
    Other(i32),
}

impl Hook {
    /// From the wire.
    pub fn from_number(number: i32) -> Self {
        match number {
            0 => Self::Unknown,
            1 => Self::Pre,
            2 => Self::Post,
            3 => Self::PostKeyAuth,
            4 => Self::AuthCheck,
            5 => Self::Response,
            other => Self::Other(other),
        }
    }

    /// The manifest's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Pre => "pre",
            Self::Post => "post",
            Self::PostKeyAuth => "post_key_auth",
            Self::AuthCheck => "auth_check",
            Self::Response => "response",
            Self::Other(_) => "other",
        }
    }

    /// True for all but `response`: the Gateway reads `request` of the answer.
    pub fn is_request_hook(self) -> bool {
        self != Self::Response
    }
}

/// Which message some bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    /// `coprocess.Object`.
    Object,
    /// `coprocess.Event`.
    Event,
    /// `coprocess.EventReply`.
    EventReply,
}
