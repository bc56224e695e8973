//! The language of the scenarios: one line an act, read top to bottom.
//!
//! ```text
//! order    dress 2 × 199.50, belt 1 × 49.00, discount 20.00, freight 12.00, delivered
//! product  coat 299.00
//! limit    100.00
//! limit    supervisor 500.00
//! shop     09:00-18:00 working_days
//! blocked  10 00:00
//! cover    accident dress 12 claims 1
//! 0 10:00  buyer open return_and_refund quality dress×1 photos 2
//! 0 12:00  agent B.approve comp 5.00
//! ```
//!
//! A line begins with the day since delivery and the time on the shop's wall; on the way there every
//! deadline that falls due is told. Words after a message, a promise or an answer are what is said, and a
//! line after `#` is what a reader should know. An order is delivered on day 0, or on the `day` it says; one that
//! is `unpaid` was placed then.
//! A letter before the command names the case, `A` without one.
//! Must not know: what should come of it; that stands in the expected trace.

// With its path, so that the store's tests can play the same stories.
#[path = "language/warranty.rs"]
pub(crate) mod warranty;

use std::collections::BTreeSet;
use std::sync::Arc;

use amends_domain::actor::{Actor, Role};
use amends_domain::case::abuse::{RestsOn, SignalKind};
use amends_domain::case::assessment::Assessment;
use amends_domain::case::clock::{Clock, Stage};
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::case::liability::{Liability, Share};
use amends_domain::case::recourse::{Addressee, Carriage, RecourseAnswer};
use amends_domain::case::review::{GivenReview, ReviewCause};
use amends_domain::case::{Channel, Kind, Parcel, Pickup, Ruling, Side};
use amends_domain::command::{Command, LineFinding, LineUnits, OpenCase, PaymentAnswer, Pick, TextKind};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::effect::Effect;
use amends_domain::event::Event;
use amends_domain::facts::Product;
use amends_domain::ids::{EvidenceId, LineId, PersonId, ReviewId, TextId};
use amends_domain::money::{Currency, Money};
use amends_domain::policy::ClauseId;
use amends_domain::policy::set::PolicySet;
use amends_domain::refusal::Refusal;
use amends_domain::time::{Calendar, Moment, OpeningHours, ShopTime, Zone};

use crate::harness::{Bought, Got, World, buyer, demo_set, moment, order, person, whole_set, yuan};
use crate::{invariants, trace};

/// The order when a scenario names none: paid 440.00, of it 190.59 a dress, 46.82 the belt, 12.00 freight.
const USUAL_ORDER: &str = "dress 2 × 199.50, belt 1 × 49.00, discount 20.00, freight 12.00, delivered";

/// Runs a scenario under the demo shop's policy and holds its trace against what is expected.
#[track_caller]
pub(crate) fn check(scenario: &str, expected: &str) {
    check_under(demo_set(), scenario, expected);
}

/// The same under everything that comes along.
#[track_caller]
pub(crate) fn check_whole(scenario: &str, expected: &str) {
    check_under(whole_set(), scenario, expected);
}

/// The same under another policy.
#[track_caller]
pub(crate) fn check_under(policy: PolicySet, scenario: &str, expected: &str) {
    let mut story = Story::new(policy);
    story.play(scenario);
    let actual = story.finish();
    let expected: Vec<&str> = lines(expected).collect();
    let got: Vec<&str> = lines(&actual).collect();
    assert!(
        expected == got,
        "--- scenario{scenario}\n--- expected\n{}\n--- actual\n{}\n---",
        expected.join("\n"),
        got.join("\n")
    );
}

pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// A scenario being played.
pub(crate) struct Story {
    pub(crate) world: World,
    pub(crate) last: Option<Result<Vec<Event>, Refusal>>,
    trace: Vec<String>,
}

impl Story {
    pub(crate) fn new(policy: PolicySet) -> Self {
        let order = order_from(USUAL_ORDER);
        Self {
            world: World::new(policy, order),
            last: None,
            trace: Vec::new(),
        }
    }

