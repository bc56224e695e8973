//! The law's packs: each source is an article there is, whose words have the figure, and each right is met
//! by what it is for.
//!
//! Must not know: what platforms and shops add.

use std::collections::BTreeMap;

use amends_domain::policy::Clause;
use amends_domain::policy::pack::Pack;
use serde::Deserialize;

use crate::harness::{PACKS, demo_set};
use crate::language::check_under;

/// The law of contracts and services, which a shop adds when it sells them.
pub(crate) const CONTRACTS: &str = include_str!("../../../../content/policies/cn-law-contracts.toml");

#[derive(Deserialize)]
struct Article {
    law: String,
    #[serde(rename = "article")]
    number: String,
    text: String,
}

/// Articles by how a source names them: 《消费者权益保护法》第二十五条.
fn articles() -> BTreeMap<String, String> {
    include_str!("../../../../testdata/law-articles/articles.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .map(|article: Article| (format!("《{}》{}", article.law, article.number), article.text))
        .collect()
}

/// The clauses of the law's packs.
fn clauses() -> Vec<Clause> {
    let packs = [PACKS[0], CONTRACTS].map(|text| Pack::parse(text).unwrap());
    packs.into_iter().flat_map(|pack| pack.clauses).collect()
}

#[test]
fn every_source_of_the_law_is_an_article_there_is() {
    let articles = articles();
    for clause in clauses() {
        assert!(
            articles.contains_key(&clause.source),
            "{}: {}",
            clause.id,
            clause.source
        );
    }
}

/// What an article must say for the clause to say what it says.
const FIGURES: &str = "
ELG-1     | 七日内退货，且无需说明理由
ELG-1     | 退回商品的运费由消费者承担
LAW-24    | 自收到商品之日起七日内退货
LAW-24    | 经营者应当承担运输等必要费用
LAW-55    | 增加赔偿的金额为消费者购买商品的价款或者接受服务的费用的三倍
LAW-55    | 不足五百元的，为五百元
LAW-148   | 支付价款十倍或者损失三倍的赔偿金
LAW-148   | 不足一千元的，为一千元
LAW-EC-20 | 承担商品运输中的风险和责任
LAW-7D-13 | 在收到退回商品之日起七日内
LAW-PUN-8 | 超过十五日的，视为故意拖延或者无理拒绝
LAW-PUN-9 | 自收到退回商品之日起无正当理由超过十五日未向消费者返还
LAW-52    | 退还货款和服务费用
LAW-53    | 未按照约定提供的，应当按照消费者的要求履行约定或者退回预付款
LAW-496   | 对方可以主张该条款不成为合同的内容
LAW-563   | 有其他违约行为致使不能实现合同目的
LAW-787   | 在承揽人完成工作前可以随时解除合同，造成承揽人损失的，应当赔偿损失
LAW-787-PART | 造成承揽人损失的，应当赔偿损失
LAW-985   | 可以请求得利人返还取得的利益
LAW-SALE-16 | 出卖人未按要求予以修理
LAW-SALE-16 | 主张出卖人负担因此发生的合理费用
";

#[test]
fn the_articles_say_what_the_clauses_say() {
    let articles = articles();
    let clauses = clauses();
    for row in FIGURES.lines().filter(|row| !row.is_empty()) {
        let (id, words) = row.split_once('|').unwrap();
        let clause = clauses.iter().find(|clause| clause.id.as_str() == id.trim());
        let text = &articles[&clause.unwrap().source];
        assert!(text.contains(words.trim()), "{row}: {text}");
    }
    for clause in &clauses {
        assert!(
            FIGURES.contains(&format!("\n{} ", clause.id)),
            "{} has no row",
            clause.id
        );
    }
}

#[test]
fn fraud_and_a_lost_parcel_are_rights_of_their_own() {
    // 190.59 three times over is more than the 500 yuan that are had at least.
    check_under(
        demo_set(),
        "
        0 10:00 buyer open return_and_refund counterfeit dress×1 photos 1
        0 12:00 supervisor find shop 100 fault confirmed
        0 13:00 supervisor approve comp 571.78
        0 13:01 supervisor approve comp 571.77
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (unknown), return freight buyer, +decision till 2 10:00
        0 12:00  supervisor find → found shop 100% fault confirmed by LAW-55 (met), return freight shop
        0 13:00  supervisor approve → ✗ compensation_without_clause: compensation of 571.78 CNY, at most 571.77 CNY
        0 13:01  supervisor approve → -decision, approved [LAW-55] +571.77, +return_shipment till 11 00:00
        A: awaiting_return; no money; clocks return_shipment 11 00:00
        ledger:
        ",
    );
    check_under(
        demo_set(),
        "
        order dress 1 × 60.00, delivered
        0 10:00 buyer open return_and_refund counterfeit dress×1 photos 1
        0 12:00 supervisor find shop 100 fault confirmed
        0 13:00 supervisor approve comp 500.01
        0 13:01 supervisor approve comp 500.00
        ",
        "
        0 10:00  buyer open → opened 60.00 for dress#1 by no right (unknown), return freight buyer, +decision till 2 10:00
        0 12:00  supervisor find → found shop 100% fault confirmed by LAW-55 (met), return freight shop
        0 13:00  supervisor approve → ✗ compensation_without_clause: compensation of 500.01 CNY, at most 500.00 CNY
        0 13:01  supervisor approve → -decision, approved [LAW-55] +500.00, +return_shipment till 11 00:00
        A: awaiting_return; no money; clocks return_shipment 11 00:00
        ledger:
        ",
    );
    check_under(
        demo_set(),
        "
        order dress 1 × 199.00, dispatched
        0 10:00 buyer open refund_only lost dress×1
        ",
        "
        0 10:00  buyer open → opened 199.00 for dress#1 by LAW-EC-20, return freight shop, +decision till 2 10:00
        A: awaiting_decision; no money; clocks decision 2 10:00
        ledger:
        ",
    );
}
