//! Takes in what carriers say about parcels to buyers: an order's dispatch and its delivery move on,
//! never back. Nothing else of an event is kept yet.
//!
//! `in_transit` tells that a parcel has left when nobody told before; `returned` and `exception`
//! change nothing.
//! Must not know: file forms. Tests: `amends/tests/it/imports.rs`.

use std::collections::HashMap;

use amends_domain::ids::ShopId;
use amends_domain::order::Order;
use amends_domain::time::Moment;
use amends_store::OrderMoments;

use super::draft::in_order;
use super::order_import::LOOKED_UP;
use crate::desk::Desk;
use crate::error::AppError;

/// What a carrier saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelState {
    /// It left the shop.
    Dispatched,
    /// It is on its way.
    InTransit,
    /// It was signed for.
    Delivered,
    /// It came back to the shop.
    Returned,
    /// Something went wrong on the way.
    Exception,
}

/// One event of a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelEvent {
    /// The order's number.
    pub order: String,
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
}

/// Takes events in; when some are wrong, nothing is written and each comes back with its place.
pub(super) async fn track(
    desk: &Desk,
    shop: ShopId,
    events: &[ParcelEvent],
) -> Result<(Tracked, Vec<(usize, Problem)>), AppError> {
    let mut by_order: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, event) in events.iter().enumerate() {
        by_order.entry(&event.order).or_default().push(at);
    }
    let mut numbers: Vec<&str> = by_order.keys().copied().collect();
    numbers.sort_unstable();
    let (mut moved, mut bad) = (Vec::new(), Vec::new());
    for chunk in numbers.chunks(LOOKED_UP) {
        let asked = chunk.iter().copied().filter(|number| !number.contains('\0'));
        let rows = desk.store.orders_by_numbers(shop, asked).await?;
        let rows: HashMap<&str, &Order> = rows
            .iter()
            .map(|row| (row.order.number.as_str(), &row.order))
            .collect();
        for number in chunk {
            let places = by_order.get(number).map_or(&[][..], Vec::as_slice);
            match rows.get(number) {
                None => bad.extend(places.iter().map(|at| (*at, Problem::NoOrder))),
                Some(order) => match moments(order, events, places) {
                    Ok(moments) => moved.extend(moments),
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
    desk.store.orders_insert(shop, &[], &moved).await?;
    Ok((Tracked { events, orders_moved }, bad))
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
