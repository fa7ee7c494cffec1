//! Work on the user's files, one after the other: what was asked for first is on the disk first.

use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

type Job = Box<dyn FnOnce() + Send>;

/// A thread that does what it is given, in order; dropping the queue waits for the rest.
pub(crate) struct Queue {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Queue {
    /// With a thread of its own.
    pub(crate) fn start() -> std::io::Result<Self> {
        let (jobs, given) = channel::<Job>();
        let thread = std::thread::Builder::new()
            .name("files".into())
            .spawn(move || given.into_iter().for_each(|job| job()))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Does this when all that was given before is done.
    pub(crate) fn give(&self, job: impl FnOnce() + Send + 'static) {
        if let Some(jobs) = &self.jobs {
            // The thread ends with the queue, and not before but by a panic, which is told elsewhere.
            let _ = jobs.send(Box::new(job));
        }
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[test]
    fn jobs_are_done_in_order_and_all_of_them() {
        let done = Arc::new(Mutex::new(Vec::new()));
        let queue = Queue::start().unwrap();
        for job in 0..100 {
            let done = Arc::clone(&done);
            queue.give(move || done.lock().unwrap().push(job));
        }
        drop(queue);
        assert_eq!(*done.lock().unwrap(), (0..100).collect::<Vec<_>>());
    }
}
