use crate::domain::json::Document;
use crate::domain::task::Finding;

pub(super) fn check(_document: &Document, _found: &mut Vec<Finding>) {}
