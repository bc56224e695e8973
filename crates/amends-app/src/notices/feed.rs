//! The feed: reads what happened in each shop, in the order it became visible, and queues what it tells.
//!
//! A cursor says how far a shop has been told. It moves in the transaction that queues, and only from where
//! it was read: of two nodes on the same events one writes, and a crash begins the page anew.
//! Must not know: what an event tells, how anything is sent. Tests: `amends-api/tests/it/telling.rs`.

use std::collections::{BTreeMap, BTreeSet};

use amends_domain::actor::Actor;
use amends_domain::case::Case;
use amends_domain::case::clock::Clock;
use amends_domain::event::Event;
use amends_domain::ids::{CaseId, TextId};
use amends_domain::policy::set::PolicySet;
use amends_domain::time::{Moment, Zone};
use amends_domain::{State, clock_would_end, evolve};
use amends_store::{Behind, CaseRow, EventRow, ListingRow, ShopRow, StoreError};

use super::catalogue::Catalogue;
use super::render::{Rendered, Scene, render};
use super::settings::NoticeSettings;
use super::telling::{Happening, Known, TradeKnown, tells, texts_named, told};
use super::{NoticeChannel, NoticeRequest, NoticeRow, Recipient, row};
use crate::cases::case_next::facts;
use crate::cases::case_read::policy_set;
use crate::desk::Desk;
use crate::error::AppError;
use crate::orders::listing::Listing;
use crate::orders::parcels::Transit;
use crate::shops::settings::ShopSettings;
use crate::trade::plan::holiday_ahead;

/// Events read at once.
const PAGE: u32 = 200;
/// How far back anything is still told, in milliseconds: who sets up mail today, or was down for a week,
/// does not write to buyers about what is long over.
const TOLD_WITHIN_MILLIS: i64 = 3 * 24 * 3_600_000;

/// Queues what has happened since the last time, in every shop; says whether there was anything. A node
/// without a way for notices leaves it to one that has.
pub async fn notices_feed(desk: &Desk) -> Result<bool, AppError> {
    if desk.couriers.connected().is_empty() {
        return Ok(false);
    }
    let behind = desk.store.notices_behind().await?;
    let mut faults = Vec::new();
    for shop in &behind {
        // One shop's fault holds up no other.
        faults.extend(catch_up(desk, *shop).await.err());
    }
    match faults.into_iter().next() {
        Some(fault) => Err(fault),
        None => Ok(!behind.is_empty()),
    }
}

async fn catch_up(desk: &Desk, behind: Behind) -> Result<(), AppError> {
    let mut from = behind.told;
    loop {
        let page = desk.store.events_after(behind.shop, from, PAGE).await?;
        let last = page.last().map(EventRow::position);
        let more = page.len() >= PAGE as usize;
        let to = match last {
            Some(last) if more => last,
            _ => behind.end(last),
        };
        let rows = written(desk, behind, &page).await?;
        // Somebody else was quicker: he goes on.
        let moved = desk.store.notices_tell(behind.shop, (from, to), &rows).await?;
        if !more || !moved {
            return Ok(());
        }
        from = to;
    }
}

/// A shop as its notices need it.
struct Sender<'a> {
    desk: &'a Desk,
    shop: ShopRow,
    settings: ShopSettings,
    zone: Option<Zone>,
    /// By which ways.
    channels: Vec<NoticeChannel>,
}

impl Sender<'_> {
    fn notices(&self) -> &NoticeSettings {
        &self.settings.notices
    }
}

/// What a page of events comes to.
async fn written(desk: &Desk, behind: Behind, page: &[EventRow]) -> Result<Vec<NoticeRow>, AppError> {
    let since = desk.clock.now().plus_millis(-TOLD_WITHIN_MILLIS);
    let mut wanted: BTreeMap<CaseId, BTreeSet<u64>> = BTreeMap::new();
    for event in page.iter().filter(|event| event.at >= since) {
        // What does not read is for `amends verify` to tell; it holds up nobody's notices.
        if Event::decode(event.version, &event.body).is_ok_and(|event| tells(&event)) {
            wanted.entry(event.case).or_default().insert(event.seq);
        }
    }
    let shop = desk.shop(behind.shop).await?;
    let settings = ShopSettings::parse(&shop.settings)?;
    let connected = desk.couriers.connected();
    let sender = Sender {
        desk,
        zone: Zone::named(&shop.time_zone),
        channels: settings.notices.channels.clone().unwrap_or(connected),
        shop,
        settings,
    };
    let mut rows = Vec::new();
    if sender.channels.is_empty() {
        return Ok(rows);
    }
    for (case, seqs) in wanted {
        match of_case(&sender, case, &seqs).await {
            Ok(more) => rows.extend(more),
            Err(AppError::Store(fault)) if !is_corrupt(&fault) => return Err(fault.into()),
            // Data that does not fit holds up no other case.
            Err(fault) => tracing::warn!(%case, %fault, "what happened to a case could not be told"),
        }
    }
    Ok(rows)
}

