//! Takes in what carriers say about parcels to buyers: an order's dispatch and its delivery move on,
//! never back; and each parcel that is named is watched until it arrives.
//!
//! `in_transit` tells that a parcel has left when nobody told before; `returned` and `exception`
//! move no order.
//! Must not know: file forms. Tests: `amends/tests/it/imports.rs`.

use std::collections::{BTreeMap, HashMap};

use amends_domain::case::Parcel;
use amends_domain::command::{CARRIER_CHARS_MAX, WAYBILL_CHARS_MAX};
use amends_domain::ids::OrderId;
use amends_domain::order::Order;
use amends_domain::time::Moment;
pub use amends_store::ParcelState;
use amends_store::{OrderMoments, ParcelRow, ShopRow};

use super::draft::in_order;
use super::order_import::LOOKED_UP;
use super::parcels::due_at;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};

/// What is wrong with a carrier or a waybill.
pub(super) const PARCEL_TOO_LONG: &str = "carrier and waybill have at most 64 characters each";

/// One event of a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelEvent {
    /// The order's number.
    pub order: String,
    /// Which parcel of it: carrier and waybill, where both are said.
    pub parcel: Option<Parcel>,
    /// When.
    pub at: Moment,
    /// What.
    pub state: ParcelState,
}

/// What taking events in did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tracked {
    /// Events in all.
    pub events: usize,
    /// Orders that moved on.
    pub orders_moved: usize,
}

/// What is wrong with an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// There is no such order.
    NoOrder,
    /// It does not fit the order's other moments.
    Moment(String),
    /// Its carrier or waybill is longer than either can be.
    Parcel,
}

/// Takes in what a shop's system hands over about parcels: all of it, or nothing.
pub async fn tracking_import(
    desk: &Desk,
    staff: &Staff,
    events: &[ParcelEvent],
) -> Result<Tracked, AppError> {
    staff.require(Right::Orders)?;
    let shop = desk.shop(staff.shop).await?;
    let (tracked, bad) = track(desk, &shop, events).await?;
    let Some((at, problem)) = bad.into_iter().next() else {
        return Ok(tracked);
    };
    let said = match problem {
        Problem::NoOrder => "there is no order of this number".to_owned(),
        Problem::Moment(said) => said,
        Problem::Parcel => PARCEL_TOO_LONG.to_owned(),
    };
    let reason = Reason::Other(format!("event {}: {said}", at + 1));
    Err(AppError::Invalid {
        field: "events",
        reason,
    })
}

/// Takes events in; when some are wrong, nothing is written and each comes back with its place.
pub(super) async fn track(
    desk: &Desk,
    shop: &ShopRow,
    events: &[ParcelEvent],
) -> Result<(Tracked, Vec<(usize, Problem)>), AppError> {
    let mut by_order: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, event) in events.iter().enumerate() {
        by_order.entry(&event.order).or_default().push(at);
    }
    let mut numbers: Vec<&str> = by_order.keys().copied().collect();
    numbers.sort_unstable();
    let too_long = |parcel: &Parcel| {
        parcel.carrier.chars().count() > CARRIER_CHARS_MAX
            || parcel.waybill.chars().count() > WAYBILL_CHARS_MAX
            || parcel.carrier.contains('\0')
            || parcel.waybill.contains('\0')
    };
    let bad = (0..)
        .zip(events)
        .filter(|(_, event)| event.parcel.as_ref().is_some_and(too_long));
    let mut bad: Vec<(usize, Problem)> = bad.map(|(at, _)| (at, Problem::Parcel)).collect();
    let (mut moved, mut parcels) = (Vec::new(), Vec::new());
    for chunk in numbers.chunks(LOOKED_UP) {
        let asked = chunk.iter().copied().filter(|number| !number.contains('\0'));
        let rows = desk.store.orders_by_numbers(shop.id, asked).await?;
        let rows: HashMap<&str, &Order> = rows
            .iter()
            .map(|row| (row.order.number.as_str(), &row.order))
            .collect();
        for number in chunk {
            let places = by_order.get(number).map_or(&[][..], Vec::as_slice);
            match rows.get(number) {
                None => bad.extend(places.iter().map(|at| (*at, Problem::NoOrder))),
                Some(order) => match moments(order, events, places) {
                    Ok(moments) => {
                        moved.extend(moments);
                        parcels.extend(latest(order.id, events, places));
                    }
                    Err(problem) => bad.push(problem),
                },
            }
        }
    }
    bad.sort_by_key(|(at, _)| *at);
    if !bad.is_empty() {
        return Ok((Tracked::default(), bad));
    }
    let (events, orders_moved) = (events.len(), moved.len());
    desk.store.orders_insert(shop.id, &[], &moved).await?;
    for (order, sent_at, event) in parcels {
        watch(desk, shop, order, sent_at, event).await?;
    }
    Ok((Tracked { events, orders_moved }, bad))
}

