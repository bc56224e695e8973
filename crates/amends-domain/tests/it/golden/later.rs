//! Samples of the events that came after the first release: remedies, findings, talk, opening again.
//!
//! Must not know: how they are stored. Tests: `golden`.

use std::collections::BTreeSet;

use amends_domain::actor::Role;
use amends_domain::case::abuse::{RestsOn, SignalKind};
use amends_domain::case::assessment::{Assessment, Grade, Nature, PassedFor, Severity};
use amends_domain::case::clock::{Clock, Expiry};
use amends_domain::case::liability::{Fault, Liability, Party, Share};
use amends_domain::case::recourse::{Addressee, Carriage, ParcelFault, RecourseAnswer};
use amends_domain::case::remedy::{Cost, Extra, Offered, Plan, Remedy};
use amends_domain::case::trade::{Payment, PaymentWay};
use amends_domain::case::visit::VisitOutcome;
use amends_domain::case::{Channel, Declared, Kind, Outcome};
use amends_domain::cover::{PlanKind, Trouble};
use amends_domain::event::{
    AbuseNoted, Because, CoverClaimed, CoverSettled, Dispatched, Event, ExceptionNoted, RecourseFiled,
    RepairOrdered, RepairReported, Reported, VisitBooked, VisitEnded,
};
use amends_domain::facts::Product;
use amends_domain::ids::{CaseId, CoverId, EvidenceId, PersonId, TextId};
use amends_domain::policy::condition::Verdict;
use amends_domain::policy::{Explanation, Payer};
use amends_domain::time::Length;

use super::{clause, judged, line, opened_declared, parcel, text};
use crate::harness::{moment, yuan};

/// What else was added later to types whose first bytes lie there.
pub(super) fn later_words() -> Vec<(&'static str, Event)> {
    let Event::Opened(mut opened) = opened_declared() else {
        panic!("not opened")
    };
    opened.kind = Kind::ReturnAndRefund;
    opened.declared = opened.declared.map(|declared| Declared {
        repeats: 1,
        parcel_refused: true,
        channel: Channel::Chat,
        ..declared
    });
    opened.repeats = Some(CaseId::new(moment(-5, 0), [9; 10]));
    opened.refused_parcel = Some(parcel());
    vec![
        ("opened.refused_parcel", Event::Opened(opened)),
        (
            "escalated.promise_broken",
            Event::Escalated {
                to: Role::Supervisor,
                because: Because::PromiseBroken,
            },
        ),
        (
            "escalated.dissatisfied",
            Event::Escalated {
                to: Role::Supervisor,
                because: Because::Dissatisfied,
            },
        ),
        (
            "escalated.abuse_contested",
            Event::Escalated {
                to: Role::Manager,
                because: Because::AbuseContested,
            },
        ),
        (
            "clock_expired.reminded",
            Event::ClockExpired {
                clock: Clock::Trial,
                clause: clause("CLK-19"),
                outcome: Expiry::Remind,
            },
        ),
        (
            "closed.resolved",
            Event::Closed {
                outcome: Outcome::Resolved,
            },
        ),
    ]
}

/// An option with everything that one can have.
fn option() -> Offered {
    Offered {
        remedy: Remedy::HigherModel,
        explanation: Explanation {
            clause: clause("REM-HIGHER"),
            verdict: Verdict::Met,
            findings: Vec::new(),
        },
        plan: Plan {
            route: Kind::Exchange,
            amount: 0,
            compensation: 5_000,
            return_freight: Payer::Shop,
            replacement: Some(Product {
                sku: "coat".to_owned(),
                title: "大衣".to_owned(),
                price: yuan(29_900),
            }),
            buyer_pays: Some(5_000),
            extras: vec![
                Extra::Warranty {
                    months: 12,
                    minor: 3_000,
                },
                Extra::Coupon { minor: 1_000 },
                Extra::Points {
                    count: 500,
                    minor: 500,
                },
                Extra::Guidance,
            ],
            trial: Some(Length::Days(15)),
            done_in: Some(Length::WorkingDays(7)),
        },
        cost: Cost {
            goods: 24_900,
            compensation: 5_000,
            freight: 1_600,
            extras: 4_500,
            residual: 5_717,
        },
    }
}

