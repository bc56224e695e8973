//! Policy: the packs of the demo shop, mistakes in packs, sets and their hashes, and three-valued
//! conditions.
//!
//! Must not know: any flow but the clock whose length is changed here.

use std::collections::BTreeMap;

use amends_domain::case::clock::Clock;
use amends_domain::facts::{FactKind, FactName, FactValue};
use amends_domain::money::{Currency, Money};
use amends_domain::policy::Bound;
use amends_domain::policy::condition::{Condition, Verdict};
use amends_domain::policy::pack::{CLAUSES_MAX, PACK_BYTES_MAX, Pack};
use amends_domain::policy::set::PolicySet;
use proptest::prelude::*;

use crate::harness::{BEYOND, PACKS, demo_set, set_of};
use crate::language::check_under;
use crate::trace::word;
use crate::trade::traded_set;

/// The packs with one text replaced in the pack that has it.
pub(crate) fn packs_with(from: &str, to: &str) -> Vec<String> {
    let hits: usize = PACKS.iter().map(|pack| pack.matches(from).count()).sum();
    assert_eq!(hits, 1, "{from:?} must stand in one place");
    PACKS.iter().map(|pack| pack.replace(from, to)).collect()
}

#[test]
fn the_demo_shops_packs_resolve_and_measure_every_clock_a_set_needs() {
    let set = demo_set();
    let layers: Vec<String> = set.packs().iter().map(|pack| word(&pack.layer)).collect();
    assert_eq!(layers, ["law", "platform", "shop"]);
    for clock in Clock::REQUIRED {
        let (clause, terms) = set.clock(*clock).unwrap();
        assert!(clock.outcomes().contains(&terms.on_expiry), "{clause}");
    }
    for clause in set.clauses() {
        let title = &clause.title;
        let texts = [&title.zh_cn, &title.zh_tw, &title.en, &clause.source];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{}", clause.id);
    }
}

#[test]
fn packs_resolve_in_the_order_of_their_layers_whatever_order_they_come_in() {
    let [law, platform, shop] = PACKS;
    assert_eq!(set_of(&[shop, platform, law]).hash(), demo_set().hash());
}

#[test]
fn a_set_read_back_from_its_text_is_the_same_set() {
    let set = demo_set();
    let read = PolicySet::parse(&set.text()).unwrap();
    assert_eq!(read, set);
    assert_eq!((read.hash(), read.text()), (set.hash(), set.text()));
    assert!(PolicySet::parse("{}").is_err());
    assert!(PolicySet::parse(&set.text().replace("decision", "decisions")).is_err());
}

#[test]
fn a_stored_set_without_a_bound_or_with_one_twice_is_refused() {
    let text = demo_set().text();
    let attempts = r#"{"bound":{"bound":"refund_attempts","at_most":5}}"#;
    let right =
        r#"{"right":{"kinds":[],"when":"order_phase = paid","return_freight":"buyer","proof":"none"}}"#;
    for (terms, says) in [
        (
            attempts.replace("refund_attempts", "renewals"),
            "clauses HOU-5 and HOU-6 both bound Renewals",
        ),
        (right.to_owned(), "no clause bounds RefundAttempts"),
    ] {
        let changed = text.replace(attempts, &terms);
        let fault = PolicySet::parse(&changed).unwrap_err().to_string();
        assert!(fault.contains(says), "{fault}");
    }
}

#[test]
fn every_bound_has_its_clause() {
    for (set, bounds) in [(demo_set(), Bound::REQUIRED), (traded_set(), Bound::ALL)] {
        for bound in bounds {
            assert!(set.bound(*bound).is_some(), "{bound:?}");
        }
    }
}

#[test]
fn any_change_of_a_clause_gives_another_hash() {
    let changed = set_of(&packs_with("at_most = 2500", "at_most = 2501"));
    assert_ne!(changed.hash(), demo_set().hash());
}

#[test]
fn a_longer_decision_clock_needs_no_code() {
    let decision = "clock = \"decision\"\nlength = \"48h\"";
    let longer = packs_with(decision, &decision.replace("48h", "72h"));
    check_under(
        set_of(&longer),
        "0 10:00 buyer open refund_only quality dress×1; 3 10:00 wait",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 3 10:00
        2 22:00  decision warning → warned of decision
        3 10:00  decision expiry → decision over (CLK-2: approve), approved [CLK-2], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 5 10:00
        A: refund_on_the_way; ordered; clocks refund_execution 5 10:00
        ledger: held 190.59
        ",
    );
}

