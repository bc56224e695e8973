//! Plans, the covers that are made of them, and guides sent ahead (WAR-1 to WAR-3).
//!
//! Claims and visits are commands on cases, as everything else is. Must not know: SQL, HTTP.
//! Tests: `amends-api/tests/it/warranty.rs`.

pub mod covers;
pub mod guides;
pub mod plans;
pub mod send;

use amends_domain::plan::PlanFault;

/// What goes wrong with plans, covers and guides alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WarrantyFault {
    /// It is no plan.
    #[error("{0}")]
    Plan(#[from] PlanFault),
    /// An order names a plan that the shop has not.
    #[error("the shop has no such plan")]
    NoSuchPlan,
    /// The plan is not sold any more.
    #[error("this plan is not sold any more")]
    PlanEnded,
    /// The plan has no price for this product and length.
    #[error("this plan has no price for {months} months of {sku}")]
    NotOffered {
        /// The length.
        months: u32,
        /// The product.
        sku: String,
    },
    /// A cover of this kind holds for the line already, or will.
    #[error("a cover of this kind stands for this line")]
    Covered,
    /// The order was called off.
    #[error("the order was called off")]
    OrderCancelled,
}

impl WarrantyFault {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Plan(_) => "plan_invalid",
            Self::NoSuchPlan => "no_such_plan",
            Self::PlanEnded => "plan_ended",
            Self::NotOffered { .. } => "plan_not_offered",
            Self::Covered => "covered_already",
            Self::OrderCancelled => "cover_order_cancelled",
        }
    }
}
