//! Packs at the command line: every mistake in its place, what is planned, what differs.
//!
//! Must not know: how packs are read.

use std::fs;

use serde_json::Value;

use crate::cli::found_shop;
use crate::program::{Folder, amends};

const SHOP: &str = include_str!("../../../../content/policies/demo-shop.toml");
const PLATFORM: &str = include_str!("../../../../content/policies/taobao.toml");

/// A clock of the shop's own, in the place of another.
const MINE: &str = "
[[clause]]
id = \"MY-1\"
title = { \"zh-CN\" = \"一\", \"zh-TW\" = \"一\", en = \"one\" }
source = \"店铺规定\"
replaces = \"CLK-2\"
[clause.terms.clock]
clock = \"decision\"
length = \"24h\"
owner = \"agent\"
on_expiry = \"approve\"
";

/// What is written, the mistake in its place; the line that is named by what stands on it, the clause,
/// and what is said.
type Row = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
);

const MISTAKES: &[Row] = &[
    (
        "owner = \"buyer\"",
        "owner = \"buyer\"\ncolour = \"red\"",
        Some("colour"),
        Some("HOU-1"),
        "unknown field `colour`",
    ),
    (
        "priority = \"low\"",
        "urgency = \"low\"",
        Some("urgency"),
        None,
        "unknown field `urgency`",
    ),
    (
        "days_since_receipt <= 15d",
        "days_since_reciept <= 15d",
        Some("reciept"),
        Some("ELG-2"),
        "the nearest is",
    ),
    (
        "days_since_receipt <= 15d",
        "days_since_receipt <= 15",
        Some("<= 15\""),
        Some("ELG-2"),
        "days like 7d",
    ),
    (
        "length = \"15d\"",
        "length = \"15w\"",
        Some("15w"),
        Some("HOU-2"),
        "is not a length",
    ),
    (
        "zh-CN\" = \"解决后的回访时限\"",
        "zh-CN\" = \"\"",
        Some("zh-CN\" = \"\""),
        Some("CLK-9"),
        "clause CLK-9 in zh-CN is empty",
    ),
    (
        "\"zh-TW\" = \"解決後的回訪時限\", ",
        "",
        Some("解决后的回访时限"),
        Some("CLK-9"),
        "clause CLK-9 in zh-TW is missing",
    ),
    (
        ", en = \"Follow-up after resolution\"",
        "",
        Some("解决后的回访时限"),
        Some("CLK-9"),
        "clause CLK-9 in en is missing",
    ),
    ("[[clause]]", "[[clause]", Some("[[clause]"), None, ""),
    (
        "id = \"HOU-6\"",
        "id = \"HOU-5\"",
        Some("id = \"HOU-5\""),
        Some("HOU-5"),
        "stands twice; first on line",
    ),
    (
        "id = \"HOU-6\"",
        "id = \"ELG-2\"",
        Some("id = \"ELG-2\""),
        Some("ELG-2"),
        "stands in taobao and again in demo-shop",
    ),
    (
        "length = \"48h\"\nwarn_before = \"12h\"\nowner = \"agent\"\non_expiry = \"refund\"",
        "length = \"8d\"\nowner = \"agent\"\non_expiry = \"refund\"",
        Some("id = \"CLK-4b\""),
        Some("CLK-4b"),
        "refund_execution 8d is less kind than LAW-7D-13 (《网络购买商品七日无理由退货暂行办法》第十三条) allows: at most 7d",
    ),
    (
        "length = \"24h\"",
        "length = \"72h\"",
        Some("id = \"MY-1\""),
        Some("MY-1"),
        "decision 72h is less kind than CLK-2",
    ),
    (
        "replaces = \"CLK-2\"",
        "replaces = \"CLK-22\"",
        Some("id = \"MY-1\""),
        Some("MY-1"),
        "there is no clause CLK-22",
    ),
    (
        "replaces = \"CLK-2\"",
        "replaces = \"MY-1\"",
        Some("id = \"MY-1\""),
        Some("MY-1"),
        "in a circle: MY-1 → MY-1",
    ),
    (
        "parent = \"quality\"",
        "parent = \"broken\"",
        Some("code = \"broken\""),
        None,
        "in a circle: broken → broken",
    ),
    (
        "parent = \"usage\"",
        "parent = \"usages\"",
        Some("code = \"use\""),
        None,
        "there is no reason \"usages\"",
    ),
    (
        "currency = \"CNY\"\n",
        "",
        Some("id = \"HOU-4\""),
        Some("HOU-4"),
        "needs its currency",
    ),
    (
        "bound = \"renewals\"",
        "bound = \"return_freight\"",
        Some("id = \"HOU-5\""),
        Some("HOU-5"),
        "both bound ReturnFreight",
    ),
    (
        "effective_from = \"2024-07-01\"",
        "effective_from = \"1 July\"",
        Some("1 July"),
        None,
        "is not a day there is; write one like \"2025-01-01\"",
    ),
];