/// What is stored of remedies.
pub(super) fn remedies() -> Vec<(&'static str, Event)> {
    let clause = || clause("REM-BUYBACK");
    vec![
        (
            "offered",
            Event::Offered {
                offer: 1,
                options: vec![option()],
                text: Some(text()),
            },
        ),
        (
            "offer_declined",
            Event::OfferDeclined {
                offer: 1,
                wish: Some(10_000),
                text: Some(text()),
            },
        ),
        (
            "offer_declined.bare",
            Event::OfferDeclined {
                offer: 1,
                wish: None,
                text: None,
            },
        ),
        (
            "agreed",
            Event::Agreed {
                clause: clause(),
                remedy: Remedy::HigherModel,
                plan: option().plan,
            },
        ),
        (
            "bought_back",
            Event::BoughtBack {
                clause: clause(),
                units: vec![(line(1), 1)],
                amount: 5_717,
            },
        ),
        (
            "rejection_overruled",
            Event::RejectionOverruled {
                units: vec![(line(1), 1)],
                amount: 9_529,
            },
        ),
        (
            "step_done",
            Event::StepDone {
                step: 1,
                reference: "COUPON-1".to_owned(),
            },
        ),
        ("trial_started", Event::TrialStarted),
        (
            "trial_ended",
            Event::TrialEnded {
                worked: false,
                text: Some(text()),
            },
        ),
    ]
}

/// What is stored of repairs, answers and cases opened again.
pub(super) fn afterwards() -> Vec<(&'static str, Event)> {
    vec![
        ("repair_due", Event::RepairDue),
        ("repair_declined", Event::RepairDeclined),
        ("repaired_shipped", Event::RepairedShipped { parcel: parcel() }),
        ("repaired_received", Event::RepairedReceived),
        ("resolved", Event::Resolved { text: text() }),
        (
            "reopened",
            Event::Reopened {
                units: vec![(line(1), 0)],
                amount: 19_059,
                text: text(),
                judged: Some(Box::new(judged())),
            },
        ),
        ("arrival_awaited", Event::ArrivalAwaited),
        ("money_arrived", Event::MoneyArrived),
    ]
}

/// What is stored of findings and judgements.
pub(super) fn findings() -> Vec<(&'static str, Event)> {
    vec![
        (
            "supplied",
            Event::Supplied {
                declared: Declared {
                    goods_intact: Some(true),
                    photos: 3,
                    returns_last_90_days: 1,
                    repeats: 0,
                    parcel_refused: false,
                    channel: Channel::Page,
                },
                judged: Some(Box::new(judged())),
            },
        ),
        (
            "found",
            Event::Found {
                finding: Liability {
                    shares: vec![
                        Share {
                            party: Party::Shop,
                            percent: 70,
                        },
                        Share {
                            party: Party::Carrier,
                            percent: 30,
                        },
                    ],
                    cause: None,
                    fault: Some(Fault::Confirmed),
                    goods_intact: Some(false),
                    grounds: text(),
                    evidence: vec![EvidenceId::new(moment(0, 2), [6; 10])],
                    third_party: true,
                },
                judged: Some(Box::new(judged())),
            },
        ),
        (
            "assessed",
            Event::Assessed {
                assessment: Assessment {
                    nature: Some(Nature::Defect),
                    impact: Some(Grade::High),
                    heat: Some(Grade::Medium),
                    spread: Some(Grade::Low),
                },
                severity: Severity::High,
                explanations: judged().explanations,
            },
        ),
    ]
}

