//! `s3://BUCKET/KEY`, as the AWS CLI writes where something is.

use std::fmt;
use std::str::FromStr;

use crate::domain::task::Problem;

/// A bucket, and a key or prefix in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The bucket.
    pub bucket: String,
    /// The key, or what keys begin with; empty for the whole bucket.
    pub key: String,
}

impl FromStr for Location {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let refused = |why: &str| {
            Problem::usage(format!("{text:?} is no place in S3: {why}"))
                .help("write it as s3://BUCKET/KEY")
        };
        let rest = text.strip_prefix("s3://").ok_or_else(|| refused("it begins with no s3://"))?;
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.starts_with("arn:") {
            return Err(refused("access points are not reached here"));
        }
        if !is_bucket(bucket) {
            return Err(refused(
                "a bucket's name has letters, digits, dots, dashes, 3 to 63 of them",
            ));
        }
        if !is_plain(key) {
            return Err(refused("its path has parts that a URL leaves out"));
        }
        Ok(Self { bucket: bucket.to_owned(), key: key.to_owned() })
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}/{}", self.bucket, self.key)
    }
}

/// Whether it can be a bucket's name; old buckets and other stores know capitals and underlines.
pub(super) fn is_bucket(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (3..=255).contains(&name.len()) && name.chars().all(fits) && !name.starts_with('.')
}

/// Whether a URL keeps this key: it takes `.` and `..` for folders, and an empty part at the start would be another bucket.
pub(super) fn is_plain(key: &str) -> bool {
    !key.starts_with('/')
        && !key.chars().any(char::is_control)
        && !key.split('/').any(|part| matches!(part, "." | ".."))
        && key.len() <= 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_the_aws_cli_writes_them() {
        let read = |text: &str| text.parse::<Location>().map(|it| (it.bucket, it.key));
        let expect = |bucket: &str, key: &str| Ok((bucket.to_owned(), key.to_owned()));
        assert_eq!(read("s3://plugins"), expect("plugins", ""));
        assert_eq!(read("s3://plugins/"), expect("plugins", ""));
        assert_eq!(read("s3://plugins/eu/a b.zip"), expect("plugins", "eu/a b.zip"));
        for bad in [
            "plugins/a",
            "s3://",
            "s3:///a",
            "s3://p/../x",
            "s3://plugins//a",
            "s3://pl ug/a",
            "s3://arn:aws:s3:x/a",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
