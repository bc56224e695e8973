//! `cargo xtask …`: everything a developer or a build machine does with this repository.
//! It must not know the rules of after-sales, nor link the crates it builds: it only calls cargo and PostgreSQL.
//! Its tests stand beside the code they try; the commands themselves are tried by running them.

mod check;
mod cluster;
mod command;
mod openapi;
mod programs;
mod suite;
mod tidy;
mod web;

use std::env;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};

use cluster::Cluster;

const USAGE: &str = "\
cargo xtask <command>

  check                 formatting, tidy, clippy, cargo-deny (if installed)
  test [ARGS…]          check, then every test on SQLite and a throwaway PostgreSQL, openapi.json, and the
                        web's own, in a real browser too; ARGS go to cargo test;
                        AMENDS_TEST_DATABASE_URL names a server of your own
  web                   the web's pages, for the next build to carry
  tidy                  the house rules that neither rustc nor clippy knows
  demo [ARGS…]          the desk with a seeded shop, at 127.0.0.1:8080 unless --listen says otherwise
  pg                    a throwaway PostgreSQL, until Enter
  bench commit [ARGS…]  accepted commands a second, on a throwaway PostgreSQL
  bench web             what the pages cost a browser
  bench bundle          what an evidence bundle costs";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    enter_workspace()?;
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["check"] => check::run(),
        ["test", rest @ ..] => suite::run(rest),
        ["tidy"] => tidy::run(),
        ["demo", rest @ ..] => demo(rest),
        ["pg"] => pg(),
        ["web"] => web::build(),
        ["bench", "web"] => web::bench(),
        ["bench", "bundle"] => bench_bundle(),
        ["bench", "commit", rest @ ..] => bench_commit(rest),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        [] => bail!("no command\n\n{USAGE}"),
        unknown => bail!("unknown command `{}`\n\n{USAGE}", unknown.join(" ")),
    }
}

/// Commands may be called from any folder; paths in here count from the root of the repository.
fn enter_workspace() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask has no parent folder")?;
    env::set_current_dir(root).with_context(|| format!("can't enter {}", root.display()))
}

fn demo(args: &[&str]) -> anyhow::Result<()> {
    if web::can_build() {
        web::build()?;
    } else {
        eprintln!("npm isn't there: the demo comes without its pages, with the API alone.");
    }
    // The first build takes minutes: cargo shows how far it is, and how long it took.
    command::run(command::cargo().args(["build", "--release", "-p", "amends"]))?;
    let mut demo = command::cargo();
    demo.args(["run", "--release", "-q", "-p", "amends", "--", "demo"]);
    if !args.iter().any(|arg| arg.starts_with("--listen")) {
        demo.args(["--listen", "127.0.0.1:8080"]);
    }
    command::run(demo.args(args))
}

fn pg() -> anyhow::Result<()> {
    let cluster = Cluster::start()?;
    println!("{}", cluster.url());
    eprintln!("Enter stops it.");
    io::stdin().read_line(&mut String::new())?;
    Ok(())
}

fn bench_bundle() -> anyhow::Result<()> {
    let mut bench = command::cargo();
    command::run(bench.args(["run", "--release", "-q", "-p", "amends", "--", "bench", "bundle"]))
}

fn bench_commit(args: &[&str]) -> anyhow::Result<()> {
    let cluster = Cluster::start()?;
    let mut bench = command::cargo();
    bench.args(["run", "--release", "-q", "-p", "amends", "--", "bench", "commit"]);
    command::run(bench.args(args).args(["--database-url", cluster.url()]))
}
