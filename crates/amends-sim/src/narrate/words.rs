//! The Chinese words for codes: kinds, verdicts, owners, outcomes, remedies, parties, grades, roles.
//!
//! Must not know: events. Tests: `tests/it/`.

use amends_domain::actor::Role;
use amends_domain::case::abuse::SignalKind;
use amends_domain::case::assessment::{Assessment, Grade, Nature, PassedFor, Severity};
use amends_domain::case::clock::{Expiry, Owner};
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::case::liability::{Fault, Party};
use amends_domain::case::remedy::{Extra, Remedy};
use amends_domain::case::{ContactWay, Kind, Outcome};
use amends_domain::policy::ClauseId;
use amends_domain::policy::condition::Verdict;
use amends_domain::time::Length;

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::RefundOnly => "仅退款",
        Kind::ReturnAndRefund => "退货退款",
        Kind::Exchange => "换货",
        Kind::Repair => "维修",
        Kind::Reissue => "补发",
        Kind::Compensation => "意外赔付",
        Kind::Consultation => "咨询",
        Kind::Complaint => "投诉",
        Kind::ReviewRescue => "中差评处理",
        Kind::UnpaidOrder => "待付款跟进",
    }
}

pub(super) fn contact(way: ContactWay) -> &'static str {
    match way {
        ContactWay::Phone => "电话",
        ContactWay::Chat => "聊天工具",
        ContactWay::Email => "邮件",
        ContactWay::InPerson => "当面",
    }
}

pub(super) fn evidence(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Photo => "实物照片",
        EvidenceKind::Video => "视频",
        EvidenceKind::ChatRecord => "聊天记录",
        EvidenceKind::ListingSnapshot => "商品页快照",
        EvidenceKind::PackingPhoto => "包装照片",
        EvidenceKind::TestReport => "检测或鉴定报告",
        EvidenceKind::Authorization => "授权书",
        EvidenceKind::LogisticsTrace => "物流轨迹",
        EvidenceKind::DispatchCheck => "发货前检查",
        EvidenceKind::Other => "其他材料",
    }
}

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "满足",
        Verdict::NotMet => "不满足",
        Verdict::Unknown => "无法判断",
    }
}

pub(super) fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Agent => "客服",
        Owner::Supervisor => "主管",
        Owner::Buyer => "买家",
        Owner::Platform => "平台",
    }
}

pub(super) fn expiry(expiry: Expiry) -> &'static str {
    match expiry {
        Expiry::Approve => "自动同意",
        Expiry::Close => "自动关闭",
        Expiry::Confirm => "自动确认收货",
        Expiry::Refund => "自动退款",
        Expiry::Escalate => "升级主管",
        Expiry::Remind => "提醒客服",
        Expiry::Report => "记录在案",
    }
}

pub(super) fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Refunded => "已退款",
        Outcome::Exchanged => "已换货",
        Outcome::Withdrawn => "买家撤销",
        Outcome::Refused => "拒绝成立",
        Outcome::NotShipped => "买家逾期未寄回",
        Outcome::NothingAccepted => "无可接受的退货",
        Outcome::NothingLeft => "已无可退金额",
        Outcome::Reissued => "已补发",
        Outcome::Repaired => "已修好",
        Outcome::Compensated => "已赔付",
        Outcome::Resolved => "已解决",
        Outcome::Dispatched => "已付款发货",
        Outcome::Unpaid => "未付款，已申报",
    }
}

pub(super) fn clauses(basis: &[ClauseId]) -> String {
    if basis.is_empty() {
        return "店铺自愿".to_owned();
    }
    basis
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("、")
}

