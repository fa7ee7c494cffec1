//! `file_list`: names that no bundle can hold, and those that mean something else than they seem to.

use std::collections::HashMap;

use super::finding;
use crate::domain::bundle::{EntryError, clean, entries};
use crate::domain::json::{Document, Place};
use crate::domain::task::{Finding, Severity};

pub(super) fn check(document: &Document, found: &mut Vec<Finding>) {
    let Some(list) = document.root().field("file_list") else { return };
    let names: Vec<(String, Place)> =
        list.children().filter_map(|element| Some((element.string()?, element.place()))).collect();
    let mut seen: HashMap<String, Place> = HashMap::new();
    for (name, place) in &names {
        match clean(name) {
            Err(EntryError::NoFile) if name.is_empty() => {
                found.push(finding(Severity::Error, *place, "an empty file name"));
            }
            Err(error) => {
                found.push(finding(Severity::Error, *place, format!("{name}: {error}")));
            }
            Ok(clean) => {
                spelling(name, &clean, *place, found);
                if let Some(first) = seen.get(&clean) {
                    let message = format!(
                        "{name} is listed already at {first}: its bytes are hashed twice and stored once"
                    );
                    found.push(finding(Severity::Warning, *place, message));
                }
                seen.entry(clean).or_insert(*place);
            }
        }
    }
    let listed: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    if let Err((index, error @ EntryError::FileAndFolder)) = entries(&listed) {
        let (name, place) = &names[index];
        found.push(finding(Severity::Error, *place, format!("{name}: {error}")));
    }
}

fn spelling(name: &str, clean: &str, place: Place, found: &mut Vec<Finding>) {
    if name.starts_with('/') {
        let message = format!(
            "{name} is an absolute path: write it relative to the manifest's folder (a Gateway reads it as \
             {clean} inside the bundle)"
        );
        found.push(finding(Severity::Warning, place, message));
    } else if name.split('/').any(|part| part == "..") {
        let message = format!("write {clean} for {name}");
        found.push(finding(Severity::Hint, place, message));
    }
    if name.contains('\\') {
        let message =
            format!("the backslash in {name} is part of the name: folders are parted by /");
        found.push(finding(Severity::Hint, place, message));
    }
}
