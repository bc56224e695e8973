//! The shop's events, for systems that follow along: page by page, or as a stream of server-sent
//! events; and the stream of one case for its buyer.
//!
//! Must not know: who reads. Tests: `tests/it/events.rs`, `tests/it/stream.rs`.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::time::Duration;

use amends_app::cases::case_read::case_read_on;
use amends_app::error::AppError;
use amends_app::events::{EVENTS_MAX, Position, changes_end, changes_page, events_end, events_page};
use amends_app::follow::Follower;
use amends_app::presence::{Present, presences};
use amends_domain::ids::CaseId;
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::sse::{Event as Message, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::credential::{BuyerCaller, Read, StaffCaller, Stream};
use crate::dto::event::{EntryDto, EventsPage, StreamedEvent, position_of, position_text};
use crate::dto::presence::presence_news;
use crate::params::{Id, Params};
use crate::problem::Problem;
use crate::slots::Slot;
use crate::state::ApiState;

/// Where to read on.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventsQuery {
    /// The position read last, `<commit>-<ordinal>`; without it, from the beginning.
    #[serde(default)]
    after: Option<String>,
    /// Most events; 1 to 1,000.
    #[serde(default)]
    limit: Option<u32>,
}

/// Events in the order they became visible; a reader that goes on from `next` never skips one.
#[utoipa::path(get, path = "/api/v1/events", tag = "events", params(EventsQuery), responses((status = 200, body = EventsPage)))]
pub(crate) async fn events(
    State(api): State<ApiState>,
    caller: StaffCaller<Stream>,
    Params(query): Params<EventsQuery>,
) -> Result<Json<EventsPage>, Problem> {
    let after = match &query.after {
        None => Position::default(),
        Some(text) => {
            position_of(text).ok_or_else(|| Problem::invalid("after", "must be a position such as 1042-0"))?
        }
    };
    let events = events_page(&api.desk, &caller.0, after, query.limit.unwrap_or(EVENTS_MAX)).await?;
    let next = position_text(events.last().map_or(after, |(row, _)| row.position()));
    let events = events
        .iter()
        .map(|(row, event)| StreamedEvent::of(row, event))
        .collect();
    Ok(Json(EventsPage { events, next }))
}

/// Most streams one person has open: a browser keeps no more connections to one place than this.
pub(crate) const STREAMS_MAX: u32 = 6;
/// Most streams of a node: each asks the database every two seconds.
pub(crate) const STREAMS_NODE_MAX: u32 = 1_000;
/// Events read at once for a stream; they wait in memory until the reader took them.
const STREAM_PAGE: u32 = 100;
/// How often a silent stream shows that it is alive. Proxies end a connection that says nothing for
/// 30 to 60 seconds.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Where to begin.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StreamQuery {
    /// The position read last, `<commit>-<ordinal>`, or `now` for what comes from now on; without it,
    /// from the beginning. The header `Last-Event-ID` goes before it.
    #[serde(default)]
    after: Option<String>,
}

/// Where to begin.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BuyerStreamQuery {
    /// The link, when it is not in the header.
    #[serde(default, rename = "link")]
    _link: Option<String>,
    /// The `seq` of the entry read last; without it, from the beginning. The header `Last-Event-ID`
    /// goes before it.
    #[serde(default)]
    after: Option<u64>,
}

/// The header a reader comes back with.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes the header")]
pub(crate) struct LastEventHeader {
    /// The `id` of the message received last.
    #[param(rename = "Last-Event-ID")]
    last_event_id: Option<String>,
}

