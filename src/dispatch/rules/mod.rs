//! Rules: which Dispatch is answered how, from TOML files. Tried in file order; the first that matches handles it.
//!
//! ```toml
//! [[rule]]
//! name = "static-key"
//! # continue = true            # later rules go on with what this one did
//! [rule.when]                  # every key must match; a list means any of it; none: everything
//! hook = "auth_check"          # pre, auth_check, post_key_auth, post, response
//! api = ["orders", "users"]    # the API's id
//! path = "glob:/orders/*"      # without the query; `*` stands for any text
//! header.X-Tenant = "re:^acme" # exact without `glob:` or `re:`
//! [[rule.do]]                  # one action each, in order; a refusal ends the rule
//! static_key = { auth_header_name = "Authorization", keys_file = "keys.txt", rate = 1000, per = 1 }
//! ```
//!
//! `assets/rules/README.md` is the reference of actions, settings and templates.

mod action;
mod load;
mod names;
mod origin;
mod table;
mod tally;
mod template;
mod turn;
mod when;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use http::HeaderMap;
use tonic::Status;

pub(in crate::dispatch) use action::{Action, Hooks, Kind, Later, Now, action_table};
pub(in crate::dispatch) use load::{Loader, of_file};
pub(in crate::dispatch) use origin::{Seen, stamp};
pub(in crate::dispatch) use table::{Placed, Source, Table};
pub(in crate::dispatch) use tally::Mark;
pub use tally::RuleStats;
pub(in crate::dispatch) use template::Template;
pub(in crate::dispatch) use turn::{Done, Turn};

use crate::config;
use crate::dispatch::auth::jwt::Remotes;
use crate::dispatch::forward::Target;
use crate::domain::object::{Head, Hook, SecretNames, WireError};
use crate::domain::task::Problem;

use action::Step;
use origin::{Named, Origin};
use tally::{Counted, Tally};
use when::When;

/// APIs that are remembered as unanswered, at most.
const UNANSWERED: usize = 1_000;

/// All rules in force.
#[derive(Debug, Default)]
pub struct Rules {
    named: Vec<Rule>,
    none: Arc<Tally>,
    unanswered: Mutex<BTreeSet<String>>,
    /// Servers that events go to as well.
    targets: Vec<Arc<Target>>,
    /// What its user should know of single rules.
    notices: Vec<String>,
    /// Names under which callers send credentials.
    secret_names: SecretNames,
    /// Every file that they were read from, keys included.
    seen: Seen,
    /// Servers of keys, with what they gave.
    remotes: Remotes,
    origin: Option<Origin>,
}

/// One rule.
#[derive(Debug)]
struct Rule {
    name: Arc<str>,
    when: When,
    steps: Vec<Step>,
    goes_on: bool,
    tally: Arc<Tally>,
}

/// What is answered, and for whom it counts.
#[derive(Debug)]
pub(in crate::dispatch) struct Decision {
    pub(in crate::dispatch) reply: Reply,
    /// Which rules handled it.
    pub(in crate::dispatch) mark: Mark,
}

/// How a Dispatch ends.
#[derive(Debug)]
pub(in crate::dispatch) enum Reply {
    /// The very bytes that came, where nothing touched them and nothing was missing.
    Answer(Bytes),
    Status(Status),
    /// The call is broken off.
    BrokenOff,
}

/// What rules make of one Object, tried without a server.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The rule that its record would bear: the first that matched.
    pub rule: Option<String>,
    /// All that had a part in it.
    pub rules: Vec<String>,
    /// Why the caller was refused, or what went wrong.
    pub why: Option<String>,
    /// The answer, or the text of the status that would be sent instead.
    pub reply: Result<Bytes, String>,
}

impl Rules {
    /// Reads rules files, in this order. An error names file, line and column. The settings say where the secret of tokens is
    /// (it is made where a rule needs it and it is not there), and where rules may forward to.
    pub fn load(files: &[PathBuf], settings: &config::Server) -> Result<Self, Problem> {
        let files = Named::Files(files.to_vec());
        Self::of(Origin::new(files, settings.clone()), None, &mut Seen::new())
    }

    /// Those of the configuration: files and globs (whose files are taken by name), relative to the file that names them.
    pub fn configured(settings: &config::Settings) -> Result<Self, Problem> {
        let files = Named::Globs(settings.rules.clone());
        Self::of(Origin::new(files, settings.server.clone()), None, &mut Seen::new())
    }

