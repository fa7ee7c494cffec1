//! What is typed as a filter: it is read, or the error has a place in it; and what is read ends.

use serde_json::{Value, json};
use tyk_tui::domain::filter::{Fields, Filter, Json, Number, Text, complete, look};

/// A record with a value for every field.
struct Record(Value);

impl Fields for Record {
    fn any(&self, _: &Text, take: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        take(b"orders/7 \xff") || take(b"")
    }

    fn number(&self, _: Number) -> Option<u64> {
        Some(403)
    }

    fn json(&self) -> Json {
        Json::of(&self.0)
    }
}

/// The input is the text.
pub(crate) fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (coloured, error) = look(&text);
    for (range, _) in coloured {
        assert!(text.get(range).is_some(), "colours are of whole characters");
    }
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        let _ = complete(&text, at, &|_| vec!["a value".to_owned()]);
    }
    let filter = Filter::parse(&text);
    assert_eq!(filter.is_err(), error.is_some(), "typed and used, it is the same");
    if let Ok(filter) = filter {
        let record = Record(
            json!({ "seq": 1, "hook": "pre", "request": { "body": "x", "n": [1, 2.5, null] } }),
        );
        let _ = (filter.matches(&record), filter.is_indexed());
    }
}
