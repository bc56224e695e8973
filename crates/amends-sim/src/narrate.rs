//! Tells a case's events in Chinese, line by line, with clause, clock and yuan: for the terminal.
//!
//! Must not know: how a case came to be where it is. Tests: `tests/it/`.

use amends_domain::case::clock::{Clock, Expiry, Owner};
use amends_domain::case::{Kind, Outcome};
use amends_domain::event::{Because, Event};
use amends_domain::money::{Currency, Money};
use amends_domain::policy::condition::Verdict;
use amends_domain::policy::set::PolicySet;
use amends_domain::policy::{ClauseId, Explanation};
use amends_domain::time::{Moment, Zone};

/// What telling needs to know beside the event.
pub struct Narrator<'a> {
    /// The policy the case is judged by.
    pub policy: &'a PolicySet,
    /// The case's currency.
    pub currency: Currency,
    /// The shop's wall.
    pub zone: &'a Zone,
}

impl Narrator<'_> {
    /// The lines of one event.
    pub fn tell(&self, event: &Event) -> Vec<String> {
        match event {
            Event::Opened(opened) => {
                let mut lines = vec![format!(
                    "申请：{}，原因 {}，{} 件，金额 {}",
                    kind(opened.kind),
                    self.reason(&opened.reason),
                    opened.claim.units.len(),
                    self.money(opened.claim.amount)
                )];
                lines.extend(
                    opened
                        .explanations
                        .iter()
                        .flat_map(|explanation| self.explain(explanation)),
                );
                lines
            }
            Event::ClockStarted { run, .. } => vec![format!(
                "计时开始：{}（{}），{} 前须由{}处理，逾期{}",
                self.title(&run.clause),
                run.clause,
                self.moment(run.due_at),
                owner(run.owner),
                expiry(run.on_expiry)
            )],
            Event::ClockStopped { clock } => vec![format!("计时停止：{}", self.clock(*clock))],
            Event::ClockWarned { clock } => vec![format!("即将到期提醒：{}", self.clock(*clock))],
            Event::ClockExpired {
                clock,
                clause,
                outcome,
            } => {
                vec![format!(
                    "到期：{}（{clause}），{}",
                    self.clock(*clock),
                    expiry(*outcome)
                )]
            }
            Event::RefundDue { breakdown, basis, .. } => vec![format!(
                "应退 {}：商品 {}，运费 {}，退货运费 {}，补偿 {}；依据 {}",
                self.money(breakdown.total()),
                self.money(breakdown.goods.iter().map(|part| part.amount).sum()),
                self.money(breakdown.freight),
                self.money(breakdown.return_freight),
                self.money(breakdown.compensation),
                clauses(basis)
            )],
            _ => vec![self.tell_step(event)],
        }
    }

    fn tell_step(&self, event: &Event) -> String {
        match event {
            Event::Approved { basis, compensation } if *compensation > 0 => {
                format!(
                    "同意申请，另补偿 {}；依据 {}",
                    self.money(*compensation),
                    clauses(basis)
                )
            }
            Event::Approved { basis, .. } => format!("同意申请；依据 {}", clauses(basis)),
            Event::Refused { reason, .. } => format!("拒绝申请：{reason}"),
            Event::Renewed { amount, .. } => format!("买家修改申请，金额 {}", self.money(*amount)),
            Event::ReturnShipped { parcel } => format!("买家寄回：{} {}", parcel.carrier, parcel.waybill),
            Event::Inspected {
                accepted,
                rejected,
                missing,
                return_freight,
                ..
            } => format!(
                "验货：通过 {} 件，未通过 {} 件，缺少 {} 件，报销退货运费 {}",
                accepted.len(),
                rejected.len(),
                missing.len(),
                self.money(*return_freight)
            ),
            Event::SentBack { parcel } => {
                format!("未通过的商品寄回买家：{} {}", parcel.carrier, parcel.waybill)
            }
            Event::DifferenceOwed { amount } => format!("换货差价 {}，待买家补付", self.money(*amount)),
            Event::DifferenceNetted {
                compensation,
                return_freight,
            } => format!(
                "补偿 {} 与退货运费 {} 抵作换货差价",
                self.money(*compensation),
                self.money(*return_freight)
            ),
            Event::DifferencePaid { amount, reference } => {
                format!("已补差价 {}，流水号 {reference}", self.money(*amount))
            }
            Event::ReplacementDue => "待寄出换货商品".to_owned(),
            Event::ReplacementShipped { parcel } => {
                format!("换货已寄出：{} {}", parcel.carrier, parcel.waybill)
            }
            Event::ReplacementReceived => "买家收到换货".to_owned(),
            Event::ConvertedToRefund { amount } => format!("换货改退款，金额 {}", self.money(*amount)),
            Event::InterventionAsked { .. } => "申请平台介入".to_owned(),
            Event::Ruled { ruling } => format!("平台裁决：{ruling:?}"),
            Event::Escalated { because, .. } => self.tell_call(*because),
            Event::Closed { outcome } => format!("结案：{}", ended(*outcome)),
            Event::FollowUpDue => "待回访".to_owned(),
            Event::FollowUpRecorded { score, .. } => {
                score.map_or_else(|| "已回访".to_owned(), |score| format!("已回访，评分 {score} 分"))
            }
            _ => tell_refund(event),
        }
    }

    fn tell_call(&self, because: Because) -> String {
        match because {
            Because::ClockExpired(clock) => format!("升级主管：{}到期", self.clock(clock)),
            Because::RefundFailed => "升级主管：退款失败，需人工处理".to_owned(),
            Because::RefundPaidTwice => "升级主管：同一笔退款付了两次，请追回".to_owned(),
            Because::Passed(_) => "上报待答复".to_owned(),
            Because::PromiseBroken => "升级主管：对买家的承诺没有兑现".to_owned(),
        }
    }

    /// A clause with each condition and the value it saw.
    pub fn explain(&self, explanation: &Explanation) -> Vec<String> {
        let source = self
            .policy
            .clause(&explanation.clause)
            .map_or("", |clause| clause.source.as_str());
        let head = format!(
            "条款 {} {}（{source}）：{}",
            explanation.clause,
            self.title(&explanation.clause),
            verdict(explanation.verdict)
        );
        let finding = |finding: &amends_domain::policy::condition::Finding| {
            let actual = finding.actual.as_deref().unwrap_or("未提供");
            format!(
                "  {}：实际 {actual}，{}",
                finding.condition,
                verdict(finding.verdict)
            )
        };
        std::iter::once(head)
            .chain(explanation.findings.iter().map(finding))
            .collect()
    }

    /// A moment on the shop's wall.
    pub fn moment(&self, at: Moment) -> String {
        let day = at.day_in(self.zone.tz());
        let time = at.time_in(self.zone.tz());
        format!("{day} {time}")
    }

    fn money(&self, minor: i64) -> String {
        Money::new(minor, self.currency).map_or_else(|_| minor.to_string(), |money| money.to_string())
    }

    fn title(&self, clause: &ClauseId) -> &str {
        self.policy
            .clause(clause)
            .map_or("", |clause| clause.title.zh_cn.as_str())
    }

    fn clock(&self, clock: Clock) -> &str {
        self.policy
            .clock(clock)
            .map_or(clock.code(), |(clause, _)| self.title(clause))
    }

    fn reason(&self, code: &str) -> String {
        self.policy
            .reason(code)
            .map_or_else(|| code.to_owned(), |reason| reason.title.zh_cn.clone())
    }
}

