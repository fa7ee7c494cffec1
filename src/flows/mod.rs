//! What a person calls one action, used by `cli` and `tui` alike.

pub mod columns;
pub mod control;
pub mod demo;
pub mod doctor;
pub mod edit;
pub mod export;
pub mod filters;
pub mod hold;
pub mod keys;
pub mod manifest;
pub mod mserv;
pub mod new;
pub mod prune;
pub mod remote;
pub mod replay;
pub mod request;
pub mod rules;
pub mod s3;
pub mod serve;
pub mod session;
pub mod ship;
pub mod sound;
pub mod survey;
pub mod target;
pub mod trial;
