//! The table of the walk: who may ask for what, and what a request that lacks nothing but the right
//! comes to. Commands carry stale terms: whoever may give them hears 412, and nothing changes.

use amends_domain::actor::Role;
use amends_domain::actor::Role::{Admin, Agent, Auditor, Machine, Manager, Mediator, Supervisor};

/// Who may ask.
pub(super) enum Who {
    /// Everybody.
    Public,
    /// Buyers, by link.
    Buyer,
    /// Staff in these roles.
    Staff(&'static [Role]),
}

/// A route.
pub(super) struct Row {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) body: &'static str,
    pub(super) who: Who,
    /// What whoever may ask is answered.
    pub(super) allowed: u16,
}

const fn row(method: &'static str, path: &'static str, body: &'static str, who: Who, allowed: u16) -> Row {
    Row {
        method,
        path,
        body,
        who,
        allowed,
    }
}

use Who::{Buyer, Public, Staff};

const ALL: &[Role] = &[Agent, Supervisor, Manager, Admin, Auditor, Mediator, Machine];
const CASES: &[Role] = &[Agent, Supervisor, Manager, Admin];
const CHIEFS: &[Role] = &[Supervisor, Manager, Admin];
const BOOKERS: &[Role] = &[Supervisor, Manager, Admin, Machine];
const RULERS: &[Role] = &[Supervisor, Manager, Admin, Mediator];
const GOODS: &[Role] = &[Agent, Supervisor, Manager, Admin, Machine];
const TALKERS: &[Role] = &[Agent, Supervisor, Manager, Admin, Mediator, Machine];
const HANDLERS: &[Role] = &[Agent, Supervisor, Manager, Admin, Mediator, Machine];
const STREAM: &[Role] = &[Manager, Admin, Auditor, Machine];
const OWNER: &[Role] = &[Admin];

