//! Box, block and Braille characters as shapes, since fonts do not agree where they end.

use std::fmt::Write as _;

use super::{CELL_HEIGHT, CELL_WIDTH, px};

/// Thickness of a light line.
const LIGHT: f32 = 1.0;
/// Thickness of a heavy line.
const HEAVY: f32 = 3.0;
/// Between the two lines of a double one, from middle to middle.
const GAP: f32 = 2.0;

/// Which way a line goes from a cell's middle, and how: left, right, up, down.
type Arms = [Arm; 4];

#[derive(Clone, Copy, PartialEq)]
enum Arm {
    No,
    Light,
    Heavy,
    Double,
}

/// Whether a symbol is drawn here.
pub(super) fn is_shape(symbol: &str) -> bool {
    single(symbol).is_some_and(|c| {
        arms(c).is_some() || corner(c).is_some() || block(c).is_some() || braille(c).is_some()
    })
}

/// Draws a symbol into the cell whose left top corner is at `x`, `y`.
pub(super) fn draw(out: &mut String, symbol: &str, x: f32, y: f32) {
    let Some(c) = single(symbol) else { return };
    if let Some(arms) = arms(c) {
        lines(out, arms, x, y);
    } else if let Some((right, down)) = corner(c) {
        rounded(out, right, down, x, y);
    } else if let Some((rect, opacity)) = block(c) {
        filled(out, rect, opacity, x, y);
    } else if let Some(dots) = braille(c) {
        dotted(out, dots, x, y);
    }
}

/// The one character of a symbol.
fn single(symbol: &str) -> Option<char> {
    let mut chars = symbol.chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

/// The arms of the straight box characters that interfaces use.
fn arms(c: char) -> Option<Arms> {
    use Arm::{Double as D, Heavy as H, Light as L, No as N};
    Some(match c {
        '─' | '┄' | '┈' | '╌' => [L, L, N, N],
        '━' | '┅' | '┉' | '╍' => [H, H, N, N],
        '│' | '┆' | '┊' | '╎' => [N, N, L, L],
        '┃' | '┇' | '┋' | '╏' => [N, N, H, H],
        '┌' => [N, L, N, L],
        '┐' => [L, N, N, L],
        '└' => [N, L, L, N],
        '┘' => [L, N, L, N],
        '├' => [N, L, L, L],
        '┤' => [L, N, L, L],
        '┬' => [L, L, N, L],
        '┴' => [L, L, L, N],
        '┼' => [L, L, L, L],
        '┏' => [N, H, N, H],
        '┓' => [H, N, N, H],
        '┗' => [N, H, H, N],
        '┛' => [H, N, H, N],
        '┣' => [N, H, H, H],
        '┫' => [H, N, H, H],
        '┳' => [H, H, N, H],
        '┻' => [H, H, H, N],
        '╋' => [H, H, H, H],
        '═' => [D, D, N, N],
        '║' => [N, N, D, D],
        '╔' => [N, D, N, D],
        '╗' => [D, N, N, D],
        '╚' => [N, D, D, N],
        '╝' => [D, N, D, N],
        '╴' => [L, N, N, N],
        '╶' => [N, L, N, N],
        '╵' => [N, N, L, N],
        '╷' => [N, N, N, L],
        _ => return None,
    })
}

/// A rounded corner: whether it goes right and whether it goes down from the middle.
fn corner(c: char) -> Option<(bool, bool)> {
    Some(match c {
        '╭' => (true, true),
        '╮' => (false, true),
        '╰' => (true, false),
        '╯' => (false, false),
        _ => return None,
    })
}

/// Left, top, width and height as parts of the cell, and how dense.
fn block(c: char) -> Option<([f32; 4], f32)> {
    let eighths = |from: char| f32::from(u8::try_from(u32::from(c) - u32::from(from)).unwrap_or(0));
    Some(match c {
        '▀' => ([0.0, 0.0, 1.0, 0.5], 1.0),
        '▔' => ([0.0, 0.0, 1.0, 0.125], 1.0),
        '▐' => ([0.5, 0.0, 0.5, 1.0], 1.0),
        '▕' => ([0.875, 0.0, 0.125, 1.0], 1.0),
        '░' => ([0.0, 0.0, 1.0, 1.0], 0.25),
        '▒' => ([0.0, 0.0, 1.0, 1.0], 0.5),
        '▓' => ([0.0, 0.0, 1.0, 1.0], 0.75),
        // From one eighth high to the full block.
        '▁'..='█' => {
            let high = (eighths('▁') + 1.0) / 8.0;
            ([0.0, 1.0 - high, 1.0, high], 1.0)
        }
        // From seven eighths wide to one.
        '▉'..='▏' => ([0.0, 0.0, (7.0 - eighths('▉')) / 8.0, 1.0], 1.0),
        _ => return None,
    })
}

/// The dots of a Braille character, in Unicode's order of bits.
fn braille(c: char) -> Option<u8> {
    u8::try_from(u32::from(c).checked_sub(0x2800)?).ok()
}

fn lines(out: &mut String, [left, right, up, down]: Arms, x: f32, y: f32) {
    let (mx, my) = (x + CELL_WIDTH / 2.0, y + CELL_HEIGHT / 2.0);
    // Each arm reaches a little over the middle, so that corners close.
    let over = |arm: Arm| match arm {
        Arm::No => 0.0,
        Arm::Light => LIGHT / 2.0,
        Arm::Heavy => HEAVY / 2.0,
        Arm::Double => f32::midpoint(GAP, LIGHT),
    };
    let across = over(up).max(over(down));
    let along = over(left).max(over(right));
    // A straight line in one piece has no seam in its middle.
    if left == right && left != Arm::No && up == Arm::No && down == Arm::No {
        for &(offset, thick) in strokes(left) {
            rect(out, x, my + offset - thick / 2.0, CELL_WIDTH, thick);
        }
        return;
    }
    if up == down && up != Arm::No && left == Arm::No && right == Arm::No {
        for &(offset, thick) in strokes(up) {
            rect(out, mx + offset - thick / 2.0, y, thick, CELL_HEIGHT);
        }
        return;
    }
    for (arm, from, to) in [(left, x, mx + across), (right, mx - across, x + CELL_WIDTH)] {
        for &(offset, thick) in strokes(arm) {
            rect(out, from, my + offset - thick / 2.0, to - from, thick);
        }
    }
    for (arm, from, to) in [(up, y, my + along), (down, my - along, y + CELL_HEIGHT)] {
        for &(offset, thick) in strokes(arm) {
            rect(out, mx + offset - thick / 2.0, from, thick, to - from);
        }
    }
}

/// The strokes of an arm: how far off the middle, and how thick.
fn strokes(arm: Arm) -> &'static [(f32, f32)] {
    match arm {
        Arm::No => &[],
        Arm::Light => &[(0.0, LIGHT)],
        Arm::Heavy => &[(0.0, HEAVY)],
        Arm::Double => &[(-GAP / 2.0, LIGHT), (GAP / 2.0, LIGHT)],
    }
}

