//! Language: reads what people write to each other: what a platform takes for a violation, and signs of abuse.
//!
//! Functions of a text: the phrases stand in `content/words`. Must not know: cases, who wrote, what
//! follows from a finding. Tests: `tests/it`.

mod phrases;
mod plain;
mod signs;
mod violations;

pub use phrases::PhraseFault;
pub use signs::{Sign, signs};
pub use violations::{Finding, violations};
