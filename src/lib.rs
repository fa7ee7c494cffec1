//! tyk-tui: the loop of a Tyk plugin (edit, build, sign, publish, look at what the hook received) in one terminal.
//!
//! Rooms are floors, and arrows point down only: `cli` and `tui` → `flows` → `services` and `dispatch` → `capture` →
//! `config`, `net`, `log` → `domain`. ARCHITECTURE.md tells what lives where; `tests/` holds the rule.

pub mod capture;
pub mod cli;
pub mod config;
pub mod dispatch;
pub mod domain;
pub mod flows;
pub mod log;
pub mod net;
pub mod services;
pub mod tui;
