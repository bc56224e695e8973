//! What an event tells, and whom: a function from what happened to notices.
//!
//! Figures come from the events and the case, which have them from the policy: none stands here.
//! Must not know: databases, words, ways. Tests: `amends-api/tests/it/telling.rs`, and beside the code.

mod buyer;
mod dispute;
mod staff;
mod trade;
mod warranty;

use std::collections::BTreeMap;

use amends_domain::actor::{Actor, Role};
use amends_domain::case::Case;
use amends_domain::case::clock::{Clock, ClockRun};
use amends_domain::command::TextKind;
use amends_domain::event::Event;
use amends_domain::ids::{LineId, TextId};
use amends_domain::money::Money;
use amends_domain::order::Order;
use amends_domain::policy::ClauseId;
use amends_domain::time::{Length, Moment};

use super::{Arg, Recipient};
use crate::orders::parcels::Transit;
use crate::shops::settings::PayAccount;
use crate::trade::plan::Holiday;

/// Ways of payment that have words of their own; of any other it is the account the buyer paid from.
const METHODS: &[&str] = &[
    "alipay",
    "alipay_balance",
    "huabei",
    "wechat",
    "credit_card",
    "debit_card",
    "bank_transfer",
];

/// An event with what lies around it.
pub(super) struct Happening<'a> {
    /// The event.
    pub(super) event: &'a Event,
    /// Who made it happen.
    pub(super) actor: Actor,
    /// The case just before it; none before its opening.
    pub(super) before: Option<&'a Case>,
    /// The case once everything of the same commit had happened.
    pub(super) after: &'a Case,
    /// Everything of the same commit, in order, this event among it.
    pub(super) together: &'a [Event],
    /// What is known beside the case.
    pub(super) known: Known,
}

/// What is known beside the case.
#[derive(Default)]
pub(super) struct Known {
    /// The case's number in the shop.
    pub(super) number: u64,
    /// Where returns go; empty where the shop has not said.
    pub(super) return_address: String,
    /// How the order was paid.
    pub(super) payment_method: String,
    /// When money that leaves now should have arrived, where the policy says how long it takes.
    pub(super) arrives: Option<Moment>,
    /// When somebody who is called now has to answer, where the policy says so.
    pub(super) answered_by: Option<Moment>,
    /// Texts the event or the case refers to, unless erased.
    pub(super) texts: BTreeMap<TextId, String>,
    /// What the person who made it happen is called.
    pub(super) person: Option<String>,
    /// What is known of the order that is followed up.
    pub(super) trade: Option<TradeKnown>,
}

/// What is known of an order that is followed up.
pub(super) struct TradeKnown {
    /// The order.
    pub(super) order: Order,
    /// Where it can be paid to.
    pub(super) accounts: Vec<PayAccount>,
    /// How soon it is sent once it is paid, where the policy says so.
    pub(super) sent_within: Option<Length>,
    /// The holiday that the buyer is to be told of.
    pub(super) holiday: Option<Holiday>,
    /// How long carriers take.
    pub(super) transit: Transit,
    /// Where the pages of its lines stand, as far as they were kept.
    pub(super) pages: BTreeMap<LineId, String>,
}

/// A notice before it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) code: &'static str,
    pub(super) to: Recipient,
    pub(super) args: BTreeMap<String, Arg>,
}

/// Whether an event may tell anybody anything: what comes often and tells nothing is passed over before
/// its case is read.
pub(super) fn tells(event: &Event) -> bool {
    !matches!(
        event,
        Event::ClockStarted { .. }
            | Event::ClockStopped { .. }
            | Event::TextAdded {
                kind: TextKind::Note | TextKind::Message,
                ..
            }
            | Event::ContactLogged { .. }
            | Event::Tagged { .. }
            | Event::Assessed { .. }
            | Event::AbuseContested { .. }
            | Event::ReplyDue
            | Event::Replied
            | Event::Supplied { .. }
            | Event::Found { .. }
            | Event::ArrivalAwaited
            | Event::MoneyArrived
            | Event::RefundDue { .. }
            | Event::RefundRetried { .. }
            | Event::RefundUnknown { .. }
            | Event::PromiseKept { .. }
            | Event::PassedAnswered { .. }
            | Event::FollowUpDue
            | Event::FollowUpRecorded { .. }
            | Event::ReviewJudged { .. }
            | Event::ReviewEnded { .. }
            | Event::ReviewExplained { .. }
            | Event::ExplanationPublished { .. }
            | Event::OrderLetterAnswered
            | Event::NonPaymentReported(_)
    )
}

