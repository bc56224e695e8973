//! Gathers what a bundle says: parties, statements, what happened, rules, listing, parcels, the talk, pieces.
//!
//! Must not know: pages. Tests: as its parent's.

use std::collections::BTreeMap;

use amends_bundle::{Dossier, Fact, Headings, Piece, Said, Section};
use amends_domain::actor::Actor;
use amends_domain::case::clock::Clock;
use amends_domain::case::{Case, Parcel, Side};
use amends_domain::command::TextKind;
use amends_domain::digest::TextRef;
use amends_domain::event::Event;
use amends_domain::ids::{PersonId, TextId};
use amends_domain::money::Money;
use amends_domain::policy::condition::Verdict;
use amends_domain::time::{Moment, Zone};
use amends_store::{EventRow, EvidenceRow, OrderRow, ParcelRow, ShopRow};
use jiff::Timestamp;

use super::bundle_key;
use super::words::Words;
use crate::abuse::sentences::signal_sentence;
use crate::abuse::signals::case_signals;
use crate::buyers::buyer_access::buyer_masked;
use crate::caller::Staff;
use crate::cases::case_read::{CaseView, history};
use crate::desk::Desk;
use crate::error::AppError;
use crate::evidence::content::{Class, Media};
use crate::notices::language::Language;
use crate::orders::listing::Listing;
use crate::shops::settings::ShopSettings;

/// What everything is looked up in.
struct Gathering<'a> {
    words: &'static Words,
    language: Language,
    zone: Zone,
    view: &'a CaseView,
    events: Vec<(EventRow, Event, Actor)>,
    texts: BTreeMap<TextId, String>,
    people: BTreeMap<PersonId, String>,
}

/// What a bundle says, before it is set into pages.
pub async fn dossier(desk: &Desk, staff: &Staff, view: &CaseView) -> Result<Dossier, AppError> {
    let shop = desk.shop(staff.shop).await?;
    let settings = ShopSettings::parse(&shop.settings)?;
    let language = settings.notices.language;
    let zone = Zone::named(&shop.time_zone);
    let zone = zone.ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))?;
    let case = &view.row.case;
    let events = events(desk, staff, case).await?;
    let wanted: Vec<TextId> = events
        .iter()
        .filter_map(|(_, event, _)| event.text().map(|text| text.id))
        .collect();
    let texts = desk.store.texts_by_ids(staff.shop, &wanted).await?;
    let members = desk.store.members_of(staff.shop).await?;
    let gathering = Gathering {
        words: Words::of(language)?,
        language,
        zone,
        view,
        events,
        texts: texts
            .into_iter()
            .filter_map(|row| Some((row.id, row.body?)))
            .collect(),
        people: members
            .into_iter()
            .map(|member| (member.person, member.display_name))
            .collect(),
    };
    let order = match case.order {
        Some(order) => desk.store.order_by_id(staff.shop, order).await?,
        None => None,
    };
    let parcels = match case.order {
        Some(order) => desk.store.parcels_of_order(staff.shop, order).await?,
        None => Vec::new(),
    };
    let now = desk.clock.now();
    let words = gathering.words;
    let cover = gathering.cover(desk, staff, &shop, order.as_ref(), now).await?;
    let section = |name: &str, said: Vec<Said>| Section {
        title: words.word(name),
        said,
    };
    Ok(Dossier {
        case: case.id.to_string(),
        title: words.word("title"),
        cover,
        headings: headings(words),
        sections: vec![
            section("statements", gathering.statements()),
            section("abuse", gathering.abuse(desk, staff).await?),
            section("timeline", gathering.timeline()),
            section("clauses", gathering.clauses()),
            section("listing", gathering.listing(desk, staff).await?),
            section("logistics", gathering.logistics(order.as_ref(), &parcels)),
        ],
        talk: gathering.talk(),
        pieces: gathering.pieces(desk, staff).await?,
        chain: view.row.head.to_string(),
        made_at: stamp(now).map_or_else(String::new, |stamp| stamp.to_string()),
    })
}

