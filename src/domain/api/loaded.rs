//! What a Gateway makes of a definition that it gives out, once it loaded a bundle for it.

use super::{Definition, Kind};
use crate::domain::json::EditError;

impl Definition {
    /// The definition without what a Gateway writes into a Tyk OAS one and refuses to take back: an id extractor that
    /// extracts nothing, for each API whose bundle's manifest has none. `None` where there is nothing of it.
    ///
    /// Seen on a running 5.14.0: it answers 400, as `source` and `with` have to be one of a few words and `config` an
    /// object, whether it is enabled or not.
    pub fn without_empty_extractor(&self) -> Result<Option<Self>, EditError> {
        let extractor = self.id_extractor();
        let is_empty = extractor.source.is_blank() && extractor.with.is_blank();
        if self.kind() != Kind::Oas || extractor.all.value.is_none() || !is_empty {
            return Ok(None);
        }
        self.edited(&self.remove(&extractor.all.path)?).map(Some)
    }
}

/// What is wrong with a listen path for which a Gateway skips an API; it lists it all the same.
///
/// Recorded on 5.14.0: 218 to 226, 330 to 332.
pub fn skipped_listen_path(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        Some("the listen path is empty")
    } else if path.contains(' ') {
        Some("the listen path has a space")
    } else if !path.starts_with('/') {
        Some("the listen path does not begin with a slash")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extractor_that_extracts_nothing_goes_and_another_stays() {
        let with = |extractor: &str| {
            let text = format!(
                r#"{{"openapi": "3.0.3", "x-tyk-api-gateway": {{"server": {{"authentication": {{"custom": {{"config": {{"enabled": true, "idExtractor": {extractor}}}}}}}}}}}}}"#
            );
            Definition::open(text).unwrap().without_empty_extractor().unwrap()
        };
        let without = with(r#"{"enabled": true, "source": "", "with": "", "config": null}"#);
        let text = String::from_utf8(without.unwrap().source().to_vec()).unwrap();
        assert!(text.contains(r#""config": {"enabled": true}"#), "{text}");
        assert!(with(r#"{"enabled": false, "source": "header", "with": "value"}"#).is_none());
    }
}