/// Of each parcel that is named its first sign of moving and its latest event.
fn latest<'a>(
    order: OrderId,
    events: &'a [ParcelEvent],
    places: &[usize],
) -> Vec<(OrderId, Moment, &'a ParcelEvent)> {
    let mut parcels: BTreeMap<&str, (Moment, &ParcelEvent)> = BTreeMap::new();
    for event in places.iter().filter_map(|at| events.get(*at)) {
        let Some(parcel) = &event.parcel else { continue };
        let known = parcels.entry(&parcel.waybill).or_insert((event.at, event));
        known.0 = known.0.min(event.at);
        if event.at >= known.1.at {
            known.1 = event;
        }
    }
    let parcels = parcels.into_values();
    parcels.map(|(sent_at, event)| (order, sent_at, event)).collect()
}

/// Puts down how far a parcel got. What its carrier calls an exception is late at once.
async fn watch(
    desk: &Desk,
    shop: &ShopRow,
    order: OrderId,
    sent_at: Moment,
    event: &ParcelEvent,
) -> Result<(), AppError> {
    let Some(Parcel { carrier, waybill }) = event.parcel.clone() else {
        return Ok(());
    };
    let known = desk.store.parcels_of_order(shop.id, order).await?;
    let known = known.iter().find(|row| row.waybill == waybill);
    let sent_at = known.map_or(sent_at, |row| row.sent_at.min(sent_at));
    let due_at = match event.state {
        ParcelState::Delivered | ParcelState::Returned => None,
        ParcelState::Exception => Some(event.at),
        ParcelState::Dispatched | ParcelState::InTransit => due_at(desk, shop, &carrier, sent_at).await?,
    };
    let row = ParcelRow {
        shop: shop.id,
        order,
        waybill,
        carrier,
        state: event.state,
        seen_at: event.at,
        sent_at,
        due_at,
        case: None,
    };
    Ok(desk.store.parcel_put(&row).await?)
}

/// How far the events bring an order; nothing when they are no news.
fn moments(
    order: &Order,
    events: &[ParcelEvent],
    places: &[usize],
) -> Result<Option<OrderMoments>, (usize, Problem)> {
    let mut moved = OrderMoments {
        order: order.id,
        paid_at: None,
        dispatched_at: order.dispatched_at,
        delivered_at: order.delivered_at,
        cancelled_at: None,
        units_dispatched: Vec::new(),
    };
    let known = moved.clone();
    let mut first_on_the_way: Option<Moment> = None;
    for at in places {
        let Some(event) = events.get(*at) else {
            continue;
        };
        if event.at < order.since() {
            let reason = format!("{} is before order {} was paid", event.at, order.number);
            return Err((*at, Problem::Moment(reason)));
        }
        match event.state {
            ParcelState::Dispatched => moved.dispatched_at = moved.dispatched_at.max(Some(event.at)),
            ParcelState::Delivered => moved.delivered_at = moved.delivered_at.max(Some(event.at)),
            ParcelState::InTransit => {
                let earliest = first_on_the_way.map_or(event.at, |first| first.min(event.at));
                first_on_the_way = Some(earliest);
            }
            ParcelState::Returned | ParcelState::Exception => {}
        }
    }
    moved.dispatched_at = moved.dispatched_at.or(first_on_the_way);
    in_order(order.since(), moved.dispatched_at, moved.delivered_at).map_err(|fault| {
        let at = places.last().copied().unwrap_or_default();
        (at, Problem::Moment(format!("order {}: {fault}", order.number)))
    })?;
    Ok((moved != known).then_some(moved))
}
