//! The clock port: the only room that reads the time of day.
//!
//! The domain's time can be moved by hand (demo, simulation, tests); sessions and rate limits run
//! on wall time. Must not know: what time is used for. Tests: beside the code.

use std::sync::atomic::{AtomicI64, Ordering};

use amends_domain::time::Moment;

/// Where the domain's time comes from.
#[derive(Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands until it is moved.
    Manual(AtomicI64),
}

impl Clock {
    /// A clock that stands at `start`.
    pub fn manual(start: Moment) -> Self {
        Self::Manual(AtomicI64::new(start.millis()))
    }

    /// The domain's now.
    pub fn now(&self) -> Moment {
        match self {
            Self::System => wall_now(),
            Self::Manual(millis) => Moment::from_millis(millis.load(Ordering::SeqCst)),
        }
    }

    /// Moves a manual clock forward to `to`; it never goes back. Says whether it could be moved.
    pub fn move_to(&self, to: Moment) -> bool {
        match self {
            Self::System => false,
            Self::Manual(millis) => {
                millis.fetch_max(to.millis(), Ordering::SeqCst);
                true
            }
        }
    }
}

/// Wall time, for sessions and limits.
#[expect(clippy::disallowed_methods, reason = "this is the clock port")]
pub fn wall_now() -> Moment {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    Moment::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Measures how long something took; knows no time of day.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(clippy::disallowed_methods, reason = "this is the clock port")]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(&self) -> std::time::Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_stands_and_never_goes_back() {
        let clock = Clock::manual(Moment::from_millis(1_000));
        assert!(clock.move_to(Moment::from_millis(2_000)));
        assert!(clock.move_to(Moment::from_millis(500)));
        assert_eq!(clock.now(), Moment::from_millis(2_000));
        assert!(!Clock::System.move_to(Moment::from_millis(1)));
    }
}
