//! What reviews complain about, and what an answer to one may not say in public.

use amends_domain::case::review::ReviewCause::{self, Goods, Logistics, Service};
use amends_language::{blame, review_cause, unfair};

#[test]
fn a_review_is_about_what_most_of_its_words_are_about() {
    let cases: [(&str, Option<ReviewCause>); 12] = [
        ("收到就碎了，质量太差", Some(Goods)),
        ("顏色和圖片不一樣，色差很大", Some(Goods)),
        ("等了十天，物流太慢，快递也不打电话", Some(Logistics)),
        ("客服态度很差，半天不回复", Some(Service)),
        ("问了三次没人理，售后一直推诿", Some(Service)),
        ("还行吧", None),
        ("", None),
        ("质量不错，就是快递慢", None),
        ("The zip was broken and the colour is wrong", Some(Goods)),
        ("delivery took three weeks, courier never called", Some(Logistics)),
        ("Rude staff", Some(Service)),
        ("ok", None),
    ];
    for (text, cause) in cases {
        assert_eq!(review_cause(text).unwrap(), cause, "{text}");
    }
}

#[test]
fn blame_and_what_points_to_the_buyer_is_found() {
    for (text, words) in [
        ("亲，是您自己的问题，和我们无关", "您自己的问题"),
        ("您没看清楚尺码表，怪不得我们", "您没看清"),
        ("这是惡意差評，大家別信", "惡意差評"),
        ("你操作不当导致的损坏", "你操作不当"),
        ("一分钱一分货，爱买不买", "一分钱一分货"),
        ("买家要求太高了", "要求太高"),
        ("已打您电话 138 0000 1234 未接", "138 0000 1234"),
        ("订单２０２６０１０１８８ 已退款", "２０２６０１０１８８"),
        ("已发邮件到 xiaoman@example.com", "xiaoman@example.com"),
        ("It was your own fault.", "your own fault"),
        ("You are lying about the colour", "You are lying"),
    ] {
        let found = unfair(text).unwrap();
        assert!(found.iter().any(|one| one == words), "{text}: {found:?}");
    }
}

#[test]
fn a_fair_answer_is_left_alone() {
    for text in [
        "您好，包装没有护好，让花瓶碎在路上，非常抱歉。我们已经全额退款，并把缓冲材料加厚了一倍。每一位顾客的意见我们都会认真看。",
        "这不是您的问题，是我们尺码表写得不清楚，已经改了。",
        "绝不会怪您，物流慢是我们没有选好快递。",
        "3 天前已为您补发，7 月 1 日前送到。",
        "感謝您指出色差，商品圖已重新拍攝。",
        "We are sorry: the parcel was packed badly. It was not your fault, and the refund is on its way.",
        "",
    ] {
        assert_eq!(unfair(text).unwrap(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn numbers_are_no_blame() {
    assert_eq!(
        blame("运单号 SF1234567890，明天到。").unwrap(),
        Vec::<String>::new()
    );
    assert_eq!(
        blame("这就是您自己的问题，运单号 SF1234567890。").unwrap(),
        ["您自己的问题"]
    );
}
