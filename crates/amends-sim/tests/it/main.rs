//! Whole simulated shops, on real databases.

#![cfg(test)]

mod fixture;
mod play;
mod year;
