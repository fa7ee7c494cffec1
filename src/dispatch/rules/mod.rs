//! Rules: which Dispatch is answered how, from TOML files. Tried in file order; the first that matches handles it.
//!
//! ```toml
//! [[rule]]
//! name = "static-key"
//! # continue = true            # later rules go on with what this one did
//! [rule.when]                  # every key must match; a list means any of it; none: everything
//! hook = "auth_check"          # pre, auth_check, post_key_auth, post, response
//! name = "MyAuthCheck"         # the hook's function
//! api = ["orders", "users"]    # the API's id
//! method = "GET"
//! path = "glob:/orders/*"      # without the query; `*` stands for any text
//! header.X-Tenant = "re:^acme" # exact without `glob:` or `re:`
//! [[rule.do]]                  # one action each, in order; a refusal ends the rule
//! static_key = { header = "Authorization", keys_file = "keys.txt", rate = 1000, per = 1 }
//! [[rule.do]]
//! set_headers = { X-Plugin = "tyk-tui" }
//! [[rule.do]]
//! override = { code = 403, error = "Not today" }
//! ```

mod action;
mod keys;
mod load;
mod session;
mod table;
mod tally;
mod when;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

pub(in crate::dispatch) use tally::Mark;
pub use tally::RuleStats;

use crate::config;
use crate::domain::object::{self, Edit, Head, Hook, WireError};
use crate::domain::task::Problem;

use action::{Action, Done};
use tally::Tally;
use when::When;

/// APIs that are remembered as unanswered, at most.
const UNANSWERED: usize = 1_000;

/// All rules in force.
#[derive(Debug, Default)]
pub struct Rules {
    named: Vec<Rule>,
    none: Arc<Tally>,
    unanswered: Mutex<BTreeSet<String>>,
}

/// One rule.
#[derive(Debug)]
struct Rule {
    name: Arc<str>,
    when: When,
    actions: Vec<Action>,
    goes_on: bool,
    tally: Arc<Tally>,
}

/// What is answered, and for whom it counts.
#[derive(Debug)]
pub(in crate::dispatch) struct Decision {
    /// The very bytes that came, where nothing touched them and nothing was missing.
    pub(in crate::dispatch) reply: Bytes,
    /// Which rules handled it.
    pub(in crate::dispatch) mark: Mark,
}

impl Rules {
    /// Reads rules files, in this order. An error names file, line and column.
    pub fn load(files: &[PathBuf]) -> Result<Self, Problem> {
        let mut rules: Vec<Rule> = Vec::new();
        for file in files {
            let more = load::file(file)?;
            if let Some(double) = more.iter().find(|new| rules.iter().any(|r| r.name == new.name)) {
                return Err(Problem::failed(format!("a rule `{}` is there already", double.name))
                    .at(file.display())
                    .help("give each rule a name of its own: records and counters bear it"));
            }
            rules.extend(more);
        }
        Ok(Self { named: rules, ..Self::default() })
    }

    /// Those of the configuration: files and globs (whose files are taken by name), relative to the file that names them.
    pub fn configured(settings: &config::Settings) -> Result<Self, Problem> {
        Self::load(&settings.rules.files()?)
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// Each rule in order, then `(none)`.
    pub fn stats(&self) -> Vec<RuleStats> {
        let named =
            self.named.iter().map(|rule| rule.tally.stats(&rule.name, rule.when.to_string()));
        let rest = if self.named.is_empty() { "everything" } else { "everything else" };
        named.chain([self.none.stats("(none)", rest.to_owned())]).collect()
    }

    /// APIs whose `auth_check` hook came and no rule answered.
    pub fn unanswered(&self) -> Vec<String> {
        let apis = self.unanswered.lock().unwrap_or_else(PoisonError::into_inner);
        apis.iter().cloned().collect()
    }

    /// What to say at the start of `auth_check` hooks that get no session; `None` where a rule answers them all.
    pub fn notice(&self) -> Option<String> {
        let answers = |rule: &&Rule| rule.actions.iter().any(Action::authenticates);
        let mut answering = self.named.iter().filter(answers).peekable();
        if answering.peek().is_none() {
            return Some(
                "no rule answers an auth_check hook: where an API has one, the Gateway will answer 403 to every caller"
                    .to_owned(),
            );
        }
        let whens: Vec<String> = answering.map(|rule| rule.when.to_string()).collect();
        if whens.iter().any(|when| when == "hook auth_check") {
            return None;
        }
        Some(format!(
            "auth_check hooks are answered only for: {}; to the callers of others the Gateway will answer 403",
            whens.join("; ")
        ))
    }

    /// Decides what is answered to an Object; reads only the fields that rules name, from the wire form.
    pub(in crate::dispatch) fn decide(&self, object: &Bytes) -> Result<Decision, WireError> {
        let head = Head::read(object)?;
        let mut edit = Edit::default();
        let mut matched: Option<Arc<str>> = None;
        let mut tallies = Vec::new();
        let mut done = Done::GoOn;
        for rule in &self.named {
            if !rule.when.matches(&head) {
                continue;
            }
            matched.get_or_insert_with(|| Arc::clone(&rule.name));
            tallies.push(Arc::clone(&rule.tally));
            for action in &rule.actions {
                done = action.apply(&head, &mut edit);
                if done == Done::Refused {
                    break;
                }
            }
            if done == Done::Refused || !rule.goes_on {
                break;
            }
        }
        if tallies.is_empty() {
            tallies.push(Arc::clone(&self.none));
        }
        if head.hook == Hook::AuthCheck && edit.session.is_none() && done != Done::Refused {
            self.note_unanswered(head.api_id);
        }
        let reply = if edit.is_empty() { object::complete(object)? } else { edit.apply(object)? };
        Ok(Decision { reply, mark: Mark::new(matched, tallies, done == Done::Refused) })
    }

    fn note_unanswered(&self, api: &str) {
        let mut apis = self.unanswered.lock().unwrap_or_else(PoisonError::into_inner);
        if apis.len() < UNANSWERED && !apis.contains(api) {
            apis.insert(api.to_owned());
        }
    }
}
