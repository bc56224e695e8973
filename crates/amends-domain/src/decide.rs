//! Deciding: may this be done, and what happens then. Pure and total: the same case, ledger, facts,
//! policy, envelope and command give the same events for ever.
//!
//! Checks come in the order of [`Refusal`]'s variants; rooms below hold one flow each.
//! Must not know: databases, the time beyond `envelope.at`. Tests: `tests/it/`.

mod abuse;
mod after;
mod clocks;
mod cover;
mod dispute;
mod finding;
mod goods;
pub(crate) mod judge;
mod level;
mod money;
mod offer;
mod open;
mod permission;
mod recourse;
mod remedy;
mod request;
mod review;
mod talk;
mod trade;
mod visit;

use crate::actor::Envelope;
use crate::case::clock::{Clock, ClockRun, Expiry};
use crate::case::liability::FINDING_EVIDENCE_MAX;
use crate::case::{Case, Kind, MoneyState, Outcome};
use crate::command::{Command, TextKind};
use crate::event::Event;
use crate::evolve::{State, evolve};
use crate::facts::Facts;
use crate::ids::EvidenceId;
use crate::money::Money;
use crate::policy::set::PolicySet;
use crate::refusal::Refusal;
use crate::time::Moment;
use judge::View;
pub use remedy::{Middle, Possible};

/// Every remedy there is for a case now, explained and costed: those that can be offered first. Nothing
/// for a case that is closed.
pub fn remedies(state: &State, facts: &Facts, policy: &PolicySet, at: Moment) -> Vec<Possible> {
    let view = View {
        state,
        facts,
        policy,
        at,
    };
    let open = state.case.as_ref().filter(|case| !case.is_closed());
    open.map_or_else(Vec::new, |case| remedy::all(view, case))
}

/// When a clock would end if it started for the case at this moment: for telling ahead of it. Nothing
/// where it would not run.
pub fn clock_would_end(
    state: &State,
    facts: &Facts,
    policy: &PolicySet,
    clock: Clock,
    at: Moment,
) -> Option<Moment> {
    let view = View {
        state,
        facts,
        policy,
        at,
    };
    let (length, _) = view.clock_length(clock)?;
    let (_, terms) = policy.clock(clock)?;
    Some(terms.due_after(length, at, &facts.time))
}

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
        Command::BookPickup { pickup } => goods::book_pickup(deciding, case, pickup),
        Command::ShipReturn { parcel } => goods::ship_return(deciding, case, parcel),
        Command::Inspect {
            findings,
            return_freight,
            text,
            evidence,
        } => goods::inspect(deciding, case, findings, *return_freight, *text, evidence),
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
        Command::AddText { kind, text } => {
            talk::add_text(deciding, *kind, *text);
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
        _ => dispatch_handling(deciding, case, command),
    }
}

