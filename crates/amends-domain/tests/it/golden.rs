//! Stored events: exact bytes of every type lie under `testdata/events`, one folder a version. They
//! are never rewritten; `AMENDS_BLESS=1` only adds the file of a type that has none.
//!
//! Must not know: how events come about.

mod later;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use amends_domain::actor::{Actor, Role};
use amends_domain::case::clock::{Clock, ClockRun, Expiry, Owner};
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::case::review::{GivenReview, PoorRating, ReviewCause, ReviewOutcome};
use amends_domain::case::{
    Channel, Claim, ContactWay, Declared, Kind, Outcome, Parcel, Pickup, Ruling, Side,
};
use amends_domain::command::TextKind;
use amends_domain::digest::{Digest, TextRef};
use amends_domain::event::{Because, Event, EventFault, Judged, NextStep, Opened, actor_text, chain};
use amends_domain::facts::Product;
use amends_domain::ids::{CaseId, EvidenceId, LineId, OrderId, ReviewId, TextId};
use amends_domain::ledger::{Breakdown, UnitPart};
use amends_domain::money::Currency;
use amends_domain::policy::condition::{Finding, Verdict};
use amends_domain::policy::{ClauseId, Explanation, Payer};

use crate::harness::{buyer, moment, person, yuan};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/events/v1")
}

fn clause(id: &str) -> ClauseId {
    ClauseId::try_from(id.to_owned()).unwrap()
}

fn line(number: u8) -> LineId {
    LineId::new(moment(-3, 0), [number; 10])
}

fn text() -> TextRef {
    TextRef {
        id: TextId::new(moment(0, 1), [5; 10]),
        digest: Digest::of(&[b"salt", b"text"]),
    }
}

fn parcel() -> Parcel {
    Parcel {
        carrier: "顺丰".to_owned(),
        waybill: "SF1001".to_owned(),
    }
}

fn opened() -> Event {
    let finding = |condition: &str, verdict, actual: Option<&str>| Finding {
        condition: condition.to_owned(),
        verdict,
        actual: actual.map(str::to_owned),
    };
    Event::Opened(Box::new(Opened {
        case: CaseId::new(moment(0, 0), [1; 10]),
        kind: Kind::Exchange,
        order: Some(OrderId::new(moment(-3, 0), [2; 10])),
        buyer: buyer(3),
        reason: "quality".to_owned(),
        currency: Currency::CNY,
        claim: Claim {
            units: vec![(line(1), 0), (line(2), 1)],
            amount: 0,
            replacement: Some(Product {
                sku: "coat".to_owned(),
                title: "大衣".to_owned(),
                price: yuan(29_900),
            }),
        },
        photos: 2,
        policy: Digest::of(&[b"policy"]),
        right: Some(clause("ELG-2")),
        entitlement: Verdict::Met,
        return_freight: Payer::Shop,
        explanations: vec![Explanation {
            clause: clause("ELG-2"),
            verdict: Verdict::Met,
            findings: vec![
                finding("days_since_receipt <= 15d", Verdict::Met, Some("3d")),
                finding("goods_intact = true", Verdict::Unknown, None),
            ],
        }],
        text: Some(text()),
        declared: None,
        repeats: None,
        refused_parcel: None,
        priority: None,
    }))
}

fn opened_declared() -> Event {
    let Event::Opened(mut opened) = opened() else {
        panic!("not opened")
    };
    opened.declared = Some(Declared {
        goods_intact: Some(true),
        photos: 2,
        returns_last_90_days: 1,
        repeats: 0,
        parcel_refused: false,
        channel: Channel::Page,
    });
    Event::Opened(opened)
}

fn judged() -> Judged {
    let Event::Opened(opened) = opened() else {
        panic!("not opened")
    };
    Judged {
        right: opened.right,
        entitlement: opened.entitlement,
        return_freight: opened.return_freight,
        explanations: opened.explanations,
    }
}

fn opened_bare() -> Event {
    let Event::Opened(mut opened) = opened() else {
        panic!("not opened")
    };
    opened.kind = Kind::RefundOnly;
    opened.claim.amount = 19_059;
    opened.claim.replacement = None;
    (opened.order, opened.right, opened.text) = (None, None, None);
    opened.entitlement = Verdict::NotMet;
    opened.explanations.clear();
    Event::Opened(opened)
}

fn run(warn_at: Option<i64>) -> ClockRun {
    ClockRun {
        generation: 3,
        clause: clause("CLK-2"),
        started_at: moment(0, 600),
        warn_at: warn_at.map(|minutes| moment(1, minutes)),
        due_at: moment(2, 600),
        owner: Owner::Agent,
        on_expiry: Expiry::Approve,
    }
}

