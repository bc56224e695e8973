//! Whole simulated shops, on real databases.

#![cfg(test)]

mod fixture;
mod play;
mod reconcile;
mod year;