/// Follow the events: what is there after a position, then what comes, as server-sent events.
///
/// Each message has the position as its `id`, the event's type as `event`, and as `data` the event as
/// the list has it. Whoever comes back with `Last-Event-ID` misses nothing and gets nothing twice.
/// Comments are heartbeats. The stream ends when the credential does or the service stops.
#[utoipa::path(get, path = "/api/v1/events/stream", tag = "events", params(StreamQuery, LastEventHeader), responses((status = 200, content_type = "text/event-stream", body = String)))]
pub(crate) async fn events_stream(
    State(api): State<ApiState>,
    caller: StaffCaller<Stream>,
    Params(query): Params<StreamQuery>,
    parts: Parts,
) -> Result<Response, Problem> {
    let after = match asked_from(&parts, &query)? {
        None => Position::default(),
        Some(Start::Now) => events_end(&api.desk, &caller.0).await?,
        Some(Start::After(position)) => position,
    };
    let who = caller.caller().scope();
    stream(api, parts, who, Source::Shop { after }).await
}

/// Follow the desk: which cases change, and who looks at them, as server-sent events.
///
/// A message `changed` has a position as its `id`, and as `data` the case, its `seq` and the type of what
/// happened. A message `presence` has the case and everybody who is at it now; nobody is an empty list.
/// Without a position it begins now. The stream ends when the credential does or the service stops.
#[utoipa::path(get, path = "/api/v1/desk/stream", tag = "events", params(StreamQuery, LastEventHeader), responses((status = 200, content_type = "text/event-stream", body = String)))]
pub(crate) async fn desk_stream(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<StreamQuery>,
    parts: Parts,
) -> Result<Response, Problem> {
    let after = match asked_from(&parts, &query)? {
        None | Some(Start::Now) => changes_end(&api.desk, &caller.0).await?,
        Some(Start::After(position)) => position,
    };
    let who = caller.caller().scope();
    let seen = BTreeMap::new();
    stream(api, parts, who, Source::Desk { after, seen }).await
}

/// Follow a case: what its timeline shows the buyer, then what comes, as server-sent events.
///
/// Each message has the entry's `seq` as its `id`, its type as `event`, and as `data` the entry as the
/// timeline has it.
#[utoipa::path(get, path = "/api/v1/buyer/cases/{id}/stream", tag = "buyer", params(("id" = String, Path), BuyerStreamQuery, LastEventHeader), responses((status = 200, content_type = "text/event-stream", body = String)))]
pub(crate) async fn buyer_case_stream(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(case): Id<CaseId>,
    Params(query): Params<BuyerStreamQuery>,
    parts: Parts,
) -> Result<Response, Problem> {
    let after = match last_event_id(&parts)? {
        None => query.after.unwrap_or_default(),
        Some(text) => text
            .parse()
            .map_err(|_| Problem::invalid("Last-Event-ID", "must be the seq of an entry"))?,
    };
    let who = caller.caller().scope();
    stream(api, parts, who, Source::Case { case, after }).await
}

/// Where a reader of the shop's events wants to go on.
enum Start {
    Now,
    After(Position),
}

/// What the reader received last goes before what its address asks for.
fn asked_from(parts: &Parts, query: &StreamQuery) -> Result<Option<Start>, Problem> {
    let (name, text) = match last_event_id(parts)? {
        Some(id) => ("Last-Event-ID", Some(id)),
        None => ("after", query.after.as_deref()),
    };
    text.map(|text| match text {
        "now" => Ok(Start::Now),
        text => position_of(text)
            .map(Start::After)
            .ok_or_else(|| Problem::invalid(name, "must be a position such as 1042-0, or now")),
    })
    .transpose()
}

/// What the reader received last; a browser that received nothing sends nothing or an empty text.
fn last_event_id(parts: &Parts) -> Result<Option<&str>, Problem> {
    let Some(value) = parts.headers.get("last-event-id") else {
        return Ok(None);
    };
    let text = value
        .to_str()
        .map_err(|_| Problem::invalid("Last-Event-ID", "must be the id of a message"))?;
    Ok(Some(text.trim()).filter(|text| !text.is_empty()))
}

