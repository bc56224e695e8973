//! What may not be said to a buyer is found, in whatever script and width; what is harmless is not.

use amends_domain::policy::remedy::Violation::{
    self, FakeDispatch, PushedOn, ReviewDemanded, ServiceRefused,
};
use amends_language::violations;

const FOUND: &[(Violation, &str)] = &[
    (FakeDispatch, "亲，先好评再发货哦"),
    (FakeDispatch, "先好评，后发货"),
    (FakeDispatch, "先給五星好評，再給您發貨"),
    (FakeDispatch, "您先确认收货，我们再发货"),
    (FakeDispatch, "好评之后给您发货"),
    (FakeDispatch, "不给好评就不发货"),
    (FakeDispatch, "没好评不发货的"),
    (FakeDispatch, "先 打 个 5 星，就 给 您 寄出"),
    (FakeDispatch, "给您发货前请先五星好评"),
    (FakeDispatch, "五星好评才能安排发货"),
    (
        FakeDispatch,
        "Please leave a five-star review first and then we ship your order.",
    ),
    (FakeDispatch, "We will ship once you leave a positive review"),
    (FakeDispatch, "No good review, no shipping"),
    (ReviewDemanded, "删了差评才给退"),
    (ReviewDemanded, "刪了差評才給退"),
    (ReviewDemanded, "改好评后退款"),
    (ReviewDemanded, "您把差评删掉，我们马上给您退款"),
    (ReviewDemanded, "删除差评后我们立即退款"),
    (ReviewDemanded, "麻煩您先把差評刪除，我們再處理退款"),
    (ReviewDemanded, "不删差评不退款"),
    (ReviewDemanded, "不删差评就别想退款"),
    (ReviewDemanded, "差评不删，就不给处理"),
    (ReviewDemanded, "除非您修改差评，否则退不了"),
    (ReviewDemanded, "退款的前提是删除差评"),
    (ReviewDemanded, "补发之前要先改成好评评价"),
    (ReviewDemanded, "想退款就先把评价改了，先改评价再退款"),
    (ReviewDemanded, "只要您删除差评，就给您退款"),
    (ReviewDemanded, "等您改了评价，给您换货"),
    (ReviewDemanded, "先给好评，再给您退运费"),
    (ReviewDemanded, "五星好评才给补发"),
    (ReviewDemanded, "给个好评就返现五元"),
    (ReviewDemanded, "先 删 差 评 ， 再 退 款"),
    (ReviewDemanded, "先删差评呢，才能给您补偿哦"),
    (ReviewDemanded, "亲亲 您把那条评价撤销了之后 我们给您赔付"),
    (ReviewDemanded, "将差评修改为好评后，为您办理退款"),
    (
        ReviewDemanded,
        "Please delete your review and then we refund you.",
    ),
    (
        ReviewDemanded,
        "We will refund you once you remove the negative review",
    ),
    (ReviewDemanded, "No refund unless you change your rating"),
    (
        ReviewDemanded,
        "After you revise your feedback we will send a replacement",
    ),
    (
        ReviewDemanded,
        "Ｄｅｌｅｔｅ ｙｏｕｒ ｒｅｖｉｅｗ first, we refund later",
    ),
    (ServiceRefused, "本店一经售出，概不退换"),
    (ServiceRefused, "特价商品不退不换"),
    (ServiceRefused, "我们拒绝退款"),
    (ServiceRefused, "這個沒有售後的"),
    (ServiceRefused, "我們不提供售後"),
    (ServiceRefused, "坚决不退，您爱怎么样怎么样"),
    (ServiceRefused, "想退货没门"),
    (ServiceRefused, "随便你投诉，找谁都没用"),
    (ServiceRefused, "We don't offer refunds on anything"),
    (ServiceRefused, "No refunds, no returns!"),
    (ServiceRefused, "That is not our problem"),
    (PushedOn, "这是物流公司的问题，您找他们吧"),
    (PushedOn, "这个要找厂家解决"),
    (PushedOn, "您自己联系快递公司处理一下吧"),
    (PushedOn, "请您联系物流索赔"),
    (PushedOn, "包裹是快递弄坏的，跟我们没关系"),
    (PushedOn, "這是物流的責任，不是我們的問題"),
    (PushedOn, "您直接跟厂家协商退款"),
    (PushedOn, "质量问题您去找厂家理论"),
    (PushedOn, "建议您向快递投诉要求赔偿"),
    (PushedOn, "这事不归我们管"),
    (PushedOn, "这不是我的责任"),
    (PushedOn, "破损是運輸造成的，只能找快遞賠"),
    (PushedOn, "亲，你自行联系快递员哦"),
    (PushedOn, "Please contact the courier for compensation."),
    (PushedOn, "You should take it up with the manufacturer."),
    (PushedOn, "It is the carrier's fault, not ours."),
];