    /// The same rules as their files are now. Counters of rules that keep their name go on. `seen` has the files that were
    /// looked at, also where they are wrong.
    pub(super) fn again(&self, seen: &mut Seen) -> Result<Self, Problem> {
        let Some(origin) = self.origin.clone() else { return Ok(Self::default()) };
        let mut rules = Self::of(origin, Some(self), seen)?;
        let known: HashMap<&str, &Rule> = self.named.iter().map(|it| (&*it.name, it)).collect();
        for rule in &mut rules.named {
            if let Some(known) = known.get(&*rule.name) {
                rule.tally = Arc::clone(&known.tally);
            }
        }
        rules.none = Arc::clone(&self.none);
        Ok(rules)
    }

    fn of(mut origin: Origin, before: Option<&Self>, seen: &mut Seen) -> Result<Self, Problem> {
        let mut rules = Self::read(&mut origin, before, seen)?;
        rules.seen.clone_from(seen);
        rules.origin = Some(origin);
        Ok(rules)
    }

    /// The files that are named now, and the folders in which more of them may come to be; `None` where no file was.
    pub(super) fn origin(&self) -> Option<(Vec<PathBuf>, BTreeSet<PathBuf>)> {
        self.origin.as_ref().map(Origin::places)
    }

    fn read(origin: &mut Origin, before: Option<&Self>, seen: &mut Seen) -> Result<Self, Problem> {
        let mut rules = Self::default();
        let mut remotes = before.map(|it| Remotes::after(&it.remotes)).unwrap_or_default();
        let mut secret = None;
        let mut known = HashSet::new();
        for file in &origin.files.files()? {
            seen.insert(file.clone(), stamp(file));
            let text = origin.text(file, before.is_none())?;
            if origin.is_pipe(file) {
                seen.remove(file);
            }
            let mut loader = Loader {
                file,
                settings: &origin.server,
                secret: secret.take(),
                seen,
                targets: Vec::new(),
                notices: Vec::new(),
                secret_names: SecretNames::default(),
                remotes: &mut remotes,
                known: &mut known,
                rule: String::new(),
            };
            let more = loader.rules(&text)?;
            secret = loader.secret;
            rules.targets.append(&mut loader.targets);
            rules.notices.append(&mut loader.notices);
            rules.secret_names.add(&loader.secret_names);
            rules.named.extend(more);
        }
        rules.remotes = remotes.settled();
        Ok(rules)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.named.len()
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

    /// Every file that the rules were read from, as it was then.
    pub(super) fn seen(&self) -> &Seen {
        &self.seen
    }

    /// Names under which callers send what proves who they are: what stands there is redacted.
    pub fn secret_names(&self) -> &SecretNames {
        &self.secret_names
    }

    /// The same of the rules that the configuration names, without what else they need; what is wrong with them is not told.
    pub fn secret_names_of(settings: &config::Settings) -> SecretNames {
        names::of_files(&settings.rules.files().unwrap_or_default())
    }

    /// What to say at the start: of single rules, and of `auth_check` hooks that no rule answers.
    pub fn notices(&self) -> Vec<String> {
        self.notices.iter().cloned().chain(self.notice()).collect()
    }

    /// What to say at the start of `auth_check` hooks that get no session; `None` where a rule answers them all.
    fn notice(&self) -> Option<String> {
        let answers = |rule: &&Rule| rule.steps.iter().any(Step::authenticates);
        let mut answering = self.named.iter().filter(answers).peekable();
        if answering.peek().is_none() {
            return Some(
                "no rule answers an auth_check hook: where an API has one, the Gateway will answer 403 to every caller"
                    .to_owned(),
            );
        }
        let whens: Vec<String> = answering.map(|rule| rule.when.to_string()).collect();
        if whens.iter().any(|when| ["everything", "hook auth_check"].contains(&when.as_str())) {
            return None;
        }
        Some(format!(
            "auth_check hooks are answered only for: {}; to the callers of others the Gateway will answer 403",
            whens.join("; ")
        ))
    }

    /// Decides what is answered to an Object; reads only the fields that rules name, from the wire form. `call` is the
    /// metadata of the call.
    pub(in crate::dispatch) async fn decide(
        &self,
        object: &Bytes,
        call: &HeaderMap,
    ) -> Result<Decision, WireError> {
        let head = Head::read(object)?;
        let mut turn = Turn::new(&head, object, call);
        let mut matched: Option<Arc<str>> = None;
        let mut begun = Vec::new();
        let mut end = Done::GoOn;
        let (mut trouble, mut ended_by) = (None, None);
        'rules: for rule in &self.named {
            if !rule.when.matches(&head) {
                continue;
            }
            matched.get_or_insert_with(|| Arc::clone(&rule.name));
            begun.push((Arc::clone(&rule.tally), Instant::now()));
            for step in &rule.steps {
                match step.apply(&mut turn).await {
                    Done::GoOn => {}
                    Done::Failed => {
                        rule.tally.failed(turn.note.as_deref());
                        trouble = turn.note.take();
                    }
                    done => {
                        end = done;
                        ended_by = Some(Arc::clone(&rule.name));
                        break 'rules;
                    }
                }
            }
            if !rule.goes_on {
                break;
            }
        }
        let refused = matches!(end, Done::Refused);
        let note = turn.note.take().or(trouble);
        let reply = match end {
            Done::NoAnswer(status) => Reply::Status(status),
            Done::BrokenOff => Reply::BrokenOff,
            Done::GoOn | Done::Refused | Done::Failed => {
                let unanswered = turn.edit.session.is_none() && !turn.forwarded && !refused;
                if head.hook == Hook::AuthCheck && unanswered {
                    self.note_unanswered(head.api_id);
                }
                Reply::Answer(turn.answer()?)
            }
        };
        let mark = Mark::new(matched, self.counted(begun), refused, note).ended_by(ended_by);
        Ok(Decision { reply, mark })
    }

