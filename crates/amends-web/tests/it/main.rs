//! The pages as a browser gets them.
#![cfg(test)]

mod pages;
