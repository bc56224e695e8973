//! Files of carriers' events, JSONL or CSV, taken in whole or not at all.
//!
//! Must not know: what an event does to an order. Tests: `amends/tests/it/imports.rs`.

use amends_domain::case::Parcel;
use serde::Deserialize;

use super::file::cells::{self, Reading};
use super::file::entries::located;
use super::file::faults::{Faults, Place, Wrong};
use super::file::rows::Sheet;
use super::file::{FileText, Form};
use super::limits::ORDER_LINES_MAX;
use super::tracking::{PARCEL_TOO_LONG, ParcelEvent, ParcelState, Problem, Tracked, track};
use crate::ShopRow;
use crate::desk::Desk;
use crate::error::AppError;

const ORDER: &[&str] = &["订单编号", "订单号", "order"];
const WAYBILL: &[&str] = &["运单号", "物流单号", "waybill"];
const CARRIER: &[&str] = &["快递公司", "物流公司", "carrier"];
const AT: &[&str] = &["时间", "at"];
const STATE: &[&str] = &["状态", "state"];
const STATES: &str =
    "dispatched 已发货, in_transit 运输中, delivered 已签收, returned 已退回, exception 异常";

/// One line of JSONL. What is beside these fields (such as a text) is not kept, and passed over.
#[derive(Deserialize)]
struct JsonEvent {
    #[serde(default)]
    order: String,
    #[serde(default)]
    waybill: String,
    #[serde(default)]
    carrier: String,
    at: String,
    state: String,
}

/// Reads a file of events and takes them in; with faults, nothing.
pub async fn tracking_file_import(
    desk: &Desk,
    shop: &ShopRow,
    file: &FileText,
    reading: &Reading,
) -> Result<Result<Tracked, Faults>, AppError> {
    let mut read = EventsRead::default();
    match file.form {
        Form::Csv => csv(&file.text, reading, &mut read),
        Form::Json | Form::Jsonl => jsonl(&file.text, reading, &mut read),
    }
    if read.faults.is_empty() && read.events.is_empty() {
        read.faults.add(Place::File, "", Wrong::Empty);
    }
    if !read.faults.is_empty() {
        return Ok(Err(read.faults));
    }
    let (tracked, bad) = track(desk, shop, &read.events).await?;
    for (at, problem) in bad {
        let place = read.places.get(at).map_or(Place::File, |line| Place::Line(*line));
        let number = read
            .events
            .get(at)
            .map(|event| event.order.clone())
            .unwrap_or_default();
        let (field, wrong) = match problem {
            Problem::NoOrder => ("order", Wrong::NoOrder { number }),
            Problem::Moment(reason) => ("at", Wrong::Order(reason)),
            Problem::Parcel => ("waybill", Wrong::Order(PARCEL_TOO_LONG.to_owned())),
        };
        read.faults.add(place, field, wrong);
    }
    Ok(if read.faults.is_empty() {
        Ok(tracked)
    } else {
        Err(read.faults)
    })
}

#[derive(Default)]
struct EventsRead {
    events: Vec<ParcelEvent>,
    /// The line of each event.
    places: Vec<u64>,
    lines: usize,
    faults: Faults,
}

/// What a line says, as text.
struct Said<'a> {
    order: &'a str,
    waybill: &'a str,
    carrier: &'a str,
    at: &'a str,
    state: &'a str,
}

impl EventsRead {
    /// Whether one more line may be read.
    fn has_room(&mut self) -> bool {
        self.lines += 1;
        if self.lines <= ORDER_LINES_MAX {
            return true;
        }
        self.faults = Faults::one(Place::File, "", Wrong::TooManyLines);
        false
    }

    fn add(&mut self, line: u64, said: &Said<'_>, reading: &Reading) {
        let mut fault = |field, wrong| self.faults.add(Place::Line(line), field, wrong);
        let order = match said.order {
            "" if !said.waybill.is_empty() => Err(Wrong::WaybillAlone),
            "" => Err(Wrong::Missing),
            order => cells::code(order),
        };
        let order = order.map_err(|wrong| fault("order", wrong));
        let mut named = |field, text| cells::code(text).map_err(|wrong| fault(field, wrong));
        let parcel = match (said.carrier, said.waybill) {
            ("", _) | (_, "") => Ok(None),
            (carrier, waybill) => named("carrier", carrier)
                .and_then(|carrier| Ok((carrier, named("waybill", waybill)?)))
                .map(|(carrier, waybill)| Some(Parcel { carrier, waybill })),
        };
        let at = cells::moment(said.at, reading).map_err(|wrong| fault("at", wrong));
        let state = state(said.state).map_err(|wrong| fault("state", wrong));
        if let (Ok(order), Ok(parcel), Ok(at), Ok(state)) = (order, parcel, at, state) {
            self.events.push(ParcelEvent {
                order,
                parcel,
                at,
                state,
            });
            self.places.push(line);
        }
    }
}

fn state(word: &str) -> Result<ParcelState, Wrong> {
    match word {
        "dispatched" | "已发货" | "已揽收" => Ok(ParcelState::Dispatched),
        "in_transit" | "运输中" | "派送中" => Ok(ParcelState::InTransit),
        "delivered" | "已签收" => Ok(ParcelState::Delivered),
        "returned" | "已退回" => Ok(ParcelState::Returned),
        "exception" | "异常" => Ok(ParcelState::Exception),
        _ => Err(Wrong::Word {
            word: word.chars().take(40).collect(),
            known: STATES,
        }),
    }
}

fn jsonl(text: &str, reading: &Reading, read: &mut EventsRead) {
    let lines = (1..).zip(text.lines());
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        if !read.has_room() {
            return;
        }
        match located::<JsonEvent>(line) {
            Ok(event) => {
                let said = Said {
                    order: event.order.trim(),
                    waybill: event.waybill.trim(),
                    carrier: event.carrier.trim(),
                    at: event.at.trim(),
                    state: event.state.trim(),
                };
                read.add(number, &said, reading);
            }
            Err((field, wrong)) => read.faults.add(Place::Line(number), field, wrong),
        }
    }
}

fn csv(text: &str, reading: &Reading, read: &mut EventsRead) {
    let Some(mut sheet) = Sheet::open(text, &mut read.faults) else {
        return;
    };
    let columns = [ORDER, AT, STATE, WAYBILL, CARRIER].map(|names| sheet.positions(names));
    for (names, at) in [(ORDER, &columns[0]), (AT, &columns[1]), (STATE, &columns[2])] {
        if at.is_empty() {
            let field = names.first().copied().unwrap_or_default();
            read.faults
                .add(Place::Line(1), field, Wrong::NoColumn(names.join(", ")));
        }
    }
    if !read.faults.is_empty() {
        return;
    }
    while let Some(row) = sheet.next(&mut read.faults) {
        if !read.has_room() {
            return;
        }
        let [order, at, state, waybill, carrier] = [0, 1, 2, 3, 4].map(|column: usize| {
            let at = columns.get(column).map_or(&[][..], Vec::as_slice);
            row.first(at).map_or("", |(_, cell)| cell)
        });
        let line = row.line;
        let said = Said {
            order,
            waybill,
            carrier,
            at,
            state,
        };
        read.add(line, &said, reading);
    }
}
