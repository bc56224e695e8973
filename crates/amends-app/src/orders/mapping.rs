//! Mappings: files of other systems read into order drafts. Either all of a file is good, or its
//! faults are named and none of it comes out.
//!
//! Must not know: databases, whether an order is there already. Tests: beside the code and in
//! `amends/tests/it/imports.rs`.

mod collect;
pub mod columns;
mod ecom;
mod native;
mod tau;

use amends_domain::facts::Product;

use super::draft::OrderDraft;
use super::file::cells::Reading;
use super::file::faults::{Faults, Place, Wrong};
use super::file::{FileText, Form};
use crate::error::AppError;
use crate::vault::Identity;
use collect::Collector;
use columns::ColumnMap;

/// A known mapping.
#[derive(Debug, Clone)]
pub enum Mapping {
    /// Our own form, in JSON, JSONL or CSV.
    Amends,
    /// Our own form, one order a line.
    AmendsJsonl,
    /// A CSV whose columns a table names.
    Columns(ColumnMap),
    /// The order file of tau-bench's retail shop.
    TauRetail,
    /// The order file of ECom-Bench's shop.
    EcomBenchZh,
}

/// Files that belong to a file of orders; which of them a mapping knows, [`Mapping::beside`] says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Who the buyers are.
    pub users: Option<FileText>,
    /// What is sold.
    pub products: Option<FileText>,
    /// Where the parcels are.
    pub logistics: Option<FileText>,
}

/// Where an order's moments are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moments {
    /// The file says them.
    Stated,
    /// The file says none; they are counted back from the import. A known order keeps its own.
    Supposed,
}

/// An order of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOrder {
    /// Where it begins.
    pub place: Place,
    /// The order.
    pub draft: OrderDraft,
    /// Where its moments are from.
    pub moments: Moments,
}

/// Everything a good file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrdersRead {
    /// The orders.
    pub orders: Vec<ReadOrder>,
    /// Buyers, with orders or without.
    pub buyers: Vec<Identity>,
    /// Products, sold or not.
    pub products: Vec<Product>,
    /// Rows the mapping leaves out.
    pub passed_over: usize,
}

impl Mapping {
    /// Names of every mapping.
    pub const NAMES: &[&str] = &["amends-jsonl", "tau-retail", "amends", "taobao", "ecom-bench-zh"];

    /// A mapping by name; `None` when there is no such mapping.
    pub fn named(name: &str) -> Result<Option<Self>, AppError> {
        Ok(match name {
            "amends" => Some(Self::Amends),
            "amends-jsonl" => Some(Self::AmendsJsonl),
            "tau-retail" => Some(Self::TauRetail),
            "ecom-bench-zh" => Some(Self::EcomBenchZh),
            "taobao" => Some(Self::Columns(ColumnMap::parse(columns::TAOBAO)?)),
            _ => None,
        })
    }

    /// Which files this mapping knows beside the orders: `users`, `products`, `logistics`.
    pub fn beside(&self) -> &'static [&'static str] {
        match self {
            Self::TauRetail => &["users", "products"],
            Self::EcomBenchZh => &["products", "logistics"],
            Self::Amends | Self::AmendsJsonl | Self::Columns(_) => &[],
        }
    }

    /// Reads a file. Errors are of this program; what is wrong in the file comes as faults.
    pub fn read(
        &self,
        file: &FileText,
        beside: &Beside,
        reading: &Reading,
    ) -> Result<Result<OrdersRead, Faults>, AppError> {
        let reads = self.forms();
        if !reads.contains(&file.form) {
            let names: Vec<&str> = reads.iter().map(|form| form.name()).collect();
            let (form, reads) = (file.form.name(), names.join(" or "));
            return Ok(Err(Faults::one(
                Place::File,
                "",
                Wrong::WrongForm { form, reads },
            )));
        }
        let mut into = Collector::default();
        match (self, file.form) {
            (Self::Amends, Form::Csv) => {
                columns::read(
                    &ColumnMap::parse(columns::AMENDS)?,
                    &file.text,
                    reading,
                    &mut into,
                );
            }
            (Self::Amends, Form::Json) => native::json(&file.text, reading, &mut into),
            (Self::Amends, Form::Jsonl) | (Self::AmendsJsonl, _) => {
                native::jsonl(&file.text, reading, &mut into);
            }
            (Self::Columns(map), _) => columns::read(map, &file.text, reading, &mut into),
            (Self::TauRetail, _) => tau::read(&file.text, beside, reading, &mut into),
            (Self::EcomBenchZh, _) => ecom::read(&file.text, beside, reading, &mut into),
        }
        Ok(into.end())
    }

    fn forms(&self) -> &'static [Form] {
        match self {
            Self::Amends => &[Form::Json, Form::Jsonl, Form::Csv],
            // It was here before forms were told apart, and reads whatever stands in lines.
            Self::AmendsJsonl => &[Form::Jsonl, Form::Json, Form::Csv],
            Self::Columns(_) => &[Form::Csv],
            Self::TauRetail | Self::EcomBenchZh => &[Form::Json],
        }
    }
}
