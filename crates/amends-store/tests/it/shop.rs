//! A shop to tell stories about: set up, with orders to sell and a committer to ask.

use std::sync::atomic::{AtomicU64, Ordering};

use amends_domain::actor::{Actor, Authority, Envelope, Role};
use amends_domain::case::Kind;
use amends_domain::command::{Command, LineUnits, OpenCase, PaymentAnswer};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::ids::{BuyerId, CaseId, LineId, OrderId, PersonId, ShopId, TextId};
use amends_domain::ledger::OrderLedger;
use amends_domain::money::Currency;
use amends_domain::order::{Order, OrderLine};
use amends_domain::policy::pack::Pack;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;
use amends_store::{
    Calendars, CommitError, CommitSettings, Committed, Committer, Founded, IdempotencyKey, Imported, NewShop,
    NewText, OrderImport, PersonRow, Store, Submission,
};

use crate::place::Place;

/// 2026-03-01T02:00:00Z, ten in the morning in Shanghai.
pub(crate) const MORNING: Moment = Moment::from_millis(1_772_330_400_000);
pub(crate) const HOUR: i64 = 3_600_000;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// Ten bytes never handed out before.
pub(crate) fn fresh() -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    bytes
}

pub(crate) fn policy() -> PolicySet {
    let packs = [
        include_str!("../../../../content/policies/cn-law.toml"),
        include_str!("../../../../content/policies/taobao.toml"),
        include_str!("../../../../content/policies/demo-shop.toml"),
    ];
    PolicySet::resolve(&packs.map(|text| Pack::parse(text).unwrap())).unwrap()
}

/// A shop with its database and a committer.
pub(crate) struct Shop {
    pub(crate) store: Store,
    pub(crate) committer: Committer,
    pub(crate) id: ShopId,
}

pub(crate) async fn shop_insert(store: &Store) -> ShopId {
    let id = ShopId::new(MORNING, fresh());
    let set = policy();
    let new = NewShop {
        id,
        name: format!("shop {id}"),
        time_zone: "Asia/Shanghai".to_owned(),
        currency: Currency::CNY,
        settings: "{}".to_owned(),
        at: MORNING,
    };
    let owner = person(&format!("owner of {id}"));
    let founded = store.shop_found(&new, &set, &owner).await.unwrap();
    assert_eq!(founded, Founded::Written);
    id
}

pub(crate) fn person(login: &str) -> PersonRow {
    PersonRow {
        id: PersonId::new(MORNING, fresh()),
        login: login.to_owned(),
        password_hash: "$argon2id$".to_owned(),
        display_name: "小美".to_owned(),
        disabled_at: None,
        created_at: MORNING,
    }
}

/// A paid order of one line: these amounts for its units, in minor units.
pub(crate) fn order(units: &[i64]) -> Order {
    let id = OrderId::new(MORNING, fresh());
    Order {
        id,
        number: format!("N{}", NEXT.fetch_add(1, Ordering::Relaxed)),
        buyer: BuyerId::new(MORNING, fresh()),
        currency: Currency::CNY,
        lines: vec![OrderLine {
            id: LineId::new(MORNING, fresh()),
            sku: "SHIRT-M".to_owned(),
            title: "衬衫".to_owned(),
            category: "apparel".to_owned(),
            no_reason_excluded: false,
            unit_paid_minor: units.to_vec(),
            units_dispatched: None,
        }],
        freight_paid_minor: 0,
        payment_method: "alipay".to_owned(),
        region: "浙江".to_owned(),
        buyer_tier: String::new(),
        placed_at: None,
        paid_at: Some(MORNING.plus_millis(-HOUR)),
        dispatched_at: None,
        delivered_at: None,
        cancelled_at: None,
    }
}

impl Shop {
    pub(crate) async fn at(place: &Place) -> Self {
        Self::on(place.open().await).await
    }

    pub(crate) async fn on(store: Store) -> Self {
        let id = shop_insert(&store).await;
        Self::with(store, id)
    }

    /// Another node's view of the same shop.
    pub(crate) fn with(store: Store, id: ShopId) -> Self {
        let committer = store.committer(CommitSettings::default(), Calendars::default());
        Self { store, committer, id }
    }

