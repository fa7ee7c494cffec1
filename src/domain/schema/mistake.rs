//! What a validator says, in words that people read, without the values.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as What;
use serde_json::Value as Json;

use crate::domain::json::Path;

/// Something that a definition does not keep of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The value, or the member that is missing or too much; from the document's root.
    pub path: Path,
    /// What is wrong.
    pub message: String,
}

/// What one error says; `start` is where the definition begins in its document.
pub(super) fn mistakes(error: &ValidationError<'_>, start: &Path) -> Vec<Mistake> {
    let inside = Path::pointer(error.instance_path().as_str()).unwrap_or_default();
    let path = inside.steps().iter().fold(start.clone(), |path, step| path.then(step));
    let one = |message: String| vec![Mistake { path: path.clone(), message }];
    match error.kind() {
        What::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![Mistake { path: path.key(name), message: format!("`{name}` is required") }]
        }
        What::AdditionalProperties { unexpected } | What::UnevaluatedProperties { unexpected } => {
            let mistake = |name: &String| Mistake {
                path: path.key(name.as_str()),
                message: format!("`{name}` is no key that is known here"),
            };
            unexpected.iter().map(mistake).collect()
        }
        What::Enum { options } => one(format!("it must be one of {}", listed(options))),
        What::MinLength { limit: 1 } => one("it must not be empty".to_owned()),
        What::AnyOf { context } | What::OneOfNotValid { context } => {
            // The alternative that comes nearest says more than that none fits.
            let nearest = context.iter().min_by_key(|errors| errors.len());
            match nearest.and_then(|errors| errors.first()) {
                Some(first) if first.instance_path() != error.instance_path() => {
                    mistakes(first, start)
                }
                _ => one("it fits none of the forms that are allowed here".to_owned()),
            }
        }
        // Without the value: it may be a secret.
        _ => one(error.masked_with("it").to_string()),
    }
}

fn listed(options: &Json) -> String {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    options.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
