//! How much one import takes. Must not know: files. Tests: beside the mappings.

/// Most order lines of one file. They are held in memory and written in one transaction.
pub(crate) const ORDER_LINES_MAX: usize = 200_000;
