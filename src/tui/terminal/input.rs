//! Keys, mouse and resizes, asked for only when some are there.
//!
//! While nothing is typed crossterm's stream has a thread that waits with the lock of its reader. Who asks meanwhile tries
//! that lock for a while and gives the processor away each time (`parking_lot`'s `try_lock_for`, even for no time at all):
//! where a server at its limit takes all there is, that is some time slices of others for each record that moves the screen,
//! and no key comes through.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use crossterm::event::{Event, EventStream};
use futures_util::task::AtomicWaker;
use futures_util::{Stream, StreamExt as _};

/// What comes from the terminal until this is dropped: then whatever is typed is another program's.
pub(super) struct Input<S = EventStream> {
    events: S,
    bell: Arc<Bell>,
}

/// Rung by crossterm's thread.
struct Bell {
    rung: AtomicBool,
    waker: AtomicWaker,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.waker.wake();
    }
}

impl Input {
    /// Begins to listen.
    pub(super) fn new() -> Self {
        Self::of(EventStream::new())
    }
}

impl<S: Stream<Item = io::Result<Event>> + Unpin> Input<S> {
    fn of(events: S) -> Self {
        // Rung, so that it is asked once: its thread begins then.
        let bell = Bell { rung: AtomicBool::new(true), waker: AtomicWaker::new() };
        Self { events, bell: Arc::new(bell) }
    }

    /// The next event; `None` once no more can come.
    pub(super) async fn next(&mut self) -> Option<io::Result<Event>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &Context<'_>) -> Poll<Option<io::Result<Event>>> {
        // Before it is looked at: what is rung in between is not missed.
        self.bell.waker.register(context.waker());
        if !self.bell.rung.swap(false, Ordering::AcqRel) {
            return Poll::Pending;
        }
        let waker = Waker::from(Arc::clone(&self.bell));
        let event = self.events.poll_next_unpin(&mut Context::from_waker(&waker));
        // There may be more.
        self.bell.rung.fetch_or(event.is_ready(), Ordering::AcqRel);
        event
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::sync::Mutex;

    use futures_util::FutureExt as _;

    use super::*;

    /// A stream of keys that are typed meanwhile.
    #[derive(Clone, Default)]
    struct Keys(Arc<Mutex<Typed>>);

    #[derive(Default)]
    struct Typed {
        there: usize,
        asked: usize,
        waker: Option<Waker>,
    }

    impl Stream for Keys {
        type Item = io::Result<Event>;

        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            let mut typed = self.0.lock().unwrap();
            typed.asked += 1;
            if let Some(left) = typed.there.checked_sub(1) {
                typed.there = left;
                return Poll::Ready(Some(Ok(Event::FocusGained)));
            }
            // As crossterm does: whoever asked first is woken.
            typed.waker.get_or_insert_with(|| context.waker().clone());
            Poll::Pending
        }
    }

    #[test]
    fn a_stream_that_has_nothing_is_asked_once() {
        let keys = Keys::default();
        let mut input = Input::of(keys.clone());
        for _ in 0..100 {
            assert!(input.next().now_or_never().is_none());
        }
        assert_eq!(keys.0.lock().unwrap().asked, 1);
    }

    #[tokio::test]
    async fn whoever_asks_last_is_woken_and_gets_all_that_was_typed() {
        let keys = Keys::default();
        let mut input = Input::of(keys.clone());
        assert!(input.next().now_or_never().is_none());
        let waits = tokio::spawn(async move {
            for _ in 0..2 {
                assert!(matches!(input.next().await, Some(Ok(Event::FocusGained))));
            }
        });
        tokio::task::yield_now().await;
        let waker = {
            let mut typed = keys.0.lock().unwrap();
            typed.there = 2;
            typed.waker.take().unwrap()
        };
        waker.wake();
        waits.await.unwrap();
    }
}
