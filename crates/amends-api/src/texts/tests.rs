//! Every language has the same codes, and every text names the same facts.

mod warranty;

use std::collections::BTreeSet;

use amends_app::StoreError;
use amends_app::care::CareFault;
use amends_app::error::{AppError, Reason};
use amends_app::evidence::EvidenceFault;
use amends_app::mails::IntakeFault;
use amends_app::reviews::ReviewFault;
use amends_domain::actor::Role;
use amends_domain::care::LeftOut;
use amends_domain::case::clock::Clock;
use amends_domain::case::recourse::ParcelFault;
use amends_domain::case::{Kind, Outcome, Status};
use amends_domain::ids::{CaseId, LineId, ReviewId};
use amends_domain::money::{Currency, Money};
use amends_domain::order::OrderFault;
use amends_domain::policy::condition::{Finding, Verdict};
use amends_domain::policy::remedy::Violation;
use amends_domain::policy::{ClauseId, Explanation};
use amends_domain::refusal::Refusal;
use amends_domain::time::Moment;

use super::{Entry, catalogue, words};
use crate::language::Language;
use crate::problem::{Fault, Problem};

fn entries(language: Language) -> Vec<Entry> {
    let catalogue = catalogue(language);
    catalogue
        .refusals
        .iter()
        .chain(catalogue.faults)
        .copied()
        .collect()
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn violation(violation: Violation) -> AppError {
    AppError::Violation {
        violation,
        clause: "VIO-4".to_owned().try_into().unwrap(),
        points: 24,
        words: "删了差评才给退".to_owned(),
    }
}

#[test]
fn the_three_languages_have_the_same_codes_and_words() {
    let codes = |language| {
        entries(language)
            .iter()
            .map(|[code, ..]| *code)
            .collect::<Vec<_>>()
    };
    let words = |language| {
        catalogue(language)
            .words
            .iter()
            .map(|(code, _)| *code)
            .collect::<Vec<_>>()
    };
    for language in [Language::ZhTw, Language::En] {
        assert_eq!(codes(language), codes(Language::ZhCn));
        assert_eq!(words(language), words(Language::ZhCn));
    }
    let unique: BTreeSet<_> = codes(Language::En).into_iter().collect();
    assert_eq!(unique.len(), codes(Language::En).len());
}

#[test]
fn the_three_languages_name_the_same_facts() {
    let english = entries(Language::En);
    for language in [Language::ZhCn, Language::ZhTw] {
        for ([code, _, detail], [_, _, other]) in entries(language).into_iter().zip(&english) {
            assert_eq!(placeholders(detail), placeholders(other), "{code}");
        }
    }
}

#[test]
fn every_text_says_something() {
    for language in [Language::ZhCn, Language::ZhTw, Language::En] {
        for [code, title, detail] in entries(language) {
            assert!(!title.is_empty() && detail.chars().count() > 10, "{code}");
        }
    }
}

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::CNY).unwrap()
}

/// One refusal of each kind. One that is added needs a status, which does not compile without it;
/// its text is found missing by the comparison of both lists below.
fn refusals() -> Vec<Refusal> {
    let mut refusals = refusals_of_input();
    refusals.extend([
        Refusal::NoSuchCase,
        Refusal::CaseExists,
        Refusal::NotForYou { actor: "auditor" },
        Refusal::StaleTerms { seen: 3, now: 5 },
        Refusal::CaseClosed,
        Refusal::NotNow {
            status: Status::AwaitingReturn,
        },
        Refusal::OrderNeeded,
        Refusal::OrderCancelled,
        Refusal::NotDelivered,
        Refusal::NoUnits,
        Refusal::AmountOnExchange,
        Refusal::FreightIsBuyers,
        Refusal::RejectionUnproven,
        Refusal::WrongScore,
        Refusal::TextLength {
            field: "carrier",
            max: 64,
        },
        Refusal::WrongKind { kind: Kind::Exchange },
    ]);
    refusals.extend(refusals_of_remedies());
    refusals.extend(refusals_of_handling());
    refusals.extend(warranty::refusals());
    refusals
}

fn refusals_of_remedies() -> Vec<Refusal> {
    let clause: ClauseId = "REM-PARTIAL".to_owned().try_into().unwrap();
    let explanation = Box::new(Explanation {
        clause: clause.clone(),
        verdict: Verdict::Unknown,
        findings: vec![Finding {
            condition: "fault = confirmed".to_owned(),
            verdict: Verdict::Unknown,
            actual: None,
        }],
    });
    vec![
        Refusal::OptionsCount { given: 4, at_most: 3 },
        Refusal::NoSuchRemedy {
            clause: clause.clone(),
        },
        Refusal::RemedyNotMet { explanation },
        Refusal::OfferReplaced { now: 2 },
        Refusal::NoSuchOption { option: 4 },
        Refusal::NoSuchStep { step: 2 },
        Refusal::RemedyAmount {
            clause,
            asked: yuan(9),
            least: yuan(1),
            most: yuan(3),
        },
    ]
}

