//! The status and facts of each error of a use case. What the caller cannot mend tells him nothing
//! of the inside; the log has it under the request's id.
//!
//! Must not know: texts. Tests: `texts/tests.rs`.

use amends_app::StoreError;
use amends_app::buyers::visits::VisitFault;
use amends_app::care::CareFault;
use amends_app::error::{AppError, Reason};
use amends_app::evidence::EvidenceFault;
use amends_app::mails::IntakeFault;
use amends_app::reviews::ReviewFault;
use amends_app::warranty::WarrantyFault;
use amends_domain::care::LeftOut;
use amends_domain::order::{LINES_MAX, OrderFault, UNITS_MAX};
use amends_domain::plan::{LONGEST_TERM, PRICES_MAX, PlanFault};
use amends_domain::policy::remedy::Violation;
use axum::http::StatusCode;
use serde_json::json;

use super::Problem;

/// When to come back after a moment's trouble.
const SOON_SECONDS: u32 = 1;
/// When to come back after the database went away.
const LATER_SECONDS: u32 = 10;

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let code = error.code();
        let plain = |status, facts| Self::new(status, code, facts);
        match error {
            AppError::Refused(refusal) => refusal.into(),
            AppError::Unauthenticated
            | AppError::WrongPassword
            | AppError::LinkTampered
            | AppError::CodeWrong
            | AppError::SetupToken
            | AppError::LinkExpired => plain(StatusCode::UNAUTHORIZED, json!({})),
            AppError::Forbidden { role } => plain(StatusCode::FORBIDDEN, json!({ "role": role })),
            AppError::NotFound { what } => plain(StatusCode::NOT_FOUND, json!({ "what": what })),
            AppError::Invalid { field, reason } => invalid(field, &reason),
            AppError::Order(fault) => order(&fault),
            AppError::OrderDiffers { number } => plain(StatusCode::CONFLICT, json!({ "number": number })),
            AppError::Taken { what } => plain(StatusCode::CONFLICT, json!({ "what": what })),
            AppError::Oneself
            | AppError::OtherShops
            | AppError::ListingKept
            | AppError::DeductionKept
            | AppError::AlreadyBlocked
            | AppError::BlockUnbounded => plain(StatusCode::CONFLICT, json!({})),
            AppError::BlockUntil { days_max, clause } => {
                let facts = json!({ "days_max": days_max, "clause": clause });
                plain(StatusCode::UNPROCESSABLE_ENTITY, facts)
            }
            AppError::Violation {
                violation,
                clause,
                points,
                words,
            } => {
                let facts = json!({ "violation": clause, "points": points, "words": words,
                    "kind_of": violation.code() });
                Self {
                    text: violation_text(violation),
                    ..plain(StatusCode::UNPROCESSABLE_ENTITY, facts)
                }
            }
            AppError::KeyReused => plain(StatusCode::UNPROCESSABLE_ENTITY, json!({})),
            AppError::Busy => {
                let problem = plain(StatusCode::SERVICE_UNAVAILABLE, json!({}));
                Self {
                    retry_after_seconds: Some(SOON_SECONDS),
                    ..problem
                }
            }
            AppError::Care(fault) => care(&fault),
            AppError::VersionDiffers { version } => {
                plain(StatusCode::PRECONDITION_FAILED, json!({ "version": version }))
            }
            AppError::Evidence(fault) => evidence(&fault),
            AppError::Mail(fault) => mail(&fault),
            AppError::Review(fault) => review(&fault),
            AppError::Warranty(fault) => warranty(&fault),
            AppError::Visit(fault) => visit(fault),
            AppError::Blobs { reason } => Self {
                inner: Some(reason),
                retry_after_seconds: Some(LATER_SECONDS),
                ..plain(StatusCode::SERVICE_UNAVAILABLE, json!({}))
            },
            AppError::Store(fault) => store(&fault),
            AppError::Inconsistent(what) => Self {
                inner: Some(what),
                ..plain(StatusCode::INTERNAL_SERVER_ERROR, json!({}))
            },
        }
    }
}

/// What to say instead differs by what was said.
fn violation_text(violation: Violation) -> &'static str {
    match violation {
        Violation::ServiceRefused => "violation.service_refused",
        Violation::FakeDispatch => "violation.fake_dispatch",
        Violation::Hostile => "violation",
        Violation::ReviewDemanded => "violation.review_demanded",
        Violation::PushedOn => "violation.pushed_on",
    }
}

