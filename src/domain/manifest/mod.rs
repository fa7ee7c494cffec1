//! `manifest.json`: parsed with places, checked, written canonically.
