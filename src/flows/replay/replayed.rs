//! What came of a call that was sent again, as it is shown.

use serde_json::Value;

use super::Replayed;
use crate::capture::session::Facts;
use crate::capture::{Kind, line};
use crate::domain::object::{self, Message, Parsed, View};
use crate::domain::replay::shown;
use crate::domain::task::Problem;

/// A place where an answer is not the recorded one.
#[derive(Clone, Debug, PartialEq)]
pub struct Differing {
    /// Where.
    pub path: String,
    /// What was recorded, as the view shows it.
    pub old: Option<Value>,
    /// What is answered now.
    pub new: Option<Value>,
}

impl Replayed {
    /// Each difference, as the view shows it: a secret that the request or one of the answers gives away is shown in none.
    pub fn differences(&self, view: &dyn View) -> Vec<Differing> {
        let (request, reply) = match self.record.row.kind {
            Kind::Event => (Message::Event, Message::EventReply),
            Kind::Dispatch | Kind::Dropped { .. } => (Message::Object, Message::Object),
        };
        let exchange = &self.record.exchange;
        let old = exchange.reply.as_deref().ok();
        let new = self.answer.as_deref().ok();
        let sides = [(request, exchange.request.as_deref()), (reply, old), (reply, new)];
        let sides: Vec<(Message, &[u8])> =
            sides.into_iter().filter_map(|(message, bytes)| Some((message, bytes?))).collect();
        let knowing = view.knowing(&Parsed::those(&sides));
        let view = knowing.as_deref().unwrap_or(view);
        let document =
            |bytes: Option<&[u8]>| bytes.and_then(|it| object::to_json(reply, it, view).ok());
        let (old, new) = (document(old), document(new));
        let each = self.compared.differences.iter();
        each.map(|difference| {
            let side = |there: &Option<Value>, document: &Option<Value>| {
                let document = there.as_ref().and(document.as_ref())?;
                shown(document, &difference.path)
            };
            Differing {
                path: difference.path.to_string(),
                old: side(&difference.old, &old),
                new: side(&difference.new, &new),
            }
        })
        .collect()
    }

    /// Which call it was, in a line.
    pub fn title(&self, view: &dyn View) -> String {
        let row = &self.record.row;
        let (hook, path) = match row.kind {
            Kind::Event => ("event", String::new()),
            _ => (row.hook.word(), line::path(&self.record, view)),
        };
        let title = format!("#{} {hook} {} {} {} {path}", row.seq, row.name, row.api, row.method);
        title.replace(['\n', '\t'], " ").trim_end().to_owned()
    }
}

/// Whether a session can be sent again: one whose secrets were taken out of it is not what a Gateway sent.
pub fn replayable(facts: &Facts) -> Result<(), Problem> {
    if !facts.redacted {
        return Ok(());
    }
    Err(Problem::failed(
        "the secrets of this session were redacted when it was exported: it cannot be replayed",
    )
    .help("export it from the original with --show-secrets"))
}