#[test]
fn every_mistake_is_told_with_file_line_clause_and_reason() {
    let folder = Folder::new();
    for (from, to, line, clause, says) in MISTAKES {
        let (name, text) = if MINE.contains(from) && !SHOP.contains(from) {
            ("shop.toml", format!("{SHOP}{MINE}"))
        } else if SHOP.contains(from) && !from.contains("length = \"48h\"") {
            ("shop.toml", SHOP.to_owned())
        } else {
            ("platform.toml", PLATFORM.to_owned())
        };
        assert!(text.contains(from), "{from} stands nowhere");
        let text = text.replacen(from, to, 1);
        let file = folder.file(name, &text);
        let ran = amends(
            folder.path(),
            &["--json", "policy", "check", file.to_str().unwrap()],
        );
        assert_eq!(ran.code, 1, "{to} was taken: {}{}", ran.out, ran.err);
        let told: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
        let first = told
            .iter()
            .find(|mistake| mistake["reason"].as_str().unwrap().contains(says))
            .unwrap_or_else(|| panic!("{says} is not in {told:?}"));
        assert!(first["file"].as_str().unwrap().ends_with(name), "{first}");
        assert_eq!(first["clause"].as_str(), *clause, "{first}");
        let named = first["line"].as_u64().map(|line| usize::try_from(line).unwrap());
        let on_it = named.and_then(|line| text.lines().nth(line - 1));
        let holds = line.is_none_or(|part| on_it.is_some_and(|on_it| on_it.contains(part)));
        assert!(holds, "{first} names {on_it:?}");
    }
}

#[test]
fn overlapping_revisions_and_a_pack_too_large_are_refused() {
    let folder = Folder::new();
    let one = folder.file("one.toml", PLATFORM);
    let two = folder.file(
        "two.toml",
        &PLATFORM.replace("revision = \"2\"", "revision = \"3\""),
    );
    let words = |json: bool| {
        let mut words = if json { vec!["--json"] } else { Vec::new() };
        words.extend(["policy", "check", one.to_str().unwrap(), two.to_str().unwrap()]);
        amends(folder.path(), &words)
    };
    let ran = words(false);
    assert_eq!(ran.code, 1);
    let says = "revisions 2 (from 2024-07-01) and 3 (from 2024-07-01) of taobao overlap";
    assert!(
        ran.out.contains(says) && ran.out.contains("two.toml"),
        "{}",
        ran.out
    );
    assert!(words(true).out.contains(says));

    let large = folder.file("large.toml", &" ".repeat(10_000_000));
    let ran = amends(folder.path(), &["policy", "check", large.to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("at most 1048576 bytes, this one 10000000"),
        "{}",
        ran.out
    );
    let odd = folder.path().join("odd.toml");
    fs::write(&odd, b"format = 1\nid = \"\xff\"").unwrap();
    let ran = amends(folder.path(), &["policy", "check", odd.to_str().unwrap()]);
    assert!(
        ran.out.contains("odd.toml:2: this is not text in UTF-8"),
        "{}",
        ran.out
    );
}

#[test]
fn all_mistakes_of_a_pack_are_told_at_once() {
    let folder = Folder::new();
    let text = SHOP
        .replace("length = \"15d\"", "length = \"15w\"")
        .replace("bound = \"renewals\"", "bound = \"renewal\"");
    let file = folder.file("bad.toml", &text);
    let ran = amends(folder.path(), &["policy", "check", file.to_str().unwrap()]);
    assert!(
        ran.out.contains("clause HOU-2: ") && ran.out.contains("clause HOU-5: "),
        "{}",
        ran.out
    );
}

#[test]
fn a_later_revision_is_planned_and_what_differs_is_told() {
    let folder = Folder::new();
    found_shop(&folder);
    let later = PLATFORM
        .replace("revision = \"2\"", "revision = \"3\"")
        .replace(
            "effective_from = \"2024-07-01\"",
            "effective_from = \"2999-01-01\"",
        )
        .replace(
            "clock = \"decision\"\nlength = \"48h\"",
            "clock = \"decision\"\nlength = \"24h\"",
        );
    let file = folder.file("later.toml", &later);
    let file = file.to_str().unwrap();
    for what in ["check", "publish"] {
        let ran = amends(folder.path(), &["policy", what, file]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        assert!(ran.out.contains("\nfrom 2999-01-01: set "), "{}", ran.out);
        // The other packs of its layer go with it, and each is named once.
        for left in ["taobao-service, ", "taobao-disputes, "] {
            let named = format!("left out: {left}");
            assert_eq!(ran.out.matches(&named).count(), 1, "{}", ran.out);
        }
        assert_eq!(ran.out.matches("left out: ").count(), 2, "{}", ran.out);
        let (_, hash) = ran.out.trim_end().rsplit_once(' ').unwrap();
        if what == "check" {
            continue;
        }
        // In force is still what came along; the planned set is stored under its hash.
        let differ = amends(folder.path(), &["policy", "diff", "current", hash]);
        let says = "~ clause CLK-2\n    terms.clock.length: 48h → 24h";
        assert!(differ.out.contains(says), "{}{}", differ.out, differ.err);
        let same = amends(folder.path(), &["policy", "diff", file, hash]);
        assert_eq!((same.code, same.out.as_str()), (0, ""), "{}", same.err);
        let json = amends(folder.path(), &["--json", "policy", "diff", "current", file]);
        let changes: Vec<Value> = serde_json::from_str(&json.out).unwrap();
        assert!(
            changes
                .iter()
                .any(|change| change["id"] == "CLK-2" && change["change"] == "changed")
        );
    }
    let nothing = amends(folder.path(), &["policy", "diff", "current", "yesterday"]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("is neither a pack file"), "{}", nothing.err);
}