#[test]
fn a_policy_may_escalate_where_the_platform_decides() {
    let decision = "warn_before = \"12h\"\nowner = \"agent\"\non_expiry = \"approve\"";
    let careful = packs_with(decision, &decision.replace("approve", "escalate"));
    check_under(
        set_of(&careful),
        "0 10:00 buyer open refund_only quality dress×1; 2 10:00 wait; 4 10:00 supervisor refuse used",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        1 22:00  decision warning → warned of decision
        2 10:00  decision expiry → decision over (CLK-2: escalate), escalated to supervisor
        4 10:00  supervisor refuse → refused used (next: renew ask_intervention withdraw), +refusal_answer till 12 00:00
        A: refused; no money; clocks refusal_answer 12 00:00
        ledger:
        ",
    );
}

#[test]
fn compensation_has_no_percent_that_overflows() {
    let percent = "compensation_percent_max = 30\n";
    let packs = packs_with(percent, "compensation_percent_max = 4294967295\n");
    check_under(
        set_of(&packs),
        "
        order ring 1 × 9999999999.00, delivered
        0 10:00 buyer open return_and_refund quality ring×1 photos 1
        0 11:00 agent approve comp 10000000000.00
        0 11:01 agent approve comp 1.00
        ",
        "
        0 10:00  buyer open → opened 9999999999.00 for ring#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 11:00  agent approve → ✗ compensation_without_clause: compensation of 10000000000.00 CNY, at most 1.00 CNY
        0 11:01  agent approve → -decision, approved [ELG-2] +1.00, +return_shipment till 11 00:00
        A: awaiting_return; no money; clocks return_shipment 11 00:00
        ledger:
        ",
    );
}

/// What is written, the mistake in its place, and what is said of it on the line it stands on.
const MISTAKES: &str = "
days_since_receipt <= 15d\", \"evidence.photos >= 1 | days_since_reciept <= 15d\", \"evidence.photos >= 1 | nearest is \"days_since_receipt\"
\"evidence.photos >= 1\" | \"evidence.photo >= 1\" | nearest is \"evidence.photos\"
\"evidence.photos >= 1\" | \"evidence.photos >= one\" | evidence.photos is compared with a whole number, not with \"one\"
\"evidence.photos >= 1\" | \"evidence.photos in [1]\" | evidence.photos cannot be compared with in
\"evidence.photos >= 1\" | \"goods_value <= 300\" | money like 300.00 CNY
\"evidence.photos >= 1\" | \"days_since_receipt <= 7\" | days like 7d
\"goods_intact = true\" | \"goods_intact = yes\" | true or false
\"goods_intact = true\" | \"goods_intact\" | is not a comparison
\"goods_intact = true\" | \"goods_intact=true\" | is not a comparison
\"goods_intact = true\" | \"reason <= no_reason\" | cannot be compared
\"goods_intact = true\" | \"reason in [no_reason\" | a word like
\"goods_intact = true\" | \"reason in [a, , b]\" | a word like
when = \"order_phase = paid\" | when = { some = [\"order_phase = paid\"] } | one of all, any, not
when = \"order_phase = paid\" | when = { all = [\"order_phase = paid\"], any = [\"reason = regret\"] } | one of all, any, not
when = \"order_phase = paid\" | when = {} | one of all, any, not
when = \"order_phase = paid\" | when = 7 | a comparison as text
compensation_percent_max = 30 | compensation_percent = 30 | compensation_percent
compensation_percent_max = 30 | compensation_percent_max = -1 | -1
length = \"15d\" | length = \"15 days\" | is not a length
length = \"15d\" | length = \"0d\" | is not a length
length = \"15d\" | length = \"2w\" | is not a length
clock = \"send_back\" | clock = \"sendback\" | sendback
bound = \"renewals\" | bound = \"renewal\" | renewal
id = \"HOU-4\" | id = \"HOU 4\" | is not a clause id
id = \"HOU-4\" | id = \"\" | is not a clause id
layer = \"shop\" | layer = \"store\" | store
priority = \"medium\" | priority = \"middle\" | middle
";

