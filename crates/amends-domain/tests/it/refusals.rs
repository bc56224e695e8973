//! Refusals: each code reached by a command, the order they are given in, and who may do what.
//!
//! Must not know: the texts in other languages; those are keyed by the codes tried here.

use std::collections::BTreeSet;

use amends_domain::command::Command;
use amends_domain::refusal::Refusal;

use crate::harness::{demo_set, whole_set};
use crate::language::{Story, actor};
use crate::review::reviewed_set;
use crate::stories::policy;
use crate::trade::traded_set;

/// What the last act of a scenario was refused with, under the demo shop's set or, after `whole;`, under
/// everything that comes along.
fn refused(scenario: &str) -> Refusal {
    let scenario = scenario.trim_start();
    let (set, acts) = match scenario.split_once(';') {
        Some(("whole", acts)) => (whole_set(), acts),
        Some((first, acts)) if first.starts_with("policy: ") => {
            (policy(&[first.trim_start_matches("policy: ")]), acts)
        }
        Some(("reviews", acts)) => (reviewed_set(), acts),
        Some(("trade", acts)) => (traded_set(), acts),
        _ => (demo_set(), scenario),
    };
    let mut story = Story::new(set);
    story.play(acts);
    let last = story.last.expect("an act");
    last.expect_err(&format!("nothing was refused in {scenario}"))
}

/// Every stable code in the order refusals are looked for, read from the source so that none is missed.
fn every_code() -> Vec<&'static str> {
    let source = include_str!("../../src/refusal/code.rs");
    let (_, codes) = source.split_once("pub fn code(").unwrap();
    let (codes, _) = codes.split_once("\n    }\n").unwrap();
    let codes: Vec<&str> = codes.split('"').skip(1).step_by(2).collect();
    assert!(codes.len() > 20, "{codes:?}");
    codes
}

