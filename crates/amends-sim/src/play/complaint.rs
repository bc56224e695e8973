//! Plays a complaint with three options: earbuds that fall silent, a heated buyer, a supervisor's offer, a
//! new pair with a year of cover.
//!
//! Must not know: where lines are printed. Tests: `tests/it/play.rs`.

use amends_app::caller::{Buyer, Caller};
use amends_app::cases::case_open::{CaseOpen, case_open};
use amends_app::error::AppError;
use amends_domain::case::assessment::{Assessment, Grade, Nature};
use amends_domain::case::liability::{Fault, Liability, Party, Share};
use amends_domain::case::{Channel, Kind, Parcel};
use amends_domain::command::{Command, LineFinding, LineUnits, Pick, TextKind};
use amends_domain::ids::{CaseId, LineId, OrderId};
use amends_domain::policy::ClauseId;

use super::Play;
use crate::buyers::Act;

impl Play<'_> {
    /// Plays the complaint on an order's first line to its end.
    pub async fn play_complaint(&mut self, order: OrderId) -> Result<CaseId, AppError> {
        let order = self.order(order).await?;
        let line = order.lines.first().ok_or(AppError::NotFound { what: "line" })?.id;
        let buyer = Caller::Buyer(Buyer {
            shop: self.shop.shop,
            order: order.id,
            buyer: order.buyer,
        });
        let agent = Caller::Staff(self.shop.agent.clone());
        let supervisor = Caller::Staff(self.shop.supervisor.clone());
        let opened = case_open(self.desk, &buyer, complaint(order.id, line), None).await?;
        let case = opened.case;
        let mut told = self.tell(case, 0).await?;
        self.after_hours(1).await?;
        for act in [
            Act::words(
                "您好，聊天记录我看了，上次确实没有给您回电，对不起。我先请品控看视频，今天给您方案。",
                TextKind::Message,
            ),
            Act::plain(Command::Assess {
                assessment: Assessment {
                    nature: Some(Nature::Defect),
                    heat: Some(Grade::High),
                    ..Assessment::default()
                },
            }),
            Act::said(
                "视频里左耳断连三次，同批次已有两例，属出厂缺陷。",
                |grounds| Command::Find {
                    finding: confirmed(grounds),
                },
            ),
        ] {
            self.act(&agent, case, act).await?;
        }
        told = self.tell(case, told).await?;
        self.after_hours(4).await?;
        let picks = picks()?;
        let words = "这副耳机让您受累了。三个办法都能马上办，来回运费我们出，您挑一个。";
        self.act(
            &supervisor,
            case,
            Act::texted(words, |text| Command::Offer { picks, text }),
        )
        .await?;
        told = self.tell(case, told).await?;
        self.after_hours(20).await?;
        self.give(&buyer, case, Command::Choose { offer: 1, option: 1 })
            .await?;
        told = self.tell(case, told).await?;
        self.exchange(&buyer, &agent, case, line).await?;
        told = self.tell(case, told).await?;
        self.tell_ended(case, told).await?;
        Ok(case)
    }

    /// Back, out again, and the cover written in.
    async fn exchange(
        &self,
        buyer: &Caller,
        agent: &Caller,
        case: CaseId,
        line: LineId,
    ) -> Result<(), AppError> {
        let parcel = |waybill: &str| Parcel {
            carrier: "顺丰".to_owned(),
            waybill: waybill.to_owned(),
        };
        let parcel_back = parcel("SF0000000021");
        self.after_hours(12).await?;
        self.give(buyer, case, Command::ShipReturn { parcel: parcel_back })
            .await?;
        self.after_hours(40).await?;
        let findings = vec![LineFinding {
            line,
            accepted: 1,
            rejected: 0,
            missing: 0,
        }];
        let seen = "左耳断连与视频一致，充电盒正常。";
        let inspected = Act::texted(seen, move |text| Command::Inspect {
            findings,
            return_freight: None,
            text,
            evidence: Vec::new(),
        });
        self.act(agent, case, inspected).await?;
        self.after_hours(5).await?;
        let parcel_out = parcel("SF0000000022");
        self.give(agent, case, Command::ShipReplacement { parcel: parcel_out })
            .await?;
        self.after_hours(46).await?;
        self.give(buyer, case, Command::ConfirmReplacement).await?;
        self.after_hours(3).await?;
        let reference = "延保单 YB-2026-0007".to_owned();
        self.give(agent, case, Command::CompleteStep { step: 1, reference })
            .await?;
        self.after_hours(26).await?;
        let said = Act::texted(
            "回访：新耳机连着用了一天没有断，买家说态度比上次好多了。",
            |text| Command::RecordFollowUp { score: Some(5), text },
        );
        self.act(agent, case, said).await
    }
}

fn complaint(order: OrderId, line: LineId) -> CaseOpen {
    CaseOpen {
        order: Some(order),
        buyer: None,
        kind: Kind::Complaint,
        reason: "defective".to_owned(),
        lines: vec![LineUnits { line, units: 1 }],
        amount: None,
        replacement_sku: None,
        goods_intact: Some(true),
        photos: 2,
        text: Some("耳机左边用着用着就没声了，问了两次客服，说回电话也没人打。这钱花得太憋屈。".to_owned()),
        new_fault: false,
        refused_parcel: None,
        channel: Channel::Page,
    }
}

fn confirmed(grounds: amends_domain::digest::TextRef) -> Liability {
    Liability {
        cause: None,
        shares: vec![Share {
            party: Party::Maker,
            percent: 100,
        }],
        fault: Some(Fault::Confirmed),
        goods_intact: None,
        grounds,
        evidence: Vec::new(),
        third_party: false,
    }
}

/// A new one with a year of cover; all the money and fifty yuan; the better model for half the gap.
pub(crate) fn picks() -> Result<Vec<Pick>, AppError> {
    let pick = |clause: &str, sku: Option<&str>| {
        let clause = ClauseId::try_from(clause.to_owned()).map_err(AppError::Inconsistent)?;
        Ok(Pick {
            clause,
            amount: None,
            compensation: None,
            replacement_sku: sku.map(str::to_owned),
        })
    };
    [
        ("REM-NEW-COVER", None),
        ("REM-REFUND-50", None),
        ("REM-HIGHER", Some("EARBUD-PRO")),
    ]
    .into_iter()
    .map(|(clause, sku)| pick(clause, sku))
    .collect()
}
