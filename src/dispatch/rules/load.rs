//! Rules from a TOML file: every key is known, every pattern compiles, every key file is read, or the place is named.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Rule;
use super::action::{Hooks, KINDS, Step};
use super::origin::{Seen, stamp, utf8};
use super::table::{Placed, Source, Table, suggestion};
use super::tally::Tally;
use super::template::Template;
use super::when::{Field, Text, When};
use crate::config;
use crate::dispatch::auth::jwt::Remotes;
use crate::dispatch::auth::token::TokenSecret;
use crate::dispatch::forward::Target;
use crate::domain::object::SecretNames;
use crate::domain::task::Problem;
use crate::services::files;

/// Bytes of a file that a rule names, at most: a hundred thousand users.
const LONGEST: u64 = 16 << 20;

const HOOKS: [&str; 5] = ["pre", "auth_check", "post_key_auth", "post", "response"];

/// Reads rules, and what they name.
pub(in crate::dispatch) struct Loader<'a> {
    /// The rules file that is being read.
    pub(super) file: &'a Path,
    /// Where the secret of tokens is kept (without a place one is made for this process), and where rules may forward to.
    pub(super) settings: &'a config::Server,
    /// That secret, once something needed it.
    pub(super) secret: Option<Arc<TokenSecret>>,
    /// Every file that was looked at.
    pub(super) seen: &'a mut Seen,
    /// Servers that events go to as well.
    pub(super) targets: Vec<Arc<Target>>,
    /// What the server's user should know.
    pub(super) notices: Vec<String>,
    /// Names under which callers send credentials.
    pub(super) secret_names: SecretNames,
    /// Servers of keys.
    pub(in crate::dispatch) remotes: &'a mut Remotes,
    /// Names of rules, those of the files before this one too.
    pub(super) known: &'a mut HashSet<Arc<str>>,
    /// The rule that is being read.
    pub(super) rule: String,
}

/// A file that a rule names.
pub(in crate::dispatch) struct NamedFile {
    pub(in crate::dispatch) path: PathBuf,
    pub(in crate::dispatch) text: String,
}

