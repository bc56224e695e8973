//! Cases: giving commands and reading what came of them.

pub mod case_command;
pub mod case_next;
pub mod case_open;
pub mod case_read;

pub use amends_store::{CaseCursor, CaseFilter, CaseRow, CasesPage, Committed};
