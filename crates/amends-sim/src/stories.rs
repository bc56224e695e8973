//! Stories written by hand that stand open at the end: a repair, a trial, options waiting for an answer, a
//! promise due today, calls upward. All people invented.
//!
//! Must not know: chance. Tests: `tests/it/play.rs`.

mod teller;

use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_domain::actor::Role;
use amends_domain::case::assessment::{Assessment, Grade, Nature, PassedFor};
use amends_domain::case::{Channel, Kind};
use amends_domain::command::Command;
use amends_domain::time::Moment;
use teller::{Asked, Story, Teller, pick};

use crate::bought::Bought;
use crate::pictures::{CREAM, CRUSHED_BOX, EARBUDS, SERUM_BASE, SERUM_PAIR, VASE};
use crate::play::picks;
use crate::seed::SeededShop;

const HOUR: i64 = 3_600_000;
/// How long before the end they begin.
pub(crate) const LENGTH_MILLIS: i64 = 72 * HOUR;

/// Plays them; time stands at the last of their deeds.
pub(crate) async fn stories_make(desk: &Desk, shop: &SeededShop, until: Moment) -> Result<(), AppError> {
    let teller = Teller { desk, shop, until };
    teller.hours_before(70).await?;
    let repair = repair_asked(&teller).await?;
    let trial = trial_asked(&teller).await?;
    lost(&teller).await?;
    teller.hours_before(60).await?;
    teller
        .buyer(
            &repair,
            Command::ShipReturn {
                parcel: teller::parcel("SF0000000101"),
            },
        )
        .await?;
    teller
        .buyer(&trial, Command::Choose { offer: 1, option: 1 })
        .await?;
    teller.hours_before(40).await?;
    repair_begun(&teller, &repair).await?;
    teller.hours_before(30).await?;
    unanswered(&teller).await?;
    counterfeit(&teller).await?;
    teller.hours_before(20).await?;
    promised(&teller).await?;
    refused_at_the_door(&teller).await?;
    teller.hours_before(12).await?;
    options(&teller).await?;
    festival(&teller).await
}

async fn repair_asked(teller: &Teller<'_>) -> Result<Story, AppError> {
    let bought = Bought {
        number: "DEMO-0011",
        nickname: "木棉要早睡",
        skus: &["VACUUM"],
        paid_days: 48,
        dispatched_days: Some(47),
        delivered_days: Some(45),
        ..Bought::default()
    };
    let asked = Asked {
        kind: Kind::Repair,
        reason: "defective",
        text: "吸尘器充满电只能用三分钟，滤网洗过了也一样。过了退货期，想保修。",
        ..Asked::default()
    };
    let story = teller.open(bought, asked).await?;
    teller
        .say(
            &story,
            1,
            "您好，电池衰减这么快不正常，在保修期内，我们免费修，来回运费都由我们出。",
        )
        .await?;
    teller
        .agent(&story, Command::Approve { compensation: None })
        .await?;
    teller.mark(&story, 1, &["大件", "等质检结果"]).await?;
    Ok(story)
}

async fn repair_begun(teller: &Teller<'_>, story: &Story) -> Result<(), AppError> {
    teller
        .inspect(story, "通电测试：满电续航三分十秒，判定电池组故障，等配件。")
        .await?;
    teller
        .note(story, "配件周四到仓，修好后先充放电两次再寄回。")
        .await
}

async fn trial_asked(teller: &Teller<'_>) -> Result<Story, AppError> {
    let bought = Bought {
        number: "DEMO-0012",
        nickname: "半夏日记",
        region: "四川",
        skus: &["CREAM"],
        paid_days: 9,
        dispatched_days: Some(8),
        delivered_days: Some(5),
        ..Bought::default()
    };
    let asked = Asked {
        kind: Kind::ReturnAndRefund,
        reason: "quality",
        pictures: &[CREAM],
        text: "面霜用了三天，脸颊有点泛红发热，是不是不适合我？",
        ..Asked::default()
    };
    let story = teller.open(bought, asked).await?;
    let words =
        "先停用两天，之后每晚只用黄豆大小，配清水洁面。试用期间您的退货期限停着不走，一周后我来问您。";
    teller
        .offer(&story, false, vec![pick("REM-TRIAL")?], words)
        .await?;
    teller.mark(&story, 0, &["需回电"]).await?;
    Ok(story)
}

async fn lost(teller: &Teller<'_>) -> Result<(), AppError> {
    let bought = Bought {
        number: "DEMO-0013",
        nickname: "星河看海去",
        region: "新疆",
        method: "credit_card",
        skus: &["LAMP"],
        paid_days: 15,
        dispatched_days: Some(14),
        delivered_days: None,
        ..Bought::default()
    };
    let asked = Asked {
        kind: Kind::Compensation,
        reason: "lost",
        text: "台灯的物流停在乌鲁木齐分拨中心十天了，网点说找不到件，请处理。",
        ..Asked::default()
    };
    let story = teller.open(bought, asked).await?;
    teller
        .say(
            &story,
            0,
            "您好，网点已确认丢件。我们先全额赔您，向快递索赔是我们的事，退款原路退回信用卡。",
        )
        .await?;
    teller
        .agent(&story, Command::Approve { compensation: None })
        .await
}

async fn unanswered(teller: &Teller<'_>) -> Result<(), AppError> {
    let bought = Bought {
        number: "DEMO-0014",
        nickname: "栗子爱吃鱼",
        skus: &["COOKER"],
        ..Bought::default()
    };
    let asked = Asked {
        kind: Kind::Consultation,
        reason: "use",
        channel: Channel::Chat,
        text: "电饭煲煮粥总是溢出来，水位线是看里面那条还是外面那条？",
        ..Asked::default()
    };
    teller.open(bought, asked).await?;
    Ok(())
}

