//! Has the crate built again whenever the pages were: a folder that wasn't there, or a file of a new name, is no
//! change to the macro that takes them in.

use std::fs;
use std::io;

const PAGES: &str = "../../web/dist";

fn main() -> io::Result<()> {
    // An absent folder would count as changed each time, and every build would link the program anew.
    fs::create_dir_all(PAGES)?;
    println!("cargo::rerun-if-changed={PAGES}");
    Ok(())
}
