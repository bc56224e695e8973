//! Why packs do not make a set, and where the mistake stands.
//!
//! Each says the clauses, both figures and what would be right. Must not know: files, lines.
//! Tests: `tests/it/policy.rs`, `tests/it/packs.rs`.

use std::fmt;

use super::floor::Side;
use super::set::PackName;
use super::{Bound, ClauseId};
use crate::case::clock::{Clock, Expiry};

/// A fault with the pack and the clause it stands in, where there is one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct PlacedFault {
    /// The pack; none when the packs together are meant.
    pub pack: Option<PackName>,
    /// The clause; none when the pack as a whole is meant.
    pub clause: Option<ClauseId>,
    /// What is wrong.
    pub fault: SetFault,
}

impl From<SetFault> for PlacedFault {
    fn from(fault: SetFault) -> Self {
        Self {
            pack: None,
            clause: None,
            fault,
        }
    }
}

/// A figure held against another one, which it undercuts or cannot be compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The clause that has the figure.
    pub clause: ClauseId,
    /// What is measured.
    pub figure: String,
    /// Its figure.
    pub actual: String,
    /// The clause it is held against: a floor, or the one it replaces.
    pub against: ClauseId,
    /// Where that one comes from.
    pub source_of: String,
    /// On which side of that one's figure it must stay.
    pub side: Side,
    /// That one's figure.
    pub limit: String,
}

impl Held {
    fn figure(&self) -> String {
        format!("clause {}: {} {}", self.clause, self.figure, self.actual)
    }

    fn against(&self) -> String {
        format!("{} ({})", self.against, self.source_of)
    }

    fn limit(&self) -> String {
        format!("{} {}", self.side, self.limit)
    }
}

/// The chain of codes or clauses that comes back to its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle(pub Vec<String>);

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" → "))
    }
}

