//! What goes over the wire, with conversions by hand: the domain never grows a field because JSON
//! wants one.
//!
//! Must not know: use cases.

pub(crate) mod abuse;
pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod books;
pub(crate) mod bulk;
pub(crate) mod care;
pub(crate) mod case;
pub(crate) mod case_list;
pub(crate) mod case_open;
pub(crate) mod case_parts;
pub(crate) mod case_write;
pub(crate) mod dispute;
pub(crate) mod event;
pub(crate) mod evidence;
pub(crate) mod handling;
pub(crate) mod listing;
pub(crate) mod mails;
pub(crate) mod notices;
pub(crate) mod order;
pub(crate) mod order_draft;
pub(crate) mod parcels;
pub(crate) mod policy;
pub(crate) mod policy_sets;
pub(crate) mod presence;
pub(crate) mod recourse;
pub(crate) mod refused;
pub(crate) mod remedy;
pub(crate) mod remedy_write;
pub(crate) mod reviews;
pub(crate) mod scripts;
pub(crate) mod search;
pub(crate) mod shop;
pub(crate) mod trade;
pub(crate) mod trade_plan;
pub(crate) mod unsent;
pub(crate) mod values;
pub(crate) mod visits;
pub(crate) mod warranty;
pub(crate) mod words;
