//! What goes over the socket: frames of a head, which is JSON, and a body, which is bytes as they were on the wire.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::capture::{Exchange, Kind, Record};
use crate::dispatch::{Faulty, RuleStats};
use crate::domain::object::SecretNames;
use crate::domain::task::Problem;
use crate::domain::trail::TraceId;

/// One more whenever the other side would be wrong about what is said. Keys that it does not know, it leaves out.
pub(super) const PROTOCOL: u32 = 3;

/// Most bytes of a head.
const HEAD: u32 = 4 << 20;

/// Most bytes of a body: both sides of a record, twice what the server takes at most.
pub(super) const BODY: u32 = 1 << 30;

/// What the server says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Said {
    /// First of all.
    Hello(Hello),
    /// Whenever they are others, a few times a second at most.
    Figures(Figures),
    /// What was captured; both sides are the body.
    Record(Head),
    /// One is held at a breakpoint; both sides, the answer as it is proposed, are the body.
    Held {
        /// Its number among those that are held.
        id: u64,
        /// The breakpoint.
        by: String,
        /// How long yet, in microseconds.
        left: u64,
        /// The rest of it.
        record: Head,
    },
    /// It is held for so long from now, in microseconds.
    Longer {
        /// Which.
        id: u64,
        /// How long.
        left: u64,
    },
    /// It is not held any more.
    Gone {
        /// Which.
        id: u64,
    },
    /// What a console asked for came too late: it was not held any more.
    Late,
    /// The breakpoints that a console asked for are in force.
    InForce {
        /// How often it has asked.
        asked: u64,
    },
    /// The server has ended, and all of it was told.
    Ending,
}

/// What a console asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Asked {
    /// Figures and records from now on, and so many of those before at most.
    Attach {
        /// Which protocol it speaks.
        protocol: u32,
        /// How many.
        records: u64,
    },
    /// These breakpoints of this console, as they are written, instead of those that it set before.
    Break {
        /// What stops.
        breakpoints: Vec<String>,
    },
    /// One that is held is to go.
    LetGo {
        /// Which.
        id: u64,
        /// With the answer that is the body, instead of the one that was proposed.
        changed: bool,
    },
    /// One is held as long again.
    HoldOn {
        /// Which.
        id: u64,
    },
    /// The server is to end.
    Stop,
}

/// What a server is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// What it speaks.
    pub protocol: u32,
    /// The version of tyk-tui.
    pub version: String,
    /// Its process.
    pub pid: u32,
    /// The project's name.
    pub project: String,
    /// The project's folder.
    pub folder: PathBuf,
    /// Where it listens, as bound.
    pub address: String,
    /// Since when.
    pub since: Timestamp,
    /// The session that it writes.
    pub session: Option<PathBuf>,
    /// It is a console's own, and ends with it.
    #[serde(default)]
    pub console: bool,
    /// What a Gateway takes as an answer, in bytes.
    pub answer_limit: usize,
    /// How long a breakpoint holds a Dispatch, in seconds.
    pub hold_seconds: usize,
    /// How many are held at once, at most.
    pub hold_limit: usize,
}

/// What a server shows of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// Each rule, then `(none)`.
    pub rules: Vec<RuleStats>,
    /// APIs whose `auth_check` nobody answers.
    pub unanswered: Vec<String>,
    /// What its user should know.
    pub notices: Vec<String>,
    /// Why changed rules are not in force.
    pub wrong_rules: Option<Wrong>,
    /// Calls under way.
    pub in_flight: usize,
    /// Calls that sampling left out.
    pub sampled_out: u64,
    /// Names under which what it captures has secrets, besides the usual ones.
    pub hidden: SecretNames,
    /// Calls that a breakpoint meant, and that were let through, as no more are held.
    pub let_through: u64,
    /// What jq of breakpoints' filters fails on.
    pub faults: Vec<Faulty>,
}

/// What is wrong with rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    what: String,
    place: Option<String>,
    help: Option<String>,
}

impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Self {
        Self { what: problem.what, place: problem.place, help: problem.help }
    }
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        Self { place: wrong.place, help: wrong.help, ..Self::failed(wrong.what) }
    }
}