#[test]
fn a_mistake_in_a_pack_is_named_with_its_line() {
    for row in MISTAKES.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split(" | ").map(str::trim).collect();
        let [from, to, says] = cells[..] else {
            panic!("{row}")
        };
        let Some(pack) = PACKS.iter().find(|pack| pack.contains(from)) else {
            assert_eq!(says, "-", "{from} stands nowhere");
            continue;
        };
        let text = pack.replacen(from, to, 1);
        let at = text.lines().position(|line| line.contains(to)).unwrap() + 1;
        let fault = Pack::parse(&text).expect_err(&format!("{to} was taken"));
        assert!(fault.reason.contains(says), "{to}: {fault}");
        assert_eq!(fault.line, at, "{to}: {fault}");
    }
}

#[test]
fn a_clause_says_one_thing_only() {
    let bound = "[clause.terms.bound]\nbound = \"renewals\"";
    let two = format!(
        "terms.clock = {{ clock = \"ruling\", length = \"1d\", owner = \"platform\", on_expiry = \"escalate\" }}\n{bound}"
    );
    let packs = packs_with(bound, &two);
    assert!(
        Pack::parse(&packs[2]).is_err(),
        "the second was dropped without a word"
    );
}

#[test]
fn a_pack_of_another_format_or_size_is_refused_whole() {
    let law = PACKS[0];
    let title = "{ \"zh-CN\" = \"一\", \"zh-TW\" = \"一\", en = \"one\" }";
    let clauses = |count: usize| -> String {
        let clause = |at: usize| {
            format!(
                "[[clause]]\nid = \"A{at}\"\ntitle = {title}\nsource = \"\"\nterms = {{ bound = {{ bound = \"renewals\", at_most = 1 }} }}\n"
            )
        };
        (0..count).map(clause).collect()
    };
    let head = format!("format = 1\nid = \"a\"\nrevision = \"1\"\nlayer = \"shop\"\ntitle = {title}\n");
    assert!(Pack::parse(&format!("{head}{}", clauses(CLAUSES_MAX))).is_ok());
    for (text, says) in [
        (law.replace("format = 1", "format = 2"), "format 2 is not known"),
        (format!("{law}{}", " ".repeat(PACK_BYTES_MAX)), "bytes"),
        (format!("{head}{}", clauses(CLAUSES_MAX + 1)), "clauses"),
    ] {
        let fault = Pack::parse(&text).unwrap_err();
        assert!(fault.reason.contains(says), "{fault}");
        assert_eq!(fault.line, 0);
    }
}

#[test]
fn packs_that_make_no_set_are_refused_with_the_clauses_named() {
    let twice = format!("{}{}", PACKS[2], PACKS[2].split_once("[[clause]]").unwrap().1);
    let again = "[[clause]]\nid = \"HOU-9\"\ntitle = { \"zh-CN\" = \"一\", \"zh-TW\" = \"一\", en = \"one\" }\nsource = \"\"\n\
        [clause.terms.clock]\nclock = \"ruling\"\nlength = \"1d\"\nowner = \"platform\"\non_expiry = \"escalate\"\n\n\
        [[clause]]\nid = \"HOU-4\"".to_owned();
    let (_, hou_4) = PACKS[2].split_once("[[clause]]\nid = \"HOU-4\"").unwrap();
    let (hou_4, _) = hou_4.split_once("[[clause]]").unwrap();
    let hou_4 = format!("[[clause]]\nid = \"HOU-4\"{hou_4}");
    let no_decision = PACKS[1].replace("clock = \"decision\"", "clock = \"ruling\"");
    for (texts, says) in [
        (
            packs_with("id = \"HOU-4\"", "id = \"CLK-2\""),
            "CLK-2 stands in taobao and again in demo-shop",
        ),
        (
            packs_with("[[clause]]\nid = \"HOU-4\"", &again),
            "CLK-7 and HOU-9 both measure the clock Ruling",
        ),
        (
            packs_with("on_expiry = \"refund\"", "on_expiry = \"approve\""),
            "CLK-4b: the clock RefundExecution cannot end in Approve",
        ),
        (
            vec![PACKS[0].to_owned(), PACKS[1].to_owned()],
            "no clause measures the clock",
        ),
        (
            vec![PACKS[0].to_owned(), PACKS[2].to_owned()],
            "no pack gives a reason",
        ),
        (
            vec![PACKS[0].to_owned(), no_decision, PACKS[2].to_owned()],
            "no clause measures the clock Decision",
        ),
        (
            packs_with("bound = \"refund_attempts\"", "bound = \"renewals\""),
            "clauses HOU-5 and HOU-6 both bound Renewals",
        ),
        (packs_with(&hou_4, ""), "no clause bounds ReturnFreight"),
        (
            packs_with("\ncurrency = \"CNY\"", ""),
            "clause HOU-4: ReturnFreight bounds an amount and needs its currency",
        ),
        (
            packs_with("at_most = 3", "at_most = 3\ncurrency = \"CNY\""),
            "clause HOU-5: Renewals bounds a number of times, which has no currency",
        ),
        (
            packs_with("reason = not_as_described\"", "reason = not_as_descibed\""),
            "clause ELG-3: reason has no word \"not_as_descibed\"; the nearest is \"not_as_described\"",
        ),
        (
            packs_with(
                "15d\", \"evidence.photos >= 1\"",
                "15d\", { not = { any = [\"kind in [exchange, refundonly]\"] } }",
            ),
            "clause ELG-2: kind has no word \"refundonly\"; the nearest is \"refund_only\"",
        ),
    ] {
        let packs: Vec<Pack> = texts.iter().map(|text| Pack::parse(text).unwrap()).collect();
        let fault = PolicySet::resolve(&packs).unwrap_err().to_string();
        assert!(fault.contains(says), "{fault}");
    }
    assert!(Pack::parse(&twice).is_err(), "a clause without its head");
}