/// Why packs do not make a set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetFault {
    /// A clause that says something that cannot be.
    #[error("clause {clause}: {why}")]
    Unsound {
        /// The clause.
        clause: ClauseId,
        /// What cannot be, and what would be right.
        why: &'static str,
    },
    /// A cause of a reason that no pack lists.
    #[error("cause {cause}: there is no reason {reason:?}; did you mean {nearest}?")]
    CauseOfUnknownReason {
        /// The cause.
        cause: String,
        /// As written.
        reason: String,
        /// The nearest there is.
        nearest: String,
    },
    /// Two revisions of one pack in force on one day.
    #[error(
        "revisions {first} ({first_period}) and {second} ({second_period}) of {pack} overlap; \
         end the one where the other begins"
    )]
    PeriodsOverlap {
        /// The pack.
        pack: String,
        /// One revision.
        first: String,
        /// When it is in force.
        first_period: String,
        /// The other.
        second: String,
        /// When it is in force.
        second_period: String,
    },
    /// One clause id in two packs.
    #[error("clause {clause} stands in {first} and again in {second}; give the later one an id of its own")]
    ClauseTwice {
        /// The clause.
        clause: ClauseId,
        /// The pack that has it.
        first: String,
        /// The pack that has it again.
        second: String,
    },
    /// One clock measured by two clauses.
    #[error("clauses {first} and {second} both measure the clock {clock:?}")]
    ClockTwice {
        /// The clock.
        clock: Clock,
        /// One clause.
        first: ClauseId,
        /// The other.
        second: ClauseId,
    },
    /// A clock the flow cannot do without.
    #[error("no clause measures the clock {0:?}, without which a case could wait for ever")]
    ClockMissing(Clock),
    /// An outcome the clock cannot have.
    #[error("clause {clause}: the clock {clock:?} cannot end in {on_expiry:?}; it can end in {possible:?}")]
    Outcome {
        /// The clause.
        clause: ClauseId,
        /// The clock.
        clock: Clock,
        /// As written.
        on_expiry: Expiry,
        /// What it can end in.
        possible: &'static [Expiry],
    },
    /// One bound set by two clauses.
    #[error("clauses {first} and {second} both bound {bound:?}")]
    BoundTwice {
        /// The bound.
        bound: Bound,
        /// One clause.
        first: ClauseId,
        /// The other.
        second: ClauseId,
    },
    /// A bound nobody sets.
    #[error("no clause bounds {0:?}, which must be neither unlimited nor nothing by omission")]
    BoundMissing(Bound),
    /// An amount without a currency, or a count with one.
    #[error("clause {clause}: {bound:?} {wants}")]
    BoundCurrency {
        /// The clause.
        clause: ClauseId,
        /// The bound.
        bound: Bound,
        /// What it should say.
        wants: &'static str,
    },
    /// A condition names a word its fact never has, so that it could never be met, or never fail.
    #[error("clause {clause}: {fact} has no word {word:?}; the nearest is {nearest:?}")]
    UnknownWord {
        /// The clause.
        clause: ClauseId,
        /// The fact.
        fact: &'static str,
        /// As written.
        word: String,
        /// The nearest known word.
        nearest: String,
    },
    /// No reason at all.
    #[error("no pack gives a reason a buyer could choose")]
    NoReasons,
    /// A reason below one that does not exist.
    #[error("reason {reason}: there is no reason {parent:?} to stand below; the nearest is {nearest:?}")]
    UnknownParent {
        /// The reason.
        reason: String,
        /// As written.
        parent: String,
        /// The nearest known code.
        nearest: String,
    },
    /// Reasons that stand below themselves.
    #[error("reasons stand below one another in a circle: {0}")]
    ReasonCycle(Circle),
    /// A reason that has no priority and no parent to inherit one from.
    #[error("reason {0} has no priority, and stands below none that has one")]
    NoPriority(String),
    /// A clause less kind than a floor.
    #[error("{held} is less kind than {against} allows: {limit}", held = .0.figure(), against = .0.against(), limit = .0.limit())]
    BelowFloor(Box<Held>),
    /// A clause less kind than the one it replaces.
    #[error("{held} is less kind than {against}, which it replaces, allows: {limit}", held = .0.figure(), against = .0.against(), limit = .0.limit())]
    LessKind(Box<Held>),
    /// Two figures that cannot surely be compared.
    #[error("{held} cannot be compared surely with {limit} of {against}; write it in the same unit", held = .0.figure(), against = .0.against(), limit = .0.limit())]
    Unclear(Box<Held>),
    /// A floor set by a shop.
    #[error("clause {0}: a shop sets no floors; only law and platform do, for the layers below them")]
    FloorOfShop(ClauseId),
    /// A floor on a right that is not there.
    #[error("clause {floor}: there is no right {right} whose compensation it could be a floor on")]
    FloorUnknownRight {
        /// The floor.
        floor: ClauseId,
        /// As written.
        right: ClauseId,
    },
    /// A clause in the place of one that is not there.
    #[error("clause {clause}: there is no clause {target} it could replace")]
    ReplacesUnknown {
        /// The clause.
        clause: ClauseId,
        /// As written.
        target: ClauseId,
    },
    /// Clauses that replace one another.
    #[error("clauses replace one another in a circle: {0}")]
    ReplaceCycle(Circle),
    /// A clause in the place of one of its own layer or of a higher one.
    #[error("clause {clause} cannot replace {target}: a clause takes the place of one of a lower layer")]
    ReplacesUpwards {
        /// The clause.
        clause: ClauseId,
        /// The one it names.
        target: ClauseId,
    },
    /// A clause in the place of something else than it is.
    #[error(
        "clause {clause} cannot replace {target}: a clock takes the place of the same clock, a bound \
         that of the same bound; rights and floors are never replaced"
    )]
    ReplacesOther {
        /// The clause.
        clause: ClauseId,
        /// The one it names.
        target: ClauseId,
    },
    /// Two clauses in the place of one.
    #[error("clauses {first} and {second} both replace {target}")]
    ReplacedTwice {
        /// The one they name.
        target: ClauseId,
        /// One.
        first: ClauseId,
        /// The other.
        second: ClauseId,
    },
    /// Another outcome in the place of one that is declared to be kind.
    #[error(
        "clause {clause} ends in {actual:?}; {target}, which it replaces, says which way is kinder \
         and ends in {expected:?}: that stays"
    )]
    OtherOutcome {
        /// The clause.
        clause: ClauseId,
        /// As written.
        actual: Expiry,
        /// The one it replaces.
        target: ClauseId,
        /// What that one ends in.
        expected: Expiry,
    },
    /// A stored text that is not a set.
    #[error("this is not the text of a policy set: {0}")]
    Text(String),
}

impl SetFault {
    /// The code of the reason it stands at, where there is one.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::UnknownParent { reason, .. } | Self::NoPriority(reason) => Some(reason),
            Self::ReasonCycle(circle) => circle.0.first().map(String::as_str),
            _ => None,
        }
    }
}