fn is_corrupt(fault: &StoreError) -> bool {
    matches!(fault, StoreError::Corrupt { .. })
}

/// A case's events with the case before each and after each commit.
struct History {
    rows: Vec<EventRow>,
    events: Vec<Event>,
    /// The case after each event.
    states: Vec<Case>,
}

impl History {
    async fn read(desk: &Desk, behind: &ShopRow, case: CaseId) -> Result<Self, AppError> {
        let mut rows: Vec<EventRow> = Vec::new();
        loop {
            let after = rows.last().map_or(0, |row| row.seq);
            let more = desk
                .store
                .events_of_case(behind.id, case, after, u32::MAX)
                .await?;
            if more.is_empty() {
                break;
            }
            rows.extend(more);
        }
        let inconsistent = |what: String| AppError::Inconsistent(what);
        let mut state = State::default();
        let (mut events, mut states) = (Vec::new(), Vec::new());
        for row in &rows {
            let event =
                Event::decode(row.version, &row.body).map_err(|fault| inconsistent(fault.to_string()))?;
            evolve(&mut state, &event, row.at);
            let case = state.case.clone();
            states.push(case.ok_or_else(|| inconsistent("a case without its opening".to_owned()))?);
            events.push(event);
        }
        Ok(Self { rows, events, states })
    }

    /// The places of everything in the commit of this one.
    fn commit(&self, at: usize) -> std::ops::Range<usize> {
        let of = |row: &EventRow| row.commit_id;
        let commit = self.rows.get(at).map(of);
        let same = |row: &EventRow| Some(of(row)) == commit;
        let before = self
            .rows
            .iter()
            .take(at)
            .rev()
            .take_while(|row| same(row))
            .count();
        let behind = self.rows.iter().skip(at).take_while(|row| same(row)).count();
        at - before..at + behind
    }
}

async fn of_case(
    sender: &Sender<'_>,
    case: CaseId,
    seqs: &BTreeSet<u64>,
) -> Result<Vec<NoticeRow>, AppError> {
    let desk = sender.desk;
    let case = desk.store.case_by_id(sender.shop.id, case).await?;
    let case = case.ok_or(AppError::NotFound { what: "case" })?;
    let policy = policy_set(desk, sender.shop.id, case.case.policy).await?;
    let history = History::read(desk, &sender.shop, case.case.id).await?;
    let mut rows = Vec::new();
    for (at, row) in history.rows.iter().enumerate() {
        if seqs.contains(&row.seq) {
            for request in requests(sender, &case, &policy, &history, at).await? {
                rows.extend(on_channels(sender, &policy, &request)?);
            }
        }
    }
    Ok(rows)
}

/// What one event tells.
async fn requests(
    sender: &Sender<'_>,
    case: &CaseRow,
    policy: &PolicySet,
    history: &History,
    at: usize,
) -> Result<Vec<NoticeRequest>, AppError> {
    let missing = || AppError::Inconsistent("an event that is not there".to_owned());
    let row = history.rows.get(at).ok_or_else(missing)?;
    let event = history.events.get(at).ok_or_else(missing)?;
    let commit = history.commit(at);
    let together = history.events.get(commit.clone()).ok_or_else(missing)?;
    let after = history.states.get(commit.end - 1).ok_or_else(missing)?;
    let before = at.checked_sub(1).and_then(|at| history.states.get(at));
    let actor: Actor =
        serde_json::from_str(&row.actor).map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let mut known = Known {
        number: u64::try_from(case.number).unwrap_or_default(),
        return_address: sender.settings.return_address.clone(),
        ..Known::default()
    };
    known.texts = texts(sender, &texts_named(event, before)).await?;
    known.person = match (event, actor) {
        (Event::Assigned { .. }, Actor::Person { id, .. }) => {
            let person = sender.desk.store.person_by_id(id).await?;
            person.map(|person| person.display_name)
        }
        _ => None,
    };
    ahead(sender, policy, event, after, row.at, &mut known).await?;
    known.trade = trade(sender, policy, after).await?;
    let happening = Happening {
        event,
        actor,
        before,
        after,
        together,
        known,
    };
    let request = |told: super::telling::Told| NoticeRequest {
        shop: sender.shop.id,
        case: case.case.id,
        seq: row.seq,
        code: told.code.to_owned(),
        to: told.to,
        args: told.args,
        language: None,
    };
    Ok(told(&happening).into_iter().map(request).collect())
}