/// Code, then the acts that lead to it; the last one is refused.
const EACH: &str = "
no_such_case                | 0 10:00 agent approve
case_exists                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer open refund_only quality dress×1
not_for_you                 | 0 10:00 stranger open refund_only quality dress×1
not_for_you                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 stranger withdraw
not_for_you                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer approve
stale_terms                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve seen 1
stale_terms                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve seen 3
case_closed                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer withdraw; 0 10:02 agent approve
case_closed                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer withdraw; 0 10:02 buyer withdraw
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer ship SF 1001
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent inspect dress=1/0/0
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent send_back SF 1001
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refund
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor record P-1
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor pay_difference 1.00
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent ship_replacement SF 1
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer confirm
not_now                     | 0 10:00 buyer open exchange quality dress×1; 0 10:01 agent convert
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer ask
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer renew
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 mediator rule buyer
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse used; 0 10:02 mediator rule buyer
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse used; 0 10:02 buyer ask; 0 10:03 buyer renew
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse used; 0 10:02 agent refuse used
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve; 0 10:02 buyer withdraw
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve; 0 10:02 agent approve
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer follow_up 5
order_needed                | whole; order none; 0 10:00 buyer open complaint service; 0 10:01 agent exception loss SF 1
not_measured                | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception wrong_item SF 1
not_now                     | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception damage SF 1; 0 10:02 agent exception damage SF 1
not_now                     | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent file platform
not_now                     | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent drop carrier
not_now                     | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception wrong_item SF 1; 0 10:02 agent drop carrier
not_now                     | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception damage SF 1; 0 10:02 agent answered platform granted
not_now                     | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception damage SF 1; 0 10:02 agent file platform; 0 10:03 agent file platform
not_now                     | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception damage SF 1; 0 10:02 agent file platform; 0 10:03 supervisor received platform 1.00
recourse_late               | policy: CLK-8 on_expiry = \"close\"; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception damage SF 1; 3 10:02 agent file platform
carrier_not_liable          | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception wrong_item SF 1; 0 10:02 agent file carrier 9.00
buyer_first                 | whole; order camera 1 × 299.00 in electronics, freight 10.00, dispatched; 5 10:00 buyer open refund_only not_received camera×1; 5 10:01 agent exception loss SF 1; 5 10:02 agent file carrier 30.00 freight 10.00
buyer_first                 | whole; order camera 1 × 299.00 in electronics, freight 10.00, dispatched; 5 10:00 buyer open refund_only not_received camera×1; 5 10:01 agent exception loss SF 1; 5 10:02 agent approve; 5 10:03 agent file carrier 30.00 freight 10.00
above_carrier_liability     | whole; order camera 1 × 299.00 in electronics, freight 10.00, dispatched; 5 10:00 buyer open refund_only not_received camera×1; 5 10:01 agent exception loss SF 1; 5 10:02 agent approve; 5 10:03 provider paid; 5 10:04 agent file carrier 30.01 freight 10.00
above_carrier_liability     | whole; order camera 1 × 299.00 in electronics, freight 10.00, dispatched; 5 10:00 buyer open refund_only not_received camera×1; 5 10:01 agent exception loss SF 1; 5 10:02 agent approve; 5 10:03 provider paid; 5 10:04 agent file carrier 299.01 insured 299.00 freight 10.00
above_what_is_asked         | whole; order camera 1 × 299.00 in electronics, freight 10.00, dispatched; 5 10:00 buyer open refund_only not_received camera×1; 5 10:01 agent exception loss SF 1; 5 10:02 agent approve; 5 10:03 provider paid; 5 10:04 agent file carrier 30.00 freight 10.00; 6 10:00 agent answered carrier granted 30.01
above_what_is_asked         | whole; order camera 1 × 299.00 in electronics, freight 10.00, dispatched; 5 10:00 buyer open refund_only not_received camera×1; 5 10:01 agent exception loss SF 1; 5 10:02 agent approve; 5 10:03 provider paid; 5 10:04 agent file carrier 30.00 freight 10.00; 6 10:00 agent answered carrier granted 30.00; 6 10:01 supervisor received carrier 20.00; 6 10:02 supervisor received carrier 10.01
amount_needed               | whole; order camera 1 × 299.00 in electronics, freight 10.00, dispatched; 5 10:00 buyer open refund_only not_received camera×1; 5 10:01 agent exception loss SF 1; 5 10:02 agent approve; 5 10:03 provider paid; 5 10:04 agent file carrier
wrong_currency              | whole; order camera 1 × 299.00 in electronics, freight 10.00, dispatched; 5 10:00 buyer open refund_only not_received camera×1; 5 10:01 agent exception loss SF 1; 5 10:02 agent approve; 5 10:03 provider paid; 5 10:04 agent file carrier 3.00USD freight 10.00
recourse_unproven           | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception damage SF 1; 0 10:02 agent file platform unseen
text_length                 | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent exception damage SF \"\"
evidence_late               | whole; 0 10:00 buyer open refund_only regret dress×1; 0 10:01 agent refuse used; 0 10:02 buyer ask; 3 00:00 wait; 3 00:01 buyer state
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer contest
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor settle lifted
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor abuse threat; 0 10:02 manager settle upheld
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor abuse threat; 0 10:02 manager abuse threat
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor abuse threat; 0 10:02 buyer contest; 0 10:03 buyer contest
unknown_product             | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor abuse threat listing coat
abuse_ungrounded            | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor abuse
abuse_settled_by_another    | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor abuse threat; 0 10:02 buyer contest; 0 10:03 supervisor settle upheld
abuse_settled_by_another    | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 manager abuse threat; 0 10:02 buyer contest; 0 10:03 supervisor settle lifted
abuse_settled_by_another    | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 admin abuse threat; 0 10:02 buyer contest; 0 10:03 admin settle upheld
goodwill_needs_supervisor   | 20 10:00 buyer open refund_only regret dress×1; 20 10:01 supervisor abuse threat; 20 10:02 agent approve
goodwill_needs_supervisor   | blocked 30 00:00; 20 10:00 buyer open refund_only regret dress×1; 20 10:02 agent approve
order_needed                | order none; 0 10:00 agent open refund_only quality dress×1
repair_taken                | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent order_repair 快修 PO-7; 41 11:00 machine order_repair 别家 PO-9
repair_taken                | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent order_repair 快修 PO-7; 41 11:00 machine repaired 别家 300.00
not_now                     | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 40 10:02 agent claim 1 accident 500.00
not_now                     | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent repaired 快修 300.00
not_now                     | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 supervisor settle_cover 300.00
not_now                     | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent order_repair 快修; 41 10:01 agent decline_cover
not_now                     | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent drop_cover
not_now                     | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent visited done
not_now                     | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent visit 41 10:00 41 12:00; 40 10:02 agent visited missed
not_now                     | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent visit 41 10:00 41 12:00; 40 10:02 agent visit 41 10:00 41 12:00
not_measured                | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent claim 1 fault 5.00
not_measured                | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent visit 1 10:00 1 12:00
amount_needed               | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 0.00
amount_needed               | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent order_repair 快修; 41 10:01 agent repaired 快修 0.00
unknown_cover               | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 2 accident 500.00
unknown_cover               | whole; order phone 1 × 3999.00 in electronics, case 1 × 9.00, delivered; cover accident phone 12; 40 10:00 buyer open repair quality case×1 photos 1; 40 10:01 agent claim 1 accident 5.00
wrong_currency              | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00USD
not_covered                 | whole; order phone 1 × 3999.00 in electronics, delivered; cover extended_warranty phone 12 after 12 per_claim 800.00 in_all 1000.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 fault 500.00
not_covered                 | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 400 10:00 buyer open repair quality phone×1 photos 1; 400 10:01 agent claim 1 accident 500.00
not_covered                 | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 fault 500.00
not_covered                 | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent order_repair 快修; 42 10:00 agent repaired 快修 300.00; 43 10:00 supervisor settle_cover 300.00; 43 10:01 agent claim 1 accident 200.00
not_covered                 | whole; order phone 1 × 3999.00 in electronics, delivered; cover return_freight phone 1; 3 10:00 buyer open return_and_refund quality phone×1 photos 1; 3 10:01 agent claim 1 return_freight 12.00
above_cover                 | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 800.01
above_cover                 | whole; order phone 1 × 3999.00 in electronics, delivered; cover extended_warranty phone 12 after 1 per_claim 800.00 in_all 1000.00; 60 10:00 buyer open repair quality phone×1 photos 1; 60 10:01 agent claim 1 fault 700.00; 61 10:00 agent order_repair 快修; 62 10:00 agent repaired 快修 650.00; 63 10:00 supervisor settle_cover 650.00; 63 10:01 agent claim 1 fault 350.01
above_what_is_asked         | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent order_repair 快修; 42 10:00 agent repaired 快修 500.01
above_what_is_asked         | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent order_repair 快修; 42 10:00 agent repaired 快修 300.00; 43 10:00 supervisor settle_cover 300.01
text_length                 | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent order_repair \"\"
visit_out_of_time           | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent visit 40 10:00 40 12:00
visit_out_of_time           | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent visit 41 12:00 41 10:00
visit_out_of_time           | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent visit 80 10:00 80 12:00
visit_outside_hours         | whole; shop 09:00-18:00 every_day; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent visit 1 08:00 1 10:00
visit_outside_hours         | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent visit 1 10:00 2 10:00
rating_late                 | reviews; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve; 0 10:02 provider paid; 31 10:00 buyer follow_up 5
wrong_kind                  | reviews; 0 10:00 agent open review_rescue quality
wrong_kind                  | reviews; 0 10:00 agent open complaint quality review 1 bad
wrong_kind                  | reviews; 0 10:00 agent open review_rescue quality dress×1 review 1 bad
not_for_you                 | reviews; 0 10:00 buyer open review_rescue quality review 1 bad
order_needed                | reviews; order none; 0 10:00 agent open review_rescue quality review 1 bad without
kind_not_offered            | 0 10:00 machine open review_rescue quality review 1 bad
not_measured                | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 machine review 1 bad
no_such_review              | reviews; 0 10:00 machine open review_rescue quality review 1 bad; 0 10:01 agent end 2 revised
review_not_unchanged        | reviews; 0 10:00 machine open review_rescue quality review 1 bad; 0 10:01 agent explain 1
review_not_unchanged        | reviews; 0 10:00 machine open review_rescue quality review 1 bad; 0 10:01 agent end 1 revised; 0 10:02 agent explain 1
nothing_to_publish          | reviews; 0 10:00 machine open review_rescue quality review 1 bad; 0 10:01 agent end 1 unchanged; 0 10:02 agent publish 1
nothing_to_publish          | reviews; 0 10:00 machine open review_rescue quality review 1 bad; 0 10:01 agent end 1 unchanged; 0 10:02 agent explain 1; 0 10:03 machine publish 1; 0 10:04 agent explain 1
reviews_open                | reviews; 0 10:00 machine open review_rescue quality review 1 bad; 0 10:01 agent resolve
order_unpaid                | trade; order dress 1 × 10.00, unpaid; 0 10:00 buyer open refund_only quality dress×1
order_paid                  | trade; 0 10:00 agent open unpaid_order unpaid
order_paid                  | trade; order gift 1 × 0.00, unpaid; 0 10:00 agent open unpaid_order unpaid
order_cancelled             | trade; order dress 1 × 10.00, cancelled; 0 10:00 agent open unpaid_order unpaid
payment_followed            | trade; order dress 1 × 10.00, unpaid; 0 10:00 machine open unpaid_order unpaid; 0 10:01 agent B.open unpaid_order unpaid
kind_not_offered            | order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid
not_for_you                 | trade; order dress 1 × 10.00, unpaid; 0 10:00 buyer open unpaid_order unpaid
unknown_reason              | trade; 0 10:00 buyer open refund_only unpaid dress×1
unknown_reason              | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order quality
amount_on_exchange          | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid amount 10.00
order_needed                | trade; order none; 0 10:00 agent open unpaid_order unpaid without
wrong_kind                  | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid dress×1
wrong_kind                  | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent letter
wrong_kind                  | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent resolve
wrong_kind                  | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent withdraw; 0 10:02 agent reopen
not_now                     | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent remind 1 10:00
not_now                     | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent dispatch SF 1
not_now                     | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent letter; 0 10:02 agent report
not_now                     | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 10.00 alipay P1; 0 10:02 buyer withdraw
not_now                     | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 10.00 alipay P1; 0 10:02 agent letter
report_early                | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent letter; 0 10:02 agent remind 5 00:00; 7 23:59 agent report
pay_by_out_of_time          | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent letter; 0 10:02 agent remind 0 10:02
pay_by_out_of_time          | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent letter; 0 10:02 agent remind 8 00:01
payment_known               | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 4.00 alipay P1; 0 10:02 supervisor payment 4.00 alipay P1
payment_known               | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 4.00 alipay P1; 0 10:02 buyer withdraw; 0 10:03 agent B.open unpaid_order unpaid; 0 10:04 supervisor B.payment 10.00 alipay P1
payment_out_of_time         | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 10.00 alipay P1 at 0 07:59
payment_out_of_time         | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 10.00 alipay P1 at 0 10:02
amount_needed               | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 0.00 alipay P1
wrong_currency              | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 10.00USD alipay P1
wrong_currency              | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 10.00 alipay P1 discount 1.00USD
text_length                 | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 10.00 alipay \"\"
text_length                 | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 10.00 bank_transfer P1 bank \"\"
text_length                 | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 10.00 alipay P1; 0 10:02 agent dispatch SF \"\"
too_many                    | trade; order dress 1 × 90.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 11:00 supervisor payment 1.00 alipay P0; 0 11:01 supervisor payment 1.00 alipay P1; 0 11:02 supervisor payment 1.00 alipay P2; 0 11:03 supervisor payment 1.00 alipay P3; 0 11:04 supervisor payment 1.00 alipay P4; 0 11:05 supervisor payment 1.00 alipay P5; 0 11:06 supervisor payment 1.00 alipay P6; 0 11:07 supervisor payment 1.00 alipay P7; 0 11:08 supervisor payment 1.00 alipay P8; 0 11:09 supervisor payment 1.00 alipay P9; 0 11:10 supervisor payment 1.00 alipay P10; 0 11:11 supervisor payment 1.00 alipay P11; 0 11:12 supervisor payment 1.00 alipay P12; 0 11:13 supervisor payment 1.00 alipay P13; 0 11:14 supervisor payment 1.00 alipay P14; 0 11:15 supervisor payment 1.00 alipay P15; 0 11:16 supervisor payment 1.00 alipay P16; 0 11:17 supervisor payment 1.00 alipay P17; 0 11:18 supervisor payment 1.00 alipay P18; 0 11:19 supervisor payment 1.00 alipay P19; 0 11:20 supervisor payment 1.00 alipay P20
order_cancelled             | order dress 1 × 10.00, cancelled; 0 10:00 buyer open refund_only quality dress×1
not_delivered               | order dress 1 × 10.00, dispatched; 0 10:00 buyer open return_and_refund quality dress×1
not_delivered               | order dress 1 × 10.00, paid; 0 10:00 buyer open exchange quality dress×1
wrong_kind                  | product coat 299.00; 0 10:00 buyer open refund_only quality dress×1 for coat
wrong_kind                  | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent convert
unknown_reason              | 0 10:00 buyer open refund_only qualty dress×1
unknown_refusal_reason      | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse because
unknown_line                | 0 10:00 buyer open refund_only quality sock×1
unknown_line                | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 agent inspect belt=1/0/0
no_units                    | 0 10:00 buyer open refund_only quality
no_units                    | 0 10:00 buyer open refund_only quality dress×0
no_units                    | 0 10:00 buyer open refund_only quality dress×1 dress×1
not_in_hand                 | 0 10:00 buyer open refund_only quality dress×3
not_in_hand                 | 0 10:00 buyer open refund_only quality dress×4294967295
wrong_currency              | 0 10:00 buyer open refund_only quality dress×1 amount 1.00USD
wrong_currency              | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve comp 0.00USD
wrong_currency              | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse used; 0 10:02 buyer renew 1.00USD
wrong_currency              | product coat 299.00USD; 0 10:00 buyer open exchange quality dress×1 for coat
wrong_currency              | product coat 299.00; 0 10:00 buyer open exchange quality dress×1 for coat; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0; 0 10:03 machine pay_difference 108.41USD
nothing_to_refund           | 0 10:00 buyer open refund_only quality dress×1 amount 0.00
nothing_to_refund           | order gift 1 × 0.00; 0 10:00 buyer open refund_only quality gift×1
nothing_to_refund           | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse used; 0 10:02 buyer renew 0.00
nothing_to_refund           | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse used; 0 10:02 buyer ask; 0 10:03 mediator rule part 0.00
above_what_is_left          | 0 10:00 buyer open refund_only quality dress×1 amount 190.60
above_what_is_left          | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse used; 0 10:02 buyer renew 190.60
above_what_is_left          | 0 10:00 buyer open refund_only quality dress×1 amount 9.00; 0 10:01 agent refuse used; 0 10:02 buyer ask; 0 10:03 mediator rule part 9.01
amount_on_exchange          | 0 10:00 buyer open exchange quality dress×1 amount 1.00
amount_on_exchange          | 0 10:00 buyer open exchange quality dress×1; 0 10:01 agent refuse used; 0 10:02 buyer renew 1.00
amount_on_exchange          | 0 10:00 buyer open exchange quality dress×1; 0 10:01 agent refuse used; 0 10:02 buyer ask; 0 10:03 mediator rule part 1.00
unknown_product             | 0 10:00 buyer open exchange quality dress×1 for coat
too_many_renewals           | 0 10:00 buyer open refund_only quality dress×1; 0 11:01 agent refuse used; 0 11:02 buyer renew; 0 12:01 agent refuse used; 0 12:02 buyer renew; 0 13:01 agent refuse used; 0 13:02 buyer renew; 0 14:01 agent refuse used; 0 14:02 buyer renew
inspection_does_not_add_up  | 0 10:00 buyer open return_and_refund quality dress×2; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0
inspection_does_not_add_up  | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/1/0
inspection_does_not_add_up  | 0 10:00 buyer open return_and_refund quality dress×1 belt×1; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0
inspection_does_not_add_up  | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 agent inspect dress=4294967295/4294967295/3
rejection_unproven  | 0 10:00 buyer open return_and_refund quality dress×2; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/1/0 unseen
rejection_unproven  | 0 10:00 buyer open return_and_refund quality dress×2; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/1/0 unsaid
freight_is_buyers           | 0 10:00 buyer open return_and_refund no_reason dress×1; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0 freight 1.00
above_freight_bound         | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0 freight 25.01
compensation_without_clause | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve comp 0.01
wrong_difference            | product coat 299.00; 0 10:00 buyer open exchange quality dress×1 for coat; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0; 0 10:03 machine pay_difference 299.00
wrong_score                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve; 0 10:02 provider paid; 0 10:03 buyer follow_up 6
wrong_score                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve; 0 10:02 provider paid; 0 10:03 buyer follow_up 0
text_length                 | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 buyer ship SF \"\"
text_length                 | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 buyer ship \"\" 1001
text_length                 | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 agent inspect dress=0/1/0; 0 10:03 agent send_back SF \"\"
text_length                 | 0 10:00 buyer open exchange quality dress×1; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0; 0 10:03 agent ship_replacement SF \"\"
text_length                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve; 0 10:02 provider declined; 0 10:03 supervisor record \"\"
text_length                 | product coat 299.00; 0 10:00 buyer open exchange quality dress×1 for coat; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0; 0 10:03 machine pay_difference 108.41 \"\"
above_authority             | limit 190.58; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve
above_authority             | limit 200.00; 0 10:00 buyer open return_and_refund quality dress×1 photos 1; 0 10:01 agent approve comp 9.42
kind_not_offered            | 0 10:00 buyer open consultation quality
kind_not_offered            | 0 10:00 buyer open repair quality dress×1
not_measured                | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent promise 1 10:00
not_measured                | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent move 1 1 10:00
not_measured                | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent offer REM-PARTIAL
wrong_kind                  | 0 10:00 buyer open refund_only quality dress×1 parcel 1001
wrong_kind                  | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent resolve
wrong_kind                  | whole; 0 10:00 buyer open complaint service; 0 10:01 agent approve
wrong_kind                  | whole; 0 10:00 buyer open complaint service; 0 10:01 agent refuse used
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent ship_repaired SF 1
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent trial worked
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent answer_up
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent arrived
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent reopen
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer choose 1
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer decline
not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent pass_up manager other; 0 10:02 agent pass_up supervisor other
not_now                     | whole; 0 10:00 buyer open return_and_refund quality dress×1 photos 1; 0 10:01 agent approve; 0 10:02 agent offer REM-PARTIAL
not_now                     | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse used; 0 10:02 buyer ask; 0 10:03 agent offer REM-PARTIAL
not_for_you                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent pass_up supervisor other; 0 10:02 agent answer_up
not_for_you                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer pass_up manager buyer_demand
not_for_you                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer pass_up supervisor authority
order_needed                | whole; order none; 0 10:00 agent open complaint service without dress×1
order_needed                | whole; order none; 0 10:00 agent open complaint service
order_needed                | whole; order none; 0 10:00 buyer open complaint quality; 0 10:01 agent offer REM-EXCHANGE
not_delivered               | whole; order dress 1 × 99.00, dispatched; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent offer REM-RETURN
options_count               | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN | REM-EXCHANGE | REM-PARTIAL | REM-NO-PHOTO
no_such_remedy              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-99
no_such_remedy              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-REISSUE
remedy_not_met              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-NEW-COVER
remedy_not_met              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN-10
offer_replaced              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN; 0 10:02 agent offer REM-PARTIAL; 0 10:03 buyer choose 1 #1
offer_replaced              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN; 0 10:02 buyer decline #2
no_such_option              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN; 0 10:02 buyer choose 2
no_such_option              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN; 0 10:02 buyer choose 0
no_such_step                | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent step 1
no_such_promise             | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent keep 1
no_such_promise             | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent move 1 1 10:00
no_such_promise             | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent promise 1 10:00; 0 10:02 agent keep 1; 0 10:03 agent keep 1
no_units                    | whole; 0 10:00 buyer open complaint quality; 0 10:01 agent offer REM-EXCHANGE
settled_before              | 0 10:00 buyer open refund_only quality dress×1 amount 9.00; 0 10:01 agent refuse used; 8 00:00 buyer B.open refund_only quality dress×1
wrong_currency              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-PARTIAL amount 1.00USD
wrong_currency              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN comp 1.00USD
wrong_currency              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN; 0 10:02 buyer decline wish 1.00USD
wrong_currency              | whole; product coat 299.00USD; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-EXCHANGE for coat
unknown_product             | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-EXCHANGE for coat
right_stands                | whole; 0 10:00 buyer open return_and_refund quality dress×1 photos 1; 0 10:01 agent refuse used
shares_do_not_add_up        | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent find shop 60 carrier 30
shares_do_not_add_up        | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent find shop 50 shop 50
shares_do_not_add_up        | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent find shop 100 carrier 0
remedy_amount               | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-PARTIAL amount 57.18
remedy_amount               | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-PARTIAL amount 19.04
remedy_amount               | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN comp 0.01
promise_passed              | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent promise 0 17:00; 0 17:00 agent keep 1; 0 17:01 agent promise 0 18:00; 0 18:00 agent move 2 0 19:00
amount_needed               | 0 10:00 buyer open compensation late dress×1
unknown_cause               | whole; 0 10:00 buyer open return_and_refund colour dress×1; 0 10:01 agent find cause paint
unknown_cause               | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent find cause light
proof_must_not_be_asked     | whole; 2 10:00 buyer open return_and_refund no_reason dress×1 intact; 2 10:01 agent show photo
proof_must_not_be_asked     | whole; 2 10:00 buyer open return_and_refund no_reason dress×1; 2 10:01 agent show video
pickup_out_of_time          | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 buyer pickup SF 0 09:00 0 10:02
pickup_out_of_time          | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 agent pickup SF 1 12:00 1 12:00
pickup_out_of_time          | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 buyer pickup SF 10 23:00 11 00:01
not_now                     | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 buyer pickup SF 1 09:00 1 12:00
not_now                     | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 buyer ship SF 1001; 0 10:03 buyer pickup SF 1 09:00 1 12:00
text_length                 | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 buyer pickup \"\" 1 09:00 1 12:00
text_length                 | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 buyer pickup SF 1 09:00 1 12:00 ref \"\"
promise_in_past             | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent promise 0 10:01
promise_in_past             | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent promise 0 17:00; 0 10:02 agent move 1 0 10:00
promise_too_far             | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent promise 31 00:01
promise_too_far             | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent promise 0 17:00; 0 10:02 agent move 1 32 00:00
promises_open               | whole; 0 10:00 buyer open complaint service; 0 10:01 agent promise 0 17:00; 0 10:02 agent resolve
promises_open               | whole; 0 10:00 buyer open complaint service; 0 10:01 agent promise 0 17:00; 0 17:02 agent resolve
not_upward                  | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent pass_up agent other
not_upward                  | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent pass_up mediator other
too_many_reopenings         | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer withdraw; 0 10:02 agent reopen
too_many_reopenings         | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer withdraw; 0 10:02 agent reopen; 0 10:03 buyer withdraw; 0 10:04 agent reopen; 0 10:05 buyer withdraw; 0 10:06 agent reopen
too_many                    | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent tag +1 +2 +3 +4 +5 +6 +7 +8 +9 +10 +11 +12 +13 +14 +15 +16 +17 +18 +19 +20 +21
text_length                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent tag +
text_length                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent tag +急急急急急急急急急急急急急急急急急急急急急急急急急急急急急急急急急
text_length                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent tag +a\u{7}b
text_length                 | order dress 1 × 99.00, dispatched; 0 10:00 buyer open return_and_refund damaged dress×1 photos 1 parcel \"\"
text_length                 | whole; 0 10:00 buyer open return_and_refund regret dress×1; 0 10:01 agent offer REM-KEEP; 0 10:02 buyer choose 1; 0 10:03 agent step 1 \"\"
text_length                 | whole; 0 10:00 buyer open repair quality dress×1; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0; 0 10:03 agent ship_repaired SF \"\"
above_authority             | whole; limit 190.58; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN
above_authority             | whole; limit 9.99; 0 10:00 buyer open return_and_refund regret dress×1; 0 10:01 agent offer REM-KEEP
";

