//! Names that hide secrets and were learned while the capture went on: from rules, a session, a server that is looked at.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::SharedView;
use crate::domain::object::SecretNames;

/// What was learned, and the view that has to know it.
pub(super) struct Hidden {
    view: SharedView,
    names: Mutex<SecretNames>,
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hidden").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Hidden {
    pub(super) fn new(view: SharedView) -> Self {
        Self { view, names: Mutex::default() }
    }

    pub(super) fn add(&self, names: &SecretNames) {
        self.view.learn(names);
        self.names.lock().unwrap_or_else(PoisonError::into_inner).add(names);
    }

    pub(super) fn names(&self) -> SecretNames {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