    /// Plays lines, or acts parted by `;`.
    pub(crate) fn play(&mut self, scenario: &str) {
        for line in scenario.split(['\n', ';']).map(str::trim) {
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            match first {
                "" | "#" => {}
                "shop" => self.world.time = shop_time(rest.trim()),
                "order" if rest.trim() == "none" => self.world.without_order = true,
                "order" => {
                    let time = self.world.time.clone();
                    self.world = World::new(self.world.policy.clone(), order_from(rest));
                    self.world.time = time;
                }
                "blocked" => {
                    let words: Vec<&str> = rest.split_whitespace().collect();
                    self.world.blocked_until = Some(at(&words));
                }
                "limit" => match rest.trim().split_once(' ') {
                    Some(("supervisor", limit)) => self.world.supervisor_limit = Some(money(limit)),
                    _ => self.world.agent_limit = Some(money(rest.trim())),
                },
                "cover" => {
                    let words: Vec<&str> = rest.split_whitespace().collect();
                    let cover = warranty::cover(&self.world, &words);
                    self.world.covers.push(cover);
                }
                "product" => {
                    let (sku, price) = rest.trim().split_once(' ').unwrap();
                    self.world.products.push(Product {
                        sku: sku.to_owned(),
                        title: sku.to_owned(),
                        price: money(price.trim()),
                    });
                }
                day => self.act(day, rest.trim()),
            }
        }
    }

    fn act(&mut self, day: &str, rest: &str) {
        let mut words = rest.split_whitespace();
        let (hours, minutes) = words.next().unwrap().split_once(':').unwrap();
        let number = |text: &str| -> i64 { text.parse().unwrap() };
        let to = moment(number(day), number(hours) * 60 + number(minutes));
        let trace = &mut self.trace;
        self.world.advance(to, &mut |world, waiting, events| {
            let head = format!("{} {}", waiting.clock.code(), waiting.stage.code());
            let what = trace::events(world, events);
            trace.push(line_of(world, waiting.label, "", &head, &what));
        });
        let who = words.next().unwrap();
        if who == "wait" {
            return;
        }
        let verb = words.next().unwrap();
        let (label, verb) = match verb.split_once('.') {
            Some((label, verb)) => (label.chars().next().unwrap(), verb),
            None => ('A', verb),
        };
        let mut words: Vec<&str> = words.collect();
        let mut if_terms = None;
        if let Some(at) = words.iter().position(|word| *word == "seen") {
            if_terms = words[at + 1].parse().ok();
            words.truncate(at);
        }
        let command = self.command(label, verb, &words);
        let given = self.world.give(label, actor(who), &command, if_terms);
        let what = match &given {
            Ok(events) => trace::events(&self.world, events),
            Err(refusal) => format!("✗ {}: {refusal}", refusal.code()),
        };
        self.trace.push(line_of(&self.world, label, who, verb, &what));
        self.last = Some(given);
    }

    /// The trace, with where every case and the ledger ended up.
    pub(crate) fn finish(mut self) -> String {
        invariants::rebuilt(&self.world);
        for (label, tracked) in &self.world.cases {
            if let Some(case) = &tracked.case {
                self.trace.push(trace::case(*label, case));
            }
        }
        self.trace.push(trace::ledger(&self.world));
        self.trace.join("\n")
    }

    fn line(&self, name: &str) -> LineId {
        let line = self.world.order.lines.iter().find(|line| line.sku == name);
        line.map_or_else(|| LineId::new(moment(-3, 0), [99; 10]), |line| line.id)
    }

    fn command(&self, label: char, verb: &str, words: &[&str]) -> Command {
        let after = |key: &str| words.iter().position(|word| *word == key).map(|at| words[at + 1]);
        let first = || words.first().copied();
        let parcel = || Parcel {
            carrier: unquoted(words[0]),
            waybill: unquoted(words[1]),
        };
        match verb {
            "open" => Command::Open(self.open(words)),
            "approve" => Command::Approve {
                compensation: after("comp").map(money),
            },
            "refuse" => Command::Refuse {
                reason: words[0].to_owned(),
                text: Some(text()),
            },
            "renew" => Command::Renew {
                amount: first().map(money),
                text: Some(text()),
            },
            "withdraw" => Command::Withdraw,
            "pickup" => book_pickup(words),
            "ship" => Command::ShipReturn { parcel: parcel() },
            "inspect" => self.inspect(words),
            "send_back" => Command::SendBack { parcel: parcel() },
            "refund" => Command::Refund,
            "record" => Command::RecordRefund {
                reference: unquoted(words[0]),
            },
            "pay_difference" => Command::PayDifference {
                amount: money(words[0]),
                reference: unquoted(words.get(1).unwrap_or(&"PAY-1")),
            },
            "ship_replacement" => Command::ShipReplacement { parcel: parcel() },
            "confirm" => Command::ConfirmReplacement,
            "convert" => Command::ConvertToRefund,
            "follow_up" => Command::RecordFollowUp {
                score: first().map(|score| score.parse().unwrap()),
                text: None,
            },
            "message" | "note" => Command::AddText {
                kind: if verb == "note" {
                    TextKind::Note
                } else {
                    TextKind::Message
                },
                text: text(),
            },
            "deadline" => Command::DeadlinePassed {
                clock: Clock::named(words[0]).unwrap(),
                stage: if words[1] == "warning" {
                    Stage::Warning
                } else {
                    Stage::Expiry
                },
                generation: words[2].parse().unwrap(),
            },
            other => self
                .remedy(label, other, words)
                .or_else(|| handling(other, words))
                .or_else(|| dispute(other, words))
                .or_else(|| recourse(other, words))
                .or_else(|| review(other, words))
                .or_else(|| abuse(other, words))
                .or_else(|| self.trade(other, words))
                .or_else(|| warranty::command(other, words))
                .unwrap_or_else(|| self.answer(label, other, first())),
        }
    }