#[test]
fn every_refusal_can_be_met_and_none_is_missing() {
    let mut met = BTreeSet::new();
    for row in EACH.lines().filter(|row| !row.is_empty()) {
        let (code, scenario) = row.split_once('|').unwrap();
        let refusal = refused(scenario);
        assert_eq!(refusal.code(), code.trim(), "{scenario}: {refusal}");
        let json = serde_json::to_value(&refusal).unwrap();
        assert_eq!(json["code"], code.trim(), "the stored code differs");
        assert!(!refusal.to_string().is_empty());
        met.insert(refusal.code());
    }
    let all: BTreeSet<&str> = every_code().into_iter().collect();
    assert_eq!(met, all);
}

/// Both codes apply; the first is given. Then the acts.
const PRECEDENCE: &str = "
no_such_case       not_for_you                 | 0 10:00 auditor approve
case_exists        not_for_you                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 auditor open refund_only quality dress×1
case_exists        unknown_reason              | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer open refund_only qualty dress×1
not_for_you        stale_terms                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 auditor approve seen 1
not_for_you        case_closed                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer withdraw; 0 10:02 stranger withdraw
stale_terms        case_closed                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer withdraw; 0 10:02 agent approve seen 1
stale_terms        not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refund seen 1
case_closed        not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer withdraw; 0 10:02 agent refund
not_now            unknown_refusal_reason      | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent refuse used; 0 10:02 agent refuse because
not_now            text_length                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer ship SF \"\"
not_now            wrong_score                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 buyer follow_up 9
order_cancelled    not_delivered               | order dress 1 × 10.00, cancelled; 0 10:00 buyer open return_and_refund quality dress×1
order_unpaid       unknown_reason              | order dress 1 × 10.00, unpaid; 0 10:00 buyer open refund_only qualty dress×1
order_paid         kind_not_offered            | 0 10:00 agent open unpaid_order unpaid
payment_followed   unknown_reason              | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent B.open unpaid_order quality
amount_needed      payment_known               | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 4.00 alipay P1; 0 10:02 supervisor payment 0.00 alipay P1
payment_known      wrong_currency              | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 4.00 alipay P1; 0 10:02 supervisor payment 4.00USD alipay P1
wrong_currency     payment_out_of_time         | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 4.00USD alipay P1 at 9 00:00
payment_out_of_time text_length                | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 supervisor payment 4.00 alipay \"\" at 9 00:00
not_now            pay_by_out_of_time          | trade; order dress 1 × 10.00, unpaid; 0 10:00 agent open unpaid_order unpaid; 0 10:01 agent remind 0 09:00
order_cancelled    unknown_reason              | order dress 1 × 10.00, cancelled; 0 10:00 buyer open refund_only qualty dress×1
not_delivered      unknown_line                | order dress 1 × 10.00, paid; 0 10:00 buyer open return_and_refund quality sock×1
wrong_kind         unknown_product             | 0 10:00 buyer open refund_only quality dress×1 for coat
unknown_reason     unknown_line                | 0 10:00 buyer open refund_only qualty sock×1
unknown_line       no_units                    | 0 10:00 buyer open refund_only quality dress×0 sock×1
unknown_line       not_in_hand                 | 0 10:00 buyer open refund_only quality dress×9 sock×1
unknown_line       inspection_does_not_add_up  | 0 10:00 buyer open return_and_refund quality dress×2; 0 10:01 agent approve; 0 10:02 agent inspect sock=1/0/0
no_units           not_in_hand                 | 0 10:00 buyer open refund_only quality dress×9 belt×0
not_in_hand        wrong_currency              | 0 10:00 buyer open refund_only quality dress×9 amount 1.00USD
wrong_currency     above_what_is_left          | 0 10:00 buyer open refund_only quality dress×1 amount 999.00USD
wrong_currency     nothing_to_refund           | 0 10:00 buyer open refund_only quality dress×1 amount 0.00USD
wrong_currency     inspection_does_not_add_up  | 0 10:00 buyer open return_and_refund quality dress×2; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0 freight 1.00USD
wrong_currency     compensation_without_clause | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve comp 9.00USD
nothing_to_refund  above_what_is_left          | order gift 1 × 0.00; 0 10:00 buyer open refund_only quality gift×1 amount 1.00
amount_on_exchange unknown_product             | 0 10:00 buyer open exchange quality dress×1 amount 1.00 for coat
above_what_is_left too_many_renewals           | 0 10:00 buyer open refund_only quality dress×1; 0 11:01 agent refuse used; 0 11:02 buyer renew; 0 12:01 agent refuse used; 0 12:02 buyer renew; 0 13:01 agent refuse used; 0 13:02 buyer renew; 0 14:01 agent refuse used; 0 14:02 buyer renew 999.00
inspection_does_not_add_up freight_is_buyers   | 0 10:00 buyer open return_and_refund no_reason dress×2; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0 freight 1.00
inspection_does_not_add_up above_freight_bound | 0 10:00 buyer open return_and_refund quality dress×2; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0 freight 99.00
freight_is_buyers  above_freight_bound         | 0 10:00 buyer open return_and_refund no_reason dress×1; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0 freight 99.00
goodwill_needs_supervisor compensation_without_clause | 20 10:00 buyer open refund_only regret dress×1; 20 10:01 supervisor abuse threat; 20 10:02 agent approve comp 0.01
not_now            abuse_ungrounded            | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor abuse threat; 0 10:02 supervisor abuse
unknown_product    abuse_ungrounded            | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor abuse listing coat
compensation_without_clause above_authority    | limit 1.00; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent approve comp 9.00
not_for_you        wrong_kind                  | 0 10:00 stranger open refund_only quality dress×1 for coat
wrong_kind         not_now                     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent convert
wrong_kind         not_now                     | whole; 0 10:00 buyer open consultation usage dress×1; 0 10:01 agent approve
wrong_kind         order_needed                | order none; 0 10:00 buyer open refund_only quality for coat
wrong_kind         order_cancelled             | order dress 1 × 10.00, cancelled; 0 10:00 buyer open refund_only quality dress×1 parcel 1001
not_now            not_upward                  | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent pass_up manager other; 0 10:02 agent pass_up agent other
not_now            options_count               | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 agent offer REM-RETURN | REM-EXCHANGE | REM-PARTIAL | REM-NO-PHOTO
order_needed       kind_not_offered            | order none; 0 10:00 buyer open repair quality dress×1
not_delivered      kind_not_offered            | order dress 1 × 10.00, paid; 0 10:00 buyer open repair quality dress×1
not_delivered      remedy_not_met              | whole; order dress 1 × 99.00, dispatched; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent offer REM-NO-PHOTO
order_needed       remedy_not_met              | whole; order none; 0 10:00 buyer open complaint service; 0 10:01 agent offer REM-GOODWILL
kind_not_offered   unknown_reason              | 0 10:00 buyer open repair qualty dress×1
not_measured       options_count               | 0 10:00 buyer open return_and_refund quality dress×1; 0 10:02 agent offer REM-RETURN | REM-EXCHANGE | REM-PARTIAL | REM-NO-PHOTO
not_measured       promise_in_past             | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent promise 0 10:00
not_measured       no_such_promise             | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent move 9 1 10:00
unknown_refusal_reason right_stands            | whole; 0 10:00 buyer open return_and_refund quality dress×1 photos 1; 0 10:01 agent refuse because
remedy_not_met     no_units                    | whole; 0 10:00 buyer open complaint service; 0 10:01 agent offer REM-EXCHANGE
remedy_not_met     wrong_currency              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-NEW-COVER amount 1.00USD
offer_replaced     no_such_option              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN; 0 10:03 buyer choose 7 #2
offer_replaced     wrong_currency              | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-RETURN; 0 10:03 buyer decline #2 wish 1.00USD
not_in_hand        settled_before              | 0 10:00 buyer open refund_only quality dress×1 amount 9.00; 0 10:01 agent refuse used; 8 00:00 buyer B.open refund_only quality dress×9
settled_before     amount_on_exchange          | 0 10:00 buyer open exchange quality dress×1; 0 10:01 agent refuse used; 8 00:00 buyer B.open exchange quality dress×1 amount 1.00
settled_before     wrong_currency              | 0 10:00 buyer open refund_only quality dress×1 amount 9.00; 0 10:01 agent refuse used; 8 00:00 buyer B.open refund_only quality dress×1 amount 1.00USD
settled_before     nothing_to_refund           | 0 10:00 buyer open refund_only quality dress×2; 0 10:01 agent approve; 0 10:02 provider paid; 8 00:00 buyer B.open refund_only quality dress×1
amount_on_exchange wrong_currency              | 0 10:00 buyer open exchange quality dress×1 amount 1.00USD
wrong_currency     unknown_product             | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-EXCHANGE amount 1.00USD for coat
unknown_product    remedy_amount               | whole; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-EXCHANGE amount 1.00 for coat
remedy_amount      above_authority             | whole; limit 1.00; 0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent offer REM-PARTIAL amount 99.00
promise_passed     promise_in_past             | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent promise 0 17:00; 0 17:00 agent keep 1; 0 17:01 agent promise 0 18:00; 0 18:00 agent move 2 0 17:00
too_many           text_length                 | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent tag + +2 +3 +4 +5 +6 +7 +8 +9 +10 +11 +12 +13 +14 +15 +16 +17 +18 +19 +20 +21
text_length        above_authority             | limit 1.00; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 supervisor approve; 0 10:02 provider declined; 0 10:03 supervisor record \"\"
repair_taken not_now           | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 accident 500.00; 41 10:00 agent order_repair 快修 PO-7; 41 11:00 agent order_repair 别家 PO-9
not_measured amount_needed     | 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent claim 1 fault 0.00
amount_needed unknown_cover    | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 2 accident 0.00
unknown_cover wrong_currency   | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 2 accident 5.00USD
wrong_currency not_covered     | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 fault 5.00USD
not_covered above_cover        | whole; order phone 1 × 3999.00 in electronics, delivered; cover accident phone 12 claims 1 per_claim 800.00; 40 10:00 buyer open repair quality phone×1 photos 1; 40 10:01 agent claim 1 fault 900.00
visit_out_of_time visit_outside_hours | whole; 0 10:00 buyer open refund_only quality dress×1; 0 10:01 agent visit 0 09:00 1 12:00
wrong_difference   text_length                 | product coat 299.00; 0 10:00 buyer open exchange quality dress×1 for coat; 0 10:01 agent approve; 0 10:02 agent inspect dress=1/0/0; 0 10:03 machine pay_difference 1.00 \"\"
";

