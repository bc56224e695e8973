//! `POST /_clock`: moves a manual clock, for callers on the same machine. A served shop has no such
//! route, and the description does not name it.
//!
//! Must not know: what falls due. Tests: `tests/it/system.rs`.

use amends_app::runners::step_to;
use amends_domain::time::Moment;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use crate::body::Body;
use crate::dto::values::At;
use crate::params::Peer;
use crate::problem::{Fault, Problem};
use crate::state::ApiState;

/// How far to move it: one of the two.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClockBody {
    #[serde(default)]
    advance_ms: Option<u32>,
    #[serde(default)]
    to: Option<At>,
}

/// What happened on the way.
#[derive(Serialize)]
pub(crate) struct ClockMoved {
    now: At,
    deadlines: usize,
    effects: usize,
}

/// Moves the clock and lets everything fall due on the way, each at its own moment.
pub(crate) async fn clock_move(
    State(api): State<ApiState>,
    Peer(peer): Peer,
    Body(body): Body<ClockBody>,
) -> Result<Json<ClockMoved>, Problem> {
    if !peer.is_some_and(|peer| peer.is_loopback()) {
        return Err(Fault::LoopbackOnly.into());
    }
    let desk = &api.desk;
    let until: Moment = match (body.advance_ms, body.to) {
        (Some(millis), None) => desk.clock.now().plus_millis(i64::from(millis)),
        (None, Some(At(to))) => to.max(desk.clock.now()),
        _ => return Err(Problem::invalid("to", "give either advance_ms or to")),
    };
    let (mut deadlines, mut effects) = (0, 0);
    while let Some(stepped) = step_to(desk, until).await? {
        deadlines += stepped.deadlines.len();
        effects += stepped.effects.len();
    }
    Ok(Json(ClockMoved {
        now: desk.clock.now().into(),
        deadlines,
        effects,
    }))
}
