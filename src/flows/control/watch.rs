//! The records of a server that runs, one by one, for a command that waits for some of them: a console's end of the socket
//! without a console.

use std::io;
use std::ops::ControlFlow;

use tokio::io::AsyncWriteExt as _;

use super::find::{self, Found};
use super::place::Place;
use super::wire::{self, Asked, BODY, Hello, PROTOCOL, Said};
use crate::capture::{Judge, Record, SharedView};
use crate::domain::effect::Outcome;
use crate::domain::task::Problem;

/// A server of the project that runs.
pub struct Watch(Found);

impl Watch {
    /// The one that listens at `wanted`, or the only one; none where no server of the project runs.
    pub async fn find(place: &Place, wanted: Option<&str>) -> Result<Option<Self>, Problem> {
        let Some(found) = find::the_one(place, wanted).await? else { return Ok(None) };
        found.hello.understood()?;
        Ok(Some(Self(found)))
    }

    /// What it said of itself.
    pub fn hello(&self) -> &Hello {
        &self.0.hello
    }

    /// Gives each record to `each`, `most` of those that the server still has first, until that breaks off or the server
    /// has ended; and each that is held at a breakpoint, whose outcome is that and which has no `seq`, as soon as it is.
    pub async fn records(
        self,
        most: u64,
        view: SharedView,
        mut each: impl FnMut(&Record) -> Result<ControlFlow<()>, Problem>,
    ) -> Result<(), Problem> {
        let Found { hello, mut input, mut output } = self.0;
        let cannot = |error: io::Error| {
            Problem::failed(format!("cannot attach to the server: {error}")).at(&hello.address)
        };
        let attach = Asked::Attach { protocol: PROTOCOL, records: most };
        wire::write(&mut output, &attach, [&[], &[]]).await.map_err(cannot)?;
        output.flush().await.map_err(cannot)?;
        let judge = Judge { view, answer_limit: hello.answer_limit };
        loop {
            match wire::read(&mut input, BODY).await {
                Ok(Some((Said::Record(head), body))) => {
                    let (seq, exchange) = head.exchange(&body).map_err(cannot)?;
                    if each(&judge.record(seq, exchange))?.is_break() {
                        return Ok(());
                    }
                }
                Ok(Some((Said::Held { record, .. }, body))) => {
                    let (seq, exchange) = record.exchange(&body).map_err(cannot)?;
                    let mut record = judge.record(seq, exchange);
                    record.row.outcome = Some(Outcome::Held);
                    if each(&record)?.is_break() {
                        return Ok(());
                    }
                }
                Ok(Some((Said::Figures(figures), _))) => judge.view.learn(&figures.hidden),
                Ok(Some((Said::Ending, _)) | None) => return Ok(()),
                Ok(Some(_)) => {}
                // A server that is killed in the middle of a frame has ended.
                Err(error) => {
                    tracing::debug!(%error, "the server's socket ended");
                    return Ok(());
                }
            }
        }
    }
}
