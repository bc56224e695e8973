//! Telling how money moves: what is due, how it fares with the provider, differences, arrival.
//!
//! Must not know: why it is due. Tests: `tests/it/narrate.rs`.

use amends_domain::event::Event;

use super::Narrator;
use super::words::clauses;

impl Narrator<'_> {
    pub(super) fn tell_money(&self, event: &Event) -> Option<Vec<String>> {
        let line = match event {
            Event::RefundDue { breakdown, basis, .. } => format!(
                "应退 {}：商品 {}，运费 {}，退货运费 {}，补偿 {}；依据 {}",
                self.money(breakdown.total()),
                self.money(breakdown.goods.iter().map(|part| part.amount).sum()),
                self.money(breakdown.freight),
                self.money(breakdown.return_freight),
                self.money(breakdown.compensation),
                clauses(basis)
            ),
            Event::RefundOrdered { refund } => format!("发起第 {refund} 笔退款"),
            Event::RefundRetried { attempt, .. } => format!("再次发起退款，第 {attempt} 次"),
            Event::RefundFailed { code, .. } => format!("退款失败：{code}"),
            Event::RefundUnknown { .. } => "退款结果未知，向支付方查询".to_owned(),
            Event::RefundPaid { reference, .. } => format!("退款已付，流水号 {reference}"),
            Event::RefundRecorded { reference, .. } => format!("线下已退款，凭证 {reference}"),
            Event::RefundPaidTwice { reference, .. } => format!("支付方又付了一次，流水号 {reference}"),
            Event::DifferenceOwed { amount } => format!("差价或维修费 {}，待买家支付", self.money(*amount)),
            Event::DifferenceNetted {
                compensation,
                return_freight,
            } => format!(
                "补偿 {} 与退货运费 {} 抵作换货差价",
                self.money(*compensation),
                self.money(*return_freight)
            ),
            Event::DifferencePaid { amount, reference } => {
                format!("买家已付 {}，流水号 {reference}", self.money(*amount))
            }
            Event::ConvertedToRefund { amount } => {
                format!("无法换货、补发或修好，改为退款，金额 {}", self.money(*amount))
            }
            Event::ArrivalAwaited => "款项在途，等待到账".to_owned(),
            Event::MoneyArrived => "款项已到账".to_owned(),
            _ => return None,
        };
        Some(vec![line])
    }
}
