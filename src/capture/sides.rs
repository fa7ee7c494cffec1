//! Both sides of a record, read once for all that is asked of them.

use super::{Kind, Record};
use crate::domain::object::{Message, Parsed, View};

/// What came and what was answered.
pub(super) struct Sides<'a> {
    /// Those that could be read; an answer that is what came is not read twice.
    read: Vec<Parsed<'a>>,
    /// Which of them each side is.
    request: Option<usize>,
    reply: Option<usize>,
}

impl<'a> Sides<'a> {
    /// Of a record. Bytes that are no such message are no side; its error says so.
    pub(super) fn read(record: &'a Record) -> Self {
        let mut read = Vec::with_capacity(2);
        let [request, reply] = bytes(record).map(|(message, bytes)| {
            let parsed = Parsed::read(message, bytes?).ok()?;
            read.push(parsed);
            Some(read.len() - 1)
        });
        Self { read, request, reply: if same(record) { request } else { reply } }
    }

    /// What came.
    pub(super) fn request(&self) -> Option<&Parsed<'a>> {
        self.request.map(|at| &self.read[at])
    }

    /// What was answered, where it is not what came.
    pub(super) fn reply(&self) -> Option<&Parsed<'a>> {
        self.reply.filter(|_| !self.same()).map(|at| &self.read[at])
    }

    /// Whether the answer is what came.
    pub(super) fn same(&self) -> bool {
        self.reply.is_some() && self.reply == self.request
    }

    /// The view that knows the secrets of both sides, so that an answer shows none that the request gives away.
    pub(super) fn knowing<'v>(&self, view: &'v dyn View) -> Option<Box<dyn View + 'v>>
    where
        'a: 'v,
    {
        view.knowing(&self.read)
    }

    /// Those that could be read.
    pub(super) fn each(&self) -> &[Parsed<'a>] {
        &self.read
    }
}

/// What came and what was answered, each with what it is; the answer is none where it is the very message that came.
pub(super) fn bytes(record: &Record) -> [(Message, Option<&[u8]>); 2] {
    let (message, answer) = match record.row.kind {
        Kind::Event => (Message::Event, Message::EventReply),
        Kind::Dispatch => (Message::Object, Message::Object),
        Kind::Dropped { .. } => return [(Message::Object, None); 2],
    };
    let exchange = &record.exchange;
    let reply = exchange.reply.as_deref().ok().filter(|_| !same(record));
    [(message, exchange.request.as_deref()), (answer, reply)]
}

/// Whether the answer is the very message that came.
fn same(record: &Record) -> bool {
    let exchange = &record.exchange;
    let (Some(request), Ok(reply)) = (&exchange.request, &exchange.reply) else { return false };
    let (request, reply): (&[u8], &[u8]) = (request, reply);
    record.row.kind != Kind::Event && std::ptr::eq(request, reply)
}
