//! Telling the course of a case: asked, granted or declined, goods on their way, closed, opened again.
//!
//! Must not know: money, remedies. Tests: `tests/it/narrate.rs`.

use amends_domain::case::review::{PoorRating, ReviewOutcome};
use amends_domain::case::{Parcel, Ruling, Side};
use amends_domain::command::TextKind;
use amends_domain::event::{Event, Judged, NextStep, Opened};

use super::Narrator;
use super::words::{clauses, ended, kind};

impl Narrator<'_> {
    pub(super) fn tell_flow(&self, event: &Event) -> Vec<String> {
        match event {
            Event::Opened(opened) => self.tell_opening(opened),
            Event::Renewed { amount, judged, .. } => {
                let head = format!("买家修改申请，金额 {}", self.money(*amount));
                self.with_judged(head, judged.as_deref())
            }
            Event::Reopened {
                units,
                amount,
                judged,
                ..
            } => {
                let count = units.len();
                let head = format!("重新打开：{count} 件仍在买家手中，金额 {}", self.money(*amount));
                self.with_judged(head, judged.as_deref())
            }
            _ => vec![self.tell_step(event)],
        }
    }

    fn tell_opening(&self, opened: &Opened) -> Vec<String> {
        let units = opened.claim.units.len();
        let asked = if opened.kind.asks_money() {
            format!("，金额 {}", self.money(opened.claim.amount))
        } else {
            String::new()
        };
        let mut lines = vec![format!(
            "申请：{}，原因 {}，{units} 件{asked}",
            kind(opened.kind),
            self.reason(&opened.reason),
        )];
        if let Some(earlier) = opened.repeats {
            lines.push(format!("同一商品此前办结过：{earlier}"));
        }
        if let Some(parcel) = &opened.refused_parcel {
            lines.push(format!("买家当面拒收：{}", waybill(parcel)));
        }
        lines.extend(opened.explanations.iter().flat_map(|clause| self.explain(clause)));
        lines
    }

    /// A line, and what the case is entitled to now.
    pub(super) fn with_judged(&self, head: String, judged: Option<&Judged>) -> Vec<String> {
        let clauses = judged.map_or(&[][..], |judged| &judged.explanations);
        let told = clauses.iter().flat_map(|clause| self.explain(clause));
        std::iter::once(head).chain(told).collect()
    }

    fn tell_step(&self, event: &Event) -> String {
        match event {
            Event::Approved { basis, compensation } if *compensation > 0 => {
                let on_top = self.money(*compensation);
                format!("同意申请，另补偿 {on_top}；依据 {}", clauses(basis))
            }
            Event::Approved { basis, .. } => format!("同意申请；依据 {}", clauses(basis)),
            Event::Refused { reason, next, .. } => {
                let next: Vec<&str> = next.iter().copied().map(next_step).collect();
                format!(
                    "拒绝申请：{}；买家可{}",
                    self.refusal_reason(reason),
                    next.join("、")
                )
            }
            Event::PickupBooked { pickup } => format!(
                "已约上门取件：{}，{} 至 {}",
                pickup.carrier,
                self.moment(pickup.from),
                self.moment(pickup.until)
            ),
            Event::ReturnShipped { parcel } => format!("买家寄回：{}", waybill(parcel)),
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
            Event::SentBack { parcel } => format!("未通过的商品寄回买家：{}", waybill(parcel)),
            Event::ReplacementDue => "待寄出换货或补发的商品".to_owned(),
            Event::ReplacementShipped { parcel } => format!("换货或补发已寄出：{}", waybill(parcel)),
            Event::ReplacementReceived => "买家收到换货或补发的商品".to_owned(),
            Event::RepairDue => "商品进入维修".to_owned(),
            Event::RepairDeclined => "买家不愿付费维修，商品原样寄回".to_owned(),
            Event::RepairedShipped { parcel } => format!("修好寄回买家：{}", waybill(parcel)),
            Event::RepairedReceived => "买家收到修好的商品".to_owned(),
            Event::InterventionAsked { by: Side::Buyer, .. } => "买家申请平台介入".to_owned(),
            Event::InterventionAsked { by: Side::Shop, .. } => "商家申请平台介入".to_owned(),
            Event::InterventionWithdrawn => "撤回平台介入".to_owned(),
            Event::StatementSubmitted { by, evidence, .. } => {
                format!("{}举证，附凭证 {} 份", side(*by), evidence.len())
            }
            Event::Appealed { by, .. } => format!("{}对裁决提出申诉", side(*by)),
            Event::Ruled { ruling, .. } => match ruling {
                Ruling::ForBuyer => "平台裁决：支持买家".to_owned(),
                Ruling::ForShop => "平台裁决：支持商家，拒绝成立".to_owned(),
                Ruling::InPart { amount } => format!("平台裁决：部分支持，金额 {}", self.money(*amount)),
            },
            Event::Resolved { .. } => "已答复买家，问题解决".to_owned(),
            Event::Closed { outcome } => format!("结案：{}", ended(*outcome)),
            Event::FollowUpDue => "待回访".to_owned(),
            Event::FollowUpRecorded { score, .. } => {
                score.map_or_else(|| "已回访".to_owned(), |score| format!("已回访，评分 {score} 分"))
            }
            Event::TextAdded { kind, .. } => match kind {
                TextKind::Message => "留言".to_owned(),
                TextKind::Note => "内部备注".to_owned(),
            },
            _ => review(event)
                .or_else(|| self.tell_trade(event))
                .unwrap_or_else(|| self.tell_recourse(event)),
        }
    }
}

impl Narrator<'_> {
    /// What happened to an order that was not paid.
    fn tell_trade(&self, event: &Event) -> Option<String> {
        Some(match event {
            Event::OrderLetterSent => "成交信已发出".to_owned(),
            Event::OrderLetterAnswered => "买家答复了成交信".to_owned(),
            Event::PaymentReminded { pay_by } => format!("提醒付款，请在 {} 前", self.moment(*pay_by)),
            Event::PaymentRecorded(payment) => format!("收到付款 {}", self.money(payment.amount)),
            Event::OrderDispatched(sent) => sent.parcel.as_ref().map_or_else(
                || "订单已发货".to_owned(),
                |parcel| format!("订单已发货：{}", waybill(parcel)),
            ),
            Event::NonPaymentReported(_) => "已向平台申报未付款".to_owned(),
            _ => return None,
        })
    }
}

/// What happened to a review.
fn review(event: &Event) -> Option<String> {
    let told = match event {
        Event::ReviewReceived(given) => match given.rating {
            PoorRating::Bad => "来了一条差评",
            PoorRating::Middling => "来了一条中评",
        },
        Event::ReviewJudged { .. } => "认定评价的原因",
        Event::ReviewEnded { outcome, .. } => match outcome {
            ReviewOutcome::Revised => "买家已修改评价",
            ReviewOutcome::Unchanged => "买家不修改评价，尊重他的意见",
            ReviewOutcome::Withdrawn => "评价被平台删除",
        },
        Event::ReviewExplained { .. } => "写好评价解释",
        Event::ExplanationPublished { .. } => "评价解释已在平台发布",
        _ => return None,
    };
    Some(told.to_owned())
}

pub(super) fn waybill(parcel: &Parcel) -> String {
    format!("{} {}", parcel.carrier, parcel.waybill)
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Buyer => "买家",
        Side::Shop => "商家",
    }
}

fn next_step(step: NextStep) -> &'static str {
    match step {
        NextStep::Renew => "修改申请",
        NextStep::AskIntervention => "申请平台介入",
        NextStep::Withdraw => "撤销",
    }
}
