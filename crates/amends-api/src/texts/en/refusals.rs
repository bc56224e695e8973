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
        "evidence_late",
        "The time to hand in evidence is over",
        "Both sides could hand in evidence until the clock of it ended ({clause}). What is still to be said can be written as a message; the platform sees the whole record.",
    ],
    [
        "recourse_late",
        "The time for this appeal is over",
        "By {clause} the platform takes an appeal over a parcel only within a time after it went wrong, and that is over. Note the course of it for the review; a claim against the carrier is not affected.",
    ],
    [
        "carrier_not_liable",
        "The carrier does not owe for this",
        "What was noted is {fault}, which is the shop's own doing, so the carrier owes nothing. If it was noted wrongly, note the right one first.",
    ],
    [
        "buyer_first",
        "The buyer comes first",
        "The buyer still waits for what he asked or was granted. Refund him or send the goods again, then claim from the carrier.",
    ],
    [
        "rating_late",
        "The time to rate is over",
        "The window to rate the service has closed ({clause}), so no score is taken any more. What is still to be said can be written as a message; it is read and seen to.",
    ],
    [
        "report_early",
        "It is too early to report",
        "The time the buyer was given in the reminder is not over. Wait until it is, check once more what came in, and report then.",
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
        "order_unpaid",
        "The order has not been paid yet",
        "Of an order that was not paid there is nothing to give back. Who does not want it any more tells the shop; who did pay shows the shop the proof.",
    ],
    [
        "order_paid",
        "The payment of this order needs no follow-up",
        "The order has been paid, or nothing is to be paid for it. Look at how far the order got.",
    ],
    [
        "not_delivered",
        "The goods have not arrived",
        "Goods can be returned or exchanged once they were delivered. Ask for a refund only, or come back after delivery.",
    ],
    [
        "payment_followed",
        "Somebody follows this order up already",
        "Case {case} follows up the payment of this order; it needs no other. Open that one.",
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
        "amount_needed",
        "Say how much would make up for it",
        "The goods have arrived and stay with you, so the request needs an amount. Enter one, and say what it is for.",
    ],
    [
        "unknown_cause",
        "Choose the cause again",
        "“{given}” does not lie behind this kind of trouble. There are: {known}. Choose what fits the finding best, or leave it open.",
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
        "rejection_unproven",
        "Goods not accepted need a picture and the reason",
        "Units that are not taken back go back to the buyer or are bought back for less, and he will ask why. Add the pictures to the case, choose them here, and write what is wrong with the goods.",
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
    [
        "kind_not_offered",
        "This kind of case is not offered",
        "A {kind} case is followed by the limit for {clock}, and no rule of the shop sets one. Choose another kind, or ask the owner to add the rule.",
    ],
    [
        "not_measured",
        "A limit is missing",
        "After this step the limit for {clock} would run, and the rules of this case set none. Settle it another way, and ask the owner to add the rule.",
    ],
    [
        "options_count",
        "Offer one to three options",
        "{given} were chosen; a buyer is shown 1 to {at_most} at once. Choose the ones that suit him best.",
    ],
    [
        "no_such_remedy",
        "This case has no such remedy",
        "“{clause}” is not a remedy for this case, or not in its rules at all. Choose one from the case’s list of remedies.",
    ],
    [
        "remedy_not_met",
        "The remedy’s conditions are not met",
        "“{clause}” asks for what is not so, or not known yet: {unmet}. Supply what is missing, such as photos or a finding, or choose another remedy.",
    ],
    [
        "offer_replaced",
        "There is a newer offer",
        "The offer answered was replaced by number {now}. Reload the page and look at the new options before choosing.",
    ],
    [
        "no_such_option",
        "There is no such option",
        "The offer has no option {option}. Reload the page and choose one of those it lists.",
    ],
    [
        "no_such_step",
        "There is no such step to do",
        "Step {step} is not part of what was agreed, or it is done. Reload the case to see what is left.",
    ],
    [
        "no_such_review",
        "This case has no such review",
        "Review {review} does not belong to this case; the page may be out of date. Reload it and try again.",
    ],
    [
        "review_not_unchanged",
        "It is too early to answer in public",
        "An answer in public stands below a review that stays, and review {review} is not put down as unchanged. Reach the buyer and solve it first, put down what became of the review, then write.",
    ],
    [
        "nothing_to_publish",
        "There is no answer to publish",
        "Nothing was written below review {review} yet, or it stands on the platform already and is not changed any more. Reload the case to see.",
    ],
    [
        "payment_known",
        "This payment is on record already",
        "Reference “{reference}” stands on case {case}; one payment is not booked twice. Check the reference; another payment has one of its own.",
    ],
    [
        "no_such_promise",
        "There is no such open promise",
        "The case has no promise {promise}, or it was kept. Reload the case before you record it.",
    ],
    [
        "settled_before",
        "This was settled before",
        "The same goods were settled for the same reason (case {case}, outcome: {outcome}). If this is another trouble, say that it is a new fault; if the old answer was not right, ask us to open that case again.",
    ],
    [
        "right_stands",
        "This request can’t be refused",
        "Clause {right} supports it. Refusing would be a violation ({violation}) and cost the shop {points} points. Grant it, or offer the buyer options he may choose instead.",
    ],
    [
        "abuse_ungrounded",
        "Say what it rests on",
        "Abuse is noted on something that can be looked at: a signal, a message of the buyer, or a piece of evidence. Choose at least one.",
    ],
    [
        "abuse_settled_by_another",
        "Somebody else settles this",
        "The buyer contests what was noted. So that he is heard fairly, another person looks at it, at least a {ask}. Whoever noted it can only take it back.",
    ],
    [
        "goodwill_needs_supervisor",
        "A {ask} decides about goodwill here",
        "What you want to give goes beyond the buyer’s rights, and there is a reason to look twice: {because}. His rights are untouched and can be granted as ever. Pass the rest to a {ask}.",
    ],
    [
        "shares_do_not_add_up",
        "The shares do not make a whole",
        "The shares make {total} percent. Name each party once and let them make 100; leave them all out while nobody can tell.",
    ],
    [
        "remedy_amount",
        "The amount is not what the remedy allows",
        "{asked} was entered; {clause} allows {least} to {most}. Stay within that, or pass the case to a supervisor.",
    ],
    [
        "promise_passed",
        "The promise has passed already",
        "Promise {promise} was due before now, and a buyer is told before it passes, not after. Apologise to him at once, keep it, and record that it was kept.",
    ],
    [
        "above_carrier_liability",
        "More than the carrier owes",
        "{asked} was entered; the carrier owes {at_most} at most (the insured value, or the contract's multiple of the freight). Stay within it, or enter the insured value.",
    ],
    [
        "above_what_is_asked",
        "The amount does not fit",
        "{given} was entered; it can be {asked} at most. Check the answer and the money that came in.",
    ],
    [
        "recourse_unproven",
        "Add a piece of evidence",
        "An appeal or a claim rests on evidence: the trace, the talk with the buyer, pictures of the packing. Choose at least one and file it again.",
    ],
    [
        "repair_taken",
        "The repair was ordered from somebody else",
        "The insurer ordered this repair from {provider}; nobody else can take it or report it. Check the order's number with the provider. To change the provider, let go of this claim and make it again.",
    ],
    [
        "unknown_cover",
        "There is no such cover",
        "What this case is about has no cover {cover}. Choose one of the order's covers that belongs to these goods.",
    ],
    [
        "not_covered",
        "The cover is not for this",
        "{gap}. Choose a cover that fits; without one the shop's rules apply, and the buyer's rights by law stand.",
    ],
    [
        "above_cover",
        "More than the cover pays",
        "{asked} was entered; this cover pays {at_most} at most this time. Stay within it, and settle the rest in another way.",
    ],
    [
        "visit_out_of_time",
        "The slot does not fit",
        "A visit lies between {earliest} and {latest}, and ends after it begins. Choose another slot.",
    ],
    [
        "visit_outside_hours",
        "Choose a slot within working hours",
        "A visit lies within the working hours of one day, so that nobody is bothered. Choose another slot, or change the shop's hours first.",
    ],
    [
        "proof_must_not_be_asked",
        "No proof may be asked for here",
        "By “{clause}” the buyer needs to show nothing. Decide by the rule; if you doubt the state of the goods, inspect them when they come back.",
    ],
    [
        "pickup_out_of_time",
        "This pick-up time will not do",
        "A pick-up has to lie ahead, end after it begins, and end before the return has to be on its way. Please choose another time.",
    ],
    [
        "pay_by_out_of_time",
        "This is no day to pay by",
        "Name a time that is still to come, and no later than the day on which it may be reported, so that the buyer reads one date.",
    ],
    [
        "payment_out_of_time",
        "The payment cannot have arrived then",
        "A payment arrives after the order was placed and before now. Correct it by the bank record; money for another order belongs on that one.",
    ],
    [
        "promise_in_past",
        "A promise is for later",
        "The moment chosen has passed. Choose one by which you are sure to keep it.",
    ],
    [
        "promise_too_far",
        "That is too far ahead",
        "The moment chosen is beyond what the shop’s rules allow. Choose an earlier one; where it really takes longer, promise when the buyer will hear from you next.",
    ],
    [
        "promises_open",
        "Promises are still to be kept",
        "{open} of the promises made to the buyer are not kept yet, so the case can’t be settled. Keep them, record it, then settle the case.",
    ],
    [
        "reviews_open",
        "It is not put down what became of reviews",
        "Of {open} reviews it is not put down what became of them, so the case can’t be settled. Put down for each whether it was revised, stays, or was taken down, then settle the case.",
    ],
    [
        "not_upward",
        "Choose somebody higher",
        "A case is passed to a supervisor, a manager or the owner, not to: {to}. Choose one of them; to hand it to a colleague, assign it.",
    ],
    [
        "too_many_reopenings",
        "It can’t be opened again",
        "A closed case can be opened again {at_most} times. If something is still wrong, open a new case on the same order and name this one.",
    ],
    [
        "too_many",
        "More than there may be",
        "There may be {at_most} at most, counting each {what}. Leave out what is not needed and send it again.",
    ],
];
