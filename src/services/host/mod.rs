//! The bundle host: a folder of bundles over HTTP, as a Gateway downloads them.
