//! CSV by a table of columns: one row for each order line, rows of one order sharing its number,
//! wherever in the file they stand. The tables are data, in `content/mappings` or a shop's own.
//!
//! Must not know: JSON. Tests: beside the code and in `amends/tests/it/imports.rs`.

mod gather;

use std::collections::BTreeMap;

use amends_domain::money::{Currency, Money};
use amends_domain::order::DraftLine;
use serde::Deserialize;

use super::super::file::cells::{self, Reading};
use super::super::file::faults::{Place, Wrong};
use super::super::file::rows::{Row, Sheet, compared};
use super::collect::Collector;
use crate::error::{AppError, Reason};
use gather::{Gathering, RowLine};

/// The table of our own CSV form.
pub const AMENDS: &str = include_str!("../../../../../content/mappings/amends.toml");
/// The table of Taobao's report of items sold.
pub const TAOBAO: &str = include_str!("../../../../../content/mappings/taobao.toml");

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Column {
    Number,
    LineNumber,
    Nickname,
    Name,
    Phone,
    Email,
    Address,
    BuyerTier,
    Region,
    PaymentMethod,
    Currency,
    Sku,
    Title,
    Category,
    NoReasonExcluded,
    Units,
    UnitsDispatched,
    Price,
    LineDiscount,
    LinePaid,
    Discount,
    Freight,
    Paid,
    PlacedAt,
    PaidAt,
    DispatchedAt,
    DeliveredAt,
    CancelledAt,
}

impl Column {
    /// Columns without which no order can be made.
    const REQUIRED: [Column; 7] = [
        Self::Number,
        Self::Nickname,
        Self::Sku,
        Self::Title,
        Self::Units,
        Self::Price,
        Self::PaidAt,
    ];

    /// Columns of the order, which all its rows must agree on.
    const OF_ORDER: [Column; 17] = [
        Self::Nickname,
        Self::Name,
        Self::Phone,
        Self::Email,
        Self::Address,
        Self::BuyerTier,
        Self::Region,
        Self::PaymentMethod,
        Self::Currency,
        Self::Discount,
        Self::Freight,
        Self::Paid,
        Self::PlacedAt,
        Self::PaidAt,
        Self::DispatchedAt,
        Self::DeliveredAt,
        Self::CancelledAt,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Others {
    Refuse,
    PassOver,
}

/// A table of columns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnMap {
    /// Its name.
    pub name: String,
    other_columns: Others,
    columns: BTreeMap<Column, Vec<String>>,
    /// Rows that are left out, by header and the cells that say so.
    #[serde(default)]
    pass_over: BTreeMap<String, Vec<String>>,
}

impl ColumnMap {
    /// Reads a table, written in TOML.
    pub fn parse(text: &str) -> Result<Self, AppError> {
        let invalid = |reason| AppError::Invalid {
            field: "mapping",
            reason: Reason::Other(reason),
        };
        let map: Self = toml::from_str(text).map_err(|fault| invalid(fault.to_string()))?;
        for column in Column::REQUIRED {
            if map.columns.get(&column).is_none_or(Vec::is_empty) {
                return Err(invalid(format!("{column:?} needs at least one header")));
            }
        }
        Ok(map)
    }

    fn headers(&self, column: Column) -> &[String] {
        self.columns.get(&column).map_or(&[], Vec::as_slice)
    }
}

/// Where in this file the columns are.
struct Layout {
    at: BTreeMap<Column, Vec<usize>>,
    pass_over: Vec<(usize, Vec<String>)>,
    headers: Vec<String>,
}

impl Layout {
    fn of(map: &ColumnMap, sheet: &Sheet<'_>, into: &mut Collector) -> Option<Self> {
        let at: BTreeMap<Column, Vec<usize>> = map
            .columns
            .iter()
            .map(|(column, names)| (*column, sheet.positions(names)))
            .collect();
        for column in Column::REQUIRED {
            if at.get(&column).is_none_or(Vec::is_empty) {
                let names = map.headers(column).join(", ");
                let first = map.headers(column).first().cloned().unwrap_or_default();
                into.faults.add(Place::Line(1), first, Wrong::NoColumn(names));
            }
        }
        if map.other_columns == Others::Refuse {
            let known: Vec<String> = map
                .columns
                .values()
                .flatten()
                .map(|name| compared(name))
                .collect();
            let strange = |header: &&String| !header.is_empty() && !known.contains(&compared(header));
            for header in sheet.headers().iter().filter(strange) {
                into.faults.add(Place::Line(1), header, Wrong::StrangeColumn);
            }
        }
        let pass_over = map.pass_over.iter().filter_map(|(header, words)| {
            let at = sheet.positions(&[header]).first().copied()?;
            Some((at, words.clone()))
        });
        into.faults.is_empty().then(|| Self {
            pass_over: pass_over.collect(),
            headers: sheet.headers().to_vec(),
            at,
        })
    }

    fn cell<'r>(&self, row: &'r Row<'_>, column: Column) -> Option<(usize, &'r str)> {
        row.first(self.at.get(&column)?)
    }