#[expect(clippy::too_many_lines, reason = "one of each, and nothing else")]
fn refusals_of_handling() -> Vec<Refusal> {
    let (soon, late) = (Moment::from_millis(1), Moment::from_millis(2));
    let clause = |id: &str| -> ClauseId { id.to_owned().try_into().unwrap() };
    vec![
        Refusal::KindNotOffered {
            kind: Kind::Repair,
            clock: Clock::Repair,
        },
        Refusal::EvidenceLate {
            clause: clause("DSP-2"),
        },
        Refusal::RecourseLate {
            clause: clause("CLK-8"),
        },
        Refusal::CarrierNotLiable {
            fault: ParcelFault::WrongItem,
        },
        Refusal::BuyerFirst,
        Refusal::AboveCarrierLiability {
            asked: yuan(2),
            at_most: yuan(1),
            clause: None,
        },
        Refusal::AboveWhatIsAsked {
            given: yuan(2),
            asked: yuan(1),
        },
        Refusal::RecourseUnproven,
        Refusal::NotMeasured {
            clock: Clock::Promise,
        },
        Refusal::NoSuchPromise { promise: 2 },
        Refusal::RatingLate {
            clause: clause("CLK-14"),
        },
        Refusal::NoSuchReview {
            review: ReviewId::new(soon, [0; 10]),
        },
        Refusal::ReviewNotUnchanged {
            review: ReviewId::new(soon, [0; 10]),
        },
        Refusal::NothingToPublish {
            review: ReviewId::new(soon, [0; 10]),
        },
        Refusal::ReviewsOpen { open: 2 },
        Refusal::SettledBefore {
            case: CaseId::new(soon, [0; 10]),
            outcome: Outcome::Refunded,
        },
        Refusal::RightStands {
            right: clause("ELG-2"),
            violation: clause("VIO-1"),
            points: 12,
        },
        Refusal::SharesDoNotAddUp { total: 90 },
        Refusal::AbuseUngrounded,
        Refusal::AbuseSettledByAnother { ask: "manager" },
        Refusal::GoodwillNeedsSupervisor {
            because: "buyer_blocked",
            ask: "supervisor",
        },
        Refusal::PromisePassed {
            promise: 1,
            due_at: soon,
        },
        Refusal::ProofMustNotBeAsked {
            clause: clause("ELG-1"),
        },
        Refusal::PickupOutOfTime {
            earliest: soon,
            latest: Some(late),
        },
        Refusal::ReportEarly { due_at: soon },
        Refusal::OrderUnpaid,
        Refusal::OrderPaid,
        Refusal::PaymentFollowed {
            case: CaseId::new(soon, [0; 10]),
        },
        Refusal::PaymentKnown {
            reference: "CMB-1".to_owned(),
            case: CaseId::new(soon, [0; 10]),
        },
        Refusal::PayByOutOfTime {
            earliest: soon,
            latest: soon,
        },
        Refusal::PaymentOutOfTime {
            earliest: soon,
            latest: soon,
        },
        Refusal::PromiseInPast {
            due_at: soon,
            now: late,
        },
        Refusal::PromiseTooFar {
            due_at: late,
            latest: soon,
        },
        Refusal::PromisesOpen { open: 2 },
        Refusal::NotUpward { to: Role::Agent },
        Refusal::TooManyReopenings {
            at_most: 2,
            clause: None,
        },
        Refusal::TooMany {
            what: "tags",
            at_most: 20,
        },
    ]
}

fn refusals_of_input() -> Vec<Refusal> {
    let line = LineId::new(Moment::from_millis(0), [0; 10]);
    let known = vec!["used".to_owned(), "past_window".to_owned()];
    let given = "naughty {given}".to_owned();
    let (asked, left, at_most, limit, owed) = (yuan(5), yuan(3), yuan(3), yuan(3), yuan(3));
    let clause: ClauseId = "HOU-5".to_owned().try_into().unwrap();
    let some = Some(clause.clone());
    let (usd, order) = ("USD".parse().unwrap(), Currency::CNY);
    let (claimed, found, in_hand, ask) = (2, 3, 1, "supervisor");
    let unknown = Refusal::UnknownReason {
        given: given.clone(),
        known: known.clone(),
    };
    vec![
        unknown,
        Refusal::AmountNeeded,
        Refusal::UnknownCause {
            given: "paint".to_owned(),
            known: vec!["light".to_owned()],
        },
        Refusal::UnknownRefusalReason {
            given: given.clone(),
            known,
        },
        Refusal::UnknownLine { line },
        Refusal::NotInHand {
            line,
            asked: 3,
            in_hand,
        },
        Refusal::WrongCurrency { given: usd, order },
        Refusal::NothingToRefund { left },
        Refusal::AboveWhatIsLeft { asked, left },
        Refusal::UnknownProduct { sku: given },
        Refusal::TooManyRenewals { at_most: 3, clause },
        Refusal::InspectionDoesNotAddUp { line, claimed, found },
        Refusal::AboveFreightBound {
            asked,
            at_most,
            clause: some.clone(),
        },
        Refusal::CompensationWithoutClause {
            asked,
            at_most,
            clause: some,
        },
        Refusal::WrongDifference { given: asked, owed },
        Refusal::AboveAuthority { asked, limit, ask },
    ]
}

