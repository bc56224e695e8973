//! Paper: text that flows over pages of A4, with pictures between.
//!
//! The font is a part of the program, so that Chinese is read on any machine. A letter it does not have is
//! shown as a square. Must not know: what is said. Tests: beside the code.

#![expect(
    clippy::float_arithmetic,
    reason = "points on paper; no money is reckoned here"
)]

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Point, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size as FontSize};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

const FONT: &[u8] = include_bytes!("../../../content/fonts/NotoSansCJKsc-subset.otf");
const PAGE_WIDTH: f32 = 595.0;
const PAGE_HEIGHT: f32 = 842.0;
const MARGIN: f32 = 50.0;
/// Where text ends above the page's number.
const BOTTOM: f32 = PAGE_HEIGHT - 60.0;
const WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// Height of a line to that of its letters.
const LEADING: f32 = 1.6;
/// Tallest picture.
const PICTURE_HEIGHT: f32 = 300.0;
/// What stands for a letter that the font does not have.
const UNKNOWN: char = '□';
/// These don't begin a line.
const CLOSING: &str = "，。！？；：、）」』》】〉”’…,.!?;:)]}%";

/// How large and how dark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    size: f32,
    grey: u8,
}

impl Style {
    pub(crate) const TITLE: Self = Self { size: 22.0, grey: 20 };
    pub(crate) const HEADING: Self = Self { size: 15.0, grey: 20 };
    pub(crate) const BODY: Self = Self { size: 10.5, grey: 30 };
    pub(crate) const SMALL: Self = Self { size: 8.5, grey: 105 };
}

enum Item {
    Line {
        y: f32,
        x: f32,
        style: Style,
        text: String,
    },
    Picture {
        y: f32,
        size: Size,
        image: Image,
    },
}

/// Why a document cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SheetFault {
    /// The program's own font does not read: a defect.
    #[error("the font does not read")]
    Font,
    /// The pages can't be written.
    #[error("the pages can't be written: {0}")]
    Pages(String),
}

/// A document in the making.
pub(crate) struct Sheet {
    font: Font,
    metrics: Metrics,
    pages: Vec<Vec<Item>>,
    y: f32,
}

struct Metrics {
    font: FontRef<'static>,
    em: f32,
}

impl Metrics {
    fn glyph(&self, letter: char) -> (u32, f32) {
        let charmap = self.font.charmap();
        let id = charmap
            .map(letter)
            .or_else(|| charmap.map(UNKNOWN))
            .unwrap_or_default();
        let widths = GlyphMetrics::new(&self.font, FontSize::unscaled(), LocationRef::default());
        (id.to_u32(), widths.advance_width(id).unwrap_or(self.em) / self.em)
    }

    fn width(&self, letter: char, size: f32) -> f32 {
        self.glyph(letter).1 * size
    }

    /// Text in lines of at most this width. Han characters part anywhere, words only between each other.
    fn wrapped(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            let mut used = 0.0;
            for word in words(paragraph) {
                let wide: f32 = word.chars().map(|letter| self.width(letter, size)).sum();
                if used + wide > width && !line.is_empty() && !word.starts_with(|c| CLOSING.contains(c)) {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                let word = if line.is_empty() { word.trim_start() } else { word };
                for letter in word.chars() {
                    let wide = self.width(letter, size);
                    // A word longer than a line is parted after all.
                    if used + wide > width && !line.is_empty() && !CLOSING.contains(letter) {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    line.push(letter);
                    used += wide;
                }
            }
            lines.push(line);
        }
        lines
    }
}

/// A paragraph in pieces that are not parted: a Han character, or a word with the spaces before it.
fn words(paragraph: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut begun = 0;
    let mut before: Option<char> = None;
    for (at, letter) in paragraph.char_indices() {
        let parts = before
            .is_some_and(|before| is_wide(before) || is_wide(letter) || (letter == ' ' && before != ' '));
        if parts && at > begun {
            words.extend(paragraph.get(begun..at));
            begun = at;
        }
        before = Some(letter);
    }
    words.extend(paragraph.get(begun..).filter(|rest| !rest.is_empty()));
    words
}

fn is_wide(letter: char) -> bool {
    letter >= '\u{2e80}'
}

impl Sheet {
    pub(crate) fn new() -> Result<Self, SheetFault> {
        let font = Font::new(FONT.into(), 0).ok_or(SheetFault::Font)?;
        let read = FontRef::new(FONT).map_err(|_| SheetFault::Font)?;
        Ok(Self {
            metrics: Metrics {
                em: font.units_per_em(),
                font: read,
            },
            font,
            pages: vec![Vec::new()],
            y: MARGIN,
        })
    }

    /// Which page is being written, from 1.
    pub(crate) fn page(&self) -> usize {
        self.pages.len()
    }

    pub(crate) fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Leaves room, or goes on to the next page where so much is not left.
    pub(crate) fn gap(&mut self, points: f32) {
        self.y += points;
    }

    fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > MARGIN {
            self.next_page();
        }
    }