#[test]
fn of_two_refusals_the_earlier_is_given() {
    let order = every_code();
    let source = include_str!("../../src/refusal.rs");
    let (_, variants) = source.split_once("pub enum Refusal {").unwrap();
    let declared = variants.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?.trim_end_matches([',', ' ', '{']);
        name.starts_with(|first: char| first.is_ascii_uppercase())
            .then_some(name)
    });
    let told: Vec<String> = order.iter().map(|code| code.replace('_', "")).collect();
    let declared: Vec<String> = declared.take(told.len()).map(str::to_lowercase).collect();
    assert_eq!(declared, told, "the enum and its codes stand in one order");
    let place = |code: &str| {
        let place = order.iter().position(|known| *known == code);
        place.unwrap_or_else(|| panic!("no code {code}"))
    };
    for row in PRECEDENCE.lines().filter(|row| !row.is_empty()) {
        let (codes, scenario) = row.split_once('|').unwrap();
        let codes: Vec<&str> = codes.split_whitespace().collect();
        assert!(
            place(codes[0]) < place(codes[1]),
            "{codes:?} stand the other way round"
        );
        assert_eq!(refused(scenario).code(), codes[0], "{scenario}");
    }
}

#[test]
fn texts_in_events_have_a_longest_length() {
    for (chars, fits) in [(64, true), (65, false)] {
        let mut story = Story::new(demo_set());
        let waybill = "单".repeat(chars);
        story.play(&format!(
            "0 10:00 buyer open return_and_refund quality dress×1; 0 10:01 agent approve; 0 10:02 buyer ship SF {waybill}"
        ));
        assert_eq!(story.last.unwrap().is_ok(), fits, "{chars} characters");
    }
}

