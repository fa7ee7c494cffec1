//! The terminal: the only room that writes to standard output.
//!
//! [`Tty`] is what the loop needs of one; [`Real`] is the user's, and tests bring one of their own.

mod clipboard;
mod editor;
mod input;
mod modes;
mod real;

use std::path::Path;
use std::time::Duration;

use crossterm::event::Event;

pub(crate) use modes::restore_on_panic;
pub(crate) use real::Real;

use super::model::Model;
use crate::domain::task::Problem;

/// A terminal, as the loop uses it.
pub(crate) trait Tty {
    /// Columns and rows.
    fn size(&self) -> std::io::Result<(u16, u16)>;
    /// Draws one frame.
    fn draw(&mut self, model: &Model) -> std::io::Result<()>;
    /// What the last frame took, from asking what is to be shown to the last cell: for those who measure it.
    fn drawn(&mut self, _took: Duration) {}
    /// The next event; `None` once no more can come.
    async fn event(&mut self) -> Option<std::io::Result<Event>>;
    /// Puts a text into the clipboard, and says how that was done.
    fn copy(&mut self, text: &str) -> Result<String, Problem>;
    /// Forgets what is on the screen, so that the next frame draws all of it.
    fn redraw(&mut self) -> std::io::Result<()>;
    /// Gives the terminal back to the shell until the user returns.
    fn suspend(&mut self) -> std::io::Result<()>;
    /// Gives the terminal to the user's editor until that ends; at this line (from 1), where it can be told.
    fn edit(&mut self, file: &Path, line: Option<usize>) -> Result<(), Problem>;
}