fn breakdown() -> Breakdown {
    Breakdown {
        goods: vec![UnitPart {
            line: line(1),
            unit: 0,
            amount: 19_059,
        }],
        freight: 1_200,
        return_freight: 1_000,
        compensation: 500,
    }
}

/// What is stored of requests and clocks, by file name; a dot parts the type from its variant.
fn requests() -> Vec<(&'static str, Event)> {
    let clock = Clock::Decision;
    vec![
        ("opened", opened()),
        ("opened.bare", opened_bare()),
        (
            "clock_started",
            Event::ClockStarted {
                clock,
                run: run(Some(1_320)),
            },
        ),
        (
            "clock_started.unwarned",
            Event::ClockStarted {
                clock,
                run: run(None),
            },
        ),
        ("clock_stopped", Event::ClockStopped { clock }),
        ("clock_warned", Event::ClockWarned { clock }),
        (
            "clock_expired",
            Event::ClockExpired {
                clock,
                clause: clause("CLK-2"),
                outcome: Expiry::Approve,
            },
        ),
        (
            "approved",
            Event::Approved {
                basis: vec![clause("ELG-2")],
                compensation: 500,
            },
        ),
        (
            "refused",
            Event::Refused {
                reason: "used".to_owned(),
                text: Some(text()),
                next: vec![NextStep::Renew, NextStep::AskIntervention, NextStep::Withdraw],
            },
        ),
        (
            "renewed",
            Event::Renewed {
                amount: 10_000,
                text: None,
                judged: None,
            },
        ),
    ]
}

/// What is stored of a dispute.
fn disputes() -> Vec<(&'static str, Event)> {
    vec![
        (
            "intervention_asked",
            Event::InterventionAsked {
                text: Some(text()),
                by: Side::Buyer,
            },
        ),
        (
            "intervention_asked.by_shop",
            Event::InterventionAsked {
                text: None,
                by: Side::Shop,
            },
        ),
        ("intervention_withdrawn", Event::InterventionWithdrawn),
        (
            "statement_submitted",
            Event::StatementSubmitted {
                by: Side::Shop,
                text: text(),
                evidence: vec![EvidenceId::new(moment(0, 2), [6; 10])],
            },
        ),
        (
            "appealed",
            Event::Appealed {
                by: Side::Buyer,
                text: text(),
            },
        ),
        (
            "ruled.with_grounds",
            Event::Ruled {
                ruling: Ruling::ForShop,
                text: Some(text()),
            },
        ),
        (
            "ruled",
            Event::Ruled {
                ruling: Ruling::ForBuyer,
                text: None,
            },
        ),
        (
            "ruled.in_part",
            Event::Ruled {
                ruling: Ruling::InPart { amount: 9_000 },
                text: None,
            },
        ),
    ]
}

/// What is stored of everything around a request.
fn reviews() -> Vec<(&'static str, Event)> {
    vec![
        (
            "review_received",
            Event::ReviewReceived(GivenReview {
                review: ReviewId::new(moment(0, 3), [8; 10]),
                rating: PoorRating::Bad,
                cause: Some(ReviewCause::Logistics),
                text: Some(text()),
            }),
        ),
        (
            "review_received.bare",
            Event::ReviewReceived(GivenReview {
                review: ReviewId::new(moment(0, 3), [8; 10]),
                rating: PoorRating::Middling,
                cause: None,
                text: None,
            }),
        ),
        (
            "review_judged",
            Event::ReviewJudged {
                review: ReviewId::new(moment(0, 3), [8; 10]),
                cause: ReviewCause::Goods,
            },
        ),
        (
            "review_ended",
            Event::ReviewEnded {
                review: ReviewId::new(moment(0, 3), [8; 10]),
                outcome: ReviewOutcome::Unchanged,
            },
        ),
        (
            "review_explained",
            Event::ReviewExplained {
                review: ReviewId::new(moment(0, 3), [8; 10]),
                text: text(),
            },
        ),
        (
            "explanation_published",
            Event::ExplanationPublished {
                review: ReviewId::new(moment(0, 3), [8; 10]),
            },
        ),
    ]
}

