//! What a filter can ask about: one table, which the parser, the completion and the help of commands are made from.

/// A field whose values are text; some have several values, or none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// The hook by the manifest's word, `event` for an event.
    Hook,
    /// The hook's name, or the event handler's.
    Name,
    /// `spec.APIID`.
    Api,
    /// The request's method.
    Method,
    /// The request's path and query.
    Path,
    /// How it ended, in one word.
    Outcome,
    /// The rule that answered.
    Rule,
    /// `dispatch`, `event` or `dropped`.
    Kind,
    /// The caller's address.
    Peer,
    /// Why it failed.
    Error,
    /// The bodies of request, response and answer.
    Body,
    /// The values of a header, of request and response, sent or set.
    Header(String),
    /// Whether the row is marked: one value, or none.
    Mark,
    /// What somebody noted on the row.
    Note,
}

/// A field whose value is a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// The status that the caller will see.
    Status,
    /// Until the answer went out, in microseconds.
    Took,
    /// Of it, held at a breakpoint, in microseconds.
    Held,
    /// Bytes of both sides.
    Size,
    /// The number of the record.
    Seq,
}

/// Which values a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// Any text: `:` finds it anywhere in the value, without case.
    Text,
    /// A word that is compared whole, without case.
    Word,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A count, or a class of status (`4xx`).
    Status,
    /// A time: `us`, `ms` (also where there is no unit), `s`.
    Time,
    /// A size: bytes, `KiB`, `MiB`, `kB`, `MB`.
    Size,
    /// A plain number.
    Count,
    /// Nothing: it holds or not.
    Nothing,
}

/// A row of the table.
pub(super) struct About {
    /// As it is written before the operator.
    pub(super) word: &'static str,
    pub(super) takes: Takes,
    /// For people, in a few words.
    pub(super) says: &'static str,
}

const fn row(word: &'static str, takes: Takes, says: &'static str) -> About {
    About { word, takes, says }
}

pub(super) const HOOKS: &[&str] =
    &["pre", "auth_check", "post_key_auth", "post", "response", "event", "unknown", "other"];
/// The outcome of a call that has not ended.
pub(super) const HELD: &str = "held";
pub(super) const OUTCOMES: &[&str] =
    &["passed", "changed", "refused", "overridden", "failed", HELD];
const KINDS: &[&str] = &["dispatch", "event", "dropped"];

/// Before the name of a header.
pub(super) const HEADER: &str = "header.";

/// What stands alone for marked rows.
pub(super) const MARK: &str = "mark";

/// All fields but `header.NAME`, in the order in which they are offered.
pub(super) const FIELDS: [About; 18] = [
    row("hook", Takes::OneOf(HOOKS), "the hook, by the manifest's word"),
    row("name", Takes::Text, "the hook's name"),
    row("api", Takes::Text, "the API's id"),
    row("method", Takes::Word, "the request's method"),
    row("path", Takes::Text, "the request's path and query"),
    row("status", Takes::Status, "what the caller will see: 403, 4xx"),
    row("outcome", Takes::OneOf(OUTCOMES), "how it ended"),
    row("rule", Takes::Text, "the rule that answered; =\"\": none"),
    row("took", Takes::Time, "until the answer went out: >10ms"),
    row("size", Takes::Size, "bytes of both sides: >4KiB"),
    row("body", Takes::Text, "the bodies of both sides"),
    row("error", Takes::Text, "why it failed"),
    row("kind", Takes::OneOf(KINDS), "what was called"),
    row("held", Takes::Time, "how long it was held"),
    row("peer", Takes::Text, "the caller's address"),
    row("seq", Takes::Count, "the record's number"),
    row(MARK, Takes::Nothing, "the row is marked"),
    row("note", Takes::Text, "what is noted on the row"),
];

/// What a field's word stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    Text(Text, Takes),
    Number(Number, Takes),
}

/// The field of this name.
pub(super) fn meant(word: &str) -> Option<Meant> {
    if let Some(name) = word.strip_prefix(HEADER).filter(|name| !name.is_empty()) {
        return Some(Meant::Text(Text::Header(name.to_owned()), Takes::Text));
    }
    let takes = FIELDS.iter().find(|about| about.word == word)?.takes;
    Some(match word {
        "hook" => Meant::Text(Text::Hook, takes),
        "name" => Meant::Text(Text::Name, takes),
        "api" => Meant::Text(Text::Api, takes),
        "method" => Meant::Text(Text::Method, takes),
        "path" => Meant::Text(Text::Path, takes),
        "outcome" => Meant::Text(Text::Outcome, takes),
        "rule" => Meant::Text(Text::Rule, takes),
        "kind" => Meant::Text(Text::Kind, takes),
        "peer" => Meant::Text(Text::Peer, takes),
        "error" => Meant::Text(Text::Error, takes),
        "body" => Meant::Text(Text::Body, takes),
        MARK => Meant::Text(Text::Mark, takes),
        "note" => Meant::Text(Text::Note, takes),
        "status" => Meant::Number(Number::Status, takes),
        "took" => Meant::Number(Number::Took, takes),
        "held" => Meant::Number(Number::Held, takes),
        "size" => Meant::Number(Number::Size, takes),
        "seq" => Meant::Number(Number::Seq, takes),
        _ => return None,
    })
}

impl Text {
    /// As it is written.
    pub fn word(&self) -> String {
        match self {
            Self::Hook => "hook",
            Self::Name => "name",
            Self::Api => "api",
            Self::Method => "method",
            Self::Path => "path",
            Self::Outcome => "outcome",
            Self::Rule => "rule",
            Self::Kind => "kind",
            Self::Peer => "peer",
            Self::Error => "error",
            Self::Body => "body",
            Self::Mark => MARK,
            Self::Note => "note",
            Self::Header(name) => return format!("{HEADER}{name}"),
        }
        .to_owned()
    }

    /// Whether it is of what people marked.
    pub(super) fn is_mark(&self) -> bool {
        matches!(self, Self::Mark | Self::Note)
    }

    /// Whether a list's row has it as a text of its own, not as a word of a table.
    pub(super) fn is_free(&self) -> bool {
        match self {
            Self::Name
            | Self::Api
            | Self::Method
            | Self::Path
            | Self::Rule
            | Self::Peer
            | Self::Error => true,
            Self::Hook
            | Self::Kind
            | Self::Outcome
            | Self::Body
            | Self::Header(_)
            | Self::Mark
            | Self::Note => false,
        }
    }

    /// Whether a list's row has it, so that no Object is read for it.
    pub(super) fn is_indexed(&self) -> bool {
        !matches!(self, Self::Body | Self::Header(_))
    }
}

impl Number {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Took => "took",
            Self::Held => "held",
            Self::Size => "size",
            Self::Seq => "seq",
        }
    }
}