/// Those about reviews.
fn review_errors() -> Vec<AppError> {
    vec![
        AppError::Review(ReviewFault::UnknownOrder {
            number: "A1".to_owned(),
        }),
        AppError::Review(ReviewFault::Matched),
        AppError::Review(ReviewFault::Unfair {
            words: vec!["您自己的问题".to_owned()],
        }),
        AppError::Review(ReviewFault::RatedBefore),
    ]
}

/// The same for use cases.
#[expect(clippy::too_many_lines, reason = "one of each, and nothing else")]
fn errors() -> Vec<AppError> {
    let reason = || "must not be empty".to_owned();
    let (what, sqlstate) = (reason(), reason());
    let number = "S1".to_owned();
    let (found, known, advice) = (1, 2, "upgrade");
    let (discount, paid, of, computed) = (yuan(2), yuan(2), yuan(1), yuan(1));
    let faults = [
        StoreError::Unavailable { reason: reason() },
        StoreError::Full { reason: reason() },
        StoreError::Locked { reason: reason() },
        StoreError::Schema { found, known, advice },
        StoreError::Corrupt { what },
        StoreError::Database {
            sqlstate,
            reason: reason(),
        },
    ];
    let orders = [
        OrderFault::Lines(0),
        OrderFault::Units {
            sku: reason(),
            units: 0,
        },
        OrderFault::Currencies(Currency::CNY, "USD".parse().unwrap()),
        OrderFault::Discount { discount, of },
        OrderFault::TooLarge,
        OrderFault::Paid { paid, computed },
    ];
    let mut errors: Vec<AppError> = faults.into_iter().map(AppError::Store).collect();
    errors.extend(orders.into_iter().map(AppError::Order));
    errors.extend(reasons().map(|reason| AppError::Invalid {
        field: "label",
        reason,
    }));
    errors.extend(ways_in());
    errors.extend(kept_as_they_are());
    errors.extend([
        AppError::Unauthenticated,
        AppError::WrongPassword,
        AppError::Forbidden { role: "agent" },
        AppError::NotFound { what: "order" },
        AppError::OrderDiffers { number },
        AppError::DeductionKept,
        AppError::Taken { what: "login" },
        AppError::Oneself,
        AppError::OtherShops,
        violation(Violation::ServiceRefused),
        violation(Violation::FakeDispatch),
        violation(Violation::Hostile),
        violation(Violation::ReviewDemanded),
        violation(Violation::PushedOn),
        AppError::KeyReused,
        AppError::Evidence(EvidenceFault::Type {
            declared: reason(),
            found: "image/png",
        }),
        AppError::Evidence(EvidenceFault::TooLarge {
            limit_bytes: 15 << 20,
        }),
        AppError::Evidence(EvidenceFault::CutOff),
        AppError::Evidence(EvidenceFault::TooMany { at_most: 60 }),
        AppError::Mail(IntakeFault::Unreadable),
        AppError::Mail(IntakeFault::TooLarge {
            limit_bytes: 25 << 20,
        }),
        AppError::Mail(IntakeFault::TooManyParts { at_most: 100 }),
        AppError::Mail(IntakeFault::Settled { state: "attached" }),
        AppError::Blobs { reason: reason() },
        AppError::Busy,
        AppError::Inconsistent(reason()),
    ]);
    errors.extend(care());
    errors.extend(warranty::visit_errors());
    errors
}

/// The same for care mails.
fn care() -> Vec<AppError> {
    let clause: ClauseId = "FUP-5".to_owned().try_into().unwrap();
    let left_out = |why: &LeftOut| CareFault::LeftOut {
        why: *why,
        clause: clause.clone(),
    };
    let mut faults: Vec<CareFault> = LeftOut::ALL.iter().map(left_out).collect();
    faults.extend([
        CareFault::NoClause,
        CareFault::NoSuggestion,
        CareFault::NoPage,
        CareFault::State { state: "done" },
        CareFault::TooManySegments { at_most: 200 },
    ]);
    let faults = faults.into_iter().map(AppError::from);
    faults.chain([AppError::VersionDiffers { version: 3 }]).collect()
}

