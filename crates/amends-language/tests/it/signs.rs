//! Signs of abuse in a buyer's words are found with their place; whoever uses a right of his is left alone.

use amends_domain::case::abuse::SignalKind::{self, Extortion, OffPlatform, Threat};
use amends_language::signs;

const FOUND: &[(SignalKind, &str)] = &[
    (OffPlatform, "你加我微信，我们私下谈"),
    (OffPlatform, "加個 LINE 也行，加我微信 abc123"),
    (OffPlatform, "加vx聊"),
    (OffPlatform, "我 QQ 12345678，来这边说"),
    (OffPlatform, "微信 138 0013 8000"),
    (OffPlatform, "留个微信，这里说不方便"),
    (OffPlatform, "别走平台了，直接转我"),
    (OffPlatform, "咱们私下解决吧"),
    (OffPlatform, "走支付寶轉帳就行"),
    (OffPlatform, "加我 13800138000"),
    (OffPlatform, "Add me on WeChat and we settle this"),
    (OffPlatform, "Let's settle this outside the platform"),
    (Extortion, "退款之外再给我 200，不然全网差评"),
    (Extortion, "给我 100 块，我就撤诉"),
    (Extortion, "转我500就删差评"),
    (Extortion, "發個紅包我就改好評"),
    (Extortion, "不给钱就差评"),
    (Extortion, "不给红包我就投诉你们"),
    (Extortion, "想让我撤诉，拿 500 来"),
    (Extortion, "要我删差评，给个红包"),
    (Extortion, "撤诉至少给 300"),
    (Extortion, "500块撤诉，你考虑一下"),
    (Extortion, "拿钱消灾，懂吗"),
    (Extortion, "赔我 1000，否则我发抖音曝光"),
    (Extortion, "給我封口費，要不然去工商舉報"),
    (Extortion, "Pay me 200 or I leave a bad review"),
    (Extortion, "I will delete my review if you pay me"),
    (Extortion, "I'll withdraw the complaint for $300"),
    (Threat, "信不信我找人弄你"),
    (Threat, "我带人上门砸你店"),
    (Threat, "我叫水军来"),
    (Threat, "人肉你们信不信"),
    (Threat, "找一群人给你刷差评"),
    (Threat, "弄死你"),
    (Threat, "I know where you live"),
];

/// What a buyer may well say: a right of his, his own money, or something else.
const HARMLESS: &[&str] = &[
    "质量这么差，我要给差评",
    "再不处理我就打 12315",
    "不退款我就投诉",
    "不退钱我就给差评",
    "不给退款就差评",
    "我要去法院起诉你们",
    "我会发到网上让大家看看",
    "按法律退一赔三，不然我就去 12315",
    "赔我运费 20 元，不然我投诉",
    "给我退款 199 元，不然我就给差评",
    "退给我 100 就算了，我不投诉了",
    "把差价 30 元给我，不然投诉",
    "我用微信支付的",
    "钱退到微信零钱",
    "微信小程序下的单",
    "你们客服让我加微信，我没加",
    "叫我加QQ是不是骗子",
    "我没有微信",
    "不用加微信，在这里说就行",
    "我的电话是 13800138000，取件请打这个",
    "上门取件请联系 13800138000",
    "订单号 20260226123456789，麻烦看一下",
    "你们太过分了，气死我了",
    "这衣服洗一次就变形，一星",
    "东西不错，给好评",
    "已经给了五星好评",
    "我不要钱，只想换一件",
    "不是要你们给钱，我就要个说法，不然投诉",
    "我打死也不会再买了",
    "快递员砸门太响",
    "刷了三遍漆还是掉色",
    "朋友推荐来的，找你们家三次了",
    "I will leave a bad review",
    "Refund me or I will complain",
    "Please refund 200 or I will complain",
    "I don't want money, I want it repaired, or I complain",
    "They asked me to add WeChat, I did not",
    "您说“给我100就撤诉”，我没说过",
];

#[test]
fn signs_of_abuse_are_found_in_both_scripts() {
    for (sign, text) in FOUND {
        let found = signs(text).unwrap();
        assert!(found.iter().any(|one| one.sign == *sign), "{text}: {found:?}");
    }
}

#[test]
fn who_uses_a_right_or_asks_for_his_own_is_left_alone() {
    for text in HARMLESS {
        assert_eq!(signs(text).unwrap(), [], "{text}");
    }
}

#[test]
fn words_are_told_with_their_place_in_characters() {
    let text = "你好！😀退款之外再给我 200，不然全网差评。加我微信";
    let found = signs(text).unwrap();
    assert_eq!(found.len(), 2, "{found:?}");
    for sign in &found {
        let words: String = text.chars().skip(sign.from).take(sign.to - sign.from).collect();
        assert_eq!(words, sign.words);
    }
    assert_eq!(found[0].sign, Extortion);
    assert_eq!(found[1].words, "加我微信");
}

#[test]
fn of_a_long_text_at_most_twenty_are_told() {
    let text = "加我微信。".repeat(2_000);
    assert_eq!(signs(&text).unwrap().len(), 20);
    let text = "给我 100 ".repeat(1_200);
    assert!(signs(&text).unwrap().len() <= 20);
}
