//! Layers of configuration, with the place each value came from; profiles; secrets.

mod settings;

pub use settings::{Capture, Host, Project, Redact, Server, Settings, Ui};
