//! The second look: a secret that one place gave away is hidden in every other, in clear, percent-encoded, JSON-escaped
//! and in base64.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use regex::bytes::{Captures, Regex};

use super::pen::mark;

/// From this length on a secret is hidden wherever it stands; a shorter one only as a word of its own.
const LONG: usize = 8;
/// Below this it is hidden only where its name says so: `1` would be everywhere.
const SHORT: usize = 4;
/// Most secrets that are looked for elsewhere, the longest first: a message that holds more is an attack on us.
const MOST: usize = 4000;

/// A longer secret is looked for by so many of its first bytes: what a search costs to make must not hang on what a caller
/// sends, and so many alike are no coincidence.
const HEAD: usize = 256;

/// Enough characters of base64 in a row to hold a secret.
static BASE64_RUNS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[A-Za-z0-9+/_-]{11,}={0,2}").expect("a fixed pattern"));

/// The secrets of some messages, ready to be looked for.
pub(super) struct Known {
    long: Option<Search>,
    short: Option<Search>,
    /// In clear alone, for what base64 decodes to.
    plain: Option<AhoCorasick>,
    key: [u8; 32],
}

struct Search {
    /// Finds the heads of the forms.
    find: AhoCorasick,
    /// What secrets look like, in order, each with its secret's mark.
    forms: Vec<(String, String)>,
    /// Of each head its form; `None` where that goes on.
    whole: Vec<Option<usize>>,
}

impl Known {
    pub(super) fn of(secrets: &BTreeSet<String>, key: [u8; 32]) -> Self {
        let mut secrets: Vec<_> = secrets
            .iter()
            .map(String::as_str)
            .filter(|secret| secret.len() >= SHORT && !matches!(*secret, "true" | "false" | "null"))
            .collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.truncate(MOST);
        let (long, short): (Vec<_>, Vec<_>) =
            secrets.into_iter().partition(|secret| secret.len() >= LONG);
        let plain = build(long.iter().map(|secret| head(secret)));
        Self { long: Search::of(&long, &key), short: Search::of(&short, &key), plain, key }
    }

    /// A text without what is known to be secret.
    pub(super) fn hide<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.hide_bytes(text.as_bytes()) {
            // Matches and marks are whole characters, so this is text as before.
            Some(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
            None => Cow::Borrowed(text),
        }
    }

    /// The same of bytes; `None` where nothing was found.
    pub(super) fn hide_bytes(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut shown = Cow::Borrowed(bytes);
        for (search, whole_words) in [(&self.long, false), (&self.short, true)] {
            if let Some(found) = search.as_ref().and_then(|search| search.hide(&shown, whole_words))
            {
                shown = Cow::Owned(found);
            }
        }
        if let Some(found) = self.hide_in_base64(&shown) {
            shown = Cow::Owned(found);
        }
        match shown {
            Cow::Owned(bytes) => Some(bytes),
            Cow::Borrowed(_) => None,
        }
    }

    /// A run of base64 that decodes to something with a secret in it becomes a mark.
    fn hide_in_base64(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let plain = self.plain.as_ref()?;
        let shown = BASE64_RUNS.replace_all(bytes, |found: &Captures<'_>| {
            let run = &found[0];
            let digits: Vec<u8> = run
                .iter()
                .filter(|byte| **byte != b'=')
                .map(|byte| match byte {
                    b'-' => b'+',
                    b'_' => b'/',
                    other => *other,
                })
                .collect();
            // One digit too many is no base64, but what comes before it may be.
            let digits = &digits[..digits.len() - usize::from(digits.len() % 4 == 1)];
            let decoded = LENIENT.decode(digits).unwrap_or_default();
            if plain.is_match(&decoded) {
                mark(&self.key, &String::from_utf8_lossy(run)).into_bytes()
            } else {
                run.to_vec()
            }
        });
        match shown {
            Cow::Owned(shown) if shown != bytes => Some(shown),
            _ => None,
        }
    }
}

/// The last digit of a run may have bits that a strict decoder refuses.
const LENIENT: base64::engine::GeneralPurpose = base64::engine::GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    base64::engine::GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent),
);

