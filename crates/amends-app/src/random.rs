//! The random port: the only room that draws random bytes and makes ids.
//!
//! A seeded port draws the same bytes for ever, so that a simulated year can be repeated.
//! Must not know: what the bytes are for. Tests: beside the code.

use std::sync::{Mutex, PoisonError};

use amends_domain::ids::{
    BlockId, BuyerId, CareId, CaseId, CoverId, EvidenceId, LineId, MailId, OrderId, PersonId, PlanId,
    ReviewId, SegmentId, SessionId, ShopId, TextId, TokenId, VisitId,
};
use amends_domain::time::Moment;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Where random bytes come from.
#[derive(Debug)]
pub enum Random {
    /// The operating system.
    System,
    /// A generator with a seed; for simulations and tests, never for a served shop.
    Seeded(Box<Mutex<ChaCha12Rng>>),
}

/// Ids that the desk makes.
pub trait FreshId: Sized {
    /// Makes one.
    fn fresh(at: Moment, random: [u8; 10]) -> Self;
}

macro_rules! fresh_ids {
    ($($name:ident),*) => {$(
        impl FreshId for $name {
            fn fresh(at: Moment, random: [u8; 10]) -> Self {
                Self::new(at, random)
            }
        }
    )*};
}
fresh_ids!(
    BlockId, BuyerId, CareId, CaseId, EvidenceId, LineId, MailId, OrderId, PersonId, ReviewId, CoverId,
    PlanId, SegmentId, SessionId, ShopId, TextId, TokenId, VisitId
);

impl Random {
    /// A port that repeats itself.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Box::new(Mutex::new(ChaCha12Rng::seed_from_u64(seed))))
    }

    /// Random bytes.
    #[expect(clippy::disallowed_methods, reason = "this is the random port")]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            // Without the operating system's randomness nothing here is safe; it fails only before boot.
            Self::System => getrandom::fill(&mut bytes).unwrap_or_else(|_| std::process::abort()),
            Self::Seeded(rng) => rng
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .fill_bytes(&mut bytes),
        }
        bytes
    }

    /// A fresh id.
    pub fn id<T: FreshId>(&self, at: Moment) -> T {
        T::fresh(at, self.bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_bytes() {
        let (one, two, other) = (Random::seeded(1), Random::seeded(1), Random::seeded(2));
        let drawn: [u8; 16] = one.bytes();
        assert_eq!(drawn, two.bytes());
        assert_ne!(drawn, other.bytes());
        assert_ne!(Random::System.bytes::<16>(), Random::System.bytes::<16>());
    }
}
