//! Walks through a file as it comes in, just as far as it takes to know that its end is there.
//!
//! A walk is lenient: what decoders put up with is no reason to turn a buyer's photo away.
//! Must not know: limits, names. Tests: `evidence/content/tests.rs`.

use std::collections::VecDeque;

use super::Media;

/// Where a PDF's end is looked for, in bytes from its end: readers do the same.
const PDF_TAIL_BYTES: usize = 1_024;

/// A walk through one type of content.
pub(super) enum Walk {
    Jpeg(Jpeg),
    Png(Boxes),
    Boxes(Boxes),
    /// How large the file says it is, by its first bytes, and how large it is.
    Webp {
        head: Vec<u8>,
        bytes: u64,
    },
    /// The last byte that is not padding.
    Gif(u8),
    Pdf(VecDeque<u8>),
    Text(Text),
}

impl Walk {
    pub(super) fn of(media: Media) -> Self {
        match media {
            Media::Jpeg => Self::Jpeg(Jpeg::default()),
            Media::Png => Self::Png(Boxes::of_png()),
            Media::Webp => Self::Webp {
                head: Vec::new(),
                bytes: 0,
            },
            Media::Gif => Self::Gif(0),
            Media::Heic => Self::Boxes(Boxes::needing(*b"meta")),
            Media::Mp4 | Media::Mov => Self::Boxes(Boxes::needing(*b"moov")),
            Media::Pdf => Self::Pdf(VecDeque::new()),
            Media::Text => Self::Text(Text::default()),
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        match self {
            Self::Jpeg(jpeg) => jpeg.feed(bytes),
            Self::Png(boxes) | Self::Boxes(boxes) => boxes.feed(bytes),
            Self::Webp { head, bytes: count } => {
                let missing = 8_usize.saturating_sub(head.len());
                head.extend(bytes.iter().take(missing));
                *count += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            }
            Self::Gif(last) => *last = bytes.iter().copied().rfind(|byte| *byte != 0).unwrap_or(*last),
            Self::Pdf(tail) => {
                let from = bytes.len().saturating_sub(PDF_TAIL_BYTES);
                tail.extend(bytes.iter().skip(from));
                tail.drain(..tail.len().saturating_sub(PDF_TAIL_BYTES));
            }
            Self::Text(text) => text.feed(bytes),
        }
    }

    /// Whether the end of the content has come.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Jpeg(jpeg) => jpeg.at == InJpeg::End,
            Self::Png(boxes) => boxes.ended,
            Self::Boxes(boxes) => boxes.is_whole(),
            Self::Webp { head, bytes } => {
                let size = head.get(4..8).and_then(|size| <[u8; 4]>::try_from(size).ok());
                size.is_some_and(|size| *bytes >= u64::from(u32::from_le_bytes(size)) + 8)
            }
            Self::Gif(last) => *last == b';',
            Self::Pdf(tail) => {
                let tail: Vec<u8> = tail.iter().copied().collect();
                tail.windows(5).any(|five| five == b"%%EOF")
            }
            Self::Text(text) => text.is_text() && text.begun.is_empty(),
        }
    }
}

/// A JPEG, marker by marker (ITU-T T.81, annex B). A preview inside a segment has an end of its own,
/// so segments are stepped over.
#[derive(Default)]
pub(super) struct Jpeg {
    at: InJpeg,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum InJpeg {
    #[default]
    Between,
    Marker,
    Length {
        scan: bool,
    },
    LengthLow {
        high: u8,
        scan: bool,
    },
    Segment {
        left: usize,
        scan: bool,
    },
    Scan,
    End,
}

impl Jpeg {
    fn feed(&mut self, mut bytes: &[u8]) {
        while let Some((&byte, rest)) = bytes.split_first() {
            bytes = rest;
            self.at = match self.at {
                InJpeg::Between | InJpeg::Scan if byte == 0xff => InJpeg::Marker,
                InJpeg::Between => InJpeg::Between,
                InJpeg::Scan => InJpeg::Scan,
                InJpeg::Marker => Self::marker(byte),
                InJpeg::Length { scan } => InJpeg::LengthLow { high: byte, scan },
                InJpeg::LengthLow { high, scan } => {
                    let length = usize::from(u16::from_be_bytes([high, byte]));
                    Self::segment(length.saturating_sub(2), scan)
                }
                InJpeg::Segment { left, scan } => {
                    // This byte, and as many more as there are.
                    let more = (left - 1).min(bytes.len());
                    bytes = bytes.get(more..).unwrap_or_default();
                    Self::segment(left - 1 - more, scan)
                }
                InJpeg::End => return,
            };
        }
    }

