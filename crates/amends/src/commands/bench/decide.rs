//! Decisions a second on one core: a return from application to payment, explanations included,
//! decided, evolved and encoded, without a database.

use amends_app::clock::Stopwatch;
use amends_app::content::starting_policy;
use amends_app::random::Random;
use amends_domain::actor::{Actor, Authority, Envelope, Role};
use amends_domain::case::{Kind, Parcel};
use amends_domain::command::{Command, LineFinding, LineUnits, OpenCase, PaymentAnswer};
use amends_domain::facts::Facts;
use amends_domain::ids::{CaseId, LineId, PersonId};
use amends_domain::ledger::OrderLedger;
use amends_domain::order::Order;
use amends_domain::time::{Moment, ShopTime, Zone};
use amends_domain::{State, decide as decide_command};
use amends_sim::chance::Chance;
use amends_sim::seed::seed_order;
use anyhow::Context as _;

use crate::Ended;
use crate::cli::Place;
use crate::out::say;

const HOUR: i64 = 3_600_000;
const START: Moment = Moment::from_millis(1_767_196_800_000);

pub(super) fn decide(place: &Place, seconds: u64) -> anyhow::Result<Ended> {
    let policy = starting_policy()?;
    let random = Random::seeded(1);
    let mut chance = Chance::new(1);
    let time = ShopTime::of(Zone::named("Asia/Shanghai").context("bundled time zone")?);
    let buyer = random.id(START);
    let mut orders: Vec<Order> = Vec::new();
    for number in 0..256 {
        let (mut draft, course) = seed_order(&mut chance, number, START);
        draft.dispatched_at = Some(START.plus_millis(course.dispatch_hours * HOUR));
        draft.delivered_at = Some(START.plus_millis((course.dispatch_hours + course.delivery_hours) * HOUR));
        orders.push(draft.settle(buyer, START, &random)?);
    }
    let agent = Actor::Person {
        id: random.id::<PersonId>(START),
        role: Role::Agent,
    };
    let watch = Stopwatch::start();
    let (mut decided, mut bytes) = (0_u64, 0_usize);
    while watch.elapsed().as_secs() < seconds {
        for order in &orders {
            let facts = Facts {
                time: time.clone(),
                order: Some(order.clone()),
                returns_last_90_days: 0,
                buyer_blocked: false,
                payment_on: None,
                covers: Vec::new(),
                products: Vec::new(),
                earlier: Vec::new(),
            };
            let mut state = State {
                case: None,
                ledger: Some(OrderLedger::open(order)),
            };
            let line = order.lines[0].id;
            let case: CaseId = random.id(START);
            let mut at = order.delivered_at.unwrap_or(START);
            for (actor, command) in script(Actor::Buyer(buyer), agent, line) {
                at = at.plus_millis(HOUR);
                let envelope = Envelope {
                    case,
                    actor,
                    authority: Authority::default(),
                    at,
                    if_terms: None,
                };
                let decision = decide_command(&state, &facts, &policy, &envelope, &command)?;
                bytes += decision
                    .events
                    .iter()
                    .map(|event| event.encode().len())
                    .sum::<usize>();
                state = decision.state;
                decided += 1;
            }
        }
    }
    let per_second = u128::from(decided) * 1_000_000 / watch.elapsed().as_micros().max(1);
    if place.json {
        say!(
            "{}",
            serde_json::json!({ "commands_per_s": per_second, "commands": decided, "event_bytes": bytes })
        )?;
    } else {
        say!("{per_second} commands/s on one core ({decided} commands, {bytes} bytes of events)")?;
    }
    Ok(Ended::Good)
}

fn script(buyer: Actor, agent: Actor, line: LineId) -> Vec<(Actor, Command)> {
    let parcel = Parcel {
        carrier: "顺丰".to_owned(),
        waybill: "SF1".to_owned(),
    };
    let open = OpenCase {
        lines: vec![LineUnits { line, units: 1 }],
        goods_intact: Some(true),
        photos: 2,
        ..OpenCase::about(Kind::ReturnAndRefund, "quality")
    };
    let findings = vec![LineFinding {
        line,
        accepted: 1,
        rejected: 0,
        missing: 0,
    }];
    let answer = PaymentAnswer::Paid {
        reference: "P1".to_owned(),
    };
    vec![
        (buyer, Command::Open(open)),
        (agent, Command::Approve { compensation: None }),
        (buyer, Command::ShipReturn { parcel }),
        (
            agent,
            Command::Inspect {
                findings,
                return_freight: None,
                text: None,
                evidence: Vec::new(),
            },
        ),
        (agent, Command::Refund),
        (
            Actor::Outbox,
            Command::AnswerPayment {
                refund: 1,
                attempt: 1,
                answer,
            },
        ),
    ]
}
