//! A style as words: `bold red on #202020`.

use std::str::FromStr as _;

use ratatui::style::{Color, Modifier, Style};

/// Parses the words of a style; the error is the word that is none.
pub(super) fn parse(words: &str) -> Result<Style, String> {
    let mut style = Style::default();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            "strike" => style.add_modifier(Modifier::CROSSED_OUT),
            "on" => style.bg(colour(words.next().ok_or("on")?)?),
            word => style.fg(colour(word)?),
        };
    }
    Ok(style)
}

/// A colour: one of the terminal's sixteen by name (`light-red`), one of its 256 by number, `#rrggbb`, or `default`.
fn colour(word: &str) -> Result<Color, String> {
    match word {
        "default" => Ok(Color::Reset),
        word => Color::from_str(word).map_err(|_| word.to_owned()),
    }
}
