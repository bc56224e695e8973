//! What `amends bench looks` measures: how long it takes to find the pictures that look like one, among many.
//!
//! Must not know: how figures are shown. Tests: none; it is run by hand.

use amends_domain::digest::Digest;
use amends_store::PictureRow;

use super::Bench;
use crate::clock::Stopwatch;
use crate::error::AppError;

/// What looking up achieved, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookedUp {
    /// Median answer.
    pub p50_us: u64,
    /// The answer ninety-five in a hundred are faster than.
    pub p95_us: u64,
    /// The slowest.
    pub max_us: u64,
    /// How many pairs were found in all.
    pub found: usize,
}

impl Bench {
    /// Keeps pictures, every hundredth of them one that was saved anew, and looks some of them up.
    pub async fn looks(&self, pictures: usize, asks: usize) -> Result<LookedUp, AppError> {
        let mut rows: Vec<PictureRow> = Vec::with_capacity(pictures);
        for number in 0..pictures {
            let look = match rows.get(number / 2) {
                Some(earlier) if number % 100 == 99 => earlier.look ^ self.few_bits(),
                _ => self.look(),
            };
            let row = PictureRow {
                sha256: Digest::of(&[self.shop.to_string().as_bytes(), &number.to_be_bytes()]),
                width: 1_200,
                height: 900,
                sharpness: 80,
                look,
            };
            self.desk.store.picture_insert(self.shop, &row).await?;
            rows.push(row);
        }
        let (mut taken, mut found) = (Vec::with_capacity(asks), 0);
        for row in rows.iter().cycle().step_by(pictures / asks.max(1) + 1).take(asks) {
            let watch = Stopwatch::start();
            found += self
                .desk
                .store
                .looks_near(self.shop, row.sha256, row.look)
                .await?
                .len();
            taken.push(u64::try_from(watch.elapsed().as_micros()).unwrap_or(u64::MAX));
        }
        taken.sort_unstable();
        let at = |percent: usize| taken.get(taken.len().saturating_sub(1) * percent / 100).copied();
        Ok(LookedUp {
            p50_us: at(50).unwrap_or_default(),
            p95_us: at(95).unwrap_or_default(),
            max_us: at(100).unwrap_or_default(),
            found,
        })
    }

    /// As photos have it: of the eight rows of a look about a third are one even shade from dark to light or
    /// from light to dark, and so the same in many pictures.
    fn look(&self) -> u64 {
        let shade = |chance: u8, row: u8| match chance {
            0..43 => 0,
            43..86 => u8::MAX,
            _ => row,
        };
        let (chances, rows) = (self.desk.random.bytes::<8>(), self.desk.random.bytes::<8>());
        let rows = chances.into_iter().zip(rows);
        rows.fold(0, |look, (chance, row)| look << 8 | u64::from(shade(chance, row)))
    }

    /// At most seven bits of a look.
    fn few_bits(&self) -> u64 {
        let bits = self.desk.random.bytes::<7>();
        bits.into_iter().fold(0, |changed, bit| changed | 1 << (bit % 64))
    }
}
