//! Two values, path by path.

use serde_json::Value;

use super::{Ignore, Moments, unfolded};
use crate::domain::json::Path;

/// A place where two answers are not the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where; below a text, into what it holds.
    pub path: Path,
    /// What was recorded; `None` where there was nothing.
    pub old: Option<Value>,
    /// What is there now.
    pub new: Option<Value>,
}

/// What came of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// In the order of the recorded one, what is new after that.
    pub differences: Vec<Difference>,
    /// Places that differ and were left out of account.
    pub ignored: usize,
}

/// Compares what was recorded with what is there now; of two answers, `moments` are when their calls were.
pub fn compare(old: &Value, new: &Value, ignore: &Ignore, moments: Option<&Moments>) -> Compared {
    let mut compared = Compared::default();
    let (old, new) = (unfolded(old), unfolded(new));
    walk(&Path::default(), Some(&old), Some(&new), (ignore, moments), &mut compared);
    compared
}

fn walk(
    path: &Path,
    old: Option<&Value>,
    new: Option<&Value>,
    but: (&Ignore, Option<&Moments>),
    compared: &mut Compared,
) {
    match (old, new) {
        (Some(old), Some(new)) if old == new => {}
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let added = new.keys().filter(|name| !old.contains_key(*name));
            for name in old.keys().chain(added) {
                walk(&path.key(name), old.get(name), new.get(name), but, compared);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            for at in 0..old.len().max(new.len()) {
                walk(&path.index(at), old.get(at), new.get(at), but, compared);
            }
        }
        _ if but.0.covers(path) => compared.ignored += 1,
        (Some(old), Some(new)) if but.1.is_some_and(|moments| moments.agree(path, old, new)) => {
            compared.ignored += 1;
        }
        (old, new) => compared.differences.push(Difference {
            path: path.clone(),
            old: old.cloned(),
            new: new.cloned(),
        }),
    }
}