    /// Commands about an order that is not paid yet: `payment 88.00 alipay REF at 1 10:00 bank ICBC`.
    fn trade(&self, verb: &str, words: &[&str]) -> Option<Command> {
        let place = |key: &str| words.iter().position(|word| *word == key);
        let after = |key: &str| place(key).map(|at| words[at + 1]);
        Some(match verb {
            "letter" => Command::SendOrderLetter,
            "remind" => Command::RemindPayment { pay_by: at(words) },
            "payment" => Command::RecordPayment {
                paid_at: place("at").map_or(self.world.now, |place| at(&words[place + 1..])),
                way: named(words[1]),
                bank: after("bank").map(unquoted),
                amount: money(words[0]),
                discount: after("discount").map(money),
                reference: unquoted(words[2]),
            },
            "dispatch" => Command::DispatchOrder {
                parcel: (words.len() > 1).then(|| Parcel {
                    carrier: unquoted(words[0]),
                    waybill: unquoted(words[1]),
                }),
            },
            "report" => Command::ReportNonPayment { text: Some(text()) },
            _ => return None,
        })
    }

    /// Commands about remedies.
    fn remedy(&self, label: char, verb: &str, words: &[&str]) -> Option<Command> {
        let after = |key: &str| words.iter().position(|word| *word == key).map(|at| words[at + 1]);
        let number = |at: usize| words[at].parse().unwrap();
        let parcel = || Parcel {
            carrier: unquoted(words[0]),
            waybill: unquoted(words[1]),
        };
        let offer = || {
            let case = self.world.case(label);
            let last = case.and_then(|case| case.offer.as_ref());
            let named = words.iter().find_map(|word| word.strip_prefix('#'));
            named.map_or_else(
                || last.map_or(1, |offer| offer.number),
                |number| number.parse().unwrap(),
            )
        };
        Some(match verb {
            "ship_repaired" => Command::ShipRepaired { parcel: parcel() },
            "resolve" => Command::Resolve { text: text() },
            "offer" => Command::Offer {
                picks: words
                    .split(|word| *word == "|")
                    .map(|words| self.pick(label, words))
                    .collect(),
                text: None,
            },
            "choose" => Command::Choose {
                offer: offer(),
                option: number(0),
            },
            "decline" => Command::DeclineOffer {
                offer: offer(),
                wish: after("wish").map(money),
                text: None,
            },
            "step" => Command::CompleteStep {
                step: number(0),
                reference: unquoted(words.get(1).unwrap_or(&"STEP-1")),
            },
            "trial" => Command::EndTrial {
                worked: words[0] == "worked",
                text: None,
            },
            _ => return None,
        })
    }

    /// An option; `middle` meets the buyer halfway, as the list of remedies proposes it.
    fn pick(&self, label: char, words: &[&str]) -> Pick {
        let picked = pick(words);
        if !words.contains(&"middle") {
            return picked;
        }
        let found = self.world.case(label).map(|case| self.world.remedies(case));
        let of_clause = found
            .iter()
            .flatten()
            .find(|possible| *possible.offered.clause() == picked.clause);
        let middle = of_clause.and_then(|possible| possible.middle);
        let middle = middle.unwrap_or_else(|| panic!("{} proposes no middle", picked.clause));
        Pick {
            amount: (middle.amount > 0).then(|| yuan(middle.amount)),
            compensation: (middle.compensation > 0).then(|| yuan(middle.compensation)),
            ..picked
        }
    }

