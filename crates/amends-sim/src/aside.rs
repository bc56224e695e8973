//! What happens beside the course of a case: words, findings, promises, calls upward, opening again.
//!
//! Must not know: who does it. Tests: `tests/it/`.

/// Something beside the course of a case; of each, one at a time is under way for a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aside {
    /// The buyer writes.
    Word,
    /// The buyer wants somebody higher.
    Demand,
    /// The buyer supplies photos, or says how the goods are.
    Supply,
    /// The buyer says that the money is there.
    Arrival,
    /// The buyer has a carrier come for the return.
    Pickup,
    /// An agent asks for pictures.
    Proof,
    /// An agent replies, or promises something.
    Reply,
    /// An agent notes, tags, or hands the case over.
    Handle,
    /// An agent says how grave it is.
    Assess,
    /// An agent says who is liable.
    Find,
    /// An agent passes it upward.
    PassUp,
    /// Whoever it was passed to answers.
    Answer,
    /// A promise is kept, or put off, or kept too late.
    Promise,
    /// An agent opens it again.
    Reopen,
    /// Somebody sees to a parcel with which something went wrong.
    Parcel,
    /// The buyer ties money to a review.
    Extort,
    /// A supervisor notes it.
    Note,
    /// The buyer says that it is not so.
    Contest,
    /// A manager settles it.
    Settle,
}

impl Aside {
    /// Whether the buyer does it.
    pub fn is_buyers(self) -> bool {
        matches!(
            self,
            Self::Word
                | Self::Demand
                | Self::Supply
                | Self::Arrival
                | Self::Pickup
                | Self::Extort
                | Self::Contest
        )
    }
}
