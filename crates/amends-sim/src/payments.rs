//! The simulated payment provider: pays most of the time, and otherwise refuses, stays silent,
//! pays without saying so, or says so twice. It keeps its own books to be compared with ours.
//!
//! What it does is drawn from seed, key and attempt, so that asking in another order changes nothing.
//! Must not know: cases, clocks. Tests: beside the code, `tests/it/`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use amends_app::payments::{Payments, RefundRequest};
use amends_domain::command::PaymentAnswer;
use amends_domain::digest::Digest;

/// A provider that misbehaves by a seed.
#[derive(Debug)]
pub struct SimulatedPayments {
    seed: u64,
    books: Mutex<BTreeMap<String, Booked>>,
}

#[derive(Debug, Clone)]
struct Booked {
    minor: i64,
    asked: u32,
    paid: bool,
}

/// What the provider's own books say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProviderBooks {
    /// Refunds paid.
    pub paid: u64,
    /// Minor units paid.
    pub paid_minor: i64,
    /// How often it was asked.
    pub asked: u64,
}

enum Mood {
    Pay,
    PaySilently,
    Silence,
    TryAgain,
    Decline,
}

impl SimulatedPayments {
    /// A provider with a seed.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            books: Mutex::new(BTreeMap::new()),
        }
    }

    /// Its own books.
    pub fn books(&self) -> ProviderBooks {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sum = ProviderBooks::default();
        for booked in books.values() {
            sum.asked += u64::from(booked.asked);
            if booked.paid {
                sum.paid += 1;
                sum.paid_minor += booked.minor;
            }
        }
        sum
    }

    fn mood(&self, key: &str, asked: u32) -> Mood {
        let digest = Digest::of(&[&self.seed.to_be_bytes(), key.as_bytes(), &asked.to_be_bytes()]);
        match digest.bytes()[0] {
            0..=205 => Mood::Pay,
            206..=217 => Mood::PaySilently,
            218..=225 => Mood::Silence,
            226..=249 => Mood::TryAgain,
            250..=255 => Mood::Decline,
        }
    }

    fn paid(key: &str) -> PaymentAnswer {
        PaymentAnswer::Paid {
            reference: format!("SIM-{}", &Digest::of(&[key.as_bytes()]).to_string()[..12]),
        }
    }
}

#[async_trait::async_trait]
impl Payments for SimulatedPayments {
    async fn refund(&self, request: &RefundRequest) -> PaymentAnswer {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let minor = request.amount.minor();
        let booked = books.entry(request.key.clone()).or_insert(Booked {
            minor,
            asked: 0,
            paid: false,
        });
        booked.asked += 1;
        if booked.minor != minor {
            return PaymentAnswer::Declined {
                code: "amount_changed".to_owned(),
            };
        }
        if booked.paid {
            return Self::paid(&request.key);
        }
        match self.mood(&request.key, booked.asked) {
            Mood::Pay => {
                booked.paid = true;
                Self::paid(&request.key)
            }
            Mood::PaySilently => {
                booked.paid = true;
                PaymentAnswer::Unknown
            }
            Mood::Silence => PaymentAnswer::Unknown,
            Mood::TryAgain => PaymentAnswer::TryAgain {
                code: "system_busy".to_owned(),
            },
            Mood::Decline => PaymentAnswer::Declined {
                code: "account_closed".to_owned(),
            },
        }
    }

    async fn refund_status(&self, request: &RefundRequest) -> PaymentAnswer {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let minor = request.amount.minor();
        let booked = books.entry(request.key.clone()).or_insert(Booked {
            minor,
            asked: 0,
            paid: false,
        });
        booked.asked += 1;
        if booked.paid {
            return Self::paid(&request.key);
        }
        match self.mood(&request.key, booked.asked) {
            Mood::Silence | Mood::PaySilently => PaymentAnswer::Unknown,
            _ => PaymentAnswer::TryAgain {
                code: "not_found".to_owned(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use amends_domain::money::{Currency, Money};

    use super::*;

    #[tokio::test]
    async fn however_often_it_is_asked_it_pays_once() {
        let provider = SimulatedPayments::new(7);
        for number in 0..200 {
            let amount = Money::new(100, Currency::CNY).unwrap();
            for attempt in 1..30 {
                provider
                    .refund(&RefundRequest {
                        key: format!("k{number}"),
                        attempt,
                        amount,
                    })
                    .await;
            }
        }
        assert_eq!(provider.books().paid_minor, 200 * 100);
    }
}