/// Who may give which command; `open` stands for an order of the first buyer.
const PERMISSIONS: &str = "
                 buyer stranger agent supervisor manager admin auditor mediator machine clock provider
open               x      ·       x       x         x      x      ·       ·        x      ·      ·
approve            ·      ·       x       x         x      x      ·       ·        ·      ·      ·
refuse             ·      ·       x       x         x      x      ·       ·        ·      ·      ·
renew              x      ·       x       x         x      x      ·       ·        ·      ·      ·
withdraw           x      ·       x       x         x      x      ·       ·        ·      ·      ·
ask                x      ·       x       x         x      x      ·       ·        ·      ·      ·
rule               ·      ·       ·       x         x      x      ·       x        ·      ·      ·
let_go             x      ·       x       x         x      x      ·       ·        ·      ·      ·
state              x      ·       x       x         x      x      ·       ·        ·      ·      ·
appeal             x      ·       x       x         x      x      ·       ·        ·      ·      ·
abuse              ·      ·       ·       x         x      x      ·       ·        ·      ·      ·
contest            x      ·       ·       ·         ·      ·      ·       ·        ·      ·      ·
settle             ·      ·       ·       x         x      x      ·       ·        ·      ·      ·
pickup             x      ·       x       x         x      x      ·       ·        x      ·      ·
ship               x      ·       x       x         x      x      ·       ·        x      ·      ·
inspect            ·      ·       x       x         x      x      ·       ·        ·      ·      ·
send_back          ·      ·       x       x         x      x      ·       ·        x      ·      ·
refund             ·      ·       x       x         x      x      ·       ·        ·      ·      ·
record             ·      ·       ·       x         x      x      ·       ·        ·      ·      ·
pay_difference     ·      ·       ·       x         x      x      ·       ·        x      ·      ·
ship_replacement   ·      ·       x       x         x      x      ·       ·        x      ·      ·
confirm            x      ·       x       x         x      x      ·       ·        x      ·      ·
convert            ·      ·       x       x         x      x      ·       ·        ·      ·      ·
follow_up          x      ·       x       x         x      x      ·       ·        ·      ·      ·
message            x      ·       x       x         x      x      ·       x        x      ·      ·
note               ·      ·       x       x         x      x      ·       x        x      ·      ·
deadline           ·      ·       ·       ·         ·      ·      ·       ·        ·      x      ·
paid               ·      ·       ·       ·         ·      ·      ·       ·        ·      ·      x
ship_repaired      ·      ·       x       x         x      x      ·       ·        x      ·      ·
resolve            ·      ·       x       x         x      x      ·       ·        ·      ·      ·
offer              ·      ·       x       x         x      x      ·       ·        ·      ·      ·
choose             x      ·       x       x         x      x      ·       ·        ·      ·      ·
decline            x      ·       x       x         x      x      ·       ·        ·      ·      ·
step               ·      ·       x       x         x      x      ·       ·        x      ·      ·
trial              x      ·       x       x         x      x      ·       ·        ·      ·      ·
supply             x      ·       x       x         x      x      ·       ·        x      ·      ·
show               ·      ·       x       x         x      x      ·       ·        ·      ·      ·
find               ·      ·       x       x         x      x      ·       ·        ·      ·      ·
assess             ·      ·       x       x         x      x      ·       ·        ·      ·      ·
pass_up            x      ·       x       x         x      x      ·       ·        ·      ·      ·
answer_up          ·      ·       ·       x         x      x      ·       ·        ·      ·      ·
assign             ·      ·       x       x         x      x      ·       ·        ·      ·      ·
tag                ·      ·       x       x         x      x      ·       ·        x      ·      ·
promise            ·      ·       x       x         x      x      ·       ·        ·      ·      ·
keep               ·      ·       x       x         x      x      ·       ·        ·      ·      ·
move               ·      ·       x       x         x      x      ·       ·        ·      ·      ·
contact            ·      ·       x       x         x      x      ·       ·        x      ·      ·
arrived            x      ·       x       x         x      x      ·       ·        x      ·      ·
reopen             ·      ·       x       x         x      x      ·       ·        ·      ·      ·
exception          ·      ·       x       x         x      x      ·       ·        x      ·      ·
file               ·      ·       x       x         x      x      ·       ·        ·      ·      ·
supplement         ·      ·       x       x         x      x      ·       ·        ·      ·      ·
answered           ·      ·       x       x         x      x      ·       ·        x      ·      ·
received           ·      ·       ·       x         x      x      ·       ·        ·      ·      ·
drop               ·      ·       x       x         x      x      ·       ·        ·      ·      ·
review             ·      ·       x       x         x      x      ·       ·        x      ·      ·
judge              ·      ·       x       x         x      x      ·       ·        ·      ·      ·
end                ·      ·       x       x         x      x      ·       ·        x      ·      ·
explain            ·      ·       x       x         x      x      ·       ·        ·      ·      ·
publish            ·      ·       x       x         x      x      ·       ·        x      ·      ·
letter             ·      ·       x       x         x      x      ·       ·        x      ·      ·
remind             ·      ·       x       x         x      x      ·       ·        ·      ·      ·
payment            ·      ·       ·       x         x      x      ·       ·        x      x      ·
dispatch           ·      ·       x       x         x      x      ·       ·        x      x      ·
report             ·      ·       x       x         x      x      ·       ·        ·      ·      ·
claim              ·      ·       x       x         x      x      ·       ·        ·      ·      ·
order_repair       ·      ·       x       x         x      x      ·       ·        x      ·      ·
repaired           ·      ·       x       x         x      x      ·       ·        x      ·      ·
decline_cover      ·      ·       x       x         x      x      ·       ·        x      ·      ·
settle_cover       ·      ·       ·       x         x      x      ·       ·        ·      ·      ·
drop_cover         ·      ·       x       x         x      x      ·       ·        ·      ·      ·
visit              ·      ·       x       x         x      x      ·       ·        x      ·      ·
visited            ·      ·       x       x         x      x      ·       ·        x      ·      ·
";

