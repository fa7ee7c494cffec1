//! TOML tables read key by key, with the place of each, so that an error names file, line and column.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::template::Template;
use crate::domain::nearest::nearest;
use crate::domain::task::Problem;

/// A file's text, and where it is from.
pub(in crate::dispatch) struct Source<'a> {
    pub(in crate::dispatch) path: &'a Path,
    pub(in crate::dispatch) text: &'a str,
}

impl Source<'_> {
    /// A problem at a place in the text.
    pub(in crate::dispatch) fn problem(
        &self,
        span: &Range<usize>,
        what: impl Into<String>,
    ) -> Problem {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Problem::failed(what).at(format!("{}:{line}:{column}", self.path.display()))
    }

    /// Whether its name says that it is TOML.
    pub(in crate::dispatch) fn is_toml(&self) -> bool {
        self.path.extension().is_some_and(|extension| extension == "toml")
    }

    /// Its lines without white space around them, but for empty ones and those that begin with `#`.
    pub(in crate::dispatch) fn lines(&self) -> impl Iterator<Item = Placed<&str>> {
        let start = self.text.as_ptr() as usize;
        self.text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(move |line| {
                let at = line.as_ptr() as usize - start;
                Placed { value: line, span: at..at + line.len() }
            })
    }

    /// Each table of a list, in a file that holds nothing else.
    pub(in crate::dispatch) fn each(
        &self,
        list: &'static str,
        file: &'static str,
        one: &'static str,
        known: &[&str],
        mut take: impl FnMut(&Table<'_>) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let document = self.parse()?;
        let document = Table::new(self, file, document.get_ref(), document.span(), &[list])?;
        for (table, span) in document.tables(list)? {
            take(&Table::new(self, one, table, span, known)?)?;
        }
        Ok(())
    }

    /// The whole document.
    pub(in crate::dispatch) fn parse(&self) -> Result<Spanned<DeTable<'_>>, Problem> {
        DeTable::parse(self.text).map_err(|error: toml::de::Error| {
            self.problem(&error.span().unwrap_or(0..0), error.message().to_owned())
        })
    }
}

/// A table whose keys are all known.
pub(in crate::dispatch) struct Table<'a> {
    source: &'a Source<'a>,
    /// What it is, in an error: `a rule`.
    what: &'static str,
    keys: &'a DeTable<'a>,
    pub(in crate::dispatch) span: Range<usize>,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(in crate::dispatch) struct Placed<T> {
    pub(in crate::dispatch) value: T,
    pub(in crate::dispatch) span: Range<usize>,
}

/// A name and its text, each with its place.
pub(in crate::dispatch) type Entry<'a> = (Placed<&'a str>, Placed<&'a str>);

