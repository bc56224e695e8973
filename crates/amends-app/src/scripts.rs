//! Scripts: words to begin an answer with, filled with what the case says. What the case does not say
//! stays a marked place, and a message with such a place is not sent.
//!
//! Must not know: who sends it, when. Tests: beside the code, `amends-api/tests/it/scripts.rs`.

pub mod catalogue;
mod places;

use amends_domain::time::Zone;

use crate::caller::{Right, Staff};
use crate::cases::case_read::CaseView;
use crate::desk::Desk;
use crate::error::AppError;
use crate::notices::render::Scene;
use crate::shops::settings::ShopSettings;
use catalogue::Scripts;

/// A script as it can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Its code.
    pub code: String,
    /// The scene it belongs to, by its code.
    pub scene: String,
    /// The scene's title, for whoever looks for it.
    pub scene_title: String,
    /// What it is called.
    pub title: String,
    /// Its words, filled.
    pub text: String,
    /// Places of it that the case has no value for, as they stand in the text.
    pub missing: Vec<String>,
}

/// Every script for a case, in the order of the catalogue, in the language the shop writes to buyers.
pub async fn case_scripts(desk: &Desk, staff: &Staff, view: &CaseView) -> Result<Vec<Script>, AppError> {
    staff.require(Right::Handle)?;
    let shop = desk.shop(staff.shop).await?;
    let settings = ShopSettings::parse(&shop.settings)?;
    let zone = Zone::named(&shop.time_zone);
    let zone = zone.ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))?;
    let values = places::of_case(desk, staff, &shop, view).await?;
    let scene = Scene {
        language: settings.notices.language,
        zone: &zone,
        policy: &view.policy,
    };
    let scripts = Scripts::shipped().map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    Ok(scripts.filled(&values, &scene))
}
