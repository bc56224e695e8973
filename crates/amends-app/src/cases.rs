//! Cases: giving commands and reading what came of them.

pub mod case_command;
pub mod case_open;
pub mod case_read;
