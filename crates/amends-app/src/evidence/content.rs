//! What a file is, by its content, and whether all of it is there: checked while it comes in.
//!
//! Must not know: where bytes go, what the name of a file says. Tests: beside the code,
//! `amends-api/tests/it/evidence.rs`.

mod walk;

use self::walk::Walk;
use super::EvidenceFault;

/// A photo of a telephone has 3 to 12 MB.
const PHOTO_BYTES_MAX: u64 = 15 << 20;
/// About a minute and a half of a telephone's video at its usual quality.
const VIDEO_BYTES_MAX: u64 = 200 << 20;
/// A scanned report of some dozen pages, or years of chat.
const DOCUMENT_BYTES_MAX: u64 = 20 << 20;
/// The largest of any type: more is refused before anything was looked at.
pub(super) const BYTES_MAX: u64 = VIDEO_BYTES_MAX;
/// How many bytes tell one type from another.
const HEAD_BYTES: usize = 32;

/// What kind of thing a type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A picture.
    Photo,
    /// Moving pictures.
    Video,
    /// Text, with or without its layout.
    Document,
}

/// A type of content that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// HEIC, what iPhones photograph in.
    Heic,
    /// MPEG-4.
    Mp4,
    /// `QuickTime`, what iPhones film in.
    Mov,
    /// PDF.
    Pdf,
    /// Text in UTF-8.
    Text,
}

impl Media {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Gif,
        Self::Heic,
        Self::Mp4,
        Self::Mov,
        Self::Pdf,
        Self::Text,
    ];

    /// Its media type (RFC 6838).
    pub fn code(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Heic => "image/heic",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain",
        }
    }

    /// The usual ending of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Heic => "heic",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Pdf => "pdf",
            Self::Text => "txt",
        }
    }

    /// The type of a stored code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.code() == code)
    }

    /// The type that a sender names, in the words that browsers and telephones use.
    fn declared(essence: &str) -> Option<Self> {
        match essence {
            "image/jpg" | "image/pjpeg" => Some(Self::Jpeg),
            "image/heif" => Some(Self::Heic),
            "video/x-m4v" | "video/3gpp" => Some(Self::Mp4),
            code => Self::named(code),
        }
    }

    /// What kind of thing it is.
    pub fn class(self) -> Class {
        match self {
            Self::Jpeg | Self::Png | Self::Webp | Self::Gif | Self::Heic => Class::Photo,
            Self::Mp4 | Self::Mov => Class::Video,
            Self::Pdf | Self::Text => Class::Document,
        }
    }

    /// Its largest size, in bytes.
    pub fn bytes_max(self) -> u64 {
        match self.class() {
            Class::Photo => PHOTO_BYTES_MAX,
            Class::Video => VIDEO_BYTES_MAX,
            Class::Document => DOCUMENT_BYTES_MAX,
        }
    }

    /// The type of content that begins like this.
    fn of(head: &[u8]) -> Option<Self> {
        let at = |from: usize, bytes: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(bytes));
        if at(0, b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if at(0, b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Some(Self::Webp)
        } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
            Some(Self::Gif)
        } else if at(0, b"%PDF-") {
            Some(Self::Pdf)
        } else if at(4, b"ftyp") {
            Self::of_brand(head.get(8..12)?)
        } else if [b"moov", b"mdat", b"wide"].iter().any(|name| at(4, *name)) {
            // QuickTime is older than the box that names the brand.
            Some(Self::Mov)
        } else {
            walk::is_text_so_far(head).then_some(Self::Text)
        }
    }

    fn of_brand(brand: &[u8]) -> Option<Self> {
        match brand {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Some(Self::Heic),
            b"qt  " => Some(Self::Mov),
            b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1"
            | b"M4V " | b"MSNV" | b"3gp4" | b"3gp5" | b"3gp6" | b"dash" => Some(Self::Mp4),
            _ => None,
        }
    }
}

/// What the sender says a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Declared {
    /// Nothing, or bytes of any kind.
    Nothing,
    /// A type, and whether it is one of ours.
    Type(String, Option<Media>),
}

/// Looks at a file while it comes in.
pub(super) struct Checker {
    declared: Declared,
    head: Vec<u8>,
    walk: Option<(Media, Walk)>,
    bytes: u64,
}

impl Checker {
    /// `declared` is a media type as in `Content-Type`, with or without parameters.
    pub(super) fn new(declared: Option<&str>) -> Self {
        let essence = declared.and_then(|text| text.split(';').next());
        let essence = essence.unwrap_or_default().trim().to_ascii_lowercase();
        let declared = if essence.is_empty() || essence == "application/octet-stream" {
            Declared::Nothing
        } else {
            let media = Media::declared(&essence);
            Declared::Type(essence.chars().take(100).collect(), media)
        };
        Self {
            declared,
            head: Vec::new(),
            walk: None,
            bytes: 0,
        }
    }

    /// Looks at the next bytes; refuses as soon as it is clear.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<(), EvidenceFault> {
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let limit_bytes = self
            .walk
            .as_ref()
            .map_or(BYTES_MAX, |(media, _)| media.bytes_max());
        if self.bytes > limit_bytes {
            return Err(EvidenceFault::TooLarge { limit_bytes });
        }
        if let Some((_, walk)) = &mut self.walk {
            walk.feed(bytes);
            return self.still_fits();
        }
        self.head.extend_from_slice(bytes);
        if self.head.len() < HEAD_BYTES {
            return Ok(());
        }
        self.recognise()
    }

    /// The type, once all of it has come.
    pub(super) fn finish(mut self) -> Result<Media, EvidenceFault> {
        if self.bytes == 0 {
            return Err(EvidenceFault::CutOff);
        }
        if self.walk.is_none() {
            self.recognise()?;
        }
        match &self.walk {
            Some((media, walk)) if walk.is_whole() => Ok(*media),
            _ => Err(EvidenceFault::CutOff),
        }
    }

    fn recognise(&mut self) -> Result<(), EvidenceFault> {
        let media = Media::of(&self.head).ok_or_else(|| self.unfit("unknown"))?;
        match &self.declared {
            Declared::Type(_, declared) if *declared != Some(media) => return Err(self.unfit(media.code())),
            Declared::Type(..) | Declared::Nothing => {}
        }
        let limit_bytes = media.bytes_max();
        if self.bytes > limit_bytes {
            return Err(EvidenceFault::TooLarge { limit_bytes });
        }
        let mut walk = Walk::of(media);
        walk.feed(&std::mem::take(&mut self.head));
        self.walk = Some((media, walk));
        self.still_fits()
    }

    /// Text may turn out not to be any further on.
    fn still_fits(&self) -> Result<(), EvidenceFault> {
        match &self.walk {
            Some((_, Walk::Text(text))) if !text.is_text() => Err(self.unfit("unknown")),
            _ => Ok(()),
        }
    }

    fn unfit(&self, found: &'static str) -> EvidenceFault {
        let declared = match &self.declared {
            Declared::Nothing => "application/octet-stream".to_owned(),
            Declared::Type(declared, _) => declared.clone(),
        };
        EvidenceFault::Type { declared, found }
    }
}

#[cfg(test)]
mod tests;