fn surroundings() -> Vec<(&'static str, Event)> {
    vec![
        (
            "escalated",
            Event::Escalated {
                to: Role::Supervisor,
                because: Because::ClockExpired(Clock::Ruling),
            },
        ),
        (
            "escalated.refund_failed",
            Event::Escalated {
                to: Role::Supervisor,
                because: Because::RefundFailed,
            },
        ),
        (
            "escalated.refund_paid_twice",
            Event::Escalated {
                to: Role::Supervisor,
                because: Because::RefundPaidTwice,
            },
        ),
        (
            "closed",
            Event::Closed {
                outcome: Outcome::Refunded,
            },
        ),
        (
            "closed.nothing_left",
            Event::Closed {
                outcome: Outcome::NothingLeft,
            },
        ),
        ("follow_up_due", Event::FollowUpDue),
        (
            "follow_up_recorded",
            Event::FollowUpRecorded {
                score: Some(5),
                text: Some(text()),
            },
        ),
        (
            "follow_up_recorded.bare",
            Event::FollowUpRecorded {
                score: None,
                text: None,
            },
        ),
        (
            "text_added",
            Event::TextAdded {
                kind: TextKind::Message,
                text: text(),
            },
        ),
    ]
}

/// What is stored of goods.
fn goods() -> Vec<(&'static str, Event)> {
    vec![
        (
            "evidence_asked",
            Event::EvidenceAsked {
                kinds: [EvidenceKind::Photo, EvidenceKind::Video].into(),
                text: Some(text()),
            },
        ),
        (
            "contact_logged",
            Event::ContactLogged {
                way: ContactWay::Phone,
                reached: true,
                text: text(),
            },
        ),
        (
            "pickup_booked",
            Event::PickupBooked {
                pickup: Pickup {
                    carrier: "SF".to_owned(),
                    from: moment(1, 540),
                    until: moment(1, 720),
                    reference: Some("QJ-1".to_owned()),
                },
            },
        ),
        ("return_shipped", Event::ReturnShipped { parcel: parcel() }),
        (
            "inspected",
            Event::Inspected {
                accepted: vec![(line(1), 0)],
                rejected: vec![(line(1), 1)],
                missing: vec![(line(2), 0)],
                return_freight: 1_000,
                text: Some(text()),
                evidence: Vec::new(),
            },
        ),
        (
            "inspected.shown",
            Event::Inspected {
                accepted: Vec::new(),
                rejected: vec![(line(1), 0)],
                missing: Vec::new(),
                return_freight: 0,
                text: Some(text()),
                evidence: vec![EvidenceId::new(moment(0, 2), [6; 10])],
            },
        ),
        ("sent_back", Event::SentBack { parcel: parcel() }),
        ("replacement_due", Event::ReplacementDue),
        (
            "replacement_shipped",
            Event::ReplacementShipped { parcel: parcel() },
        ),
        ("replacement_received", Event::ReplacementReceived),
        ("converted_to_refund", Event::ConvertedToRefund { amount: 19_059 }),
    ]
}

/// What is stored of money.
fn money() -> Vec<(&'static str, Event)> {
    let reference = || "P-1".to_owned();
    let (refund, attempt) = (1, 2);
    vec![
        (
            "refund_due",
            Event::RefundDue {
                refund,
                breakdown: breakdown(),
                basis: vec![clause("ELG-2")],
            },
        ),
        ("refund_ordered", Event::RefundOrdered { refund }),
        (
            "refund_retried",
            Event::RefundRetried {
                refund,
                attempt,
                at_once: false,
            },
        ),
        (
            "refund_failed",
            Event::RefundFailed {
                refund,
                attempt,
                code: "ACCOUNT_CLOSED".to_owned(),
            },
        ),
        ("refund_unknown", Event::RefundUnknown { refund, attempt }),
        (
            "refund_paid",
            Event::RefundPaid {
                refund,
                reference: reference(),
            },
        ),
        (
            "refund_recorded",
            Event::RefundRecorded {
                refund,
                reference: "HAND-1".to_owned(),
            },
        ),
        (
            "refund_paid_twice",
            Event::RefundPaidTwice {
                refund,
                reference: reference(),
            },
        ),
        ("difference_owed", Event::DifferenceOwed { amount: 10_841 }),
        (
            "difference_paid",
            Event::DifferencePaid {
                amount: 10_841,
                reference: reference(),
            },
        ),
    ]
}

/// What was added to a type later, beside its first bytes.
fn additions() -> Vec<(&'static str, Event)> {
    vec![
        ("opened.declared", opened_declared()),
        (
            "renewed.judged",
            Event::Renewed {
                amount: 10_000,
                text: None,
                judged: Some(Box::new(judged())),
            },
        ),
        (
            "refund_retried.at_once",
            Event::RefundRetried {
                refund: 1,
                attempt: 2,
                at_once: true,
            },
        ),
        (
            "difference_netted",
            Event::DifferenceNetted {
                compensation: 1_000,
                return_freight: 200,
            },
        ),
    ]
}

fn samples() -> impl Iterator<Item = (&'static str, Event)> {
    let first = [
        requests(),
        disputes(),
        reviews(),
        surroundings(),
        goods(),
        money(),
        additions(),
    ];
    let then = [
        later::later_words(),
        later::remedies(),
        later::afterwards(),
        later::findings(),
        later::talk(),
        later::recourse(),
        later::trade(),
        later::abuse(),
        later::warranty(),
    ];
    first.into_iter().chain(then).flatten()
}

