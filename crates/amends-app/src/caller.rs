//! The caller: who asks, in which shop, with which rights. Every use case takes one, so that
//! permission stands in every signature.
//!
//! Must not know: cookies, headers. Tests: `amends-api/tests/it/walk.rs`.

use amends_domain::actor::{Actor, Role};
use amends_domain::ids::{BuyerId, MailId, OrderId, PersonId, ShopId, TokenId};

use crate::error::AppError;

/// Somebody of the shop, signed in or with a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Whose shop.
    pub shop: ShopId,
    /// Who; a token acts under an id of its own.
    pub person: PersonId,
    /// In which role.
    pub role: Role,
    /// The token, when it is one.
    pub token: Option<TokenId>,
}

/// A buyer who came by a signed link to one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buyer {
    /// Which shop.
    pub shop: ShopId,
    /// The order the link is for.
    pub order: OrderId,
    /// Who bought it.
    pub buyer: BuyerId,
}

/// A buyer who wrote a mail. All of his cases are open to it, and nothing is but what a mail can say:
/// only the intake of mails makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writer {
    /// Which shop.
    pub shop: ShopId,
    /// Who wrote it, by his address or as somebody of the shop says.
    pub buyer: BuyerId,
    /// What he wrote.
    pub mail: MailId,
}

/// What a role may do beside commands on cases, which the domain judges itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Read cases, orders and buyers (masked).
    Read,
    /// Give commands on cases.
    Handle,
    /// Take mails in, and say whose they are.
    Mails,
    /// Hand in orders, and make links for their buyers.
    Orders,
    /// Read and write the buyer book.
    Book,
    /// Prepare care mail: segments, drafts, previews.
    Care,
    /// Confirm care mail, so that it goes.
    CareConfirm,
    /// Follow the stream of all events.
    Stream,
    /// Put down what concerns the shop as a whole.
    Lead,
    /// Read who did what.
    Audit,
    /// Put buyers on the block list, and take them off.
    Blocks,
    /// Manage people, tokens and settings.
    Manage,
}

impl Staff {
    /// Whether the role has a right.
    pub fn may(&self, right: Right) -> bool {
        match right {
            Right::Read => true,
            Right::Handle => self.role != Role::Auditor,
            Right::Mails | Right::Orders => self.role.handles_cases() || self.role == Role::Machine,
            Right::Book => self.role.handles_cases(),
            Right::Care => matches!(self.role, Role::Supervisor | Role::Manager | Role::Admin),
            Right::CareConfirm => matches!(self.role, Role::Manager | Role::Admin),
            Right::Stream => matches!(
                self.role,
                Role::Manager | Role::Admin | Role::Auditor | Role::Machine
            ),
            Right::Lead => matches!(self.role, Role::Supervisor | Role::Manager | Role::Admin),
            Right::Audit => matches!(self.role, Role::Manager | Role::Admin | Role::Auditor),
            Right::Blocks => matches!(self.role, Role::Supervisor | Role::Manager | Role::Admin),
            Right::Manage => self.role == Role::Admin,
        }
    }

    /// Refuses unless the role has the right.
    pub fn require(&self, right: Right) -> Result<(), AppError> {
        if self.may(right) {
            Ok(())
        } else {
            Err(AppError::Forbidden {
                role: self.role.code(),
            })
        }
    }

    /// As the domain sees him.
    pub fn actor(&self) -> Actor {
        Actor::Person {
            id: self.person,
            role: self.role,
        }
    }
}

impl Buyer {
    /// As the domain sees him.
    pub fn actor(&self) -> Actor {
        Actor::Buyer(self.buyer)
    }
}

/// Who gives a command on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Somebody of the shop.
    Staff(Staff),
    /// A buyer.
    Buyer(Buyer),
    /// A buyer, by a mail of his.
    Writer(Writer),
}

impl Caller {
    /// Which shop.
    pub fn shop(&self) -> ShopId {
        match self {
            Self::Staff(staff) => staff.shop,
            Self::Buyer(buyer) => buyer.shop,
            Self::Writer(writer) => writer.shop,
        }
    }

    /// As the domain sees him.
    pub fn actor(&self) -> Actor {
        match self {
            Self::Staff(staff) => staff.actor(),
            Self::Buyer(buyer) => buyer.actor(),
            Self::Writer(writer) => Actor::Buyer(writer.buyer),
        }
    }

    /// Whose idempotency keys these are; two callers never share one.
    pub fn scope(&self) -> String {
        match self {
            Self::Staff(staff) => staff.person.to_string(),
            Self::Buyer(buyer) => buyer.buyer.to_string(),
            // So that a mail says what it says once, whoever its writer is taken for.
            Self::Writer(writer) => writer.mail.to_string(),
        }
    }
}
