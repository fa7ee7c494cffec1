//! The pieces that panes are drawn with.

mod browse;
mod columns;
mod cursor;
mod field;
mod options;
mod pen;
mod section;
pub(crate) mod tree;
mod wants;

pub(crate) use browse::Browse;
pub(crate) use columns::{Align, Column, Placed, place};
pub(crate) use cursor::Cursor;
pub(crate) use field::Field;
pub(crate) use options::{Options, Row};
pub(crate) use pen::Pen;
pub(crate) use section::{Halves, Section, halves, inside, pad};
pub(crate) use wants::Wants;
