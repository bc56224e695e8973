//! Telling remedies: options with clause, cost and yuan, the buyer's answer, steps, trials, buy-backs.
//!
//! Must not know: how a remedy is found. Tests: `tests/it/narrate.rs`.

use amends_domain::case::remedy::{Cost, Offered, Plan};
use amends_domain::event::Event;
use amends_domain::policy::Payer;

use super::Narrator;
use super::words::{extra, kind, length, remedy};

impl Narrator<'_> {
    pub(super) fn tell_remedy(&self, event: &Event) -> Option<Vec<String>> {
        let line = match event {
            Event::Offered { offer, options, .. } => return Some(self.tell_offer(*offer, options)),
            Event::OfferDeclined { offer, wish, .. } => {
                let wish = wish.map_or(String::new(), |wish| format!("，希望 {}", self.money(wish)));
                format!("买家没有接受第 {offer} 次方案{wish}")
            }
            Event::Agreed {
                clause,
                remedy: agreed,
                plan,
            } => format!(
                "双方约定：{}（{} {clause}）：{}",
                remedy(*agreed),
                self.title(clause),
                self.plan(plan)
            ),
            Event::BoughtBack {
                clause,
                units,
                amount,
            } => format!(
                "折价回收 {} 件，退 {}（{} {clause}）",
                units.len(),
                self.money(*amount),
                self.title(clause)
            ),
            Event::RejectionOverruled { units, amount } => format!(
                "平台裁定：验收没通过的 {} 件按退回处理，退 {}",
                units.len(),
                self.money(*amount)
            ),
            Event::StepDone { step, reference } => format!("约定事项第 {step} 项已办妥：{reference}"),
            Event::TrialStarted => "开始试用，买家的期限暂停".to_owned(),
            Event::TrialEnded { worked: true, .. } => "试用结束：问题解决".to_owned(),
            Event::TrialEnded { worked: false, .. } => "试用结束：问题还在，继续处理".to_owned(),
            _ => return None,
        };
        Some(vec![line])
    }

    fn tell_offer(&self, offer: u32, options: &[Offered]) -> Vec<String> {
        let count = options.len();
        let mut lines = vec![format!("第 {offer} 次提出方案，共 {count} 种：")];
        for (at, option) in options.iter().enumerate() {
            lines.push(format!(
                "  {}. {}（{} {}）：{}；店铺成本 {}",
                at + 1,
                remedy(option.remedy),
                self.title(option.clause()),
                option.clause(),
                self.plan(&option.plan),
                self.cost(option.cost)
            ));
        }
        lines
    }

    fn plan(&self, plan: &Plan) -> String {
        let amount = |word: &str, minor: i64| (minor > 0).then(|| format!("{word} {}", self.money(minor)));
        let mut parts: Vec<String> = Vec::new();
        parts.extend(amount("退款", plan.amount));
        parts.extend(amount("补偿", plan.compensation));
        parts.extend(plan.replacement.as_ref().map(|to| format!("换 {}", to.title)));
        parts.extend(plan.buyer_pays.and_then(|minor| amount("买家付", minor)));
        let money = |minor| self.money(minor);
        parts.extend(plan.extras.iter().map(|given| extra(given, &money)));
        parts.extend(plan.trial.map(|trial| format!("试用 {}", length(trial))));
        if plan.route.returns_goods() {
            let payer = match plan.return_freight {
                Payer::Shop => "店铺",
                Payer::Buyer => "买家",
            };
            parts.push(format!("寄回运费由{payer}承担"));
        }
        parts.extend(plan.done_in.map(|done| format!("{}内办完", length(done))));
        if parts.is_empty() {
            kind(plan.route).to_owned()
        } else {
            parts.join("，")
        }
    }

    /// The whole, and what it is made of where there is more than one part.
    fn cost(&self, cost: Cost) -> String {
        let total = self.money(cost.total());
        let parts: Vec<String> = [
            ("货款", cost.goods),
            ("补偿", cost.compensation),
            ("运费", cost.freight),
            ("赠送", cost.extras),
            ("残值", -cost.residual),
        ]
        .into_iter()
        .filter(|(_, minor)| *minor != 0)
        .map(|(word, minor)| {
            let sign = if minor < 0 { "减" } else { "" };
            format!("{sign}{word} {}", self.money(minor.abs()))
        })
        .collect();
        if parts.len() > 1 {
            format!("{total}（{}）", parts.join("，"))
        } else {
            total
        }
    }
}
