//! The program as scripts meet it: the real binary, real files, exit codes.

#![cfg(test)]

mod cli;
mod imports;
mod master_key;
mod policies;
mod program;
mod tampering;
