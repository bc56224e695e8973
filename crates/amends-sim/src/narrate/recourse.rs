//! Telling what went wrong with a parcel, and what is asked of the platform and the carrier for it.
//!
//! Must not know: the rest of a case. Tests: `tests/it/narrate.rs`.

use amends_domain::case::recourse::{Addressee, ParcelFault, RecourseAnswer};
use amends_domain::event::{Event, ExceptionNoted, RecourseFiled};

use super::Narrator;
use super::flow::waybill;

impl Narrator<'_> {
    pub(super) fn tell_recourse(&self, event: &Event) -> String {
        match event {
            Event::ExceptionNoted(ExceptionNoted { fault, parcel, .. }) => {
                format!("包裹异常：{}，{}", fault_word(*fault), waybill(parcel))
            }
            Event::ExceptionTold => "已把包裹异常告知买家".to_owned(),
            Event::RecourseFiled(RecourseFiled { to, amount: 0, .. }) => format!("{}：已提交", recourse(*to)),
            Event::RecourseFiled(RecourseFiled { to, amount, .. }) => {
                format!("{}：已提交，金额 {}", recourse(*to), self.money(*amount))
            }
            Event::RecourseSupplemented { to, .. } => format!("{}：补交材料", recourse(*to)),
            Event::RecourseAnswered { to, answer, .. } => {
                let answer = match answer {
                    RecourseAnswer::MoreWanted => "要求补充材料".to_owned(),
                    RecourseAnswer::Declined => "没有通过".to_owned(),
                    RecourseAnswer::Granted { amount } => match amount.map_or(0, |amount| amount.minor()) {
                        0 => "通过".to_owned(),
                        minor => format!("同意赔付 {}", self.money(minor)),
                    },
                };
                format!("{}：{answer}", recourse(*to))
            }
            Event::RecourseReceived { to, amount, .. } => {
                format!("{}：到账 {}", recourse(*to), self.money(*amount))
            }
            Event::RecourseDropped { to, .. } => format!("{}：放弃", recourse(*to)),
            other => self.tell_warranty(other),
        }
    }
}

fn recourse(to: Addressee) -> &'static str {
    match to {
        Addressee::Platform => "物流申诉",
        Addressee::Carrier => "快递索赔",
    }
}

fn fault_word(fault: ParcelFault) -> &'static str {
    match fault {
        ParcelFault::Delay => "延误",
        ParcelFault::Loss => "丢失",
        ParcelFault::Damage => "破损",
        ParcelFault::WrongItem => "发错货",
        ParcelFault::WrongCarrier => "发错快递",
    }
}