impl Search {
    fn of(secrets: &[&str], key: &[u8; 32]) -> Option<Self> {
        let mut forms = BTreeMap::new();
        for secret in secrets {
            for form in forms_of(secret) {
                forms.entry(form).or_insert_with(|| mark(key, secret));
            }
        }
        let forms: Vec<(String, String)> = forms.into_iter().collect();
        let mut heads = BTreeMap::new();
        for (at, (form, _)) in forms.iter().enumerate() {
            let head = head(form);
            let whole = heads.entry(head).or_insert(Some(at));
            *whole = whole.filter(|_| form.len() == head.len());
        }
        let (heads, whole): (Vec<_>, Vec<_>) = heads.into_iter().unzip();
        let find = build(heads.into_iter())?;
        Some(Self { find, forms, whole })
    }

    /// The form with the most of which the text begins, as half of a secret is one, too; its mark, and how much that is.
    fn longest(&self, text: &[u8]) -> (&str, usize) {
        // What has most in common with a text stands beside it in the order.
        let at = self.forms.partition_point(|(form, _)| form.as_bytes() < text);
        let beside = self.forms[at.saturating_sub(1)..self.forms.len().min(at + 1)].iter();
        let common = beside.map(|(form, mark)| {
            let common = common(form.as_bytes(), text);
            ((common, common == form.len()), mark.as_str())
        });
        let ((length, _), mark) = common.max().unwrap_or_default();
        (mark, length)
    }

    fn hide(&self, bytes: &[u8], whole_words: bool) -> Option<Vec<u8>> {
        let of_word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let mut out = Vec::new();
        let mut copied = 0;
        for found in self.find.find_iter(bytes) {
            let before = found.start().checked_sub(1).and_then(|at| bytes.get(at));
            if whole_words && (of_word(before) || of_word(bytes.get(found.end()))) {
                continue;
            }
            // Within a longer one that was found by its head.
            if found.start() < copied {
                continue;
            }
            let (mark, length) = match self.whole[found.pattern().as_usize()] {
                Some(at) => (self.forms[at].1.as_str(), found.len()),
                None => self.longest(&bytes[found.start()..]),
            };
            out.extend_from_slice(&bytes[copied..found.start()]);
            out.extend_from_slice(mark.as_bytes());
            copied = found.start() + length;
        }
        if copied == 0 {
            return None;
        }
        out.extend_from_slice(&bytes[copied..]);
        Some(out)
    }
}

/// A search for all of these; `None` where there are none. No DFA, which takes the square of a pattern that repeats itself.
fn build<'a>(heads: impl Iterator<Item = &'a str>) -> Option<AhoCorasick> {
    let mut heads = heads.peekable();
    heads.peek()?;
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::ContiguousNFA));
    builder.build(heads).ok()
}

fn head(form: &str) -> &str {
    &form[..form.floor_char_boundary(HEAD)]
}

/// How many bytes two texts have in common at their beginning, in whole characters.
fn common(form: &[u8], text: &[u8]) -> usize {
    let same = form.iter().zip(text).take_while(|(one, other)| one == other).count();
    let begins = |at: usize| form.get(at).is_none_or(|byte| byte & 0xc0 != 0x80);
    (0..=same).rev().find(|at| begins(*at)).unwrap_or(0)
}

/// The ways in which a secret is written.
fn forms_of(secret: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::new();
    let escaped = percent(secret);
    let of_form = escaped.replace("%20", "+");
    forms.insert(lower_escapes(&of_form));
    forms.insert(of_form);
    forms.insert(lower_escapes(&escaped));
    forms.insert(escaped);
    let json = serde_json::Value::from(secret).to_string();
    let json = &json[1..json.len() - 1];
    forms.insert(json.replace('/', "\\/"));
    forms.insert(json.to_owned());
    forms.insert(ascii_json(json));
    // Only where the secret is encoded alone; within other text it is found by decoding.
    forms.insert(BASE64_STANDARD_NO_PAD.encode(secret));
    forms.insert(BASE64_URL_SAFE_NO_PAD.encode(secret));
    forms.insert(secret.to_owned());
    forms.retain(|form| form.len() >= SHORT);
    forms
}

fn percent(secret: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(secret.len());
    for byte in secret.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn lower_escapes(escaped: &str) -> String {
    let mut parts = escaped.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hex, rest) = part.split_at(part.len().min(2));
        out.push('%');
        out.push_str(&hex.to_ascii_lowercase());
        out.push_str(rest);
    }
    out
}

/// With `\uXXXX` for all that is not ASCII, as Python writes JSON.
fn ascii_json(json: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}