/// The same for what stands already and stays as it is.
fn kept_as_they_are() -> [AppError; 4] {
    [
        AppError::ListingKept,
        AppError::AlreadyBlocked,
        AppError::BlockUnbounded,
        AppError::BlockUntil {
            days_max: 180,
            clause: "ABU-BLOCK".to_owned().try_into().unwrap(),
        },
    ]
}

/// The same for ways in without a password.
fn ways_in() -> [AppError; 4] {
    [
        AppError::LinkTampered,
        AppError::LinkExpired,
        AppError::CodeWrong,
        AppError::SetupToken,
    ]
}

/// The same for a field that will not do.
fn reasons() -> [Reason; 13] {
    [
        Reason::Empty,
        Reason::TooLong { chars_max: 500 },
        Reason::Length { chars_max: 200 },
        Reason::Null,
        Reason::Password {
            chars_min: 10,
            bytes_max: 512,
        },
        Reason::FileName { chars_max: 200 },
        Reason::Before { earlier: "paid_at" },
        Reason::Twice {
            value: "A1".to_owned(),
        },
        Reason::NoHandler,
        Reason::NoWriter,
        Reason::NoCalendar {
            value: "us".to_owned(),
            known: vec!["cn".to_owned()],
        },
        Reason::NoTier {
            value: "gold".to_owned(),
            known: vec!["vip".to_owned()],
        },
        Reason::Other("not one".to_owned()),
    ]
}

/// The same for requests as such.
fn faults() -> [Fault; 13] {
    [
        Fault::UnknownRoute,
        Fault::WrongMethod,
        Fault::MalformedJson {
            reason: "EOF".to_owned(),
        },
        Fault::BodyTooLarge { limit_bytes: 1 },
        Fault::WrongContentType,
        Fault::MailExpected,
        Fault::IdempotencyKeyRequired,
        Fault::IfMatchRequired,
        Fault::CookieNeedsJson,
        Fault::CrossSite,
        Fault::TooManyAttempts {
            retry_after_seconds: 6,
        },
        Fault::TooManyAtOnce { at_most: 6 },
        Fault::LoopbackOnly,
    ]
}

#[test]
fn every_error_has_its_words_and_every_word_its_fact() {
    let mut problems: Vec<Problem> = refusals().into_iter().map(Problem::from).collect();
    problems.extend(
        errors()
            .into_iter()
            .chain(review_errors())
            .chain(warranty::errors())
            .map(Problem::from),
    );
    problems.extend(faults().into_iter().map(Problem::from));
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for problem in &problems {
        assert!(said.insert(problem.text), "{} twice", problem.text);
        for language in [Language::ZhCn, Language::ZhTw, Language::En] {
            let entry = entries(language)
                .into_iter()
                .find(|[code, ..]| *code == problem.text);
            let [_, title, detail] = entry.unwrap_or_else(|| panic!("{} has no text", problem.text));
            for name in placeholders(title).union(&placeholders(detail)) {
                assert!(!problem.facts[*name].is_null(), "{}: {name}", problem.text);
            }
            let (title, detail) = words(language, problem);
            assert!(
                !title.is_empty() && !detail.is_empty() && !detail.contains("null"),
                "{detail}"
            );
        }
    }
    let entries: BTreeSet<&str> = entries(Language::En).iter().map(|[code, ..]| *code).collect();
    assert_eq!(
        said, entries,
        "a text that nothing says, or an error without a sample here"
    );
}

#[test]
fn facts_are_shown_as_people_write_them() {
    for (refusal, language, detail) in [
        (
            Refusal::AboveAuthority {
                asked: yuan(52_192),
                limit: yuan(30_000),
                ask: "supervisor",
            },
            Language::ZhCn,
            "这次要付 521.92 元，您的额度是 300.00 元。请转给主管审批。",
        ),
        (
            Refusal::AboveWhatIsLeft {
                asked: yuan(5),
                left: yuan(0),
            },
            Language::En,
            "CNY 0.05 was asked for; at most CNY 0.00 of what was paid can still be refunded. \
             Ask for CNY 0.00 or less.",
        ),
        (
            Refusal::UnknownReason {
                given: "agent{x}".to_owned(),
                known: vec!["a".into(), "b".into()],
            },
            Language::ZhTw,
            "沒有「agent{x}」這個原因。可以選的有：a、b。請選最符合實際情況的一項。",
        ),
    ] {
        assert_eq!(words(language, &refusal.into()).1, detail);
    }
}