    /// How long each rule took that had a part in an answer, which is made by now: until the next one began, as a later rule
    /// is not slow because an earlier one waits. Where none had, that is `(none)`'s.
    fn counted(&self, begun: Vec<(Arc<Tally>, Instant)>) -> Vec<Counted> {
        if begun.is_empty() {
            return vec![(Arc::clone(&self.none), None)];
        }
        let mut until = Instant::now();
        let mut counted: Vec<Counted> = Vec::with_capacity(begun.len());
        for (tally, since) in begun.into_iter().rev() {
            counted.push((tally, Some(until.saturating_duration_since(since))));
            until = since;
        }
        counted.reverse();
        counted
    }

    /// Whether a rule computes so long that calls beside it had better not wait.
    pub(in crate::dispatch) fn take_long(&self) -> bool {
        self.named.iter().flat_map(|rule| &rule.steps).any(Step::takes_long)
    }

    /// What would be answered to an Object. Nothing is counted; actions that ask others, `forward` for one, do ask them.
    /// The error says why the bytes are no Object.
    pub async fn try_on(&self, object: &Bytes) -> Result<Tried, String> {
        let decision = self.decide(object, &HeaderMap::new()).await;
        let Decision { reply, mark } = decision.map_err(|error| error.to_string())?;
        Ok(Tried {
            rule: mark.rule().map(|rule| rule.to_string()),
            rules: self.named(&mark).iter().map(ToString::to_string).collect(),
            why: mark.note().map(str::to_owned),
            reply: match reply {
                Reply::Answer(reply) => Ok(reply),
                Reply::Status(status) => Err(status.message().to_owned()),
                Reply::BrokenOff => Err("the call is broken off".to_owned()),
            },
        })
    }

    /// The rules that had a part in a decision.
    pub(in crate::dispatch) fn named(&self, mark: &Mark) -> Vec<Arc<str>> {
        let named = |tally: &Arc<Tally>| {
            let rule = self.named.iter().find(|rule| Arc::ptr_eq(&rule.tally, tally))?;
            Some(Arc::clone(&rule.name))
        };
        mark.tallies().filter_map(named).collect()
    }

    /// Hands an event on to the servers that Dispatches are forwarded to. Nobody waits for them: an event has no answer.
    pub(in crate::dispatch) fn event(&self, event: &Bytes, call: &HeaderMap) {
        for target in &self.targets {
            target.event(event, call);
        }
    }

