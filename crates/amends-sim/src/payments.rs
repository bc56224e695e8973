//! The simulated payment provider: pays most of the time, and otherwise refuses, stays silent, pays
//! without saying so, says so twice, or refuses and pays after all. It keeps its own books to be
//! compared with ours.
//!
//! What it does is drawn from seed, key and attempt, so that asking in another order changes nothing.
//! What it says unasked lies ready in [`SimulatedPayments::unasked`]; the simulator delivers it.
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
    unasked: Mutex<Vec<Unasked>>,
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

/// Something the provider will say by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unasked {
    /// The refund's key.
    pub key: String,
    /// The attempt it answers.
    pub attempt: u32,
    /// After how many hours it is said.
    pub hours: i64,
    /// What was answered before and comes again; none when it pays only then.
    again: Option<PaymentAnswer>,
}

enum Mood {
    Pay,
    PayAndSayTwice,
    DeclineAndPay,
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
            unasked: Mutex::new(Vec::new()),
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

    /// Every refund it was asked for: its key, the minor units, and whether it was paid.
    pub fn entries(&self) -> Vec<(String, i64, bool)> {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = |(key, booked): (&String, &Booked)| (key.clone(), booked.minor, booked.paid);
        books.iter().map(entry).collect()
    }

    /// Takes what it is going to say by itself, in the sequence it was decided in.
    pub fn unasked(&self) -> Vec<Unasked> {
        std::mem::take(&mut *self.unasked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Says it; whatever is paid only now goes into the books now.
    pub fn say(&self, unasked: &Unasked) -> PaymentAnswer {
        if let Some(again) = &unasked.again {
            return again.clone();
        }
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(booked) = books.get_mut(&unasked.key) {
            booked.paid = true;
        }
        Self::paid(&unasked.key)
    }

    /// Decides to say something by itself.
    fn later(&self, request: &RefundRequest, asked: u32, again: Option<PaymentAnswer>) {
        let digest = self.drawn(&request.key, asked);
        self.unasked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Unasked {
                key: request.key.clone(),
                attempt: request.attempt,
                hours: 1 + i64::from(digest.bytes()[1]) % 72,
                again,
            });
    }

    fn drawn(&self, key: &str, asked: u32) -> Digest {
        Digest::of(&[&self.seed.to_be_bytes(), key.as_bytes(), &asked.to_be_bytes()])
    }

    fn mood(&self, key: &str, asked: u32) -> Mood {
        match self.drawn(key, asked).bytes()[0] {
            0..=191 => Mood::Pay,
            192..=205 => Mood::PayAndSayTwice,
            206..=217 => Mood::PaySilently,
            218..=225 => Mood::Silence,
            226..=249 => Mood::TryAgain,
            250..=252 => Mood::DeclineAndPay,
            253..=255 => Mood::Decline,
        }
    }

    fn declined() -> PaymentAnswer {
        PaymentAnswer::Declined {
            code: "account_closed".to_owned(),
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
            Mood::PayAndSayTwice => {
                booked.paid = true;
                self.later(request, booked.asked, Some(Self::paid(&request.key)));
                Self::paid(&request.key)
            }
            Mood::PaySilently => {
                booked.paid = true;
                // The answer comes when somebody has asked already, or has not.
                self.later(request, booked.asked, Some(Self::paid(&request.key)));
                PaymentAnswer::Unknown
            }
            Mood::Silence => PaymentAnswer::Unknown,
            Mood::TryAgain => {
                let answer = PaymentAnswer::TryAgain {
                    code: "system_busy".to_owned(),
                };
                // Said again it is out of date: by then another attempt was made.
                self.later(request, booked.asked, Some(answer.clone()));
                answer
            }
            Mood::DeclineAndPay => {
                self.later(request, booked.asked, None);
                Self::declined()
            }
            Mood::Decline => Self::declined(),
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
