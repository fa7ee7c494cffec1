//! A rules file: it is rules, or a problem with its place.

use tyk_tui::config::Server;
use tyk_tui::dispatch::Rules;

/// The input is the file.
pub(crate) fn run(input: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rules.toml");
    std::fs::write(&file, input).expect("a file");
    match Rules::load(std::slice::from_ref(&file), &Server::default()) {
        Ok(rules) => {
            let _ = (rules.stats(), rules.notices(), rules.len());
        }
        Err(problem) => {
            assert!(!problem.what.is_empty());
            // Of the file, or of one that it names.
            assert!(problem.place.is_some(), "{problem:?}");
        }
    }
}
