//! Tests of the language crate, each sentence one somebody in a shop has written or may write.
#![cfg(test)]

mod reviews;
mod signs;
mod violations;
