//! What rules over id extractors share. A Gateway checks nothing of one when it loads it.

use crate::domain::api::IdExtractor;
use crate::domain::lint::Facts;
use crate::domain::lint::text::Text;

/// What every request is answered where an extractor finds nothing.
pub(super) const MISSING: &str = "every request is answered 400 Authorization field missing";

/// The combinations that work, in words.
pub(super) const WORKING: &str =
    "header with value or regex, form with value or regex, body with regex or xpath";

/// Whether a Gateway can do with this combination what it says.
pub(super) fn works(source: &str, with: &str) -> bool {
    matches!((source, with), ("header" | "form", "value" | "regex") | ("body", "regex" | "xpath"))
}

/// The id extractors that a Gateway uses.
pub(super) fn used(facts: &Facts) -> impl Iterator<Item = (Text<'_>, IdExtractor<'_>)> {
    facts
        .texts()
        .map(|text| (text, text.definition.id_extractor()))
        .filter(|(_, extractor)| extractor.is_used())
}