/// A record but for its sides. Times are in microseconds, `at` since 1970.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    seq: u64,
    of: Of,
    /// How many were lost.
    #[serde(default, skip_serializing_if = "is_nought")]
    lost: u64,
    at: i64,
    took: u64,
    held: u64,
    peer: String,
    rule: Option<String>,
    trimmed: bool,
    /// The trace that it came in.
    #[serde(default)]
    trace: Option<[u8; 16]>,
    /// Bytes of the request; none where it was not taken whole.
    request: Option<usize>,
    /// Bytes of the answer; none where there is a status instead.
    reply: Option<usize>,
    /// The answer is the request, and is not in the body.
    same: bool,
    /// The status that was answered instead; beside an answer, why it is as it is.
    status: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Of {
    Dispatch,
    Event,
    Dropped,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_nought(lost: &u64) -> bool {
    *lost == 0
}

impl Head {
    /// The head of a record, and its sides.
    pub(super) fn of(record: &Record) -> (Self, [&[u8]; 2]) {
        let exchange = &record.exchange;
        let request = exchange.request.as_deref();
        let reply = exchange.reply.as_deref().ok();
        let same = request.is_some() && request == reply;
        let (of, lost) = match exchange.kind {
            Kind::Dispatch => (Of::Dispatch, 0),
            Kind::Event => (Of::Event, 0),
            Kind::Dropped { count } => (Of::Dropped, count),
        };
        let head = Self {
            seq: record.row.seq,
            of,
            lost,
            at: exchange.at.as_microsecond(),
            took: micros(exchange.took),
            held: micros(exchange.held),
            peer: exchange.peer.to_string(),
            rule: exchange.rule.as_deref().map(str::to_owned),
            trimmed: exchange.trimmed,
            trace: exchange.trace.map(TraceId::bytes),
            request: request.map(<[u8]>::len),
            reply: reply.map(<[u8]>::len),
            same,
            status: exchange
                .reply
                .as_ref()
                .err()
                .cloned()
                .or_else(|| exchange.why.as_deref().map(str::to_owned)),
        };
        let apart = if same { None } else { reply };
        (head, [request.unwrap_or_default(), apart.unwrap_or_default()])
    }

    /// What stands for records that the ring forgot before they were read.
    pub(super) fn gap(seq: u64, lost: u64) -> Self {
        Self {
            seq,
            of: Of::Dropped,
            lost,
            at: Timestamp::now().as_microsecond(),
            took: 0,
            held: 0,
            peer: String::new(),
            rule: None,
            trimmed: false,
            trace: None,
            request: None,
            reply: Some(0),
            same: false,
            status: None,
        }
    }

    /// The record's number, and what it was; an error where the body is no such record's.
    pub(super) fn exchange(self, body: &Bytes) -> io::Result<(u64, Exchange)> {
        let request = self.request.unwrap_or(0);
        let apart = if self.same { 0 } else { self.reply.unwrap_or(0) };
        if request.checked_add(apart) != Some(body.len()) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a record of another length"));
        }
        let first = body.slice(..request);
        let (reply, why) = match self.reply {
            Some(_) if self.same => (Ok(first.clone()), self.status),
            Some(_) => (Ok(body.slice(request..)), self.status),
            None => (Err(self.status.unwrap_or_default()), None),
        };
        let exchange = Exchange {
            kind: match self.of {
                Of::Dispatch => Kind::Dispatch,
                Of::Event => Kind::Event,
                Of::Dropped => Kind::Dropped { count: self.lost },
            },
            at: Timestamp::from_microsecond(self.at).unwrap_or_default(),
            took: Duration::from_micros(self.took),
            held: Duration::from_micros(self.held),
            peer: self.peer.into(),
            request: self.request.map(|_| first),
            reply,
            rule: self.rule.map(Into::into),
            why: why.map(Into::into),
            trimmed: self.trimmed,
            trace: self.trace.and_then(|trace| TraceId::from_bytes(&trace)),
        };
        Ok((self.seq, exchange))
    }
}

/// Writes a frame: the length of its head, that of its body, then both.
pub(super) async fn write<W: AsyncWrite + Unpin>(
    output: &mut W,
    head: &impl Serialize,
    body: [&[u8]; 2],
) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let length = |length: usize| {
        u32::try_from(length).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "too long"))
    };
    output.write_u32(length(head.len())?).await?;
    output.write_u32(length(body[0].len() + body[1].len())?).await?;
    output.write_all(&head).await?;
    for part in body {
        output.write_all(part).await?;
    }
    Ok(())
}

/// Reads a frame whose body has so many bytes at most; none where the other side is gone between two.
pub(super) async fn read<R: AsyncRead + Unpin, T: DeserializeOwned>(
    input: &mut R,
    most: u32,
) -> io::Result<Option<(T, Bytes)>> {
    let head = match input.read_u32().await {
        Ok(length) => length,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    };
    let body = input.read_u32().await?;
    if head > HEAD || body > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a frame that is too long"));
    }
    let head = take(input, head).await?;
    let body = take(input, body).await?;
    Ok(Some((serde_json::from_slice(&head)?, body.into())))
}

/// So many bytes. Memory is taken as they come: their number is only said.
async fn take<R: AsyncRead + Unpin>(input: &mut R, length: u32) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let taken = input.take(length.into()).read_to_end(&mut bytes).await?;
    if taken < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

pub(super) fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
