//! What a command prints. `println!` panics when nobody reads on, as in `amends policy show | head`.
//!
//! Must not know: commands. Tests: `tests/it/cli.rs`.

use std::io::{self, ErrorKind, Write};

/// Prints a line for whoever asked.
macro_rules! say {
    ($($words:tt)*) => {
        std::io::Write::write_fmt(&mut $crate::out::Out, format_args!("{}\n", format_args!($($words)*)))
    };
}

/// Prints a line beside what was asked for; where it can't be, the command goes on without it.
macro_rules! aside {
    ($($words:tt)*) => {
        std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{}\n", format_args!($($words)*))).ok()
    };
}

pub(crate) use {aside, say};

/// Standard output. Once its reader has seen enough, the rest goes nowhere: the command still does
/// its work, and its exit code still tells how that ended.
pub(crate) struct Out;

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        read_or_not(io::stdout().write(bytes), bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        read_or_not(io::stdout().flush(), ())
    }
}

fn read_or_not<T>(written: io::Result<T>, unread: T) -> io::Result<T> {
    match written {
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Ok(unread),
        written => written,
    }
}