fn stamp(at: Moment) -> Option<Timestamp> {
    Timestamp::from_millisecond(at.millis()).ok()
}

fn headings(words: &Words) -> Headings {
    Headings {
        index: words.word("index"),
        talk: words.word("talk"),
        evidence: words.word("evidence"),
        none: words.word("none"),
        page: words.word("page"),
        digest: words.word("digest"),
        proof: words.word("proof"),
    }
}

/// Every event of a case, read.
async fn events(desk: &Desk, staff: &Staff, case: &Case) -> Result<Vec<(EventRow, Event, Actor)>, AppError> {
    let told = history(desk, staff.shop, case.id).await?;
    // What came in meanwhile is behind the link of the chain that the bundle is of.
    let told = told.into_iter().filter(|(row, _)| row.seq <= case.seq);
    told.map(|(row, event)| {
        let actor: Result<Actor, _> = serde_json::from_str(&row.actor);
        let actor = actor.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
        Ok((row, event, actor))
    })
    .collect()
}

impl Gathering<'_> {
    fn at(&self, at: Moment) -> String {
        let local = stamp(at).map(|stamp| stamp.to_zoned(self.zone.tz().clone()));
        local.map_or_else(String::new, |local| {
            local.strftime("%Y-%m-%d %H:%M:%S").to_string()
        })
    }

    fn who(&self, actor: &Actor) -> String {
        match actor {
            Actor::Buyer(_) => self.words.word("buyer"),
            Actor::Person { id, .. } => {
                let name = self.people.get(id).cloned();
                name.unwrap_or_else(|| self.words.word("shop"))
            }
            Actor::Deadlines | Actor::Outbox => self.words.word("system"),
        }
    }

    fn text(&self, event: &Event) -> Option<String> {
        let id = event.text()?.id;
        let text = self.texts.get(&id).cloned();
        Some(text.unwrap_or_else(|| self.words.word("erased")))
    }

    async fn cover(
        &self,
        desk: &Desk,
        staff: &Staff,
        shop: &ShopRow,
        order: Option<&OrderRow>,
        now: Moment,
    ) -> Result<Vec<Fact>, AppError> {
        let case = &self.view.row.case;
        let buyer = buyer_masked(desk, staff, case.buyer).await?;
        let reason = self.view.policy.reason(&case.reason);
        let reason = reason.map_or(case.reason.as_str(), |reason| self.language.title(&reason.title));
        let amount = Money::clamped(case.claim.amount, case.currency);
        let facts = [
            ("case", format!("{} ({})", self.view.row.number, case.id)),
            ("shop", shop.name.clone()),
            ("buyer", buyer.nickname),
            (
                "order",
                order.map(|row| row.order.number.clone()).unwrap_or_default(),
            ),
            ("reason", reason.to_owned()),
            ("amount", amount.to_string()),
            ("opened", self.at(case.opened_at)),
            ("made", self.at(now)),
            ("key", bundle_key(desk, staff.shop)?),
        ];
        let fact = |(name, value): (&str, String)| Fact {
            name: self.words.word(name),
            value,
        };
        Ok(facts.into_iter().map(fact).collect())
    }

    fn statements(&self) -> Vec<Said> {
        let case = &self.view.row.case;
        let said = case.statements.iter().map(|statement| {
            let who = self.words.word(match statement.by {
                Side::Buyer => "side_buyer",
                Side::Shop => "side_shop",
            });
            let text = self.texts.get(&statement.text.id).cloned();
            Said {
                head: format!("{} · {who}", self.at(statement.at)),
                text: text.unwrap_or_else(|| self.words.word("erased")),
            }
        });
        said.collect()
    }

    /// The finding of abuse that stands, with everything it rests on: what a platform needs for an appeal
    /// against a malicious complaint 恶意投诉申诉. Signals it does not rest on accuse nobody here.
    async fn abuse(&self, desk: &Desk, staff: &Staff) -> Result<Vec<Said>, AppError> {
        let standing = self.view.row.case.abuse.as_deref().filter(|abuse| abuse.stands());
        let Some(abuse) = standing else {
            return Ok(Vec::new());
        };
        let body = |text: TextRef| {
            let text = self.texts.get(&text.id).cloned();
            text.unwrap_or_else(|| self.words.word("erased"))
        };
        let said = |head: String, text: String| Said { head, text };
        let by = Actor::Person {
            id: abuse.by,
            role: abuse.role,
        };
        let state = self.words.word(abuse.state.code());
        let head = format!(
            "{} · {} {}",
            self.at(abuse.at),
            self.words.word("noted_by"),
            self.who(&by)
        );
        let mut told = vec![said(
            head,
            format!(
                "{}：{state}\n{}：{}",
                self.words.word("abuse_state"),
                self.words.word("grounds"),
                body(abuse.grounds)
            ),
        )];
        let found = case_signals(desk, staff, self.view).await?.signals;
        for signal in found
            .iter()
            .filter(|signal| abuse.rests_on.signals.contains(&signal.kind))
        {
            let head = format!("{} · {}", self.words.word("signals"), signal.clause);
            told.push(said(head, signal_sentence(self.language, signal)?));
        }
        for (row, event, actor) in &self.events {
            let rests = |text: &TextRef| abuse.rests_on.messages.contains(&text.id);
            if let Some(text) = event.text().filter(rests) {
                let head = self.words.word("rests_messages");
                let head = format!("{head} · {} · {}", self.at(row.at), self.who(actor));
                told.push(said(head, body(text)));
            }
        }
        if !abuse.rests_on.evidence.is_empty() {
            let named: Vec<String> = abuse.rests_on.evidence.iter().map(ToString::to_string).collect();
            told.push(said(self.words.word("rests_evidence"), named.join("\n")));
        }
        for (name, text) in [("contest", abuse.contest), ("abuse_answer", abuse.answer)] {
            told.extend(text.map(|text| said(self.words.word(name), body(text))));
        }
        Ok(told)
    }

    /// What happened, in order; what only runs beside it is left out.
    fn timeline(&self) -> Vec<Said> {
        let steps = self.events.iter().filter_map(|(row, event, actor)| {
            let name = self.words.event(event.name()).filter(|_| !is_inner(event))?;
            // What stands among the statements is not said twice.
            let text = match event {
                Event::StatementSubmitted { .. } => None,
                other => self.text(other),
            };
            Some(Said {
                head: format!("{} · {}", self.at(row.at), self.who(actor)),
                text: text.map_or_else(|| name.to_owned(), |text| format!("{name}：{text}")),
            })
        });
        steps.collect()
    }

    fn clauses(&self) -> Vec<Said> {
        let explained = self.view.explanations.iter().filter_map(|explanation| {
            let clause = self.view.policy.clause(&explanation.clause)?;
            let verdict = |verdict| match verdict {
                Verdict::Met => self.words.word("met"),
                Verdict::NotMet => self.words.word("not_met"),
                Verdict::Unknown => self.words.word("unknown"),
            };
            let title = self.language.title(&clause.title);
            Some(Said {
                head: format!("{} · {}", clause.id, clause.source),
                text: format!("{title}：{}", verdict(explanation.verdict)),
            })
        });
        explained.collect()
    }

    async fn listing(&self, desk: &Desk, staff: &Staff) -> Result<Vec<Said>, AppError> {
        let Some(order) = self.view.row.case.order else {
            return Ok(Vec::new());
        };
        let kept = desk.store.listings_of_order(staff.shop, order).await?;
        let said = kept.into_iter().map(|row| {
            let listing = Listing::read(&row.body)?;
            let mut lines: Vec<String> = listing
                .specification
                .iter()
                .map(|quality| format!("{}：{}", quality.name, quality.value))
                .collect();
            for (name, text) in [("sizes", &listing.sizes), ("terms", &listing.terms)] {
                if !text.trim().is_empty() {
                    lines.push(format!("{}：{text}", self.words.word(name)));
                }
            }
            let (taken, digest) = (self.at(row.taken_at), row.digest);
            Ok(Said {
                head: format!(
                    "{} · {} {taken} · {digest}",
                    listing.title,
                    self.words.word("taken")
                ),
                text: lines.join("\n"),
            })
        });
        said.collect()
    }

    fn logistics(&self, order: Option<&OrderRow>, parcels: &[ParcelRow]) -> Vec<Said> {
        let mut said = Vec::new();
        if let Some(row) = order {
            let order = &row.order;
            let moments = [
                ("paid", order.paid_at),
                ("dispatched", order.dispatched_at),
                ("delivered", order.delivered_at),
            ];
            for (name, at) in moments {
                if let Some(at) = at {
                    said.push(Said {
                        head: self.at(at),
                        text: self.words.word(name),
                    });
                }
            }
        }
        for parcel in parcels {
            let state = self.words.word(&format!("parcel_{}", parcel.state.code()));
            said.push(Said {
                head: self.at(parcel.seen_at),
                text: format!("{} {}：{state}", parcel.carrier, parcel.waybill),
            });
        }
        for (row, event, _) in &self.events {
            if let (Some(parcel), Some(name)) = (parcel(event), self.words.event(event.name())) {
                said.push(Said {
                    head: self.at(row.at),
                    text: format!("{name}：{} {}", parcel.carrier, parcel.waybill),
                });
            }
        }
        said
    }

    /// Everything that was written or spoken between buyer and shop.
    fn talk(&self) -> Vec<Said> {
        let between = self.events.iter().filter_map(|(row, event, actor)| {
            let is_talk = matches!(
                event,
                Event::Opened(_)
                    | Event::Renewed { .. }
                    | Event::Refused { .. }
                    | Event::Offered { .. }
                    | Event::OfferDeclined { .. }
                    | Event::Resolved { .. }
                    | Event::ContactLogged { .. }
                    | Event::TextAdded {
                        kind: TextKind::Message,
                        ..
                    }
            );
            let text = self.text(event).filter(|_| is_talk)?;
            Some(Said {
                head: format!("{} · {}", self.at(row.at), self.who(actor)),
                text,
            })
        });
        between.collect()
    }

    async fn pieces(&self, desk: &Desk, staff: &Staff) -> Result<Vec<Piece>, AppError> {
        let rows = desk
            .store
            .evidence_of_case(staff.shop, self.view.row.case.id)
            .await?;
        let blobs = desk.blobs()?;
        let kept = rows.into_iter().filter(|row| row.erased_at.is_none());
        let piece = |(at, row): (usize, EvidenceRow)| {
            let media = Media::named(&row.media);
            let extension = media.map_or("bin", Media::extension);
            let by = serde_json::from_str::<Actor>(&row.added_by);
            let by = by.map_or_else(|_| String::new(), |actor| self.who(&actor));
            let kind = self.words.evidence(&row.kind);
            let name = row.file_name.unwrap_or_default();
            Piece {
                name: format!("evidence/{:02}-{}.{extension}", at + 1, row.kind),
                caption: format!("{}. {kind} {name} · {by} · {}", at + 1, self.at(row.added_at)),
                sha256: row.sha256.to_string(),
                is_picture: media.is_some_and(|media| media.class() == Class::Photo),
                file: blobs.place(staff.shop, row.sha256),
            }
        };
        Ok(kept.enumerate().map(piece).collect())
    }
}

/// What the shop set itself to, and how it fares with that, is nobody else's to read.
fn is_inner(event: &Event) -> bool {
    use Clock::{ClosureGoal, ReplyTarget, UpwardAnswer};
    matches!(
        event,
        Event::ClockExpired {
            clock: ClosureGoal | ReplyTarget | UpwardAnswer,
            ..
        }
    )
}

fn parcel(event: &Event) -> Option<&Parcel> {
    match event {
        Event::ReturnShipped { parcel }
        | Event::SentBack { parcel }
        | Event::ReplacementShipped { parcel }
        | Event::RepairedShipped { parcel } => Some(parcel),
        _ => None,
    }
}
