//! Simplified Chinese: the catalogue of texts.
//!
//! Must not know: who asked. Tests: `texts/tests.rs`.

mod faults;
mod refusals;

use super::{Catalogue, Word};

pub(super) const CATALOGUE: Catalogue = Catalogue {
    refusals: refusals::REFUSALS,
    faults: faults::FAULTS,
    words: WORDS,
    comma: "、",
};

const WORDS: &[Word] = &[
    ("awaiting_decision", "待商家处理"),
    ("refused", "商家已拒绝"),
    ("awaiting_ruling", "平台处理中"),
    ("awaiting_return", "待买家寄回"),
    ("return_on_the_way", "退货运输中"),
    ("awaiting_refund", "待退款"),
    ("refund_on_the_way", "退款中"),
    ("refund_in_trouble", "退款异常"),
    ("awaiting_difference", "待补差价"),
    ("awaiting_replacement", "待发换货"),
    ("replacement_on_the_way", "换货运输中"),
    ("awaiting_send_back", "待寄回买家"),
    ("closed", "已结束"),
    ("refund_only", "仅退款"),
    ("return_and_refund", "退货退款"),
    ("exchange", "换货"),
    ("buyer", "买家"),
    ("agent", "客服"),
    ("supervisor", "主管"),
    ("manager", "经理"),
    ("admin", "店主"),
    ("auditor", "审计"),
    ("mediator", "平台小二"),
    ("machine", "系统接口"),
    ("deadlines", "系统时钟"),
    ("outbox", "系统外联"),
    ("shop", "个店铺"),
    ("order", "笔订单"),
    ("case", "张售后单"),
    ("evidence", "份凭证"),
    ("token", "个令牌"),
    ("person", "位成员"),
    ("login", "登录名"),
    ("policy", "套规则"),
    ("clock", "个时钟"),
];
