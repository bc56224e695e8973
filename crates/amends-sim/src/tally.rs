//! Counts what a shop's events tell, and watches every clock in them: none is started while it runs, none
//! ends before or after its moment, none ends twice, none is still running past it.
//!
//! Read from the events alone, like the comparison with the provider's books.
//! Must not know: how anything came about. Tests: `tests/it/year.rs`.

use std::collections::BTreeMap;

use amends_app::Position;
use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::verify::Finding;
use amends_domain::case::clock::Clock;
use amends_domain::event::Event;
use amends_domain::ids::{CaseId, ShopId};
use amends_domain::time::Moment;
use serde::Serialize;

const PAGE: u32 = 1_000;

/// How often something was counted, by its code.
pub type Count = BTreeMap<&'static str, u64>;

/// What became of a clock's starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ClockCount {
    /// Started.
    pub started: u64,
    /// Its owner warned.
    pub warned: u64,
    /// Stopped, since what it waited for was done.
    pub stopped: u64,
    /// Ended.
    pub ended: u64,
}

/// What became of a remedy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RemedyCount {
    /// Put before a buyer.
    pub offered: u64,
    /// Taken by him.
    pub agreed: u64,
}

/// What a shop's events come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Cases opened, by kind.
    pub kinds: Count,
    /// Those of them without an order.
    pub without_order: u64,
    /// Clocks by code.
    pub clocks: BTreeMap<&'static str, ClockCount>,
    /// Remedies by code.
    pub remedies: BTreeMap<&'static str, RemedyCount>,
    /// Events by type.
    pub events: Count,
}

/// Counts, and what is wrong with clocks.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// What there was.
    pub counts: Counts,
    /// What should not have been.
    pub findings: Vec<Finding>,
}

/// Reads every event of a shop.
pub async fn tally(desk: &Desk, shop: ShopId) -> Result<Tally, AppError> {
    let mut reading = Reading::default();
    let mut after = Position::default();
    loop {
        let page = desk.store.events_after(shop, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.position();
        for row in &page {
            let event = Event::decode(row.version, &row.body)
                .map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
            reading.take(row.case, row.at, &event);
        }
    }
    let now = desk.clock.now();
    let overdue: Vec<_> = reading
        .running
        .iter()
        .filter(|(_, due_at)| **due_at < now)
        .collect();
    for ((case, clock), due_at) in overdue {
        let what = format!("{} was due at {due_at} and still runs", clock.code());
        reading.wrong.push((*case, what));
    }
    let finding = |(case, what): (CaseId, String)| Finding {
        shop,
        about: format!("case {case}"),
        what,
    };
    Ok(Tally {
        counts: reading.counts,
        findings: reading.wrong.into_iter().map(finding).collect(),
    })
}

#[derive(Default)]
struct Reading {
    counts: Counts,
    running: BTreeMap<(CaseId, Clock), Moment>,
    wrong: Vec<(CaseId, String)>,
}

impl Reading {
    fn take(&mut self, case: CaseId, at: Moment, event: &Event) {
        *self.counts.events.entry(event.name()).or_default() += 1;
        match event {
            Event::Opened(opened) => {
                *self.counts.kinds.entry(opened.kind.code()).or_default() += 1;
                self.counts.without_order += u64::from(opened.order.is_none());
            }
            Event::ClockStarted { clock, run } => {
                self.clock(*clock).started += 1;
                if self.running.insert((case, *clock), run.due_at).is_some() {
                    self.wrong
                        .push((case, format!("{} started while it ran", clock.code())));
                }
            }
            Event::ClockWarned { clock } => self.clock(*clock).warned += 1,
            Event::ClockStopped { clock } => {
                self.clock(*clock).stopped += 1;
                self.over(case, *clock, None);
            }
            Event::ClockExpired { clock, .. } => {
                self.clock(*clock).ended += 1;
                self.over(case, *clock, Some(at));
            }
            Event::Offered { options, .. } => {
                for option in options {
                    self.remedy(option.remedy.code()).offered += 1;
                }
            }
            Event::Agreed { remedy, .. } => self.remedy(remedy.code()).agreed += 1,
            _ => {}
        }
    }

    /// A clock that ran runs no more; one that ended did so at its moment.
    fn over(&mut self, case: CaseId, clock: Clock, ended_at: Option<Moment>) {
        let code = clock.code();
        match (self.running.remove(&(case, clock)), ended_at) {
            (None, _) => self.wrong.push((case, format!("{code} ended and did not run"))),
            (Some(due_at), Some(at)) if at != due_at => {
                self.wrong
                    .push((case, format!("{code} was due at {due_at} and ended at {at}")));
            }
            _ => {}
        }
    }

    fn clock(&mut self, clock: Clock) -> &mut ClockCount {
        self.counts.clocks.entry(clock.code()).or_default()
    }

    fn remedy(&mut self, code: &'static str) -> &mut RemedyCount {
        self.counts.remedies.entry(code).or_default()
    }
}