/// Commands about remedies, findings and a case's handling.
fn dispatch_handling(deciding: &mut Deciding<'_>, case: &Case, command: &Command) -> Result<(), Refusal> {
    match command {
        Command::AskIntervention { by, text } => dispute::ask_intervention(deciding, case, *by, *text),
        Command::WithdrawIntervention => dispute::withdraw(deciding, case),
        Command::SubmitStatement { by, text, evidence } => {
            dispute::submit_statement(deciding, case, *by, *text, evidence)
        }
        Command::Rule { ruling, text } => dispute::rule(deciding, case, *ruling, *text),
        Command::Appeal { by, text } => dispute::appeal(deciding, case, *by, *text),
        Command::NoteAbuse {
            grounds,
            rests_on,
            listings,
        } => abuse::note(deciding, case, *grounds, rests_on, listings),
        Command::ContestAbuse { text } => abuse::contest(deciding, case, *text),
        Command::SettleAbuse { upheld, text } => abuse::settle(deciding, case, *upheld, *text),
        Command::RecordFollowUp { score, text } => after::follow_up(deciding, case, *score, *text),
        Command::ShipRepaired { parcel } => goods::ship_repaired(deciding, case, parcel),
        Command::Resolve { text } => after::resolve(deciding, case, *text),
        Command::Offer { picks, text } => offer::offer(deciding, case, picks, *text),
        Command::Choose { offer, option } => offer::choose(deciding, case, *offer, *option),
        Command::DeclineOffer { offer, wish, text } => offer::decline(deciding, case, *offer, *wish, *text),
        Command::CompleteStep { step, reference } => offer::complete_step(deciding, case, *step, reference),
        Command::EndTrial { worked, text } => after::end_trial(deciding, case, *worked, *text),
        Command::AskEvidence { kinds, text } => finding::ask_evidence(deciding, case, kinds, *text),
        Command::Supply { goods_intact, photos } => finding::supply(deciding, case, *goods_intact, *photos),
        Command::Find { finding } => finding::find(deciding, case, finding),
        Command::Assess { assessment } => {
            level::assess(deciding, case, *assessment);
            Ok(())
        }
        Command::PassUp { to, passed_for, text } => level::pass_up(deciding, case, *to, *passed_for, *text),
        Command::AnswerPassed { text } => level::answer_passed(deciding, case, *text),
        Command::Assign { to } => {
            level::assign(deciding, case, *to);
            Ok(())
        }
        Command::Tag { add, remove } => level::tag(deciding, case, add, remove),
        Command::LogContact { way, reached, text } => {
            talk::log_contact(deciding, *way, *reached, *text);
            Ok(())
        }
        Command::MakePromise { text, due_at } => talk::make_promise(deciding, case, *text, *due_at),
        Command::KeepPromise { promise } => talk::keep_promise(deciding, case, *promise),
        Command::MovePromise {
            promise,
            due_at,
            text,
        } => talk::move_promise(deciding, case, *promise, *due_at, *text),
        Command::ConfirmArrival => talk::confirm_arrival(deciding, case),
        Command::ReceiveReview(given) => review::receive(deciding, case, *given),
        Command::JudgeReview { review, cause } => review::judge(deciding, case, *review, *cause),
        Command::EndReview { review, outcome } => review::end(deciding, case, *review, *outcome),
        Command::ExplainReview { review, text } => review::explain(deciding, case, *review, *text),
        Command::PublishExplanation { review } => review::publish(deciding, case, *review),
        Command::Reopen { text } => after::reopen(deciding, case, *text),
        _ => dispatch_recourse(deciding, case, command),
    }
}

/// Commands about parcels with which something went wrong.
fn dispatch_recourse(deciding: &mut Deciding<'_>, case: &Case, command: &Command) -> Result<(), Refusal> {
    match command {
        Command::NoteException { fault, parcel, text } => {
            recourse::note(deciding, case, *fault, parcel, *text)
        }
        Command::FileRecourse {
            to,
            amount,
            carriage,
            text,
            evidence,
        } => {
            let filing = recourse::Filing {
                to: *to,
                amount: *amount,
                carriage: *carriage,
                text: *text,
                evidence,
            };
            recourse::file(deciding, case, &filing)
        }
        Command::SupplementRecourse { to, text, evidence } => {
            recourse::supplement(deciding, case, *to, *text, evidence)
        }
        Command::AnswerRecourse { to, answer, text } => recourse::answer(deciding, case, *to, *answer, *text),
        Command::ReceiveRecourse {
            to,
            amount,
            reference,
        } => recourse::receive(deciding, case, *to, *amount, reference),
        Command::DropRecourse { to, text } => recourse::drop(deciding, case, *to, *text),
        _ => dispatch_trade(deciding, case, command),
    }
}

