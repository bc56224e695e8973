//! Who acts: buyers, people of the shop in their roles, and the desk's own machines.
//!
//! Must not know: sessions, tokens, passwords. Tests: `tests/it/refusals.rs`.

use serde::{Deserialize, Serialize};

use crate::ids::{BuyerId, CaseId, PersonId};
use crate::money::Money;
use crate::time::Moment;

/// A role 角色 in a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 客服.
    Agent,
    /// 主管.
    Supervisor,
    /// 经理.
    Manager,
    /// The owner 店主.
    Admin,
    /// Reads everything, changes nothing.
    Auditor,
    /// 平台小二: rules on disputes.
    Mediator,
    /// A shop system or other program.
    Machine,
}

impl Role {
    /// Every role.
    pub const ALL: &[Role] = &[
        Self::Agent,
        Self::Supervisor,
        Self::Manager,
        Self::Admin,
        Self::Auditor,
        Self::Mediator,
        Self::Machine,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Manager => "manager",
            Self::Admin => "admin",
            Self::Auditor => "auditor",
            Self::Mediator => "mediator",
            Self::Machine => "machine",
        }
    }

    /// A role by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code() == code)
    }

    /// Whether this role handles cases for the shop.
    pub fn handles_cases(self) -> bool {
        matches!(self, Self::Agent | Self::Supervisor | Self::Manager | Self::Admin)
    }
}

/// Who acts on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The buyer.
    Buyer(BuyerId),
    /// Somebody of the shop, or the mediator.
    Person {
        /// Who.
        id: PersonId,
        /// In which role.
        role: Role,
    },
    /// The runner of due clocks.
    Deadlines,
    /// The bearer of a provider's answers.
    Outbox,
}

impl Actor {
    /// Whether this is somebody who handles cases for the shop.
    pub fn handles_cases(&self) -> bool {
        matches!(self, Self::Person { role, .. } if role.handles_cases())
    }

    /// Whether what he opens nobody has asked for: the shop itself saw to it. A program opens for a buyer.
    pub(crate) fn is_shops_own(&self) -> bool {
        self.handles_cases() || matches!(self, Self::Deadlines)
    }
}

/// What the actor may grant. Always the current figures, never pinned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Authority {
    /// Most that may be paid out on one case, all its refunds together; `None` is no limit. It
    /// grants nothing in another currency.
    pub refund_limit: Option<Money>,
}

/// What comes around a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The case it is for; a fresh id when it opens one.
    pub case: CaseId,
    /// Who acts.
    pub actor: Actor,
    /// What he may grant.
    pub authority: Authority,
    /// When it is decided.
    pub at: Moment,
    /// The terms the actor saw, when he must have seen the latest.
    pub if_terms: Option<u64>,
}
