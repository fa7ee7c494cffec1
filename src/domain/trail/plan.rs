//! The hooks that an API's definition leads one to expect.

use crate::domain::api::{Definition, IdExtractor, Phase, Plugin};
use crate::domain::bundle::bundle_hash;

/// The only driver whose hooks are calls of a plugin server.
const GRPC: &str = "grpc";

/// Where a plan is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A definition, by its name.
    Definition(String),
    /// A definition that takes its hooks from a bundle, whose manifest is known.
    Bundle {
        /// The definition's name.
        definition: String,
        /// The bundle's.
        bundle: String,
    },
    /// A definition that takes its hooks from a bundle that is not known here.
    UnknownBundle {
        /// The definition's name.
        definition: String,
        /// The bundle's.
        bundle: String,
    },
    /// No definition is known: hooks that other requests to the API had.
    Others,
}

/// A hook that is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) phase: Phase,
    pub(super) name: String,
    pub(super) is_disabled: bool,
}

/// How a caller is known again without a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Extractor {
    /// The header that it takes the id from, where it does.
    pub(super) header: Option<String>,
}

/// What one expects of a request to an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where it is from.
    pub origin: Origin,
    /// In the order of a request.
    pub(super) entries: Vec<Entry>,
    /// Anybody gets in.
    pub(super) is_keyless: bool,
    /// A plugin is asked who calls.
    pub(super) is_asked: bool,
    pub(super) extractor: Option<Extractor>,
    /// Where the hooks run, if not in a plugin server.
    pub(super) driver: Option<String>,
    /// What a Gateway that has this definition says of its bundle in each call.
    bundle_hash: String,
}

impl Plan {
    /// Of a definition with this name. `manifest`: that of the bundle that it names, as [`Definition::of_manifest`] has
    /// it. `is_loaded`: a Gateway showed the definition, with the hooks of its bundle in it.
    pub fn of(
        name: &str,
        definition: &Definition,
        manifest: Option<&Definition>,
        is_loaded: bool,
    ) -> Self {
        let bundle = definition.bundle();
        let bundle = bundle.is_used().then(|| bundle.name.text());
        let (origin, hooks) = match (&bundle, manifest) {
            (None, _) => (Origin::Definition(name.to_owned()), Some(definition)),
            (Some(bundle), None) if is_loaded => (
                Origin::Bundle { definition: name.to_owned(), bundle: bundle.clone() },
                Some(definition),
            ),
            (Some(bundle), Some(manifest)) => (
                Origin::Bundle { definition: name.to_owned(), bundle: bundle.clone() },
                Some(manifest),
            ),
            (Some(bundle), None) => (
                Origin::UnknownBundle { definition: name.to_owned(), bundle: bundle.clone() },
                None,
            ),
        };
        let auth = definition.auth();
        let is_asked = auth.is_asked();
        let plugins = hooks.map(Definition::plugins).unwrap_or_default();
        let mut entries: Vec<_> = plugins.iter().filter_map(Entry::of).collect();
        let check = entries.iter().position(|entry| entry.phase == Phase::AuthCheck);
        match check {
            // A Gateway that is to ask a plugin that is off, or none, asks one named nothing (recorded:
            // auth-check-disabled, oas-auth-no-config, oas-auth-unnamed).
            Some(at) if is_asked && entries[at].is_disabled => {
                entries[at] = Entry::unnamed();
            }
            None if is_asked && hooks.is_some() => {
                let at = entries.iter().take_while(|entry| entry.phase < Phase::AuthCheck).count();
                entries.insert(at, Entry::unnamed());
            }
            _ => {}
        }
        let extractor = hooks.map(Definition::id_extractor);
        let extractor = extractor.filter(|it| it.is_used() && auth.others.is_empty() && is_asked);
        let driver = hooks.map(|hooks| hooks.driver().text()).unwrap_or_default();
        Self {
            origin,
            entries,
            is_keyless: auth.is_keyless(),
            is_asked,
            extractor: extractor.as_ref().map(Extractor::of),
            driver: Some(driver).filter(|driver| !driver.is_empty() && driver != GRPC),
            bundle_hash: bundle_hash(bundle.as_deref().unwrap_or_default()),
        }
    }

    /// Of the hooks that other requests to the API had, by phase and name, in the order in which they came.
    pub fn of_others<'a>(hooks: impl IntoIterator<Item = (Phase, &'a str)>) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for (phase, name) in hooks {
            let entry = Entry { phase, name: name.to_owned(), is_disabled: false };
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        // A stable order: within a phase as they came.
        entries.sort_by_key(|entry| entry.phase);
        Self {
            origin: Origin::Others,
            entries,
            is_keyless: false,
            is_asked: true,
            extractor: None,
            driver: None,
            bundle_hash: String::new(),
        }
    }

    /// Whether it names all hooks that there can be.
    pub fn names_all(&self) -> bool {
        matches!(self.origin, Origin::Definition(_) | Origin::Bundle { .. })
    }

    /// Whether a Gateway that makes calls with this `spec.bundle_hash` has the bundle that the definition names.
    pub fn is_of(&self, bundle_hash: &str) -> bool {
        self.origin == Origin::Others || bundle_hash.is_empty() || self.bundle_hash == bundle_hash
    }
}

impl Entry {
    /// Of a plugin's entry; an unnamed one of a list is called as it is.
    fn of(plugin: &Plugin<'_>) -> Option<Self> {
        plugin.phase.hook()?;
        let name = plugin.name.text();
        Some(Self { phase: plugin.phase, name, is_disabled: plugin.is_disabled() })
    }

    fn unnamed() -> Self {
        Self { phase: Phase::AuthCheck, name: String::new(), is_disabled: false }
    }
}

impl Extractor {
    fn of(extractor: &IdExtractor<'_>) -> Self {
        let header = extractor.header_name.text();
        let is_header = extractor.source.text() == "header" && !header.is_empty();
        Self { header: is_header.then_some(header) }
    }
}