impl Loader<'_> {
    /// The text of the file that a key names.
    pub(in crate::dispatch) fn file(
        &mut self,
        table: &Table<'_>,
        key: &str,
        what: &str,
    ) -> Result<Option<NamedFile>, Problem> {
        let Some(named) = table.string(key)? else { return Ok(None) };
        let path = match self.inside(named.value, what) {
            Ok(path) => path,
            Err(problem) => {
                // Once it is there the rules are read again.
                self.look_at(self.folder().join(named.value));
                return Err(Problem { place: table.problem(&named.span, "").place, ..problem });
            }
        };
        self.look_at(path.clone());
        let text = files::read(&path, LONGEST, &format!("cannot read {what}"));
        let text = text.and_then(|bytes| utf8(bytes, &path, what));
        let text = text.map_err(|problem| of_file(table, key, problem))?;
        Ok(Some(NamedFile { path, text }))
    }

    /// The secret that tokens are made with.
    pub(in crate::dispatch) fn token_secret(&mut self) -> Result<Arc<TokenSecret>, Problem> {
        if let Some(secret) = &self.secret {
            return Ok(Arc::clone(secret));
        }
        let secret = match &self.settings.token_secret {
            Some(path) => {
                let found = stamp(path);
                TokenSecret::at(path).inspect_err(|_| {
                    self.seen.insert(path.clone(), found);
                })?
            }
            None => TokenSecret::of_process()?,
        };
        Ok(Arc::clone(self.secret.insert(Arc::new(secret))))
    }

    /// Whether rules may forward to this server beyond this machine.
    pub(in crate::dispatch) fn may_forward(&self, address: &str) -> bool {
        self.settings.forward.iter().any(|allowed| allowed == address)
    }

    /// Has events go to this server as well.
    pub(in crate::dispatch) fn events_to(&mut self, target: &Arc<Target>) {
        self.targets.push(Arc::clone(target));
    }

    /// Tells the server's user something of the rule that is being read.
    pub(in crate::dispatch) fn notice(&mut self, text: impl std::fmt::Display) {
        self.notices.push(format!("rule {}: {text}", self.rule));
    }

    /// Has what stands in this header redacted.
    pub(in crate::dispatch) fn secret_header(&mut self, name: &str) {
        self.secret_names.headers.insert(name.to_owned());
    }

    /// The same of a parameter of the query, or a cookie.
    pub(in crate::dispatch) fn secret_param(&mut self, name: &str) {
        self.secret_names.params.insert(name.to_owned());
    }

    /// A rules file comes with a clone, and may not reach for secrets outside its own folder.
    fn inside(&self, named: &str, what: &str) -> Result<PathBuf, Problem> {
        let folder = self.folder();
        let cannot = |error: std::io::Error| {
            Problem::failed(format!("cannot read {what} `{named}`: {error}"))
        };
        let path = folder.join(named).canonicalize().map_err(cannot)?;
        if path.starts_with(folder.canonicalize().map_err(cannot)?) {
            return Ok(path);
        }
        let problem =
            Problem::failed(format!("{what} `{named}` is outside the rules file's folder"));
        Err(problem.help("move it there: a rules file may come with a clone, and is not trusted with secrets elsewhere"))
    }

    /// The rules file's own.
    fn folder(&self) -> &Path {
        files::folder_of(self.file)
    }

    /// Notes a file, as it is before it is read.
    fn look_at(&mut self, path: PathBuf) {
        let stamp = stamp(&path);
        self.seen.entry(path).or_insert(stamp);
    }

    /// The rules of the file, in its order.
    pub(super) fn rules(&mut self, text: &str) -> Result<Vec<Rule>, Problem> {
        let source = Source { path: self.file, text };
        let document = source.parse()?;
        let document =
            Table::new(&source, "a rules file", document.get_ref(), document.span(), &["rule"])?;
        let mut rules: Vec<Rule> = Vec::new();
        for (table, span) in document.tables("rule")? {
            let table =
                Table::new(&source, "a rule", table, span, &["name", "when", "continue", "do"])?;
            let name = table.required("name")?;
            if name.value.is_empty() || name.value == "(none)" {
                return Err(table.problem(&name.span, "a rule needs a name of its own"));
            }
            let own: Arc<str> = name.value.into();
            if !self.known.insert(Arc::clone(&own)) {
                let problem =
                    table.problem(&name.span, format!("a rule `{}` is there already", name.value));
                return Err(
                    problem.help("give each rule a name of its own: records and counters bear it")
                );
            }
            name.value.clone_into(&mut self.rule);
            let when = when(&table)?;
            let steps = self.steps(&source, &table, &when)?;
            let goes_on = table.boolean("continue")?;
            rules.push(Rule { name: own, when, steps, goes_on, tally: Arc::new(Tally::default()) });
        }
        Ok(rules)
    }

    fn steps(
        &mut self,
        source: &Source<'_>,
        rule: &Table<'_>,
        when: &When,
    ) -> Result<Vec<Step>, Problem> {
        let known: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
        let mut steps = Vec::new();
        for (table, span) in rule.tables("do")? {
            let table = Table::new(source, "an action", table, span, &known)?;
            let mut named = table.entries();
            let (Some((name, _)), None) = (named.next(), named.next()) else {
                let problem = table.problem(&table.span, "each `[[rule.do]]` holds one action");
                return Err(problem.help(format!("one of {}", known.join(", "))));
            };
            // `Table::new` took no other name.
            let Some(kind) = KINDS.iter().find(|kind| kind.name == name.value) else { continue };
            fits(kind.hooks, &table, &name, when)?;
            steps.push(Step { hooks: kind.hooks, action: (kind.load)(self, &table)? });
        }
        Ok(steps)
    }
}

/// Refuses an action where it can do nothing on any hook that the rule matches.
fn fits(hooks: Hooks, table: &Table<'_>, name: &Placed<&str>, when: &When) -> Result<(), Problem> {
    let texts = when.texts(&Field::Hook);
    let only = |hook: &str| {
        !texts.is_empty()
            && texts.iter().all(|text| matches!(text, Text::Exact(word) if word == hook))
    };
    let (what, help) = match hooks {
        Hooks::AuthCheck if !only("auth_check") => (
            format!("`{}` answers auth_check hooks, and this rule matches others", name.value),
            "add `hook = \"auth_check\"` to its `[rule.when]`",
        ),
        Hooks::Request if only("response") => (
            format!("`{}` does nothing on a response hook", name.value),
            "the Gateway reads only `response` of its answer",
        ),
        Hooks::Response
            if !texts.iter().any(|text| text.matches("response")) && !texts.is_empty() =>
        {
            (
                format!("`{}` does nothing but on a response hook", name.value),
                "add `hook = \"response\"` to its `[rule.when]`",
            )
        }
        _ => return Ok(()),
    };
    Err(table.problem(&name.span, what).help(help))
}

