//! A frame as a picture: the cells of a ratatui buffer as one self-contained SVG.
//!
//! Cells keep their places whatever font the reader has: each run of text is fitted to its cells, and lines, blocks and
//! dots are drawn as shapes, so that they join.

mod ink;
mod shapes;

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr as _;

pub use ink::Paper;

/// Width of a cell in pixels: six tenths of the font's size, as common monospace fonts have it; whole, so that shapes
/// join without a seam.
const CELL_WIDTH: f32 = 9.0;
/// Height of a cell in pixels.
const CELL_HEIGHT: f32 = 19.0;
/// The font's size in pixels.
const FONT_SIZE: f32 = 15.0;
/// From a cell's top to the text's baseline.
const BASELINE: f32 = 14.4;
/// Around the cells.
const MARGIN: f32 = 12.0;
/// Fonts that draw box characters well, best first.
const FONTS: &str =
    "ui-monospace,'JetBrains Mono',SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/// The buffer as an SVG document. `title` is what a screen reader says.
pub fn svg(buffer: &Buffer, paper: Paper, title: &str) -> String {
    let width = px(f32::from(buffer.area.width) * CELL_WIDTH + 2.0 * MARGIN);
    let height = px(f32::from(buffer.area.height) * CELL_HEIGHT + 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\">\n<title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\" font-family=\"{FONTS}\" font-size=\"{FONT_SIZE}\" \
         xml:space=\"preserve\" style=\"white-space:pre\">\n",
        escaped(title),
        paper.ground,
    );
    for y in 0..buffer.area.height {
        let row = Row::of(buffer, y);
        row.grounds(&mut out, paper);
        row.inks(&mut out, paper);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// One row of cells, each with its column and its width in cells.
struct Row<'a> {
    y: u16,
    cells: Vec<(u16, u16, &'a Cell)>,
}

impl<'a> Row<'a> {
    fn of(buffer: &'a Buffer, y: u16) -> Self {
        let area = buffer.area;
        let mut cells = Vec::with_capacity(area.width.into());
        let mut x = 0;
        while x < area.width {
            let Some(cell) = buffer.cell((area.x + x, area.y + y)) else { break };
            // The cell after a wide character is part of it.
            let wide = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
            cells.push((x, wide, cell));
            x += wide;
        }
        Self { y, cells }
    }

    /// The grounds that differ from the paper, neighbours of one colour as one rectangle.
    fn grounds(&self, out: &mut String, paper: Paper) {
        let same = |a: &Cell, b: &Cell| paper.colours(a).1 == paper.colours(b).1;
        for run in self.cells.chunk_by(|a, b| same(a.2, b.2)) {
            let ground = paper.colours(run[0].2).1;
            if ground == paper.ground {
                continue;
            }
            let (x, wide) = extent(run);
            let _ = writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{CELL_HEIGHT}\" fill=\"{ground}\"/>",
                px(f32::from(x) * CELL_WIDTH),
                px(f32::from(self.y) * CELL_HEIGHT),
                px(f32::from(wide) * CELL_WIDTH),
            );
        }
    }

    /// The characters: shapes drawn, text in runs of one style.
    fn inks(&self, out: &mut String, paper: Paper) {
        let alike = |a: &Cell, b: &Cell| {
            paper.colours(a).0 == paper.colours(b).0
                && a.modifier == b.modifier
                && shapes::is_shape(a.symbol()) == shapes::is_shape(b.symbol())
                && is_blank(a) == is_blank(b)
                && a.symbol().is_ascii() == b.symbol().is_ascii()
        };
        for run in self.cells.chunk_by(|a, b| alike(a.2, b.2)) {
            let first = run[0].2;
            let (ink, _) = paper.colours(first);
            if shapes::is_shape(first.symbol()) {
                let top = f32::from(self.y) * CELL_HEIGHT;
                let _ = write!(out, "<g fill=\"{ink}\" stroke=\"{ink}\" stroke-width=\"0\">");
                for (x, _, cell) in run {
                    shapes::draw(out, cell.symbol(), f32::from(*x) * CELL_WIDTH, top);
                }
                out.push_str("</g>\n");
            } else if !is_blank(first) {
                self.text(out, run, ink);
            }
        }
    }

    fn text(&self, out: &mut String, run: &[(u16, u16, &Cell)], ink: ink::Rgb) {
        let (x, wide) = extent(run);
        let modifier = run[0].2.modifier;
        let mut style = String::new();
        if modifier.contains(Modifier::BOLD) {
            style.push_str(" font-weight=\"bold\"");
        }
        if modifier.contains(Modifier::ITALIC) {
            style.push_str(" font-style=\"italic\"");
        }
        let lines = [(Modifier::UNDERLINED, "underline"), (Modifier::CROSSED_OUT, "line-through")];
        for (_, line) in lines.iter().filter(|(which, _)| modifier.contains(*which)) {
            let _ = write!(style, " text-decoration=\"{line}\"");
        }
        let text: String = run.iter().map(|(_, _, cell)| cell.symbol()).collect();
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\"{style}>{}</text>",
            px(f32::from(x) * CELL_WIDTH),
            px(f32::from(self.y) * CELL_HEIGHT + BASELINE),
            px(f32::from(wide) * CELL_WIDTH),
            escaped(&text),
        );
    }
}

