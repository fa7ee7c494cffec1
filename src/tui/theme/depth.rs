//! How many colours a terminal shows, and the nearest of them to the ones a theme asks for.

use ratatui::style::{Color, Style};

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// No colours: `NO_COLOR` is set, or the terminal is dumb.
    None,
    /// The sixteen that the user chose.
    Sixteen,
    /// The palette of 256.
    Palette,
    /// Any.
    True,
}

/// The steps of a channel in the 6×6×6 cube of the palette.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The sixteen as terminals commonly draw them (xterm's), to choose the nearest by.
const SIXTEEN: [(Color, (u8, u8, u8)); 16] = [
    (Color::Black, (0, 0, 0)),
    (Color::Red, (205, 0, 0)),
    (Color::Green, (0, 205, 0)),
    (Color::Yellow, (205, 205, 0)),
    (Color::Blue, (0, 0, 238)),
    (Color::Magenta, (205, 0, 205)),
    (Color::Cyan, (0, 205, 205)),
    (Color::Gray, (229, 229, 229)),
    (Color::DarkGray, (127, 127, 127)),
    (Color::LightRed, (255, 0, 0)),
    (Color::LightGreen, (0, 255, 0)),
    (Color::LightYellow, (255, 255, 0)),
    (Color::LightBlue, (92, 92, 255)),
    (Color::LightMagenta, (255, 0, 255)),
    (Color::LightCyan, (0, 255, 255)),
    (Color::White, (255, 255, 255)),
];

impl Depth {
    /// What standard output can show, by the terminal's environment (`COLORTERM`, `TERM`, `NO_COLOR`).
    pub(crate) fn of_stdout() -> Self {
        // https://no-color.org: set and not empty means none, whatever else is set.
        if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
            return Self::None;
        }
        match supports_color::on(supports_color::Stream::Stdout) {
            Some(level) if level.has_16m => Self::True,
            Some(level) if level.has_256 => Self::Palette,
            Some(_) => Self::Sixteen,
            None => Self::None,
        }
    }

    /// The style, with each colour replaced by the nearest that can be shown.
    pub(super) fn fit(self, style: Style) -> Style {
        let fit = |colour| self.nearest(colour);
        Style { fg: style.fg.and_then(fit), bg: style.bg.and_then(fit), ..style }
    }

    fn nearest(self, colour: Color) -> Option<Color> {
        match (self, colour) {
            (Self::None, _) => None,
            (Self::Palette, Color::Rgb(r, g, b)) => Some(Color::Indexed(palette(r, g, b))),
            (Self::Sixteen, Color::Rgb(r, g, b)) => Some(sixteen(r, g, b)),
            (Self::Sixteen, Color::Indexed(index)) if index >= 16 => {
                let (r, g, b) = indexed(index);
                Some(sixteen(r, g, b))
            }
            (_, colour) => Some(colour),
        }
    }
}

fn distance(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    // Eyes see green best and blue least.
    3 * square(a.0, b.0) + 6 * square(a.1, b.1) + square(a.2, b.2)
}

fn palette(r: u8, g: u8, b: u8) -> u8 {
    let wanted = (r, g, b);
    (16..=255).min_by_key(|index| distance(indexed(*index), wanted)).unwrap_or(15)
}

/// The colour of a palette entry from 16 on: the cube, then 24 greys.
fn indexed(index: u8) -> (u8, u8, u8) {
    if index >= 232 {
        let grey = 8 + 10 * (index - 232);
        return (grey, grey, grey);
    }
    let index = usize::from(index.saturating_sub(16));
    (CUBE[index / 36], CUBE[index / 6 % 6], CUBE[index % 6])
}

fn sixteen(r: u8, g: u8, b: u8) -> Color {
    let nearest = SIXTEEN.iter().min_by_key(|(_, sample)| distance(*sample, (r, g, b)));
    nearest.map_or(Color::Reset, |(colour, _)| *colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_degrade_to_the_nearest() {
        let red = Color::Rgb(0xe0, 0x10, 0x18);
        assert_eq!(Depth::True.nearest(red), Some(red));
        assert_eq!(Depth::Palette.nearest(Color::Rgb(255, 0, 0)), Some(Color::Indexed(196)));
        assert_eq!(Depth::Palette.nearest(Color::Rgb(8, 8, 8)), Some(Color::Indexed(232)));
        assert_eq!(Depth::Sixteen.nearest(red), Some(Color::Red));
        assert_eq!(Depth::Sixteen.nearest(Color::Indexed(196)), Some(Color::LightRed));
        assert_eq!(Depth::Sixteen.nearest(Color::Indexed(3)), Some(Color::Indexed(3)));
        assert_eq!(Depth::None.nearest(red), None);
    }
}
