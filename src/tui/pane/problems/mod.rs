//! Problems: what lint finds in manifest, API definitions, code and settings.

mod draw;

pub(crate) use draw::draw;

/// The state of the pane.
#[derive(Debug, Default)]
pub(crate) struct Pane {
    /// The focus is on the detail.
    pub(crate) detail_focused: bool,
}
