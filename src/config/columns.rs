//! The columns of the list of Dispatches.

use crate::domain::nearest::nearest;

/// What a column shows, and what rows can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// When it came.
    Time,
    /// The hook; sorted in the order in which a Gateway calls them.
    Hook,
    /// The hook's name.
    Name,
    /// The API's id.
    Api,
    /// The request's method.
    Method,
    /// The request's path.
    Path,
    /// What came of it, and the status that the caller sees.
    Outcome,
    /// That status alone.
    Status,
    /// The rule that handled it.
    Rule,
    /// Until the answer went out.
    Took,
    /// Bytes of both sides.
    Size,
}

impl Column {
    /// All of them, in their usual order.
    pub const ALL: [Self; 11] = [
        Self::Time,
        Self::Hook,
        Self::Name,
        Self::Api,
        Self::Method,
        Self::Path,
        Self::Outcome,
        Self::Status,
        Self::Rule,
        Self::Took,
        Self::Size,
    ];

    /// As the configuration has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Hook => "hook",
            Self::Name => "name",
            Self::Api => "api",
            Self::Method => "method",
            Self::Path => "path",
            Self::Outcome => "outcome",
            Self::Status => "status",
            Self::Rule => "rule",
            Self::Took => "took",
            Self::Size => "size",
        }
    }

    /// What it shows, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Time => "when it came",
            Self::Hook => "pre, auth_check, …; event",
            Self::Name => "the hook's name, or the event handler's",
            Self::Api => "the API's id",
            Self::Method => "the request's method",
            Self::Path => "the request's path and query",
            Self::Outcome => "what came of it, and the status",
            Self::Status => "the status alone that the caller sees",
            Self::Rule => "the rule that handled it",
            Self::Took => "milliseconds until the answer went out",
            Self::Size => "bytes of both sides",
        }
    }

    /// Reads words, each once; the error says what is wrong with them.
    pub fn parse_all<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Vec<Self>, String> {
        let mut columns = Vec::new();
        for word in words {
            let Some(column) = Self::ALL.into_iter().find(|column| column.word() == word) else {
                let known = Self::ALL.map(Self::word);
                let meant = nearest(word, known).map(|near| format!(": did you mean `{near}`?"));
                let meant = meant.unwrap_or_else(|| format!("; there are {}", known.join(", ")));
                return Err(format!("`{word}` is no column{meant}"));
            };
            if columns.contains(&column) {
                return Err(format!("`{word}` stands there twice"));
            }
            columns.push(column);
        }
        Ok(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_is_read_as_it_is_written_and_once() {
        let all = Column::ALL.map(Column::word);
        assert_eq!(Column::parse_all(all).unwrap(), Column::ALL);
        assert_eq!(Column::parse_all([]).unwrap(), []);
        let wrong = |words: &[&str]| Column::parse_all(words.iter().copied()).unwrap_err();
        assert_eq!(wrong(&["time", "tok"]), "`tok` is no column: did you mean `took`?");
        assert!(wrong(&["xyzzy"]).ends_with("took, size"));
        assert_eq!(wrong(&["hook", "hook"]), "`hook` stands there twice");
    }
}