/// One code for a field that will not do, and a text for each reason that people meet.
fn invalid(field: &str, reason: &Reason) -> Problem {
    let (text, facts) = match reason {
        Reason::Empty => ("invalid.empty", json!({})),
        Reason::TooLong { chars_max } => ("invalid.too_long", json!({ "chars_max": chars_max })),
        Reason::Length { chars_max } => ("invalid.length", json!({ "chars_max": chars_max })),
        Reason::Null => ("invalid.null", json!({})),
        Reason::Password { chars_min, bytes_max } => (
            "invalid.password",
            json!({ "chars_min": chars_min, "bytes_max": bytes_max }),
        ),
        Reason::FileName { chars_max } => ("invalid.file_name", json!({ "chars_max": chars_max })),
        Reason::Before { earlier } => ("invalid.before", json!({ "earlier": earlier })),
        Reason::Twice { value } => ("invalid.twice", json!({ "value": value })),
        Reason::NoHandler => ("invalid.no_handler", json!({})),
        Reason::NoWriter => ("invalid.no_writer", json!({})),
        Reason::NotSecure => ("invalid.not_secure", json!({})),
        Reason::NoCalendar { value, known } => {
            ("invalid.no_calendar", json!({ "value": value, "known": known }))
        }
        Reason::NoTier { value, known } => ("invalid.no_tier", json!({ "value": value, "known": known })),
        Reason::Other(_) => ("invalid", json!({})),
    };
    let mut problem = Problem::invalid(field, reason.to_string());
    problem.text = text;
    if let Some(rule) = reason.code() {
        problem.facts.insert("rule".to_owned(), json!(rule));
    }
    if let serde_json::Value::Object(facts) = facts {
        problem.facts.extend(facts);
    }
    problem
}

fn evidence(fault: &EvidenceFault) -> Problem {
    let (status, facts) = match fault {
        EvidenceFault::Type { declared, found } => (
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({ "declared": declared, "found": found }),
        ),
        EvidenceFault::TooLarge { limit_bytes } => (
            StatusCode::PAYLOAD_TOO_LARGE,
            json!({ "limit_bytes": limit_bytes, "limit_mebibytes": limit_bytes >> 20 }),
        ),
        EvidenceFault::CutOff => (StatusCode::UNPROCESSABLE_ENTITY, json!({})),
        EvidenceFault::TooMany { at_most } => (StatusCode::CONFLICT, json!({ "at_most": at_most })),
    };
    Problem::new(status, fault.code(), facts)
}

fn care(fault: &CareFault) -> Problem {
    let (text, facts) = match fault {
        CareFault::NoClause | CareFault::NoSuggestion | CareFault::NoPage => (fault.code(), json!({})),
        CareFault::State { state } => (fault.code(), json!({ "state": state })),
        CareFault::TooManySegments { at_most } => (fault.code(), json!({ "at_most": at_most })),
        CareFault::LeftOut { why, clause } => {
            let facts = json!({ "why": why.code(), "clause": clause });
            (left_out_text(*why), facts)
        }
    };
    Problem {
        text,
        ..Problem::new(StatusCode::CONFLICT, fault.code(), facts)
    }
}

fn left_out_text(why: LeftOut) -> &'static str {
    match why {
        LeftOut::OptedOut => "care_left_out.opted_out",
        LeftOut::Blocked => "care_left_out.blocked",
        LeftOut::NoAddress => "care_left_out.no_address",
        LeftOut::OpenCase => "care_left_out.open_case",
        LeftOut::Unsatisfied => "care_left_out.unsatisfied",
        LeftOut::NotSatisfied => "care_left_out.not_satisfied",
        LeftOut::Capped => "care_left_out.capped",
    }
}

fn mail(fault: &IntakeFault) -> Problem {
    let (status, facts) = match fault {
        IntakeFault::Unreadable => (StatusCode::UNPROCESSABLE_ENTITY, json!({})),
        IntakeFault::TooLarge { limit_bytes } => (
            StatusCode::PAYLOAD_TOO_LARGE,
            json!({ "limit_bytes": limit_bytes, "limit_mebibytes": limit_bytes >> 20 }),
        ),
        IntakeFault::TooManyParts { at_most } => {
            (StatusCode::UNPROCESSABLE_ENTITY, json!({ "at_most": at_most }))
        }
        IntakeFault::Settled { state } => (StatusCode::CONFLICT, json!({ "state": state })),
    };
    Problem::new(status, fault.code(), facts)
}

