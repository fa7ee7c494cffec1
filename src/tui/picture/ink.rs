//! Which colours a terminal shows: the sixteen names, the 256 numbers, and what stands for the terminal's own.

use std::fmt;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// A colour as SVG writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rgb(u8, u8, u8);

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// What stands for a terminal's own colours, where a theme leaves them as they are.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    pub(super) ground: Rgb,
    ink: Rgb,
    names: &'static [Rgb; 16],
}

impl Paper {
    /// A dark terminal.
    pub const DARK: Self =
        Self { ground: Rgb(0x16, 0x18, 0x1f), ink: Rgb(0xd0, 0xd4, 0xde), names: &ON_DARK };
    /// A light terminal.
    pub const LIGHT: Self =
        Self { ground: Rgb(0xfb, 0xfb, 0xf9), ink: Rgb(0x2b, 0x2e, 0x36), names: &ON_LIGHT };

    /// What a cell's ink and ground look like, reversed and dimmed as its modifiers say.
    pub(super) fn colours(self, cell: &Cell) -> (Rgb, Rgb) {
        let mut ink = self.colour(cell.fg, self.ink);
        let mut ground = self.colour(cell.bg, self.ground);
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut ink, &mut ground);
        }
        if cell.modifier.contains(Modifier::DIM) {
            ink = between(ink, ground);
        }
        (ink, ground)
    }

    fn colour(self, colour: Color, own: Rgb) -> Rgb {
        let name = match colour {
            Color::Reset => return own,
            Color::Rgb(r, g, b) => return Rgb(r, g, b),
            Color::Indexed(number) if number > 15 => return numbered(number),
            Color::Indexed(number) => usize::from(number),
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        self.names[name]
    }
}

/// Half way from the ink to the ground, a little nearer to the ink: what terminals make of "dim".
fn between(ink: Rgb, ground: Rgb) -> Rgb {
    let mix =
        |a: u8, b: u8| u8::try_from((u16::from(a) * 6 + u16::from(b) * 4) / 10).unwrap_or(u8::MAX);
    Rgb(mix(ink.0, ground.0), mix(ink.1, ground.1), mix(ink.2, ground.2))
}

/// The colours 16 to 255: a cube of six steps, then 24 greys, as xterm has them.
fn numbered(number: u8) -> Rgb {
    if number >= 232 {
        let grey = 8 + 10 * (number - 232);
        return Rgb(grey, grey, grey);
    }
    let step = |at: u8| if at == 0 { 0 } else { 55 + 40 * at };
    let number = number - 16;
    Rgb(step(number / 36), step(number / 6 % 6), step(number % 6))
}

const ON_DARK: [Rgb; 16] = [
    Rgb(0x2a, 0x2d, 0x37),
    Rgb(0xf0, 0x71, 0x78),
    Rgb(0x8c, 0xc8, 0x5f),
    Rgb(0xe6, 0xb4, 0x50),
    Rgb(0x6c, 0xa6, 0xf0),
    Rgb(0xc4, 0x8a, 0xe6),
    Rgb(0x5c, 0xc8, 0xc8),
    Rgb(0xc0, 0xc4, 0xce),
    Rgb(0x6b, 0x71, 0x80),
    Rgb(0xff, 0x8b, 0x92),
    Rgb(0xa8, 0xe0, 0x7c),
    Rgb(0xff, 0xcf, 0x70),
    Rgb(0x8d, 0xbd, 0xff),
    Rgb(0xda, 0xa6, 0xfa),
    Rgb(0x7f, 0xe3, 0xe3),
    Rgb(0xf4, 0xf6, 0xfa),
];

const ON_LIGHT: [Rgb; 16] = [
    Rgb(0x2b, 0x2e, 0x36),
    Rgb(0xbe, 0x2a, 0x35),
    Rgb(0x3c, 0x7d, 0x16),
    Rgb(0x96, 0x66, 0x00),
    Rgb(0x1f, 0x5f, 0xb8),
    Rgb(0x8a, 0x3f, 0xb0),
    Rgb(0x0d, 0x7a, 0x7f),
    Rgb(0x8a, 0x8f, 0x99),
    Rgb(0x70, 0x75, 0x80),
    Rgb(0xd6, 0x3a, 0x45),
    Rgb(0x4c, 0x96, 0x20),
    Rgb(0xb5, 0x7d, 0x00),
    Rgb(0x2f, 0x74, 0xd0),
    Rgb(0xa0, 0x52, 0xc8),
    Rgb(0x12, 0x8e, 0x94),
    Rgb(0xff, 0xff, 0xff),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_256_colours_are_xterms() {
        // Source: xterm's 256colres.h.
        assert_eq!(numbered(16), Rgb(0, 0, 0));
        assert_eq!(numbered(208), Rgb(255, 135, 0));
        assert_eq!(numbered(231), Rgb(255, 255, 255));
        assert_eq!(numbered(232), Rgb(8, 8, 8));
        assert_eq!(numbered(255), Rgb(238, 238, 238));
    }

    #[test]
    fn the_terminals_own_colours_are_the_papers() {
        let cell = Cell::default();
        assert_eq!(Paper::DARK.colours(&cell), (Paper::DARK.ink, Paper::DARK.ground));
        assert_eq!(Paper::LIGHT.colours(&cell), (Paper::LIGHT.ink, Paper::LIGHT.ground));
    }
}