const HARMLESS: &[&str] = &[
    "您好，退款已经提交，预计今天到账，请您留意。",
    "收到后如果满意，欢迎给个好评，对我们帮助很大。",
    "如果您满意这次处理，评价一下对我们很有帮助。",
    "事情处理完了，想请您如实评价这次服务，好坏都欢迎。",
    "售后单完结后，您可以给我们的服务打个分。",
    "不用修改评价，退款我们马上给您办。",
    "您不需要删差评，我们照样退款。",
    "无论您是否修改评价，我们都会退款。",
    "不管您给好评还是差评，都不影响退款。",
    "我们不会要求您删除差评，退款正常办理。",
    "评价是您的权利，改不改都可以，款已经退给您了。",
    "您说“先好评再发货”，我们查了，没有客服这样要求。",
    "您提到「删了差评才给退」，这属于违规，我们已经处理了当事客服。",
    "要求删差评才退款属于违规，请您放心，我们不会这样做。",
    "先好评再发货是违规的，我们不做这样的事。",
    "看到您的差评了，非常抱歉，我们先为您换货。",
    "感谢您的五星好评，祝您生活愉快。",
    "感谢您修改评价，我们会继续努力。",
    "今天下午给您发货，收到后有问题随时联系我们。",
    "先给您补发，旧的不用寄回。",
    "收到货以后请先验货，再确认收货。",
    "商品寄回后我们再退款，运费由我们承担。",
    "您把商品寄回来，我们验收后马上给您退款。",
    "您先拍张照片，我们再为您处理。",
    "您把申请类型改成退货退款，我们马上同意。",
    "麻烦您修改一下收货地址，我们再发货。",
    "请先取消原申请，再重新提交退款申请。",
    "您先撤销投诉也没关系，不撤销我们也会处理。",
    "这次没能同意您的申请，原因是已经过了退货期限。",
    "吊牌已经剪掉，这件不能按七天无理由退货，您可以申请换货。",
    "该商品拆封后不支持七天无理由退货，质量问题除外。",
    "运费这部分没办法退，商品款会全额退给您。",
    "超出期限的，我们可以为您付费维修。",
    "商家拒绝退款的，您可以申请平台介入。",
    "我们不会拒绝退货，请您放心。",
    "如果有人说不退不换，请告诉我们。",
    "我们没有拒绝退款，只是需要先验货。",
    "售后问题请在售后页面上提交，我们会尽快处理。",
    "这款有一年保修，保修期内免费维修。",
    "您可以选择退款、换货或者维修。",
    "如果不认同这个结果，可以申请平台介入。",
    "您的意见我们已经转给仓库，之后会改进包装。",
    "评价里提到的色差问题，我们给您两个方案。",
    "看到您在评价里说少了一件，已经给您补发了。",
    "差评里说的问题我们核实了，确实是我们没做好，退款已经办好。",
    "这条差评我们收到了，今天就给您处理。",
    "好评返图活动已经结束了。",
    "您之前的好评我们看到了，谢谢。",
    "请您改一下尺码，我们好给您换货。",
    "我们把备注删除后重新打了面单，明天发货。",
    "您要的颜色改好了，马上发货。",
    "地址改好后，我们安排发出。",
    "追加的赠品会和商品一起寄出。",
    "您的评分会帮助我们改进，退款与评分无关。",
    "退款到账后，如果愿意，欢迎评价。",
    "退款成功后，您可以随时修改或删除评价，由您决定。",
    "我们绝不以好评作为退款的条件。",
    "平台不允许先好评后发货。",
    "先發貨，您滿意了再評價也不遲。",
    "不需要您刪除評價，款項已經退回。",
    "您願意的話，結案後可以給我們評個分。",
    "這件商品過了退貨期限，我們可以免費維修。",
    "We have refunded you; a review would help us if you are satisfied.",
    "You do not need to change your review; the refund is on its way.",
    "Regardless of your rating we will refund you.",
    "Please rate us honestly once the case is closed.",
    "We never ask you to delete a review before a refund.",
    "You wrote \"delete the review and then we refund\"; nobody here may say that.",
    "Please send the parcel back and then we refund you.",
    "Please review the options and then we will send a replacement.",
    "We could not agree this time; you can ask the platform to decide.",
    "After you change the address we will ship.",
    "Thank you for your feedback; we will replace the part.",
    "This return is past its window, but we can repair it.",
    "包裹在路上破损了，我们先给您补发，再由我们向快递索赔。",
    "我们会联系快递公司处理，您不用跑。",
    "您好，我们已经联系物流核实，今天给您答复。",
    "您放心，我们帮您联系快递解决。",
    "请您放心，我们联系厂家处理好了再回复您。",
    "快递员会和您联系约取件时间。",
    "您可以联系快递员约个方便的时间上门取件。",
    "物流的问题您不用管，我们来和快递交涉。",
    "虽然不是我们的责任，我们也会负责到底。",
    "这是快递弄丢的，我们先退您全款。",
    "经核实是物流原因造成的延误，非常抱歉，我们给您补偿十元。",
    "厂家已经确认是这一批的问题，我们给您换新。",
    "不需要您联系厂家，检测由我们安排。",
    "我们不会让您自己去找快递赔偿。",
    "拒收请告诉快递员，包裹会退回我们仓库。",
    "麻烦您把破损的外包装拍给我们，我们向物流索赔要用。",
    "寄回时请您和快递说明运费到付。",
    "這是物流的問題，我們先幫您重新寄出。",
    "We will take it up with the carrier for you.",
    "The courier damaged it; we send a new one today.",
    "You can call the courier to arrange the pickup time.",
    "Although it is the carrier's fault, we refund you at once.",
    "",
    "嗯",
];

#[test]
fn what_is_not_to_be_said_is_found() {
    let missed: Vec<_> = FOUND
        .iter()
        .filter(|(violation, text)| {
            !violations(text)
                .unwrap()
                .iter()
                .any(|found| found.violation == *violation)
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(FOUND.len() >= 40);
}

#[test]
fn what_is_harmless_is_left_alone() {
    let found: Vec<_> = HARMLESS
        .iter()
        .map(|text| (text, violations(text).unwrap()))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    assert!(HARMLESS.len() >= 60);
}

#[test]
fn the_words_are_told_as_they_were_written() {
    let found = violations("您好！麻煩先 刪 了 差評，才給退 喔。").unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].words.starts_with("先 刪 了 差評，才給退"), "{found:?}");
}
