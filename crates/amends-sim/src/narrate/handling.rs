//! Telling how a case is handled: findings, grades, calls upward, hands and marks, replies, promises.
//!
//! Must not know: what is said. Tests: `tests/it/narrate.rs`.

use amends_domain::case::Declared;
use amends_domain::case::liability::Liability;
use amends_domain::event::Event;

use super::Narrator;
use super::words::{contact, evidence, fault, noted, party, passed_for, role, severity, signal_name};

impl Narrator<'_> {
    pub(super) fn tell_handling(&self, event: &Event) -> Option<Vec<String>> {
        let line = match event {
            Event::Found { finding, judged } => {
                return Some(self.with_judged(found(finding), judged.as_deref()));
            }
            Event::Supplied { declared, judged } => {
                return Some(self.with_judged(supplied(*declared), judged.as_deref()));
            }
            Event::Assessed {
                assessment,
                severity: grade,
                explanations,
            } => {
                let mut lines = vec![format!("评估：{}；定为{}", noted(*assessment), severity(*grade))];
                lines.extend(explanations.iter().flat_map(|clause| self.explain(clause)));
                return Some(lines);
            }
            Event::PassedUp {
                to, passed_for: why, ..
            } => {
                format!("上报{}：{}", role(*to), passed_for(*why))
            }
            Event::PassedAnswered { text: Some(_) } => "上报已答复".to_owned(),
            Event::PassedAnswered { text: None } => "上报已由处理决定答复".to_owned(),
            Event::Assigned { to: Some(person) } => format!("分派给 {person}"),
            Event::Assigned { to: None } => "取消分派，回到公共队列".to_owned(),
            Event::Tagged { tags } if tags.is_empty() => "标签已清空".to_owned(),
            Event::Tagged { tags } => {
                let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
                format!("标签：{}", tags.join("、"))
            }
            Event::ContactLogged { way, reached, .. } => {
                let reached = if *reached {
                    "已联系上"
                } else {
                    "没有联系上"
                };
                format!("{}联系买家：{reached}", contact(*way))
            }
            Event::EvidenceAsked { kinds, .. } => {
                let kinds: Vec<&str> = kinds.iter().copied().map(evidence).collect();
                format!("请买家补充凭证：{}", kinds.join("、"))
            }
            Event::AbuseNoted(noted) => {
                let signals: Vec<&str> = noted
                    .rests_on
                    .signals
                    .iter()
                    .map(|signal| signal_name(*signal))
                    .collect();
                format!("认定恶意，已告知买家可申诉；依据：{}", signals.join("、"))
            }
            Event::AbuseContested { .. } => "买家对认定提出申诉".to_owned(),
            Event::AbuseSettled { upheld: true, .. } => "复核：认定维持".to_owned(),
            Event::AbuseSettled { upheld: false, .. } => "认定撤销".to_owned(),
            Event::ReplyDue => "买家在等答复".to_owned(),
            Event::Replied => "已答复买家".to_owned(),
            Event::Promised { promise, due_at, .. } => {
                format!("第 {promise} 项承诺：{} 前兑现", self.moment(*due_at))
            }
            Event::PromiseKept { promise } => format!("第 {promise} 项承诺已兑现"),
            Event::PromiseMoved { promise, due_at, .. } => {
                let to = self.moment(*due_at);
                format!("第 {promise} 项承诺已提前说明，改到 {to}")
            }
            Event::PromiseBroken { promise } => format!("第 {promise} 项承诺到点没有兑现"),
            _ => return None,
        };
        Some(vec![line])
    }
}

fn found(finding: &Liability) -> String {
    let shares: Vec<String> = finding
        .shares
        .iter()
        .map(|share| format!("{} {}%", party(share.party), share.percent))
        .collect();
    let liable = if shares.is_empty() {
        "责任未定".to_owned()
    } else {
        shares.join("、")
    };
    let seen = finding.fault.map(|of| fault(of).to_owned());
    let intact = finding.goods_intact.map(intact);
    let third = finding.third_party.then(|| "经第三方鉴定".to_owned());
    let rest: Vec<String> = seen.into_iter().chain(intact).chain(third).collect();
    if rest.is_empty() {
        format!("责任判定：{liable}")
    } else {
        format!("责任判定：{liable}；{}", rest.join("，"))
    }
}

fn supplied(declared: Declared) -> String {
    let intact = declared.goods_intact.map(intact);
    let goods = intact.map_or(String::new(), |intact| format!("，{intact}"));
    format!("补充材料：照片 {} 张{goods}", declared.photos)
}

fn intact(intact: bool) -> String {
    let word = if intact { "商品完好" } else { "商品不完好" };
    word.to_owned()
}