/// What stands in a pack beyond returns, what is put in its place, and what is said of it.
const FIGURES: &str = "
currency = \"CNY\"\\n\\n[[clause]]\\nid = \"REM-PARTIAL\" | [[clause]]\\nid = \"REM-PARTIAL\" | REM-COUPON-50: a remedy that names amounts
refund_percent = { least = 10, most = 30 } | refund_percent = { least = 30, most = 10 } | REM-PARTIAL: a range goes from the least
refund_percent = { least = 10, most = 30 } | refund_percent = { least = -1, most = 10 } | REM-PARTIAL: a range goes from the least
refund_percent = { least = 30, most = 70 } | refund_percent = { least = 30, most = 101 } | REM-BUYBACK: more than a hundred percent
gap_percent = 50 | gap_percent = 101 | REM-HIGHER: more than a hundred percent
gap_percent = 50 | gap_percent = 50\\ncurrency = \"CNY\" | REM-HIGHER: a remedy that names amounts, and no other
buyer_pays = 8000 | buyer_pays = -1 | REM-REPAIR-PAID: what it costs can't be below zero
value = 80\\n | value = 101\\n | EST-INTACT: an estimate is an amount
value = 80\\n | value = 80\\ncurrency = \"CNY\"\\n | EST-INTACT: an estimated amount
category in [skincare, food, appliance] | liable in [shopkeeper] | REM-TRIAL: liable has no word
heat = high | heat = hot | LVL-HEAT: heat has no word
channel = chat | channel = chatt | CLK-1-TARGET: channel has no word
region in [新疆, 西藏, 青海, 内蒙古]\"\\nvalue | reason in [remote]\"\\nvalue | EST-FAR: reason has no word
";

#[test]
fn figures_and_words_beyond_returns_make_sense_or_are_refused() {
    for row in FIGURES.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<String> = row.split(" | ").map(|cell| cell.replace("\\n", "\n")).collect();
        let [from, to, says] = &cells[..] else {
            panic!("{row}")
        };
        let texts: Vec<String> = PACKS
            .iter()
            .chain(&BEYOND)
            .map(|pack| pack.replacen(from.as_str(), to, 1))
            .collect();
        let packs: Vec<Pack> = texts.iter().map(|text| Pack::parse(text).unwrap()).collect();
        let fault = PolicySet::resolve(&packs).expect_err(row).to_string();
        assert!(fault.contains(says.as_str()), "{fault}");
    }
}

fn condition(json: &str) -> Condition {
    serde_json::from_str(json).unwrap_or_else(|fault| panic!("{json}: {fault}"))
}

