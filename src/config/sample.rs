//! Which share of the traffic is kept.

use std::fmt;

/// Numbers of 32 bits are compared with it.
const WHOLE: u64 = 1 << 32;

/// A share of what is captured, as it was written: `0.1`, `1/10`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    text: String,
    /// Of all numbers of 32 bits, so many are kept.
    kept: u64,
}

impl Sample {
    /// From 0 (nothing) to 1 (all), or as a fraction; the error says what was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let number = |text: &str| text.trim().parse::<f64>().ok();
        let share = match text.split_once('/') {
            Some((part, whole)) => {
                number(part).zip(number(whole)).map(|(part, whole)| part / whole)
            }
            None => number(text),
        };
        match share.filter(|share| (0.0..=1.0).contains(share)) {
            Some(share) => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    clippy::cast_precision_loss,
                    reason = "from 0 to 2^32"
                )]
                let kept = (share * WHOLE as f64).round() as u64;
                Ok(Self { text: text.to_owned(), kept })
            }
            None => Err(format!("a share from 0 to 1, such as 0.1 or \"1/10\", not `{text}`")),
        }
    }

    /// Whether all is kept.
    pub fn is_all(&self) -> bool {
        self.kept >= WHOLE
    }

    /// Whether what has this number is kept: of numbers that are spread evenly, the share of them.
    pub fn keeps(&self, number: u64) -> bool {
        number & (WHOLE - 1) < self.kept
    }
}

impl Default for Sample {
    fn default() -> Self {
        Self { text: "1".to_owned(), kept: WHOLE }
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_number_or_a_fraction() {
        let kept = |text: &str| Sample::parse(text).unwrap().kept;
        assert_eq!(kept("0"), 0);
        assert_eq!(kept("1"), WHOLE);
        assert_eq!(kept("0.5"), WHOLE / 2);
        assert_eq!(kept("1/4"), WHOLE / 4);
        assert!(Sample::parse("1/1").unwrap().is_all() && !Sample::parse("0.99").unwrap().is_all());
        for wrong in ["", "2", "-0.1", "1/0", "a", "1/", "0/0", "NaN", "10%"] {
            assert!(Sample::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn nothing_and_all_are_exact() {
        let (none, all) = (Sample::parse("0").unwrap(), Sample::default());
        for number in [0, 1, u64::from(u32::MAX), u64::MAX] {
            assert!(!none.keeps(number) && all.keeps(number));
        }
    }
}