    pub(crate) async fn sell(&self, units: &[i64]) -> Order {
        let order = order(units);
        let import = OrderImport {
            covers: Vec::new(),
            ledger: OrderLedger::open(&order),
            order: order.clone(),
            buyer: None,
            products: Vec::new(),
        };
        let inserted = self.store.orders_insert(self.id, &[import], &[]).await.unwrap();
        assert_eq!(inserted, Imported::Written);
        order
    }

    /// The buyer asks for his money back for so many units of an order that was not dispatched.
    pub(crate) fn open(&self, order: &Order, units: u32) -> Submission {
        let envelope = Envelope {
            case: CaseId::new(MORNING, fresh()),
            actor: Actor::Buyer(order.buyer),
            authority: Authority::default(),
            at: MORNING,
            if_terms: None,
        };
        let line = order.lines[0].id;
        Submission {
            shop: self.id,
            envelope,
            order: Some(order.id),
            command: Command::Open(OpenCase {
                lines: vec![LineUnits { line, units }],
                ..OpenCase::about(Kind::RefundOnly, "regret")
            }),
            key: None,
            texts: Vec::new(),
            outbox: None,
        }
    }

    /// A command of somebody of the shop.
    pub(crate) fn staff(&self, case: CaseId, command: Command, at: Moment) -> Submission {
        let id = PersonId::new(MORNING, [1; 10]);
        let role = Role::Supervisor;
        self.by(Actor::Person { id, role }, case, command, at)
    }

    pub(crate) fn by(&self, actor: Actor, case: CaseId, command: Command, at: Moment) -> Submission {
        Submission {
            shop: self.id,
            envelope: Envelope {
                case,
                actor,
                authority: Authority::default(),
                at,
                if_terms: None,
            },
            order: None,
            command,
            key: None,
            texts: Vec::new(),
            outbox: None,
        }
    }

    /// Grants what is asked.
    pub(crate) fn approve(&self, case: CaseId) -> Submission {
        self.staff(
            case,
            Command::Approve { compensation: None },
            MORNING.plus_millis(HOUR),
        )
    }

    /// The provider has paid the case's first refund.
    pub(crate) fn paid(&self, case: CaseId) -> Submission {
        let command = Command::AnswerPayment {
            refund: 1,
            attempt: 1,
            answer: PaymentAnswer::Paid {
                reference: "R1".to_owned(),
            },
        };
        self.by(Actor::Outbox, case, command, MORNING.plus_millis(2 * HOUR))
    }

    /// A note on a case, with its text.
    pub(crate) fn note(&self, case: CaseId, body: &str) -> Submission {
        let id = TextId::new(MORNING, fresh());
        let salt = vec![7; 16];
        let digest = Digest::of(&[&salt, body.as_bytes()]);
        let kind = amends_domain::command::TextKind::Note;
        let text = TextRef { id, digest };
        let mut note = self.staff(case, Command::AddText { kind, text }, MORNING.plus_millis(HOUR));
        note.texts.push(NewText {
            id,
            salt,
            body: body.to_owned(),
            author: "\"outbox\"".to_owned(),
            at: MORNING,
        });
        note
    }

    pub(crate) async fn commit(&self, submission: Submission) -> Result<Committed, CommitError> {
        self.committer.submit(submission).await
    }

    /// Commits all of them at once, so that they meet in one batch; answers in their order.
    pub(crate) async fn commit_together(
        &self,
        submissions: Vec<Submission>,
    ) -> Vec<Result<Committed, CommitError>> {
        let mut waiting = Vec::new();
        for submission in submissions {
            let committer = self.committer.clone();
            waiting.push(tokio::spawn(async move { committer.submit(submission).await }));
        }
        let mut answers = Vec::new();
        for task in waiting {
            answers.push(task.await.unwrap());
        }
        answers
    }

    /// Opens a case on a fresh order of one unit.
    pub(crate) async fn opened(&self, paid: i64) -> (Order, CaseId) {
        let order = self.sell(&[paid]).await;
        let committed = self.commit(self.open(&order, 1)).await.unwrap();
        (order, committed.case)
    }

    pub(crate) async fn ledger(&self, order: &Order) -> OrderLedger {
        let row = self.store.order_by_id(self.id, order.id).await.unwrap().unwrap();
        row.ledger
    }
}

/// A key, and the body it stands for.
pub(crate) fn keyed(mut submission: Submission, key: &str, body: &str) -> Submission {
    submission.key = Some(IdempotencyKey {
        scope: "buyer".to_owned(),
        key: key.to_owned(),
        body: Digest::of(&[body.as_bytes()]),
    });
    submission
}
