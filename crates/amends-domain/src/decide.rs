//! Deciding: may this be done, and what happens then. Pure and total: the same case, ledger, facts,
//! policy, envelope and command give the same events for ever.
//!
//! Checks come in the order of [`Refusal`]'s variants; rooms below hold one flow each.
//! Must not know: databases, the time beyond `envelope.at`. Tests: `tests/it/`.

mod clocks;
mod goods;
mod money;
mod open;
mod permission;
mod request;

use crate::actor::Envelope;
use crate::case::clock::{Clock, ClockRun, Expiry};
use crate::case::{Case, Goods, Kind, MoneyState, Outcome, Request};
use crate::command::{Command, TextKind};
use crate::digest::TextRef;
use crate::event::Event;
use crate::evolve::{State, evolve};
use crate::facts::Facts;
use crate::money::Money;
use crate::policy::set::PolicySet;
use crate::refusal::Refusal;

/// What a command leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What happened, in order; empty when there was nothing left to do.
    pub events: Vec<Event>,
    /// Case and ledger after it.
    pub state: State,
}

/// Decides a command.
pub fn decide(
    state: &State,
    facts: &Facts,
    policy: &PolicySet,
    envelope: &Envelope,
    command: &Command,
) -> Result<Decision, Refusal> {
    let mut deciding = Deciding {
        state: state.clone(),
        events: Vec::new(),
        facts,
        policy,
        envelope,
    };
    if let Command::Open(open) = command {
        if state.case.is_some() {
            return Err(Refusal::CaseExists);
        }
        permission::check(command, envelope, None)?;
        open::open(&mut deciding, open)?;
    } else {
        let case = state.case.as_ref().ok_or(Refusal::NoSuchCase)?;
        permission::check(command, envelope, Some(case))?;
        if let Some(seen) = envelope.if_terms.filter(|seen| *seen != case.terms) {
            return Err(Refusal::StaleTerms {
                seen,
                now: case.terms,
            });
        }
        dispatch(&mut deciding, case, command)?;
    }
    Ok(Decision {
        events: deciding.events,
        state: deciding.state,
    })
}

fn dispatch(deciding: &mut Deciding<'_>, case: &Case, command: &Command) -> Result<(), Refusal> {
    if case.is_closed() && !outlives_closure(command) {
        return Err(Refusal::CaseClosed);
    }
    match command {
        Command::Open(_) => Err(Refusal::CaseExists),
        Command::Approve { compensation } => request::approve(deciding, case, *compensation),
        Command::Refuse { reason, text } => request::refuse(deciding, case, reason, *text),
        Command::Renew { amount, text } => request::renew(deciding, case, *amount, *text),
        Command::Withdraw => request::withdraw(deciding, case),
        Command::AskIntervention { text } => request::ask_intervention(deciding, case, *text),
        Command::Rule { ruling } => request::rule(deciding, case, *ruling),
        Command::ShipReturn { parcel } => goods::ship_return(deciding, case, parcel),
        Command::Inspect {
            findings,
            return_freight,
            text,
        } => goods::inspect(deciding, case, findings, *return_freight, *text),
        Command::SendBack { parcel } => goods::send_back(deciding, case, parcel),
        Command::ShipReplacement { parcel } => goods::ship_replacement(deciding, case, parcel),
        Command::ConfirmReplacement => goods::confirm_replacement(deciding, case),
        Command::ConvertToRefund => goods::convert_to_refund(deciding, case),
        Command::Refund => money::refund(deciding, case),
        Command::RecordRefund { reference } => money::record_refund(deciding, case, reference),
        Command::AnswerPayment {
            refund,
            attempt,
            answer,
        } => {
            money::answer(deciding, case, *refund, *attempt, answer);
            Ok(())
        }
        Command::PayDifference { amount, reference } => {
            money::pay_difference(deciding, case, *amount, reference)
        }
        Command::RecordFollowUp { score, text } => follow_up(deciding, case, *score, *text),
        Command::AddText { kind, text } => {
            deciding.push(Event::TextAdded {
                kind: *kind,
                text: *text,
            });
            Ok(())
        }
        Command::DeadlinePassed {
            clock,
            stage,
            generation,
        } => {
            clocks::passed(deciding, case, *clock, *stage, *generation);
            Ok(())
        }
    }
}

fn outlives_closure(command: &Command) -> bool {
    matches!(
        command,
        Command::AnswerPayment { .. }
            | Command::RecordFollowUp { .. }
            | Command::AddText {
                kind: TextKind::Note | TextKind::Message,
                ..
            }
            | Command::DeadlinePassed { .. }
    )
}

fn not_now(case: &Case) -> Refusal {
    Refusal::NotNow {
        status: case.status(),
    }
}

/// Checks a text that goes into an event.
fn text_within(field: &'static str, text: &str, max: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() || text.chars().nth(max).is_some() {
        Err(Refusal::TextLength { field, max })
    } else {
        Ok(())
    }
}

