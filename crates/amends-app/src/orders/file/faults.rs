//! What is wrong in a file: where, in which field, why, and what would be right. The first of them
//! are kept, all are counted.
//!
//! Must not know: mappings. Tests: beside the mappings, in `amends/tests/it/imports.rs`.

use std::fmt;

use amends_domain::order::OrderFault;

use super::super::limits::ORDER_LINES_MAX;
use crate::error::AppError;

/// How many faults of a file are kept with their words.
pub const FAULTS_KEPT: usize = 200;

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line, counted from 1.
    Line(u64),
    /// An entry of a JSON value: its key, or its place in a list counted from 0, as `[3]`.
    Entry(String),
}

impl Place {
    /// A line by its number, counted from 1.
    pub(crate) fn line(number: usize) -> Self {
        Self::Line(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("file"),
            Self::Line(number) => write!(f, "line {number}"),
            Self::Entry(key) => write!(f, "entry {key}"),
        }
    }
}

macro_rules! wrongs {
    ($($(#[$doc:meta])* $name:ident $(($field:ty))? $({ $($(#[$field_doc:meta])* $part:ident: $kind:ty),* })? = $code:literal, $text:literal;)*) => {
        /// What is wrong, and what would be right.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum Wrong {
            $($(#[$doc])* #[error($text)] $name $(($field))? $({ $($(#[$field_doc])* $part: $kind),* })?,)*
        }

        impl Wrong {
            /// The stable code.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }
        }
    };
}

wrongs! {
    /// Too many bytes.
    TooLarge = "too_large", "has more than 64 MiB; split it into several files";
    /// Too many order lines.
    TooManyLines = "too_many_lines", "has more than {ORDER_LINES_MAX} lines of orders or events; split it, keep the rows of one order in one file, and import the files one after the other";
    /// An Excel file.
    Workbook = "workbook", "is an Excel workbook; save it as \"CSV UTF-8\" and import that";
    /// UTF-16.
    Utf16 = "utf_16", "is UTF-16; save it as \"CSV UTF-8\" and import that";
    /// Bytes that are no text.
    NotText = "not_text", "is not UTF-8 (a CSV may also be GB18030 throughout); save the file as UTF-8";
    /// A form the mapping does not read.
    WrongForm {
        /// The file's.
        form: &'static str,
        /// The mapping's.
        reads: String
    } = "wrong_form", "is {form}, and this mapping reads {reads}";
    /// Not JSON, or not of the right shape.
    NotJson(String) = "not_json", "{0}";
    /// Not CSV.
    NotCsv(String) = "not_csv", "{0}";
    /// Nothing in it.
    Empty = "empty", "holds nothing to import";
    /// A column that must be there.
    NoColumn(String) = "no_column", "there is no such column; its header may be {0}";
    /// A column the mapping does not know.
    StrangeColumn = "strange_column", "this column is not in the mapping; take it out, or name it as the guide says";
    /// A header that stands twice.
    ColumnTwice = "column_twice", "this column stands twice; keep one";
    /// A row of another width than the header.
    Width {
        /// Cells of the row.
        cells: usize,
        /// Cells of the header.
        headers: usize
    } = "width", "the row has {cells} cells and the header {headers}; look for a comma or a quotation mark too many";
    /// An empty cell that must not be.
    Missing = "missing", "is empty and must not be";
    /// Not an amount.
    Money(String) = "not_money", "{0:?} is not an amount; write 399.00, at most two decimals";
    /// Below nothing.
    Negative(String) = "negative", "{0:?} is negative; amounts are not, and a discount is written without a minus sign";
    /// Not a currency.
    Currency(String) = "not_a_currency", "{0:?} is not a currency; write three capital letters, as CNY";
    /// Not a moment.
    Moment(String) = "not_a_moment", "{0:?} is not a moment; write 2026-03-01 10:00:00, in the shop's time, or with a zone as 2026-03-01T10:00:00+08:00";
    /// A day without a time.
    NoTimeOfDay(String) = "no_time_of_day", "{0:?} has no time of day; write 2026-03-01 10:00:00";
    /// A moment nobody's order has.
    Unlikely(String) = "unlikely_moment", "{0:?} is before the year 2000 or still to come";
    /// Not a number of things.
    Count(String) = "not_a_count", "{0:?} is not a number of units; write a whole number from 1";
    /// Not yes or no.
    Flag(String) = "not_yes_or_no", "{0:?} is neither yes nor no; write 是 or 否, true or false";
    /// A number a spreadsheet has rounded.
    Rounded(String) = "rounded", "{0:?} was rounded by a spreadsheet and its last digits are lost; export again and import that file without opening it";
    /// A word that is not in the list.
    Word {
        /// As written.
        word: String,
        /// What it may be.
        known: &'static str
    } = "unknown_word", "{word:?} is not known; known are {known}";
    /// The same order twice.
    Twice {
        /// Its number.
        number: String,
        /// Where it stands first.
        first: Place
    } = "twice", "order {number} stands at {first} already; keep one of them";
    /// The same row twice in an order.
    RowTwice {
        /// Where it stands first.
        first: Place
    } = "row_twice", "is the same as {first}; keep one of them, add the units up, or tell the rows apart by a line number";
    /// Rows of one order that disagree.
    Disagree {
        /// What this row says.
        here: String,
        /// What an earlier one says.
        there: String,
        /// Where that is.
        first: Place
    } = "disagree", "{here:?} here and {there:?} at {first}, for one and the same order";
    /// More paid than there was to pay.
    PaidTooMuch {
        /// As paid.
        paid: String,
        /// As listed.
        listed: String
    } = "paid_too_much", "paid {paid}, but what was bought comes to {listed}; freight goes into its own column";
    /// The order as a whole.
    Order(String) = "order_invalid", "{0}";
    /// Known with other content.
    Differs {
        /// Its number.
        number: String
    } = "order_differs", "order {number} is in the shop already with other content (buyer, lines, amounts or moment of payment); take it out of the file, or correct it";
    /// An order that is not there.
    NoOrder {
        /// The number.
        number: String
    } = "no_order", "there is no order {number} in the shop; import it first";
    /// A waybill without an order.
    WaybillAlone = "waybill_alone", "a waybill alone finds no order; give the order's number beside it";
}

/// A fault in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// Where.
    pub place: Place,
    /// Which field or column, as the file names it; empty when it is none in particular.
    pub field: String,
    /// What.
    pub wrong: Wrong,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        write!(f, ": {}", self.wrong)
    }
}

/// The faults of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// The first [`FAULTS_KEPT`] that were found.
    pub first: Vec<FileFault>,
    /// How many were found.
    pub total: u64,
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.first {
            writeln!(f, "{fault}")?;
        }
        write!(f, "{} faults", self.total)
    }
}

