//! English: the catalogue of texts.
//!
//! Must not know: who asked. Tests: `texts/tests.rs`.

mod faults;
mod refusals;

use super::{Catalogue, Word};

pub(super) const CATALOGUE: Catalogue = Catalogue {
    refusals: refusals::REFUSALS,
    faults: faults::FAULTS,
    words: WORDS,
    comma: ", ",
};

const WORDS: &[Word] = &[
    ("awaiting_decision", "waiting for the shop’s decision"),
    ("refused", "refused"),
    ("awaiting_ruling", "waiting for the platform’s ruling"),
    ("awaiting_return", "waiting for the return to be shipped"),
    ("return_on_the_way", "waiting for the return to arrive"),
    ("awaiting_refund", "waiting for its refund"),
    ("refund_on_the_way", "being refunded"),
    ("refund_in_trouble", "in trouble with its refund"),
    ("awaiting_difference", "waiting for the difference to be paid"),
    (
        "awaiting_replacement",
        "waiting for the replacement to be dispatched",
    ),
    ("replacement_on_the_way", "waiting for the replacement to arrive"),
    ("awaiting_send_back", "waiting for goods to go back to the buyer"),
    ("closed", "closed"),
    ("refund_only", "refund only"),
    ("return_and_refund", "return and refund"),
    ("exchange", "exchange"),
    ("buyer", "buyer"),
    ("agent", "agent"),
    ("supervisor", "supervisor"),
    ("manager", "manager"),
    ("admin", "owner"),
    ("auditor", "auditor"),
    ("mediator", "mediator"),
    ("machine", "machine"),
    ("deadlines", "clock runner"),
    ("outbox", "outbox runner"),
    ("shop", "shop"),
    ("order", "order"),
    ("case", "case"),
    ("evidence", "piece of evidence"),
    ("token", "token"),
    ("person", "person"),
    ("login", "login"),
    ("policy", "policy"),
    ("clock", "clock"),
];
