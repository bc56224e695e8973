//! `amends policy check` and `publish`: packs read from files, with every mistake in its place.
//!
//! Must not know: what a clause means. Tests: `tests/it/policies.rs`.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use amends_app::clock::wall_now;
use amends_app::shops::policy_publish::{Planned, policy_plan, policy_publish, shop_today};
use amends_domain::policy::dates::Day;
use amends_domain::policy::fault::PlacedFault;
use amends_domain::policy::pack::{Lines, PACK_BYTES_MAX, Pack};
use amends_domain::time::Zone;
use anyhow::Context as _;
use serde::Serialize;

use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::say;

/// A mistake and where it stands, as far as it has a place.
#[derive(Debug, Serialize)]
pub(super) struct Mistake {
    file: Option<String>,
    line: Option<usize>,
    clause: Option<String>,
    reason: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}:")?;
        }
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        if self.file.is_some() {
            f.write_str(" ")?;
        }
        match &self.clause {
            Some(clause) if !self.reason.contains(clause) => write!(f, "clause {clause}: {}", self.reason),
            _ => f.write_str(&self.reason),
        }
    }
}

/// A pack with the file it was read from.
struct Source {
    file: String,
    pack: Pack,
    lines: Lines,
}

pub(super) fn check(place: &Place, files: &[PathBuf]) -> anyhow::Result<Ended> {
    let utc = Zone::named("UTC").context("the bundled time zones are missing")?;
    let found = plan(files, wall_now().day_in(utc.tz()))?;
    let mistakes = match &found {
        Ok(_) => &[][..],
        Err(mistakes) => mistakes,
    };
    if place.json {
        say!("{}", serde_json::to_string(mistakes)?)?;
    } else {
        for mistake in mistakes {
            say!("{mistake}")?;
        }
        left_out(found.iter().flatten())?;
        for planned in found.iter().flatten() {
            match planned.from {
                None => say!("ok: set {}", planned.set.hash())?,
                Some(day) => say!("from {day}: set {}", planned.set.hash())?,
            }
        }
    }
    Ok(if found.is_ok() {
        Ended::Good
    } else {
        Ended::Finding
    })
}

/// Puts packs in force for cases opened from now on; open cases keep the set they were opened under.
pub(super) async fn publish(place: &Place, files: &[PathBuf]) -> anyhow::Result<Ended> {
    let desk = open::desk(place).await?;
    let shop = open::shop(&desk, place).await?;
    let ended = match plan(files, shop_today(&desk, &shop)?)? {
        Ok(plan) => {
            policy_publish(&desk, &shop, &plan).await?;
            left_out(&plan)?;
            for planned in &plan {
                match planned.from {
                    None => say!("in force: set {}", planned.set.hash())?,
                    Some(day) => say!("from {day}: set {}", planned.set.hash())?,
                }
            }
            Ended::Good
        }
        Err(mistakes) => {
            for mistake in &mistakes {
                say!("{mistake}")?;
            }
            say!("nothing was published")?;
            Ended::Finding
        }
    };
    desk.stop().await;
    Ok(ended)
}

/// Says which packs of the program fall away beside the files: whoever did not mean it names them, too.
fn left_out<'p>(plan: impl IntoIterator<Item = &'p Planned>) -> anyhow::Result<()> {
    let out: BTreeSet<&str> = plan
        .into_iter()
        .flat_map(|planned| planned.left_out.iter().map(|pack| pack.id.as_str()))
        .collect();
    for pack in out {
        say!("left out: {pack}, whose layer your files have now; to keep it, name a copy of it, too")?;
    }
    Ok(())
}

/// What the files come to, or every mistake: those of each pack alone first, and only without any of
/// these what the packs do together.
fn plan(files: &[PathBuf], today: Day) -> anyhow::Result<Result<Vec<Planned>, Vec<Mistake>>> {
    let mut sources = Vec::new();
    let mut mistakes = Vec::new();
    for file in files {
        match read(file)? {
            Ok(source) => sources.push(source),
            Err(found) => mistakes.extend(found),
        }
    }
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    let packs: Vec<Pack> = sources.iter().map(|source| source.pack.clone()).collect();
    let plan = policy_plan(&packs, today)?;
    Ok(plan.map_err(|faults| faults.iter().map(|fault| place_of(fault, &sources)).collect()))
}

/// The one pack of a file, or every mistake in it.
pub(super) fn pack_of(file: &Path) -> anyhow::Result<Result<Pack, Vec<Mistake>>> {
    Ok(read(file)?.map(|source| source.pack))
}

fn read(file: &Path) -> anyhow::Result<Result<Source, Vec<Mistake>>> {
    let name = file.display().to_string();
    let mistake = |line: usize, clause: Option<String>, reason: String| Mistake {
        file: Some(name.clone()),
        line: (line > 0).then_some(line),
        clause,
        reason,
    };
    let cannot = || format!("{name} cannot be read");
    // One byte more than may be: a longer file is refused without being read.
    let most = u64::try_from(PACK_BYTES_MAX)?;
    let mut bytes = Vec::new();
    let opened = File::open(file).with_context(cannot)?;
    let length = opened.metadata().map_or(0, |of| of.len());
    opened
        .take(most + 1)
        .read_to_end(&mut bytes)
        .with_context(cannot)?;
    if bytes.len() > PACK_BYTES_MAX {
        let length = length.max(most + 1);
        let reason = format!("a pack has at most {PACK_BYTES_MAX} bytes, this one {length}");
        return Ok(Err(vec![mistake(0, None, reason)]));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(fault) => {
            let good = &fault.as_bytes()[..fault.utf8_error().valid_up_to()];
            let line = good.split(|byte| *byte == b'\n').count();
            return Ok(Err(vec![mistake(
                line,
                None,
                "this is not text in UTF-8".to_owned(),
            )]));
        }
    };
    let reading = Pack::read(&text);
    let faults = reading.faults.into_iter();
    Ok(match reading.pack {
        Some(pack) => Ok(Source {
            file: name.clone(),
            pack,
            lines: reading.lines,
        }),
        None => Err(faults
            .map(|fault| mistake(fault.line, fault.clause, fault.reason))
            .collect()),
    })
}

/// Where a fault of packs together stands.
fn place_of(fault: &PlacedFault, sources: &[Source]) -> Mistake {
    let named = |source: &&Source| Some(source.pack.name()) == fault.pack;
    let source = sources.iter().find(named);
    let clause = fault.clause.as_ref();
    let line = source.and_then(|source| {
        let of_clause = clause.and_then(|clause| source.lines.clause(clause));
        of_clause.or_else(|| source.lines.reason(fault.fault.reason()?))
    });
    Mistake {
        file: source.map(|source| source.file.clone()),
        line,
        clause: clause.map(ToString::to_string),
        reason: fault.to_string(),
    }
}
