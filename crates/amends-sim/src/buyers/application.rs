//! What a buyer asks for, and how: on his order, or by a call without one.
//!
//! Must not know: what the desk answers. Tests: `tests/it/`.

use amends_app::cases::case_open::CaseOpen;
use amends_domain::case::{Channel, Kind};
use amends_domain::command::LineUnits;
use amends_domain::ids::BuyerId;
use amends_domain::money::Money;
use amends_domain::order::{Order, OrderLine, OrderPhase};
use amends_domain::time::Moment;

use super::parcel;
use crate::catalog::{WARES, name_of};
use crate::chance::Chance;
use crate::words;

/// How often a kind is asked for, and for which reasons.
type Wishes = &'static [(i64, Kind, &'static [&'static str])];

const UNSENT: Wishes = &[
    (38, Kind::RefundOnly, &["regret", "late_dispatch", "no_reason"]),
    (18, Kind::Compensation, &["late_dispatch"]),
    (12, Kind::Reissue, &["missing_parts", "wrong_item"]),
    (12, Kind::Consultation, &["usage", "install", "service"]),
    (20, Kind::Complaint, &["late_dispatch", "service", "promise"]),
];
const ON_THE_WAY: Wishes = &[
    (18, Kind::RefundOnly, &["not_received", "lost", "late"]),
    (30, Kind::Compensation, &["lost", "not_received", "late"]),
    // Only by refusing the parcel at the door.
    (20, Kind::ReturnAndRefund, &["damaged", "wrong_item"]),
    (14, Kind::Complaint, &["late", "service"]),
    (12, Kind::Reissue, &["lost", "missing_parts"]),
    (6, Kind::Consultation, &["usage", "install"]),
];
const DELIVERED: Wishes = &[
    (
        32,
        Kind::ReturnAndRefund,
        &[
            "no_reason",
            "no_reason",
            "regret",
            "quality",
            "defective",
            "flawed",
            "not_as_described",
            "size",
            "colour",
            "damaged",
            "wrong_item",
            "counterfeit",
            "false_advertising",
            "production_date",
        ],
    ),
    (
        14,
        Kind::Exchange,
        &["quality", "wrong_item", "not_as_described", "damaged", "size"],
    ),
    (
        12,
        Kind::RefundOnly,
        &["quality", "damaged", "not_as_described", "late"],
    ),
    (28, Kind::Repair, &["quality", "defective"]),
    (10, Kind::Reissue, &["missing_parts", "wrong_item", "damaged"]),
    (
        9,
        Kind::Consultation,
        &["usage", "use", "install", "maintain", "service"],
    ),
    (
        12,
        Kind::Complaint,
        &[
            "quality",
            "service",
            "promise",
            "late",
            "wrong_item",
            "counterfeit",
        ],
    ),
    (1, Kind::Compensation, &["late"]),
];
const LONG_AGO: Wishes = &[
    (60, Kind::Repair, &["quality", "defective"]),
    (14, Kind::Complaint, &["quality", "service"]),
    (11, Kind::ReturnAndRefund, &["quality", "usage"]),
    (15, Kind::Consultation, &["usage", "maintain"]),
];
const ON_THE_PHONE: Wishes = &[
    (
        55,
        Kind::Consultation,
        &["usage", "install", "maintain", "service"],
    ),
    (
        45,
        Kind::Complaint,
        &["service", "promise", "late", "late_dispatch"],
    ),
];

/// Days after which a buyer's goods count as used for long.
const LONG_DAYS: i64 = 16;
const DAY: i64 = 86_400_000;

/// What a buyer asks for on his order; one in ten asks for something that cannot be.
pub fn application(chance: &mut Chance, order: &Order, now: Moment) -> CaseOpen {
    let phase = order.phase();
    let wishes = match (phase, order.delivered_at) {
        (OrderPhase::Delivered, Some(at)) if now.millis() - at.millis() > LONG_DAYS * DAY => LONG_AGO,
        (OrderPhase::Delivered, _) => DELIVERED,
        (OrderPhase::Dispatched, _) => ON_THE_WAY,
        _ => UNSENT,
    };
    let (kind, reason) = drawn(chance, wishes);
    // Only a device is worth a repair; other things come back.
    let kind = if kind == Kind::Repair && !order.lines.iter().any(is_device) {
        Kind::ReturnAndRefund
    } else {
        kind
    };
    let lines = lines(chance, order, kind, reason);
    let amount = (kind.asks_money() && chance.percent(25))
        .then(|| Money::new(chance.between(1, order.paid().minor().max(2)), order.currency).ok())
        .flatten();
    let other = chance.pick(WARES).map(|ware| ware.sku.to_owned());
    let refused = kind == Kind::ReturnAndRefund && phase == OrderPhase::Dispatched;
    let mut open = CaseOpen {
        order: Some(order.id),
        buyer: None,
        kind,
        reason: reason.to_owned(),
        amount,
        replacement_sku: other.filter(|_| kind == Kind::Exchange && chance.percent(70)),
        goods_intact: [Some(true), Some(false), None][chance.weighted(&[70, 10, 20])],
        photos: u32::try_from(chance.between(0, 4)).unwrap_or(0),
        text: chance
            .percent(88)
            .then(|| words::asked(chance, reason, goods(order, &lines))),
        lines,
        new_fault: chance.percent(70),
        refused_parcel: refused.then(|| parcel(chance)),
        channel: [Channel::Page, Channel::Chat, Channel::Email, Channel::File]
            [chance.weighted(&[70, 22, 5, 3])],
    };
    if chance.percent(8) {
        spoil(chance, &mut open, order);
    }
    open
}

/// A call or a letter that names no order: a question, or a complaint.
pub fn call(chance: &mut Chance, buyer: BuyerId) -> CaseOpen {
    let (kind, reason) = drawn(chance, ON_THE_PHONE);
    CaseOpen {
        order: None,
        buyer: Some(buyer),
        kind,
        reason: reason.to_owned(),
        lines: Vec::new(),
        amount: None,
        replacement_sku: None,
        goods_intact: None,
        photos: 0,
        text: Some(words::asked(chance, reason, "东西")),
        new_fault: false,
        refused_parcel: None,
        channel: [Channel::Phone, Channel::Email][chance.weighted(&[80, 20])],
    }
}

fn drawn(chance: &mut Chance, wishes: Wishes) -> (Kind, &'static str) {
    let weights: Vec<i64> = wishes.iter().map(|(weight, _, _)| *weight).collect();
    let at = chance.weighted(&weights);
    wishes
        .get(at)
        .map_or((Kind::RefundOnly, "regret"), |(_, kind, reasons)| {
            (*kind, chance.pick(reasons).copied().unwrap_or("regret"))
        })
}

fn goods(order: &Order, lines: &[LineUnits]) -> &'static str {
    let line = lines.first().and_then(|asked| order.line(asked.line));
    line.map_or("东西", |line| name_of(&line.sku))
}

