//! Runs what is due: continuously on the machine's clock, or step by step on a manual one.
//!
//! Must not know: what a deadline or an effect does. Tests: `amends-sim/tests/it`,
//! `amends-api/tests/it/runners.rs`.

use std::time::Duration;

use amends_domain::ids::{CareId, CaseId};
use amends_domain::time::Moment;

use crate::anchors::anchors_run;
use crate::buyers::visits::visits_run;
use crate::care::care_run;
use crate::deadlines::deadlines_run;
use crate::desk::Desk;
use crate::error::AppError;
use crate::mails::index::buyers_index;
use crate::mails::mails_run;
use crate::notices::deliver::notices_run;
use crate::notices::feed::notices_feed;
use crate::orders::parcels::parcels_run;
use crate::outbox::{Flying, outbox_run};
use crate::prune::prune_run;
use crate::reviews::pursue::reviews_go_on;
use crate::reviews::remind::reminders_run;
use crate::warranty::send::guides_run;

/// What one step did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stepped {
    /// Cases whose deadlines were fed.
    pub deadlines: Vec<CaseId>,
    /// Cases whose effects were carried out.
    pub effects: Vec<CaseId>,
    /// Cases about which somebody was told.
    pub notices: Vec<CaseId>,
    /// Care mails for which something was done.
    pub care: Vec<CareId>,
    /// Late parcels were seen to.
    pub parcels: bool,
}

/// Moves a manual clock to the next moment something is due, no later than `until`, and runs it;
/// `None` when nothing is due by then, and the clock stands at `until`.
pub async fn step_to(desk: &Desk, until: Moment) -> Result<Option<Stepped>, AppError> {
    notices_feed(desk).await?;
    reviews_go_on(desk).await?;
    reminders_run(desk).await?;
    guides_run(desk).await?;
    visits_run(desk).await?;
    let due = desk.store.next_due().await?;
    let Some(next) = due.first().filter(|next| *next <= until) else {
        desk.clock.move_to(until);
        return Ok(None);
    };
    desk.clock.move_to(next);
    let mut stepped = Stepped::default();
    if due.deadline.is_some_and(|at| at <= next) {
        stepped.deadlines = deadlines_run(desk).await?;
    }
    if due.effect.is_some_and(|at| at <= next) {
        stepped.effects = outbox_run(desk).await?;
    }
    if due.notice.is_some_and(|at| at <= next) {
        stepped.notices = notices_run(desk).await?;
    }
    if due.care.is_some_and(|at| at <= next) {
        stepped.care = care_run(desk).await?;
    }
    if due.parcel.is_some_and(|at| at <= next) {
        parcels_run(desk).await?;
        stepped.parcels = true;
    }
    if stepped == Stepped::default() {
        // Somebody else holds the lease; waiting would stand still on a clock nobody moves.
        return Err(AppError::Inconsistent(format!(
            "what is due at {next} is held by another runner"
        )));
    }
    Ok(Some(stepped))
}

/// Moves a manual clock to `until`, running everything due on the way at its own moment.
pub async fn pass_time(desk: &Desk, until: Moment) -> Result<(), AppError> {
    while step_to(desk, until).await?.is_some() {}
    Ok(())
}

/// How often a served desk looks for what is due.
const TICK: Duration = Duration::from_secs(1);
/// How often it looks whether a shop's day wants its anchor.
const ANCHORS_EVERY: Duration = Duration::from_mins(10);
/// How often it looks whether somebody is to be reminded to rate.
const REMINDERS_EVERY: Duration = Duration::from_mins(5);
/// How often it looks whether a parcel is late.
const PARCELS_EVERY: Duration = Duration::from_mins(1);
/// How often it looks whether orders have left whose buyers are sent a guide.
const GUIDES_EVERY: Duration = Duration::from_mins(1);
/// How often it looks whether buyers of a tier have no visit planned.
const VISITS_EVERY: Duration = Duration::from_mins(10);
/// How often it forgets what it need not keep.
const PRUNE_EVERY: Duration = Duration::from_hours(1);