fn rounded(out: &mut String, right: bool, down: bool, x: f32, y: f32) {
    let (mx, my) = (x + CELL_WIDTH / 2.0, y + CELL_HEIGHT / 2.0);
    let edge = if right { x + CELL_WIDTH } else { x };
    let end = if down { y + CELL_HEIGHT } else { y };
    // A quarter of a circle with the cell's half width as radius, then straight to the edge.
    let turn = my + if down { CELL_WIDTH / 2.0 } else { -CELL_WIDTH / 2.0 };
    let _ = write!(
        out,
        "<path d=\"M{} {}Q{} {} {} {}V{}\" fill=\"none\" stroke-width=\"{LIGHT}\"/>",
        px(edge),
        px(my),
        px(mx),
        px(my),
        px(mx),
        px(turn),
        px(end),
    );
}

fn filled(out: &mut String, [left, top, wide, high]: [f32; 4], opacity: f32, x: f32, y: f32) {
    let at = (x + left * CELL_WIDTH, y + top * CELL_HEIGHT);
    if opacity < 1.0 {
        let _ = write!(out, "<g fill-opacity=\"{opacity}\">");
    }
    rect(out, at.0, at.1, wide * CELL_WIDTH, high * CELL_HEIGHT);
    if opacity < 1.0 {
        out.push_str("</g>");
    }
}

fn dotted(out: &mut String, dots: u8, x: f32, y: f32) {
    // Bits 0 to 2 are the left column from the top, 3 to 5 the right one, 6 and 7 the lowest row.
    const PLACES: [(f32, f32); 8] = [
        (0.0, 0.0),
        (0.0, 1.0),
        (0.0, 2.0),
        (1.0, 0.0),
        (1.0, 1.0),
        (1.0, 2.0),
        (0.0, 3.0),
        (1.0, 3.0),
    ];
    for (bit, (column, row)) in PLACES.iter().enumerate() {
        if dots >> bit & 1 == 1 {
            let cx = x + CELL_WIDTH * (0.27 + 0.46 * column);
            let cy = y + CELL_HEIGHT * (0.14 + 0.24 * row);
            let _ = write!(out, "<circle cx=\"{}\" cy=\"{}\" r=\"1.1\"/>", px(cx), px(cy));
        }
    }
}

fn rect(out: &mut String, x: f32, y: f32, width: f32, height: f32) {
    let _ = write!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
        px(x),
        px(y),
        px(width),
        px(height)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(symbol: &str) -> String {
        let mut out = String::new();
        draw(&mut out, symbol, 0.0, 0.0);
        out
    }

    #[test]
    fn lines_reach_the_cells_edges() {
        // Width and height of a cell are 9 and 19: neighbours touch.
        let upright = drawn("│");
        assert!(upright.contains("x=\"4\" y=\"0\" width=\"1\" height=\"19\""), "{upright}");
        let level = drawn("─");
        assert!(level.contains("x=\"0\" y=\"9\" width=\"9\" height=\"1\""), "{level}");
        assert!(drawn("╭").starts_with("<path d=\"M9 9.5Q4.5 9.5 4.5 14V19\""), "{}", drawn("╭"));
    }

    #[test]
    fn blocks_grow_by_eighths() {
        assert!(drawn("▄").contains("y=\"9.5\" width=\"9\" height=\"9.5\""), "{}", drawn("▄"));
        assert!(drawn("█").contains("y=\"0\" width=\"9\" height=\"19\""));
        assert!(drawn("▏").contains("x=\"0\" y=\"0\" width=\"1.12\""), "{}", drawn("▏"));
        assert!(drawn("▌").contains("width=\"4.5\""), "{}", drawn("▌"));
    }

    #[test]
    fn braille_has_a_circle_a_dot() {
        assert_eq!(drawn("⣿").matches("<circle").count(), 8);
        assert_eq!(drawn("⠁").matches("<circle").count(), 1);
    }

    #[test]
    fn letters_and_signs_are_left_to_the_font() {
        for symbol in ["a", "●", "✓", "漢", "é", "…", "⚠", ""] {
            assert!(!is_shape(symbol), "{symbol}");
        }
    }
}