pub(super) const ROWS: &[Row] = &[
    row("GET", "/healthz", "", Public, 200),
    row("GET", "/readyz", "", Public, 200),
    row("GET", "/metrics", "", Public, 200),
    row("GET", "/api/v1/openapi.json", "", Public, 200),
    row(
        "POST",
        "/api/v1/sessions",
        r#"{"login":"nobody","password":"x"}"#,
        Public,
        401,
    ),
    row("DELETE", "/api/v1/sessions/current", "", Staff(ALL), 204),
    row("DELETE", "/api/v1/sessions", "", Staff(ALL), 204),
    row("GET", "/api/v1/me", "", Staff(ALL), 200),
    row("GET", "/api/v1/people", "", Staff(OWNER), 200),
    row(
        "POST",
        "/api/v1/people",
        r#"{"login":"","password":"x","display_name":"x","role":"agent"}"#,
        Staff(OWNER),
        422,
    ),
    row("POST", "/api/v1/people/{person}/disable", "", Staff(OWNER), 204),
    row("POST", "/api/v1/people/{person}/enable", "", Staff(OWNER), 204),
    row(
        "PUT",
        "/api/v1/people/{person}/password",
        r#"{"password":"x"}"#,
        Staff(OWNER),
        422,
    ),
    row(
        "DELETE",
        "/api/v1/people/{person}/membership",
        "",
        Staff(OWNER),
        204,
    ),
    row("GET", "/api/v1/tokens", "", Staff(OWNER), 200),
    row(
        "POST",
        "/api/v1/tokens",
        r#"{"role":"agent","label":""}"#,
        Staff(OWNER),
        422,
    ),
    row("DELETE", "/api/v1/tokens/{token}", "", Staff(OWNER), 204),
    row("GET", "/api/v1/shop", "", Staff(ALL), 200),
    row(
        "PUT",
        "/api/v1/shop/settings",
        r#"{"refund_limit_agent":{"minor":1,"currency":"USD"}}"#,
        Staff(OWNER),
        422,
    ),
    row("GET", "/api/v1/policy", "", Staff(ALL), 200),
    row("GET", "/api/v1/policy/{hash}", "", Staff(ALL), 200),
    row("POST", "/api/v1/orders", "[]", Staff(GOODS), 422),
    row("GET", "/api/v1/orders?number=W1", "", Staff(ALL), 200),
    row("GET", "/api/v1/orders/{order}", "", Staff(ALL), 200),
    row(
        "POST",
        "/api/v1/orders/{order}/buyer-link",
        "{}",
        Staff(GOODS),
        201,
    ),
    row("GET", "/api/v1/buyers/{buyer}", "", Staff(ALL), 200),
    // Before its buyer is erased, and the evidence with him.
    row("GET", "/api/v1/cases/{case}/evidence", "", Staff(ALL), 200),
    row("GET", "/api/v1/evidence/{evidence}", "", Staff(ALL), 200),
    row("GET", "/api/v1/evidence/{evidence}/content", "", Staff(ALL), 200),
    row("GET", "/api/v1/buyer/evidence", "", Buyer, 200),
    row("GET", "/api/v1/buyer/cases/{case}/evidence", "", Buyer, 200),
    row("GET", "/api/v1/buyer/evidence/{evidence}", "", Buyer, 200),
    row("GET", "/api/v1/buyer/evidence/{evidence}/content", "", Buyer, 200),
    row("DELETE", "/api/v1/buyers/{buyer}", "", Staff(OWNER), 204),
    row("GET", "/api/v1/events", "", Staff(STREAM), 200),
    row("GET", "/api/v1/events/stream", "", Staff(STREAM), 200),
    row(
        "POST",
        "/api/v1/cases",
        r#"{"order":"{order}","kind":"refund_only","reason":"regret","lines":[]}"#,
        Staff(GOODS),
        422,
    ),
    row("GET", "/api/v1/cases", "", Staff(ALL), 200),
    row("GET", "/api/v1/cases/counts", "", Staff(ALL), 200),
    row("GET", "/api/v1/search?q=W1", "", Staff(ALL), 200),
    row("GET", "/api/v1/cases/{case}", "", Staff(ALL), 200),
    row("GET", "/api/v1/cases/{case}/timeline", "", Staff(ALL), 200),
    row("GET", "/api/v1/cases/{case}/notices", "", Staff(ALL), 200),
    row("POST", "/api/v1/cases/{case}/approve", "{}", Staff(CASES), 412),
    row(
        "POST",
        "/api/v1/cases/{case}/refuse",
        r#"{"reason":"used"}"#,
        Staff(CASES),
        412,
    ),
    row(
        "POST",
        "/api/v1/cases/{case}/rule",
        r#"{"ruling":"for_shop"}"#,
        Staff(RULERS),
        412,
    ),
    row(
        "POST",
        "/api/v1/cases/{case}/ship-return",
        r#"{"carrier":"x","waybill":"1"}"#,
        Staff(GOODS),
        412,
    ),
    row(
        "POST",
        "/api/v1/cases/{case}/inspect",
        r#"{"findings":[]}"#,
        Staff(CASES),
        412,
    ),
    row(
        "POST",
        "/api/v1/cases/{case}/send-back",
        r#"{"carrier":"x","waybill":"1"}"#,
        Staff(GOODS),
        412,
    ),
    row(
        "POST",
        "/api/v1/cases/{case}/ship-replacement",
        r#"{"carrier":"x","waybill":"1"}"#,
        Staff(GOODS),
        412,
    ),
    row(
        "POST",
        "/api/v1/cases/{case}/confirm-replacement",
        "{}",
        Staff(GOODS),
        412,
    ),
    row(
        "POST",
        "/api/v1/cases/{case}/convert-to-refund",
        "{}",
        Staff(CASES),
        412,
    ),
    row("POST", "/api/v1/cases/{case}/refund", "{}", Staff(CASES), 412),
    row(
        "POST",
        "/api/v1/cases/{case}/record-refund",
        r#"{"reference":"x"}"#,
        Staff(CHIEFS),
        412,
    ),
    row(
        "POST",
        "/api/v1/cases/{case}/pay-difference",
        r#"{"amount":{"minor":1,"currency":"CNY"},"reference":"x"}"#,
        Staff(BOOKERS),
        412,
    ),
    row("POST", "/api/v1/cases/{case}/renew", "{}", Staff(CASES), 412),
    row("POST", "/api/v1/cases/{case}/withdraw", "{}", Staff(CASES), 412),
    row(
        "POST",
        "/api/v1/cases/{case}/intervention",
        "{}",
        Staff(CASES),
        412,
    ),
    row("POST", "/api/v1/cases/{case}/follow-up", "{}", Staff(CASES), 412),
    row(
        "POST",
        "/api/v1/cases/{case}/messages",
        r#"{"text":"x"}"#,
        Staff(TALKERS),
        200,
    ),
    row(
        "POST",
        "/api/v1/cases/{case}/notes",
        r#"{"text":"x"}"#,
        Staff(TALKERS),
        200,
    ),
    row("POST", "/api/v1/cases/{case}/evidence", "", Staff(HANDLERS), 422),
    row("GET", "/api/v1/buyer/order", "", Buyer, 200),
    row("POST", "/api/v1/buyer/evidence", "", Buyer, 422),
    row("POST", "/api/v1/buyer/cases/{case}/evidence", "", Buyer, 422),
    row("GET", "/api/v1/buyer/cases", "", Buyer, 200),
    row(
        "POST",
        "/api/v1/buyer/cases",
        r#"{"kind":"refund_only","reason":"regret","lines":[]}"#,
        Buyer,
        422,
    ),
    row("GET", "/api/v1/buyer/cases/{case}", "", Buyer, 200),
    row("GET", "/api/v1/buyer/cases/{case}/timeline", "", Buyer, 200),
    row("GET", "/api/v1/buyer/cases/{case}/stream", "", Buyer, 200),
    row("POST", "/api/v1/buyer/cases/{case}/withdraw", "{}", Buyer, 412),
    row("POST", "/api/v1/buyer/cases/{case}/renew", "{}", Buyer, 412),
    row(
        "POST",
        "/api/v1/buyer/cases/{case}/ship-return",
        r#"{"carrier":"x","waybill":"1"}"#,
        Buyer,
        412,
    ),
    row(
        "POST",
        "/api/v1/buyer/cases/{case}/confirm-replacement",
        "{}",
        Buyer,
        412,
    ),
    row(
        "POST",
        "/api/v1/buyer/cases/{case}/intervention",
        "{}",
        Buyer,
        412,
    ),
    row(
        "POST",
        "/api/v1/buyer/cases/{case}/messages",
        r#"{"text":"x"}"#,
        Buyer,
        200,
    ),
    row("POST", "/api/v1/buyer/cases/{case}/follow-up", "{}", Buyer, 412),
];
