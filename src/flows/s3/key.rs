//! The keys that bundles are pushed under.

use regex::Regex;

use crate::domain::bundle::{published_name, published_parts};
use crate::domain::task::Problem;

/// How a key is made of a bundle's name and hash: `{name}-{hash8}.zip` behind a prefix.
#[derive(Clone, Debug)]
pub struct Template {
    prefix: String,
    object: String,
    known: Regex,
}

const NAME: &str = "{name}";
const HASH: &str = "{hash8}";

impl Template {
    /// The usual one, `{name}-{hash8}.zip`.
    pub const USUAL: &str = "{name}-{hash8}.zip";

    /// A prefix is a folder's name: a slash is put behind it where none is there. The rest must have the hash, so that new
    /// content has a new name, and end in `.zip`.
    pub fn new(prefix: &str, object: &str) -> Result<Self, Problem> {
        let refused = |why: &str| {
            Problem::usage(format!("{object:?} cannot be the key of bundles: {why}"))
                .help("`object` of the target is as in {name}-{hash8}.zip")
        };
        if object.matches(HASH).count() != 1 || object.matches(NAME).count() > 1 {
            return Err(refused(
                "{hash8} stands in it once, as a Gateway never downloads a name again, and {name} once at most",
            ));
        }
        if object.strip_suffix(".zip").is_none() || object.starts_with('/') {
            return Err(refused("it ends in .zip and begins with no slash"));
        }
        let rest = object.replace(NAME, "").replace(HASH, "");
        if rest.contains(['{', '}', '?', '#', ',']) {
            return Err(refused(
                "besides {name} and {hash8} it has letters, digits, dots, dashes, slashes",
            ));
        }
        let pattern = regex::escape(object)
            .replace(&regex::escape(NAME), "(?<name>[^/]+)")
            .replace(&regex::escape(HASH), "(?<hash>[0-9a-f]{8})");
        let known = Regex::new(&format!("^{pattern}$")).map_err(|_| refused("it is too long"))?;
        let prefix = prefix.trim_matches('/');
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        Ok(Self { prefix, object: object.to_owned(), known })
    }

    /// What keys begin with: empty, or with a slash at its end.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The key behind the prefix of a bundle with this published name.
    pub fn object(&self, published: &str) -> Result<String, Problem> {
        let (name, hash8) = published_parts(published).ok_or_else(|| {
            Problem::usage(format!("{published:?} is no name that a bundle is published under"))
        })?;
        Ok(self.object.replace(NAME, name).replace(HASH, hash8))
    }

    /// The whole key of what stands behind the prefix.
    pub fn key(&self, object: &str) -> String {
        format!("{}{object}", self.prefix)
    }

    /// What stands behind the prefix in the key of a bundle that was pushed so, and its published name; `None` of other keys.
    pub fn parts<'a>(&self, key: &'a str) -> Option<(&'a str, String)> {
        let object = key.strip_prefix(&self.prefix)?;
        let found = self.known.captures(object)?;
        let name = found.name("name").map_or("bundle", |name| name.as_str());
        Some((object, published_name(name, found.name("hash")?.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_and_known_again() {
        let usual = Template::new("plugins/eu", Template::USUAL).unwrap();
        let object = usual.object("orders-auth-0123abcd.zip").unwrap();
        assert_eq!(usual.key(&object), "plugins/eu/orders-auth-0123abcd.zip");
        let known = usual.parts("plugins/eu/orders-auth-0123abcd.zip").unwrap();
        assert_eq!(known, ("orders-auth-0123abcd.zip", "orders-auth-0123abcd.zip".to_owned()));
        for other in
            ["plugins/eu/notes.zip", "plugins/us/a-0123abcd.zip", "plugins/eu/x/a-0123abcd.zip"]
        {
            assert_eq!(usual.parts(other), None, "{other}");
        }
        let other = Template::new("", "{hash8}/{name}.zip").unwrap();
        assert_eq!(other.object("a-0123abcd.zip").unwrap(), "0123abcd/a.zip");
        assert_eq!(other.parts("0123abcd/a.zip").unwrap().1, "a-0123abcd.zip");
        for bad in [
            "{name}.zip",
            "{name}-{hash8}",
            "{name}{name}{hash8}.zip",
            "/{hash8}.zip",
            "{hash}{hash8}.zip",
            "{hash8}?.zip",
        ] {
            assert!(Template::new("", bad).is_err(), "{bad}");
        }
    }
}
