//! `amends policy`: checking packs, showing the set in force, explaining a case.

use std::path::PathBuf;

use amends_app::cases::case_read::policy_set;
use amends_app::content::starting_packs;
use amends_app::shops::shop_create::policy_publish;
use amends_domain::event::Event;
use amends_domain::policy::Terms;
use amends_domain::policy::pack::{Layer, Pack};
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Zone;
use amends_sim::narrate::Narrator;
use anyhow::{Context as _, bail};

use crate::Ended;
use crate::cli::{Place, Policy};
use crate::open;
use crate::out::say;

pub(super) async fn run(place: &Place, what: Policy) -> anyhow::Result<Ended> {
    match what {
        Policy::Check { files } => check(place, &files),
        Policy::Show => show(place).await,
        Policy::Publish { files } => publish(place, &files).await,
        Policy::Explain { case } => explain(place, &case).await,
    }
}

fn check(place: &Place, files: &[PathBuf]) -> anyhow::Result<Ended> {
    let (set, faults) = resolve(files)?;
    let hash = set.map(|set| set.hash().to_string());
    if place.json {
        say!("{}", serde_json::json!({ "set": hash, "faults": faults }))?;
    } else {
        for fault in &faults {
            say!("{fault}")?;
        }
        if let Some(hash) = &hash {
            say!("ok: set {hash}")?;
        }
    }
    Ok(if faults.is_empty() {
        Ended::Good
    } else {
        Ended::Finding
    })
}

/// Puts packs in force for cases opened from now on; open cases keep the set they were opened under.
async fn publish(place: &Place, files: &[PathBuf]) -> anyhow::Result<Ended> {
    let (set, faults) = resolve(files)?;
    let Some(set) = set else {
        for fault in &faults {
            say!("{fault}")?;
        }
        say!("nothing was published")?;
        return Ok(Ended::Finding);
    };
    let desk = open::desk(place).await?;
    let shop = open::shop(&desk, place).await?;
    policy_publish(&desk, shop.id, &set).await?;
    say!("in force: set {}", set.hash())?;
    desk.stop().await;
    Ok(Ended::Good)
}

/// The set the files make, or every fault found, each pack's alone first. Layers that no file is of
/// are filled by the packs that come with the program, so that a shop can hand in its own alone.
fn resolve(files: &[PathBuf]) -> anyhow::Result<(Option<PolicySet>, Vec<String>)> {
    let mut packs = Vec::new();
    let mut faults = Vec::new();
    for file in files {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        match Pack::parse(&text) {
            Ok(pack) => packs.push(pack),
            Err(fault) => faults.push(format!("{}:{}: {}", file.display(), fault.line, fault.reason)),
        }
    }
    if !faults.is_empty() {
        return Ok((None, faults));
    }
    let given: Vec<Layer> = packs.iter().map(|pack| pack.layer).collect();
    packs.extend(
        starting_packs()?
            .into_iter()
            .filter(|pack| !given.contains(&pack.layer)),
    );
    Ok(match PolicySet::resolve(&packs) {
        Ok(set) => (Some(set), faults),
        Err(fault) => (None, vec![fault.to_string()]),
    })
}

async fn show(place: &Place) -> anyhow::Result<Ended> {
    let desk = open::desk(place).await?;
    let shop = open::shop(&desk, place).await?;
    let set = policy_set(&desk, shop.id, shop.policy.context("the shop has no policy")?).await?;
    if place.json {
        say!("{}", set.text())?;
    } else {
        say!("set {}", set.hash())?;
        for pack in set.packs() {
            say!("pack {} revision {} ({:?})", pack.id, pack.revision, pack.layer)?;
        }
        for clause in set.clauses() {
            let says = match &clause.terms {
                Terms::Clock(terms) => {
                    format!("{} {} -> {:?}", terms.clock.code(), terms.length, terms.on_expiry)
                }
                Terms::Right(terms) => format!(
                    "right to {:?}, freight by {:?}",
                    terms.kinds, terms.return_freight
                ),
                Terms::Bound(terms) => format!("{:?} at most {}", terms.bound, terms.at_most),
            };
            say!(
                "{:14} {}  {says}  [{}]",
                clause.id.to_string(),
                clause.title.zh_cn,
                clause.source
            )?;
        }
    }
    desk.stop().await;
    Ok(Ended::Good)
}

async fn explain(place: &Place, case: &str) -> anyhow::Result<Ended> {
    let desk = open::desk(place).await?;
    let shop = open::shop(&desk, place).await?;
    let row = match (case.parse(), case.parse::<i64>()) {
        (Ok(id), _) => desk.store.case_by_id(shop.id, id).await?,
        (_, Ok(number)) => desk.store.case_by_number(shop.id, number).await?,
        _ => bail!("{case:?} is neither a case's id nor its number"),
    };
    let row = row.with_context(|| format!("there is no case {case}"))?;
    let policy = policy_set(&desk, shop.id, row.case.policy).await?;
    let zone = Zone::named(&shop.time_zone).context("the shop's time zone is unknown")?;
    let narrator = Narrator {
        policy: &policy,
        currency: row.case.currency,
        zone: &zone,
    };
    let events = desk.store.events_of_case(shop.id, row.case.id, 0, 1).await?;
    let first = events.first().context("the case has no events")?;
    let Event::Opened(opened) = Event::decode(first.version, &first.body)? else {
        bail!("the case does not begin with its opening");
    };
    if place.json {
        say!("{}", serde_json::to_string_pretty(&opened.explanations)?)?;
    } else {
        for line in opened
            .explanations
            .iter()
            .flat_map(|explanation| narrator.explain(explanation))
        {
            say!("{line}")?;
        }
    }
    desk.stop().await;
    Ok(Ended::Good)
}
