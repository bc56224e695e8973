//! What simulated buyers do: apply, sometimes wrongly; ship, wait, renew, complain, let go.
//!
//! Must not know: what the desk answers. Tests: `tests/it/`.

use amends_app::cases::case_open::CaseOpen;
use amends_domain::case::{Case, Channel, Kind, Parcel, Status};
use amends_domain::command::{Command, LineUnits};
use amends_domain::digest::TextRef;
use amends_domain::money::Money;
use amends_domain::order::{Order, OrderPhase};

use crate::catalog::{CARRIERS, WARES};
use crate::chance::Chance;

/// A command waiting for the reference of its text.
pub type Build = Box<dyn FnOnce(Option<TextRef>) -> Command + Send>;

/// A command with what its giver writes.
pub struct Act {
    /// The text, if any.
    pub text: Option<String>,
    /// The command.
    pub build: Build,
}

impl Act {
    pub(crate) fn plain(command: Command) -> Self {
        Self {
            text: None,
            build: Box::new(move |_| command),
        }
    }

    pub(crate) fn texted(
        text: &str,
        build: impl FnOnce(Option<TextRef>) -> Command + Send + 'static,
    ) -> Self {
        Self {
            text: Some(text.to_owned()),
            build: Box::new(build),
        }
    }
}

pub(crate) fn parcel(chance: &mut Chance) -> Parcel {
    let carrier = chance.pick(CARRIERS).copied().unwrap_or_default().to_owned();
    Parcel {
        carrier,
        waybill: format!("{:012}", chance.between(0, 1_000_000_000_000)),
    }
}

/// What a buyer asks for on his order; one in ten asks for something that cannot be.
pub fn application(chance: &mut Chance, order: &Order) -> CaseOpen {
    let kind = match order.phase() {
        OrderPhase::Delivered => {
            [Kind::ReturnAndRefund, Kind::Exchange, Kind::RefundOnly][chance.weighted(&[55, 22, 23])]
        }
        _ => Kind::RefundOnly,
    };
    let reasons: &[&str] = match (kind, order.phase()) {
        (_, OrderPhase::Paid | OrderPhase::Dispatched) => &["late_dispatch", "not_received", "regret"],
        (Kind::Exchange, _) => &["quality", "wrong_item", "not_as_described", "damaged"],
        _ => &[
            "no_reason",
            "quality",
            "not_as_described",
            "damaged",
            "wrong_item",
            "regret",
        ],
    };
    let mut lines: Vec<LineUnits> = Vec::new();
    for line in &order.lines {
        if lines.is_empty() || chance.percent(25) {
            lines.push(LineUnits {
                line: line.id,
                units: units(chance, line.units()),
            });
        }
    }
    let amount = (kind != Kind::Exchange && chance.percent(25))
        .then(|| Money::new(chance.between(1, order.paid().minor().max(2)), order.currency).ok())
        .flatten();
    let other = chance.pick(WARES).map(|ware| ware.sku.to_owned());
    let mut open = CaseOpen {
        order: Some(order.id),
        buyer: None,
        kind,
        reason: chance.pick(reasons).copied().unwrap_or("regret").to_owned(),
        lines,
        amount,
        replacement_sku: other.filter(|_| kind == Kind::Exchange && chance.percent(40)),
        goods_intact: [Some(true), Some(false), None][chance.weighted(&[70, 10, 20])],
        photos: u32::try_from(chance.between(0, 4)).unwrap_or(0),
        text: chance
            .percent(60)
            .then(|| "东西和我想的不一样，麻烦处理一下。".to_owned()),
        new_fault: true,
        refused_parcel: None,
        channel: Channel::Page,
    };
    if chance.percent(10) {
        spoil(chance, &mut open, order);
    }
    open
}

fn units(chance: &mut Chance, bought: u32) -> u32 {
    u32::try_from(chance.between(1, i64::from(bought) + 1)).unwrap_or(1)
}

/// Asks for what cannot be.
fn spoil(chance: &mut Chance, open: &mut CaseOpen, order: &Order) {
    match chance.between(0, 5) {
        0 => open.lines.iter_mut().for_each(|line| line.units += 50),
        1 => open.amount = Money::new(order.paid().minor() * 3 + 1, order.currency).ok(),
        2 => "没有这个原因".clone_into(&mut open.reason),
        3 => open.lines.clear(),
        _ => open.kind = Kind::Exchange,
    }
}

/// What a buyer does on a case, given where it is; nothing, when he waits.
pub fn act(chance: &mut Chance, case: &Case) -> Option<Act> {
    match case.status() {
        Status::Refused => Some(answer_refusal(chance, case)),
        Status::AwaitingReturn => Some(Act::plain(Command::ShipReturn {
            parcel: parcel(chance),
        })),
        Status::ReplacementOnTheWay => Some(Act::plain(Command::ConfirmReplacement)),
        Status::AwaitingDecision => Some(Act::plain(Command::Withdraw)),
        _ => None,
    }
}

fn answer_refusal(chance: &mut Chance, case: &Case) -> Act {
    let half = Money::new((case.claim.amount / 2).max(1), case.currency).ok();
    match chance.weighted(&[40, 35, 25]) {
        0 => {
            let amount = if case.kind == Kind::Exchange || chance.percent(50) {
                None
            } else {
                half
            };
            Act::texted("照片重新拍过了，请再看看。", move |text| {
                Command::Renew { amount, text }
            })
        }
        1 => Act::texted("协商不下来，请平台介入。", |text| {
            Command::AskIntervention { text }
        }),
        _ => Act::plain(Command::Withdraw),
    }
}
