//! Numbers through a double, as Go writes them.

/// A double as Go's `encoding/json` writes it: the shortest digits that read back the same, plain between 1e-6 and
/// 1e21, else with an exponent of at least one digit (`1e-7`, `1e+21`).
pub fn go_number(number: f64) -> String {
    // Rust's exponent form has the shortest digits too: `-1.2345e-7`.
    let form = format!("{number:e}");
    let (mantissa, exponent) = form.split_once('e').unwrap_or((&form, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let magnitude = number.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{}", exponent.unsigned_abs());
    }
    // Rust never writes an exponent here, and the same shortest digits.
    format!("{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_reference_tool_wrote_them() {
        for (source, written) in [
            ("1.0", "1"),
            ("1e2", "100"),
            ("12345678901234567890", "12345678901234567000"),
            ("1e-7", "1e-7"),
            ("0.1", "0.1"),
            ("1e21", "1e+21"),
            ("-0", "-0"),
            ("3.0", "3"),
            ("0.000001", "0.000001"),
            ("1.5e300", "1.5e+300"),
            ("-1.25e-10", "-1.25e-10"),
            ("5e-324", "5e-324"),
            ("999999999999999999999", "1e+21"),
            ("123456789012345678", "123456789012345680"),
        ] {
            assert_eq!(go_number(source.parse().unwrap()), written, "{source}");
        }
    }
}
