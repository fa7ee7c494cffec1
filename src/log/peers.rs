//! What the HTTP/2 library says only at debug level, and the user must know: callers that it refuses.

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer};

use super::Ring;

/// How h2 begins to say that it resets a request for its `:authority`.
const REFUSED: &str = "malformed headers: malformed authority";

/// What follows where there was none.
const EMPTY: &str = " (b\"\")";

/// Seen with Gateway 5.8.0: each call fails with `PROTOCOL_ERROR`; with `grpc_authority` none does. 5.14.0 needs nothing.
const OLD_GATEWAY: &str = "refused a call without :authority, as Gateways before 5.8.2 send them, and answer 500 for \
                           it: set \"grpc_authority\": \"localhost\" in coprocess_options of its tyk.conf (from 5.1 \
                           on), and restart it";

/// Seen with Python's grpcio on a Unix socket: it sends the socket's path, percent-encoded.
const MALFORMED: &str = "refused a call whose :authority is no host, as some gRPC clients send it on a Unix socket: \
                         give the client an authority (grpcio: the channel option grpc.default_authority=localhost)";

/// Puts one line about each kind into the ring, however often it happens.
pub(super) struct Refusals {
    ring: Ring,
    told: [AtomicBool; 2],
}

impl Refusals {
    pub(super) fn new(ring: Ring) -> Self {
        Self { ring, told: [AtomicBool::new(false), AtomicBool::new(false)] }
    }

    /// Where h2 says so.
    pub(super) fn heard() -> Targets {
        Targets::new().with_target("h2::server", Level::DEBUG)
    }
}

impl<S: Subscriber> Layer<S> for Refusals {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut refusal = Refusal(None);
        event.record(&mut refusal);
        let Refusal(Some(empty)) = refusal else { return };
        if !self.told[usize::from(empty)].swap(true, Ordering::Relaxed) {
            let advice = if empty { OLD_GATEWAY } else { MALFORMED };
            self.ring.write(Level::WARN, "tyk_tui::dispatch", advice);
        }
    }
}

/// Whether a message is such a refusal, and then whether the `:authority` was empty.
struct Refusal(Option<bool>);

impl Visit for Refusal {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message"
            && let Some(what) = format!("{value:?}").strip_prefix(REFUSED)
        {
            self.0 = Some(what.starts_with(EMPTY));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing_subscriber::layer::SubscriberExt as _;

    #[test]
    fn refused_callers_are_told_of_once() {
        let ring = Ring::new(8);
        let layer = Refusals::new(ring.clone()).with_filter(Refusals::heard());
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::with_default(subscriber, || {
            tracing::debug!(target: "h2::server", "malformed headers: missing method");
            for _ in 0..3 {
                tracing::debug!(target: "h2::server", "{REFUSED} (b\"\"): empty string");
                tracing::debug!(target: "h2::server", "{REFUSED} (b\"%2Fx\"): invalid uri character");
            }
        });
        let lines = ring.lines(0..8);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].message.contains("\"grpc_authority\""), "{}", lines[0].message);
        assert!(lines[1].message.contains("grpc.default_authority"), "{}", lines[1].message);
    }
}
