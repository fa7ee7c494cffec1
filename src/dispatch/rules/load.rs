//! Rules from a TOML file: every key is known, every pattern compiles, every key file is read, or the place is named.

use std::path::Path;
use std::sync::Arc;

use super::Rule;
use super::action::Action;
use super::keys::{Key, StaticKey};
use super::session::Session;
use super::table::{Source, Table, suggestion};
use super::tally::Tally;
use super::when::{Field, Text, When};
use crate::domain::object::Overrides;
use crate::domain::task::Problem;

const HOOKS: [&str; 5] = ["pre", "auth_check", "post_key_auth", "post", "response"];
const ACTIONS: [&str; 3] = ["static_key", "set_headers", "override"];
/// Seconds after which the Gateway forgets a key that a session became, where the rules do not say.
const LIFETIME: i64 = 3_600;

/// The rules of one file, in its order.
pub(super) fn file(path: &Path) -> Result<Vec<Rule>, Problem> {
    let text = read(path, "the rules file")?;
    let source = Source { path, text: &text };
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
        if rules.iter().any(|rule| &*rule.name == name.value) {
            let problem =
                table.problem(&name.span, format!("a rule `{}` is there already", name.value));
            return Err(
                problem.help("give each rule a name of its own: records and counters bear it")
            );
        }
        let when = when(&table)?;
        let actions = actions(&source, &table, &when)?;
        let goes_on = table.boolean("continue")?;
        let name = Arc::from(name.value);
        rules.push(Rule { name, when, actions, goes_on, tally: Arc::new(Tally::default()) });
    }
    Ok(rules)
}

fn read(path: &Path, what: &str) -> Result<String, Problem> {
    let bytes = std::fs::read(path).map_err(|error| {
        Problem::failed(format!("cannot read {what}: {error}")).at(path.display())
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::failed(format!("{what} is not UTF-8 at byte {at}")).at(path.display())
    })
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
    let parse = |text: super::table::Placed<&str>| {
        Text::parse(text.value)
            .map_err(|error| table.problem(&text.span, format!("`{key}`: {error}")))
    };
    texts.into_iter().map(parse).collect()
}

fn actions(source: &Source<'_>, rule: &Table<'_>, when: &When) -> Result<Vec<Action>, Problem> {
    let mut actions = Vec::new();
    for (table, span) in rule.tables("do")? {
        let table = Table::new(source, "an action", table, span, &ACTIONS)?;
        let mut named = table.entries();
        let (Some((name, _)), None) = (named.next(), named.next()) else {
            let problem = table.problem(&table.span, "each `[[rule.do]]` holds one action");
            return Err(problem.help(format!("one of {}", ACTIONS.join(", "))));
        };
        let only = |hook: &str| {
            let texts = when.texts(&Field::Hook);
            !texts.is_empty()
                && texts.iter().all(|text| matches!(text, Text::Exact(word) if word == hook))
        };
        if name.value == "static_key" && !only("auth_check") {
            let problem = table.problem(
                &name.span,
                "`static_key` answers auth_check hooks, and this rule matches others",
            );
            return Err(problem.help("add `hook = \"auth_check\"` to its `[rule.when]`"));
        }
        if name.value != "static_key" && only("response") {
            let what = format!("`{}` does nothing on a response hook", name.value);
            let problem = table.problem(&name.span, what);
            return Err(problem.help("the Gateway reads only `response` of its answer"));
        }
        actions.push(match name.value {
            "static_key" => Action::StaticKey(static_key(source, &table)?),
            "set_headers" => Action::SetHeaders(headers(&table, "set_headers")?),
            _ => Action::Override(overrides(&table)?),
        });
    }
    Ok(actions)
}

/// Header names and values; what the Gateway could not send is refused here.
fn headers(table: &Table<'_>, key: &str) -> Result<Vec<(String, String)>, Problem> {
    let mut headers = Vec::new();
    for (name, value) in table.map(key)? {
        if http::HeaderName::from_bytes(name.value.as_bytes()).is_err() {
            return Err(table.problem(&name.span, format!("`{}` is no header name", name.value)));
        }
        if value.contains(['\r', '\n', '\0']) {
            let what =
                format!("the value of `{}` has a line break: the Gateway answers 500", name.value);
            return Err(table.problem(&name.span, what));
        }
        headers.push((name.value.to_owned(), value));
    }
    Ok(headers)
}

fn overrides(action: &Table<'_>) -> Result<Overrides, Problem> {
    let known = ["code", "error", "body", "override_error", "headers"];
    let Some(table) = action.table("override", "`override`", &known)? else {
        return Ok(Overrides::default());
    };
    let Some(code) = table.integer("code")? else {
        let problem = table.problem(&table.span, "`override` without a `code`");
        return Err(problem.help("the status that the caller gets: 200 to 599"));
    };
    let valid = i32::try_from(code.value).ok().filter(|code| (200..=599).contains(code));
    let Some(valid) = valid else {
        let what = format!("`code` is {}, and must be a status from 200 to 599", code.value);
        return Err(table.problem(&code.span, what));
    };
    let text = |key| table.string(key).map(|text| text.map_or("", |text| text.value).to_owned());
    let overrides = Overrides {
        code: valid,
        error: text("error")?,
        body: text("body")?,
        override_error: table.boolean("override_error")?,
        headers: headers(&table, "headers")?,
    };
    if !overrides.error.is_empty() && !overrides.body.is_empty() {
        let problem = table.problem(&table.span, "`override` with both `error` and `body`");
        return Err(problem.help("the Gateway overwrites the body with the error: leave one out"));
    }
    Ok(overrides)
}

