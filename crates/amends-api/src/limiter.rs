//! Slows down whoever guesses passwords. Counted on wall time, in memory, on each node.
//!
//! Must not know: whether a password fits. Tests: `tests/it/accounts.rs`.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::options::ApiOptions;

/// Attempts after which keys that no longer matter are forgotten; the work is then shared by all of
/// them, however many keys there are.
const FORGET_EVERY: u32 = 1_000;
/// Characters of a login that tell one key from another.
const LOGIN_CHARS_MAX: usize = 100;

/// Attempts to sign in: of each peer, and for each login from each peer.
pub(crate) struct SignInLimiter {
    peers: DefaultKeyedRateLimiter<Option<IpAddr>>,
    logins: DefaultKeyedRateLimiter<(String, Option<IpAddr>)>,
    attempts: AtomicU32,
}

impl SignInLimiter {
    pub(crate) fn new(options: &ApiOptions) -> Self {
        let quota = |attempts| Quota::per_minute(NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN));
        Self {
            peers: RateLimiter::keyed(quota(options.sign_in_per_minute_peer)),
            logins: RateLimiter::keyed(quota(options.sign_in_per_minute)),
            attempts: AtomicU32::new(0),
        }
    }

    /// Counts an attempt; on too many of them, the seconds to wait.
    pub(crate) fn attempt(&self, login: &str, peer: Option<IpAddr>) -> Result<(), u32> {
        let attempts = self.attempts.fetch_add(1, Ordering::Relaxed);
        if attempts % FORGET_EVERY == FORGET_EVERY - 1 {
            forget(&self.peers);
            forget(&self.logins);
        }
        let peer = peer.map(household);
        // The peer first: one that is held up adds no logins to what is kept.
        check(&self.peers, &peer)?;
        let login = login.chars().take(LOGIN_CHARS_MAX).collect();
        check(&self.logins, &(login, peer))
    }
}

fn check<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), u32> {
    limiter.check_key(key).map_err(|until| {
        let seconds = until.wait_time_from(limiter.clock().now()).as_secs();
        u32::try_from(seconds).unwrap_or(u32::MAX).saturating_add(1)
    })
}

fn forget<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>) {
    limiter.retain_recent();
    limiter.shrink_to_fit();
}

/// Whoever has one IPv6 address has all of its /64.
fn household(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V4(_) => peer,
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
    }
}
