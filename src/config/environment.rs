//! The environment's layer: `TYK_TUI_<SECTION>_<KEY>`.

use super::keys::Key;
use super::settings::Settings;
use super::table::KEYS;
use crate::domain::nearest::nearest;
use crate::domain::task::Problem;

/// What all our variables begin with.
pub(super) const PREFIX: &str = "TYK_TUI_";

/// Variables of ours that are no configuration keys: the profile, the passphrase of a key, and the Python of the tests
/// against foreign programs.
const OTHERS: [&str; 3] = ["TYK_TUI_USE", "TYK_TUI_KEY_PASSPHRASE", "TYK_TUI_PEERS_PYTHON"];

/// The variable of a key.
pub(super) fn variable(key: &Key<Settings>) -> String {
    format!("{PREFIX}{}", key.name.replace('.', "_").to_uppercase())
}

/// The key of a variable; a warning where it looks like ours and is not; nothing where it is another of ours.
pub(super) fn key(name: &str) -> Result<Option<&'static Key<Settings>>, Problem> {
    if OTHERS.contains(&name) {
        return Ok(None);
    }
    if let Some(key) = KEYS.iter().find(|key| variable(key) == name) {
        return Ok(Some(key));
    }
    let known: Vec<String> = KEYS.iter().map(variable).collect();
    let known = known.iter().map(String::as_str).chain(OTHERS);
    let problem = Problem::failed("no setting has this variable").at(name);
    Err(match nearest(name, known) {
        Some(meant) => problem.help(format!("did you mean {meant}?")),
        None => problem.help("a setting's variable is TYK_TUI_<SECTION>_<KEY>"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_variable_and_near_misses_are_named() {
        for it in KEYS {
            assert_eq!(key(&variable(it)).unwrap().unwrap().name, it.name);
        }
        assert!(key("TYK_TUI_USE").unwrap().is_none());
        let problem = key("TYK_TUI_SERVER_LISTN").err().unwrap();
        assert_eq!(problem.help.as_deref(), Some("did you mean TYK_TUI_SERVER_LISTEN?"));
    }
}
