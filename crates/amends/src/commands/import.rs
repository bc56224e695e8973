//! `amends import orders`, `amends import reviews` and `amends import tracking`: a file, all of it or nothing.

use std::fs::File;
use std::path::{Path, PathBuf};

use amends_app::orders::file::cells::Reading;
use amends_app::orders::file::faults::{Faults, Place};
use amends_app::orders::file::{FileError, FileText};
use amends_app::orders::mapping::columns::ColumnMap;
use amends_app::orders::mapping::{Beside, Mapping};
use amends_app::orders::order_file::order_file_import;
use amends_app::orders::tracking_file::tracking_file_import;
use amends_app::reviews::file::review_file_import;
use amends_app::{Desk, ShopRow};
use amends_domain::time::Zone;
use anyhow::{Context as _, anyhow, bail};
use serde_json::json;

use crate::Ended;
use crate::cli::{Import, Place as At};
use crate::open;
use crate::out::say;

pub(super) async fn run(at: &At, what: Import) -> anyhow::Result<Ended> {
    match what {
        Import::Orders {
            file,
            map,
            users,
            products,
            logistics,
        } => {
            let mapping = mapping(&map)?;
            let beside = [("users", users), ("products", products), ("logistics", logistics)];
            for (name, _) in beside.iter().filter(|(_, file)| file.is_some()) {
                if !mapping.beside().contains(name) {
                    bail!("the mapping {map:?} has no use for --{name}");
                }
            }
            orders(at, &file, &mapping, beside.map(|(_, file)| file)).await
        }
        Import::Reviews { file } => reviews(at, &file).await,
        Import::Tracking { file } => tracking(at, &file).await,
    }
}

fn mapping(name: &str) -> anyhow::Result<Mapping> {
    if Path::new(name).extension().is_some_and(|ending| ending == "toml") {
        let text = std::fs::read_to_string(name).with_context(|| format!("{name} cannot be read"))?;
        let map = ColumnMap::parse(&text).with_context(|| name.to_owned())?;
        return Ok(Mapping::Columns(map));
    }
    Mapping::named(name)?.ok_or_else(|| {
        let known = Mapping::NAMES.join(", ");
        anyhow!("there is no mapping {name:?}; known are {known}, or a .toml file of your own")
    })
}

/// A file's text, or what is wrong with it as a file.
fn text(file: &Path) -> anyhow::Result<Result<FileText, Faults>> {
    let unread = || format!("{} cannot be read", file.display());
    let source = File::open(file).with_context(unread)?;
    match FileText::read(source, &file.to_string_lossy()) {
        Ok(text) => Ok(Ok(text)),
        Err(FileError::Faults(faults)) => Ok(Err(faults)),
        Err(FileError::Io(fault)) => Err(fault).with_context(unread),
    }
}

fn reading(desk: &Desk, shop: &ShopRow) -> anyhow::Result<Reading> {
    let unknown = || format!("nobody knows the shop's time zone {:?}", shop.time_zone);
    Ok(Reading {
        zone: Zone::named(&shop.time_zone).with_context(unknown)?,
        currency: shop.currency,
        now: desk.clock.now(),
    })
}

