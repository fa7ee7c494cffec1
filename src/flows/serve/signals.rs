//! The signals that end a server.

use tokio::signal::unix::{Signal, SignalKind};

use crate::domain::task::Problem;

/// SIGTERM, SIGINT and SIGHUP from now on: a server is told by them to end, and then ends well.
pub struct Stop {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Option<Signal>,
}

impl Stop {
    /// Takes the signals over; call it before anything is announced, so that none gets lost. Needs the runtime's context.
    pub fn listen() -> Result<Self, Problem> {
        // To listen is to ignore it no longer: `nohup` has it ignored so that a server outlives its terminal.
        let hang_up = is_default(SignalKind::hangup()).then(|| signal(SignalKind::hangup()));
        Ok(Self { hang_up: hang_up.transpose()?, ..Self::without_hang_up()? })
    }

    /// The same where no terminal's end is to end it: SIGHUP does nothing.
    pub(super) fn deaf_to_hang_up() -> Result<Self, Problem> {
        drop(signal(SignalKind::hangup())?);
        Self::without_hang_up()
    }

    fn without_hang_up() -> Result<Self, Problem> {
        let (terminate, interrupt) = (SignalKind::terminate(), SignalKind::interrupt());
        Ok(Self { terminate: signal(terminate)?, interrupt: signal(interrupt)?, hang_up: None })
    }

    /// Waits for the next one.
    pub async fn asked(&mut self) {
        let hang_up = async {
            match &mut self.hang_up {
                Some(hang_up) => hang_up.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            _ = hang_up => {}
        }
    }
}

fn signal(kind: SignalKind) -> Result<Signal, Problem> {
    tokio::signal::unix::signal(kind)
        .map_err(|error| Problem::failed(format!("cannot listen for signals: {error}")))
}

/// Whether who started this process has not told it to ignore a signal. Where that cannot be found out it stays as it is.
fn is_default(kind: SignalKind) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("SigIgn:")).is_some_and(|ignored| {
        let ignored = u64::from_str_radix(ignored.trim(), 16).unwrap_or(u64::MAX);
        ignored >> (kind.as_raw_value() - 1) & 1 == 0
    })
}
