//! What the orders of a file are gathered into while it is read: each is checked as far as a file
//! alone can tell, faults are counted, and a file that is too long is given up in the middle.
//!
//! Must not know: forms of files. Tests: beside the mappings.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;

use amends_domain::facts::Product;

use super::super::draft::OrderDraft;
use super::super::file::faults::{Faults, Place, Wrong};
use super::super::limits::ORDER_LINES_MAX;
use super::{Moments, OrdersRead, ReadOrder};
use crate::vault::Identity;

/// Orders that hold, and faults.
#[derive(Debug, Default)]
pub(super) struct Collector {
    read: OrdersRead,
    pub(super) faults: Faults,
    numbers: HashMap<String, Place>,
    lines: usize,
}

impl Collector {
    /// Counts order lines; `Break` when there are too many and reading on is pointless.
    pub(super) fn lines(&mut self, more: usize) -> ControlFlow<()> {
        self.lines += more;
        if self.lines <= ORDER_LINES_MAX {
            return ControlFlow::Continue(());
        }
        // Told alone: whoever splits the file meets the other faults in its parts.
        self.faults = Faults::one(Place::File, "", Wrong::TooManyLines);
        self.read = OrdersRead::default();
        ControlFlow::Break(())
    }

    /// An order, or its faults, which are counted already.
    pub(super) fn order(&mut self, place: Place, draft: OrderDraft, moments: Moments) {
        match self.numbers.entry(draft.number.clone()) {
            Entry::Occupied(first) => {
                let (number, first) = (draft.number, first.get().clone());
                self.faults.add(place, "number", Wrong::Twice { number, first });
                return;
            }
            Entry::Vacant(free) => free.insert(place.clone()),
        };
        if let Err(fault) = draft.unit_prices() {
            let told = self.faults.add_app(&place, fault);
            debug_assert!(told.is_ok(), "a draft alone has faults of its own only");
            return;
        }
        // Once something is wrong nothing is imported, so nothing more is kept.
        if self.faults.is_empty() {
            self.read.orders.push(ReadOrder {
                place,
                draft,
                moments,
            });
        }
    }

    pub(super) fn buyer(&mut self, buyer: Identity) {
        self.read.buyers.push(buyer);
    }

    pub(super) fn product(&mut self, product: Product) {
        self.read.products.push(product);
    }

    pub(super) fn pass_over(&mut self) {
        self.read.passed_over += 1;
    }

    pub(super) fn end(mut self) -> Result<OrdersRead, Faults> {
        let nothing = self.read.orders.is_empty() && self.read.passed_over == 0;
        if self.faults.is_empty() && nothing {
            self.faults.add(Place::File, "", Wrong::Empty);
        }
        if self.faults.is_empty() {
            Ok(self.read)
        } else {
            Err(self.faults)
        }
    }
}