/// Arguments of the commands that need some.
fn with_arguments(verb: &str) -> String {
    let arguments = match verb {
        "open" => "refund_only quality belt×1",
        "refuse" => "used",
        "rule" => "buyer",
        "ship" | "send_back" | "ship_replacement" | "ship_repaired" | "dispatch" => "SF 1001",
        "pickup" => "SF 1 09:00 1 12:00",
        "inspect" => "dress=1/0/0",
        "record" => "HAND-1",
        "pay_difference" => "1.00",
        "abuse" => "extortion message",
        "settle" => "lifted",
        "deadline" => "decision expiry 1",
        "offer" => "REM-RETURN",
        "choose" | "step" | "keep" | "explain" | "publish" => "1",
        "trial" => "worked",
        "supply" => "photos 1",
        "show" => "photo",
        "contact" => "phone reached",
        "find" => "fault confirmed",
        "assess" => "heat low",
        "pass_up" => "supervisor buyer_demand",
        "assign" => "nobody",
        "tag" => "+vip",
        "promise" | "remind" => "1 10:00",
        "move" => "1 1 10:00",
        "exception" => "damage SF 1001",
        "file" | "supplement" | "drop" => "platform",
        "answered" => "platform declined",
        "received" => "platform 1.00",
        "review" => "1 bad",
        "judge" => "1 goods",
        "end" => "1 revised",
        "payment" => "1.00 alipay P1",
        "claim" => "1 accident 5.00",
        "order_repair" => "快修 PO-1",
        "repaired" => "快修 5.00",
        "settle_cover" => "5.00",
        "visit" => "1 10:00 1 12:00",
        "visited" => "done",
        _ => "",
    };
    format!("{verb} {arguments}")
}

