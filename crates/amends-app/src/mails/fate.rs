//! What becomes of a mail: a pure function over what it says and what the shop knows.
//!
//! A number is no proof of who writes, and an address alone says not which case is meant: where both do
//! not fit, somebody of the shop decides.
//! Must not know: databases, languages. Tests: beside the code.

use amends_domain::ids::{BuyerId, CaseId, OrderId};

/// A case that counts for a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownCase {
    /// The case.
    pub case: CaseId,
    /// Whose it is.
    pub buyer: BuyerId,
    /// On which order.
    pub order: Option<OrderId>,
}

/// An order that a mail names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownOrder {
    /// The order.
    pub order: OrderId,
    /// Whose it is.
    pub buyer: BuyerId,
}

/// What the shop knows of a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// A machine wrote it.
    pub automatic: bool,
    /// It came from the desk itself.
    pub own: bool,
    /// Nothing was written.
    pub empty: bool,
    /// Buyers with the sender's address.
    pub writers: Vec<BuyerId>,
    /// Cases it names, by number or as what it answers; none for a number that no case has.
    pub cases: Vec<Option<KnownCase>>,
    /// Orders it names.
    pub orders: Vec<KnownOrder>,
    /// Open cases of its writers.
    pub open: Vec<KnownCase>,
}

/// Why a mail waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parked {
    /// Nobody the shop knows has this address.
    UnknownSender,
    /// It names a case or an order that is not his.
    NotHis,
    /// Several are possible.
    Several,
    /// There is nothing to say.
    NoText,
}

impl Parked {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownSender => "unknown_sender",
            Self::NotHis => "not_his",
            Self::Several => "several",
            Self::NoText => "no_text",
        }
    }
}

/// Why nothing comes of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// A machine wrote it.
    Automatic,
    /// The desk itself did.
    Own,
}

impl Ignored {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Own => "own",
        }
    }
}

/// What becomes of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is a message of this buyer on this case.
    Message {
        /// Whose.
        buyer: BuyerId,
        /// Where.
        case: CaseId,
    },
    /// It opens a consultation 咨询.
    Consultation {
        /// Whose.
        buyer: BuyerId,
        /// On which order.
        order: Option<OrderId>,
    },
    /// Somebody of the shop must say whose it is.
    Parked(Parked),
    /// Nothing comes of it.
    Ignored(Ignored),
}

/// What becomes of a mail.
pub fn fate(known: &Known) -> Fate {
    if known.own {
        return Fate::Ignored(Ignored::Own);
    }
    if known.automatic {
        return Fate::Ignored(Ignored::Automatic);
    }
    if known.writers.is_empty() {
        return Fate::Parked(Parked::UnknownSender);
    }
    if known.empty {
        return Fate::Parked(Parked::NoText);
    }
    if !known.cases.is_empty() {
        return of_cases(known);
    }
    if !known.orders.is_empty() {
        return of_orders(known);
    }
    match (only(&known.open), known.writers.as_slice()) {
        (Only::One(case), _) => message(case),
        (Only::None, [buyer]) => Fate::Consultation {
            buyer: *buyer,
            order: None,
        },
        _ => Fate::Parked(Parked::Several),
    }
}

fn message(case: KnownCase) -> Fate {
    Fate::Message {
        buyer: case.buyer,
        case: case.case,
    }
}

fn of_cases(known: &Known) -> Fate {
    let his: Option<Vec<KnownCase>> = known.cases.iter().copied().collect();
    let Some(named) = his.filter(|named| named.iter().all(|case| known.writers.contains(&case.buyer))) else {
        return Fate::Parked(Parked::NotHis);
    };
    match only(&named) {
        Only::One(case) => message(case),
        _ => Fate::Parked(Parked::Several),
    }
}

fn of_orders(known: &Known) -> Fate {
    if known
        .orders
        .iter()
        .any(|order| !known.writers.contains(&order.buyer))
    {
        return Fate::Parked(Parked::NotHis);
    }
    let Only::One(order) = only(&known.orders) else {
        return Fate::Parked(Parked::Several);
    };
    let on_it = known.open.iter().filter(|case| case.order == Some(order.order));
    match only(&on_it.copied().collect::<Vec<_>>()) {
        Only::One(case) => message(case),
        Only::None => Fate::Consultation {
            buyer: order.buyer,
            order: Some(order.order),
        },
        Only::Several => Fate::Parked(Parked::Several),
    }
}

enum Only<T> {
    None,
    One(T),
    Several,
}

fn only<T: Copy + PartialEq>(these: &[T]) -> Only<T> {
    match these.split_first() {
        None => Only::None,
        Some((first, rest)) if rest.iter().all(|other| other == first) => Only::One(*first),
        Some(_) => Only::Several,
    }
}

#[cfg(test)]
mod tests;
