//! `amends bench`: measurements as commands; each tells its median beside the machine's own limit.

mod commit;
mod decide;

pub(super) use commit::commit;
pub(super) use decide::decide;