/// What is stored of abuse that was noted.
pub(super) fn abuse() -> Vec<(&'static str, Event)> {
    vec![
        (
            "abuse_noted",
            Event::AbuseNoted(Box::new(AbuseNoted {
                by: PersonId::new(moment(-9, 0), [8; 10]),
                role: Role::Supervisor,
                grounds: text(),
                rests_on: RestsOn {
                    signals: BTreeSet::from([SignalKind::Extortion, SignalKind::PhotoReused]),
                    messages: vec![TextId::new(moment(0, 2), [6; 10])],
                    evidence: vec![EvidenceId::new(moment(0, 3), [7; 10])],
                },
                listings: ["SKU-1".to_owned()].into(),
                clause: Some(clause("ABU-EXTORTION")),
            })),
        ),
        (
            "abuse_noted.bare",
            Event::AbuseNoted(Box::new(AbuseNoted {
                by: PersonId::new(moment(-9, 0), [8; 10]),
                role: Role::Admin,
                grounds: text(),
                rests_on: RestsOn {
                    signals: BTreeSet::from([SignalKind::Threat]),
                    ..RestsOn::default()
                },
                listings: BTreeSet::new(),
                clause: None,
            })),
        ),
        ("abuse_contested", Event::AbuseContested { text: text() }),
        (
            "abuse_settled",
            Event::AbuseSettled {
                upheld: true,
                text: text(),
            },
        ),
    ]
}

/// What is stored of who handles it, replies and promises.
pub(super) fn talk() -> Vec<(&'static str, Event)> {
    let promise = 1;
    vec![
        (
            "passed_up",
            Event::PassedUp {
                to: Role::Supervisor,
                passed_for: PassedFor::BuyerDemand,
                text: Some(text()),
            },
        ),
        ("passed_answered", Event::PassedAnswered { text: Some(text()) }),
        ("passed_answered.bare", Event::PassedAnswered { text: None }),
        (
            "assigned",
            Event::Assigned {
                to: Some(PersonId::new(moment(-9, 0), [7; 10])),
            },
        ),
        (
            "tagged",
            Event::Tagged {
                tags: ["vip", "加急"].map(str::to_owned).into(),
            },
        ),
        ("reply_due", Event::ReplyDue),
        ("replied", Event::Replied),
        (
            "promised",
            Event::Promised {
                promise,
                text: text(),
                due_at: moment(0, 1_020),
            },
        ),
        ("promise_kept", Event::PromiseKept { promise }),
        (
            "promise_moved",
            Event::PromiseMoved {
                promise,
                due_at: moment(1, 1_020),
                text: text(),
            },
        ),
        ("promise_broken", Event::PromiseBroken { promise }),
    ]
}

/// What is stored of parcels with which something went wrong.
#[expect(clippy::too_many_lines, reason = "one row an event")]
pub(super) fn recourse() -> Vec<(&'static str, Event)> {
    let (to, evidence) = (Addressee::Carrier, vec![EvidenceId::new(moment(0, 2), [6; 10])]);
    let carriage = Carriage {
        insured: None,
        freight: Some(yuan(1_200)),
    };
    let noted = |text| {
        Event::ExceptionNoted(ExceptionNoted {
            fault: ParcelFault::Loss,
            parcel: parcel(),
            text,
        })
    };
    vec![
        ("exception_noted", noted(Some(text()))),
        ("exception_noted.bare", noted(None)),
        ("exception_told", Event::ExceptionTold),
        (
            "recourse_filed",
            Event::RecourseFiled(RecourseFiled {
                to,
                amount: 3_600,
                carriage,
                clause: Some(clause("SVC-UNINSURED")),
                text: text(),
                evidence: evidence.clone(),
            }),
        ),
        (
            "recourse_filed.platform",
            Event::RecourseFiled(RecourseFiled {
                to: Addressee::Platform,
                amount: 0,
                carriage: Carriage::default(),
                clause: None,
                text: text(),
                evidence: evidence.clone(),
            }),
        ),
        (
            "recourse_supplemented",
            Event::RecourseSupplemented {
                to,
                text: text(),
                evidence,
            },
        ),
        (
            "recourse_answered",
            Event::RecourseAnswered {
                to,
                answer: RecourseAnswer::Granted {
                    amount: Some(yuan(3_600)),
                },
                text: Some(text()),
            },
        ),
        (
            "recourse_answered.bare",
            Event::RecourseAnswered {
                to,
                answer: RecourseAnswer::MoreWanted,
                text: None,
            },
        ),
        (
            "recourse_received",
            Event::RecourseReceived {
                to,
                amount: 3_600,
                reference: "SF-CLAIM-1".to_owned(),
            },
        ),
        ("recourse_dropped", Event::RecourseDropped { to, text: text() }),
    ]
}

