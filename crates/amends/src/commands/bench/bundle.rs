//! What a bundle costs: 200 messages and 30 pictures of four megabytes, the median of several rounds, beside
//! reading and hashing the same pictures.
//!
//! Must not know: databases. Tests: none; it is a measurement.

#![expect(clippy::float_arithmetic, reason = "figures for people")]

use std::fs::{self, File};
use std::io::{BufWriter, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use amends_app::clock::Stopwatch;
use amends_bundle::{Dossier, Fact, Headings, Piece, Said, Section, Signer, write};
use amends_domain::digest::Digest;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Rgb, RgbImage};
use sha2::{Digest as _, Sha256};

use crate::Ended;
use crate::out::say;

const MESSAGES: usize = 200;
const PICTURES: usize = 30;
const ROUNDS: usize = 5;
/// What a telephone takes: twelve megapixels, about four megabytes.
const WIDTH: u32 = 4_000;
const HEIGHT: u32 = 3_000;
const QUALITY: u8 = 91;

pub(super) fn bundle() -> anyhow::Result<Ended> {
    let folder = std::env::temp_dir().join(format!("amends-bench-bundle-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let measured = measure(&folder);
    fs::remove_dir_all(&folder)?;
    measured
}

fn measure(folder: &Path) -> anyhow::Result<Ended> {
    let pieces = (0..PICTURES).map(|at| picture(folder, at));
    let pieces = pieces.collect::<anyhow::Result<Vec<Piece>>>()?;
    let mut bytes = 0;
    for piece in &pieces {
        bytes += fs::metadata(&piece.file)?.len();
    }
    let each = mb(bytes / u64::try_from(PICTURES)?);
    say!("{PICTURES} pictures of {each:.1} MB on average, {MESSAGES} messages")?;
    let dossier = dossier(pieces);
    // The peak is counted anew: the pictures were made in this process, too.
    fs::write("/proc/self/clear_refs", "5")?;
    let before = resident("VmRSS:");
    let rounds = (0..ROUNDS).map(|_| round(&dossier, folder));
    let mut rounds = rounds.collect::<anyhow::Result<Vec<_>>>()?;
    let peak = resident("VmHWM:");
    rounds.sort_unstable();
    let seconds = |at: usize| rounds.get(at).map_or(0.0, |(took, _, _)| took.as_secs_f64());
    let (_, hashed, size) = rounds.get(ROUNDS / 2).copied().unwrap_or_default();
    say!(
        "bundle: {:.2} s, median of {ROUNDS} ({:.2} to {:.2}), {:.1} MB; bound 5 s",
        seconds(ROUNDS / 2),
        seconds(0),
        seconds(ROUNDS - 1),
        mb(size)
    )?;
    say!(
        "reading and hashing the pictures alone: {:.2} s",
        hashed.as_secs_f64()
    )?;
    say!(
        "memory: {} MB at most in all, {} MB before; bound 150 MB",
        peak / 1_024,
        before / 1_024
    )?;
    Ok(Ended::Good)
}

fn mb(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1_024).unwrap_or(u32::MAX)) / 1_024.0
}

/// Kilobytes, as the kernel tells of this process.
pub(super) fn resident(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with(name))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse().ok())
        .unwrap_or(0)
}

fn round(dossier: &Dossier, folder: &Path) -> anyhow::Result<(Duration, Duration, u64)> {
    let signer = Signer::new(&[7; 32])?;
    let path = folder.join("bundle.zip");
    let watch = Stopwatch::start();
    let file = BufWriter::new(File::create(&path)?);
    write(dossier, &signer, file)?.into_inner()?;
    let took = watch.elapsed();
    let watch = Stopwatch::start();
    for piece in &dossier.pieces {
        let mut bytes = Vec::new();
        File::open(&piece.file)?.read_to_end(&mut bytes)?;
        std::hint::black_box(Digest::of(&[&bytes]));
    }
    Ok((took, watch.elapsed(), fs::metadata(&path)?.len()))
}

/// A picture with as much in it as a photograph: large shapes under fine noise.
fn picture(folder: &Path, at: usize) -> anyhow::Result<Piece> {
    let mut state = 0x9E37_79B9_u32.wrapping_add(u32::try_from(at).unwrap_or(0));
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        u8::try_from(state % 26).unwrap_or(0)
    };
    let shade = |value: u32| u8::try_from(value % 200).unwrap_or(0);
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let grain = noise();
        Rgb([
            shade(x / 18) + grain,
            shade(y / 15) + grain,
            shade((x + y) / 30) + grain,
        ])
    });
    let file: PathBuf = folder.join(format!("{at}.jpg"));
    let to = BufWriter::new(File::create(&file)?);
    DynamicImage::ImageRgb8(picture).write_with_encoder(JpegEncoder::new_with_quality(to, QUALITY))?;
    Ok(Piece {
        name: format!("evidence/{:02}-photo.jpg", at + 1),
        caption: format!("{}. 照片", at + 1),
        sha256: Digest::from(<[u8; 32]>::from(Sha256::digest(fs::read(&file)?))).to_string(),
        is_picture: true,
        file,
    })
}

fn dossier(pieces: Vec<Piece>) -> Dossier {
    let text = |text: &str| text.to_owned();
    let said = |at: usize| Said {
        head: format!(
            "2026-01-02 10:{:02}:00 · {}",
            at % 60,
            if at.is_multiple_of(2) { "买家" } else { "小满" }
        ),
        text: text("您好，照片我看到了，麻烦再拍一张接口的近照，我这边马上为您核对发货前的检查记录。"),
    };
    Dossier {
        case: text("case_1"),
        title: text("售后纠纷举证材料"),
        cover: vec![Fact {
            name: text("售后单"),
            value: text("17"),
        }],
        headings: Headings {
            index: text("目录"),
            talk: text("沟通记录"),
            evidence: text("凭证"),
            none: text("无"),
            page: text("第"),
            digest: text("SHA-256"),
            proof: text("可用 amends verify-bundle 核对。"),
        },
        sections: vec![Section {
            title: text("处理经过"),
            said: (0..MESSAGES / 4).map(said).collect(),
        }],
        talk: (0..MESSAGES).map(said).collect(),
        pieces,
        chain: text("c0ffee"),
        made_at: text("2026-01-02T10:00:00Z"),
    }
}
