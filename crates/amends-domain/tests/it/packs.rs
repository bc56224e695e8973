//! Packs together: floors, clauses in the place of others, dates, the tree of reasons, every mistake
//! with its line, differences.
//!
//! Must not know: any flow. What packs say, and how conditions are judged, is tried in `policy`.

use amends_domain::policy::ClauseId;
use amends_domain::policy::dates::{changes_after, in_force, overlaps};
use amends_domain::policy::pack::{Pack, Priority};
use amends_domain::policy::set::PolicySet;
use jiff::civil::Date;

use crate::harness::{PACKS, demo_set, set_of};
use crate::policy::packs_with;

/// A clause as a pack has it: `FLO-1`, then its terms without their head.
fn clause(id: &str, head: &str, kind: &str, terms: &str) -> String {
    let terms = terms.replace(", ", "\n");
    format!(
        "\n[[clause]]\nid = \"{id}\"\ntitle = {{ \"zh-CN\" = \"一\", \"zh-TW\" = \"一\", en = \"one\" }}\n\
         source = \"source of {id}\"\n{head}[clause.terms.{kind}]\n{terms}\n"
    )
}

fn floor(id: &str, terms: &str) -> String {
    clause(id, "", "floor", terms)
}

fn replacing(id: &str, target: &str, kind: &str, terms: &str) -> String {
    clause(id, &format!("replaces = \"{target}\"\n"), kind, terms)
}

/// The demo shop's packs with clauses added to law, platform and shop.
fn added(law: &str, platform: &str, shop: &str) -> Vec<String> {
    let more = [law, platform, shop];
    PACKS
        .iter()
        .zip(more)
        .map(|(pack, more)| format!("{pack}{more}"))
        .collect()
}

fn packs(texts: &[impl AsRef<str>]) -> Vec<Pack> {
    let pack = |text: &str| Pack::parse(text).unwrap_or_else(|fault| panic!("{fault}"));
    texts.iter().map(|text| pack(text.as_ref())).collect()
}

