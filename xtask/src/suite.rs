//! `cargo xtask test`: all that must hold before a change may land.
//! It must not know how a cluster is started or what a check looks at. It has no tests of its own: it only calls others.

use std::env;

use crate::cluster::Cluster;
use crate::{check, command, openapi, web};

/// The tests run on PostgreSQL too when this names a server on which they may create databases.
const DATABASE_URL: &str = "AMENDS_TEST_DATABASE_URL";

/// `args` go to `cargo test`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<()> {
    check::run()?;
    tests(args)?;
    openapi::check()?;
    web::test()?;
    eprintln!("Everything holds: check, tests, openapi.json, the web.");
    Ok(())
}

fn tests(args: &[&str]) -> anyhow::Result<()> {
    let mut tests = command::cargo();
    tests.args(["test", "--workspace"]).args(args);
    if env::var_os(DATABASE_URL).is_some_and(|url| !url.is_empty()) {
        eprintln!("PostgreSQL: the one {DATABASE_URL} names");
        return command::run(&mut tests);
    }
    let cluster = Cluster::start()?;
    eprintln!("PostgreSQL: a throwaway at {}", cluster.url());
    command::run(tests.env(DATABASE_URL, cluster.url()))
}
