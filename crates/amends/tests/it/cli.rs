//! Commands and their exit codes: 0 good, 1 a finding, 2 wrong use.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{Folder, amends, amends_unread};

const POLICIES: [&str; 8] = [
    "cn-law.toml",
    "taobao.toml",
    "taobao-service.toml",
    "taobao-disputes.toml",
    "demo-shop.toml",
    "service.toml",
    "reviews.toml",
    "trade.toml",
];

fn policy(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../content/policies")
        .join(name);
    path.to_str().unwrap().to_owned()
}

#[test]
fn packs_are_checked_and_a_mistake_is_named_with_file_and_line() {
    let folder = Folder::new();
    let all: Vec<String> = POLICIES.iter().map(|name| policy(name)).collect();
    let mut words = vec!["policy", "check"];
    words.extend(all.iter().map(String::as_str));
    let good = amends(folder.path(), &words);
    assert_eq!(
        (good.code, good.out.starts_with("ok: set ")),
        (0, true),
        "{}",
        good.err
    );

    // The law of contracts and services stands beside the other pack of law.
    let mut more = words.clone();
    let contracts = policy("cn-law-contracts.toml");
    more.push(&contracts);
    let ran = amends(folder.path(), &more);
    assert_eq!(
        (ran.code, ran.out.starts_with("ok: set ")),
        (0, true),
        "{}",
        ran.err
    );

    // The packs of one layer alone are completed by those that come with the program.
    let house = ["demo-shop.toml", "service.toml", "reviews.toml", "trade.toml"].map(policy);
    let words = [&["policy", "check"][..], &house.each_ref().map(String::as_str)].concat();
    let alone = amends(folder.path(), &words);
    assert_eq!((alone.code, alone.out), (0, good.out));

    let text = fs::read_to_string(policy("cn-law.toml")).unwrap();
    let bad = folder.file(
        "bad.toml",
        &text.replace(
            "days_since_receipt <= 7d\", \"no",
            "days_since_reciept <= 7d\", \"no",
        ),
    );
    let line = 1 + text
        .lines()
        .position(|line| line.contains("days_since_receipt"))
        .unwrap();
    let ran = amends(folder.path(), &["policy", "check", bad.to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains(&format!("bad.toml:{line}:")), "{}", ran.out);
    assert!(
        ran.out.contains("the nearest is \"days_since_receipt\""),
        "{}",
        ran.out
    );
}

#[test]
fn what_is_no_bundle_is_said_to_be_none() {
    let folder = Folder::new();
    let file = folder.file("bundle.zip", "no archive at all");
    let ran = amends(folder.path(), &["verify-bundle", file.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.out.starts_with("not what it was: this is no bundle"),
        "{}",
        ran.out
    );
    let json = amends(
        folder.path(),
        &["--json", "verify-bundle", file.to_str().unwrap()],
    );
    let told: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(told["untouched"], false, "{told}");
    assert_eq!(amends(folder.path(), &["verify-bundle", "nowhere.zip"]).code, 2);
}

#[test]
fn one_seed_writes_one_log_and_the_books_verify() {
    let (first, again, other) = (Folder::new(), Folder::new(), Folder::new());
    let log = |folder: &Folder, seed: &str| {
        let out = folder.path().join("log.jsonl");
        let path = out.to_str().unwrap();
        let ran = amends(
            folder.path(),
            &[
                "simulate",
                "--seed",
                seed,
                "--days",
                "25",
                "--orders",
                "500",
                "--cases-per-thousand",
                "900",
                "--out",
                path,
            ],
        );
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        fs::read(out).unwrap()
    };
    let told = log(&first, "3");
    assert!(told.len() > 10_000);
    assert!(told == log(&again, "3"), "the same seed told another story");
    assert!(told != log(&other, "4"));
    let verified = amends(first.path(), &["verify"]);
    assert_eq!(
        (verified.code, verified.out.contains("0 findings")),
        (0, true),
        "{}",
        verified.out
    );
    let twice = amends(first.path(), &["simulate"]);
    assert_eq!(twice.code, 2, "a simulation never starts on a shop's data");
}

/// Founds a shop with this password; how it ended, and what it said.
fn shop_create(folder: &Folder, password: &str) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_amends"))
        .args([
            "--data",
            folder.path().to_str().unwrap(),
            "shop",
            "create",
            "晚风小店",
            "--login",
            "owner",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{password}").unwrap();
    drop(stdin);
    let ended = child.wait_with_output().unwrap();
    (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
}

pub(crate) fn found_shop(folder: &Folder) {
    let (code, told) = shop_create(folder, "一个够长的密码在这里");
    assert_eq!(code, Some(0), "{told}");
}

#[test]
fn a_password_that_is_too_short_leaves_no_shop_behind() {
    let folder = Folder::new();
    let (code, told) = shop_create(&folder, "太短");
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("password: must have at least"), "{told}");
    found_shop(&folder);
    let (code, told) = shop_create(&folder, "一个够长的密码在这里");
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("already a shop of this name"), "{told}");
}

#[test]
fn a_file_without_anchors_is_wrong_use_and_one_of_another_shop_a_finding() {
    let folder = Folder::new();
    found_shop(&folder);
    let stranger =
        r#"{ "record" : "anchor" , "shop":"SHOP","day":"2026-03-01","cases":1,"root":"00","previous":"00"}"#;
    let stranger = stranger.replace("SHOP", &format!("shop_{}", "0".repeat(32)));
    for (text, words, code, says) in [
        ("", vec![], 2, "holds no anchors"),
        ("not json\n", vec![], 2, "kept.jsonl:1"),
        (
            r#"{"record":"event","case":"\"record\":\"anchor\""}"#,
            vec![],
            2,
            "holds no anchors",
        ),
        (stranger.as_str(), vec![], 1, "its shop is not in this database"),
        (stranger.as_str(), vec!["--shop", "晚风小店"], 0, "0 findings"),
    ] {
        let kept = folder.file("kept.jsonl", text);
        let mut all = vec!["verify", "--anchors", kept.to_str().unwrap()];
        all.extend(words);
        let ran = amends(folder.path(), &all);
        assert_eq!(ran.code, code, "{text}: {}{}", ran.out, ran.err);
        assert!(
            ran.out.contains(says) || ran.err.contains(says),
            "{text}: {}{}",
            ran.out,
            ran.err
        );
    }
}

#[test]
fn a_shop_is_founded_orders_are_imported_and_a_token_is_made() {
    let folder = Folder::new();
    let nobody = amends(folder.path(), &["token", "create", "--role", "machine"]);
    assert_eq!(nobody.code, 2);
    assert!(nobody.err.contains("amends shop create"), "{}", nobody.err);
    found_shop(&folder);
    let tau = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/tau-retail/orders.json");
    let tau = tau.to_str().unwrap();
    for (words, code, says) in [
        (
            vec!["import", "orders", tau, "--map", "tau-retail"],
            0,
            "6 orders read, 6 new",
        ),
        (
            vec!["import", "orders", tau, "--map", "amends-jsonl"],
            1,
            "nothing was imported",
        ),
        (
            vec!["import", "orders", tau, "--map", "excel"],
            2,
            "known are amends-jsonl, tau-retail",
        ),
        (
            vec!["import", "orders", "/nowhere.json", "--map", "tau-retail"],
            2,
            "cannot be read",
        ),
        (vec!["token", "create", "--role", "machine"], 0, "amends_"),
        (vec!["token", "create", "--role", "king"], 2, "known are agent"),
        (vec!["policy", "show"], 0, "CLK-2"),
        (vec!["--shop", "别家", "policy", "show"], 2, "there is no shop"),
        (vec!["policy", "explain", "1"], 2, "there is no case 1"),
        (vec!["migrate"], 0, "tables: version"),
        (vec!["doctor"], 0, "ok   master key"),
        (vec!["verify"], 0, "0 findings"),
        (vec!["export"], 0, ""),
    ] {
        let ran = amends(folder.path(), &words);
        assert_eq!(ran.code, code, "{words:?}: {}{}", ran.out, ran.err);
        assert!(
            ran.out.contains(says) || ran.err.contains(says),
            "{words:?}: {}{}",
            ran.out,
            ran.err
        );
    }
}

#[test]
fn a_command_ends_as_it_would_when_nobody_reads_on() {
    let folder = Folder::new();
    found_shop(&folder);
    let bad = folder.file("bad.toml", "id = 1");
    for (words, code) in [
        (vec!["policy", "show"], 0),
        (vec!["policy", "check", bad.to_str().unwrap()], 1),
        (vec!["--shop", "别家", "policy", "show"], 2),
        (vec!["token", "create", "--role", "machine"], 0),
        (vec!["doctor", "--json"], 0),
        (vec!["verify"], 0),
        (vec!["export"], 0),
        (vec!["openapi"], 0),
    ] {
        let ran = amends_unread(folder.path(), &words);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{words:?}: {}", ran.err);
        assert!(
            !ran.err.contains("panicked") && !ran.err.contains("pipe"),
            "{words:?}: {}",
            ran.err
        );
    }
}

#[test]
fn a_foreign_master_key_is_found_by_the_doctor() {
    let folder = Folder::new();
    found_shop(&folder);
    let tau = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/tau-retail/orders.json");
    amends(
        folder.path(),
        &["import", "orders", tau.to_str().unwrap(), "--map", "tau-retail"],
    );
    fs::write(folder.path().join("master.key"), "ab".repeat(32)).unwrap();
    let ran = amends(folder.path(), &["doctor"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("BAD  sealed identities"), "{}", ran.out);
}

#[test]
fn the_demo_plays_two_returns_and_a_complaint_to_their_end() {
    let folder = Folder::new();
    let ran = amends(folder.path(), &["demo", "--play-only"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.matches("结案：已退款").count(), 2, "{}", ran.out);
    assert_eq!(ran.out.matches("结案：已换货").count(), 1, "{}", ran.out);
    let verified = amends(&folder.path().join("demo"), &["verify"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    // Made once: a second demo finds it and plays nothing again.
    let again = amends(folder.path(), &["demo", "--play-only"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
}
