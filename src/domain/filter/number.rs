//! Numbers as people write them: `4xx`, `10ms`, `1.5s`, `4KiB`, `400..499`.

use super::field::Takes;

const TIMES: &[(&str, u64)] = &[("us", 1), ("µs", 1), ("ms", 1_000), ("s", 1_000_000), ("", 1_000)];

const SIZES: &[(&str, u64)] = &[
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("k", 1 << 10),
    ("M", 1 << 20),
    ("B", 1),
    ("", 1),
];

/// One number.
pub(super) fn one(takes: Takes, value: &str) -> Result<u64, String> {
    let units = match takes {
        Takes::Time => TIMES,
        Takes::Size => SIZES,
        _ => &[("", 1)],
    };
    let (digits, unit) = value.split_at(digits(value));
    let scale = units.iter().find(|(word, _)| *word == unit).map(|(_, scale)| *scale);
    scale
        .and_then(|scale| scaled(digits, scale))
        .ok_or_else(|| format!("{value:?} is no such number"))
}

/// How far its digits go; its unit comes behind them.
fn digits(value: &str) -> usize {
    value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len())
}

/// A number, two with `..` between them (both included), or a class of status. A unit behind both is that of both: people
/// write `1..5s` as they say it.
pub(super) fn range(takes: Takes, value: &str) -> Result<(u64, u64), String> {
    if let Some((low, high)) = value.split_once("..") {
        let unit = &high[digits(high)..];
        let high = one(takes, high)?;
        let has_no_unit = !low.is_empty() && digits(low) == low.len();
        let low = if has_no_unit { one(takes, &format!("{low}{unit}"))? } else { one(takes, low)? };
        return if low <= high {
            Ok((low, high))
        } else {
            Err("the range ends before it begins".into())
        };
    }
    if takes == Takes::Status
        && let [class @ b'1'..=b'9', b'x' | b'X', b'x' | b'X'] = value.as_bytes()
    {
        let class = u64::from(class - b'0') * 100;
        return Ok((class, class + 99));
    }
    one(takes, value).map(|number| (number, number))
}

/// What would be right.
pub(super) fn example(takes: Takes) -> &'static str {
    match takes {
        Takes::Time => "as 10ms, 1.5s, 300us, 1..5ms",
        Takes::Size => "as 512, 4KiB, 1MiB, 1KiB..4KiB",
        Takes::Status => "as 403, 4xx, 400..499",
        _ => "as 17, 100..200",
    }
}

/// Digits, perhaps with a fraction, times a unit; exact where there is no fraction.
fn scaled(digits: &str, scale: u64) -> Option<u64> {
    let Some((whole, part)) = digits.split_once('.') else {
        return digits.parse::<u64>().ok()?.checked_mul(scale);
    };
    let plain =
        |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() <= 9;
    if !plain(whole) || !plain(part) || whole.is_empty() || part.is_empty() {
        return None;
    }
    let fraction = part.parse::<u64>().ok()? * scale / 10_u64.pow(u32::try_from(part.len()).ok()?);
    whole.parse::<u64>().ok()?.checked_mul(scale)?.checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_scale() {
        for (takes, value, expected) in [
            (Takes::Time, "10", Some(10_000)),
            (Takes::Time, "1.5s", Some(1_500_000)),
            (Takes::Time, "0.25ms", Some(250)),
            (Takes::Time, "18446744073709551615us", Some(u64::MAX)),
            (Takes::Time, "18446744073709551615s", None),
            (Takes::Time, "1m", None),
            (Takes::Size, "4KiB", Some(4096)),
            (Takes::Size, "1.5k", Some(1536)),
            (Takes::Size, ".5k", None),
            (Takes::Count, "1.5.2", None),
            (Takes::Count, "", None),
            (Takes::Count, "7k", None),
        ] {
            assert_eq!(one(takes, value).ok(), expected, "{value}");
        }
    }

    #[test]
    fn ranges_and_classes() {
        assert_eq!(range(Takes::Status, "4xx"), Ok((400, 499)));
        assert_eq!(range(Takes::Time, "1..5ms"), Ok((1_000, 5_000)));
        assert_eq!(range(Takes::Time, "1..5s"), Ok((1_000_000, 5_000_000)));
        assert_eq!(range(Takes::Time, "100..300us"), Ok((100, 300)));
        assert_eq!(range(Takes::Time, "0.5..2s"), Ok((500_000, 2_000_000)));
        assert_eq!(range(Takes::Time, "300us..5ms"), Ok((300, 5_000)));
        assert_eq!(range(Takes::Time, "1..5"), Ok((1_000, 5_000)));
        assert_eq!(range(Takes::Size, "1..5KiB"), Ok((1 << 10, 5 << 10)));
        assert_eq!(range(Takes::Size, "512B..5KiB"), Ok((512, 5 << 10)));
        assert_eq!(range(Takes::Status, "500..599"), Ok((500, 599)));
        assert!(range(Takes::Status, "599..500").is_err());
        assert!(range(Takes::Time, "300..100us").is_err());
        assert_eq!(range(Takes::Time, "..5s").unwrap_err(), "\"\" is no such number");
        assert_eq!(range(Takes::Time, "1..5m").unwrap_err(), "\"5m\" is no such number");
        assert!(range(Takes::Count, "4xx").is_err());
    }
}