/// A fact as a table has it: `days_since_receipt 9d`.
fn known(facts: &str) -> BTreeMap<FactName, FactValue> {
    let value = |name: FactName, text: &str| match name.kind() {
        FactKind::Money => FactValue::Money(money(text)),
        FactKind::Days => FactValue::Days(text.strip_suffix('d').unwrap().parse().unwrap()),
        FactKind::Hours => FactValue::Hours(text.strip_suffix('h').unwrap().parse().unwrap()),
        FactKind::Count => FactValue::Count(text.parse().unwrap()),
        FactKind::Flag => FactValue::Flag(text.parse().unwrap()),
        FactKind::Word => FactValue::Words(text.split('+').map(str::to_owned).collect()),
    };
    facts
        .split(',')
        .map(str::trim)
        .filter(|fact| !fact.is_empty())
        .map(|fact| {
            let (name, text) = fact.split_once(' ').unwrap();
            let name = FactName::named(name).unwrap();
            (name, value(name, text))
        })
        .collect()
}

fn money(text: &str) -> Money {
    let (amount, currency) = text.split_at(text.len() - 3);
    let currency: Currency = currency.parse().unwrap();
    Money::parse(amount, currency).unwrap()
}

/// Condition, facts that are known, verdict, and each finding's actual value and verdict.
const CONDITIONS: &str = r#"
"days_since_receipt <= 7d"      | days_since_receipt 7d    | met     | 7d met
"days_since_receipt <= 7d"      | days_since_receipt 9d    | not_met | 9d not_met
"days_since_receipt <= 7d"      |                          | unknown | ? unknown
"days_since_receipt < 7d"       | days_since_receipt 7d    | not_met | 7d not_met
"hours_since_receipt <= 24h"     | hours_since_receipt 24h  | met     | 24h met
"hours_since_receipt <= 24h"     | hours_since_receipt 25h  | not_met | 25h not_met
"evidence.photos > 1"           | evidence.photos 1        | not_met | 1 not_met
"evidence.photos >= 1"          | evidence.photos 1        | met     | 1 met
"evidence.photos != 1"          | evidence.photos 1        | not_met | 1 not_met
"goods_value <= 300.00 CNY"     | goods_value 300.00CNY    | met     | 300.00 CNY met
"goods_value <= 300.00 CNY"     | goods_value 521.92CNY    | not_met | 521.92 CNY not_met
"goods_value <= 300.00 CNY"     | goods_value 1.00USD      | unknown | 1.00 USD unknown
"goods_value = 300.00 CNY"      | goods_value 300.00CNY    | met     | 300.00 CNY met
"goods_intact = true"           | goods_intact false       | not_met | false not_met
"goods_intact != true"          | goods_intact false       | met     | false met
"reason = quality"              | reason quality           | met     | quality met
"reason in [quality, damaged]"  | reason regret            | not_met | regret not_met
"reason not in [quality]"       | reason regret            | met     | regret met
"category in [clothing, shoes]" | category clothing+shoes  | met     | clothing, shoes met
"category in [clothing]"        | category clothing+food   | not_met | clothing, food not_met
"category not in [food]"        | category clothing+food   | not_met | clothing, food not_met
"category != food"              | category clothing        | met     | clothing met
"buyer_tier = gold"             |                          | unknown | ? unknown
{"all": ["reason = a", "region = b"]} | reason a, region b | met     | a met; b met
{"all": ["reason = a", "region = b"]} | reason a           | unknown | a met; ? unknown
{"all": ["reason = a", "region = b"]} | reason x           | not_met | x not_met; ? unknown
{"all": ["region = b", "reason = a"]} | reason x           | not_met | ? unknown; x not_met
{"any": ["reason = a", "region = b"]} | reason a           | met     | a met
{"any": ["region = b", "reason = a"]} | reason a           | met     | a met
{"any": ["reason = a", "region = b"]} | reason a, region b | met     | a met; b met
{"any": ["reason = a", "region = b"]} | reason x           | unknown | x not_met; ? unknown
{"any": ["reason = a", "region = b"]} | reason x, region y | not_met | x not_met; y not_met
{"not": "reason = a"}                 | reason x           | met     | x not_met
{"not": "reason = a"}                 | reason a           | not_met | a met
{"not": "reason = a"}                 |                    | unknown | ? unknown
{"not": {"any": ["reason = a", {"not": "region = b"}]}} | reason x, region b | met | x not_met; b met
{"not": {"any": ["reason = a", {"not": "region = b"}]}} | reason x           | unknown | x not_met; ? unknown
"#;

