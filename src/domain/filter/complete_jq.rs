//! What may come where the cursor is in jq: a function, or after a `.` a member of what `.` is there, as far as that is plain
//! to see. Where a path leads nowhere that is known, nothing is offered rather than something wrong.

use super::complete::{Completion, offer};
use super::jq;
use crate::domain::object::Canonical;

/// The members of a record's JSON, in their order.
pub const LINE: [(&str, &str); 18] = [
    ("seq", "the record's number"),
    ("at", "when it came, in UTC"),
    ("took_us", "microseconds until the answer"),
    ("held_us", "of them, held at a breakpoint"),
    ("kind", "dispatch, event, dropped"),
    ("peer", "the caller's address"),
    ("hook", "by the manifest's word"),
    ("name", "of the hook or handler"),
    ("api", "the API's id"),
    ("outcome", "how it ended"),
    ("status", "that the caller sees"),
    ("rule", "that answered"),
    ("trimmed", "true where the answer was"),
    ("request", "what the Gateway sent"),
    ("reply", "what was answered"),
    ("error", "why it failed"),
    ("count", "how many were lost"),
    ("note", "of a marked row"),
];

/// Functions that filters are mostly made of come first.
const COMMON: [(&str, &str); 14] = [
    ("select(", "where this holds"),
    ("test(", "matches this expression"),
    ("contains(", "has this in it"),
    ("startswith(", "begins with this"),
    ("endswith(", "ends with this"),
    ("has(", "has a member of this name"),
    ("any(", "one of them is so"),
    ("all(", "all of them are so"),
    ("not", "the opposite"),
    ("length", "how many, how long"),
    ("tonumber", "of a text"),
    ("fromjson", "what a text is as JSON"),
    ("ascii_downcase", "in small letters"),
    ("keys", "the members' names"),
];

/// Functions whose output is their input, or parts of it of the same kind.
const SAME: [&str; 15] = [
    "arrays",
    "booleans",
    "iterables",
    "map_values",
    "numbers",
    "objects",
    "reverse",
    "scalars",
    "select",
    "sort",
    "sort_by",
    "strings",
    "unique",
    "unique_by",
    "values",
];

/// Functions whose argument is asked of each item.
const EACH: [&str; 9] =
    ["any", "all", "map", "map_values", "sort_by", "group_by", "unique_by", "min_by", "max_by"];

/// Words after which a term begins.
const KEYWORDS: [&str; 11] =
    ["and", "catch", "elif", "else", "end", "foreach", "label", "or", "reduce", "then", "try"];

/// What stands somewhere, where that is known.
type Known = Option<At>;

#[derive(Clone, Copy)]
enum At {
    /// A record's JSON.
    Line,
    Message(Canonical),
    /// What has no members.
    Leaf,
}

impl At {
    fn members(self) -> Vec<(String, &'static str)> {
        let owned = |(name, about): (&'static str, &'static str)| (name.to_owned(), about);
        match self {
            Self::Line => LINE.into_iter().map(owned).collect(),
            Self::Message(message) => message.members().map(owned).collect(),
            Self::Leaf => Vec::new(),
        }
    }

    fn member(self, name: &str) -> Known {
        match self {
            Self::Line if ["request", "reply"].contains(&name) => {
                Some(Self::Message(Canonical::object()))
            }
            Self::Line if LINE.iter().any(|(known, _)| *known == name) => Some(Self::Leaf),
            Self::Message(message) => message.member(name).map(Self::Message),
            Self::Line | Self::Leaf => None,
        }
    }

    fn item(self) -> Known {
        match self {
            Self::Message(message) => message.item().map(Self::Message),
            Self::Line | Self::Leaf => None,
        }
    }
}

/// What is open.
enum Open {
    /// The expression itself.
    Whole,
    /// Parentheses.
    Group,
    /// The arguments of a function, and what it makes of its input.
    Call(Known),
    /// `[…]` behind a path, which leads here, from this place on.
    Index(Known, usize),
    Array,
    Object,
    If,
    Text,
}

/// An expression under way.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own about what may come"
)]
struct Level {
    open: Open,
    /// What `.` is where it begins.
    begins: Known,
    /// What `.` is now.
    dot: Known,
    /// What the last term is.
    value: Known,
    /// A term has ended: an operator may follow, and no other term.
    ended: bool,
    /// More than that term makes the value.
    mixed: bool,
    /// `… as $x |` leaves `.` as it is.
    binds: bool,
    /// The key of an object comes.
    key: bool,
}

impl Level {
    fn new(open: Open, dot: Known) -> Self {
        let key = matches!(open, Open::Object);
        Self { open, begins: dot, dot, value: None, ended: false, mixed: false, binds: false, key }
    }

    fn term(&mut self, value: Known) {
        self.value = value;
        self.ended = true;
    }

    fn operator(&mut self) {
        self.ended = false;
        self.mixed = true;
    }

    fn result(&self) -> Known {
        self.value.filter(|_| !self.mixed)
    }

    fn pipe(&mut self) {
        if !self.binds {
            self.dot = self.result();
        }
        (self.ended, self.mixed, self.binds) = (false, false, false);
    }