    fn marker(code: u8) -> InJpeg {
        match code {
            0xff => InJpeg::Marker,
            // A stuffed byte and the restarts stand within scans only.
            0x00 | 0xd0..=0xd7 => InJpeg::Scan,
            0x01 | 0xd8 => InJpeg::Between,
            0xd9 => InJpeg::End,
            0xda => InJpeg::Length { scan: true },
            _ => InJpeg::Length { scan: false },
        }
    }

    fn segment(left: usize, scan: bool) -> InJpeg {
        match (left, scan) {
            (0, true) => InJpeg::Scan,
            (0, false) => InJpeg::Between,
            (left, scan) => InJpeg::Segment { left, scan },
        }
    }
}

/// Boxes one after the other: the chunks of a PNG, or the boxes of MPEG-4, `QuickTime` and HEIC.
pub(super) struct Boxes {
    png: bool,
    /// Without this box nothing can be shown.
    needed: [u8; 4],
    found: bool,
    head: Vec<u8>,
    /// Bytes until the next box.
    left: u64,
    /// The rest of the file belongs to this box, or does not matter.
    to_end: bool,
    ended: bool,
}

impl Boxes {
    fn needing(needed: [u8; 4]) -> Self {
        Self {
            png: false,
            needed,
            found: false,
            head: Vec::new(),
            left: 0,
            to_end: false,
            ended: false,
        }
    }

    fn of_png() -> Self {
        Self {
            png: true,
            // The signature before the first chunk.
            left: 8,
            ..Self::needing(*b"IEND")
        }
    }

    fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && !self.to_end {
            if self.left > 0 {
                let step = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
                bytes = bytes.get(step..).unwrap_or_default();
                self.left -= u64::try_from(step).unwrap_or_default();
                self.end_of_png();
                continue;
            }
            let (first, rest) = bytes.split_at(1);
            self.head.extend(first);
            bytes = rest;
            self.read_head();
        }
    }

    fn read_head(&mut self) {
        let Some((size, name)) = self.head.first_chunk::<8>().map(|head| {
            let [a, b, c, d, name @ ..] = *head;
            (u32::from_be_bytes([a, b, c, d]), name)
        }) else {
            return;
        };
        let wide = self
            .head
            .get(8..16)
            .and_then(|size| <[u8; 8]>::try_from(size).ok());
        let rest = match (size, wide) {
            // A PNG's length is that of its data; a checksum follows.
            (size, _) if self.png => Some(u64::from(size) + 4),
            (0, _) => {
                self.to_end = true;
                Some(0)
            }
            (1, None) => return,
            (1, Some(wide)) => u64::from_be_bytes(wide).checked_sub(16),
            (size, _) => u64::from(size).checked_sub(8),
        };
        self.head.clear();
        self.found |= name == self.needed;
        match rest {
            Some(rest) => self.left = rest,
            // No box: what some cameras leave behind the last one.
            None => self.to_end = true,
        }
    }

    fn end_of_png(&mut self) {
        if self.png && self.found && self.left == 0 {
            (self.ended, self.to_end) = (true, true);
        }
    }

    fn is_whole(&self) -> bool {
        self.found && self.left == 0 && self.head.is_empty()
    }
}

/// Text in UTF-8 without control characters, which parts of may be split anywhere.
#[derive(Default)]
pub(super) struct Text {
    /// The beginning of a character whose end has not come.
    begun: Vec<u8>,
    broken: bool,
}

impl Text {
    pub(super) fn is_text(&self) -> bool {
        !self.broken
    }

    fn feed(&mut self, bytes: &[u8]) {
        let joined = [self.begun.as_slice(), bytes].concat();
        let whole = match std::str::from_utf8(&joined) {
            Ok(_) => joined.len(),
            Err(fault) if fault.error_len().is_none() => fault.valid_up_to(),
            Err(_) => {
                self.broken = true;
                return;
            }
        };
        let (text, begun) = joined.split_at(whole);
        self.broken |= text.iter().any(|byte| is_control(*byte));
        self.begun = begun.to_vec();
    }
}

/// What no log or chat has. Escape colours the lines of some logs.
fn is_control(byte: u8) -> bool {
    byte == 0x7f || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
}

/// Whether bytes can be the beginning of a text.
pub(super) fn is_text_so_far(bytes: &[u8]) -> bool {
    let mut text = Text::default();
    text.feed(bytes);
    text.is_text()
}
