//! English: what the domain declines.
//!
//! Must not know: who asked. Tests: `texts/tests.rs`.

use super::super::Entry;

pub(super) const REFUSALS: &[Entry] = &[
    [
        "no_such_case",
        "There is no such case",
        "The number may be mistyped, or the case belongs to another shop. Check the number, or open the case from the list.",
    ],
    [
        "case_exists",
        "This case is open already",
        "There is no need to send it again. Open the case and go on from there.",
    ],
    [
        "not_for_you",
        "This step is not yours to take",
        "You act as {actor}, who may not do this. Pass it to a colleague who may, or ask the owner to change your role.",
    ],
    [
        "stale_terms",
        "The case has changed",
        "You saw version {seen}; it is now at version {now}, because somebody has acted on it. Reload it, look again, then decide.",
    ],
    [
        "case_closed",
        "The case is closed",
        "What was decided stands. If something is still wrong, open a new case on the same order.",
    ],
    [
        "not_now",
        "Not at this point",
        "The case is now {status}; this step comes earlier or later. Take one of the next steps the case lists.",
    ],
    [
        "order_needed",
        "An order is needed",
        "This kind of case is about an order. Choose one; if it is not there, import it first.",
    ],
    [
        "order_cancelled",
        "The order was cancelled",
        "A cancelled order has no after-sales. If the money has not come back, ask us to look up the refund.",
    ],
    [
        "not_delivered",
        "The goods have not arrived",
        "Goods can be returned or exchanged once they were delivered. Ask for a refund only, or come back after delivery.",
    ],
    [
        "unknown_reason",
        "Choose another reason",
        "There is no reason “{given}”. Choose the one that fits best: {known}.",
    ],
    [
        "unknown_refusal_reason",
        "Choose another reason for refusing",
        "There is no refusal reason “{given}”. Choose one of these and tell the buyer what it rests on: {known}.",
    ],
    [
        "unknown_line",
        "The order has no such line",
        "Line {line} is not on this order. Go back to the order and choose the goods again.",
    ],
    [
        "no_units",
        "Choose goods and quantities",
        "Name each line once, with at least one unit, and send it again.",
    ],
    [
        "not_in_hand",
        "Not that many can be asked for",
        "{asked} units were asked for and {in_hand} can be; the rest came back already or stand in another case. Ask for {in_hand} at most.",
    ],
    [
        "wrong_currency",
        "The currencies differ",
        "This order is in {order}, the amount given in {given}. Give it in {order}.",
    ],
    [
        "nothing_to_refund",
        "There is nothing to refund",
        "The amount must be above zero, and at most {left} can still be refunded. Change it, or look at what was refunded before.",
    ],
    [
        "above_what_is_left",
        "More than is left",
        "{asked} was asked for; at most {left} of what was paid can still be refunded. Ask for {left} or less.",
    ],
    [
        "amount_on_exchange",
        "An exchange has no amount",
        "An exchange asks for goods; a difference in price is worked out after inspection. Leave the amount out.",
    ],
    [
        "unknown_product",
        "The shop has no such product",
        "There is no product “{sku}” to exchange for. Check the code, or ask for a return and refund instead.",
    ],
    [
        "too_many_renewals",
        "It cannot be renewed again",
        "A refused request can be renewed {at_most} times. You can still ask the platform to step in, or withdraw it.",
    ],
    [
        "inspection_does_not_add_up",
        "The inspection does not add up",
        "{claimed} units were claimed of this line and {found} are accounted for. Accepted, rejected and missing must make {claimed}.",
    ],
    [
        "freight_is_buyers",
        "The buyer bears the return freight",
        "By the rules of this case the shop does not pay the return. Leave the freight out; what is still owed to goodwill goes as compensation.",
    ],
    [
        "above_freight_bound",
        "More freight than is reimbursed",
        "{asked} was entered; at most {at_most} is reimbursed. Compare it with the receipt and stay within the bound.",
    ],
    [
        "compensation_without_clause",
        "No clause allows this compensation",
        "{asked} was offered; the rules of this case allow {at_most}. Stay within it, or take the case to a supervisor.",
    ],
    [
        "wrong_difference",
        "This is not the difference owed",
        "{owed} is owed and {given} was entered. Check the payment, then record {owed}.",
    ],
    [
        "wrong_score",
        "A score is 1 to 5",
        "Enter a whole number from 1 to 5, or leave it out when the buyer gave none.",
    ],
    [
        "text_length",
        "This field is empty or too long",
        "“{field}” must not be empty or longer than {max} characters. Change it and send it again.",
    ],
    [
        "above_authority",
        "Above what you may grant",
        "{asked} would be paid and your limit is {limit}. Ask the {ask} to decide.",
    ],
    [
        "wrong_kind",
        "Not possible for this kind of case",
        "This case is a {kind}, which has no such step. Take one of the next steps the case lists.",
    ],
];