/// Runs what is due until it is dropped. Each kind has a loop of its own: a provider that never
/// answers stops no clock. A fault is told and survived: what was due stays due.
pub async fn run_forever(desk: &Desk) {
    tokio::join!(
        deadlines_forever(desk),
        outbox_forever(desk),
        feed_forever(desk),
        notices_forever(desk),
        care_forever(desk),
        mails_forever(desk),
        reviews_forever(desk),
        reminders_forever(desk),
        guides_forever(desk),
        visits_forever(desk),
        addresses_forever(desk),
        anchors_forever(desk),
        parcels_forever(desk),
        prune_forever(desk)
    );
}

async fn deadlines_forever(desk: &Desk) {
    loop {
        let fed = deadlines_run(desk).await.map(|fed| !fed.is_empty());
        if !told("deadlines", fed) {
            tokio::time::sleep(TICK).await;
        }
    }
}

async fn outbox_forever(desk: &Desk) {
    let mut flying = Flying::default();
    loop {
        if !told("the outbox", flying.run(desk).await) {
            tokio::time::sleep(TICK).await;
        }
    }
}

async fn feed_forever(desk: &Desk) {
    loop {
        if !told("the feed of notices", notices_feed(desk).await) {
            tokio::time::sleep(TICK).await;
        }
    }
}

async fn notices_forever(desk: &Desk) {
    loop {
        let sent = notices_run(desk).await.map(|sent| !sent.is_empty());
        if !told("notices", sent) {
            tokio::time::sleep(TICK).await;
        }
    }
}

async fn care_forever(desk: &Desk) {
    loop {
        let done = care_run(desk).await.map(|done| !done.is_empty());
        if !told("care mails", done) {
            tokio::time::sleep(TICK).await;
        }
    }
}

async fn mails_forever(desk: &Desk) {
    loop {
        if !told("mails", mails_run(desk).await.map(|taken| taken > 0)) {
            tokio::time::sleep(TICK).await;
        }
    }
}

async fn reviews_forever(desk: &Desk) {
    loop {
        if !told("reviews", reviews_go_on(desk).await.map(|taken| taken > 0)) {
            tokio::time::sleep(TICK).await;
        }
    }
}

/// A node without a way for notices leaves them to one that has.
async fn reminders_forever(desk: &Desk) {
    loop {
        if !told(
            "reminders to rate",
            reminders_run(desk).await.map(|decided| decided > 0),
        ) {
            tokio::time::sleep(REMINDERS_EVERY).await;
        }
    }
}

/// A node without a way for notices leaves them to one that has.
async fn guides_forever(desk: &Desk) {
    loop {
        let sent = guides_run(desk).await.map(|decided| decided > 0);
        if !told("guides", sent) {
            tokio::time::sleep(GUIDES_EVERY).await;
        }
    }
}

async fn visits_forever(desk: &Desk) {
    loop {
        let planned = visits_run(desk).await.map(|planned| planned > 0);
        if !told("regular visits", planned) {
            tokio::time::sleep(VISITS_EVERY).await;
        }
    }
}

/// Buyers of an earlier version, and those that a node of one still takes in.
async fn addresses_forever(desk: &Desk) {
    loop {
        if !told(
            "addresses of buyers",
            buyers_index(desk).await.map(|done| done > 0),
        ) {
            tokio::time::sleep(PRUNE_EVERY).await;
        }
    }
}

async fn parcels_forever(desk: &Desk) {
    loop {
        if !told("late parcels", parcels_run(desk).await.map(|seen| seen > 0)) {
            tokio::time::sleep(PARCELS_EVERY).await;
        }
    }
}

async fn anchors_forever(desk: &Desk) {
    loop {
        told("anchors", anchors_run(desk).await.map(|()| false));
        tokio::time::sleep(ANCHORS_EVERY).await;
    }
}

async fn prune_forever(desk: &Desk) {
    loop {
        told("pruning", prune_run(desk).await.map(|_| false));
        tokio::time::sleep(PRUNE_EVERY).await;
    }
}

/// Whether anything was done; a fault is told here.
fn told(what: &str, ran: Result<bool, AppError>) -> bool {
    ran.unwrap_or_else(|fault| {
        tracing::warn!(%fault, "{what} could not be run");
        false
    })
}
