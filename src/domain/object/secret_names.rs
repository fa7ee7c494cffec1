//! Names under which callers send what proves who they are, where no list has them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Names that hide what stands under them: those that rules take credentials from, besides the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecretNames {
    /// Of headers.
    pub headers: BTreeSet<String>,
    /// Of parameters of the query, of forms, and of cookies.
    pub params: BTreeSet<String>,
}

impl SecretNames {
    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.params.is_empty()
    }

    /// Adds others; false where all of them were there.
    pub fn add(&mut self, others: &Self) -> bool {
        let before = self.headers.len() + self.params.len();
        self.headers.extend(others.headers.iter().cloned());
        self.params.extend(others.params.iter().cloned());
        self.headers.len() + self.params.len() > before
    }
}
