//! The console in this process, driven by keys and looked at as a screen.

#[path = "console/demo.rs"]
mod demo;
