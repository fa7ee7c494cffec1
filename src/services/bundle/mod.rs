//! Bundles on disk: written, read, verified; the keys that sign them.
