//! The order ledger: for every unit what was paid, what is on its way back and what was returned,
//! and beside it freight, freight reimbursed and compensation. Two cases on one order meet here.
//!
//! Each unit is an account of its own, so a refund of any units in any order is exact.
//! Must not know: policies, clocks, who asks. Tests: `tests/it/ledger.rs`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cover::CoverUse;
use crate::ids::{CaseId, CoverId, LineId, OrderId};
use crate::money::{Currency, Money, allocate};
use crate::order::Order;

/// One bought unit. All amounts in minor units of the ledger's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitAccount {
    /// What the buyer paid for it.
    pub paid: i64,
    /// Ordered to be refunded, not yet known to have arrived.
    pub held: i64,
    /// Refunded.
    pub refunded: i64,
    /// The open case that has claimed it, if any: one at a time.
    pub claim: Option<CaseId>,
    /// It is back with the shop for good.
    pub returned: bool,
    /// How often it was replaced.
    pub replaced: u32,
    /// Compensation paid for it or held for it, on top of what was paid.
    #[serde(default)]
    pub compensated: i64,
}

impl UnitAccount {
    /// What may still be refunded for it.
    pub fn left(&self) -> i64 {
        self.paid - self.held - self.refunded
    }
}

/// A component that has no units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Ordered, not yet known to have arrived.
    pub held: i64,
    /// Done.
    pub posted: i64,
}

impl Account {
    fn total(self) -> i64 {
        self.held + self.posted
    }
}

/// The units of one order line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// Which line.
    pub line: LineId,
    /// One account a unit.
    pub units: Vec<UnitAccount>,
}

/// What one refund pays, split by component. It is written into the event that orders it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breakdown {
    /// Goods: which unit gets how much.
    pub goods: Vec<UnitPart>,
    /// Freight of the order, returned.
    pub freight: i64,
    /// The buyer's return freight, reimbursed.
    pub return_freight: i64,
    /// Compensation on top.
    pub compensation: i64,
}

/// An amount for one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPart {
    /// The line.
    pub line: LineId,
    /// Index of the unit on the line, from 0.
    pub unit: u32,
    /// Minor units.
    pub amount: i64,
}

impl Breakdown {
    /// The sum that is paid out.
    pub fn total(&self) -> i64 {
        self.goods.iter().map(|part| part.amount).sum::<i64>()
            + self.freight
            + self.return_freight
            + self.compensation
    }

    /// What of it was paid for the order: goods and freight, without what comes on top.
    pub(crate) fn given_back(&self) -> i64 {
        self.goods.iter().map(|part| part.amount).sum::<i64>() + self.freight
    }
}

/// A unit named by line and index.
pub type UnitRef = (LineId, u32);

/// What is wrong with a movement, or with a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LedgerFault {
    /// More than was paid for a unit.
    #[error("a unit would be refunded more than was paid for it")]
    OverRefund,
    /// More freight than was paid.
    #[error("freight would be refunded above what was paid")]
    OverFreight,
    /// An account below zero.
    #[error("an account would fall below zero")]
    Negative,
}

/// The ledger of one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLedger {
    /// Whose ledger it is.
    pub order: OrderId,
    /// The currency of every amount in it.
    pub currency: Currency,
    /// Accounts of the units.
    pub lines: Vec<LedgerLine>,
    /// Freight the buyer paid.
    pub freight_paid: i64,
    /// Freight refunded.
    pub freight: Account,
    /// Return freight reimbursed; bounded by clause, not by payment.
    pub return_freight: Account,
    /// Compensation paid out; bounded by clause and authority, for every unit over all cases.
    pub compensation: Account,
    /// Price differences for dearer replacements: paid by the buyer, or netted against what he was
    /// granted on top.
    pub difference_paid: i64,
    /// Repairs the buyer paid for; they are no part of what goods cost.
    #[serde(default)]
    pub repairs_paid: i64,
    /// The open case that follows up its payment, if any: one at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed_by: Option<CaseId>,
    /// How far each cover of the order is used; what insurers pay is none of the buyer's money.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub covers: BTreeMap<CoverId, CoverUse>,
}

impl OrderLedger {
    /// Whether everything that was paid for the goods went back, or is on its way back: nothing is to be sent for
    /// it any more.
    pub fn is_given_back(&self) -> bool {
        let mut units = self.lines.iter().flat_map(|line| &line.units);
        units.all(|unit| unit.left() == 0)
    }

    /// The ledger of an order nobody has claimed anything of.
    pub fn open(order: &Order) -> Self {
        let unit = |paid: &i64| UnitAccount {
            paid: *paid,
            held: 0,
            refunded: 0,
            claim: None,
            returned: false,
            replaced: 0,
            compensated: 0,
        };
        Self {
            order: order.id,
            currency: order.currency,
            lines: order
                .lines
                .iter()
                .map(|line| LedgerLine {
                    line: line.id,
                    units: line.unit_paid_minor.iter().map(unit).collect(),
                })
                .collect(),
            freight_paid: order.freight_paid_minor,
            freight: Account::default(),
            return_freight: Account::default(),
            compensation: Account::default(),
            difference_paid: 0,
            repairs_paid: 0,
            followed_by: None,
            covers: BTreeMap::new(),
        }
    }

