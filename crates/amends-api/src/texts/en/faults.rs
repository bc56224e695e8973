//! English: everything else that goes wrong.
//!
//! Must not know: who asked. Tests: `texts/tests.rs`.

use super::super::Entry;

pub(super) const FAULTS: &[Entry] = &[
    [
        "unauthenticated",
        "Sign in first",
        "Nobody is signed in, or the session has ended. Sign in again; a program should check whether its token has expired or was revoked.",
    ],
    [
        "wrong_password",
        "Login and password do not fit",
        "Check both and try again. If you forgot the password, ask the owner for a new one.",
    ],
    [
        "too_many_attempts",
        "Too many attempts",
        "To keep the account safe, wait {retry_after_seconds} seconds before trying again. If you forgot the password, ask the owner.",
    ],
    [
        "forbidden",
        "You may not do this",
        "Your role is {role}, which does not include this. If your work needs it, ask the owner to change your role.",
    ],
    [
        "link_tampered",
        "This link does not open",
        "It is incomplete or was altered. Open the link again from the message the shop sent you; if that fails, ask the shop for another.",
    ],
    [
        "setup_token",
        "The set-up token is wrong, or a shop was founded already",
        "Open the address that the program showed when it started. If the shop is there, sign in.",
    ],
    [
        "code_wrong",
        "The code is wrong, or no longer counts",
        "Use the code from our latest message, and check order number and the end of your telephone number. A code counts for 10 minutes; after too many tries, ask for a new one.",
    ],
    [
        "link_expired",
        "This link has expired",
        "Links end after a while to protect your data. Ask the shop to send you a new one.",
    ],
    [
        "not_found",
        "There is no such {what}",
        "The id may be mistyped, or it belongs to another shop. Check it and try again.",
    ],
    [
        "invalid",
        "A field is not as it must be",
        "“{field}”: {reason}. Change it and send it again.",
    ],
    [
        "invalid.empty",
        "Something is missing",
        "“{field}” is empty. Fill it in and send it again.",
    ],
    [
        "invalid.too_long",
        "A text is too long",
        "“{field}” may have {chars_max} characters. Shorten it and send it again.",
    ],
    [
        "invalid.length",
        "A text is empty or too long",
        "“{field}” must have 1 to {chars_max} characters. Change it and send it again.",
    ],
    [
        "invalid.null",
        "A text contains a character that can't be stored",
        "“{field}” contains the invisible character U+0000. Type the text anew and send it again.",
    ],
    [
        "invalid.password",
        "The password is too short or too long",
        "“{field}” must have at least {chars_min} characters and at most {bytes_max} bytes. Choose another one.",
    ],
    [
        "invalid.file_name",
        "A file can't be called this",
        "“{field}” must have 1 to {chars_max} characters, without slashes and control characters. Rename the file and send it again.",
    ],
    [
        "invalid.before",
        "The moments are in the wrong order",
        "“{field}” is before “{earlier}”, which comes first. Check both and send them again.",
    ],
    [
        "invalid.twice",
        "The same stands there twice",
        "“{field}”: {value} stands twice in this import. Leave one out and send it again.",
    ],
    [
        "invalid.no_handler",
        "Choose somebody who handles cases",
        "This person does not handle cases, or was barred. Choose an agent, a supervisor, a manager or the owner.",
    ],
    [
        "invalid.no_writer",
        "Say whose mail it is",
        "By its sender nobody is known, or more than one buyer. Name the order it is about, or the buyer.",
    ],
    [
        "invalid.no_calendar",
        "There is no such calendar",
        "There is no calendar “{value}”. Choose one of these: {known}; left empty, working days are Monday to Friday.",
    ],
    [
        "invalid.no_tier",
        "There is no such tier",
        "The shop's settings do not name {value}. There are: {known}. Ask the owner to add another one in the settings.",
    ],
    [
        "order_invalid.lines",
        "The order has too few or too many lines",
        "An order has 1 to {max} lines, this one has {lines}. Correct it and import it again.",
    ],
    [
        "order_invalid.units",
        "A quantity is out of bounds",
        "A line has 1 to {max} units, “{sku}” has {units}. Correct it and import the order again.",
    ],
    [
        "order_invalid.currencies",
        "One order, one currency",
        "This order has amounts in {one} and in {other}. Use one of them and import it again.",
    ],
    [
        "order_invalid.discount",
        "The discount is larger than the price",
        "{discount} is taken from {of}. Correct the discount and import the order again.",
    ],
    [
        "order_invalid.too_large",
        "The total is above the limit",
        "The order is too large to be accounted for exactly. Split it and import the parts.",
    ],
    [
        "order_invalid.paid",
        "What was paid does not add up",
        "{paid} was given as paid; goods less discounts plus freight make {computed}. Correct it and import the order again.",
    ],
    [
        "order_differs",
        "The order is there already and differs",
        "Order {number} was imported with other goods or amounts, which cannot change afterwards. Check the number.",
    ],
    [
        "listing_kept",
        "This line has a listing snapshot already",
        "A snapshot is never changed once it is attached: it is to prove what the page said when the buyer ordered. Check that this is the line you mean.",
    ],
    [
        "deduction_kept",
        "This deduction's number is known",
        "The same number stands for another deduction. Look at the platform's notice and use its own number.",
    ],
    [
        "taken",
        "This {what} is taken",
        "There is already one of this name. Choose another.",
    ],
    [
        "already_blocked",
        "This buyer is on the block list",
        "He stands on it already; the list says why and until when. Lift that entry first if it has to change.",
    ],
    [
        "block_unbounded",
        "Nobody can be blocked yet",
        "No rule of the shop says how long a buyer may stand on the block list, so nobody is put on it. The owner can publish a rule with that limit.",
    ],
    [
        "block_until",
        "Choose another end",
        "A block ends after now and within {days_max} days (clause {clause}). Choose a day in between; it can be renewed when it is over and there is a reason.",
    ],
    [
        "oneself",
        "Not to yourself",
        "So that nobody locks himself out, another owner must do this. Ask one, or add one first.",
    ],
    [
        "other_shops",
        "This account is not your shop’s alone",
        "The person works in other shops too. Take away the role in your shop instead, or let the person change it.",
    ],
    [
        "violation",
        "This can't be sent to the buyer",
        "The platform counts “{words}” as a violation ({violation}) and deducts {points} points; it was not sent. Put it another way: show that you understand, then say what you can do and by when.",
    ],
    [
        "violation.service_refused",
        "Service can't be refused like this",
        "“{words}” refuses normal after-sales service, which the platform counts as a violation ({violation}) and deducts {points} points for; it was not sent. Say the reason and the rule instead, and what the buyer can still do.",
    ],
    [
        "violation.fake_dispatch",
        "Dispatch can't depend on a review",
        "“{words}” ties dispatch to a review, which the platform counts as a violation ({violation}) and deducts {points} points for; it was not sent. Say when the goods leave instead; a review is the buyer's own affair.",
    ],
    [
        "violation.review_demanded",
        "Service can't depend on a review",
        "“{words}” ties service to a review, which the platform counts as a violation ({violation}) and deducts {points} points for; it was not sent. Do what is due and say by when instead; the review is the buyer's own affair.",
    ],
    [
        "violation.pushed_on",
        "The shop is the buyer’s one address",
        "“{words}” sends the buyer on to the carrier or the maker, which the shop’s own rule forbids ({violation}); it was not sent. Take the matter on: say what the shop does now and by when. Who bears the cost is settled among yourselves afterwards.",
    ],
    [
        "key_reused",
        "This key was used before",
        "The Idempotency-Key belongs to another request, so nothing was done. Send this one with a fresh key.",
    ],
    [
        "idempotency_key_required",
        "An Idempotency-Key is needed",
        "So that a repeated request never pays twice, send the header Idempotency-Key: a fresh value for each action, the same one when you retry.",
    ],
    [
        "if_match_required",
        "If-Match is needed",
        "A decision must rest on the latest state. Read the case and send its ETag in the header If-Match.",
    ],
    [
        "unknown_route",
        "There is nothing at this address",
        "It may be mistyped, or an id in it incomplete. Compare it with /api/v1/openapi.json.",
    ],
    [
        "wrong_method",
        "This method is not offered here",
        "The address exists, the method does not. Compare it with /api/v1/openapi.json.",
    ],
    [
        "malformed_json",
        "The body is not JSON",
        "It does not parse: {reason}. Correct it and send it again.",
    ],
    [
        "body_too_large",
        "The body is too large",
        "A request carries at most {limit_bytes} bytes. Split it into several.",
    ],
    [
        "wrong_content_type",
        "Only JSON is accepted",
        "Send the body as JSON, with Content-Type: application/json.",
    ],
    [
        "mail_expected",
        "Only a mail is accepted",
        "Send the mail as it came, with Content-Type: message/rfc822.",
    ],
    [
        "cookie_needs_json",
        "The request was stopped",
        "So that no other site can use your session, a browser must send Content-Type: application/json.",
    ],
    [
        "cross_site",
        "The request was stopped",
        "It came from another site, so nothing was done. Go on from the page of this shop.",
    ],
    [
        "too_many_at_once",
        "Too many at once",
        "You have {at_most} of these open already, in other windows or programs. Close one and try again.",
    ],
    [
        "loopback_only",
        "Only on the same machine",
        "The clock is moved for demos and tests, by callers on the machine that runs the service.",
    ],
    [
        "busy",
        "Too much is waiting",
        "Nothing was done. Try again in a moment; with the same Idempotency-Key it is done once.",
    ],
    [
        "evidence_type",
        "This file cannot be taken",
        "It was handed in as {declared}; its content is {found}. Taken are JPEG, PNG, WebP, GIF, HEIC, MP4, MOV, PDF and text in UTF-8, each as what it is. Choose another file or another kind.",
    ],
    [
        "evidence_too_large",
        "The file is too large",
        "Files of this type may have {limit_mebibytes} MiB. Make it smaller, or cut the video to what matters, and hand it in again.",
    ],
    [
        "evidence_cut_off",
        "The file did not arrive whole",
        "Its end is missing, so nothing of it was kept. Check that it opens, then hand it in again.",
    ],
    [
        "evidence_too_many",
        "There are enough pieces",
        "There are {at_most} here already, which is the limit. Put several pictures into one PDF.",
    ],
    [
        "mail_unreadable",
        "This is no mail that can be read",
        "It has no head, a head without end, or its end did not come. Nothing of it was kept; send the mail again as it came.",
    ],
    [
        "mail_too_large",
        "The mail is too large",
        "A mail may have {limit_mebibytes} MiB. Ask for the files one by one, or add them to the case as evidence.",
    ],
    [
        "mail_too_many_parts",
        "The mail has too many parts",
        "A mail may have {at_most} parts, and few levels of parts within parts. Nothing of it was kept; ask its sender for a plain one.",
    ],
    [
        "mail_settled",
        "Somebody was faster",
        "It has been settled already what becomes of this mail, so nothing was done. Read the mail again to see by whom and how.",
    ],
    [
        "version_differs",
        "Somebody changed it meanwhile",
        "A colleague saved something newer after you opened it, and nothing was written over. Open it again, read what is new, and then change it.",
    ],
    [
        "care_no_clause",
        "The policy has no clause on care mail",
        "Nothing in force says how often and at which hours care mail may go, so none can be sent. Ask the owner to publish a pack with such a clause.",
    ],
    [
        "care_no_suggestion",
        "The policy has no clause on suggesting goods",
        "Nothing in force says to whom goods may be suggested. Leave the suggestion out, or ask the owner to add such a clause.",
    ],
    [
        "care_no_page",
        "The address of the buyers' pages is missing",
        "Without it a mail would have no way out. Ask the owner to give it in the settings, under notices, and confirm again.",
    ],
    [
        "care_state",
        "This can't be done with the care mail now",
        "It is no draft any more, or it is over; nothing was changed. Load it again to see how far it has come.",
    ],
    [
        "care_too_many_segments",
        "There are as many segments as there may be",
        "A shop keeps at most {at_most}. Remove one that is not used any more, then save the new one.",
    ],
    [
        "visit_planned",
        "This buyer has a visit planned already",
        "A buyer has one planned at a time, so that nobody calls twice. To move it, call the planned one off first.",
    ],
    [
        "visit_done",
        "Somebody has dealt with this visit",
        "A colleague has put down what came of it, or called it off; yours did not overwrite it. Reload for the latest; what is left to say goes into the notes of the buyer book.",
    ],
    [
        "visit_declined",
        "The buyer does not want to be called",
        "He said so at the last visit, and the shop keeps to it. If he asked for a call himself, tick that he did and plan it again.",
    ],
    [
        "visit_blocked",
        "By his book this buyer is left alone",
        "A call is a contact, too. If it has to be, take the mark off in the buyer book first.",
    ],
    [
        "care_left_out.opted_out",
        "This buyer has opted out",
        "By clause {clause} no care mail goes to whoever opted out. For his after-sales, answer on his case.",
    ],
    [
        "care_left_out.blocked",
        "The shop does not write to this buyer",
        "By clause {clause} no care mail goes to whoever is blocked. To write to him again, change that in his book first.",
    ],
    [
        "care_left_out.no_address",
        "This buyer has no mail address",
        "By clause {clause} care goes by mail, and none of his is known. Reach him by the shop's chat instead.",
    ],
    [
        "care_left_out.open_case",
        "A case of this buyer is still open",
        "By clause {clause} no care mail goes while a case or a dispute is open. Settle it first.",
    ],
    [
        "care_left_out.unsatisfied",
        "This buyer was not satisfied last time",
        "By clause {clause} whoever gave a low score is left in peace. See to what he was unhappy about first.",
    ],
    [
        "care_left_out.not_satisfied",
        "Goods can't be suggested to this buyer now",
        "By clause {clause} goods are suggested only to whoever was satisfied when he was asked last. Leave the suggestion out, and just write to him.",
    ],
    [
        "care_left_out.capped",
        "This buyer got enough care mail lately",
        "By clause {clause} he can't get another one for now. Write to him some days later.",
    ],
    [
        "review_order_unknown",
        "The shop has no such order",
        "Order {number} was not handed in, so the review of it was not kept. Hand in the order first, then the review again.",
    ],
    [
        "review_matched",
        "This review belongs to another order",
        "It was matched to another order before, and nothing was changed. Reload the review to see to which.",
    ],
    [
        "plan_invalid.text",
        "A name of the plan does not fit",
        "{field} has 1 to {max} characters on one line. Mend it and save again.",
    ],
    [
        "plan_invalid.prices",
        "The number of prices does not fit",
        "A plan has 1 to {max} prices, and this one has {prices}. Add or remove some and save again.",
    ],
    [
        "plan_invalid.months",
        "The length does not fit",
        "A plan runs for 1 to {max} months, and {months} was entered. Mend it and save again.",
    ],
    [
        "plan_invalid.two_prices",
        "Two prices for one length",
        "There are two prices for {months} months (product {sku}). Keep one price for each product and length.",
    ],
    [
        "plan_invalid.bound",
        "A bound does not fit",
        "{field} is above zero; leave it empty for no bound. Mend it and save again.",
    ],
    [
        "no_such_plan",
        "There is no such plan",
        "A line names a plan that the shop does not have. Check its id under Covers → Plans and import again.",
    ],
    [
        "plan_ended",
        "This plan is not sold any more",
        "It cannot be sold or given; covers that were made of it stand. Choose a plan that is sold.",
    ],
    [
        "plan_not_offered",
        "The plan has no such price",
        "There is no price for {months} months of {sku}. Choose a length the plan has, or add the price first.",
    ],
    [
        "covered_already",
        "It is covered already",
        "A cover of this kind still holds for these goods, or has not begun. Another can be sold once it is over.",
    ],
    [
        "cover_order_cancelled",
        "The order was called off",
        "No cover is added to an order that was called off. Check the order's number.",
    ],
    [
        "invalid.not_secure",
        "The link must begin with https://",
        "{field} takes a whole link that begins with https:// and has no blanks, so that it is safe for buyers to open. Mend it and save again.",
    ],
    [
        "unfair_words",
        "This may not stand in public",
        "What stands in public blames no buyer and names nothing of his: {words}. Take it out, and say what went wrong, that you are sorry, and what you do about it.",
    ],
    [
        "rated_before",
        "The buyer was rated for this order",
        "A buyer is rated once an order; what stands there was not changed. Reload the order to see it.",
    ],
    [
        "blobs_unavailable",
        "Files cannot be stored or read",
        "Nothing was kept. Try again shortly; if it stays, give the request id to whoever runs the service.",
    ],
    [
        "store_unavailable",
        "The database cannot be reached",
        "Nothing was done, and nothing is lost. Try again shortly; if it stays, give the request id to whoever runs the service.",
    ],
    [
        "store_locked",
        "The database is busy",
        "Another operation holds what this one needs, and nothing was done. Try again in a few seconds.",
    ],
    [
        "store_full",
        "There is no space left",
        "Nothing was saved. Ask whoever runs the service to free or add disk space, then try again.",
    ],
    [
        "store_schema",
        "The service is being upgraded",
        "Tables and program are of different versions. Try again later; if it stays, whoever runs the service must finish the upgrade.",
    ],
    [
        "store_corrupt",
        "Stored data cannot be read",
        "Nothing was done, to be safe. Give the request id to whoever runs the service and ask for a run of amends verify.",
    ],
    [
        "store_database",
        "Something went wrong inside",
        "Nothing was done. Try again; if it comes back, give the request id to whoever runs the service.",
    ],
    [
        "inconsistent",
        "The data does not fit together",
        "Nothing was done, to be safe. Give the request id to whoever runs the service and ask for a run of amends verify.",
    ],
];
