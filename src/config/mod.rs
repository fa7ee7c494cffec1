//! Layers of configuration, with the place each value came from; profiles; what a project is trusted with.
//!
//! Defaults, the user's `config.toml`, the project's `tyk-tui.toml`, the environment, flags: each is laid over those
//! before it. A project's file comes with a clone, so `trust` has a say in what is taken from it.

mod columns;
mod environment;
mod file;
mod globs;
mod keys;
mod load;
mod origin;
mod paths;
mod sample;
mod secret;
mod settings;
mod table;
mod target;
mod trust;

pub use columns::Column;
pub use globs::Globs;
pub use keys::bytes;
pub use load::{Chosen, Entry, Loaded, Sources, load, load_safe};
pub use origin::{Layer, Origin, Origins};
pub use paths::Paths;
pub use sample::Sample;
pub use settings::{
    Capture, Dashboard, Gateway, Host, Profile, Project, Redact, SecretSource, Server, Settings, Ui,
};
pub use target::{Target, TargetKind};
pub use trust::{Untrusted, consent};
