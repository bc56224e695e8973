//! What a story needs: orders, people of the shop by their places, and time up to its end.
//!
//! Must not know: any story. Tests: `tests/it/play.rs`.

use std::collections::BTreeSet;

use amends_app::caller::{Buyer, Caller};
use amends_app::cases::case_command::{Given, case_command};
use amends_app::cases::case_open::{CaseOpen, case_open};
use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::runners::pass_time;
use amends_domain::actor::Role;
use amends_domain::case::assessment::PassedFor;
use amends_domain::case::{Channel, Kind, Parcel};
use amends_domain::command::{Command, LineFinding, LineUnits, Pick, TextKind};
use amends_domain::ids::{CaseId, LineId};
use amends_domain::policy::ClauseId;
use amends_domain::time::Moment;

use super::HOUR;
use crate::bought::Bought;
use crate::buyers::Act;
use crate::pictures::{Picture, picture_add};
use crate::seed::SeededShop;

pub(super) struct Teller<'a> {
    pub(super) desk: &'a Desk,
    pub(super) shop: &'a SeededShop,
    pub(super) until: Moment,
}

/// A case that a story is about.
pub(super) struct Story {
    case: CaseId,
    line: LineId,
    buyer: Caller,
}

/// What its buyer asks for, about the first line.
pub(super) struct Asked {
    pub(super) kind: Kind,
    pub(super) reason: &'static str,
    pub(super) pictures: &'static [Picture],
    pub(super) text: &'static str,
    pub(super) refused: Option<&'static str>,
    pub(super) channel: Channel,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            kind: Kind::Complaint,
            reason: "service",
            pictures: &[],
            text: "",
            refused: None,
            channel: Channel::Page,
        }
    }
}

pub(super) fn parcel(waybill: &str) -> Parcel {
    Parcel {
        carrier: "顺丰".to_owned(),
        waybill: waybill.to_owned(),
    }
}

/// A remedy with the least it gives.
pub(super) fn pick(clause: &str) -> Result<Pick, AppError> {
    let clause = ClauseId::try_from(clause.to_owned()).map_err(AppError::Inconsistent)?;
    Ok(Pick {
        clause,
        amount: None,
        compensation: None,
        replacement_sku: None,
    })
}

impl Teller<'_> {
    /// Lets time pass up to so many hours before the end; never back.
    pub(super) async fn hours_before(&self, hours: i64) -> Result<(), AppError> {
        let at = self.until.plus_millis(-hours * HOUR);
        if at > self.desk.clock.now() {
            pass_time(self.desk, at).await?;
        }
        Ok(())
    }

    pub(super) async fn open(&self, bought: Bought, asked: Asked) -> Result<Story, AppError> {
        let order = bought.import(self.desk, self.shop).await?;
        let row = self.desk.store.order_by_id(self.shop.shop, order).await?;
        let order = row.ok_or(AppError::NotFound { what: "order" })?.order;
        let line = order.lines.first().ok_or(AppError::NotFound { what: "line" })?.id;
        let buyer = Caller::Buyer(Buyer {
            shop: self.shop.shop,
            order: order.id,
            buyer: order.buyer,
        });
        let open = CaseOpen {
            order: Some(order.id),
            buyer: None,
            kind: asked.kind,
            reason: asked.reason.to_owned(),
            lines: vec![LineUnits { line, units: 1 }],
            amount: None,
            replacement_sku: None,
            goods_intact: Some(asked.refused.is_none()),
            photos: u32::try_from(asked.pictures.len()).unwrap_or(u32::MAX),
            text: Some(asked.text.to_owned()),
            new_fault: false,
            refused_parcel: asked.refused.map(parcel),
            channel: asked.channel,
        };
        let case = case_open(self.desk, &buyer, open, None).await?.case;
        for picture in asked.pictures {
            picture_add(self.desk, &buyer, case, picture).await?;
        }
        Ok(Story { case, line, buyer })
    }

    async fn give(&self, caller: &Caller, story: &Story, act: Act) -> Result<(), AppError> {
        let given = Given {
            text: act.text,
            build: act.build,
            if_terms: None,
            key: None,
        };
        case_command(self.desk, caller, story.case, given)
            .await
            .map(|_| ())
    }

    /// The agent at a place; the first where there are fewer.
    fn agent_at(&self, place: usize) -> Caller {
        let agent = self.shop.agents.get(place).unwrap_or(&self.shop.agent);
        Caller::Staff(agent.clone())
    }

    pub(super) async fn buyer(&self, story: &Story, command: Command) -> Result<(), AppError> {
        self.give(&story.buyer, story, Act::plain(command)).await
    }

    pub(super) async fn agent(&self, story: &Story, command: Command) -> Result<(), AppError> {
        self.give(&self.agent_at(0), story, Act::plain(command)).await
    }

    pub(super) async fn say(&self, story: &Story, place: usize, words: &str) -> Result<(), AppError> {
        let act = Act::words(words, TextKind::Message);
        self.give(&self.agent_at(place), story, act).await
    }

    pub(super) async fn note(&self, story: &Story, words: &str) -> Result<(), AppError> {
        self.give(&self.agent_at(0), story, Act::words(words, TextKind::Note))
            .await
    }

    pub(super) async fn offer(
        &self,
        story: &Story,
        by_supervisor: bool,
        picks: Vec<Pick>,
        words: &str,
    ) -> Result<(), AppError> {
        let caller = if by_supervisor {
            Caller::Staff(self.shop.supervisor.clone())
        } else {
            self.agent_at(0)
        };
        let act = Act::texted(words, move |text| Command::Offer { picks, text });
        self.give(&caller, story, act).await
    }

    pub(super) async fn promise(&self, story: &Story, due_at: Moment, words: &str) -> Result<(), AppError> {
        let act = Act::said(words, move |text| Command::MakePromise { text, due_at });
        self.give(&self.agent_at(2), story, act).await
    }

    pub(super) async fn pass_up(
        &self,
        story: &Story,
        to: Role,
        passed_for: PassedFor,
        words: &str,
    ) -> Result<(), AppError> {
        let act = Act::texted(words, move |text| Command::PassUp { to, passed_for, text });
        self.give(&self.agent_at(0), story, act).await
    }

    /// Everything that came back is as it should be.
    pub(super) async fn inspect(&self, story: &Story, words: &str) -> Result<(), AppError> {
        let findings = vec![LineFinding {
            line: story.line,
            accepted: 1,
            rejected: 0,
            missing: 0,
        }];
        let act = Act::texted(words, move |text| Command::Inspect {
            findings,
            return_freight: None,
            text,
            evidence: Vec::new(),
        });
        self.give(&self.agent_at(1), story, act).await
    }

    /// Hands it to the agent at a place, and marks it.
    pub(super) async fn mark(&self, story: &Story, place: usize, tags: &[&str]) -> Result<(), AppError> {
        let agent = self.shop.agents.get(place).unwrap_or(&self.shop.agent).person;
        self.agent(story, Command::Assign { to: Some(agent) }).await?;
        let add: BTreeSet<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let remove = BTreeSet::new();
        self.agent(story, Command::Tag { add, remove }).await
    }
}
