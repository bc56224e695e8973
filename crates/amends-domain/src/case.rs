//! A case 售后单: five tracks side by side, running clocks, and what is claimed.
//!
//! A track a case does not need is absent. A one-word status is derived, never stored.
//! Must not know: how it is decided or stored. Tests: `tests/it/flow.rs`.

pub mod abuse;
pub mod assessment;
pub mod clock;
pub mod cover;
pub mod dispute;
pub mod evidence;
pub mod liability;
pub mod promise;
pub mod recourse;
pub mod remedy;
pub mod review;
mod standing;
mod status;
mod tracks;
pub mod trade;
pub mod visit;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::digest::{Digest, TextRef};
use crate::event::Because;
use crate::facts::Product;
use crate::ids::{BuyerId, CaseId, OrderId, PersonId};
use crate::ledger::UnitRef;
use crate::money::Currency;
use crate::policy::condition::Verdict;
use crate::policy::pack::Priority;
use crate::policy::{ClauseId, Payer};
use crate::time::Moment;
use abuse::Abuse;
use assessment::{Assessment, Passed, Severity};
use clock::{Clock, ClockRun};
use cover::CoverClaim;
pub use dispute::{Dispute, Ruling, Side, Statement};
use evidence::EvidenceKind;
use liability::Liability;
use promise::Promise;
use recourse::{Addressee, ParcelException, Recourse};
use remedy::{Offer, Step};
use review::CaseReview;
pub use status::Status;
pub use tracks::{Care, Goods, MoneyState, Outcome, Parcel, Pickup, Refund, Request};
use trade::Trade;
use visit::Visit;

/// Most tags of a case.
pub const TAGS_MAX: usize = 20;
/// Longest tag, in characters.
pub const TAG_CHARS_MAX: usize = 32;

/// Whether a text can be a tag: one line that is not blank, and not too long.
pub fn tag_fits(tag: &str) -> bool {
    let chars = tag.chars().count();
    (1..=TAG_CHARS_MAX).contains(&chars) && !tag.trim().is_empty() && !tag.contains(char::is_control)
}

/// What the buyer asks for (INT-1), and after an agreement what runs instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Money back, goods stay 仅退款.
    RefundOnly,
    /// Goods back, money back 退货退款.
    ReturnAndRefund,
    /// Goods back, other goods out 换货.
    Exchange,
    /// Goods back, repaired, out again 维修.
    Repair,
    /// What was missing is sent 补发.
    Reissue,
    /// Money for a lost parcel or a major delay 意外赔付.
    Compensation,
    /// A question about use, installation or care 咨询.
    Consultation,
    /// A complaint 投诉.
    Complaint,
    /// A bad or middling review to be made good 中差评处理.
    ReviewRescue,
    /// An order that is not paid yet, followed up until it is paid and sent 待付款跟进.
    UnpaidOrder,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Kind] = &[
        Self::RefundOnly,
        Self::ReturnAndRefund,
        Self::Exchange,
        Self::Repair,
        Self::Reissue,
        Self::Compensation,
        Self::Consultation,
        Self::Complaint,
        Self::ReviewRescue,
        Self::UnpaidOrder,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::RefundOnly => "refund_only",
            Self::ReturnAndRefund => "return_and_refund",
            Self::Exchange => "exchange",
            Self::Repair => "repair",
            Self::Reissue => "reissue",
            Self::Compensation => "compensation",
            Self::Consultation => "consultation",
            Self::Complaint => "complaint",
            Self::ReviewRescue => "review_rescue",
            Self::UnpaidOrder => "unpaid_order",
        }
    }

    /// A kind by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Whether goods come back.
    pub fn returns_goods(self) -> bool {
        matches!(self, Self::ReturnAndRefund | Self::Exchange | Self::Repair)
    }

    /// Whether it asks for an amount of what was paid.
    pub fn asks_money(self) -> bool {
        matches!(
            self,
            Self::RefundOnly | Self::ReturnAndRefund | Self::Compensation
        )
    }

    /// Whether the shop grants or declines it; a question is answered, a complaint or a review settled, a
    /// payment waited for.
    pub fn is_decided(self) -> bool {
        !matches!(
            self,
            Self::Consultation | Self::Complaint | Self::ReviewRescue | Self::UnpaidOrder
        )
    }

    /// Whether the shop opens it of its own accord: nobody asked for anything, so that it counts against
    /// nobody.
    pub fn is_shops_own(self) -> bool {
        matches!(self, Self::ReviewRescue | Self::UnpaidOrder)
    }

    /// Clocks without which it could wait for ever, beside those that every set measures.
    pub fn needs_clocks(self) -> &'static [Clock] {
        match self {
            Self::Repair => &[Clock::Repair],
            Self::Consultation | Self::Complaint => &[Clock::FirstReply],
            Self::ReviewRescue => &[Clock::ReviewContact],
            Self::UnpaidOrder => &[
                Clock::OrderLetter,
                Clock::PaymentCall,
                Clock::PaymentReminder,
                Clock::NonPayment,
                Clock::OrderDispatch,
            ],
            _ => &[],
        }
    }
}