fn is_device(line: &OrderLine) -> bool {
    ["electronics", "appliance"].contains(&line.category.as_str())
}

fn lines(chance: &mut Chance, order: &Order, kind: Kind, reason: &str) -> Vec<LineUnits> {
    if !kind.is_decided() && chance.percent(35) {
        return Vec::new();
    }
    let short = |line: &&OrderLine| line.units_dispatched.is_some_and(|sent| sent < line.units());
    let missing = order
        .lines
        .iter()
        .find(short)
        .filter(|_| kind == Kind::Reissue || reason == "missing_parts");
    if let Some(line) = missing {
        return vec![LineUnits {
            line: line.id,
            units: 1,
        }];
    }
    let device = order.lines.iter().find(|line| is_device(line));
    if let Some(line) = device.filter(|_| kind == Kind::Repair) {
        return vec![LineUnits {
            line: line.id,
            units: 1,
        }];
    }
    let mut lines: Vec<LineUnits> = Vec::new();
    for line in &order.lines {
        if lines.is_empty() || chance.percent(25) {
            lines.push(LineUnits {
                line: line.id,
                units: units(chance, line.units()),
            });
        }
    }
    lines
}

fn units(chance: &mut Chance, bought: u32) -> u32 {
    u32::try_from(chance.between(1, i64::from(bought) + 1)).unwrap_or(1)
}

/// Asks for what cannot be.
fn spoil(chance: &mut Chance, open: &mut CaseOpen, order: &Order) {
    match chance.between(0, 7) {
        0 => open.lines.iter_mut().for_each(|line| line.units += 50),
        1 => open.amount = Money::new(order.paid().minor() * 3 + 1, order.currency).ok(),
        2 => "没有这个原因".clone_into(&mut open.reason),
        3 => open.lines.clear(),
        4 => open.refused_parcel = Some(parcel(chance)),
        5 => open.replacement_sku = Some("NO-SUCH-WARE".to_owned()),
        _ => open.kind = Kind::Exchange,
    }
}
