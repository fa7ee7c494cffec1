//! A `file_list` chosen anew: entries go, others come, and those that stay keep their order and their spelling.

use super::change::add_files;
use crate::domain::json::{Document, Edit, EditError, Kind, Value};

/// Takes entries off `file_list` (those that are not kept) and adds names at its end: edits that are made
/// together. An entry that is no text stays, as whoever wrote it has to say what it was to be.
pub fn choose_files(
    document: &Document,
    keeps: impl Fn(&str) -> bool,
    added: &[String],
) -> Result<Vec<Edit>, EditError> {
    let list = document.at(&document.locate(["file_list"]));
    let entries: Vec<Value<'_>> = list.into_iter().flat_map(Value::children).collect();
    let is_list = list.is_some_and(|list| list.kind() == Kind::Array);
    let kept = |entry: &Value<'_>| entry.string().is_none_or(|it| keeps(&it));
    let kept: Vec<bool> = entries.iter().map(kept).collect();
    let none_stays = !kept.contains(&true);
    if !is_list || entries.is_empty() || (none_stays && !added.is_empty()) {
        return match added {
            [] => Ok(Vec::new()),
            added if entries.is_empty() => Ok(vec![add_files(document, added)?]),
            added => {
                let all = serde_json::Value::from(added);
                Ok(vec![document.set(&document.locate(["file_list"]), &all)?])
            }
        };
    }
    let mut edits = removals(&entries, &kept);
    if added.is_empty() {
        return Ok(edits);
    }
    let mut end = add_files(document, added)?;
    // What is added goes where the last entries were: one edit, as two would touch.
    if let Some(tail) = edits.pop_if(|edit| edit.span.end == end.span.start) {
        end.span = tail.span;
    }
    edits.push(end);
    Ok(edits)
}

/// An edit for each run of entries that go, with the commas that go with it.
fn removals(entries: &[Value<'_>], kept: &[bool]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(from) = kept.iter().skip(at).position(|kept| !kept).map(|found| found + at) {
        let to = kept.iter().skip(from).position(|kept| *kept).map(|found| found + from);
        at = to.unwrap_or(kept.len());
        let before = from.checked_sub(1).and_then(|before| entries.get(before));
        let next = to.and_then(|next| entries.get(next));
        let (Some(first), Some(last)) = (entries.get(from), entries.get(at - 1)) else { break };
        let span = match (before, next) {
            (_, Some(next)) => first.whole_span().start..next.whole_span().start,
            (Some(before), None) => before.span().end..last.span().end,
            (None, None) => match first.parent() {
                Some(whole) => whole.span().start + 1..whole.span().end - 1,
                None => break,
            },
        };
        edits.push(Edit { span, text: String::new() });
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::Trailing;

    fn chosen(text: &str, gone: &[&str], added: &[&str]) -> String {
        let document = Document::parse(text, Trailing::Refused).unwrap();
        let added: Vec<String> = added.iter().map(|name| (*name).to_owned()).collect();
        let mut edits = choose_files(&document, |name| !gone.contains(&name), &added).unwrap();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        let ends = edits.windows(2).all(|pair| pair[1].span.end < pair[0].span.start.max(1));
        assert!(ends, "{edits:?} touch");
        edits.iter().fold(text.to_owned(), |text, edit| edit.apply_to(&text))
    }

    #[test]
    fn what_stays_keeps_its_order_and_spelling_and_what_comes_is_last() {
        let list = r#"{"file_list": ["b", "./a",  "c", "d"], "x": 1.50}"#;
        for (gone, added, expected) in [
            (&[][..], &["e"][..], r#"["b", "./a",  "c", "d", "e"]"#),
            (&["b"], &[], r#"["./a",  "c", "d"]"#),
            (&["b", "./a"], &[], r#"["c", "d"]"#),
            (&["./a", "c"], &[], r#"["b", "d"]"#),
            (&["b", "c"], &["e", "f"], r#"["./a",  "d", "e", "f"]"#),
            (&["c", "d"], &["e"], r#"["b", "./a", "e"]"#),
            (&["b", "c", "d"], &[], r#"["./a"]"#),
            (&["b", "./a", "c", "d"], &[], "[]"),
            (&["b", "./a", "c", "d"], &["e", "f"], r#"["e", "f"]"#),
        ] {
            let expected = list.replace(r#"["b", "./a",  "c", "d"]"#, expected);
            assert_eq!(chosen(list, gone, added), expected, "{gone:?} {added:?}");
        }
    }

    #[test]
    fn every_shape_of_a_list_is_filled() {
        for (before, after) in [
            ("{}", "{\n  \"file_list\": [\n    \"a\",\n    \"b\"\n  ]\n}"),
            (r#"{"file_list": null, "x": 1}"#, r#"{"file_list": ["a", "b"], "x": 1}"#),
            (r#"{"file_list": "a", "x": 1}"#, r#"{"file_list": ["a", "b"], "x": 1}"#),
            (r#"{"file_list": [], "x": 1}"#, r#"{"file_list": ["a", "b"], "x": 1}"#),
            (r#"{"file_list": [1], "x": 1}"#, r#"{"file_list": [1, "a", "b"], "x": 1}"#),
        ] {
            assert_eq!(chosen(before, &[], &["a", "b"]), after);
        }
        let lines = "{\n\t\"file_list\": [\n\t\t\"a\",\n\t\t\"b\"\n\t]\n}\n";
        assert_eq!(chosen(lines, &["b"], &["c"]), lines.replace("\"b\"", "\"c\""));
        assert_eq!(chosen("{}", &[], &[]), "{}");
    }
}
