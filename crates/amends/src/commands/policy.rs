//! `amends policy`: showing the set in force, explaining a case; checking and comparing packs stand in
//! files of their own.

mod check;
mod diff;

use amends_app::cases::case_read::policy_set;
use amends_app::shops::shop_read::policy_in_force;
use amends_domain::event::Event;
use amends_domain::policy::Terms;
use amends_domain::time::Zone;
use amends_sim::narrate::Narrator;
use anyhow::{Context as _, bail};

use crate::Ended;
use crate::cli::{Place, Policy};
use crate::open;
use crate::out::say;

pub(super) async fn run(place: &Place, what: Policy) -> anyhow::Result<Ended> {
    match what {
        Policy::Check { files } => check::check(place, &files),
        Policy::Show => show(place).await,
        Policy::Publish { files } => check::publish(place, &files).await,
        Policy::Diff { from, to } => diff::diff(place, &from, &to).await,
        Policy::Explain { case } => explain(place, &case).await,
    }
}

async fn show(place: &Place) -> anyhow::Result<Ended> {
    let desk = open::desk(place).await?;
    let shop = open::shop(&desk, place).await?;
    let hash = policy_in_force(&desk, shop.id).await?;
    let set = policy_set(&desk, shop.id, hash.context("the shop has no policy")?).await?;
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
                Terms::Floor(terms) => format!("floor: {:?} {} {}", terms.on, terms.side, terms.on.limit()),
                Terms::Remedy(terms) => format!("remedy {} for {:?}", terms.remedy.code(), terms.kinds),
                Terms::Level(terms) => format!("{} goes to {}", terms.severity.code(), terms.level.code()),
                Terms::Violation(terms) => {
                    format!("{} costs {} points", terms.violation.code(), terms.points)
                }
                Terms::Evidence(terms) => {
                    let needs: Vec<&str> = terms.needs.iter().map(|kind| kind.code()).collect();
                    format!("a dispute needs {}", needs.join(", "))
                }
                Terms::Signal(terms) => {
                    format!(
                        "{} is a signal of weight {}",
                        terms.signal.code(),
                        terms.weight.code()
                    )
                }
                Terms::Estimate(terms) => format!("{:?} estimated at {}", terms.estimate, terms.value),
                Terms::Care(terms) => format!(
                    "at most {} care mails in {} days, from {} to {} o'clock, not to whoever gave less than {}",
                    terms.mails_max, terms.within_days, terms.from_hour, terms.until_hour, terms.score_min
                ),
                Terms::Suggestion(terms) => {
                    format!("goods are suggested to whoever gave at least {}", terms.score_min)
                }
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
