//! The shop's events, for systems that follow along.
//!
//! Must not know: who reads. Tests: `tests/it/events.rs`.

use amends_app::events::{EVENTS_MAX, Position, events_page};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::credential::{StaffCaller, Stream};
use crate::dto::event::{EventsPage, StreamedEvent, position_of, position_text};
use crate::params::Params;
use crate::problem::Problem;
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
