//! What simulated buyers do on a case: ship, wait, choose, renew, complain, write, let go.
//!
//! Must not know: what the desk answers. Tests: `tests/it/`.

mod application;

use amends_domain::actor::Role;
use amends_domain::case::assessment::PassedFor;
use amends_domain::case::{Case, Goods, Kind, Parcel, Pickup, Side, Status};
use amends_domain::command::{Command, TextKind};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::money::Money;
use amends_domain::time::Moment;

use crate::aside::Aside;
use crate::catalog::CARRIERS;
use crate::chance::Chance;
use crate::words;
pub use application::{application, call};

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
        text: impl Into<String>,
        build: impl FnOnce(Option<TextRef>) -> Command + Send + 'static,
    ) -> Self {
        Self {
            text: Some(text.into()),
            build: Box::new(build),
        }
    }

    /// A command that cannot do without its text.
    pub(crate) fn said(
        text: impl Into<String>,
        build: impl FnOnce(TextRef) -> Command + Send + 'static,
    ) -> Self {
        Self::texted(text, |text| text.map_or(Command::Refund, build))
    }

    pub(crate) fn words(text: impl Into<String>, kind: TextKind) -> Self {
        Self::said(text, move |text| Command::AddText { kind, text })
    }
}

pub(crate) fn parcel(chance: &mut Chance) -> Parcel {
    let carrier = chance.pick(CARRIERS).copied().unwrap_or_default().to_owned();
    Parcel {
        carrier,
        waybill: format!("{:012}", chance.between(0, 1_000_000_000_000)),
    }
}

/// Whether this buyer would rather have a carrier come: one in five, and the same one always.
pub(crate) fn has_it_fetched(case: &Case) -> bool {
    let one_in_five = Digest::of(&[case.id.to_string().as_bytes()])
        .bytes()
        .first()
        .is_some_and(|byte| byte % 5 == 0);
    one_in_five && case.goods == Some(Goods::ToShip) && case.pickup.is_none()
}

/// Has a carrier come tomorrow, within three hours.
pub(crate) fn pickup(case: &Case, now: Moment) -> Act {
    const HOUR: i64 = 3_600_000;
    let carrier = CARRIERS.first().copied().unwrap_or_default().to_owned();
    let pickup = Pickup {
        carrier,
        from: now.plus_millis(24 * HOUR),
        until: now.plus_millis(27 * HOUR),
        reference: Some(format!("QJ-{}", case.seq)),
    };
    Act::plain(Command::BookPickup { pickup })
}

/// What a buyer does on a case, given where it is; nothing, when he waits.
pub fn act(chance: &mut Chance, case: &Case) -> Option<Act> {
    if let Some(offer) = case.open_offer() {
        let options = i64::try_from(offer.options.len()).unwrap_or(1);
        return Some(answer_offer(chance, case, offer.number, options));
    }
    match case.status() {
        Status::Refused => Some(answer_refusal(chance, case)),
        Status::AwaitingDifference if case.kind == Kind::Repair => Some(Act::plain(Command::Withdraw)),
        Status::AwaitingReturn if chance.percent(4) => Some(Act::plain(Command::Withdraw)),
        Status::AwaitingReturn => Some(Act::plain(Command::ShipReturn {
            parcel: parcel(chance),
        })),
        Status::ReplacementOnTheWay | Status::RepairedOnTheWay => {
            Some(Act::plain(Command::ConfirmReplacement))
        }
        Status::AwaitingDecision | Status::AwaitingAnswer => Some(Act::plain(Command::Withdraw)),
        Status::AwaitingRuling => Some(before_platform(chance, case)),
        Status::OnTrial => Some(end_trial(chance)),
        _ => None,
    }
}

pub(crate) fn end_trial(chance: &mut Chance) -> Act {
    let worked = chance.percent(55);
    let said = if worked {
        words::TRIAL_WORKED
    } else {
        words::TRIAL_FAILED
    };
    let text = words::line(chance, said, "");
    Act::texted(text, move |text| Command::EndTrial { worked, text })
}

fn answer_offer(chance: &mut Chance, case: &Case, offer: u32, options: i64) -> Act {
    if chance.percent(68) {
        // Sometimes an option that is not there, or of an offer that was replaced.
        let last = options + i64::from(chance.percent(4));
        let option = u32::try_from(chance.between(1, last + 1)).unwrap_or(1);
        let offer = if chance.percent(3) { offer + 1 } else { offer };
        return Act::plain(Command::Choose { offer, option });
    }
    let wish = chance.percent(55).then(|| {
        let most = (case.claim.amount / 3).max(3_000);
        Money::clamped(chance.between(1_000, most), case.currency)
    });
    let text = words::line(chance, words::DECLINES, "");
    Act::texted(text, move |text| Command::DeclineOffer { offer, wish, text })
}

fn answer_refusal(chance: &mut Chance, case: &Case) -> Act {
    let half = Money::new((case.claim.amount / 2).max(1), case.currency).ok();
    match chance.weighted(&[40, 35, 25]) {
        0 => {
            let amount = half.filter(|_| case.kind.asks_money() && chance.percent(50));
            let text = words::line(chance, words::RENEWALS, "");
            Act::texted(text, move |text| Command::Renew { amount, text })
        }
        1 => {
            let text = words::line(chance, words::INTERVENTIONS, "");
            Act::texted(text, |text| Command::AskIntervention {
                by: Side::Buyer,
                text,
            })
        }
        _ => Act::plain(Command::Withdraw),
    }
}

/// He says what he has to say, or lets go of what he asked.
fn before_platform(chance: &mut Chance, case: &Case) -> Act {
    if case.dispute_by == Some(Side::Buyer) && chance.percent(25) {
        return Act::plain(Command::WithdrawIntervention);
    }
    let text = words::line(chance, words::STATEMENTS_BUYER, "");
    Act::said(text, |text| Command::SubmitStatement {
        by: Side::Buyer,
        text,
        evidence: Vec::new(),
    })
}

/// What a buyer does beside the course of things.
pub fn beside(chance: &mut Chance, case: &Case, aside: Aside, goods: &str) -> Option<Act> {
    match aside {
        Aside::Word => {
            let text = if chance.percent(45) {
                words::asked(chance, &case.reason, goods)
            } else {
                words::line(chance, words::WORDS, goods)
            };
            Some(Act::words(text, TextKind::Message))
        }
        Aside::Demand => {
            let text = words::line(chance, words::DEMANDS, goods);
            Some(Act::texted(text, |text| Command::PassUp {
                to: Role::Supervisor,
                passed_for: PassedFor::BuyerDemand,
                text,
            }))
        }
        Aside::Supply => Some(Act::plain(Command::Supply {
            goods_intact: [Some(true), Some(false), None][chance.weighted(&[55, 20, 25])],
            photos: chance
                .percent(70)
                .then(|| u32::try_from(chance.between(1, 7)).unwrap_or(1)),
        })),
        Aside::Arrival => Some(Act::plain(Command::ConfirmArrival)),
        _ => None,
    }
}
