//! Tells a case's events in Chinese, line by line, with clause, clock and yuan: for the terminal.
//!
//! Must not know: how a case came to be where it is. Tests: `tests/it/narrate.rs`, `tests/it/play.rs`.

mod flow;
mod handling;
mod money;
mod recourse;
mod remedies;
mod warranty;
mod words;

use amends_domain::case::clock::Clock;
use amends_domain::event::{Because, Event};
use amends_domain::money::{Currency, Money};
use amends_domain::policy::set::PolicySet;
use amends_domain::policy::{ClauseId, Explanation};
use amends_domain::time::{Moment, Zone};
use words::{expiry, owner, role, verdict};

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
        let told = self
            .tell_clock(event)
            .or_else(|| self.tell_money(event))
            .or_else(|| self.tell_remedy(event))
            .or_else(|| self.tell_handling(event));
        told.unwrap_or_else(|| self.tell_flow(event))
    }

    fn tell_clock(&self, event: &Event) -> Option<Vec<String>> {
        let line = match event {
            Event::ClockStarted { run, .. } => format!(
                "计时开始：{}（{}），{} 前须由{}处理，逾期{}",
                self.title(&run.clause),
                run.clause,
                self.moment(run.due_at),
                owner(run.owner),
                expiry(run.on_expiry)
            ),
            Event::ClockStopped { clock } => format!("计时停止：{}", self.clock(*clock)),
            Event::ClockWarned { clock } => format!("即将到期提醒：{}", self.clock(*clock)),
            Event::ClockExpired {
                clock,
                clause,
                outcome,
            } => format!("到期：{}（{clause}），{}", self.clock(*clock), expiry(*outcome)),
            Event::Escalated { to, because } => {
                format!("请{}处理：{}", role(*to), self.because(*because))
            }
            _ => return None,
        };
        Some(vec![line])
    }

    fn because(&self, because: Because) -> String {
        match because {
            Because::ClockExpired(clock) => format!("{}已到期", self.clock(clock)),
            Because::RefundFailed => "退款失败，需人工处理".to_owned(),
            Because::RefundPaidTwice => "同一笔退款付了两次，请追回".to_owned(),
            Because::MoneyToReturn => "多收或不该收的款项，请退还买家".to_owned(),
            Because::Passed(why) => format!("上报待答复（{}）", words::passed_for(why)),
            Because::Dissatisfied => "回访时买家不满意".to_owned(),
            Because::PromiseBroken => "对买家的承诺没有兑现".to_owned(),
            Because::VisitMissed => "约好的上门没有到，买家在等答复".to_owned(),
            Because::AbuseContested => "买家对恶意认定提出申诉，请复核".to_owned(),
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

    fn refusal_reason(&self, code: &str) -> String {
        let known = self.policy.refusal_reasons();
        let found = known.iter().find(|reason| reason.code == code);
        found.map_or_else(|| code.to_owned(), |reason| reason.title.zh_cn.clone())
    }
}