/// Everything an event tells.
pub(super) fn told(happening: &Happening<'_>) -> Vec<Told> {
    let mut told = buyer::told(happening);
    told.extend(staff::told(happening));
    told.extend(dispute::told(happening));
    told.extend(trade::told(happening));
    told.extend(warranty::told(happening));
    told
}

/// Texts that what an event tells may name.
pub(super) fn texts_named(event: &Event, before: Option<&Case>) -> Vec<TextId> {
    let promise = |number: u32| {
        let promise = before.and_then(|case| case.promises.get(&number));
        promise.map(|promise| promise.text)
    };
    let named = match event {
        Event::Refused { text, .. }
        | Event::Inspected { text, .. }
        | Event::EvidenceAsked { text, .. }
        | Event::Offered { text, .. }
        | Event::OfferDeclined { text, .. } => vec![*text],
        Event::ReviewReceived(given) => vec![given.text],
        Event::Resolved { text }
        | Event::Promised { text, .. }
        | Event::StatementSubmitted { text, .. }
        | Event::AbuseSettled { text, .. }
        | Event::Appealed { text, .. } => vec![Some(*text)],
        Event::AbuseNoted(noted) => vec![Some(noted.grounds)],
        Event::PromiseMoved {
            promise: number,
            text,
            ..
        } => vec![Some(*text), promise(*number)],
        Event::ClockWarned {
            clock: Clock::Promise,
        } => {
            let next = before.and_then(Case::next_promise);
            vec![next.map(|(_, promise)| promise.text)]
        }
        _ => Vec::new(),
    };
    named.into_iter().flatten().map(|text| text.id).collect()
}

/// A code with its arguments.
struct Notice(Told);

impl Happening<'_> {
    fn notice(&self, code: &'static str, to: Recipient) -> Notice {
        let args = BTreeMap::new();
        let notice = Notice(Told { code, to, args });
        notice.with("number", Arg::Count(self.known.number))
    }

    /// A clock as it stands once everything of the commit had happened.
    fn clock(&self, clock: Clock) -> Option<&ClockRun> {
        self.after.clocks.get(&clock)
    }

    fn due(&self, clock: Clock) -> Option<Moment> {
        self.clock(clock).map(|run| run.due_at)
    }

    /// A clock as it ran before the event.
    fn ran(&self, clock: Clock) -> Option<&ClockRun> {
        self.before.and_then(|case| case.clocks.get(&clock))
    }

    fn money(&self, minor: i64) -> Money {
        Money::clamped(minor, self.after.currency)
    }

    /// What the case's refund comes to.
    fn refund(&self) -> Money {
        let refund = self.after.refund.as_ref();
        self.money(refund.map_or(0, |refund| refund.breakdown.total()))
    }

    fn method(&self) -> Arg {
        let method = self.known.payment_method.as_str();
        let known = METHODS.contains(&method);
        Arg::Words(if known { method } else { "original" }.to_owned())
    }

    fn text(&self, id: TextId) -> Option<Arg> {
        self.known.texts.get(&id).cloned().map(Arg::Text)
    }

    /// Whether something of this kind is of the same commit.
    fn with_it(&self, is: impl Fn(&Event) -> bool) -> bool {
        self.together.iter().any(is)
    }

    /// Who handles the case: its own agent, else whoever is one.
    fn handler(&self) -> Recipient {
        self.after
            .assignee
            .map_or(Recipient::Role(Role::Agent), Recipient::Person)
    }
}

impl Notice {
    fn with(mut self, name: &str, arg: impl Into<Option<Arg>>) -> Self {
        if let Some(arg) = arg.into() {
            self.0.args.insert(name.to_owned(), arg);
        }
        self
    }

    fn moment(self, name: &str, at: Option<Moment>) -> Self {
        self.with(name, at.map(Arg::Moment))
    }

    fn clause(self, clause: Option<&ClauseId>) -> Self {
        self.with("clause", clause.cloned().map(Arg::Clause))
    }

    fn word(self, name: &str, word: &str) -> Self {
        self.with(name, Arg::Words(word.to_owned()))
    }

    fn one(self) -> Vec<Told> {
        vec![self.0]
    }
}

/// Counts as a notice shows them; none where there is nothing to count.
fn some(count: usize) -> Option<Arg> {
    let count = u64::try_from(count).ok().filter(|count| *count > 0);
    count.map(Arg::Count)
}
