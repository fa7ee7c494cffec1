//! The names of bundles.

use md5::{Digest as _, Md5};

use super::digest::hex;

/// `{name}-{hash8}.zip`: the name that a bundle is published under. A Gateway never downloads a name again whose
/// folder exists, so new content needs a new name. Of `name` what a URL or a file name cannot bear becomes `-`: a
/// Gateway percent-encodes names, and up to 5.14 splits nothing, but 5.15 pre-releases split at commas.
pub fn published_name(name: &str, hash8: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let plain: String = name.chars().map(kept).collect();
    let plain = plain.trim_start_matches(['.', '-']).trim_end_matches('-');
    format!("{}-{hash8}.zip", if plain.is_empty() { "bundle" } else { plain })
}

/// Name and hash of a [`published_name`]; `None` of another name. Eight digits may be a date too.
pub fn published_parts(file: &str) -> Option<(&str, &str)> {
    let (name, hash8) = file.strip_suffix(".zip")?.rsplit_once('-')?;
    let is_hash =
        hash8.len() == 8 && hash8.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    (is_hash && !name.is_empty()).then_some((name, hash8))
}

/// The folder that a Gateway unpacks a bundle of this name into, and `bundle_hash` in a Dispatch's `spec`: the name's
/// MD5 in hex.
pub fn bundle_hash(name: &str) -> String {
    hex(&Md5::digest(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_default_name() {
        assert_eq!(bundle_hash("bundle.zip"), "c343271e0935000c0ea41f8d9822015c");
    }

    #[test]
    fn a_published_name_comes_apart() {
        let name = published_name("orders-auth", "0123abcd");
        assert_eq!(published_parts(&name), Some(("orders-auth", "0123abcd")));
        for other in
            ["bundle.zip", "a-0123ABCD.zip", "a-0123abc.zip", "-0123abcd.zip", "a-0123abcd"]
        {
            assert_eq!(published_parts(other), None, "{other}");
        }
    }

    #[test]
    fn names_fit_a_url_and_a_folder() {
        assert_eq!(published_name("orders-auth", "0123abcd"), "orders-auth-0123abcd.zip");
        assert_eq!(published_name("a b,c/d?", "0123abcd"), "a-b-c-d-0123abcd.zip");
        assert_eq!(published_name("..", "0123abcd"), "bundle-0123abcd.zip");
    }
}
