//! Language: reads what people write to each other. For now, what a platform takes for a violation.
//!
//! Functions of a text: the phrases stand in `content/words`. Must not know: cases, who wrote, what
//! follows from a finding. Tests: `tests/it`.

mod plain;
mod violations;

pub use violations::{Finding, PhraseFault, violations};