fn review(fault: &ReviewFault) -> Problem {
    let (status, facts) = match fault {
        ReviewFault::UnknownOrder { number } => {
            (StatusCode::UNPROCESSABLE_ENTITY, json!({ "number": number }))
        }
        ReviewFault::Matched | ReviewFault::RatedBefore => (StatusCode::CONFLICT, json!({})),
        ReviewFault::Unfair { words } => (
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({ "words": words.join("、") }),
        ),
    };
    Problem::new(status, fault.code(), facts)
}

fn warranty(fault: &WarrantyFault) -> Problem {
    let (status, facts) = match fault {
        WarrantyFault::Plan(plan) => return plan_invalid(plan),
        WarrantyFault::NotOffered { months, sku } => (
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({ "months": months, "sku": sku }),
        ),
        WarrantyFault::NoSuchPlan => (StatusCode::UNPROCESSABLE_ENTITY, json!({})),
        WarrantyFault::PlanEnded | WarrantyFault::Covered | WarrantyFault::OrderCancelled => {
            (StatusCode::CONFLICT, json!({}))
        }
    };
    Problem::new(status, fault.code(), facts)
}

fn visit(fault: VisitFault) -> Problem {
    let facts = match fault {
        VisitFault::Planned { due_at } => json!({ "due_at": due_at.to_string() }),
        VisitFault::Done { at } => json!({ "done_at": at.to_string() }),
        VisitFault::Declined | VisitFault::Blocked => json!({}),
    };
    Problem::new(StatusCode::CONFLICT, fault.code(), facts)
}

/// One code for what is no plan, and a text for each way it is not.
fn plan_invalid(fault: &PlanFault) -> Problem {
    let (text, facts) = match fault {
        PlanFault::Text { field, max } => ("plan_invalid.text", json!({ "field": field, "max": max })),
        PlanFault::Prices(prices) => (
            "plan_invalid.prices",
            json!({ "prices": prices, "max": PRICES_MAX }),
        ),
        PlanFault::Months(months) => (
            "plan_invalid.months",
            json!({ "months": months, "max": LONGEST_TERM }),
        ),
        PlanFault::TwoPrices { months, sku } => {
            ("plan_invalid.two_prices", json!({ "months": months, "sku": sku }))
        }
        PlanFault::Bound { field } => ("plan_invalid.bound", json!({ "field": field })),
    };
    Problem {
        text,
        ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "plan_invalid", facts)
    }
}

fn store(fault: &StoreError) -> Problem {
    let (status, retry_after_seconds) = match fault {
        StoreError::Locked { .. } => (StatusCode::SERVICE_UNAVAILABLE, Some(SOON_SECONDS)),
        StoreError::Unavailable { .. } => (StatusCode::SERVICE_UNAVAILABLE, Some(LATER_SECONDS)),
        StoreError::Schema { .. } => (StatusCode::SERVICE_UNAVAILABLE, None),
        StoreError::Full { .. } => (StatusCode::INSUFFICIENT_STORAGE, None),
        StoreError::Corrupt { .. } | StoreError::Database { .. } => (StatusCode::INTERNAL_SERVER_ERROR, None),
    };
    let problem = Problem::new(status, fault.code(), json!({}));
    Problem {
        retry_after_seconds,
        inner: Some(fault.to_string()),
        ..problem
    }
}

/// One code for an order that does not add up, and a text for each way it does not.
fn order(fault: &OrderFault) -> Problem {
    let (text, facts) = match fault {
        OrderFault::Lines(lines) => ("order_invalid.lines", json!({ "lines": lines, "max": LINES_MAX })),
        OrderFault::Units { sku, units } => (
            "order_invalid.units",
            json!({ "sku": sku, "units": units, "max": UNITS_MAX }),
        ),
        OrderFault::Currencies(one, other) => {
            ("order_invalid.currencies", json!({ "one": one, "other": other }))
        }
        OrderFault::Discount { discount, of } => (
            "order_invalid.discount",
            json!({ "discount": discount, "of": of }),
        ),
        OrderFault::TooLarge => ("order_invalid.too_large", json!({})),
        OrderFault::Paid { paid, computed } => (
            "order_invalid.paid",
            json!({ "paid": paid, "computed": computed }),
        ),
    };
    Problem {
        text,
        ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "order_invalid", facts)
    }
}