/// What is claimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The units, each claimed by this case alone.
    pub units: Vec<UnitRef>,
    /// The amount, in minor units; goods first, what is above them is freight. 0 for an exchange.
    pub amount: i64,
    /// What an exchange asks for.
    pub replacement: Option<Product>,
}

/// What a request was judged by beside its claim and the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Whether the goods are intact, as the buyer said.
    pub goods_intact: Option<bool>,
    /// Photos and videos handed in.
    pub photos: u32,
    /// The buyer's earlier cases in ninety days, as they were when it was opened.
    pub returns_last_90_days: u32,
    /// How often these units were the matter of a closed case before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repeats: u32,
    /// The buyer refused the parcel at the door.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub parcel_refused: bool,
    /// Where the request came from.
    #[serde(default, skip_serializing_if = "Channel::is_page")]
    pub channel: Channel,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Where a request came from (INT-7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The buyer's own page, or a shop system in his name.
    #[default]
    Page,
    /// The shop's chat.
    Chat,
    /// An e-mail.
    Email,
    /// A call, logged.
    Phone,
    /// A file.
    File,
}

impl Channel {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
    fn is_page(&self) -> bool {
        *self == Self::Page
    }

    /// Every channel.
    pub const ALL: &[Channel] = &[Self::Page, Self::Chat, Self::Email, Self::Phone, Self::File];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Chat => "chat",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::File => "file",
        }
    }
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// What the buyer asks for.
    pub kind: Kind,
    /// The order it is about.
    pub order: Option<OrderId>,
    /// The buyer.
    pub buyer: BuyerId,
    /// The reason's code.
    pub reason: String,
    /// Currency of every amount in it.
    pub currency: Currency,
    /// What is claimed.
    pub claim: Claim,
    /// The policy set it was opened under.
    pub policy: Digest,
    /// The clause that supports it, when one is met.
    pub right: Option<ClauseId>,
    /// Whether any right supports it.
    pub entitlement: Verdict,
    /// Who bears the return's freight.
    pub return_freight: Payer,
    /// What else the request was judged by, to judge it again when it is renewed.
    #[serde(default)]
    pub declared: Option<Declared>,
    /// When it was opened.
    pub opened_at: Moment,
    /// Events so far.
    pub seq: u64,
    /// Raised by every event that changes a decision.
    pub terms: u64,
    /// The request's track.
    pub request: Request,
    /// The goods' track.
    pub goods: Option<Goods>,
    /// When a carrier comes for the return, while it is to be shipped.
    #[serde(default)]
    pub pickup: Option<Pickup>,
    /// The money's track.
    pub money: Option<MoneyState>,
    /// The dispute's track.
    pub dispute: Option<Dispute>,
    /// Who asked the platform to step in, while it is asked or has ruled.
    #[serde(default)]
    pub dispute_by: Option<Side>,
    /// What each side handed in, in order.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// How many statements there were when the platform was asked, or asked once more.
    #[serde(default)]
    pub round_from: usize,
    /// What was asked before a ruling granted a part of it, in minor units.
    #[serde(default)]
    pub asked_before_ruling: Option<i64>,
    /// The follow-up's track.
    pub care: Option<Care>,
    /// Running clocks.
    pub clocks: BTreeMap<Clock, ClockRun>,
    /// Clocks started so far.
    pub generation: u32,
    /// What is granted on top of the claim, in minor units: once inspected, for the accepted units, and
    /// less what went towards a difference.
    pub compensation: i64,
    /// Return freight to reimburse, in minor units, less what went towards a difference.
    pub return_freight_due: i64,
    /// Units accepted on inspection.
    pub accepted: Vec<UnitRef>,
    /// Units not accepted and still with the shop.
    pub to_send_back: Vec<UnitRef>,
    /// The refund, once due; of a converted exchange the later one.
    pub refund: Option<Refund>,
    /// What the refunds before it come to, in minor units.
    #[serde(default)]
    pub refunded_before: i64,
    /// Numbers of the refunds recorded by hand that the provider has not called paid, too.
    #[serde(default)]
    pub paid_by_hand: BTreeSet<u32>,
    /// The difference the buyer owes or paid, in minor units.
    pub difference: i64,
    /// How often the buyer renewed a refused request.
    pub renewals: u32,
    /// Who must look, while anything calls for it.
    pub escalated_to: Option<Role>,
    /// What calls for it: every cause that stands.
    #[serde(default)]
    pub called_by: BTreeSet<Because>,
    /// Why it was refused, while it is.
    pub refusal: Option<RefusalGiven>,
    /// When it closed.
    pub closed_at: Option<Moment>,
    /// Who handles it.
    #[serde(default)]
    pub assignee: Option<PersonId>,
    /// The shop's own marks.
    #[serde(default)]
    pub tags: BTreeSet<String>,
    /// What an agent noted of it.
    #[serde(default)]
    pub assessment: Assessment,
    /// How grave it is.
    #[serde(default)]
    pub severity: Severity,
    /// Who is liable, once found.
    #[serde(default)]
    pub liability: Option<Liability>,
    /// It was passed upward and waits for an answer.
    #[serde(default)]
    pub passed: Option<Passed>,
    /// The buyer waits for a reply.
    #[serde(default)]
    pub reply_due: bool,
    /// Options put before the buyer, the last ones.
    #[serde(default)]
    pub offer: Option<Offer>,
    /// The clause of the agreed remedy.
    #[serde(default)]
    pub agreed: Option<ClauseId>,
    /// Steps of the agreed remedy beside goods and money.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// What the buyer pays for the agreed remedy: a repair's price, or his part of the gap to a dearer
    /// product, in minor units.
    #[serde(default)]
    pub buyer_pays: Option<i64>,
    /// Since when the goods are tried.
    #[serde(default)]
    pub trial: Option<Moment>,
    /// What was promised to the buyer.
    #[serde(default)]
    pub promises: BTreeMap<u32, Promise>,
    /// The money was sent and is not known to have arrived.
    #[serde(default)]
    pub arrival_awaited: bool,
    /// How often it was opened again.
    #[serde(default)]
    pub reopenings: u32,
    /// What was asked before an agreement, a conversion or a buy-back changed it; a case that is opened
    /// again asks it once more.
    #[serde(default)]
    pub first_asked: Option<Box<FirstAsked>>,
    /// What its refunds gave back of goods and freight, in minor units.
    #[serde(default)]
    pub given_back: i64,
    /// The closed case that settled the same units before.
    #[serde(default)]
    pub repeats: Option<CaseId>,
    /// The parcel that was refused at the door, and comes back by itself.
    #[serde(default)]
    pub refused_parcel: Option<Parcel>,
    /// How urgent its reason is (INT-2).
    #[serde(default)]
    pub priority: Option<Priority>,
    /// What went wrong on the way, as far as it is known.
    #[serde(default)]
    pub exception: Option<ParcelException>,
    /// What is asked of others for it.
    #[serde(default)]
    pub recourses: BTreeMap<Addressee, Recourse>,
    /// What the buyer was asked to show and has not shown yet.
    #[serde(default)]
    pub evidence_asked: BTreeSet<EvidenceKind>,
    /// Bad and middling reviews of it, as they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<CaseReview>,
    /// Abuse that was noted on it, the last finding (ABU-1).
    #[serde(default)]
    pub abuse: Option<Box<Abuse>>,
    /// How far the payment of an unpaid order got, and its dispatch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade: Option<Box<Trade>>,
    /// What is claimed on a cover of its goods, the last claim (WAR-2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_claim: Option<Box<CoverClaim>>,
    /// The visit at the buyer's door, the last one (WAR-3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
}

/// How somebody of the shop spoke with the buyer outside this desk (INT-3, INT-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactWay {
    /// By telephone 电话.
    Phone,
    /// In the platform's or shop's chat 聊天.
    Chat,
    /// By e-mail 邮件.
    Email,
    /// Face to face 当面.
    InPerson,
}

impl ContactWay {
    /// Every way.
    pub const ALL: &[ContactWay] = &[Self::Phone, Self::Chat, Self::Email, Self::InPerson];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Chat => "chat",
            Self::Email => "email",
            Self::InPerson => "in_person",
        }
    }
}

/// What a case asked for at first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstAsked {
    /// Its kind.
    pub kind: Kind,
    /// What was claimed.
    pub claim: Claim,
}

/// A refusal as given to the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalGiven {
    /// From the list.
    pub reason: String,
    /// In the shop's own words.
    pub text: Option<TextRef>,
}