/// The first column of a run, and how many cells it covers.
fn extent(run: &[(u16, u16, &Cell)]) -> (u16, u16) {
    (run[0].0, run.iter().map(|(_, wide, _)| wide).sum())
}

/// Whether nothing but the ground shows.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol().trim().is_empty() && !cell.modifier.contains(Modifier::UNDERLINED)
        || cell.modifier.contains(Modifier::HIDDEN)
}

/// A number of pixels, with no more digits than show.
fn px(value: f32) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text as XML has it; what XML cannot hold at all is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::*;

    const PAPER: Paper = Paper::DARK;

    fn drawn(width: u16, draw: impl FnOnce(&mut Buffer)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        draw(&mut buffer);
        svg(&buffer, PAPER, "a & b")
    }

    #[test]
    fn text_is_escaped_and_fitted_to_its_cells() {
        let picture = drawn(20, |buffer| buffer.set_string(1, 0, "a<b>&\"c\"", Style::new()));
        assert!(picture.contains("<title>a &amp; b</title>"));
        assert!(picture.contains(">a&lt;b&gt;&amp;&quot;c&quot;</text>"), "{picture}");
        assert!(picture.contains("x=\"9\" y=\"14.4\" textLength=\"72\""), "{picture}");
    }

    #[test]
    fn colours_and_modifiers_show() {
        let style = Style::new()
            .fg(Color::Rgb(1, 2, 3))
            .bg(Color::Rgb(250, 251, 252))
            .add_modifier(Modifier::BOLD | Modifier::ITALIC | Modifier::UNDERLINED);
        let picture = drawn(9, |buffer| buffer.set_string(0, 0, "x", style));
        assert!(picture.contains("width=\"9\" height=\"19\" fill=\"#fafbfc\"/>"), "{picture}");
        assert!(picture.contains("fill=\"#010203\" font-weight=\"bold\" font-style=\"italic\""));
        let turned = drawn(9, |buffer| {
            buffer.set_string(0, 0, "x", style.add_modifier(Modifier::REVERSED));
        });
        assert!(turned.contains("height=\"19\" fill=\"#010203\"/>"), "{turned}");
        assert!(turned.contains("fill=\"#fafbfc\" font-weight"), "{turned}");
    }

    #[test]
    fn a_wide_character_has_two_cells_and_its_neighbour_none() {
        let picture = drawn(6, |buffer| buffer.set_string(0, 0, "漢a", Style::new()));
        assert!(picture.contains("x=\"0\" y=\"14.4\" textLength=\"18\""), "{picture}");
        assert!(picture.contains("x=\"18\" y=\"14.4\" textLength=\"9\""), "{picture}");
    }

    #[test]
    fn box_characters_are_shapes_not_text() {
        let picture = drawn(6, |buffer| buffer.set_string(0, 0, "╭─┬▅⣿", Style::new()));
        assert!(!picture.contains("<text"), "{picture}");
        assert!(picture.contains("<path"), "{picture}");
    }

    #[test]
    fn an_empty_screen_is_paper_alone() {
        let picture = drawn(6, |_| ());
        assert_eq!(picture.matches("<rect").count(), 1, "{picture}");
    }
}
