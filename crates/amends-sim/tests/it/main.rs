//! Whole simulated shops, on real databases.

#![cfg(test)]

mod fixture;
mod narrate;
mod play;
mod reconcile;
mod year;
