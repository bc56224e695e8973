//! What `amends bench signals` measures: how long it takes to gather the signals of abuse of one case, in a
//! shop of many orders and buyers.
//!
//! The cases asked about are the worst of their kind: their buyers claim on every order, write a lot, show
//! pictures of others, and share telephone and address with other accounts.
//! Must not know: how figures are shown. Tests: none; it is run by hand.

use amends_domain::actor::{Actor, Authority, Envelope, Role};
use amends_domain::command::{Command, TextKind};
use amends_domain::digest::Digest;
use amends_domain::ids::{BuyerId, CaseId, LineId, OrderId};
use amends_domain::ledger::OrderLedger;
use amends_store::{BuyerRow, EvidenceRow, OrderImport, PictureRow, Submission};

use super::{Bench, ORDERS_PER_INSERT, delivered_order, open};
use crate::abuse::signals::case_signals;
use crate::caller::{Caller, Staff};
use crate::cases::case_read::case_get;
use crate::clock::Stopwatch;
use crate::error::AppError;

/// Orders of one buyer.
const ORDERS_EACH: usize = 5;
/// Buyers who share a telephone and an address.
const SHARED_BY: usize = 6;
/// Messages and pictures of a case that is asked about.
const MESSAGES: usize = 10;
const PIECES: usize = 3;
const SAID: [&str; 3] = [
    "收到的商品和页面上写的不太一样，麻烦看一下怎么处理",
    "退款之外再给我 200，不然全网差评",
    "我已经拍了照片，请尽快答复，谢谢",
];

/// What gathering took, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gathered {
    /// Median answer.
    pub p50_us: u64,
    /// The answer ninety-five in a hundred are faster than.
    pub p95_us: u64,
    /// The slowest.
    pub max_us: u64,
    /// How many signals were found in all.
    pub found: usize,
}

/// A buyer, and the orders he has with a line each.
type OfBuyer = (BuyerId, Vec<(OrderId, LineId)>);

impl Bench {
    /// Makes a shop of `orders` orders, opens cases of some buyers, and gathers the signals of `asks` of them.
    pub async fn signals(&self, orders: usize, asks: usize) -> Result<Gathered, AppError> {
        let buyers = orders.div_ceil(ORDERS_EACH);
        let every = (buyers / asks.max(1)).max(1);
        let mut asked: Vec<(BuyerId, Vec<(OrderId, LineId)>)> = Vec::with_capacity(asks);
        let (mut imports, mut made) = (Vec::with_capacity(ORDERS_PER_INSERT), 0);
        for number in 0..buyers {
            let (rows, of_buyer) = self.buyer_with_orders(number, ORDERS_EACH.min(orders - made));
            made += rows.len();
            imports.extend(rows);
            if number % every == 0 && asked.len() < asks {
                asked.push(of_buyer);
            }
            if imports.len() >= ORDERS_PER_INSERT || made == orders {
                self.desk.store.orders_insert(self.shop, &imports, &[]).await?;
                imports.clear();
            }
        }
        let mut cases = Vec::with_capacity(asked.len());
        for (number, (buyer, orders)) in asked.iter().enumerate() {
            cases.push(self.claim_all(number, *buyer, orders).await?);
        }
        self.desk.store.bulk_settle().await?;
        self.gather(&cases).await
    }

    /// A buyer with his orders; of every few buyers telephone and address are the same.
    fn buyer_with_orders(&self, number: usize, orders: usize) -> (Vec<OrderImport>, OfBuyer) {
        let now = self.desk.clock.now();
        let id: BuyerId = self.desk.random.id(now);
        let shared = (number / SHARED_BY).to_string();
        let index = |name: &str| self.desk.vault.sign(name, &[shared.as_bytes()]);
        let row = BuyerRow {
            id,
            key_wrapped: Some(vec![1; 72]),
            sealed: Some(vec![2; 160]),
            nickname_index: Some(self.desk.vault.sign("nickname", &[&number.to_be_bytes()])),
            phone_index: Some(index("phone")),
            email_index: Some(Vec::new()),
            address_index: Some(index("address")),
            erased_at: None,
            created_at: now,
        };
        let ids: Vec<(OrderId, LineId)> = (0..orders)
            .map(|_| (self.desk.random.id(now), self.desk.random.id(now)))
            .collect();
        let mut buyer = Some(row);
        let imports = ids.iter().map(|(order, line)| {
            let order = delivered_order(*order, *line, id, now);
            OrderImport {
                covers: Vec::new(),
                ledger: OrderLedger::open(&order),
                order,
                buyer: buyer.take(),
                products: Vec::new(),
            }
        });
        (imports.collect(), (id, ids))
    }