    pub(crate) fn text(&mut self, style: Style, text: &str) {
        let height = style.size * LEADING;
        for line in self.metrics.wrapped(text, style.size, WIDTH) {
            self.need(height);
            self.line(style, MARGIN, line);
            self.y += height;
        }
    }

    /// A heading keeps company with what follows.
    pub(crate) fn heading(&mut self, text: &str) {
        self.gap(14.0);
        self.need(Style::HEADING.size * LEADING * 3.0);
        self.text(Style::HEADING, text);
        self.gap(4.0);
    }

    fn line(&mut self, style: Style, x: f32, text: String) {
        let y = self.y + style.size;
        if let Some(page) = self.pages.last_mut() {
            page.push(Item::Line { y, x, style, text });
        }
    }

    /// A picture, scaled to fit.
    pub(crate) fn picture(&mut self, image: Image) {
        let (width, height) = image.size();
        let points = |pixels: u32| f32::from(u16::try_from(pixels.max(1)).unwrap_or(u16::MAX));
        let (width, height) = (points(width), points(height));
        let scale = (WIDTH / width).min(PICTURE_HEIGHT / height).min(1.0);
        let Some(size) = Size::from_wh(width * scale, height * scale) else {
            return;
        };
        self.need(size.height() + 4.0);
        let y = self.y;
        if let Some(page) = self.pages.last_mut() {
            page.push(Item::Picture { y, size, image });
        }
        self.y += size.height() + 4.0;
    }

    /// Writes the contents' page numbers and the foot of each page, and the document's bytes.
    pub(crate) fn finish(self, foot: &str) -> Result<Vec<u8>, SheetFault> {
        let Self {
            font, metrics, pages, ..
        } = self;
        let mut document = Document::new();
        let all = pages.len();
        for (number, items) in pages.into_iter().enumerate() {
            let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT);
            let settings = settings.ok_or_else(|| SheetFault::Pages("the page's size".to_owned()))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            let draw = Draw {
                font: &font,
                metrics: &metrics,
            };
            for item in items {
                match item {
                    Item::Line { y, x, style, text } => draw.line(&mut surface, x, y, style, &text),
                    Item::Picture { y, size, image } => {
                        surface.push_transform(&Transform::from_translate(MARGIN, y));
                        surface.draw_image(image, size);
                        surface.pop();
                    }
                }
            }
            let foot = format!("{foot} {} / {all}", number + 1);
            draw.line(&mut surface, MARGIN, PAGE_HEIGHT - 30.0, Style::SMALL, &foot);
            surface.finish();
            page.finish();
        }
        document
            .finish()
            .map_err(|fault| SheetFault::Pages(format!("{fault:?}")))
    }
}

struct Draw<'a> {
    font: &'a Font,
    metrics: &'a Metrics,
}

impl Draw<'_> {
    fn line(&self, surface: &mut Surface<'_>, x: f32, y: f32, style: Style, text: &str) {
        let glyphs: Vec<KrillaGlyph> = text
            .char_indices()
            .map(|(at, letter)| {
                let (id, advance) = self.metrics.glyph(letter);
                KrillaGlyph {
                    glyph_id: GlyphId::new(id),
                    text_range: at..at + letter.len_utf8(),
                    x_advance: advance,
                    x_offset: 0.0,
                    y_offset: 0.0,
                    y_advance: 0.0,
                    location: None,
                }
            })
            .collect();
        surface.set_fill(Some(Fill {
            paint: rgb::Color::new(style.grey, style.grey, style.grey).into(),
            opacity: NormalizedF32::ONE,
            rule: krilla::paint::FillRule::default(),
        }));
        let start = Point::from_xy(x, y);
        surface.draw_glyphs(start, &glyphs, self.font.clone(), text, style.size, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_parts_anywhere_and_words_between_each_other() {
        let sheet = Sheet::new().unwrap();
        let wrapped = |text: &str, letters: f32| sheet.metrics.wrapped(text, 10.0, letters * 10.0);
        assert_eq!(wrapped("一二三四五", 2.0), ["一二", "三四", "五"]);
        // No line begins with a stop.
        assert_eq!(wrapped("一二，三", 2.0), ["一二，", "三"]);
        assert_eq!(wrapped("one two three", 4.0), ["one two", "three"]);
        assert_eq!(wrapped("第一段\n\n第二段", 9.0), ["第一段", "", "第二段"]);
        // A number longer than a line is parted after all.
        assert!(wrapped(&"9".repeat(40), 5.0).len() > 3);
    }

    #[test]
    fn a_letter_that_is_not_there_is_a_square() {
        let sheet = Sheet::new().unwrap();
        let square = sheet.metrics.glyph(UNKNOWN).0;
        assert_ne!(square, 0);
        assert_eq!(sheet.metrics.glyph('\u{1F600}').0, square);
        for letter in "圆满售后退款吉國龍臺￥，Aé".chars() {
            assert_ne!(sheet.metrics.glyph(letter).0, square, "{letter}");
        }
    }
}