    fn text(&self, row: &Row<'_>, column: Column) -> String {
        self.cell(row, column)
            .map_or(String::new(), |(_, cell)| cell.to_owned())
    }

    fn header(&self, column: Column) -> &str {
        let at = self.at.get(&column).and_then(|at| at.first());
        at.and_then(|at| self.headers.get(*at)).map_or("", String::as_str)
    }

    fn passes_over(&self, row: &Row<'_>) -> bool {
        let says = |(at, words): &(usize, Vec<String>)| {
            row.first(&[*at])
                .is_some_and(|(_, cell)| words.iter().any(|word| word == cell))
        };
        self.pass_over.iter().any(says)
    }
}

/// Reads a CSV by a table of columns.
pub(super) fn read(map: &ColumnMap, text: &str, reading: &Reading, into: &mut Collector) {
    let Some(mut sheet) = Sheet::open(text, &mut into.faults) else {
        return;
    };
    let Some(layout) = Layout::of(map, &sheet, into) else {
        return;
    };
    let mut gathering = Gathering::default();
    while let Some(row) = sheet.next(&mut into.faults) {
        if layout.passes_over(&row) {
            into.pass_over();
            continue;
        }
        if into.lines(1).is_break() {
            return;
        }
        take(&layout, &row, reading, &mut gathering, into);
    }
    gathering.finish(&layout.headers, reading, into);
}

/// Takes one row in: which order it belongs to, what it says about that, and its line.
fn take(layout: &Layout, row: &Row<'_>, reading: &Reading, gathering: &mut Gathering, into: &mut Collector) {
    let place = Place::Line(row.line);
    let number = match layout.cell(row, Column::Number) {
        Some((_, cell)) => cells::code(cell),
        None => Err(Wrong::Missing),
    };
    let number = match number {
        Ok(number) => number,
        Err(wrong) => {
            into.faults.add(place, layout.header(Column::Number), wrong);
            return;
        }
    };
    let order = gathering.order(number, row.line);
    for column in Column::OF_ORDER {
        let Some((at, cell)) = layout.cell(row, column) else {
            continue;
        };
        if let Err((there, first)) = order.say(column, at, row.line, cell) {
            let wrong = Wrong::Disagree {
                here: cell.chars().take(40).collect(),
                there,
                first,
            };
            let header = layout.headers.get(at).map_or("", String::as_str);
            into.faults.add(place.clone(), header, wrong);
        }
    }
    let currency = order.currency(reading);
    match line(layout, row, currency, into) {
        Some(line) => order.line(line, &mut into.faults),
        None => order.broken = true,
    }
}

/// The line a row says was bought; its faults are counted.
fn line(layout: &Layout, row: &Row<'_>, currency: Currency, into: &mut Collector) -> Option<RowLine> {
    let place = Place::Line(row.line);
    let mut fault = |header: &str, wrong| into.faults.add(place.clone(), header, wrong);
    let mut needed = |column| {
        let found = layout.cell(row, column);
        if found.is_none() {
            fault(layout.header(column), Wrong::Missing);
        }
        found
    };
    let (sku, title) = (needed(Column::Sku), needed(Column::Title));
    let (units, price) = (needed(Column::Units), needed(Column::Price));
    let mut parsed = |at: usize, wrong| fault(layout.headers.get(at).map_or("", String::as_str), wrong);
    let sku = sku.and_then(|(at, cell)| cells::code(cell).map_err(|wrong| parsed(at, wrong)).ok());
    let units = units.and_then(|(at, cell)| cells::count(cell).map_err(|wrong| parsed(at, wrong)).ok());
    let dispatched = layout.cell(row, Column::UnitsDispatched);
    let dispatched = dispatched.map_or(Some(None), |(at, cell)| {
        cells::whole(cell)
            .map(Some)
            .map_err(|wrong| parsed(at, wrong))
            .ok()
    });
    let mut money = |(at, cell): (usize, &str)| {
        let read = cells::money(cell, currency);
        read.map_err(|wrong| parsed(at, wrong)).ok()
    };
    let price = price.and_then(&mut money);
    // A cell that is there must read; one that is not says nothing.
    let discount = layout.cell(row, Column::LineDiscount);
    let discount = discount.map_or(Some(Money::zero(currency)), &mut money);
    let paid = layout.cell(row, Column::LinePaid);
    let paid = paid.map_or(Some(None), |cell| money(cell).map(Some));
    let excluded = layout.cell(row, Column::NoReasonExcluded);
    let excluded = excluded.map_or(Some(false), |(at, cell)| {
        cells::flag(cell).map_err(|wrong| parsed(at, wrong)).ok()
    });
    Some(RowLine {
        line: row.line,
        line_number: layout.text(row, Column::LineNumber),
        bought: DraftLine {
            sku: sku?,
            title: title?.1.to_owned(),
            category: layout.text(row, Column::Category),
            no_reason_excluded: excluded?,
            units: units?,
            price: price?,
            discount: discount?,
            units_dispatched: dispatched?,
        },
        paid: paid?,
    })
}

#[cfg(test)]
mod tests;
