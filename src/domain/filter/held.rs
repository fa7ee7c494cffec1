//! Whether a filter asks for what is held at a breakpoint. That has no answer yet: who keeps calls that have ended has none
//! that is held, and only a server that runs tells of it.

use super::expr::{Expr, Pattern, Test};
use super::field::{HELD, OUTCOMES, Text};
use super::{Class, Filter, FilterError, how_holds, look};

impl Filter {
    /// The same as [`Filter::parse`], of calls that have ended: an error where only what is held could be meant.
    pub fn parse_ended(text: &str) -> Result<Self, FilterError> {
        Self::parse(text)?.ended(text)
    }

    /// The same, of calls as they end: they are neither held any more nor marked yet.
    pub fn parse_ending(text: &str) -> Result<Self, FilterError> {
        Self::parse_live(text)?.ended(text)
    }

    /// The same, of calls that a breakpoint is asked about: they are neither marked nor held yet.
    pub fn parse_break(text: &str) -> Result<Self, FilterError> {
        let filter = Self::parse_live(text)?;
        if filter.needs_held() {
            let what = "nothing is held before a breakpoint meant it";
            return Err(FilterError::new(written(text), what).help("leave it out"));
        }
        Ok(filter)
    }

    fn ended(self, text: &str) -> Result<Self, FilterError> {
        if self.needs_held() {
            let error = FilterError::new(written(text), "nothing that has ended is held any more");
            return Err(error.help(
                "held>0 means what was; `tyk-tui wait outcome:held` and a console tell what is",
            ));
        }
        Ok(self)
    }

    /// Whether it may mean a call because that is held.
    pub fn asks_held(&self) -> bool {
        self.expr.as_ref().is_some_and(|expr| asks(expr, true))
            || self.jq.as_ref().is_some_and(|jq| jq.written().contains("\"held\""))
    }

    /// Whether it means nothing but what is held, as far as that is plain to see.
    pub fn needs_held(&self) -> bool {
        self.expr.as_ref().is_some_and(needs)
    }
}

/// Whether this, or where `holds` is false its opposite, may be so because a call is held.
fn asks(expr: &Expr, holds: bool) -> bool {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(|part| asks(part, holds)),
        Expr::Not(part) => asks(part, !holds),
        Expr::Test(Test::Text(Text::Outcome, how)) => {
            holds && how_holds(how, &Text::Outcome, HELD.as_bytes())
        }
        Expr::Test(Test::Anywhere(text)) => {
            holds && Pattern::text(HELD).is_ok_and(|held| held == *text)
        }
        Expr::Test(_) => false,
    }
}

fn needs(expr: &Expr) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().any(needs),
        Expr::Or(parts) => parts.iter().all(needs),
        Expr::Test(Test::Text(Text::Outcome, how)) => OUTCOMES
            .iter()
            .all(|word| how_holds(how, &Text::Outcome, word.as_bytes()) == (*word == HELD)),
        Expr::Not(_) | Expr::Test(_) => false,
    }
}

/// Where it is written that an outcome is to be this; else the whole text.
fn written(text: &str) -> std::ops::Range<usize> {
    let (spans, _) = look(text);
    let is_held = |field: &str, value: &str| {
        field == Text::Outcome.word() && value.trim_matches('"').eq_ignore_ascii_case(HELD)
    };
    let place = spans.windows(3).find_map(|parts| match parts {
        [(field, Class::Field), (_, Class::Sign), (value, Class::Value)]
            if is_held(&text[field.clone()], &text[value.clone()]) =>
        {
            Some(field.start..value.end)
        }
        _ => None,
    });
    place.unwrap_or(0..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_asked_for_where_it_is_named_and_not_denied() {
        for (text, asks, needs) in [
            ("outcome:held", true, true),
            ("outcome=\"HELD\" & hook:pre", true, true),
            ("outcome~^hel & hook:pre", true, true),
            ("(outcome:held & api:a) || (outcome:held & api:b)", true, true),
            ("outcome:held || status:403", true, false),
            ("!(outcome!=held || hook:pre)", true, false),
            ("held", true, false),
            ("outcome~.", true, false),
            ("| .outcome == \"held\"", true, false),
            ("!outcome:held", false, false),
            ("outcome!=held & hook:pre", false, false),
            ("!(hook:pre & outcome:held)", false, false),
            ("!outcome:passed", false, false),
            ("held>1s & outcome:passed", false, false),
            ("path:/held", false, false),
            ("| .held_us > 0", false, false),
        ] {
            let filter = Filter::parse(text).unwrap();
            assert_eq!((filter.asks_held(), filter.needs_held()), (asks, needs), "{text}");
            for parse in [Filter::parse_ended, Filter::parse_ending, Filter::parse_break] {
                assert_eq!(parse(text).is_err(), needs, "{text}");
            }
        }
    }

    #[test]
    fn what_can_never_be_is_shown_at_its_place() {
        for (text, place) in [
            ("hook:pre & outcome:held", 11..23),
            ("outcome=\"held\"", 0..14),
            ("outcome~^hel", 0..12),
        ] {
            for parse in [Filter::parse_ended, Filter::parse_ending, Filter::parse_break] {
                assert_eq!(parse(text).unwrap_err().span, place, "{text}");
            }
        }
    }
}
