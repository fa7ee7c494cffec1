//! Pure code and services against what a real Gateway and the reference tool made.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not have ends it")]

#[path = "domain/definitions.rs"]
mod definitions;
#[path = "domain/effects.rs"]
mod effects;
#[path = "domain/export.rs"]
mod export;
#[path = "domain/filters.rs"]
mod filters;
#[path = "domain/fuzz.rs"]
mod fuzz;
#[path = "domain/lint.rs"]
mod lint;
#[path = "domain/loads.rs"]
mod loads;
#[path = "domain/loads_on_disk.rs"]
mod loads_on_disk;
#[path = "domain/objects.rs"]
mod objects;
#[path = "domain/plugins.rs"]
mod plugins;
#[path = "domain/projects.rs"]
mod projects;
#[path = "domain/proto.rs"]
mod proto;
#[path = "domain/recordings.rs"]
mod recordings;
#[path = "domain/redaction.rs"]
mod redaction;
#[path = "domain/trails.rs"]
mod trails;
