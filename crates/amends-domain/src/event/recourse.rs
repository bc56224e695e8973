//! What events say of a parcel with which something went wrong, and of what is asked for it.
//!
//! Must not know: when it happens. Tests: `tests/it/golden.rs`.

use serde::{Deserialize, Serialize};

use crate::case::Parcel;
use crate::case::recourse::{Addressee, Carriage, ParcelFault};
use crate::digest::TextRef;
use crate::ids::EvidenceId;
use crate::policy::ClauseId;

/// The platform or the carrier was asked for what a parcel cost the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecourseFiled {
    /// Of whom.
    pub to: Addressee,
    /// How much, in minor units; 0 where no money is asked.
    pub amount: i64,
    /// How the parcel was carried.
    pub carriage: Carriage,
    /// The clause that says how much is owed at most, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
    /// What it says.
    pub text: TextRef,
    /// The pieces of evidence it rests on.
    pub evidence: Vec<EvidenceId>,
}

/// Something went wrong with a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionNoted {
    /// What.
    pub fault: ParcelFault,
    /// Which parcel.
    pub parcel: Parcel,
    /// What is known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextRef>,
}
