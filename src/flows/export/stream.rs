//! Records as text, one after the other.

use std::io::{self, Write};

use tokio_util::sync::CancellationToken;

use super::Source;
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

/// Writes records in a format of text, and where that has one piece for each HTTP request, those around them that are of the
/// same; `cannot` makes a problem of what the stream says.
pub fn to_stream(
    records: impl Source,
    mut format: Exporter,
    view: &dyn View,
    out: &mut dyn Write,
    cannot: &dyn Fn(&io::Error) -> Problem,
    heard: &mut Heard<'_>,
) -> Result<Exported, Problem> {
    let mut put = |text: String| out.write_all(text.as_bytes()).map_err(|error| cannot(&error));
    put(format.begin())?;
    let mut count = 0;
    let mut each = |format: &mut Exporter, record: &Noted, meant: bool| {
        let line = record.to_json(view);
        put(if meant { format.record(&line) } else { format.other(&line) })?;
        count += u64::from(meant);
        heard.after(count)
    };
    if format.is_by_request() {
        for record in records.with_others() {
            let (record, meant) = record?;
            each(&mut format, &record, meant)?;
        }
    } else {
        for record in records {
            each(&mut format, &record?, true)?;
        }
    }
    let (rest, exported) = format.end();
    put(rest)?;
    out.flush().map_err(|error| cannot(&error))?;
    Ok(exported)
}