    fn open(&self, words: &[&str]) -> OpenCase {
        let after = |key: &str| words.iter().position(|word| *word == key).map(|at| words[at + 1]);
        let kind = Kind::named(words[0]).unwrap_or_else(|| panic!("no kind {}", words[0]));
        let units = words.iter().filter_map(|word| word.split_once('×'));
        let has = |flag: &str| words.contains(&flag);
        OpenCase {
            kind,
            reason: words[1].to_owned(),
            lines: units
                .map(|(name, units)| LineUnits {
                    line: self.line(name),
                    units: units.parse().unwrap(),
                })
                .collect(),
            amount: after("amount").map(money),
            replacement_sku: after("for").map(str::to_owned),
            goods_intact: intact(words),
            photos: after("photos").map_or(0, |photos| photos.parse().unwrap()),
            text: Some(text()),
            buyer: has("without").then(|| buyer(1)),
            new_fault: has("new_fault"),
            refused_parcel: after("parcel").map(|waybill| Parcel {
                carrier: "SF".to_owned(),
                waybill: unquoted(waybill),
            }),
            channel: after("by").map_or_else(Channel::default, named),
            review: words
                .iter()
                .position(|word| *word == "review")
                .map(|at| given_review(&words[at + 1..])),
        }
    }

    /// What isn't taken back is shown and said, unless a story leaves that out.
    fn inspect(&self, words: &[&str]) -> Command {
        let freight = words.iter().position(|word| *word == "freight");
        Command::Inspect {
            findings: words.iter().filter_map(|word| self.finding(word)).collect(),
            return_freight: freight.map(|at| money(words[at + 1])),
            text: (!words.contains(&"unsaid")).then(text),
            evidence: if words.contains(&"unseen") {
                Vec::new()
            } else {
                vec![piece()]
            },
        }
    }

    fn finding(&self, word: &str) -> Option<LineFinding> {
        let (name, counts) = word.split_once('=')?;
        let counts: Vec<u32> = counts.split('/').map(|count| count.parse().unwrap()).collect();
        Some(LineFinding {
            line: self.line(name),
            accepted: counts[0],
            rejected: counts[1],
            missing: counts[2],
        })
    }

    /// A provider's answer to the last ask, or to `#refund.attempt`.
    fn answer(&self, label: char, answer: &str, which: Option<&str>) -> Command {
        let last = self.world.cases[&label].asks.last().map(|ask| match ask {
            Effect::SendRefund { refund, attempt, .. } | Effect::QueryRefund { refund, attempt, .. } => {
                (*refund, *attempt)
            }
        });
        let named = which.and_then(|which| {
            let (refund, attempt) = which.strip_prefix('#')?.split_once('.')?;
            Some((refund.parse().ok()?, attempt.parse().ok()?))
        });
        let (refund, attempt) = named.or(last).unwrap_or((1, 1));
        let code = "E-7".to_owned();
        Command::AnswerPayment {
            refund,
            attempt,
            answer: match answer {
                "paid" => PaymentAnswer::Paid {
                    reference: "P-1".to_owned(),
                },
                "try_again" => PaymentAnswer::TryAgain { code },
                "declined" => PaymentAnswer::Declined { code },
                "unknown" => PaymentAnswer::Unknown,
                other => panic!("no command {other}"),
            },
        }
    }
}

