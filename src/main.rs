//! The thin binary: everything is in the library, so that tests drive it in-process.
use std::process::ExitCode;

fn main() -> ExitCode {
    tyk_tui::cli::main()
}