    /// Claims on every order of a buyer, talks and shows pictures on the last; returns its case.
    async fn claim_all(
        &self,
        number: usize,
        buyer: BuyerId,
        orders: &[(OrderId, LineId)],
    ) -> Result<CaseId, AppError> {
        let now = self.desk.clock.now();
        let give = async |case, order, command, texts| {
            let envelope = Envelope {
                case,
                actor: Actor::Buyer(buyer),
                authority: Authority::default(),
                at: now,
                if_terms: None,
            };
            let submission = Submission {
                shop: self.shop,
                envelope,
                order,
                command,
                key: None,
                texts,
                outbox: None,
            };
            self.desk.committer.submit(submission).await
        };
        let mut case: CaseId = self.desk.random.id(now);
        for (order, line) in orders {
            case = self.desk.random.id(now);
            give(case, Some(*order), Command::Open(open(*line)), Vec::new()).await?;
        }
        for said in SAID.iter().cycle().take(MESSAGES) {
            let (text, stored) = self.desk.text("bench", (*said).to_owned(), now)?;
            let kind = TextKind::Message;
            give(case, None, Command::AddText { kind, text }, vec![stored]).await?;
        }
        self.show(number, buyer, case).await?;
        Ok(case)
    }

    /// Shows pictures that the buyer before him showed, too.
    async fn show(&self, number: usize, buyer: BuyerId, case: CaseId) -> Result<(), AppError> {
        let now = self.desk.clock.now();
        for piece in 0..PIECES {
            let seen = (number / 2 * PIECES + piece).to_be_bytes();
            let sha256 = Digest::of(&[b"piece", &seen]);
            let look = seen.iter().fold(0x5A5A_3C3C_A5A5_C3C3_u64, |look, byte| {
                look.rotate_left(9) ^ u64::from(*byte).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            });
            let picture = PictureRow {
                sha256,
                width: 1_200,
                height: 900,
                sharpness: 80,
                look,
            };
            self.desk.store.picture_insert(self.shop, &picture).await?;
            let row = EvidenceRow {
                id: self.desk.random.id(now),
                case: Some(case),
                order: None,
                buyer: Some(buyer),
                kind: "photo".to_owned(),
                file_name: None,
                media: "image/jpeg".to_owned(),
                bytes: 1,
                sha256,
                shared: false,
                added_by: String::new(),
                added_at: now,
                erased_at: None,
            };
            let key = format!("{number}/{piece}");
            self.desk
                .store
                .evidence_insert(self.shop, &row, "bench", &key)
                .await?;
        }
        Ok(())
    }

    async fn gather(&self, cases: &[CaseId]) -> Result<Gathered, AppError> {
        let staff = Staff {
            shop: self.shop,
            person: self.agent,
            role: Role::Agent,
            token: None,
        };
        let caller = Caller::Staff(staff.clone());
        let (mut taken, mut found) = (Vec::with_capacity(cases.len()), 0);
        for case in cases {
            let view = case_get(&self.desk, &caller, *case).await?;
            let watch = Stopwatch::start();
            found += case_signals(&self.desk, &staff, &view).await?.signals.len();
            taken.push(u64::try_from(watch.elapsed().as_micros()).unwrap_or(u64::MAX));
        }
        taken.sort_unstable();
        let at = |percent: usize| taken.get(taken.len().saturating_sub(1) * percent / 100).copied();
        Ok(Gathered {
            p50_us: at(50).unwrap_or_default(),
            p95_us: at(95).unwrap_or_default(),
            max_us: at(100).unwrap_or_default(),
            found,
        })
    }
}
