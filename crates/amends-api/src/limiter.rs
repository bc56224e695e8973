//! Slows down whoever guesses passwords. Counted on wall time, in memory, on each node.
//!
//! Must not know: whether a password fits. Tests: `tests/it/accounts.rs`.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Keys kept before those that no longer matter are forgotten.
const KEYS_MAX: usize = 10_000;
/// Characters of a login that tell one key from another.
const LOGIN_CHARS_MAX: usize = 100;

type Key = (String, Option<IpAddr>);

/// Attempts to sign in, for each login from each peer.
pub(crate) struct SignInLimiter(DefaultKeyedRateLimiter<Key>);

impl SignInLimiter {
    pub(crate) fn per_minute(attempts: u32) -> Self {
        let attempts = NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN);
        Self(RateLimiter::keyed(Quota::per_minute(attempts)))
    }

    /// Counts an attempt; on too many of them, the seconds to wait.
    pub(crate) fn attempt(&self, login: &str, peer: Option<IpAddr>) -> Result<(), u32> {
        if self.0.len() > KEYS_MAX {
            self.0.retain_recent();
        }
        let key = (login.chars().take(LOGIN_CHARS_MAX).collect(), peer);
        self.0.check_key(&key).map_err(|until| {
            let seconds = until.wait_time_from(self.0.clock().now()).as_secs();
            u32::try_from(seconds).unwrap_or(u32::MAX).saturating_add(1)
        })
    }
}