/// How a refund fares between shop and provider.
fn tell_refund(event: &Event) -> String {
    match event {
        Event::RefundOrdered { refund } => format!("发起第 {refund} 笔退款"),
        Event::RefundRetried { attempt, .. } => format!("再次发起退款，第 {attempt} 次"),
        Event::RefundFailed { code, .. } => format!("退款失败：{code}"),
        Event::RefundUnknown { .. } => "退款结果未知，向支付方查询".to_owned(),
        Event::RefundPaid { reference, .. } => format!("退款到账，流水号 {reference}"),
        Event::RefundRecorded { reference, .. } => format!("线下已退款，凭证 {reference}"),
        Event::RefundPaidTwice { reference, .. } => format!("支付方又付了一次，流水号 {reference}"),
        _ => "留言或备注".to_owned(),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::RefundOnly => "仅退款",
        Kind::ReturnAndRefund => "退货退款",
        Kind::Exchange => "换货",
        Kind::Repair => "维修",
        Kind::Reissue => "补发",
        Kind::Compensation => "意外赔付",
        Kind::Consultation => "咨询",
        Kind::Complaint => "投诉",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "满足",
        Verdict::NotMet => "不满足",
        Verdict::Unknown => "无法判断",
    }
}

fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Agent => "客服",
        Owner::Supervisor => "主管",
        Owner::Buyer => "买家",
        Owner::Platform => "平台",
    }
}

fn expiry(expiry: Expiry) -> &'static str {
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

fn ended(outcome: Outcome) -> &'static str {
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
    }
}

fn clauses(basis: &[ClauseId]) -> String {
    if basis.is_empty() {
        return "店铺自愿".to_owned();
    }
    basis
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("、")
}
