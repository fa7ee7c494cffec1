//! Doctor: whether the Gateway is set up so that plugins work.

mod draw;

pub(crate) use draw::draw;

/// The state of the pane.
#[derive(Debug, Default)]
pub(crate) struct Pane {
    /// The focus is on the detail.
    pub(crate) detail_focused: bool,
}