/// Commands about orders that are not paid yet.
fn dispatch_trade(deciding: &mut Deciding<'_>, case: &Case, command: &Command) -> Result<(), Refusal> {
    match command {
        Command::SendOrderLetter => trade::send_letter(deciding, case),
        Command::RemindPayment { pay_by } => trade::remind(deciding, case, *pay_by),
        Command::RecordPayment {
            paid_at,
            way,
            bank,
            amount,
            discount,
            reference,
        } => {
            let received = trade::Received {
                paid_at: *paid_at,
                way: *way,
                bank: bank.as_deref(),
                amount: *amount,
                discount: *discount,
                reference,
            };
            trade::record(deciding, case, &received)
        }
        Command::DispatchOrder { parcel } => trade::dispatch(deciding, case, parcel.as_ref()),
        Command::ReportNonPayment { text } => trade::report(deciding, case, *text),
        _ => dispatch_warranty(deciding, case, command),
    }
}

/// Commands about covers and visits.
fn dispatch_warranty(deciding: &mut Deciding<'_>, case: &Case, command: &Command) -> Result<(), Refusal> {
    match command {
        Command::ClaimCover(asked) => cover::claim(deciding, case, asked),
        Command::OrderRepair { provider, reference } => cover::order(deciding, case, provider, reference),
        Command::ReportRepair { provider, fee, text } => cover::report(deciding, case, provider, *fee, *text),
        Command::DeclineCover { text } => cover::decline(deciding, case, *text),
        Command::SettleCover { amount, reference } => cover::settle(deciding, case, *amount, reference),
        Command::DropCover { text } => cover::drop(deciding, case, *text),
        Command::BookVisit { from, until } => visit::book(deciding, case, *from, *until),
        Command::EndVisit { outcome, text } => visit::end(deciding, case, *outcome, *text),
        _ => Err(not_now(case)),
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
            | Command::NoteAbuse { .. }
            | Command::ContestAbuse { .. }
            | Command::SettleAbuse { .. }
            | Command::LogContact { .. }
            | Command::Assign { .. }
            | Command::Tag { .. }
            | Command::MakePromise { .. }
            | Command::KeepPromise { .. }
            | Command::MovePromise { .. }
            | Command::ConfirmArrival
            | Command::Reopen { .. }
            | Command::NoteException { .. }
            | Command::FileRecourse { .. }
            | Command::SupplementRecourse { .. }
            | Command::AnswerRecourse { .. }
            | Command::ReceiveRecourse { .. }
            | Command::DropRecourse { .. }
            | Command::ReceiveReview(_)
            | Command::JudgeReview { .. }
            | Command::EndReview { .. }
            | Command::ExplainReview { .. }
            | Command::PublishExplanation { .. }
            | Command::RecordPayment { .. }
            | Command::DispatchOrder { .. }
            | Command::ClaimCover(_)
            | Command::OrderRepair { .. }
            | Command::ReportRepair { .. }
            | Command::DeclineCover { .. }
            | Command::SettleCover { .. }
            | Command::DropCover { .. }
            | Command::BookVisit { .. }
            | Command::EndVisit { .. }
    )
}

fn not_now(case: &Case) -> Refusal {
    Refusal::NotNow {
        status: case.status(),
    }
}

/// Where nothing measures it, nobody would watch over it.
fn measured(deciding: &Deciding<'_>, clock: Clock) -> Result<(), Refusal> {
    let length = deciding.view().clock_length(clock);
    length.map(|_| ()).ok_or(Refusal::NotMeasured { clock })
}