async fn texts(sender: &Sender<'_>, ids: &[TextId]) -> Result<BTreeMap<TextId, String>, AppError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = sender.desk.store.texts_by_ids(sender.shop.id, ids).await?;
    let bodies = rows.into_iter().filter_map(|row| Some((row.id, row.body?)));
    Ok(bodies.collect())
}

/// What is to be expected: when money arrives, when somebody who is called answers.
async fn ahead(
    sender: &Sender<'_>,
    policy: &PolicySet,
    event: &Event,
    after: &Case,
    at: Moment,
    known: &mut Known,
) -> Result<(), AppError> {
    let money = matches!(
        event,
        Event::Approved { .. }
            | Event::RefundOrdered { .. }
            | Event::RefundPaid { .. }
            | Event::RefundRecorded { .. }
    );
    let called = matches!(
        event,
        Event::ClockExpired { .. } | Event::RefundFailed { .. } | Event::Escalated { .. }
    );
    if !money && !called {
        return Ok(());
    }
    let (facts, ledger) = facts(sender.desk, sender.shop.id, after).await?;
    let state = State {
        case: Some(after.clone()),
        ledger,
    };
    let ends = |clock| clock_would_end(&state, &facts, policy, clock, at);
    if called {
        known.answered_by = ends(Clock::UpwardAnswer);
        return Ok(());
    }
    // A way of payment of which no clock is kept is one where money is there at once.
    let measured = policy.clock(Clock::MoneyArrival).is_some();
    known.arrives = ends(Clock::MoneyArrival).or_else(|| measured.then_some(at));
    known.payment_method = facts.order.map_or_else(String::new, |order| order.payment_method);
    Ok(())
}

/// What the buyer of an order that is followed up is told of it.
async fn trade(
    sender: &Sender<'_>,
    policy: &PolicySet,
    after: &Case,
) -> Result<Option<TradeKnown>, AppError> {
    let (Some(_), Some(order)) = (&after.trade, after.order) else {
        return Ok(None);
    };
    let row = sender.desk.store.order_by_id(sender.shop.id, order).await?;
    let row = row.ok_or(AppError::NotFound { what: "order" })?;
    let kept = sender.desk.store.listings_of_order(sender.shop.id, order).await?;
    let page = |row: &ListingRow| Ok((row.line, Listing::read(&row.body)?.address));
    let pages = kept.iter().map(page).collect::<Result<_, AppError>>()?;
    Ok(Some(TradeKnown {
        pages,
        order: row.order,
        accounts: sender.settings.pay_accounts.clone(),
        sent_within: policy.clock(Clock::OrderDispatch).map(|(_, terms)| terms.length),
        holiday: holiday_ahead(sender.desk, &sender.shop, policy)?,
        transit: Transit::of(&sender.settings, Some(policy)),
    }))
}

/// What is told beside the events of cases, one row a channel; none where this node has no way for notices.
pub(crate) fn notices_written(
    desk: &Desk,
    shop: &ShopRow,
    policy: &PolicySet,
    request: &NoticeRequest,
) -> Result<Vec<NoticeRow>, AppError> {
    let settings = ShopSettings::parse(&shop.settings)?;
    let connected = desk.couriers.connected();
    let sender = Sender {
        desk,
        zone: Zone::named(&shop.time_zone),
        channels: settings.notices.channels.clone().unwrap_or(connected),
        shop: shop.clone(),
        settings,
    };
    on_channels(&sender, policy, request)
}

/// A notice in words, one row a channel. One that cannot be written whole is kept as failed, with the
/// reason.
fn on_channels(
    sender: &Sender<'_>,
    policy: &PolicySet,
    request: &NoticeRequest,
) -> Result<Vec<NoticeRow>, AppError> {
    // The shop knows mail addresses of its people, no telephones.
    let people = !matches!(request.to, Recipient::Buyer | Recipient::Order(_));
    let channels = sender.channels.iter().copied();
    let channels: Vec<NoticeChannel> = channels
        .filter(|channel| !people || *channel == NoticeChannel::Mail)
        .collect();
    if channels.is_empty() {
        return Ok(Vec::new());
    }
    let language = request.language.unwrap_or(sender.notices().language);
    let catalogue = Catalogue::shipped().map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let written: Result<Rendered, String> = match &sender.zone {
        Some(zone) => {
            let scene = Scene {
                language,
                zone,
                policy,
            };
            render(catalogue, &request.code, &request.args, &scene).map_err(|fault| fault.to_string())
        }
        None => Err(format!("{:?} is not a time zone", sender.shop.time_zone)),
    };
    let now = sender.desk.clock.now();
    let rows = channels.into_iter();
    Ok(rows
        .map(|channel| row(request, channel, language, &written, now))
        .collect())
}
