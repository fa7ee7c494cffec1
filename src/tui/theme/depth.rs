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

/// One of the sixteen: by hue, since the nearest by distance would make most of a theme's soft colours grey, and its meanings
/// with them. What the sixteen look like is the user's choice anyway.
fn sixteen(r: u8, g: u8, b: u8) -> Color {
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let chroma = most - least;
    if chroma < 40 || u16::from(chroma) * 4 < u16::from(most) {
        let sum = u16::from(r) + u16::from(g) + u16::from(b);
        return match sum / 3 {
            0..64 => Color::Black,
            64..178 => Color::DarkGray,
            178..242 => Color::Gray,
            _ => Color::White,
        };
    }
    let part = |a: u8, b: u8| (i32::from(a) - i32::from(b)) * 60 / i32::from(chroma);
    let degrees = match most {
        _ if most == r => part(g, b).rem_euclid(360),
        _ if most == g => 120 + part(b, r),
        _ => 240 + part(r, g),
    };
    let light = u16::from(most) + u16::from(least) >= 255;
    match (degrees, light) {
        (20..75, false) => Color::Yellow,
        (20..75, true) => Color::LightYellow,
        (75..160, false) => Color::Green,
        (75..160, true) => Color::LightGreen,
        (160..212, false) => Color::Cyan,
        (160..212, true) => Color::LightCyan,
        (212..262, false) => Color::Blue,
        (212..262, true) => Color::LightBlue,
        (262..330, false) => Color::Magenta,
        (262..330, true) => Color::LightMagenta,
        (_, false) => Color::Red,
        (_, true) => Color::LightRed,
    }
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
    #[test]
    fn soft_colours_keep_their_meaning_among_sixteen() {
        let of = |hex: u32| {
            let [_, r, g, b] = hex.to_be_bytes();
            sixteen(r, g, b)
        };
        // Of the dark theme: good, warning, error, changed, held, selected, dim, background.
        assert_eq!(of(0x57_c2_6b), Color::LightGreen);
        assert_eq!(of(0xe3_b3_41), Color::LightYellow);
        assert_eq!(of(0xff_7b_72), Color::LightRed);
        assert_eq!(of(0x56_d4_dd), Color::LightCyan);
        assert_eq!(of(0xd2_a8_ff), Color::LightMagenta);
        assert_eq!(of(0x26_43_6b), Color::Blue);
        assert_eq!(of(0x80_89_a0), Color::DarkGray);
        assert_eq!(of(0x10_14_1a), Color::Black);
        // Of the light theme: focus, warning, error, selected, background.
        assert_eq!(of(0x0a_5c_c7), Color::Blue);
        assert_eq!(of(0x8a_5a_00), Color::Yellow);
        assert_eq!(of(0xc1_1f_2a), Color::Red);
        assert_eq!(of(0xc9_df_fb), Color::Gray);
        assert_eq!(of(0xfc_fc_fd), Color::White);
    }
}
