//! Cases: giving commands and reading what came of them.

pub mod case_bulk;
pub mod case_closures;
pub mod case_command;
pub mod case_handling;
pub mod case_losses;
pub mod case_next;
pub mod case_open;
pub mod case_queue;
pub mod case_read;
pub mod case_readiness;
pub mod case_remedies;
pub mod case_search;
pub mod case_workload;

pub use amends_store::{
    Assignee, Awaiting, CarrierLosses, CaseCursor, CaseFilter, CaseRow, CaseSort, CasesPage, Closures,
    Committed, EscalatedTo, ViewCounts,
};