    fn again(&mut self) {
        self.dot = self.begins;
        (self.ended, self.mixed, self.binds) = (false, false, false);
    }
}

/// What is written where the cursor is.
enum Written {
    /// A member's name of this, from here on.
    Member(usize, Known),
    /// A function's name from here on, where `.` is this.
    Word(usize, Known),
}

/// Completes an expression that begins at this place of a filter, and ends at the cursor.
pub(super) fn complete(code: &str, place: usize) -> Completion {
    let end = place + code.len();
    match written(code) {
        Some(Written::Member(from, at)) => {
            let members = at.map(At::members).unwrap_or_default();
            offer(place + from..end, &code[from..], members.into_iter())
        }
        Some(Written::Word(from, dot)) => {
            let members = dot.map(At::members).unwrap_or_default();
            let members = members.into_iter().map(|(name, about)| (format!(".{name}"), about));
            let common = COMMON.iter().map(|(name, about)| ((*name).to_owned(), *about));
            let rest = jq::functions().iter().map(|name| (name.clone(), ""));
            let rest = rest.filter(|(name, _)| COMMON.iter().all(|(known, _)| known != name));
            offer(place + from..end, &code[from..], members.chain(common).chain(rest))
        }
        None => Completion::default(),
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Reads what stands before the cursor; none where nothing can be completed: in a text, after a term.
fn written(code: &str) -> Option<Written> {
    let bytes = code.as_bytes();
    let name_end = |from: usize| {
        let rest = &bytes[from..];
        from + rest.iter().position(|byte| !is_name(*byte)).unwrap_or(rest.len())
    };
    let mut levels = vec![Level::new(Open::Whole, Some(At::Line))];
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let next = bytes.get(at + 1).copied();
        let level = levels.last_mut()?;
        if matches!(level.open, Open::Text) {
            match (byte, next) {
                (b'\\', Some(b'(')) => {
                    let dot = level.dot;
                    levels.push(Level::new(Open::Group, dot));
                }
                (b'"', _) => close(&mut levels, code, at),
                _ => {}
            }
            at += if byte == b'\\' { 2 } else { 1 };
            continue;
        }
        let dot = level.dot;
        match byte {
            b'"' => levels.push(Level::new(Open::Text, dot)),
            b'.' if next == Some(b'.') => {
                level.term(None);
                at += 1;
            }
            b'.' => {
                let from = if level.ended { level.value } else { dot };
                let end = name_end(at + 1);
                if end == bytes.len() {
                    return Some(Written::Member(at + 1, from));
                }
                let name = &code[at + 1..end];
                level.term(
                    from.and_then(|it| if name.is_empty() { Some(it) } else { it.member(name) }),
                );
                at = end - 1;
            }
            b'$' | b'@' => {
                level.term(None);
                at = name_end(at + 1) - 1;
            }
            b'0'..=b'9' => {
                let digits = bytes[at..].iter().take_while(|it| is_name(**it) || **it == b'.');
                at += digits.count() - 1;
                level.term(None);
            }
            _ if is_name(byte) => {
                let end = name_end(at);
                if end == bytes.len() {
                    let may = !level.ended && !level.key;
                    return may.then_some(Written::Word(at, dot));
                }
                let opens = code[end..].find(|c: char| !c.is_whitespace()).map(|it| end + it);
                let opens = opens.filter(|at| bytes[*at] == b'(');
                let is_call = word(&mut levels, &code[at..end], opens.is_some());
                at = opens.filter(|_| is_call).unwrap_or(end - 1);
            }
            b'(' => {
                let dot = dot.filter(|_| !level.ended);
                levels.push(Level::new(Open::Group, dot));
            }
            b'[' if level.ended => {
                let open = Open::Index(level.value, at + 1);
                levels.push(Level::new(open, dot));
            }
            b'[' => levels.push(Level::new(Open::Array, dot)),
            b'{' => levels.push(Level::new(Open::Object, dot)),
            b')' | b']' | b'}' => close(&mut levels, code, at),
            b'|' if next != Some(b'=') => level.pipe(),
            b';' => level.again(),
            b':' if level.key => (level.key, level.ended) = (false, false),
            b',' if matches!(level.open, Open::Object) => {
                level.again();
                level.key = true;
            }
            b'#' => return None,
            b'?' | b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => level.operator(),
        }
        at += 1;
    }
    let level = levels.last()?;
    let may = !level.ended && !level.key && !matches!(level.open, Open::Text);
    may.then_some(Written::Word(code.len(), level.dot))
}

/// Takes a word that is whole; whether it began a call, whose arguments come.
fn word(levels: &mut Vec<Level>, word: &str, parenthesis: bool) -> bool {
    let Some(level) = levels.last_mut() else { return false };
    let dot = level.dot;
    match word {
        "if" => levels.push(Level::new(Open::If, dot)),
        "then" | "elif" | "else" if matches!(level.open, Open::If) => level.again(),
        "end" if matches!(level.open, Open::If) => close(levels, "", 0),
        "as" => {
            level.operator();
            level.binds = true;
        }
        word if KEYWORDS.contains(&word) => level.operator(),
        _ if level.key => level.term(None),
        word => {
            let made = match word {
                "first" | "last" if !parenthesis => dot.and_then(At::item),
                word => dot.filter(|_| SAME.contains(&word)),
            };
            if !parenthesis {
                level.term(made);
                return false;
            }
            let item = dot.and_then(At::item);
            let asked = match word {
                // With two arguments the first gives them.
                "any" | "all" => item.or(dot),
                word if EACH.contains(&word) => item,
                _ => dot,
            };
            levels.push(Level::new(Open::Call(made), asked));
            return true;
        }
    }
    false
}

/// Closes what is open, but for the expression itself.
fn close(levels: &mut Vec<Level>, code: &str, at: usize) {
    let Some(level) = levels.pop_if(|level| !matches!(level.open, Open::Whole)) else { return };
    let value = match level.open {
        Open::Group => level.result(),
        Open::Call(made) => made,
        Open::Index(of, from) => index(of, code.get(from..at).unwrap_or_default()),
        Open::Whole | Open::Array | Open::Object | Open::If | Open::Text => None,
    };
    if let Some(outer) = levels.last_mut() {
        outer.term(value);
    }
}

/// What stands at `[…]`: a member by its name, a part of a list, or one of its items.
fn index(of: Known, inner: &str) -> Known {
    let inner = inner.trim();
    let name = inner.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match name {
        Some(name) => of?.member(name),
        None if inner.contains(':') => of,
        None => of?.item(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filter::Filter;

    fn offered(code: &str) -> Vec<String> {
        complete(code, 0).choices.into_iter().map(|choice| choice.text).collect()
    }

    #[test]
    fn after_a_point_come_the_members_of_what_it_is_there() {
        for (code, first) in [
            (".", "seq"),
            (" .re", "request"),
            (".request.", "hookType"),
            (".request.request.setH", "setHeaders"),
            (".reply | .session | .exp", "expires"),
            ("select(.status == 403) | .rep", "reply"),
            (".seq > 3 and .out", "outcome"),
            ("select(.reply.req", "request"),
            (".reply.response.multivalueHeaders[].", "key"),
            (".reply.response.multivalueHeaders[0].v", "values"),
            (".reply.response.multivalueHeaders | any(.", "key"),
            (".reply.response.multivalueHeaders | map(select(.k", "key"),
            (".reply.response.multivalueHeaders | first | .", "key"),
            ("any(.reply.sess", "session"),
            (".request[\"request\"].ra", "rawBody"),
            (".reply.session.accessRights[\"a\"].apiI", "apiId"),
            (".reply.session as $s | .req", "request"),
            ("if .reply | .request then .o", "outcome"),
            ("if .a then .b else .request.hookN", "hookName"),
            ("(.request.request).met", "method"),
            ("{a: .request.request.url, b: .rep", "reply"),
            ("\"\\(.req", "request"),
            ("\"a)\" == .stat", "status"),
            ("(.request | length > 0) or .t", "took_us"),
        ] {
            assert_eq!(offered(code).first().map(String::as_str), Some(first), "{code}");
        }
    }

    #[test]
    fn nothing_is_offered_where_nothing_is_known_or_nothing_can_come() {
        for code in [
            ".request.request.headers.",
            ".seq | .",
            ".nothing.",
            ".request, .reply | .",
            "\".",
            "\"a\\\".",
            ".status ",
            ".status sel",
            "{req",
            "# .",
            "{a: 1} | .",
            "keys | .",
            "[.request] | .",
            ".seq.",
            "$x",
            "1.",
        ] {
            assert_eq!(offered(code), [""; 0], "{code}");
        }
    }

    #[test]
    fn a_word_is_a_function_that_a_filter_takes() {
        assert_eq!(offered("sel"), ["select("]);
        assert_eq!(offered(".path | starts"), ["startswith("]);
        assert!(offered("fi").contains(&"first".to_owned()));
        assert!(offered("fi").contains(&"first(".to_owned()));
        let all = offered("");
        assert_eq!(all[..2], [".seq", ".at"]);
        assert_eq!(all[LINE.len()], "select(");
        assert!(all.len() > 100, "{}", all.len());
        for name in &all {
            let calls = match name.strip_suffix('(') {
                None => vec![name.clone()],
                Some(name) => {
                    (1..4).map(|count| format!("{name}({})", vec!["."; count].join(";"))).collect()
                }
            };
            let takes = |code: &String| Filter::parse(&format!("| {code}")).is_ok();
            assert!(calls.iter().any(takes), "{name}");
        }
        // And those that a filter leaves out are not there.
        for left_out in ["env", "input", "debug", "range(", "stderr_empty", "recurse"] {
            assert!(!all.iter().any(|name| name == left_out), "{left_out}");
        }
    }

    #[test]
    fn the_place_is_that_in_the_filter() {
        let completion = complete(" .request.hookT", 10);
        assert_eq!(completion.range, 20..25);
    }
}