impl<'a> Table<'a> {
    /// Takes the table; the first key that is none of `known` is an error that names the nearest.
    pub(in crate::dispatch) fn new(
        source: &'a Source<'a>,
        what: &'static str,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        known: &[&str],
    ) -> Result<Self, Problem> {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let problem = source.problem(&key.span(), format!("{what} has no key `{name}`"));
                return Err(problem.help(suggestion(name, known)));
            }
        }
        Ok(Self { source, what, keys: table, span })
    }

    /// The table under a key, as [`Table::new`].
    pub(in crate::dispatch) fn table(
        &self,
        key: &str,
        what: &'static str,
        known: &[&str],
    ) -> Result<Option<Table<'a>>, Problem> {
        let Some(value) = self.keys.get(key) else { return Ok(None) };
        let table =
            value.get_ref().as_table().ok_or_else(|| self.expected(key, value, "a table"))?;
        Table::new(self.source, what, table, value.span(), known).map(Some)
    }

    /// The table under a key, whatever its keys are.
    pub(in crate::dispatch) fn any_table(&self, key: &str) -> Result<Option<Table<'a>>, Problem> {
        let Some(value) = self.keys.get(key) else { return Ok(None) };
        let table =
            value.get_ref().as_table().ok_or_else(|| self.expected(key, value, "a table"))?;
        Ok(Some(Table { source: self.source, what: "a table", keys: table, span: value.span() }))
    }

    /// The tables of a list of tables, and where each is.
    pub(in crate::dispatch) fn tables(
        &self,
        key: &str,
    ) -> Result<Vec<(&'a DeTable<'a>, Range<usize>)>, Problem> {
        let Some(value) = self.keys.get(key) else { return Ok(Vec::new()) };
        let list = value.get_ref().as_array();
        let list = list.ok_or_else(|| self.expected(key, value, "a list of tables"))?;
        let table = |value: &'a Spanned<DeValue<'a>>| {
            let table = value.get_ref().as_table();
            table
                .map(|table| (table, value.span()))
                .ok_or_else(|| self.expected(key, value, "a table"))
        };
        list.iter().map(table).collect()
    }

    /// Keys and values as they are, for tables whose keys the user names.
    pub(in crate::dispatch) fn entries(
        &self,
    ) -> impl Iterator<Item = (Placed<&'a str>, &'a Spanned<DeValue<'a>>)> {
        self.keys
            .iter()
            .map(|(key, value)| (Placed { value: key.get_ref().as_ref(), span: key.span() }, value))
    }

    pub(in crate::dispatch) fn string(
        &self,
        key: &str,
    ) -> Result<Option<Placed<&'a str>>, Problem> {
        self.keys.get(key).map(|value| self.text(key, value)).transpose()
    }

    pub(in crate::dispatch) fn required(&self, key: &str) -> Result<Placed<&'a str>, Problem> {
        self.string(key)?.ok_or_else(|| {
            self.source.problem(&self.span, format!("{} without a `{key}`", self.what))
        })
    }

    /// A string, or a list of strings.
    pub(in crate::dispatch) fn strings(
        &self,
        key: &str,
    ) -> Result<Option<Vec<Placed<&'a str>>>, Problem> {
        self.keys.get(key).map(|value| self.one_or_more(key, value)).transpose()
    }

    /// The same without their places.
    pub(in crate::dispatch) fn texts(&self, key: &str) -> Result<Option<Vec<String>>, Problem> {
        let texts = self.strings(key)?;
        Ok(texts.map(|texts| texts.iter().map(|text| text.value.to_owned()).collect()))
    }

    /// The same for a value of [`Table::entries`].
    pub(in crate::dispatch) fn one_or_more(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<Vec<Placed<&'a str>>, Problem> {
        match value.get_ref().as_array() {
            Some(list) if list.is_empty() => Err(self
                .source
                .problem(&value.span(), format!("`{key}` is empty: it can never match"))),
            Some(list) => list.iter().map(|value| self.text(key, value)).collect(),
            None => Ok(vec![self.text(key, value)?]),
        }
    }

    pub(in crate::dispatch) fn boolean(&self, key: &str) -> Result<bool, Problem> {
        let Some(value) = self.keys.get(key) else { return Ok(false) };
        value.get_ref().as_bool().ok_or_else(|| self.expected(key, value, "true or false"))
    }

    pub(in crate::dispatch) fn integer(&self, key: &str) -> Result<Option<Placed<i64>>, Problem> {
        let Some(value) = self.keys.get(key) else { return Ok(None) };
        let integer = value.get_ref().as_integer();
        let parsed =
            integer.and_then(|digits| i64::from_str_radix(digits.as_str(), digits.radix()).ok());
        let value_at = |number| Placed { value: number, span: value.span() };
        parsed.map(value_at).map(Some).ok_or_else(|| self.expected(key, value, "a whole number"))
    }

    /// A number of at least 0, whole or not.
    pub(in crate::dispatch) fn number(&self, key: &str) -> Result<Option<f64>, Problem> {
        let Some(value) = self.keys.get(key) else { return Ok(None) };
        let inner = value.get_ref();
        let text = inner.as_float().map(toml::de::DeFloat::as_str);
        let text = text.or_else(|| inner.as_integer().map(toml::de::DeInteger::as_str));
        let number = text.and_then(|text| text.parse::<f64>().ok());
        let valid = number.filter(|number| number.is_finite() && *number >= 0.0);
        valid.map(Some).ok_or_else(|| match number {
            Some(number) => self.source.problem(
                &value.span(),
                format!("`{key}` is {number}, and must be a number of at least 0"),
            ),
            None => self.expected(key, value, "a number of at least 0"),
        })
    }

    /// A table of strings, in the file's order of names.
    pub(in crate::dispatch) fn map(&self, key: &str) -> Result<Vec<Entry<'a>>, Problem> {
        let Some(value) = self.keys.get(key) else { return Ok(Vec::new()) };
        let table = value.get_ref().as_table();
        let table = table.ok_or_else(|| self.expected(key, value, "a table of strings"))?;
        table
            .iter()
            .map(|(name, value)| {
                let text = self.text(name.get_ref(), value)?;
                Ok((Placed { value: name.get_ref().as_ref(), span: name.span() }, text))
            })
            .collect()
    }

    /// The text with `${…}` in it.
    pub(in crate::dispatch) fn template(&self, text: &Placed<&str>) -> Result<Template, Problem> {
        Template::parse(text.value).map_err(|error| {
            let problem = self.problem(&text.span, error.to_string());
            match error.help() {
                Some(help) => problem.help(help),
                None => problem,
            }
        })
    }

    /// A value that may be anything.
    pub(in crate::dispatch) fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.keys.get(key)
    }

    pub(in crate::dispatch) fn problem(
        &self,
        span: &Range<usize>,
        what: impl Into<String>,
    ) -> Problem {
        self.source.problem(span, what)
    }

    fn text(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Result<Placed<&'a str>, Problem> {
        let text = value.get_ref().as_str().ok_or_else(|| self.expected(key, value, "a string"))?;
        Ok(Placed { value: text, span: value.span() })
    }

    fn expected(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) -> Problem {
        let found = value.get_ref().type_str();
        self.source.problem(&value.span(), format!("`{key}` must be {wanted}, and is {found}"))
    }
}

/// What may have been meant.
pub(in crate::dispatch) fn suggestion(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("known are {}", known.join(", ")),
    }
}
