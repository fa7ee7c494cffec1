use super::super::Manifest;
use crate::domain::json::Document;
use crate::domain::task::Finding;

pub(super) fn check(_document: &Document, _manifest: &Manifest, _found: &mut Vec<Finding>) {}
