//! Opens a case: by the buyer through his link, or by an agent on his behalf.
//!
//! Must not know: whether it is justified; the domain decides. Tests: `amends-api/tests/it`.

use amends_domain::case::{Channel, Kind, Parcel};
use amends_domain::command::{Command, LineUnits, OpenCase};
use amends_domain::ids::{BuyerId, CaseId, OrderId, ShopId};
use amends_domain::money::Money;
use amends_store::Committed;

use super::case_command::{Given, Key, give};
use crate::caller::{Caller, Right, Writer};
use crate::desk::Desk;
use crate::error::{AppError, Reason};
use crate::evidence::{evidence_add_waiting, pictures_waiting};
use crate::orders::draft::required;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseOpen {
    /// On which order; a question or a complaint may have none.
    pub order: Option<OrderId>,
    /// Who asks, where no order says so.
    pub buyer: Option<BuyerId>,
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
    /// The buyer says that this is another trouble than the one settled before.
    pub new_fault: bool,
    /// The parcel that was refused at the door.
    pub refused_parcel: Option<Parcel>,
    /// Where the request came from.
    pub channel: Channel,
}

/// Opens a case.
pub async fn case_open(
    desk: &Desk,
    caller: &Caller,
    open: CaseOpen,
    key: Option<Key>,
) -> Result<Committed, AppError> {
    match caller {
        Caller::Staff(staff) => {
            staff.require(Right::Handle)?;
            known_buyer(desk, staff.shop, &open).await?;
        }
        Caller::Buyer(buyer) if Some(buyer.order) != open.order => {
            return Err(AppError::NotFound { what: "order" });
        }
        Caller::Buyer(_) => {}
        Caller::Writer(writer) => own_order(desk, writer, open.order).await?,
    }
    required("reason", &open.reason)?;
    if let Some(sku) = &open.replacement_sku {
        required("replacement_sku", sku)?;
    }
    // What the buyer handed in counts, whatever he says of it.
    let photos = match caller {
        Caller::Buyer(buyer) => open.photos.max(pictures_waiting(desk, buyer).await?),
        Caller::Staff(_) | Caller::Writer(_) => open.photos,
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
            buyer: open.buyer,
            new_fault: open.new_fault,
            refused_parcel: open.refused_parcel,
            channel: open.channel,
            review: None,
        })
    };
    let given = Given {
        text,
        build,
        if_terms: None,
        key,
    };
    let committed = give(desk, caller, case, order, given).await?;
    if let Caller::Buyer(buyer) = caller {
        // Should this fail, the same request under the same key finds the case there and goes on.
        evidence_add_waiting(desk, buyer, committed.case).await?;
    }
    Ok(committed)
}

/// An order that is not the writer's is as if it were not there.
async fn own_order(desk: &Desk, writer: &Writer, order: Option<OrderId>) -> Result<(), AppError> {
    let Some(order) = order else { return Ok(()) };
    let row = desk.store.order_by_id(writer.shop, order).await?;
    row.filter(|row| row.order.buyer == writer.buyer)
        .map(|_| ())
        .ok_or(AppError::NotFound { what: "order" })
}

/// Without an order the buyer is named, and must be one of the shop's.
async fn known_buyer(desk: &Desk, shop: ShopId, open: &CaseOpen) -> Result<(), AppError> {
    match (open.order, open.buyer) {
        (None, Some(buyer)) => {
            let row = desk.store.buyer_get(shop, buyer).await?;
            row.map(|_| ()).ok_or(AppError::NotFound { what: "buyer" })
        }
        (Some(_), Some(_)) => Err(AppError::Invalid {
            field: "buyer",
            reason: Reason::Other("is left out: the order says whose it is".to_owned()),
        }),
        _ => Ok(()),
    }
}
