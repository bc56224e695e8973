//! Scripts as they are read.
//!
//! Must not know: how they are filled. Tests: `tests/it/scripts.rs`.

use amends_app::scripts::Script;
use serde::Serialize;
use utoipa::ToSchema;

/// Scripts for a case, in the order of their scenes.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScriptsDto {
    pub(crate) scripts: Vec<ScriptDto>,
}

/// A script, filled with what the case says.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScriptDto {
    code: String,
    /// The scene it belongs to.
    scene: String,
    scene_title: String,
    title: String,
    text: String,
    /// Places for which the case has no value, as they stand in the text: to be filled before it is sent.
    missing: Vec<String>,
}

impl From<Script> for ScriptDto {
    fn from(script: Script) -> Self {
        Self {
            code: script.code,
            scene: script.scene,
            scene_title: script.scene_title,
            title: script.title,
            text: script.text,
            missing: script.missing,
        }
    }
}