const SESSION: [&str; 5] = ["rate", "per", "metadata", "alias", "session_lifetime"];

fn static_key(source: &Source<'_>, action: &Table<'_>) -> Result<StaticKey, Problem> {
    let known = [&["header", "keys", "keys_file", "code", "error"][..], &SESSION[..]].concat();
    let Some(table) = action.table("static_key", "`static_key`", &known)? else {
        return Err(action.problem(&action.span, "`static_key` must be a table"));
    };
    let session = session(&table, &Session { lifetime: LIFETIME, ..Session::default() })?;
    let mut keys = Vec::new();
    for key in table.strings("keys")?.unwrap_or_default() {
        add(&mut keys, Key::new(key.value.to_owned(), session.clone()), key.value.is_empty())
            .map_err(|what| table.problem(&key.span, what))?;
    }
    if let Some(file) = table.string("keys_file")? {
        let path = inside(source.path, file.value)
            .map_err(|problem| Problem { place: table.problem(&file.span, "").place, ..problem })?;
        keys_file(&path, &session, &mut keys)?;
    }
    if keys.is_empty() {
        let problem =
            table.problem(&table.span, "`static_key` without a key: every caller would be refused");
        return Err(problem.help("name a file with one key a line: keys_file = \"keys.txt\""));
    }
    let code = table.integer("code")?.map_or(Ok(401), |code| {
        i32::try_from(code.value).ok().filter(|code| (400..=599).contains(code)).ok_or_else(|| {
            table.problem(
                &code.span,
                format!("`code` is {}, and must be from 400 to 599", code.value),
            )
        })
    })?;
    let header = table.string("header")?.map_or("Authorization", |header| header.value).to_owned();
    let error = table.string("error")?.map_or("Not authorized", |error| error.value).to_owned();
    Ok(StaticKey { header, refusal: Overrides { code, error, ..Overrides::default() }, keys })
}

fn session(table: &Table<'_>, base: &Session) -> Result<Session, Problem> {
    let mut metadata = base.metadata.clone();
    for (name, value) in table.map("metadata")? {
        if name.value == "token" {
            return Err(
                table.problem(&name.span, "`token` is the key itself, and set by the server")
            );
        }
        metadata.insert(name.value.to_owned(), value);
    }
    let lifetime = match table.integer("session_lifetime")? {
        Some(seconds) if seconds.value < 1 => {
            let problem =
                table.problem(&seconds.span, "`session_lifetime` must be at least 1 second");
            return Err(problem.help(
                "the session becomes a key of the Gateway: without an end it stays for ever",
            ));
        }
        seconds => seconds.map_or(base.lifetime, |seconds| seconds.value),
    };
    let alias = table.string("alias")?.map_or(base.alias.clone(), |alias| alias.value.to_owned());
    Ok(Session {
        rate: table.number("rate")?.unwrap_or(base.rate),
        per: table.number("per")?.unwrap_or(base.per),
        metadata,
        alias,
        lifetime,
    })
}

/// A rules file comes with a clone, and may not reach for secrets outside its own folder.
fn inside(rules: &Path, named: &str) -> Result<std::path::PathBuf, Problem> {
    let folder = rules.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let cannot = |error: std::io::Error| {
        Problem::failed(format!("cannot read the keys file `{named}`: {error}"))
    };
    let path = folder.join(named).canonicalize().map_err(cannot)?;
    if path.starts_with(folder.canonicalize().map_err(cannot)?) {
        return Ok(path);
    }
    let problem =
        Problem::failed(format!("the keys file `{named}` is outside the rules file's folder"));
    Err(problem.help("move it there: a rules file may come with a clone, and is not trusted with secrets elsewhere"))
}

/// One key a line, or TOML with `[[key]]` tables.
fn keys_file(path: &Path, base: &Session, keys: &mut Vec<Key>) -> Result<(), Problem> {
    let text = read(path, "the keys file")?;
    if path.extension().is_none_or(|extension| extension != "toml") {
        for (line, key) in (1..).zip(text.lines().map(str::trim)) {
            if key.is_empty() || key.starts_with('#') {
                continue;
            }
            add(keys, Key::new(key.to_owned(), base.clone()), false)
                .map_err(|what| Problem::failed(what).at(format!("{}:{line}:1", path.display())))?;
        }
        return Ok(());
    }
    let source = Source { path, text: &text };
    let document = source.parse()?;
    let document =
        Table::new(&source, "a keys file", document.get_ref(), document.span(), &["key"])?;
    for (table, span) in document.tables("key")? {
        let known = [&["key"][..], &SESSION[..]].concat();
        let table = Table::new(&source, "a key", table, span, &known)?;
        let key = table.required("key")?;
        add(keys, Key::new(key.value.to_owned(), session(&table, base)?), key.value.is_empty())
            .map_err(|what| table.problem(&key.span, what))?;
    }
    Ok(())
}

fn add(keys: &mut Vec<Key>, key: Key, empty: bool) -> Result<(), String> {
    if empty {
        return Err("an empty key: a caller with an empty header would be let in".to_owned());
    }
    if keys.iter().any(|known| known.same_secret(&key)) {
        return Err("this key is there already".to_owned());
    }
    keys.push(key);
    Ok(())
}