/// A problem of the file that a key names, at that key: a file of keys has no lines that a person could look for.
pub(in crate::dispatch) fn of_file(table: &Table<'_>, key: &str, problem: Problem) -> Problem {
    let Some(value) = table.value(key) else { return problem };
    let named = value.get_ref().as_str().unwrap_or_default();
    let what = format!("`{key}`, {named}: {}", problem.what);
    Problem { what, place: table.problem(&value.span(), "").place, ..problem }
}

/// Header names and values; what the Gateway could not send is refused here.
pub(super) fn headers(table: &Table<'_>, key: &str) -> Result<Vec<(String, Template)>, Problem> {
    let mut headers = Vec::new();
    for (name, value) in table.map(key)? {
        check_name(table, &name)?;
        if value.value.contains(['\r', '\n', '\0']) {
            let what =
                format!("the value of `{}` has a line break: the Gateway answers 500", name.value);
            return Err(table.problem(&name.span, what));
        }
        headers.push((name.value.to_owned(), table.template(&value)?));
    }
    Ok(headers)
}

/// Refuses a header of a request that the Gateway leaves as it is. Source: the contract of the Dispatcher, section 3.
pub(super) fn reaches_upstream(table: &Table<'_>, name: &Placed<&str>) -> Result<(), Problem> {
    if !name.value.eq_ignore_ascii_case("Host") {
        return Ok(());
    }
    let what = format!("`{}` does nothing here: the upstream sees its own host", name.value);
    Err(table.problem(&name.span, what).help(
        "set the target's host in the API definition; preserve_host_header keeps the client's",
    ))
}

/// Names of headers alone.
pub(super) fn header_names(table: &Table<'_>, key: &str) -> Result<Vec<String>, Problem> {
    let names = table.strings(key)?.unwrap_or_default();
    let each = |name: Placed<&str>| {
        check_name(table, &name)?;
        Ok(name.value.to_owned())
    };
    names.into_iter().map(each).collect()
}

fn check_name(table: &Table<'_>, name: &Placed<&str>) -> Result<(), Problem> {
    match http::HeaderName::from_bytes(name.value.as_bytes()) {
        Ok(_) => Ok(()),
        Err(_) => Err(table.problem(&name.span, format!("`{}` is no header name", name.value))),
    }
}

fn when(rule: &Table<'_>) -> Result<When, Problem> {
    // Which keys there may be is checked below, because headers are the user's names.
    let mut when = When::default();
    let Some(table) = rule.any_table("when")? else { return Ok(when) };
    for (key, value) in table.entries() {
        let field = match key.value {
            "hook" => Field::Hook,
            "name" => Field::Name,
            "api" => Field::Api,
            "method" => Field::Method,
            "path" => Field::Path,
            "header" => {
                let Some(headers) = table.any_table("header")? else { continue };
                for (name, value) in headers.entries() {
                    check_name(&headers, &name)?;
                    let texts = texts(&headers, name.value, value)?;
                    when.0.push((Field::Header(name.value.to_owned()), texts));
                }
                continue;
            }
            other => {
                let Some(name) = other.strip_prefix("header.") else {
                    let known = ["hook", "name", "api", "method", "path", "header"];
                    let problem = table.problem(&key.span, format!("`when` has no key `{other}`"));
                    return Err(problem.help(suggestion(other, &known)));
                };
                Field::Header(name.to_owned())
            }
        };
        if field == Field::Hook {
            for text in table.one_or_more("hook", value)? {
                let exact = !text.value.starts_with("glob:") && !text.value.starts_with("re:");
                if exact && !HOOKS.contains(&text.value) {
                    let problem =
                        table.problem(&text.span, format!("there is no hook `{}`", text.value));
                    return Err(problem.help(suggestion(text.value, &HOOKS)));
                }
            }
        }
        let texts = texts(&table, key.value, value)?;
        when.0.push((field, texts));
    }
    when.0.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(when)
}

fn texts<'a>(
    table: &Table<'a>,
    key: &str,
    value: &'a toml::Spanned<toml::de::DeValue<'a>>,
) -> Result<Vec<Text>, Problem> {
    let texts = table.one_or_more(key, value)?;
    let parse = |text: Placed<&str>| {
        Text::parse(text.value)
            .map_err(|error| table.problem(&text.span, format!("`{key}`: {error}")))
    };
    texts.into_iter().map(parse).collect()
}