/// Commands about findings and how a case is handled.
fn handling(verb: &str, words: &[&str]) -> Option<Command> {
    let after = |key: &str| words.iter().position(|word| *word == key).map(|at| words[at + 1]);
    let number = |at: usize| words[at].parse().unwrap();
    Some(match verb {
        "supply" => Command::Supply {
            goods_intact: intact(words),
            photos: after("photos").map(|photos| photos.parse().unwrap()),
        },
        "show" => Command::AskEvidence {
            kinds: words
                .iter()
                .filter_map(|word| EvidenceKind::named(word))
                .collect(),
            text: Some(text()),
        },
        "find" => Command::Find {
            finding: finding(words),
        },
        "assess" => Command::Assess {
            assessment: Assessment {
                nature: after("nature").map(named),
                impact: after("impact").map(named),
                heat: after("heat").map(named),
                spread: after("spread").map(named),
            },
        },
        "pass_up" => Command::PassUp {
            to: Role::named(words[0]).unwrap(),
            passed_for: named(words[1]),
            text: None,
        },
        "answer_up" => Command::AnswerPassed { text: text() },
        "assign" => Command::Assign {
            to: (words[0] != "nobody").then(|| PersonId::new(moment(-9, 0), [7; 10])),
        },
        "tag" => Command::Tag {
            add: marks(words, '+'),
            remove: marks(words, '-'),
        },
        "promise" => Command::MakePromise {
            text: text(),
            due_at: at(words),
        },
        "keep" => Command::KeepPromise { promise: number(0) },
        "move" => Command::MovePromise {
            promise: number(0),
            due_at: at(&words[1..]),
            text: text(),
        },
        "contact" => Command::LogContact {
            way: named(words[0]),
            reached: words[1] == "reached",
            text: text(),
        },
        "arrived" => Command::ConfirmArrival,
        "reopen" => Command::Reopen { text: text() },
        _ => return None,
    })
}

fn intact(words: &[&str]) -> Option<bool> {
    if words.contains(&"intact") {
        Some(true)
    } else {
        words.contains(&"used").then_some(false)
    }
}

/// A value by its stable word.
fn named<T: serde::de::DeserializeOwned>(word: &str) -> T {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).unwrap_or_else(|_| panic!("no {word}"))
}

fn marks(words: &[&str], sign: char) -> BTreeSet<String> {
    let marks = words.iter().filter_map(|word| word.strip_prefix(sign));
    marks.map(str::to_owned).collect()
}

/// A day and a time on the shop's wall.
fn at(words: &[&str]) -> Moment {
    let (hours, minutes) = words[1].split_once(':').unwrap();
    let number = |text: &str| -> i64 { text.parse().unwrap() };
    moment(number(words[0]), number(hours) * 60 + number(minutes))
}

fn book_pickup(words: &[&str]) -> Command {
    let reference = words.iter().position(|word| *word == "ref");
    let pickup = Pickup {
        carrier: unquoted(words[0]),
        from: at(&words[1..]),
        until: at(&words[3..]),
        reference: reference.map(|at| unquoted(words[at + 1])),
    };
    Command::BookPickup { pickup }
}

fn pick(words: &[&str]) -> Pick {
    let after = |key: &str| words.iter().position(|word| *word == key).map(|at| words[at + 1]);
    Pick {
        clause: ClauseId::try_from(words[0].to_owned()).unwrap(),
        amount: after("amount").map(money),
        compensation: after("comp").map(money),
        replacement_sku: after("for").map(str::to_owned),
    }
}

/// `shop 70 carrier 30 fault confirmed used third_party`.
fn finding(words: &[&str]) -> Liability {
    let after = |key: &str| words.iter().position(|word| *word == key).map(|at| words[at + 1]);
    let share = |pair: &[&str]| {
        Some(Share {
            party: serde_json::from_value(serde_json::Value::String(pair[0].to_owned())).ok()?,
            percent: pair[1].parse().ok()?,
        })
    };
    Liability {
        shares: words.windows(2).filter_map(share).collect(),
        cause: after("cause").map(str::to_owned),
        fault: after("fault").map(named),
        goods_intact: intact(words),
        grounds: text(),
        evidence: Vec::new(),
        third_party: words.contains(&"third_party"),
    }
}

fn line_of(world: &World, label: char, who: &str, verb: &str, what: &str) -> String {
    let now = trace::when(world.now);
    let who = if who.is_empty() {
        String::new()
    } else {
        format!("{who} ")
    };
    let case = if label == 'A' {
        String::new()
    } else {
        format!("{label}.")
    };
    format!("{now}  {who}{case}{verb} → {what}")
}

/// A word; `""` is the empty one.
fn unquoted(word: &str) -> String {
    word.trim_matches('"').to_owned()
}

/// Commands before the platform.
fn dispute(verb: &str, words: &[&str]) -> Option<Command> {
    Some(match verb {
        "ask" => Command::AskIntervention {
            by: side(words.first().copied()),
            text: Some(text()),
        },
        "let_go" => Command::WithdrawIntervention,
        "state" => Command::SubmitStatement {
            by: side(words.first().copied()),
            text: text(),
            evidence: Vec::new(),
        },
        "appeal" => Command::Appeal {
            by: side(words.first().copied()),
            text: text(),
        },
        "rule" => Command::Rule {
            ruling: ruling(words),
            text: None,
        },
        _ => return None,
    })
}

