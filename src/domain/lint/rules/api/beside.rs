//! APIs beside each other.

use crate::domain::lint::Facts;
use crate::domain::lint::text::Text;

/// Whether two definitions could stand on one Gateway, and are not two forms of one API: a Gateway keeps a Tyk OAS API
/// in two files, and one that was fetched is the one that lies here.
pub(super) fn are_two(one: &Text<'_>, other: &Text<'_>) -> bool {
    let is_projection = |text: &Text<'_>| text.definition.field(&["is_oas"]).is_true();
    origin(one.file) == origin(other.file)
        && one.file != other.file
        && one.definition.kind() == other.definition.kind()
        && is_projection(one) == is_projection(other)
}

/// Every pair of definitions, the earlier one first.
pub(super) fn pairs(facts: &Facts) -> impl Iterator<Item = (Text<'_>, Text<'_>)> {
    let texts: Vec<Text<'_>> = facts.api_texts().collect();
    (0..texts.len()).flat_map(move |later| {
        let other = texts[later];
        let earlier: Vec<_> = texts[..later].iter().map(|text| (*text, other)).collect();
        earlier
    })
}

/// `gateway` of `gateway:orders`; nothing of a file here.
fn origin(file: &str) -> Option<&str> {
    file.split_once(':')
        .map(|(origin, _)| origin)
        .filter(|origin| matches!(*origin, "gateway" | "dashboard"))
}