#[test]
fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let mut rows = PERMISSIONS.lines().filter(|row| !row.is_empty());
    let actors: Vec<&str> = rows.next().unwrap().split_whitespace().collect();
    let mut verbs = BTreeSet::new();
    for row in rows {
        let mut cells = row.split_whitespace();
        let verb = cells.next().unwrap();
        verbs.insert(verb);
        for (who, cell) in actors.iter().zip(cells) {
            let mut story = Story::new(demo_set());
            story.play("0 10:00 buyer open return_and_refund quality dress×1");
            if verb == "answer_up" {
                // Whoever it was passed to answers, or somebody above him.
                story.play("0 10:00 agent pass_up supervisor other");
            }
            let case = if verb == "open" { "B." } else { "" };
            story.play(&format!("0 10:01 {who} {case}{}", with_arguments(verb)));
            let last = story.last.unwrap();
            let allowed = !matches!(last, Err(Refusal::NotForYou { .. }));
            assert_eq!(allowed, cell == "x", "{who} {verb}: {last:?}");
        }
    }
    assert_eq!(actors.len(), 2 + amends_domain::actor::Role::ALL.len() + 2);
    assert!(actors.iter().all(|who| serde_json::to_value(actor(who)).is_ok()));
    assert_eq!(
        verbs.len(),
        every_command() + 1,
        "message and note are one command"
    );
}

/// How many commands there are, counted where they are declared.
fn every_command() -> usize {
    let source = include_str!("../../src/command.rs");
    let (_, body) = source.split_once("pub enum Command {").unwrap();
    let (body, _) = body.split_once("\n}\n").unwrap();
    let variants = body.lines().filter(|line| {
        let name = line.strip_prefix("    ").unwrap_or("");
        name.starts_with(|first: char| first.is_ascii_uppercase())
    });
    let count = variants.count();
    let json = serde_json::to_string(&Command::Withdraw).unwrap();
    assert_eq!(json, "\"withdraw\"");
    count
}