pub(super) fn remedy(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::RefundOnly => "仅退款",
        Remedy::ReturnAndRefund => "退货退款",
        Remedy::PartialRefund => "部分退款，商品留用",
        Remedy::Exchange => "换货",
        Remedy::HigherModel => "补差换高配",
        Remedy::Reissue => "补发",
        Remedy::LocalReplacement => "同城代买，当日送达",
        Remedy::Repair => "免费维修",
        Remedy::PaidRepair => "付费维修",
        Remedy::DoorStep => "上门服务",
        Remedy::Coupon => "优惠券",
        Remedy::Gift => "赠品",
        Remedy::Points => "积分",
        Remedy::Freight => "补回运费",
        Remedy::Goodwill => "致歉补偿",
        Remedy::Warranty => "延保",
        Remedy::Guidance => "使用指导",
        Remedy::Trial => "调整用法再试",
    }
}

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Agent => "客服",
        Role::Supervisor => "主管",
        Role::Manager => "经理",
        Role::Admin => "店主",
        Role::Auditor => "审计",
        Role::Mediator => "平台小二",
        Role::Machine => "系统",
    }
}

pub(super) fn passed_for(why: PassedFor) -> &'static str {
    match why {
        PassedFor::Authority => "超出权限，加急",
        PassedFor::Severity => "情况严重，加急",
        PassedFor::Repetition => "反复出现",
        PassedFor::BuyerDemand => "买家要求，加急",
        PassedFor::Other => "其他原因",
    }
}

pub(super) fn party(party: Party) -> &'static str {
    match party {
        Party::Maker => "厂家",
        Party::Shop => "店铺",
        Party::Carrier => "物流",
        Party::Buyer => "买家",
        Party::Platform => "平台",
        Party::ForceMajeure => "不可抗力",
    }
}

pub(super) fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::Confirmed => "问题属实",
        Fault::Refuted => "未发现所述问题",
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "一般",
        Severity::Medium => "较重",
        Severity::High => "严重",
        Severity::Critical => "紧急",
    }
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Low => "低",
        Grade::Medium => "中",
        Grade::High => "高",
    }
}

fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Defect => "真实缺陷",
        Nature::Subjective => "主观不满",
        Nature::Misuse => "误解或使用不当",
        Nature::Expectation => "期望过高",
        Nature::Outside => "平台或物流原因",
    }
}

/// What was noted of a case; what was left out is not told.
pub(super) fn noted(assessment: Assessment) -> String {
    let graded = |name: &str, of: Option<Grade>| of.map(|of| format!("{name}{}", grade(of)));
    let parts = [
        assessment.nature.map(|of| format!("性质：{}", nature(of))),
        graded("影响", assessment.impact),
        graded("情绪", assessment.heat),
        graded("扩散风险", assessment.spread),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

/// What is given beside goods and money; amounts as the narrator writes them.
pub(super) fn extra(extra: &Extra, money: &dyn Fn(i64) -> String) -> String {
    match extra {
        Extra::Coupon { minor } => format!("{} 优惠券", money(*minor)),
        Extra::Gift { minor } => format!("赠品（成本 {}）", money(*minor)),
        Extra::Points { count, .. } => format!("{count} 积分"),
        Extra::Warranty { months, .. } => format!("延保 {months} 个月"),
        Extra::DoorStep { .. } => "上门服务".to_owned(),
        Extra::LocalPurchase { .. } => "同城代买".to_owned(),
        Extra::Guidance => "一对一使用指导".to_owned(),
    }
}

/// A length as people say it.
pub(super) fn length(length: Length) -> String {
    match length {
        Length::Minutes(count) => format!("{count} 分钟"),
        Length::Hours(count) => format!("{count} 小时"),
        Length::Days(count) => format!("{count} 天"),
        Length::WorkingHours(count) => format!("{count} 个工作小时"),
        Length::WorkingDays(count) => format!("{count} 个工作日"),
    }
}

pub(super) fn signal_name(signal: SignalKind) -> &'static str {
    match signal {
        SignalKind::OffPlatform => "要求到平台外沟通",
        SignalKind::Extortion => "以好评、撤诉要钱",
        SignalKind::Threat => "威胁",
        SignalKind::ClaimFrequency => "售后申请频繁",
        SignalKind::SharedPhone => "同一电话的其他账号",
        SignalKind::SharedAddress => "同一地址的其他账号",
        SignalKind::PhotoReused => "图片在别的买家那里出现过",
    }
}