/// An amount that somebody names is in the case's own currency.
fn in_currency(case: &Case, asked: Option<Money>) -> Result<(), Refusal> {
    match asked.filter(|asked| asked.currency() != case.currency) {
        Some(asked) => Err(Refusal::WrongCurrency {
            given: asked.currency(),
            order: case.currency,
        }),
        None => Ok(()),
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

/// Checks how many pieces of evidence a finding rests on.
fn pieces_within(evidence: &[EvidenceId]) -> Result<(), Refusal> {
    if evidence.len() > FINDING_EVIDENCE_MAX {
        let (what, at_most) = ("evidence", FINDING_EVIDENCE_MAX);
        return Err(Refusal::TooMany { what, at_most });
    }
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
    fn view(&self) -> View<'_> {
        View {
            state: &self.state,
            facts: self.facts,
            policy: self.policy,
            at: self.envelope.at,
        }
    }

    fn push(&mut self, event: Event) {
        evolve(&mut self.state, &event, self.envelope.at);
        self.events.push(event);
    }

    fn start(&mut self, clock: Clock) {
        let Some((length, warn_before)) = self.view().clock_length(clock) else {
            return;
        };
        let (Some((clause, terms)), Some(case)) = (self.policy.clock(clock), &self.state.case) else {
            return;
        };
        let started_at = self.envelope.at;
        let due_at = terms.due_after(length, started_at, &self.facts.time);
        let warn_at = warn_before
            .map(|length| length.before(due_at, &self.facts.time))
            .filter(|warn| *warn > started_at);
        // What has been ordered cannot be ordered by itself once more: somebody must look.
        let ordered = clock == Clock::RefundExecution && case.money == Some(MoneyState::Ordered);
        // A question is not granted by itself: somebody must answer it.
        let undecided = clock == Clock::Decision && !case.kind.is_decided();
        let on_expiry = if ordered || undecided {
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

    /// Starts a clock that ends when what it waits for falls due, whatever its own length.
    fn start_until(&mut self, clock: Clock, due_at: Moment) {
        let (Some((clause, terms)), Some(case)) = (self.policy.clock(clock), &self.state.case) else {
            return;
        };
        let started_at = self.envelope.at;
        let warn_at = terms
            .warn_before
            .map(|length| length.before(due_at, &self.facts.time))
            .filter(|warn| *warn > started_at);
        let run = ClockRun {
            generation: case.generation + 1,
            clause: clause.clone(),
            started_at,
            warn_at,
            due_at,
            owner: terms.owner,
            on_expiry: terms.on_expiry,
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

    /// Closes the case: no clock outlives it but those of what goes on after it.
    fn close(&mut self, outcome: Outcome) {
        // Whoever closes it by hand has answered; who wrote meanwhile still waits when it closes by itself.
        if outcome == Outcome::Withdrawn || self.envelope.actor.handles_cases() {
            talk::replied(self);
        }
        let running: Vec<Clock> = self
            .state
            .case
            .iter()
            .flat_map(|case| case.clocks.keys().copied())
            .filter(|clock| !clock.outlives_closure())
            .collect();
        for clock in running {
            self.push(Event::ClockStopped { clock });
        }
        self.push(Event::Closed { outcome });
        if outcome.is_followed_up() {
            self.push(Event::FollowUpDue);
            self.start(Clock::FollowUp);
            self.start(Clock::ServiceRating);
        }
    }

    /// Closes the case when nothing is left to do in any track; what was agreed beside goods and money comes
    /// last.
    fn close_if_done(&mut self) {
        let Some(case) = &self.state.case else { return };
        if !case.has_moved() {
            return;
        }
        if case.steps_left() {
            if !case.clocks.contains_key(&Clock::RemedyStep) {
                self.start(Clock::RemedyStep);
            }
            return;
        }
        let outcome = match case.kind {
            _ if case.nothing_accepted() => Outcome::NothingAccepted,
            Kind::Exchange | Kind::Repair | Kind::Reissue if case.claim.units.is_empty() => {
                Outcome::NothingLeft
            }
            Kind::Exchange => Outcome::Exchanged,
            Kind::Repair => Outcome::Repaired,
            Kind::Reissue => Outcome::Reissued,
            _ if case.refund_total() == 0 && case.agreed.is_some() => Outcome::Resolved,
            _ if case.refund_total() == 0 => Outcome::NothingLeft,
            Kind::Compensation => Outcome::Compensated,
            _ => Outcome::Refunded,
        };
        self.close(outcome);
    }

    fn money(&self, minor: i64) -> Money {
        self.view().money(minor)
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
