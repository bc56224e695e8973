//! Telling of claims on covers and of visits at the door.
//!
//! Must not know: the rest of a case. Tests: `tests/it/narrate.rs`.

use amends_domain::case::visit::VisitOutcome;
use amends_domain::cover::PlanKind;
use amends_domain::event::{Event, VisitBooked};

use super::Narrator;

impl Narrator<'_> {
    pub(super) fn tell_warranty(&self, event: &Event) -> String {
        match event {
            Event::CoverClaimed(claimed) => {
                format!(
                    "{}理赔：已提交，金额 {}",
                    plan(claimed.plan),
                    self.money(claimed.asked)
                )
            }
            Event::RepairOrdered(ordered) => {
                format!("维修单已派给{}，单号 {}", ordered.provider, ordered.reference)
            }
            Event::RepairReported(reported) => {
                format!("{}修好，费用 {}", reported.provider, self.money(reported.fee))
            }
            Event::CoverDeclined { .. } => "保险公司没有受理".to_owned(),
            Event::CoverSettled(settled) => format!("保险公司已结算 {}", self.money(settled.amount)),
            Event::CoverDropped { .. } => "放弃理赔".to_owned(),
            Event::VisitBooked(VisitBooked { from, until }) => {
                format!("约好上门：{} 至 {}", self.moment(*from), self.moment(*until))
            }
            Event::VisitEnded(ended) => match ended.outcome {
                VisitOutcome::Done => "已上门".to_owned(),
                VisitOutcome::Missed => "约好的上门没有到".to_owned(),
            },
            other => other.name().to_owned(),
        }
    }
}

fn plan(plan: PlanKind) -> &'static str {
    match plan {
        PlanKind::ExtendedWarranty => "延保",
        PlanKind::Accident => "意外保",
        PlanKind::ReplaceNotRepair => "只换不修",
        PlanKind::ReturnFreight => "运费险",
    }
}