fn follow_up(
    deciding: &mut Deciding<'_>,
    case: &Case,
    score: Option<u8>,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if case.care.is_none() {
        return Err(not_now(case));
    }
    if score.is_some_and(|score| !(1..=5).contains(&score)) {
        return Err(Refusal::WrongScore);
    }
    deciding.stop(Clock::FollowUp);
    deciding.push(Event::FollowUpRecorded { score, text });
    Ok(())
}

/// A decision in the making: events are applied as they are decided, so that each rule sees what
/// the one before it did.
struct Deciding<'a> {
    state: State,
    events: Vec<Event>,
    facts: &'a Facts,
    policy: &'a PolicySet,
    envelope: &'a Envelope,
}

impl Deciding<'_> {
    fn push(&mut self, event: Event) {
        evolve(&mut self.state, &event, self.envelope.at);
        self.events.push(event);
    }

    fn start(&mut self, clock: Clock) {
        let (Some((clause, terms)), Some(case)) = (self.policy.clock(clock), &self.state.case) else {
            return;
        };
        let started_at = self.envelope.at;
        let due_at = terms.due_after(started_at, &self.facts.time);
        let warn_at = terms
            .warn_before
            .map(|length| length.before(due_at, &self.facts.time))
            .filter(|warn| *warn > started_at);
        // What has been ordered cannot be ordered by itself once more: somebody must look.
        let ordered = clock == Clock::RefundExecution && case.money == Some(MoneyState::Ordered);
        let on_expiry = if ordered {
            Expiry::Escalate
        } else {
            terms.on_expiry
        };
        let run = ClockRun {
            generation: case.generation + 1,
            clause: clause.clone(),
            started_at,
            warn_at,
            due_at,
            owner: terms.owner,
            on_expiry,
        };
        self.push(Event::ClockStarted { clock, run });
    }

    fn stop(&mut self, clock: Clock) {
        if self
            .state
            .case
            .as_ref()
            .is_some_and(|case| case.clocks.contains_key(&clock))
        {
            self.push(Event::ClockStopped { clock });
        }
    }

    /// Closes the case: no clock outlives it but that of the follow-up.
    fn close(&mut self, outcome: Outcome) {
        let running: Vec<Clock> = self
            .state
            .case
            .iter()
            .flat_map(|case| case.clocks.keys().copied())
            .collect();
        for clock in running {
            self.push(Event::ClockStopped { clock });
        }
        self.push(Event::Closed { outcome });
        if matches!(
            outcome,
            Outcome::Refunded | Outcome::Exchanged | Outcome::NothingLeft
        ) {
            self.push(Event::FollowUpDue);
            self.start(Clock::FollowUp);
        }
    }

    /// Closes the case when nothing is left to do in any track.
    fn close_if_done(&mut self) {
        let Some(case) = &self.state.case else { return };
        let money_done = matches!(
            case.money,
            None | Some(MoneyState::Paid | MoneyState::DifferencePaid)
        );
        let nothing_accepted = case.kind.returns_goods() && case.accepted.is_empty();
        let goods_done = match (&case.goods, case.kind) {
            (None, Kind::RefundOnly)
            | (Some(Goods::ReplacementReceived), _)
            | (Some(Goods::Inspected), Kind::ReturnAndRefund) => true,
            (Some(Goods::Inspected), Kind::Exchange) => nothing_accepted,
            _ => false,
        };
        if case.request != Request::Approved || !money_done || !goods_done || !case.to_send_back.is_empty() {
            return;
        }
        let outcome = match case.kind {
            _ if nothing_accepted => Outcome::NothingAccepted,
            Kind::Exchange => Outcome::Exchanged,
            _ if case.refund.is_none() => Outcome::NothingLeft,
            Kind::RefundOnly | Kind::ReturnAndRefund => Outcome::Refunded,
        };
        self.close(outcome);
    }

    fn money(&self, minor: i64) -> Money {
        let currency = self.state.case.as_ref().map(|case| case.currency);
        let currency = currency.or(self.state.ledger.as_ref().map(|ledger| ledger.currency));
        let currency = currency.unwrap_or(crate::money::Currency::CNY);
        Money::clamped(minor, currency)
    }

    /// Checks what the case's refunds come to, with `more` on top, against what the actor may grant.
    /// A limit in another currency grants nothing.
    fn within_authority(&self, more: i64) -> Result<(), Refusal> {
        let Some(limit) = self.envelope.authority.refund_limit else {
            return Ok(());
        };
        let case = self.state.case.as_ref();
        let asked = self.money(case.map_or(0, Case::refund_total).saturating_add(more));
        let limit = if limit.currency() == asked.currency() {
            limit
        } else {
            Money::zero(asked.currency())
        };
        if asked.minor() <= limit.minor() {
            return Ok(());
        }
        Err(Refusal::AboveAuthority {
            asked,
            limit,
            ask: permission::next_above(&self.envelope.actor),
        })
    }
}