async fn orders(
    at: &At,
    file: &Path,
    mapping: &Mapping,
    beside: [Option<PathBuf>; 3],
) -> anyhow::Result<Ended> {
    let file = match text(file)? {
        Ok(file) => file,
        Err(faults) => return told(at, &faults),
    };
    let mut texts = Vec::new();
    for path in beside {
        match path.map(|path| text(&path)).transpose()?.transpose() {
            Ok(text) => texts.push(text),
            Err(faults) => return told(at, &faults),
        }
    }
    let mut texts = texts.into_iter();
    let mut next = || texts.next().flatten();
    let beside = Beside {
        users: next(),
        products: next(),
        logistics: next(),
    };
    let desk = open::desk(at).await?;
    let shop = open::shop(&desk, at).await?;
    let read = mapping.read(&file, &beside, &reading(&desk, &shop)?)?;
    drop(file);
    let read = match read {
        Ok(read) => read,
        Err(faults) => return told(at, &faults),
    };
    let done = match order_file_import(&desk, &shop, &read).await? {
        Ok(done) => done,
        Err(faults) => return told(at, &faults),
    };
    if at.json {
        say!("{}", json!(done))?;
    } else {
        let (orders, new) = (done.orders, done.new);
        let (there, moved) = (done.already_there, done.moved_on);
        say!("{orders} orders read, {new} new, {moved} moved on, {there} already there")?;
        if done.passed_over > 0 {
            say!("{} rows passed over, as the mapping says", done.passed_over)?;
        }
        if done.buyers_alone > 0 {
            say!("{} new buyers without an order in the file", done.buyers_alone)?;
        }
    }
    desk.stop().await;
    Ok(Ended::Good)
}

async fn tracking(at: &At, file: &Path) -> anyhow::Result<Ended> {
    let file = match text(file)? {
        Ok(file) => file,
        Err(faults) => return told(at, &faults),
    };
    let desk = open::desk(at).await?;
    let shop = open::shop(&desk, at).await?;
    let reading = reading(&desk, &shop)?;
    let tracked = match tracking_file_import(&desk, &shop, &file, &reading).await? {
        Ok(tracked) => tracked,
        Err(faults) => return told(at, &faults),
    };
    if at.json {
        say!("{}", json!(tracked))?;
    } else {
        say!(
            "{} events read, {} orders moved on",
            tracked.events,
            tracked.orders_moved
        )?;
    }
    desk.stop().await;
    Ok(Ended::Good)
}

async fn reviews(at: &At, file: &Path) -> anyhow::Result<Ended> {
    let file = match text(file)? {
        Ok(file) => file,
        Err(faults) => return told(at, &faults),
    };
    let desk = open::desk(at).await?;
    let shop = open::shop(&desk, at).await?;
    let reading = reading(&desk, &shop)?;
    let done = match review_file_import(&desk, &shop, &file, &reading).await? {
        Ok(done) => done,
        Err(faults) => return told(at, &faults),
    };
    if at.json {
        say!("{}", json!(done))?;
    } else {
        let (reviews, new, revised, there) = (done.reviews, done.new, done.revised, done.already_there);
        say!("{reviews} reviews read, {new} new, {revised} revised, {there} already there")?;
        for one in &done.unmatched {
            say!(
                "line {}: there is no order {} in the shop; kept until it is",
                one.line,
                one.order
            )?;
        }
    }
    desk.stop().await;
    Ok(Ended::Good)
}

/// Prints the faults of a file.
fn told(at: &At, faults: &Faults) -> anyhow::Result<Ended> {
    if at.json {
        let fault = |fault: &amends_app::orders::file::faults::FileFault| {
            let line = match fault.place {
                Place::Line(line) => Some(line),
                Place::File | Place::Entry(_) => None,
            };
            let entry = match &fault.place {
                Place::Entry(key) => Some(key),
                Place::File | Place::Line(_) => None,
            };
            let (code, reason) = (fault.wrong.code(), fault.wrong.to_string());
            json!({ "line": line, "entry": entry, "field": fault.field, "code": code, "reason": reason })
        };
        let first: Vec<_> = faults.first.iter().map(fault).collect();
        say!(
            "{}",
            json!({ "faults": first, "total": faults.total, "imported": 0 })
        )?;
        return Ok(Ended::Finding);
    }
    for fault in &faults.first {
        say!("{fault}")?;
    }
    let told = u64::try_from(faults.first.len()).unwrap_or(u64::MAX);
    match faults.total {
        1 => say!("1 fault; nothing was imported")?,
        total if total > told => say!("{total} faults, the first {told} are above; nothing was imported")?,
        total => say!("{total} faults; nothing was imported")?,
    }
    Ok(Ended::Finding)
}
