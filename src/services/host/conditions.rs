//! Conditional requests and ranges (RFC 9110, sections 13 and 14), for a file whose `ETag` is strong.

use std::time::{Duration, SystemTime};

use axum::http::{HeaderMap, HeaderName, header};

/// What the conditions leave to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// From, and one behind the last (206).
    Part(u64, u64),
    /// The client has it (304).
    NotModified,
    /// A condition does not hold (412).
    Failed,
    /// The range begins behind the end (416).
    OutOfRange,
}

/// Decides, in the order of section 13.2.2. `tag` is the entity tag with its quotes.
pub(super) fn wanted(
    headers: &HeaderMap,
    get: bool,
    tag: &str,
    modified: SystemTime,
    bytes: u64,
) -> Wanted {
    let later_than = |name: HeaderName| {
        let date = headers.get(name)?.to_str().ok()?;
        Some(seconds(modified) > seconds(httpdate::parse_http_date(date).ok()?))
    };
    let holds = match tags(headers, header::IF_MATCH) {
        Some(tags) => tags.iter().any(|it| it == tag || it == "*"),
        None => later_than(header::IF_UNMODIFIED_SINCE) != Some(true),
    };
    if !holds {
        return Wanted::Failed;
    }
    let has_it = match tags(headers, header::IF_NONE_MATCH) {
        Some(tags) => tags.iter().any(|it| it.trim_start_matches("W/") == tag || it == "*"),
        None => later_than(header::IF_MODIFIED_SINCE) == Some(false),
    };
    if has_it {
        return Wanted::NotModified;
    }
    let same = match headers.get(header::IF_RANGE) {
        // A date has seconds, in which a file may change twice: only the tag says that it is the same.
        Some(value) => value.as_bytes() == tag.as_bytes(),
        None => true,
    };
    match headers.get(header::RANGE).and_then(|value| value.to_str().ok()) {
        // A range is defined for GET alone.
        Some(text) if get && same => range(text, bytes),
        _ => Wanted::Whole,
    }
}

/// `bytes=1-2`, `bytes=1-`, `bytes=-2`. Several ranges, other units and nonsense are answered with the whole, as
/// section 14.2 allows.
fn range(text: &str, bytes: u64) -> Wanted {
    let parts = text.strip_prefix("bytes=").and_then(|set| set.split_once('-'));
    let Some((first, last)) = parts else { return Wanted::Whole };
    match (number(first), number(last)) {
        (Some(first), None) if last.trim().is_empty() => part(first, bytes, bytes),
        (Some(first), Some(last)) if first <= last => part(first, last.saturating_add(1), bytes),
        (None, Some(0)) if first.trim().is_empty() => Wanted::OutOfRange,
        (None, Some(last)) if first.trim().is_empty() => {
            part(bytes.saturating_sub(last), bytes, bytes)
        }
        _ => Wanted::Whole,
    }
}

fn part(from: u64, to: u64, bytes: u64) -> Wanted {
    if from >= bytes { Wanted::OutOfRange } else { Wanted::Part(from, to.min(bytes)) }
}

/// Digits alone: `u64::from_str` would take a sign. More than fit are as far as there is.
fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

/// The tags of a header, over all its lines; none of ours holds a comma.
fn tags(headers: &HeaderMap, name: HeaderName) -> Option<Vec<String>> {
    headers.contains_key(&name).then(|| {
        let lines = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        lines.flat_map(|line| line.split(',')).map(|tag| tag.trim().to_owned()).collect()
    })
}

/// HTTP's dates have whole seconds.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: &str = "\"abc\"";

    fn decide(headers: &[(HeaderName, &str)]) -> Wanted {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        let modified = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_500);
        wanted(&headers, true, TAG, modified, 10)
    }

    #[rstest::rstest]
    #[case("bytes=0-0", Wanted::Part(0, 1))]
    #[case("bytes=2-5", Wanted::Part(2, 6))]
    #[case("bytes=2-", Wanted::Part(2, 10))]
    #[case("bytes=-3", Wanted::Part(7, 10))]
    #[case("bytes=-99", Wanted::Part(0, 10))]
    #[case("bytes=9-99999999999999999999999", Wanted::Part(9, 10))]
    #[case("bytes=10-", Wanted::OutOfRange)]
    #[case("bytes=99999999999999999999999-", Wanted::OutOfRange)]
    #[case("bytes=-0", Wanted::OutOfRange)]
    #[case("bytes=5-2", Wanted::Whole)]
    #[case("bytes=0-1,3-4", Wanted::Whole)]
    #[case("bytes=-", Wanted::Whole)]
    #[case("bytes=a-b", Wanted::Whole)]
    #[case("bytes=+1-2", Wanted::Whole)]
    #[case("lines=0-1", Wanted::Whole)]
    fn ranges(#[case] text: &str, #[case] expected: Wanted) {
        assert_eq!(decide(&[(header::RANGE, text)]), expected);
    }

    #[test]
    fn tags_come_before_dates_and_both_before_ranges() {
        let at = "Tue, 14 Nov 2023 22:13:20 GMT";
        let before = "Tue, 14 Nov 2023 22:13:19 GMT";
        let none = header::IF_NONE_MATCH;
        assert_eq!(decide(&[(none.clone(), "\"x\", W/\"abc\"")]), Wanted::NotModified);
        assert_eq!(decide(&[(none.clone(), "*")]), Wanted::NotModified);
        assert_eq!(decide(&[(header::IF_MODIFIED_SINCE, at)]), Wanted::NotModified);
        assert_eq!(decide(&[(header::IF_MODIFIED_SINCE, before)]), Wanted::Whole);
        assert_eq!(decide(&[(none, "\"x\""), (header::IF_MODIFIED_SINCE, at)]), Wanted::Whole);
        assert_eq!(decide(&[(header::IF_MATCH, "\"x\"")]), Wanted::Failed);
        assert_eq!(decide(&[(header::IF_MATCH, "W/\"abc\"")]), Wanted::Failed, "strong comparison");
        assert_eq!(decide(&[(header::IF_MATCH, TAG)]), Wanted::Whole);
        assert_eq!(decide(&[(header::IF_UNMODIFIED_SINCE, before)]), Wanted::Failed);
        let range = (header::RANGE, "bytes=0-1");
        assert_eq!(decide(&[range.clone(), (header::IF_RANGE, TAG)]), Wanted::Part(0, 2));
        assert_eq!(decide(&[range.clone(), (header::IF_RANGE, "\"x\"")]), Wanted::Whole);
        assert_eq!(decide(&[range, (header::IF_RANGE, at)]), Wanted::Whole);
    }
}
