//! Records as text, one after the other.

use std::io::{self, Write};

use tokio_util::sync::CancellationToken;

use crate::capture::Noted;
use crate::domain::export::{Exported, Exporter};
use crate::domain::object::View;
use crate::domain::task::{Kind, Problem};

/// Who cancels an export, and who hears how many records were looked at.
pub struct Heard<'a> {
    /// Ends it; nothing is left of it.
    pub cancel: &'a CancellationToken,
    /// Told after each record.
    pub told: &'a mut dyn FnMut(u64),
}

impl Heard<'_> {
    /// After so many records: whether it is to go on.
    pub(super) fn after(&mut self, records: u64) -> Result<(), Problem> {
        if self.cancel.is_cancelled() {
            return Err(Problem { kind: Kind::Interrupted, ..Problem::failed("cancelled") });
        }
        (self.told)(records);
        Ok(())
    }
}

/// Writes records in a format of text; `cannot` makes a problem of what the stream says.
pub fn to_stream(
    records: impl Iterator<Item = Result<Noted, Problem>>,
    mut format: Exporter,
    view: &dyn View,
    out: &mut dyn Write,
    cannot: &dyn Fn(&io::Error) -> Problem,
    heard: &mut Heard<'_>,
) -> Result<Exported, Problem> {
    let mut put = |text: String| out.write_all(text.as_bytes()).map_err(|error| cannot(&error));
    put(format.begin())?;
    for (count, record) in (1..).zip(records) {
        let line = record?.to_json(view);
        put(format.record(&line))?;
        heard.after(count)?;
    }
    let (rest, exported) = format.end();
    put(rest)?;
    out.flush().map_err(|error| cannot(&error))?;
    Ok(exported)
}
