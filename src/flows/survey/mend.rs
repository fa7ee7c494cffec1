//! Applies fixes to a file's text.

use std::collections::BTreeMap;

use crate::domain::lint::{Finding, Fix};

/// The fixes of these findings by the file that they change, in the order of the findings.
pub fn by_file<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
) -> BTreeMap<String, Vec<&'a Fix>> {
    let mut files: BTreeMap<String, Vec<&Fix>> = BTreeMap::new();
    for fix in findings.into_iter().filter_map(|finding| finding.fix.as_ref()) {
        files.entry(fix.file.clone()).or_default().push(fix);
    }
    files
}

/// The text after these fixes, and the titles of those that were applied: a fix that touches what another one changes is
/// left for the next look, as its edits are of a text that is gone.
pub fn mended(text: &[u8], fixes: &[&Fix]) -> (Vec<u8>, Vec<String>) {
    let mut taken: Vec<&crate::domain::json::Edit> = Vec::new();
    let mut titles = Vec::new();
    for fix in fixes {
        let clear = fix.edits.iter().all(|edit| {
            taken
                .iter()
                .all(|other| edit.span.end < other.span.start || other.span.end < edit.span.start)
        });
        if clear {
            taken.extend(&fix.edits);
            titles.push(fix.title.clone());
        }
    }
    taken.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    (taken.iter().fold(text.to_vec(), |text, edit| edit.apply(&text)), titles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::Edit;

    fn fix(span: std::ops::Range<usize>, text: &str) -> Fix {
        Fix::one(text, "f", Edit { span, text: text.into() })
    }

    #[test]
    fn fixes_of_one_text_are_applied_together_but_not_onto_each_other() {
        let (first, last, over) = (fix(0..1, "A"), fix(4..5, "E"), fix(3..5, "X"));
        let (text, titles) = mended(b"abcde", &[&first, &last, &over]);
        assert_eq!(text, b"AbcdE");
        assert_eq!(titles, ["A", "E"]);
    }
}
