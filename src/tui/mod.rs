//! The console.
//!
//! A key becomes an action by the keymap, an action changes the model and asks for effects, effects are done off this
//! thread and come back as messages, and a frame is drawn from the model: `run` holds these together.

mod action;
mod buffer;
pub mod drive;
mod editor;
mod effect;
mod holding;
mod key_line;
mod keymap;
mod location;
mod message;
mod model;
mod open;
mod overlay;
mod pace;
mod pane;
pub mod picture;
mod run;
mod sheet;
mod terminal;
pub(crate) mod text;
mod theme;
mod update;
mod view;
mod widget;
mod work;
mod wrong;

pub use open::{Console, LastWords, attach, run, run_with};
