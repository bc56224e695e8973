//! Places that are taken for a while: how many streams or uploads one person, and all together, may
//! have at once. Counted in memory, on each node.
//!
//! Must not know: what is done in them. Tests: `tests/it/stream.rs`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use amends_app::error::AppError;

use crate::problem::{Fault, Problem};

/// How many each has. Whoever has none is not kept.
type Taken = Arc<Mutex<HashMap<String, u32>>>;

/// Places of one kind.
pub(crate) struct Slots {
    each_max: u32,
    all_max: u32,
    taken: Taken,
}

/// A place; dropping it frees it.
pub(crate) struct Slot {
    who: String,
    taken: Taken,
}

impl Slots {
    pub(crate) fn new(each_max: u32, all_max: u32) -> Self {
        let taken = Taken::default();
        Self {
            each_max,
            all_max,
            taken,
        }
    }

    /// A place for somebody, unless he or all together have as many as there may be.
    pub(crate) fn take(&self, who: String) -> Result<Slot, Problem> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let all: u64 = taken.values().map(|count| u64::from(*count)).sum();
        if all >= u64::from(self.all_max) {
            return Err(AppError::Busy.into());
        }
        let count = taken.entry(who.clone()).or_default();
        if *count >= self.each_max {
            let at_most = self.each_max;
            return Err(Fault::TooManyAtOnce { at_most }.into());
        }
        *count += 1;
        drop(taken);
        Ok(Slot {
            who,
            taken: Arc::clone(&self.taken),
        })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.who) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.who);
            }
        }
    }
}
