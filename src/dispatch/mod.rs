//! The plugin server: the Dispatcher service, rules, static-key authentication.
