//! What the HTTP/2 library says only at debug level, and the user must know: a Gateway that it refuses.

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer};

use super::Ring;

/// How h2 begins to say that it resets a request for its `:authority`.
const REFUSED: &str = "malformed headers: malformed authority";

/// Confirmed on Gateways 5.8.0 (each call fails with `PROTOCOL_ERROR`; with `grpc_authority` none does) and 5.14.0.
const ADVICE: &str = "refused a call without :authority, as Gateways before 5.8.2 send them, and answer 500 for it: set \
                      \"grpc_authority\": \"localhost\" in coprocess_options of its tyk.conf (from 5.1 on), and restart it";

/// Puts one line about it into the ring, however often it happens.
pub(super) struct Refusals {
    ring: Ring,
    told: AtomicBool,
}

impl Refusals {
    pub(super) fn new(ring: Ring) -> Self {
        Self { ring, told: AtomicBool::new(false) }
    }

    /// Where h2 says so.
    pub(super) fn heard() -> Targets {
        Targets::new().with_target("h2::server", Level::DEBUG)
    }
}

impl<S: Subscriber> Layer<S> for Refusals {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut refusal = IsRefusal(false);
        event.record(&mut refusal);
        if refusal.0 && !self.told.swap(true, Ordering::Relaxed) {
            self.ring.write(Level::WARN, "tyk_tui::dispatch", ADVICE);
        }
    }
}

/// Whether a message is the one.
struct IsRefusal(bool);

impl Visit for IsRefusal {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0 |= field.name() == "message" && format!("{value:?}").starts_with(REFUSED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing_subscriber::layer::SubscriberExt as _;

    #[test]
    fn a_refused_gateway_is_told_of_once() {
        let ring = Ring::new(8);
        let layer = Refusals::new(ring.clone()).with_filter(Refusals::heard());
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::with_default(subscriber, || {
            tracing::debug!(target: "h2::server", "malformed headers: missing method");
            for _ in 0..3 {
                tracing::debug!(target: "h2::server", "malformed headers: malformed authority (b\"\"): empty");
            }
        });
        let lines = ring.lines(0..8);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].message.contains("grpc_authority"), "{}", lines[0].message);
    }
}