    fn note_unanswered(&self, api: &str) {
        let mut apis = self.unanswered.lock().unwrap_or_else(PoisonError::into_inner);
        if apis.len() < UNANSWERED && !apis.contains(api) {
            apis.insert(api.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use prost::Message as _;

    use super::*;
    use crate::config::Globs;
    use crate::domain::object::coprocess;

    /// The reference page and the examples.
    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/rules");

    #[test]
    fn the_reference_names_every_action_setting_and_example() {
        let page = std::fs::read_to_string(format!("{FOLDER}/README.md")).unwrap();
        let names =
            action::KINDS.iter().map(|kind| kind.name).chain(super::super::auth::session::KEYS);
        for name in names {
            assert!(page.contains(&format!("`{name}`")), "{name}");
        }
        for entry in std::fs::read_dir(FOLDER).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            assert!(name == "README.md" || page.contains(&format!("({name})")), "{name}");
        }
    }

    #[test]
    fn every_example_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/auth");
        for from in [fixtures, FOLDER] {
            for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
                std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
            }
        }
        std::fs::write(folder.path().join("keys.txt"), "k\n").unwrap();
        std::fs::write(folder.path().join("hmac-keys.txt"), "k:s\n").unwrap();
        let all = Globs { patterns: vec!["*.toml".to_owned()], folder: folder.path().to_owned() };
        let files = all.files().unwrap();
        assert_eq!(files.len(), 10);
        for file in files {
            let rules = Rules::load(std::slice::from_ref(&file), &config::Server::default());
            let rules = rules.unwrap_or_else(|problem| panic!("{}: {problem:?}", file.display()));
            assert!(!rules.is_empty());
            assert!(rules.seen().len() <= 2 && rules.seen().contains_key(&file));
        }
    }

    fn loaded(texts: &[&str]) -> Result<Rules, Problem> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "short").unwrap();
        let file = |(at, text): (usize, &&str)| {
            let file = folder.path().join(format!("{at}.toml"));
            std::fs::write(&file, text).unwrap();
            file
        };
        let files: Vec<_> = texts.iter().enumerate().map(file).collect();
        Rules::load(&files, &config::Server::default())
    }

    #[test]
    fn a_rule_for_everything_answers_every_auth_check_hook() {
        let forward = "[[rule]]\nname = \"a\"\n[[rule.do]]\nforward = { to = \"127.0.0.1:1\" }\n";
        assert_eq!(loaded(&[forward]).unwrap().notices(), [""; 0]);
        let notices =
            loaded(&[&forward.replace("name", "when.api = \"b\"\nname")]).unwrap().notices();
        assert!(notices[0].contains("only for: api b;"), "{notices:?}");
    }

    #[test]
    fn a_secret_that_is_too_short_is_told_and_so_is_the_line_of_a_name_that_another_file_has() {
        let jwt = "[[rule]]\nname = \"a\"\nwhen.hook = \"auth_check\"\n[[rule.do]]\n\
                   jwt = { algorithms = \"HS256\", secret_file = \"secret\" }\n";
        let notices = loaded(&[jwt]).unwrap().notices();
        assert!(notices[0].starts_with("rule a: the secret has 5 bytes"), "{notices:?}");
        let problem = loaded(&[jwt, "\n[[rule]]\nname = \"a\"\n"]).unwrap_err();
        assert!(problem.place.unwrap().ends_with("1.toml:3:8"));
    }

    #[tokio::test]
    async fn a_later_rule_is_not_slow_because_an_earlier_one_waits() {
        let rules = loaded(&["[[rule]]\nname = \"waits\"\ncontinue = true\n\
                              [[rule.do]]\ndelay = { ms = 400 }\n\
                              [[rule]]\nname = \"later\"\n\
                              [[rule.do]]\nset_headers = { X-A = \"b\" }\n"]);
        let rules = rules.unwrap();
        let object = coprocess::Object {
            hook_type: coprocess::HookType::Pre.into(),
            request: Some(coprocess::MiniRequestObject::default()),
            ..Default::default()
        };
        let begun = Instant::now();
        let decision = rules.decide(&object.encode_to_vec().into(), &HeaderMap::new()).await;
        decision.unwrap().mark.count(false, begun.elapsed());
        let stats = rules.stats();
        assert_eq!(stats.iter().map(|rule| rule.hits).collect::<Vec<_>>(), [1, 1, 0]);
        assert!(stats[0].p99 >= Duration::from_millis(390), "{stats:?}");
        assert!(stats[1].p99 < Duration::from_millis(300), "{stats:?}");
    }

    proptest! {
        #[test]
        fn whatever_is_in_a_rules_file_is_rules_or_a_problem(
            example in any::<prop::sample::Index>(),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        ) {
            let mut files: Vec<_> = std::fs::read_dir(FOLDER).unwrap().map(|it| it.unwrap().path()).collect();
            files.sort();
            let mut text = std::fs::read(example.get(&files)).unwrap();
            for (at, byte) in changes {
                let at = at.index(text.len());
                text[at] = byte;
            }
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("rules.toml");
            std::fs::write(&file, text).unwrap();
            match Rules::load(&[file], &config::Server::default()) {
                Ok(rules) => prop_assert!(rules.len() < 10),
                Err(problem) => prop_assert!(!problem.what.is_empty()),
            }
        }
    }
}
