//! What a case has to say in the places of a script.
//!
//! Must not know: words. Tests: `amends-api/tests/it/scripts.rs`.

use std::collections::BTreeMap;

use amends_domain::case::clock::Clock;
use amends_domain::ids::BuyerId;
use amends_domain::money::Money;
use amends_domain::{State, clock_would_end};
use amends_store::ShopRow;

use crate::caller::Staff;
use crate::cases::case_next::facts;
use crate::cases::case_read::CaseView;
use crate::desk::Desk;
use crate::error::AppError;
use crate::notices::Arg;
use crate::notices::catalogue::{Catalogue, Kind};
use crate::notices::render::{Scene, in_words};

/// Values by the names of their places.
#[derive(Default)]
pub(super) struct Values(BTreeMap<&'static str, (Kind, Arg)>);

impl Values {
    /// Every place a script may have.
    pub(super) const NAMES: &[&str] = &[
        "name",
        "shop",
        "agent",
        "number",
        "order",
        "goods",
        "reason",
        "amount",
        "arrives",
        "answer_by",
        "ship_by",
        "address",
        "clause",
        "time",
        "options",
    ];

    /// A value in words; none where the case does not say.
    pub(super) fn in_words(&self, name: &str, scene: &Scene<'_>) -> Option<String> {
        let (kind, arg) = self.0.get(name)?;
        let tongue = Catalogue::shipped().ok()?.tongue(scene.language)?;
        let words = in_words(kind, arg, tongue, scene);
        words.filter(|words| !words.trim().is_empty())
    }

    fn put(&mut self, name: &'static str, kind: Kind, arg: Option<Arg>) {
        if let Some(arg) = arg {
            self.0.insert(name, (kind, arg));
        }
    }

    fn text(&mut self, name: &'static str, text: Option<String>) {
        self.put(name, Kind::Text, text.map(Arg::Text));
    }
}

/// What this case says, as of now. `time` and `options` are for the agent to say: they
/// have no value on purpose.
pub(super) async fn of_case(
    desk: &Desk,
    staff: &Staff,
    shop: &ShopRow,
    view: &CaseView,
) -> Result<Values, AppError> {
    let case = &view.row.case;
    let (facts, ledger) = facts(desk, staff.shop, case).await?;
    let state = State {
        case: Some(case.clone()),
        ledger,
    };
    let now = desk.clock.now();
    let mut values = Values::default();
    values.text("name", nickname(desk, staff, case.buyer).await?);
    values.text("shop", Some(shop.name.clone()));
    let person = desk.store.person_by_id(staff.person).await?;
    values.text("agent", person.map(|person| person.display_name));
    values.text("number", Some(view.row.number.to_string()));
    let order = facts.order.as_ref();
    values.text("order", order.map(|order| order.number.clone()));
    let line = order.and_then(|order| {
        let claimed = case.claim.units.first().map(|(line, _)| *line);
        let mut lines = order.lines.iter();
        lines.find(|line| claimed.is_none_or(|claimed| claimed == line.id))
    });
    values.text("goods", line.map(|line| line.title.clone()));
    let reason = Kind::Words("reason".to_owned());
    values.put("reason", reason, Some(Arg::Words(case.reason.clone())));
    let refund = case.refund.as_ref().map(|refund| refund.breakdown.total());
    let amount = refund.or_else(|| Some(case.claim.amount).filter(|amount| *amount > 0));
    let money = amount.map(|minor| Arg::Money(Money::clamped(minor, case.currency)));
    values.put("amount", Kind::Money, money);
    let arrives = clock_would_end(&state, &facts, &view.policy, Clock::MoneyArrival, now);
    values.put("arrives", Kind::Day, arrives.map(Arg::Moment));
    let due = |clock| case.clocks.get(&clock).map(|run| Arg::Moment(run.due_at));
    values.put("answer_by", Kind::Moment, due(Clock::Decision));
    values.put("ship_by", Kind::Moment, due(Clock::ReturnShipment));
    values.text("address", view.return_address.clone());
    let clause = case.agreed.as_ref().or(case.right.as_ref());
    values.put("clause", Kind::Clause, clause.cloned().map(Arg::Clause));
    Ok(values)
}

/// What the buyer is called; none once he is erased.
async fn nickname(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<Option<String>, AppError> {
    let row = desk.store.buyer_get(staff.shop, buyer).await?;
    let Some((key, sealed)) = row.and_then(|row| row.key_wrapped.zip(row.sealed)) else {
        return Ok(None);
    };
    let opened = desk.vault.open(staff.shop, buyer, &key, &sealed);
    opened
        .map(|identity| Some(identity.nickname))
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))
}