/// Every type's stable name, read from the source so that none is missed.
fn every_type() -> BTreeSet<&'static str> {
    let source = include_str!("../../src/event/kinds.rs");
    let (_, names) = source.split_once("pub fn name(").unwrap();
    let (names, _) = names.split_once("\n    }\n").unwrap();
    let names: BTreeSet<&str> = names.split('"').skip(1).step_by(2).collect();
    assert!(names.len() > 25, "{names:?}");
    names
}

fn files() -> BTreeMap<String, Vec<u8>> {
    if std::env::var("AMENDS_BLESS").is_ok_and(|bless| bless == "1") {
        fs::create_dir_all(folder()).unwrap();
        for (name, event) in samples() {
            let path = folder().join(format!("{name}.json"));
            if !path.exists() {
                fs::write(path, event.encode()).unwrap();
            }
        }
    }
    let entries = fs::read_dir(folder()).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            let name = name.strip_suffix(".json").unwrap().to_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn stored_bytes_of_every_type_read_and_write_the_same() {
    let files = files();
    let mut types = BTreeSet::new();
    for (name, bytes) in &files {
        let event = Event::decode(1, bytes).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(
            String::from_utf8(event.encode()).unwrap(),
            String::from_utf8(bytes.clone()).unwrap(),
            "{name} is written differently now: that needs a new version"
        );
        let of_type = name.split('.').next().unwrap();
        assert_eq!(event.name(), of_type);
        let json: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        assert_eq!(json["type"], of_type, "name and stored type differ");
        types.insert(of_type.to_owned());
    }
    let types: BTreeSet<&str> = types.iter().map(String::as_str).collect();
    assert_eq!(types, every_type(), "AMENDS_BLESS=1 adds the file of a new type");
}

#[test]
fn what_is_written_today_is_what_lies_there() {
    let files = files();
    for (name, event) in samples() {
        let bytes = files.get(name).unwrap_or_else(|| panic!("no file {name}"));
        assert_eq!(Event::decode(1, bytes), Ok(event), "{name}");
    }
}

#[test]
fn bytes_of_another_version_or_none_are_refused() {
    let bytes = Event::FollowUpDue.encode();
    for (version, fault, says) in [
        (2, EventFault::Version(2), "newer than this program"),
        (i64::MAX, EventFault::Version(i64::MAX), "newer than this program"),
        (
            0,
            EventFault::NoVersion(0),
            "0 is no event version: they count from 1",
        ),
        (
            -1,
            EventFault::NoVersion(-1),
            "-1 is no event version: they count from 1",
        ),
    ] {
        assert!(fault.to_string().contains(says), "{fault}");
        assert_eq!(Event::decode(version, &bytes), Err(fault));
    }
    for bytes in [
        &b""[..],
        b"{}",
        b"{\"type\":\"melted\"}",
        b"{\"type\":\"closed\"}",
    ] {
        assert!(matches!(Event::decode(1, bytes), Err(EventFault::Bytes(_))));
    }
}

#[test]
fn a_chain_shows_a_change_of_anything_stored() {
    let case = CaseId::new(moment(0, 0), [1; 10]);
    let other = CaseId::new(moment(0, 0), [2; 10]);
    let agent = actor_text(&person(Role::Agent));
    let admin = actor_text(&person(Role::Admin));
    let bytes = Event::FollowUpDue.encode();
    let at = moment(0, 0).millis();
    let links = [
        chain(Digest::ZERO, case, 1, at, &agent, 1, &bytes),
        chain(Digest::of(&[]), case, 1, at, &agent, 1, &bytes),
        chain(Digest::ZERO, other, 1, at, &agent, 1, &bytes),
        chain(Digest::ZERO, case, 2, at, &agent, 1, &bytes),
        chain(Digest::ZERO, case, 1, at + 1, &agent, 1, &bytes),
        chain(Digest::ZERO, case, 1, at, &admin, 1, &bytes),
        chain(
            Digest::ZERO,
            case,
            1,
            at,
            &actor_text(&Actor::Deadlines),
            1,
            &bytes,
        ),
        chain(Digest::ZERO, case, 1, at, &agent, 2, &bytes),
        chain(Digest::ZERO, case, 1, at, &agent, 1, &bytes[1..]),
    ];
    let distinct: BTreeSet<Digest> = links.into_iter().collect();
    assert_eq!(distinct.len(), links.len());
    assert_eq!(chain(Digest::ZERO, case, 1, at, &agent, 1, &bytes), links[0]);
}
