//! The log: to a file in the state directory, and to a ring that the Log pane shows.
