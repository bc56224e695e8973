//! The pictures that people of the demo add to cases. They are drawn for it, `pictures/*.svg`, and turned
//! into photos by `npm run pictures`.
//!
//! Must not know: when. Tests: `tests/it/play.rs`.

use amends_app::caller::Caller;
use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::evidence::{EvidenceHead, UploadTo, evidence_begin};
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::ids::{CaseId, EvidenceId};

/// A picture with the name its owner gave the file.
pub(crate) struct Picture {
    name: &'static str,
    bytes: &'static [u8],
}

pub(crate) const CREAM: Picture = Picture {
    name: "面霜用过的样子.jpg",
    bytes: include_bytes!("../pictures/cream-jar.jpg"),
};
pub(crate) const EARBUDS: Picture = Picture {
    name: "右耳充不进电.jpg",
    bytes: include_bytes!("../pictures/earbud-case.jpg"),
};
pub(crate) const SERUM_BASE: Picture = Picture {
    name: "瓶底批号.jpg",
    bytes: include_bytes!("../pictures/serum-base.jpg"),
};
pub(crate) const SERUM_PAIR: Picture = Picture {
    name: "和上次买的对比.jpg",
    bytes: include_bytes!("../pictures/serum-pair.jpg"),
};
pub(crate) const VASE: Picture = Picture {
    name: "开箱就碎了.jpg",
    bytes: include_bytes!("../pictures/broken-vase.jpg"),
};
pub(crate) const CRUSHED_BOX: Picture = Picture {
    name: "外箱.jpg",
    bytes: include_bytes!("../pictures/crushed-box.jpg"),
};
const RETURNED_DRESS: Picture = Picture {
    name: "退货验货.jpg",
    bytes: include_bytes!("../pictures/returned-dress.jpg"),
};

/// Of returned goods, by what people call them: the goods, or the box they came in.
pub(crate) fn of_return(goods: &str) -> Picture {
    if goods == "连衣裙" {
        RETURNED_DRESS
    } else {
        CRUSHED_BOX
    }
}

/// Adds a picture to a case.
pub(crate) async fn picture_add(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    picture: &Picture,
) -> Result<EvidenceId, AppError> {
    let head = EvidenceHead {
        kind: EvidenceKind::Photo,
        file_name: Some(picture.name.to_owned()),
        declared: Some("image/jpeg".to_owned()),
        length_bytes: None,
        shared: true,
        key: format!("{case} {}", picture.name),
    };
    let mut upload = evidence_begin(desk, caller, UploadTo::Case(case), head).await?;
    upload.write(picture.bytes).await?;
    Ok(upload.finish().await?.id)
}
