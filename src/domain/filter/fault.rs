//! What jq fails on: such a record is not meant, and without a word of it a list would just be empty.

use std::fmt::Display;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Characters of what jq says that are kept of its beginning, and of its end: values stand in it, whole records among them.
const BEGINNING: usize = 120;
const END: usize = 40;

/// Is told of the first failure.
type Tell = Box<dyn Fn(&str) + Send + Sync>;

/// How often it failed, and what it said first.
#[derive(Default)]
pub(super) struct Faults {
    count: AtomicU64,
    first: OnceLock<String>,
    tell: Option<Tell>,
}

impl Faults {
    /// None yet; the first is told.
    pub(super) fn telling(tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { tell: Some(Box::new(tell)), ..Self::default() }
    }

    /// One more.
    pub(super) fn add(&self, error: &impl Display) {
        self.count.fetch_add(1, Ordering::Relaxed);
        if self.first.get().is_some() {
            return;
        }
        let first = shortened(&error.to_string());
        if self.first.set(first).is_ok()
            && let (Some(tell), Some(first)) = (&self.tell, self.first.get())
        {
            tell(first);
        }
    }

    /// How many there were, and the first; `None` where none was.
    pub(super) fn get(&self) -> Option<(u64, &str)> {
        let first = self.first.get()?;
        Some((self.count.load(Ordering::Relaxed), first))
    }
}

/// A text without most of its middle, where it is long.
fn shortened(text: &str) -> String {
    let place = |at: usize| text.char_indices().nth(at).map(|(at, _)| at);
    let (Some(start), Some(_)) = (place(BEGINNING), place(BEGINNING + END)) else {
        return text.to_owned();
    };
    let end = text.char_indices().nth_back(END - 1).map_or(text.len(), |(at, _)| at);
    format!("{} … {}", &text[..start], &text[end..])
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn the_first_is_told_once_and_all_are_counted() {
        let told: Arc<Mutex<Vec<String>>> = Arc::default();
        let into = Arc::clone(&told);
        let faults = Faults::telling(move |what| into.lock().unwrap().push(what.to_owned()));
        assert_eq!(faults.get(), None);
        faults.add(&"one");
        faults.add(&"another");
        assert_eq!(faults.get(), Some((2, "one")));
        assert_eq!(*told.lock().unwrap(), ["one"]);
    }

    #[test]
    fn of_a_long_text_both_ends_are_kept() {
        assert_eq!(shortened("cannot use null"), "cannot use null");
        let long = format!("cannot calculate {} + 1", "ü".repeat(5_000));
        let short = shortened(&long);
        assert!(short.starts_with("cannot calculate üü") && short.ends_with("üü + 1"), "{short}");
        assert_eq!(short.chars().count(), BEGINNING + END + 3);
    }
}