impl Faults {
    /// A single one.
    pub(crate) fn one(place: Place, field: impl Into<String>, wrong: Wrong) -> Self {
        let mut faults = Self::default();
        faults.add(place, field, wrong);
        faults
    }

    /// One more.
    pub(crate) fn add(&mut self, place: Place, field: impl Into<String>, wrong: Wrong) {
        self.total += 1;
        if self.first.len() < FAULTS_KEPT {
            let field = field.into();
            self.first.push(FileFault { place, field, wrong });
        }
    }

    /// Counts a fault of a use case; what is not the file's fault comes back.
    pub(crate) fn add_app(&mut self, place: &Place, fault: AppError) -> Result<(), AppError> {
        let (field, wrong) = match fault {
            AppError::Invalid { field, reason } => (field, Wrong::Order(reason.to_string())),
            AppError::Order(fault) => (of_field(&fault), Wrong::Order(fault.to_string())),
            AppError::OrderDiffers { number } => ("", Wrong::Differs { number }),
            AppError::Warranty(fault) => ("lines.covers", Wrong::Order(fault.to_string())),
            other => return Err(other),
        };
        self.add(place.clone(), field, wrong);
        Ok(())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
}

fn of_field(fault: &OrderFault) -> &'static str {
    match fault {
        OrderFault::Lines(_) => "lines",
        OrderFault::Units { .. } => "units",
        OrderFault::Currencies(..) => "currency",
        OrderFault::Discount { .. } => "discount",
        OrderFault::TooLarge => "",
        OrderFault::Paid { .. } => "paid",
    }
}