async fn stream(api: ApiState, parts: Parts, who: String, source: Source) -> Result<Response, Problem> {
    let slot = api.streams.take(who)?;
    let follower = Follower::of(&api.desk);
    let mut reading = Reading {
        api,
        parts,
        source,
        follower,
        waiting: VecDeque::new(),
        read_any: false,
        _slot: slot,
    };
    // What is wrong with the request is told as with any other; later faults only end the stream.
    reading.read().await?;
    let keep_alive = KeepAlive::new().interval(HEARTBEAT);
    let stream = Sse::new(unfold(reading, Reading::next)).keep_alive(keep_alive);
    // Else a proxy might gather messages before it passes them on.
    Ok(([("x-accel-buffering", "no")], stream).into_response())
}

/// What is read, and how far it was.
enum Source {
    Shop {
        after: Position,
    },
    Desk {
        after: Position,
        /// Who was told to be where.
        seen: BTreeMap<CaseId, Vec<Present>>,
    },
    Case {
        case: CaseId,
        after: u64,
    },
}

/// A stream at work. It does something only when its reader takes a message, and ends with him.
struct Reading {
    api: ApiState,
    /// The request: each time something is read, it must still be let in.
    parts: Parts,
    source: Source,
    follower: Follower,
    waiting: VecDeque<Message>,
    /// Whether the last look found anything, so that more may be there.
    read_any: bool,
    _slot: Slot,
}

impl Reading {
    async fn next(mut self) -> Option<(Result<Message, Infallible>, Self)> {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                return Some((Ok(message), self));
            }
            let goes_on = if self.read_any {
                self.follower.goes_on()
            } else {
                self.follower.news().await
            };
            if !goes_on {
                return None;
            }
            // A fault ends the stream. The reader comes again with what he received last, and hears
            // then what is wrong.
            self.read().await.ok()?;
        }
    }

    async fn read(&mut self) -> Result<(), Problem> {
        let (api, parts) = (&self.api, &mut self.parts);
        self.read_any = match &mut self.source {
            Source::Shop { after } => {
                let caller = StaffCaller::<Stream>::from_request_parts(parts, api).await?;
                let events = events_page(&api.desk, &caller.0, *after, STREAM_PAGE).await?;
                for (row, event) in &events {
                    *after = row.position();
                    let event = StreamedEvent::of(row, event);
                    let (id, name) = (event.position().to_owned(), event.name());
                    self.waiting.push_back(message(&id, name, &event)?);
                }
                !events.is_empty()
            }
            Source::Desk { after, seen } => {
                let caller = StaffCaller::<Read>::from_request_parts(parts, api).await?;
                let rows = changes_page(&api.desk, &caller.0, *after, STREAM_PAGE).await?;
                for row in &rows {
                    *after = row.position();
                    let changed = json!({ "case": row.case, "seq": row.seq, "type": row.name });
                    let id = position_text(*after);
                    self.waiting.push_back(message(&id, "changed", &changed)?);
                }
                let here = presences(&api.desk, &caller.0)?;
                for told in presence_news(seen, &here) {
                    let message = Message::default().event("presence").json_data(told);
                    self.waiting.push_back(message.map_err(in_words)?);
                }
                *seen = here;
                !rows.is_empty()
            }
            Source::Case { case, after } => {
                let caller = BuyerCaller::from_request_parts(parts, api).await?.caller();
                // Beyond what a database counts there is nothing.
                let from = (*after).min(i64::MAX.unsigned_abs());
                let (entries, read_to) = case_read_on(&api.desk, &caller, *case, from).await?;
                let visible = entries
                    .into_iter()
                    .filter_map(|entry| EntryDto::visible(entry, true));
                for entry in visible {
                    let (id, name) = (entry.seq().to_string(), entry.name());
                    self.waiting.push_back(message(&id, name, &entry)?);
                }
                *after = read_to;
                read_to > from
            }
        };
        Ok(())
    }
}

fn message(id: &str, name: &str, data: &impl Serialize) -> Result<Message, Problem> {
    let message = Message::default().id(id).event(name).json_data(data);
    message.map_err(in_words)
}

#[expect(clippy::needless_pass_by_value, reason = "it is mapped over")]
fn in_words(fault: axum::Error) -> Problem {
    AppError::Inconsistent(fault.to_string()).into()
}
