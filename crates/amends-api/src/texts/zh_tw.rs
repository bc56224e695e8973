//! Traditional Chinese, in the words used in Taiwan: the catalogue of texts.
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
    ("awaiting_decision", "待商家處理"),
    ("refused", "商家已拒絕"),
    ("awaiting_ruling", "平台處理中"),
    ("awaiting_return", "待買家寄回"),
    ("return_on_the_way", "退貨運送中"),
    ("awaiting_refund", "待退款"),
    ("refund_on_the_way", "退款中"),
    ("refund_in_trouble", "退款異常"),
    ("awaiting_difference", "待補差價"),
    ("awaiting_replacement", "待寄出換貨"),
    ("replacement_on_the_way", "換貨運送中"),
    ("awaiting_send_back", "待寄回買家"),
    ("closed", "已結束"),
    ("refund_only", "僅退款"),
    ("return_and_refund", "退貨退款"),
    ("exchange", "換貨"),
    ("buyer", "買家"),
    ("agent", "客服"),
    ("supervisor", "主管"),
    ("manager", "經理"),
    ("admin", "店主"),
    ("auditor", "稽核"),
    ("mediator", "平台專員"),
    ("machine", "系統介面"),
    ("deadlines", "系統時鐘"),
    ("outbox", "系統外聯"),
    ("shop", "個店鋪"),
    ("order", "筆訂單"),
    ("case", "張售後單"),
    ("evidence", "份憑證"),
    ("token", "個權杖"),
    ("person", "位成員"),
    ("login", "登入名稱"),
    ("policy", "套規則"),
    ("clock", "個時鐘"),
];