#[test]
fn conditions_have_three_values_and_show_what_they_saw() {
    for row in CONDITIONS.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [json, facts, verdict, seen] = cells[..] else {
            panic!("{row}")
        };
        let facts = known(facts);
        let mut findings = Vec::new();
        let came_to = condition(json).judge(&|name| facts.get(&name).cloned(), &mut findings);
        assert_eq!(word(&came_to), verdict, "{row}");
        let saw: Vec<String> = findings
            .iter()
            .map(|finding| {
                let actual = finding.actual.as_deref().unwrap_or("?");
                format!("{actual} {}", word(&finding.verdict))
            })
            .collect();
        assert_eq!(saw.join("; "), seen, "{row}");
        let written = serde_json::to_string(&condition(json)).unwrap();
        assert_eq!(condition(&written), condition(json), "{written}");
    }
}

const SOME_FACTS: [&str; 4] = [
    "evidence.photos",
    "returns_last_90_days",
    "goods_intact",
    "no_reason_excluded",
];

/// Any tree over four facts.
fn any_condition() -> impl Strategy<Value = String> {
    let leaf = (0..4_usize, 0..3_u8, any::<bool>()).prop_map(|(fact, count, flag)| {
        let name = SOME_FACTS[fact];
        if fact < 2 {
            format!("\"{name} >= {count}\"")
        } else {
            format!("\"{name} = {flag}\"")
        }
    });
    leaf.prop_recursive(4, 24, 3, |inner| {
        let list = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            list().prop_map(|parts| format!("{{\"all\": [{}]}}", parts.join(", "))),
            list().prop_map(|parts| format!("{{\"any\": [{}]}}", parts.join(", "))),
            inner.prop_map(|part| format!("{{\"not\": {part}}}")),
        ]
    })
}

proptest! {
    /// Whatever is decided while facts are missing stays decided when they are supplied.
    #[test]
    fn supplying_a_fact_never_turns_a_decision(
        json in any_condition(),
        counts in prop::array::uniform2(0..3_i64),
        flags in prop::array::uniform2(any::<bool>()),
        missing in prop::array::uniform4(any::<bool>()),
    ) {
        let value = |name: FactName| -> Option<FactValue> {
            let at = SOME_FACTS.iter().position(|fact| *fact == name.text())?;
            Some(if at < 2 { FactValue::Count(counts[at]) } else { FactValue::Flag(flags[at - 2]) })
        };
        let partly = |name: FactName| -> Option<FactValue> {
            let at = SOME_FACTS.iter().position(|fact| *fact == name.text())?;
            value(name).filter(|_| !missing[at])
        };
        let tree = condition(&json);
        let whole = tree.judge(&value, &mut Vec::new());
        let partial = tree.judge(&partly, &mut Vec::new());
        prop_assert_ne!(whole, Verdict::Unknown);
        prop_assert!(partial == Verdict::Unknown || partial == whole, "{}: {:?}, then {:?}", json, partial, whole);
    }
}

#[test]
fn a_bound_in_another_currency_bounds_to_nothing() {
    check_under(
        set_of(&packs_with("\ncurrency = \"CNY\"", "\ncurrency = \"USD\"")),
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0 freight 0.01
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → ✗ above_freight_bound: return freight of 0.01 CNY, at most 0.00 CNY
        A: return_on_the_way; no money; clocks receipt_confirmation 7 00:00
        ledger:
        ",
    );
}

#[test]
fn a_set_stored_before_amounts_had_a_currency_is_read_and_bounds_as_it_did() {
    let text = demo_set().text().replace(r#","currency":"CNY"}"#, "}");
    assert_ne!(text, demo_set().text());
    let set = PolicySet::parse(&text).unwrap();
    assert_eq!(
        set.bound_in(Bound::ReturnFreight, Currency::CNY).unwrap().1,
        2_500
    );
    let usd = "USD".parse().unwrap();
    assert_eq!(demo_set().bound_in(Bound::ReturnFreight, usd).unwrap().1, 0);
}

#[test]
fn everything_that_comes_along_resolves_together() {
    let set = traded_set();
    assert_eq!(PolicySet::parse(&set.text()).unwrap(), set);
    // The platform's rulings are final: it measures no time for an appeal.
    for clock in Clock::ALL.iter().filter(|clock| **clock != Clock::Appeal) {
        assert!(set.clock(*clock).is_some(), "{clock:?} is measured by nothing");
    }
}
