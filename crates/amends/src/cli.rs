//! The command line, which scripts rely on: commands and flags are added, never renamed.
//!
//! Must not know: what commands do. Tests: `tests/it/cli.rs`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Amends 圆满售后: an after-sales desk for online shops.
#[derive(Debug, Parser)]
#[command(name = "amends", version, about, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub(crate) struct Place {
    /// Folder of the embedded database and the master key
    #[arg(
        long,
        env = "AMENDS_DATA",
        default_value = "data",
        global = true,
        value_name = "DIR"
    )]
    pub(crate) data: PathBuf,
    /// PostgreSQL instead of the embedded database
    #[arg(
        long,
        env = "AMENDS_DATABASE_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    pub(crate) database_url: Option<String>,
    /// Which shop, when there are several
    #[arg(long, env = "AMENDS_SHOP", global = true, value_name = "NAME")]
    pub(crate) shop: Option<String>,
    /// Print JSON instead of a table
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the desk
    Serve {
        /// Address to listen on
        #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
        listen: SocketAddr,
        /// Mark cookies secure: for service behind HTTPS
        #[arg(long)]
        secure_cookies: bool,
        #[command(flatten)]
        ways: Ways,
    },
    /// Play two returns on the terminal, then serve the demo shop
    Demo {
        /// Address to listen on
        #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
        listen: SocketAddr,
        /// Seed of everything drawn by chance
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// `manual` lets the clock be moved by POST /_clock
        #[arg(long, default_value = "system")]
        clock: ClockKind,
        /// Play, print, and end without serving
        #[arg(long)]
        play_only: bool,
    },
    /// Simulate a shop's days, verifying the books after every day
    Simulate {
        /// Seed of everything drawn by chance
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Days
        #[arg(long, default_value_t = 30)]
        days: u32,
        /// Orders over all days
        #[arg(long, default_value_t = 800)]
        orders: u64,
        /// Orders in a thousand whose buyer applies for something
        #[arg(long, default_value_t = 180)]
        cases_per_thousand: i64,
        /// Write the event log here, as JSON lines
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Prove that the books are right
    Verify {
        /// Compare with anchors exported earlier
        #[arg(long, value_name = "FILE")]
        anchors: Option<PathBuf>,
        /// Read every file of evidence, too, and compare it with its digest
        #[arg(long)]
        files: bool,
    },
    /// Prove that an evidence bundle is what it was when it was made
    VerifyBundle {
        /// The bundle
        file: PathBuf,
        /// The key it has to be signed with, as `GET /api/v1/shop` gives it
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// Bring the database's tables up to this version
    Migrate,
    /// Look whether everything needed is in order
    Doctor,
    /// Bring in data
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// Write events and anchors as JSON lines
    Export {
        /// Write here instead of to standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Shops
    Shop {
        #[command(subcommand)]
        what: Shop,
    },
    /// API tokens
    Token {
        #[command(subcommand)]
        what: Token,
    },
    /// Policy packs
    Policy {
        #[command(subcommand)]
        what: Policy,
    },
    /// Measure
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
    /// Print the description of the API
    Openapi,
}

impl Command {
    pub(crate) fn is_server(&self) -> bool {
        matches!(self, Self::Serve { .. } | Self::Demo { .. } | Self::Bench { .. })
    }
}

/// By which ways notices leave, and mails come in.
#[derive(Debug, Args)]
pub(crate) struct Ways {
    /// `folder` (outbox/mail in the data folder), or <smtp://USER:PASSWORD@HOST:587>; better in the
    /// environment, where nobody else reads the password
    #[arg(long, env = "AMENDS_MAIL", value_name = "WAY", hide_env_values = true)]
    pub(crate) mail: Option<Secret>,
    /// `folder` (outbox/sms in the data folder), which a gateway of yours empties
    #[arg(long, env = "AMENDS_SMS", value_name = "WAY")]
    pub(crate) sms: Option<SmsWay>,
    /// A folder that a mail server delivers into: a Maildir for each shop, called as the shop
    #[arg(long, env = "AMENDS_MAIL_IN", value_name = "DIR")]
    pub(crate) mail_in: Option<PathBuf>,
}

/// Words that are never shown.
#[derive(Clone)]
pub(crate) struct Secret(pub(crate) String);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SmsWay {
    /// Files in a folder
    Folder,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClockKind {
    /// The machine's clock
    System,
    /// A clock that stands until it is moved
    Manual,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Orders from JSON, JSONL or CSV, all or nothing
    Orders {
        /// The file
        file: PathBuf,
        /// amends, amends-jsonl, taobao, tau-retail, ecom-bench-zh, or a mapping of your own: a .toml file
        #[arg(long, value_name = "NAME", default_value = "amends")]
        map: String,
        /// Who the buyers are (tau-retail)
        #[arg(long, value_name = "FILE")]
        users: Option<PathBuf>,
        /// What is sold (tau-retail, ecom-bench-zh)
        #[arg(long, value_name = "FILE")]
        products: Option<PathBuf>,
        /// Where the parcels are (ecom-bench-zh)
        #[arg(long, value_name = "FILE")]
        logistics: Option<PathBuf>,
    },
    /// Reviews 评价 from JSONL or CSV; those whose order is not known are kept and told
    Reviews {
        /// The file
        file: PathBuf,
    },
    /// Events of carriers from JSONL or CSV, all or nothing
    Tracking {
        /// The file
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Shop {
    /// Found a shop with its owner; the password is read from standard input
    Create {
        /// The shop's name
        name: String,
        /// The owner's login
        #[arg(long)]
        login: String,
        /// IANA time zone
        #[arg(long, default_value = "Asia/Shanghai")]
        time_zone: String,
        /// Currency code
        #[arg(long, default_value = "CNY")]
        currency: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    /// Create a token; its secret is printed once
    Create {
        /// agent, supervisor, manager, admin, auditor, mediator or machine
        #[arg(long)]
        role: String,
        /// What it is for
        #[arg(long, default_value = "command line")]
        label: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Policy {
    /// Check packs: each alone, and all together on every day that changes them
    Check {
        /// The packs
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Show the shop's set in force
    Show,
    /// Put packs in force for cases opened from now on, and from the days they name
    Publish {
        /// The packs
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Tell what differs between two: clause by clause, field by field
    Diff {
        /// A pack file, the hash of a published set, or `current`
        from: String,
        /// The same
        to: String,
    },
    /// Print why a case was judged as it was
    Explain {
        /// The case's id or number
        case: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// What an evidence bundle of 200 messages and 30 pictures costs
    Bundle,
    /// Planning a care mail for many buyers, on both databases
    Care {
        /// Buyers in the shop
        #[arg(long, default_value_t = 1_000_000, value_name = "N")]
        buyers: usize,
    },
    /// Commands a second through the committer, beside the database's own limit
    Commit {
        /// How many callers at once; may be given several times
        #[arg(long, value_name = "N")]
        callers: Vec<usize>,
        /// How long each measurement lasts
        #[arg(long, default_value_t = 3, value_name = "N")]
        seconds: u64,
        /// How often everything is measured; the median is told
        #[arg(long, default_value_t = 3, value_name = "N")]
        rounds: usize,
    },
    /// Pages of the queue over HTTP, on both databases
    Queue {
        /// Cases in the shop
        #[arg(long, default_value_t = 100_000, value_name = "N")]
        cases: usize,
        /// How many of them are open
        #[arg(long, default_value_t = 20_000, value_name = "N")]
        open: usize,
        /// How often each question is asked
        #[arg(long, default_value_t = 300, value_name = "N")]
        asks: usize,
    },
    /// Finding the pictures that look like one, on both databases
    Looks {
        /// Pictures in the shop
        #[arg(long, default_value_t = 100_000, value_name = "N")]
        pictures: usize,
        /// How many are looked up
        #[arg(long, default_value_t = 1_000, value_name = "N")]
        asks: usize,
    },
    /// Gathering the signals of abuse of one case in a large shop, on both databases
    Signals {
        /// Orders of the shop
        #[arg(long, default_value_t = 1_000_000, value_name = "N")]
        orders: usize,
        /// How many cases are asked about
        #[arg(long, default_value_t = 500, value_name = "N")]
        asks: usize,
    },
    /// Decisions a second on one core, explanations included
    Decide {
        /// How long it lasts
        #[arg(long, default_value_t = 3, value_name = "N")]
        seconds: u64,
    },
}