    fn units_of(&self, line: LineId) -> &[UnitAccount] {
        self.lines
            .iter()
            .find(|entry| entry.line == line)
            .map_or(&[], |entry| &entry.units)
    }

    /// One unit's account.
    pub fn unit(&self, (line, unit): UnitRef) -> Option<&UnitAccount> {
        self.units_of(line).get(usize::try_from(unit).ok()?)
    }

    fn unit_mut(&mut self, (line, unit): UnitRef) -> Option<&mut UnitAccount> {
        let entry = self.lines.iter_mut().find(|entry| entry.line == line)?;
        entry.units.get_mut(usize::try_from(unit).ok()?)
    }

    /// Units of a line that nobody has claimed and that are still with the buyer.
    pub fn free_units(&self, line: LineId) -> impl Iterator<Item = u32> + '_ {
        let free = |unit: &UnitAccount| unit.claim.is_none() && !unit.returned;
        (0..)
            .zip(self.units_of(line))
            .filter(move |(_, unit)| free(unit))
            .map(|(at, _)| at)
    }

    /// What may still be refunded for these units.
    pub fn left_for(&self, units: &[UnitRef]) -> i64 {
        units
            .iter()
            .filter_map(|unit| self.unit(*unit))
            .map(UnitAccount::left)
            .sum()
    }

    /// What was paid for these units.
    pub fn paid_for(&self, units: &[UnitRef]) -> i64 {
        units
            .iter()
            .filter_map(|unit| self.unit(*unit))
            .map(|unit| unit.paid)
            .sum()
    }

    /// Everything paid for the order, freight and differences included.
    pub fn paid(&self) -> i64 {
        let units = self.lines.iter().flat_map(|entry| &entry.units);
        units.map(|unit| unit.paid).sum::<i64>() + self.freight_paid
    }

    /// Compensation that is left of `percent` of what was paid for these units, over all cases.
    pub fn compensation_left(&self, percent: u32, units: &[UnitRef]) -> i64 {
        let paid = i128::from(self.paid_for(units)) * i128::from(percent) / 100;
        let had: i64 = units
            .iter()
            .filter_map(|unit| self.unit(*unit))
            .map(|unit| unit.compensated)
            .sum();
        let left = (paid - i128::from(had)).clamp(0, i128::from(Money::MAX_MINOR));
        i64::try_from(left).unwrap_or(0)
    }

    /// Compensation these units had, or that is held for them, over all cases.
    pub fn compensated(&self, units: &[UnitRef]) -> i64 {
        let units = units.iter().filter_map(|unit| self.unit(*unit));
        units.map(|unit| unit.compensated).sum()
    }

    /// Freight that may still be refunded.
    pub fn freight_left(&self) -> i64 {
        self.freight_paid - self.freight.total()
    }

    /// Whether every other unit is refunded whole or about to be: then freight goes with these.
    pub fn all_but(&self, units: &[UnitRef]) -> bool {
        self.lines.iter().all(|entry| {
            (0..)
                .zip(&entry.units)
                .all(|(at, unit)| unit.left() == 0 || units.contains(&(entry.line, at)))
        })
    }

    /// Spreads `amount` over units in proportion to what is left for each; exact, never above.
    pub fn spread(&self, amount: i64, units: &[UnitRef]) -> Vec<UnitPart> {
        let left: Vec<i64> = units
            .iter()
            .map(|unit| self.unit(*unit).map_or(0, UnitAccount::left))
            .collect();
        let parts = allocate(amount, &left);
        let part = |((line, unit), amount): (&UnitRef, i64)| UnitPart {
            line: *line,
            unit: *unit,
            amount,
        };
        units
            .iter()
            .zip(parts)
            .filter(|(_, amount)| *amount > 0)
            .map(part)
            .collect()
    }

    /// A case takes units for itself.
    pub fn claim(&mut self, case: CaseId, units: &[UnitRef]) {
        for unit in units {
            if let Some(account) = self.unit_mut(*unit) {
                account.claim = Some(case);
            }
        }
    }

    /// A case gives up whatever it still claims.
    pub fn release(&mut self, case: CaseId) {
        for unit in self.lines.iter_mut().flat_map(|entry| &mut entry.units) {
            if unit.claim == Some(case) {
                unit.claim = None;
            }
        }
    }

    /// Units came back and were accepted.
    pub fn mark_returned(&mut self, units: &[UnitRef]) {
        for unit in units {
            if let Some(account) = self.unit_mut(*unit) {
                account.returned = true;
            }
        }
    }

    /// The buyer holds a replacement for these units: they can be claimed again.
    pub fn mark_replaced(&mut self, units: &[UnitRef]) {
        for unit in units {
            if let Some(account) = self.unit_mut(*unit) {
                account.returned = false;
                account.replaced += 1;
            }
        }
    }

    /// Repaired units are with the buyer again.
    pub fn mark_back(&mut self, units: &[UnitRef]) {
        for unit in units {
            if let Some(account) = self.unit_mut(*unit) {
                account.returned = false;
            }
        }
    }

    /// The buyer paid for a repair.
    pub fn pay_repair(&mut self, amount: i64) {
        self.repairs_paid += amount;
    }

    /// A repair he paid for does not succeed: what he paid is part of what these units cost him, so that it
    /// can be refunded with them.
    pub fn give_up_repair(&mut self, amount: i64, units: &[UnitRef]) {
        self.repairs_paid -= amount;
        self.pay_difference(amount, units);
    }

    /// The buyer paid the difference to dearer replacements: these units now cost that much more.
    pub fn pay_difference(&mut self, amount: i64, units: &[UnitRef]) {
        self.difference_paid += amount;
        for (unit, part) in units.iter().zip(allocate(amount, &vec![1; units.len()])) {
            if let Some(account) = self.unit_mut(*unit) {
                account.paid += part;
            }
        }
    }

    /// Compensation is held for these units, or went towards their difference. What had the least, as a
    /// share of what was paid, is raised first: a percentage that all of them together keep, each of
    /// them keeps, and no later case on some of them can get it again.
    pub fn compensate(&mut self, amount: i64, units: &[UnitRef]) {
        if amount == 0 {
            return;
        }
        let account = |ledger: &Self, unit: &UnitRef| {
            ledger.unit(*unit).map_or((0, 0), |unit| {
                (i128::from(unit.paid), i128::from(unit.compensated))
            })
        };
        let mut raised = units.to_vec();
        let total = loop {
            let (paid, had) = raised
                .iter()
                .map(|unit| account(self, unit))
                .fold((0, 0), |sum, unit| (sum.0 + unit.0, sum.1 + unit.1));
            let total = i128::from(amount) + had;
            let before = raised.len();
            raised.retain(|unit| {
                let (of, had) = account(self, unit);
                had * paid <= total * of
            });
            if raised.len() == before || raised.is_empty() {
                break total;
            }
        };
        let paid: Vec<i64> = raised
            .iter()
            .map(|unit| self.unit(*unit).map_or(0, |unit| unit.paid))
            .collect();
        let levels = allocate(i64::try_from(total).unwrap_or(i64::MAX), &paid);
        for (unit, level) in raised.iter().zip(levels) {
            if let Some(account) = self.unit_mut(*unit) {
                account.compensated = level;
            }
        }
    }

    /// A refund is due: its amounts are held.
    pub fn hold(&mut self, refund: &Breakdown) {
        self.shift(refund, 1, 0);
    }

    /// The refund is known to have been paid: what was held is posted.
    pub fn post(&mut self, refund: &Breakdown) {
        self.shift(refund, -1, 1);
    }

    fn shift(&mut self, refund: &Breakdown, held: i64, posted: i64) {
        for part in &refund.goods {
            if let Some(unit) = self.unit_mut((part.line, part.unit)) {
                unit.held += held * part.amount;
                unit.refunded += posted * part.amount;
            }
        }
        for (account, amount) in [
            (&mut self.freight, refund.freight),
            (&mut self.return_freight, refund.return_freight),
            (&mut self.compensation, refund.compensation),
        ] {
            account.held += held * amount;
            account.posted += posted * amount;
        }
    }

    /// Everything refunded and held to be refunded, goods and freight.
    pub fn refund_total(&self) -> i64 {
        let goods: i64 = self
            .lines
            .iter()
            .flat_map(|entry| &entry.units)
            .map(|unit| unit.held + unit.refunded)
            .sum();
        goods + self.freight.total()
    }

    /// Everything paid out and held to be, in every account.
    pub fn paid_out(&self) -> i64 {
        self.refund_total() + self.return_freight.total() + self.compensation.total()
    }

    /// Proves the invariants: nothing negative, no unit and no freight above what was paid.
    pub fn check(&self) -> Result<(), LedgerFault> {
        for unit in self.lines.iter().flat_map(|entry| &entry.units) {
            if unit.left() < 0 {
                return Err(LedgerFault::OverRefund);
            }
            if unit.held < 0 || unit.refunded < 0 || unit.compensated < 0 {
                return Err(LedgerFault::Negative);
            }
        }
        if self.freight_left() < 0 {
            return Err(LedgerFault::OverFreight);
        }
        let accounts = [self.freight, self.return_freight, self.compensation];
        if accounts
            .iter()
            .any(|account| account.held < 0 || account.posted < 0)
        {
            return Err(LedgerFault::Negative);
        }
        Ok(())
    }
}
