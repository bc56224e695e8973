//! Chance: the simulator's own dice, apart from the random port so that ids and behaviour do not
//! disturb each other.
//!
//! Must not know: what is decided by it. Tests: beside the code.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Seeded dice.
#[derive(Debug, Clone)]
pub struct Chance(ChaCha12Rng);

impl Chance {
    /// Dice with a seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha12Rng::seed_from_u64(seed))
    }

    /// A whole number in `from..to`; `from` when the range is empty.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = u64::try_from(to - from).unwrap_or(0);
        if width == 0 {
            return from;
        }
        // The bias of the remainder is far below what a simulation could show.
        from + i64::try_from(self.0.next_u64() % width).unwrap_or(0)
    }

    /// True in `percent` of a hundred.
    pub fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 100) < percent
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let at = self.between(0, i64::try_from(of.len()).unwrap_or(0));
        of.get(usize::try_from(at).unwrap_or(0))
    }

    /// An index drawn by weight.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut drawn = self.between(0, weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            if drawn < *weight {
                return at;
            }
            drawn -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_repeat_themselves_and_stay_in_range() {
        let (mut one, mut two) = (Chance::new(5), Chance::new(5));
        for _ in 0..1_000 {
            let drawn = one.between(-3, 4);
            assert!((-3..4).contains(&drawn) && drawn == two.between(-3, 4));
            assert!(one.weighted(&[0, 3, 1]) > 0 && two.weighted(&[0, 3, 1]) > 0);
        }
    }
}