/// Every mistake of packs taken together.
fn faults(texts: &[impl AsRef<str>]) -> Vec<String> {
    let packs = packs(texts);
    let packs: Vec<&Pack> = packs.iter().collect();
    match PolicySet::examine(&packs) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

fn check(texts: &[String], expected: &[&str]) {
    let faults = faults(texts);
    assert_eq!(faults.len(), expected.len(), "{faults:#?}");
    for (fault, says) in faults.iter().zip(expected) {
        assert!(fault.contains(says), "{fault} does not say {says}");
    }
}

fn id(text: &str) -> ClauseId {
    text.to_owned().try_into().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

const RULING: &str = "clock = \"ruling\", length = \"3wd\", owner = \"platform\", on_expiry = \"escalate\"";

#[test]
fn a_floor_refuses_the_figures_below_it_and_names_both() {
    for (terms, expected) in [
        ("clock = \"refund_execution\", at_most = \"48h\"", None),
        ("clock = \"refund_execution\", at_most = \"2d\"", None),
        (
            "clock = \"refund_execution\", at_most = \"47h\"",
            Some(
                "clause CLK-4b: refund_execution 48h is less kind than FLO (source of FLO) allows: at most 47h",
            ),
        ),
        (
            "clock = \"refund_execution\", at_most = \"1d\"",
            Some(
                "CLK-4b: refund_execution 48h cannot be compared surely with at most 1d of FLO (source of FLO)",
            ),
        ),
        ("clock = \"return_shipment\", at_least = \"7d\"", None),
        (
            "clock = \"return_shipment\", at_least = \"11d\"",
            Some("CLK-3: return_shipment 10d is less kind"),
        ),
        ("bound = \"renewals\", at_least = 3", None),
        (
            "bound = \"renewals\", at_least = 4",
            Some("HOU-5: renewals 3 is less kind than FLO (source of FLO) allows: at least 4"),
        ),
        (
            "bound = \"return_freight\", at_least = 2500, currency = \"CNY\"",
            None,
        ),
        (
            "bound = \"return_freight\", at_least = 2501, currency = \"CNY\"",
            Some(
                "HOU-4: return_freight 25.00 CNY is less kind than FLO (source of FLO) allows: at least 25.01 CNY",
            ),
        ),
        (
            "bound = \"return_freight\", at_least = 1, currency = \"USD\"",
            Some("HOU-4: return_freight 25.00 CNY cannot be compared surely with at least 0.01 USD"),
        ),
        ("compensation_of = \"ELG-2\", at_least = 30", None),
        (
            "compensation_of = \"ELG-2\", at_least = 31",
            Some("ELG-2: compensation_percent_max 30 % is less kind"),
        ),
        (
            "compensation_of = \"ELG-3\", at_least = 1",
            Some("ELG-3: compensation_percent_max 0 % is less kind"),
        ),
        (
            "compensation_of = \"ELG-9\", at_least = 1",
            Some("FLO: there is no right ELG-9"),
        ),
        (
            "compensation_of = \"CLK-2\", at_least = 1",
            Some("FLO: there is no right CLK-2"),
        ),
    ] {
        let expected: Vec<&str> = expected.into_iter().collect();
        check(&added(&floor("FLO", terms), "", ""), &expected);
    }
}

#[test]
fn floors_bind_the_layers_below_them_alone_and_a_shop_sets_none() {
    let strict = floor("FLO", "clock = \"refund_execution\", at_most = \"1h\"");
    check(&added("", &strict, ""), &[]);
    check(&added("", "", &strict), &["FLO: a shop sets no floors"]);
    let over_shops = floor("FLO", "bound = \"renewals\", at_least = 5");
    check(&added("", &over_shops, ""), &["HOU-5: renewals 3 is less kind"]);
}

#[test]
fn a_floor_is_on_one_figure_with_one_limit() {
    for (terms, says) in [
        ("clock = \"ruling\"", "just one of at_most and at_least"),
        (
            "clock = \"ruling\", at_most = \"1d\", at_least = \"1d\"",
            "just one of at_most and at_least",
        ),
        ("clock = \"ruling\", at_most = 7", "just one of clock"),
        ("clock = \"ruling\", at_most = \"7 days\"", "is not a length"),
        ("bound = \"renewals\", at_most = \"7d\"", "just one of clock"),
        (
            "bound = \"renewals\", clock = \"ruling\", at_most = 7",
            "just one of clock",
        ),
        ("bound = \"return_freight\", at_least = 7", "needs its currency"),
        (
            "bound = \"renewals\", at_least = 7, currency = \"CNY\"",
            "only a floor on an amount",
        ),
        (
            "compensation_of = \"ELG-2\", at_least = -1",
            "-1 is no percentage",
        ),
        ("at_least = 1", "just one of clock"),
    ] {
        let text = format!("{}{}", PACKS[0], floor("FLO", terms));
        let fault = Pack::parse(&text).unwrap_err();
        assert_eq!(fault.clause.as_deref(), Some("FLO"), "{fault}");
        assert!(fault.reason.contains(says), "{terms}: {fault}");
    }
}

/// The platform's ruling, ready to be replaced in the way it says.
fn ruling_that_says(kinder: &str) -> Vec<String> {
    let own = "clock = \"ruling\"\nlength = \"3wd\"\nwarn_before = \"1wd\"\nowner = \"platform\"\non_expiry = \"escalate\"";
    packs_with(own, &format!("{own}{kinder}"))
}

#[test]
fn a_clause_takes_the_place_of_one_as_its_kinder_says() {
    let decision = |length: &str, on_expiry: &str| {
        format!("clock = \"decision\", length = \"{length}\", owner = \"agent\", on_expiry = \"{on_expiry}\"")
    };
    let mine =
        |length: &str, on_expiry: &str| replacing("MY-1", "CLK-2", "clock", &decision(length, on_expiry));
    for (kinder, clause, expected) in [
        ("", mine("72h", "escalate"), None),
        ("shorter", mine("24h", "approve"), None),
        ("shorter", mine("48h", "approve"), None),
        (
            "shorter",
            mine("72h", "approve"),
            Some(
                "clause MY-1: decision 72h is less kind than CLK-2 (平台售后规则（修订后）：卖家处理退款/退货申请), which it replaces, allows: at most 48h",
            ),
        ),
        (
            "shorter",
            mine("1d", "approve"),
            Some("MY-1: decision 1d cannot be compared surely with at most 48h of CLK-2"),
        ),
        (
            "shorter",
            mine("24h", "escalate"),
            Some("MY-1 ends in Escalate; CLK-2, which it replaces"),
        ),
        (
            "longer",
            mine("24h", "approve"),
            Some("which it replaces, allows: at least 48h"),
        ),
        ("longer", mine("2d", "approve"), None),
    ] {
        let own = "warn_before = \"12h\"\nowner = \"agent\"\non_expiry = \"approve\"";
        let says = if kinder.is_empty() {
            String::new()
        } else {
            format!("\nkinder = \"{kinder}\"")
        };
        // Said anew, whatever the platform's own pack says.
        let mut texts: Vec<String> = PACKS.iter().map(|pack| without_kinder(pack)).collect();
        texts[1] = texts[1].replace(own, &format!("{own}{says}"));
        texts[2].push_str(&clause);
        let expected: Vec<&str> = expected.into_iter().collect();
        check(&texts, &expected);
        if expected.is_empty() {
            let set = set_of(&texts);
            assert!(set.clause(&id("CLK-2")).is_none(), "it is replaced");
            let (by, _) = set.clock(amends_domain::case::clock::Clock::Decision).unwrap();
            assert_eq!(*by, id("MY-1"));
            assert_eq!(PolicySet::parse(&set.text()).unwrap(), set);
        }
    }
}

fn without_kinder(pack: &str) -> String {
    let kept = |line: &&str| !line.starts_with("kinder = ");
    pack.split_inclusive('\n').filter(kept).collect()
}

#[test]
fn what_cannot_be_replaced_is_refused_by_name() {
    let mine = |id: &str, target: &str| replacing(id, target, "clock", RULING);
    let right =
        "kinds = [\"exchange\"], when = \"order_phase = paid\", return_freight = \"buyer\", proof = \"none\"";
    let renewals = "bound = \"renewals\", at_most = 9";
    for (shop, expected) in [
        (mine("MY-1", "CLK-7"), vec![]),
        (
            mine("MY-1", "CLK-99"),
            vec!["MY-1: there is no clause CLK-99", "CLK-7 and MY-1 both measure"],
        ),
        (
            mine("MY-1", "CLK-2"),
            vec!["MY-1 cannot replace CLK-2", "CLK-7 and MY-1 both measure"],
        ),
        (
            mine("MY-1", "MY-1"),
            vec!["in a circle: MY-1 → MY-1", "CLK-7 and MY-1 both measure"],
        ),
        (
            mine("MY-1", "HOU-1"),
            vec!["MY-1 cannot replace HOU-1: a clause takes", "CLK-7 and MY-1 both"],
        ),
        (
            mine("MY-1", "MY-2") + &mine("MY-2", "MY-1"),
            vec![
                "MY-1 → MY-2 → MY-1",
                "MY-2 → MY-1 → MY-2",
                "CLK-7 and MY-1 both",
                "CLK-7 and MY-2 both",
            ],
        ),
        (
            mine("MY-1", "CLK-7") + &mine("MY-2", "CLK-7"),
            vec!["MY-1 and MY-2 both replace CLK-7", "MY-1 and MY-2 both measure"],
        ),
        (
            replacing("MY-1", "ELG-2", "right", right),
            vec!["rights and floors are never replaced"],
        ),
        (
            replacing("MY-1", "ELG-2", "bound", renewals),
            vec!["MY-1 cannot replace ELG-2", "HOU-5 and MY-1 both bound"],
        ),
    ] {
        check(&added("", "", &shop), &expected);
    }
}

#[test]
fn who_replaces_a_replacement_is_held_to_all_it_stands_for() {
    let in_law = clause("LAW-1", "", "clock", &format!("{RULING}, kinder = \"shorter\""));
    let of_platform = "id = \"CLK-7\"";
    let mut texts = ruling_that_says("");
    texts[0].push_str(&in_law);
    texts[1] = without_kinder(&texts[1]).replace(of_platform, "id = \"CLK-7\"\nreplaces = \"LAW-1\"");
    check(&texts, &[]);
    texts[2].push_str(&replacing(
        "MY-1",
        "CLK-7",
        "clock",
        &RULING.replace("3wd", "4wd"),
    ));
    check(
        &texts,
        &["MY-1: ruling 4wd is less kind than LAW-1 (source of LAW-1)"],
    );
}

#[test]
fn a_day_chooses_of_each_pack_the_revision_in_force() {
    let dated = |revision: &str, length: &str, dates: &str| {
        PACKS[1]
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("effective_"))
            .collect::<String>()
            .replace("revision = \"2\"", &format!("revision = \"{revision}\"\n{dates}"))
            .replace(
                "clock = \"decision\"\nlength = \"48h\"",
                &format!("clock = \"decision\"\nlength = \"{length}\""),
            )
    };
    let until = |day: &str| format!("effective_until = \"{day}\"");
    let from = |day: &str| format!("effective_from = \"{day}\"");
    let all = packs(&[
        PACKS[0].to_owned(),
        dated("1", "72h", &until("2024-07-01")),
        dated("2", "48h", &from("2024-07-01")),
        PACKS[2].to_owned(),
    ]);
    assert_eq!(overlaps(&all), []);
    for (on, length) in [
        ("2024-06-30", "72h"),
        ("2024-07-01", "48h"),
        ("2030-01-01", "48h"),
    ] {
        let set = PolicySet::resolve_on(&all, day(on)).unwrap();
        let (_, terms) = set.clock(amends_domain::case::clock::Clock::Decision).unwrap();
        assert_eq!(terms.length.to_string(), length, "{on}");
    }
    let changes = |after: &str| changes_after(&all, day(after)).into_iter().collect::<Vec<_>>();
    assert_eq!(changes("2024-06-30"), [day("2024-07-01")]);
    assert_eq!(changes("2024-07-01"), []);

    let overlapping = packs(&[
        dated("1", "72h", &until("2024-07-02")),
        dated("2", "48h", &from("2024-07-01")),
    ]);
    let fault = PolicySet::resolve_on(&overlapping, day("2020-01-01"))
        .unwrap_err()
        .to_string();
    let says = "revisions 1 (until 2024-07-02) and 2 (from 2024-07-01) of taobao overlap";
    assert!(fault.contains(says), "{fault}");

    let gap = packs(&[
        PACKS[0].to_owned(),
        dated("1", "72h", &until("2024-07-01")),
        dated("2", "48h", &from("2024-08-01")),
        PACKS[2].to_owned(),
    ]);
    assert_eq!(in_force(&gap, day("2024-07-15")).len(), 2);
    let fault = PolicySet::resolve_on(&gap, day("2024-07-15"))
        .unwrap_err()
        .to_string();
    assert!(fault.contains("no pack gives a reason"), "{fault}");
}

#[test]
fn reasons_stand_in_a_tree_and_inherit_their_priority() {
    let title = "title = { \"zh-CN\" = \"一\", \"zh-TW\" = \"一\", en = \"one\" }";
    let reason = |code: &str, rest: &str| format!("[[reason]]\ncode = \"{code}\"\n{title}\n{rest}\n");
    let with = |reasons: &[String]| {
        let mut texts: Vec<String> = PACKS.iter().map(|pack| (*pack).to_owned()).collect();
        texts[2] = texts[2].replacen("[[clause]]", &format!("{}[[clause]]", reasons.concat()), 1);
        texts
    };
    let texts = with(&[
        reason("cracked", "parent = \"quality\""),
        reason("hairline", "parent = \"cracked\""),
        reason("loud", "parent = \"quality\"\npriority = \"low\""),
    ]);
    let set = set_of(&texts);
    assert_eq!(set.reason_path("hairline"), ["hairline", "cracked", "quality"]);
    assert_eq!(set.reason_path("quality"), ["quality"]);
    assert!(set.reason_path("nothing").is_empty());
    for (code, priority) in [
        ("hairline", Some(Priority::High)),
        ("loud", Some(Priority::Low)),
        ("nothing", None),
    ] {
        assert_eq!(set.reason_priority(code), priority, "{code}");
    }
    for (reasons, expected) in [
        (
            vec![reason("a", "parent = \"qualty\"")],
            vec!["reason a: there is no reason \"qualty\" to stand below; the nearest is \"quality\""],
        ),
        (vec![reason("a", "")], vec!["reason a has no priority"]),
        (vec![reason("a", "parent = \"a\"")], vec!["in a circle: a → a"]),
        (
            vec![
                reason("b", "parent = \"c\""),
                reason("c", "parent = \"a\""),
                reason("a", "parent = \"b\""),
                reason("outside", "parent = \"a\""),
            ],
            vec!["in a circle: a → b → c → a"],
        ),
    ] {
        check(&with(&reasons), &expected);
    }
}

#[test]
fn every_mistake_of_a_pack_is_told_with_its_line_and_clause() {
    let text = PACKS[2]
        .replace(
            "revision = \"1\"",
            "revision = \"1\"\neffective_from = \"2026-02-30\"",
        )
        .replace("en = \"The buyer answers a refusal\"", "en = \" \"")
        .replace("\"zh-TW\" = \"買家簽收換貨商品的時限\", ", "")
        .replace("length = \"15d\"", "length = \"15 days\"")
        .replace("id = \"HOU-5\"", "id = \"HOU-4\"")
        .replace(
            "bound = \"refund_attempts\"",
            "bound = \"refund_attempts\"\nat_least = 5",
        );
    let reading = Pack::read(&text);
    let told: Vec<String> = reading.faults.iter().map(ToString::to_string).collect();
    let at = |part: &str| text.lines().position(|line| line.contains(part)).unwrap() + 1;
    let last =
        |part: &str| text.lines().count() - text.lines().rev().position(|line| line.contains(part)).unwrap();
    let expected = [
        (at("2026-02-30"), None, "\"2026-02-30\" is not a day there is"),
        (
            at("en = \" \""),
            Some("HOU-1"),
            "the title of clause HOU-1 in en is empty",
        ),
        (
            at("id = \"HOU-2\"") + 1,
            Some("HOU-2"),
            "the title of clause HOU-2 in zh-TW is missing",
        ),
        (at("15 days"), Some("HOU-2"), "is not a length"),
        (
            last("id = \"HOU-4\""),
            Some("HOU-4"),
            "stands twice; first on line",
        ),
        (at("at_least = 5"), Some("HOU-6"), "unknown field `at_least`"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (fault, (line, clause, says)) in reading.faults.iter().zip(expected) {
        assert_eq!((fault.line, fault.clause.as_deref()), (line, clause), "{fault}");
        assert!(fault.reason.contains(says), "{fault}");
    }
    assert!(reading.pack.is_none());
    let whole = Pack::read(PACKS[2]);
    let line = PACKS[2]
        .lines()
        .position(|line| line == "id = \"HOU-4\"")
        .unwrap()
        + 1;
    assert_eq!(whole.lines.clause(&id("HOU-4")), Some(line));
}

#[test]
fn a_text_that_is_no_toml_and_a_period_without_a_day_are_told_by_line() {
    let text = format!("{}\nthis is no toml\n\"also\n", PACKS[2]);
    let reading = Pack::read(&text);
    let lines: Vec<usize> = reading.faults.iter().map(|fault| fault.line).collect();
    let end = PACKS[2].lines().count();
    assert!(lines.contains(&(end + 2)), "{lines:?} of {end}");
    assert!(reading.pack.is_none());

    let text = PACKS[2].replace(
        "revision = \"1\"",
        "revision = \"1\"\neffective_from = \"2026-01-01\"\neffective_until = \"2026-01-01\"",
    );
    let fault = Pack::parse(&text).unwrap_err();
    assert!(
        fault.reason.contains("effective_until 2026-01-01 is not after"),
        "{fault}"
    );
    assert!(
        text.lines()
            .nth(fault.line - 1)
            .unwrap()
            .starts_with("effective_until")
    );
}

#[test]
fn a_set_tells_what_another_says_otherwise() {
    let mut texts = packs_with(
        "clock = \"decision\"\nlength = \"48h\"",
        "clock = \"decision\"\nlength = \"72h\"",
    );
    texts[1] = texts[1].replace(
        "days_since_receipt <= 15d\", \"evidence.photos >= 1\"",
        "days_since_receipt <= 30d\"",
    );
    texts[1] = texts[1].replace("en = \"Not received\"", "en = \"Never came\"");
    texts[2] = texts[2]
        .replace("id = \"HOU-6\"", "id = \"HOU-7\"")
        .replace("revision = \"1\"", "revision = \"9\"");
    let changed = set_of(&texts);
    let told: Vec<String> = demo_set()
        .diff(&changed)
        .iter()
        .map(ToString::to_string)
        .collect();
    let says = |part: &str| told.iter().any(|change| change.contains(part));
    for part in [
        "~ pack demo-shop\n    revision: 1 → 9",
        "~ reason not_received\n    title.en: Not received → Never came",
        "~ clause CLK-2\n    terms.clock.length: 48h → 72h",
        "~ clause ELG-2\n    terms.right.when: (reason in [quality, damaged, wrong_item] and days_since_receipt <= 15d and \
         evidence.photos >= 1 and fault_refuted = false) → (reason in [quality, damaged, wrong_item] and \
         days_since_receipt <= 30d and fault_refuted = false)",
        "- clause HOU-6\n",
        "  - terms.bound.at_most: 5",
        "+ clause HOU-7\n",
        "  + terms.bound.at_most: 5",
    ] {
        assert!(says(part), "{part} is not in {told:#?}");
    }
    assert_eq!(told.len(), 6, "{told:#?}");
    assert!(demo_set().diff(&demo_set()).is_empty());
}
