//! Opens a case: by the buyer through his link, or by an agent on his behalf.
//!
//! Must not know: whether it is justified; the domain decides. Tests: `amends-api/tests/it`.

use amends_domain::case::Kind;
use amends_domain::command::{Command, LineUnits, OpenCase};
use amends_domain::ids::{CaseId, OrderId};
use amends_domain::money::Money;
use amends_store::Committed;

use super::case_command::{Given, Key, give};
use crate::caller::{Caller, Right};
use crate::desk::Desk;
use crate::error::AppError;
use crate::evidence::{evidence_add_waiting, pictures_waiting};
use crate::orders::draft::required;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseOpen {
    /// On which order.
    pub order: OrderId,
    /// What is wanted.
    pub kind: Kind,
    /// A reason of the policy's tree.
    pub reason: String,
    /// Lines and units.
    pub lines: Vec<LineUnits>,
    /// The amount; without it, everything that can be asked.
    pub amount: Option<Money>,
    /// The product asked for in exchange.
    pub replacement_sku: Option<String>,
    /// Whether the goods are intact, as the buyer says.
    pub goods_intact: Option<bool>,
    /// Photos and videos handed in.
    pub photos: u32,
    /// What the buyer says.
    pub text: Option<String>,
}

/// Opens a case.
pub async fn case_open(
    desk: &Desk,
    caller: &Caller,
    open: CaseOpen,
    key: Option<Key>,
) -> Result<Committed, AppError> {
    match caller {
        Caller::Staff(staff) => staff.require(Right::Handle)?,
        Caller::Buyer(buyer) if buyer.order != open.order => {
            return Err(AppError::NotFound { what: "order" });
        }
        Caller::Buyer(_) => {}
    }
    required("reason", &open.reason)?;
    if let Some(sku) = &open.replacement_sku {
        required("replacement_sku", sku)?;
    }
    // What the buyer handed in counts, whatever he says of it.
    let photos = match caller {
        Caller::Buyer(buyer) => open.photos.max(pictures_waiting(desk, buyer).await?),
        Caller::Staff(_) => open.photos,
    };
    let case: CaseId = desk.random.id(desk.clock.now());
    let order = open.order;
    let text = open.text.clone();
    let build = move |text| {
        Command::Open(OpenCase {
            kind: open.kind,
            reason: open.reason,
            lines: open.lines,
            amount: open.amount,
            replacement_sku: open.replacement_sku,
            goods_intact: open.goods_intact,
            photos,
            text,
        })
    };
    let given = Given {
        text,
        build,
        if_terms: None,
        key,
    };
    let committed = give(desk, caller, case, Some(order), given).await?;
    if let Caller::Buyer(buyer) = caller {
        // Should this fail, the same request under the same key finds the case there and goes on.
        evidence_add_waiting(desk, buyer, committed.case).await?;
    }
    Ok(committed)
}