/// Commands about parcels with which something went wrong.
fn recourse(verb: &str, words: &[&str]) -> Option<Command> {
    let after = |key: &str| words.iter().position(|word| *word == key).map(|at| words[at + 1]);
    let to = || Addressee::named(words[0]).unwrap_or_else(|| panic!("no addressee {}", words[0]));
    let amount = || {
        words
            .get(1)
            .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    };
    let evidence = || {
        if words.contains(&"unseen") {
            Vec::new()
        } else {
            vec![piece()]
        }
    };
    Some(match verb {
        "exception" => Command::NoteException {
            fault: named(words[0]),
            parcel: Parcel {
                carrier: unquoted(words[1]),
                waybill: unquoted(words[2]),
            },
            text: None,
        },
        "file" => Command::FileRecourse {
            to: to(),
            amount: amount().map(|amount| money(amount)),
            carriage: Carriage {
                insured: after("insured").map(money),
                freight: after("freight").map(money),
            },
            text: text(),
            evidence: evidence(),
        },
        "supplement" => Command::SupplementRecourse {
            to: to(),
            text: text(),
            evidence: evidence(),
        },
        "answered" => Command::AnswerRecourse {
            to: to(),
            answer: match words[1] {
                "more_wanted" => RecourseAnswer::MoreWanted,
                "declined" => RecourseAnswer::Declined,
                "granted" => RecourseAnswer::Granted {
                    amount: words.get(2).map(|amount| money(amount)),
                },
                other => panic!("no answer {other}"),
            },
            text: None,
        },
        "received" => Command::ReceiveRecourse {
            to: to(),
            amount: money(words[1]),
            reference: unquoted(words.get(2).unwrap_or(&"CLAIM-1")),
        },
        "drop" => Command::DropRecourse {
            to: to(),
            text: text(),
        },
        _ => return None,
    })
}

/// Commands about abuse: `abuse extortion message piece listing dress`.
fn abuse(verb: &str, words: &[&str]) -> Option<Command> {
    let has = |word: &str| words.contains(&word);
    let signals = SignalKind::ALL.iter().copied();
    let listing = words.iter().position(|word| *word == "listing");
    Some(match verb {
        "abuse" => Command::NoteAbuse {
            grounds: text(),
            rests_on: RestsOn {
                signals: signals.filter(|signal| has(signal.code())).collect(),
                messages: has("message").then(|| text().id).into_iter().collect(),
                evidence: has("piece").then(piece).into_iter().collect(),
            },
            listings: listing.map(|at| words[at + 1].to_owned()).into_iter().collect(),
        },
        "contest" => Command::ContestAbuse { text: text() },
        "settle" => Command::SettleAbuse {
            upheld: words.first() == Some(&"upheld"),
            text: text(),
        },
        _ => return None,
    })
}

/// Commands about reviews, each by its number.
fn review(verb: &str, words: &[&str]) -> Option<Command> {
    let which = || review_id(words[0]);
    Some(match verb {
        "review" => Command::ReceiveReview(given_review(words)),
        "judge" => Command::JudgeReview {
            review: which(),
            cause: named(words[1]),
        },
        "end" => Command::EndReview {
            review: which(),
            outcome: named(words[1]),
        },
        "explain" => Command::ExplainReview {
            review: which(),
            text: text(),
        },
        "publish" => Command::PublishExplanation { review: which() },
        _ => return None,
    })
}

/// `1 bad goods`; without a cause none is guessed.
fn given_review(words: &[&str]) -> GivenReview {
    GivenReview {
        review: review_id(words[0]),
        rating: named(words[1]),
        cause: words.get(2).and_then(|cause| ReviewCause::named(cause)),
        text: Some(text()),
    }
}

pub(crate) fn review_id(number: &str) -> ReviewId {
    ReviewId::new(moment(0, 0), [number.parse().unwrap(); 10])
}

/// The buyer's, where nothing is said.
fn side(word: Option<&str>) -> Side {
    if word == Some("shop") {
        Side::Shop
    } else {
        Side::Buyer
    }
}

