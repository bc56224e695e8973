//! Language: reads what people write to each other. What a platform takes for a violation, signs of abuse, what
//! a review complains about, and what an answer in public may not say.
//!
//! Functions of a text: the phrases stand in `content/words`. Must not know: cases, who wrote, what
//! follows from a finding. Tests: `tests/it`.

mod phrases;
mod plain;
mod reviews;
mod signs;
mod violations;

pub use phrases::PhraseFault;
pub use reviews::{WordsFault, blame, review_cause, unfair};
pub use signs::{Sign, signs};
pub use violations::{Finding, violations};