async fn counterfeit(teller: &Teller<'_>) -> Result<(), AppError> {
    let bought = Bought {
        number: "DEMO-0015",
        nickname: "山月同学",
        region: "上海",
        skus: &["SERUM"],
        paid_days: 7,
        dispatched_days: Some(6),
        delivered_days: Some(3),
        ..Bought::default()
    };
    let asked = Asked {
        kind: Kind::Complaint,
        reason: "counterfeit",
        pictures: &[SERUM_BASE, SERUM_PAIR],
        text: "精华液瓶底批号是手贴的，和上次在你们店买的不一样。请给出进货凭证，不然我就找平台。",
        ..Asked::default()
    };
    let story = teller.open(bought, asked).await?;
    teller
        .say(
            &story,
            2,
            "您好，真假问题绝不含糊。授权书和这批的入库单我正在调取，今天先发您一份。",
        )
        .await?;
    let assessment = Assessment {
        nature: Some(Nature::Subjective),
        heat: Some(Grade::Medium),
        spread: Some(Grade::High),
        ..Assessment::default()
    };
    teller.agent(&story, Command::Assess { assessment }).await?;
    teller
        .note(
            &story,
            "供应商说三月起换了贴标机，已要书面说明；建议送第三方鉴定。",
        )
        .await?;
    teller.mark(&story, 2, &["差评风险"]).await
}

async fn promised(teller: &Teller<'_>) -> Result<(), AppError> {
    let bought = Bought {
        number: "DEMO-0016",
        nickname: "橘子在路上",
        region: "广东",
        skus: &["SPEAKER"],
        paid_days: 6,
        dispatched_days: Some(5),
        delivered_days: None,
        ..Bought::default()
    };
    let asked = Asked {
        kind: Kind::Complaint,
        reason: "late",
        text: "音箱说三天到，现在第六天还在派送中，周末聚会要用的。",
        ..Asked::default()
    };
    let story = teller.open(bought, asked).await?;
    let due_at = teller.until.plus_millis(6 * HOUR);
    let words = "快递今天下午二次派送，晚上之前我打电话告诉您结果；送不到，我给您在本地买一台。";
    teller.promise(&story, due_at, words).await?;
    teller.mark(&story, 2, &["节日急用", "等物流回复"]).await
}

async fn refused_at_the_door(teller: &Teller<'_>) -> Result<(), AppError> {
    let bought = Bought {
        number: "DEMO-0017",
        nickname: "拾光2号",
        region: "湖北",
        skus: &["VASE"],
        paid_days: 5,
        dispatched_days: Some(4),
        delivered_days: None,
        ..Bought::default()
    };
    let asked = Asked {
        kind: Kind::ReturnAndRefund,
        reason: "damaged",
        pictures: &[VASE, CRUSHED_BOX],
        text: "当着快递员开的箱，花瓶碎成三块，我拒收了，快递直接退回你们。",
        refused: Some("SF0000000117"),
        ..Asked::default()
    };
    let story = teller.open(bought, asked).await?;
    teller
        .say(
            &story,
            1,
            "看到照片了，对不起。包裹退回就给您退款，不用您再寄，碎片注意别扎手。",
        )
        .await?;
    teller
        .agent(&story, Command::Approve { compensation: None })
        .await
}

async fn options(teller: &Teller<'_>) -> Result<(), AppError> {
    let bought = Bought {
        number: "DEMO-0018",
        nickname: "云朵的猫",
        region: "北京",
        skus: &["EARBUD"],
        paid_days: 8,
        dispatched_days: Some(7),
        delivered_days: Some(4),
        ..Bought::default()
    };
    let asked = Asked {
        kind: Kind::ReturnAndRefund,
        reason: "defective",
        pictures: &[EARBUDS],
        text: "耳机右边充不进电，触点擦过了也没用，才用了四天。",
        ..Asked::default()
    };
    let story = teller.open(bought, asked).await?;
    let why = "退款加补偿超过我的权限，请主管定方案。";
    teller
        .pass_up(&story, Role::Supervisor, PassedFor::Authority, why)
        .await?;
    teller.mark(&story, 0, &["老客户"]).await?;
    teller.hours_before(9).await?;
    let words = "右耳充不进电是我们的问题。三个办法您挑一个，四十八小时内都给您留着。";
    teller.offer(&story, true, picks()?, words).await
}

async fn festival(teller: &Teller<'_>) -> Result<(), AppError> {
    let bought = Bought {
        number: "DEMO-0019",
        nickname: "麦穗小姐",
        tier: "vip",
        region: "浙江",
        skus: &["TEA"],
        paid_days: 5,
        dispatched_days: Some(4),
        delivered_days: None,
        ..Bought::default()
    };
    let asked = Asked {
        kind: Kind::Compensation,
        reason: "late",
        text: "茶叶是明天给长辈祝寿用的，快递还在邻市没动，怎么办？",
        ..Asked::default()
    };
    let story = teller.open(bought, asked).await?;
    teller.hours_before(6).await?;
    let words = "来得及的。我们在您附近的门店买一份同款，今天送到您手上；路上那份到了您拒收就行。";
    teller
        .offer(&story, false, vec![pick("REM-LOCAL")?], words)
        .await?;
    teller.hours_before(5).await?;
    teller
        .buyer(&story, Command::Choose { offer: 1, option: 1 })
        .await?;
    teller.mark(&story, 1, &["节日急用"]).await
}