fn ruling(words: &[&str]) -> Ruling {
    match words[0] {
        "buyer" => Ruling::ForBuyer,
        "shop" => Ruling::ForShop,
        _ => Ruling::InPart {
            amount: fen(words[1]),
        },
    }
}

/// A piece of evidence of the case.
pub(crate) fn piece() -> EvidenceId {
    EvidenceId::new(moment(0, 0), [7; 10])
}

/// A text on record.
pub(crate) fn text() -> TextRef {
    TextRef {
        id: TextId::new(moment(0, 0), [5; 10]),
        digest: Digest::of(&[b"salt", b"text"]),
    }
}

fn fen(text: &str) -> i64 {
    money(text).minor()
}

/// `12.00`, or `12.00USD` for another currency.
fn money(text: &str) -> Money {
    let (amount, currency) = match text.find(|sign: char| sign.is_ascii_uppercase()) {
        Some(at) => (&text[..at], text[at..].parse().unwrap()),
        None => (text, Currency::CNY),
    };
    Money::parse(amount, currency).unwrap()
}

/// Who acts, by the word a scenario uses.
pub(crate) fn actor(who: &str) -> Actor {
    match who {
        "buyer" => Actor::Buyer(buyer(1)),
        "stranger" => Actor::Buyer(buyer(2)),
        "clock" => Actor::Deadlines,
        "provider" => Actor::Outbox,
        role => person(Role::named(role).unwrap_or_else(|| panic!("no actor {role}"))),
    }
}

/// `09:00-18:00 working_days`, by the calendar of mainland China.
fn shop_time(text: &str) -> ShopTime {
    let minutes = |time: &str| -> u16 {
        let (hours, minutes) = time.split_once(':').unwrap();
        hours.parse::<u16>().unwrap() * 60 + minutes.parse::<u16>().unwrap()
    };
    let (span, days) = text.split_once(' ').unwrap();
    let (from, to) = span.split_once('-').unwrap();
    let hours = OpeningHours::new(minutes(from), minutes(to), named(days)).unwrap();
    let calendar = Calendar::parse(include_str!("../../../../content/calendars/cn.toml")).unwrap();
    ShopTime::new(Zone::named("Asia/Shanghai").unwrap(), Arc::new(calendar), hours)
}

fn order_from(text: &str) -> amends_domain::order::Order {
    let (mut lines, mut discount, mut freight, mut got) = (Vec::new(), 0, 0, Got::Delivered);
    let (mut region, mut tier, mut method, mut day) = (None, "", "alipay", 0_i64);
    let mut currency = Currency::CNY;
    for part in text.split(',').map(str::trim) {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words[..] {
            ["discount", amount] => discount = fen(amount),
            ["freight", amount] => freight = fen(amount),
            ["unpaid"] => got = Got::Unpaid,
            ["paid"] => got = Got::Paid,
            ["dispatched"] => got = Got::Dispatched,
            ["delivered"] => got = Got::Delivered,
            ["cancelled"] => got = Got::Cancelled,
            ["day", number] => day = number.parse().unwrap(),
            ["region", name] => region = Some(name),
            ["tier", name] => tier = name,
            ["by", name] => method = name,
            ["currency", code] => currency = code.parse().unwrap(),
            [name, units, "×", price, ..] => {
                let mut line = Bought::of(name, units.parse().unwrap(), fen(price));
                line.no_reason_excluded = words.contains(&"excluded");
                if words.contains(&"uncategorised") {
                    line.category.clear();
                }
                let after = |key: &str| words.iter().position(|word| *word == key).map(|at| words[at + 1]);
                if let Some(category) = after("in") {
                    category.clone_into(&mut line.category);
                }
                line.sent = after("sent").map(|sent| sent.parse().unwrap());
                lines.push(line);
            }
            _ => panic!("no part of an order: {part}"),
        }
    }
    let mut order = order(&lines, discount, freight, got);
    let days = day * 24 * 3_600_000;
    order.placed_at = order.placed_at.map(|at| at.plus_millis(days));
    order.paid_at = order.paid_at.map(|at| at.plus_millis(days));
    order.dispatched_at = order.dispatched_at.map(|at| at.plus_millis(days));
    order.delivered_at = order.delivered_at.map(|at| at.plus_millis(days));
    if let Some(region) = region {
        region.clone_into(&mut order.region);
    }
    tier.clone_into(&mut order.buyer_tier);
    method.clone_into(&mut order.payment_method);
    order.currency = currency;
    order
}