/// What is stored of an order that was not paid.
pub(super) fn trade() -> Vec<(&'static str, Event)> {
    let payment = Payment {
        paid_at: moment(1, 600),
        way: PaymentWay::BankTransfer,
        bank: Some("招商银行".to_owned()),
        amount: 8_800,
        discount: 1_200,
        reference: "CMB-20260302-17".to_owned(),
    };
    let bare = Payment {
        way: PaymentWay::Alipay,
        bank: None,
        discount: 0,
        ..payment.clone()
    };
    vec![
        ("order_letter_sent", Event::OrderLetterSent),
        ("order_letter_answered", Event::OrderLetterAnswered),
        (
            "payment_reminded",
            Event::PaymentReminded {
                pay_by: moment(5, 1_440),
            },
        ),
        ("payment_recorded", Event::PaymentRecorded(payment)),
        ("payment_recorded.bare", Event::PaymentRecorded(bare)),
        (
            "order_dispatched",
            Event::OrderDispatched(Dispatched {
                parcel: Some(parcel()),
            }),
        ),
        (
            "order_dispatched.bare",
            Event::OrderDispatched(Dispatched { parcel: None }),
        ),
        (
            "non_payment_reported",
            Event::NonPaymentReported(Reported { text: Some(text()) }),
        ),
        (
            "non_payment_reported.bare",
            Event::NonPaymentReported(Reported { text: None }),
        ),
    ]
}

/// What is stored of claims on covers and of visits.
pub(super) fn warranty() -> Vec<(&'static str, Event)> {
    let claimed = |at_most, insurer: Option<&str>| {
        Event::CoverClaimed(Box::new(CoverClaimed {
            cover: CoverId::new(moment(0, 1), [4; 10]),
            line: line(1),
            plan: PlanKind::Accident,
            trouble: Trouble::Accident,
            asked: 50_000,
            at_most,
            insurer: insurer.map(str::to_owned),
            text: text(),
            evidence: vec![EvidenceId::new(moment(0, 2), [6; 10])],
        }))
    };
    let reported = |text| {
        Event::RepairReported(RepairReported {
            provider: "快修".to_owned(),
            fee: 42_000,
            text,
        })
    };
    let ended = |outcome, text| Event::VisitEnded(VisitEnded { outcome, text });
    vec![
        ("cover_claimed", claimed(Some(80_000), Some("平安"))),
        ("cover_claimed.bare", claimed(None, None)),
        (
            "repair_ordered",
            Event::RepairOrdered(RepairOrdered {
                provider: "快修".to_owned(),
                reference: "PO-7".to_owned(),
            }),
        ),
        ("repair_reported", reported(Some(text()))),
        ("repair_reported.bare", reported(None)),
        ("cover_declined", Event::CoverDeclined { text: text() }),
        (
            "cover_settled",
            Event::CoverSettled(CoverSettled {
                amount: 42_000,
                reference: "PA-1".to_owned(),
            }),
        ),
        ("cover_dropped", Event::CoverDropped { text: text() }),
        (
            "visit_booked",
            Event::VisitBooked(VisitBooked {
                from: moment(1, 600),
                until: moment(1, 720),
            }),
        ),
        ("visit_ended", ended(VisitOutcome::Done, Some(text()))),
        ("visit_ended.missed", ended(VisitOutcome::Missed, None)),
        (
            "escalated.visit_missed",
            Event::Escalated {
                to: Role::Supervisor,
                because: Because::VisitMissed,
            },
        ),
    ]
}
